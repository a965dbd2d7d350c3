package messages

import (
	"fmt"
	"slices"

	"github.com/cidrplan/terraform-provider-cidrplan/internal/allocate"
	"github.com/cidrplan/terraform-provider-cidrplan/internal/topology"
)

// doubled says of which clusters lost addresses double the node blocks.
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

// assumed says which clusters count with the Service range that their platform chooses.
func (p Writer) assumed(e allocate.AssumedServiceRange) string {
	text := fmt.Sprintf(
		"Cluster %q has a Pod range and sets no service_cidr, so cidrplan assumes the default Service range of %s, %s. cidrplan treats "+
			"that range as in use.",
		e.Cluster, e.Profile.Title, e.Range,
	)
	return text + sameOf("clusters", e.Others, func(o allocate.AssumedServiceRange) string {
		return fmt.Sprintf("cluster %q: service_cidr = %q (%s)", o.Cluster, o.Range, o.Profile.Title)
	})
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
func (p Writer) assumedGrounds(e allocate.AssumedServiceRange) string {
	return "\n\nSource: " + p.Catalog.Cite(e.Profile.Services.Default.Rule)
}

// assumedOptions confirm the ranges that are assumed, give others, or have some allocated.
func assumedOptions(e allocate.AssumedServiceRange) []topology.Option {
	var confirm, sizes []topology.Edit
	for _, one := range append([]allocate.AssumedServiceRange{e}, e.Others...)[:min(len(e.Others)+1, maxListed)] {
		at := clustersPath.Key(one.Cluster)
		confirm = append(confirm, topology.Set(at.Attr("service_cidr"), one.Range))
		sizes = append(sizes, topology.Set(at.Attr("max_services"), described("the number of its Services")))
	}
	real := topology.Set(clustersPath.Key(e.Cluster).Attr("service_cidr"), described("the range that the cluster has"))
	options := []topology.Option{topology.OptionOf(confirm...), topology.OptionWhen(topology.NotBuilt, sizes...)}
	if len(e.Others) == 0 {
		options = slices.Insert(options, 1, topology.OptionOf(real))
	}
	return options
}

// doubledOptions make the node blocks half as large.
func doubledOptions(e allocate.DoubledNodeBlock) []topology.Option {
	var edits []topology.Edit
	for _, one := range append([]allocate.DoubledNodeBlock{e}, e.Others...)[:min(len(e.Others)+1, maxListed)] {
		edits = append(edits, topology.Set(clustersPath.Key(one.Cluster).Attr("pods_per_node"), topology.AtMost(one.Fitting)))
	}
	return []topology.Option{topology.OptionOf(edits...)}
}
