package cli

import (
	"cmp"
	"fmt"
	"maps"
	"net/netip"
	"slices"

	"github.com/cidrplan/terraform-provider-cidrplan/internal/allocate"
	"github.com/cidrplan/terraform-provider-cidrplan/internal/clouds"
	"github.com/cidrplan/terraform-provider-cidrplan/internal/profile"
	"github.com/cidrplan/terraform-provider-cidrplan/internal/statefile"
	"github.com/cidrplan/terraform-provider-cidrplan/internal/topology"
)

// declarations adds what resources of this provider declare to what was found in clouds. Most networks are there twice, as a resource of
// the cloud and as a declaration: these become one.
type declarations struct {
	*inventory
	// ofCloud are the names of VPCs, sites and hubs that objects of clouds have, by argument.
	ofCloud map[clouds.Argument]map[string]bool
}

// names are those that networks and hubs of one declaration have in the inventory.
type names struct{ networks, hubs map[string]string }

// addDeclared adds the networks and pinned clusters of all declarations, and gives planners the names of the inventory.
func (in *inventory) addDeclared(catalog *profile.Catalog, all []statefile.Declared) {
	in.declaredBy = map[string]statefile.Object{}
	d := declarations{in, map[clouds.Argument]map[string]bool{
		clouds.VPCs: keysIn(in.facts.VPCs), clouds.Connections: keysIn(in.facts.Sites), clouds.Gateways: keysIn(in.facts.Hubs),
	}}
	for _, declared := range all {
		n := d.namesOf(declared)
		d.addHubs(declared, n)
		d.addNetworks(declared, n)
		if declared.Planner != nil {
			*declared.Planner = declared.Planner.Renamed(n.networks, n.hubs)
		}
		for _, name := range slices.Sorted(maps.Keys(declared.Clusters)) {
			d.addPinned(catalog, declared, name, n)
		}
	}
}

func keysIn[T any](of map[string]T) map[string]bool {
	keys := map[string]bool{}
	for key := range of {
		keys[key] = true
	}
	return keys
}

// namesOf finds the names under which the inventory has the networks and hubs of a declaration, or will have them.
func (d declarations) namesOf(declared statefile.Declared) names {
	n, taken := names{map[string]string{}, map[string]string{}}, map[string]bool{}
	give := func(of map[string]string, name, in string) { of[name], taken[in] = in, true }
	for _, name := range slices.Sorted(maps.Keys(declared.VPCs)) {
		give(n.networks, name, d.vpcNamed(name, declared.VPCs[name], taken))
	}
	for _, name := range slices.Sorted(maps.Keys(declared.Sites)) {
		give(n.networks, name, d.siteNamed(name, declared.Sites[name], taken))
	}
	for _, name := range slices.Sorted(maps.Keys(declared.Hubs)) {
		n.hubs[name] = d.hubNamed(name, declared, n)
	}
	return n
}

// vpcNamed is the name of the VPC that a declared one is: the one of the same name, or the only one of a cloud, that has one of its
// blocks. Otherwise it is a name that no network has.
func (d declarations) vpcNamed(name string, v topology.VPC, taken map[string]bool) string {
	is := func(other topology.VPC) bool {
		platforms := []string{"", "generic", v.Platform}
		return slices.Contains(platforms, other.Platform) || slices.Contains(platforms[:2], v.Platform)
	}
	var found []string
	for other, candidate := range d.facts.VPCs {
		ofCloud := d.ofCloud[clouds.VPCs][other]
		if taken[other] || !is(candidate) || other != name && !ofCloud || candidate.VRF != v.VRF && (!ofCloud || candidate.VRF != "") {
			continue
		}
		unknown := candidate.Unknown.Has("cidr_blocks") || v.Unknown.Has("cidr_blocks")
		if shares(candidate.CIDRBlocks, v.CIDRBlocks) || unknown && other == name {
			found = append(found, other)
		}
	}
	return d.chosen(name, found, taken)
}

// siteNamed is the name of the site that a declared one is: the one of the same name, or the only one of a cloud that has one of its
// blocks.
func (d declarations) siteNamed(name string, s topology.Site, taken map[string]bool) string {
	var found []string
	for other, candidate := range d.facts.Sites {
		ofCloud := d.ofCloud[clouds.Connections][other]
		if !taken[other] && candidate.VRF == s.VRF && (other == name || ofCloud && shares(candidate.CIDRBlocks, s.CIDRBlocks)) {
			found = append(found, other)
		}
	}
	return d.chosen(name, found, taken)
}

// chosen is the name among those found, or the only one found, otherwise a name that no network has.
func (d declarations) chosen(name string, found []string, taken map[string]bool) string {
	switch {
	case slices.Contains(found, name):
		return name
	case len(found) == 1:
		return found[0]
	}
	return free(name, func(name string) bool {
		_, isVPC := d.facts.VPCs[name]
		_, isSite := d.facts.Sites[name]
		return isVPC || isSite || taken[name]
	})
}

// free is a name, or one made of it that is not taken.
func free(name string, taken func(string) bool) string {
	for n, first := 1, name; taken(name); n++ {
		if name = "cidrplan." + first; n > 1 {
			name += fmt.Sprintf("-%d", n)
		}
	}
	return name
}

func shares(a, b []netip.Prefix) bool {
	return slices.ContainsFunc(a, func(p netip.Prefix) bool { return p.IsValid() && slices.Contains(b, p) })
}

// hubNamed is the name of the hub that a declared one is: the one of the same name and kind, or the only one of a cloud of the same kind
// that all its members that were found in the cloud are attached to.
func (d declarations) hubNamed(name string, declared statefile.Declared, n names) string {
	h := declared.Hubs[name]
	if other, is := d.facts.Hubs[name]; is && (other.Kind == h.Kind || other.Kind == "" || h.Kind == "") {
		return name
	}
	var found []string
	for other := range d.ofCloud[clouds.Gateways] {
		members, all := 0, d.facts.Hubs[other].Kind == h.Kind
		for vpc, v := range declared.VPCs {
			if d.ofCloud[clouds.VPCs][n.networks[vpc]] && slices.Contains(v.Hubs, name) {
				members++
				all = all && slices.Contains(d.facts.VPCs[n.networks[vpc]].Hubs, other)
			}
		}
		if all && members > 0 {
			found = append(found, other)
		}
	}
	if len(found) == 1 {
		return found[0]
	}
	return free(name, func(name string) bool { _, is := d.facts.Hubs[name]; return is })
}

// addPinned adds a cluster that a resource of this provider declares with ranges, unless a planner holds them or a cluster of a cloud has
// them.
func (d declarations) addPinned(catalog *profile.Catalog, declared statefile.Declared, name string, n names) {
	cl := declared.Clusters[name]
	subnets := declared.VPCs[cl.VPC].Subnets
	cl.VPC = cmp.Or(n.networks[cl.VPC], cl.VPC)
	cl.NodeSubnets, cl.PodSubnets = d.subnetsOf(cl.VPC, subnets, cl.NodeSubnets), d.subnetsOf(cl.VPC, subnets, cl.PodSubnets)
	e := allocate.Existing{
		PodCIDRs: cl.PodCIDRs, ServiceCIDR: cl.ServiceCIDR, PodIPv6CIDR: cl.PodIPv6CIDR, ServiceIPv6CIDR: cl.ServiceIPv6CIDR,
		Further:  cl.Further,
		NodeMask: cl.Need.NodeMask, NodeIPv6Mask: cl.Need.NodeIPv6Mask,
	}
	r := statefile.Ranges{Owner: name, Pods: e.PodCIDRs, Service: e.ServiceCIDR, VPC: cl.VPC}
	held := slices.ContainsFunc(d.planners, func(p statefile.Planner) bool { _, is := p.Held[name]; return is && !p.OfBlocks })
	if found := d.holding(r); !e.Ranges().Held() || held || found != "" {
		d.addOthers(found, cl.OtherRanges)
		return
	}
	to := free(name, func(name string) bool { _, is := d.existing[name]; return is })
	d.declared(declared, "clusters", name, clouds.Clusters, to)
	d.existing[to] = e
	d.clusters = append(d.clusters, clusterFound{to, cl.VPC, cl.Profile})
	_, known := catalog.Profile(cl.Profile)
	_, isVPC := d.facts.VPCs[cl.VPC]
	_, isSite := d.facts.Sites[cl.VPC]
	switch {
	case !isVPC && !isSite:
		d.skipCluster(to, "Its VPC is not in the files.")
	case !known:
		d.skipCluster(to, "Its network mode is not known to cidrplan.")
	default:
		cl = cl.WithPins(profile.Ranges{})
		cl.Name, cl.CloudName = to, ""
		d.facts.Clusters[to] = cl
	}
}

// subnetsOf are the names that subnets of a declaration have in the VPC, by their ranges.
func (d declarations) subnetsOf(vpc string, declared map[string]netip.Prefix, names []string) []string {
	of := map[netip.Prefix]string{}
	for name, r := range d.facts.VPCs[vpc].Subnets {
		of[r] = name
	}
	var out []string
	for _, name := range names {
		out = append(out, cmp.Or(of[declared[name]], name))
	}
	return out
}
