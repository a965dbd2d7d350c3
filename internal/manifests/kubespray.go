package manifests

// kubespray are variables of the group k8s_cluster. kubespray itself would use the third address of the Service range for
// cluster DNS, so the text sets it. kubespray calls kubeadm with the ranges. With network plug-ins other than Calico, it refuses more Pods
// on a node than the node block has addresses, also those of its default, so the text sets fewer.
// Sources: https://github.com/kubernetes-sigs/kubespray/blob/46dbdd3994b3/roles/kubespray_defaults/defaults/main/main.yml and
// https://github.com/kubernetes-sigs/kubespray/blob/46dbdd3994b3/roles/validate_inventory/tasks/main.yml
var kubespray = format{
	name: "kubespray", pods: true, services: true, masks: true, nodeIPAM: true, kubeadm: true, check: kubesprayRanges,
	documents: func(a Allocation, _ Options) []any {
		out := kubesprayVariables{IPv4: len(a.IPv4.Pods) > 0, IPv6: len(a.IPv6.Pods) > 0, DNS: a.dns()}
		if out.IPv4 {
			out.Pods, out.Services, out.NodeMask = a.IPv4.Pods[0].String(), a.IPv4.Services.String(), a.IPv4.NodeMask
			if pods := 1<<(32-out.NodeMask) - 2; pods < kubesprayPods {
				out.MaxPods = pods
			}
		}
		if out.IPv6 {
			out.PodsIPv6, out.ServicesIPv6, out.NodeMaskIPv6 = a.IPv6.Pods[0].String(), a.IPv6.Services.String(), a.IPv6.NodeMask
		}
		return []any{out}
	},
}

// kubesprayPods are the Pods of a node where kubelet_max_pods is not set.
const kubesprayPods = 110

// longestKubesprayMask is the longest IPv4 node mask with an address for a Pod beside those of the network and for broadcasts.
const longestKubesprayMask = 30

// kubesprayRanges finds ranges that kubeadm refuses, and an IPv4 node block without an address for a Pod.
func kubesprayRanges(a Allocation, o Options) Problem {
	if p := smallRanges("kubespray")(a, o); p != nil {
		return p
	}
	if a.IPv4.NodeMask > longestKubesprayMask {
		pods := a.IPv4.Pods[0]
		return NodeMaskRefused{"kubespray", pods, a.IPv4.NodeMask, pods.Bits(), longestKubesprayMask}
	}
	return nil
}

type kubesprayVariables struct {
	IPv4         bool   `yaml:"ipv4_stack"`
	Pods         string `yaml:"kube_pods_subnet,omitempty"`
	Services     string `yaml:"kube_service_addresses,omitempty"`
	NodeMask     int    `yaml:"kube_network_node_prefix,omitempty"`
	MaxPods      int    `yaml:"kubelet_max_pods,omitempty"`
	IPv6         bool   `yaml:"ipv6_stack"`
	PodsIPv6     string `yaml:"kube_pods_subnet_ipv6,omitempty"`
	ServicesIPv6 string `yaml:"kube_service_addresses_ipv6,omitempty"`
	NodeMaskIPv6 int    `yaml:"kube_network_node_prefix_ipv6,omitempty"`
	DNS          string `yaml:"skydns_server"`
}
