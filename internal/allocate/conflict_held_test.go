package allocate

import (
	"slices"
	"testing"

	"github.com/cidrplan/terraform-provider-cidrplan/internal/profile"
)

// What others have of a range that a ledger held for a plan is reported in the plan that uses the range, and does not stop it.
func TestConflictsOfHeldRanges(t *testing.T) {
	for name, test := range map[string]struct {
		edits []func(*Request)
		want  []string
	}{
		"nothing of others": {nil, nil},
		"Pods, a reserved range and a released one": {
			[]func(*Request){
				reservedInLedger("pod", "10.0.64.0/24"),
				reservedInLedger("reserved", "10.0.72.0/24"),
				reservedInLedger("released", "10.0.64.0/20"),
			},
			[]string{"pod_overlaps_foreign_block", "pod_overlaps_foreign_block", "pod_overlaps_released"},
		},
		"beside the range": {[]func(*Request){reservedInLedger("reserved", "10.0.96.0/24")}, nil},
		"an accepted one": {
			[]func(*Request){
				reservedInLedger("reserved", "10.0.72.0/24"),
				accepts("pod_overlaps_foreign_block|10.0.72.0/24|reserved@lab%3Ak8s+shop"),
			},
			nil,
		},
	} {
		t.Run(name, func(t *testing.T) {
			holding := append([]func(*Request){shop(), holdingInLedger(shopPods, "10.0.64.0/19")}, test.edits...)
			for _, r := range []Request{request(holding...), edited(applied(t, request(web())), holding...)} {
				result := planned(t, r)
				var got []string
				for _, f := range result.Findings {
					if f.Accepted != nil {
						continue
					}
					if got = append(got, f.Code); !f.HeldFirst || f.Level() != profile.Warn {
						t.Errorf("%s: held first: %t, level %s", f.Code, f.HeldFirst, f.Level())
					}
				}
				if slices.Sort(got); !slices.Equal(got, test.want) {
					t.Errorf("got %q, want %q", got, test.want)
				}
				if len(result.Faults) > 0 {
					t.Errorf("faults: %+v", result.Faults)
				}
			}
		})
	}
}
