package oracle

import (
	"fmt"
	"net/netip"
	"slices"
	"testing"
)

func ranges(texts ...string) (list []netip.Prefix) {
	for _, text := range texts {
		list = append(list, netip.MustParsePrefix(text))
	}
	return list
}

func TestAtlasOfSmallRanges(t *testing.T) {
	big, left, right := ranges("10.0.0.0/28"), ranges("10.0.0.0/29"), ranges("10.0.0.8/29")
	on := func(hubs []string, peers ...string) Vertex { return Vertex{Hubs: hubs, Peers: peers} }
	block, sub, same, unknown := []string{"block"}, []string{"sub"}, []string{"same"}, []string{"unknown"}
	tests := map[string]struct {
		lands map[string]Land
		want  []string
	}{
		"blocks on a hub that compares blocks": {
			map[string]Land{"a": {Vertex: on(block), Blocks: big}, "b": {Vertex: on(block), Blocks: left}},
			[]string{"a 10.0.0.0/28 b 10.0.0.0/29 over [block] at []"},
		},
		"side by side": {
			map[string]Land{"a": {Vertex: on(block), Blocks: left}, "b": {Vertex: on(block), Blocks: right}},
			nil,
		},
		"subnets do not matter there": {
			map[string]Land{"a": {Vertex: on(block), Blocks: left, Subnets: big}, "b": {Vertex: on(block), Blocks: right, Subnets: big}},
			nil,
		},
		"the same block by subnets": {
			map[string]Land{"a": {Vertex: on(sub), Blocks: big, Subnets: left}, "b": {Vertex: on(sub), Blocks: big, Subnets: right}},
			nil,
		},
		"the same subnet": {
			map[string]Land{"a": {Vertex: on(sub), Blocks: big, Subnets: left}, "b": {Vertex: on(sub), Blocks: big, Subnets: left}},
			[]string{"a subnet 10.0.0.0/29 b subnet 10.0.0.0/29 over [sub] at []"},
		},
		"a land without subnets has its blocks": {
			map[string]Land{"a": {Vertex: on(sub), Blocks: big}, "b": {Vertex: on(sub), Blocks: big, Subnets: right}},
			[]string{"a 10.0.0.0/28 b subnet 10.0.0.8/29 over [sub] at []"},
		},
		"a site by subnets": {
			map[string]Land{"a": {Vertex: on(sub), Site: true, Blocks: left}, "b": {Vertex: on(sub), Blocks: big, Subnets: right}},
			[]string{"a 10.0.0.0/29 b 10.0.0.0/28 over [sub] at []"},
		},
		"a part of a block where only same blocks": {
			map[string]Land{"a": {Vertex: on(same), Blocks: big}, "b": {Vertex: on(same), Blocks: left}},
			nil,
		},
		"the same block there": {
			map[string]Land{"a": {Vertex: on(same), Blocks: left}, "b": {Vertex: on(same), Blocks: left}},
			[]string{"a 10.0.0.0/29 b 10.0.0.0/29 over [same] at []"},
		},
		"a part of a site's block there": {
			map[string]Land{"a": {Vertex: on(same), Blocks: big}, "b": {Vertex: on(same), Site: true, Blocks: left}},
			[]string{"a 10.0.0.0/28 b 10.0.0.0/29 over [same] at []"},
		},
		"a peering beside it": {
			map[string]Land{"a": {Vertex: on(same, "b"), Blocks: big}, "b": {Vertex: on(same), Blocks: left}},
			[]string{"a 10.0.0.0/28 b 10.0.0.0/29 over [] at []"},
		},
		"a peering and two hubs": {
			map[string]Land{
				"a": {Vertex: on([]string{"same", "block"}, "b"), Blocks: big},
				"b": {Vertex: on([]string{"block", "same"}), Blocks: big},
			},
			[]string{"a 10.0.0.0/28 b 10.0.0.0/28 over [ block same] at []"},
		},
		"a hub that is not known": {
			map[string]Land{"a": {Vertex: on(unknown), Blocks: big}, "b": {Vertex: on(unknown), Blocks: big}},
			nil,
		},
		"nor with a site": {
			map[string]Land{"a": {Vertex: on(unknown), Blocks: big}, "b": {Vertex: on(unknown), Site: true, Blocks: big}},
			nil,
		},
		"at a third": {
			map[string]Land{
				"a": {Vertex: on(sub), Blocks: big, Subnets: left},
				"b": {Vertex: on(block), Blocks: big},
				"c": {Vertex: on([]string{"sub", "block"})},
			},
			[]string{"a 10.0.0.0/28 b 10.0.0.0/28 over [] at [c]"},
		},
		"another VRF": {
			map[string]Land{"a": {Vertex: on(block), Blocks: big}, "b": {Vertex: Vertex{VRF: "blue", Hubs: block}, Blocks: big}},
			nil,
		},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			var got []string
			for pair, meeting := range (Atlas{
				Lands:    test.lands,
				Compares: map[string]string{"block": "blocks", "sub": "subnets", "same": "identical", "unknown": "unknown"},
			}).Meetings() {
				line := ""
				for _, p := range pair {
					line += p.Land + " "
					if p.Subnet {
						line += "subnet "
					}
					line += p.Range.String() + " "
				}
				got = append(got, line+fmt.Sprintf("over %v at %v", meeting.Ways, meeting.Thirds))
			}
			slices.Sort(got)
			if !slices.Equal(got, test.want) {
				t.Errorf("got %q, want %q", got, test.want)
			}
		})
	}
}
