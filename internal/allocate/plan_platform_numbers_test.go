package allocate

import (
	"fmt"
	"net/netip"
	"slices"
	"strings"
	"testing"

	"github.com/cidrplan/terraform-provider-cidrplan/internal/cidr"
	"github.com/cidrplan/terraform-provider-cidrplan/internal/profile"
	"github.com/cidrplan/terraform-provider-cidrplan/internal/topology"
)

// numbered is a cluster of a profile in a VPC of its platform, with so many subnets.
func numbered(t *testing.T, of string, subnets int, edit func(*topology.Cluster)) Result {
	t.Helper()
	p, _ := profile.Default().Profile(of)
	platform := p.Platform
	if profile.Default().Platform(platform).Distributions {
		platform = profile.Generic
	}
	blocks := prefixes("172.20.0.0/16", "192.168.0.0/16")
	rules := profile.Default().Platform(platform).Networks.VPC
	block := blocks[slices.IndexFunc(blocks, func(b netip.Prefix) bool { return len(rules.CheckBlock(b, true)) == 0 })]
	v := topology.VPC{Platform: platform, CIDRBlocks: []netip.Prefix{block}, Subnets: map[string]netip.Prefix{}}
	cl := topology.Cluster{VPC: "own", Profile: of, Need: profile.Need{MaxNodes: 2}}
	for i := range subnets {
		name := fmt.Sprintf("s%02d", i)
		v.Subnets[name], _ = cidr.Nth(block, 22, uint64(i))
		cl.PodSubnets = append(cl.PodSubnets, name)
	}
	edit(&cl)
	r := request(supernets("10.0.0.0/9", "fd00::/40"), services("10.192.0.0/12", "fc00::/96"), onlyOwn)
	r.Facts.VPCs, r.Facts.Clusters = map[string]topology.VPC{"own": v}, map[string]topology.Cluster{"shop": cl}
	return Plan(r, profile.Default())
}

// tooMuch are the findings and faults of a plan on a number that is too large.
func tooMuch(result Result) []string {
	var all []string
	for _, f := range result.Findings {
		if f.Code == "nodes_over_cap" || f.Code == "route_quota_exceeded" {
			all = append(all, fmt.Sprintf("%s %v %d", f.Code, f.Rule.Level, f.Limit.Value))
		}
	}
	for _, f := range result.Faults {
		switch e := f.Problem.(type) {
		case topology.TooMany:
			all = append(all, fmt.Sprintf("%v error %d", e.Of, e.Max))
		case NeedNotServed:
			all = append(all, fmt.Sprintf("%s error %d", e.SizeError.Argument, e.SizeError.Max))
		}
	}
	return all
}

// bound is a number of the data: a plan with it breaks no rule on numbers, and one with one more breaks that of a level.
type bound struct {
	of, what string
	most     int
	level    profile.Level
	subnets  func(number int) int
	edit     func(cl *topology.Cluster, number int)
}

// boundsOf are the bounds of a profile on numbers of nodes, ranges and subnets.
func boundsOf(p *profile.Profile) []bound {
	pods := 0 // subnets that the Pods of a cluster use
	if p.Pods.From == profile.Subnets {
		pods = 1
	}
	constant := func(int) int { return pods }
	var all []bound
	nodes := func(cl *topology.Cluster, number int) {
		cl.Need.MaxNodes = int64(number)
		if p.Pods.From != profile.Subnets && p.Nodes.Blocks != profile.None {
			cl.Need.PodsPerNode = max(16, p.Nodes.PodsPerNode.Min)
		}
	}
	for _, limit := range p.Nodes.Caps {
		all = append(all, bound{p.Name, "nodes", int(limit.Max), limit.Level, constant, nodes})
	}
	if p.Nodes.RouteQuota > 0 {
		most := int(p.Nodes.RouteQuota / p.Nodes.RoutesPerNode)
		all = append(all, bound{p.Name, "routes", most, p.Nodes.RouteQuotaRule.Level, constant, nodes})
	}
	if most := p.Growth.MaxRanges; most > 0 && pods > 0 {
		each := func(number int) int { return number }
		all = append(all, bound{p.Name, "subnets", most, profile.Error, each, func(*topology.Cluster, int) {}})
	} else if most := p.MaxPodRanges(profile.Appended); pods == 0 && most < profile.Unlimited {
		all = append(all, bound{p.Name, "Pod ranges", most, profile.Error, constant, func(cl *topology.Cluster, number int) {
			for i := range number {
				r, _ := cidr.Nth(netip.MustParsePrefix("10.32.0.0/11"), 20, uint64(i))
				cl.PodCIDRs = append(cl.PodCIDRs, r)
			}
		}})
	}
	for _, use := range p.OtherNames() {
		if most := p.OtherRanges[use].Max; most > 0 {
			all = append(all, bound{p.Name, use, most, profile.Error, constant, func(cl *topology.Cluster, number int) {
				cl.OtherRanges = map[string][]netip.Prefix{}
				for i := range number {
					r, _ := cidr.Nth(netip.MustParsePrefix("172.28.0.0/20"), 28, uint64(i))
					cl.OtherRanges[use] = append(cl.OtherRanges[use], r)
				}
			}})
		}
	}
	return all
}

// Each number of the platforms' data has two sides: a cluster may have as many, and one more breaks a rule of that level.
func TestEveryBoundOnANumberHasTwoSides(t *testing.T) {
	kinds := map[string]int{}
	for _, name := range profile.Default().Names() {
		p, _ := profile.Default().Profile(name)
		for _, b := range boundsOf(p) {
			kinds[b.what]++
			t.Run(fmt.Sprintf("%d %s of %s", b.most, b.what, name), func(t *testing.T) {
				at := func(number int) []string {
					all := tooMuch(numbered(t, name, b.subnets(number), func(cl *topology.Cluster) { b.edit(cl, number) }))
					return slices.DeleteFunc(all, func(broken string) bool {
						return !strings.HasSuffix(broken, fmt.Sprintf(" %v %d", b.level, b.most))
					})
				}
				if got := at(b.most); len(got) > 0 {
					t.Errorf("%d: %v", b.most, got)
				}
				if got := at(b.most + 1); len(got) == 0 {
					t.Errorf("%d: no rule of level %v is broken", b.most+1, b.level)
				}
			})
		}
	}
	for _, what := range []string{"nodes", "routes", "subnets", "Pod ranges", "join", "control_plane", "non_masquerade"} {
		if kinds[what] == 0 {
			t.Errorf("no bound on %s", what)
		}
	}
}
