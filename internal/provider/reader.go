package provider

import (
	"math/big"
	"net/netip"

	"github.com/hashicorp/terraform-plugin-go/tftypes"

	"github.com/cidrplan/terraform-provider-cidrplan/internal/cidr"
	"github.com/cidrplan/terraform-provider-cidrplan/internal/topology"
)

// reader decodes values of a configuration or state and collects what cannot be read.
type reader struct{ faults []topology.Fault }

func (r *reader) fault(at topology.Path, problem any) {
	r.faults = append(r.faults, topology.Fault{At: at, Problem: problem})
}

// node is an object being read. Its methods note attributes that are unknown in whole or in
// part; null, unknown and unreadable values read as the zero value, so that lists keep their
// indices.
type node struct {
	*reader
	at      topology.Path
	attrs   map[string]tftypes.Value
	unknown topology.Unknown
}

// root starts to read an object at a place.
func (r *reader) root(v tftypes.Value, at topology.Path) *node {
	n := r.attributes(attributesOf(v), at)
	if !v.IsKnown() {
		n.unknown = topology.Unknown{topology.Everything}
	}
	return n
}

// attributes starts to read the attributes of an object at a place.
func (r *reader) attributes(all map[string]tftypes.Value, at topology.Path) *node {
	return &node{reader: r, at: at, attrs: all}
}

// value returns a known and set attribute.
func (n *node) value(name string) (v tftypes.Value, ok bool) {
	v = n.attrs[name]
	if !v.IsKnown() {
		n.unknown = append(n.unknown, name)
	}
	return v, v.IsKnown() && !v.IsNull()
}

// listOf returns the elements of a list that is known and set.
func (n *node) listOf(name string) []tftypes.Value {
	v, _ := n.value(name)
	list, _ := elements(v)
	return list
}

// mapOf returns the elements of a map that is known and set.
func (n *node) mapOf(name string) (all map[string]tftypes.Value, ok bool) {
	v, _ := n.value(name)
	return members(v)
}

func (n *node) text(name string) string {
	v, _ := n.value(name)
	return textOf(v)
}

// number reads a count. Zero means not given to the core, so a zero that is given is a fault: it
// is never right. What is no whole number is one, too.
func (n *node) number(name string) int64 {
	v, ok := n.value(name)
	if !ok {
		return 0
	}
	given := numberOf(v)
	whole, accuracy := given.Int64()
	switch {
	case accuracy != big.Exact:
		n.fault(n.at.Attr(name), topology.NotWhole{Value: given.Text('g', 25)})
	case whole == 0:
		n.fault(n.at.Attr(name), topology.OutOfRange{Value: 0, Min: 1})
	default:
		return whole
	}
	n.unknown = append(n.unknown, name) // told already, so it is not missing as well
	return 0
}

func (n *node) flag(name string) *bool {
	v, ok := n.value(name)
	if !ok {
		return nil
	}
	flag := flagOf(v)
	return &flag
}

// texts returns the strings of a list; null and empty elements are faults, unknown ones are noted.
func (n *node) texts(name string) []string {
	var out []string
	for i, e := range n.listOf(name) {
		at, before := n.at.Attr(name).At(i), len(n.faults)
		s := n.element(name, at, e)
		if s == "" && e.IsKnown() && len(n.faults) == before {
			n.fault(at, topology.Empty{Why: "the element is empty"})
		}
		out = append(out, s)
	}
	return out
}

func (n *node) element(name string, at topology.Path, e tftypes.Value) string {
	switch {
	case !e.IsKnown():
		n.unknown = append(n.unknown, name)
		return ""
	case e.IsNull():
		n.fault(at, topology.Empty{Why: "the element is null"})
		return ""
	}
	return textOf(e)
}

func (n *node) textMap(name string) map[string]string {
	all, ok := n.mapOf(name)
	if !ok {
		return nil
	}
	out := map[string]string{}
	for key, e := range all {
		out[key] = n.element(name, n.at.Attr(name).Key(key), e)
	}
	return out
}

// cidr parses a CIDR at a place; one that cannot be read is a fault and the zero Prefix.
func (n *node) cidr(at topology.Path, s string) netip.Prefix {
	p, err := cidr.Parse(s)
	if err != nil {
		n.fault(at, err)
	}
	return p
}

func (n *node) prefix(name string) netip.Prefix {
	v, ok := n.value(name)
	if !ok {
		return netip.Prefix{}
	}
	p := n.cidr(n.at.Attr(name), textOf(v))
	if !p.IsValid() {
		n.unknown = append(n.unknown, name) // told already, so it is not missing as well
	}
	return p
}

func (n *node) prefixes(name string) []netip.Prefix {
	var out []netip.Prefix
	for i, e := range n.listOf(name) {
		out = append(out, n.prefixElement(name, n.at.Attr(name).At(i), e))
	}
	return out
}

func (n *node) prefixElement(name string, at topology.Path, e tftypes.Value) netip.Prefix {
	before := len(n.faults)
	s := n.element(name, at, e)
	if !e.IsKnown() || len(n.faults) > before {
		return netip.Prefix{}
	}
	return n.cidr(at, s)
}

func (n *node) prefixMap(name string) map[string]netip.Prefix {
	all, ok := n.mapOf(name)
	if !ok {
		return nil
	}
	out := map[string]netip.Prefix{}
	for key, e := range all {
		out[key] = n.prefixElement(name, n.at.Attr(name).Key(key), e)
	}
	return out
}

// child reads an attribute that is an object, nil when it is not set.
func (n *node) child(name string) *node {
	v, ok := n.value(name)
	if !ok {
		return nil
	}
	return n.root(v, n.at.Attr(name))
}

// list reads the elements of a list of objects.
func (n *node) list(name string) []*node {
	var out []*node
	for i, e := range n.listOf(name) {
		out = append(out, n.root(e, n.at.Attr(name).At(i)))
	}
	return out
}

// each reads a map of objects.
func each[T any](n *node, name string, read func(*node) T) map[string]T {
	all, ok := n.mapOf(name)
	if !ok {
		return nil
	}
	out := map[string]T{}
	for key, e := range all {
		at := n.at.Attr(name).Key(key)
		if e.IsNull() {
			n.fault(at, topology.Empty{Why: "the element is null"})
			continue
		}
		out[key] = read(n.root(e, at))
	}
	return out
}
