package clouds

import (
	"strings"
	"testing"
)

// onlyRead is a value of an attribute of which every part that no path names is forbidden.
func onlyRead(a *attribute, paths []string) any {
	var deeper []string
	named := false
	for _, path := range paths {
		_, rest, is := strings.Cut(path, ".")
		if named = true; is {
			deeper = append(deeper, rest)
		}
	}
	var value any
	switch {
	case !named:
		return forbidden{}
	case len(deeper) > 0:
		value = onlyReadOf(a.within, deeper)
	case a.within != nil: // a list of routes is named as such, and by its paths
		value = onlyReadOf(a.within, nil)
	default:
		value = map[string]any{"string": "10.1.0.0/16", "number": 25, "bool": true}[a.leaf]
	}
	if a.list {
		return []any{value}
	}
	return value
}

// onlyReadOf is an object of which only what the paths name may be looked at.
func onlyReadOf(attributes map[string]*attribute, paths []string) m {
	out := m{}
	for name, a := range attributes {
		var of []string
		for _, path := range paths {
			if firstStep(path) == name {
				of = append(of, path)
			}
		}
		out[name] = onlyRead(a, of)
	}
	return out
}

func TestNothingIsReadButWhatTheDataNames(t *testing.T) {
	forTypes(t, func(t *testing.T, typ *Type, attributes map[string]*attribute) {
		object := onlyReadOf(attributes, typ.Paths())
		for _, path := range typ.CIDRs {
			if address, _, isJoined := strings.Cut(path, "+"); isJoined {
				object[address] = "10.1.0.0"
			}
		}
		if _, fault := Default().Match(platformOf(typ), typ.Argument, fake{object}, nil); fault != nil {
			t.Fatal(fault)
		}
		o, faults := typ.Read(fake{object}, nil)
		if len(faults) > 0 {
			t.Fatal(faults)
		}
		ranges := len(o.CIDRs.Value) + len(o.Pods.Value) + len(o.Services.Value) + len(o.Routes.Value)
		references := len(o.IDs) + len(o.VPC) + len(o.Hub)
		if ranges+references == 0 {
			t.Error("nothing was read at all")
		}
	})
}
