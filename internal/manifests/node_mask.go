package manifests

import (
	"strconv"

	"github.com/cidrplan/terraform-provider-cidrplan/internal/cidr"
)

// argument is a flag of a component with its value.
type argument struct {
	Name  string `yaml:"name"`
	Value string `yaml:"value"`
}

// nodeMaskArguments are the flags of kube-controller-manager for the node masks. Each family has its own flag, also in clusters of one
// family: kubeadm does not read --node-cidr-mask-size when it compares the node mask with the Pod range.
// Source: https://github.com/kubernetes/kubernetes/blob/v1.36.3/cmd/kube-controller-manager/app/core.go (setNodeCIDRMaskSizes) and
// https://github.com/kubernetes/kubernetes/blob/v1.36.3/cmd/kubeadm/app/apis/kubeadm/validation/validation.go (getClusterNodeMask)
func nodeMaskArguments(a Allocation) []argument {
	var out []argument
	for _, of := range a.families() {
		name := "node-cidr-mask-size-ipv4"
		if of.family() == cidr.V6 {
			name = "node-cidr-mask-size-ipv6"
		}
		out = append(out, argument{name, strconv.Itoa(of.NodeMask)})
	}
	return out
}

// maxNodeMaskDifference is the largest number of bits between a Pod range and its node mask that kubeadm accepts, and the node IPAM
// controller for IPv6. The controller accepts more for IPv4.
// Source: https://github.com/kubernetes/kubernetes/blob/v1.36.3/pkg/controller/nodeipam/ipam/cidrset/cidr_set.go (clusterSubnetMaxDiff)
// and https://github.com/kubernetes/kubernetes/blob/v1.36.3/cmd/kubeadm/app/constants/constants.go (PodSubnetNodeMaskMaxDiff)
const maxNodeMaskDifference = 16

// refusedMask finds a node mask that is shorter than a Pod range, or longer than the format accepts for it. No format has a wrong one,
// not even one that does not use it.
func (f format) refusedMask(a Allocation, _ Options) Problem {
	for _, of := range a.families() {
		for _, p := range of.Pods {
			longest := of.family().Bits()
			if f.kubeadm || f.nodeIPAM && of.family() == cidr.V6 {
				longest = min(longest, p.Bits()+maxNodeMaskDifference)
			}
			if of.NodeMask != 0 && (of.NodeMask < p.Bits() || of.NodeMask > longest) {
				return NodeMaskRefused{f.name, p, of.NodeMask, p.Bits(), longest}
			}
		}
	}
	return nil
}
