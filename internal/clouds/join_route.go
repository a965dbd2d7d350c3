package clouds

import "slices"

// addRoutes adds the routes in route tables and those that are objects of their own.
func (j *joiner) addRoutes(vpcs map[string]VPC) {
	undecidedTables := map[string]bool{}
	for _, e := range j.of[RouteTables].entries {
		name, undecided := j.vpcOf(e, nil, e.VPC)
		for _, id := range slices.Concat(e.IDs, e.Names).known() {
			if undecidedTables[id] = undecided; name != "" {
				j.vpcs.keyOf[id] = name
			}
		}
		j.addRoutesOf(vpcs, e, name, undecided)
	}
	for _, v := range j.vpcs.entries {
		for _, id := range v.RouteTable.known() {
			j.vpcs.keyOf[id] = v.key
		}
	}
	for _, e := range j.of[Routes].entries {
		found, fault := j.vpcs.find(e, clues{
			label: e.Labels.VPC, key: e.key, refs: j.vpcOrTable(e, undecidedTables), incomplete: len(e.VPC) == 0,
		})
		name, undecided := j.belongs(e, j.vpcs, found, fault)
		j.addRoutesOf(vpcs, e, name, undecided)
	}
	changeAll(vpcs, j.of[RouteTables].afterApply || j.of[Routes].afterApply, func(v *VPC) {
		v.Routes = afterApply[map[string]Route]()
	})
}

// vpcOrTable are the IDs that say in which VPC a route is: that of the VPC, otherwise that of the route table.
func (j *joiner) vpcOrTable(e entry, undecided map[string]bool) Refs {
	if len(e.VPC) > 0 {
		return e.VPC
	}
	var out Refs
	tables := j.of[RouteTables]
	mayFollow := tables.afterApply || slices.ContainsFunc(tables.entries, func(t entry) bool { return t.Names.afterApply() })
	for _, id := range e.RouteTable {
		_, is := j.vpcs.keyOf[id.Value]
		if undecided[id.Value] || !is && mayFollow {
			id = afterApply[string]()
		}
		out = append(out, id)
	}
	return out
}

// addRoutesOf adds the routes of an object to its VPC. Whether one occupies addresses must be known, since it is left out otherwise.
func (j *joiner) addRoutesOf(vpcs map[string]VPC, e entry, name string, undecided bool) {
	routes, complete := j.occupying(e)
	if undecided && len(routes) == 0 && complete {
		return
	}
	change(vpcs, name, undecided, func(v *VPC, undecided bool) {
		if undecided || !complete {
			v.Routes = afterApply[map[string]Route]()
		}
		if v.Routes.AfterApply {
			return
		}
		for _, r := range routes {
			v.Routes.Value[freeKey(v.Routes.Value, r.key)] = r.Route
		}
	})
}

// keyedRoute is a route under its key.
type keyedRoute struct {
	key string
	Route
}

// occupying are the routes of an object but for those that occupy nothing. The one of a route has its key, those of a route table or of
// several destinations the key of the object and the destination. They are not complete where it is not known yet which of them occupy
// addresses: one without a destination occupies none. One to something else than a range or a prefix list is unplaced.
func (j *joiner) occupying(e entry) (routes []keyedRoute, complete bool) {
	if e.Routes.AfterApply {
		j.undecided = true
		return nil, false
	}
	for _, r := range e.Routes.Value {
		if r.Skipped.Value {
			continue
		}
		if r.Skipped.AfterApply || r.Destination.AfterApply {
			j.undecided = j.undecided || r.Destination.AfterApply || r.List != Known[string]{}
			return nil, false
		}
		destinations := j.destinations(e, r)
		if destinations.AfterApply {
			return nil, false
		}
		isOne := e.Type.RoutesIn == "" && r.Destination.Value != "" && len(e.Routes.Value) == 1
		for _, destination := range destinations.Value {
			if r.List.Value != "" && e.Type.Route != nil {
				r.Destination = known(destination)
				r.Summary = e.Type.Route.summary(r)
			}
			route := keyedRoute{e.key, Route{Destination: known(destination), NextHop: r.NextHop, Summary: r.Summary}}
			if !isOne {
				route.key += "/" + destination
			}
			routes = append(routes, route)
		}
	}
	return routes, true
}

// destinations are the ranges that a route leads to: its own, or those of its prefix list. A list that is not given is unplaced.
func (j *joiner) destinations(e entry, r ObjectRoute) Known[[]string] {
	ranges, is := j.prefixLists[r.List.Value]
	switch {
	case r.List == Known[string]{}:
		return list(r.Destination)
	case is:
		return ranges
	case r.List.AfterApply, j.of[PrefixLists].afterApply:
		j.undecided = true
		return afterApply[[]string]()
	case r.NotARange:
		j.unplaced[e.at.String()] = Unplaced{Type: e.Type.Name, Missing: NoRangeRoute}
	default:
		j.unplaced[e.at.String()] = Unplaced{Type: e.Type.Name, Missing: string(PrefixLists), Reference: r.List.Value}
	}
	return known([]string{})
}

// freeKey is a key, or the key with signs added where it is taken.
func freeKey[T any](of map[string]T, key string) string {
	for _, taken := of[key]; taken; _, taken = of[key] {
		key += "+"
	}
	return key
}
