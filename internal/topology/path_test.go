package topology_test

import (
	"testing"

	"github.com/cidrplan/terraform-provider-cidrplan/internal/topology"
)

func TestPathReadsAsTerraformWritesIt(t *testing.T) {
	root := topology.Path{}
	tests := map[string]struct {
		path topology.Path
		want string
	}{
		"the root":                       {root, ""},
		"an attribute":                   {root.Attr("name"), "name"},
		"an attribute of an attribute":   {root.Attr("a").Attr("b"), "a.b"},
		"an element of a map":            {root.Attr("vpcs").Key("prod"), `vpcs["prod"]`},
		"an element of a list":           {root.Attr("supernets").At(0), "supernets[0]"},
		"far down":                       {root.Attr("vpcs").Key("prod").Attr("cidr_blocks").At(11), `vpcs["prod"].cidr_blocks[11]`},
		"a key with quotes":              {root.Attr("vpcs").Key(`a"b`), `vpcs["a\"b"]`},
		"an empty key":                   {root.Attr("vpcs").Key(""), `vpcs[""]`},
		"an index at the root":           {root.At(2), "[2]"},
		"another name of an attribute":   {root.Attr("a").Attr("b").Sibling("c"), "a.c"},
		"another name of a key":          {root.Attr("vpcs").Key("prod").Sibling("test"), `vpcs["test"]`},
		"a key that looks like an index": {root.Attr("routes").Key("0").Attr("destination"), `routes["0"].destination`},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			if got := test.path.String(); got != test.want {
				t.Errorf("got %s, want %s", got, test.want)
			}
		})
	}
}

// Two paths that branch off one parent do not write over each other.
func TestPathsShareNothing(t *testing.T) {
	parent := topology.Path{}.Attr("vpcs").Key("prod").Attr("routes")
	a, b := parent.Key("a"), parent.Key("b")
	if a.String() != `vpcs["prod"].routes["a"]` || b.String() != `vpcs["prod"].routes["b"]` {
		t.Errorf("got %s and %s", a, b)
	}
}
