package messages

import (
	"strings"
	"testing"

	"github.com/cidrplan/terraform-provider-cidrplan/internal/conflict"
	"github.com/cidrplan/terraform-provider-cidrplan/internal/topology"
)

// An option with new entries of a map shows a line to copy, and says where the line belongs if that is declare.
func TestNewEntriesOfAMapCanBeCopied(t *testing.T) {
	entry := func(at string, in topology.Resource) topology.Edit {
		return topology.Set(pathOf(at), topology.Entry{Attr: "cidr", Value: "10.0.0.0/16"}).Within(in)
	}
	here := topology.Resource{}
	there := topology.Resource{Origin: topology.Origin{Kind: conflict.Blocks, Name: "net"}}
	for name, test := range map[string]struct {
		edits    []topology.Edit
		declared map[string]bool
		want     string
	}{
		"an argument of its own": {
			[]topology.Edit{entry(`reserved["a"]`, here)}, nil,
			`reserved = { "a" = { cidr = "10.0.0.0/16" } }`,
		},
		"an argument in declare": {
			[]topology.Edit{entry(`reserved["a"]`, here)}, map[string]bool{"reserved": true},
			`in declare, reserved = { "a" = { cidr = "10.0.0.0/16" } }`,
		},
		"two entries of an argument in declare": {
			[]topology.Edit{entry(`reserved["a"]`, here), entry(`reserved["b"]`, here)}, map[string]bool{"reserved": true},
			`in declare, reserved = { "a" = { cidr = "10.0.0.0/16" }, "b" = { cidr = "10.0.0.0/16" } }`,
		},
		"another argument in declare": {
			[]topology.Edit{entry(`reserved["a"]`, here)}, map[string]bool{"vpcs": true},
			`reserved = { "a" = { cidr = "10.0.0.0/16" } }`,
		},
		"another resource": {
			[]topology.Edit{entry(`reserved["a"]`, there)}, map[string]bool{"reserved": true},
			`in cidrplan_blocks "net", reserved = { "a" = { cidr = "10.0.0.0/16" } }`,
		},
		"declare of another resource": {
			[]topology.Edit{entry(`declare.reserved["a"]`, there)}, nil,
			`in declare of cidrplan_blocks "net", reserved = { "a" = { cidr = "10.0.0.0/16" } }`,
		},
		"a new entry and a list in declare": {
			[]topology.Edit{entry(`reserved["a"]`, here), topology.RemoveFrom(pathOf(`vpcs["a"].peers`), "b")},
			map[string]bool{"reserved": true, "vpcs": true},
			`in declare, reserved = { "a" = { cidr = "10.0.0.0/16" } }; remove "b" from declare.vpcs["a"].peers`,
		},
	} {
		t.Run(name, func(t *testing.T) {
			p := Writer{}.From(test.declared)
			_, got, _ := strings.Cut(OptionText(p.placeOption(topology.Option{Edits: test.edits})), ": ")
			if got != test.want {
				t.Errorf("got  %s\nwant %s", got, test.want)
			}
		})
	}
}

// The title of an option says where its edits lead, and whose turn it is.
func TestTitlesOfOptions(t *testing.T) {
	set := topology.Set(pathOf("a"), 1)
	net := topology.Origin{Kind: conflict.Blocks, Name: "net"}
	there := set.Within(topology.Resource{Origin: net, OtherWorkspace: true})
	for want, o := range map[string]topology.Option{
		"Use another range: set a = 1": {Kind: conflict.AnyRange, Edits: []topology.Edit{set}},
		"Use another range (this rebuilds what uses the old ranges): set a = 1": {
			Kind: conflict.AnyRange, Edits: []topology.Edit{set}, Rebuilds: true,
		},
		`If the route leads to network "idc": set a = 1`: {
			Kind: conflict.LeadsTo, Subject: "idc", Edits: []topology.Edit{set},
		},
		`Use another range (after the apply there, update foreign_claims): in the workspace of cidrplan_blocks "net", set a = 1`: {
			Kind: conflict.AnyRange, Edits: []topology.Edit{there},
		},
		"Use another range (after the apply there, update foreign_claims): in the workspace that has it, set a = 1": {
			Kind: conflict.AnyRange, Edits: []topology.Edit{set.Within(topology.Resource{OtherWorkspace: true})},
		},
		`Use another range: in cidrplan_blocks "net", set a = 1`: {
			Kind: conflict.AnyRange, Edits: []topology.Edit{set.Within(topology.Resource{Origin: net})},
		},
	} {
		if got := OptionText(o); got != want {
			t.Errorf("got  %s\nwant %s", got, want)
		}
	}
}
