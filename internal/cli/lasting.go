package cli

import (
	"fmt"
	"time"
)

// lasting is a time in one unit, such as 72 hours or 4 days: the largest of which there are enough that nothing is rounded far.
func lasting(d time.Duration) string {
	for _, unit := range []struct {
		name   string
		of     time.Duration
		enough time.Duration
	}{{"days", 24 * time.Hour, 4}, {"hours", time.Hour, 2}, {"minutes", time.Minute, 2}} {
		if n := d.Round(unit.of) / unit.of; n >= unit.enough {
			return fmt.Sprintf("%d %s", n, unit.name)
		}
	}
	return counted(int(max(0, d.Round(time.Second)/time.Second)), "second")
}
