package allocate

import (
	"testing"

	"github.com/cidrplan/terraform-provider-cidrplan/internal/profile"
	"github.com/cidrplan/terraform-provider-cidrplan/internal/topology"
)

// inVRFs are an allocator and what it tells others, with a VPC in each of some VRFs and a range that rests.
func inVRFs(t *testing.T, vrfs ...string) map[string]topology.Foreign {
	t.Helper()
	r := request(reserved("later", "10.0.240.0/20"), func(r *Request) { r.Facts.VPCs = map[string]topology.VPC{} })
	for _, vrf := range vrfs {
		r.Facts.VPCs["in-"+vrf] = topology.VPC{Platform: "alicloud", CIDRBlocks: prefixes("192.168.0.0/24"), VRF: vrf}
	}
	gone := Released{Cluster: "gone", Profile: "ack-flannel", Allocation: Allocation{Ranges: profile.Ranges{Pods: prefixes("10.0.128.0/20")}}}
	return r.Outgoing(planned(t, r).Allocations, map[string]Released{"gone": gone})
}

// A supernet, what rests and what is reserved are for every VRF that the allocator hands out in, and told so.
func TestWhatLeavesAnAllocatorOfTwoVRFsIsForBoth(t *testing.T) {
	for _, vrfs := range [][]string{{"red"}, {"red", "blue"}, {"red", "default"}} {
		for _, pinned := range []string{"10.0.128.0/20", "10.0.240.0/20"} {
			r := request(otherTeam, services("172.30.0.0/16"), func(r *Request) {
				r.Facts.VPCs = map[string]topology.VPC{"mine": {Platform: "alicloud", CIDRBlocks: prefixes("192.168.9.0/24"), VRF: "red"}}
				r.Facts.Foreign = inVRFs(t, vrfs...)
			}, cluster("web", "ack-flannel", lengths(20, 24, 26), func(c *topology.Cluster) { c.VPC, c.PodCIDRs = "mine", prefixes(pinned) }))
			got, codes := Plan(r, profile.Default()), map[string]bool{}
			for _, f := range got.Findings {
				codes[f.Code] = true
			}
			if !codes["supernet_overlaps_foreign_supernet"] || !got.Failed() {
				t.Errorf("the other one has the VRFs %v: pinned to %s, it is told %v", vrfs, pinned, codes)
			}
		}
	}
}

// What existing names for a cluster that is not declared is in use there: it was handed on to nobody.
func TestAnUndeclaredClusterElsewhereIsNoDelegation(t *testing.T) {
	r := request(existing("legacy", Existing{PodCIDRs: prefixes("10.0.0.0/17")}))
	other := request(otherTeam, supernets("10.0.0.0/18"), services("172.30.0.0/16"), toldBy(r, planned(t, r)), cluster("web", "ack-flannel", lengths(20, 24, 26)))
	if got := Plan(other, profile.Default()); !got.Failed() {
		t.Errorf("web gets %v, which the legacy cluster has", got.Allocations["web"].Pods)
	}
}

// Blocks and an allocator may have one name: the blocks are not the allocator's own.
func TestBlocksOfTheNameOfAnAllocatorAreForeign(t *testing.T) {
	nets := blocks(func(r *Request) { r.Name = "k8s" }, ofLength("prod", 17))
	r := request(cluster("web", "ack-flannel", lengths(17, 24, 26)))
	was := planned(t, nets)
	r.Facts.Foreign = topology.ForeignOf(nets.Outgoing(was.Allocations, was.Released), r.Name)
	if got := planned(t, r); list(got.Allocations["web"].Pods) == list(was.Allocations["prod"].Pods) {
		t.Errorf("block and cluster both have %v", got.Allocations["web"].Pods)
	}
}

// What is held does not rest: a range that the configuration pins cannot be given up by a token.
func TestAPinnedRangeIsNotRenumbered(t *testing.T) {
	r := lived(t, blocks(block("a", topology.Block{CIDR: prefix("10.0.5.0/24")})))
	got := Plan(edited(r, renumber("a", "1")), profile.Default())
	if len(got.Released) > 0 && !got.Failed() && list(got.Allocations["a"].Pods) == "10.0.5.0/24" {
		t.Errorf("a has %v, and %v rests", got.Allocations["a"].Pods, got.Released)
	}
}
