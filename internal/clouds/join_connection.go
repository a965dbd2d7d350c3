package clouds

import (
	"slices"
	"strings"

	"github.com/cidrplan/terraform-provider-cidrplan/internal/topology"
)

// ended is a connection with the VPC and the hub that it ends at: what it names itself, otherwise what the connection that it is a route of
// or its gateway names.
func (j *joiner) ended(e entry) entry {
	switch {
	case len(e.VPC) > 0 || len(e.Hub) > 0:
		return e
	case len(e.Connection) > 0:
		found, fault := j.connectionOf(e)
		if route, is := j.connections.entryOf[found.name]; is {
			route.Connection = nil // a route of a route is none
			return j.withOwner(e, j.ended(route))
		}
		return j.withoutOwner(e, j.connections, found, fault)
	case len(e.SiteGateway) > 0:
		found, fault := j.siteGateways.find(e, clues{refs: e.SiteGateway})
		if gateway, is := j.siteGateways.entryOf[found.name]; is {
			return j.withOwner(e, gateway)
		}
		return j.withoutOwner(e, j.siteGateways, found, fault)
	}
	return e
}

// connectionOf is the connection that an object is a route of: the one that begins its key, or that has the ID.
func (j *joiner) connectionOf(e entry) (owner, *topology.Fault) {
	slash := max(strings.LastIndexByte(e.key, '/'), 0)
	return j.connections.find(e, clues{key: e.key[:slash], refs: e.Connection})
}

// withOwner is a connection with the VPC and the hub that its gateway or its own connection names.
func (j *joiner) withOwner(e, owner entry) entry {
	e.VPC, e.Hub = owner.VPC, owner.Hub
	switch {
	case isLabelled(e) || j.vpcs.ofKey(e.key) != "":
	case !j.vpcs.afterApply:
		e.key, e.Labels = owner.key, owner.Labels
	case isLabelled(owner): // a VPC of its key may follow, and then the labels of the owner do not count
		e.Labels = Labels{VPC: afterApply[string](), Hub: afterApply[string]()}
	}
	return e
}

// withoutOwner is a connection whose gateway or own connection is not given or not known. A labelled one needs none.
func (j *joiner) withoutOwner(e entry, of owners, found owner, fault *topology.Fault) entry {
	if isLabelled(e) && fault == nil {
		return e
	}
	if _, undecided := j.belongs(e, of, found, fault); undecided {
		e.VPC, e.Hub = Refs{afterApply[string]()}, Refs{afterApply[string]()}
	}
	return e
}

// isLabelled says whether a label names the VPC or the hub of an object, or may do so.
func isLabelled(e entry) bool { return !empty(e.Labels.VPC) || !empty(e.Labels.Hub) }

// routedRanges are the ranges of the routes of connections, by the key of the connection, and which ones have routes elsewhere.
type routedRanges struct {
	of map[string][]string
	// led are the keys of the connections to which routes of hubs lead.
	led map[string]bool
	// undecided are those of routes of which it is not known yet to which connection they belong.
	undecided []string
}

// routedRanges are the ranges of the connections that are routes of others. As long as it is not known of which one, each may have routes.
func (j *joiner) routedRanges() routedRanges {
	out := routedRanges{of: map[string][]string{}, led: map[string]bool{}}
	for _, e := range j.of[HubRoutes].entries {
		for _, id := range e.Attachment.known() {
			if key, is := j.connections.keyOf[id]; is {
				out.led[key] = true
			}
		}
		j.undecided = j.undecided || e.Attachment.afterApply() && len(j.of[Connections].entries) > 0
	}
	for _, e := range j.of[Connections].entries {
		if len(e.Connection) == 0 {
			continue
		}
		ranges := union(e.CIDRs, e.IPv6CIDRs).Value
		switch found, _ := j.connectionOf(e); {
		case found.undecided:
			out.undecided, j.undecided = append(out.undecided, ranges...), true
		case found.name != "":
			out.of[found.name] = append(out.of[found.name], ranges...)
		}
	}
	return out
}

// has says whether a connection has routes, or a hub has routes to it.
func (r routedRanges) has(connection string) bool {
	return len(r.of[connection]) > 0 || r.led[connection]
}

// without are the ranges of a connection without those that its routes repeat. A route has none itself.
func (r routedRanges) without(connection entry, ranges Known[[]string]) Known[[]string] {
	if len(connection.Connection) > 0 {
		return ranges
	}
	var out []string
	for _, one := range ranges.Value {
		switch {
		case slices.Contains(r.of[connection.key], one):
		case slices.Contains(r.undecided, one):
			return afterApply[[]string]()
		default:
			out = append(out, one)
		}
	}
	return Known[[]string]{Value: out, AfterApply: ranges.AfterApply}
}
