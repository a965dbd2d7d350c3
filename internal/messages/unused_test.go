package messages

import (
	"fmt"
	"net/netip"
	"strings"
	"testing"

	"github.com/cidrplan/terraform-provider-cidrplan/internal/allocate"
	"github.com/cidrplan/terraform-provider-cidrplan/internal/conflict"
	"github.com/cidrplan/terraform-provider-cidrplan/internal/profile"
	"github.com/cidrplan/terraform-provider-cidrplan/internal/topology"
)

func TestMessagesOnWhatHasNoEffect(t *testing.T) {
	until := topology.Path{}.Attr("accepted_conflicts").Key("k").Attr("until")
	shop := profile.Ranges{Pods: []netip.Prefix{netip.MustParsePrefix("10.0.0.0/19")}}
	for name, test := range map[string]struct {
		problem any
		summary string
		texts   []string
	}{
		"until without today": {conflict.UntilWithoutToday{At: []topology.Path{until, until}},
			"End Dates of Accepted Conflicts Have No Effect",
			[]string{
				"  - accepted_conflicts[\"k\"].until\n  - accepted_conflicts[\"k\"].until\n",
				"Set today to plantimestamp()",
				`remove accepted_conflicts["k"].until`,
			}},
		"a placeholder": {topology.Placeholder{Value: "<why>", Instead: topology.ReasonToAccept}, "Value Is a Placeholder",
			[]string{`"<why>" is a placeholder`, "to why the conflict is acceptable."}},
		"ranges outside of the supernets": {allocate.NoLongerInSupernets{
			Removed:  []netip.Prefix{netip.MustParsePrefix("10.0.0.0/16")},
			Clusters: []allocate.ClusterOutside{{Cluster: "shop", Ranges: shop}},
		}, "Clusters Are Outside the Supernets",
			[]string{"no longer contain 10.0.0.0/16", `  - cluster "shop": Pods 10.0.0.0/19`}},
		"a VPC named by its ID": {topology.Undeclared{
			Kind:  topology.NetworkName,
			Name:  "vpc-bp1aevy8sofi8mh1q3c3g",
			Known: []string{"prod"},
		}, "Undeclared Name",
			[]string{"looks like an ID of a cloud resource. Use the name that is declared here."}},
		"a VPC named by a UUID": {topology.Undeclared{
			Kind:  topology.NetworkName,
			Name:  "1f0a5b2e-9a0e-4c51-8d1f-0a2b3c4d5e6f",
			Known: []string{"prod"},
		}, "Undeclared Name",
			[]string{"looks like an ID of a cloud resource"}},
		"a wrong name": {
			topology.Undeclared{Kind: topology.NetworkName, Name: "vpc-production", Known: []string{"prod"}}, "Undeclared Name",
			[]string{"Declare it, or correct the name."},
		},
	} {
		t.Run(name, func(t *testing.T) {
			summary, detail := Writer{Catalog: profile.Default()}.problem(topology.Fault{At: until, Problem: test.problem})
			if summary != test.summary {
				t.Errorf("got the summary %q, want %q", summary, test.summary)
			}
			for _, text := range test.texts {
				if !strings.Contains(detail, text) {
					t.Errorf("%q is not in\n%s", text, detail)
				}
			}
		})
	}
}

// A hub under another key than its name is one fault, however many networks name it.
func TestNamesOfAMisnamedKeyAreNotReported(t *testing.T) {
	at := topology.Path{}.Attr("vpcs").Key("prod").Attr("hubs")
	faults := []topology.Fault{
		{At: topology.Path{}.Attr("hubs").Key("cem"), Problem: topology.KeyDiffers{Key: "cem", Name: "cen"}},
		{At: at.At(0), Problem: topology.Undeclared{Kind: topology.HubName, Name: "cen", Known: []string{"cem"}}},
		{At: at.At(1), Problem: topology.Undeclared{Kind: topology.HubName, Name: "er", Known: []string{"cem"}}},
	}
	var got []string
	for _, m := range (Writer{Catalog: profile.Default()}).FaultMessages(faults) {
		got = append(got, m.At.String())
	}
	if want := `hubs["cem"] vpcs["prod"].hubs[1]`; strings.Join(got, " ") != want {
		t.Errorf("got %q, want %q", got, want)
	}
}

func TestListsAreBounded(t *testing.T) {
	for count, parts := range map[int][]string{
		1: {"  - x", "!more"}, maxListed: {"  - x", "!more"}, maxListed + 2: {"  - x\n  - and 2 more places"},
	} {
		got := bullets(manyOf("x", count), "places")
		wantParts(t, fmt.Sprint(count), got, parts...)
		if listed := strings.Count(got, "- x"); listed != min(count, maxListed) {
			t.Errorf("%d of %d are listed", listed, count)
		}
	}
	for want, items := range map[string][]string{"": nil, "x": {"x"}, "x, x": {"x", "x"}, "x, x and 1 more": {"x", "x", "x"}} {
		if got := Listed(items, 2); got != want {
			t.Errorf("got %q, want %q", got, want)
		}
	}
}
