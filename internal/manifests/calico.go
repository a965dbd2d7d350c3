package manifests

import (
	"net/netip"
	"strconv"

	"github.com/cidrplan/terraform-provider-cidrplan/internal/cidr"
)

// calico is the Installation of the Tigera operator, which creates the IP pools.
// Source: https://docs.tigera.io/calico/latest/reference/installation/api
var calico = format{
	name: "calico", pods: true, several: true, options: []string{RoutedOption},
	documents: func(a Allocation, o Options) []any {
		var pools []installationPool
		for _, p := range calicoPoolsOf(a) {
			pool := installationPool{
				Name: p.name, CIDR: p.cidr, BlockSize: p.block, Encapsulation: "VXLAN", NATOutgoing: "Enabled", NodeSelector: "all()",
			}
			if o.Routed {
				pool.Encapsulation, pool.NATOutgoing = "None", "Disabled"
			}
			pools = append(pools, pool)
		}
		return []any{object[installationSpec]{
			APIVersion: "operator.tigera.io/v1", Kind: "Installation", Metadata: metadata{Name: "default"},
			Spec: installationSpec{CalicoNetwork: calicoNetwork{IPPools: pools}},
		}}
	},
}

// calicoPools are the same pools as objects of their own, for an installation without the operator and for Pod ranges that are appended
// later.
// Source: https://docs.tigera.io/calico/latest/reference/resources/ippool
var calicoPools = format{
	name: "calico-ippools", pods: true, several: true, options: []string{RoutedOption},
	documents: func(a Allocation, o Options) []any {
		var out []any
		for _, p := range calicoPoolsOf(a) {
			spec := poolSpec{
				CIDR: p.cidr, BlockSize: p.block, IPIPMode: "Never", VXLANMode: "Always", NATOutgoing: true, NodeSelector: "all()",
			}
			if o.Routed {
				spec.VXLANMode, spec.NATOutgoing = "Never", false
			}
			out = append(out, object[poolSpec]{"projectcalico.org/v3", "IPPool", metadata{Name: p.name}, spec})
		}
		return out
	},
}

type installationSpec struct {
	CalicoNetwork calicoNetwork `yaml:"calicoNetwork"`
}

type calicoNetwork struct {
	IPPools []installationPool `yaml:"ipPools"`
}

type installationPool struct {
	Name          string `yaml:"name"`
	CIDR          string `yaml:"cidr"`
	BlockSize     int    `yaml:"blockSize"`
	Encapsulation string `yaml:"encapsulation"`
	NATOutgoing   string `yaml:"natOutgoing"`
	NodeSelector  string `yaml:"nodeSelector"`
}

type poolSpec struct {
	CIDR         string `yaml:"cidr"`
	BlockSize    int    `yaml:"blockSize"`
	IPIPMode     string `yaml:"ipipMode"`
	VXLANMode    string `yaml:"vxlanMode"`
	NATOutgoing  bool   `yaml:"natOutgoing"`
	NodeSelector string `yaml:"nodeSelector"`
}

// onePool is what the two formats have in common.
type onePool struct {
	name, cidr string
	block      int
}

// calicoPoolsOf are a pool for each Pod range. The first of each family has the name that Calico itself gives its default pool, so that
// no second pool is created beside it; the others are numbered.
func calicoPoolsOf(a Allocation) []onePool {
	var out []onePool
	for _, of := range a.families() {
		name := "default-ipv4-ippool"
		if of.family() == cidr.V6 {
			name = "default-ipv6-ippool"
		}
		for i, p := range of.Pods {
			if i > 0 {
				out = append(out, onePool{name + "-" + strconv.Itoa(i+1), p.String(), calicoBlock(a, p)})
				continue
			}
			out = append(out, onePool{name, p.String(), calicoBlock(a, p)})
		}
	}
	return out
}

// The prefix lengths of Calico's blocks: the shortest and longest of each family, and the default of IPv4.
// Source: https://docs.tigera.io/calico/latest/reference/resources/ippool (blockSize)
const (
	calicoShortestIPv4, calicoDefaultIPv4, calicoLongestIPv4 = 20, 26, 32
	calicoShortestIPv6, calicoLongestIPv6                    = 116, 128
)

// calicoBlock is the prefix length of the blocks of a pool. A node gets as many blocks as it needs, so it is the node mask where Calico
// accepts it, and otherwise the nearest one. Of IPv6 node masks, which are usually much shorter than a /116, it is the block with as many
// addresses as an IPv4 block.
func calicoBlock(a Allocation, pool netip.Prefix) int {
	v4 := min(max(a.IPv4.NodeMask, calicoShortestIPv4), calicoLongestIPv4)
	if a.IPv4.NodeMask == 0 {
		v4 = calicoDefaultIPv4
	}
	if pool.Addr().Is4() {
		return max(v4, pool.Bits())
	}
	v6 := v4 + cidr.V6.Bits() - cidr.V4.Bits() // 122, the default, in an IPv6-only cluster
	if a.IPv6.NodeMask >= calicoShortestIPv6 {
		v6 = min(a.IPv6.NodeMask, calicoLongestIPv6)
	}
	return max(v6, pool.Bits())
}
