package provider

import (
	"fmt"
	"strings"
	"testing"
)

// Delegating a range as a message says resolves the conflict, and no range moves.
func TestHandingOnEndsTheConflict(t *testing.T) {
	theirs := func(kind, held string) given {
		holder := "blocks/team-b"
		if kind == "service" {
			holder = "team-b"
		}
		return given{
			"owner":     "team",
			"kind":      kind,
			"cidr":      held,
			"allocator": holder,
			"network":   map[bool]any{true: "prod"}[kind == "pod" || kind == "service"],
		}
	}
	beside := func(story given, claims ...given) given {
		all := given{}
		for i, claim := range claims {
			all[fmt.Sprint(i)] = claim
		}
		story["foreign_claims"] = all
		return story
	}
	for name, test := range map[string]struct {
		before given
		says   string
		after  given
	}{
		"our block is for their blocks": {
			beside(web(given{}), theirs("block", "10.0.0.0/28")), `in the workspace of cidrplan_blocks "team-b", set supernets = ` +
				`["10.0.0.0/24"]`,
			beside(web(given{}), theirs("block", "10.0.0.0/28"), theirs("supernet", "10.0.0.0/24")),
		},
		"our block is for their Services": {
			beside(web(given{}), theirs("service", "10.0.0.0/28")), `in the workspace of cidrplan_allocator "team-b", set ` +
				`service_supernets = ["10.0.0.0/24"]`,
			beside(web(given{}), theirs("service", "10.0.0.0/28"), with(theirs("supernet", "10.0.0.0/24"), "allocator", "team-b")),
		},
		"their block is for us": {
			beside(web(given{}), theirs("block", "10.0.0.0/20")), `If the smaller range is to be a part of the larger one, allocate ` +
				`it from the larger one: set supernets = ["10.0.0.0/20"]`,
			beside(web(given{"supernets": []string{"10.0.0.0/20"}}), theirs("block", "10.0.0.0/20")),
		},
		"what they reserve is for us": {
			beside(web(given{}), theirs("reserved", "10.0.0.0/20")), `allocate it from the larger one: set supernets = ["10.0.0.0/20"]`,
			beside(web(given{"supernets": []string{"10.0.0.0/20"}}), theirs("reserved", "10.0.0.0/20")),
		},
		"their supernet is reserved by us": {
			beside(
				given{"blocks": given{}},
				theirs("supernet", "10.1.0.0/16"),
			), `Delegate the smaller supernet: reserved = { "team" = { cidr = "10.1.0.0/16" } }`,
			beside(given{"blocks": given{}, "reserved": given{"team": pin("10.1.0.0/16")}}, theirs("supernet", "10.1.0.0/16")),
		},
		"our supernet is a block of theirs": {
			beside(given{"blocks": given{}}, theirs("supernet", "10.0.0.0/8")), `blocks = { "net" = { cidr = "10.0.0.0/12" } }`,
			beside(given{"blocks": given{}}, theirs("supernet", "10.0.0.0/8"), theirs("block", "10.0.0.0/12")),
		},
		"a part is a matter of its own": {
			given{
				"blocks": given{"web": pin("10.0.0.0/24"), "old": pin("10.0.0.0/20")},
			}, `If the smaller block is a part of the larger one, allocate it from that one: remove blocks["web"]; in ` +
				`cidrplan_blocks "old", set supernets = ["10.0.0.0/20"]`,
			web(given{"supernets": []string{"10.0.0.0/20"}}),
		},
	} {
		t.Run(name, func(t *testing.T) {
			if before, _ := planBlocksStory(test.before); len(before) != 1 || !strings.Contains(before[0].Detail, test.says) {
				t.Errorf("%q is not said in\n%s", test.says, all(before))
			}
			if after, _ := planBlocksStory(test.after); len(after) > 0 {
				t.Errorf("done as it says there is\n%s", all(after))
			}
		})
	}
}
