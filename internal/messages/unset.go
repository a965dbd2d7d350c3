package messages

import (
	"fmt"
	"strings"

	"github.com/cidrplan/terraform-provider-cidrplan/internal/topology"
)

// unset says which clusters have an IPv6 Service range that Terraform cannot set, what each gets instead, and
// what to write.
func (p Writer) unset(e topology.UnsetByTerraform) (summary, detail string) {
	var out strings.Builder
	out.WriteString("The resource that creates these clusters has no argument for the IPv6 Service range:\n")
	for i, c := range e.Clusters {
		if i == maxListed {
			fmt.Fprintf(&out, "\n  - and %d more", len(e.Clusters)-i)
			break
		}
		fmt.Fprintf(&out, "\n  - cluster %s: %s", Shown(c.Cluster), gets(c))
	}
	out.WriteString("\n\nEffect: cidrplan checks and reserves a range that the cluster does not use.")
	out.WriteString(
		" A cluster that already holds an IPv6 Service range keeps it. To change only this range, pin the other ranges of the cluster to " +
			"their current values and set a new token in renumber.",
	)
	return "Terraform Cannot Set the IPv6 Service Range of " + clustersNamed(
		e.Clusters,
		func(c topology.UnsetCluster) string { return c.Cluster },
	), out.String()
}

// unsetGrounds cite which argument the resources lack.
func (p Writer) unsetGrounds(e topology.UnsetByTerraform) string {
	var rules, sources []string
	for _, c := range e.Clusters[:min(len(e.Clusters), maxListed)] {
		rules, sources = append(rules, c.Profile.IPv6.Unset.Text), append(sources, c.Profile.IPv6.Unset.Sources...)
	}
	return "\n\nA cluster that is created with the console or API of the platform can use the range of its allocation. In that case, set " +
		"its service_cidr and service_ipv6_cidr in existing." + p.grounded(
		rules,
		sources,
	)
}

// gets says what a cluster that Terraform creates has, and what the plan has.
func gets(c topology.UnsetCluster) string {
	planned := "the range of its allocation"
	if c.Pinned.IsValid() {
		planned = "service_ipv6_cidr = " + c.Pinned.String()
	}
	resources := strings.Join(c.Profile.Change.Resources, " or ")
	if takes := c.Profile.IPv6.Unset.Takes; takes.IsValid() {
		return fmt.Sprintf("%s creates it with %s, not with %s", resources, takes, planned)
	}
	return fmt.Sprintf("%s creates it with IPv4 only, without %s", resources, planned)
}
