package values

import (
	"fmt"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/hashicorp/terraform-plugin-go/tftypes"

	"github.com/cidrplan/terraform-provider-cidrplan/internal/topology"
)

// Null, unknown and unreadable values read as the zero value. Unreadable ones are faults at their places, and unknown ones are noted.
func TestReaderNotesWhatItCannotRead(t *testing.T) {
	attributes := map[string]tftypes.Value{
		"text": text("a"), "no_text": Null(tftypes.String), "unknown_text": Unknown(tftypes.String),
		"number": number(7), "zero": number(0), "fraction": number(1.5),
		"on": yes, "no_flag": Null(tftypes.Bool),
		"cidr": text("10.0.0.0/8"), "bad_cidr": text("10.0.0.5/8"),
		"cidrs":   list(text("10.0.0.0/8"), text("x"), Unknown(tftypes.String)),
		"texts":   list(text("a"), text(""), Null(tftypes.String), Unknown(tftypes.String)),
		"word":    text(""),
		"address": text("10.0.0.10"), "zoned": text("fe80::1%eth0"),
		"lists": tftypes.NewValue(tftypes.Map{ElementType: tftypes.List{ElementType: tftypes.String}}, map[string]tftypes.Value{
			"a": list(text("10.0.0.0/8"), text("x")), "b": list(), "c": Null(tftypes.List{ElementType: tftypes.String}),
			"d": Unknown(tftypes.List{ElementType: tftypes.String}),
		}),
		"no_lists": Null(tftypes.Map{ElementType: tftypes.List{ElementType: tftypes.String}}),
	}
	for name, test := range map[string]struct {
		read            func(*Node) any
		want            string
		faults, unknown []string
	}{
		"a text":                  {func(n *Node) any { return n.Text("text") }, "a", nil, nil},
		"a null text":             {func(n *Node) any { return n.Text("no_text") }, "", nil, nil},
		"an unknown text":         {func(n *Node) any { return n.Text("unknown_text") }, "", nil, []string{"unknown_text"}},
		"an attribute it has not": {func(n *Node) any { return n.Text("other") }, "", nil, nil},
		"a number":                {func(n *Node) any { return n.Number("number") }, "7", nil, nil},
		"zero":                    {func(n *Node) any { return n.Number("zero") }, "0", []string{`vpcs["prod"].zero`}, []string{"zero"}},
		"an address":              {func(n *Node) any { return n.Address("address") }, "10.0.0.10", nil, nil},
		"no address":              {func(n *Node) any { return n.Address("no_text") }, "invalid IP", nil, nil},
		"an unknown address":      {func(n *Node) any { return n.Address("unknown_text") }, "invalid IP", nil, []string{"unknown_text"}},
		"a CIDR as an address": {
			func(n *Node) any { return n.Address("cidr") }, "invalid IP", []string{`vpcs["prod"].cidr`}, []string{"cidr"},
		},
		"an address of a zone": {
			func(n *Node) any { return n.Address("zoned") }, "invalid IP", []string{`vpcs["prod"].zoned`}, []string{"zoned"},
		},
		"a fraction": {
			func(n *Node) any { return n.Number("fraction") },
			"0",
			[]string{`vpcs["prod"].fraction`},
			[]string{"fraction"},
		},
		"a flag":      {func(n *Node) any { return *n.Flag("on") }, "true", nil, nil},
		"a null flag": {func(n *Node) any { return n.Flag("no_flag") == nil }, "true", nil, nil},
		"a CIDR":      {func(n *Node) any { return n.Prefix("cidr") }, "10.0.0.0/8", nil, nil},
		"a CIDR with host bits": {
			func(n *Node) any { return n.Prefix("bad_cidr") }, "invalid Prefix", []string{`vpcs["prod"].bad_cidr`}, []string{"bad_cidr"},
		},
		"CIDRs keep their indices": {
			func(n *Node) any { return n.Prefixes("cidrs") }, "[10.0.0.0/8 invalid Prefix invalid Prefix]",
			[]string{`vpcs["prod"].cidrs[1]`}, []string{"cidrs"},
		},
		"texts keep their indices": {
			func(n *Node) any { return n.Texts("texts") }, "[a   ]",
			[]string{`vpcs["prod"].texts[1]`, `vpcs["prod"].texts[2]`}, []string{"texts"},
		},
		"lists of CIDRs": {
			func(n *Node) any { return n.PrefixLists("lists") }, "map[a:[10.0.0.0/8 invalid Prefix] b:[] d:[]]",
			[]string{`vpcs["prod"].lists["a"][1]`, `vpcs["prod"].lists["c"]`}, []string{"lists"},
		},
		"null lists of CIDRs": {func(n *Node) any { return n.PrefixLists("no_lists") == nil }, "true", nil, nil},
		"an empty word":       {func(n *Node) any { return n.Word("word") }, "", []string{`vpcs["prod"].word`}, []string{"word"}},
	} {
		t.Run(name, func(t *testing.T) {
			r := &Reader{}
			n := r.Attributes(attributes, topology.Path{}.Attr("vpcs").Key("prod"))
			if got := fmt.Sprint(test.read(n)); got != test.want {
				t.Errorf("got %s, want %s", got, test.want)
			}
			var faults []string
			for _, f := range r.Faults {
				faults = append(faults, f.At.String())
			}
			if diff := cmp.Diff(test.faults, faults); diff != "" {
				t.Errorf("faults: %s", diff)
			}
			if diff := cmp.Diff(test.unknown, []string(n.Unknown)); diff != "" {
				t.Errorf("unknown: %s", diff)
			}
		})
	}
}

// Each reads the objects of a map. A null element is a fault and is left out.
func TestEachReadsAMapOfObjects(t *testing.T) {
	element := tftypes.Object{AttributeTypes: map[string]tftypes.Type{"name": tftypes.String}}
	all := tftypes.NewValue(tftypes.Map{ElementType: element}, map[string]tftypes.Value{
		"a": tftypes.NewValue(element, map[string]tftypes.Value{"name": text("A")}), "b": Null(element), "c": Unknown(element),
	})
	r := &Reader{}
	n := r.Attributes(map[string]tftypes.Value{"clusters": all}, nil)
	unknown := map[string]bool{}
	got := Each(n, "clusters", func(n *Node) string {
		name := n.Text("name")
		unknown[n.At.String()] = n.Unknown.Has("name")
		return name
	})
	if diff := cmp.Diff(map[string]string{"a": "A", "c": ""}, got); diff != "" {
		t.Error(diff)
	}
	if len(r.Faults) != 1 || r.Faults[0].At.String() != `clusters["b"]` {
		t.Errorf("faults: %v", r.Faults)
	}
	if unknown[`clusters["a"]`] || !unknown[`clusters["c"]`] {
		t.Errorf("unknown: %v", unknown)
	}
}

// An element without a value gets one or is removed. The only one of a list, which may be required, is not removed.
func TestElementsWithoutAValueHaveOptions(t *testing.T) {
	null := Null(tftypes.String)
	lists := tftypes.Map{ElementType: tftypes.List{ElementType: tftypes.String}}
	for name, test := range map[string]struct {
		value tftypes.Value
		read  func(*Node)
		want  int
	}{
		"the only text":          {list(null), func(n *Node) { n.Texts("a") }, 1},
		"the only text is empty": {list(text("")), func(n *Node) { n.Texts("a") }, 1},
		"one of two texts":       {list(text("x"), text("")), func(n *Node) { n.Texts("a") }, 2},
		"the only CIDR":          {list(null), func(n *Node) { n.Prefixes("a") }, 1},
		"one of two CIDRs":       {list(text("10.0.0.0/8"), null), func(n *Node) { n.Prefixes("a") }, 2},
		"a null list": {
			tftypes.NewValue(lists, map[string]tftypes.Value{"k": Null(lists.ElementType)}), func(n *Node) { n.PrefixLists("a") }, 2,
		},
		"the only CIDR of a list": {
			tftypes.NewValue(lists, map[string]tftypes.Value{"k": list(null)}), func(n *Node) { n.PrefixLists("a") }, 1,
		},
	} {
		r := &Reader{}
		test.read(r.Attributes(map[string]tftypes.Value{"a": test.value}, nil))
		if len(r.Faults) != 1 || len(r.Faults[0].Options) != test.want {
			t.Errorf("%s: got %+v, want one fault with %d options", name, r.Faults, test.want)
		}
	}
}
