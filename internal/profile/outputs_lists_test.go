package profile_test

import (
	"maps"
	"slices"
	"testing"

	"github.com/cidrplan/terraform-provider-cidrplan/internal/profile"
)

// A list is text in an allocation and elements in Terraform: one is made of the other and back.
func TestListsAreTextAndElements(t *testing.T) {
	tests := map[string]struct {
		fields []string
		text   string
		want   []map[string]string
	}{
		"one text":   {nil, "IPv4", []map[string]string{{"": "IPv4"}}},
		"several":    {nil, "IPv4,IPv6", []map[string]string{{"": "IPv4"}, {"": "IPv6"}}},
		"one object": {[]string{"name", "range"}, "pods=10.0.0.0/16", []map[string]string{{"name": "pods", "range": "10.0.0.0/16"}}},
		"two in order": {
			[]string{"name", "range"}, "b=1,a=2", []map[string]string{{"name": "b", "range": "1"}, {"name": "a", "range": "2"}},
		},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			a := profile.OutputAttribute{Type: "list", Fields: test.fields}
			if got := a.Elements(test.text); !slices.EqualFunc(got, test.want, maps.Equal) {
				t.Errorf("got %v, want %v", got, test.want)
			}
			if got := a.Joined(test.want); got != test.text {
				t.Errorf("joined %q, want %q", got, test.text)
			}
		})
	}
	named := profile.OutputAttribute{Type: "list", Fields: []string{"name", "range"}}
	if got := named.Elements("pods"); len(got) != 1 || !maps.Equal(got[0], map[string]string{"name": "pods"}) {
		t.Errorf("an element without its last field is %v", got)
	}
	if got := (profile.OutputAttribute{Type: "list"}).Joined(nil); got != "" {
		t.Errorf("no elements are %q", got)
	}
}

// What does not go together in an output is refused when the data is loaded.
func TestLoadRefusesOutputsThatDoNotFit(t *testing.T) {
	const fitting = "mask: {type: number, value: node_mask,"
	tests := map[string]unsound{}
	for name, attribute := range map[string]string{
		"a word without a use":     "mask: {type: string, value: pod_cidr, word: dual,",
		"a use without a word":     "mask: {type: string, value: dual_word,",
		"a range of no use":        "mask: {type: string, value: other_range,",
		"a use of another value":   "mask: {type: string, value: pod_cidr, use: join,",
		"fields of a text":         "mask: {type: string, value: pod_cidr, fields: [name],",
		"a type that is none":      "mask: {type: tuple, value: pod_cidr,",
		"a value that nobody made": "mask: {type: list, value: invented,",
	} {
		tests[name] = unsound{"fictitious-one.yaml", fitting, attribute, "output cluster.mask has the unknown value"}
	}
	refusesEach(t, fictitiousOneFiles(t), tests)
}
