package messages

import (
	"fmt"
	"testing"
)

func TestTwoResourcesOfOneName(t *testing.T) {
	differing := func(count int) []ArgumentDifference {
		var all []ArgumentDifference
		for i := range count {
			all = append(all, ArgumentDifference{At: fmt.Sprint("a", i), First: fmt.Sprint("x", i), Second: fmt.Sprint("y", i)})
		}
		return all
	}
	const both = "both allocate the same addresses"
	for name, test := range map[string]struct {
		typeName    string
		differences []ArgumentDifference
		known       bool
		parts       []string
	}{
		"equal": {
			"cidrplan_vpc", nil, true, []string{"The arguments of both are equal, as with count", "refer to either of them"},
		},
		"equal so far":   {"cidrplan_cluster", nil, false, []string{"that are known so far are equal", "allocates for the wrong cluster"}},
		"one difference": {"cidrplan_blocks", differing(1), true, []string{"They differ in:\n  - a0: x0 and y0\n", both}},
		"as many differences as are listed": {
			"cidrplan_allocator", differing(6), true, []string{"\n  - a5: x5 and y5\n", "!more", both},
		},
		"one more": {"cidrplan_allocator", differing(7), true, []string{"\n  - a5: x5 and y5\n  - and 1 more\n", "!a6"}},
		"in the other order": {
			"cidrplan_site", []ArgumentDifference{{At: "a", First: "y", Second: "x"}, {At: "b", First: "v", Second: "w"}}, true,
			[]string{"\n  - a: x and y\n  - b: w and v\n"},
		},
		"the first of them equal": {
			"cidrplan_site", []ArgumentDifference{{At: "a", First: "x", Second: "x"}, {At: "b", First: "v", Second: "w"}}, true,
			[]string{"\n  - b: v and w\n"},
		},
	} {
		_, detail := DuplicateResource(test.typeName, "prod", test.differences, test.known)
		wantParts(t, name, detail, append(test.parts, "Two resources of type "+test.typeName+` are named "prod".`)...)
	}
}
