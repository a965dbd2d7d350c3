package provider

import (
	"fmt"
	"math/big"
	"net/netip"

	"github.com/hashicorp/terraform-plugin-framework/attr"
	"github.com/hashicorp/terraform-plugin-framework/types"

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
	attrs   map[string]attr.Value
	unknown topology.Unknown
}

// root starts to read an object at a place.
func (r *reader) root(v types.Object, at topology.Path) *node {
	n := &node{reader: r, at: at, attrs: v.Attributes()}
	if v.IsUnknown() {
		n.unknown = topology.Unknown{topology.Everything}
	}
	return n
}

// value returns a known and set attribute.
func (n *node) value(name string) (attr.Value, bool) {
	v, ok := n.attrs[name]
	if !ok || v.IsNull() {
		return nil, false
	}
	if v.IsUnknown() {
		n.unknown = append(n.unknown, name)
		return nil, false
	}
	return v, true
}

func (n *node) text(name string) string {
	v, ok := n.value(name)
	if !ok {
		return ""
	}
	return v.(types.String).ValueString()
}

// number reads a count. Zero means not given to the core, so a zero that is given is a fault: it
// is never right. What is no whole number is one, too.
func (n *node) number(name string) int64 {
	v, ok := n.value(name)
	if !ok {
		return 0
	}
	given := v.(types.Number).ValueBigFloat()
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
	return v.(types.Bool).ValueBoolPointer()
}

// texts returns the strings of a list; null and empty elements are faults, unknown ones are noted.
func (n *node) texts(name string) []string {
	v, ok := n.value(name)
	if !ok {
		return nil
	}
	var out []string
	for i, e := range v.(types.List).Elements() {
		at, before := n.at.Attr(name).At(i), len(n.faults)
		s := n.element(name, at, e)
		if s == "" && !e.IsUnknown() && len(n.faults) == before {
			n.fault(at, topology.Empty{Why: "the element is empty"})
		}
		out = append(out, s)
	}
	return out
}

func (n *node) element(name string, at topology.Path, e attr.Value) string {
	switch {
	case e.IsUnknown():
		n.unknown = append(n.unknown, name)
		return ""
	case e.IsNull():
		n.fault(at, topology.Empty{Why: "the element is null"})
		return ""
	}
	return e.(types.String).ValueString()
}

func (n *node) textMap(name string) map[string]string {
	v, ok := n.value(name)
	if !ok {
		return nil
	}
	out := map[string]string{}
	for key, e := range v.(types.Map).Elements() {
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
	p := n.cidr(n.at.Attr(name), v.(types.String).ValueString())
	if !p.IsValid() {
		n.unknown = append(n.unknown, name) // told already, so it is not missing as well
	}
	return p
}

func (n *node) prefixes(name string) []netip.Prefix {
	v, ok := n.value(name)
	if !ok {
		return nil
	}
	var out []netip.Prefix
	for i, e := range v.(types.List).Elements() {
		out = append(out, n.prefixElement(name, n.at.Attr(name).At(i), e))
	}
	return out
}

func (n *node) prefixElement(name string, at topology.Path, e attr.Value) netip.Prefix {
	before := len(n.faults)
	s := n.element(name, at, e)
	if e.IsUnknown() || len(n.faults) > before {
		return netip.Prefix{}
	}
	return n.cidr(at, s)
}

func (n *node) prefixMap(name string) map[string]netip.Prefix {
	v, ok := n.value(name)
	if !ok {
		return nil
	}
	out := map[string]netip.Prefix{}
	for key, e := range v.(types.Map).Elements() {
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
	return n.root(v.(types.Object), n.at.Attr(name))
}

// list reads the elements of a list of objects.
func (n *node) list(name string) []*node {
	v, ok := n.value(name)
	if !ok {
		return nil
	}
	var out []*node
	for i, e := range v.(types.List).Elements() {
		out = append(out, n.root(e.(types.Object), n.at.Attr(name).At(i)))
	}
	return out
}

// each reads a map of objects.
func each[T any](n *node, name string, read func(*node) T) map[string]T {
	v, ok := n.value(name)
	if !ok {
		return nil
	}
	out := map[string]T{}
	for key, e := range v.(types.Map).Elements() {
		at := n.at.Attr(name).Key(key)
		if e.IsNull() {
			n.fault(at, topology.Empty{Why: "the element is null"})
			continue
		}
		out[key] = read(n.root(e.(types.Object), at))
	}
	return out
}

// encode makes the value of a field of Go values: string, int64, bool, []string, map[string]string,
// map[string]any for objects and maps of objects, []map[string]any for lists of objects. nil is null, and an element of a map of objects
// that is not known yet; a value that is encoded already stays as it is.
func encode(f field, v any) attr.Value {
	if v == nil {
		return null(f.typ())
	}
	if done, ok := v.(attr.Value); ok {
		return done
	}
	switch f.shape {
	case text:
		return types.StringValue(v.(string))
	case number:
		return types.NumberValue(new(big.Float).SetInt64(v.(int64)))
	case flag:
		return types.BoolValue(v.(bool))
	case texts:
		var elements []attr.Value
		for _, s := range v.([]string) {
			elements = append(elements, types.StringValue(s))
		}
		return types.ListValueMust(types.StringType, elements)
	case textMap:
		elements := map[string]attr.Value{}
		for key, s := range v.(map[string]string) {
			elements[key] = types.StringValue(s)
		}
		return types.MapValueMust(types.StringType, elements)
	case object:
		return encodeObject(f.fields, v.(map[string]any))
	case list:
		var elements []attr.Value
		for _, e := range v.([]map[string]any) {
			elements = append(elements, encodeObject(f.fields, e))
		}
		return types.ListValueMust(f.fields.typ(), elements)
	case objects:
		elements := map[string]attr.Value{}
		for key, e := range v.(map[string]any) {
			if e == nil {
				elements[key] = lateObject(f.fields)
			} else {
				elements[key] = encodeObject(f.fields, e.(map[string]any))
			}
		}
		return types.MapValueMust(f.fields.typ(), elements)
	}
	panic(fmt.Sprintf("no encoding for shape %d", f.shape))
}

// lateObject is an object of which all attributes are known after apply; Terraform shows its
// attributes, as it does not for an object that is unknown as a whole.
func lateObject(fs fields) attr.Value {
	attributes := map[string]attr.Value{}
	for name, f := range fs {
		attributes[name] = late(f.typ())
	}
	return types.ObjectValueMust(fs.typ().AttrTypes, attributes)
}

func encodeObject(fs fields, v map[string]any) attr.Value {
	attributes := map[string]attr.Value{}
	for name, f := range fs {
		attributes[name] = encode(f, v[name])
	}
	return types.ObjectValueMust(fs.typ().AttrTypes, attributes)
}
