package values

import (
	"github.com/cidrplan/terraform-provider-cidrplan/internal/topology"
)

// Word reads one of a few words. Nothing at all is not one of them, and leaving the argument out is said otherwise.
func (n *Node) Word(name string) string {
	if v, ok := n.value(name); ok && TextOf(v) == "" {
		at := n.At.Attr(name)
		n.Faults = append(n.Faults, topology.Fault{
			At: at, Problem: topology.Empty{Reason: topology.ValueEmpty{}},
			Options: []topology.Option{topology.OptionOf(topology.Remove(at))},
		})
		n.Unknown = append(n.Unknown, name) // reported already
	}
	return n.Text(name)
}
