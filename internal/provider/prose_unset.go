package provider

import (
	"fmt"
	"slices"
	"strings"

	"github.com/cidrplan/terraform-provider-cidrplan/internal/profile"
	"github.com/cidrplan/terraform-provider-cidrplan/internal/topology"
)

// unset says which clusters have an IPv6 Service range that Terraform cannot set, what each gets instead, and
// what to write.
func (p prose) unset(e topology.UnsetByTerraform) (summary, detail string) {
	var out strings.Builder
	out.WriteString("The IPv6 Service range of these clusters has no argument in the resource that Terraform creates them with:\n")
	var profiles []*profile.Profile
	for i, c := range e.Clusters {
		if i == maxListed {
			fmt.Fprintf(&out, "\n  - and %d more", len(e.Clusters)-i)
			break
		}
		fmt.Fprintf(&out, "\n  - cluster %s: %s", shown(c.Cluster), gets(c))
		if !slices.Contains(profiles, c.Profile) {
			profiles = append(profiles, c.Profile)
		}
	}
	out.WriteString("\n\nEffect: cidrplan checks and reserves a range that the cluster does not use.\n\nTo resolve, do one of the following for each cluster:")
	var rules, sources []string
	for _, of := range profiles {
		unset := of.IPv6.Unset
		if unset.Takes.IsValid() {
			fmt.Fprintf(&out, "\n  - With %s, set service_ipv6_cidr = %q.", of.Title, unset.Takes)
		} else {
			fmt.Fprintf(&out, "\n  - With %s, set ip_families = [\"ipv4\"].", of.Title)
		}
		rules, sources = append(rules, unset.Text), append(sources, unset.Sources...)
	}
	out.WriteString("\n  - Create the cluster with the platform's console or API and the range that its allocation shows. Then give its service_cidr and its service_ipv6_cidr in existing.")
	out.WriteString("\n\nA cluster that holds an IPv6 Service range here already keeps it. To change it without a change to the other ranges, pin these to what the cluster holds and give it a token in renumber.")
	fmt.Fprintf(&out, "\n\n  rule:   %s\n  source: %s", strings.Join(distinct(rules), "; "), p.cited(distinct(sources)))
	return "Terraform Sets No IPv6 Service Range of " + clustersNamed(e.Clusters, func(c topology.UnsetCluster) string { return c.Cluster }), out.String()
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
