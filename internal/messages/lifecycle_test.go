package messages

import "testing"

// A ledger holds the ranges of a destroyed planner for some time; without one, nothing does.
func TestWhatADestroyLeaves(t *testing.T) {
	const forgotten = "does not know these ranges and can allocate them again."
	for held, parts := range map[int][]string{
		0:  {`This plan destroys `, `: Pods 10.0.0.0/16. `, forgotten, "!ledger"},
		72: {"The ledger holds these ranges for 72 hours.", "of the same owner and name that is created until then", "!" + forgotten},
	} {
		m := Writer{}.Destroyed("k8s", []string{"Pods 10.0.0.0/16"}, held)
		if !m.Warn {
			t.Errorf("%d hours: it is no warning", held)
		}
		wantParts(t, m.Summary, m.Detail, parts...)
	}
}
