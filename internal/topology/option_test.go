package topology_test

import (
	"net/netip"
	"reflect"
	"slices"
	"strings"
	"testing"

	"github.com/cidrplan/terraform-provider-cidrplan/internal/topology"
)

func TestOptionsAreRightAlwaysOrOfAKind(t *testing.T) {
	edits := []topology.Edit{topology.Remove(here), topology.Set(here, 1)}
	if got, want := topology.OptionOf(edits...), (topology.Option{Edits: edits}); !reflect.DeepEqual(got, want) {
		t.Errorf("got %+v, want %+v", got, want)
	}
	want := topology.Option{Kind: topology.ReleasedUnused, Edits: edits}
	if got := topology.OptionWhen(topology.ReleasedUnused, edits...); !reflect.DeepEqual(got, want) {
		t.Errorf("got %+v, want %+v", got, want)
	}
}

func TestTextsOfRanges(t *testing.T) {
	tests := map[string]struct {
		ranges []netip.Prefix
		want   []string
	}{
		"none is an empty list": {nil, []string{}},
		"two families":          {prefixes("10.0.0.0/16", "fd00::/64"), []string{"10.0.0.0/16", "fd00::/64"}},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			if got := topology.Texts(test.ranges); !reflect.DeepEqual(got, test.want) {
				t.Errorf("got %q, want %q", got, test.want)
			}
		})
	}
}

func TestAnOptionHasEachEditOnce(t *testing.T) {
	there := topology.Resource{Origin: topology.Origin{Kind: "blocks", Name: "net"}}
	tests := map[string]struct {
		edits []topology.Edit
		want  []string
	}{
		"two arguments": {
			[]topology.Edit{topology.Set(here, 1), topology.Remove(here.Attr("name"))},
			[]string{"set it = 1", "remove it.name"},
		},
		"an argument that gets two values": {[]topology.Edit{topology.Set(here, 1), topology.Set(here, 2)}, []string{"set it = 1"}},
		"two elements of a list": {
			[]topology.Edit{topology.Add(here, "a"), topology.Add(here, "b")},
			[]string{"add it = a", "add it = b"},
		},
		"an element of a list twice": {
			[]topology.Edit{topology.RemoveFrom(here, "a"), topology.RemoveFrom(here, "a")},
			[]string{"remove from it = a"},
		},
		"arguments of two resources": {
			[]topology.Edit{topology.Set(here, 1), topology.Set(here, 2).Within(there)},
			[]string{"set it = 1", "set it = 2"},
		},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			var o topology.Option
			for _, e := range test.edits {
				o.Add(e)
			}
			if got := optionTexts([]topology.Option{o}); !slices.Equal(got, []string{strings.Join(test.want, "; ")}) {
				t.Errorf("got %q, want %q", got, test.want)
			}
		})
	}
}

func TestEditsThatAreAddedLeaveCopiesOfAnOptionAlone(t *testing.T) {
	o := topology.OptionOf(make([]topology.Edit, 0, 4)...)
	o.Add(topology.Set(here, 1))
	one, other := o, o
	one.Add(topology.Remove(here.Attr("a")))
	other.Add(topology.Remove(here.Attr("b")))
	if got := optionTexts([]topology.Option{o, one, other}); !slices.Equal(
		got, []string{"set it = 1", "set it = 1; remove it.a", "set it = 1; remove it.b"},
	) {
		t.Errorf("got %q", got)
	}
}

func TestAnOptionWithinAResource(t *testing.T) {
	there := topology.Resource{Origin: topology.Origin{Kind: "blocks", Name: "net"}, OtherWorkspace: true}
	o := topology.OptionOf(topology.Set(here, 1), topology.Remove(here))
	within := o.Within(there)
	if within.Edits[0].In != there || within.Edits[1].In != there {
		t.Errorf("the edits are %+v", within.Edits)
	}
	if o.Edits[0].In != (topology.Resource{}) {
		t.Error("the option itself was changed")
	}
}
