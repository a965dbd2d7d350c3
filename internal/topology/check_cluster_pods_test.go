package topology_test

import (
	"os"
	"slices"
	"testing"

	"github.com/cidrplan/terraform-provider-cidrplan/internal/profile"
	"github.com/cidrplan/terraform-provider-cidrplan/internal/topology"
)

// A platform may document only some numbers of Pods. How serious another one is follows from the level of the rule.
func TestNumbersOfPodsThatAreNotListed(t *testing.T) {
	catalog, err := profile.Load(os.DirFS("../profile/testdata/fictitious_sizes"))
	if err != nil {
		t.Fatal(err)
	}
	listed, _ := catalog.Profile("fictitious-listed")
	for _, test := range []struct {
		level profile.Level
		pods  int64
		want  []string
	}{
		{profile.Warn, 0, nil},
		{profile.Warn, 128, nil},
		{profile.Warn, 100, []string{"warn it.pods_per_node pods_per_node_not_listed 100"}},
		{profile.Error, 100, []string{"error it.pods_per_node pods_per_node_not_listed 100"}},
		{profile.Error, 64, nil},
		{profile.Allow, 100, nil},
	} {
		listed.Nodes.PodsPerNode.ListedRule.Level = test.level
		cl := topology.Cluster{
			Name: "shop", VPC: "prod", Profile: "fictitious-listed", Need: profile.Need{MaxNodes: 10, PodsPerNode: test.pods},
		}
		if got := briefly(topology.CheckCluster(here, cl, catalog)); !slices.Equal(got, test.want) {
			t.Errorf("%d at level %s: got %q, want %q", test.pods, test.level, got, test.want)
		}
	}
}
