package allocate

import (
	"net/netip"
	"testing"

	"github.com/cidrplan/terraform-provider-cidrplan/internal/conflict"
	"github.com/cidrplan/terraform-provider-cidrplan/internal/profile"
	"github.com/cidrplan/terraform-provider-cidrplan/internal/topology"
)

func TestFreeName(t *testing.T) {
	for want, taken := range map[string]map[string]bool{
		"a":   {"b": true},
		"a-2": {"a": true},
		"a-4": {"a": true, "a-2": true, "a-3": true},
	} {
		if got := freeName(taken, "a"); got != want {
			t.Errorf("beside %v: got %s, want %s", taken, got, want)
		}
	}
}

func TestFreeSubnetOfAVPC(t *testing.T) {
	near := prefix("192.168.0.0/24")
	own := topology.VPC{CIDRBlocks: []netip.Prefix{prefix("192.168.0.0/23"), {}}, Subnets: prefixMap("a", "192.168.0.0/24")}
	of := func(edit func(*topology.VPC)) topology.VPC {
		v := own
		edit(&v)
		return v
	}
	claim := func(kind conflict.Kind, part, text string) []conflict.Claim {
		return []conflict.Claim{{Kind: kind, Part: part, Range: prefix(text)}, {Kind: conflict.Pod}}
	}
	for name, test := range map[string]struct {
		vpc    topology.VPC
		claims []conflict.Claim
		near   netip.Prefix
		length int
		want   string
	}{
		"beside a subnet":                   {own, nil, near, 25, "192.168.1.0/25"},
		"beside Pods":                       {own, claim(conflict.Pod, "", "192.168.1.0/25"), near, 25, "192.168.1.128/25"},
		"beside a reserved range":           {own, claim(conflict.Reserved, "", "192.168.1.0/26"), near, 25, "192.168.1.128/25"},
		"in the blocks of the VPC":          {own, claim(conflict.VPC, "", "192.168.0.0/23"), near, 25, "192.168.1.0/25"},
		"in a supernet":                     {own, claim(conflict.Supernet, "", "192.168.0.0/16"), near, 25, "192.168.1.0/25"},
		"beside a route, which takes none":  {own, claim(conflict.Route, "x", "192.168.0.0/16"), near, 25, "192.168.1.0/25"},
		"a single address":                  {own, nil, near, 32, "192.168.1.0/32"},
		"as large as all that is free":      {own, nil, near, 24, "192.168.1.0/24"},
		"larger than all that is free":      {own, nil, near, 23, ""},
		"longer than addresses are":         {own, nil, near, 33, ""},
		"near an invalid range":             {own, nil, netip.Prefix{}, 25, ""},
		"too small for the platform":        {of(func(v *topology.VPC) { v.Platform = "alicloud" }), nil, near, 30, ""},
		"the smallest of the platform":      {of(func(v *topology.VPC) { v.Platform = "alicloud" }), nil, near, 29, "192.168.1.0/29"},
		"subnets are not known until apply": {of(func(v *topology.VPC) { v.Unknown = topology.Unknown{"subnets"} }), nil, near, 25, ""},
		"blocks are not known until apply":  {of(func(v *topology.VPC) { v.Unknown = topology.Unknown{"cidr_blocks"} }), nil, near, 25, ""},
	} {
		o := optionFinder{situation: situationOf(request()), claims: test.claims}
		got, ok := o.freeSubnet(test.vpc, test.near, test.length)
		if ok != (test.want != "") || ok && got != prefix(test.want) {
			t.Errorf("%s: got %v, %t, want %q", name, got, ok, test.want)
		}
	}
}

func TestOptionsThatAddASubnet(t *testing.T) {
	at := topology.Path{}.Attr("clusters").Key("shop").Attr("pod_subnets")
	in := func(network string, claim conflict.Claim) conflict.Finding {
		claim.Owner, claim.Network, claim.At = "shop", network, at
		return conflict.Finding{Code: "pod_subnets_too_small", A: claim}
	}
	pods := conflict.Claim{Kind: conflict.Pod, ClusterRange: conflict.ClusterRange{Profile: shipped(t, "cce-turbo")}}
	part := pods
	part.Part, part.Range = "pods", prefix("192.168.16.0/20")
	// lacking are Pods that need so many addresses, of which the last ones are those of shop.
	lacking := func(need, limit, last int64) conflict.Finding {
		f := in("hua", pods)
		f.Number, f.Limit = conflict.Figure{Unit: conflict.Addresses, Value: need}, conflict.Figure{Unit: conflict.Addresses, Value: limit}
		f.Terms = []conflict.Term{{Value: need - last}, {Value: last}}
		return f
	}
	ofNodes := lacking(200, 100, 200)
	ofNodes.Code = "node_subnets_too_small"
	blocks := func(missing int64) conflict.Finding {
		f := lacking(missing+224, 224, missing+224)
		f.Block = 28
		return f
	}
	nodesOfTwo := in("hua", part)
	nodesOfTwo.Code, nodesOfTwo.A.At = "node_subnet_shared", topology.Path{}.Attr("clusters").Key("shop").Attr("node_subnets").At(0)
	route := in("hua", part)
	route.A.Kind = conflict.Route
	noProfile := in("hua", part)
	noProfile.A.Profile = nil
	r := request(withPodSubnet("hua"), cluster("shop", "cce-turbo", profile.Need{MaxNodes: 10}, inVPC("hua"), podSubnets("pods")))
	added := func(name, text string) string {
		return `set vpcs["hua"].subnets["` + name + `"] ` + text + `; add clusters["shop"].pod_subnets ` + name
	}
	for name, test := range map[string]struct {
		finding conflict.Finding
		held    []profile.Ranges
		want    []string
	}{
		"a Pod subnet, replaced by one of its length": {
			in("hua", part), nil,
			[]string{`set vpcs["hua"].subnets["shop-pods"] 192.168.0.0/20; set clusters["shop"].pod_subnets shop-pods`},
		},
		"the state holds ranges of the cluster": {in("hua", part), []profile.Ranges{shopHolds}, nil},
		"not of an undeclared network":          {in("site", part), nil, nil},
		"not of a route":                        {route, nil, nil},
		"not of an unknown profile":             {noProfile, nil, nil},
		"not of a range without a subnet":       {in("hua", pods), nil, nil},
		"addresses for Pods":                    {lacking(4191, 4091, 4191), nil, []string{added("shop-pods", "192.168.0.0/25")}},
		"as many addresses as a subnet has":     {lacking(223, 100, 223), nil, []string{added("shop-pods", "192.168.0.0/25")}},
		"one address more":                      {lacking(224, 100, 224), nil, []string{added("shop-pods", "192.168.0.0/24")}},
		"as many blocks as a subnet has":        {blocks(112), nil, []string{added("shop-pods", "192.168.0.0/25")}},
		"one block more":                        {blocks(128), nil, []string{added("shop-pods", "192.168.0.0/24")}},
		"a subnet for the nodes of one cluster": {
			nodesOfTwo, nil,
			[]string{`set vpcs["hua"].subnets["shop-nodes"] 192.168.0.0/20; set clusters["shop"].node_subnets[0] shop-nodes`},
		},
		"nodes can move to it while the state holds ranges": {
			nodesOfTwo, []profile.Ranges{shopHolds},
			[]string{`set vpcs["hua"].subnets["shop-nodes"] 192.168.0.0/20; set clusters["shop"].node_subnets[0] shop-nodes`},
		},
		"all that the last ones need":             {lacking(300, 200, 100), nil, []string{added("shop-pods", "192.168.0.0/25")}},
		"more is missing than the last ones need": {lacking(300, 200, 99), nil, nil},
		"addresses for nodes":                     {ofNodes, nil, []string{added("shop-nodes", "192.168.0.0/25")}},
	} {
		t.Run(name, func(t *testing.T) {
			s := situationOf(r, test.held...)
			if len(test.held) > 0 {
				s.before = s.request.Prior.Allocations
			}
			o := optionFinder{situation: s}
			wantFindingOptions(t, o.subnetOptions(test.finding), test.want...)
		})
	}
}
