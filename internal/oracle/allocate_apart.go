package oracle

import "slices"

// Network is a VPC or site as people draw it.
type Network struct {
	VRF         string
	Hubs, Peers []string
}

// Networks are all networks by name.
type Networks map[string]Network

// Rules are the levels of one profile for two ranges that share addresses: by pair, as in its data,
// 0 for allowed, 1 for a warning, 2 for an error.
type Rules struct {
	Profile string
	Levels  map[string]int
}

// Party is one range in use, without the range itself.
type Party struct {
	// Kind is pod, service, other, vpc, site, route or reserved.
	Kind string
	// Network holds it; "" for reserved.
	Network string
	// Cluster, Rules and Meshes are those of a Pod or Service range.
	Cluster string
	Rules   Rules
	Meshes  []string
	// Hidden says that only the network itself knows the block, Advertised that only other networks know the
	// range.
	Hidden, Advertised bool
	// NextHop is that of a route: over "peering" it only leads to peers, over "transit" to members of hubs.
	NextHop string
	// Use is what a cluster uses a range of kind other for, Other are the levels of its pairs, and Routed says that networks route it.
	Use    string
	Other  map[string]int
	Routed bool
}

// serious is the level of what must not be, and advised of what should not be.
const serious, advised = 2, 1

// Apart says how serious it is when two parties share addresses: 0, 1 or 2, as in Rules. One of
// them is used by a cluster.
func (n Networks) Apart(a, b Party) int {
	if a.Kind == "other" || b.Kind == "other" {
		return n.otherApart(a, b)
	}
	if !a.ofCluster() {
		a, b = b, a
	}
	if b.Kind == "reserved" || b.ofCluster() && a.Cluster != b.Cluster && shareOne(a.Meshes, b.Meshes) {
		return serious
	}
	if !n.visible(a, b) {
		return 0
	}
	if b.ofCluster() && a.Cluster == b.Cluster {
		return inOneCluster(a, b)
	}
	return n.apartByNetwork(a, b)
}

// apartByNetwork is Apart for a range of a cluster and another party that is in sight, by where both of them are.
func (n Networks) apartByNetwork(a, b Party) int {
	own, near := a.Network == b.Network, n.connected(a.Network, b.Network)
	if b.Kind == "route" {
		if own || near && !n.leads(b, a.Network) && a.routed() {
			return a.Rules.Levels[a.Kind+"_route"]
		}
		return 0
	}
	if !own && !near && (!a.routed() || !b.routed()) {
		return 0
	}
	if b.ofCluster() {
		return stricter(a, b, map[bool]string{true: "_same_vpc", false: "_peer"}[own])
	}
	if own {
		return a.Rules.Levels[a.Kind+"_vpc"]
	}
	if b.Kind == "site" {
		return a.Rules.Levels[a.Kind+"_site"]
	}
	return a.Rules.Levels[a.Kind+"_peer_vpc"]
}

// visible says whether one party's range is known in the network of the other one, or in a third network that reaches both.
func (n Networks) visible(a, b Party) bool {
	if a.Network == b.Network {
		return !b.Advertised
	}
	if n[a.Network].VRF != n[b.Network].VRF || b.Hidden {
		return false
	}
	return n.connected(a.Network, b.Network) || n.thirdReachesBoth(a.Network, b.Network)
}

// inOneCluster is Apart for two ranges of one cluster.
func inOneCluster(a, b Party) int {
	if a.Kind != b.Kind {
		return a.Rules.Levels["service_pod"]
	}
	if a.Kind == "pod" {
		return serious
	}
	return 0
}

// leads says whether a route may be the way to a network.
func (n Networks) leads(route Party, network string) bool {
	from, to := n[route.Network], n[network]
	switch route.NextHop {
	case "peering":
		return slices.Contains(from.Peers, network) || slices.Contains(to.Peers, route.Network)
	case "transit":
		return shareOne(from.Hubs, to.Hubs)
	}
	return false
}

func (p Party) ofCluster() bool { return p.Kind == "pod" || p.Kind == "service" }

// routed says whether other networks have routes to the range. Blocks of networks always do,
// Services never, Pods where the profile minds other Pods across a link.
func (p Party) routed() bool {
	switch p.Kind {
	case "vpc", "site":
		return true
	case "pod":
		return p.Rules.Levels["pod_pod_peer"] > 0
	default:
		return false
	}
}

// stricter asks both profiles. A profile may have separate rules for Pods of clusters of another mode, and for Pods that may
// not be routed.
func stricter(a, b Party, how string) int {
	one, other := a.Kind, b.Kind
	if one == "service" && other == "pod" {
		one, other = other, one
	}
	pair := one + "_" + other
	ask := func(rules, others Rules) int {
		if level, given := rules.Levels[pair+"_other_mode"+how]; given && rules.Profile != others.Profile {
			return level
		}
		// Where others must not share its Pods, routes to them are certain to be outside of the other cluster.
		if level, given := rules.Levels[pair+"_unrouted"+how]; given && others.Levels["pod_pod_peer"] < serious {
			return level
		}
		return rules.Levels[pair+how]
	}
	return max(ask(a.Rules, b.Rules), ask(b.Rules, a.Rules))
}

// connected says whether two networks of one VRF share a hub or are peers, whichever of them declares it.
func (n Networks) connected(a, b string) bool {
	if a == b || n[a].VRF != n[b].VRF {
		return false
	}
	return shareOne(n[a].Hubs, n[b].Hubs) || slices.Contains(n[a].Peers, b) || slices.Contains(n[b].Peers, a)
}

func (n Networks) thirdReachesBoth(a, b string) bool {
	for third := range n {
		if n.connected(a, third) && n.connected(third, b) {
			return true
		}
	}
	return false
}

func shareOne(a, b []string) bool {
	return slices.ContainsFunc(a, func(s string) bool { return slices.Contains(b, s) })
}
