package main

import "strings"

// changedLines counts the lines of a printed plan that show a change: those that begin, after blanks, with "+", "-" or
// "~", from the first action to the sum. The legend above and warnings below are left out. Without actions it is 0.
func changedLines(plan string) int {
	_, actions, found := strings.Cut(plan, "will perform the following actions:\n")
	if !found {
		return 0
	}
	actions, _, _ = strings.Cut(actions, "\nPlan: ")
	changed := 0
	for line := range strings.Lines(actions) {
		if line = strings.TrimLeft(line, " "); strings.HasPrefix(line, "+") || strings.HasPrefix(line, "-") ||
			strings.HasPrefix(line, "~") {
			changed++
		}
	}
	return changed
}
