package manifests

import (
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"go.yaml.in/yaml/v3"
	"pgregory.net/rapid"
)

// published is the part of a published type that a text can use, in the words of JSON Schema. What it does not name is refused.
type published struct {
	Source     string
	Type       string
	Enum       []string
	Required   []string
	Properties map[string]published
	Items      *published
	// Minimum and Maximum are of integers, 0 for none.
	Minimum, Maximum int
}

// checkedElsewhere are the formats that internal/tools/upstream checks with the code of Kubernetes.
var checkedElsewhere = []string{"kubeadm", "flags", "servicecidr"}

// publishedTypes are those of all other formats.
func publishedTypes(t *testing.T) map[string]published {
	t.Helper()
	out := map[string]published{}
	for _, name := range Formats() {
		if slices.Contains(checkedElsewhere, name) {
			continue
		}
		text, err := os.ReadFile(filepath.Join("testdata", "published", name+".yaml"))
		if err != nil {
			t.Fatal(err)
		}
		p := published{}
		if err := yaml.Unmarshal(text, &p); err != nil || !strings.HasPrefix(p.Source, "https://") {
			t.Fatalf("%s: source %q, %v", name, p.Source, err)
		}
		out[name] = p
	}
	return out
}

// refuses says where a value is not of the type, "" where it is.
func (p published) refuses(at string, v any) string {
	wrong := fmt.Sprintf("%s is %v", at, v)
	if len(p.Enum) > 0 {
		if text, is := v.(string); !is || !slices.Contains(p.Enum, text) {
			return wrong
		}
		return ""
	}
	switch p.Type {
	case "object":
		return p.refusesObject(at, v)
	case "array":
		all, is := v.([]any)
		if !is || len(all) == 0 {
			return wrong
		}
		for i, e := range all {
			if fault := p.Items.refuses(fmt.Sprintf("%s[%d]", at, i), e); fault != "" {
				return fault
			}
		}
		return ""
	case "integer":
		if n, is := v.(int); is && n >= p.Minimum && (p.Maximum == 0 || n <= p.Maximum) {
			return ""
		}
	case "boolean":
		if _, is := v.(bool); is {
			return ""
		}
	case "string":
		if text, is := v.(string); is && text != "" {
			return ""
		}
	}
	return wrong
}

func (p published) refusesObject(at string, v any) string {
	all, is := v.(map[string]any)
	if !is {
		return fmt.Sprintf("%s is %v", at, v)
	}
	for _, name := range p.Required {
		if _, has := all[name]; !has {
			return at + " lacks " + name
		}
	}
	for name, e := range all {
		of, known := p.Properties[name]
		if !known {
			return at + " has " + name
		}
		if fault := of.refuses(at+"."+name, e); fault != "" {
			return fault
		}
	}
	return ""
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
				if fault := of.refuses(name, document); fault != "" {
					t.Fatalf("%s\n%s", fault, text)
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
				refused = refused || of.refuses(name, document) != ""
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
