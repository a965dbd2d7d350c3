package allocate

import (
	"slices"
	"testing"

	"github.com/cidrplan/terraform-provider-cidrplan/internal/profile"
	"github.com/cidrplan/terraform-provider-cidrplan/internal/topology"
)

// A new cluster whose given Service range is too small gets a further one if it can have one and the configuration does not list them.
func TestServicesOfAGivenRange(t *testing.T) {
	given := func(n int64, edits ...func(*topology.Cluster)) func(*Request) {
		first := func(cl *topology.Cluster) { cl.ServiceCIDR = prefix("172.20.0.0/24") }
		return serving(n, append([]func(*topology.Cluster){first}, edits...)...)
	}
	allowed, six := appending("services"), furtherPins("172.20.9.0/29")
	for name, test := range map[string]struct {
		edit    func(*Request)
		further string
		refused bool
	}{
		"as many as it has":                {given(254), "", false},
		"one more":                         {given(255), "", true},
		"one more, where ranges are added": {given(255, allowed), "172.20.1.0/28", false},
		"as many as are listed":            {given(260, allowed, six), "172.20.9.0/29", false},
		"one more than are listed":         {given(261, allowed, six), "", true},
	} {
		t.Run(name, func(t *testing.T) {
			result := Plan(request(test.edit), profile.Default())
			refused := slices.ContainsFunc(result.Faults, func(f topology.Fault) bool {
				_, contradicts := f.Problem.(topology.Contradicting)
				return contradicts && f.At.String() == `clusters["a"].max_services`
			})
			if refused != test.refused {
				t.Fatalf("refused: %t, faults %v", refused, result.Faults)
			}
			a := result.Allocations["a"]
			if !refused && (a.Service != prefix("172.20.0.0/24") || list(a.Further.Services) != test.further) {
				t.Errorf("got %v and %v, want %s", a.Service, a.Further.Services, test.further)
			}
		})
	}
}
