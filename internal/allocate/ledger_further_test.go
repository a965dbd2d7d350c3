package allocate

import (
	"slices"
	"strings"
	"testing"

	"github.com/cidrplan/terraform-provider-cidrplan/internal/profile"
	"github.com/cidrplan/terraform-provider-cidrplan/internal/topology"
)

// Each further range of a cluster is another demand than the ranges before: what a ledger holds for one of them serves no other one.
func TestKeysOfFurtherRanges(t *testing.T) {
	dual := func(nodes, services int64) func(*Request) {
		return cluster(
			"a", "kubernetes-overlay", profile.Need{MaxNodes: nodes, PodsPerNode: 200, MaxServices: services},
			appending("pods", "services"), func(cl *topology.Cluster) { cl.IPFamilies = topology.Families },
		)
	}
	r := request(func(r *Request) {
		r.Supernets = append(r.Supernets, prefix("fd00::/40"))
		r.ServiceSupernets = append(prefixes("172.16.0.0/12"), prefix("fd01::/100"))
	}, dual(8, 200))
	for step, want := range []string{"", "1", "2"} {
		result := planned(t, r)
		var kinds []string
		for _, c := range result.Chosen {
			parts := strings.Split(c.Demand, "|")
			last := ""
			if len(parts) > 7 {
				last = parts[7]
			}
			kinds = append(kinds, parts[0]+" "+parts[2])
			if first := step == 0 && parts[0] == "pod" && parts[2] == "IPv4"; last != want && !(first && last == "0") {
				t.Errorf("step %d: the demand is called %s", step, c.Demand)
			}
		}
		slices.Sort(kinds)
		if !slices.Equal(kinds, []string{"pod IPv4", "pod IPv6", "service IPv4", "service IPv6"}) {
			t.Errorf("step %d: chosen %q", step, kinds)
		}
		r = edited(after(r, result), dual(int64(16*(step+1)), int64(70000*(step+1))))
	}
}
