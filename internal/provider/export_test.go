package provider

import (
	"encoding/json"
	"maps"
	"testing"

	"github.com/hashicorp/terraform-plugin-go/tftypes"

	"github.com/cidrplan/terraform-provider-cidrplan/internal/messages"
	"github.com/cidrplan/terraform-provider-cidrplan/internal/profile"
	"github.com/cidrplan/terraform-provider-cidrplan/internal/values"
)

// RuleStories and BlockStories are configurations that break one rule each, for tests that plan them.
var RuleStories, BlockStories = ruleStories, blockStories

// WantWritten compares a text with a file, or writes it.
var WantWritten = wantWritten

// Looked is what a function answers of a resource, both as `terraform show -json` has them. The resource is wholly known.
func Looked(t *testing.T, function string, resource map[string]any) any {
	t.Helper()
	p := messages.Writer{Catalog: profile.Default()}
	for _, l := range []*resourceFunction{newClaimsFunction(p), newLockFunction(p), newRequiredRoutesFunction(p)} {
		if l.name != function {
			continue
		}
		d := allocatorKind(p.Catalog)
		if resource["cidrs"] != nil {
			d = blocksKind(p.Catalog)
		}
		all, contents := d.arguments.With(d.resourceArguments).With(d.results).With(d.resourceResults).With(id), maps.Clone(resource)
		maps.DeleteFunc(contents, func(name string, _ any) bool { _, has := all[name]; return !has }) // as an upgrade drops them
		text, err := json.Marshal(contents)
		if err != nil {
			t.Fatal(err)
		}
		whole, err := tftypes.ValueFromJSON(text, all.Type()) //nolint:staticcheck // values of a test, not of a provider
		if err != nil {
			t.Fatal(err)
		}
		answer, err := l.look(whole)
		if err != nil {
			t.Fatal(err)
		}
		shown, err := json.Marshal(AsJSON(answer))
		if err != nil {
			t.Fatal(err)
		}
		var decoded any
		if err := json.Unmarshal(shown, &decoded); err != nil {
			t.Fatal(err)
		}
		return decoded
	}
	t.Fatalf("there is no function %q", function)
	return nil
}

// AsJSON is a value as `terraform show -json` has it: members that are not known are left out.
func AsJSON(v tftypes.Value) any {
	if v.IsNull() || !v.IsKnown() {
		return nil
	}
	if all, ok := values.Members(v); ok {
		out := map[string]any{}
		for key, e := range all {
			if e.IsKnown() {
				out[key] = AsJSON(e)
			}
		}
		return out
	}
	if list, ok := values.Elements(v); ok {
		out := []any{}
		for _, e := range list {
			out = append(out, AsJSON(e))
		}
		return out
	}
	switch {
	case values.IsA(v, tftypes.Bool):
		return values.FlagOf(v)
	case values.IsA(v, tftypes.Number):
		return json.Number(values.NumberOf(v).Text('f', -1))
	}
	return values.TextOf(v)
}
