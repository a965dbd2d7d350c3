package profile_test

import (
	"math"
	"testing"

	"github.com/cidrplan/terraform-provider-cidrplan/internal/profile"
)

func TestServiceSizeOfOtherModes(t *testing.T) {
	type need = profile.Need
	tests := map[string]struct {
		profile string
		need    need
		length  int
		fault   string
	}{
		"addresses count, so 256 fill a /24": {"fictitious-shared", need{MaxServices: 256}, 24, ""},
		"257 do not":                         {"fictitious-shared", need{MaxServices: 257}, 23, ""},
		"by default there is room for 256":   {"fictitious-shared", need{}, 24, ""},
		"one gets the 32 that are the least": {"fictitious-shared", need{MaxServices: 1}, 27, ""},
		"32,768 are the most":                {"fictitious-shared", need{MaxServices: 32768}, 17, ""},
		"32,769 are too many": {
			"fictitious-shared",
			need{MaxServices: 32769},
			0,
			"max_services = 32769 is outside 1 to 32768, because of the platform's limits",
		},
		"a length is given": {"fictitious-shared", need{ServiceLength: 17}, 17, ""},
		"no length is that short": {
			"fictitious-shared",
			need{ServiceLength: 16},
			0,
			"service_prefix_length = 16 is outside 17 to 27, because of the platform's limits",
		},
		"a length in a shared range is bound as well": {
			"fictitious-shared",
			need{ServiceLength: 28},
			0,
			"service_prefix_length = 28 is outside 17 to 27, because of the platform's limits",
		},
		"the given length holds addresses": {"fictitious-shared", need{ServiceLength: 27, MaxServices: 32}, 27, ""},
		"the given length does not hold the Services": {
			"fictitious-shared",
			need{ServiceLength: 27, MaxServices: 33},
			27,
			"max_services = 33 is outside 1 to 32, because service_prefix_length = 27 holds 32",
		},
		"usable ones count where nothing else is said": {"fictitious-dynamic", need{MaxServices: 255}, 23, ""},
		"what is lost is the platform's to say":        {"fictitious-subnets", need{MaxServices: 255}, 24, ""},
		"two addresses hold none": {
			"fictitious-dynamic",
			need{ServiceLength: 31},
			31,
			"max_services = 1 is outside 1 to 0, because service_prefix_length = 31 holds 0",
		},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			length, err := fictitiousMany(t, test.profile).ServiceSize(test.need)
			if length != test.length || fault(err) != test.fault {
				t.Errorf("ServiceSize(%+v):\n got /%d, %q\nwant /%d, %q", test.need, length, fault(err), test.length, test.fault)
			}
		})
	}
}

// A bound on what is chosen has a rule of its own, unless a limit binds more.
func TestServiceSizeCitesTheRuleThatBinds(t *testing.T) {
	shared, inSubnets := fictitiousMany(t, "fictitious-shared"), fictitiousMany(t, "fictitious-subnets")
	shortest := func(length int) *profile.Profile {
		return changed(inSubnets, func(p *profile.Profile) { p.Services.SizedShortest, p.Services.SizedRule.Text = length, "sized" })
	}
	limit := inSubnets.Services.Limits[0].Text
	tests := map[string]struct {
		p     *profile.Profile
		need  profile.Need
		least int64
		want  string
	}{
		"a bound without any limits":     {shared, profile.Need{MaxServices: 1 << 20}, 1, "this mode takes 32 to 32768 Services"},
		"a bound on a length":            {shared, profile.Need{ServiceLength: 16}, 17, "this mode takes 32 to 32768 Services"},
		"a bound that binds more":        {shortest(20), profile.Need{ServiceLength: 19}, 20, "sized"},
		"a bound that binds as much":     {shortest(16), profile.Need{ServiceLength: 15}, 16, limit},
		"a bound that binds less":        {shortest(12), profile.Need{ServiceLength: 15}, 16, limit},
		"limits without any such bounds": {inSubnets, profile.Need{ServiceLength: 15}, 16, limit},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			_, err := test.p.ServiceSize(test.need)
			if err == nil {
				t.Fatal("no fault")
			}
			if err.Rule.Text != test.want || err.Min != test.least {
				t.Errorf("%v cites %q, want %q from %d", err, err.Rule.Text, test.want, test.least)
			}
		})
	}
}

func TestServiceSizeAtTheBoundaries(t *testing.T) {
	type need = profile.Need
	tests := map[string]struct {
		profile string
		need    need
		length  int
		fault   string
	}{
		"by default there is room for 1,000": {"ack-flannel", need{}, 22, ""},
		"1,022 fill a /22":                   {"ack-flannel", need{MaxServices: 1022}, 22, ""},
		"1,023 do not":                       {"ack-flannel", need{MaxServices: 1023}, 21, ""},
		"ACK, 254 fill the smallest":         {"ack-flannel", need{MaxServices: 254}, 24, ""},
		"ACK, 255 do not":                    {"ack-flannel", need{MaxServices: 255}, 23, ""},
		"ACK, one gets the smallest":         {"ack-flannel", need{MaxServices: 1}, 24, ""},
		"ACK, 65,534 fill the largest":       {"ack-flannel", need{MaxServices: 65534}, 16, ""},
		"ACK, 65,535 are too many": {
			"ack-flannel",
			need{MaxServices: 65535},
			0,
			"max_services = 65535 is outside 1 to 65534, because of the platform's limits",
		},
		"ACK, more than can be counted": {
			"ack-flannel",
			need{MaxServices: math.MaxInt64},
			0,
			"max_services = 9223372036854775807 is outside 1 to 65534, because of the platform's limits",
		},
		"ACK, a length is given":  {"ack-flannel", need{ServiceLength: 16}, 16, ""},
		"ACK, the longest length": {"ack-flannel", need{ServiceLength: 24}, 24, ""},
		"ACK, no length is that short": {
			"ack-flannel",
			need{ServiceLength: 15},
			0,
			"service_prefix_length = 15 is outside 16 to 24, because of the platform's limits",
		},
		"ACK, no length is that long": {
			"ack-flannel",
			need{ServiceLength: 25},
			0,
			"service_prefix_length = 25 is outside 16 to 24, because of the platform's limits",
		},
		"the given length holds the Services": {"ack-flannel", need{ServiceLength: 24, MaxServices: 254}, 24, ""},
		"the given length does not hold the Services": {
			"ack-flannel",
			need{ServiceLength: 24, MaxServices: 255},
			24,
			"max_services = 255 is outside 1 to 254, because service_prefix_length = 24 holds 254",
		},
		"CCE, one gets a /24, as on ACK": {"cce-vpc-router", need{MaxServices: 1}, 24, ""},
		"CCE, 255 do not fit there":      {"cce-vpc-router", need{MaxServices: 255}, 23, ""},
		"CCE, smaller only when asked":   {"cce-vpc-router", need{ServiceLength: 28}, 28, ""},
		"CCE, a length that holds none": {
			"cce-vpc-router",
			need{ServiceLength: 32},
			32,
			"max_services = 1 is outside 1 to 0, because service_prefix_length = 32 holds 0",
		},
		"Kubernetes, 14 fill the smallest":      {"kubernetes-overlay", need{MaxServices: 14}, 28, ""},
		"Kubernetes, 15 do not":                 {"kubernetes-overlay", need{MaxServices: 15}, 27, ""},
		"Kubernetes, 20 host bits are the most": {"kubernetes-overlay", need{MaxServices: 1<<20 - 2}, 12, ""},
		"Kubernetes, 20 host bits are not enough": {
			"kubernetes-overlay",
			need{MaxServices: 1<<20 - 1},
			0,
			"max_services = 1048575 is outside 1 to 1048574, because of the platform's limits",
		},
		"Kubernetes, no length is that short": {
			"kubernetes-overlay",
			need{ServiceLength: 11},
			0,
			"service_prefix_length = 11 is outside 12 to 28, because of the platform's limits",
		},
		"Kubernetes, no length is that long": {
			"kubernetes-overlay",
			need{ServiceLength: 29},
			0,
			"service_prefix_length = 29 is outside 12 to 28, because of the platform's limits",
		},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			length, err := shipped(t, test.profile).ServiceSize(test.need)
			if length != test.length || fault(err) != test.fault {
				t.Errorf("ServiceSize(%+v):\n got /%d, %q\nwant /%d, %q", test.need, length, fault(err), test.length, test.fault)
			}
		})
	}
}
