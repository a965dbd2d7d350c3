package messages

import (
	"fmt"
	"net/netip"
	"slices"
	"strings"

	"github.com/cidrplan/terraform-provider-cidrplan/internal/allocate"
	"github.com/cidrplan/terraform-provider-cidrplan/internal/profile"
	"github.com/cidrplan/terraform-provider-cidrplan/internal/topology"
)

// appendedKinds are what ranges of append_ranges are called.
var appendedKinds = map[string]string{profile.PodRanges: "Pod", profile.ServiceRanges: "Service"}

// neededBy is the kind of ranges that an argument asks for.
func neededBy(at topology.Path) string {
	if LastAttr(at) == "max_services" {
		return "Service"
	}
	return "Pod"
}

// appendedTo names the clusters that further ranges are appended to, for a summary.
func appendedTo(e allocate.Appended) string {
	var names []string
	for _, c := range e.Clusters {
		names = append(names, c.Cluster)
	}
	// the ranges of one cluster come one after the other
	return clustersNamed(slices.Compact(names), func(name string) string { return name })
}

// appendedKind is the kind that all of several ranges have, "" where there are two.
func appendedKind(kinds []string) string {
	if of := distinct(kinds); len(of) == 1 {
		return appendedKinds[of[0]]
	}
	return ""
}

// appended says which ranges this plan appends, and that no later plan removes them.
func (p Writer) appended(e allocate.Appended) string {
	var kinds []string
	for _, c := range e.Clusters {
		kinds = append(kinds, c.Kind)
	}
	of := strings.TrimLeft(appendedKind(kinds)+" ranges", " ")
	var out strings.Builder
	fmt.Fprintf(&out, "This plan appends %s to existing clusters:\n", of)
	var ends []string
	for i, c := range e.Clusters {
		if i == maxListed {
			fmt.Fprintf(&out, "\n  - and to %d more", len(e.Clusters)-i)
			break
		}
		fmt.Fprintf(&out, "\n  - cluster %q: %s%s (%s)", c.Cluster, ofKind(c, kinds), Join(c.Added), appendedWhy(c))
		if len(c.Outside) > 0 {
			ends = append(ends, outsideReserve(c))
		}
		if count, most := len(c.Held)+len(c.Added), c.Profile.MaxRanges(c.Kind, profile.Appended); count > most*3/4 {
			ends = append(
				ends,
				fmt.Sprintf(
					"Cluster %q then has %d of the %d %s ranges that %s accepts. Plan a second cluster before they are used up.",
					c.Cluster, count, most, appendedKinds[c.Kind], c.Profile.Title,
				),
			)
		}
	}
	fmt.Fprintf(
		&out,
		"\n\nEffect: after the apply, no change of the configuration takes a range back, not even if the platform has removed it. A "+
			"cluster keeps its %s until renumber moves it, which rebuilds the cluster.", of,
	)
	if len(ends) > 0 {
		fmt.Fprintf(&out, "\n\n%s", strings.Join(ends, "\n"))
	}
	var steps []growthStep
	for _, c := range e.Clusters[:min(len(e.Clusters), maxListed)] {
		steps = append(steps, growthStep{c.Cluster, appendedKinds[c.Kind] + " ranges", c.Profile.Apply(c.Kind).Text})
	}
	return out.String() + applied(steps)
}

// ofKind names the kind of a range where there are several.
func ofKind(c allocate.AppendedRanges, kinds []string) string {
	if appendedKind(kinds) != "" {
		return ""
	}
	return appendedKinds[c.Kind] + " range "
}

// appendedWhy says why ranges are appended.
func appendedWhy(c allocate.AppendedRanges) string {
	switch {
	case c.SameAs != "":
		return fmt.Sprintf("same_as = %q", c.SameAs)
	case c.Pinned && len(c.Added) == 1:
		return c.List + " names it"
	case c.Pinned:
		return c.List + " names them"
	case c.Kind == profile.ServiceRanges:
		return fmt.Sprintf("max_services = %d, and %s %s %d Services", c.Wanted, Join(c.Held), serve(c.Held), c.Serves)
	}
	return fmt.Sprintf("max_nodes = %d, and %s %s %s", c.Wanted, Join(c.Held), serve(c.Held), nodesServed(c.Serves, c.Surge))
}

// outsideReserve says which ranges are not in the growth reserve of a cluster.
func outsideReserve(c allocate.AppendedRanges) string {
	verb := "is"
	if len(c.Outside) > 1 {
		verb = "are"
	}
	return fmt.Sprintf(
		"%s of cluster %q %s outside of pod_aggregate %s. Routes and firewall rules for pod_aggregate do not cover these addresses.",
		Join(c.Outside), c.Cluster, verb, c.Reserve,
	)
}

// serve is the verb for what one range or several do.
func serve(ranges []netip.Prefix) string {
	if len(ranges) == 1 {
		return "serves"
	}
	return "serve"
}

// nodesServed is a number of nodes that ranges serve beside those of an upgrade.
func nodesServed(nodes, surge int64) string {
	switch {
	case surge == 0 && nodes == 1:
		return "1 node"
	case surge == 0:
		return fmt.Sprintf("%d nodes", nodes)
	}
	return fmt.Sprintf("%d nodes beside surge_nodes = %d", max(nodes, 0), surge)
}

// fewerNodes are the edits of a cluster with which its ranges serve it.
func fewerNodes(at topology.Path, nodes, surge int64) []topology.Edit {
	if nodes > 0 {
		return []topology.Edit{topology.Set(at.Attr("max_nodes"), topology.AtMost(nodes))}
	}
	return []topology.Edit{
		topology.Remove(at.Attr("surge_nodes")), topology.Set(at.Attr("max_nodes"), topology.AtMost(nodes+surge)),
	}
}

// appendedGrounds cite whether the platforms remove ranges, and what has to be done after they are appended.
func (p Writer) appendedGrounds(e allocate.Appended) string {
	var removals, sources []string
	for _, c := range e.Clusters[:min(len(e.Clusters), maxListed)] {
		removal := c.Profile.Growth.Removal
		if c.Kind == profile.ServiceRanges {
			removal = c.Profile.Growth.Services.Removal
		}
		if removal.Text != "" {
			removals, sources = append(removals, removal.Text), append(sources, removal.Sources...)
		}
		sources = append(sources, c.Profile.Apply(c.Kind).Sources...)
	}
	return p.grounded(removals, sources)
}

// appendedOptions take the growth back.
func appendedOptions(e allocate.Appended) []topology.Option {
	o := topology.Option{Kind: topology.Mistake}
	for _, c := range e.Clusters[:min(len(e.Clusters), maxListed)] {
		at := clustersPath.Key(c.Cluster)
		switch {
		case c.SameAs != "": // which follows the other cluster
		case c.Pinned && c.List == "pod_cidrs":
			o.Add(topology.Set(at.Attr(c.List), c.Held))
		case c.Pinned && len(c.Held) == 1:
			o.Add(topology.Remove(at.Attr(c.List)))
		case c.Pinned:
			o.Add(topology.Set(at.Attr(c.List), c.Held[1:]))
		case c.Kind == profile.ServiceRanges:
			serves, _ := servedBefore(e, c)
			o.Add(topology.Set(at.Attr("max_services"), topology.AtMost(serves)))
		default:
			serves, surge := servedBefore(e, c)
			for _, edit := range fewerNodes(at, serves, surge) {
				o.Add(edit)
			}
		}
	}
	return []topology.Option{o}
}

// servedBefore is what the ranges of a kind served before beside nodes of an upgrade, with both families the smaller number.
func servedBefore(e allocate.Appended, of allocate.AppendedRanges) (serves, surge int64) {
	serves, surge = of.Serves, of.Surge
	for _, c := range e.Clusters {
		if c.Cluster == of.Cluster && c.Kind == of.Kind && !c.Pinned && c.Serves < serves {
			serves, surge = c.Serves, c.Surge
		}
	}
	return serves, surge
}
