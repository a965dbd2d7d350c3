package manifests

import (
	"net/netip"
	"strconv"

	"github.com/cidrplan/terraform-provider-cidrplan/internal/cidr"
)

// kubeOVNSubnets are a Subnet for each Pod range, or for each pair of an IPv4 and an IPv6 range. The first one is the default Subnet, which
// kube-ovn-controller creates from POD_CIDR of the Helm values; the same values change nothing in it. Pods use another Subnet only if their
// namespace names it. excludeIps is left to the controller, which adds the gateway to it.
// Sources: https://github.com/kubeovn/docs/blob/9f678c1f335d/docs/guide/subnet.en.md and
// https://github.com/kubeovn/kube-ovn/blob/1533681d7a6b/pkg/controller/subnet.go (formatExcludeIPs)
var kubeOVNSubnets = format{
	name: "kube-ovn-subnets", pods: true, several: true, options: []string{RoutedOption, JoinOption},
	joins: kubeOVN.joins, internal: kubeOVN.internal, check: subnetRanges("kube-ovn-subnets"),
	documents: func(a Allocation, o Options) []any {
		var out []any
		for i, ranges := range subnetPairs(a) {
			subnet := object[subnetSpec]{"kubeovn.io/v1", "Subnet", metadata{"ovn-default"}, subnetSpec{
				Default: i == 0, CIDR: joined(ranges), Gateway: gatewaysOf(ranges), Protocol: protocolOf(ranges), NATOutgoing: !o.Routed,
			}}
			if i > 0 {
				subnet.Metadata.Name += "-" + strconv.Itoa(i+1)
			}
			out = append(out, subnet)
		}
		return out
	},
}

type subnetSpec struct {
	Default bool `yaml:"default,omitempty"`
	// CIDR and Gateway have the values of both families separated by a comma.
	CIDR        string `yaml:"cidrBlock"`
	Gateway     string `yaml:"gateway"`
	Protocol    string `yaml:"protocol"`
	NATOutgoing bool   `yaml:"natOutgoing"`
}

// subnetPairs are the Pod ranges of each Subnet, IPv4 first.
func subnetPairs(a Allocation) [][]netip.Prefix {
	var out [][]netip.Prefix
	for _, of := range a.families() {
		for i, p := range of.Pods {
			if i == len(out) {
				out = append(out, nil)
			}
			out[i] = append(out[i], p)
		}
	}
	return out
}

// gatewaysOf are the first addresses of ranges, which Kube-OVN uses as gateways by default.
func gatewaysOf(ranges []netip.Prefix) string {
	var out []string
	for _, p := range ranges {
		gateway, _ := cidr.NthAddr(p, 1) // subnetRanges has refused ranges without one
		out = append(out, gateway.String())
	}
	return commas(out)
}

func protocolOf(ranges []netip.Prefix) string {
	if len(ranges) == 2 {
		return "Dual"
	}
	return cidr.FamilyOf(ranges[0]).String()
}

// minSubnetBits is the number of host bits of the smallest Subnet: Kube-OVN refuses a gateway that is the address of the network or the
// one for broadcasts.
// Source: https://github.com/kubeovn/kube-ovn/blob/1533681d7a6b/pkg/util/validator.go (validateSubnetCIDR)
const minSubnetBits = 2

// subnetRanges finds a Pod range that is too small for a Subnet, and a range of one family that has no partner of the other one: Pods of
// such a Subnet would have an address of one family only.
func subnetRanges(format string) func(Allocation, Options) Problem {
	return func(a Allocation, _ Options) Problem {
		for _, p := range a.pods() {
			if longest := cidr.FamilyOf(p).Bits() - minSubnetBits; p.Bits() > longest {
				return RangeRefused{Pods, format, "", p, 0, longest}
			}
		}
		if a.dual() && len(a.IPv4.Pods) != len(a.IPv6.Pods) {
			return UnpairedPodRanges{format, a.IPv4.Pods, a.IPv6.Pods}
		}
		return nil
	}
}
