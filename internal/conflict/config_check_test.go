package conflict_test

import (
	"testing"

	"github.com/cidrplan/terraform-provider-cidrplan/internal/conflict"
	"github.com/cidrplan/terraform-provider-cidrplan/internal/profile"
	"github.com/cidrplan/terraform-provider-cidrplan/internal/topology"
)

func TestConfigCheckReportsEachPair(t *testing.T) {
	tests := map[string]struct {
		steps func(r *registers)
		want  []string
	}{
		"declarations are reported with each other as soon as their networks are known": {func(r *registers) {
			r.register("cluster", "pa", podsA, nothing)
			r.register("cluster", "pb", podsB, nothing)
			r.register("vpc", "a", inA, nothing)
			r.register("vpc", "b", inB, nothing)
		}, []string{"error pod_overlaps_peer_pod: pa 10.0.0.0/16 of {cluster pa} and pb 10.0.0.0/20 of {cluster pb}, " +
			"reported by b at name"}},
		"the last one reports, where it says so": {func(r *registers) {
			r.register("vpc", "b", inB, nothing)
			r.register("vpc", "a", inA, nothing)
			r.register("cluster", "pb", podsB, nothing)
			r.register("cluster", "pa", podsA, nothing)
		}, []string{"error pod_overlaps_peer_pod: pa 10.0.0.0/16 of {cluster pa} and pb 10.0.0.0/20 of {cluster pb}, " +
			"reported by pa at pod_cidrs[0]"}},
		"members of a mesh in two VRFs": {func(r *registers) {
			meshed := func(name, vpc, pods string) conflict.Registration {
				return conflict.Registration{
					Facts: topology.Facts{
						Clusters: map[string]topology.Cluster{
							name: {VPC: vpc, Profile: "ack-flannel", PodCIDRs: prefixes(pods), Meshes: []string{"flat"}},
						},
					},
				}
			}
			red := conflict.Registration{
				Facts: topology.Facts{
					VPCs: map[string]topology.VPC{"b": {Platform: "alicloud", CIDRBlocks: prefixes("172.16.1.0/24"), VRF: "red"}},
				},
			}
			r.register("vpc", "a", inA, nothing)
			r.register("vpc", "b", red, nothing)
			r.register("cluster", "pa", meshed("pa", "a", "10.0.0.0/16"), nothing)
			r.register("cluster", "pb", meshed("pb", "b", "10.0.0.0/20"), nothing)
		}, []string{"error pod_overlaps_mesh_pod: pa 10.0.0.0/16 of {cluster pa} and pb 10.0.0.0/20 of {cluster pb}, " +
			"reported by pb at pod_cidrs[0]"}},
		"what a member of a mesh keeps in another VRF": {func(r *registers) {
			red := conflict.Registration{
				Facts: topology.Facts{
					VPCs: map[string]topology.VPC{"b": {Platform: "alicloud", CIDRBlocks: prefixes("172.16.1.0/24"), VRF: "red"}},
				},
			}
			keeper, other := clusterFacts("shop", "a", ""), clusterFacts("data", "b", "10.0.0.0/20")
			for _, g := range []conflict.Registration{keeper, other} {
				for name, cl := range g.Facts.Clusters {
					cl.Meshes = []string{"flat"}
					g.Facts.Clusters[name] = cl
				}
			}
			r.register("allocator", "east", together(inA, keeper, holds("shop", "a", "10.0.0.0/16", "kept")), nothing)
			r.register("allocator", "west", together(red, other), nothing)
		}, []string{"error pod_overlaps_aggregate: data 10.0.0.0/20 of {allocator west} and shop 10.0.0.0/16 of {allocator east}, " +
			"reported by west at clusters[\"data\"].pod_cidrs[0], allocated"}},
		"two allocators": {func(r *registers) {
			r.register("allocator", "east", shopA, nothing)
			r.register("allocator", "west", dataB, nothing)
		}, []string{`error pod_overlaps_peer_pod: data 10.0.0.0/20 of {allocator west} and shop 10.0.0.0/16 of {allocator east}, ` +
			`reported by west at clusters["data"], allocated`}},
		"one allocator that has both": {func(r *registers) {
			r.register("allocator", "east", together(shopA, dataB), nothing)
			r.register("vpc", "a", inA, nothing)
		}, nil},
		"a declaration is reported again when an allocator takes it": {func(r *registers) {
			r.register("allocator", "east", shopA, nothing)
			r.register("vpc", "b", inB, nothing)
			r.register("cluster", "pb", podsB, nothing)
			r.register("allocator", "west", together(inB, podsB), nothing)
		}, []string{
			"error pod_overlaps_peer_pod: pb 10.0.0.0/20 of {cluster pb} and shop 10.0.0.0/16 of {allocator east}, " +
				"reported by pb at pod_cidrs[0]",
			`error pod_overlaps_peer_pod: pb 10.0.0.0/20 of {cluster pb} and shop 10.0.0.0/16 of {allocator east}, ` +
				`reported by west at clusters["pb"].pod_cidrs[0], allocated, again`,
		}},
		"what is planned twice": {func(r *registers) {
			for range 2 {
				r.register("allocator", "east", shopA, nothing)
				r.register("vpc", "a", inA, nothing)
				r.register("cluster", "pa", clusterFacts("pa", "a", "10.3.0.0/16"), nothing)
			}
		}, nil},
		"two allocators of one name that differ are two": {func(r *registers) {
			r.register("allocator", "k8s", shopA, nothing)
			r.register("allocator", "k8s", dataB, nothing)
		}, []string{`error pod_overlaps_peer_pod: data 10.0.0.0/20 of {allocator k8s} and shop 10.0.0.0/16 of {allocator k8s}, ` +
			`reported by k8s at clusters["data"], allocated`}},
		"pre-existing where both were there": {func(r *registers) {
			r.register("allocator", "east", shopA, shopA)
			r.register("allocator", "west", dataB, dataB)
		}, []string{`warn pod_overlaps_peer_pod: data 10.0.0.0/20 of {allocator west} and shop 10.0.0.0/16 of {allocator east}, ` +
			`reported by west at clusters["data"], allocated, pre-existing`}},
		"new where one range is": {func(r *registers) {
			r.register("allocator", "east", shopA, shopA)
			r.register("allocator", "west", dataB, together(inB, clusterFacts("data", "b", ""), holds("data", "b", "10.9.0.0/20", "")))
		}, []string{`error pod_overlaps_peer_pod: data 10.0.0.0/20 of {allocator west} and shop 10.0.0.0/16 of {allocator east}, ` +
			`reported by west at clusters["data"], allocated`}},
		"new where they meet only now": {func(r *registers) {
			alone := together(inB, dataB)
			v := alone.Facts.VPCs["b"]
			v.Hubs = nil
			alone.Facts.VPCs = map[string]topology.VPC{"b": v}
			r.register("allocator", "east", shopA, shopA)
			r.register("allocator", "west", dataB, alone)
		}, []string{`error pod_overlaps_peer_pod: data 10.0.0.0/20 of {allocator west} and shop 10.0.0.0/16 of {allocator east}, ` +
			`reported by west at clusters["data"], allocated`}},
		"a pre-existing conflict of declarations is left to the allocator that receives one": {func(r *registers) {
			for _, g := range []conflict.Registration{inA, inB, podsA, podsB} {
				r.register("cluster", "any", g, g)
			}
			r.out = append(r.out, "so far")
			r.register("allocator", "east", together(inA, podsA), together(inA, podsA))
		}, []string{"so far", `warn pod_overlaps_peer_pod: pa 10.0.0.0/16 of {cluster any} and pb 10.0.0.0/20 of {cluster any}, ` +
			`reported by east at clusters["pa"].pod_cidrs[0], pre-existing`}},
		"a released range near to what its allocator knows": {func(r *registers) {
			r.register("allocator", "east", together(inA, holds("gone", "", "10.0.0.0/16", "released")), nothing)
			r.register("allocator", "west", dataB, nothing)
		}, []string{`error pod_overlaps_released: data 10.0.0.0/20 of {allocator west} and gone 10.0.0.0/16 of {allocator east}, ` +
			`reported by west at clusters["data"], allocated`}},
		"a released range far away": {func(r *registers) {
			far := together(inA, holds("gone", "", "10.0.0.0/16", "released"))
			far.Facts.VPCs = map[string]topology.VPC{"a": {CIDRBlocks: prefixes("172.16.0.0/24")}}
			r.register("allocator", "east", far, nothing)
			r.register("allocator", "west", dataB, nothing)
		}, nil},
		"a released range comes near when a network joins both": {func(r *registers) {
			far := together(inA, holds("gone", "", "10.0.0.0/16", "released"))
			far.Facts.VPCs = map[string]topology.VPC{"a": {CIDRBlocks: prefixes("172.16.0.0/24")}}
			r.register("allocator", "east", far, nothing)
			r.register("allocator", "west", dataB, nothing)
			r.register(
				"vpc",
				"mid",
				conflict.Registration{
					Facts: topology.Facts{
						VPCs: map[string]topology.VPC{"mid": {CIDRBlocks: prefixes("172.16.9.0/24"), Peers: []string{"a", "b"}}},
					},
				},
				nothing,
			)
		}, []string{"error pod_overlaps_released: data 10.0.0.0/20 of {allocator west} and gone 10.0.0.0/16 of {allocator east}, " +
			"reported by mid at name, allocated"}},
		"a cluster that moves to another allocator, which is given its range": {func(r *registers) {
			east := together(inA, holds("data", "", "10.0.0.0/16", "released"))
			pinned := together(inB, clusterFacts("data", "b", "10.0.0.0/20"))
			adopted := dataB
			adopted.Adopted = map[string]bool{"data": true}
			for _, west := range []conflict.Registration{pinned, adopted} {
				r.check = conflict.NewConfigCheck(profile.Default())
				r.register("allocator", "east", east, nothing)
				r.register("allocator", "west", west, nothing)
			}
		}, nil},
		"another allocator that chooses what a cluster of the same name released": {func(r *registers) {
			r.register("allocator", "east", together(inA, holds("data", "", "10.0.0.0/16", "released")), nothing)
			r.register("allocator", "west", dataB, nothing)
		}, []string{`error pod_overlaps_released: data 10.0.0.0/20 of {allocator west} and data 10.0.0.0/16 of {allocator east}, ` +
			`reported by west at clusters["data"], allocated`}},
		"pre-existing and released now": {func(r *registers) {
			r.register(
				"allocator", "east", together(inA, holds("gone", "", "10.0.0.0/16", "released")),
				together(inA, holds("gone", "", "10.0.0.0/16", "released")),
			)
			r.register("allocator", "west", dataB, dataB)
		}, nil},
		"a block that is kept": {func(r *registers) {
			r.register(
				"allocator",
				"east",
				together(inA, clusterFacts("shop", "a", ""), holds("shop", "a", "10.0.0.0/16", "kept")),
				nothing,
			)
			r.register("allocator", "west", dataB, nothing)
		}, []string{`error pod_overlaps_aggregate: data 10.0.0.0/20 of {allocator west} and shop 10.0.0.0/16 of {allocator east}, ` +
			`reported by west at clusters["data"], allocated`}},
		"what one allocator is kept off is another's to take": {func(r *registers) {
			east := inA
			east.Facts.Reserved = map[string]topology.Reserved{"west": {CIDR: prefix("10.0.0.0/12")}}
			east.Claims = conflict.FactClaims(east.Facts, profile.Default())
			r.register("allocator", "east", east, nothing)
			r.register("allocator", "west", dataB, nothing)
		}, nil},
		"what a cluster holds by existing of another allocator": {func(r *registers) {
			r.register("allocator", "east", together(inA, holds("old", "", "10.0.0.0/16", "undeclared")), nothing)
			r.register("allocator", "west", dataB, nothing)
		}, []string{`error pod_overlaps_existing: data 10.0.0.0/20 of {allocator west} and old 10.0.0.0/16 of {allocator east}, ` +
			`reported by west at clusters["data"], allocated`}},
		"existing that names what another allocator held before": {func(r *registers) {
			r.register("allocator", "west", dataB, dataB)
			r.register("allocator", "east", together(inA, holds("old", "", "10.0.0.0/16", "undeclared")), nothing)
		}, []string{`warn pod_overlaps_existing: data 10.0.0.0/20 of {allocator west} and old 10.0.0.0/16 of {allocator east}, ` +
			`reported by east at clusters["old"], allocated, pre-existing`}},
		"existing of a cluster of the same name, and of another network": {func(r *registers) {
			r.register("allocator", "east", together(inA, holds("data", "", "10.0.0.0/16", "undeclared")), nothing)
			r.register("allocator", "west", dataB, nothing)
			far := together(inA, holds("old", "", "10.0.0.0/16", "undeclared"))
			far.Facts.VPCs = map[string]topology.VPC{"z": {CIDRBlocks: prefixes("172.19.0.0/24")}}
			r.register("allocator", "far", far, nothing)
		}, nil},
		"two networks of one name": {func(r *registers) {
			r.register("vpc", "a", inA, nothing)
			r.register("vpc", "a", vpcFacts("a", "172.17.0.0/24"), nothing)
			r.register("vpc", "a", vpcFacts("a", "172.17.0.0/24"), nothing)
		}, []string{"error two_networks_of_one_name: a 172.16.0.0/24 of {vpc a} and a 172.17.0.0/24 of {vpc a}, " +
			"reported by a at cidr_blocks"}},
		"a VPC and a site of one name": {func(r *registers) {
			r.register("vpc", "a", inA, nothing)
			r.register(
				"site", "a",
				conflict.Registration{Facts: topology.Facts{Sites: map[string]topology.Site{"a": {CIDRBlocks: prefixes("172.16.0.0/24")}}}},
				nothing,
			)
		}, []string{"error two_networks_of_one_name: a 172.16.0.0/24 of {site a} and a 172.16.0.0/24 of {vpc a}, " +
			"reported by a at cidr_blocks"}},
		"two of one name that were there": {func(r *registers) {
			r.register("allocator", "east", together(inA), together(inA))
			r.register("allocator", "west", together(vpcFacts("a", "172.17.0.0/24")), together(vpcFacts("a", "172.17.0.0/24")))
		}, []string{`warn two_networks_of_one_name: a 172.16.0.0/24 of {allocator east} and a 172.17.0.0/24 of {allocator west}, ` +
			`reported by west at vpcs["a"].cidr_blocks, allocated, pre-existing`}},
		"one that says less is no other": {func(r *registers) {
			r.register("vpc", "a", vpcFacts("a", "172.16.0.0/24", "172.17.0.0/24"), nothing)
			r.register("allocator", "east", together(vpcFacts("a", "172.17.0.0/24")), nothing)
			r.register("allocator", "west", together(vpcFacts("a")), nothing)
		}, nil},
		"clusters in networks that only share a name are apart": {func(r *registers) {
			r.register(
				"allocator", "east",
				together(vpcFacts("v", "172.16.0.0/24"), clusterFacts("shop", "v", ""), holds("shop", "v", "172.17.0.0/25", "")), nothing,
			)
			other := together(vpcFacts("v", "172.17.0.0/24"), clusterFacts("data", "v", ""), holds("data", "v", "10.0.0.0/20", ""))
			v := other.Facts.VPCs["v"]
			v.Hubs = nil
			other.Facts.VPCs["v"] = v
			r.register("allocator", "west", other, nothing)
		}, []string{`error two_networks_of_one_name: v 172.16.0.0/24 of {allocator east} and v 172.17.0.0/24 of {allocator west}, ` +
			`reported by west at vpcs["v"].cidr_blocks, allocated`}},
		"clusters of one name in two networks are two": {func(r *registers) {
			r.register("allocator", "east", together(inA, clusterFacts("shop", "a", ""), holds("shop", "a", "10.0.0.0/16", "")), nothing)
			r.register("allocator", "west", together(inB, clusterFacts("shop", "b", ""), holds("shop", "b", "10.0.0.0/16", "")), nothing)
		}, []string{`error pod_overlaps_peer_pod: shop 10.0.0.0/16 of {allocator east} and shop 10.0.0.0/16 of {allocator west}, ` +
			`reported by west at clusters["shop"], allocated`}},
		"without a name there is nobody": {func(r *registers) {
			r.register("vpc", "", vpcFacts("", "172.16.0.0/24"), nothing)
			r.register("vpc", "", vpcFacts("", "172.17.0.0/24"), nothing)
			r.register("cluster", "", clusterFacts("", "", "172.16.0.0/24"), nothing)
		}, nil},
		"a hub that nobody declared may be of any kind": {func(r *registers) {
			r.register("vpc", "a", vpcFacts("a", "172.16.0.0/24"), nothing)
			r.register("vpc", "b", vpcFacts("b", "172.16.0.0/25"), nothing)
			r.out = append(r.out, "so far")
			r.register("hub", "cen", conflict.Registration{Facts: topology.Facts{Hubs: map[string]topology.Hub{"cen": {}}}}, nothing)
		}, []string{"so far", "error vpc_overlaps_peer: a 172.16.0.0/24 of {vpc a} and b 172.16.0.0/25 of {vpc b}, " +
			"reported by cen at name"}},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) { wantReported(t, test.steps, test.want) })
	}
}
