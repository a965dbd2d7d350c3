package messages

import (
	"fmt"
	"slices"
	"strings"

	"github.com/cidrplan/terraform-provider-cidrplan/internal/allocate"
	"github.com/cidrplan/terraform-provider-cidrplan/internal/profile"
)

// outcome says what a change does to the resource of a cluster, "" where that is not known.
func (p Writer) outcome(o profile.Outcome) string {
	if o.Does == "" {
		return ""
	}
	return p.grounded([]string{o.Text}, o.Sources)
}

func (p Writer) cited(sources []string) string { return p.Catalog.Cite(profile.Rule{Sources: sources}) }

// does says in a few words what becomes of a cluster when an argument changes.
var does = map[profile.Does]string{
	profile.Replaces: "Terraform replaces the cluster",
	profile.Refuses:  "the plan shows an update in place, and the apply fails",
	profile.Ignores:  "the plan shows an update in place, and the cluster stays as it is",
	profile.Fails:    "the plan of the resource fails",
	profile.Updates:  "Terraform updates the cluster in place",
	"":               "not verified what Terraform does",
}

// rebuilding says which arguments of a cluster that moves change, what Terraform does with each, and how the
// cluster is rebuilt.
func (p Writer) rebuilding(e allocate.Moved) string {
	if len(e.Arguments) == 0 {
		return ""
	}
	var out strings.Builder
	fmt.Fprintf(&out, " These arguments change:\n")
	var rules, sources []string
	for _, a := range e.Arguments {
		fmt.Fprintf(&out, "\n  - %s.%s: %s", e.Output, a.Name, does[a.Outcome.Does])
		if o := a.Outcome; o.Does != "" && !slices.Contains(rules, o.Text) {
			rules, sources = append(rules, o.Text), append(sources, o.Sources...)
		}
	}
	fmt.Fprintf(&out, "\n\n%s", rebuild(e))
	return out.String() + p.grounded(rules, sources)
}

// rebuild says how the cloud's cluster gets the new ranges.
func rebuild(e allocate.Moved) string {
	replaced := func(a allocate.Argument) bool { return a.Outcome.Does == profile.Replaces }
	failed := func(a allocate.Argument) bool { return a.Outcome.Does == profile.Fails }
	switch {
	case len(e.Resources) == 0:
		return "Terraform does not always rebuild the cluster by itself. Rebuild it with the new values: with -replace if it is a " +
			"resource, else with its installer."
	case slices.ContainsFunc(e.Arguments, failed):
		return fmt.Sprintf(
			"The plan of %s fails at this change. Rebuild the cluster as the rule below says.",
			strings.Join(e.Resources, " or "),
		)
	case e.Now.Held() && slices.ContainsFunc(e.Arguments, replaced):
		return fmt.Sprintf(
			"The plan of %s has to show a replacement. If it does not, rebuild the cluster with -replace=%s.<name>.",
			strings.Join(e.Resources, " or "), e.Resources[0],
		)
	}
	return fmt.Sprintf(
		"Terraform does not replace the cluster by itself. Rebuild it with: terraform apply -replace=%s.<name>",
		strings.Join(e.Resources, ".<name>, or -replace="),
	) + "."
}

// clustersNamed names one cluster or counts several, for a summary.
func clustersNamed[T any](all []T, name func(T) string) string {
	if len(all) == 1 {
		return fmt.Sprintf("Cluster %q", name(all[0]))
	}
	return fmt.Sprintf("Cluster %q and %d More", name(all[0]), len(all)-1)
}

// subnetsIgnored says which Pod subnets the provider of the cloud does not pass on.
func (p Writer) subnetsIgnored(e allocate.SubnetsIgnored) string {
	var out strings.Builder
	out.WriteString("Pod subnets are added to existing clusters, but the provider of the cloud does not pass them on to the platform:\n")
	for i, c := range e.Clusters {
		if i == maxListed {
			fmt.Fprintf(&out, "\n  - and to %d more", len(e.Clusters)-i)
			break
		}
		fmt.Fprintf(&out, "\n  - cluster %q: %s", c.Cluster, Line(strings.Join(c.Added, ", ")))
	}
	return out.String() + "\n\nAdd them to the platform's own settings as well." + p.outcome(e.Clusters[0].Profile.Change.SubnetAdded)
}

// distinct are the elements of a list, each once, sorted.
func distinct(list []string) []string { return slices.Compact(slices.Sorted(slices.Values(list))) }
