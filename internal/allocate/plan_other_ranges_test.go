package allocate

import (
	"testing"

	"github.com/cidrplan/terraform-provider-cidrplan/internal/profile"
	"github.com/cidrplan/terraform-provider-cidrplan/internal/topology"
)

// What a cluster uses beside Pods and Services is never allocated to its Pods and Services, nor to those of other clusters where its
// profile has a rule on them.
func TestNewRangesAvoidOtherRanges(t *testing.T) {
	need := lengths(16, 20, 24)
	other := func(name, kind string, edits ...func(*topology.Cluster)) func(*Request) {
		return cluster(name, kind, need, edits...)
	}
	tests := map[string]struct {
		edits []func(*Request)
		want  map[string]string
	}{
		"a default": {
			[]func(*Request){other("a", "other-default")}, map[string]string{"a": "100.65.0.0/16 100.66.0.0/20 /24"},
		},
		"a range in place of the default": {
			[]func(*Request){other("a", "other-default", using("join", "100.65.0.0/16"))},
			map[string]string{"a": "100.64.0.0/16 100.66.0.0/20 /24"},
		},
		"a range of the other family leaves the default": {
			[]func(*Request){other("a", "other-default", using("join", "fd98:0:1::/64"), dual)},
			map[string]string{"a": "100.65.0.0/16 100.66.0.0/20 /24"},
		},
		"clusters with different ranges": {
			[]func(*Request){
				other("a", "other-default"), other("b", "other-default", using("join", "100.65.0.0/16")),
			},
			map[string]string{"a": "100.65.0.0/16 100.66.0.0/20 /24", "b": "100.64.0.0/16 100.66.16.0/20 /24"},
		},
		"Pods inside the range that contains them": {
			[]func(*Request){
				supernets("10.0.0.0/8", "100.64.0.0/10"), services("172.20.0.0/16"), other("a", "other-container"),
			},
			map[string]string{"a": "100.64.0.0/16 172.20.0.0/20 /24"},
		},
		"Pods inside the given range": {
			[]func(*Request){
				supernets("10.0.0.0/8", "100.64.0.0/10"), services("172.20.0.0/16"),
				other("a", "other-container", using("cluster_network", "10.32.0.0/11")), other("b", "other-container"),
			},
			map[string]string{"a": "10.32.0.0/16 172.20.0.0/20 /24", "b": "100.64.0.0/16 172.20.16.0/20 /24"},
		},
		"Pods of a mirror inside both ranges": {
			[]func(*Request){
				supernets("10.0.0.0/8"), services("172.20.0.0/16"),
				other("a", "other-container", using("cluster_network", "10.0.0.0/11")),
				func(r *Request) {
					r.Facts.VPCs["apart"] = topology.VPC{CIDRBlocks: prefixes("192.168.4.0/24"), VRF: "blue"}
				},
				cluster("dr", "other-container", profile.Need{}, using("cluster_network", "10.16.0.0/12"), func(cl *topology.Cluster) {
					cl.VPC, cl.SameAs = "apart", "a"
				}),
			},
			map[string]string{"a": "10.16.0.0/16 172.20.0.0/20 /24", "dr": "10.16.0.0/16 172.20.0.0/20 /24"},
		},
		"a unique range of another cluster in the network": {
			[]func(*Request){
				other("a", "other-default", using("join", "10.9.0.0/16")), other("b", "other-unique", using("control_plane",
					"100.64.0.0/28")),
			},
			map[string]string{"a": "100.65.0.0/16 100.64.16.0/20 /24", "b": "100.66.0.0/16 100.64.32.0/20 /24"},
		},
		"a unique range of a cluster in a connected network": {
			[]func(*Request){
				other("a", "other-default", using("join", "10.9.0.0/16")),
				other("b", "other-unique", using("control_plane", "100.64.0.0/28"), inVPC("far")),
			},
			map[string]string{"a": "100.65.0.0/16 100.64.16.0/20 /24", "b": "100.66.0.0/16 100.64.32.0/20 /24"},
		},
		"a unique range of a cluster in a network apart": {
			[]func(*Request){
				other("a", "other-default", using("join", "10.9.0.0/16")),
				other("b", "other-unique", using("control_plane", "100.64.0.0/28"), inVPC("apart")),
			},
			map[string]string{"a": "100.65.0.0/16 100.64.16.0/20 /24", "b": "100.66.0.0/16 100.64.32.0/20 /24"},
		},
		"a unique range of a cluster in a network apart, where ranges may repeat": {
			[]func(*Request){
				other("a", "other-default", using("join", "10.9.0.0/16")),
				other("b", "other-unique", using("control_plane", "100.64.0.0/28"), inVPC("apart")),
				func(r *Request) { r.SharedPods, r.SharedServices = true, true },
			},
			map[string]string{"a": "100.64.0.0/16 100.65.0.0/20 /24", "b": "100.65.0.0/16 100.64.16.0/20 /24"},
		},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			got := Plan(besides(test.edits...), otherCatalog(t))
			if got.Failed() || len(got.Findings) > 0 {
				t.Fatal(allReports(got))
			}
			wantRanges(t, got, test.want)
		})
	}
}

func TestOtherRangesConflict(t *testing.T) {
	shop := func(kind, pods string, edits ...func(*topology.Cluster)) func(*Request) {
		return cluster("shop", kind, lengths(0, 0, 24), append([]func(*topology.Cluster){pins("172.20.0.0/20", pods)}, edits...)...)
	}
	data := func(kind, pods string, edits ...func(*topology.Cluster)) func(*Request) {
		return cluster("data", kind, lengths(0, 0, 24), append([]func(*topology.Cluster){pins("172.20.16.0/20", pods)}, edits...)...)
	}
	own := func(block string) func(*Request) {
		return vpc("own", func(v *topology.VPC) { v.CIDRBlocks = prefixes(block) })
	}
	far := func(block string) func(*Request) {
		return vpc("far", func(v *topology.VPC) { v.CIDRBlocks = prefixes(block) })
	}
	routed := vpc("own", func(v *topology.VPC) {
		v.Routes = map[string]topology.Route{"vpn": {Destination: prefix("100.64.0.0/20"), NextHop: "vpn"}}
	})
	site := func(vpc string) func(*Request) {
		return func(r *Request) {
			r.Facts.Sites["lab"] = topology.Site{CIDRBlocks: prefixes("100.64.0.0/24"), Peers: []string{vpc}}
		}
	}
	const join, plane = `clusters["shop"].other_ranges["join"]`, `clusters["shop"].other_ranges["control_plane"][0]`
	tests := map[string]struct {
		edits []func(*Request)
		want  []string
		// options are those of the first message, without its acceptance.
		options []string
	}{
		"nothing": {[]func(*Request){shop("other-default", "10.64.0.0/16")}, nil, nil},
		"equal defaults in one VPC": {[]func(*Request){shop("other-default", "10.64.0.0/16"), data("other-default",
			"10.65.0.0/16")}, nil, nil},
		"another cluster's default": {[]func(*Request){shop("other-default", "10.64.0.0/16"), data("other-unique",
			"100.64.0.0/16")}, nil, nil},
		"reserved by the allocator": {[]func(*Request){shop("other-default", "10.64.0.0/16"), reserved("x", "100.64.0.0/10")}, nil, nil},
		"a default on a network apart": {[]func(*Request){
			shop("other-default", "10.64.0.0/16"),
			vpc("apart", func(v *topology.VPC) { v.CIDRBlocks = prefixes("100.64.0.0/16") }),
		}, nil, nil},
		"Pods on a default": {
			[]func(*Request){shop("other-default", "100.64.0.0/16")},
			[]string{"error pod_overlaps_other shop 100.64.0.0/16 shop 100.64.0.0/16"},
			[]string{
				`set clusters["shop"].pod_cidrs[0] [100.65.0.0/16 100.66.0.0/16 100.67.0.0/16]`,
				"set " + join + " [172.16.0.0/16]",
			},
		},
		"IPv6 Pods on a default": {
			[]func(*Request){shop("other-default", "10.64.0.0/16", dual,
				func(cl *topology.Cluster) { cl.PodIPv6CIDR = prefix("fd98::/56") })},
			[]string{"error pod_overlaps_other shop fd98::/56 shop fd98::/64"},
			[]string{
				`set clusters["shop"].pod_ipv6_cidr [fd98:0:0:200::/56 fd98:0:0:300::/56 fd98:0:0:400::/56]`,
				"set " + join + " [fd97:ffff:ffff:ffff::/64]",
			},
		},
		"IPv6 Pods on a default beside a list": {
			[]func(*Request){shop(
				"other-default", "10.64.0.0/16", dual, using("join", "10.9.0.0/16"),
				func(cl *topology.Cluster) { cl.PodIPv6CIDR = prefix("fd98::/56") },
			)},
			[]string{"error pod_overlaps_other shop fd98::/56 shop fd98::/64"},
			[]string{
				`set clusters["shop"].pod_ipv6_cidr [fd98:0:0:200::/56 fd98:0:0:300::/56 fd98:0:0:400::/56]`,
				"add " + join + " fd97:ffff:ffff:ffff::/64",
			},
		},
		"Services on a given range": {
			[]func(*Request){shop("other-default", "10.64.0.0/16", using("join", "172.20.0.0/16"))},
			[]string{"error service_overlaps_other shop 172.20.0.0/20 shop 172.20.0.0/16"},
			[]string{
				`set clusters["shop"].service_cidr [100.127.240.0/20 100.127.224.0/20 100.127.208.0/20]`,
				"set " + join + "[0] [172.19.0.0/16 172.21.0.0/16 172.18.0.0/16]",
			},
		},
		"two uses": {
			[]func(*Request){shop("other-default", "10.64.0.0/16", using("join", "169.254.0.0/16"))},
			[]string{"error other_overlaps_other shop 169.254.0.0/16 shop 169.254.0.0/17"},
			[]string{
				"set " + join + "[0] [172.16.0.0/16 172.18.0.0/16 172.19.0.0/16]",
				`set clusters["shop"].other_ranges["masquerade"] [172.17.0.0/17]`,
			},
		},
		"a default on the VPC": {
			[]func(*Request){shop("other-default", "10.64.0.0/16"), own("100.64.8.0/24")},
			[]string{"error other_overlaps_vpc shop 100.64.0.0/16 own 100.64.8.0/24"},
			[]string{"set " + join + " [172.16.0.0/16]"},
		},
		"a default on the VPC, beside what others have in the ledger": {
			[]func(*Request){shop("other-default", "10.64.0.0/16"), own("100.64.8.0/24"), takenInLedger("", "172.16.0.0/24")},
			[]string{"error other_overlaps_vpc shop 100.64.0.0/16 own 100.64.8.0/24"},
			[]string{"set " + join + " [172.17.0.0/16]"},
		},
		"a default on a larger VPC": {
			[]func(*Request){shop("other-default", "10.64.0.0/16"), own("100.64.0.0/10")},
			[]string{"error other_overlaps_vpc shop 100.64.0.0/16 own 100.64.0.0/10"},
			[]string{"set " + join + " [172.16.0.0/16]", `set vpcs["own"].cidr_blocks[0] {[100.64.0.0/16]}`},
		},
		"a default on a route": {
			[]func(*Request){shop("other-default", "10.64.0.0/16"), routed},
			[]string{"warn other_overlaps_route shop 100.64.0.0/16 own 100.64.0.0/20"},
			[]string{"set " + join + " [172.16.0.0/16]", `set vpcs["own"].routes["vpn"].summary true`},
		},
		"a default on a connected VPC": {
			[]func(*Request){shop("other-default", "10.64.0.0/16"), far("100.64.8.0/24")},
			[]string{"warn other_overlaps_peer shop 100.64.0.0/16 far 100.64.8.0/24"},
			[]string{"set " + join + " [172.16.0.0/16]", `remove from vpcs["far"].peers own`},
		},
		"a default on a connected site": {
			[]func(*Request){shop("other-default", "10.64.0.0/16"), site("own")},
			[]string{"warn other_overlaps_site shop 100.64.0.0/16 lab 100.64.0.0/24"},
			[]string{"set " + join + " [172.16.0.0/16]", `remove from sites["lab"].peers own`},
		},
		"a default on the hosts of its site": {
			[]func(*Request){site("far"), shop("other-default", "10.64.0.0/16", inVPC("lab"))},
			[]string{"error other_overlaps_host_network shop 100.64.0.0/16 lab 100.64.0.0/24"},
			[]string{"set " + join + " [172.16.0.0/16]"},
		},
		"a unique range on Pods of another cluster": {
			[]func(*Request){shop("other-unique", "10.64.0.0/16", using("control_plane", "10.65.0.0/28")), data("other-default",
				"10.65.0.0/16")},
			[]string{"error pod_overlaps_cluster_other data 10.65.0.0/16 shop 10.65.0.0/28"},
			[]string{
				`set clusters["data"].pod_cidrs[0] [100.65.0.0/16 100.66.0.0/16 100.67.0.0/16]`,
				"set " + plane + " [10.66.0.0/28 10.63.255.240/28 10.66.0.16/28]",
			},
		},
		"a unique range on Services of a cluster in a connected network": {
			[]func(*Request){
				shop("other-unique", "10.64.0.0/16", using("control_plane", "172.20.16.0/28")),
				data("other-default", "10.65.0.0/16", inVPC("far")),
			},
			[]string{"warn service_overlaps_peer_other data 172.20.16.0/20 shop 172.20.16.0/28"},
			[]string{
				`set clusters["data"].service_cidr [100.127.240.0/20 100.127.224.0/20 100.127.208.0/20]`,
				"set " + plane + " [172.20.32.0/28 172.19.255.240/28 172.20.32.16/28]",
				`remove from vpcs["far"].peers own`,
			},
		},
		"equal unique ranges in one network": {
			[]func(*Request){
				shop("other-unique", "10.64.0.0/16", using("control_plane", "10.9.0.0/28")),
				data("other-unique", "10.65.0.0/16", using("control_plane", "10.9.0.0/28")),
			},
			[]string{"error other_overlaps_cluster_other data 10.9.0.0/28 shop 10.9.0.0/28"},
			[]string{
				`set clusters["data"].other_ranges["control_plane"][0] [10.8.255.240/28 10.8.255.224/28 10.8.255.208/28]`,
				"set " + plane + " [10.9.0.16/28 10.9.0.32/28 10.9.0.48/28]",
			},
		},
		"a prefix length that the platform refuses": {
			[]func(*Request){shop("other-unique", "10.64.0.0/16", using("control_plane", "10.9.0.0/27"))},
			[]string{"error other_prefix_out_of_range shop 10.9.0.0/27"},
			[]string{"set " + plane + " [10.8.255.240/28 10.8.255.224/28 10.9.0.32/28]"},
		},
		"public addresses that the platform refuses": {
			[]func(*Request){shop("other-unique", "10.64.0.0/16", using("remote_nodes", "10.9.0.0/27", "8.8.8.0/24"))},
			[]string{"error other_out_of_allowed_range shop 8.8.8.0/24"},
			[]string{`set clusters["shop"].other_ranges["remote_nodes"][1] [10.0.0.0/24 10.0.1.0/24 10.0.2.0/24]`},
		},
		"pinned Pods outside the range that contains them": {
			[]func(*Request){shop("other-container", "10.64.0.0/16")},
			[]string{"error pod_outside_other shop 10.64.0.0/16 shop 100.64.0.0/10"},
			[]string{
				`set clusters["shop"].pod_cidrs[0] [100.64.0.0/16 100.65.0.0/16 100.66.0.0/16]`,
				`set clusters["shop"].other_ranges["cluster_network"] [10.64.0.0/16]`,
			},
		},
		"pinned Pods in a supernet outside the range that contains them": {
			[]func(*Request){supernets("10.64.0.0/12"), shop("other-container", "10.64.0.0/16")},
			[]string{"error pod_outside_other shop 10.64.0.0/16 shop 100.64.0.0/10"},
			[]string{`set clusters["shop"].other_ranges["cluster_network"] [10.64.0.0/12]`},
		},
		"pinned Pods beside the range that contains them, in one supernet": {
			[]func(*Request){supernets("10.64.0.0/12"), shop("other-container", "10.64.0.0/16", using("cluster_network", "10.65.0.0/16"))},
			[]string{"error pod_outside_other shop 10.64.0.0/16 shop 10.65.0.0/16"},
			[]string{
				`set clusters["shop"].pod_cidrs[0] 10.65.0.0/16`, `set clusters["shop"].other_ranges["cluster_network"][0] 10.64.0.0/12`,
			},
		},
		"pinned Pods around the range that contains them": {
			[]func(*Request){shop("other-container", "100.64.0.0/10", using("cluster_network", "100.64.0.0/12"))},
			[]string{"error pod_outside_other shop 100.64.0.0/10 shop 100.64.0.0/12"},
			[]string{`set clusters["shop"].other_ranges["cluster_network"][0] 100.64.0.0/10`},
		},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			got := Plan(besides(test.edits...), otherCatalog(t))
			wantFindings(t, got, test.want...)
			if len(got.Findings) > 0 {
				wantOptions(t, beyondAcceptance(got), test.options)
			}
		})
	}
}
