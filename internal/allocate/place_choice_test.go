package allocate

import (
	"reflect"
	"testing"

	"github.com/cidrplan/terraform-provider-cidrplan/internal/profile"
	"github.com/cidrplan/terraform-provider-cidrplan/internal/topology"
)

func TestWhichPlaceIsChosen(t *testing.T) {
	type edits = []func(*Request)
	far := func(p Pool) func(*Request) { return func(r *Request) { r.Pools["far"] = p } }
	inFar := func(cl *topology.Cluster) { cl.Pool = "far" }
	yes := true
	tests := map[string]struct {
		edits edits
		pods  map[string]string
	}{
		"the first place": {edits{pods("a", 24)}, map[string]string{"a": "10.0.0.0/24"}},
		"in the earlier supernet, though a later fits": {
			edits{supernets("10.9.0.0/16", "10.0.0.0/24"), pods("a", 24)},
			map[string]string{"a": "10.9.0.0/24"},
		},
		"in the later supernet when the earlier is small": {
			edits{supernets("10.9.0.0/25", "10.0.0.0/16"), pods("a", 24)},
			map[string]string{"a": "10.0.0.0/24"},
		},
		"in the later supernet when the earlier is full": {
			edits{supernets("10.9.0.0/24", "10.0.0.0/16"), pods("a", 24), pods("b", 24)},
			map[string]string{"a": "10.9.0.0/24", "b": "10.0.0.0/24"},
		},
		"in one supernet, not across two": {
			edits{supernets("10.9.0.0/25", "10.9.0.128/25", "10.0.0.0/16"), pods("a", 24)},
			map[string]string{"a": "10.0.0.0/24"},
		},
		"in the smallest free block": {
			edits{reserved("x", "10.0.64.0/24"), pods("a", 24)},
			map[string]string{"a": "10.0.65.0/24"},
		},
		"in the smallest free block that is large enough": {
			edits{reserved("x", "10.0.64.0/24"), pods("a", 23)},
			map[string]string{"a": "10.0.66.0/23"},
		},
		"in the lowest of blocks as small": {
			edits{reserved("x", "10.0.64.0/24"), reserved("y", "10.0.33.0/24"), pods("a", 24)},
			map[string]string{"a": "10.0.32.0/24"},
		},
		"the largest first": {
			edits{pods("a", 24), pods("b", 20), pods("c", 22)},
			map[string]string{"a": "10.0.20.0/24", "b": "10.0.0.0/20", "c": "10.0.16.0/22"},
		},
		"by name where sizes are equal": {
			edits{pods("b", 24), pods("a", 24), pods("c", 24)},
			map[string]string{"a": "10.0.0.0/24", "b": "10.0.1.0/24", "c": "10.0.2.0/24"},
		},
		"in its pool": {
			edits{far(Pool{Supernets: prefixes("10.5.0.0/16")}), pods("a", 24, inFar), pods("b", 24)},
			map[string]string{"a": "10.5.0.0/24", "b": "10.0.0.0/24"},
		},
		"beside what is reserved": {
			edits{reserved("x", "10.0.0.0/24"), pods("a", 17)},
			map[string]string{"a": "10.0.128.0/17"},
		},
		"beside what an existing cluster holds": {
			edits{
				existing("a", Existing{PodCIDRs: prefixes("10.0.1.0/24"), ServiceCIDR: prefix("10.0.2.0/24")}),
				pods("a", 24),
				pods("b", 23),
			},
			map[string]string{"a": "10.0.1.0/24", "b": "10.0.4.0/23"},
		},
		"beside what an undeclared cluster holds": {
			edits{
				existing("gone", Existing{PodCIDRs: prefixes("10.0.0.0/24", "10.0.1.0/24"), ServiceCIDR: prefix("10.0.2.0/24")}),
				pods("a", 24),
			},
			map[string]string{"a": "10.0.3.0/24"},
		},
		"beside a pin": {
			edits{pods("a", 24), cluster("b", "kubernetes-overlay", profile.Need{}, pins("", "10.0.0.0/24"))},
			map[string]string{"a": "10.0.1.0/24", "b": "10.0.0.0/24"},
		},
		"beside its own pinned Services": {
			edits{pods("a", 24, pins("10.0.0.0/24"), func(cl *topology.Cluster) { cl.Need.ServiceLength = 0 })},
			map[string]string{"a": "10.0.1.0/24"},
		},
		"beside its VPC": {
			edits{vpc("own", func(v *topology.VPC) { v.CIDRBlocks = prefixes("192.168.2.0/24", "10.0.0.0/24") }), pods("a", 24)},
			map[string]string{"a": "10.0.1.0/24"},
		},
		"on a VPC that is not joined": {
			edits{vpc("ali", func(v *topology.VPC) { v.CIDRBlocks = prefixes("10.0.0.0/24") }), pods("a", 24)},
			map[string]string{"a": "10.0.0.0/24"},
		},
		"beside a VPC that is joined": {
			edits{vpc("ali", func(v *topology.VPC) { v.CIDRBlocks = prefixes("10.0.0.0/24") }), hub("ali", "own"), pods("a", 24)},
			map[string]string{"a": "10.0.1.0/24"},
		},
		"beside a site that is joined": {
			edits{site("idc", "10.0.0.0/24"), hub("idc", "own"), pods("a", 24)},
			map[string]string{"a": "10.0.1.0/24"},
		},
		"beside what its VPC routes": {
			edits{vpc("own", route("vpn", topology.Route{Destination: prefix("10.0.0.0/24"), NextHop: "vpn"})), pods("a", 24)},
			map[string]string{"a": "10.0.1.0/24"},
		},
		"on a summary": {
			edits{vpc("own", route("all", topology.Route{Destination: prefix("10.0.0.0/8"), Summary: &yes})), pods("a", 24)},
			map[string]string{"a": "10.0.0.0/24"},
		},
		"on a default route": {
			edits{vpc("own", route("all", topology.Route{Destination: prefix("0.0.0.0/0"), NextHop: "nat"})), pods("a", 24)},
			map[string]string{"a": "10.0.0.0/24"},
		},
		"in a pool that is on the supernets, beside all": {
			edits{
				far(Pool{Supernets: prefixes("10.0.0.0/24"), ServiceSupernets: prefixes("172.20.0.0/16")}),
				pods("a", 25, inFar),
				pods("b", 25),
			},
			map[string]string{"a": "10.0.0.0/25", "b": "10.0.0.128/25"},
		},
		"where the platform takes it, ACK": {
			edits{supernets("9.0.0.0/16", "100.64.0.0/16", "10.0.0.0/16"), cluster("a", "ack-flannel", lengths(24, 0, 0))},
			map[string]string{"a": "10.0.0.0/24"},
		},
		"where the platform takes it, CCE": {
			edits{supernets("100.64.0.0/16", "198.18.0.0/16", "10.0.0.0/16"), cluster("a", "cce-vpc-router", lengths(19, 0, 0))},
			map[string]string{"a": "10.0.0.0/19"},
		},
		"where the platform advises, CCE": {
			edits{supernets("9.0.0.0/16", "10.0.0.0/16"), cluster("a", "cce-vpc-router", profile.Need{MaxNodes: 2})},
			map[string]string{"a": "10.0.0.0/19"},
		},
		"where it advises, with a length against advice": {
			edits{supernets("9.0.0.0/16", "10.0.0.0/16"), cluster("a", "cce-vpc-router", lengths(21, 0, 0))},
			map[string]string{"a": "10.0.0.0/21"},
		},
		"where no other machine listens, Kubernetes": {
			edits{supernets("172.16.0.0/15"), services("10.9.0.0/16"), pods("a", 17)},
			map[string]string{"a": "172.16.0.0/17"},
		},
		"where Docker is not, Kubernetes": {
			edits{supernets("172.17.0.0/16", "172.18.0.0/16"), services("10.9.0.0/16"), pods("a", 24)},
			map[string]string{"a": "172.18.0.0/24"},
		},
		"nowhere near loopback and other such": {
			edits{supernets("127.0.0.0/16", "224.0.0.0/16", "240.0.0.0/16", "0.0.0.0/16", "169.254.0.0/16", "10.0.0.0/16"), pods("a", 24)},
			map[string]string{"a": "10.0.0.0/24"},
		},
		"on the pin of a cluster in another VRF": {
			edits{
				vpc("ali", func(v *topology.VPC) { v.VRF = "red" }),
				cluster("b", "ack-flannel", profile.Need{}, pins("", "10.0.0.0/24")),
				pods("a", 24),
			},
			map[string]string{"a": "10.0.0.0/24", "b": "10.0.0.0/24"},
		},
		"beside reserved ranges, in another VRF too": {
			edits{vpc("own", func(v *topology.VPC) { v.VRF = "red" }), reserved("x", "10.0.0.0/24"), pods("a", 24)},
			map[string]string{"a": "10.0.1.0/24"},
		},
		"as a cluster in another VRF that wants the same": {
			edits{vpc("ali", func(v *topology.VPC) { v.VRF = "red" }), pods("b", 24, inVPC("ali")), pods("a", 24)},
			map[string]string{"a": "10.0.0.0/24", "b": "10.0.0.0/24"},
		},
		"beside what a peer routes, for Pods it can reach": {
			edits{
				vpc("ali", route("vpn", topology.Route{Destination: prefix("10.0.0.0/24"), NextHop: "vpn"})),
				hub("ali", "own"),
				cluster("a", "kubernetes-routed", lengths(24, 28, 28)),
			},
			map[string]string{"a": "10.0.1.0/24"},
		},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			result := planned(t, request(test.edits...))
			got := map[string]string{}
			for name, a := range result.Allocations {
				got[name] = list(a.Pods)
			}
			if !reflect.DeepEqual(got, test.pods) {
				t.Errorf("got %v, want %v", got, test.pods)
			}
		})
	}
}
