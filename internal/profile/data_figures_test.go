package profile_test

import (
	"fmt"
	"strings"
	"testing"

	"github.com/cidrplan/terraform-provider-cidrplan/internal/profile"
)

func TestShippedFigures(t *testing.T) {
	type figures struct {
		from                    profile.From
		blocks                  profile.Blocks
		argument                string
		shortest, longest, diff int
		lost, def, most         int64
		counts                  string
		routes, quota           int64
		growth                  string
		ranges                  int
		caps                    string
		maxNodes                int64
		anywhere                bool
	}
	const unbounded = 1<<63 - 1
	own, shared, subnets := profile.Own, profile.Shared, profile.Subnets
	fixed, dynamic, none := profile.Fixed, profile.Dynamic, profile.None
	kubernetes := figures{
		own, fixed, "node_cidr_mask_size", 8, 30, 16, 3, 110, 0, "usable", 0, 0, "append 0", profile.Unlimited, "", unbounded, true,
	}
	server := kubernetes
	server.argument, server.diff = "node-cidr-mask-size-ipv4", 0
	kops, kubespray, rke2 := server, kubernetes, server
	kops.argument, kubespray.argument = "nodeCIDRMaskSize", "kube_network_node_prefix"
	rke2.growth, rke2.ranges = "none 0", 1
	tke := figures{
		shared,
		fixed,
		"cluster_max_pod_num",
		24,
		30,
		0,
		3,
		64,
		256,
		"addresses",
		0,
		0,
		"none 0",
		1,
		"5000 warn",
		unbounded,
		false,
	}
	router := tke
	router.growth, router.ranges = "outside 0", profile.Unlimited
	tests := map[string]figures{
		"ack-edge-flannel": {own, fixed, "node_cidr_mask", 24, 28, 0, 1, 64, 256, "addresses", 0, 0, "none 0", 1, "", unbounded, false},
		"ack-flannel": {
			own,
			fixed,
			"node_cidr_mask",
			24,
			28,
			0,
			1,
			64,
			256,
			"addresses",
			1,
			200,
			"none 0",
			1,
			"5000 warn",
			unbounded,
			false,
		},
		"ack-serverless":        {subnets, none, "", 0, 0, 0, 0, 64, 0, "usable", 0, 0, "none 0", 0, "", unbounded, false},
		"ack-terway":            {subnets, none, "", 0, 0, 0, 0, 64, 0, "usable", 0, 0, "subnets 0", 0, "5000 warn", unbounded, false},
		"aks-kubenet":           {own, fixed, "", 24, 24, 0, 0, 110, 250, "usable", 0, 0, "none 0", 1, "400 error", 400, false},
		"aks-node-subnet":       {subnets, none, "", 0, 0, 0, 0, 30, 250, "usable", 0, 0, "subnets 0", 0, "", unbounded, false},
		"aks-overlay":           {own, fixed, "", 24, 24, 0, 0, 250, 250, "usable", 0, 0, "superset 0", 1, "5000 warn", unbounded, false},
		"aks-pod-subnet":        {subnets, none, "", 0, 0, 0, 0, 110, 250, "usable", 0, 0, "subnets 0", 0, "", unbounded, false},
		"aks-pod-subnet-static": {subnets, dynamic, "", 28, 28, 0, 1, 110, 250, "usable", 0, 0, "subnets 0", 0, "", unbounded, false},
		"cce-autopilot":         {subnets, none, "", 0, 0, 0, 0, 110, 0, "usable", 0, 0, "subnets 0", 0, "", unbounded, false},
		"cce-overlay":           {own, dynamic, "", 28, 28, 0, 0, 110, 0, "usable", 0, 0, "none 0", 1, "2000 error", 2000, false},
		"cce-turbo":             {subnets, none, "", 0, 0, 0, 0, 110, 0, "usable", 0, 0, "subnets 20", 0, "2000 error", 2000, false},
		"baidu-cce-route": {
			own, fixed, "max_pods_per_node", 16, 30, 0, 0, 128, 0, "addresses", 1, 200, "none 0", 1, "", unbounded, false,
		},
		"baidu-cce-vpc-eni": {subnets, none, "", 0, 0, 0, 0, 128, 0, "usable", 0, 0, "subnets 0", 0, "", unbounded, false},
		"kce":               {own, fixed, "max_pod_per_node", 24, 28, 0, 0, 64, 256, "addresses", 0, 0, "none 0", 1, "", unbounded, false},
		"vke-flannel":       {own, fixed, "max_pods_per_node", 24, 28, 0, 0, 64, 256, "addresses", 0, 0, "none 0", 1, "", unbounded, false},
		"vke-vpc-cni":       {subnets, none, "", 0, 0, 0, 0, 64, 0, "usable", 0, 0, "subnets 0", 0, "", unbounded, false},
		"cce-vpc-router": {
			own,
			fixed,
			"fix_pool_mask",
			24,
			28,
			0,
			3,
			110,
			253,
			"usable",
			1,
			200,
			"append 20",
			20,
			"1000 warn, 2000 error",
			2000,
			false,
		},
		"ccse-calico":  {own, dynamic, "", 26, 26, 0, 0, 110, 0, "usable", 0, 0, "none 0", 1, "2000 warn", unbounded, false},
		"ccse-cubecni": {subnets, none, "", 0, 0, 0, 0, 110, 0, "usable", 0, 0, "none 10", 0, "2000 warn", unbounded, false},
		"gke": {
			own, fixed, "default_max_pods_per_node", 23, 28, 0, 0, 110, 256, "addresses", 0, 0, "append 0", profile.Unlimited, "",
			unbounded, false,
		},
		"gke-autopilot": {
			own, fixed, "", 23, 28, 0, 0, 32, 256, "addresses", 0, 0, "append 0", profile.Unlimited, "", unbounded, false,
		},
		"gke-routes":            {shared, fixed, "", 24, 24, 0, 0, 110, 110, "addresses", 0, 0, "none 0", 1, "", unbounded, false},
		"eks-prefix-delegation": {subnets, dynamic, "", 28, 28, 0, 16, 110, 0, "usable", 0, 0, "subnets 0", 0, "", unbounded, false},
		"eks":                   {subnets, none, "", 0, 0, 0, 0, 110, 0, "usable", 0, 0, "subnets 0", 0, "", unbounded, false},
		"cilium":                kubernetes,
		"kube-ovn":              kubernetes,
		"k3s":                   server,
		"kops":                  kops,
		"kubernetes-overlay":    kubernetes,
		"kubernetes-routed":     kubernetes,
		"kubespray":             kubespray,
		"openshift-ovn": {
			own, fixed, "hostPrefix", 1, 30, 0, 2, 510, 0, "usable", 0, 0, "superset 0", 1, "", unbounded, true,
		},
		"rke2":               rke2,
		"talos":              server,
		"tke-cilium-overlay": tke,
		"tke-global-router":  router,
		"tsf": {
			shared,
			fixed,
			"max_node_pod_num",
			24,
			30,
			0,
			3,
			64,
			256,
			"addresses",
			0,
			0,
			"none 0",
			1,
			"",
			unbounded,
			false,
		},
		"tke-vpc-cni": {subnets, none, "", 0, 0, 0, 0, 64, 0, "usable", 0, 0, "subnets 0", 0, "5000 warn", unbounded, false},
	}
	for _, name := range profile.Default().Names() {
		p := shipped(t, name)
		n := p.Nodes
		got := figures{
			p.Pods.From, n.Blocks, n.Argument, n.Shortest, n.Longest, n.MaxDifference, n.Lost, n.PodsPerNode.Default, n.PodsPerNode.Max,
			n.PodsPerNode.Counts, n.RoutesPerNode, n.RouteQuota, fmt.Sprintf("%s %d", p.Growth.Pods, p.Growth.MaxRanges),
			p.MaxPodRanges(profile.Appended),
			shownCaps(n.Caps), p.MaxNodes().Max, p.Anywhere == "any",
		}
		if got != tests[name] {
			t.Errorf("%s:\n got %+v\nwant %+v", name, got, tests[name])
		}
		if n.Blocks == profile.Fixed && n.SizeRule.Text == "" {
			t.Errorf("%s: no rule says why node blocks are /%d to /%d", name, n.Shortest, n.Longest)
		}
	}
}

func TestShippedServiceFigures(t *testing.T) {
	type figures struct {
		platformTakes     string
		count, lost       int64
		counts            string
		shortest, longest int // of ranges that are allocated
	}
	ack := figures{"[172.19.0.0/20] warn", 1000, 2, "", 0, 0}
	aks := figures{"[10.0.0.0/16 fd12:3456:789a:1::/108] warn", 1000, 2, "", 0, 24}
	cce := figures{"[10.247.0.0/16] warn", 1000, 2, "", 0, 24}
	ccse := figures{"[10.96.0.0/16] warn", 1000, 2, "", 0, 24}
	kubernetes := figures{"[10.96.0.0/12] warn", 1000, 2, "", 0, 28}
	tke := figures{"", 1000, 5, "addresses", 17, 27}
	tests := map[string]figures{
		"ack-edge-flannel": ack, "ack-flannel": ack, "ack-serverless": ack, "ack-terway": ack,
		"aks-kubenet": aks, "aks-node-subnet": aks, "aks-overlay": aks, "aks-pod-subnet": aks,
		"aks-pod-subnet-static": aks,
		"cce-autopilot":         cce, "cce-overlay": cce, "cce-turbo": cce, "cce-vpc-router": cce,
		"ccse-calico": ccse, "ccse-cubecni": ccse,
		"baidu-cce-route": {"", 1000, 2, "", 0, 24}, "baidu-cce-vpc-eni": {"", 1000, 2, "", 0, 24}, "kce": {"", 1000, 2, "", 0, 24},
		"vke-flannel": {"", 1000, 2, "", 0, 0}, "vke-vpc-cni": {"", 1000, 2, "", 0, 0},
		"eks":                   {"[10.100.0.0/16 172.20.0.0/16] warn", 1000, 2, "", 0, 0},
		"eks-prefix-delegation": {"[10.100.0.0/16 172.20.0.0/16] warn", 1000, 2, "", 0, 0},
		"gke":                   {"[34.118.224.0/20] allow", 1000, 2, "", 0, 28},
		"gke-autopilot":         {"[34.118.224.0/20] allow", 1000, 2, "", 0, 28},
		"gke-routes":            {"", 4094, 2, "", 20, 20},
		"k3s":                   {"[10.43.0.0/16] warn", 1000, 2, "", 0, 28},
		"kops":                  {"[100.64.0.0/13] warn", 1000, 2, "", 0, 28},
		"kubernetes-overlay":    kubernetes, "kubernetes-routed": kubernetes, "cilium": kubernetes, "kube-ovn": kubernetes,
		"kubespray":          {"[10.233.0.0/18 fd85:ee78:d8a6:8607::1000/116] warn", 1000, 2, "", 0, 28},
		"openshift-ovn":      {"[172.30.0.0/16] warn", 1000, 2, "", 0, 28},
		"rke2":               {"[10.43.0.0/16] warn", 1000, 2, "", 0, 28},
		"talos":              {"[10.96.0.0/12] warn", 1000, 2, "", 0, 28},
		"tke-cilium-overlay": tke, "tke-global-router": tke, "tke-vpc-cni": tke, "tsf": tke,
	}
	for _, name := range profile.Default().Names() {
		s := shipped(t, name).Services
		takes := ""
		if len(s.Default.CIDRs) > 0 {
			takes = fmt.Sprintf("%v %v", s.Default.CIDRs, s.Default.Level)
		}
		got := figures{takes, s.DefaultCount, s.Lost, s.Counts, s.SizedShortest, s.SizedLongest}
		if got != tests[name] {
			t.Errorf("%s:\n got %+v\nwant %+v", name, got, tests[name])
		}
	}
}

// The Pod ranges that platforms use when none is given.
func TestShippedPodDefaults(t *testing.T) {
	tests := map[string]string{
		"aks-kubenet": "10.244.0.0/16", "aks-overlay": "10.244.0.0/16 fd12:3456:789a::/64",
		"cilium": "10.0.0.0/8 fd00::/104", "kube-ovn": "10.16.0.0/16",
		"k3s": "10.42.0.0/16", "kops": "100.96.0.0/11", "kubespray": "10.233.64.0/18 fd85:ee78:d8a6:8607::1:0/112",
		"openshift-ovn": "10.128.0.0/14",
		"rke2":          "10.42.0.0/16", "talos": "10.244.0.0/16",
	}
	for _, name := range profile.Default().Names() {
		var got []string
		for _, p := range shipped(t, name).Pods.Default.CIDRs {
			got = append(got, p.String())
		}
		if got := strings.Join(got, " "); got != tests[name] {
			t.Errorf("%s: got %q, want %q", name, got, tests[name])
		}
	}
}

// The node blocks of clusters that say neither how long they are nor how many Pods they hold.
func TestShippedDefaultMasks(t *testing.T) {
	tests := map[string]int{"k3s": 24, "kops": 24, "kubespray": 24, "openshift-ovn": 23, "rke2": 24, "talos": 24}
	for _, name := range profile.Default().Distributions() {
		for _, p := range profile.Default().Names() {
			if of := shipped(t, p); of.Platform == name && of.Nodes.DefaultMask != tests[p] {
				t.Errorf("%s: got /%d, want /%d", p, of.Nodes.DefaultMask, tests[p])
			}
		}
	}
}
