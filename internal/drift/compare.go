package drift

import (
	"maps"
	"net/netip"
	"slices"

	"github.com/cidrplan/terraform-provider-cidrplan/internal/cidr"
	"github.com/cidrplan/terraform-provider-cidrplan/internal/profile"
	"github.com/cidrplan/terraform-provider-cidrplan/internal/topology"
)

// Declared is what should be.
type Declared struct {
	Facts topology.Facts
	// Held are the ranges of clusters, Released those that are released, by the name of the cluster.
	Held     map[string]profile.Ranges
	Released map[string][]profile.Ranges
	// Others are the ranges that clusters use beside Pods and Services, by the name of the cluster.
	Others   map[string][]OtherRange
	Required []Required
}

// OtherRange is a range that a cluster uses beside Pods and Services. Default says that nobody gave it, Routed that networks route it.
type OtherRange struct {
	Use             string
	Range           netip.Prefix
	Default, Routed bool
}

// Required is a route that a VPC needs.
type Required struct {
	Network, Cluster string
	Destination      netip.Prefix
}

// Observed is what a cloud reports. A map without entries is not compared.
type Observed struct {
	VPCs     map[string]topology.VPC
	Sites    map[string]topology.Site
	Clusters map[string]profile.Ranges
	// Others are the ranges that clusters use beside Pods and Services, by the key of the cluster and the name of the use.
	Others map[string]map[string][]netip.Prefix
	// Unplaced are objects that belong to nothing, with the reason, by their place.
	Unplaced map[string]string
}

// comparison compares what is declared with what was observed.
type comparison struct {
	declared Declared
	observed Observed
	// known are the ranges whose routes need no declaration.
	known []netip.Prefix
	found []Difference
}

// Compare returns all differences, the serious ones first.
func Compare(declared Declared, observed Observed) []Difference {
	c := &comparison{declared: declared, observed: observed}
	c.known = c.knownRanges()
	c.vpcs()
	c.sites()
	c.clusters()
	for _, at := range sortedKeys(observed.Unplaced) {
		c.add(Difference{Code: ObjectUnplaced, Name: at, Note: observed.Unplaced[at], At: place("unplaced").Key(at)})
	}
	return sorted(c.found)
}

func (c *comparison) add(d Difference) { c.found = append(c.found, d) }

// place is a place in what was observed.
func place(attribute string) topology.Path { return topology.Path{}.Attr("observed").Attr(attribute) }

// network is what VPCs and sites have in common.
type network struct {
	blocks []netip.Prefix
	at     topology.Path
}

func (c *comparison) vpcs() {
	declared, observed := map[string]network{}, map[string]network{}
	for name, v := range c.declared.Facts.VPCs {
		declared[name] = network{slices.Concat(v.CIDRBlocks, v.IPv6CIDRBlocks), topology.Path{}.Attr("vpcs").Key(name)}
	}
	for name, v := range c.observed.VPCs {
		observed[name] = network{slices.Concat(v.CIDRBlocks, v.IPv6CIDRBlocks), place("vpcs").Key(name)}
	}
	for name, other := range c.networks(declared, observed) {
		v, seen := c.declared.Facts.VPCs[name], c.observed.VPCs[other]
		c.subnets(name, v, seen)
		c.routes(name, v, seen)
	}
}

func (c *comparison) sites() {
	declared, observed := map[string]network{}, map[string]network{}
	for name, s := range c.declared.Facts.Sites {
		declared[name] = network{s.CIDRBlocks, topology.Path{}.Attr("sites").Key(name)}
	}
	for name, s := range c.observed.Sites {
		observed[name] = network{s.CIDRBlocks, place("sites").Key(name)}
	}
	c.networks(declared, observed)
}

// networks compares declared networks with observed ones. It returns the name of the observed network for each declared one.
func (c *comparison) networks(declared, observed map[string]network) map[string]string {
	same := matched(declared, observed)
	if len(observed) == 0 {
		return same
	}
	taken := map[string]bool{}
	for _, name := range sortedKeys(declared) {
		d := declared[name]
		other, is := same[name]
		if !is {
			c.add(Difference{Code: NetworkGone, Name: name, Range: first(d.blocks), Declared: d.blocks, At: d.at})
			continue
		}
		taken[other] = true
		seen := observed[other].blocks
		for _, block := range missing(d.blocks, seen) {
			c.add(Difference{Code: BlockGone, Name: name, Range: block, Declared: d.blocks, Observed: seen, At: d.at})
		}
		for _, block := range missing(seen, d.blocks) {
			c.add(Difference{Code: BlockUndeclared, Name: name, Range: block, Declared: d.blocks, Observed: seen, At: d.at})
		}
	}
	for _, name := range sortedKeys(observed) {
		if o := observed[name]; !taken[name] {
			c.add(Difference{Code: NetworkUndeclared, Name: name, Range: first(o.blocks), Observed: o.blocks, At: o.at})
		}
	}
	return same
}

// matched finds the observed network for each declared one: the one with the same name, or else the only one with the same blocks, since
// the cloud may use other names.
func matched(declared, observed map[string]network) map[string]string {
	same, taken := map[string]string{}, map[string]bool{}
	for name := range declared {
		if _, is := observed[name]; is {
			same[name], taken[name] = name, true
		}
	}
	byBlocks := map[string][]string{}
	for _, name := range sortedKeys(observed) {
		if !taken[name] {
			byBlocks[text(observed[name].blocks)] = append(byBlocks[text(observed[name].blocks)], name)
		}
	}
	for _, name := range sortedKeys(declared) {
		blocks := text(declared[name].blocks)
		if _, is := same[name]; !is && len(byBlocks[blocks]) == 1 && blocks != "" {
			same[name] = byBlocks[blocks][0]
			delete(byBlocks, blocks)
		}
	}
	return same
}

// subnets compares the subnets of a VPC by their ranges, since the cloud may use other names.
func (c *comparison) subnets(name string, declared, observed topology.VPC) {
	if len(observed.Subnets) == 0 {
		return
	}
	isDeclared, isObserved := setOf(declared.Subnets), setOf(observed.Subnets)
	for _, subnet := range sortedKeys(declared.Subnets) {
		if p := declared.Subnets[subnet]; !isObserved[p] {
			at := topology.Path{}.Attr("vpcs").Key(name).Attr("subnets").Key(subnet)
			c.add(Difference{Code: SubnetGone, Name: name, Part: subnet, Range: p, At: at})
		}
	}
	for _, subnet := range sortedKeys(observed.Subnets) {
		if p := observed.Subnets[subnet]; !isDeclared[p] {
			at := place("vpcs").Key(name).Attr("subnets").Key(subnet)
			c.add(Difference{Code: SubnetUndeclared, Name: name, Part: subnet, Range: p, At: at})
		}
	}
}

// routes compares the routes of a VPC by their destinations.
func (c *comparison) routes(name string, declared, observed topology.VPC) {
	if len(observed.Routes) == 0 {
		return
	}
	destinations := map[netip.Prefix]bool{}
	for _, r := range observed.Routes {
		destinations[r.Destination] = true
	}
	var expected []netip.Prefix
	for _, key := range sortedKeys(declared.Routes) {
		r := declared.Routes[key]
		expected = append(expected, r.Destination)
		if r.Destination.IsValid() && !destinations[r.Destination] {
			at := topology.Path{}.Attr("vpcs").Key(name).Attr("routes").Key(key)
			c.add(Difference{Code: RouteGone, Name: name, Part: key, Range: r.Destination, At: at})
		}
	}
	for _, r := range c.declared.Required {
		covers := func(p netip.Prefix) bool { return p.Bits() > 0 && cidr.Contains(p, r.Destination) }
		if r.Network == name && r.Destination.IsValid() && !slices.ContainsFunc(slices.Collect(maps.Keys(destinations)), covers) {
			at := topology.Path{}.Attr("clusters").Key(r.Cluster)
			c.add(Difference{Code: RequiredRouteMissing, Name: name, Part: r.Cluster, Range: r.Destination, At: at})
		}
	}
	expected = append(expected, c.known...)
	for _, key := range sortedKeys(observed.Routes) {
		r := observed.Routes[key]
		if r.Occupies() && !cidr.AnyContains(expected, r.Destination) {
			at := place("vpcs").Key(name).Attr("routes").Key(key)
			c.add(Difference{Code: RouteUndeclared, Name: name, Part: key, Range: r.Destination, At: at})
		}
	}
}

// knownRanges are the ranges to which routes lead that need no declaration: those of declared networks, of Pods, and others
// of clusters that networks route.
func (c *comparison) knownRanges() []netip.Prefix {
	var out []netip.Prefix
	for _, v := range c.declared.Facts.VPCs {
		out = append(append(out, v.CIDRBlocks...), v.IPv6CIDRBlocks...)
	}
	for _, s := range c.declared.Facts.Sites {
		out = append(out, s.CIDRBlocks...)
	}
	for _, held := range c.declared.Held {
		out = append(append(out, held.Pods...), held.PodsIPv6()...)
	}
	for _, others := range c.declared.Others {
		for _, other := range others {
			if other.Routed {
				out = append(out, other.Range)
			}
		}
	}
	return slices.DeleteFunc(out, func(p netip.Prefix) bool { return !p.IsValid() })
}
