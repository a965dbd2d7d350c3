package messages

import (
	"fmt"

	"github.com/cidrplan/terraform-provider-cidrplan/internal/conflict"
)

// otherRange names a range that a cluster uses beside Pods and Services.
func otherRange(c conflict.Claim) string {
	return fmt.Sprintf("%s %s%s of cluster %q", c.OtherRange().Title, c.Range, byPlatform[c.Source], c.Owner)
}
