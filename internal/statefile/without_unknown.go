package statefile

import (
	"slices"

	"github.com/cidrplan/terraform-provider-cidrplan/internal/clouds"
	"github.com/cidrplan/terraform-provider-cidrplan/internal/topology"
)

// withoutUnknown is a value of a file in which everything that is known only after apply is null: nothing in a file becomes known later,
// and an unknown part must not hide the known ones.
type withoutUnknown struct{ clouds.Value }

func (v withoutUnknown) Kind() clouds.Kind {
	if kind := v.Value.Kind(); kind != clouds.Unknown {
		return kind
	}
	return clouds.Null
}

func (v withoutUnknown) Elements() []clouds.Value {
	var out []clouds.Value
	for _, e := range v.Value.Elements() {
		out = append(out, withoutUnknown{e})
	}
	return out
}

func (v withoutUnknown) Members() map[string]clouds.Value {
	members := v.Value.Members()
	out := make(map[string]clouds.Value, len(members))
	for name, m := range members {
		out[name] = withoutUnknown{m}
	}
	return out
}

func (v withoutUnknown) Type() topology.ValueType {
	if v.Value.Kind() == clouds.Unknown {
		return topology.NullType
	}
	return v.Value.Type()
}

// lacksRanges says whether some ranges of an object, or destinations of its routes, are known only after apply.
func lacksRanges(o clouds.Object) bool {
	isUnknown := func(list clouds.Known[[]string]) bool { return list.AfterApply }
	return slices.ContainsFunc([]clouds.Known[[]string]{o.CIDRs, o.IPv6CIDRs, o.Pods, o.PodsIPv6, o.Services, o.ServicesIPv6}, isUnknown) ||
		o.Routes.AfterApply ||
		slices.ContainsFunc(o.Routes.Value, func(r clouds.ObjectRoute) bool { return r.Destination.AfterApply })
}
