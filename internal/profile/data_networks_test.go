package profile_test

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"github.com/cidrplan/terraform-provider-cidrplan/internal/profile"
)

// The ranges that platforms need for themselves; those that nobody can use are in data/registries.
func TestShippedForbiddenRanges(t *testing.T) {
	const (
		ack        = "172.17.0.0/16 allow, 100.64.0.0/10 error, 198.18.0.0/15 warn"
		cce        = "172.17.0.0/16 warn, 100.64.0.0/10 error, 198.18.0.0/15 error"
		warned     = "172.17.0.0/16 allow, 100.64.0.0/10 warn, 198.18.0.0/15 warn"
		aks        = "169.254.0.0/16 error, 172.30.0.0/16 error, 172.31.0.0/16 error, 192.0.2.0/24 error, 198.18.0.0/15 warn"
		kubernetes = "240.0.0.0/4 error, 172.17.0.0/16 warn, 198.18.0.0/15 warn, fec0::/10 warn"
	)
	tests := map[string]string{
		"ack-edge-flannel": ack, "ack-flannel": ack, "ack-serverless": ack, "ack-terway": ack,
		"aks-kubenet": aks, "aks-node-subnet": aks, "aks-overlay": aks, "aks-pod-subnet": aks,
		"aks-pod-subnet-static": aks,
		"cce-autopilot":         cce, "cce-overlay": cce, "cce-turbo": cce, "cce-vpc-router": cce,
		"ccse-calico": warned, "ccse-cubecni": warned,
		"gke": "240.0.0.0/4 warn, 172.17.0.0/16 warn", "gke-autopilot": "240.0.0.0/4 warn, 172.17.0.0/16 warn",
		"gke-routes": "240.0.0.0/4 warn, 172.17.0.0/16 warn",
		"eks":        "172.17.0.0/16 warn, 198.18.0.0/15 warn", "eks-prefix-delegation": "172.17.0.0/16 warn, 198.18.0.0/15 warn",
		"cilium": kubernetes, "kube-ovn": kubernetes,
		"k3s": kubernetes, "kops": kubernetes, "kubernetes-overlay": kubernetes, "kubernetes-routed": kubernetes, "kubespray": kubernetes,
		"openshift-ovn": "172.20.0.1/32 warn, 198.18.0.0/15 warn", "rke2": kubernetes, "talos": kubernetes,
		"baidu-cce-route": "172.17.0.0/16 allow", "baidu-cce-vpc-eni": "172.17.0.0/16 allow", "kce": "172.17.0.0/16 allow",
		"vke-flannel": "172.17.0.0/16 allow", "vke-vpc-cni": "172.17.0.0/16 allow",
		"tke-cilium-overlay": warned, "tke-global-router": warned, "tke-vpc-cni": warned, "tsf": warned,
	}
	for _, name := range profile.Default().Names() {
		var got []string
		for _, f := range shipped(t, name).Forbidden {
			got = append(got, fmt.Sprintf("%v %v", f.CIDR, f.Level))
		}
		if got := strings.Join(got, ", "); got != tests[name] {
			t.Errorf("%s: got %q, want %q", name, got, tests[name])
		}
	}
}

// What platforms say of networks beside the ranges of data_boundaries_test.go.
func TestShippedNetworks(t *testing.T) {
	tests := map[string]struct {
		peer, secondary, peered, hubs string
		kept                          int64
	}{
		"alicloud":     {"error verified", "5 warn", "", "cen blocks error verified, REDUCED identical error verified", 4},
		"aws":          {"error derived", "4 warn", "", "tgw blocks error derived", 5},
		"azure":        {"error verified", "", "", "vwan blocks error derived", 5},
		"baiducloud":   {"error derived", "", "", "", 0},
		"ctyun":        {"error derived", "", "", "", 3},
		"google":       {"error derived", "", "", "", 4},
		"generic":      {"error derived", "", "", "generic blocks error derived, vpn blocks error derived", 0},
		"huaweicloud":  {"error verified", "5 error", "", "cc blocks error derived, er blocks error verified", 5},
		"ksyun":        {"error derived", "", "", "", 0},
		"tencentcloud": {"error verified", "5 error", "warn verified", "ccn subnets error verified", 3},
		"volcengine":   {"error derived", "", "", "volcengine-cen blocks error derived, volcengine-tr blocks error derived", 0},
	}
	for _, name := range profile.Default().Platforms() {
		test, n := tests[name], profile.Default().Platform(name).Networks
		var hubs []string
		for _, kind := range profile.Default().HubKinds() {
			if hub, ok := n.Hubs[kind]; ok {
				hubs = append(hubs, fmt.Sprintf("%s %s %s", kind, hub.Compares, shownRule(hub.Rule)))
				for level, joins := range hub.ProtectionLevels {
					hubs = append(hubs, fmt.Sprintf("%s %s %s", level, joins.Compares, shownRule(joins.Rule)))
				}
			}
		}
		slices.SortFunc(hubs, func(a, b string) int { return strings.Compare(strings.ToLower(a), strings.ToLower(b)) })
		for what, pair := range map[string][2]string{
			"peer":                  {shownRule(n.Peer), test.peer},
			"secondary blocks":      {shownCaps(n.VPC.MaxSecondary), test.secondary},
			"secondary and a peer":  {shownRule(n.VPC.SecondaryPeered), test.peered},
			"hubs":                  {strings.Join(hubs, ", "), test.hubs},
			"addresses of a subnet": {fmt.Sprint(n.Subnets.Reserved.Addresses), fmt.Sprint(test.kept)},
		} {
			if pair[0] != pair[1] {
				t.Errorf("%s, %s: got %q, want %q", name, what, pair[0], pair[1])
			}
		}
		known := n.Unpublished[profile.ReservedAddresses] == ""
		if reserved := n.Subnets.Reserved; known != (reserved.Text != "") || reserved.Level == profile.Error {
			t.Errorf("%s: %d addresses of a subnet are kept, since %q (%v)", name, reserved.Addresses, reserved.Text, reserved.Level)
		}
	}
}

// shownRule gives level and confidence of a rule, nothing for a rule that is not there.
func shownRule(r profile.Rule) string {
	if r.Confidence == "" {
		return ""
	}
	return r.Level.String() + " " + r.Confidence
}

func shownCaps(caps []profile.Cap) string {
	var shown []string
	for _, limit := range caps {
		shown = append(shown, fmt.Sprintf("%d %v", limit.Max, limit.Level))
	}
	return strings.Join(shown, ", ")
}
