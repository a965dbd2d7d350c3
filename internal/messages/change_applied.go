package messages

import (
	"fmt"
	"slices"
	"strings"
)

// growthStep is what has to be done so that a cluster uses ranges that it gets.
type growthStep struct {
	cluster, ranges string
	// by is "" where nothing is known.
	by string
}

// applied says what has to be done so that clusters use ranges that they get, once for all clusters of which the same has to be done.
func applied(steps []growthStep) string {
	steps = slices.DeleteFunc(slices.Clone(steps), func(s growthStep) bool { return s.by == "" })
	var out strings.Builder
	for i, step := range steps {
		same := func(s growthStep) bool { return s.ranges == step.ranges && s.by == step.by }
		if slices.ContainsFunc(steps[:i], same) {
			continue
		}
		var names []string
		for _, s := range steps[i:] {
			if name := fmt.Sprintf("%q", s.cluster); same(s) && !slices.Contains(names, name) {
				names = append(names, name)
			}
		}
		of := "cluster"
		if len(names) > 1 {
			of = "clusters"
		}
		fmt.Fprintf(&out, "\n  - %s of %s %s: %s.", step.ranges, of, Listed(names, maxListed), step.by)
	}
	if out.Len() == 0 {
		return ""
	}
	return "\n\nBefore a cluster can use the addresses, do the following:\n" + out.String()
}
