package profile_test

import (
	"maps"
	"net/netip"
	"testing"

	"github.com/cidrplan/terraform-provider-cidrplan/internal/profile"
)

// Each row is one value, from what a cluster holds and from what lacks the thing it needs.
func TestValuesAreMadeOfWhatIsHeld(t *testing.T) {
	shared, dynamic := fictitiousMany(t, "fictitious-shared"), fictitiousMany(t, "fictitious-dynamic")
	held := profile.Ranges{
		Pods: prefixes("10.0.0.0/16", "10.1.0.0/20"), Service: prefix("10.96.0.0/20"), NodeMask: 25,
		PodIPv6: prefix("fd00::/56"), ServiceIPv6: prefix("fd01::/112"), NodeIPv6Mask: 80,
	}
	single := profile.Ranges{Pods: held.Pods, Service: held.Service, NodeMask: 25}
	without := func(change func(*profile.Ranges)) profile.Ranges {
		r := held
		change(&r)
		return r
	}
	oneAddress := profile.Ranges{Service: prefix("10.96.0.0/32")}
	noPods := without(func(r *profile.Ranges) { r.Pods = nil })
	noService := without(func(r *profile.Ranges) { r.Service = netip.Prefix{} })
	noMask := without(func(r *profile.Ranges) { r.NodeMask = 0 })
	onlyServiceIPv6 := without(func(r *profile.Ranges) { r.PodIPv6 = netip.Prefix{} })
	onlyPodIPv6 := without(func(r *profile.Ranges) { r.ServiceIPv6 = netip.Prefix{} })
	onePod, three := held, held
	onePod.Pods, three.Pods = held.Pods[:1], prefixes("10.0.0.0/16", "10.1.0.0/20", "10.2.0.0/20")
	modes := *dynamic
	modes.Settings = map[string]string{"it": "overlay", "another": "vxlan"}
	dynamic = &modes
	const podPair, servicePair = "10.0.0.0/16,fd00::/56", "10.96.0.0/20,fd01::/112"
	tests := map[string]struct {
		value string
		p     *profile.Profile
		held  profile.Ranges
		want  string
	}{
		"the first of the platform's words":              {"word", shared, held, "shared"},
		"the word needs nothing":                         {"word", dynamic, profile.Ranges{}, "dynamic"},
		"the first Pod range":                            {"pod_cidr", dynamic, held, "10.0.0.0/16"},
		"no first Pod range":                             {"pod_cidr", dynamic, noPods, ""},
		"all Pod ranges":                                 {"pod_cidrs_comma", dynamic, held, "10.0.0.0/16,10.1.0.0/20"},
		"no Pod ranges":                                  {"pod_cidrs_comma", dynamic, noPods, ""},
		"the first Pod ranges of both families":          {"pod_cidrs_dual", dynamic, held, podPair},
		"the first Pod range of one family, no comma":    {"pod_cidrs_dual", dynamic, single, "10.0.0.0/16"},
		"a Pod range of IPv6 alone":                      {"pod_cidrs_dual", dynamic, noPods, "fd00::/56"},
		"no Pod ranges of either family":                 {"pod_cidrs_dual", dynamic, profile.Ranges{}, ""},
		"the Service range":                              {"service_cidr", dynamic, held, "10.96.0.0/20"},
		"no Service range":                               {"service_cidr", dynamic, noService, ""},
		"the Service range is shown where it is shared":  {"service_cidr", shared, held, "10.96.0.0/20"},
		"Service ranges of both families":                {"service_cidrs_dual", dynamic, held, servicePair},
		"a Service range of one family, without a comma": {"service_cidrs_dual", dynamic, single, "10.96.0.0/20"},
		"a Service range of IPv6 alone":                  {"service_cidrs_dual", dynamic, noService, "fd01::/112"},
		"the Service range of IPv6":                      {"service_ipv6_cidr", dynamic, held, "fd01::/112"},
		"no Service range of IPv6":                       {"service_ipv6_cidr", dynamic, single, ""},
		"a separate Service range":                       {"service_cidr_apart", dynamic, held, "10.96.0.0/20"},
		"no separate Service range":                      {"service_cidr_apart", dynamic, noService, ""},
		"a Service range in the Pod range is not given":  {"service_cidr_apart", shared, held, ""},
		"the addresses of the Service range":             {"service_addresses", shared, held, "4096"},
		"a Service range of one address":                 {"service_addresses", shared, oneAddress, "1"},
		"the addresses of no Service range":              {"service_addresses", shared, noService, ""},
		"the addresses of a node":                        {"node_addresses", shared, held, "128"},
		"the addresses of a node without a block":        {"node_addresses", shared, noMask, ""},
		"the mask":                        {"node_mask", dynamic, held, "25"},
		"no mask":                         {"node_mask", dynamic, noMask, ""},
		"the mask of a single family":     {"node_mask_single", dynamic, single, "25"},
		"no mask of a single family":      {"node_mask_single", dynamic, profile.Ranges{}, ""},
		"not for both families":           {"node_mask_single", dynamic, held, ""},
		"nor for Pods of IPv6 alone":      {"node_mask_single", dynamic, onlyPodIPv6, ""},
		"nor for Services of IPv6 alone":  {"node_mask_single", dynamic, onlyServiceIPv6, ""},
		"the mask of IPv6":                {"node_ipv6_mask", dynamic, held, "80"},
		"no mask of IPv6":                 {"node_ipv6_mask", dynamic, single, ""},
		"a flag for both families":        {"dual_flag", dynamic, held, "true"},
		"no flag for one family":          {"dual_flag", dynamic, single, ""},
		"a word for both families":        {"dual_word", dynamic, held, "both of them"},
		"no word for one family":          {"dual_word", dynamic, single, ""},
		"the Pod range of one family":     {"pod_cidr_single", dynamic, single, "10.0.0.0/16"},
		"not beside one of IPv6":          {"pod_cidr_single", dynamic, held, ""},
		"no Pod range of one family":      {"pod_cidr_single", dynamic, profile.Ranges{}, ""},
		"a pair of Pod ranges":            {"pod_cidrs_both", dynamic, held, "10.0.0.0/16,fd00::/56"},
		"no pair of Pod ranges":           {"pod_cidrs_both", dynamic, single, ""},
		"the Service range alone":         {"service_cidr_single", dynamic, single, "10.96.0.0/20"},
		"no Service range alone":          {"service_cidr_single", dynamic, held, ""},
		"a pair of Service ranges":        {"service_cidrs_both", dynamic, held, servicePair},
		"no pair of Service ranges":       {"service_cidrs_both", dynamic, single, ""},
		"names of Pod ranges":             {"pod_range_names", dynamic, three, "pods,pods-2,pods-3"},
		"the name of the first Pod range": {"pod_range_name", dynamic, three, "pods"},
		"no name of a Pod range":          {"pod_range_name", dynamic, noPods, ""},
		"the name of the Service range":   {"service_range_name", dynamic, held, "services"},
		"no name of a Service range":      {"service_range_name", dynamic, noService, ""},
		"no names of Pod ranges":          {"pod_range_names", dynamic, noPods, ""},
		"a named Pod and Service range":   {"named_ranges", dynamic, onePod, "pods=10.0.0.0/16,services=10.96.0.0/20"},
		"one further named Pod range": {
			"named_ranges", dynamic, held, "pods=10.0.0.0/16,services=10.96.0.0/20,pods-2=10.1.0.0/20",
		},
		"further named Pod ranges at the end": {
			"named_ranges", dynamic, three, "pods=10.0.0.0/16,services=10.96.0.0/20,pods-2=10.1.0.0/20,pods-3=10.2.0.0/20",
		},
		"a named Service range alone": {"named_ranges", dynamic, noPods, "services=10.96.0.0/20"},
		"named Pod ranges alone":      {"named_ranges", dynamic, noService, "pods=10.0.0.0/16,pods-2=10.1.0.0/20"},
		"a setting of the mode":       {"setting", dynamic, held, "overlay"},
		"a setting needs nothing":     {"setting", dynamic, profile.Ranges{}, "overlay"},
		"no setting of another mode":  {"setting", shared, held, ""},
		"the first Service address":   {"service_address_1", dynamic, held, "10.96.0.1"},
		"a range of one address has no further one": {
			"service_address_1",
			dynamic,
			profile.Ranges{Service: prefix("10.96.0.0/32")},
			"",
		},
		"the first address of no range": {"service_address_1", dynamic, noService, ""},
		"the tenth Service address":     {"service_address_10", dynamic, held, "10.96.0.10"},
		"a range of eight addresses has no tenth": {
			"service_address_10",
			dynamic,
			profile.Ranges{Service: prefix("10.96.0.0/29")},
			"",
		},
		"the tenth address of a range of the other family": {
			"service_address_10",
			dynamic,
			profile.Ranges{Service: prefix("fd01::/112")},
			"fd01::a",
		},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			output := profile.Output{Attributes: map[string]profile.OutputAttribute{
				"it": {Type: "string", Value: test.value, Word: "both of them"},
			}}
			want := map[string]string{"it": test.want}
			if test.want == "" {
				want = map[string]string{} // left out, not empty
			}
			if got := output.Values(test.p, profile.Filled{Ranges: test.held, BothFamilies: test.held.Dual()}); !maps.Equal(got, want) {
				t.Errorf("%s: got %v, want %v", test.value, got, want)
			}
		})
	}
}

// The range for a use that contains the Pod range is the one that the cluster gives, and else the Pod range.
func TestTheRangeOfAUse(t *testing.T) {
	output := profile.Output{Attributes: map[string]profile.OutputAttribute{"it": {Type: "string", Value: "other_range", Use: "around"}}}
	pods := prefixes("10.0.0.0/16", "10.1.0.0/16")
	for name, test := range map[string]struct {
		others map[string][]netip.Prefix
		want   string
	}{
		"given": {
			map[string][]netip.Prefix{"around": prefixes("10.0.0.0/8"), "join": prefixes("100.64.0.0/16")}, "10.0.0.0/8",
		},
		"given for another":  {map[string][]netip.Prefix{"join": prefixes("100.64.0.0/16")}, "10.0.0.0/16"},
		"given as no ranges": {map[string][]netip.Prefix{"around": nil}, "10.0.0.0/16"},
		"not given":          {nil, "10.0.0.0/16"},
	} {
		held := profile.Filled{Ranges: profile.Ranges{Pods: pods}, Others: test.others}
		if got := output.Values(fictitiousMany(t, "fictitious-dynamic"), held)["it"]; got != test.want {
			t.Errorf("%s: %q, want %q", name, got, test.want)
		}
	}
}

// The pair of both families must not be written into the array behind the Pod ranges.
func TestValuesLeaveWhatIsHeldAlone(t *testing.T) {
	array := prefixes("10.0.0.0/16", "10.1.0.0/16")
	held := profile.Ranges{Pods: array[:1], PodIPv6: prefix("fd00::/56")}
	output := profile.Output{Attributes: map[string]profile.OutputAttribute{"it": {Type: "string", Value: "pod_cidrs_dual"}}}
	if got := output.Values(fictitiousMany(t, "fictitious-dynamic"), profile.Filled{Ranges: held})["it"]; got != "10.0.0.0/16,fd00::/56" {
		t.Errorf("got %q", got)
	}
	if array[1] != prefix("10.1.0.0/16") {
		t.Errorf("the range behind became %v", array[1])
	}
}

func TestDualIsToHoldAnyIPv6(t *testing.T) {
	tests := map[string]struct {
		held profile.Ranges
		want bool
	}{
		"nothing":                  {profile.Ranges{}, false},
		"IPv4 alone":               {profile.Ranges{Pods: prefixes("10.0.0.0/16"), Service: prefix("10.96.0.0/20"), NodeMask: 24}, false},
		"Pods of IPv6":             {profile.Ranges{PodIPv6: prefix("fd00::/56")}, true},
		"Services of IPv6":         {profile.Ranges{ServiceIPv6: prefix("fd01::/112")}, true},
		"a mask alone is no range": {profile.Ranges{NodeIPv6Mask: 64}, false},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			if got := test.held.Dual(); got != test.want {
				t.Errorf("Dual: got %v, want %v", got, test.want)
			}
		})
	}
}
