package topology_test

import (
	"fmt"
	"maps"
	"net/netip"
	"reflect"
	"slices"
	"strings"
	"testing"

	"github.com/cidrplan/terraform-provider-cidrplan/internal/profile"
	"github.com/cidrplan/terraform-provider-cidrplan/internal/topology"
)

// The same facts give the same faults, in the order of their places, however often they are
// checked: no map order shows.
func TestCheckDoesNotShowTheOrderOfMaps(t *testing.T) {
	faulty := func(order []int) topology.Facts {
		f := topology.Facts{Hubs: hubs{}, Sites: sites{}, VPCs: vpcs{}, Clusters: clusters{}, Reserved: map[string]topology.Reserved{}}
		for _, i := range order {
			name := fmt.Sprintf("n%d", i)
			f.Hubs[name] = topology.Hub{Kind: "x"}
			f.Sites["s"+name] = topology.Site{Hubs: []string{"no"}, Peers: []string{"no", "no"}}
			f.VPCs[name] = topology.VPC{
				CIDRBlocks: prefixes("10.0.0.0/8"),
				Hubs:       []string{"no"},
				Subnets:    map[string]netip.Prefix{"b": prefix("10.0.0.0/24"), "a": prefix("10.0.0.0/20"), "c": prefix("11.0.0.0/20")},
				Routes:     map[string]topology.Route{"x": {}, "y": {NextHop: "z"}, "big": {Destination: prefix("10.0.0.0/8")}},
			}
			f.Clusters[name] = topology.Cluster{VPC: "no", Profile: "no"}
			f.Reserved[name] = topology.Reserved{}
		}
		return f
	}
	ascending := []int{0, 1, 2, 3, 4, 5, 6, 7, 8, 9}
	descending := slices.Clone(ascending)
	slices.Reverse(descending)
	want := topology.Check(faulty(ascending), profile.Default())
	if len(want) < 100 {
		t.Fatalf("only %d faults", len(want))
	}
	if !slices.IsSortedFunc(want, func(a, b topology.Fault) int { return strings.Compare(a.At.String(), b.At.String()) }) {
		t.Error("the faults are not in the order of their places")
	}
	for range fewer(20, 3) {
		for _, order := range [][]int{ascending, descending} {
			f := faulty(order)
			f.VPCs = maps.Clone(f.VPCs)
			if got := topology.Check(f, profile.Default()); !reflect.DeepEqual(got, want) {
				t.Fatalf("checked again:\n got %v\nwant %v", got, want)
			}
		}
	}
}
