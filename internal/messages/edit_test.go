package messages

import (
	"net/netip"
	"testing"

	"github.com/cidrplan/terraform-provider-cidrplan/internal/topology"
)

func TestWordsOfEdits(t *testing.T) {
	at, ranges := topology.Path{}.Attr("a"), []netip.Prefix{netip.MustParsePrefix("10.0.0.0/16")}
	net := topology.Origin{Kind: "blocks", Name: "net"}
	for want, edit := range map[string]topology.Edit{
		"set a = 4":                                             topology.Set(at, 4),
		`set a = "b"`:                                           topology.Set(at, "b"),
		`set a = ["10.0.0.0/16"]`:                               topology.Set(at, ranges),
		"set a = 4 or less":                                     topology.Set(at, topology.AtMost(4)),
		"set a = 4 or more":                                     topology.Set(at, topology.AtLeast(4)),
		`set a = "b"` + " (or \"c\", \"d\")":                    topology.Set(at, topology.FirstOf{"b", "c", "d"}),
		`set a to one of "b", "c"`:                              topology.Set(at, topology.OneOf{"b", "c"}),
		`set a = true, which is now false`:                      topology.Set(at, topology.BackTo{Was: true, Now: false}),
		`set a = { cidr = "b" }`:                                topology.Set(at, topology.Entry{Attr: "cidr", Value: "b"}),
		"set a = cidrplan_blocks.<net>":                         topology.Set(at, topology.Result{Of: net}),
		"set a = cidrplan_blocks.<net>.b":                       topology.Set(at, topology.Result{Of: net, At: topology.Path{}.Attr("b")}),
		"set a to a new token":                                  topology.Set(at, topology.NewToken),
		"set a to a value that the rule below allows":           topology.Set(at, topology.AllowedByRule),
		"set a to an IPv4 range of /20 or shorter":              topology.Set(at, topology.RangeOf{Family: "IPv4", Length: 20}),
		"set a to addresses outside of 10.0.0.0/16":             topology.Set(at, topology.OutsideOf(ranges)),
		"set a to b":                                            topology.Set(at, described("b")),
		"set a to the part that is in use, without 10.0.0.0/16": topology.Set(at, topology.PartInUse{Without: ranges}),
		"remove a":     topology.Remove(at),
		`add "b" to a`: topology.Add(at, "b"),
		"add an IPv4 range of /20 or shorter to a": topology.Add(at,
			topology.RangeOf{Family: "IPv4", Length: 20}),
		"add the entries of provider::cidrplan::claims(cidrplan_blocks.<net>) to a": topology.Add(at, topology.ClaimsOf(net)),
		`remove "b" from a`:   topology.RemoveFrom(at, "b"),
		"copy b to a":         topology.Copy(topology.Path{}.Attr("b"), at),
		"restore a as it was": topology.Restore(at),
		`rename a to "b", also where others refer to it`: topology.Rename(at, "b"),
	} {
		if got := changeText(edit); got != want {
			t.Errorf("got  %s\nwant %s", got, want)
		}
	}
}

// A sentence has the whole place that is renamed to.
func TestSentencesOfRenames(t *testing.T) {
	for want, at := range map[string]string{
		`rename vpcs["a"] to vpcs["b"], also where others refer to it`: `vpcs["a"]`,
		`rename renumber["a"] to renumber["b"]`:                        `renumber["a"]`,
		`rename vpcs["a"].cidr to vpcs["a"].b`:                         `vpcs["a"].cidr`,
	} {
		if got := (Writer{}).edit(topology.Rename(pathOf(at), "b")); got != want {
			t.Errorf("got  %s\nwant %s", got, want)
		}
	}
}

// A kind of option of a problem is worded here and nowhere else: kinds of findings have titles.
func TestEveryKindOfOptionOfProblemsHasWords(t *testing.T) {
	for _, kind := range []topology.OptionKind{
		topology.NewName, topology.SecondOne, topology.DeclaredWrong, topology.HoldsRanges, topology.NotBuilt, topology.ReleasedUnused,
		topology.OwnAddresses, topology.Mistake, topology.OwnerElsewhere, topology.ClaimsOutdated, topology.RouteIsSummary,
		topology.RouteInUse, topology.MovesWithNetwork, topology.NamesExchanged, topology.AcceptedForGood,
		topology.MeetsRequirement,
	} {
		if (Writer{}).whenText(topology.Option{Kind: kind}) == "" {
			t.Errorf("%s has no words", kind)
		}
		if title, known := OptionTitle(kind); known {
			t.Errorf("%s is a kind of findings as well: %s", kind, title)
		}
	}
}
