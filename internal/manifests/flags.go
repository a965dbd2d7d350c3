package manifests

// flags are the command-line flags of the components, as a list for each component.
// Sources: https://kubernetes.io/docs/reference/command-line-tools-reference/kube-apiserver/, …/kube-controller-manager/, …/kubelet/
// and …/kube-proxy/
var flags = format{
	name: "flags", pods: true, services: true, masks: true, nodeIPAM: true,
	documents: func(a Allocation, _ Options) []any {
		controllerManager := []string{
			"--allocate-node-cidrs=true", "--cluster-cidr=" + joined(a.pods()), "--service-cluster-ip-range=" + joined(a.services()),
		}
		for _, argument := range nodeMaskArguments(a) {
			controllerManager = append(controllerManager, "--"+argument.Name+"="+argument.Value)
		}
		return []any{componentFlags{
			APIServer:         []string{"--service-cluster-ip-range=" + joined(a.services())},
			ControllerManager: controllerManager,
			Kubelet:           []string{"--cluster-dns=" + a.dns()},
			Proxy:             []string{"--cluster-cidr=" + joined(a.pods())},
		}}
	},
}

type componentFlags struct {
	APIServer         []string `yaml:"kube-apiserver"`
	ControllerManager []string `yaml:"kube-controller-manager"`
	Kubelet           []string `yaml:"kubelet"`
	Proxy             []string `yaml:"kube-proxy"`
}
