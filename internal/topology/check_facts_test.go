package topology_test

import (
	"slices"
	"testing"

	"github.com/cidrplan/terraform-provider-cidrplan/internal/profile"
	"github.com/cidrplan/terraform-provider-cidrplan/internal/topology"
)

type (
	hubs     = map[string]topology.Hub
	sites    = map[string]topology.Site
	vpcs     = map[string]topology.VPC
	clusters = map[string]topology.Cluster
	unknown  = topology.Unknown
)

// soundFacts are facts without a fault: two VPCs and a site on one hub, one VPC peered, one alone
// in another VRF with a hub of its own, and a cluster in each kind of network.
func soundFacts() topology.Facts {
	return topology.Facts{
		Hubs: hubs{"cen": {Name: "cen", Kind: "cen"}, "er": {VRF: "blue"}},
		Sites: sites{
			"idc": {CIDRBlocks: prefixes("10.0.0.0/12"), Hubs: []string{"cen"}},
		},
		VPCs: vpcs{
			"prod": {
				Name:       "prod",
				Platform:   "alicloud",
				CIDRBlocks: prefixes("192.168.0.0/16"),
				Hubs:       []string{"cen"},
				Peers:      []string{"dev"},
			},
			"dev":  {CIDRBlocks: prefixes("172.16.0.0/16")},
			"blue": {Platform: "huaweicloud", CIDRBlocks: prefixes("192.168.0.0/16"), Hubs: []string{"er"}, VRF: "blue"},
		},
		Clusters: clusters{
			"shop": {Name: "shop", VPC: "prod", Profile: "ack-flannel", Need: profile.Need{MaxNodes: 10}},
			"blue": {VPC: "blue", Profile: "cce-vpc-router", Need: profile.Need{MaxNodes: 10}},
			"idc":  {VPC: "idc", Profile: "kubernetes-overlay", Need: profile.Need{MaxNodes: 10}},
		},
		Reserved: map[string]topology.Reserved{"lb": {CIDR: prefix("10.200.0.0/16")}},
	}
}

// edit changes one element of a map.
func edit[T any](m map[string]T, key string, change func(*T)) {
	v := m[key]
	change(&v)
	m[key] = v
}

// anywhere are the profiles of clusters that can be in every network.
var anywhere = []string{
	"cilium", "k3s", "kops", "kube-ovn", "kubernetes-overlay", "kubernetes-routed", "kubespray", "openshift-ovn", "rke2", "talos",
}

// besideAnywhere are these profiles and those of anywhere, sorted.
func besideAnywhere(names ...string) []string {
	all := slices.Concat(names, anywhere)
	slices.Sort(all)
	return all
}

func TestCheckReferences(t *testing.T) {
	networks := []string{"blue", "dev", "idc", "prod"}
	inProd := func(f topology.Facts, change func(*topology.VPC)) { edit(f.VPCs, "prod", change) }
	inIDC := func(f topology.Facts, change func(*topology.Site)) { edit(f.Sites, "idc", change) }
	inShop := func(f topology.Facts, change func(*topology.Cluster)) { edit(f.Clusters, "shop", change) }
	tests := map[string]struct {
		change func(f *topology.Facts)
		want   []found
	}{
		"sound facts":    {func(f *topology.Facts) {}, nil},
		"nothing at all": {func(f *topology.Facts) { *f = topology.Facts{} }, nil},
		"a hub of a VPC": {
			func(f *topology.Facts) { inProd(*f, func(v *topology.VPC) { v.Hubs = []string{"cem"} }) },
			one(`vpcs["prod"].hubs[0]`, topology.Undeclared{Kind: topology.HubName, Name: "cem", Known: []string{"cen", "er"}}),
		},
		"a hub of a site": {
			func(f *topology.Facts) { inIDC(*f, func(s *topology.Site) { s.Hubs = []string{"cen", "x"} }) },
			one(`sites["idc"].hubs[1]`, topology.Undeclared{Kind: topology.HubName, Name: "x", Known: []string{"cen", "er"}}),
		},
		"a hub, none declared": {func(f *topology.Facts) {
			f.Hubs = nil
			delete(f.VPCs, "blue")
			delete(f.Clusters, "blue")
			delete(f.Sites, "idc")
			delete(f.Clusters, "idc")
		}, one(`vpcs["prod"].hubs[0]`, topology.Undeclared{Kind: topology.HubName, Name: "cen"})},
		"hubs that are to come": {func(f *topology.Facts) { f.Hubs, f.Unknown = nil, unknown{"hubs"} }, nil},
		"a hub name to come":    {func(f *topology.Facts) { inProd(*f, func(v *topology.VPC) { v.Hubs = []string{""} }) }, nil},
		"a peer of a VPC": {
			func(f *topology.Facts) { inProd(*f, func(v *topology.VPC) { v.Peers = []string{"dew"} }) },
			one(`vpcs["prod"].peers[0]`, topology.Undeclared{Kind: topology.NetworkName, Name: "dew", Known: networks}),
		},
		"a peer of a site": {
			func(f *topology.Facts) { inIDC(*f, func(s *topology.Site) { s.Peers = []string{"prod", "x"} }) },
			one(`sites["idc"].peers[1]`, topology.Undeclared{Kind: topology.NetworkName, Name: "x", Known: networks}),
		},
		"a site as the peer": {func(f *topology.Facts) { inProd(*f, func(v *topology.VPC) { v.Peers = []string{"idc"} }) }, nil},
		"a hub as the peer": {
			func(f *topology.Facts) { inProd(*f, func(v *topology.VPC) { v.Peers = []string{"cen"} }) },
			one(`vpcs["prod"].peers[0]`, topology.Undeclared{Kind: topology.NetworkName, Name: "cen", Known: networks}),
		},
		"a peer while VPCs come": {func(f *topology.Facts) {
			inIDC(*f, func(s *topology.Site) { s.Peers = []string{"x"} })
			f.Unknown = unknown{"vpcs"}
		}, nil},
		"a peer while sites come": {func(f *topology.Facts) {
			inProd(*f, func(v *topology.VPC) { v.Peers = []string{"x"} })
			f.Unknown = unknown{"sites"}
		}, nil},
		"a peer name to come": {func(f *topology.Facts) { inProd(*f, func(v *topology.VPC) { v.Peers = []string{""} }) }, nil},
		"the VPC of a cluster": {
			func(f *topology.Facts) { inShop(*f, func(c *topology.Cluster) { c.VPC = "prd" }) },
			one(`clusters["shop"].vpc`, topology.Undeclared{Kind: topology.NetworkName, Name: "prd", Known: networks}),
		},
		"its VPC while VPCs come": {func(f *topology.Facts) {
			inShop(*f, func(c *topology.Cluster) { c.VPC = "prd" })
			f.Unknown = unknown{"vpcs"}
		}, nil},
		"its VPC while sites come": {func(f *topology.Facts) {
			inShop(*f, func(c *topology.Cluster) { c.VPC = "prd" })
			f.Unknown = unknown{"sites"}
		}, nil},
		"its VPC is to come": {func(f *topology.Facts) {
			inShop(*f, func(c *topology.Cluster) { c.VPC, c.Unknown = "", unknown{"vpc"} })
		}, nil},
		"a profile of another cloud": {func(f *topology.Facts) { inShop(*f, func(c *topology.Cluster) { c.Profile = "cce-vpc-router" }) },
			one(
				`clusters["shop"].profile`,
				topology.WrongPlatform{
					Profile:  "cce-vpc-router",
					VPC:      "prod",
					Platform: "alicloud",
					Fitting:  besideAnywhere("ack-edge-flannel", "ack-flannel", "ack-serverless", "ack-terway"),
				},
			)},
		"a profile of a cloud in a site": {func(f *topology.Facts) { inShop(*f, func(c *topology.Cluster) { c.VPC = "idc" }) },
			one(
				`clusters["shop"].profile`,
				topology.WrongPlatform{Profile: "ack-flannel", VPC: "idc", Fitting: anywhere},
			)},
		"a self-managed cluster there": {
			func(f *topology.Facts) { inShop(*f, func(c *topology.Cluster) { c.Profile = "kubernetes-routed" }) },
			nil,
		},
		"a generic VPC takes any": {func(f *topology.Facts) { inShop(*f, func(c *topology.Cluster) { c.VPC = "dev" }) }, nil},
		"a platform that is to come": {func(f *topology.Facts) {
			inProd(*f, func(v *topology.VPC) { v.Platform, v.Unknown = "", unknown{"platform"} })
			inShop(*f, func(c *topology.Cluster) { c.Profile = "cce-vpc-router" })
		}, nil},
		"an unknown profile is reported once": {func(f *topology.Facts) { inShop(*f, func(c *topology.Cluster) { c.Profile = "x" }) },
			one(`clusters["shop"].profile`, topology.Undeclared{Kind: topology.ProfileName, Name: "x", Known: profile.Default().Names()})},

		"the key of a hub differs": {
			func(f *topology.Facts) { edit(f.Hubs, "cen", func(h *topology.Hub) { h.Name = "cen-prod" }) },
			one(`hubs["cen"].name`, topology.KeyDiffers{Key: "cen", Name: "cen-prod"}),
		},
		"the key of a site differs": {
			func(f *topology.Facts) { inIDC(*f, func(s *topology.Site) { s.Name = "x" }) },
			one(`sites["idc"].name`, topology.KeyDiffers{Key: "idc", Name: "x"}),
		},
		"the key of a VPC differs": {
			func(f *topology.Facts) { inProd(*f, func(v *topology.VPC) { v.Name = "Prod" }) },
			one(`vpcs["prod"].name`, topology.KeyDiffers{Key: "prod", Name: "Prod"}),
		},
		"the key of a cluster differs": {
			func(f *topology.Facts) { inShop(*f, func(c *topology.Cluster) { c.Name = "x" }) },
			one(`clusters["shop"].name`, topology.KeyDiffers{Key: "shop", Name: "x"}),
		},
		"a name that is to come": {
			func(f *topology.Facts) { inProd(*f, func(v *topology.VPC) { v.Name, v.Unknown = "", unknown{"name"} }) },
			nil,
		},
		"the key is the name of a site": {
			func(f *topology.Facts) { inIDC(*f, func(s *topology.Site) { s.Peers = []string{"idc"} }) },
			one(`sites["idc"].peers[0]`, topology.SelfPeer{Name: "idc"}),
		},
		"the key is the name of a VPC": {
			func(f *topology.Facts) { edit(f.VPCs, "dev", func(v *topology.VPC) { v.Peers = []string{"dev"} }) },
			one(`vpcs["dev"].peers[0]`, topology.SelfPeer{Name: "dev"}),
		},
		"a key that is no name": {
			func(f *topology.Facts) { f.Hubs["my hub"] = topology.Hub{} },
			one(`hubs["my hub"].name`, topology.BadName{Name: "my hub", Bad: " ", Position: 3}),
		},
		"an empty key": {
			func(f *topology.Facts) { f.Hubs[""] = topology.Hub{} },
			one(`hubs[""]`, topology.Empty{Reason: topology.NameNeeded{}}),
		},
		"a VPC with the name of a site": {func(f *topology.Facts) {
			f.VPCs["idc"] = topology.VPC{CIDRBlocks: prefixes("10.99.0.0/16")}
			delete(f.Clusters, "idc")
		},
			one(`vpcs["idc"]`, topology.NameInUse{Name: "idc"})},
		"a cluster with the name of a VPC": {func(f *topology.Facts) {}, nil}, // blue is both

		"a hub of another VRF": {
			func(f *topology.Facts) { inProd(*f, func(v *topology.VPC) { v.Hubs = []string{"cen", "er"} }) },
			one(`vpcs["prod"].hubs[1]`, topology.VRFLink{Kind: topology.HubName, Name: "er", VRF: "blue"}),
		},
		"a site on one": {
			func(f *topology.Facts) { inIDC(*f, func(s *topology.Site) { s.VRF = "red" }) },
			one(`sites["idc"].hubs[0]`, topology.VRFLink{Kind: topology.HubName, Name: "cen", OwnVRF: "red"}),
		},
		"a peer of another VRF": {
			func(f *topology.Facts) { inProd(*f, func(v *topology.VPC) { v.Peers = []string{"blue"} }) },
			one(`vpcs["prod"].peers[0]`, topology.VRFLink{Kind: topology.PeerName, Name: "blue", VRF: "blue"}),
		},
		"a site peered with one": {
			func(f *topology.Facts) { inIDC(*f, func(s *topology.Site) { s.Peers = []string{"blue"} }) },
			one(`sites["idc"].peers[0]`, topology.VRFLink{Kind: topology.PeerName, Name: "blue", VRF: "blue"}),
		},
		"the hub's VRF is to come": {func(f *topology.Facts) {
			edit(f.Hubs, "er", func(h *topology.Hub) { h.VRF, h.Unknown = "", unknown{"vrf"} })
		}, nil},
		"the own VRF is to come": {func(f *topology.Facts) {
			edit(f.VPCs, "blue", func(v *topology.VPC) { v.VRF, v.Unknown = "", unknown{"vrf"} })
		}, nil},
		"the peer's VRF is to come": {func(f *topology.Facts) {
			edit(f.VPCs, "blue", func(v *topology.VPC) { v.VRF, v.Unknown, v.Peers = "", unknown{"vrf"}, []string{"dev"} })
		}, nil},
		"a peer of which nothing is known": {func(f *topology.Facts) {
			f.VPCs["unknown"] = topology.VPC{Unknown: unknown{topology.Everything}}
			edit(f.VPCs, "blue", func(v *topology.VPC) { v.Peers = []string{"unknown"} })
		}, nil},

		"a reservation without a range": {
			func(f *topology.Facts) { f.Reserved["lb"] = topology.Reserved{} },
			one(`reserved["lb"].cidr`, topology.Missing{}),
		},
		"a reservation that is to come": {
			func(f *topology.Facts) { f.Reserved["lb"] = topology.Reserved{Unknown: unknown{"cidr"}} },
			nil,
		},
		"a reservation under a bad name": {
			func(f *topology.Facts) { f.Reserved["l b"] = topology.Reserved{CIDR: prefix("10.1.0.0/16")} },
			one(`reserved["l b"]`, topology.BadName{Name: "l b", Bad: " ", Position: 2}),
		},
		"faults of the elements themselves": {
			func(f *topology.Facts) { inProd(*f, func(v *topology.VPC) { v.RouteQuota = -1 }) },
			one(`vpcs["prod"].route_quota`, topology.OutOfRange{Value: -1, Min: 1, Max: 1_000_000}),
		},
		"those of a site": {
			func(f *topology.Facts) { inIDC(*f, func(s *topology.Site) { s.CIDRBlocks = nil }) },
			one(`sites["idc"].cidr_blocks`, topology.Missing{}),
		},
		"those of a cluster": {
			func(f *topology.Facts) { inShop(*f, func(c *topology.Cluster) { c.Need.NodeMask = 33 }) },
			one(`clusters["shop"].node_cidr_mask`, topology.OutOfRange{Value: 33, Min: 1, Max: 32}),
		},
		"those of a hub": {
			func(f *topology.Facts) { edit(f.Hubs, "cen", func(h *topology.Hub) { h.Kind = "x" }) },
			one(`hubs["cen"].kind`, topology.NotOneOf{Value: "x", Allowed: profile.Default().HubKinds()}),
		},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			f := soundFacts()
			test.change(&f)
			wantFaults(t, topology.Check(f, profile.Default()), test.want)
		})
	}
}
