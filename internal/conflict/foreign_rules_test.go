package conflict_test

import (
	"fmt"
	"slices"
	"testing"

	"github.com/cidrplan/terraform-provider-cidrplan/internal/conflict"
	"github.com/cidrplan/terraform-provider-cidrplan/internal/profile"
	"github.com/cidrplan/terraform-provider-cidrplan/internal/rules"
)

// Ranges of another planner of the same configuration have a rule of their own, whichever of the two parties is theirs.
func TestRangesOfOtherPlannersOfTheConfigurationHaveTheirRule(t *testing.T) {
	elsewhere, here := rules.Everywhere("foreign"), rules.Everywhere("other_planner")
	w := world()
	w.AmongForeign = true
	block := func(source conflict.Source, holder string) conflict.Claim {
		return conflict.Claim{
			Kind:    conflict.Block,
			Owner:   "net",
			Range:   prefix("10.0.0.0/16"),
			Network: "home",
			Source:  source,
			Holder:  holder,
		}
	}
	pods := func(source conflict.Source, holder string) conflict.Claim {
		c := podsOf("shop", "10.0.0.0/16")
		c.Source, c.Holder = source, holder
		return c
	}
	for name, test := range map[string]struct {
		a, b conflict.Claim
		want profile.Rule
	}{
		"a block of another workspace":        {pods(conflict.Allocated, ""), block(conflict.OtherWorkspace, "east"), elsewhere},
		"a block of another planner":          {pods(conflict.Allocated, ""), block(conflict.OtherPlanner, "east"), here},
		"Pods of another planner and a block": {pods(conflict.OtherPlanner, "west"), block(conflict.OtherWorkspace, "east"), here},
		"Pods and a block of two workspaces":  {pods(conflict.OtherWorkspace, "west"), block(conflict.OtherWorkspace, "east"), elsewhere},
	} {
		if v, broken := w.Check(test.a, test.b); !broken || v.Rule.Text != test.want.Text {
			t.Errorf("%s: got %t, %q", name, broken, v.Rule.Text)
		}
	}
}

// One supernet for several VRFs is one claim; any other range is one claim for each network.
func TestSupernetsOfSeveralVRFsAreOneClaim(t *testing.T) {
	f := foreignFacts(
		foreign("supernet", "east", "10.0.0.0/8", ofTeamB, vrf("blue")), foreign("supernet", "east", "10.0.0.0/8", ofTeamB, vrf("red")),
		foreign("supernet", "east", "10.0.0.0/8", ofTeamB, vrf("blue")), foreign("supernet", "east", "11.0.0.0/8", ofTeamB),
		foreign("pod", "web", "10.1.0.0/16", ofTeamB, in("home")), foreign("pod", "web", "10.1.0.0/16", ofTeamB, in("home")),
		foreign("pod", "web", "10.1.0.0/16", ofTeamB, in("hub")),
	)
	var got []string
	for _, c := range conflict.FactClaims(f, profile.Default()) {
		if c.Foreign() {
			got = append(got, fmt.Sprint(c.Kind, c.Range, c.VRFs))
		}
	}
	slices.Sort(got)
	want := []string{"pod 10.1.0.0/16 []", "pod 10.1.0.0/16 []", "supernet 10.0.0.0/8 [blue red]", "supernet 11.0.0.0/8 []"}
	if !slices.Equal(got, want) {
		t.Errorf("got %q, want %q", got, want)
	}
}
