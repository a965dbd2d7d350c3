package messages

import (
	"strings"
	"testing"

	"github.com/cidrplan/terraform-provider-cidrplan/internal/conflict"
)

// An option with new entries of a map shows a line to copy, and says where the line belongs if that is declare.
func TestNewEntriesOfAMapCanBeCopied(t *testing.T) {
	entry := func(at string, in conflict.Resource) conflict.Edit {
		return conflict.Edit{In: in, At: pathOf(at), Do: conflict.Set{Values: []any{conflict.Entry{Attr: "cidr", Value: "10.0.0.0/16"}}}}
	}
	here := conflict.Resource{}
	there := conflict.Resource{Origin: conflict.Origin{Kind: conflict.Blocks, Name: "net"}}
	for name, test := range map[string]struct {
		edits    []conflict.Edit
		declared map[string]bool
		want     string
	}{
		"an argument of its own": {
			[]conflict.Edit{entry(`reserved["a"]`, here)}, nil,
			`reserved = { "a" = { cidr = "10.0.0.0/16" } }`,
		},
		"an argument in declare": {
			[]conflict.Edit{entry(`reserved["a"]`, here)}, map[string]bool{"reserved": true},
			`in declare, reserved = { "a" = { cidr = "10.0.0.0/16" } }`,
		},
		"two entries of an argument in declare": {
			[]conflict.Edit{entry(`reserved["a"]`, here), entry(`reserved["b"]`, here)}, map[string]bool{"reserved": true},
			`in declare, reserved = { "a" = { cidr = "10.0.0.0/16" }, "b" = { cidr = "10.0.0.0/16" } }`,
		},
		"another argument in declare": {
			[]conflict.Edit{entry(`reserved["a"]`, here)}, map[string]bool{"vpcs": true},
			`reserved = { "a" = { cidr = "10.0.0.0/16" } }`,
		},
		"another resource": {
			[]conflict.Edit{entry(`reserved["a"]`, there)}, map[string]bool{"reserved": true},
			`in cidrplan_blocks "net", reserved = { "a" = { cidr = "10.0.0.0/16" } }`,
		},
		"declare of another resource": {
			[]conflict.Edit{entry(`declare.reserved["a"]`, there)}, nil,
			`in declare of cidrplan_blocks "net", reserved = { "a" = { cidr = "10.0.0.0/16" } }`,
		},
		"a new entry and a list in declare": {
			[]conflict.Edit{
				entry(`reserved["a"]`, here), {At: pathOf(`vpcs["a"].peers`), Do: conflict.Take{Name: "b"}},
			},
			map[string]bool{"reserved": true, "vpcs": true},
			`in declare, reserved = { "a" = { cidr = "10.0.0.0/16" } }; remove "b" from declare.vpcs["a"].peers`,
		},
	} {
		t.Run(name, func(t *testing.T) {
			p := Writer{}.From(test.declared)
			_, got, _ := strings.Cut(OptionText(p.placeOption(conflict.Option{Edits: test.edits})), ": ")
			if got != test.want {
				t.Errorf("got  %s\nwant %s", got, test.want)
			}
		})
	}
}
