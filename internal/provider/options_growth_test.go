package provider

import (
	"fmt"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/cidrplan/terraform-provider-cidrplan/internal/allocate"
	"github.com/cidrplan/terraform-provider-cidrplan/internal/messages"
)

// grownCluster is a cluster that was applied with some arguments one after the other, and edits of its arguments.
type grownCluster struct {
	platform, profile string
	applied           []given
	// changes are edits of its arguments.
	changes []given
}

// grownClusters hold several ranges, or one that their platform extends.
var grownClusters = map[string]grownCluster{
	"pins of Pods and Services": {
		platform: "alicloud", profile: "kubernetes-overlay",
		applied: []given{{
			"max_nodes": int64(8), "node_cidr_mask": int64(24), "append_ranges": []string{"pods", "services"}, "max_services": int64(300),
			"pod_cidrs": []string{"10.65.0.0/22", "10.66.0.0/22"}, "service_cidr": "172.21.0.0/24",
			"further_service_cidrs": []string{"172.22.0.0/24", "172.23.0.0/24"},
		}},
		changes: []given{
			{"max_nodes": int64(9)}, {"max_nodes": nil}, {"max_services": int64(900)}, {"append_ranges": nil},
			{"append_ranges": []string{"pods"}}, {"append_ranges": []string{"services"}},
			{"pod_cidrs": nil}, {"pod_cidrs": []string{"10.65.0.0/22"}}, {"pod_cidrs": []string{"10.66.0.0/22"}},
			{"pod_cidrs": []string{"10.66.0.0/22", "10.65.0.0/22"}}, {"pod_cidrs": []string{"10.65.0.0/22", "10.65.0.0/22"}},
			{"pod_cidrs": []string{"10.65.0.0/22", "10.67.0.0/22"}}, {"pod_cidrs": []string{"10.65.0.0/22", "fd00::/64"}},
			{"pod_cidrs": []string{"10.65.0.0/22", "10.66.0.0/22", "10.67.0.0/22"}}, {"pod_cidrs": []string{"10.65.0.0/28"}},
			{"further_service_cidrs": nil}, {"further_service_cidrs": []string{"172.22.0.0/24"}},
			{"further_service_cidrs": []string{"172.23.0.0/24"}}, {"further_service_cidrs": []string{"172.22.0.0/24", "172.22.0.0/24"}},
			{"further_service_cidrs": []string{"172.22.0.0/24", "172.21.0.0/24"}}, {"further_service_cidrs": []string{"fd00::/112"}},
			{"service_cidr": nil}, {"service_cidr": "172.21.4.0/24"}, {"service_cidr": "172.22.0.0/24"}, {"pod_prefix_length": int64(20)},
			{"service_prefix_length": int64(22)}, {"ip_families": []string{"ipv4", "ipv6"}}, {"node_cidr_mask": int64(25)},
			{"further_pod_ipv6_cidrs": []string{"fd00:1::/64"}}, {"pod_ipv6_cidr": "fd00::/64"},
			{"pod_cidrs": []string{"10.65.0.0/22"}, "max_nodes": int64(9)},
			{"pod_cidrs": []string{"10.66.0.0/22"}, "max_nodes": int64(9)},
			{"pod_cidrs": []string{"10.66.0.0/22"}, "further_service_cidrs": []string{"172.22.0.0/24"}},
			{"pod_cidrs": []string{"10.65.0.0/22"}, "ip_families": []string{"ipv4", "ipv6"}},
			{"further_service_cidrs": []string{"172.23.0.0/24"}, "max_services": int64(900)},
			{"further_service_cidrs": []string{"172.22.0.0/24", "172.22.0.0/24"}, "pod_cidrs": []string{"10.65.0.0/22", "10.65.0.0/22"}},
		},
	},
	"ranges of both families that grew twice": {
		platform: "alicloud", profile: "kubernetes-overlay",
		applied: []given{
			{
				"max_nodes": int64(8), "append_ranges": []string{"pods", "services"}, "max_services": int64(200),
				"pod_ipv6_cidr": "fd00:1::/61", "service_ipv6_cidr": "fd00:2::/120", "ip_families": []string{"ipv4", "ipv6"},
			},
			{
				"max_nodes": int64(16), "append_ranges": []string{"pods", "services"}, "max_services": int64(300),
				"pod_ipv6_cidr": "fd00:1::/61", "service_ipv6_cidr": "fd00:2::/120", "ip_families": []string{"ipv4", "ipv6"},
				"further_pod_ipv6_cidrs": []string{"fd00:3::/61"}, "further_service_ipv6_cidrs": []string{"fd00:4::/120"},
			},
		},
		changes: []given{
			{"max_nodes": int64(40)}, {"max_services": int64(900)}, {"append_ranges": nil}, {"append_ranges": []string{"pods"}},
			{"ip_families": nil}, {"ip_families": []string{"ipv6", "ipv4"}}, {"ip_families": []string{"ipv6"}},
			{"further_pod_ipv6_cidrs": []string{"fd00:5::/61"}}, {"further_service_ipv6_cidrs": []string{"fd00:2::/120"}},
			{"further_service_ipv6_cidrs": nil}, {"pod_ipv6_cidr": nil}, {"service_ipv6_cidr": "fd00:6::/120"},
			{"pod_cidrs": []string{"10.65.0.0/22"}}, {"further_service_cidrs": []string{"172.23.0.0/24"}},
		},
	},
	"Pod ranges that CCE appends": {
		platform: "huaweicloud", profile: "cce-vpc-router",
		applied: []given{{
			"max_nodes": int64(100), "node_cidr_mask": int64(24), "pod_cidrs": []string{"10.65.0.0/18", "10.66.0.0/18"},
			"service_cidr": "172.21.0.0/20",
		}},
		changes: []given{
			{"pod_cidrs": []string{"10.65.0.0/18"}}, {"pod_cidrs": []string{"10.66.0.0/18", "10.65.0.0/18"}},
			{"pod_cidrs": []string{"10.65.0.0/18", "10.65.0.0/19"}}, {"pod_cidrs": []string{"10.67.0.0/18"}}, {"pod_cidrs": nil},
			{"max_nodes": int64(400)}, {"append_ranges": []string{"pods"}}, {"append_ranges": []string{"services"}},
			{"further_service_cidrs": []string{"172.22.0.0/20"}}, {"node_cidr_mask": int64(25)}, {"service_cidr": "172.22.0.0/20"},
		},
	},
	"a Pod range that AKS extends": {
		platform: "azure", profile: "aks-overlay",
		applied: []given{{"max_nodes": int64(8), "pod_cidrs": []string{"10.65.0.0/20"}, "service_cidr": "172.21.0.0/20"}},
		changes: []given{
			{"pod_cidrs": []string{"10.65.0.0/18"}}, {"pod_cidrs": []string{"10.65.0.0/21"}}, {"pod_cidrs": []string{"10.66.0.0/18"}},
			{"pod_cidrs": []string{"10.65.0.0/20", "10.66.0.0/20"}}, {"pod_cidrs": []string{"10.66.0.0/20", "10.65.0.0/20"}},
			{"pod_cidrs": nil}, {"max_nodes": int64(40)}, {"append_ranges": []string{"pods"}}, {"service_cidr": "172.22.0.0/20"},
			{"pod_prefix_length": int64(18)},
		},
	},
	"a Pod range that nothing extends": {
		platform: "alicloud", profile: "ack-flannel",
		applied: []given{{"max_nodes": int64(8), "pod_cidrs": []string{"10.65.0.0/20"}, "service_cidr": "172.21.0.0/20"}},
		changes: []given{
			{"pod_cidrs": []string{"10.66.0.0/20", "10.65.0.0/20"}}, {"pod_cidrs": []string{"10.65.0.0/20", "10.66.0.0/20"}},
			{"pod_cidrs": []string{"10.66.0.0/20"}}, {"pod_cidrs": []string{"10.65.0.0/24"}}, {"max_nodes": int64(400)},
			{"append_ranges": []string{"pods", "services"}}, {"further_service_cidrs": []string{"172.22.0.0/20"}},
			{"ip_families": []string{"ipv4", "ipv6"}}, {"pod_ipv6_cidr": "fd00::/56"},
		},
	},
	"a Pod range that has the Services": {
		platform: "tencentcloud", profile: "tke-global-router",
		applied: []given{{
			"max_nodes": int64(8), "node_cidr_mask": int64(26), "max_services": int64(200), "pod_cidrs": []string{"10.65.0.0/20"},
		}},
		changes: []given{
			{"service_cidr": "10.65.15.0/24"}, {"service_cidr": "10.65.14.0/23"}, {"pod_cidrs": []string{"10.65.0.0/20", "10.66.0.0/20"}},
			{"pod_cidrs": []string{"10.66.0.0/20", "10.65.0.0/20"}}, {"pod_cidrs": []string{"10.65.0.0/24"}}, {"max_nodes": int64(400)},
			{"max_services": int64(900)}, {"append_ranges": []string{"pods"}},
		},
	},
}

// errorsOf are the errors that users see of a configuration: those of the validation, or else those of the plan.
func (s problemStory) errorsOf(g given, prior *allocate.Prior) []messages.Message {
	r, unread := s.request(g)
	found := s.writer().FaultMessages(validationFaults(r, unread, s.writer().Catalog, allocate.DependsOnPrior))
	if len(found) == 0 {
		found, _, _ = s.planned(g, prior)
	}
	return slices.DeleteFunc(found, func(m messages.Message) bool { return m.Warn })
}

// hasMessage says whether there is a message of a title at an argument, whichever element of it.
func hasMessage(found []messages.Message, m messages.Message) bool {
	argument := func(m messages.Message) string { return m.At[:min(len(m.At), 3)].String() }
	return slices.ContainsFunc(found, func(o messages.Message) bool { return o.Summary == m.Summary && argument(o) == argument(m) })
}

// withAdded is an option with ranges in place of those that it describes.
func withAdded(option string) string {
	number := 0
	option = regexp.MustCompile(`(set \S+) to (an IPv[46] range of)`).ReplaceAllString(option, "$1 = $2")
	return regexp.MustCompile(`an IPv([46]) range of /(\d+) or shorter`).ReplaceAllStringFunc(option, func(text string) string {
		number++
		length := strings.TrimSuffix(text[strings.Index(text, "/")+1:], " or shorter")
		if strings.HasPrefix(text, "an IPv6") {
			return fmt.Sprintf(`"fd00:99:%d::/%s"`, number, length)
		}
		return fmt.Sprintf(`"10.%d.0.0/%s"`, 96+4*number, length)
	})
}

// followAll follows each option of each error of a cluster with a change, and returns how many it followed.
func (c grownCluster) followAll(t *testing.T, change given, prior *allocate.Prior) (followed int) {
	t.Helper()
	s := problemStory{}
	config := s.whole(shopOn(c.platform, c.profile, with2(c.applied[len(c.applied)-1], change)))
	before := s.errorsOf(config, prior)
	for _, m := range before {
		for _, option := range optionsOf(m.Detail) {
			now, _, _ := strings.Cut(option, ", and apply. Then ")
			for _, g := range (follower{t: t}).follow(config, withAdded(now)) {
				followed++
				for _, after := range s.errorsOf(g, prior) {
					if after.Detail == m.Detail || !hasMessage(before, after) {
						t.Errorf("after %v: %s\nof the message\n%s\nthere is:\n%s", change, option, m.String(), after.String())
					}
				}
			}
		}
	}
	return followed
}

// What the messages on a cluster that grew advise resolves them, also where the validation reports them, which has no state.
func TestOptionsOfClustersThatGrewResolve(t *testing.T) {
	for name, c := range grownClusters {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			var prior *allocate.Prior
			for _, cluster := range c.applied {
				s := problemStory{}
				found, r, result := s.planned(s.whole(shopOn(c.platform, c.profile, cluster)), prior)
				if messages.Refuses(found) {
					t.Fatalf("not applied:\n%s", all(found))
				}
				prior = priorTo(r, result)
			}
			followed := 0
			for _, change := range c.changes {
				followed += c.followAll(t, change, prior)
			}
			if followed < len(c.changes) {
				t.Errorf("only %d options were followed", followed)
			}
		})
	}
}
