package conflict

import (
	"net/netip"
	"reflect"
	"slices"
	"testing"

	"github.com/cidrplan/terraform-provider-cidrplan/internal/profile"
	"github.com/cidrplan/terraform-provider-cidrplan/internal/topology"
)

// comparedApart are the fields of a claim that a sample compares by itself: who has it, where, and with what range.
// What was delegated is in no sample.
var comparedApart = []string{"Owner", "Range", "Network", "GrowsIn", "Holder", "Delegations"}

// onlyShown are the fields that messages show, or that rules on a single range look at, and no rule on two claims does.
var onlyShown = []string{"About", "At", "HeldUntil", "Ledger", "Delegation", "NodeIPv6Mask", "OtherUses", "Addresses"}

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
	case profile.BlockAddresses:
		field.Set(reflect.ValueOf(profile.BlockAddresses{ClassE: true}))
		return
	case []OtherUse:
		field.Set(reflect.ValueOf([]OtherUse{{Name: "join", Range: netip.MustParsePrefix("10.0.0.0/16")}}))
		return
	case topology.Path:
		field.Set(reflect.ValueOf(topology.Path{}.Attr("existing").Key("x")))
		return
	case topology.Delegation:
		field.Set(reflect.ValueOf(topology.Delegation{To: "shop", KeepsOut: "bank"}))
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

// fieldsOfClaim are the fields of a claim by name, those of its parts among them.
func fieldsOfClaim() map[string][]int {
	fields := map[string][]int{}
	var add func(of reflect.Type, index []int)
	add = func(of reflect.Type, index []int) {
		for i := range of.NumField() {
			field, at := of.Field(i), append(slices.Clone(index), i)
			switch field.Type {
			case reflect.TypeFor[ClusterRange](), reflect.TypeFor[NetworkRange](), reflect.TypeFor[NextHop]():
				add(field.Type, at)
			default:
				fields[field.Name] = at
			}
		}
	}
	add(reflect.TypeFor[Claim](), nil)
	return fields
}

// A field that is new is either part of what makes claims alike, or named here with the reason why not.
func TestClaimsThatDifferInAnyFieldHaveDifferentComparisonKeys(t *testing.T) {
	flannel, _ := profile.Default().Profile("ack-flannel")
	for name, index := range fieldsOfClaim() {
		if slices.Contains(comparedApart, name) || slices.Contains(onlyShown, name) {
			continue
		}
		c := Claim{Kind: Pod, ClusterRange: ClusterRange{Profile: flannel}, At: topology.Path{}.Attr("clusters").Key("x")}
		other := c
		otherwise(t, name, reflect.ValueOf(&other).Elem().FieldByIndex(index))
		if c.comparisonKey() == other.comparisonKey() {
			t.Errorf("claims of different %s pass for alike: name it in Claim.alike, or in this test", name)
		}
		third := other
		otherwise(t, name, reflect.ValueOf(&third).Elem().FieldByIndex(index))
		if slices.Contains([]string{"Meshes", "Connections", "VRFs"}, name) && third.comparisonKey() == other.comparisonKey() {
			t.Errorf("claims of different lists of %s pass for alike", name)
		}
	}
}

// Subnets and routes of all names are compared with others alike; the use of a range beside Pods and Services has rules of its own.
func TestComparisonKeysToOthersHaveTheUseOfARange(t *testing.T) {
	w := NewWorld(topology.Facts{}, profile.Default())
	named := func(kind Kind, name string) string {
		return w.ComparisonKeyToOthers(Claim{Kind: kind, Part: name, Network: "a"})
	}
	for kind, alike := range map[Kind]bool{Subnet: true, Route: true, Other: false} {
		if got := named(kind, "one") == named(kind, "two"); got != alike {
			t.Errorf("two %s of different names are alike: %t", kind, got)
		}
	}
}

// A growth reserve is of a cluster in a network that is not that of its range, and is joined to others as this one is.
func TestComparisonKeysHaveTheNetworkThatAClusterGrowsIn(t *testing.T) {
	w := NewWorld(topology.Facts{
		Hubs: map[string]topology.Hub{"cen": {}},
		VPCs: map[string]topology.VPC{"a": {Hubs: []string{"cen"}}, "b": {Hubs: []string{"cen"}}, "c": {}},
	}, profile.Default())
	key := func(in string) string {
		return w.ComparisonKey(Claim{Kind: GrowthReserve, ClusterRange: ClusterRange{GrowsIn: in}})
	}
	if key("a") != key("b") || key("a") == key("c") || key("a") == key("") {
		t.Errorf("got %q, %q, %q and %q", key("a"), key("b"), key("c"), key(""))
	}
}

// No violation depends on what messages only show.
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
	for name, index := range fieldsOfClaim() {
		if !slices.Contains(onlyShown, name) {
			continue
		}
		for _, a := range claims {
			for _, b := range claims {
				b.Owner, b.Network = "other", "b"
				changed := a
				otherwise(t, name, reflect.ValueOf(&changed).Elem().FieldByIndex(index))
				v, is := w.Check(a, b)
				if is {
					broken++
				}
				if again, isAgain := w.Check(changed, b); is != isAgain || !reflect.DeepEqual(v, again) {
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
		for _, source := range []Source{Declared, OtherWorkspace} {
			c := Claim{
				Owner: "x", Kind: Kind(kind), Range: netip.MustParsePrefix("10.0.0.0/16"), Network: "a",
				NetworkRange: NetworkRange{Platform: "alicloud"}, VRFs: []string{""}, Source: source,
			}
			if c.usedByCluster() {
				c.Profile = flannel
			}
			if c.Kind == GrowthReserve {
				c.GrowsIn = "a"
			}
			claims = append(claims, c)
		}
	}
	return claims
}

// A sample has the options of all claims that it leaves out. Delegated claims have options of their own.
func TestDelegatedClaimsAreNotSampled(t *testing.T) {
	for name, c := range map[string]Claim{
		"a block":                           {Kind: Block},
		"a block with a delegated part":     {Kind: Block, Delegations: []string{"shop"}},
		"a block that is for another owner": {Kind: Block, Delegation: topology.Delegation{To: "shop", KeepsOut: "bank"}},
	} {
		if got := c.mayBeSampled(); got != (name == "a block") {
			t.Errorf("%s is sampled: %t", name, got)
		}
	}
}
