package messages

import (
	"testing"

	"github.com/cidrplan/terraform-provider-cidrplan/internal/allocate"
	"github.com/cidrplan/terraform-provider-cidrplan/internal/profile"
)

func TestClustersThatMoveToAnotherNetwork(t *testing.T) {
	of := func(confirmed bool, others ...string) allocate.OtherNetwork {
		held := profile.Ranges{Pods: prefixes("10.0.0.0/24")}
		return allocate.OtherNetwork{Cluster: "shop", Was: "old", Now: "new", Held: held, Confirmed: confirmed, Others: others}
	}
	for name, test := range map[string]struct {
		e       allocate.OtherNetwork
		summary string
		parts   []string
	}{
		"one": {of(false), "Cluster Moves to Another Network", []string{
			`Cluster "shop" holds its ranges (Pods 10.0.0.0/24) in "old", and the configuration now declares it in "new".`, "Effect: ",
		}},
		"two": {of(false, "web"), "Clusters Move to Another Network", []string{
			`2 clusters hold their ranges in "old", and the configuration now declares them in "new": "shop", "web".`, "Effect: ",
		}},
		"one that keeps its pinned ranges": {of(true), "Cluster Moves With Its Ranges", []string{
			`It keeps its pinned ranges (Pods 10.0.0.0/24)`, `If a cluster in "old" still uses these ranges`, "!Effect: ",
		}},
	} {
		summary, detail := Writer{}.otherNetwork(test.e)
		if summary != test.summary {
			t.Errorf("%s: got the summary %q", name, summary)
		}
		wantParts(t, name, detail, test.parts...)
	}
}
