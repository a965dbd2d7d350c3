package values

import (
	"maps"
	"net/netip"
	"slices"

	"github.com/hashicorp/terraform-plugin-go/tftypes"

	"github.com/cidrplan/terraform-provider-cidrplan/internal/cidr"
	"github.com/cidrplan/terraform-provider-cidrplan/internal/topology"
)

// Reader decodes values of a configuration or state and collects what cannot be read.
type Reader struct{ Faults []topology.Fault }

// Fault adds a problem at a place.
func (r *Reader) Fault(at topology.Path, problem any) {
	r.Faults = append(r.Faults, topology.Fault{At: at, Problem: problem})
}

// Node is an object being read. Its methods note attributes that are unknown in whole or in
// part; null, unknown and unreadable values read as the zero value, so that lists keep their
// indices.
type Node struct {
	*Reader
	At      topology.Path
	attrs   map[string]tftypes.Value
	Unknown topology.Unknown
}

// Root starts to read an object at a place.
func (r *Reader) Root(v tftypes.Value, at topology.Path) *Node {
	n := r.Attributes(AttributesOf(v), at)
	if !v.IsKnown() {
		n.Unknown = topology.Unknown{topology.Everything}
	}
	return n
}

// Attributes starts to read the attributes of an object at a place.
func (r *Reader) Attributes(all map[string]tftypes.Value, at topology.Path) *Node {
	return &Node{Reader: r, At: at, attrs: all}
}

// value returns a known and set attribute.
func (n *Node) value(name string) (v tftypes.Value, ok bool) {
	v = n.attrs[name]
	if !v.IsKnown() {
		n.Unknown = append(n.Unknown, name)
	}
	return v, v.IsKnown() && !v.IsNull()
}

// listOf returns the elements of a list that is known and set.
func (n *Node) listOf(name string) []tftypes.Value {
	v, _ := n.value(name)
	list, _ := Elements(v)
	return list
}

// mapOf returns the elements of a map that is known and set.
func (n *Node) mapOf(name string) (all map[string]tftypes.Value, ok bool) {
	v, _ := n.value(name)
	return Members(v)
}

// Text returns a string, "" if it is null or unknown.
func (n *Node) Text(name string) string {
	v, _ := n.value(name)
	return TextOf(v)
}

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

// Number reads a count. Zero means not given to the core, so a zero that is given is a fault: it
// is never right. What is no whole number is one, too.
func (n *Node) Number(name string) int64 {
	v, ok := n.value(name)
	if !ok {
		return 0
	}
	whole, problem := Count(NumberOf(v))
	switch {
	case problem != nil:
		n.Fault(n.At.Attr(name), problem)
	case whole == 0:
		n.Fault(n.At.Attr(name), topology.OutOfRange{Value: 0, Min: 1})
	default:
		return whole
	}
	n.Unknown = append(n.Unknown, name) // reported already, so it is not missing as well
	return 0
}

// Flag returns a bool, nil if it is null or unknown.
func (n *Node) Flag(name string) *bool {
	v, ok := n.value(name)
	if !ok {
		return nil
	}
	flag := FlagOf(v)
	return &flag
}

// Texts returns the strings of a list; null and empty elements are faults, unknown ones are noted.
func (n *Node) Texts(name string) []string {
	var out []string
	list := n.listOf(name)
	for i, e := range list {
		at, before := n.At.Attr(name).At(i), len(n.Faults)
		s := n.element(name, at, e, len(list) > 1)
		if s == "" && e.IsKnown() && len(n.Faults) == before {
			n.withoutValue(at, topology.ElementEmpty{}, len(list) > 1)
		}
		out = append(out, s)
	}
	return out
}

// element returns the string of an element, "" if it is null or unknown. removable says whether the others do without it.
func (n *Node) element(name string, at topology.Path, e tftypes.Value, removable bool) string {
	switch {
	case !e.IsKnown():
		n.Unknown = append(n.Unknown, name)
		return ""
	case e.IsNull():
		n.withoutValue(at, topology.ElementNull{}, removable)
		return ""
	}
	return TextOf(e)
}

// withoutValue reports an element that has no value: it gets one, or it is removed. The only element of a list is not removed, since the
// list may be required.
func (r *Reader) withoutValue(at topology.Path, reason any, removable bool) {
	var options []topology.Option
	if removable {
		options = append(options, topology.OptionOf(topology.Remove(at)))
	}
	r.Faults = append(r.Faults, topology.Fault{
		At: at, Problem: topology.Empty{Reason: reason},
		Options: append(options, topology.OptionOf(topology.Set(at, topology.ElementValue))),
	})
}

// TextMap returns the strings of a map. Null elements are faults, unknown ones are noted.
func (n *Node) TextMap(name string) map[string]string {
	all, ok := n.mapOf(name)
	if !ok {
		return nil
	}
	out := map[string]string{}
	for key, e := range all {
		out[key] = n.element(name, n.At.Attr(name).Key(key), e, true)
	}
	return out
}

// cidr parses a CIDR at a place; one that cannot be read is a fault and the zero Prefix.
func (n *Node) cidr(at topology.Path, s string) netip.Prefix {
	p, fault := cidr.Parse(s)
	if fault != nil {
		n.Fault(at, fault)
	}
	return p
}

// Prefix returns a CIDR, the zero Prefix if it is null, unknown or invalid. An invalid CIDR is a fault.
func (n *Node) Prefix(name string) netip.Prefix {
	v, ok := n.value(name)
	if !ok {
		return netip.Prefix{}
	}
	p := n.cidr(n.At.Attr(name), TextOf(v))
	if !p.IsValid() {
		n.Unknown = append(n.Unknown, name) // reported already, so it is not missing as well
	}
	return p
}

// Address returns an IP address, the zero Addr if it is null, unknown or invalid. An invalid address is a fault.
func (n *Node) Address(name string) netip.Addr {
	v, ok := n.value(name)
	if !ok {
		return netip.Addr{}
	}
	a, err := netip.ParseAddr(TextOf(v))
	if err != nil || a.Zone() != "" || a.Is4In6() {
		n.Fault(n.At.Attr(name), topology.NotAccepted{Value: TextOf(v), Reason: topology.NotAnAddress{}})
		n.Unknown = append(n.Unknown, name) // reported already
		return netip.Addr{}
	}
	return a
}

// Prefixes returns the CIDRs of a list, which keep their indices: see Prefix.
func (n *Node) Prefixes(name string) []netip.Prefix {
	var out []netip.Prefix
	list := n.listOf(name)
	for i, e := range list {
		out = append(out, n.prefixElement(name, n.At.Attr(name).At(i), e, len(list) > 1))
	}
	return out
}

func (n *Node) prefixElement(name string, at topology.Path, e tftypes.Value, removable bool) netip.Prefix {
	before := len(n.Faults)
	s := n.element(name, at, e, removable)
	if !e.IsKnown() || len(n.Faults) > before {
		return netip.Prefix{}
	}
	return n.cidr(at, s)
}

// PrefixLists returns the CIDRs of a map of lists: see Prefixes. A list that is not known is empty.
func (n *Node) PrefixLists(name string) map[string][]netip.Prefix {
	all, ok := n.mapOf(name)
	if !ok {
		return nil
	}
	out := map[string][]netip.Prefix{}
	for _, key := range slices.Sorted(maps.Keys(all)) {
		v, at := all[key], n.At.Attr(name).Key(key)
		switch {
		case !v.IsKnown():
			n.Unknown = append(n.Unknown, name)
		case v.IsNull():
			n.withoutValue(at, topology.ElementNull{}, true)
			continue
		}
		out[key] = nil
		list, _ := Elements(v)
		for i, e := range list {
			out[key] = append(out[key], n.prefixElement(name, at.At(i), e, len(list) > 1))
		}
	}
	return out
}

// PrefixMap returns the CIDRs of a map: see Prefix.
func (n *Node) PrefixMap(name string) map[string]netip.Prefix {
	all, ok := n.mapOf(name)
	if !ok {
		return nil
	}
	out := map[string]netip.Prefix{}
	for key, e := range all {
		out[key] = n.prefixElement(name, n.At.Attr(name).Key(key), e, true)
	}
	return out
}

// Child reads an attribute that is an object, nil when it is not set.
func (n *Node) Child(name string) *Node {
	v, ok := n.value(name)
	if !ok {
		return nil
	}
	return n.Root(v, n.At.Attr(name))
}

// List reads the elements of a list of objects.
func (n *Node) List(name string) []*Node {
	var out []*Node
	for i, e := range n.listOf(name) {
		out = append(out, n.Root(e, n.At.Attr(name).At(i)))
	}
	return out
}

// Each reads a map of objects.
func Each[T any](n *Node, name string, read func(*Node) T) map[string]T {
	all, ok := n.mapOf(name)
	if !ok {
		return nil
	}
	out := map[string]T{}
	for key, e := range all {
		at := n.At.Attr(name).Key(key)
		if e.IsNull() {
			n.withoutValue(at, topology.ElementNull{}, true)
			continue
		}
		out[key] = read(n.Root(e, at))
	}
	return out
}
