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

// A further Pod range in a growth reserve avoids what others have there.
func TestFurtherPodRangesBesideALedger(t *testing.T) {
	grows := func(nodes int64) func(*Request) {
		return cluster("grow", "cce-vpc-router", profile.Need{MaxNodes: nodes, NodeMask: 26, MaxServices: 200},
			func(cl *topology.Cluster) { cl.ReserveLength = 17 })
	}
	r := edited(applied(t, request(grows(100))), grows(200))
	if got := list(planned(t, r).Allocations["grow"].Pods); got != "10.0.0.0/19, 10.0.32.0/19" {
		t.Errorf("without a ledger: %s", got)
	}
	result := planned(t, edited(r, takenInLedger("", "10.0.32.0/24")))
	if got := list(result.Allocations["grow"].Pods); got != "10.0.0.0/19, 10.0.64.0/19" {
		t.Errorf("beside what others have: %s", got)
	}
	if want := "pod|grow|IPv4|/19|10.0.0.0/16|||1"; result.Chosen[0].Demand != want {
		t.Errorf("the demand is called %s, want %s", result.Chosen[0].Demand, want)
	}
}
