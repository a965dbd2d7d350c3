package statefile

import (
	"encoding/json"
	"os"
	"path/filepath"
	"slices"
	"testing"

	tfjson "github.com/hashicorp/terraform-json"

	"github.com/cidrplan/terraform-provider-cidrplan/internal/clouds"
)

// TestShowIsReadAsTerraformJSONReadsIt compares the addresses and attributes with those of HashiCorp's own reader.
func TestShowIsReadAsTerraformJSONReadsIt(t *testing.T) {
	everything := func(typeName string) (string, bool) { return "", true }
	for file, values := range map[string]func(text []byte) *tfjson.StateValues{
		"huaweicloud.state.json": func(text []byte) *tfjson.StateValues {
			var state tfjson.State
			if err := json.Unmarshal(text, &state); err != nil {
				t.Fatal(err)
			}
			return state.Values
		},
		"huaweicloud.plan.json": func(text []byte) *tfjson.StateValues {
			var plan tfjson.Plan
			if err := json.Unmarshal(text, &plan); err != nil {
				t.Fatal(err)
			}
			return plan.PlannedValues
		},
	} {
		t.Run(file, func(t *testing.T) {
			text, err := os.ReadFile(filepath.Join("testdata", file))
			if err != nil {
				t.Fatal(err)
			}
			want := map[string][]string{}
			var of func(m *tfjson.StateModule)
			of = func(m *tfjson.StateModule) {
				for _, r := range m.Resources {
					if r.DeposedKey == "" {
						for name := range r.AttributeValues {
							want[r.Address] = append(want[r.Address], name)
						}
						slices.Sort(want[r.Address])
					}
				}
				for _, child := range m.ChildModules {
					of(child)
				}
			}
			of(values(text).RootModule)
			contents, err := Read(file, text, everything)
			if err != nil {
				t.Fatal(err)
			}
			got := map[string][]string{}
			for _, o := range contents.Objects {
				got[o.Address()] = nil
				for name, member := range o.Value.Members() {
					if member.Kind() != clouds.Unknown { // what is known only after apply is in resource_changes alone
						got[o.Address()] = append(got[o.Address()], name)
					}
				}
				slices.Sort(got[o.Address()])
			}
			for address, names := range want {
				if !slices.Equal(got[address], names) {
					t.Errorf("%s: %q, want %q", address, got[address], names)
				}
			}
			if len(want) < 3 {
				t.Errorf("compared %d resources", len(want))
			}
		})
	}
}
