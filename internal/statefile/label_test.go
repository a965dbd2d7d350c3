package statefile

import (
	"slices"
	"testing"

	"github.com/cidrplan/terraform-provider-cidrplan/internal/clouds"
)

func TestKeysOfIDs(t *testing.T) {
	id := func(text string) clouds.Known[string] { return clouds.Known[string]{Value: text} }
	later := clouds.Known[string]{Value: "vpc-a", AfterApply: true}
	keys := map[string]string{"vpc-a": "prod", "vpc-b": "test"}
	for name, test := range map[string]struct {
		refs  clouds.Refs
		first string
		all   []string
	}{
		"each has a key":                {clouds.Refs{id("vpc-b"), id("vpc-a")}, "test", []string{"test", "prod"}},
		"one has none":                  {clouds.Refs{id("vpc-c"), id("vpc-a")}, "prod", nil},
		"one is known only after apply": {clouds.Refs{later, id("vpc-b")}, "test", nil},
		"there are no IDs":              {nil, "", nil},
		"none has a key":                {clouds.Refs{id("vpc-c")}, "", nil},
		"an ID is there twice":          {clouds.Refs{id("vpc-a"), id("vpc-a")}, "prod", []string{"prod", "prod"}},
	} {
		if got := named(test.refs, keys); got != test.first {
			t.Errorf("%s: named gives %q, want %q", name, got, test.first)
		}
		if got := allNamed(test.refs, keys); !slices.Equal(got, test.all) {
			t.Errorf("%s: allNamed gives %q, want %q", name, got, test.all)
		}
	}
}
