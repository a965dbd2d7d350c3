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
	// nodes counts what nodes take of the addresses beside their Pods, where Pods use the subnets of their nodes.
	nodes   int64
	subnets []string
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
		findings = append(findings, capacity(tenants, vpc, newSubnetAddresses(rules, f.Reserved))...)
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
		if !ok {
			continue
		}
		claim := ClusterClaimant(name, cl, p).Claim(Pod, first(cl.PodCIDRs))
		ofNodes := p.Pods.Subnets.OfNodes && len(cl.PodSubnets) == 0
		if len(cl.NodeSubnets) > 0 && !ofNodes {
			t := tenant{claim: claim, subnets: cl.NodeSubnets, rule: nodes}
			tenants = append(tenants, t.with(cl.Need, 1))
		}
		if len(cl.NodeSubnets) > 0 && ofNodes {
			t := podsOf(claim, cl.NodeSubnets, cl.Need, 1)
			t.nodes = cl.Need.Nodes()
			tenants = append(tenants, t)
		}
		if len(cl.PodSubnets) > 0 && p.Pods.From == profile.Subnets {
			tenants = append(tenants, podsOf(claim, cl.PodSubnets, cl.Need, 0))
		}
	}
	return tenants
}

// podsOf are the Pods of a cluster in some subnets, where each node takes so many addresses beside them.
func podsOf(claim Claim, subnets []string, need profile.Need, beside int64) tenant {
	t := tenant{claim: claim, pods: true, subnets: subnets, rule: claim.Profile.Pods.Subnets.Capacity}
	size, fault := claim.Profile.NodeSize(need)
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
	c.At = c.At.Attr(t.argument()).At(i)
	return c
}

// argument is the argument of the cluster that names the subnets.
func (t tenant) argument() string {
	if t.pods && t.nodes == 0 {
		return "pod_subnets"
	}
	return "node_subnets"
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

// shared checks subnets of Pods that another tenant uses, too. Each pair is reported once for each subnet.
func shared(tenants []tenant, v topology.VPC) []Finding {
	var findings []Finding
	for k, a := range tenants {
		for _, b := range tenants[:k] {
			pods, other := a, b
			if !pods.pods {
				pods, other = b, a
			}
			if !pods.pods {
				continue // nodes may share what they like
			}
			code, rule := "pod_subnet_shared_with_nodes", pods.claim.Profile.Pods.Subnets.WithNodes
			if other.pods {
				code = "pod_subnet_shared_with_pods"
				rule = profile.Stricter(pods.claim.Profile.Pods.Subnets.WithPods, other.claim.Profile.Pods.Subnets.WithPods)
			}
			for i, name := range pods.subnets {
				at := slices.Index(other.subnets, name)
				if subnet := v.Subnets[name]; rule.Broken() && at >= 0 && subnet.IsValid() {
					b := other.in(at, v)
					findings = append(findings, Finding{Code: code, Rule: rule, A: pods.in(i, v), B: &b, Shared: subnet})
				}
			}
		}
	}
	return findings
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

// room counts the addresses of all subnets of tenants, each subnet once.
func room(group []tenant, v topology.VPC, rooms subnetAddresses) int64 {
	var total int64
	seen := map[string]bool{}
	for _, t := range group {
		for _, name := range t.subnets {
			if !seen[name] {
				total += rooms.usable(v.Subnets[name])
			}
			seen[name] = true
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
	finding.A.At = finding.A.At.Attr(last.argument())
	finding.Number, finding.Limit = Figure{Addresses, sum(finding.Terms)}, Figure{Addresses, room(group, v, rooms)}
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
