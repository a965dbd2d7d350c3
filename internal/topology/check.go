package topology

import (
	"maps"
	"net/netip"
	"slices"

	"github.com/cidrplan/terraform-provider-cidrplan/internal/cidr"
	"github.com/cidrplan/terraform-provider-cidrplan/internal/profile"
)

// checker collects faults.
type checker struct{ faults []Fault }

func (c *checker) add(at Path, problem any, options ...Option) {
	c.faults = append(c.faults, Fault{At: at, Problem: problem, Options: options})
}

// name checks an attribute of an entity that is a name and required; unknown says that it is known only after apply. Where it is the
// key of the entity, the key is what is empty.
func (c *checker) name(entity Path, attr, name string, unknown bool) {
	if name != "" {
		CheckName(name, func(p BadName) { c.add(entity.Attr(attr), p) })
		return
	}
	if unknown {
		return
	}
	if len(entity) > 0 && entity[len(entity)-1] == (Step{}) {
		c.mapKey(entity, "")
		return
	}
	c.add(entity.Attr(attr), Missing{})
}

// mapKey checks a key that is a name of its own.
func (c *checker) mapKey(at Path, key string) {
	CheckKey(key, func(problem any) { c.add(at, problem) })
}

// CheckKey reports a map key that is empty or no name.
func CheckKey(key string, report func(problem any)) {
	if key == "" {
		report(Empty{NameNeeded{}})
	}
	CheckName(key, func(p BadName) { report(p) })
}

// key checks that the key of an entity is its name.
func (c *checker) key(at Path, key, name string) {
	if name != "" && name != key {
		c.add(at.Attr("name"), KeyDiffers{Key: key, Name: name})
	}
}

// names checks a list of references of an entity: each once, and each a name.
func (c *checker) names(entity Path, attr string, names []string) {
	for i, name := range names {
		if name == "" {
			continue
		}
		CheckName(name, func(p BadName) { c.add(entity.Attr(attr).At(i), p) })
		if slices.Index(names, name) < i {
			c.add(entity.Attr(attr).At(i), Repeated{Value: name})
		}
	}
}

// ranges checks a list of ranges of an entity: they are of one family and share no addresses.
func (c *checker) ranges(entity Path, attr string, ranges []netip.Prefix, family cidr.Family) {
	if len(ranges) > 0 {
		c.disjoint(entity.Attr(attr), ranges)
		c.ofFamily(entity.Attr(attr), ranges, family)
	}
}

// disjoint checks that the ranges of one list share no addresses; each overlap is reported once,
// at the later one.
func (c *checker) disjoint(at Path, ranges []netip.Prefix) {
	for i, later := range ranges {
		for _, earlier := range ranges[:i] {
			if earlier.IsValid() && later.IsValid() && earlier.Overlaps(later) {
				c.add(at.At(i), RangesOverlap{A: later, B: earlier})
				break
			}
		}
	}
}

// ofFamily checks that all ranges of a list have one family.
func (c *checker) ofFamily(at Path, ranges []netip.Prefix, family cidr.Family) {
	for i, p := range ranges {
		if p.IsValid() && cidr.FamilyOf(p) != family {
			c.add(at.At(i), WrongFamily{Range: p, Want: family.String()})
		}
	}
}

// isNoneOf says whether a value is given, and is none of those that are allowed.
func isNoneOf(value string, allowed []string) bool {
	return value != "" && !slices.Contains(allowed, value)
}

// oneOf checks an attribute of an entity that has one of some values, where it is given.
func (c *checker) oneOf(entity Path, attr, value string, allowed []string) {
	if isNoneOf(value, allowed) {
		c.add(entity.Attr(attr), NotOneOf{Value: value, Allowed: allowed})
	}
}

// someOf checks a list of an entity that has some of a few values: each once. What is known only after apply is "".
func (c *checker) someOf(entity Path, attr string, values, allowed []string) {
	for i, value := range values {
		at := entity.Attr(attr).At(i)
		if isNoneOf(value, allowed) {
			c.add(at, NotOneOf{Value: value, Allowed: allowed})
		}
		if value != "" && slices.Index(values, value) < i {
			c.add(at, Repeated{Value: value})
		}
	}
}

// platform checks the platform of an entity, where it gives one.
func (c *checker) platform(entity Path, name string, catalog *profile.Catalog) {
	if name != "" && !catalog.HasPlatform(name) {
		c.add(entity.Attr("platform"), NotOneOf{Value: name, Allowed: catalog.Platforms()})
	}
}

// CheckHub checks one hub declared at a place.
func CheckHub(at Path, h Hub, catalog *profile.Catalog) []Fault {
	var c checker
	c.name(at, "name", h.Name, h.Unknown.Has("name"))
	c.oneOf(at, "kind", h.Kind, catalog.HubKinds())
	if levels := catalog.Hub(h.Kind).Levels(); h.ProtectionLevel != "" && !h.Unknown.Has("kind") {
		if len(levels) == 0 {
			c.add(
				at.Attr("protection_level"), NotAccepted{Value: h.ProtectionLevel, Reason: NoProtectionLevel{}},
				OptionOf(Remove(at.Attr("protection_level"))),
			)
		} else {
			c.oneOf(at, "protection_level", h.ProtectionLevel, levels)
		}
	}
	c.vrf(at, h.VRF)
	c.previousOf(at, h.Name, h.PreviousNames)
	return c.faults
}

func (c *checker) vrf(at Path, vrf string) {
	CheckName(vrf, func(p BadName) { c.add(at.Attr("vrf"), p) })
}

// CheckSite checks one site declared at a place.
func CheckSite(at Path, s Site) []Fault {
	var c checker
	c.name(at, "name", s.Name, s.Unknown.Has("name"))
	if len(s.CIDRBlocks) == 0 && !s.Unknown.Has("cidr_blocks") {
		c.add(at.Attr("cidr_blocks"), Missing{})
	}
	c.disjoint(at.Attr("cidr_blocks"), s.CIDRBlocks)
	c.disjoint(at.Attr("advertised_cidrs"), s.AdvertisedCIDRs)
	c.attached(at, s.Name, s.Hubs, s.Peers)
	c.vrf(at, s.VRF)
	c.previousOf(at, s.Name, s.PreviousNames)
	return c.faults
}

// attached checks the names of what a network is connected to.
func (c *checker) attached(at Path, own string, hubs, peers []string) {
	c.names(at, "hubs", hubs)
	c.names(at, "peers", peers)
	if i := slices.Index(peers, own); i >= 0 && own != "" {
		c.add(at.Attr("peers").At(i), SelfPeer{Name: own})
	}
}

// CheckVPC checks one VPC declared at a place. What its platform accepts is checked with the conflicts.
func CheckVPC(at Path, v VPC, catalog *profile.Catalog) []Fault {
	var c checker
	c.name(at, "name", v.Name, v.Unknown.Has("name"))
	c.platform(at, v.Platform, catalog)
	if len(v.CIDRBlocks) == 0 && !v.Unknown.Has("cidr_blocks") {
		c.add(at.Attr("cidr_blocks"), Missing{})
	}
	c.ranges(at, "cidr_blocks", v.CIDRBlocks, cidr.V4)
	c.ranges(at, "ipv6_cidr_blocks", v.IPv6CIDRBlocks, cidr.V6)
	c.disjoint(at.Attr("advertised_cidrs"), v.AdvertisedCIDRs)
	c.attached(at, v.Name, v.Hubs, v.Peers)
	c.subnets(at.Attr("subnets"), v)
	c.routes(at.Attr("routes"), v.Routes)
	if v.RouteQuota < 0 || v.RouteQuota > maxRouteQuota {
		c.add(at.Attr("route_quota"), OutOfRange{Value: v.RouteQuota, Min: 1, Max: maxRouteQuota})
	}
	c.vrf(at, v.VRF)
	c.previousOf(at, v.Name, v.PreviousNames)
	return c.faults
}

const maxRouteQuota = 1_000_000

// subnets checks that subnets are in the VPC and do not overlap.
func (c *checker) subnets(at Path, v VPC) {
	if len(v.Subnets) == 0 {
		return
	}
	given := slices.Concat(v.CIDRBlocks, v.IPv6CIDRBlocks)
	blocks := cidr.NewSet(given...)
	unread := slices.Contains(given, netip.Prefix{})
	whole := !v.Unknown.Has("cidr_blocks") && !v.Unknown.Has("ipv6_cidr_blocks") && !unread && !blocks.IsEmpty()
	names := slices.Sorted(maps.Keys(v.Subnets))
	for i, name := range names {
		c.mapKey(at.Key(name), name)
		subnet := v.Subnets[name]
		if !subnet.IsValid() {
			continue
		}
		if whole && !blocks.Contains(subnet) {
			c.add(at.Key(name), OutsideVPC{Subnet: subnet, Blocks: given})
		}
		for _, other := range names[:i] {
			if o := v.Subnets[other]; o.IsValid() && o.Overlaps(subnet) {
				c.add(at.Key(name), RangesOverlap{A: subnet, AName: name, B: o, BName: other})
				break
			}
		}
	}
}

// wholePrivate are the private blocks that hubs announce as summaries.
var wholePrivate = cidr.PrivateIPv4()

func (c *checker) routes(at Path, routes map[string]Route) {
	for _, name := range slices.Sorted(maps.Keys(routes)) {
		route := routes[name]
		if name == "" {
			c.add(at.Key(name), Empty{NameNeeded{}})
		}
		CheckText(name, func(p BadText) { c.add(at.Key(name), p) })
		if !route.Destination.IsValid() && !route.Unknown.Has("destination") {
			c.add(at.Key(name).Attr("destination"), Missing{})
		}
		if isNoneOf(route.NextHop, NextHops) {
			c.add(at.Key(name).Attr("next_hop"), NotOneOf{Value: route.NextHop, Allowed: NextHops})
		}
		if route.Summary == nil && !route.Unknown.Has("summary") && slices.Contains(wholePrivate, route.Destination) {
			likely := LikelySummary{Destination: route.Destination}
			c.faults = append(c.faults, Fault{At: at.Key(name).Attr("summary"), Problem: likely, Warn: true})
		}
	}
}
