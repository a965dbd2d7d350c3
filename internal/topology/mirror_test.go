package topology_test

import (
	"fmt"
	"strings"
	"testing"

	"github.com/cidrplan/terraform-provider-cidrplan/internal/profile"
	"github.com/cidrplan/terraform-provider-cidrplan/internal/topology"
)

func TestMirrorsThatCannotBe(t *testing.T) {
	type cluster = topology.Cluster
	mirror := func(vpc, first string, edits ...func(*cluster)) cluster {
		cl := cluster{VPC: vpc, Profile: "ack-flannel", SameAs: first}
		for _, edit := range edits {
			edit(&cl)
		}
		return cl
	}
	refused := func(attribute, value string, reason any) []found {
		return one(`clusters["dr"].`+attribute, topology.NotAccepted{Value: value, Reason: reason})
	}
	given := func(attribute, value string) []found {
		return refused(attribute, value, topology.MirrorHasRangesOf{Cluster: "shop"})
	}
	near := func(other, vrf string) []found {
		return refused("same_as", "shop", topology.MirrorInVRF{Cluster: other, VRF: vrf})
	}
	meshedIn := func(mesh, other string) []found {
		return refused("same_as", "shop", topology.MirrorInMesh{Cluster: other, Mesh: mesh})
	}
	meshed := func(other string) []found { return meshedIn("flat", other) }
	unknown := func(attribute string) func(*cluster) {
		return func(cl *cluster) { cl.Unknown = topology.Unknown{attribute} }
	}
	for name, test := range map[string]struct {
		dr   cluster
		more map[string]cluster
		want []found
	}{
		"in another VRF": {mirror("blue", "shop"), nil, nil},
		"in a site": {
			mirror("bank", "shop", func(cl *cluster) { cl.Profile = "ack-flannel" }), nil,
			one(
				`clusters["dr"].profile`,
				topology.WrongPlatform{Profile: "ack-flannel", VPC: "bank", Fitting: profile.Default().Fitting("")},
			),
		},
		"in the same network":        {mirror("prod", "shop"), nil, near("shop", "")},
		"in a network that is apart": {mirror("lab", "shop"), nil, near("shop", "")},
		"where another mirror is": {
			mirror("blue", "shop"), map[string]cluster{"copy": mirror("blue-2", "shop")}, near("copy", "blue"),
		},
		"where no other mirror is":     {mirror("blue", "shop"), map[string]cluster{"copy": mirror("green", "shop")}, nil},
		"in a VRF that is to come":     {mirror("unknown", "shop"), nil, nil},
		"in a network that is to come": {mirror("", "shop", unknown("vpc")), nil, nil},
		"of nobody": {
			mirror("blue", "shopp"), nil,
			one(`clusters["dr"].same_as`, topology.Undeclared{Kind: topology.ClusterName, Name: "shopp", Known: []string{"shop"}}),
		},
		"of itself": {mirror("blue", "dr"), nil, refused("same_as", "dr", topology.MirrorOfItself{})},
		"of a mirror": {
			mirror("blue", "copy"), map[string]cluster{"copy": mirror("green", "shop")},
			refused("same_as", "copy", topology.MirrorOfMirror{Cluster: "shop"}),
		},
		"with another profile": {
			mirror("blue", "shop", func(cl *cluster) { cl.Profile, cl.Unknown = "ack-terway", topology.Unknown{"pod_subnets"} }), nil,
			one(`clusters["dr"].profile`, topology.Contradicting{
				Value: "ack-terway", Other: topology.ArgumentValue{Argument: "same_as", Value: "shop"}, Gives: "ack-flannel",
			}),
		},
		"with a profile that is to come": {mirror("blue", "shop", func(cl *cluster) { cl.Profile = "" }, unknown("profile")), nil, nil},
		"of one that is to come":         {mirror("blue", "", unknown("same_as")), nil, nil},
		"with nodes for an upgrade": {
			mirror("blue", "shop", func(cl *cluster) { cl.Need.SurgeNodes = 3 }), nil, given("surge_nodes", "3"),
		},
		"with nodes": {
			mirror("blue", "shop", func(cl *cluster) { cl.Need.MaxNodes = 5 }), nil, given("max_nodes", "5"),
		},
		"with Pods on a node": {
			mirror("blue", "shop", func(cl *cluster) { cl.Need.PodsPerNode = 64 }), nil, given("pods_per_node", "64"),
		},
		"with Services": {
			mirror("blue", "shop", func(cl *cluster) { cl.Need.MaxServices = 9 }), nil, given("max_services", "9"),
		},
		"with a Pod length": {
			mirror("blue", "shop", func(cl *cluster) { cl.Need.PodLength = 20 }), nil, given("pod_prefix_length", "20"),
		},
		"with a Service length": {
			mirror("blue", "shop", func(cl *cluster) { cl.Need.ServiceLength = 22 }), nil, given("service_prefix_length", "22"),
		},
		"with a mask": {
			mirror("blue", "shop", func(cl *cluster) { cl.Need.NodeMask = 25 }), nil, given("node_cidr_mask", "25"),
		},
		"with a Pod range": {
			mirror("blue", "shop", func(cl *cluster) { cl.PodCIDRs = prefixes("10.1.0.0/16") }), nil, given("pod_cidrs", "10.1.0.0/16"),
		},
		"with a Service range": {
			mirror("blue", "shop", func(cl *cluster) { cl.ServiceCIDR = prefix("10.1.0.0/20") }), nil, given("service_cidr", "10.1.0.0/20"),
		},
		"with one family": {
			mirror("blue", "shop", func(cl *cluster) { cl.IPFamilies = []string{"ipv4"} }), nil, given("ip_families", "ipv4"),
		},
		"with a block kept free": {
			mirror("blue", "shop", func(cl *cluster) { cl.ReserveLength = 12 }), nil, given("reserve_prefix_length", "12"),
		},
		"with a pool": {mirror("blue", "shop", func(cl *cluster) { cl.Pool = "south" }), nil, given("pool", "south")},
		"in a mesh with it": {
			mirror("blue", "shop", func(cl *cluster) { cl.Meshes = []string{"own", "flat"} }), nil, meshed("shop"),
		},
		"in a mesh with another mirror": {
			mirror("blue", "shop", func(cl *cluster) { cl.Meshes = []string{"pair"} }),
			map[string]cluster{"copy": mirror("green", "shop", func(cl *cluster) { cl.Meshes = []string{"pair"} })},
			meshedIn("pair", "copy"),
		},
		"in a mesh that is to come": {mirror("blue", "shop", func(cl *cluster) { cl.Meshes = []string{""} }), nil, nil},
		"with a mesh and names of its own": {
			mirror("blue", "shop", func(cl *cluster) { cl.Meshes, cl.PreviousNames = []string{"m"}, []string{"old"} }), nil, nil,
		},
	} {
		t.Run(name, func(t *testing.T) {
			vpc := func(vrf string) topology.VPC {
				return topology.VPC{Platform: "alicloud", CIDRBlocks: prefixes("192.168.0.0/16"), VRF: vrf}
			}
			f := topology.Facts{
				VPCs: vpcs{
					"prod":    vpc(""),
					"lab":     vpc(""),
					"blue":    vpc("blue"),
					"blue-2":  vpc("blue"),
					"green":   vpc("green"),
					"unknown": vpc(""),
				},
				Sites: sites{"bank": {CIDRBlocks: prefixes("192.168.0.0/16"), VRF: "blue"}},
				Clusters: map[string]cluster{
					"shop": {VPC: "prod", Profile: "ack-flannel", Need: profile.Need{MaxNodes: 10}, Meshes: []string{"flat", ""}},
					"dr":   test.dr,
				},
			}
			unknown := f.VPCs["unknown"]
			unknown.Unknown = topology.Unknown{"vrf"}
			f.VPCs["unknown"] = unknown
			for name, cl := range test.more {
				f.Clusters[name] = cl
			}
			wantFaults(t, topology.Check(f, profile.Default()), test.want)
		})
	}
}

func TestOptionsForMirrors(t *testing.T) {
	own := "remove %s.same_as; set %s.max_nodes = " + fmt.Sprint(topology.MostNodes)
	ownRanges := strings.ReplaceAll(own, "%s", `clusters["dr"]`)
	const at = `clusters["dr"].`
	first := topology.Cluster{VPC: "prod", Profile: "ack-flannel", Need: profile.Need{MaxNodes: 10}, Meshes: []string{"flat"}}
	mirror := topology.Cluster{VPC: "blue", Profile: "ack-flannel", SameAs: "shop"}
	tests := map[string]struct {
		change func(*topology.Cluster)
		want   []string
	}{
		"a size of its own": {func(c *topology.Cluster) { c.Need.MaxNodes = 5 }, []string{"remove " + at + "max_nodes"}},
		"of itself":         {func(c *topology.Cluster) { c.SameAs = "dr" }, []string{ownRanges}},
		"of a mirror":       {func(c *topology.Cluster) { c.SameAs = "copy" }, []string{"set " + at + "same_as = shop"}},
		"of another profile": {
			func(c *topology.Cluster) { c.Profile = "kubernetes-routed" },
			[]string{"set " + at + "profile = ack-flannel", ownRanges},
		},
		"in a mesh with it": {
			func(c *topology.Cluster) { c.Meshes = []string{"flat"} },
			[]string{"remove from " + at + "meshes = flat", `remove from clusters["shop"].meshes = flat`, ownRanges},
		},
		"in one VRF with it": {
			func(c *topology.Cluster) { c.VPC = "prod" },
			[]string{ownRanges, "set " + at + "vpc = " + fmt.Sprint(topology.NetworkOfOtherVRF)},
		},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			vpc := func(vrf string) topology.VPC {
				return topology.VPC{Platform: "alicloud", CIDRBlocks: prefixes("192.168.0.0/16"), VRF: vrf}
			}
			dr, copied := mirror, mirror
			test.change(&dr)
			copied.VPC = "green"
			f := topology.Facts{
				VPCs:     vpcs{"prod": vpc(""), "blue": vpc("blue"), "green": vpc("green")},
				Clusters: clusters{"shop": first, "dr": dr, "copy": copied},
			}
			wantOptions(t, topology.Check(f, profile.Default()), test.want)
		})
	}
}
