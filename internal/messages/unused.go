package messages

import (
	"fmt"
	"strings"

	"github.com/cidrplan/terraform-provider-cidrplan/internal/allocate"
	"github.com/cidrplan/terraform-provider-cidrplan/internal/conflict"
	"github.com/cidrplan/terraform-provider-cidrplan/internal/topology"
)

// Messages on what a configuration says without effect.

// placeholder says that a value was pasted as a message prints it.
func placeholder(e topology.Placeholder) string {
	return fmt.Sprintf("The value %s is a placeholder from a message or from the documentation.", Shown(e.Value))
}

// untilWithoutToday says that acceptances never end.
func untilWithoutToday(e conflict.UntilWithoutToday) string {
	return fmt.Sprintf(
		"The provider has no current date, so the until of these accepted conflicts has no effect:\n\n%s",
		bullets(paths(e.At), "places"),
	)
}

// leftSupernets says which clusters keep ranges that no supernet contains any more.
func leftSupernets(e allocate.NoLongerInSupernets) string {
	var clusters []string
	for _, c := range e.Clusters {
		clusters = append(clusters, fmt.Sprintf("cluster %q: %s", c.Cluster, holding(c.Ranges)))
	}
	return fmt.Sprintf("The supernets no longer contain %s, and clusters hold ranges in it:\n\n%s\n\n"+
		"Effect: the clusters keep these ranges, and new ranges of this allocator do not overlap them. Other workspaces that reserve the "+
		"supernets no longer reserve these ranges. This warning is shown once. To keep the ranges, apply this plan.",
		Join(e.Removed), bullets(clusters, "clusters"))
}

// bullets lists items, a line each, of many the first ones and how many more there are; of is what they are.
func bullets(items []string, of string) string {
	var lines []string
	for _, item := range items[:min(maxListed, len(items))] {
		lines = append(lines, "  - "+item)
	}
	if more := len(items) - len(lines); more > 0 {
		lines = append(lines, fmt.Sprintf("  - and %d more %s", more, of))
	}
	return strings.Join(lines, "\n")
}
