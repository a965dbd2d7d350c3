package manifests

// kubeadm are the documents of a kubeadm configuration: ClusterConfiguration v1beta4 with the ranges, and the documents of the kubelet
// and of kube-proxy that follow from them.
// Sources: https://kubernetes.io/docs/reference/config-api/kubeadm-config.v1beta4/,
// https://kubernetes.io/docs/reference/config-api/kubelet-config.v1beta1/ and
// https://kubernetes.io/docs/reference/config-api/kube-proxy-config.v1alpha1/
var kubeadm = format{
	name: "kubeadm", pods: true, services: true, masks: true, nodeIPAM: true, kubeadm: true, check: smallRanges("kubeadm"),
	documents: func(a Allocation, _ Options) []any {
		return []any{
			kubeadmCluster{
				APIVersion: "kubeadm.k8s.io/v1beta4", Kind: "ClusterConfiguration",
				Networking:        kubeadmNetworking{PodSubnet: joined(a.pods()), ServiceSubnet: joined(a.services())},
				ControllerManager: kubeadmComponent{ExtraArgs: nodeMaskArguments(a)},
			},
			kubeletConfiguration{"kubelet.config.k8s.io/v1beta1", "KubeletConfiguration", []string{a.dns()}},
			kubeProxyConfiguration{"kubeproxy.config.k8s.io/v1alpha1", "KubeProxyConfiguration", joined(a.pods())},
		}
	},
}

type kubeadmCluster struct {
	APIVersion        string            `yaml:"apiVersion"`
	Kind              string            `yaml:"kind"`
	Networking        kubeadmNetworking `yaml:"networking"`
	ControllerManager kubeadmComponent  `yaml:"controllerManager"`
}

// kubeadmNetworking has at most one range of each family, separated by a comma.
type kubeadmNetworking struct {
	PodSubnet     string `yaml:"podSubnet"`
	ServiceSubnet string `yaml:"serviceSubnet"`
}

type kubeadmComponent struct {
	ExtraArgs []argument `yaml:"extraArgs"`
}

type kubeletConfiguration struct {
	APIVersion string   `yaml:"apiVersion"`
	Kind       string   `yaml:"kind"`
	ClusterDNS []string `yaml:"clusterDNS"`
}

type kubeProxyConfiguration struct {
	APIVersion  string `yaml:"apiVersion"`
	Kind        string `yaml:"kind"`
	ClusterCIDR string `yaml:"clusterCIDR"`
}
