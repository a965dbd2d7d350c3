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

// add adds the findings of one range: errors, or else warnings. Other is the second party of the rules, nil where there is none.
func (c *vpcCheck) add(a Claim, other *Claim, broken []profile.BrokenRule) {
	worst := profile.Allow
	for _, b := range broken {
		worst = max(worst, b.Rule.Level)
	}
	for _, b := range broken {
		if !b.Rule.Broken() || b.Rule.Level < worst {
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
			c.add(c.claim(VPC, "", block, c.at.Attr("cidr_blocks").At(i)), nil, broken)
		}
	}
	for i, block := range c.vpc.IPv6CIDRBlocks {
		if cidr.FamilyOf(block) == cidr.V6 {
			c.add(c.claim(VPC, "", block, c.at.Attr("ipv6_cidr_blocks").At(i)), nil, platform.CheckBlock(block, false))
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
			c.add(c.subnet(name), nil, c.platform.Networks.Subnets.Check(subnet))
		}
	}
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
		a := c.claim(Route, name, route.Destination, c.at.Attr("routes").Key(name).Attr("destination"))
		a.Description = cmp.Or(route.Description, a.Description)
		c.add(a, nil, platform.Check(route.Destination, netip.Prefix{}))
		for _, subnet := range subnets {
			if held := c.vpc.Subnets[subnet]; held.IsValid() {
				b := c.subnet(subnet)
				c.add(a, &b, platform.Check(route.Destination, held))
			}
		}
		// An instance may be a middlebox that the local route of the block was pointed to.
		if !route.LeadsToInstance() && !route.Unknown.Has("summary") && !c.inSecondary(a, route.NextHop) {
			c.ownBlock(a)
		}
	}
}

// inSecondary checks whether a secondary block contains the destination of a route, where the platform refuses that, and says whether
// one does. A route to an appliance, such as a firewall endpoint, may have been added to a block that was there before.
func (c *vpcCheck) inSecondary(route Claim, nextHop string) (found bool) {
	rule := c.platform.Networks.Routes.InSecondary
	leaves := nextHop != "nat" && nextHop != "other"
	for i, block := range c.vpc.CIDRBlocks {
		if i > 0 && leaves && rule.Broken() && block.IsValid() && cidr.Contains(block, route.Range) {
			b := c.claim(VPC, "", block, c.at.Attr("cidr_blocks").At(i))
			c.add(route, &b, []profile.BrokenRule{{Code: "route_in_secondary_block", Rule: rule, Range: block}})
			found = true
		}
	}
	return found
}

// ownBlock checks whether a route leads to a block of its own VPC.
func (c *vpcCheck) ownBlock(route Claim) {
	for _, list := range []struct {
		attr   string
		blocks []netip.Prefix
	}{{"cidr_blocks", c.vpc.CIDRBlocks}, {"ipv6_cidr_blocks", c.vpc.IPv6CIDRBlocks}} {
		for i, block := range list.blocks {
			if block == route.Range {
				b := c.claim(VPC, "", block, c.at.Attr(list.attr).At(i))
				c.add(route, &b, []profile.BrokenRule{{Code: "route_to_own_block", Rule: rules.Everywhere("own_block")}})
			}
		}
	}
}

// secondaryPeered checks a VPC with secondary blocks that is a peer of another network, whichever of the two declares it.
// Peerings are the edits that end all of its peerings.
func (w World) secondaryPeered(at topology.Path, name string, v topology.VPC, peerings []topology.Edit) []Finding {
	c := newVPCCheck(at, name, v, w.Catalog)
	rule := c.platform.Networks.VPC.SecondaryPeered
	if !rule.Broken() || len(v.CIDRBlocks) < 2 || !v.CIDRBlocks[1].IsValid() || v.Unknown.Has("platform") || len(peerings) == 0 {
		return nil
	}
	c.add(
		c.claim(VPC, "", v.CIDRBlocks[1], at.Attr("cidr_blocks").At(1)), nil,
		[]profile.BrokenRule{{Code: "vpc_secondary_peered", Rule: rule}},
	)
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
