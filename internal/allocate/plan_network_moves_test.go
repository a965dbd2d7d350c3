package allocate

import (
	"fmt"
	"testing"

	"github.com/cidrplan/terraform-provider-cidrplan/internal/profile"
	"github.com/cidrplan/terraform-provider-cidrplan/internal/topology"
)

// Clusters whose network is declared under another name are one fault, whose options change all of them, or name the
// network alone where they are many. Clusters that move between declared networks are faults of their own.
func TestClustersThatMoveWithTheirNetworkAreOneFault(t *testing.T) {
	for _, test := range []struct {
		clusters, faults, options int
		declared                  bool
	}{{1, 1, 5, false}, {2, 1, 5, false}, {20, 1, 5, false}, {21, 1, 1, false}, {300, 1, 1, false}, {3, 3, 4, true}} {
		t.Run(fmt.Sprint(test.clusters, test.declared), func(t *testing.T) {
			edits := []func(*Request){supernets("10.0.0.0/10"), services("172.16.0.0/12")}
			for i := range test.clusters {
				edits = append(edits, cluster(fmt.Sprintf("c%d", i), "ack-flannel", lengths(22, 24, 26)))
			}
			if test.declared {
				edits = append(edits, vpc("other", func(v *topology.VPC) { v.CIDRBlocks = prefixes("192.0.2.0/24") }))
			}
			r := request(edits...)
			moved := edited(after(r, planned(t, r)), func(r *Request) {
				vpc := r.Facts.VPCs["ali"]
				if !test.declared {
					delete(r.Facts.VPCs, "ali")
				}
				vpc.Name = "other"
				r.Facts.VPCs["other"] = vpc
				for name, cl := range r.Facts.Clusters {
					cl.VPC = "other"
					r.Facts.Clusters[name] = cl
				}
			})
			var faults []topology.Fault
			for _, f := range Plan(moved, profile.Default()).Faults {
				if _, moves := f.Problem.(OtherNetwork); moves {
					faults = append(faults, f)
				}
			}
			if len(faults) != test.faults || len(faults[0].Options) != test.options {
				t.Fatalf("%d faults, the first with %d options: %v", len(faults), len(faults[0].Options), faults[0])
			}
			if first := faults[0].Problem.(OtherNetwork); !test.declared && len(first.Others) != test.clusters-1 {
				t.Errorf("lists %v", first.Others)
			}
		})
	}
}
