package manifests

// talos is a patch of the machine configuration of the control plane. Talos itself takes the tenth address of each Service range for
// cluster DNS. A patch of podSubnets and serviceSubnets replaces the lists.
// Sources: https://docs.siderolabs.com/talos/latest/configure-your-talos-cluster/system-configuration/patching and
// https://docs.siderolabs.com/talos/v1.11/reference/configuration/v1alpha1/config (cluster.network)
var talos = format{
	name: "talos", pods: true, services: true, masks: true, nodeIPAM: true,
	documents: func(a Allocation, _ Options) []any {
		out := talosCluster{Network: talosNetwork{texts(a.pods()), texts(a.services())}}
		out.ControllerManager.ExtraArgs = map[string]string{}
		for _, argument := range nodeMaskArguments(a) {
			out.ControllerManager.ExtraArgs[argument.Name] = argument.Value
		}
		return []any{talosPatch{out}}
	},
}

type talosPatch struct {
	Cluster talosCluster `yaml:"cluster"`
}

type talosCluster struct {
	Network           talosNetwork    `yaml:"network"`
	ControllerManager talosController `yaml:"controllerManager"`
}

type talosNetwork struct {
	PodSubnets     []string `yaml:"podSubnets"`
	ServiceSubnets []string `yaml:"serviceSubnets"`
}

type talosController struct {
	ExtraArgs map[string]string `yaml:"extraArgs"`
}
