package clouds

import (
	"slices"
	"strings"

	"github.com/cidrplan/terraform-provider-cidrplan/internal/topology"
)

// routes are the route that the object is, or those that it has.
func (r *reader) routes() Known[[]ObjectRoute] {
	if r.t.RoutesIn == "" {
		return known([]ObjectRoute{r.t.Route.read(r.object)})
	}
	var out []ObjectRoute
	for _, v := range r.values(r.t.RoutesIn) {
		switch v.Kind() {
		case Unknown:
			return afterApply[[]ObjectRoute]()
		case Map:
			route := newObject(v.Value, v.at)
			out = append(out, r.t.Route.read(route))
			r.faults = append(r.faults, route.faults...)
		default:
			r.wrong(v, topology.ObjectType)
		}
	}
	return known(out)
}

// read reads a route.
func (p *RoutePaths) read(o *object) ObjectRoute {
	route := ObjectRoute{Destination: p.destination(o), NextHop: p.nextHop(o)}
	if text := route.Destination.Value; text != "" {
		one, ok := canonical(text)
		route.Destination.Value, route.NotARange = one, !ok
	}
	route.Skipped = p.skipped(o, route.NextHop)
	route.Summary = p.summary(route)
	if route.NextHop.Value == Local {
		route.NextHop.Value = ""
	}
	return route
}

// destination is the first destination that there is.
func (p *RoutePaths) destination(o *object) Known[string] {
	for _, path := range p.Destination {
		if destination := o.text(path); destination.AfterApply || destination.Value != "" {
			return destination
		}
	}
	return Known[string]{}
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

// skipped says whether a route is a local one or has one of the values of Skip. That is not known while the next hop may turn
// out to be local.
func (p *RoutePaths) skipped(o *object, hop Known[string]) Known[bool] {
	if hop.Value == Local {
		return known(true)
	}
	unknown := hop.AfterApply && p.knowsLocal()
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
