package provider

import (
	"fmt"
	"net/netip"
	"testing"

	"github.com/cidrplan/terraform-provider-cidrplan/internal/conflict"
)

// Free ranges that messages offer share no address where they are for different parties, in one message and in several, so that
// all of them can be followed together.
func TestOfferedRangesFitTogether(t *testing.T) {
	clusters := given{}
	for i := range 6 {
		clusters[fmt.Sprint("c", i)] = pinned("prod", "ack-flannel", fmt.Sprintf("10.64.%d.0/20", 16*i), fmt.Sprintf("172.20.%d.0/24", i))
	}
	clusters["far"] = pinned("test", "ack-flannel", "172.30.0.0/20", "172.20.9.0/24")
	by := reporter(false)
	w := worldOf(by, ali(routed("10.64.0.0/16"), clusters))
	now := w.plan(t, nil)
	offered := map[string][]netip.Prefix{}
	for _, f := range now.findings {
		offered[f.A.Owner] = f.FreeRanges
	}
	if len(offered) != 7 {
		t.Fatalf("ranges are offered to %d clusters", len(offered))
	}
	for owner, ranges := range offered {
		if len(ranges) == 0 {
			t.Errorf("nothing is offered to %s", owner)
		}
		for other, others := range offered {
			for _, r := range ranges {
				for _, o := range others {
					if owner != other && r.Overlaps(o) {
						t.Errorf("%s is offered to %s and %s to %s", r, owner, o, other)
					}
				}
			}
		}
	}
	for _, g := range conflict.Groups(now.findings) { // the first option of each message moves its parties
		w = w.follow(by, g.Options()[0])[0]
	}
	wantQuiet(t, "the first options of all messages", w.plan(t, nil))
}
