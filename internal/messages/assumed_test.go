package messages

import (
	"fmt"
	"testing"

	"github.com/cidrplan/terraform-provider-cidrplan/internal/allocate"
)

// One cluster can have another range than the one that is assumed, so this is an option for one alone. Of many, the first ones are
// listed.
func TestDefaultServiceRangesThatAreAssumed(t *testing.T) {
	of := func(i int) allocate.AssumedServiceRange {
		return allocate.AssumedServiceRange{Cluster: fmt.Sprint("c", i), Profile: shipped(t, "ack-flannel"), Range: prefix("172.19.0.0/20")}
	}
	const other = "to the range that the cluster has"
	for name, test := range map[string]struct {
		clusters, edits int
		parts           []string
	}{
		"one": {1, 1, []string{`Cluster "c0" has a Pod range`, other, "!The same applies to:"}},
		"two": {
			2, 2, []string{"The same applies to:\n  - cluster \"c1\": service_cidr = \"172.19.0.0/20\"", "!" + other},
		},
		"as many as are listed": {maxListed, maxListed, []string{"!" + other}},
		"one more":              {maxListed + 1, maxListed, []string{"!" + other}},
	} {
		e := of(0)
		for i := 1; i < test.clusters; i++ {
			e.Others = append(e.Others, of(i))
		}
		p := Writer{}
		options := assumedOptions(e)
		wantParts(t, name, p.assumed(e)+p.resolve(options), test.parts...)
		if first, last := len(options[0].Edits), len(options[len(options)-1].Edits); first != test.edits || last != test.edits {
			t.Errorf("%s: %d and %d edits, want %d", name, first, last, test.edits)
		}
	}
}

func TestNodeBlocksThatAreDoubled(t *testing.T) {
	of := func(i int) allocate.DoubledNodeBlock {
		return allocate.DoubledNodeBlock{
			Cluster: fmt.Sprint("c", i), Profile: shipped(t, "cce-vpc-router"), PodsPerNode: 64, Lost: 3, Mask: 25, Fitting: 61,
		}
	}
	for clusters, edits := range map[int]int{1: 1, 2: 2, maxListed: maxListed, maxListed + 1: maxListed} {
		e := of(0)
		for i := 1; i < clusters; i++ {
			e.Others = append(e.Others, of(i))
		}
		if got := doubledOptions(e); len(got) != 1 || len(got[0].Edits) != edits {
			t.Errorf("%d clusters: got %v, want %d edits", clusters, got, edits)
		}
	}
	e := of(0)
	e.Others = append(e.Others, of(1))
	wantParts(t, "two", doubled(e),
		`Cluster "c0" requests 64 usable Pods on each node.`, "reserves 3 addresses of each node block, so each node uses a /25. With "+
			"pods_per_node = 61", `cluster "c1": pods_per_node = 64 requires a /25; with 61 or fewer`)
}
