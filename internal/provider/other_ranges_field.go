package provider

import (
	"fmt"
	"strings"

	"github.com/cidrplan/terraform-provider-cidrplan/internal/profile"
	"github.com/cidrplan/terraform-provider-cidrplan/internal/values"
)

// otherRangesField are the ranges of a cluster beside Pods and Services.
func otherRangesField(catalog *profile.Catalog) values.Field {
	return values.Field{
		Shape:   values.Map,
		Element: &values.Field{Shape: values.Texts},
		Description: "Ranges that the cluster uses beside Pods and Services: a map from the name that the profile has for the use to a " +
			"list of CIDRs. New Pod and Service ranges avoid them, and cidrplan checks them against the networks. Set them on the " +
			"platform too. A use with a default is in use even if the map does not contain it; ranges in the map replace the default " +
			"of their address family. Networks route the uses that are marked as routed, as they do Pods: claims, the ledger and address " +
			"registers contain them, and reserved, existing and released ranges and blocks must not overlap them. All other uses are " +
			"inside the nodes of the cluster: each cluster may have the same ones, so they are not among the claims, and a reserved " +
			"range may contain them. " + otherNames(catalog),
	}
}

// otherNames lists the names that profiles have, with what these are for and their defaults.
func otherNames(catalog *profile.Catalog) string {
	var list []string
	for _, name := range catalog.Names() {
		p, _ := catalog.Profile(name)
		var uses []string
		for _, other := range p.OtherNames() {
			of := p.OtherRanges[other]
			text := fmt.Sprintf("%#q (%s", other, of.Title)
			if of.Reach == profile.Routed {
				text += ", routed"
			}
			for i, r := range of.Default.CIDRs {
				text += map[bool]string{true: ", default ", false: " and "}[i == 0] + fmt.Sprintf("%#q", r)
			}
			uses = append(uses, text+")")
		}
		if len(uses) > 0 {
			list = append(list, fmt.Sprintf("%#q has %s", name, strings.Join(uses, ", ")))
		}
	}
	if len(list) == 0 {
		return "No profile has such uses."
	}
	return "Uses by profile: " + strings.Join(list, "; ") + "."
}
