package profile_test

import (
	"fmt"
	"strings"
	"testing"

	"github.com/cidrplan/terraform-provider-cidrplan/internal/profile"
)

// The levels that the sources of the platforms publish or that follow from routing: E error,
// W warn, A allow, - a pair that the profile's clusters cannot be in. The order of the letters is
// that of pairs.
func TestShippedOverlapLevels(t *testing.T) {
	pairs := []profile.Pair{
		profile.PodVPC, profile.ServiceVPC, profile.ServicePod,
		profile.PodPodSameVPC, profile.PodServiceSameVPC, profile.ServiceServiceSameVPC,
		profile.PodPeerVPC, profile.ServicePeerVPC,
		profile.PodPodPeer, profile.PodServicePeer, profile.ServiceServicePeer,
		profile.PodRoute, profile.ServiceRoute, profile.PodSite, profile.ServiceSite,
	}
	levels := map[byte]profile.Level{'E': profile.Error, 'W': profile.Warn, 'A': profile.Allow}
	tests := map[string]string{
		//                    own same peer  clusters  else
		"ack-edge-flannel":      "EEE WWW WW AAA WWWW",
		"ack-flannel":           "EEE EEW EE EWW EWEW",
		"ack-serverless":        "-E- -EW -W -WW -W-W",
		"ack-terway":            "-E- -EW -E -WW -W-W",
		"aks-kubenet":           "EEE WAA WW AAA WWWW",
		"aks-node-subnet":       "-E- -AA -W -AA -W-W",
		"aks-overlay":           "EEE AAA EW AAA EWEW",
		"aks-pod-subnet":        "-E- -AA -W -AA -W-W",
		"aks-pod-subnet-static": "-E- -AA -W -AA -W-W",
		"baidu-cce-route":       "EEE EWA WW WWA EWWW",
		"baidu-cce-vpc-eni":     "-E- -WA -W -WA -W-W",
		"cce-autopilot":         "-E- -WA -W -WA -W-W",
		"cce-overlay":           "EEE AWA EW AWA EWEW",
		"cce-turbo":             "-E- -WA -W -WA -W-W",
		"cce-vpc-router":        "EEE EWA EW EWA EWEW",
		"ccse-calico":           "EEE WWW WW WWA WWWW",
		"ccse-cubecni":          "-E- -WW -W -WA -W-W",
		"cilium":                "EEE AAA WW AAA WWWW",
		"eks":                   "-E- -WA -W -WA -W-W",
		"eks-prefix-delegation": "-E- -WA -W -WA -W-W",
		"gke":                   "EEE EEA EE EEW EWEW",
		"gke-autopilot":         "EEE EEA EE EEW EWEW",
		"gke-routes":            "E-- EW- W- WW- E-W-",
		"k3s":                   "EEE AAA WW AAA WWWW",
		"kube-ovn":              "EEE AAA WW AAA WWWW",
		"kops":                  "EEE AAA WW AAA WWWW",
		"kce":                   "WWE WWW WW WWA WWWW",
		"kubernetes-overlay":    "EEE AAA WW AAA WWWW",
		"kubernetes-routed":     "EEE EWA EW EWA EWEW",
		"kubespray":             "EEE AAA WW AAA WWWW",
		"openshift-ovn":         "EEE AAA WW AAA WWWW",
		"rke2":                  "EEE AAA WW AAA WWWW",
		"talos":                 "EEE AAA WW AAA WWWW",
		"tke-cilium-overlay":    "E-- EE- W- AA- E-E-",
		"tke-global-router":     "E-- EE- E- EW- E-E-",
		"tke-vpc-cni":           "-E- -EE -W -WA -W-W",
		"tsf":                   "E-- WW- W- WW- W-W-",
		"vke-flannel":           "EEE EEA WW WWA EWWW",
		"vke-vpc-cni":           "-E- -WA -W -WA -W-W",
	}
	for _, name := range profile.Default().Names() {
		want, ok := tests[name]
		if !ok {
			t.Errorf("%s has no row in this table", name)
			continue
		}
		p := shipped(t, name)
		want = strings.ReplaceAll(want, " ", "")
		for i, pair := range pairs {
			rule, has := p.Overlap[pair]
			switch {
			case has != (want[i] != '-'):
				t.Errorf("%s has a rule for %s: %v", name, pair, has)
			case has && rule.Level != levels[want[i]]:
				t.Errorf("%s: %s is %v, want %v", name, pair, rule.Level, levels[want[i]])
			case p.RuleFor(pair, nil).Text != rule.Text || p.RuleFor(pair, p).Text != rule.Text:
				t.Errorf("%s: %s is %q, and %q beside a cluster of its own", name, pair, p.RuleFor(pair, nil).Text, p.RuleFor(pair, p).Text)
			}
		}
	}
}

// What holds between clusters of different modes, where that differs from two of one mode.
func TestShippedLevelsBesideOtherModes(t *testing.T) {
	tests := []struct {
		p     string
		pair  profile.Pair
		other string
		want  profile.Level
	}{
		{"cce-vpc-router", profile.PodPodSameVPC, "cce-vpc-router", profile.Error},
		{"cce-vpc-router", profile.PodPodSameVPC, "cce-overlay", profile.Warn},
		{"cce-vpc-router", profile.PodPodPeer, "cce-overlay", profile.Error},
		{"cce-overlay", profile.PodPodSameVPC, "cce-overlay", profile.Allow},
		{"cce-overlay", profile.PodPodSameVPC, "cce-vpc-router", profile.Warn},
		{"cce-overlay", profile.PodPodPeer, "cce-overlay", profile.Allow},
		{"cce-overlay", profile.PodPodPeer, "cce-vpc-router", profile.Error},
		{"cce-overlay", profile.PodServicePeer, "cce-vpc-router", profile.Warn},
		{"ack-flannel", profile.PodPodSameVPC, "kubernetes-overlay", profile.Error},
		{"kubernetes-overlay", profile.PodPodSameVPC, "ack-flannel", profile.Allow},
		{"tke-global-router", profile.PodPodSameVPC, "tke-cilium-overlay", profile.Error},
		{"kubernetes-routed", profile.PodPodSameVPC, "cce-vpc-router", profile.Error},
		{"kubernetes-routed", profile.PodPodPeer, "tke-global-router", profile.Error},
		{"kubernetes-routed", profile.PodPodSameVPC, "kubernetes-overlay", profile.Warn},
		{"kubernetes-routed", profile.PodPodPeer, "kubernetes-overlay", profile.Warn},
		{"kubernetes-routed", profile.PodPodPeer, "ccse-calico", profile.Warn},
		{"kubernetes-routed", profile.PodPodPeer, "ack-edge-flannel", profile.Warn},
	}
	for _, test := range tests {
		t.Run(fmt.Sprintf("%s %s beside %s", test.p, test.pair, test.other), func(t *testing.T) {
			if got := shipped(t, test.p).RuleFor(test.pair, shipped(t, test.other)); got.Level != test.want {
				t.Errorf("got %v, want %v: %s", got.Level, test.want, got.Text)
			}
		})
	}
}

// What the platform itself answers to a pair, and the argument that turns its check off.
func TestShippedErrorCodesOfPairs(t *testing.T) {
	const conflict = "InvalidParameter.CidrConflictWith"
	aks := map[profile.Pair][2]string{profile.ServiceVPC: {"ServiceCidrOverlapExistingSubnetsCidr"}}
	tests := map[string]map[profile.Pair][2]string{
		"aks-kubenet": aks, "aks-node-subnet": aks, "aks-overlay": aks, "aks-pod-subnet": aks,
		"aks-pod-subnet-static": aks,
		"baidu-cce-route": {
			profile.PodVPC: {"ContainerCIDRAndNodeCIDR"}, profile.ServiceVPC: {"ClusterIPCIDRAndNodeCIDR"},
			profile.ServicePod:    {"ClusterIPCIDRAndContainerCIDR"},
			profile.PodPodSameVPC: {"ContainerCIDRAndExistedClusterContainerCIDR"}, profile.PodRoute: {"ContainerCIDRAndVPCRoute"},
		},
		"baidu-cce-vpc-eni": {profile.ServiceVPC: {"ClusterIPCIDRAndNodeCIDR"}},
		"cce-overlay": {
			profile.PodVPC: {"CCE.01400005"}, profile.ServicePod: {"CCE.01400005"},
		},
		"cce-vpc-router": {
			profile.PodVPC: {"CCE.01400005"}, profile.ServicePod: {"CCE.01400005"}, profile.PodPodSameVPC: {"CCE.01400005"},
			profile.PodRoute: {"VPC.2812"},
		},
		"tke-cilium-overlay": {
			profile.PodVPC: {conflict + "VpcCidr"}, profile.PodPodSameVPC: {conflict + "OtherCluster", "ignore_cluster_cidr_conflict"},
			profile.PodServiceSameVPC: {conflict + "OtherCluster"}, profile.PodRoute: {conflict + "OtherRoute"},
		},
		"tke-global-router": {
			profile.PodVPC: {conflict + "VpcCidr"}, profile.PodPodSameVPC: {conflict + "OtherCluster", "ignore_cluster_cidr_conflict"},
			profile.PodServiceSameVPC: {conflict + "OtherCluster"}, profile.PodRoute: {conflict + "OtherRoute"},
		},
		"tke-vpc-cni": {
			profile.ServiceVPC: {conflict + "VpcCidr"},
			profile.PodServiceSameVPC: {
				conflict + "OtherCluster",
				"ignore_service_cidr_conflict",
			}, profile.ServiceServiceSameVPC: {conflict + "OtherCluster", "ignore_service_cidr_conflict"},
		},
	}
	for _, name := range profile.Default().Names() {
		for pair, rule := range shipped(t, name).Overlap {
			if got, want := [2]string{rule.ErrorCode, rule.Override}, tests[name][pair]; got != want {
				t.Errorf("%s %s: got %q, want %q", name, pair, got, want)
			}
		}
	}
}

// What the profiles say of subnets that Pods use: too small, with nodes, with other Pods, none at
// all, and of a Pod range that is given although the mode has none.
func TestShippedRulesOfPodSubnets(t *testing.T) {
	tests := map[string]string{
		"ack-serverless":        "warn allow allow warn error",
		"ack-terway":            "warn warn allow error error InvalidPodVswitchIds",
		"aks-node-subnet":       "warn allow allow allow error",
		"aks-pod-subnet":        "warn warn allow error error",
		"aks-pod-subnet-static": "warn warn allow error error",
		"cce-autopilot":         "warn allow warn warn error",
		"cce-turbo":             "warn warn warn error error",
		"ccse-cubecni":          "warn allow allow error error",
		"eks":                   "warn allow allow allow error",
		"eks-prefix-delegation": "warn allow allow allow error",
		"tke-vpc-cni":           "warn warn allow error error",
		"baidu-cce-vpc-eni":     "warn error allow warn error",
		"vke-vpc-cni":           "warn allow allow warn error",
	}
	most := map[string]string{
		"aks-node-subnet": "65536 warn", "aks-pod-subnet": "65536 warn", "aks-pod-subnet-static": "1000000 warn",
		"cce-turbo": "100000 error",
	}
	for _, name := range profile.Default().Names() {
		p := shipped(t, name)
		s := p.Pods.Subnets
		got := strings.TrimSpace(
			fmt.Sprint(
				s.Capacity.Level, " ", s.WithNodes.Level, " ", s.WithPods.Level, " ", s.Missing.Level, " ", s.PodRange.Level, " ",
				s.PodRange.ErrorCode,
			),
		)
		if p.Pods.From != profile.Subnets {
			got = ""
		}
		if got != tests[name] {
			t.Errorf("%s: got %q, want %q", name, got, tests[name])
		}
		if got := shownCaps(p.Pods.Max); got != most[name] {
			t.Errorf("%s: at most %q Pods, want %q", name, got, most[name])
		}
	}
}

// The words of the platforms, of which the first is the one that the cloud resource takes.
func TestShippedWords(t *testing.T) {
	tests := map[string]string{
		"ack-edge-flannel":      "edge-flannel, ACK Edge, 边缘集群",
		"ack-flannel":           "flannel",
		"ack-serverless":        "ASK, ACK Serverless, Serverless 集群",
		"ack-terway":            "terway-eniip, Terway",
		"aks-kubenet":           "kubenet",
		"aks-node-subnet":       "node-subnet, Azure CNI Node Subnet, Azure CNI (Legacy)",
		"aks-overlay":           "overlay, Azure CNI Overlay",
		"aks-pod-subnet":        "pod-subnet, Azure CNI Pod Subnet, dynamic IP allocation",
		"aks-pod-subnet-static": "StaticBlock, static block allocation",
		"baidu-cce-route":       "kubenet, vpc-route-auto-detect, vpc-route-veth, vpc-route-ipvlan, VPC 路由",
		"baidu-cce-vpc-eni":     "vpc-eni, vpc-cni, vpc-secondary-ip-auto-detect, vpc-secondary-ip-veth, vpc-secondary-ip-ipvlan",
		"cce-autopilot":         "Autopilot, CCE Autopilot, Autopilot 集群",
		"cce-overlay":           "overlay_l2, 容器隧道网络",
		"cce-turbo":             "eni, 云原生网络2.0",
		"cce-vpc-router":        "vpc-router, VPC网络",
		"ccse-calico":           "calico",
		"ccse-cubecni":          "cubecni",
		"cilium":                "cluster-pool",
		"eks":                   "vpc-cni, Amazon VPC CNI",
		"eks-prefix-delegation": "ENABLE_PREFIX_DELEGATION, prefix delegation",
		"gke":                   "VPC_NATIVE, VPC-native, alias IP",
		"gke-autopilot":         "Autopilot, enable_autopilot",
		"gke-routes":            "ROUTES, routes-based",
		"k3s":                   "K3s",
		"kube-ovn":              "Kube-OVN, ovn-default",
		"kops":                  "kOps",
		"kce":                   "Flannel, Canal, Calico, 金山云容器引擎",
		"kubernetes-overlay":    "overlay",
		"kubernetes-routed":     "routed",
		"kubespray":             "kubespray",
		"openshift-ovn":         "OVNKubernetes, OVN-Kubernetes",
		"rke2":                  "RKE2",
		"talos":                 "Talos",
		"tke-cilium-overlay":    "CiliumOverlay, Cilium-Overlay",
		"tke-global-router":     "GR, GlobalRouter",
		"tke-vpc-cni":           "VPC-CNI",
		"tsf":                   "TSF, TSF 容器集群",
		"vke-flannel":           "Flannel",
		"vke-vpc-cni":           "VpcCniShared, VPC-CNI",
	}
	for _, name := range profile.Default().Names() {
		if got := strings.Join(shipped(t, name).Words, ", "); got != tests[name] {
			t.Errorf("%s: got %q, want %q", name, got, tests[name])
		}
	}
}
