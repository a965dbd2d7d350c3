package manifests

// ciliumPools is the pool default of the IPAM mode multi-pool as an object of its own. The operator creates the pools of the Helm values
// and never changes existing ones, so Pod ranges that are appended later are added to the object. Ranges can be added to a pool; those in
// use and the node mask stay.
// Sources: https://docs.cilium.io/en/stable/network/concepts/ipam/multi-pool/ and
// https://github.com/cilium/cilium/blob/main/operator/pkg/ipam/allocator/multipool/multipool.go (multiPoolAutoCreatePools)
var ciliumPools = format{
	name: "cilium-podippools", pods: true, masks: true, nodeIPAM: true, several: true,
	documents: func(a Allocation, _ Options) []any {
		return []any{object[ciliumPool]{"cilium.io/v2alpha1", "CiliumPodIPPool", metadata{"default"}, ciliumPoolOf(a)}}
	},
}

type ciliumPool struct {
	IPv4 *ciliumPoolFamily `yaml:"ipv4,omitempty"`
	IPv6 *ciliumPoolFamily `yaml:"ipv6,omitempty"`
}

type ciliumPoolFamily struct {
	CIDRs    []string `yaml:"cidrs"`
	MaskSize int      `yaml:"maskSize"`
}

// ciliumPoolOf is the pool of all Pod ranges. Its mask size is the node mask.
func ciliumPoolOf(a Allocation) ciliumPool {
	pool := ciliumPool{}
	if len(a.IPv4.Pods) > 0 {
		pool.IPv4 = &ciliumPoolFamily{texts(a.IPv4.Pods), a.IPv4.NodeMask}
	}
	if len(a.IPv6.Pods) > 0 {
		pool.IPv6 = &ciliumPoolFamily{texts(a.IPv6.Pods), a.IPv6.NodeMask}
	}
	return pool
}
