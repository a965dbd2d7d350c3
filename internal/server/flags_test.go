package server

import (
	"slices"
	"testing"

	"github.com/hashicorp/terraform-plugin-go/tfprotov6"
	"github.com/hashicorp/terraform-plugin-go/tftypes"
)

// Terraform checks that a required argument is given, and leaves it to the provider whether it is null, and whether what only
// the provider sets is given.
func TestFlagsOfAttributesAreChecked(t *testing.T) {
	s, calls := newServer()
	size := map[string]map[string]any{"a": {"size": 1}}
	for name, test := range map[string]struct {
		config tftypes.Value
		want   []string
	}{
		"sound":                       {thingWith("one", nil, size), nil},
		"nothing is known":            {tftypes.NewValue(thingType, tftypes.UnknownValue), nil},
		"not known yet":               {thingOf(tftypes.UnknownValue, nil), nil},
		"null for a required one":     {thingOf(nil, nil), []string{`AttributeName("name"): Missing Value`}},
		"a value for a read-only one": {thingOf("one", "ONE"), []string{`AttributeName("loud"): Read-Only Attribute`}},
		"null for a nested required": {
			thingWith("one", nil, map[string]map[string]any{"a": {"note": "x"}}),
			[]string{`AttributeName("parts").ElementKeyString("a").AttributeName("size"): Missing Value`},
		},
		"a value for nested read-only": {
			thingWith("one", nil, map[string]map[string]any{"a": {"size": 1, "seen": true}}),
			[]string{`AttributeName("parts").ElementKeyString("a").AttributeName("seen"): Read-Only Attribute`},
		},
	} {
		t.Run(name, func(t *testing.T) {
			resource, err := s.ValidateResourceConfig(t.Context(), &tfprotov6.ValidateResourceConfigRequest{
				TypeName: "x_thing", Config: wire(t, test.config),
				ClientCapabilities: &tfprotov6.ValidateResourceConfigClientCapabilities{WriteOnlyAttributesAllowed: true},
			})
			if err != nil {
				t.Fatal(err)
			}
			data, err := s.ValidateDataResourceConfig(
				t.Context(),
				&tfprotov6.ValidateDataResourceConfigRequest{TypeName: "x_look", Config: wire(t, test.config)},
			)
			if err != nil {
				t.Fatal(err)
			}
			for _, found := range [][]*tfprotov6.Diagnostic{resource.Diagnostics, data.Diagnostics} {
				var got []string
				for _, d := range found {
					got = append(got, d.Attribute.String()+": "+d.Summary)
				}
				if !slices.Equal(got, test.want) {
					t.Errorf("got %q, want %q", got, test.want)
				}
			}
		})
	}
	if calls.calls["validate"] != 7 {
		t.Errorf("the resource validated %d times", calls.calls["validate"])
	}
	old, err := s.ValidateResourceConfig(
		t.Context(),
		&tfprotov6.ValidateResourceConfigRequest{TypeName: "x_thing", Config: wire(t, thingOf(nil, nil))},
	)
	if err != nil {
		t.Fatal(err)
	}
	wantMessages(t, old.Diagnostics, "old", "Old") // once, and no second error on the name
}
