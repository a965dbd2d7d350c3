package manifests

// rke2 is a file for /etc/rancher/rke2/config.yaml.d on the servers.
// Source: https://docs.rke2.io/reference/server_config
var rke2 = format{name: "rke2", pods: true, services: true, masks: true, nodeIPAM: true, documents: serverConfig}

// serverConfig is the configuration of a server of RKE2 or K3s, which have the same keys.
func serverConfig(a Allocation, _ Options) []any {
	out := rancherServer{ClusterCIDR: joined(a.pods()), ServiceCIDR: joined(a.services()), ClusterDNS: a.dns()}
	for _, argument := range nodeMaskArguments(a) {
		out.ControllerManager = append(out.ControllerManager, argument.Name+"="+argument.Value)
	}
	return []any{out}
}

type rancherServer struct {
	ClusterCIDR       string   `yaml:"cluster-cidr"`
	ServiceCIDR       string   `yaml:"service-cidr"`
	ClusterDNS        string   `yaml:"cluster-dns"`
	ControllerManager []string `yaml:"kube-controller-manager-arg"`
}
