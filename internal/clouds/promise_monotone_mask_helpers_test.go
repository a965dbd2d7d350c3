package clouds

import "slices"

// isTarget says whether a path is one of the targets of a route, of which an unknown one is an ID.
func (o *drawnObject) isTarget(path string) bool {
	return o.t.Route != nil && slices.ContainsFunc(o.t.Route.Targets, func(target Target) bool {
		return path == target.Path || path == o.t.RoutesIn+"."+target.Path
	})
}

// mask is what of a network is known only after apply.
type mask struct {
	arguments map[Argument]bool
	objects   map[*drawnObject]bool
	paths     map[*drawnObject]map[string]bool
}

// mask draws what is unknown. What Terraform cannot give is not drawn: an object that is new has no ID that is known, nor has anything that
// refers to it; and attributes that a provider fills in are none in such an object.
func (n *network) mask() mask {
	m := mask{map[Argument]bool{}, map[*drawnObject]bool{}, map[*drawnObject]map[string]bool{}}
	fresh, given := map[string]bool{}, map[string]int{}
	for _, o := range n.objects {
		given[o.id]++
	}
	for _, o := range n.objects {
		m.paths[o] = map[string]bool{}
		m.arguments[o.argument] = m.arguments[o.argument] || n.draw("argument", 40) == 0
		m.objects[o] = n.draw("object", 30) == 0
		if fresh[o.id] = n.draw("new", 2) == 0 && given[o.id] == 1; fresh[o.id] {
			for _, path := range slices.Concat(o.t.ID, sortedKeys(o.t.AbsentUnless)) {
				m.paths[o][path] = true
			}
		}
		paths := slices.Concat(o.t.Paths(), sortedKeys(o.values))
		slices.Sort(paths)
		for _, path := range slices.Compact(paths) {
			isNoTarget := o.isTarget(path) && o.values[path] == nil
			if slices.Contains(o.t.ID, path) || isNoTarget || n.draw("attribute", 3) > 0 {
				continue
			}
			m.paths[o][path] = true
			if o.argument == VPCs && slices.Contains(o.t.RouteTable, path) {
				fresh["table of "+o.id] = true
			}
		}
	}
	n.correct(m, fresh)
	return m
}

// correct makes a mask what Terraform can give: what refers to a new object is unknown, and attributes that a provider fills in are none
// in a new object.
func (n *network) correct(m mask, fresh map[string]bool) {
	for _, o := range n.objects {
		for path, id := range o.references {
			if fresh[id] {
				m.paths[o][path] = true
			}
		}
		for path := range m.paths[o] {
			if fresh[o.id] && slices.Contains(o.t.AbsentWhenNew, path) && o.values[path] != nil {
				delete(m.paths[o], path)
			}
		}
	}
}
