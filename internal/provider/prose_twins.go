package provider

import (
	"fmt"

	"github.com/cidrplan/terraform-provider-cidrplan/internal/allocate"
	"github.com/cidrplan/terraform-provider-cidrplan/internal/conflict"
)

// notTheSame tells of a cluster that holds other ranges than the one it is to be the same as.
func notTheSame(e allocate.Changed) string {
	return fmt.Sprintf("Cluster %q holds %s = %s, and with same_as = %q it would have %s. That would change the cluster's allocation, and the cloud would have to rebuild the cluster.\n\n"+
		"Ways out, least harm first: remove same_as; if cluster %q is the one that is still to be built, set same_as on that one instead; build the twin under another name; "+
		"or let this one move, which rebuilds it: renumber = { %q = \"<a token>\" }.", e.Cluster, e.Argument, line(e.Held), e.SameAs, line(e.Wanted), e.SameAs, e.Cluster)
}

// twinsWay is what can be done about a range that a cluster is to have since another one has it.
func twinsWay(c conflict.Claim) string {
	return fmt.Sprintf("remove same_as from cluster %q and give it sizes, so that it gets ranges of its own", c.Owner)
}
