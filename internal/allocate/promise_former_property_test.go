package allocate

import (
	"fmt"
	"slices"
	"testing"

	"pgregory.net/rapid"

	"github.com/cidrplan/terraform-provider-cidrplan/internal/topology"
)

// remote is a cluster of one of three VPCs that uses up to two routed ranges of the supernet beside Pods and Services.
func (d draw) remote(name string) topology.Cluster {
	cl := topology.Cluster{Profile: "other-unique", VPC: rapid.SampledFrom([]string{"own", "far", "apart"}).Draw(d.T, name+" vpc")}
	cl.Need = lengths(d.number(18, 20, name+" pods"), d.number(20, 24, name+" services"), 24)
	for i := range d.number(0, 2, name+" remotes") {
		using("remote_nodes", slices.Concat(
			topology.Texts(cl.OtherRanges["remote_nodes"]),
			[]string{d.within(prefix("100.64.0.0/14"), 20, 28, fmt.Sprint(name, " remote ", i)).String()},
		)...)(&cl)
	}
	return cl
}

// Whatever becomes of the routed ranges that clusters use beside Pods and Services, no range that a plan chooses has addresses that one of
// them used until then in its VRF, and the plan after that changes nothing.
func TestChosenRangesAvoidFormerOtherRanges(t *testing.T) {
	t.Parallel()
	catalog, changed := otherCatalog(t), 0
	rapid.Check(t, func(t *rapid.T) {
		d := draw{t}
		r := besides(func(r *Request) {
			r.Supernets, r.ServiceSupernets = prefixes("100.64.0.0/13"), nil
			r.SharedPods, r.SharedServices = d.chance(50, "shared Pods"), d.chance(50, "shared Services")
			if d.chance(50, "another VRF") {
				r.Facts.VPCs["apart"] = topology.VPC{CIDRBlocks: prefixes("192.168.4.0/24"), VRF: "blue"}
			}
			for i := range d.number(1, 3, "clusters") {
				name := fmt.Sprint("c", i)
				r.Facts.Clusters[name] = d.remote(name)
			}
		})
		first := Plan(r, catalog)
		if first.Failed() {
			t.Skip("a request with faults, so another one is drawn")
		}
		now := edited(after(r, first), func(r *Request) {
			for _, name := range r.Facts.Owners() {
				cl := r.Facts.Clusters[name]
				switch d.number(0, 4, name+" becomes") {
				case 0:
					delete(r.Facts.Clusters, name)
				case 1:
					delete(r.Facts.Clusters, name)
					cl.PreviousNames, cl.OtherRanges = []string{name}, nil
					r.Facts.Clusters[name+"x"] = cl
				case 2:
					cl.OtherRanges = d.remote(name + " now").OtherRanges
					r.Facts.Clusters[name] = cl
				}
			}
			for i := range d.number(1, 3, "new clusters") {
				name := fmt.Sprint("n", i)
				r.Facts.Clusters[name] = d.remote(name)
			}
		})
		got := Plan(now, catalog)
		for _, chosen := range got.Chosen {
			for name, was := range r.Facts.Clusters {
				for _, used := range was.OtherRanges["remote_nodes"] {
					still := slices.Contains(now.Facts.Clusters[name].OtherRanges["remote_nodes"], used) // a rule says who avoids it
					if !still && now.Facts.VRFOf(was.VPC) == chosen.VRF && used.Overlaps(chosen.Range) {
						t.Fatalf("%+v has addresses of %v, which %s used", chosen, used, name)
					}
				}
			}
		}
		if got.Failed() {
			return
		}
		changed++
		if again := Plan(after(now, got), catalog); cast(now, again.Allocations) != cast(now, got.Allocations) || len(again.Chosen) > 0 {
			t.Fatalf("the next plan changes\n%s\nto\n%s", cast(now, got.Allocations), cast(now, again.Allocations))
		}
	})
	if changed == 0 {
		t.Error("no plan succeeds")
	}
}
