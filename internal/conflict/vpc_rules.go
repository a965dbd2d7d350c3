package conflict

import (
	"cmp"
	"maps"
	"net/netip"
	"slices"

	"github.com/cidrplan/terraform-provider-cidrplan/internal/cidr"
	"github.com/cidrplan/terraform-provider-cidrplan/internal/profile"
	"github.com/cidrplan/terraform-provider-cidrplan/internal/rules"
	"github.com/cidrplan/terraform-provider-cidrplan/internal/topology"
)

// VPCs checks the blocks, subnets and routes of all VPCs against the rules of their platforms.
func (w World) VPCs(f topology.Facts) []Finding {
	var findings []Finding
	peerings := peeringsOf(f)
	for _, name := range slices.Sorted(maps.Keys(f.VPCs)) {
		at := topology.Path{}.Attr("vpcs").Key(name)
		findings = append(findings, CheckVPC(at, name, f.VPCs[name], w.Catalog)...)
		findings = append(findings, w.secondaryPeered(at, name, f.VPCs[name], peerings[name])...)
	}
	return findings
}

// CheckVPC checks the blocks, subnets and routes of one VPC that is declared at a place against the rules of its platform. As
// long as the platform is not known there are no findings.
func CheckVPC(at topology.Path, name string, v topology.VPC, catalog *profile.Catalog) []Finding {
	if v.Unknown.Has("platform") || v.Unknown.Has(topology.Everything) {
		return nil
	}
	c := newVPCCheck(at, name, v, catalog)
	c.blocks()
	c.subnets()
	c.routes()
	return c.findings
}

// vpcCheck collects the findings of one VPC.
type vpcCheck struct {
	at       topology.Path
	name     string
	vpc      topology.VPC
	platform profile.Platform
	findings []Finding
}

func newVPCCheck(at topology.Path, name string, v topology.VPC, catalog *profile.Catalog) *vpcCheck {
	return &vpcCheck{at: at, name: name, vpc: v, platform: catalog.Platform(topology.PlatformOf(v))}
}

// claim is a range of the VPC at a place inside of it.
func (c *vpcCheck) claim(kind Kind, part string, held netip.Prefix, at topology.Path) Claim {
	return Claim{
		Owner: c.name, Kind: kind, Part: part, Range: held, Network: c.name, About: c.vpc.About, At: at,
		NetworkRange: NetworkRange{Platform: topology.PlatformOf(c.vpc)},
	}
}

// add adds the findings of one range: errors, or else warnings. The parties are the range and the second party of the rules, nil where
// there is none. Few ranges break a rule, so parties makes the claims only then.
func (c *vpcCheck) add(broken []profile.BrokenRule, parties func() (a Claim, other *Claim)) {
	worst := profile.Allow
	for _, b := range broken {
		worst = max(worst, b.Rule.Level)
	}
	if worst == profile.Allow {
		return
	}
	a, other := parties()
	for _, b := range broken {
		if b.Rule.Level < worst {
			continue
		}
		shared := a.Range
		if overlapped, ok := cidr.Overlap(b.Range, a.Range); ok {
			shared = overlapped
		}
		c.findings = append(c.findings, Finding{
			Code: b.Code, Rule: b.Rule, A: a, B: other, Shared: shared, VPCPlatform: c.platform.Title,
		})
	}
}

func (c *vpcCheck) blocks() {
	platform := c.platform.Networks.VPC
	for i, block := range c.vpc.CIDRBlocks {
		if cidr.FamilyOf(block) == cidr.V4 { // other families are a fault of the declaration
			broken := append(platform.CheckBlock(block, i == 0), platform.CheckBeside(block, c.vpc.CIDRBlocks[:i])...)
			c.add(broken, func() (Claim, *Claim) { return c.block("cidr_blocks", i, block), nil })
		}
	}
	for i, block := range c.vpc.IPv6CIDRBlocks {
		if cidr.FamilyOf(block) == cidr.V6 {
			c.add(platform.CheckBlock(block, false), func() (Claim, *Claim) { return c.block("ipv6_cidr_blocks", i, block), nil })
		}
	}
	for _, limit := range platform.MaxSecondary {
		if secondary := int64(len(c.vpc.CIDRBlocks)) - 1; secondary > limit.Max {
			at := c.at.Attr("cidr_blocks")
			c.findings = append(c.findings, Finding{
				Code: "vpc_secondary_over_cap", Rule: limit.Rule, A: c.claim(VPC, "", c.vpc.CIDRBlocks[0], at),
				VPCPlatform: c.platform.Title,
				Number:      Figure{VPCBlocks, secondary}, Limit: Figure{VPCBlocks, limit.Max},
				ExtraOptions: option(Fewer, topology.Set(at, topology.Texts(c.vpc.CIDRBlocks[:limit.Max+1]))),
			})
		}
	}
}

func (c *vpcCheck) subnets() {
	for _, name := range slices.Sorted(maps.Keys(c.vpc.Subnets)) {
		if subnet := c.vpc.Subnets[name]; subnet.IsValid() {
			c.add(c.platform.Networks.Subnets.Check(subnet), func() (Claim, *Claim) { return c.subnet(name), nil })
		}
	}
}

// block is the claim of a block of the VPC, which a list has at an index.
func (c *vpcCheck) block(list string, i int, block netip.Prefix) Claim {
	return c.claim(VPC, "", block, c.at.Attr(list).At(i))
}

func (c *vpcCheck) subnet(name string) Claim {
	return c.claim(Subnet, name, c.vpc.Subnets[name], c.at.Attr("subnets").Key(name))
}

func (c *vpcCheck) routes() {
	platform, subnets := c.platform.Networks.Routes, slices.Sorted(maps.Keys(c.vpc.Subnets))
	for _, name := range slices.Sorted(maps.Keys(c.vpc.Routes)) {
		route := c.vpc.Routes[name]
		if !route.Occupies() {
			continue
		}
		c.add(platform.Check(route.Destination, netip.Prefix{}), func() (Claim, *Claim) { return c.route(name), nil })
		for _, subnet := range subnets {
			if held := c.vpc.Subnets[subnet]; held.IsValid() {
				c.add(platform.Check(route.Destination, held), func() (Claim, *Claim) {
					b := c.subnet(subnet)
					return c.route(name), &b
				})
			}
		}
		// An instance may be a middlebox that the local route of the block was pointed to.
		if !route.LeadsToInstance() && !route.Unknown.Has("summary") && !c.inSecondary(name) {
			c.ownBlock(name)
		}
	}
}

func (c *vpcCheck) route(name string) Claim {
	route := c.vpc.Routes[name]
	a := c.claim(Route, name, route.Destination, c.at.Attr("routes").Key(name).Attr("destination"))
	a.Description = cmp.Or(route.Description, a.Description)
	return a
}

// onBlock adds the findings of a route to a block of the VPC, which a list has at an index.
func (c *vpcCheck) onBlock(route, list string, i int, block netip.Prefix, broken profile.BrokenRule) {
	c.add([]profile.BrokenRule{broken}, func() (Claim, *Claim) {
		b := c.block(list, i, block)
		return c.route(route), &b
	})
}

// inSecondary checks whether a secondary block contains the destination of a route, where the platform refuses that, and says whether
// one does. A route to an appliance, such as a firewall endpoint, may have been added to a block that was there before.
func (c *vpcCheck) inSecondary(name string) (found bool) {
	rule, route := c.platform.Networks.Routes.InSecondary, c.vpc.Routes[name]
	leaves := route.NextHop != "nat" && route.NextHop != "other"
	for i, block := range c.vpc.CIDRBlocks {
		if i > 0 && leaves && rule.Broken() && block.IsValid() && cidr.Contains(block, route.Destination) {
			c.onBlock(name, "cidr_blocks", i, block, profile.BrokenRule{Code: "route_in_secondary_block", Rule: rule, Range: block})
			found = true
		}
	}
	return found
}

// ownBlock checks whether a route leads to a block of its own VPC.
func (c *vpcCheck) ownBlock(name string) {
	for _, list := range []struct {
		attr   string
		blocks []netip.Prefix
	}{{"cidr_blocks", c.vpc.CIDRBlocks}, {"ipv6_cidr_blocks", c.vpc.IPv6CIDRBlocks}} {
		for i, block := range list.blocks {
			if block == c.vpc.Routes[name].Destination {
				own := profile.BrokenRule{Code: "route_to_own_block", Rule: rules.Everywhere("own_block")}
				c.onBlock(name, list.attr, i, block, own)
			}
		}
	}
}

// secondaryPeered checks a VPC with secondary blocks that is a peer of another network, whichever of the two declares it.
// Peerings are the edits that end all of its peerings.
func (w World) secondaryPeered(at topology.Path, name string, v topology.VPC, peerings []topology.Edit) []Finding {
	if len(v.CIDRBlocks) < 2 || !v.CIDRBlocks[1].IsValid() || v.Unknown.Has("platform") || len(peerings) == 0 {
		return nil
	}
	c := newVPCCheck(at, name, v, w.Catalog)
	broken := []profile.BrokenRule{{Code: "vpc_secondary_peered", Rule: c.platform.Networks.VPC.SecondaryPeered}}
	c.add(broken, func() (Claim, *Claim) { return c.block("cidr_blocks", 1, v.CIDRBlocks[1]), nil })
	for i := range c.findings {
		c.findings[i].Separations = peerings
		c.findings[i].ExtraOptions = option(Fewer, topology.Set(at.Attr("cidr_blocks"), topology.Texts(v.CIDRBlocks[:1])))
	}
	return c.findings
}

// peeringsOf are the edits that end all peerings of each network: those that it declares, and then those of others by name,
// VPCs first.
func peeringsOf(f topology.Facts) map[string][]topology.Edit {
	networks := slices.Concat(slices.Sorted(maps.Keys(f.VPCs)), slices.Sorted(maps.Keys(f.Sites)))
	edits := map[string][]topology.Edit{}
	end := func(network, declaredBy, peer string) {
		at, _ := f.PlaceOf(declaredBy)
		edits[network] = append(edits[network], topology.RemoveFrom(at.Attr("peers"), peer))
	}
	for _, name := range networks {
		for _, peer := range f.PeersOf(name) {
			end(name, name, peer)
		}
	}
	for _, name := range networks {
		for _, peer := range slices.Compact(slices.Sorted(slices.Values(f.PeersOf(name)))) {
			end(peer, name, peer)
		}
	}
	return edits
}
