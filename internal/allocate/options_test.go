package allocate

import "testing"

func TestTheNextTokenIsAnotherOne(t *testing.T) {
	for last, want := range map[string]string{
		"": "1", "1": "2", "9": "10", "2027-07": "2027-8", "move": "move-2", "move-2": "move-3",
		"99999999999999999999": "99999999999999999999-2",
	} {
		if got := nextToken(last); got != want {
			t.Errorf("after %q comes %q, want %q", last, got, want)
		}
	}
}
