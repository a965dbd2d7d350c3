package clouds

import (
	"slices"
	"strings"

	"github.com/cidrplan/terraform-provider-cidrplan/internal/topology"
)

// dataSource begins the names of data sources.
const dataSource = "data."

// WrongObject says that an object is of none of the types of its argument.
type WrongObject struct {
	Platform string
	Argument Argument
	// Expected are the types of the argument.
	Expected []string
	// Is is the type that the object has by its attributes, "" where it has none; IsPlatform and IsArgument are where that type belongs.
	Is         string
	IsPlatform string
	IsArgument Argument
}

// Match is the type of the platform whose objects belong in an argument and that v, a Map at the place at, is an object of; nil with
// a fault where it is of none. The names of attributes alone decide. The platform must be one of the catalog's.
//
// An object is of the type of which it has all attributes, and of several that of the most. An object that was written by hand is
// of the type of which it has most attributes, among them one that says what the object is (see IdentifyingPaths). It is of none if it
// has at least as many attributes, all of them, of a type that belongs elsewhere, and others beside.
func (c *Catalog) Match(platform string, argument Argument, v Value, at topology.Path) (*Type, *topology.Fault) {
	if v.Kind() != Map {
		return nil, &topology.Fault{At: at, Problem: topology.WrongType{Is: v.Type(), Want: topology.ObjectType}}
	}
	members := v.Members()
	own := c.platforms[platform].Of(argument)
	fitting := mostPaths(own, members)
	elsewhere, where := c.elsewhere(platform, argument, members)
	if fitting != nil && (elsewhere == nil || len(fitting.attributes) >= len(elsewhere.attributes)) {
		return fitting, nil
	}
	t, count := byHand(own, members)
	if t != nil && (elsewhere == nil || count > len(elsewhere.attributes) || isByHand(members, elsewhere)) {
		return t, nil
	}
	wrong := WrongObject{Platform: platform, Argument: argument}
	for _, t := range own {
		wrong.Expected = append(wrong.Expected, t.Name)
	}
	if elsewhere != nil {
		wrong.Is, wrong.IsPlatform, wrong.IsArgument = elsewhere.Name, where, elsewhere.Argument
	}
	return nil, &topology.Fault{At: at, Problem: wrong}
}

// elsewhere is the type of another argument or platform of which the members have all attributes, the one with the most of them, and
// its platform. Of equals, one of the same platform is taken.
func (c *Catalog) elsewhere(platform string, argument Argument, members map[string]Value) (*Type, string) {
	var best placedType
	for _, t := range c.types {
		if t.platform == platform && t.Argument == argument || !t.fits(members) {
			continue
		}
		more := best.Type == nil || len(t.attributes) > len(best.attributes)
		if more || len(t.attributes) == len(best.attributes) && t.platform == platform && best.platform != platform {
			best = t
		}
	}
	return best.Type, best.platform
}

// mostPaths is the type whose attributes are all there, and of several the one with the most.
func mostPaths(types []*Type, members map[string]Value) *Type {
	var best *Type
	for _, t := range types {
		if t.fits(members) && (best == nil || len(t.attributes) > len(best.attributes)) {
			best = t
		}
	}
	return best
}

// isByHand says whether an object has no attributes but those of the type and labels, as no resource has.
func isByHand(members map[string]Value, t *Type) bool {
	known := slices.Concat(t.attributes, []string{LabelVPC, LabelHub, LabelPeer})
	for name := range members {
		if !slices.Contains(known, name) {
			return false
		}
	}
	return true
}

// byHand is the type of an object that was written by hand, or that an older version of the provider made, and the number of its
// attributes that are there. Where only an ID says what an object is, it may have no other attributes than those of the type. Labels
// alone do for what connects two networks.
func byHand(types []*Type, members map[string]Value) (best *Type, most int) {
	for _, t := range types {
		if !t.isIdentified(members) || t.hasOnlyID() && !isByHand(members, t) {
			continue
		}
		count := 0
		for _, attribute := range t.attributes {
			if _, is := members[attribute]; is {
				count++
			}
		}
		if count > most {
			best, most = t, count
		}
	}
	if best == nil && len(types) > 0 && types[0].connects() && len(members) > 0 && isByHand(members, &Type{}) {
		return types[0], 0
	}
	return best, most
}

// hasOnlyID says whether only an ID says what an object of the type is.
func (t *Type) hasOnlyID() bool { return slices.Equal(t.IdentifyingPaths(), t.ID) }

// connects says whether objects of the type connect two networks.
func (t *Type) connects() bool { return t.Argument == Attachments || t.Argument == Peerings }

// isIdentified says whether one of the attributes that say what an object is is among the members.
func (t *Type) isIdentified(members map[string]Value) bool {
	return slices.ContainsFunc(t.identifying, func(name string) bool { _, is := members[name]; return is })
}

// IdentifyingPaths are the paths that say that an object is of the argument: those of its ranges, or of what it connects, or of its
// ID where it has neither.
func (t *Type) IdentifyingPaths() []string {
	var of [][]string
	switch t.Argument {
	case Attachments:
		of = [][]string{t.VPC, t.Hub}
	case Peerings:
		of = [][]string{t.VPC, t.PeerVPC}
	case Gateways, SiteGateways, RouteTables:
		of = [][]string{t.ID}
	case Clusters:
		of = [][]string{t.Pods, t.Services, t.PodsIPv6, t.ServicesIPv6}
	case Routes, HubRoutes:
		if t.RoutesIn != "" {
			return []string{t.RoutesIn}
		}
		if t.Route != nil {
			return slices.Concat(t.Route.Destination, t.Route.Lists)
		}
	default:
		of = [][]string{t.CIDRs, t.IPv6CIDRs}
	}
	return joined(slices.Concat(of...))
}

// fits says whether the members have all attributes of the type.
func (t *Type) fits(members map[string]Value) bool {
	for _, step := range t.attributes {
		if _, is := members[step]; !is {
			return false
		}
	}
	return true
}

// firstStep is the attribute in which a path begins.
func firstStep(path string) string {
	step, _, _ := strings.Cut(path, ".")
	return step
}
