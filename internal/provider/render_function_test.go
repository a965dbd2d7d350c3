package provider

import (
	"strings"
	"testing"

	"github.com/hashicorp/terraform-plugin-go/tftypes"

	"github.com/cidrplan/terraform-provider-cidrplan/internal/messages"
	"github.com/cidrplan/terraform-provider-cidrplan/internal/profile"
)

// What is neither a resource nor a map of claims gets an error that says what it is; a wrong claim one with its path.
func TestRenderRefusesWhatIsNoMapOfClaims(t *testing.T) {
	allocator := whole(t, false, false, sound)
	list := tftypes.Tuple{ElementTypes: []tftypes.Type{allocator.Type()}}
	for name, c := range map[string]struct {
		given tftypes.Value
		text  string
	}{
		"a text":            {tftypes.NewValue(tftypes.String, "k8s"), "the argument is a string. " + messages.AnyPlannerOrClaims},
		"a number":          {tftypes.NewValue(tftypes.Number, 3), "the argument is a number. " + messages.AnyPlannerOrClaims},
		"an unknown text":   {tftypes.NewValue(tftypes.String, tftypes.UnknownValue), "the argument is a string. "},
		"resources of each": {objectWith(map[string]any{"eu": allocator}), `Expected one of them, such as cidrplan_allocator.k8s["eu"]`},
		"resources of a count": {
			tftypes.NewValue(list, []tftypes.Value{allocator}), "Expected one of them, such as cidrplan_allocator.k8s[0]",
		},
		"a claim that is a number": {objectWith(map[string]any{"a": 1}), `claims["a"]: Invalid Value` + "\n" + `claims["a"] is a number`},
		"an attribute that no claim has": {
			objectWith(map[string]any{"a": objectWith(map[string]any{"owner": "x", "cidr": "10.0.0.0/8", "note": "x"})}),
			`claims["a"].note: `,
		},
	} {
		for _, format := range []string{"text", "csv"} {
			arguments := []tftypes.Value{c.given, tftypes.NewValue(tftypes.String, format)}
			got, fault := newRenderFunction(messages.Writer{Catalog: profile.Default()}).Call(arguments)
			if fault == nil || !strings.Contains(fault.Text, c.text) {
				t.Errorf("%s as %s: %v, %v, want %q", name, format, got, fault, c.text)
			}
		}
	}
}
