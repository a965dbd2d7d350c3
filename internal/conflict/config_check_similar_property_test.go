package conflict_test

import (
	"fmt"
	"maps"
	"net/netip"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"github.com/cidrplan/terraform-provider-cidrplan/internal/conflict"
	"github.com/cidrplan/terraform-provider-cidrplan/internal/profile"
	"github.com/cidrplan/terraform-provider-cidrplan/internal/topology"
)

// Registering facts that are alike together brings the same causes as comparing every two of them, each with as many pairs:
// whatever the order, the prior state and the acceptances, and however the networks are joined.
func TestSimilarFactsAreReportedAsEveryPairIs(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		grouped, pairwise := conflict.NewConfigCheck(profile.Default()), conflict.NewConfigCheckOfPairs(profile.Default())
		lenient := conflict.Settings{}
		if rapid.IntRange(0, 2).Draw(t, "accepting") == 0 {
			lenient.Accepted = map[string]topology.Acceptance{}
			for _, rule := range []string{"cluster_pod|10.0.0.0/8|", "peer_pod|10.0.0.0/8|", "peer_pod|10.0.0.0/20|"} {
				parties := rapid.SliceOfNDistinct(rapid.SampledFrom(clusterNames()), 2, -1, rapid.ID[string]).Draw(t, "accepted")
				lenient.Accepted["pod_overlaps_"+rule+strings.Join(parties, "+")] = topology.Acceptance{Reason: "known"}
			}
		}
		for _, r := range rapid.Permutation(anyReportersOfSimilarClusters(t)).Draw(t, "order") {
			got := causes(grouped.Register(r.by, r.now, r.before, lenient))
			want := causes(pairwise.Register(r.by, r.now, r.before, lenient))
			if !maps.Equal(got, want) {
				t.Fatalf("%v brings\n%v, want\n%v", r.by, got, want)
			}
		}
	})
}

// causes counts the pairs of each cause.
func causes(findings []conflict.Finding) map[string]int {
	counts := map[string]int{}
	for _, g := range conflict.UnwiredGroups(findings) {
		f := g.Findings[0]
		kinds := [2]string{min(f.Unwired.A.Kind, f.Unwired.B.Kind), max(f.Unwired.A.Kind, f.Unwired.B.Kind)}
		cause := fmt.Sprintln(
			f.Code, f.Rule.Text, f.Hub, f.Third, f.Mesh, f.PreExisting, f.Unwired.Severity, f.Unwired.Before, kinds, f.A.Owner == f.B.Owner,
		)
		counts[cause] += len(g.Findings) + g.LeftOut
	}
	return counts
}

// manyAlike is the number of clusters of which some are alike.
const manyAlike = 36

func clusterNames() []string {
	var names []string
	for i := range manyAlike {
		names = append(names, fmt.Sprint("c", i))
	}
	return names
}

// withPrior is a reporter and its prior state.
type withPrior struct {
	registrant
	before conflict.Registration
}

// anyReportersOfSimilarClusters declares many clusters with few ranges in networks of few kinds, some of which are declared again with
// more that is known of them, and allocators that have some of the clusters, and ranges that nobody uses any more.
func anyReportersOfSimilarClusters(t *rapid.T) []withPrior {
	var registrants []withPrior
	add := func(kind, name string, g conflict.Registration) {
		before := conflict.Registration{}
		if rapid.IntRange(0, 2).Draw(t, "was there") == 0 {
			before = g
		}
		registrants = append(registrants, withPrior{registrant{topology.Origin{Kind: kind, Name: name}, g}, before})
	}
	for _, name := range rapid.SliceOfDistinct(rapid.SampledFrom([]string{"h0", "h1"}), rapid.ID[string]).Draw(t, "hubs") {
		hub := topology.Hub{Kind: map[string]string{"h1": "ccn"}[name]}
		add("hub", name, conflict.Registration{Facts: topology.Facts{Hubs: map[string]topology.Hub{name: hub}}})
	}
	vpcs := map[string]topology.VPC{}
	var names []string
	for i := range 8 {
		name := fmt.Sprint("n", i)
		names = append(names, name)
		v := topology.VPC{
			Hubs:       rapid.SampledFrom([][]string{nil, {"h0"}, {"h0"}, {"h0"}, {"h1"}, {"h0", "h1"}}).Draw(t, "hubs"),
			VRF:        rapid.SampledFrom([]string{"", "", "", "blue"}).Draw(t, "vrf"),
			CIDRBlocks: []netip.Prefix{overlappingRange(t, "block")}, Routes: map[string]topology.Route{},
		}
		if rapid.IntRange(0, 4).Draw(t, "peers") == 0 {
			v.Peers = []string{rapid.SampledFrom([]string{"n0", "n1", "n7"}).Draw(t, "peer")}
		}
		if rapid.IntRange(0, 3).Draw(t, "routed") == 0 {
			hop := rapid.SampledFrom([]string{"vpn", "transit", "instance"}).Draw(t, "hop")
			v.Routes["r"] = topology.Route{Destination: overlappingRange(t, "route"), NextHop: hop}
		}
		vpcs[name] = v
		if rapid.IntRange(0, 5).Draw(t, "declared") > 0 {
			add("vpc", name, conflict.Registration{Facts: topology.Facts{VPCs: map[string]topology.VPC{name: v}}})
		}
		if rapid.IntRange(0, 5).Draw(t, "declared again") == 0 {
			v.Platform, v.Hubs = "alicloud", append([]string{"h1"}, v.Hubs...)
			v.Subnets = map[string]netip.Prefix{"s": overlappingRange(t, "subnet")}
			add("vpc", name, conflict.Registration{Facts: topology.Facts{VPCs: map[string]topology.VPC{name: v}}})
		}
	}
	clusters := map[string]topology.Cluster{}
	for i := range manyAlike + 2 {
		name := fmt.Sprint("c", i%manyAlike) // two names twice
		cl := topology.Cluster{VPC: rapid.SampledFrom(names).Draw(t, "in")}
		cl.Profile = rapid.SampledFrom([]string{"ack-flannel", "ack-flannel", "kubernetes-overlay"}).Draw(t, "profile")
		some := prefixes("10.0.0.0/16", "10.0.0.0/16", "10.0.0.0/20")
		cl.PodCIDRs = []netip.Prefix{rapid.SampledFrom(append(some, overlappingRange(t, "pods"))).Draw(t, "Pods")}
		if rapid.IntRange(0, 7).Draw(t, "in a mesh") == 0 {
			cl.Meshes = []string{"flat"}
		}
		clusters[name] = cl
		if rapid.IntRange(0, 5).Draw(t, "declared") > 0 {
			add("cluster", name, conflict.Registration{Facts: topology.Facts{Clusters: map[string]topology.Cluster{name: cl}}})
		}
	}
	for _, name := range rapid.SampledFrom([][]string{nil, {"east"}, {"east", "west"}, {"east", "west", "east"}}).Draw(t, "allocators") {
		add(conflict.Allocator, name, anyOfManyAlike(t, vpcs, clusters))
	}
	return append(registrants, withoutPrior(anyBlocks(t))...)
}

// withoutPrior are registrants that were not there before.
func withoutPrior(all []registrant) []withPrior {
	var registrants []withPrior
	for _, by := range all {
		registrants = append(registrants, withPrior{registrant: by})
	}
	return registrants
}

// anyOfManyAlike is what an allocator has: some networks with some of their clusters, with ranges that are given or chosen,
// kept, released, or held by clusters that are not declared.
func anyOfManyAlike(t *rapid.T, vpcs map[string]topology.VPC, clusters map[string]topology.Cluster) conflict.Registration {
	g := conflict.Registration{Facts: topology.Facts{VPCs: map[string]topology.VPC{}, Clusters: map[string]topology.Cluster{}}}
	some := rapid.SampledFrom([]string{"n0", "n1", "n2", "n3", "n4", "n5"})
	for _, name := range rapid.SliceOfDistinct(some, rapid.ID[string]).Draw(t, "networks") {
		g.Facts.VPCs[name] = vpcs[name]
	}
	for _, name := range clusterNames() {
		cl := clusters[name]
		if _, has := g.Facts.VPCs[cl.VPC]; !has || rapid.Bool().Draw(t, "not given") {
			continue
		}
		if rapid.Bool().Draw(t, "chosen") {
			g.Claims = append(g.Claims, clusterClaim(name, cl, shipped(cl.Profile), conflict.Pod, cl.PodCIDRs[0]))
			cl.PodCIDRs = nil
		}
		g.Facts.Clusters[name] = cl
		if rapid.IntRange(0, 5).Draw(t, "keeps") == 0 {
			g.Claims = append(g.Claims, holds(name, "", overlappingRange(t, "kept").String(), "kept").Claims...)
		}
	}
	for i := range rapid.IntRange(0, 4).Draw(t, "gone") {
		word := rapid.SampledFrom([]string{"released", "undeclared"}).Draw(t, "how")
		g.Claims = append(g.Claims, holds(fmt.Sprint("c", manyAlike-2+i), "", overlappingRange(t, "gone").String(), word).Claims...)
	}
	return g
}
