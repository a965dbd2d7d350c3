package messages

import (
	"fmt"

	"github.com/cidrplan/terraform-provider-cidrplan/internal/conflict"
)

// otherRange names a range that a cluster uses beside Pods and Services.
func otherRange(c conflict.Claim) string {
	text := fmt.Sprintf("%s %s of cluster %q", c.OtherRange().Title, c.Range, c.Owner)
	if c.Source == conflict.Assumed {
		text += ", the platform's default,"
	}
	return text
}
