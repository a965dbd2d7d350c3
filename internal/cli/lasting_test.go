package cli

import (
	"testing"
	"time"
)

func TestLasting(t *testing.T) {
	for want, d := range map[string]time.Duration{
		"0 seconds": -time.Second, "1 second": 1500 * time.Millisecond, "119 seconds": 119 * time.Second, "2 minutes": 2 * time.Minute,
		"119 minutes": 119 * time.Minute, "2 hours": 2 * time.Hour, "95 hours": 95 * time.Hour,
		"4 days": 96 * time.Hour, "400 days": 9600 * time.Hour,
	} {
		if got := lasting(d); got != want {
			t.Errorf("%s: got %q, want %q", d, got, want)
		}
	}
}
