package allocate

import (
	"testing"

	"github.com/cidrplan/terraform-provider-cidrplan/internal/profile"
)

func TestPendingClusterSaysWhetherItHasPodRanges(t *testing.T) {
	for name, without := range map[string]bool{"ack-flannel": false, "ack-terway": true} {
		p, known := request(cluster("a", name, profile.Need{})).Pending("a", profile.Default())
		if !known || p.NoPodRanges != without {
			t.Errorf("%s: known %t, without Pod ranges %t, want %t", name, known, p.NoPodRanges, without)
		}
	}
	if _, known := request(cluster("a", "none", profile.Need{})).Pending("a", profile.Default()); known {
		t.Error("the cluster of an unknown profile is known")
	}
}
