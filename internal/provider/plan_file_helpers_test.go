package provider_test

import (
	"archive/zip"
	"encoding/binary"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"path/filepath"
	"regexp"
	"slices"
	"testing"

	"github.com/hashicorp/terraform-plugin-go/tftypes"

	"github.com/cidrplan/terraform-provider-cidrplan/internal/provider"
)

// planJSON is the part of what `terraform show -json` prints of a plan in a file of the workspace that the tests read: the changes of
// resources and outputs. It is read from the file, which costs no run of Terraform, unless there are resources of another provider.
func (w *workspace) planJSON(file string) string {
	w.t.Helper()
	var plan struct {
		Resources []planFileChange           `json:"resource_changes"`
		Outputs   map[string]planFileContent `json:"output_changes"`
	}
	plan.Outputs = map[string]planFileContent{}
	for _, field := range planFields(w.t, filepath.Join(w.dir, file)) {
		switch field.number {
		case 3:
			one := fieldsOf(w.t, field.content)
			address := string(one.last(13))
			typ, known := typeAt(w.t, address)
			if !known {
				return w.run("show", "-json", file)
			}
			name := addressOfType.FindStringSubmatch(address)[2]
			plan.Resources = append(plan.Resources, planFileChange{address, name, planChangeOf(w.t, one.last(9), typ)})
		case 4:
			one := fieldsOf(w.t, field.content)
			plan.Outputs[string(one.last(1))] = planChangeOf(w.t, one.last(2), tftypes.DynamicPseudoType)
		}
	}
	text, err := json.Marshal(map[string]any{
		"format_version": "1.2", "resource_changes": plan.Resources, "output_changes": plan.Outputs,
	})
	if err != nil {
		w.t.Fatal(err)
	}
	return string(text)
}

type planFileChange struct {
	Address string          `json:"address"`
	Type    string          `json:"type"`
	Change  planFileContent `json:"change"`
}

type planFileContent struct {
	Actions      []string `json:"actions"`
	Before       any      `json:"before"`
	After        any      `json:"after"`
	AfterUnknown any      `json:"after_unknown"`
}

// planActions are the numbers of actions in a plan file, with their names and the places of the values before and after; -1 is none.
var planActions = map[uint64]struct {
	names         []string
	before, after int
}{
	0: {[]string{"no-op"}, 0, 0},
	1: {[]string{"create"}, -1, 0},
	2: {[]string{"read"}, 0, 1},
	3: {[]string{"update"}, 0, 1},
	5: {[]string{"delete"}, 0, -1},
	6: {[]string{"delete", "create"}, 0, 1},
	7: {[]string{"create", "delete"}, 0, 1},
	8: {[]string{"forget"}, 0, -1},
}

// planChangeOf reads a change, of which the values have a type.
func planChangeOf(t *testing.T, content []byte, typ tftypes.Type) planFileContent {
	t.Helper()
	fields := fieldsOf(t, content)
	var number uint64 // a field that is left out is 0
	var all [][]byte
	for _, f := range fields {
		switch f.number {
		case 1:
			number = f.value
		case 2:
			all = append(all, fieldsOf(t, f.content).last(1))
		}
	}
	action, known := planActions[number]
	if !known {
		t.Fatalf("no action has the number %d", number)
	}
	change := planFileContent{Actions: action.names, AfterUnknown: false}
	at := func(i int) tftypes.Value {
		value, err := tftypes.ValueFromMsgPack(all[i], typ) //nolint:staticcheck // values of a test, not of a provider
		if err != nil {
			t.Fatal(err)
		}
		return value
	}
	if action.before >= 0 {
		change.Before = provider.AsJSON(at(action.before))
	}
	if action.after >= 0 {
		after := at(action.after)
		change.After = provider.AsJSON(after)
		if !after.IsFullyKnown() {
			change.AfterUnknown = unknownIn(after)
		}
	}
	return change
}

var addressOfType = regexp.MustCompile(`^(?:module\.[\w-]+(?:\["[^"]*"\]|\[\d+\])?\.)*(data\.)?(\w+)\.[\w-]+(?:\[.*\])?$`)

// typeAt is the type of the values at an address, of our provider and of the one that is part of Terraform.
func typeAt(t *testing.T, address string) (typ tftypes.Type, known bool) {
	t.Helper()
	all, err := schemas()
	if err != nil {
		t.Fatal(err)
	}
	parts := addressOfType.FindStringSubmatch(address)
	if parts == nil {
		t.Fatalf("%s is no address", address)
	}
	of, name := all.ResourceSchemas, parts[2]
	if parts[1] != "" {
		of = all.DataSourceSchemas
	} else if name == "terraform_data" {
		return tftypes.Object{AttributeTypes: map[string]tftypes.Type{
			"id": tftypes.String, "input": tftypes.DynamicPseudoType, "output": tftypes.DynamicPseudoType,
			"triggers_replace": tftypes.DynamicPseudoType,
		}}, true
	}
	if of[name] == nil {
		return nil, false
	}
	return of[name].ValueType(), true
}

// planFields are the fields of a plan file, which is a zip file with a message of protocol buffers.
func planFields(t *testing.T, path string) fields {
	t.Helper()
	packed, err := zip.OpenReader(path)
	if err != nil {
		t.Fatal(err)
	}
	defer packed.Close() //nolint:errcheck // only read
	plan, err := packed.Open("tfplan")
	if err != nil {
		t.Fatal(err)
	}
	text, err := io.ReadAll(plan)
	if err != nil {
		t.Fatal(err)
	}
	return fieldsOf(t, text)
}

// fields are those of one message of protocol buffers, numbers with a value and all others with their content.
type fields []field

type field struct {
	number  uint64
	value   uint64
	content []byte
}

// last is the content of the last field of a number, nil where there is none.
func (f fields) last(number uint64) []byte {
	for _, one := range slices.Backward(f) {
		if one.number == number {
			return one.content
		}
	}
	return nil
}

func fieldsOf(t *testing.T, message []byte) fields {
	t.Helper()
	all, err := parseFields(message)
	if err != nil {
		t.Fatal(err)
	}
	return all
}

func parseFields(message []byte) (all fields, err error) {
	next := func() uint64 {
		n, size := binary.Uvarint(message)
		if size <= 0 {
			err, size = errors.New("the message ends in a number"), len(message)
		}
		message = message[size:]
		return n
	}
	for len(message) > 0 && err == nil {
		key := next()
		f := field{number: key >> 3}
		switch key & 7 {
		case 0:
			f.value = next()
		case 2:
			size := next()
			if size > uint64(len(message)) {
				return nil, fmt.Errorf("field %d is longer than its message", f.number)
			}
			f.content, message = message[:size], message[size:]
		default:
			return nil, fmt.Errorf("field %d is of a kind that plans do not have", f.number)
		}
		all = append(all, f)
	}
	return all, err
}
