package provider

import (
	"github.com/cidrplan/terraform-provider-cidrplan/internal/topology"
)

// word reads one of a few words. Nothing at all is not one of them, and leaving the argument out is said otherwise.
func (n *node) word(name string) string {
	if v, ok := n.value(name); ok && textOf(v) == "" {
		at := n.at.Attr(name)
		n.faults = append(n.faults, topology.Fault{
			At: at, Problem: topology.Empty{Why: "the value is empty. An argument without a value is left out, or null"},
			Options: []topology.Option{topology.OptionOf(topology.Remove(at))},
		})
		n.unknown = append(n.unknown, name) // reported already
	}
	return n.text(name)
}
