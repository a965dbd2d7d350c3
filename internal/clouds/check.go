package clouds

import (
	"errors"
	"fmt"
	"maps"
	"slices"
	"strings"

	"github.com/cidrplan/terraform-provider-cidrplan/internal/topology"
)

// check is what is wrong with the data of the platform.
func (p *Platform) check() []error {
	var faults []error
	if p.Name == "" || p.Provider == "" || p.Version == "" || p.Source == "" {
		faults = append(faults, errors.New("a platform needs its name, provider, version and source"))
	}
	if len(p.Types) == 0 {
		faults = append(faults, errors.New("a platform needs types"))
	}
	for _, name := range slices.Sorted(maps.Keys(p.Types)) {
		t := p.Types[name]
		for _, text := range slices.Concat(t.check(), t.checkArgument(), t.checkAbsent(), t.checkRoute(), t.checkProfiles()) {
			faults = append(faults, fmt.Errorf("%s: %s", name, text))
		}
	}
	return faults
}

// check is what is wrong with the type but for what is absent and its routes.
func (t *Type) check() []string {
	var faults []string
	if !slices.Contains(Arguments, t.Argument) {
		faults = append(faults, fmt.Sprintf("there is no argument %q", t.Argument))
	}
	if t.Elements != "" && !strings.HasPrefix(t.Name, dataSource) {
		faults = append(faults, "only a data source has elements")
	}
	if len(t.IdentifyingPaths()) == 0 {
		faults = append(faults, "nothing is read that says what the object is")
	}
	others := slices.DeleteFunc(t.Paths(), func(path string) bool { return path == t.Region || slices.Contains(t.ID, path) })
	if len(others)+len(t.Marks) == 0 {
		faults = append(faults, "nothing but its ID and region is read, which most objects have: it needs marks")
	}
	for path, values := range t.Only {
		if len(values) == 0 {
			faults = append(faults, fmt.Sprintf("only has no value for %s", path))
		}
	}
	for _, path := range t.Paths() {
		if slices.Contains(strings.Split(path, "."), "") {
			faults = append(faults, fmt.Sprintf("the path %q has an empty step", path))
		}
	}
	return faults
}

// checkArgument is what belongs to types of other arguments.
func (t *Type) checkArgument() []string {
	var faults []string
	if len(t.PodSubnets) > 0 && t.Argument != Clusters {
		faults = append(faults, "only a cluster has pod_subnets")
	}
	if len(t.OtherRanges) > 0 && t.Argument != Clusters {
		faults = append(faults, "only a cluster has other_ranges")
	}
	if len(t.Connection) > 0 && t.Argument != Connections {
		faults = append(faults, "only one of the connections is a route of a connection")
	}
	if len(t.Attachment) > 0 && t.Argument != HubRoutes {
		faults = append(faults, "only a route of a hub has an attachment")
	}
	if t.HubKind != "" && t.Argument != Gateways {
		faults = append(faults, "only a gateway has a hub_kind")
	}
	return faults
}

// checkAbsent is what is wrong with what is absent when new.
func (t *Type) checkAbsent() []string {
	var faults []string
	paths := t.Paths()
	for _, path := range slices.Concat(t.AbsentWhenNew, slices.Sorted(maps.Keys(t.AbsentUnless))) {
		if !slices.Contains(paths, path) {
			faults = append(faults, fmt.Sprintf("absent_when_new or absent_unless names %s, which is not read", path))
		}
	}
	for _, path := range slices.Sorted(maps.Keys(t.Repeats)) {
		if !slices.Contains(paths, path) || !slices.Contains(paths, t.Repeats[path]) || t.Repeats[path] == path {
			faults = append(faults, fmt.Sprintf("repeats names %s and %s, of which one is not read", path, t.Repeats[path]))
		}
	}
	if len(t.AbsentWhenNew)+len(t.AbsentUnless) > 0 && len(t.ID) == 0 {
		faults = append(faults, "without an id nothing is new, so that nothing can be absent")
	}
	return faults
}

// checkRoute is what is wrong with the paths of routes.
func (t *Type) checkRoute() []string {
	var faults []string
	if t.RoutesIn != "" && t.Argument != RouteTables && t.Argument != HubRoutes {
		faults = append(faults, "only route_tables and hub_routes have routes_in")
	}
	routes := slices.Contains([]Argument{Routes, HubRoutes}, t.Argument) || t.RoutesIn != ""
	switch {
	case routes && (t.Route == nil || len(t.Route.Destination)+len(t.Route.Lists) == 0):
		return append(faults, "a route needs the path of its destination")
	case t.Route == nil:
		return faults
	case !routes:
		faults = append(faults, "only a route or a route table with routes_in has a route")
	}
	hops := slices.Sorted(maps.Values(t.Route.Hops))
	for _, target := range t.Route.Targets {
		hops = append(hops, target.Hop)
	}
	hops = append(hops, slices.Sorted(maps.Keys(t.Route.Summaries))...)
	for _, hop := range slices.Compact(hops) {
		if hop != Local && !slices.Contains(topology.NextHops, hop) {
			faults = append(faults, fmt.Sprintf("there is no next hop %q", hop))
		}
	}
	if t.Route.NextHop != "" && len(t.Route.Targets) > 0 {
		faults = append(faults, "next_hop and targets exclude each other")
	}
	return faults
}
