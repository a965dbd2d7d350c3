package conflict

import (
	"maps"
	"slices"

	"github.com/cidrplan/terraform-provider-cidrplan/internal/cidr"
	"github.com/cidrplan/terraform-provider-cidrplan/internal/profile"
	"github.com/cidrplan/terraform-provider-cidrplan/internal/rules"
	"github.com/cidrplan/terraform-provider-cidrplan/internal/topology"
)

// tenant is what takes single addresses of some subnets of a VPC: the nodes or the Pods of a cluster.
type tenant struct {
	claim Claim
	// pods says that the tenant are Pods, else nodes.
	pods bool
	// nodes counts what nodes take of the addresses beside their Pods, where Pods use single addresses of the subnets of their nodes.
	nodes int64
	// argument is the argument of the cluster that names the subnets.
	argument string
	subnets  []string
	// block is the prefix length of the blocks that the tenant takes, 0 for single addresses.
	block int
	// addresses counts what the tenant takes at most, 0 where that is not known.
	addresses int64
	// perNode is how many of them a node takes, and surge what the nodes of an upgrade take.
	perNode, surge int64
	rule           profile.Rule
}

// counts is what of a cluster needs the addresses.
func (t tenant) counts() TermKind {
	if t.pods {
		return PodsOfCluster
	}
	return NodesOfCluster
}

// hasNodes says whether nodes are among the tenant.
func (t tenant) hasNodes() bool { return !t.pods || t.nodes != 0 }

func (t tenant) code() string {
	if t.pods {
		return "pod_subnets_too_small"
	}
	return "node_subnets_too_small"
}

// nodeAddressRule holds where a platform has no rule on addresses of subnets.
var nodeAddressRule = rules.Everywhere("node_address")

// subnets checks Pods in subnets: their prefix lengths, who shares them, and whether they
// have the addresses.
func (w World) subnets(f topology.Facts, in map[string][]string) []Finding {
	var findings []Finding
	for _, name := range slices.Sorted(maps.Keys(f.VPCs)) {
		vpc, rules := f.VPCs[name], w.Catalog.Platform(topology.PlatformOf(f.VPCs[name])).Networks.Subnets
		tenants := w.tenants(f, in[name], rules)
		for _, t := range tenants {
			findings = append(findings, lengths(t, vpc)...)
		}
		findings = append(findings, shared(tenants, vpc)...)
		rooms := newSubnetAddresses(rules, f.Reserved)
		for _, t := range tenants {
			rooms.block = max(rooms.block, t.block)
		}
		findings = append(findings, capacity(tenants, vpc, rooms)...)
	}
	return findings
}

// tenants are those of some clusters of a VPC, Pods after nodes.
func (w World) tenants(f topology.Facts, clusters []string, rules profile.VPCSubnets) []tenant {
	var tenants []tenant
	nodes := rules.Reserved.Rule
	if !nodes.Broken() { // nothing is known, or no address is kept
		nodes = nodeAddressRule
	}
	for _, name := range clusters {
		cl := f.Clusters[name]
		p, ok := w.Catalog.Profile(cl.Profile)
		if !ok || len(cl.NodeSubnets)+len(cl.PodSubnets) == 0 {
			continue
		}
		claim := ClusterClaimant(name, cl, p).Claim(Pod, first(cl.PodCIDRs))
		pods := tenant{claim: claim, pods: true, rule: p.Pods.Subnets.Capacity, block: p.SubnetBlock()}
		ofNodes := p.Pods.Subnets.OfNodes && len(cl.PodSubnets) == 0
		together := ofNodes && pods.block == 0
		if len(cl.NodeSubnets) > 0 && !together {
			t := tenant{claim: claim, argument: "node_subnets", subnets: cl.NodeSubnets, rule: nodes}
			tenants = append(tenants, t.with(cl.Need, 1))
		}
		if len(cl.NodeSubnets) > 0 && ofNodes {
			pods.argument, pods.subnets = "node_subnets", cl.NodeSubnets
			beside := int64(0)
			if together {
				beside, pods.nodes = 1, cl.Need.Nodes()
			}
			tenants = append(tenants, pods.withPods(cl.Need, beside))
		}
		if len(cl.PodSubnets) > 0 && p.Pods.From == profile.Subnets {
			pods.argument, pods.subnets = "pod_subnets", cl.PodSubnets
			tenants = append(tenants, pods.withPods(cl.Need, 0))
		}
	}
	return tenants
}

// withPods is a tenant with the Pods that a cluster asks for, where each node takes so many addresses beside them.
func (t tenant) withPods(need profile.Need, beside int64) tenant {
	size, fault := t.claim.Profile.NodeSize(need)
	if fault != nil {
		return t
	}
	return t.with(need, max(size.Addresses, size.Pods)+beside)
}

// with is a tenant of which each node takes so many addresses.
func (t tenant) with(need profile.Need, perNode int64) tenant {
	t.addresses, t.perNode, t.surge = times(need.Nodes(), perNode), perNode, times(need.SurgeNodes, perNode)
	return t
}

// in is the claim of a tenant to one of its subnets.
func (t tenant) in(i int, v topology.VPC) Claim {
	c := t.claim
	c.Part, c.Range, c.Source = t.subnets[i], v.Subnets[t.subnets[i]], Pinned
	c.At = c.At.Attr(t.argument).At(i)
	return c
}

// lengths checks the prefix lengths of subnets of Pods.
func lengths(t tenant, v topology.VPC) []Finding {
	if !t.pods {
		return nil
	}
	var findings []Finding
	for i, name := range t.subnets {
		for _, limit := range t.claim.Profile.Pods.Subnets.Limits {
			if subnet := v.Subnets[name]; subnet.IsValid() && limit.FitOf(subnet) != profile.Fits {
				findings = append(
					findings,
					Finding{Code: "pod_subnet_prefix_out_of_range", Rule: limit.Rule, A: t.in(i, v), Shared: subnet},
				)
			}
		}
	}
	return findings
}

// shared checks subnets that two tenants use. Each pair is reported once for each subnet.
func shared(tenants []tenant, v topology.VPC) []Finding {
	var findings []Finding
	for k, a := range tenants {
		for _, b := range tenants[:k] {
			a := a
			if b.pods && !a.pods {
				a, b = b, a
			}
			code, rule := onSharing(a, b)
			for i, name := range a.subnets {
				at := slices.Index(b.subnets, name)
				if subnet := v.Subnets[name]; rule.Broken() && at >= 0 && subnet.IsValid() {
					other := b.in(at, v)
					findings = append(findings, Finding{Code: code, Rule: rule, A: a.in(i, v), B: &other, Shared: subnet})
				}
			}
		}
	}
	return findings
}

// onSharing is the rule for a subnet that two tenants share, Pods before nodes.
func onSharing(a, b tenant) (code string, rule profile.Rule) {
	p, q := a.claim.Profile, b.claim.Profile
	nodes := profile.Stricter(p.Nodes.SharedSubnet, q.Nodes.SharedSubnet)
	switch {
	case a.hasNodes() && b.hasNodes() && (!a.pods || nodes.Broken()):
		return "node_subnet_shared", nodes
	case !b.pods:
		return "pod_subnet_shared_with_nodes", p.Pods.Subnets.WithNodes
	}
	return "pod_subnet_shared_with_pods", profile.Stricter(p.BesidePodsOf(q), q.BesidePodsOf(p))
}

// capacity checks that subnets have the addresses: for each tenant alone, and where those fit, for
// those that share subnets with each other.
func capacity(tenants []tenant, v topology.VPC, rooms subnetAddresses) []Finding {
	var findings []Finding
	var fitting []tenant
	for _, t := range tenants {
		switch {
		case !counted(t, v): // nothing to check yet
		case t.addresses > room([]tenant{t}, v, rooms):
			findings = append(findings, tooSmall([]tenant{t}, v, rooms))
		default:
			fitting = append(fitting, t)
		}
	}
	for _, group := range groups(shortOfAddresses(fitting, v, rooms)) {
		findings = append(findings, tooSmall(group, v, rooms))
	}
	return findings
}

// counted says whether all subnets of a tenant are known and have addresses of IPv4, which are what
// is counted.
func counted(t tenant, v topology.VPC) bool {
	return !slices.ContainsFunc(t.subnets, func(name string) bool { return cidr.FamilyOf(v.Subnets[name]) != cidr.V4 })
}

// room counts the addresses that tenants can take of all their subnets, each once.
func room(group []tenant, v topology.VPC, rooms subnetAddresses) int64 {
	var total int64
	seen := map[place]bool{}
	for _, t := range group {
		for _, p := range t.places() {
			if !seen[p] {
				total += rooms.in(p, v)
			}
			seen[p] = true
		}
	}
	return total
}

// tooSmall is the finding about tenants that need more addresses than all their subnets have.
func tooSmall(group []tenant, v topology.VPC, rooms subnetAddresses) Finding {
	last := group[len(group)-1] // Pods, where there are any: they can move to other subnets
	finding := Finding{Code: last.code(), Rule: last.rule, A: last.claim}
	for _, t := range group {
		if t.nodes != 0 {
			finding.Terms = append(finding.Terms, Term{NodesOfCluster, t.claim.Owner, t.nodes})
		}
		finding.Terms = append(finding.Terms, Term{t.counts(), t.claim.Owner, t.addresses - t.nodes})
	}
	finding.A.At = finding.A.At.Attr(last.argument)
	finding.Number, finding.Limit = Figure{Addresses, sum(finding.Terms)}, Figure{Addresses, room(group, v, rooms)}
	if !slices.ContainsFunc(group, func(t tenant) bool { return t.block == 0 }) {
		finding.Block = last.block
	}
	if len(group) == 1 {
		finding.ExtraOptions = fewerNodes(last.claim.Owner, finding.Limit.Value-last.surge, last.perNode)
	}
	return finding
}

// groups are the tenants that share subnets, directly or through others. Nodes come first in each.
func groups(tenants []tenant) [][]tenant {
	var out [][]tenant
	for _, t := range tenants {
		joined := []tenant{t}
		var rest [][]tenant
		for _, group := range out {
			if slices.ContainsFunc(group, func(o tenant) bool {
				return slices.ContainsFunc(t.subnets, func(s string) bool { return slices.Contains(o.subnets, s) })
			}) {
				joined = append(slices.Clone(group), joined...)
			} else {
				rest = append(rest, group)
			}
		}
		rest = append(rest, joined)
		out = rest
	}
	for _, group := range out {
		slices.SortStableFunc(group, func(a, b tenant) int {
			switch {
			case a.pods == b.pods:
				return 0
			case b.pods:
				return -1
			default:
				return 1
			}
		})
	}
	return out
}
