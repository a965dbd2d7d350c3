package manifests

import (
	"net/netip"

	"github.com/cidrplan/terraform-provider-cidrplan/internal/cidr"
)

// openshift is the part networking of an install-config.yaml, without machineNetwork, which is the network of the hosts.
// Sources: https://docs.redhat.com/en/documentation/openshift_container_platform/4.20/html/installing_on_any_platform/ (networking) and
// https://github.com/openshift/installer/blob/main/pkg/types/validation/installconfig.go (validateNetworking)
var openshift = format{
	name: "openshift", pods: true, services: true, masks: true, several: true,
	options: []string{JoinOption}, joins: []cidr.Family{cidr.V4}, internal: ovnKubernetes, check: openshiftMask,
	documents: func(a Allocation, o Options) []any {
		out := openshiftNetworking{NetworkType: "OVNKubernetes", ServiceNetwork: texts(a.services())}
		for _, of := range a.families() {
			for _, p := range of.Pods {
				out.ClusterNetwork = append(out.ClusterNetwork, clusterNetwork{p.String(), of.NodeMask})
			}
		}
		if join := o.joinOf(cidr.V4); join.IsValid() {
			out.OVN = &ovnKubernetesConfig{ovnFamily{join.String()}}
		}
		return []any{installConfig{out}}
	},
}

// ovnKubernetes are the ranges that OVN-Kubernetes uses by default for itself. An install-config can set only the IPv4 join range.
// Sources: https://github.com/openshift/installer/blob/main/pkg/validate/validate.go (OVNIPv4JoinSubnet and the others) and
// https://github.com/openshift/installer/blob/main/pkg/types/validation/installconfig.go (validateNetworkNotOverlapDefaultOVNSubnets)
var ovnKubernetes = []internalRange{
	{"the join range of OVN-Kubernetes", netip.MustParsePrefix("100.64.0.0/16"), JoinOption},
	{"the transit range of OVN-Kubernetes", netip.MustParsePrefix("100.88.0.0/16"), ""},
	{"the masquerade range of OVN-Kubernetes", netip.MustParsePrefix("169.254.0.0/17"), ""},
	{"the join range of OVN-Kubernetes", netip.MustParsePrefix("fd98::/64"), ""},
	{"the transit range of OVN-Kubernetes", netip.MustParsePrefix("fd97::/64"), ""},
	{"the masquerade range of OVN-Kubernetes", netip.MustParsePrefix("fd69::/112"), ""},
}

// openshiftIPv6Mask is the only IPv6 node mask of OpenShift.
// Source: https://github.com/openshift/installer/blob/main/pkg/types/validation/installconfig.go (validateClusterNetwork)
const openshiftIPv6Mask = 64

// openshiftMask finds an IPv6 node mask that the installer refuses.
func openshiftMask(a Allocation, _ Options) Problem {
	if len(a.IPv6.Pods) > 0 && a.IPv6.NodeMask != openshiftIPv6Mask {
		return NodeMaskRefused{"openshift", a.IPv6.Pods[0], a.IPv6.NodeMask, openshiftIPv6Mask, openshiftIPv6Mask}
	}
	return nil
}

type installConfig struct {
	Networking openshiftNetworking `yaml:"networking"`
}

type openshiftNetworking struct {
	NetworkType    string               `yaml:"networkType"`
	ClusterNetwork []clusterNetwork     `yaml:"clusterNetwork"`
	ServiceNetwork []string             `yaml:"serviceNetwork"`
	OVN            *ovnKubernetesConfig `yaml:"ovnKubernetesConfig,omitempty"`
}

type clusterNetwork struct {
	CIDR       string `yaml:"cidr"`
	HostPrefix int    `yaml:"hostPrefix"`
}

type ovnKubernetesConfig struct {
	IPv4 ovnFamily `yaml:"ipv4"`
}

type ovnFamily struct {
	InternalJoinSubnet string `yaml:"internalJoinSubnet"`
}
