package profile_test

import (
	"slices"
	"testing"

	"github.com/cidrplan/terraform-provider-cidrplan/internal/profile"
)

func TestShippedIPv6(t *testing.T) {
	type ipv6 struct {
		dual           bool
		pods, services string
		length, mask   int
		difference     int
	}
	kubernetes := ipv6{true, "own", "own", 112, 64, 16}
	tests := map[string]ipv6{
		"ack-terway":         {true, "subnets", "platform", 0, 0, 0},
		"aks-overlay":        {true, "own", "own", 112, 80, 0},
		"cce-autopilot":      {true, "subnets", "platform", 0, 0, 0},
		"cce-turbo":          {true, "subnets", "own", 112, 0, 0},
		"ccse-calico":        {true, "platform", "own", 112, 0, 0},
		"ccse-cubecni":       {true, "subnets", "own", 112, 0, 0},
		"gke":                {true, "platform", "platform", 0, 0, 0},
		"gke-autopilot":      {true, "platform", "platform", 0, 0, 0},
		"cilium":             {true, "own", "own", 112, 120, 16},
		"kube-ovn":           kubernetes,
		"k3s":                kubernetes,
		"kubernetes-overlay": kubernetes,
		"kubernetes-routed":  kubernetes,
		"kubespray":          {true, "own", "own", 112, 120, 16},
		"openshift-ovn":      {true, "own", "own", 112, 64, 0},
		"rke2":               kubernetes,
		"talos":              kubernetes,
		"tke-vpc-cni":        {true, "subnets", "platform", 0, 0, 0},
	}
	silent := []string{"ack-serverless", "cce-overlay"} // no source speaks of IPv6
	for _, name := range profile.Default().Names() {
		v := shipped(t, name).IPv6
		if got := (ipv6{v.Dual, v.Pods, v.Services, v.ServiceLength, v.NodeMask, v.MaxDifference}); got != tests[name] {
			t.Errorf("%s:\n got %+v\nwant %+v", name, got, tests[name])
		}
		level := profile.Error // of a mode that does not have it
		if v.Dual {
			level = profile.Allow
		}
		if reported := v.Confidence == "verified" && v.Level == level; reported == slices.Contains(silent, name) {
			t.Errorf("%s: the rule is %+v", name, v.Rule)
		}
	}
}
