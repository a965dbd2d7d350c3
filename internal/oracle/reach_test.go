package oracle

import (
	"slices"
	"testing"
)

func TestGraphOfASmallDrawing(t *testing.T) {
	g := Graph{
		"a":    {Hubs: []string{"h2", "h1"}},
		"b":    {Hubs: []string{"h1", "h2", "h1"}, Peers: []string{"c"}},
		"c":    {},
		"d":    {Peers: []string{"c"}},
		"e":    {},
		"far":  {VRF: "blue", Hubs: []string{"h1"}},
		"near": {VRF: "blue", Hubs: []string{"h1"}, Peers: []string{"a"}},
	}
	tests := map[string]struct {
		a, b    string
		word    string
		through []string
	}{
		"itself":                       {"a", "a", "same", nil},
		"on two hubs":                  {"a", "b", "direct", []string{"h1", "h2"}},
		"a peer":                       {"b", "c", "direct", nil},
		"named by the other as a peer": {"c", "d", "direct", nil},
		"a third reaches both":         {"a", "c", "third", []string{"b"}},
		"no further than one third":    {"a", "d", "apart", nil},
		"connected to nothing":         {"a", "e", "apart", nil},
		"another VRF on the hub":       {"a", "far", "apart", nil},
		"another VRF as a peer":        {"a", "near", "apart", nil},
		"one other VRF":                {"far", "near", "direct", []string{"h1"}},
		"not declared":                 {"a", "x", "apart", nil},
		"nor itself":                   {"x", "x", "apart", nil},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			for _, pair := range [][2]string{{test.a, test.b}, {test.b, test.a}} {
				if word, through := g.Between(pair[0], pair[1]); word != test.word || !slices.Equal(through, test.through) {
					t.Errorf("Between%q: got %s through %v, want %s through %v", pair, word, through, test.word, test.through)
				}
			}
		})
	}
}
