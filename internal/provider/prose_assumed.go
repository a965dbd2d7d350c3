package provider

import (
	"fmt"

	"github.com/cidrplan/terraform-provider-cidrplan/internal/allocate"
)

// doubled says of which clusters lost addresses double the node blocks.
func doubled(e allocate.Doubled) string {
	text := fmt.Sprintf("Cluster %q asks for %d usable Pods on each node, and %s loses %d addresses of each block, so every node takes a /%d. "+
		"With pods_per_node = %d a block of half the size would do, and the Pod range would hold twice the nodes.", e.Cluster, e.PodsPerNode, e.Profile.Title, e.Lost, e.Mask, e.Fitting)
	return text + sameOf("clusters", e.Others, func(o allocate.Doubled) string {
		return fmt.Sprintf("cluster %q: pods_per_node = %d takes a /%d, %d or fewer a block of half the size", o.Cluster, o.PodsPerNode, o.Mask, o.Fitting)
	})
}

// assumed says which clusters count with the Service range that their platform chooses.
func (p prose) assumed(e allocate.Assumed) string {
	text := fmt.Sprintf("Cluster %q says which Pod range it has and nothing of Services, so it is taken to have the range that %s takes by itself, %s. That range counts as in use.\n\n"+
		"Write service_cidr = %q to confirm, give the range that the cluster really has, or give max_services if it is still to be built and shall get one here.\n\n  source: %s",
		e.Cluster, e.Profile.Title, e.Range, e.Range, p.catalog.Cite(e.Profile.Services.Default.Rule))
	return text + sameOf("clusters", e.Others, func(o allocate.Assumed) string {
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
	return "\n\nThe same holds for:\n" + bullets(lines, what)
}
