package manifests

import (
	"net/netip"

	"github.com/cidrplan/terraform-provider-cidrplan/internal/cidr"
)

// The join ranges that Kube-OVN uses by default between nodes and Pods.
// Source: https://github.com/kubeovn/kube-ovn/blob/master/charts/kube-ovn/values.yaml (JOIN_CIDR)
var (
	kubeOVNJoinIPv4 = netip.MustParsePrefix("100.64.0.0/16")
	kubeOVNJoinIPv6 = netip.MustParsePrefix("fd00:100:64::/112")
)

// kubeOVN are Helm values of the chart kube-ovn. install.sh of Kube-OVN has variables of the same names. The ranges of all nodes come from
// one Pod range without blocks for nodes, so node masks have no effect.
// Sources: https://github.com/kubeovn/kube-ovn/blob/master/charts/kube-ovn/values.yaml and
// https://kubeovn.github.io/docs/stable/en/start/one-step-install/
var kubeOVN = format{
	name: "kube-ovn", pods: true, services: true, options: []string{JoinOption}, joins: []cidr.Family{cidr.V4, cidr.V6},
	check: subnetRanges("kube-ovn"),
	internal: []internalRange{
		{"the range between nodes and Pods (JOIN_CIDR)", kubeOVNJoinIPv4, JoinOption},
		{"the range between nodes and Pods (JOIN_CIDR)", kubeOVNJoinIPv6, JoinOption},
	},
	documents: func(a Allocation, o Options) []any {
		stack := &kubeOVNStack{Pods: joined(a.pods()), Services: joined(a.services())}
		var joins []string
		for _, of := range a.families() {
			joins = append(joins, kubeOVNJoin(of.family(), o).String())
		}
		stack.Gateway, stack.Join = gatewaysOf(a.pods()), commas(joins)
		out := kubeOVNValues{}
		switch {
		case a.dual():
			out.Networking.Stack, out.Dual = "dual_stack", stack
		case len(a.IPv6.Pods) > 0:
			out.Networking.Stack, out.IPv6 = "ipv6", stack
		default:
			out.Networking.Stack, out.IPv4 = "ipv4", stack
		}
		return []any{out}
	},
}

// kubeOVNJoin is the join range of a family: that of the option, or the default of Kube-OVN.
func kubeOVNJoin(family cidr.Family, o Options) netip.Prefix {
	if p := o.joinOf(family); p.IsValid() {
		return p
	}
	if family == cidr.V6 {
		return kubeOVNJoinIPv6
	}
	return kubeOVNJoinIPv4
}

type kubeOVNValues struct {
	Networking struct {
		Stack string `yaml:"NET_STACK"`
	} `yaml:"networking"`
	IPv4 *kubeOVNStack `yaml:"ipv4,omitempty"`
	IPv6 *kubeOVNStack `yaml:"ipv6,omitempty"`
	Dual *kubeOVNStack `yaml:"dual_stack,omitempty"`
}

// kubeOVNStack has the values of one family, or those of both separated by a comma.
type kubeOVNStack struct {
	Pods     string `yaml:"POD_CIDR"`
	Gateway  string `yaml:"POD_GATEWAY"`
	Services string `yaml:"SVC_CIDR"`
	Join     string `yaml:"JOIN_CIDR"`
}
