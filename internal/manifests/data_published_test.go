package manifests

import (
	"fmt"
	"net/netip"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/santhosh-tekuri/jsonschema/v6"
	"go.yaml.in/yaml/v3"
	"pgregory.net/rapid"
)

// checkedElsewhere are the formats that internal/tools/upstream checks with the code of Kubernetes.
var checkedElsewhere = []string{"kubeadm", "flags", "servicecidr", "calico-policy", "cilium-policy", "kube-ovn-policy"}

// publishedTypes are the JSON schemas of all other formats: the part of a published type that a text can use. What a schema does not name
// is refused, and so are empty lists and texts.
func publishedTypes(t *testing.T) map[string]*jsonschema.Schema {
	t.Helper()
	compiler, out := jsonschema.NewCompiler(), map[string]*jsonschema.Schema{}
	compiler.AssertFormat()
	compiler.RegisterFormat(&jsonschema.Format{Name: "cidr", Validate: func(v any) error {
		_, err := netip.ParsePrefix(fmt.Sprint(v))
		return err
	}})
	for _, name := range Formats() {
		if slices.Contains(checkedElsewhere, name) {
			continue
		}
		text, err := os.ReadFile(filepath.Join("testdata", "published", name+".yaml"))
		if err != nil {
			t.Fatal(err)
		}
		document := map[string]any{}
		if err := yaml.Unmarshal(text, &document); err != nil || !strings.HasPrefix(fmt.Sprint(document["source"]), "https://") {
			t.Fatalf("%s: source %q, %v", name, document["source"], err)
		}
		if err := compiler.AddResource(name+".json", closed(document)); err != nil {
			t.Fatal(err)
		}
		if out[name], err = compiler.Compile(name + ".json"); err != nil {
			t.Fatal(err)
		}
	}
	return out
}

// closed is a schema that also refuses properties without a name in it, and empty lists and texts.
func closed(schema any) any {
	all, is := schema.(map[string]any)
	if !is {
		return schema
	}
	out := map[string]any{}
	for key, inner := range all {
		out[key] = inner
	}
	switch all["type"] {
	case "object":
		properties, named := map[string]any{}, all["properties"].(map[string]any)
		for name, inner := range named {
			properties[name] = closed(inner)
		}
		out["properties"], out["additionalProperties"] = properties, false
	case "array":
		out["items"], out["minItems"] = closed(all["items"]), 1
	case "string":
		out["minLength"] = 1
	}
	return out
}

// All texts are of the types that their tools publish.
func TestTextsAreOfThePublishedTypes(t *testing.T) {
	types := publishedTypes(t)
	rapid.Check(t, func(t *rapid.T) {
		a := anyAllocation(t)
		routed := rapid.Bool().Draw(t, "routed")
		for name, of := range types {
			o := Options{}
			if f := formats[slices.Index(Formats(), name)]; slices.Contains(f.options, RoutedOption) {
				o.Routed = routed
			}
			text, problem := Write(name, a, o)
			if problem != nil {
				continue // TestAllFormatsAgreeWithTheAllocation counts these
			}
			for _, document := range parsed(t, text) {
				if err := of.Validate(document); err != nil {
					t.Fatalf("%v\n%s", err, text)
				}
			}
		}
	})
}

// The types refuse a name or a value that is not theirs, at any place of a text.
func TestPublishedTypesRefuseWrongTexts(t *testing.T) {
	for name, of := range publishedTypes(t) {
		lines := strings.SplitAfter(written(t, name, expressible(name, dualStack), Options{}), "\n")
		changed := 0
		for i, line := range lines {
			key := strings.TrimLeft(line, " -\"")
			if !strings.Contains(key, ":") || strings.HasPrefix(key, "fd00") {
				continue
			}
			changed++
			bad := slices.Clone(lines)
			bad[i] = strings.Replace(line, key, "x"+key, 1)
			refused := false
			for _, document := range parsed(t, strings.Join(bad, "")) {
				refused = refused || of.Validate(document) != nil
			}
			if !refused {
				t.Errorf("%s: the line %q is accepted", name, bad[i])
			}
		}
		if changed < 4 {
			t.Errorf("%s: %d lines were changed", name, changed)
		}
	}
}
