package allocate

import (
	"net/netip"
	"reflect"
	"testing"

	"github.com/cidrplan/terraform-provider-cidrplan/internal/profile"
	"github.com/cidrplan/terraform-provider-cidrplan/internal/topology"
)

// A cluster of EKS that exists changes its mode with the ranges it has; one of AKS keeps its own.
func TestAClusterChangesToAProfileThatItsOwnNames(t *testing.T) {
	for name, test := range map[string]struct {
		platform, was, now string
		changes            bool
	}{
		"prefixes":                   {"aws", "eks", "eks-prefix-delegation", true},
		"single addresses again":     {"aws", "eks-prefix-delegation", "eks", true},
		"static blocks of AKS":       {"azure", "aks-pod-subnet", "aks-pod-subnet-static", false},
		"other addresses of one VPC": {"azure", "aks-pod-subnet", "aks-node-subnet", false},
	} {
		t.Run(name, func(t *testing.T) {
			in := func(name string) func(*Request) {
				return func(r *Request) {
					r.Facts.VPCs["flat"] = topology.VPC{
						Platform: test.platform, CIDRBlocks: prefixes("10.20.0.0/16"),
						Subnets: map[string]netip.Prefix{"pods": prefix("10.20.0.0/17")},
					}
					r.Facts.Clusters["a"] = topology.Cluster{
						VPC: "flat", Profile: name, PodSubnets: []string{"pods"},
						Need: profile.Need{MaxNodes: 10, PodsPerNode: 30, MaxServices: 100},
					}
				}
			}
			r := applied(t, request(in(test.was)))
			held := r.Prior.Allocations["a"]
			result := Plan(edited(r, in(test.now)), profile.Default())
			if test.changes {
				got := result.Allocations["a"]
				if len(result.Faults) > 0 || result.Profiles["a"] != test.now || !reflect.DeepEqual(got.Ranges, held.Ranges) {
					t.Errorf("held %+v, got %+v, faults %v", held, got, result.Faults)
				}
				return
			}
			want := Changed{Cluster: "a", Argument: "profile", Held: test.was, Wanted: test.now}
			if len(result.Faults) != 1 || !reflect.DeepEqual(result.Faults[0].Problem, want) {
				t.Errorf("got %+v", result.Faults)
			}
		})
	}
}
