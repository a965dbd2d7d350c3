package provider

import (
	"testing"

	"github.com/cidrplan/terraform-provider-cidrplan/internal/ledger"
	"github.com/cidrplan/terraform-provider-cidrplan/internal/topology"
)

// What is in a growth reserve or in released ranges is of the same cluster, and is not the same once more.
func TestEntriesInsideOfOthers(t *testing.T) {
	entry := func(kind, cluster, r string) comparedEntry { return comparedEntry{Entry: entryOf(kind, cluster, r)} }
	reserve, foreign := entry(topology.ForeignKept, "web", "10.0.0.0/16"), entry(topology.ForeignKept, "web", "10.0.0.0/16")
	foreign.other = &ledger.Other{}
	for name, c := range map[string]struct {
		outer, inner comparedEntry
		want         bool
	}{
		"in the reserve":                      {reserve, entry(topology.ForeignPod, "web", "10.0.0.0/20"), true},
		"all of the reserve":                  {reserve, entry(topology.ForeignPod, "web", "10.0.0.0/16"), true},
		"the reserve once more":               {reserve, reserve, false},
		"a reserve in the reserve":            {reserve, entry(topology.ForeignKept, "web", "10.0.0.0/20"), true},
		"another cluster":                     {reserve, entry(topology.ForeignPod, "data", "10.0.0.0/20"), false},
		"another planner's reserve":           {foreign, entry(topology.ForeignPod, "web", "10.0.0.0/20"), false},
		"in a Pod range":                      {entry(topology.ForeignPod, "web", "10.0.0.0/16"), reserve, false},
		"a block in a block":                  {entry("block", "a", "10.0.0.0/16"), entry("block", "b", "10.0.0.0/20"), true},
		"two blocks of the same range":        {entry("block", "a", "10.0.0.0/16"), entry("block", "b", "10.0.0.0/16"), false},
		"a reserve of the range of its block": {entry("block", "a", "10.0.0.0/16"), reserve, true},
	} {
		if got := nested(c.outer, c.inner); got != c.want {
			t.Errorf("%s: %t", name, got)
		}
	}
}
