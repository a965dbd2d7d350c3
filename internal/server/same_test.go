package server

import (
	"encoding/json"
	"testing"

	"github.com/hashicorp/terraform-plugin-go/tfprotov6"
	"github.com/hashicorp/terraform-plugin-go/tftypes"
	"pgregory.net/rapid"
)

// Two values are the same where tftypes says that they are equal: a value and itself read again, a value with one part that is
// unknown, and others.
func TestValuesAreTheSameAsTftypesSays(t *testing.T) {
	equal, different := 0, 0
	rapid.Check(t, func(t *rapid.T) {
		draw := func(label string) tftypes.Value {
			text, err := json.Marshal(jsonOf(t, everyType, "state"))
			if err != nil {
				t.Fatal(err)
			}
			v, err := stored(&tfprotov6.RawState{JSON: text}, everyType)
			if err != nil {
				t.Fatal(label, err)
			}
			return v
		}
		a := draw("first")
		var b tftypes.Value
		switch rapid.IntRange(0, 3).Draw(t, "other") {
		case 0:
			b = draw("second")
		case 1:
			b = a.Copy()
		default:
			parts := contentOf[map[string]tftypes.Value](a)
			name := rapid.SampledFrom([]string{"text", "number", "texts", "all", "one"}).Draw(t, "part")
			changed := map[string]tftypes.Value{}
			for key, v := range parts {
				changed[key] = v
			}
			changed[name] = rapid.SampledFrom([]tftypes.Value{
				tftypes.NewValue(
					everyType.AttributeTypes[name],
					tftypes.UnknownValue,
				), tftypes.NewValue(everyType.AttributeTypes[name], nil), parts[name],
			}).Draw(t, "value")
			b = tftypes.NewValue(everyType, changed)
		}
		want := a.Equal(b)
		if want {
			equal++
		} else {
			different++
		}
		if got := same(a, b); got != want {
			t.Fatalf("same: %t\n%s\n%s", got, a, b)
		}
	})
	if equal == 0 || different == 0 {
		t.Errorf("%d pairs are equal and %d differ: both kinds are needed", equal, different)
	}
}
