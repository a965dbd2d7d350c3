package manifests

// calicoPolicy is the policy that allows IPPools of planned Pod ranges only. Calico stores pools as objects of crd.projectcalico.org,
// and with its native CRDs of projectcalico.org, so the policy also applies to pools that calicoctl and the operator write. Pools that no
// Pod uses, such as those of load balancers, are not compared.
// Sources: https://docs.tigera.io/calico/latest/operations/native-v3-crds and
// https://docs.tigera.io/calico/latest/reference/resources/ippool (allowedUses)
var calicoPolicy = podPolicy("calico-policy", plannedRanges{
	name: "planned-ippools", kind: "an IPPool",
	resource: onObjects([]string{"crd.projectcalico.org", "projectcalico.org"}, []string{"v1", "v3"}, "ippools"),
	expression: "(has(%[1]s.spec.allowedUses) && %[1]s.spec.allowedUses.size() > 0 && !('Workload' in %[1]s.spec.allowedUses) " +
		"? [] : [%[1]s.spec.cidr])",
})

// ciliumPolicy is the policy that allows CiliumPodIPPools of planned Pod ranges only.
// Source: https://docs.cilium.io/en/stable/network/concepts/ipam/multi-pool/
var ciliumPolicy = podPolicy("cilium-policy", plannedRanges{
	name: "planned-ciliumpodippools", kind: "a CiliumPodIPPool",
	resource:   onObjects([]string{"cilium.io"}, []string{"v2alpha1"}, "ciliumpodippools"),
	expression: "(has(%[1]s.spec.ipv4) ? %[1]s.spec.ipv4.cidrs : []) + (has(%[1]s.spec.ipv6) ? %[1]s.spec.ipv6.cidrs : [])",
})

// kubeOVNPolicy is the policy that allows Subnets of planned Pod ranges only. The join subnet has no Pods. An underlay subnet without
// a range is allowed.
// Source: https://github.com/kubeovn/docs/blob/9f678c1f335d/docs/guide/subnet.en.md
var kubeOVNPolicy = podPolicy("kube-ovn-policy", plannedRanges{
	name: "planned-subnets", kind: "a Subnet of Kube-OVN",
	resource: onObjects([]string{"kubeovn.io"}, []string{"v1"}, "subnets"),
	expression: "(%[1]s.metadata.name == 'join' || !has(%[1]s.spec.cidrBlock) ? [] : " +
		"%[1]s.spec.cidrBlock.split(',').filter(range, range != ''))",
})

// podPolicy is the format of a policy on objects with Pod ranges.
func podPolicy(name string, p plannedRanges) format {
	p.ranges = "Pod"
	return format{
		name: name, pods: true, several: true, policy: true,
		documents: func(a Allocation, _ Options) []any { return p.documents(a.pods()) },
	}
}
