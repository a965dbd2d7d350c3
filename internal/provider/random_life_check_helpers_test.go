package provider_test

import (
	"net/netip"
	"reflect"
	"slices"
	"strings"
)

func (p *planner) main() string {
	if p.ofBlocks() {
		return "cidrs"
	}
	return "allocations"
}

// unknownIn are the places of a planner that are unknown in a plan; nil where none is.
func (p *planner) unknownIn(plans map[string]planned) []string {
	data, there := plans["terraform_data."+p.name]
	if !there || len(unknowns("", data.Change.AfterUnknown)) == 0 {
		return nil
	}
	var places []string
	for place := range p.inputs {
		places = append(places, place)
	}
	return places
}

// unsureIn says whether any output of a planner is unknown in a plan.
func (p *planner) unsureIn(plans map[string]planned) bool {
	return len(unknowns("", plans[p.address()].Change.AfterUnknown)) > 0
}

// departs lists the places at which what is applied is not what was planned and known.
func departs(at string, planned, unknown, applied any) []string {
	inside, isMap := planned.(map[string]any)
	unknownIn, _ := unknown.(map[string]any)
	has, isMapToo := applied.(map[string]any)
	list, isList := planned.([]any)
	switch {
	case unknown == true:
		return nil
	case isMap && isMapToo:
		var out []string
		for key := range merged(inside, has) {
			out = append(out, departs(at+" "+key, inside[key], unknownIn[key], has[key])...)
		}
		return out
	case isList && len(unknowns("", unknown)) > 0 && len(list) > 0:
		return nil // some of its elements are unknown
	case reflect.DeepEqual(planned, applied):
		return nil
	}
	return []string{at}
}

// mayHide says whether what a cluster holds may be unknown in a plan: something of the cluster itself is, or a
// subnet that its Pods may be in.
func (p *planner) mayHide(name string, unknown []string) bool {
	return slices.ContainsFunc(unknown, func(place string) bool {
		of, member, _ := strings.Cut(place, "/")
		return member == name || of == "subnet" && podsInSubnets(p.members[name].profile)
	})
}

// owned is a range of a planner.
type owned struct {
	by *planner
	of string
	netip.Prefix
}

// ranges are all that a planner holds, has released or keeps reserved.
func (p *planner) ranges() []owned {
	var all []owned
	for _, some := range []map[string]any{p.held, p.released, {"reserved": p.reserved}} {
		for name, one := range some {
			for _, text := range rangesOf(one) {
				all = append(all, owned{p, name, netip.MustParsePrefix(text.(string))})
			}
		}
	}
	return all
}

// ofLife are the ranges of all planners of a life.
func (l *lives) ofLife(of *planner) []owned {
	var all []owned
	for _, p := range slices.Concat(l.planners[0], l.planners[1]) {
		if p.life == of.life {
			all = append(all, p.ranges()...)
		}
	}
	return all
}

// taken are the ranges of a life that a planner must avoid: all but the block that it allocates from.
func (l *lives) taken(of, upstream *planner) []netip.Prefix {
	var all []netip.Prefix
	for _, o := range l.ofLife(of) {
		if o.by != upstream || o.of != "pods" {
			all = append(all, o.Prefix)
		}
	}
	return all
}

// apart checks that no range of a planner shares addresses with any other one of its life.
func (l *lives) apart(p *planner) {
	l.Helper()
	own := p.ranges()
	for i, a := range own {
		for _, b := range slices.Concat(own[:i], l.ofLife(p)) {
			chained := p.upstream == b.by && b.of == "pods" || b.by.upstream == p && a.of == "pods"
			if a != b && !chained && a.Overlaps(b.Prefix) {
				l.Errorf("%v of %s of %s overlaps %v of %s of %s", a.Prefix, a.of, p.name, b.Prefix, b.of, b.by.name)
			}
		}
	}
}

// rangesOf are the ranges of an allocation, of a block, or of what either released.
func rangesOf(one any) []any {
	all, several := one.(map[string]any)
	switch {
	case one == nil || one == "":
		return nil
	case !several:
		return []any{one}
	case all["cidr"] != nil:
		return []any{all["cidr"]}
	}
	list, _ := all["pod_cidrs"].([]any)
	for _, name := range []string{"pod_ipv6_cidr", "service_ipv6_cidr", "service_cidr"} {
		if all[name] != nil {
			list = append(slices.Clone(list), all[name])
		}
	}
	for _, name := range furtherLists {
		further, _ := all[name].([]any)
		list = append(slices.Clone(list), further...)
	}
	return list
}

// grewFrom says whether an allocation keeps each range of before at its place, with others behind.
func grewFrom(before, after any) bool {
	was, _ := before.(map[string]any)
	now, _ := after.(map[string]any)
	for _, name := range append([]string{"pod_cidrs"}, furtherLists...) {
		held, _ := was[name].([]any)
		has, _ := now[name].([]any)
		if len(has) < len(held) || !slices.Equal(has[:len(held)], held) {
			return false
		}
	}
	for _, name := range []string{"service_cidr", "pod_ipv6_cidr", "service_ipv6_cidr", "node_cidr_mask", "pod_aggregate"} {
		if was[name] != now[name] {
			return false
		}
	}
	return true
}
