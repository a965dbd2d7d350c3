package messages

import (
	"fmt"

	"github.com/cidrplan/terraform-provider-cidrplan/internal/allocate"
)

// notTheSame reports a cluster that holds other ranges than the cluster in its same_as.
func notTheSame(e allocate.Changed) string {
	return fmt.Sprintf("Cluster %q holds %s = %s, and with same_as = %q it would have %s.\n\n"+
		"Effect: %s", e.Cluster, e.Argument, Line(given(e.Held)), e.SameAs, Line(given(e.Wanted)), ofClusters.changes)
}
