package statefile

import (
	"slices"
	"strings"

	"github.com/cidrplan/terraform-provider-cidrplan/internal/clouds"
	"github.com/cidrplan/terraform-provider-cidrplan/internal/messages"
	"github.com/cidrplan/terraform-provider-cidrplan/internal/topology"
)

// ownTypes begin the types of this provider, which are read as well.
const ownTypes = "cidrplan_"

// Of is what is wanted of a catalog: all types that it names, and the resources of this provider.
func Of(catalog *clouds.Catalog) Wanted {
	types := typesOf(catalog)
	return func(typeName string) (elements string, ok bool) {
		if t, is := types[typeName]; is {
			return t.Elements, true
		}
		return "", strings.HasPrefix(typeName, ownTypes)
	}
}

// placed is a type with its platform.
type placed struct {
	*clouds.Type
	platform string
}

func typesOf(catalog *clouds.Catalog) map[string]placed {
	types := map[string]placed{}
	for _, platform := range catalog.Platforms() {
		for name, t := range catalog.Platform(platform).Types {
			types[name] = placed{t, platform}
		}
	}
	return types
}

// Gathered are the objects of files as clouds.Catalog.Join takes them.
type Gathered struct {
	Given map[string]clouds.Given
	// Origin is where each object comes from, by its place as text, such as huaweicloud.vpcs["prod"].
	Origin map[string]Object
	// Cluster says of clusters by key where they are and what they are.
	Cluster map[string]Cluster
	// Own are the resources of this provider, in the order of the files.
	Own []Object
	// Faults are attributes that cannot be read, at the places of the objects.
	Faults []topology.Fault
	// later are the objects that a plan does not know, in whole or in part.
	later []Left
}

// Cluster is the key of the VPC that a cluster is in and its profile, each "" where it is not known.
type Cluster struct {
	VPC, Profile string
	// PodSubnets are the keys of the subnets that its Pods use, none where not all of them are in the files.
	PodSubnets []string
}

// Gather gives each object a key and reads it. Keys are unique among objects that get a name in the same map of facts, across
// platforms and files.
func Gather(catalog *clouds.Catalog, files []Contents) Gathered {
	g := Gathered{Given: map[string]clouds.Given{}, Origin: map[string]Object{}, Cluster: map[string]Cluster{}}
	types, groups := typesOf(catalog), map[clouds.Argument][]Object{}
	for _, file := range files {
		for _, o := range file.Objects {
			if strings.HasPrefix(o.Type, ownTypes) {
				g.Own = append(g.Own, o)
			} else if t, is := types[o.Type]; is {
				group := groupOf(t.Argument)
				groups[group] = append(groups[group], o)
			}
		}
	}
	for _, argument := range clouds.Arguments {
		for i, key := range Keys(groups[argument]) {
			o := groups[argument][i]
			g.add(types[o.Type], key, o)
		}
	}
	g.label()
	return g
}

// groupOf is an argument that stands for all whose objects share one set of names: VPCs and sites are networks.
func groupOf(argument clouds.Argument) clouds.Argument {
	if slices.Contains([]clouds.Argument{clouds.Connections, clouds.HubRoutes}, argument) {
		return clouds.VPCs
	}
	return argument
}

func (g *Gathered) add(t placed, key string, o Object) {
	given := g.Given[t.platform]
	if given == nil {
		given = clouds.Given{}
		g.Given[t.platform] = given
	}
	objects, has := given[t.Argument]
	if !has {
		objects = clouds.Objects{Of: map[string]clouds.Object{}, At: topology.Path{}.Attr(t.platform).Attr(string(t.Argument))}
	}
	at := objects.At.Key(key)
	g.Origin[at.String()] = o
	switch o.Value.Kind() {
	case clouds.Map:
		objects.Of[key] = g.read(t, o, at)
		if t.Argument == clouds.Clusters {
			g.Cluster[key] = Cluster{Profile: t.Profile(o.Value)}
		}
	case clouds.Unknown:
		g.leave(o, messages.ReadDuringApply)
	case clouds.Null:
		g.leave(o, messages.FlatAttributes)
	default:
		g.Faults = append(g.Faults, topology.Fault{
			At: at, Problem: topology.WrongType{Is: o.Value.Type(), Want: topology.ObjectType},
		})
	}
	given[t.Argument] = objects
}

// read reads an object. What is known only after apply is left out, and noted where it has ranges.
func (g *Gathered) read(t placed, o Object, at topology.Path) clouds.Object {
	object, faults := t.Read(o.Value, at)
	g.Faults = append(g.Faults, faults...)
	if lacksRanges(object) {
		g.leave(o, messages.RangesAfterApply)
	}
	object, _ = t.Read(withoutUnknown{o.Value}, at)
	return object
}

func (g *Gathered) leave(o Object, reason string) {
	g.later = append(g.later, Left{o.Address(), o.File, reason})
}
