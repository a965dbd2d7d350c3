package provider_test

import (
	"bytes"
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
	"testing"

	tfjson "github.com/hashicorp/terraform-json"
)

// stateFile is what the file of a state holds, as version 4 of its format has it.
type stateFile struct {
	Version   int
	Outputs   map[string]struct{ Value json.RawMessage }
	Resources []struct {
		Module, Mode, Type, Name string
		Instances                []struct {
			IndexKey   any `json:"index_key"`
			Attributes json.RawMessage
		}
	}
}

// stateAt is the path of the file of the state.
func (w *workspace) stateAt() string { return filepath.Join(w.dir, "terraform.tfstate") }

// state reads the state from its file, which costs no run of Terraform.
func (w *workspace) state() stateFile {
	w.t.Helper()
	text, err := os.ReadFile(w.stateAt())
	if err != nil {
		w.t.Fatal(err)
	}
	var state stateFile
	if err := json.Unmarshal(text, &state); err != nil {
		w.t.Fatal(err)
	}
	if state.Version != 4 {
		w.t.Fatalf("the state has version %d, want 4", state.Version)
	}
	return state
}

// resources are the attributes of all resources and data sources of a state by their addresses.
func (s stateFile) resources() map[string]json.RawMessage {
	all := map[string]json.RawMessage{}
	for _, r := range s.Resources {
		address := r.Type + "." + r.Name
		if r.Mode == "data" {
			address = "data." + address
		}
		if r.Module != "" {
			address = r.Module + "." + address
		}
		for _, i := range r.Instances {
			switch key := i.IndexKey.(type) {
			case nil:
				all[address] = i.Attributes
			case string:
				all[fmt.Sprintf("%s[%q]", address, key)] = i.Attributes
			default:
				all[fmt.Sprintf("%s[%v]", address, key)] = i.Attributes
			}
		}
	}
	return all
}

// forChecks is the state as the checks of terraform-plugin-testing read it, which look at resources outside of modules.
func (s stateFile) forChecks(t *testing.T) *tfjson.State {
	t.Helper()
	values := &tfjson.StateValues{Outputs: map[string]*tfjson.StateOutput{}, RootModule: &tfjson.StateModule{}}
	for name, output := range s.Outputs {
		held := &tfjson.StateOutput{}
		decodeExactly(t, output.Value, &held.Value)
		values.Outputs[name] = held
	}
	for address, attributes := range s.resources() {
		held := &tfjson.StateResource{Address: address}
		decodeExactly(t, attributes, &held.AttributeValues)
		values.RootModule.Resources = append(values.RootModule.Resources, held)
	}
	return &tfjson.State{FormatVersion: "1.0", Values: values}
}

// decodeExactly decodes JSON and leaves numbers as they are written.
func decodeExactly(t *testing.T, text []byte, into any) {
	t.Helper()
	decoder := json.NewDecoder(bytes.NewReader(text))
	decoder.UseNumber()
	if err := decoder.Decode(into); err != nil {
		t.Fatal(err)
	}
}

// output is the value of an output in the state, as `terraform output -json` prints it.
func (w *workspace) output(name string) string {
	w.t.Helper()
	held, has := w.state().Outputs[name]
	if !has {
		w.t.Fatalf("the state has no output %s", name)
	}
	var text bytes.Buffer
	if err := json.Compact(&text, held.Value); err != nil {
		w.t.Fatal(err)
	}
	return text.String()
}

// holds is what the state has of the resource at an address.
func (w *workspace) holds(address string) map[string]any {
	w.t.Helper()
	text, held := w.state().resources()[address]
	if !held {
		w.t.Fatalf("the state has no %s", address)
	}
	var attributes map[string]any
	if err := json.Unmarshal(text, &attributes); err != nil {
		w.t.Fatal(err)
	}
	return attributes
}
