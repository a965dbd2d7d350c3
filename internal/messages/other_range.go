package messages

import (
	"fmt"

	"github.com/cidrplan/terraform-provider-cidrplan/internal/allocate"
	"github.com/cidrplan/terraform-provider-cidrplan/internal/conflict"
)

// otherRange names a range that a cluster uses beside Pods and Services.
func otherRange(c conflict.Claim) string {
	return fmt.Sprintf("%s %s%s of cluster %q", c.OtherRange().Title, c.Range, byPlatform[c.Source], c.Owner) + untilApplied(c)
}

// untilApplied says of a range that a cluster used until now that the plan frees it; "" for others.
func untilApplied(c conflict.Claim) string {
	if !c.Former {
		return ""
	}
	return " (in use until this plan is applied)"
}

// givenOnFormer says that a range of the configuration has addresses of one that a cluster used until now.
func givenOnFormer(e allocate.GivenOnFormer) string {
	return fmt.Sprintf(
		"%s overlaps %s.\n\nEffect: the platform can route these addresses to the former range until the apply is done. In the meantime, "+
			"packets for one of the two ranges can arrive at the other one.", Capital(party(e.Given)), party(e.Former),
	)
}
