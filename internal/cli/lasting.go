package cli

import (
	"fmt"
	"time"
)

// exactly is a time of whole seconds in the largest unit in which it is a whole number, such as 90 minutes, 72 hours or 4 days.
func exactly(d time.Duration) string {
	const day = 24 * time.Hour
	switch {
	case d%day == 0 && d >= 4*day:
		return counted(int(d/day), "day")
	case d%time.Hour == 0:
		return counted(int(d/time.Hour), "hour")
	case d%time.Minute == 0:
		return counted(int(d/time.Minute), "minute")
	}
	return counted(int(d/time.Second), "second")
}

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
