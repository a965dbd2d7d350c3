package conflict_test

import (
	"fmt"
	"runtime"
	"testing"

	"github.com/cidrplan/terraform-provider-cidrplan/internal/conflict"
	"github.com/cidrplan/terraform-provider-cidrplan/internal/profile"
	"github.com/cidrplan/terraform-provider-cidrplan/internal/topology"
)

// declaredAlike registers clusters of one VPC that are declared with one range, one by one, and returns how many
// pairs were reported, how many of them as findings, and how many at most at once.
func declaredAlike(clusters int) (pairs, findings, most int) {
	check := conflict.NewConfigCheck(profile.Default())
	check.Register(topology.Origin{Kind: "vpc", Name: "a"}, inA, nothing, conflict.Settings{})
	for i := range clusters {
		name := fmt.Sprintf("c%05d", i)
		reported := check.Register(
			topology.Origin{Kind: "cluster", Name: name}, clusterFacts(name, "a", "10.0.0.0/16"), nothing, conflict.Settings{},
		)
		for _, g := range conflict.UnwiredGroups(reported) {
			pairs += len(g.Findings) + g.LeftOut
		}
		findings, most = findings+len(reported), max(most, len(reported))
	}
	return pairs, findings, most
}

// What many declarations of one range cost grows with their number, and every pair is reported or counted.
func TestManyDeclarationsOfOneRangeAreLinear(t *testing.T) {
	measured := func(clusters int) (bytes uint64) {
		var before, after runtime.MemStats
		runtime.ReadMemStats(&before)
		pairs, findings, most := declaredAlike(clusters)
		runtime.ReadMemStats(&after)
		if pairs != clusters*(clusters-1)/2 || most > 16 || findings > 16*clusters {
			t.Errorf("%d clusters: %d pairs are reported by %d findings, %d at once", clusters, pairs, findings, most)
		}
		return after.TotalAlloc - before.TotalAlloc
	}
	if few, many := measured(200), measured(800); many > 6*few {
		t.Errorf("200 clusters take %d bytes, 800 take %d", few, many)
	}
}

// An accepted pair is neither reported nor counted, whatever is beside it.
func TestAcceptedPairsAreNotCounted(t *testing.T) {
	check := conflict.NewConfigCheck(profile.Default())
	lenient := conflict.Settings{
		Accepted: map[string]topology.Acceptance{"pod_overlaps_cluster_pod|10.0.0.0/16|c00000+c00001+c00039": {Reason: "known"}},
	}
	check.Register(topology.Origin{Kind: "vpc", Name: "a"}, inA, nothing, lenient)
	for i := range 40 {
		name, pairs := fmt.Sprintf("c%05d", i), 0
		by := topology.Origin{Kind: "cluster", Name: name}
		for _, g := range conflict.UnwiredGroups(check.Register(by, clusterFacts(name, "a", "10.0.0.0/16"), nothing, lenient)) {
			pairs += len(g.Findings) + g.LeftOut
		}
		if want := i - map[int]int{1: 1, 39: 2}[i]; pairs != want {
			t.Errorf("%s is reported in %d pairs, want %d", name, pairs, want)
		}
	}
}

// Both allocators of many clusters hear of what they have in common, once for each of their ranges.
func TestManyClustersOfTwoAllocators(t *testing.T) {
	check := conflict.NewConfigCheck(profile.Default())
	of := func(name string) conflict.Registration {
		g := together(inA)
		for i := range 100 {
			g = together(g, clusterFacts(fmt.Sprint(name, i), "a", "10.0.0.0/16"))
		}
		return g
	}
	check.Register(topology.Origin{Kind: conflict.Allocator, Name: "east"}, of("e"), nothing, conflict.Settings{})
	reported := check.Register(topology.Origin{Kind: conflict.Allocator, Name: "west"}, of("w"), nothing, conflict.Settings{})
	groups := conflict.UnwiredGroups(reported)
	if len(groups) != 1 || len(reported) > 116 || len(reported)+groups[0].LeftOut != 100*100 {
		t.Errorf("%d groups, %d findings", len(groups), len(reported))
	}
	if again := check.Register(topology.Origin{Kind: conflict.Allocator, Name: "west"}, of("w"), nothing, conflict.Settings{}); len(
		again,
	) > 0 {
		t.Errorf("reported again: %d", len(again))
	}
}
