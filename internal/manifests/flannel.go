package manifests

// flannel is the text of net-conf.json in the ConfigMap kube-flannel-cfg. Flannel divides the Pod ranges itself only if it stores its
// blocks in etcd; otherwise kube-controller-manager does, and the lengths are those of its flags.
// Sources: https://github.com/flannel-io/flannel/blob/master/Documentation/configuration.md and
// https://github.com/flannel-io/flannel/blob/master/pkg/subnet/config.go
var flannel = format{
	name: "flannel", pods: true, masks: true, nodeIPAM: true, options: []string{RoutedOption}, text: jsonText,
	documents: func(a Allocation, o Options) []any {
		out := flannelConfig{EnableIPv4: len(a.IPv4.Pods) > 0, EnableIPv6: len(a.IPv6.Pods) > 0, Backend: flannelBackend{"vxlan"}}
		if out.EnableIPv4 {
			out.Network, out.SubnetLen = a.IPv4.Pods[0].String(), a.IPv4.NodeMask
		}
		if out.EnableIPv6 {
			out.IPv6Network, out.IPv6SubnetLen = a.IPv6.Pods[0].String(), a.IPv6.NodeMask
		}
		if o.Routed {
			out.Backend.Type = "host-gw"
		}
		return []any{out}
	},
}

type flannelConfig struct {
	EnableIPv4    bool           `json:"EnableIPv4"`
	Network       string         `json:"Network,omitempty"`
	SubnetLen     int            `json:"SubnetLen,omitempty"`
	EnableIPv6    bool           `json:"EnableIPv6"`
	IPv6Network   string         `json:"IPv6Network,omitempty"`
	IPv6SubnetLen int            `json:"IPv6SubnetLen,omitempty"`
	Backend       flannelBackend `json:"Backend"`
}

type flannelBackend struct {
	Type string `json:"Type"`
}
