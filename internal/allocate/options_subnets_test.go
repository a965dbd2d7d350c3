package allocate

import "testing"

func TestFreeName(t *testing.T) {
	for want, taken := range map[string]map[string]bool{
		"a":   {"b": true},
		"a-2": {"a": true},
		"a-4": {"a": true, "a-2": true, "a-3": true},
	} {
		if got := freeName(taken, "a"); got != want {
			t.Errorf("beside %v: got %s, want %s", taken, got, want)
		}
	}
}
