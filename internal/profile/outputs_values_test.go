package profile_test

import (
	"maps"
	"net/netip"
	"testing"

	"github.com/cidrplan/terraform-provider-cidrplan/internal/profile"
)

// Each row is one value, from what a cluster holds and from what lacks the thing it needs.
func TestValuesAreMadeOfWhatIsHeld(t *testing.T) {
	ice, ocean := fixtureEuropa(t, "europa-ice"), fixtureEuropa(t, "europa-ocean")
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
	noPods := without(func(r *profile.Ranges) { r.Pods = nil })
	noService := without(func(r *profile.Ranges) { r.Service = netip.Prefix{} })
	noMask := without(func(r *profile.Ranges) { r.NodeMask = 0 })
	onlyServiceIPv6 := without(func(r *profile.Ranges) { r.PodIPv6 = netip.Prefix{} })
	onlyPodIPv6 := without(func(r *profile.Ranges) { r.ServiceIPv6 = netip.Prefix{} })
	const podPair, servicePair = "10.0.0.0/16,10.1.0.0/20,fd00::/56", "10.96.0.0/20,fd01::/112"
	tests := map[string]struct {
		value string
		p     *profile.Profile
		held  profile.Ranges
		want  string
	}{
		"the first of the platform's words":              {"word", ice, held, "ice"},
		"the word needs nothing":                         {"word", ocean, profile.Ranges{}, "ocean"},
		"the first Pod range":                            {"pod_cidr", ocean, held, "10.0.0.0/16"},
		"no first Pod range":                             {"pod_cidr", ocean, noPods, ""},
		"all Pod ranges":                                 {"pod_cidrs_comma", ocean, held, "10.0.0.0/16,10.1.0.0/20"},
		"no Pod ranges":                                  {"pod_cidrs_comma", ocean, noPods, ""},
		"Pod ranges of both families":                    {"pod_cidrs_dual", ocean, held, podPair},
		"Pod ranges of one family, without a comma":      {"pod_cidrs_dual", ocean, single, "10.0.0.0/16,10.1.0.0/20"},
		"a Pod range of IPv6 alone":                      {"pod_cidrs_dual", ocean, noPods, "fd00::/56"},
		"no Pod ranges of either family":                 {"pod_cidrs_dual", ocean, profile.Ranges{}, ""},
		"the Service range":                              {"service_cidr", ocean, held, "10.96.0.0/20"},
		"no Service range":                               {"service_cidr", ocean, noService, ""},
		"the Service range is shown where it is shared":  {"service_cidr", ice, held, "10.96.0.0/20"},
		"Service ranges of both families":                {"service_cidrs_dual", ocean, held, servicePair},
		"a Service range of one family, without a comma": {"service_cidrs_dual", ocean, single, "10.96.0.0/20"},
		"a Service range of IPv6 alone":                  {"service_cidrs_dual", ocean, noService, "fd01::/112"},
		"the Service range of IPv6":                      {"service_ipv6_cidr", ocean, held, "fd01::/112"},
		"no Service range of IPv6":                       {"service_ipv6_cidr", ocean, single, ""},
		"a separate Service range":                       {"service_cidr_apart", ocean, held, "10.96.0.0/20"},
		"no separate Service range":                      {"service_cidr_apart", ocean, noService, ""},
		"a Service range in the Pod range is not given":  {"service_cidr_apart", ice, held, ""},
		"the addresses of the Service range":             {"service_addresses", ice, held, "4096"},
		"a Service range of one address":                 {"service_addresses", ice, profile.Ranges{Service: prefix("10.96.0.0/32")}, "1"},
		"the addresses of no Service range":              {"service_addresses", ice, noService, ""},
		"the addresses of a node":                        {"node_addresses", ice, held, "128"},
		"the addresses of a node without a block":        {"node_addresses", ice, noMask, ""},
		"the mask":                        {"node_mask", ocean, held, "25"},
		"no mask":                         {"node_mask", ocean, noMask, ""},
		"the mask of a single family":     {"node_mask_single", ocean, single, "25"},
		"no mask of a single family":      {"node_mask_single", ocean, profile.Ranges{}, ""},
		"not for both families":           {"node_mask_single", ocean, held, ""},
		"nor for Pods of IPv6 alone":      {"node_mask_single", ocean, onlyPodIPv6, ""},
		"nor for Services of IPv6 alone":  {"node_mask_single", ocean, onlyServiceIPv6, ""},
		"the mask beside one of IPv6":     {"node_mask_dual", ocean, held, "25"},
		"also for Services of IPv6 alone": {"node_mask_dual", ocean, onlyServiceIPv6, "25"},
		"not for a single family":         {"node_mask_dual", ocean, single, ""},
		"no mask beside one of IPv6":      {"node_mask_dual", ocean, noMask, ""},
		"the mask of IPv6":                {"node_ipv6_mask", ocean, held, "80"},
		"no mask of IPv6":                 {"node_ipv6_mask", ocean, single, ""},
		"a flag for both families":        {"dual_flag", ocean, held, "true"},
		"no flag for one family":          {"dual_flag", ocean, single, ""},
		"a word for both families":        {"dual_word", ocean, held, "dual"},
		"no word for one family":          {"dual_word", ocean, single, ""},
		"the first Service address":       {"service_address_1", ocean, held, "10.96.0.1"},
		"a range of one address has no further one": {
			"service_address_1",
			ocean,
			profile.Ranges{Service: prefix("10.96.0.0/32")},
			"",
		},
		"the first address of no range": {"service_address_1", ocean, noService, ""},
		"the tenth Service address":     {"service_address_10", ocean, held, "10.96.0.10"},
		"a range of eight addresses has no tenth": {
			"service_address_10",
			ocean,
			profile.Ranges{Service: prefix("10.96.0.0/29")},
			"",
		},
		"the tenth address of a range of the other family": {
			"service_address_10",
			ocean,
			profile.Ranges{Service: prefix("fd01::/112")},
			"fd01::a",
		},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			output := profile.Output{Attributes: map[string]profile.OutputAttribute{"it": {Type: "string", Value: test.value}}}
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

// The pair of both families must not be written into the array behind the Pod ranges.
func TestValuesLeaveWhatIsHeldAlone(t *testing.T) {
	array := prefixes("10.0.0.0/16", "10.1.0.0/16")
	held := profile.Ranges{Pods: array[:1], PodIPv6: prefix("fd00::/56")}
	output := profile.Output{Attributes: map[string]profile.OutputAttribute{"it": {Type: "string", Value: "pod_cidrs_dual"}}}
	if got := output.Values(fixtureEuropa(t, "europa-ocean"), profile.Filled{Ranges: held})["it"]; got != "10.0.0.0/16,fd00::/56" {
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
