package profile_test

import (
	"testing"

	"github.com/cidrplan/terraform-provider-cidrplan/internal/profile"
)

// A Pod range has room for the nodes of an upgrade: it is the one that as many nodes more would get. The largest number of nodes is
// smaller by them.
func TestPodRangesHaveRoomForNodesOfAnUpgrade(t *testing.T) {
	everyProfile(t, func(t *testing.T, p *profile.Profile) {
		if p.Pods.From == profile.Subnets {
			return
		}
		for _, node := range nodeSizes(t, p) {
			for _, services := range serviceLengths(p) {
				for surge := int64(1); surge <= 3; surge++ {
					for n := int64(1); n <= 300; n += 7 {
						need := profile.Need{MaxNodes: n, SurgeNodes: surge}
						length, err := p.PodSize(need, node, services)
						want := oraclePods(p, node, services, n)
						if want >= 0 {
							want = oraclePods(withoutCaps(p), node, services, n+surge)
						}
						wantLength(t, need, length, err, want)
					}
				}
			}
		}
	})
}

// withoutCaps is a profile whose number of nodes only its ranges bound. Caps are on the nodes that stay.
func withoutCaps(p *profile.Profile) *profile.Profile {
	return changed(p, func(p *profile.Profile) { p.Nodes.Caps = nil })
}

func TestGivenPodRangesHaveRoomForNodesOfAnUpgrade(t *testing.T) {
	p := fictitiousSizes(t, "fictitious-constant")
	for _, test := range []struct {
		nodes, surge int64
		fault        string
	}{
		{15, 1, ""},
		{16, 0, ""},
		{16, 1, "max_nodes = 16 is outside 1 to 15, because pod_prefix_length = 20 serves 16 nodes of 256 addresses each"},
	} {
		need := profile.Need{MaxNodes: test.nodes, SurgeNodes: test.surge, PodLength: 20}
		if _, err := p.PodSize(need, p.NodeOf(24), 0); fault(err) != test.fault {
			t.Errorf("%d and %d nodes: got %q", test.nodes, test.surge, fault(err))
		}
	}
}

func TestNodesAtTheSameTime(t *testing.T) {
	for need, want := range map[profile.Need]int64{
		{}: 0, {SurgeNodes: 2}: 0, {MaxNodes: 5}: 5, {MaxNodes: 5, SurgeNodes: 2}: 7,
	} {
		if got := need.Nodes(); got != want {
			t.Errorf("%+v: got %d, want %d", need, got, want)
		}
	}
}

func TestLoadRefusesNodeSubnetsOfPodsThatAreInNone(t *testing.T) {
	refusesEach(t, fictitiousSizesFiles(t), map[string]unsound{
		"Pods of their own": {
			"fictitious-sizes.yaml", "    pods:\n      <<: *pods\n", "    pods:\n      <<: *pods\n      subnets: {of_nodes: true}\n",
			"constant: pods: subnets.of_nodes without Pods in subnets",
		},
	})
}
