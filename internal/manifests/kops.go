package manifests

// kops is the part spec of a cluster of kOps (kops.k8s.io/v1alpha2). kOps requires that nonMasqueradeCIDR contains the Pod range and
// overlaps no range of the network; the Pod range itself is such a range. kOps gives cluster DNS the tenth address of the Service range.
// Sources: https://github.com/kubernetes/kops/blob/268927e26409/pkg/apis/kops/v1alpha2/cluster.go and
// https://github.com/kubernetes/kops/blob/268927e26409/pkg/apis/kops/validation/validation.go (validateNetworking)
var kops = format{
	name: "kops", pods: true, services: true, masks: true, nodeIPAM: true, check: kopsFamily,
	documents: func(a Allocation, _ Options) []any {
		pods := a.IPv4.Pods[0].String()
		return []any{kopsCluster{kopsSpec{
			NonMasqueradeCIDR: pods, PodCIDR: pods, ServiceClusterIPRange: a.IPv4.Services.String(),
			ControllerManager: kopsController{a.IPv4.NodeMask},
		}}}
	},
}

// kopsFamily finds IPv6 ranges. A cluster of kOps has Pods with IPv4 or with IPv6, and sets no Pod range for IPv6.
// Source: https://github.com/kubernetes/kops/blob/268927e26409/docs/networking/ipv6.md
func kopsFamily(a Allocation, _ Options) Problem {
	if len(a.IPv6.Pods) > 0 {
		return FamilyRefused{"kops", a.IPv6.Pods[0]}
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
