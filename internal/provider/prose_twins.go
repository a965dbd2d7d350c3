package provider

import (
	"fmt"

	"github.com/cidrplan/terraform-provider-cidrplan/internal/allocate"
)

// notTheSame tells of a cluster that holds other ranges than the one it is to be the same as.
func notTheSame(e allocate.Changed) string {
	return fmt.Sprintf("Cluster %q holds %s = %s, and with same_as = %q it would have %s. That would change the cluster's allocation, and the cloud would have to rebuild the cluster.\n\n"+
		"Ways out, least harm first: remove same_as; if cluster %q is the one that is still to be built, set same_as on that one instead; build the twin under another name; "+
		"or let this one move, which rebuilds it: renumber = { %q = \"<a token>\" }.", e.Cluster, e.Argument, line(e.Held), e.SameAs, line(e.Wanted), e.SameAs, e.Cluster)
}
