package conflict

import (
	"slices"
	"strings"

	"github.com/cidrplan/terraform-provider-cidrplan/internal/cidr"
	"github.com/cidrplan/terraform-provider-cidrplan/internal/profile"
)

// Basis is what a rule rests on, as the data says it, and who says so.
type Basis struct {
	profile.Rule
	// Of are the profiles, platforms or kinds of hubs, such as "hub er", that say it, nil where it holds
	// everywhere. Clusters whose claims name no profile are among them.
	Of []string
}

// Bases are all that findings of a code can rest on, in the order of the data. Who allows what the
// code is about is not among them; a limit that is only a note is.
func Bases(code string, catalog *profile.Catalog) []Basis {
	if rule, ok := everywhere[code]; ok {
		return []Basis{{Rule: rule}}
	}
	if strings.HasPrefix(code, Block.String()) {
		return ofBlock(code)
	}
	b := bases{catalog: catalog}
	for _, name := range catalog.Names() {
		p, _ := catalog.Profile(name)
		b.add(name, ofProfile(code, p)...)
	}
	if p := assumed(catalog); p != nil {
		b.addNew(unnamedProfile, ofProfile(code, p)...)
	}
	b.networks(code)
	return b.all
}

// ofBlock is what rules on single blocks rest on: addresses that no network can use.
func ofBlock(code string) []Basis {
	var all []Basis
	for _, rule := range ofSingle(code, &profile.Profile{}) {
		all = append(all, Basis{Rule: rule})
	}
	return all
}

// everywhere are the rules that no platform has a word on.
var everywhere = map[string]profile.Rule{
	"pod_overlaps_own_pod":           ownPodsRule,
	"pod_overlaps_mesh_pod":          meshRule,
	"pod_overlaps_mesh_service":      meshRule,
	"service_overlaps_mesh_service":  meshRule,
	"pod_overlaps_aggregate":         keptRule,
	"service_overlaps_aggregate":     keptRule,
	"pod_overlaps_released":          releasedRule,
	"service_overlaps_released":      releasedRule,
	"pod_overlaps_existing":          undeclaredRule,
	"service_overlaps_existing":      undeclaredRule,
	"pod_overlaps_reserved":          reservedRule,
	"service_overlaps_reserved":      reservedRule,
	sameName:                         nameRule,
	"block_overlaps_block":           blockRule,
	"block_overlaps_released":        releasedRule,
	"block_overlaps_aggregate":       keptRule,
	"block_overlaps_foreign_block":   foreignRule,
	"block_overlaps_foreign_pod":     foreignRule,
	"block_overlaps_foreign_service": foreignRule,
	"block_overlaps_existing":        undeclaredBlockRule,
	"block_overlaps_reserved":        reservedRule,
	"pod_overlaps_foreign_block":     foreignRule,
	"service_overlaps_foreign_block": foreignRule,
	sameSupernet:                     supernetRule,
}

// pairsOf are the pairs that codes are about.
var pairsOf = map[string][]profile.Pair{
	"pod_overlaps_service":             {profile.ServicePod},
	"pod_overlaps_cluster_pod":         {profile.PodPodSameVPC, profile.PodPodOtherModeSameVPC, profile.PodPodUnroutedSameVPC},
	"pod_overlaps_cluster_service":     {profile.PodServiceSameVPC},
	"service_overlaps_cluster_service": {profile.ServiceServiceSameVPC},
	"pod_overlaps_peer_pod":            {profile.PodPodPeer, profile.PodPodOtherModePeer, profile.PodPodUnroutedPeer},
	"pod_overlaps_peer_service":        {profile.PodServicePeer},
	"service_overlaps_peer_service":    {profile.ServiceServicePeer},
	"pod_overlaps_vpc":                 {profile.PodVPC},
	"service_overlaps_vpc":             {profile.ServiceVPC},
	"pod_overlaps_host_network":        {profile.PodVPC},
	"service_overlaps_host_network":    {profile.ServiceVPC},
	"pod_overlaps_peer":                {profile.PodPeerVPC},
	"service_overlaps_peer":            {profile.ServicePeerVPC},
	"pod_overlaps_site":                {profile.PodSite},
	"service_overlaps_site":            {profile.ServiceSite},
	"pod_overlaps_route":               {profile.PodRoute},
	"service_overlaps_route":           {profile.ServiceRoute},
	"pod_overlaps_peer_route":          {profile.PodRoute},
	ambiguous: {
		profile.PodPodPeer,
		profile.PodPodOtherModePeer,
		profile.PodPodUnroutedPeer,
		profile.PodPeerVPC,
		profile.PodSite,
	},
}

// ofProfile are the rules of a profile that a code is about.
func ofProfile(code string, p *profile.Profile) []profile.Rule {
	var rules []profile.Rule
	if !slices.Contains([]string{ambiguous, "pod_overlaps_peer_route"}, code) || seenOutside(Claim{Kind: Pod, ClusterRange: ClusterRange{Profile: p}}) {
		for _, pair := range pairsOf[code] {
			rules = append(rules, broken(p.Overlap[pair])...)
		}
	}
	switch code {
	case "nodes_over_cap":
		return ofCaps(p.Nodes.Caps)
	case "pods_over_cap":
		return ofCaps(p.Pods.Max)
	case "route_quota_exceeded":
		return broken(p.Nodes.RouteQuotaRule)
	case "pod_subnets_too_small":
		return []profile.Rule{p.Pods.Subnets.Capacity}
	case "pod_subnet_shared_with_nodes":
		return broken(p.Pods.Subnets.WithNodes)
	case "pod_subnet_shared_with_pods":
		return broken(p.Pods.Subnets.WithPods)
	case "pod_subnet" + wrongLength:
		return ofLimits(p.Pods.Subnets.Limits, func(profile.Window) bool { return true })
	case maskDifferenceOver(p.Nodes.MaxDifference):
		return []profile.Rule{p.Nodes.MaxDifferenceRule}
	case mask6DifferenceOver(p.IPv6.MaxDifference):
		return []profile.Rule{p.IPv6.MaxDifferenceRule}
	}
	return append(rules, ofSingle(code, p)...)
}

// ofSingle are the rules of a profile that a code on single ranges is about.
func ofSingle(code string, p *profile.Profile) []profile.Rule {
	of, what, _ := strings.Cut(code, "_")
	limits, family := p.Pods.Limits, cidr.V4
	if strings.HasPrefix(of, "service") {
		limits = p.Services.Limits
	}
	if strings.HasSuffix(of, "6") {
		family = cidr.V6
	}
	var rules []profile.Rule
	switch "_" + what {
	case inForbidden:
		for _, f := range slices.Concat(profile.Unusable(), p.Forbidden) {
			if cidr.FamilyOf(f.CIDR) == family {
				rules = append(rules, f.Rule)
			}
		}
	case wrongLength:
		return ofLimits(limits, func(w profile.Window) bool { return cidr.FamilyOf(w.CIDR) == family })
	case outside:
		return ofLimits(limits, func(w profile.Window) bool { return cidr.FamilyOf(w.CIDR) == family && w.CIDR.Bits() > 0 })
	}
	return rules
}

// ofLimits are the rules of limits that have some window.
func ofLimits(limits []profile.Limit, some func(profile.Window) bool) []profile.Rule {
	var rules []profile.Rule
	for _, l := range limits {
		if slices.ContainsFunc(l.Windows, some) {
			rules = append(rules, l.Rule)
		}
	}
	return rules
}

func ofCaps(caps []profile.Cap) []profile.Rule {
	var rules []profile.Rule
	for _, c := range caps {
		rules = append(rules, c.Rule)
	}
	return rules
}

// broken is the rule, unless it allows what it is about.
func broken(r profile.Rule) []profile.Rule {
	if !r.Broken() {
		return nil
	}
	return []profile.Rule{r}
}

// bases gathers what is said, each rule once.
type bases struct {
	catalog *profile.Catalog
	all     []Basis
}

func (b *bases) add(who string, rules ...profile.Rule) {
	for _, r := range rules {
		same := func(o Basis) bool { return o.Level == r.Level && o.Text == r.Text }
		at := slices.IndexFunc(b.all, same)
		switch {
		case r.Text == "": // nothing is said
		case at < 0:
			b.all = append(b.all, Basis{Rule: r, Of: []string{who}})
		case !slices.Contains(b.all[at].Of, who):
			b.all[at].Of = append(b.all[at].Of, who)
		}
	}
}

// addNew adds rules that nobody has so far.
func (b *bases) addNew(who string, rules ...profile.Rule) {
	for _, r := range rules {
		if !slices.ContainsFunc(b.all, func(o Basis) bool { return o.Level == r.Level && o.Text == r.Text }) {
			b.add(who, r)
		}
	}
}

// networks adds what platforms and hubs say of networks that are joined, and of their subnets.
func (b *bases) networks(code string) {
	for _, name := range b.catalog.Platforms() {
		networks := b.catalog.Platform(name).Networks
		switch code {
		case "vpc_overlaps_peer", "site_overlaps_peer", ambiguous:
			b.add(name, broken(networks.Peer)...)
		case "node_subnets_too_small":
			rule := networks.Subnets.Reserved.Rule
			if !rule.Broken() {
				rule = nodeAddressRule
			}
			b.add(name, rule)
		}
	}
	for _, kind := range b.catalog.HubKinds() {
		hub := b.catalog.Hub(kind)
		for _, level := range append([]string{""}, hub.Levels()...) {
			joins, name := hub.At(level), "hub "+kind
			if _, own := hub.ProtectionLevels[level]; own {
				name += " " + level
			}
			if code == "vpc_overlaps_peer" || code == "site_overlaps_peer" ||
				code == "subnet_overlaps_peer" && joins.Compares == profile.EachSubnet {
				b.add(name, broken(joins.Rule)...)
			}
		}
	}
}
