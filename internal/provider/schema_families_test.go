package provider

import (
	"maps"
	"reflect"
	"slices"
	"strings"
	"testing"

	"github.com/cidrplan/terraform-provider-cidrplan/internal/profile"
	"github.com/cidrplan/terraform-provider-cidrplan/internal/rules"
	"github.com/cidrplan/terraform-provider-cidrplan/internal/values"
)

// ofIPv4Alone are attributes about ranges or masks of a cluster that have no counterpart for IPv6, and why.
var ofIPv4Alone = map[string]string{
	"pod_prefix_length": "an IPv6 Pod range has a block for each node that the IPv4 range serves, so it has no size of its own; " +
		"pod_ipv6_cidr gives another",
	"service_prefix_length": "the length of an IPv6 Service range is the platform's; service_ipv6_cidr gives another",
	"reserve_prefix_length": "no platform appends IPv6 Pod ranges",
	"pod_aggregate":         "no platform appends IPv6 Pod ranges",
}

// Every argument and output of a cluster about a range or mask of one family has one for the other family, or a
// reason not to. The attributes are those of the schemas.
func TestEveryRangeAndMaskHasBothFamilies(t *testing.T) {
	catalog := profile.Default()
	used := map[string]bool{}
	for where, attributes := range map[string]values.Fields{
		"clusters":    clusterFields(catalog),
		"existing":    allocatorArguments(catalog)["existing"].Fields,
		"allocations": allocationFields(catalog),
		"released":    allocatorResourceResults["released"].Fields,
	} {
		about := func(name string) bool {
			return strings.Contains(name, "cidr") || strings.Contains(name, "prefix_length") || strings.Contains(name, "aggregate")
		}
		found := 0
		for name := range attributes {
			if !about(name) || strings.Contains(name, "ipv6") {
				continue
			}
			found++
			ofIPv6 := strings.NewReplacer("cidr", "ipv6_cidr", "prefix_length", "ipv6_prefix_length", "aggregate", "ipv6_aggregate").
				Replace(strings.TrimSuffix(name, "s"))
			_, both := attributes[ofIPv6]
			if _, list := attributes[ofIPv6+"s"]; strings.HasPrefix(name, "further_") {
				both = list
			}
			_, alone := ofIPv4Alone[name]
			used[name] = used[name] || alone
			if both == alone {
				t.Errorf("%s: %s has a counterpart for IPv6: %v, and a reason to have none: %v", where, name, both, alone)
			}
		}
		if found < 3 {
			t.Errorf("%s: only %d attributes are about ranges: the test no longer sees them", where, found)
		}
		for name := range attributes {
			four := strings.Replace(name, "ipv6_", "", 1)
			if attributes[four].Description == "" {
				four = strings.TrimPrefix(four, "further_") // pod_cidrs has all IPv4 Pod ranges
			}
			if strings.Contains(name, "ipv6_cidr") && attributes[four].Description == "" &&
				attributes[four+"s"].Description == "" {
				t.Errorf("%s: %s has no counterpart for IPv4", where, name)
			}
		}
	}
	for name := range ofIPv4Alone {
		if !used[name] {
			t.Errorf("no attribute is called %s any more", name)
		}
	}
}

// familyless has the reason why one code is for both families, by the beginning of the code.
var familyless = map[string]string{
	"pod_overlaps": "two ranges that share addresses are of one family, whichever", "service_overlaps": "the same",
	"block_overlaps": "the same", "ambiguous": "the same",
	"other_":            "the ranges of a use are of the families that its data allows",
	"pod_outside_other": "both ranges are of one family, whichever",
	"vpc_":              "the rules of a VPC have ranges of both families",
	"subnet_":           "the same", "route_": "the same", "site_overlaps": "the same",
	"supernet_overlaps": "the same", "two_networks": "it is about names",
	"nodes_over_cap": "nodes have no family", "pods_over_cap": "Pods have no family",
	"node_subnets_too_small": "an IPv6 subnet has more addresses than can be asked for",
	"node_subnet_shared":     "it is about names",
	"pod_subnet":             "the same; sizes of IPv6 subnets are checked at the VPC",
}

// Every rule about a single range or number has a code for each family, or a reason to have one for both.
func TestEveryRuleOnOneFamilyHasOneOnTheOther(t *testing.T) {
	catalog := profile.Default()
	codes := rules.Codes(catalog)
	withFamily := 0
	for _, code := range codes {
		if slices.ContainsFunc(slices.Collect(maps.Keys(familyless)), func(start string) bool { return strings.HasPrefix(code, start) }) {
			continue
		}
		withFamily++
		of, rest, _ := strings.Cut(code, "_")
		other := of + "6_" + rest
		if strings.HasSuffix(of, "6") {
			other = strings.TrimSuffix(of, "6") + "_" + rest
		}
		if _, known := rules.Find(other, catalog); !known &&
			code != "pod_out_of_allowed_range" { // no mode bounds where IPv6 Pods come from
			t.Errorf("%s has no counterpart %s, and no reason to have none", code, other)
		}
	}
	if withFamily < 10 {
		t.Errorf("only %d rules are about a family: the test no longer sees them", withFamily)
	}
	for _, name := range catalog.Names() {
		p, _ := catalog.Profile(name)
		if p.IPv6.Dual && p.Nodes.RoutesPerNode > 0 {
			t.Errorf("%s has both families and writes routes for its nodes, of which IPv6 ones are not counted", name)
		}
		if p.IPv6.Pods == "own" && p.Nodes.Blocks != profile.Fixed {
			t.Errorf("%s has IPv6 node blocks beside IPv4 ones of no fixed size", name)
		}
	}
}

// nodeFields6 says where the data on IPv6 has what the data on IPv4 node blocks has, or why it has nothing.
var nodeFields6 = map[string]string{
	"Shortest": "NodeShortest", "Longest": "NodeLongest", "SizeRule": "NodeSizeRule", "Lost": "Lost",
	"LostRule":      "-: no platform with both families loses addresses by assumption",
	"MaxDifference": "MaxDifference", "MaxDifferenceRule": "MaxDifferenceRule",
	"DefaultMask":    "-: NodeMask, which every platform with IPv6 node blocks has",
	"AdvisedLongest": "-: no platform advises on IPv6 node blocks", "AdvisedRule": "-: the same",
	"Blocks": "-: IPv6 node blocks stand beside fixed ones alone", "Argument": "-: it names an argument for messages",
	"PodsPerNode":   "-: Pods have an address of each family",
	"RoutesPerNode": "-: no platform with routes has both families", "RouteQuota": "-: the same", "RouteQuotaRule": "-: the same",
	"Caps": "-: nodes have no family", "SharedSubnet": "-: it is of the subnet of the nodes",
}

// Whatever the data can say of IPv4 node blocks it can say of IPv6 ones, and does where clusters have them.
func TestTheDataOnNodeBlocksHasBothFamilies(t *testing.T) {
	nodes, ofIPv6 := reflect.TypeFor[profile.Nodes](), reflect.TypeFor[profile.IPv6]()
	for i := range nodes.NumField() {
		name := nodes.Field(i).Name
		other, decided := nodeFields6[name]
		if _, there := ofIPv6.FieldByName(other); !decided || !there && !strings.HasPrefix(other, "-: ") {
			t.Errorf("node blocks have %s, and IPv6 has %q", name, other)
		}
	}
	for _, name := range profile.Default().Names() {
		p, _ := profile.Default().Profile(name)
		if p.IPv6.Pods != "own" {
			continue
		}
		for four, of6 := range nodeFields6 {
			set := !reflect.ValueOf(p.Nodes).FieldByName(four).IsZero()
			if !set && strings.HasPrefix(four, "MaxDifference") && p.Name != "kubernetes-routed" && p.Name != "kubernetes-overlay" {
				continue // kubeadm alone bounds the difference of IPv4, kube-controller-manager that of IPv6
			}
			if there := reflect.ValueOf(p.IPv6).FieldByName(of6); there.IsValid() && set == there.IsZero() {
				t.Errorf("%s says %s of IPv4: %v, and %s of IPv6: %v", name, four, set, of6, !there.IsZero())
			}
		}
	}
}
