package cli

import (
	"testing"
	"time"
)

func TestExactly(t *testing.T) {
	for want, d := range map[string]time.Duration{
		"1 second": time.Second, "90 minutes": 90 * time.Minute, "72 hours": 72 * time.Hour, "7 days": 168 * time.Hour,
		"97 hours": 97 * time.Hour, "3601 seconds": time.Hour + time.Second,
	} {
		if got := exactly(d); got != want {
			t.Errorf("got %q, want %q", got, want)
		}
	}
}

func TestLasting(t *testing.T) {
	for want, d := range map[string]time.Duration{
		"0 seconds": -time.Second, "1 second": 1400 * time.Millisecond, "89 seconds": 89 * time.Second, "2 minutes": 90 * time.Second,
		"89 minutes": 89 * time.Minute, "2 hours": 90 * time.Minute, "72 hours": 72*time.Hour - time.Second,
		"83 hours": 83 * time.Hour, "4 days": 84 * time.Hour, "400 days": 9600 * time.Hour,
	} {
		if got := lasting(d); got != want {
			t.Errorf("%s: got %q, want %q", d, got, want)
		}
	}
}
