package manifests

import "github.com/cidrplan/terraform-provider-cidrplan/internal/cidr"

// kops is the part spec of a cluster of kOps (kops.k8s.io/v1alpha2). kOps requires that nonMasqueradeCIDR contains the Pod range and
// overlaps no range of the network; the Pod range itself is such a range, if the cluster has no other one. kOps gives cluster DNS the tenth
// address of the Service range.
// Sources: https://github.com/kubernetes/kops/blob/268927e26409/pkg/apis/kops/v1alpha2/cluster.go and
// https://github.com/kubernetes/kops/blob/268927e26409/pkg/apis/kops/validation/validation.go (validateNetworking)
var kops = format{
	name: "kops", pods: true, services: true, masks: true, nodeIPAM: true, options: []string{NativeOption}, check: kopsRefuses,
	documents: func(a Allocation, o Options) []any {
		pods, native := a.IPv4.Pods[0].String(), a.IPv4.Pods[0].String()
		if o.Native.IsValid() {
			native = o.Native.String()
		}
		return []any{kopsCluster{kopsSpec{
			NonMasqueradeCIDR: native, PodCIDR: pods, ServiceClusterIPRange: a.IPv4.Services.String(),
			ControllerManager: kopsController{a.IPv4.NodeMask},
		}}}
	},
}

// kopsRefuses finds IPv6 ranges, and a nonMasqueradeCIDR without the Pod range. A cluster of kOps has Pods with IPv4 or with IPv6, and sets
// no Pod range for IPv6.
// Source: https://github.com/kubernetes/kops/blob/268927e26409/docs/networking/ipv6.md
func kopsRefuses(a Allocation, o Options) Problem {
	switch {
	case len(a.IPv6.Pods) > 0:
		return FamilyRefused{"kops", a.IPv6.Pods[0]}
	case o.Native.IsValid() && !cidr.Contains(o.Native, a.IPv4.Pods[0]):
		return OptionLacks{NativeOption, o.Native, a.IPv4.Pods[0]}
	}
	return nil
}

type kopsCluster struct {
	Spec kopsSpec `yaml:"spec"`
}

type kopsSpec struct {
	NonMasqueradeCIDR     string         `yaml:"nonMasqueradeCIDR"`
	PodCIDR               string         `yaml:"podCIDR"`
	ServiceClusterIPRange string         `yaml:"serviceClusterIPRange"`
	ControllerManager     kopsController `yaml:"kubeControllerManager"`
}

type kopsController struct {
	NodeMask int `yaml:"nodeCIDRMaskSize"`
}
