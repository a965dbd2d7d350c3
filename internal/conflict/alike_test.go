package conflict

import (
	"net/netip"
	"reflect"
	"slices"
	"testing"

	"github.com/cidrplan/terraform-provider-cidrplan/internal/profile"
	"github.com/cidrplan/terraform-provider-cidrplan/internal/topology"
)

// comparedApart are the fields of a claim that a crowd compares by itself: who has it, where, and with what range.
// What was delegated is in no crowd.
var comparedApart = []string{"Owner", "Range", "Network", "KeptIn", "Allocator", "Delegations"}

// onlyShown are the fields that messages show and no rule looks at.
var onlyShown = []string{"About", "NodeMask6"}

// otherwise sets a field to a value that it does not have.
func otherwise(t *testing.T, name string, field reflect.Value) {
	t.Helper()
	switch field.Interface().(type) {
	case netip.Prefix:
		field.Set(reflect.ValueOf(netip.MustParsePrefix("10.9.0.0/16")))
		return
	case *profile.Profile:
		overlay, _ := profile.Default().Profile("kubernetes-overlay")
		field.Set(reflect.ValueOf(overlay))
		return
	case topology.Path:
		field.Set(reflect.ValueOf(topology.Path{}.Attr("existing").Key("x")))
		return
	case topology.About:
		field.Set(reflect.ValueOf(topology.About{Description: "other", Labels: map[string]string{"a": "b"}}))
		return
	}
	switch field.Kind() {
	case reflect.Bool:
		field.SetBool(!field.Bool())
	case reflect.Int:
		field.SetInt(field.Int() + 1)
	case reflect.String:
		field.SetString(field.String() + "x")
	case reflect.Slice:
		one := reflect.New(field.Type().Elem()).Elem()
		if one.Kind() != reflect.String {
			t.Fatalf("%s: this test does not know how to change a %s", name, field.Type())
		}
		one.SetString("x")
		field.Set(reflect.Append(field, one))
	default:
		t.Fatalf("%s: this test does not know how to change a %s", name, field.Type())
	}
}

// A field that is new is either part of what makes claims alike, or named here with the reason why not.
func TestClaimsThatDifferInAnyFieldAreNotAlike(t *testing.T) {
	flannel, _ := profile.Default().Profile("ack-flannel")
	fields := reflect.TypeFor[Claim]()
	for i := range fields.NumField() {
		name := fields.Field(i).Name
		if slices.Contains(comparedApart, name) || slices.Contains(onlyShown, name) {
			continue
		}
		c := Claim{Kind: Pod, Profile: flannel, At: topology.Path{}.Attr("clusters").Key("x")}
		other := c
		otherwise(t, name, reflect.ValueOf(&other).Elem().Field(i))
		if c.alike() == other.alike() {
			t.Errorf("claims of different %s pass for alike: name it in Claim.alike, or in this test", name)
		}
	}
}

// No verdict depends on what messages only show.
func TestRulesLookAtNothingThatIsOnlyShown(t *testing.T) {
	claims, w := claimsOfEveryKind(), NewWorld(topology.Facts{
		Hubs: map[string]topology.Hub{"cen": {}},
		VPCs: map[string]topology.VPC{
			"a": {Platform: "alicloud", Hubs: []string{"cen"}},
			"b": {Platform: "alicloud", Hubs: []string{"cen"}},
		},
	}, profile.Default())
	w.AmongForeign = true
	broken := 0
	for i := range reflect.TypeFor[Claim]().NumField() {
		name := reflect.TypeFor[Claim]().Field(i).Name
		if !slices.Contains(onlyShown, name) {
			continue
		}
		for _, a := range claims {
			for _, b := range claims {
				b.Owner, b.Network = "other", "b"
				changed := a
				otherwise(t, name, reflect.ValueOf(&changed).Elem().Field(i))
				v, is := w.Between(a, b)
				if is {
					broken++
				}
				if again, isAgain := w.Between(changed, b); is != isAgain || !reflect.DeepEqual(v, again) {
					t.Errorf("%s of a %s changes what it breaks with a %s", name, a.Kind, b.Kind)
				}
			}
		}
	}
	if broken < 100 {
		t.Errorf("only %d pairs break a rule", broken)
	}
}

// claimsOfEveryKind are claims in one network, with the same range, here and elsewhere.
func claimsOfEveryKind() []Claim {
	var claims []Claim
	flannel, _ := profile.Default().Profile("ack-flannel")
	for kind := range kindNames {
		for _, elsewhere := range []bool{false, true} {
			c := Claim{
				Owner: "x", Kind: Kind(kind), Range: netip.MustParsePrefix("10.0.0.0/16"), Network: "a",
				Platform: "alicloud", VRFs: []string{""}, Elsewhere: elsewhere,
			}
			if c.OfCluster() {
				c.Profile = flannel
			}
			claims = append(claims, c)
			if c.Kind == Reserved {
				kept, released, undeclared := c, c, c
				kept.Kept, kept.KeptIn, released.Released, undeclared.Undeclared = true, "a", true, true
				claims = append(claims, kept, released, undeclared)
			}
		}
	}
	return claims
}
