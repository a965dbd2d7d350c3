package provider

import (
	"maps"
	"strings"
	"testing"

	"github.com/hashicorp/terraform-plugin-go/tftypes"

	"github.com/cidrplan/terraform-provider-cidrplan/internal/values"
)

// What is not known yet makes unknown what it can change, and nothing else.
func TestUsageOfWhatIsNotKnown(t *testing.T) {
	allocator := whole(t, false, false, countable)
	unknownSite := maps.Clone(countable)
	unknownSite["sites"] = map[string]any{"idc": map[string]any{"cidr_blocks": unset{}}}
	number, unknownNodes := values.Unknown(tftypes.Number), maps.Clone(observedAndGrowth)
	unknownNodes["observed"] = map[string]any{"nodes": map[string]any{"shop": number}}
	unknownRate := maps.Clone(observedAndGrowth)
	unknownRate["growth"] = map[string]any{"shop": map[string]any{"nodes_per_month": number}}
	unknownDate := maps.Clone(observedAndGrowth)
	unknownDate["date"] = values.Unknown(tftypes.String)
	for name, test := range map[string]struct {
		arguments []tftypes.Value
		want      map[string]string
	}{
		"a resource that is unknown": {[]tftypes.Value{values.Unknown(tftypes.DynamicPseudoType)}, map[string]string{"": "unknown"}},
		"a resource of a known type": {[]tftypes.Value{values.Unknown(allocator.Type())}, map[string]string{"": "unknown"}},
		"supernets that are not known": {
			[]tftypes.Value{givenAs(allocator, "supernets", values.Unknown(tftypes.List{ElementType: tftypes.String}))},
			map[string]string{"": "unknown"},
		},
		"a site whose ranges come later": {
			[]tftypes.Value{whole(t, false, false, unknownSite)},
			map[string]string{
				"total ipv4 addresses": "196608", "total ipv4 free": "unknown", "total ipv4 percent": "unknown",
				"total ipv4 months_left": "unknown", "clusters shop nodes": "unknown", "clusters shop more_clusters": "unknown",
			},
		},
		"options": {
			[]tftypes.Value{allocator, values.Unknown(tftypes.DynamicPseudoType)},
			map[string]string{
				"total ipv4 free": "165888", "clusters shop nodes asked": "100", "clusters shop nodes observed": "unknown",
				"clusters shop percent": "unknown", "clusters shop months_left": "unknown", "total ipv4 months_left": "unknown",
			},
		},
		"the number of nodes": {
			[]tftypes.Value{allocator, optionsValue(unknownNodes)},
			map[string]string{
				"clusters shop nodes observed": "unknown", "clusters shop months_left": "unknown", "clusters turbo percent": "88.06",
				"clusters shop routes months_left": "unknown", "clusters shop routes percent": "50.5", "clusters turbo months_left": "null",
				"supernets 10.64.0.0/16 months_left": "unknown", "supernets 10.64.0.0/16 free": "36864",
			},
		},
		"the rate of growth": {
			[]tftypes.Value{allocator, optionsValue(unknownRate)},
			map[string]string{
				"clusters shop nodes percent": "31.25", "clusters shop months_left": "unknown", "total ipv4 months_left": "unknown",
				"clusters shop routes months_left": "unknown", "clusters turbo months_left": "null",
			},
		},
		"the date": {
			[]tftypes.Value{allocator, optionsValue(unknownDate)},
			map[string]string{"clusters shop months_left": "35.2", "clusters shop lasts_until": "unknown"},
		},
		"options that are null": {
			[]tftypes.Value{allocator, values.Null(tftypes.DynamicPseudoType)},
			map[string]string{
				"clusters shop nodes observed": "null", "clusters shop percent": "78.12", "clusters shop months_left": "null",
			},
		},
	} {
		t.Run(name, func(t *testing.T) {
			all, text := usageOf(test.arguments...)
			if text != "" {
				t.Fatal(text)
			}
			for path, want := range test.want {
				var steps []string
				if path != "" {
					steps = strings.Split(path, " ")
				}
				if got := at(t, all, steps...); got != want {
					t.Errorf("%s is %s, want %s", path, got, want)
				}
			}
		})
	}
}
