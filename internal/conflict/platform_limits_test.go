package conflict_test

import (
	"testing"

	"github.com/cidrplan/terraform-provider-cidrplan/internal/conflict"
	"github.com/cidrplan/terraform-provider-cidrplan/internal/profile"
)

func TestRangesAgainstWhatThePlatformTakes(t *testing.T) {
	tests := map[string]struct {
		kind, profile, given string
		want                 []string
	}{
		"a Pod range of ACK": {"pod", "ack-flannel", "10.0.0.0/16", nil},
		"a Pod range too large": {
			"pod",
			"ack-flannel",
			"172.0.0.0/8",
			[]string{
				"error pod_prefix_out_of_range: x 172.0.0.0/8 share 172.0.0.0/8",
				"allow pod_in_forbidden_range: x 172.0.0.0/8 share 172.17.0.0/16",
			},
		},
		"docker0 is a note on ACK": {
			"service",
			"ack-flannel",
			"172.17.0.0/16",
			[]string{"allow service_in_forbidden_range: x 172.17.0.0/16 share 172.17.0.0/16"},
		},
		"Services in the range that GKE manages": {"service", "gke", "34.118.224.0/20", nil},
		"Pods in that range": {
			"pod",
			"gke",
			"34.118.224.0/20",
			[]string{"warn pod_out_of_allowed_range: x 34.118.224.0/20 share 34.118.224.0/20"},
		},
		"other public Services of GKE": {
			"service",
			"gke",
			"34.118.0.0/20",
			[]string{"warn service_out_of_allowed_range: x 34.118.0.0/20 share 34.118.0.0/20"},
		},
		"docker0 is advice on CCE": {
			"pod",
			"cce-vpc-router",
			"172.17.0.0/16",
			[]string{"warn pod_in_forbidden_range: x 172.17.0.0/16 share 172.17.0.0/16"},
		},
		"not a private range": {
			"pod",
			"ack-flannel",
			"20.0.0.0/16",
			[]string{"error pod_out_of_allowed_range: x 20.0.0.0/16 share 20.0.0.0/16"},
		},
		"what the platform needs": {
			"pod",
			"ack-flannel",
			"100.64.0.0/16",
			[]string{
				"error pod_in_forbidden_range: x 100.64.0.0/16 share 100.64.0.0/16",
				"error pod_out_of_allowed_range: x 100.64.0.0/16 share 100.64.0.0/16",
			},
		},
		"around what the platform needs": {
			"service",
			"ack-flannel",
			"100.0.0.0/8",
			[]string{
				"error service_in_forbidden_range: x 100.0.0.0/8 share 100.64.0.0/10",
				"error service_out_of_allowed_range: x 100.0.0.0/8 share 100.0.0.0/8",
			},
		},
		"a Service range of ACK": {"service", "ack-flannel", "10.0.0.0/16", nil},
		"one that is too large": {
			"service",
			"ack-flannel",
			"10.0.0.0/15",
			[]string{"error service_prefix_out_of_range: x 10.0.0.0/15 share 10.0.0.0/15"},
		},
		"one that is too small": {
			"service",
			"ack-flannel",
			"10.0.0.0/25",
			[]string{"error service_prefix_out_of_range: x 10.0.0.0/25 share 10.0.0.0/25"},
		},
		"limits of IPv4 have no word on IPv6": {"service", "ack-flannel", "fd00::/112", nil},
		"an IPv6 Service range of CCE Turbo":  {"service", "cce-turbo", "fc00::/120", nil},
		"one that is too small there": {
			"service",
			"cce-turbo",
			"fc00::/121",
			[]string{"error service6_prefix_out_of_range: x fc00::/121 share fc00::/121"},
		},
		"one from elsewhere": {
			"service",
			"cce-turbo",
			"2001:db8::/112",
			[]string{"error service6_out_of_allowed_range: x 2001:db8::/112 share 2001:db8::/112"},
		},
		"a cluster CIDR block of TKE": {"pod", "tke-global-router", "10.0.0.0/10", nil},
		"one bit shorter": {
			"pod",
			"tke-global-router",
			"10.0.0.0/9",
			[]string{"error pod_prefix_out_of_range: x 10.0.0.0/9 share 10.0.0.0/9"},
		},
		"advice is a warning": {
			"pod",
			"cce-vpc-router",
			"172.16.0.0/24",
			[]string{"warn pod_prefix_out_of_range: x 172.16.0.0/24 share 172.16.0.0/24"},
		},
		"public addresses are one on CCE": {
			"pod",
			"cce-vpc-router",
			"20.0.0.0/16",
			[]string{"warn pod_out_of_allowed_range: x 20.0.0.0/16 share 20.0.0.0/16"},
		},
		"what Huawei Cloud needs": {
			"service",
			"cce-vpc-router",
			"198.19.0.0/16",
			[]string{
				"error service_in_forbidden_range: x 198.19.0.0/16 share 198.19.0.0/16",
				"warn service_out_of_allowed_range: x 198.19.0.0/16 share 198.19.0.0/16",
			},
		},
		"docker0 is a warning": {
			"pod",
			"kubernetes-overlay",
			"172.16.0.0/12",
			[]string{"warn pod_in_forbidden_range: x 172.16.0.0/12 share 172.17.0.0/16"},
		},
		"a Service range of kube-apiserver": {"service", "kubernetes-overlay", "10.96.0.0/12", nil},
		"one that it refuses": {
			"service",
			"kubernetes-overlay",
			"10.0.0.0/11",
			[]string{"error service_prefix_out_of_range: x 10.0.0.0/11 share 10.0.0.0/11"},
		},
		"an IPv6 Service range": {"service", "kubernetes-routed", "fd00::/112", nil},
		"one that is used in part": {
			"service",
			"kubernetes-routed",
			"fd00::/108",
			[]string{"allow service6_prefix_out_of_range: x fd00::/108 share fd00::/108"},
		},
		"one that is too large in IPv6": {
			"service",
			"kubernetes-routed",
			"fd00::/107",
			[]string{
				"error service6_prefix_out_of_range: x fd00::/107 share fd00::/107",
				"allow service6_prefix_out_of_range: x fd00::/107 share fd00::/107",
			},
		},
		"an IPv6 Pod range": {"pod", "kubernetes-routed", "fd00::/48", nil},
		"link-local Pods": {
			"pod",
			"kubernetes-routed",
			"fe80::/64",
			[]string{"error pod6_in_forbidden_range: x fe80::/64 share fe80::/64"},
		},
		"several forbidden ranges": {
			"pod",
			"kubernetes-routed",
			"224.0.0.0/3",
			[]string{
				"error pod_in_forbidden_range: x 224.0.0.0/3 share 224.0.0.0/4",
				"error pod_in_forbidden_range: x 224.0.0.0/3 share 240.0.0.0/4",
			},
		},
		"blocks of networks are not checked":   {"vpc", "", "100.64.0.0/10", nil},
		"nor sites":                            {"site", "", "169.254.0.0/16", nil},
		"nor routes":                           {"route", "", "100.64.0.0/10", nil},
		"nor reservations":                     {"reserved", "", "0.0.0.0/0", nil},
		"nor ranges that are to be chosen yet": {"pod", "ack-flannel", "", nil},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			c := claim(test.kind, "x", "home", test.profile)
			if c.Kind == conflict.Site {
				c.Network = "site"
			}
			if test.given != "" {
				c.Range = prefix(test.given)
			}
			wantLines(t, conflict.Ranges([]conflict.Claim{c}), test.want...)
		})
	}
}

// Advice on sizes is for the range that a cluster starts with; errors and forbidden ranges are for all.
func TestFurtherPodRangesDoNotFollowAdviceOnSizes(t *testing.T) {
	limit := func(level profile.Level) profile.Limit {
		return profile.Limit{
			Rule:    profile.Rule{Level: level, Text: "size"},
			Windows: []profile.Window{{CIDR: prefix("10.0.0.0/8"), Shortest: 12, Longest: 16}},
		}
	}
	for name, test := range map[string]struct {
		level profile.Level
		index int
		given string
		want  []string
	}{
		"advice on the first range": {
			profile.Warn, 0, "10.0.0.0/24", []string{"warn pod_prefix_out_of_range: x 10.0.0.0/24 share 10.0.0.0/24"},
		},
		"advice on a further range": {profile.Warn, 1, "10.0.0.0/24", nil},
		"a note on a further range": {profile.Allow, 2, "10.0.0.0/24", nil},
		"a limit of a further range": {
			profile.Error, 1, "10.0.0.0/24", []string{"error pod_prefix_out_of_range: x 10.0.0.0/24 share 10.0.0.0/24"},
		},
		"a further range that is not advised": {
			profile.Warn, 1, "11.0.0.0/16", []string{"warn pod_out_of_allowed_range: x 11.0.0.0/16 share 11.0.0.0/16"},
		},
		"a further range of a length that fits": {profile.Error, 1, "10.0.0.0/16", nil},
	} {
		t.Run(name, func(t *testing.T) {
			c := at(claim("pod", "x", "home", "ack-flannel"), test.given)
			c.Index, c.Profile = test.index, &profile.Profile{}
			c.Profile.Pods.Limits = []profile.Limit{limit(test.level)}
			wantLines(t, conflict.Ranges([]conflict.Claim{c}), test.want...)
		})
	}
}
