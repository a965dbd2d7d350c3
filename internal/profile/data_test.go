package profile_test

import (
	"fmt"
	"slices"
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
		"ack-edge-flannel":   "EEE WWW WW AAA WWWW",
		"ack-flannel":        "EEE EEW EE EWW EWEW",
		"ack-serverless":     "-E- -EW -W -WW -W-W",
		"ack-terway":         "-E- -EW -E -WW -W-W",
		"cce-autopilot":      "-E- -WA -W -WA -W-W",
		"cce-overlay":        "EEE AWA EW AWA EWEW",
		"cce-turbo":          "-E- -WA -W -WA -W-W",
		"cce-vpc-router":     "EEE EWA EW EWA EWEW",
		"ccse-calico":        "EEE WWW WW WWA WWWW",
		"ccse-cubecni":       "-E- -WW -W -WA -W-W",
		"eks":                "-E- -WA -W -WA -W-W",
		"kubernetes-overlay": "EEE AAA WW AAA WWWW",
		"kubernetes-routed":  "EEE EWA EW EWA EWEW",
		"tke-cilium-overlay": "E-- EE- W- AA- E-E-",
		"tke-global-router":  "E-- EE- E- EW- E-E-",
		"tke-vpc-cni":        "-E- -EE -W -WA -W-W",
		"tsf":                "E-- WW- W- WW- W-W-",
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
			rule, judged := p.Overlap[pair]
			switch {
			case judged != (want[i] != '-'):
				t.Errorf("%s judges %s: %v", name, pair, judged)
			case judged && rule.Level != levels[want[i]]:
				t.Errorf("%s: %s is %v, want %v", name, pair, rule.Level, levels[want[i]])
			case p.Judge(pair, nil).Text != rule.Text || p.Judge(pair, p).Text != rule.Text:
				t.Errorf("%s: %s is %q, and %q beside a cluster of its own", name, pair, p.Judge(pair, nil).Text, p.Judge(pair, p).Text)
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
			if got := shipped(t, test.p).Judge(test.pair, shipped(t, test.other)); got.Level != test.want {
				t.Errorf("got %v, want %v: %s", got.Level, test.want, got.Text)
			}
		})
	}
}

// What the platform itself answers to a pair, and the argument that turns its check off.
func TestShippedErrorCodesOfPairs(t *testing.T) {
	const conflict = "InvalidParameter.CidrConflictWith"
	tests := map[string]map[profile.Pair][2]string{
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
	kubernetes := figures{own, fixed, "node_cidr_mask_size", 8, 30, 16, 3, 110, 1<<24 - 3, "usable", 0, 0, "none 0", 1, "", unbounded, true}
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
		"ack-serverless": {subnets, none, "", 0, 0, 0, 0, 64, 0, "usable", 0, 0, "none 0", 0, "", unbounded, false},
		"ack-terway":     {subnets, none, "", 0, 0, 0, 0, 64, 0, "usable", 0, 0, "subnets 0", 0, "5000 warn", unbounded, false},
		"cce-autopilot":  {subnets, none, "", 0, 0, 0, 0, 110, 0, "usable", 0, 0, "subnets 0", 0, "", unbounded, false},
		"cce-overlay":    {own, dynamic, "", 28, 28, 0, 0, 110, 0, "usable", 0, 0, "none 0", 1, "2000 error", 2000, false},
		"cce-turbo":      {subnets, none, "", 0, 0, 0, 0, 110, 0, "usable", 0, 0, "subnets 20", 0, "2000 error", 2000, false},
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
		"ccse-calico":        {own, dynamic, "", 26, 26, 0, 0, 110, 0, "usable", 0, 0, "none 0", 1, "2000 warn", unbounded, false},
		"ccse-cubecni":       {subnets, none, "", 0, 0, 0, 0, 110, 0, "usable", 0, 0, "none 10", 0, "2000 warn", unbounded, false},
		"eks":                {subnets, none, "", 0, 0, 0, 0, 110, 0, "usable", 0, 0, "subnets 0", 0, "", unbounded, false},
		"kubernetes-overlay": kubernetes,
		"kubernetes-routed":  kubernetes,
		"tke-cilium-overlay": tke,
		"tke-global-router":  tke,
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
			n.PodsPerNode.Counts, n.RoutesPerNode, n.RouteQuota, fmt.Sprintf("%s %d", p.Growth.Pods, p.Growth.MaxRanges), p.MaxPodRanges(),
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
		shortest, longest int // of ranges that are handed out
	}
	ack := figures{"172.19.0.0/20 warn", 1000, 2, "", 0, 0}
	cce := figures{"10.247.0.0/16 warn", 1000, 2, "", 0, 24}
	ccse := figures{"10.96.0.0/16 warn", 1000, 2, "", 0, 24}
	kubernetes := figures{"10.96.0.0/12 warn", 1000, 2, "", 0, 28}
	tke := figures{"", 1000, 5, "addresses", 17, 27}
	tests := map[string]figures{
		"ack-edge-flannel": ack, "ack-flannel": ack, "ack-serverless": ack, "ack-terway": ack,
		"cce-autopilot": cce, "cce-overlay": cce, "cce-turbo": cce, "cce-vpc-router": cce,
		"ccse-calico": ccse, "ccse-cubecni": ccse,
		"eks":                {"", 1000, 2, "", 0, 0},
		"kubernetes-overlay": kubernetes, "kubernetes-routed": kubernetes,
		"tke-cilium-overlay": tke, "tke-global-router": tke, "tke-vpc-cni": tke, "tsf": tke,
	}
	for _, name := range profile.Default().Names() {
		s := shipped(t, name).Services
		takes := ""
		if s.Default.CIDR.IsValid() {
			takes = fmt.Sprintf("%v %v", s.Default.CIDR, s.Default.Level)
		}
		got := figures{takes, s.DefaultCount, s.Lost, s.Counts, s.SizedShortest, s.SizedLongest}
		if got != tests[name] {
			t.Errorf("%s:\n got %+v\nwant %+v", name, got, tests[name])
		}
	}
}

// What the profiles say of subnets that Pods live in: too small, with nodes, with other Pods, none at
// all, and of a Pod range that is given all the same.
func TestShippedRulesOfPodSubnets(t *testing.T) {
	tests := map[string]string{
		"ack-serverless": "warn allow allow warn error",
		"ack-terway":     "warn warn allow error error InvalidPodVswitchIds",
		"cce-autopilot":  "warn allow warn warn error",
		"cce-turbo":      "warn warn warn error error",
		"ccse-cubecni":   "warn allow allow error error",
		"eks":            "warn allow allow allow error",
		"tke-vpc-cni":    "warn warn allow error error",
	}
	most := map[string]string{"cce-turbo": "100000 error"}
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
		"cce-autopilot":      {true, "subnets", "platform", 0, 0, 0},
		"cce-turbo":          {true, "subnets", "own", 112, 0, 0},
		"ccse-calico":        {true, "platform", "own", 112, 0, 0},
		"ccse-cubecni":       {true, "subnets", "own", 112, 0, 0},
		"kubernetes-overlay": kubernetes,
		"kubernetes-routed":  kubernetes,
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
		if told := v.Confidence == "verified" && v.Level == level; told == slices.Contains(silent, name) {
			t.Errorf("%s: the rule is %+v", name, v.Rule)
		}
	}
}

// The ranges that platforms need for themselves; those that nobody can use stand in the code.
func TestShippedForbiddenRanges(t *testing.T) {
	const (
		ack        = "172.17.0.0/16 allow, 100.64.0.0/10 error, 198.18.0.0/15 warn"
		cce        = "172.17.0.0/16 warn, 100.64.0.0/10 error, 198.18.0.0/15 error"
		warned     = "172.17.0.0/16 allow, 100.64.0.0/10 warn, 198.18.0.0/15 warn"
		kubernetes = "240.0.0.0/4 error, 172.17.0.0/16 warn, 198.18.0.0/15 warn, fec0::/10 warn"
	)
	tests := map[string]string{
		"ack-edge-flannel": ack, "ack-flannel": ack, "ack-serverless": ack, "ack-terway": ack,
		"cce-autopilot": cce, "cce-overlay": cce, "cce-turbo": cce, "cce-vpc-router": cce,
		"ccse-calico": warned, "ccse-cubecni": warned,
		"eks":                "172.17.0.0/16 warn, 198.18.0.0/15 warn",
		"kubernetes-overlay": kubernetes, "kubernetes-routed": kubernetes,
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

// The words of the platforms, of which the first is the one that the cloud resource takes.
func TestShippedWords(t *testing.T) {
	tests := map[string]string{
		"ack-edge-flannel":   "edge-flannel, ACK Edge, 边缘集群",
		"ack-flannel":        "flannel",
		"ack-serverless":     "ASK, ACK Serverless, Serverless 集群",
		"ack-terway":         "terway-eniip, Terway",
		"cce-autopilot":      "Autopilot, CCE Autopilot, Autopilot 集群",
		"cce-overlay":        "overlay_l2, 容器隧道网络",
		"cce-turbo":          "eni, 云原生网络2.0",
		"cce-vpc-router":     "vpc-router, VPC网络",
		"ccse-calico":        "calico",
		"ccse-cubecni":       "cubecni",
		"eks":                "vpc-cni, Amazon VPC CNI",
		"kubernetes-overlay": "overlay",
		"kubernetes-routed":  "routed",
		"tke-cilium-overlay": "CiliumOverlay, Cilium-Overlay",
		"tke-global-router":  "GR, GlobalRouter",
		"tke-vpc-cni":        "VPC-CNI",
		"tsf":                "TSF, TSF 容器集群",
	}
	for _, name := range profile.Default().Names() {
		if got := strings.Join(shipped(t, name).Words, ", "); got != tests[name] {
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
		"ctyun":        {"error derived", "", "", "", 3},
		"generic":      {"error derived", "", "", "generic blocks error derived, vpn blocks error derived", 0},
		"huaweicloud":  {"error verified", "5 error", "", "cc blocks error derived, er blocks error verified", 5},
		"tencentcloud": {"error verified", "5 error", "warn verified", "ccn subnets error verified", 3},
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
		if reserved := n.Subnets.Reserved; reserved.Text == "" || reserved.Level == profile.Error {
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
