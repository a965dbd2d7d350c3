package messages

import (
	"fmt"

	"github.com/cidrplan/terraform-provider-cidrplan/internal/allocate"
)

// otherNetwork reports a cluster that holds ranges and is declared in another VPC or site.
func (p Writer) otherNetwork(e allocate.OtherNetwork) (summary, detail string) {
	if e.Confirmed {
		return "Cluster Moves With Its Ranges", fmt.Sprintf(
			"Cluster %q holds its ranges in %q and is now declared in %q. It keeps its pinned ranges (%s), because renumber has a new "+
				"token for it.\n\n"+
				"If a cluster in %q still uses these ranges, remove it before you create the one in %q: clusters with the same ranges "+
				"must not reach each other.",
			e.Cluster,
			e.Was,
			e.Now,
			holding(e.Held),
			e.Was,
			e.Now,
		)
	}
	const effect = "\n\nEffect: a cluster cannot move to another network. The cloud destroys it and builds a new one. During the " +
		"migration, both clusters have the same ranges, and a network that is connected to both, such as one on the same hub, can reach " +
		"only one of them."
	if len(e.Others) > 0 {
		all := append([]string{fmt.Sprintf("%q", e.Cluster)}, quotedAll(e.Others)...)
		return "Clusters Move to Another Network", fmt.Sprintf(
			"%d clusters hold their ranges in %q, and the configuration now declares them in %q: %s.",
			len(all), e.Was, e.Now, Listed(all, maxEntries),
		) + effect
	}
	return "Cluster Moves to Another Network", fmt.Sprintf(
		"Cluster %q holds its ranges (%s) in %q, and the configuration now declares it in %q.",
		e.Cluster, holding(e.Held), e.Was, e.Now,
	) + effect
}
