package provider

import (
	"math/big"
	"strings"
	"testing"

	"github.com/hashicorp/terraform-plugin-go/tftypes"

	"github.com/cidrplan/terraform-provider-cidrplan/internal/values"
)

// Each error names the argument, what is wrong with it and what is expected.
func TestUsageRefusesOtherArguments(t *testing.T) {
	allocator, aText := whole(t, false, false, countable), tftypes.NewValue(tftypes.String, "k8s")
	nodes := func(v any) map[string]any { return map[string]any{"nodes": map[string]any{"shop": v}} }
	rate := func(v any) map[string]any {
		return map[string]any{"observed": nodes(1), "growth": map[string]any{"shop": map[string]any{"nodes_per_month": v}}}
	}
	tiny := new(big.Float).SetMantExp(big.NewFloat(1), -30_000_000)
	options := func(all map[string]any) []tftypes.Value { return []tftypes.Value{allocator, optionsValue(all)} }
	for name, test := range map[string]struct {
		arguments []tftypes.Value
		want      string
	}{
		"null":                {[]tftypes.Value{values.Null(tftypes.DynamicPseudoType)}, "the argument is null. Expected a cidrplan_"},
		"a text":              {[]tftypes.Value{aText}, "the argument is a string. Expected a cidrplan_allocator"},
		"two objects":         {[]tftypes.Value{allocator, optionsValue(nil), optionsValue(nil)}, "one object of options is enough"},
		"options as a text":   {[]tftypes.Value{allocator, aText}, "the argument is a string; expected an object"},
		"a misspelled option": {options(map[string]any{"grwoth": map[string]any{}}), "growth"},
		"another option":      {options(map[string]any{"colour": "red"}), "colour"},
		"another cluster": {
			options(map[string]any{"observed": map[string]any{"nodes": map[string]any{"shp": 1}}}), `observed.nodes["shp"]`,
		},
		"another VPC": {
			options(map[string]any{"observed": map[string]any{"available_ip_address_count": map[string]any{"dev": map[string]any{}}}}),
			`observed.available_ip_address_count["dev"]`,
		},
		"another subnet": {
			options(map[string]any{"observed": map[string]any{
				"available_ip_address_count": map[string]any{"prod": map[string]any{"x": 1}},
			}}),
			`observed.available_ip_address_count["prod"]["x"]`,
		},
		"half a node":         {options(map[string]any{"observed": nodes(0.5)}), "= 0.5 is not a whole number"},
		"fewer than no nodes": {options(map[string]any{"observed": nodes(-1)}), "= -1 is out of range; the minimum is 0"},
		"more nodes than can be counted": {
			options(map[string]any{"observed": nodes(1e30)}), `nodes["shop"] is out of range; the maximum is 9223372036854775807`,
		},
		"a fraction with too many digits": {options(map[string]any{"observed": nodes(tiny)}), `nodes["shop"] is not a whole number`},
		"more free addresses than a subnet has": {
			options(map[string]any{"observed": map[string]any{
				"available_ip_address_count": map[string]any{"prod": map[string]any{"pods": 257}},
			}}),
			`observed.available_ip_address_count["prod"]["pods"] = 257 is out of range; valid values are 0 to 256`,
		},
		"nodes as a text": {options(map[string]any{"observed": nodes("many")}), "is a string; expected a number"},
		"negative growth": {options(rate(-0.5)), `growth["shop"].nodes_per_month = -0.5 is out of range; the minimum is 0`},
		"growth without a rate": {
			options(map[string]any{"observed": nodes(1), "growth": map[string]any{"shop": map[string]any{}}}),
			`growth["shop"].nodes_per_month is required`,
		},
		"growth from an unknown number": {
			options(map[string]any{"growth": map[string]any{"shop": map[string]any{"nodes_per_month": 1}}}),
			`observed.nodes["shop"] is required`,
		},
		"growth of another cluster": {
			options(map[string]any{"growth": map[string]any{"x": map[string]any{"nodes_per_month": 1}}}), `growth["x"]`,
		},
		"another date": {options(map[string]any{"date": "31.12.2026"}), `"31.12.2026" is neither a day such as 2026-11-22 nor a timestamp`},
	} {
		t.Run(name, func(t *testing.T) {
			if answer, text := usageOf(test.arguments...); !strings.Contains(text, test.want) {
				t.Errorf("got %q %v, want %q", text, answer, test.want)
			}
		})
	}
}
