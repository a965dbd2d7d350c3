package topology_test

import (
	"fmt"
	"testing"

	"github.com/cidrplan/terraform-provider-cidrplan/internal/profile"
	"github.com/cidrplan/terraform-provider-cidrplan/internal/topology"
)

func TestFreshNamesAreNotTaken(t *testing.T) {
	taken := func(names ...string) func(string) bool {
		return func(name string) bool {
			for _, other := range names {
				if name == other {
					return true
				}
			}
			return false
		}
	}
	for want, names := range map[string][]string{
		"shop-2": {"shop", "shop-3"}, "shop-3": {"shop-2"}, "shop-4": {"shop-2", "shop-3", "shop-5"},
	} {
		if got := topology.Fresh("shop", taken(names...)); got != want {
			t.Errorf("beside %q: got %s, want %s", names, got, want)
		}
	}
}

// exchanged is in front of options that are right where two networks exchanged their names.
const exchanged = string(topology.NamesExchanged) + ": "

func TestOptionsForAPreviousNameThatIsDeclared(t *testing.T) {
	network := topology.VPC{CIDRBlocks: prefixes("10.0.0.0/16")}
	renamed := func(previous ...string) topology.VPC {
		v := network
		v.PreviousNames = previous
		return v
	}
	site := topology.Site{CIDRBlocks: prefixes("10.0.0.0/16")}
	tests := map[string]struct {
		facts topology.Facts
		want  []string
	}{
		"a VPC is declared under it": {
			topology.Facts{VPCs: vpcs{"new": renamed("old"), "old": network}},
			[]string{`remove from vpcs["new"].previous_names = old`, exchanged + `rename vpcs["old"] as vpcs["old-2"]`},
		},
		"the next name is taken, too": {
			topology.Facts{VPCs: vpcs{"new": renamed("old"), "old": network}, Sites: sites{"old-2": site}, Hubs: hubs{"old-3": {}}},
			[]string{`remove from vpcs["new"].previous_names = old`, exchanged + `rename vpcs["old"] as vpcs["old-4"]`},
		},
		"a site is declared under it": {
			topology.Facts{VPCs: vpcs{"new": renamed("old")}, Sites: sites{"old": site}},
			[]string{`remove from vpcs["new"].previous_names = old`, exchanged + `rename sites["old"] as sites["old-2"]`},
		},
		"a hub is declared under it": {
			topology.Facts{Hubs: hubs{"new": {PreviousNames: []string{"old"}}, "old": {}}},
			[]string{`remove from hubs["new"].previous_names = old`, exchanged + `rename hubs["old"] as hubs["old-2"]`},
		},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) { wantOptions(t, topology.Check(test.facts, profile.Default()), test.want) })
	}
}

// Where each of two lists the other one, both get names that nothing has.
func TestOptionsForNamesThatWereExchanged(t *testing.T) {
	v := func(previous string) topology.VPC {
		return topology.VPC{CIDRBlocks: prefixes("10.0.0.0/16"), PreviousNames: []string{previous}}
	}
	s := topology.Site{CIDRBlocks: prefixes("10.0.0.0/16"), PreviousNames: []string{"a"}}
	tests := map[string]struct {
		facts         topology.Facts
		first, second string
	}{
		"two VPCs": {
			topology.Facts{VPCs: vpcs{"a": v("b"), "b": v("a")}},
			`rename vpcs["b"] as vpcs["b-2"]; rename vpcs["a"] as vpcs["a-2"]`,
			`rename vpcs["a"] as vpcs["a-2"]; rename vpcs["b"] as vpcs["b-2"]`,
		},
		"a VPC and a site": {
			topology.Facts{VPCs: vpcs{"a": v("b")}, Sites: sites{"b": s}},
			`rename vpcs["a"] as vpcs["a-2"]; rename sites["b"] as sites["b-2"]`,
			`rename sites["b"] as sites["b-2"]; rename vpcs["a"] as vpcs["a-2"]`,
		},
		"two hubs": {
			topology.Facts{Hubs: hubs{"a": {PreviousNames: []string{"b"}}, "b": {PreviousNames: []string{"a"}}}},
			`rename hubs["b"] as hubs["b-2"]; rename hubs["a"] as hubs["a-2"]`,
			`rename hubs["a"] as hubs["a-2"]; rename hubs["b"] as hubs["b-2"]`,
		},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			faults := topology.Check(test.facts, profile.Default())
			if len(faults) != 2 {
				t.Fatalf("got %d faults: %v", len(faults), faults)
			}
			wantOptions(t, faults[:1], []string{exchanged + test.first})
			wantOptions(t, faults[1:], []string{exchanged + test.second})
		})
	}
}

func TestOptionsForAServiceRangeInsideThePodRange(t *testing.T) {
	tests := map[string]struct {
		need profile.Need
		want []string
	}{
		"its size takes its place":         {profile.Need{}, []string{"remove it.service_cidr; set it.service_prefix_length = 20"}},
		"a number of Services is given":    {profile.Need{MaxServices: 100}, []string{"remove it.service_cidr"}},
		"a prefix length of them is given": {profile.Need{ServiceLength: 22}, []string{"remove it.service_cidr"}},
		"a number of nodes is another size": {
			profile.Need{MaxNodes: 3},
			[]string{"remove it.service_cidr; set it.service_prefix_length = 20"},
		},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			cl := topology.Cluster{Name: "shop", VPC: "v", Profile: "fixture-shared", Need: test.need, ServiceCIDR: prefix("10.1.0.0/20")}
			wantOptions(t, topology.CheckCluster(here, cl, fixturePlatform(t)), test.want)
		})
	}
}

// IPv6 is offered only where the profile accepts the argument with it.
func TestOptionsForArgumentsOfIPv6(t *testing.T) {
	pin := func(c *topology.Cluster) { c.PodIPv6CIDR = prefix("fd00::/56") }
	mask := func(c *topology.Cluster) { c.Need.NodeIPv6Mask = 80 }
	both := "set it.ip_families = [ipv4 ipv6]"
	tests := map[string]struct {
		profile string
		change  func(*topology.Cluster)
		want    []string
	}{
		"a Pod range where clusters have one":   {"fixture-own", pin, []string{"remove it.pod_ipv6_cidr", both}},
		"a Pod range where they have none":      {"fixture-subnets", pin, []string{"remove it.pod_ipv6_cidr"}},
		"a mask where nodes have IPv6 blocks":   {"fixture-own", mask, []string{"remove it.node_ipv6_cidr_mask", both}},
		"a mask where they have none":           {"fixture-subnets", mask, []string{"remove it.node_ipv6_cidr_mask"}},
		"a mask where clusters have IPv4 alone": {"fixture-many-subnets", mask, []string{"remove it.node_ipv6_cidr_mask"}},
		"a Pod range of the VPC in both families": {
			"fixture-subnets",
			func(c *topology.Cluster) { pin(c); c.IPFamilies = topology.Families },
			[]string{"remove it.pod_ipv6_cidr"},
		},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			cl := topology.Cluster{Name: "shop", VPC: "v", Profile: test.profile}
			test.change(&cl)
			wantOptions(t, topology.CheckCluster(here, cl, fixturePlatform(t)), test.want)
		})
	}
}

// A profile of another platform is replaced by one that has Pods and Services from the same place, where there is one.
func TestOptionsForAProfileOfAnotherPlatform(t *testing.T) {
	tests := map[string]struct{ profile, platform, want string }{
		"Pods in subnets": {"ack-terway", "huaweicloud", "[cce-autopilot cce-turbo]"},
		"Pods in a range of their own": {
			"ack-flannel",
			"huaweicloud",
			fmt.Sprint(besideAnywhere("cce-overlay", "cce-vpc-router")),
		},
		"Services in the Pod range":          {"tke-global-router", "tencentcloud", ""},
		"no profile of the platform does so": {"tke-global-router", "aws", fmt.Sprint(besideAnywhere("eks", "eks-prefix-delegation"))},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			f := topology.Facts{
				VPCs:     vpcs{"v": {Platform: test.platform, CIDRBlocks: prefixes("10.0.0.0/16")}},
				Clusters: clusters{"shop": {VPC: "v", Profile: test.profile, Unknown: unknown{"pod_subnets"}}},
			}
			faults := topology.Check(f, profile.Default())
			if test.want == "" {
				wantFaults(t, faults, nil)
				return
			}
			wantOptions(t, faults, []string{`set clusters["shop"].profile = ` + test.want})
		})
	}
}
