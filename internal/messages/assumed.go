package messages

import (
	"fmt"
	"net/netip"
	"slices"
	"strings"

	"github.com/cidrplan/terraform-provider-cidrplan/internal/allocate"
	"github.com/cidrplan/terraform-provider-cidrplan/internal/conflict"
	"github.com/cidrplan/terraform-provider-cidrplan/internal/topology"
)

// doubled names the clusters whose node blocks are twice as large because of addresses that nodes cannot use.
func doubled(e allocate.DoubledNodeBlock) string {
	text := fmt.Sprintf(
		"Cluster %q requests %d usable Pods on each node. %s reserves %d addresses of each node block, so each node uses a /%d. "+
			"With pods_per_node = %d, a block of half the size is enough, and the Pod range has space for twice as many nodes.",
		e.Cluster,
		e.PodsPerNode,
		e.Profile.Title,
		e.Lost,
		e.Mask,
		e.Fitting,
	)
	return text + sameOf("clusters", e.Others, func(o allocate.DoubledNodeBlock) string {
		return fmt.Sprintf(
			"cluster %q: pods_per_node = %d requires a /%d; with %d or fewer, a block of half the size is enough",
			o.Cluster, o.PodsPerNode, o.Mask, o.Fitting,
		)
	})
}

// assumed says which ranges of which clusters cidrplan assumes, since their platform uses them by itself.
func (p Writer) assumed(e allocate.AssumedRanges) string {
	since := "has a Pod range and sets no service_cidr"
	if e.Existing != nil {
		since = fmt.Sprintf("exists, and no %s range is set", defaultKind(e.Kind))
	}
	text := fmt.Sprintf(
		"Cluster %q %s, so cidrplan assumes the default %s range of %s, %s. cidrplan treats that range as in use.",
		e.Cluster, since, defaultKind(e.Kind), e.Profile.Title, joined(e.Ranges, "and"),
	)
	if e.Choice() {
		text = fmt.Sprintf(
			"Cluster %q exists, and no Service range is set, so %s chose one of its default Service ranges: %s. cidrplan treats all of "+
				"them as in use and reports conflicts with them as warnings.",
			e.Cluster, e.Profile.Title, joined(e.Ranges, "or"),
		)
	}
	return text + sameOf("clusters", e.Others, func(o allocate.AssumedRanges) string {
		return fmt.Sprintf("cluster %q: %s range %s (%s)", o.Cluster, defaultKind(o.Kind), joined(o.Ranges, "or"), o.Profile.Title)
	})
}

// defaultKind names the kind of a range of a cluster: Pod or Service.
func defaultKind(kind conflict.Kind) string {
	if kind == conflict.Pod {
		return "Pod"
	}
	return "Service"
}

// joined lists ranges as a part of a sentence.
func joined(ranges []netip.Prefix, word string) string {
	return strings.Join(rangeTexts(ranges), " "+word+" ")
}

// rangeTexts writes ranges.
func rangeTexts(ranges []netip.Prefix) []string {
	var out []string
	for _, r := range ranges {
		out = append(out, r.String())
	}
	return out
}

// sameOf lists further clusters or blocks, as what says, of which the same is said.
func sameOf[T any](what string, others []T, of func(T) string) string {
	if len(others) == 0 {
		return ""
	}
	var lines []string
	for _, o := range others {
		lines = append(lines, of(o))
	}
	return "\n\nThe same applies to:\n" + bullets(lines, what)
}

// assumedGrounds cites who says what the platform chooses.
func (p Writer) assumedGrounds(e allocate.AssumedRanges) string {
	by := e.Profile.Services.Default.Rule
	if e.Kind == conflict.Pod {
		by = e.Profile.Pods.Default.Rule
	}
	return "\n\nSource: " + p.Catalog.Cite(by)
}

// assumedOptions confirm the ranges that are assumed, give others, or say that the clusters do not exist yet.
func assumedOptions(e allocate.AssumedRanges) []topology.Option {
	var confirm, unbuilt []topology.Edit
	for _, one := range append([]allocate.AssumedRanges{e}, e.Others...)[:min(len(e.Others)+1, maxListed)] {
		at := clustersPath.Key(one.Cluster)
		for _, r := range one.Ranges {
			argument, value := assumedArgument(one.Kind, r)
			confirm = append(confirm, topology.Set(at.Attr(argument), value))
		}
		if one.Existing != nil {
			unbuilt = append(unbuilt, topology.Remove(one.Existing))
			if one.Kind == conflict.Pod {
				unbuilt = append(unbuilt, topology.Set(at.Attr("max_nodes"), topology.MostNodesPlanned))
			}
		} else {
			unbuilt = append(unbuilt, topology.Set(at.Attr("max_services"), described("the number of its Services")))
		}
	}
	argument, _ := assumedArgument(e.Kind, e.Ranges[0])
	real := topology.OptionOf(topology.Set(clustersPath.Key(e.Cluster).Attr(argument), described("the range that the cluster has")))
	options := []topology.Option{topology.OptionWhen(topology.NotBuilt, unbuilt...)}
	if len(e.Others) == 0 {
		options = slices.Insert(options, 0, real)
	}
	if !e.Choice() {
		options = slices.Insert(options, 0, topology.OptionOf(confirm...))
	}
	return options
}

// assumedArgument is the argument of a cluster that gives a range of a kind, with its value.
func assumedArgument(kind conflict.Kind, r netip.Prefix) (argument string, value any) {
	ipv6 := r.Addr().Is6()
	switch {
	case kind == conflict.Pod && ipv6:
		return "pod_ipv6_cidr", r
	case kind == conflict.Pod:
		return "pod_cidrs", []netip.Prefix{r}
	case ipv6:
		return "service_ipv6_cidr", r
	}
	return "service_cidr", r
}

// doubledOptions make the node blocks half as large.
func doubledOptions(e allocate.DoubledNodeBlock) []topology.Option {
	var edits []topology.Edit
	for _, one := range append([]allocate.DoubledNodeBlock{e}, e.Others...)[:min(len(e.Others)+1, maxListed)] {
		edits = append(edits, topology.Set(clustersPath.Key(one.Cluster).Attr("pods_per_node"), topology.AtMost(one.Fitting)))
	}
	return []topology.Option{topology.OptionOf(edits...)}
}
