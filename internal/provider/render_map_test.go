package provider

import (
	"maps"
	"net/netip"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"
	"github.com/hashicorp/terraform-plugin-go/tftypes"

	"github.com/cidrplan/terraform-provider-cidrplan/internal/addressmap"
	"github.com/cidrplan/terraform-provider-cidrplan/internal/messages"
	"github.com/cidrplan/terraform-provider-cidrplan/internal/profile"
	"github.com/cidrplan/terraform-provider-cidrplan/internal/values"
)

// mapOf calls the function render as Terraform does; the answer is unknown or the text of the map.
func mapOf(t *testing.T, given tftypes.Value, format string, language ...string) (text string, known bool) {
	t.Helper()
	arguments := []tftypes.Value{given, tftypes.NewValue(tftypes.String, format)}
	for _, l := range language {
		arguments = append(arguments, tftypes.NewValue(tftypes.String, l))
	}
	answer, fault := newRenderFunction(messages.Writer{Catalog: profile.Default()}).Call(arguments)
	if fault != nil {
		t.Fatalf("%s: %s", format, fault.Text)
	}
	return values.TextOf(answer), answer.IsKnown()
}

// A map of a resource shows its ranges, networks, subnets and routes, one of its claims only the ranges.
func TestMapsOfAResourceAndOfItsClaims(t *testing.T) {
	allocator := whole(t, false, false, sound)
	claims, text := calling(newClaimsFunction(messages.Writer{Catalog: profile.Default()}), allocator)
	if text != "" {
		t.Fatal(text)
	}
	ranges := []string{"supernet of k8s", ": Pods a, network prod", ": Services h, network hw", ": reserved later", ": existing gone"}
	networks := []string{"Address map of k8s", ": site idc", ": subnet prod/pods", ": VPC hw + VPC prod + VPC tx", ": route prod/vpn"}
	for name, test := range map[string]struct {
		given      tftypes.Value
		has, lacks []string
	}{
		"a resource":      {allocator, append(ranges, networks...), nil},
		"a data source":   {whole(t, false, true, sound), append(ranges, networks...), nil},
		"claims":          {claims, ranges, networks},
		"blocks":          {whole(t, true, false, soundBlocks), []string{"supernet of net", ": block pin", ": reserved later"}, nil},
		"no claim at all": {tftypes.NewValue(tftypes.Object{}, map[string]tftypes.Value{}), []string{"no range is declared"}, nil},
	} {
		got, known := mapOf(t, test.given, "html")
		for _, part := range test.has {
			if !known || !strings.Contains(got, part) {
				t.Errorf("%s: %q is not in\n%s", name, part, strings.SplitAfter(got, "</head>")[1])
			}
		}
		for _, part := range test.lacks {
			if strings.Contains(got, part) {
				t.Errorf("%s: %q is in\n%s", name, part, got)
			}
		}
	}
}

func TestMapsInEachFormatAndLanguage(t *testing.T) {
	allocator := whole(t, false, false, sound)
	for format, begin := range map[string]string{"svg": "<svg xmlns=", "html": "<!DOCTYPE html>\n<html lang=", "text": ""} {
		for language, word := range map[string]string{"": "supernet of k8s", "en": "supernet of k8s", "zh": "k8s 的地址池"} {
			given := []string{language}[:min(len(language), 1)]
			if got, _ := mapOf(t, allocator, format, given...); !strings.HasPrefix(got, begin) || !strings.Contains(got, word) {
				t.Errorf("%s in %q is %.300s", format, language, got)
			}
		}
	}
}

// A conflict of the configuration is one of the map, with what the configuration says of it; overlaps that break no rule are none.
func TestAMapHasTheConflictsOfThePlan(t *testing.T) {
	given := map[string]any{
		"name": "k8s", "supernets": []string{"10.64.0.0/12"}, "service_supernets": []string{"172.20.0.0/16"},
		"vpcs": map[string]any{"prod": map[string]any{
			"platform": "alicloud", "cidr_blocks": []string{"192.168.0.0/16"},
			"routes": map[string]any{"idc": map[string]any{"destination": "10.64.8.0/21", "next_hop": "vpn"}},
		}, "lab": map[string]any{"platform": "alicloud", "cidr_blocks": []string{"192.168.0.0/16"}}},
		"clusters": map[string]any{
			"shop": map[string]any{"vpc": "prod", "profile": "ack-flannel", "max_nodes": int64(50), "pod_cidrs": []string{"10.64.0.0/20"}},
		},
		"accepted_conflicts": map[string]any{"pod_overlaps_route|10.64.8.0/21|prod:idc+shop": map[string]any{"reason": "moves"}},
	}
	want := []addressmap.Conflict{{
		A: addressmap.Party{Kind: addressmap.Pod, Owner: "shop"}, B: addressmap.Party{Kind: addressmap.Route, Owner: "prod", Part: "idc"},
		Shared: netip.MustParsePrefix("10.64.8.0/21"), Code: "pod_overlaps_route", Accepted: true,
	}}
	allocator := whole(t, false, false, given)
	in, known, err := newRenderFunction(messages.Writer{Catalog: profile.Default()}).mapInput(allocator)
	if err != nil || !known || !in.Checked {
		t.Fatal(known, in.Checked, err)
	}
	if diff := cmp.Diff(want, in.Conflicts, cmpopts.EquateComparable(netip.Prefix{})); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
	got, _ := mapOf(t, allocator, "text")
	for _, part := range []string{
		"Accepted conflict: Pods shop and route prod/idc share 10.64.8.0/21\n  (pod_overlaps_route)", "? 10.64.8.0/21", "& 192.168.0.0/16",
	} {
		if !strings.Contains(got, part) {
			t.Errorf("%q is not in\n%s", part, got)
		}
	}
}

// Each kind of claim of a plan has a kind of the map.
func TestEachKindOfClaimIsDrawn(t *testing.T) {
	for k := range mappedKinds {
		if drawn := mappedKinds[k]; drawn == addressmap.Free || drawn == addressmap.Undeclared {
			t.Errorf("%s is drawn as %d", k, drawn)
		}
	}
	if len(mappedKinds) != 13 {
		t.Errorf("%d kinds of claims are drawn", len(mappedKinds))
	}
}

// A map is unknown as long as anything that it shows is: it would change between plan and apply.
func TestAMapIsUnknownWhileItsFactsAre(t *testing.T) {
	allocator := whole(t, false, false, sound)
	for name, given := range map[string]tftypes.Value{
		"the resource":         values.Unknown(tftypes.DynamicPseudoType),
		"a resource's values":  values.Unknown(allocator.Type()),
		"which VPCs there are": givenAs(allocator, "vpcs", values.Unknown(values.AttributesOf(allocator)["vpcs"].Type())),
		"levels of rules":      givenAs(allocator, "rule_levels", values.Unknown(tftypes.Map{ElementType: tftypes.String})),
		"the name":             givenAs(allocator, "name", values.Unknown(tftypes.String)),
	} {
		if text, known := mapOf(t, given, "svg"); known {
			t.Errorf("%s is unknown, and the map is known: %.200s", name, text)
		}
	}
	withID := givenAs(allocator, "id", values.Unknown(tftypes.String))
	if _, known := mapOf(t, withID, "svg"); !known {
		t.Error("an unknown ID makes the map unknown")
	}
}

// Claims of the own planner that come back in foreign_claims are drawn once; those of others are drawn.
func TestAMapDrawsOwnClaimsOnce(t *testing.T) {
	given := maps.Clone(sound)
	given["foreign_claims"] = map[string]any{
		"own":   map[string]any{"owner": "former", "kind": "pod", "cidr": "10.65.0.0/16", "allocator": "k8s"},
		"other": map[string]any{"owner": "elsewhere", "kind": "pod", "cidr": "10.71.0.0/16", "allocator": "k8s-other"},
	}
	got, _ := mapOf(t, whole(t, false, false, given), "text")
	if strings.Contains(got, "former") || !strings.Contains(got, "Pods  elsewhere") {
		t.Errorf("the map is\n%s", got)
	}
}
