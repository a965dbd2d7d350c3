package rules_test

import (
	"slices"
	"strings"
	"testing"

	"github.com/cidrplan/terraform-provider-cidrplan/internal/profile"
	"github.com/cidrplan/terraform-provider-cidrplan/internal/rules"
)

// Tests of the planner look for what findings rest on among the bases; these say what is there.
func TestWhatRulesRestOn(t *testing.T) {
	tests := map[string]struct {
		code, of, want string // the first words of the rule, after its level
	}{
		"a pair of a profile": {
			"service_overlaps_vpc",
			"ack-terway",
			"error on ACK the Service range must not overlap the VPC",
		},
		"a pair of two modes": {"pod_overlaps_cluster_pod", "cce-overlay", "warn only clusters with the VPC network"},
		"a pair of two modes, joined": {
			"pod_overlaps_peer_pod",
			"cce-overlay",
			"error container CIDR blocks of clusters with different",
		},
		"a host network is the same pair": {
			"service_overlaps_host_network",
			"ack-terway",
			"error on ACK the Service range must not overlap the VPC",
		},
		"advice": {
			"service_overlaps_cluster_service",
			"ack-flannel",
			"warn the ACK planning guide allows Service ranges",
		},
		"a cap":                            {"nodes_over_cap", "ack-terway", "warn an ACK cluster has up to 5,000 nodes"},
		"Pods of a cluster":                {"pods_over_cap", "cce-turbo", "error a CCE Turbo cluster supports"},
		"a forbidden range":                {"pod_in_forbidden_range", "ack-flannel", "error Alibaba Cloud uses 100.64.0.0/10"},
		"what nothing can use":             {"service6_in_forbidden_range", "cce-turbo", "error fe80::/10 is link-local"},
		"a limit of IPv6":                  {"service6_out_of_allowed_range", "cce-turbo", "error CCE Turbo accepts IPv6 Service ranges"},
		"a limit of Pod subnets":           {"pod_subnet_prefix_out_of_range", "ack-terway", "error ACK accepts Pod vSwitches of /25"},
		"nodes in subnets":                 {"node_subnets_too_small", "alicloud", "warn Alibaba Cloud reserves the first address"},
		"nodes where no platform has word": {"node_subnets_too_small", "generic", "warn each node uses an address"},
		"networks that are joined":         {"vpc_overlaps_peer", "huaweicloud", "error VPCs that are connected"},
		"a hub": {
			"vpc_overlaps_peer",
			"hub er",
			"error VPCs that reach each other through an enterprise router",
		},
		"a hub with a protection level": {"vpc_overlaps_peer", "hub cen REDUCED", "error a CEN with protection level REDUCED"},
		"a hub that compares subnets":   {"subnet_overlaps_peer", "hub ccn", "error a CCN compares subnets"},
		"an IPv6 mask": {
			"node6_mask_difference_over_16",
			"kubernetes-routed",
			"error kube-controller-manager accepts an IPv6 node mask",
		},
		"a mask":                       {"node_mask_difference_over_16", "kubernetes-routed", "error kubeadm accepts a node mask"},
		"what the configuration keeps": {"pod_overlaps_reserved", "", "error the configuration reserves this range"},
		"a note": {
			"service6_prefix_out_of_range",
			"kubernetes-overlay",
			"allow the Service allocator uses at most a /112",
		},
		"a claim without a profile": {
			"pod_overlaps_peer",
			"claims without a profile",
			"warn Pods that are routed must not have addresses of a connected network",
		},
		"what a third network sees": {"ambiguous_at_third", "tke-global-router", "error "},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			if !slices.ContainsFunc(rules.Bases(test.code, profile.Default()), func(b rules.Basis) bool {
				return strings.HasPrefix(b.Level.String()+" "+b.Text, test.want) &&
					(test.of == "" && b.Of == nil || slices.Contains(b.Of, test.of))
			}) {
				t.Errorf("%s does not rest on %q of %q: %+v", test.code, test.want, test.of, rules.Bases(test.code, profile.Default()))
			}
		})
	}
	for name, test := range map[string]struct{ code, of string }{
		"who allows it":                          {"service_overlaps_cluster_service", "cce-overlay"},
		"Pods that no route leads to":            {"pod_overlaps_peer_route", "cce-overlay"},
		"Pods that a third network does not see": {"ambiguous_at_third", "kubernetes-overlay"},
		"a hub that compares blocks":             {"subnet_overlaps_peer", "hub er"},
		"a cluster whose Pods use subnets":       {"pod_overlaps_vpc", "cce-turbo"},
	} {
		t.Run("not "+name, func(t *testing.T) {
			for _, b := range rules.Bases(test.code, profile.Default()) {
				if slices.Contains(b.Of, test.of) {
					t.Errorf("%s rests on %q of %s", test.code, b.Text, test.of)
				}
			}
		})
	}
}

func TestEveryRuleRestsOnSomethingThatIsCited(t *testing.T) {
	catalog := profile.Default()
	for _, code := range rules.Codes(catalog) {
		all := rules.Bases(code, catalog)
		if len(all) == 0 {
			t.Errorf("no profile has %s", code)
		}
		for i, b := range all {
			if b.Text == "" || b.Of != nil && catalog.Cite(b.Rule) == "" {
				t.Errorf("%s: %+v", code, b)
			}
			if b.Confidence == "derived" && b.Reason == "" {
				t.Errorf("%s: a derived rule without a reason for its level: %s", code, b.Text)
			}
			if slices.ContainsFunc(all[:i], func(o rules.Basis) bool { return o.Text == b.Text && o.Level == b.Level }) {
				t.Errorf("%s rests on one thing twice: %s", code, b.Text)
			}
		}
	}
}
