package allocate

import (
	"slices"
	"testing"

	"github.com/cidrplan/terraform-provider-cidrplan/internal/topology"
)

func TestUnknownFactsOfBlocks(t *testing.T) {
	known := applied(t, blocks(ofLength("a", 24)))
	unknown := func(attributes ...string) func(*topology.Block) {
		return func(b *topology.Block) { b.Unknown = attributes }
	}
	tests := map[string]struct {
		r        Request
		want     map[string]string
		deferred []string
		unknown  []string
	}{
		"a supernet defers what is new and keeps what is held": {
			edited(
				known, ofLength("b", 24), func(r *Request) { r.Unknown = topology.Unknown{"supernets"} },
			), map[string]string{"a": "10.0.0.0/24"}, []string{"b"}, []string{"supernets"},
		},
		"a pin defers all that is new": {
			edited(
				known, ofLength("b", 24), block("c", topology.Block{}, unknown("cidr")),
			), map[string]string{"a": "10.0.0.0/24"}, []string{"b", "c"}, []string{`blocks["c"].cidr`},
		},
		"a size defers": {
			blocks(ofLength("b", 24), block("c", topology.Block{}, unknown("addresses"))),
			map[string]string{},
			[]string{"b", "c"},
			[]string{`blocks["c"].addresses`},
		},
		"a description does not": {
			blocks(ofLength("b", 24, unknown("description", "labels"))),
			map[string]string{"b": "10.0.0.0/24"},
			nil,
			nil,
		},
		"a platform where the length is given does not": {
			blocks(ofLength("b", 24, unknown("platform"))),
			map[string]string{"b": "10.0.0.0/24"},
			nil,
			nil,
		},
		"a platform where addresses are defers": {
			blocks(block("b", topology.Block{Addresses: 9}, unknown("platform"))),
			map[string]string{},
			[]string{"b"},
			[]string{`blocks["b"].platform`},
		},
		"the family of a pin does not": {
			blocks(
				ofLength("b", 24),
				block("c", topology.Block{CIDR: prefix("10.0.9.0/24")}, unknown("ip_family")),
			), map[string]string{"b": "10.0.8.0/24", "c": "10.0.9.0/24"}, nil, nil,
		},
		"a pin is known beside what is deferred": {
			blocks(
				ofLength("b", 24), block("c", topology.Block{CIDR: prefix("10.0.9.0/24")}, unknown("ip_family")),
				func(r *Request) { r.Unknown = topology.Unknown{"supernets"} },
			),
			map[string]string{"c": "10.0.9.0/24"}, []string{"b"}, []string{"supernets"},
		},
		"the size of what is held does not": {
			edited(
				known, ofLength("b", 24), block("a", topology.Block{}, unknown("addresses", "platform")),
			), map[string]string{"a": "10.0.0.0/24", "b": "10.0.1.0/24"}, nil, nil,
		},
		"unless it is renumbered": {
			edited(
				known, ofLength("b", 24), block("a", topology.Block{}, unknown("addresses")), renumber("a", "1"),
			), map[string]string{}, []string{"a", "b"}, []string{`blocks["a"].addresses`},
		},
		"all blocks": {
			edited(known, func(r *Request) { r.Facts.Blocks, r.Facts.Unknown = nil, topology.Unknown{"blocks"} }),
			map[string]string{},
			nil,
			[]string{"blocks"},
		},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			got := planned(t, test.r)
			wantBlocks(t, got, test.want)
			var unknown []string
			for _, at := range got.Unknown {
				unknown = append(unknown, at.String())
			}
			if !slices.Equal(got.Deferred, test.deferred) || !slices.Equal(unknown, test.unknown) {
				t.Errorf("deferred %v, unknown %v", got.Deferred, unknown)
			}
		})
	}
}
