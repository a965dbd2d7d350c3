package statefile

import (
	"cmp"
	"maps"
	"net/netip"
	"slices"
	"strconv"

	"github.com/cidrplan/terraform-provider-cidrplan/internal/clouds"
	"github.com/cidrplan/terraform-provider-cidrplan/internal/topology"
)

// Declared is the networks that the resources of this provider in one file declare, or that one planner received. Names refer to each
// other within it.
type Declared struct {
	Hubs  map[string]topology.Hub
	Sites map[string]topology.Site
	VPCs  map[string]topology.VPC
	// Clusters are those of resources, with the ranges that they are pinned to.
	Clusters map[string]topology.Cluster
	// Planner is the planner that received the networks, nil for resources.
	Planner *Planner
	// Origin is the resource of each by its place as text, such as vpcs["prod"].
	Origin map[string]Object
}

// Places of what is declared, for Declared.Origin.
const (
	declaredHubs     = "hubs"
	declaredSites    = "sites"
	declaredVPCs     = "vpcs"
	declaredClusters = "clusters"
)

// declaringTypes are the places of what resources of this provider declare, by type.
var declaringTypes = map[string]string{
	ownTypes + "hub": declaredHubs, ownTypes + "site": declaredSites, ownTypes + "vpc": declaredVPCs,
	ownTypes + "cluster": declaredClusters,
}

// Declarations are what resources of this provider declare, one for each file, and then what planners received.
func Declarations(own []Object, planners []Planner) []Declared {
	ofFile := map[string]*Declared{}
	for _, o := range own {
		place, is := declaringTypes[o.Type]
		if !is {
			continue
		}
		if ofFile[o.File] == nil {
			ofFile[o.File] = newDeclared(nil)
		}
		ofFile[o.File].add(place, cmp.Or(textOf(o.Value, "name"), validKey(instanceName(o))), o.Value, o)
	}
	var all []Declared
	for _, file := range slices.Sorted(maps.Keys(ofFile)) {
		all = append(all, *ofFile[file])
	}
	for i := range planners {
		p := &planners[i]
		d := newDeclared(p)
		for _, place := range []string{declaredHubs, declaredSites, declaredVPCs} {
			for name, v := range members(member(p.Value, place)) {
				d.add(place, name, v, p.Object)
			}
		}
		all = append(all, *d)
	}
	return all
}

func newDeclared(planner *Planner) *Declared {
	return &Declared{
		Hubs: map[string]topology.Hub{}, Sites: map[string]topology.Site{}, VPCs: map[string]topology.VPC{},
		Clusters: map[string]topology.Cluster{}, Planner: planner, Origin: map[string]Object{},
	}
}

// add adds what an object of one of the places declares. An object that is not known yet has a name only.
func (d *Declared) add(place, name string, v clouds.Value, origin Object) {
	d.Origin[topology.Path{}.Attr(place).Key(name).String()] = origin
	a := &attributes{Value: v}
	switch place {
	case declaredHubs:
		d.Hubs[name] = a.hub(name)
	case declaredSites:
		d.Sites[name] = a.site(name)
	case declaredVPCs:
		d.VPCs[name] = a.vpc(name)
	case declaredClusters:
		d.Clusters[name] = a.cluster(name)
	}
}

// attributes reads those of an object, and notes which are known only after apply.
type attributes struct {
	clouds.Value
	unknown topology.Unknown
}

func (a *attributes) hub(name string) topology.Hub {
	h := topology.Hub{
		Name: name, Kind: a.text("kind"), ProtectionLevel: a.text("protection_level"), VRF: a.text("vrf"), Accepted: a.accepted(),
	}
	h.Unknown = a.unknown
	return h
}

func (a *attributes) site(name string) topology.Site {
	s := topology.Site{
		Name: name, AdvertisedCIDRs: a.prefixes("advertised_cidrs"), Hubs: a.texts("hubs"), Peers: a.texts("peers"), VRF: a.text("vrf"),
		CIDRBlocks: a.prefixes("cidr_blocks"), Accepted: a.accepted(),
	}
	s.Unknown = a.unknown
	return s
}

func (a *attributes) vpc(name string) topology.VPC {
	v := topology.VPC{
		Name: name, Platform: a.text("platform"), Region: a.text("region"), VRF: a.text("vrf"),
		CIDRBlocks: a.prefixes("cidr_blocks"), IPv6CIDRBlocks: a.prefixes("ipv6_cidr_blocks"),
		AdvertisedCIDRs: a.prefixes("advertised_cidrs"), Hubs: a.texts("hubs"), Peers: a.texts("peers"),
		Subnets: a.subnets(), Routes: a.routes(), Accepted: a.accepted(),
	}
	v.RouteQuota, _ = strconv.ParseInt(a.text("route_quota"), 10, 64)
	v.Unknown = a.unknown
	return v
}

func (a *attributes) cluster(name string) topology.Cluster {
	c := topology.Cluster{
		Name: name, VPC: a.text("vpc"), Profile: a.text("profile"), PodCIDRs: a.prefixes("pod_cidrs"), Meshes: a.texts("meshes"),
		NodeSubnets: a.texts("node_subnets"), PodSubnets: a.texts("pod_subnets"), IPFamilies: a.texts("ip_families"),
		CloudName: a.text("cloud_name"), OtherRanges: a.otherRanges(),
	}
	r := ranges(a.Value)
	c.ServiceCIDR, c.PodIPv6CIDR, c.ServiceIPv6CIDR = r.Service, r.PodIPv6, r.ServiceIPv6
	c.Further = r.Further
	mask, _ := strconv.Atoi(a.text("node_cidr_mask"))
	mask6, _ := strconv.Atoi(a.text("node_ipv6_cidr_mask"))
	c.Need.NodeMask, c.Need.NodeIPv6Mask = mask, mask6
	c.Unknown = a.unknown
	return c
}

func (a *attributes) otherRanges() map[string][]netip.Prefix {
	a.note("other_ranges")
	return otherRanges(a.Value)
}

// note notes an attribute that is not known in whole or in part.
func (a *attributes) note(name string) {
	if isUnknown(member(a.Value, name)) && !a.unknown.Has(name) {
		a.unknown = append(a.unknown, name)
	}
}

// isUnknown says whether a value or a part of it is known only after apply.
func isUnknown(v clouds.Value) bool {
	if v == nil {
		return false
	}
	switch v.Kind() {
	case clouds.Unknown:
		return true
	case clouds.List:
		return slices.ContainsFunc(v.Elements(), isUnknown)
	case clouds.Map:
		return slices.ContainsFunc(slices.Collect(maps.Values(v.Members())), isUnknown)
	}
	return false
}

func (a *attributes) text(name string) string { a.note(name); return textOf(a.Value, name) }

func (a *attributes) texts(name string) []string { a.note(name); return texts(a.Value, name) }

func (a *attributes) prefixes(name string) []netip.Prefix {
	a.note(name)
	return prefixes(a.Value, name)
}

func (a *attributes) subnets() map[string]netip.Prefix {
	a.note("subnets")
	out := map[string]netip.Prefix{}
	subnets := member(a.Value, "subnets")
	for name := range members(subnets) {
		if r := prefixes(subnets, name); len(r) > 0 {
			out[name] = r[0]
		}
	}
	return out
}

func (a *attributes) routes() map[string]topology.Route {
	a.note("routes")
	out := map[string]topology.Route{}
	for name, v := range members(member(a.Value, "routes")) {
		of := &attributes{Value: v}
		route := topology.Route{NextHop: of.text("next_hop")}
		if destination := of.prefixes("destination"); len(destination) > 0 {
			route.Destination = destination[0]
		}
		if flag := of.text("summary"); flag != "" {
			summary := flag == "true"
			route.Summary = &summary
		}
		route.Unknown = of.unknown
		out[name] = route
	}
	return out
}

func (a *attributes) accepted() map[string]topology.Acceptance {
	out := map[string]topology.Acceptance{}
	for key, v := range members(member(a.Value, "accepted_conflicts")) {
		out[key] = topology.Acceptance{Reason: textOf(v, "reason"), Until: textOf(v, "until")}
	}
	return out
}
