package allocate

import (
	"fmt"
	"maps"
	"slices"
	"strings"
	"testing"

	"github.com/cidrplan/terraform-provider-cidrplan/internal/profile"
	"github.com/cidrplan/terraform-provider-cidrplan/internal/topology"
)

func TestClaimsLeaveAnAllocator(t *testing.T) {
	r := request(
		supernets("10.0.0.0/16", "fd00::/40"), reserved("later", "10.9.0.0/24"),
		vpc("ali", func(v *topology.VPC) { v.Hubs, v.Peers = []string{"cen"}, []string{"own"} }),
		vpc("own", func(v *topology.VPC) { v.VRF = "" }),
		cluster("shop", "ack-flannel", lengths(20, 22, 26), func(c *topology.Cluster) {
			c.Description, c.Labels, c.ReserveLength, c.Meshes = "the shop", map[string]string{"owner": "web"}, 18, []string{"flat"}
		}),
		cluster("game", "tke-global-router", lengths(20, 24, 26), func(c *topology.Cluster) { c.VPC = "tencent" }),
		existing("old", Existing{PodCIDRs: prefixes("10.0.240.0/24"), ServiceCIDR: prefix("172.20.240.0/24")}),
	)
	r.Facts.Hubs["cen"] = topology.Hub{}
	r.Facts.VPCs["tencent"] = topology.VPC{Platform: "tencentcloud", CIDRBlocks: prefixes("192.168.3.0/24")}
	was := planned(t, r)
	was.Released = map[string]Released{
		"gone~2": {
			Cluster:    "gone",
			Profile:    "ack-flannel",
			Allocation: Allocation{Ranges: profile.Ranges{Pods: prefixes("10.0.128.0/20"), Service: prefix("172.20.128.0/22")}},
		},
	}
	got := r.OutgoingClaims(was.Allocations, was.Released, profile.Default())
	want := []string{
		"game/pod/10.0.224.0/20", "gone/released/10.0.128.0/20", "gone/released/172.20.128.0/22", "k8s/supernet/10.0.0.0/16",
		"k8s/supernet/172.20.0.0/16", "k8s/supernet/fd00::/40",
		"later/reserved/10.9.0.0/24", "old/existing/10.0.240.0/24", "old/existing/172.20.240.0/24", "shop/kept/10.0.128.0/18",
		"shop/pod/10.0.128.0/20", "shop/service/172.20.244.0/22",
	}
	if keys := slices.Sorted(maps.Keys(got)); !slices.Equal(keys, want) {
		t.Fatalf("got\n%s\nwant\n%s", strings.Join(keys, "\n"), strings.Join(want, "\n"))
	}
	shop := fmt.Sprintf("%+v", got["shop/pod/10.0.128.0/20"])
	if shop != "{Owner:shop Kind:pod Use: CIDR:10.0.128.0/20 Network:ali VRF: Hubs:[cen] Peers:[own] Allocator:k8s Profile:ack-flannel "+
		"Meshes:[flat] Here:false Ledger: HeldUntil: Delegation:{To: KeepsOut:} "+
		"About:{Description:the shop Labels:map[owner:web]} Unknown:[]}" {
		t.Errorf("the cluster leaves as %s", shop)
	}
}

// What is in no network is kept free in every VRF of the allocator, and leaves as that.
func TestClaimsOfSeveralVRFs(t *testing.T) {
	r := request(
		supernets("10.0.0.0/16"), reserved("later", "10.9.0.0/24"), existing("old", Existing{PodCIDRs: prefixes("10.0.240.0/24")}),
		vpc("ali", func(v *topology.VPC) { v.VRF = "red" }), vpc("own", func(v *topology.VPC) { v.VRF = "" }),
		cluster("shop", "ack-flannel", lengths(20, 22, 26)),
	)
	was := planned(t, r)
	was.Released = map[string]Released{
		"gone": {Cluster: "gone", Profile: "ack-flannel", Allocation: Allocation{Ranges: profile.Ranges{Pods: prefixes("10.0.128.0/20")}}},
	}
	got := r.OutgoingClaims(was.Allocations, was.Released, profile.Default())
	want := []string{
		"gone/released/10.0.128.0/20", "gone/released/10.0.128.0/20/red", "k8s/supernet/10.0.0.0/16",
		"k8s/supernet/10.0.0.0/16/red", "k8s/supernet/172.20.0.0/16", "k8s/supernet/172.20.0.0/16/red",
		"later/reserved/10.9.0.0/24", "later/reserved/10.9.0.0/24/red", "old/existing/10.0.240.0/24",
		"old/existing/10.0.240.0/24/red", "shop/pod/10.0.224.0/20", "shop/service/172.20.0.0/22",
	}
	if keys := slices.Sorted(maps.Keys(got)); !slices.Equal(keys, want) {
		t.Fatalf("got\n%s\nwant\n%s", strings.Join(keys, "\n"), strings.Join(want, "\n"))
	}
	for key, c := range got {
		if in := strings.HasSuffix(key, "/red") || c.Owner == "shop"; in != (c.VRF == "red") {
			t.Errorf("%s is in VRF %q", key, c.VRF)
		}
	}
	for _, vrf := range []string{"", "red"} {
		second := request(
			otherTeam, supernets("10.0.128.0/19"), cluster("web", "ack-flannel", lengths(20, 22, 26)),
			vpc("ali", func(v *topology.VPC) { v.VRF = vrf }), claimsOf(r, was),
		)
		got := planned(t, second)
		if pods := list(got.Allocations["web"].Pods); pods != "10.0.144.0/20" {
			t.Errorf("in VRF %q web got %s", vrf, pods)
		}
		wantFindings(
			t, got, "warn supernet_overlaps_foreign_supernet team-b 10.0.128.0/19 k8s 10.0.0.0/16",
			"warn supernet_overlaps_foreign_supernet team-b 172.20.0.0/16 k8s 172.20.0.0/16",
		)
	}
}

func TestClaimsThatAreNotKnownYet(t *testing.T) {
	shop := cluster("shop", "ack-flannel", lengths(20, 22, 26))
	for name, test := range map[string]struct {
		edit    func(*Request)
		whole   bool
		unknown []string
	}{
		"all is known":         {func(*Request) {}, false, nil},
		"the hubs of its VPC":  {vpc("ali", func(v *topology.VPC) { v.Unknown = topology.Unknown{"hubs"} }), false, []string{"hubs"}},
		"peers of another VPC": {vpc("own", func(v *topology.VPC) { v.Unknown = topology.Unknown{"peers"} }), false, []string{"peers"}},
		"the only VRF": {func(r *Request) {
			vpc("ali", func(v *topology.VPC) { v.Unknown = topology.Unknown{"vrf"} })(r)
			delete(r.Facts.VPCs, "hua")
			delete(r.Facts.VPCs, "own")
		}, false, []string{"vrf"}},
		"the VRF of one VPC beside one site": {func(r *Request) {
			r.Facts.VPCs = map[string]topology.VPC{"ali": {Platform: "alicloud", Unknown: topology.Unknown{"vrf"}}}
			r.Facts.Sites["bank"] = topology.Site{}
		}, true, nil},
		"one VRF of several": {vpc("own", func(v *topology.VPC) { v.Unknown = topology.Unknown{"vrf"} }), true, nil},
		"all VPCs":           {func(r *Request) { r.Facts.Unknown = topology.Unknown{"vpcs"} }, true, nil},
		"its labels": {func(r *Request) {
			c := r.Facts.Clusters["shop"]
			c.Unknown = topology.Unknown{"labels"}
			r.Facts.Clusters["shop"] = c
		}, false, []string{"labels"}},
		"a supernet": {func(r *Request) { r.Unknown = topology.Unknown{"supernets"} }, true, nil},
		"what is reserved": {
			func(r *Request) { r.Facts.Reserved["x"] = topology.Reserved{Unknown: topology.Unknown{"cidr"}} }, true, nil,
		},
		"what an unknown one has": {func(r *Request) { r.Existing["x"] = Existing{Unknown: topology.Unknown{"pod_cidrs"}} }, true, nil},
		"a pool":                  {func(r *Request) { r.Pools["p"] = Pool{Unknown: topology.Unknown{"supernets"}} }, true, nil},
		"a cluster without ranges": {func(r *Request) {
			cluster("new", "ack-flannel", lengths(20, 22, 26))(r)
			r.Facts.Unknown = topology.Unknown{"sites"}
		}, true, nil},
		"a description of a reserve": {func(r *Request) {
			r.Facts.Reserved["x"] = topology.Reserved{CIDR: prefix("10.0.200.0/24"), Unknown: topology.Unknown{"description"}}
		}, false, nil},
	} {
		t.Run(name, func(t *testing.T) {
			r := request(shop)
			r = edited(after(r, planned(t, r)), test.edit)
			now := Plan(r, profile.Default())
			if unknown := r.OutgoingClaimsUnknown(now, profile.Default()); unknown != test.whole {
				t.Fatalf("unknown: %t", unknown)
			}
			if got := r.OutgoingClaims(now.Allocations, now.Released, profile.Default())["shop/pod/10.0.0.0/20"].Unknown; !test.whole &&
				!slices.Equal(got, test.unknown) {
				t.Errorf("unknown are %q, want %q", got, test.unknown)
			}
		})
	}
}
