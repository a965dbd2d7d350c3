package conflict_test

import (
	"reflect"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"github.com/cidrplan/terraform-provider-cidrplan/internal/conflict"
	"github.com/cidrplan/terraform-provider-cidrplan/internal/profile"
)

// anyClaim draws a claim without a range from the world around.
func anyClaim(t *rapid.T, label string) conflict.Claim {
	word := rapid.SampledFrom([]string{"pod", "pod", "service", "vpc", "subnet", "site", "route", "members", "reserved"}).Draw(t, label)
	networks := []string{"home", "hub", "pal", "third", "apart", "vrf"}
	if word == "site" || clusterKind(word) && rapid.Bool().Draw(t, label+" in a site") {
		networks = []string{"site", "site-hub", "site-pal", "site-third", "site-apart", "site-vrf"}
	}
	network := rapid.SampledFrom(networks).Draw(t, label+" network")
	names := profile.Default().Names()
	// An owner has one network and one profile, so that claims of one owner agree.
	which := rapid.IntRange(0, len(names)-1).Draw(t, label+" profile")
	c := claim(word, network+"-"+names[which], network, names[which])
	if c.OfCluster() && which%2 == 0 {
		c.Meshes = []string{"red"}
	}
	if which == 0 {
		c.Source = conflict.Pinned
	}
	return c
}

func TestRulesBetweenDoesNotDependOnTheOrder(t *testing.T) {
	w := world()
	rapid.Check(t, func(t *rapid.T) {
		a, b := anyClaim(t, "a"), anyClaim(t, "b")
		v, broken := w.Check(a, b)
		back, brokenBack := w.Check(b, a)
		if broken != brokenBack || broken && !reflect.DeepEqual(v, back) {
			t.Fatalf(
				"%v of %s and %v of %s:\n %+v %v\nthe other way\n %+v %v", a.Kind, a.Owner, b.Kind, b.Owner, v, broken, back, brokenBack,
			)
		}
		if broken && (v.Code == "" || v.Rule.Text == "" || strings.Contains(v.Code, "%")) {
			t.Fatalf("%v of %s and %v of %s: %+v says nothing", a.Kind, a.Owner, b.Kind, b.Owner, v)
		}
	})
}
