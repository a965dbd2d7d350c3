package manifests

import (
	"net/netip"
	"slices"

	"github.com/cidrplan/terraform-provider-cidrplan/internal/cidr"
)

// cilium are Helm values of Cilium for the IPAM mode cluster-pool, in which each node has one block of each family.
// Sources: https://docs.cilium.io/en/stable/network/concepts/ipam/cluster-pool/ and
// https://github.com/cilium/cilium/blob/main/install/kubernetes/cilium/values.yaml
var cilium = format{
	name: "cilium", pods: true, masks: true, nodeIPAM: true, several: true, options: []string{RoutedOption}, check: nativeRanges,
	documents: func(a Allocation, o Options) []any {
		return []any{ciliumValuesOf(a, o, "cluster-pool", ciliumOperator{
			IPv4List: texts(a.IPv4.Pods), IPv4Mask: a.IPv4.NodeMask, IPv6List: texts(a.IPv6.Pods), IPv6Mask: a.IPv6.NodeMask,
		})}
	},
}

// ciliumMultiPool are Helm values of Cilium for the IPAM mode multi-pool, in which a node gets further blocks of the pool default as it
// needs them.
// Source: https://docs.cilium.io/en/stable/network/concepts/ipam/multi-pool/
var ciliumMultiPool = format{
	name: "cilium-multi-pool", pods: true, masks: true, nodeIPAM: true, several: true, options: []string{RoutedOption}, check: nativeRanges,
	documents: func(a Allocation, o Options) []any {
		return []any{ciliumValuesOf(a, o, "multi-pool", ciliumOperator{Pools: map[string]ciliumPool{"default": ciliumPoolOf(a)}})}
	},
}

// ciliumValues has the values that follow from the allocation; all others keep their defaults.
type ciliumValues struct {
	IPv4              ciliumEnabled `yaml:"ipv4"`
	IPv6              ciliumEnabled `yaml:"ipv6"`
	IPAM              ciliumIPAM    `yaml:"ipam"`
	RoutingMode       string        `yaml:"routingMode"`
	NativeRoutingIPv4 string        `yaml:"ipv4NativeRoutingCIDR,omitempty"`
	NativeRoutingIPv6 string        `yaml:"ipv6NativeRoutingCIDR,omitempty"`
}

type ciliumEnabled struct {
	Enabled bool `yaml:"enabled"`
}

type ciliumIPAM struct {
	Mode     string         `yaml:"mode"`
	Operator ciliumOperator `yaml:"operator"`
}

type ciliumOperator struct {
	IPv4List []string              `yaml:"clusterPoolIPv4PodCIDRList,omitempty"`
	IPv4Mask int                   `yaml:"clusterPoolIPv4MaskSize,omitempty"`
	IPv6List []string              `yaml:"clusterPoolIPv6PodCIDRList,omitempty"`
	IPv6Mask int                   `yaml:"clusterPoolIPv6MaskSize,omitempty"`
	Pools    map[string]ciliumPool `yaml:"autoCreateCiliumPodIPPools,omitempty"`
}

func ciliumValuesOf(a Allocation, o Options, mode string, operator ciliumOperator) ciliumValues {
	out := ciliumValues{
		IPv4: ciliumEnabled{len(a.IPv4.Pods) > 0}, IPv6: ciliumEnabled{len(a.IPv6.Pods) > 0},
		IPAM: ciliumIPAM{mode, operator}, RoutingMode: "tunnel",
	}
	if o.Routed {
		out.RoutingMode = "native"
		out.NativeRoutingIPv4, out.NativeRoutingIPv6 = nativeRange(a.IPv4, a.Aggregate), nativeRange(a.IPv6, netip.Prefix{})
	}
	return out
}

// nativeRange is the range in which Cilium does not translate addresses: the only Pod range of a family, or the aggregate of several. It
// is "" where the aggregate does not contain them all: a Pod range that has no room in the aggregate is elsewhere.
func nativeRange(of Family, aggregate netip.Prefix) string {
	for _, r := range append(slices.Clone(of.Pods), aggregate) {
		outside := func(p netip.Prefix) bool { return !cidr.Contains(r, p) }
		if r.IsValid() && !slices.ContainsFunc(of.Pods, outside) {
			return r.String()
		}
	}
	return ""
}

// nativeRanges finds several Pod ranges without an aggregate where Cilium routes natively: it has one range of each family.
func nativeRanges(a Allocation, o Options) Problem {
	for _, of := range []struct {
		Family
		aggregate netip.Prefix
	}{{a.IPv4, a.Aggregate}, {a.IPv6, netip.Prefix{}}} {
		if o.Routed && len(of.Pods) > 0 && nativeRange(of.Family, of.aggregate) == "" {
			return NoNativeRange{of.Pods}
		}
	}
	return nil
}
