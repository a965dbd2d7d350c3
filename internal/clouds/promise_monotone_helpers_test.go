package clouds

import (
	"fmt"
	"maps"
	"slices"
	"strings"

	"pgregory.net/rapid"
)

// drawnObject is an object of a drawn network: its attributes by their paths, and what it refers to.
type drawnObject struct {
	argument Argument
	key      string
	t        *Type
	// values are the texts at the paths; a path without one is null.
	values map[string]any
	id     string
	// references are the paths whose value is the ID of another object, by that ID.
	references map[string]string
}

// refer sets all paths to a text, and notes that it is the ID of another object. Names are known without the other object.
func (o *drawnObject) refer(paths []string, id string) {
	for _, path := range paths {
		if strings.Contains(path, "+") {
			o.name(path, id)
			continue
		}
		o.values[path], o.references[path] = id, id
	}
}

// name sets the names of a path that joins them: the last one to a text, and those before it to one that all objects have.
func (o *drawnObject) name(path, text string) {
	names := strings.Split(path, "+")
	for _, name := range names {
		o.values[name] = "group"
	}
	o.values[names[len(names)-1]] = text
}

// value is the object as Terraform has it: objects in objects, without lists on the way, which are read alike.
func (o *drawnObject) value() map[string]any {
	out := map[string]any{}
	for _, path := range o.t.Paths() {
		steps, into := strings.Split(path, "."), out
		for _, step := range steps[:len(steps)-1] {
			next, is := into[step].(map[string]any)
			if !is {
				next = map[string]any{}
				into[step] = next
			}
			into = next
		}
		into[steps[len(steps)-1]] = o.values[path]
	}
	for _, label := range []string{LabelVPC, LabelHub, LabelPeer} {
		if v, is := o.values[label]; is {
			out[label] = v
		}
	}
	return out
}

// network draws the objects of a network of a platform.
type network struct {
	t        *rapid.T
	platform *Platform
	objects  []*drawnObject
}

func (n *network) draw(label string, most int) int { return rapid.IntRange(0, most).Draw(n.t, label) }

func (n *network) one(of Argument, label string) string {
	var ids []string
	for _, o := range n.objects {
		if o.argument == of {
			ids = append(ids, o.id)
		}
	}
	return rapid.SampledFrom(append(ids, "other")).Draw(n.t, label)
}

// add adds an object of a type that is drawn.
func (n *network) add(argument Argument, keys ...string) *drawnObject {
	t := rapid.SampledFrom(n.platform.Of(argument)).Draw(n.t, "type")
	o := &drawnObject{
		argument: argument, t: t, values: map[string]any{}, references: map[string]string{},
		key: rapid.SampledFrom(keys).Draw(n.t, "key"), id: fmt.Sprintf("%s-%d", argument, len(n.objects)),
	}
	if slices.ContainsFunc(n.objects, func(other *drawnObject) bool { return other.argument == argument && other.key == o.key }) {
		return nil
	}
	if id := n.one(argument, "the same object"); id != "other" && strings.HasPrefix(t.Name, dataSource) && n.draw("again", 3) == 0 {
		o.id = id
	}
	for _, path := range t.ID {
		o.values[path] = o.id
	}
	for _, path := range t.Names {
		o.name(path, o.id)
	}
	for _, path := range sortedKeys(t.Only) {
		o.values[path] = rapid.SampledFrom(append(slices.Clone(t.Only[path]), "Other")).Draw(n.t, "only")
	}
	for _, path := range sortedKeys(t.AbsentUnless) {
		o.values[t.AbsentUnless[path]] = rapid.SampledFrom([]any{"true", "false", nil}).Draw(n.t, "flag")
		if o.values[t.AbsentUnless[path]] == "true" {
			o.values[path] = "2408:2::/56"
		}
	}
	n.objects = append(n.objects, o)
	return o
}

// drawnBlocks are few enough that VPCs share them.
var drawnBlocks = []string{"10.0.0.0/16", "10.1.0.0/16", "10.0.0.0/8"}

func (n *network) all() {
	for range 1 + n.draw("VPCs", 2) {
		if o := n.add(VPCs, "prod", "test", "prod/sub"); o != nil {
			n.ranges(o, o.t.CIDRs, drawnBlocks)
			for _, path := range o.t.RouteTable {
				o.values[path] = "table of " + o.id
			}
		}
	}
	for range n.draw("hubs", 2) {
		if len(n.platform.Of(Gateways)) > 0 {
			if o := n.add(Gateways, "hub", "hub2"); o != nil {
				n.ranges(o, o.t.CIDRs, []string{"10.8.0.0/24", "10.9.1.0/24"})
			}
		}
	}
	most := map[Argument]int{
		VPCBlocks: 1, Subnets: 3, Attachments: 2, Peerings: 2, RouteTables: 1, Routes: 2,
		HubRoutes: 2, PrefixLists: 2, SiteGateways: 1, Connections: 2, Clusters: 2,
	}
	for _, argument := range n.platform.Arguments() {
		for range n.draw(string(argument), most[argument]) {
			n.addOther(argument)
		}
	}
	for _, o := range n.objects {
		if o.argument == HubRoutes {
			to := rapid.SampledFrom([]Argument{Attachments, SiteGateways}).Draw(n.t, "attachment of")
			o.refer(o.t.Attachment, n.one(to, "attachment"))
		}
		o.refer(o.t.Connection, n.one(Connections, "connection"))
		if o.t.Route != nil && n.draw("to a list", 1) == 0 {
			for _, path := range o.t.Route.Lists {
				o.refer([]string{o.t.routePath(path)}, n.one(PrefixLists, "list"))
			}
		}
	}
}

// addOther adds an object that belongs to others.
func (n *network) addOther(argument Argument) {
	o := n.add(argument, "a", "b", "prod", "test/x", "prod/sub/y")
	if o == nil {
		return
	}
	o.refer(o.t.VPC, n.one(VPCs, "vpc"))
	o.refer(o.t.PeerVPC, n.one(VPCs, "peer"))
	o.refer(o.t.Hub, n.one(Gateways, "hub"))
	o.refer(o.t.SiteGateway, n.one(SiteGateways, "gateway"))
	if argument == Routes {
		owner := rapid.SampledFrom([]Argument{VPCs, RouteTables}).Draw(n.t, "table of")
		id := n.one(owner, "table")
		o.refer(o.t.RouteTable, id)
		if owner == VPCs {
			o.refer(o.t.RouteTable, "table of "+id)
		}
	}
	if argument != Connections || n.draw("learns its routes", 2) > 0 {
		n.ranges(o, o.t.CIDRs, []string{"10.0.1.0/24", "10.1.1.0/24", "10.9.1.0/24", "0.0.0.0/0", "2408:1::/64"})
	}
	n.ranges(o, o.t.Pods, []string{"10.4.0.0/16", "10.5.0.0/16"})
	n.ranges(o, o.t.Services, []string{"10.6.0.0/16"})
	n.ranges(o, otherPaths(o.t), []string{"10.7.0.0/28", "2408:7::/64"})
	if r := o.t.Route; r != nil {
		prefix := ""
		if o.t.RoutesIn != "" {
			prefix = o.t.RoutesIn + "."
		}
		for _, path := range r.Destination {
			destinations := []any{"10.0.1.0/24", "10.9.1.0/24", "172.16.0.0/12", "10.0.0.0/8", "pl-1", nil}
			o.values[prefix+path] = rapid.SampledFrom(destinations).Draw(n.t, "destination")
		}
		if r.NextHop != "" {
			o.values[prefix+r.NextHop] = rapid.SampledFrom(append(slices.Sorted(maps.Keys(r.Hops)), "Other")).Draw(n.t, "next hop")
		}
		for _, path := range sortedKeys(r.Skip) {
			o.values[prefix+path] = rapid.SampledFrom(append(slices.Clone(r.Skip[path]), "Other")).Draw(n.t, "skip")
		}
	}
	for _, label := range []string{LabelVPC, LabelPeer, LabelHub} {
		if n.draw("label", 4) == 0 {
			names := map[string][]any{LabelVPC: {"prod", "test", "", nil}, LabelPeer: {"prod", "test", nil}, LabelHub: {"hub", "hub2", nil}}
			o.values[label] = rapid.SampledFrom(names[label]).Draw(n.t, "labelled")
		}
	}
}

// ranges sets the first of the paths, and some of the others.
func (n *network) ranges(o *drawnObject, paths, ranges []string) {
	for i, path := range paths {
		if i == 0 || n.draw("further", 3) == 0 {
			one := rapid.SampledFrom(ranges).Draw(n.t, "range")
			if address, length, isJoined := strings.Cut(path, "+"); isJoined {
				o.values[address], o.values[length], _ = strings.Cut(one, "/")
				continue
			}
			o.values[path] = one
		}
	}
}

// given is the argument of the function, with the unknown parts of a mask.
func (n *network) given(m mask) Value {
	arguments := map[string]any{}
	for _, o := range n.objects {
		name := string(o.argument)
		if m.arguments[o.argument] {
			arguments[name] = unknown{}
			continue
		}
		objects, is := arguments[name].(map[string]any)
		if !is {
			objects = map[string]any{}
			arguments[name] = objects
		}
		if m.objects[o] {
			objects[o.key] = unknown{}
			continue
		}
		masked := *o
		masked.values = maps.Clone(o.values)
		for path := range m.paths[o] {
			masked.values[path] = unknown{}
		}
		objects[o.key] = masked.value()
	}
	return fake{map[string]any{n.platform.Name: arguments}}
}

// routePath is a path of a route, from the object.
func (t *Type) routePath(path string) string {
	if t.RoutesIn != "" {
		return t.RoutesIn + "." + path
	}
	return path
}
