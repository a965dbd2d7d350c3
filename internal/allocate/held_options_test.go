package allocate

import (
	"fmt"
	"reflect"
	"testing"

	"github.com/cidrplan/terraform-provider-cidrplan/internal/profile"
	"github.com/cidrplan/terraform-provider-cidrplan/internal/topology"
)

func TestOptionsOfANeedThatOutgrowsWhatIsHeld(t *testing.T) {
	r := request(shop())
	const renumbering = `set renumber["shop"] 1`
	for name, test := range map[string]struct {
		argument        string
		wanted, largest int64
		want            []string
	}{
		"nothing of it is served": {"max_nodes", 5, 0, []string{renumbering}},
		"one node": {"max_nodes", 5, 1, []string{
			`set clusters["shop"].max_nodes 1`,
			`copy to clusters["shop-2"]; set clusters["shop-2"].max_nodes 4; set clusters["shop"].max_nodes 1`, renumbering,
		}},
		"addresses": {"addresses", 300, 251, []string{
			`set clusters["shop"].addresses 251`,
			`copy to clusters["shop-2"]; set clusters["shop-2"].addresses 49; set clusters["shop"].addresses 251`, renumbering,
		}},
		"Services": {"max_services", 300, 254, []string{
			`set clusters["shop"].max_services 254`,
			`copy to clusters["shop-2"]; set clusters["shop-2"].max_services 46; set clusters["shop"].max_services 254`, renumbering,
		}},
	} {
		t.Run(name, func(t *testing.T) {
			wantOptions(t, situationOf(r, shopHolds).outgrownOptions("shop", test.argument, test.wanted, test.largest), test.want)
		})
	}
	for argument, want := range map[string]any{
		"prefix_length": topology.AtLeast(24), "pod_prefix_length": topology.AtLeast(24), "service_prefix_length": topology.AtLeast(24),
		"max_services": topology.AtMost(24),
	} {
		if got := situationOf(r, shopHolds).outgrownOptions("shop", argument, 20, 24)[0].Edits[0].Do.(topology.Setting).Value; got != want {
			t.Errorf("%s: got %T %v, want %T", argument, got, got, want)
		}
	}
}

func TestEditsThatRestoreAnArgument(t *testing.T) {
	pins6 := func(cl *topology.Cluster) {
		cl.PodIPv6CIDR, cl.ServiceCIDR = prefix("fd00::/56"), prefix("172.20.0.0/22")
	}
	blockOf := func(b topology.Block) Request { return blocks(block("shop", b)) }
	held := profile.Ranges{Block: prefix("10.0.0.0/24")}
	for name, test := range map[string]struct {
		request  Request
		argument string
		value    any
		want     string
	}{
		"it was not set": {request(shop()), "node_cidr_mask", 0, `remove clusters["shop"].node_cidr_mask`},
		"it was set":     {request(shop()), "node_cidr_mask", 26, `set clusters["shop"].node_cidr_mask 26`},
		"the family of a block with a length": {
			blockOf(topology.Block{PrefixLength: 64}), "ip_family", "ipv4",
			`set blocks["shop"].ip_family ipv4; set blocks["shop"].prefix_length 24`,
		},
		"the family of a block with a number of addresses": {
			blockOf(topology.Block{Addresses: 8}), "ip_family", "ipv4", `set blocks["shop"].ip_family ipv4`,
		},
		"the families of a cluster with a pin of IPv6": {
			request(shop(dual, pins6)), "ip_families", "ipv4",
			`set clusters["shop"].ip_families ipv4; remove clusters["shop"].pod_ipv6_cidr`,
		},
		"its Pod ranges": {request(shop()), "pod_cidrs", shopHolds.Pods, `set clusters["shop"].pod_cidrs [10.0.0.0/19]`},
		"its mask":       {request(shop()), "node_cidr_mask", 26, `set clusters["shop"].node_cidr_mask 26`},
		"the families of a cluster of IPv4": {
			request(shop(pins6)), "ip_families", "both", `set clusters["shop"].ip_families both`,
		},
		"another argument of a cluster with a pin of IPv6": {
			request(shop(dual, pins6)), "profile", "ack-flannel", `set clusters["shop"].profile ack-flannel`,
		},
		"another argument of a block with a length": {
			blockOf(topology.Block{PrefixLength: 25}), "cidr", "10.0.0.0/24", `set blocks["shop"].cidr 10.0.0.0/24`,
		},
	} {
		t.Run(name, func(t *testing.T) {
			option := topology.OptionOf(situationOf(test.request).takenBack("shop", test.argument, test.value, held)...)
			wantOptions(t, []topology.Option{option}, []string{test.want})
		})
	}
}

func TestValuesThatTheConfigurationGives(t *testing.T) {
	cl := topology.Cluster{
		Profile: "ack-flannel", PodCIDRs: prefixes("10.0.0.0/20"), ServiceCIDR: prefix("172.20.0.0/22"), PodIPv6CIDR: prefix("fd00::/56"),
		ReserveLength: 18, Need: profile.Need{NodeMask: 26, NodeIPv6Mask: 80},
	}
	b := topology.Block{PrefixLength: 24, Family: "ipv4", CIDR: prefix("10.0.0.0/24")}
	f := topology.Facts{Clusters: map[string]topology.Cluster{"shop": cl}, Blocks: map[string]topology.Block{"lb": b}}
	for argument, want := range map[string]any{"prefix_length": 24, "ip_family": "ipv4", "cidr": b.CIDR, "addresses": nil} {
		if got := valueGiven(argument, "lb", f); !reflect.DeepEqual(got, want) {
			t.Errorf("%s of a block: got %#v, want %#v", argument, got, want)
		}
	}
	for argument, want := range map[string]any{
		"profile": "ack-flannel", "pod_cidrs": cl.PodCIDRs, "ip_families": []string{"ipv4"}, "reserve_prefix_length": 18,
		"node_cidr_mask": 26, "node_ipv6_cidr_mask": 80,
		"service_cidr": cl.ServiceCIDR, "pod_ipv6_cidr": cl.PodIPv6CIDR, "vpc": nil,
	} {
		if got := valueGiven(argument, "shop", f); !reflect.DeepEqual(got, want) {
			t.Errorf("%s: got %#v, want %#v", argument, got, want)
		}
	}
}

func TestOptionsOfExistingThatContradictsTheState(t *testing.T) {
	const remove = `remove existing["a"]`
	at := topology.Path{}.Attr("existing").Key("a")
	for name, test := range map[string]struct {
		argument string
		held     any
		want     []string
	}{
		"a range":    {"service_cidr", prefix("172.20.0.0/22"), []string{remove, `set existing["a"].service_cidr 172.20.0.0/22`}},
		"no range":   {"service_cidr", prefix(""), []string{remove}},
		"Pod ranges": {"pod_cidrs", prefixes("10.0.0.0/24"), []string{remove, `set existing["a"].pod_cidrs [10.0.0.0/24]`}},
		"a block":    {"cidr", prefix("10.0.0.0/24"), []string{remove, `set existing["a"].cidr 10.0.0.0/24`}},
	} {
		t.Run(name, func(t *testing.T) { wantOptions(t, asState(at, test.argument, test.held), test.want) })
	}
}

func TestAMirrorThatExistsNeedsASizeOfItsOwn(t *testing.T) {
	nodes := `set clusters["dr"].max_nodes ` + fmt.Sprint(topology.MostNodes)
	for name, test := range map[string]struct {
		existing Existing
		want     string
	}{
		"existing gives its Pods":          {Existing{PodCIDRs: prefixes("10.0.0.0/20")}, `remove clusters["dr"].same_as`},
		"existing gives its Services only": {Existing{ServiceCIDR: prefix("172.20.0.0/22")}, `remove clusters["dr"].same_as; ` + nodes},
	} {
		t.Run(name, func(t *testing.T) {
			s := situationOf(request(blue(), shop(), dr("dr", "blue", "shop"), existing("dr", test.existing)))
			wantOptions(t, []topology.Option{s.ownAsExisting("dr")}, []string{test.want})
		})
	}
}

func TestOptionsOfABlockOutsideOfTheSupernets(t *testing.T) {
	outside := prefix("10.9.0.0/24")
	pinned := block("shop", topology.Block{CIDR: outside})
	const add, unpin = `add supernets 10.9.0.0/24`, `remove blocks["shop"].cidr; set blocks["shop"].prefix_length 24`
	for name, test := range map[string]struct {
		situation *situation
		want      []string
	}{
		"a pin":                        {situationOf(blocks(pinned)), []string{add, unpin}},
		"a pin around a supernet":      {situationOf(blocks(pinned, supernets("10.9.0.0/25"))), []string{unpin}},
		"a pin that existing confirms": {situationOf(blocks(pinned, holds("shop", "10.9.0.0/24"))), []string{add}},
		"no pin, and existing":         {situationOf(blocks(ofLength("shop", 24), holds("shop", "10.9.0.0/24"))), []string{add}},
		"the state has it": {
			situationOf(blocks(ofLength("shop", 24)), profile.Ranges{Block: outside}),
			[]string{add, `set renumber["shop"] 1`},
		},
	} {
		t.Run(name, func(t *testing.T) {
			s := test.situation
			wantOptions(t, s.outsideOptions("shop", outside), test.want)
		})
	}
}

// Who holds the ranges says what can resolve an argument that would change them.
func TestOptionsOfAnArgumentThatWouldChangeWhatIsHeld(t *testing.T) {
	of := existing("shop", Existing{PodCIDRs: shopHolds.Pods, ServiceCIDR: shopHolds.Service, NodeMask: 26})
	mask := func(cl *topology.Cluster) { cl.Need.NodeMask = 25 }
	const back, renumbering = `set clusters["shop"].node_cidr_mask 26`, `set renumber["shop"] 1`
	second := `copy to clusters["shop-2"]; ` + back
	lost := applied(t, request(subnetted))
	for name, test := range map[string]struct {
		request Request
		want    []string
	}{
		"the state":              {edited(applied(t, request(shop())), shop(mask)), []string{back, second, renumbering}},
		"the state and existing": {edited(applied(t, request(shop(), of)), shop(mask)), []string{back, second, renumbering}},
		"existing alone":         {request(shop(mask), of), []string{back, `set existing["shop"].node_cidr_mask 25`}},
		"a state that has lost the profile": {
			restoredFrom(lost, cluster("sub", "ack-flannel", profile.Need{MaxNodes: 3}, inVPC("ali"))),
			[]string{`set clusters["sub"].profile ` + fmt.Sprint(topology.PriorProfile)},
		},
	} {
		t.Run(name, func(t *testing.T) {
			found := pick[Changed](Plan(test.request, profile.Default()))
			if len(found) != 1 {
				t.Fatalf("%d faults", len(found))
			}
			wantOptions(t, found[0].Options, test.want)
		})
	}
}
