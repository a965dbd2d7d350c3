package conflict_test

import (
	"net/netip"
	"slices"
	"strings"
	"testing"

	"github.com/cidrplan/terraform-provider-cidrplan/internal/cidr"
	"github.com/cidrplan/terraform-provider-cidrplan/internal/conflict"
	"github.com/cidrplan/terraform-provider-cidrplan/internal/profile"
)

// rangeOf is a range of a cluster that uses no ranges beside Pods and Services.
func rangeOf(p *profile.Profile, kind conflict.Kind) conflict.Claim {
	return conflict.Claim{Kind: kind, ClusterRange: conflict.ClusterRange{Profile: p}}
}

func TestAllowedRangesMayBeAllocated(t *testing.T) {
	private := prefixes("10.0.0.0/8", "172.16.0.0/12", "192.168.0.0/16")
	withoutDocker := prefixes("10.0.0.0/8", "172.16.0.0/16", "172.18.0.0/15", "172.20.0.0/14", "172.24.0.0/13", "192.168.0.0/16")
	tests := map[string]struct {
		profile string
		kind    conflict.Kind
		length  int
		from    []netip.Prefix
		want    []netip.Prefix
	}{
		"ACK takes all private ranges": {"ack-flannel", conflict.Pod, 16, private, private},
		"but no /9 outside 10.0.0.0/8": {"ack-flannel", conflict.Pod, 9, private, prefixes("10.0.0.0/8")},
		"and nothing public":           {"ack-flannel", conflict.Pod, 16, prefixes("20.0.0.0/8"), nil},
		"of a supernet only the private part": {
			"ack-flannel",
			conflict.Service,
			20,
			prefixes("172.0.0.0/8"),
			prefixes("172.16.0.0/12"),
		},
		"no length that the platform has nowhere": {"ack-flannel", conflict.Service, 25, private, nil},
		"nor one that is too short":               {"ack-flannel", conflict.Service, 15, private, nil},
		"Services have limits of their own": {
			"ack-flannel",
			conflict.Service,
			24,
			prefixes("192.168.4.0/22"),
			prefixes("192.168.4.0/22"),
		},
		"CCE advises 10.0.0.0/8 for a /14": {"cce-vpc-router", conflict.Pod, 14, private, prefixes("10.0.0.0/8")},
		"all but docker0's for a /19":      {"cce-vpc-router", conflict.Pod, 19, private, withoutDocker},
		"a length beyond the advice keeps its ranges": {
			"cce-vpc-router",
			conflict.Pod,
			24,
			append(prefixes("20.0.0.0/8"), private...),
			withoutDocker,
		},
		"what the platform needs is left out": {
			"kubernetes-overlay",
			conflict.Pod,
			20,
			prefixes("172.16.0.0/15"),
			prefixes("172.16.0.0/16"),
		},
		"also where it covers the supernet": {"kubernetes-overlay", conflict.Service, 20, prefixes("172.17.64.0/18"), nil},
		"also what no network can use": {
			"kubernetes-overlay",
			conflict.Pod,
			10,
			prefixes("112.0.0.0/4"),
			prefixes("112.0.0.0/5", "120.0.0.0/6", "124.0.0.0/7", "126.0.0.0/8"),
		},
		"the private part of what is public as well": {
			"kubernetes-overlay",
			conflict.Pod,
			16,
			prefixes("96.0.0.0/3"),
			prefixes("100.64.0.0/10"),
		},
		"self-managed clusters may have public ranges": {
			"kubernetes-overlay",
			conflict.Pod,
			16,
			prefixes("20.0.0.0/8"),
			prefixes("20.0.0.0/8"),
		},
		"Huawei Cloud needs 100.64.0.0/10": {"cce-vpc-router", conflict.Service, 20, prefixes("100.0.0.0/8"), nil},
		"the families are kept apart": {
			"kubernetes-overlay",
			conflict.Pod,
			24,
			prefixes("fd00::/48", "10.1.0.0/16"),
			prefixes("10.1.0.0/16"),
		},
		"no supernets, no room": {"ack-flannel", conflict.Pod, 16, nil, nil},
		"supernets that overlap are one": {
			"ack-flannel",
			conflict.Pod,
			16,
			prefixes("10.1.0.0/16", "10.0.0.0/8"),
			prefixes("10.0.0.0/8"),
		},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			got := conflict.AllowedRanges(rangeOf(shipped(test.profile), test.kind), test.length, cidr.V4, test.from)
			if !slices.Equal(got.Prefixes(), test.want) {
				t.Errorf("Room: got %v, want %v", got.Prefixes(), test.want)
			}
		})
	}
}

func TestAllowedIPv6Ranges(t *testing.T) {
	unique, public := prefixes("fd00::/48"), prefixes("2001:db8::/48")
	tests := map[string]struct {
		profile string
		kind    conflict.Kind
		length  int
		from    []netip.Prefix
		want    []netip.Prefix
	}{
		"the families are kept apart": {
			"kubernetes-routed",
			conflict.Pod,
			56,
			append(prefixes("10.0.0.0/8"), unique...),
			unique,
		},
		"public addresses are as good":               {"kubernetes-routed", conflict.Pod, 56, public, public},
		"a length that kube-apiserver does not take": {"kubernetes-routed", conflict.Service, 125, unique, nil},
		"one that it takes":                          {"kubernetes-routed", conflict.Service, 124, unique, unique},
		"site-local addresses are left out":          {"kubernetes-routed", conflict.Pod, 56, prefixes("fec0::/9"), nil},
		"the rest of a range around them is left":    {"kubernetes-routed", conflict.Pod, 56, prefixes("fe00::/9"), prefixes("fe00::/9")},
		"CCE Turbo takes fc00::/8 only": {
			"cce-turbo",
			conflict.Service,
			112,
			append(prefixes("fc00:1::/48"), unique...),
			prefixes("fc00:1::/48"),
		},
		"and only its lengths":                        {"cce-turbo", conflict.Service, 111, prefixes("fc00::/8"), nil},
		"limits of IPv4 alone bind no IPv6":           {"ccse-calico", conflict.Pod, 56, unique, unique},
		"no IPv4 in the room, though no limit is set": {"two-routes", conflict.Pod, 56, append(prefixes("10.0.0.0/8"), unique...), unique},
		"and the other way round": {
			"two-routes IPv4",
			conflict.Pod,
			24,
			append(prefixes("10.0.0.0/8"), unique...),
			prefixes("10.0.0.0/8"),
		},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			family := cidr.V6
			p, ok := fixturePlatforms(t).Profile(strings.TrimSuffix(test.profile, " IPv4"))
			if !ok {
				p = shipped(test.profile)
			} else if strings.HasSuffix(test.profile, " IPv4") {
				family = cidr.V4
			}
			if got := conflict.AllowedRanges(rangeOf(p, test.kind), test.length, family, test.from); !slices.Equal(
				got.Prefixes(),
				test.want,
			) {
				t.Errorf("Room: got %v, want %v", got.Prefixes(), test.want)
			}
		})
	}
}

// Nothing that is allocated is refused: every range of the length in the room has no finding,
// except that advice gives way to a length that was asked for.
func TestRangesAcceptsAllowedRanges(t *testing.T) {
	from := prefixes("0.0.0.0/0")
	for _, name := range []string{"ack-flannel", "cce-vpc-router", "kubernetes-overlay", "kubernetes-routed"} {
		for _, word := range []string{"pod", "service"} {
			for length := 8; length <= 28; length++ {
				c := claim(word, "x", "home", name)
				for _, room := range conflict.AllowedRanges(c, length, cidr.V4, from).Prefixes() {
					if room.Bits() > length {
						continue // too small a piece for the length
					}
					last, _ := cidr.Nth(room, length, 1<<(length-room.Bits())-1)
					for _, given := range []netip.Prefix{netip.PrefixFrom(room.Addr(), length), last} {
						c.Range = given
						for _, f := range conflict.Ranges([]conflict.Claim{c}) {
							asked := f.Rule.Level < profile.Error && f.Code == word+"_prefix_out_of_range"
							if note := !f.Rule.Broken(); !asked && !note {
								t.Errorf("%s: the room of a %s of /%d has %v: %v %s", name, word, length, given, f.Level(), f.Code)
							}
						}
					}
				}
			}
		}
	}
}
