package clouds

import (
	"slices"
	"strings"

	"github.com/cidrplan/terraform-provider-cidrplan/internal/topology"
)

// routes are the route that the object is, or those that it has.
func (r *reader) routes() Known[[]ObjectRoute] {
	if r.t.RoutesIn == "" {
		return known(r.t.Route.read(r.object))
	}
	var out []ObjectRoute
	for _, v := range r.values(r.t.RoutesIn) {
		switch v.Kind() {
		case Unknown:
			return afterApply[[]ObjectRoute]()
		case Map:
			route := newObject(v.Value, v.at)
			out = append(out, r.t.Route.read(route)...)
			r.faults = append(r.faults, route.faults...)
		default:
			r.wrong(v, topology.ObjectType)
		}
	}
	return known(out)
}

// read reads a route: one for each of its destinations.
func (p *RoutePaths) read(o *object) []ObjectRoute {
	hop := p.nextHop(o)
	var out []ObjectRoute
	for _, route := range p.destinations(o) {
		route.NextHop = hop
		route.Skipped = p.skipped(o, route)
		route.Summary = p.summary(route)
		if hop.Value == Local {
			route.NextHop.Value = ""
		}
		out = append(out, route)
	}
	return out
}

// destinations are routes with the destinations alone: those of the first path that has some, otherwise a prefix list, or none.
func (p *RoutePaths) destinations(o *object) []ObjectRoute {
	var out []ObjectRoute
	for _, path := range p.Destination {
		for _, text := range o.texts(path) {
			route := ObjectRoute{Destination: text}
			if !text.AfterApply {
				one, ok := canonical(text.Value)
				if route.Destination.Value, route.NotARange = one, !ok; !ok {
					route.List = text
				}
			}
			out = append(out, route)
		}
		if len(out) > 0 {
			return out
		}
	}
	for _, path := range p.Lists {
		if list := o.text(path); list.AfterApply || list.Value != "" {
			return []ObjectRoute{{List: list}}
		}
	}
	return []ObjectRoute{{}}
}

// nextHop is the next hop: what the values at its path mean, or the first target that there is. Several values that mean different
// things are "other".
func (p *RoutePaths) nextHop(o *object) Known[string] {
	if p.NextHop == "" {
		return p.target(o)
	}
	values := o.texts(p.NextHop)
	hop := Known[string]{Value: p.Hops[""]}
	for i, value := range values {
		switch {
		case value.AfterApply:
			return value
		case i > 0 && p.hop(value.Value) != hop.Value:
			return known("other")
		}
		hop = known(p.hop(value.Value))
	}
	return hop
}

// hop is what a word of the cloud means.
func (p *RoutePaths) hop(word string) string {
	for of, hop := range p.Hops {
		if strings.EqualFold(of, word) {
			return hop
		}
	}
	return "other"
}

// target is the hop of the first target that is not null. One that is known only after apply is an ID, never a word such as local.
func (p *RoutePaths) target(o *object) Known[string] {
	for _, target := range p.Targets {
		id := firstText(o.texts(target.Path))
		if id.AfterApply {
			return known(target.Hop)
		}
		if id.Value == "" {
			continue
		}
		if _, is := p.Hops[id.Value]; is {
			return known(p.hop(id.Value))
		}
		return known(target.Hop)
	}
	return Known[string]{}
}

// skipped says whether a route is a local one, leads to a service of the cloud, or has one of the values of Skip. That is not known while
// the next hop may turn out to be local.
func (p *RoutePaths) skipped(o *object, route ObjectRoute) Known[bool] {
	if route.NextHop.Value == Local || p.isService(o, route) {
		return known(true)
	}
	unknown := route.NextHop.AfterApply && p.knowsLocal()
	for path, values := range p.Skip {
		switch value := o.text(path); {
		case value.AfterApply:
			unknown = true
		case containsFold(values, value.Value):
			return known(true)
		}
	}
	if unknown {
		return afterApply[bool]()
	}
	return known(false)
}

// isService says whether a route leads to a service of the cloud. An ID that is known only after apply is one.
func (p *RoutePaths) isService(o *object, route ObjectRoute) bool {
	return route.List != Known[string]{} && slices.ContainsFunc(p.Services, func(path string) bool { return len(o.texts(path)) > 0 })
}

// knowsLocal says whether a word of Hops means a local route.
func (p *RoutePaths) knowsLocal() bool {
	for _, hop := range p.Hops {
		if hop == Local {
			return true
		}
	}
	return false
}

// summary says whether a route is a summary. It is not known as long as the next hop or the destination may make it one.
func (p *RoutePaths) summary(route ObjectRoute) Known[bool] {
	if p.Summary {
		return known(true)
	}
	open := false
	for hop, destinations := range p.Summaries {
		mayHop := route.NextHop.AfterApply || route.NextHop.Value == hop
		mayLead := route.Destination.AfterApply || slices.Contains(destinations, route.Destination.Value)
		switch {
		case !mayHop || !mayLead:
		case route.NextHop.AfterApply || route.Destination.AfterApply:
			open = true
		default:
			return known(true)
		}
	}
	if open {
		return afterApply[bool]()
	}
	return known(false)
}
