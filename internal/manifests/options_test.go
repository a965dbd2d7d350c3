package manifests

import (
	"math/big"
	"net/netip"
	"reflect"
	"strings"
	"testing"

	"github.com/cidrplan/terraform-provider-cidrplan/internal/cidr"
)

func TestOptionsWithoutEffectAreRefused(t *testing.T) {
	all := map[string]Options{
		RoutedOption: {Routed: true}, ServicesOption: {Services: prefixes("10.66.0.0/20")}, JoinOption: {Join: prefixes("10.67.0.0/20")},
		NativeOption: {Native: prefixes("10.64.0.0/10")[0]},
	}
	users := map[string][]string{
		RoutedOption:   {"calico", "calico-ippools", "cilium", "cilium-multi-pool", "flannel", "kube-ovn-subnets"},
		ServicesOption: {"servicecidr"}, JoinOption: {"kube-ovn", "kube-ovn-subnets", "openshift"},
		NativeOption: {"kops"},
	}
	for option, o := range all {
		var used []string
		for _, name := range Formats() {
			_, problem := Write(name, ipv4Only, o)
			if problem == nil {
				used = append(used, name)
			} else if want := (OptionUnused{option, name, users[option]}); !reflect.DeepEqual(problem, want) {
				t.Errorf("%s of %s: %#v", option, name, problem)
			}
		}
		if !reflect.DeepEqual(used, users[option]) {
			t.Errorf("%s is used by %v", option, used)
		}
		if plain, with := written(t, used[0], ipv4Only, Options{}), written(t, used[0], ipv4Only, o); plain == with {
			t.Errorf("%s changes nothing in %s", option, used[0])
		}
	}
}

func TestRangesOfOptions(t *testing.T) {
	pods, services := ipv4Only.IPv4.Pods[0], ipv4Only.IPv4.Services
	further := prefixes("10.66.0.0/20", "10.66.8.0/24")
	inPods, ofServices, v6 := prefixes("10.64.4.0/22"), prefixes("10.65.4.0/22"), prefixes("fd00:1::/112")
	for _, c := range []struct {
		name, format string
		o            Options
		want         Problem
	}{
		{"a join range in the Pod range", "kube-ovn", Options{Join: inPods}, OptionOverlap{JoinOption, inPods[0], pods}},
		{"a Service range in the Pod range", "servicecidr", Options{Services: inPods}, OptionOverlap{ServicesOption, inPods[0], pods}},
		{
			"a Service range in the first", "servicecidr", Options{Services: ofServices},
			OptionOverlap{ServicesOption, ofServices[0], services},
		},
		{"Service ranges that overlap", "servicecidr", Options{Services: further}, OptionOverlap{ServicesOption, further[1], further[0]}},
		{
			"an IPv6 Service range of IPv4 Services", "servicecidr", Options{Services: v6},
			OptionFamily{ServicesOption, "servicecidr", cidr.V6, 1, 0},
		},
		{"an IPv6 join range of an IPv4 cluster", "kube-ovn", Options{Join: v6}, OptionFamily{JoinOption, "kube-ovn", cidr.V6, 1, 0}},
		{
			"two IPv4 join ranges", "openshift", Options{Join: prefixes("10.90.0.0/20", "10.91.0.0/20")},
			OptionFamily{JoinOption, "openshift", cidr.V4, 2, 1},
		},
		{
			"a join range in the transit range of OVN-Kubernetes", "openshift", Options{Join: prefixes("100.88.4.0/22")},
			OptionOverlap{JoinOption, prefixes("100.88.4.0/22")[0], prefixes("100.88.0.0/16")[0]},
		},
	} {
		if text, got := Write(c.format, ipv4Only, c.o); !reflect.DeepEqual(got, c.want) {
			t.Errorf("%s: %#v and %q, want %#v", c.name, got, text, c.want)
		}
	}
	if _, got := Write("openshift", dualStack, Options{Join: v6}); got != (OptionFamily{JoinOption, "openshift", cidr.V6, 1, 0}) {
		t.Errorf("an install-config has no IPv6 join range: %#v", got)
	}
	written(t, "kube-ovn", dualStack, Options{Join: prefixes("10.90.0.0/20", "fd00:1::/112")})
}

// nonMasqueradeCIDR is the range that the cluster has for that use, which contains the Pod range, and else the Pod range itself.
func TestNonMasqueradeCIDR(t *testing.T) {
	pods := ipv4Only.IPv4.Pods[0]
	for given, want := range map[netip.Prefix]string{
		{}: pods.String(), pods: pods.String(), prefixes("10.0.0.0/8")[0]: "10.0.0.0/8",
	} {
		text := written(t, "kops", ipv4Only, Options{Native: given})
		if !strings.Contains(text, "nonMasqueradeCIDR: "+want+"\n") || !strings.Contains(text, "podCIDR: "+pods.String()+"\n") {
			t.Errorf("%v: %s", given, text)
		}
	}
	apart := prefixes("10.65.0.0/16")[0]
	if got := failsWith[OptionLacks](t, "kops", ipv4Only, Options{Native: apart}); got != (OptionLacks{NativeOption, apart, pods}) {
		t.Errorf("%+v", got)
	}
}

// A join range has an address for each node that the Pod ranges have a block for.
func TestAJoinRangeHasAnAddressForEachNode(t *testing.T) {
	const nodes = 128 // blocks of /25 in a /18
	for _, format := range []string{"openshift", "kube-ovn"} {
		written(t, format, ipv4Only, Options{Join: prefixes("10.90.0.0/24")})
		small := prefixes("10.90.0.0/25")[0]
		got := failsWith[JoinTooSmall](t, format, ipv4Only, Options{Join: prefixes("10.90.0.0/25")})
		if want := (JoinTooSmall{format, small, big.NewInt(nodes), 24}); !reflect.DeepEqual(got, want) {
			t.Errorf("%s: %+v, want %+v", format, got, want)
		}
	}
	few := ipv4Only
	few.IPv4.Pods, few.IPv4.NodeMask = prefixes("10.64.0.0/27", "10.70.0.0/27"), 29 // 8 nodes
	written(t, "openshift", few, Options{Join: prefixes("10.90.0.0/28")})
	if got := failsWith[JoinTooSmall](t, "openshift", few, Options{Join: prefixes("10.90.0.0/29")}); got.Longest != 28 {
		t.Errorf("8 nodes: %+v", got)
	}
	few.IPv4.Pods = prefixes("10.64.0.0/27", "10.70.0.0/27", "10.71.0.0/27", "10.72.0.0/29") // 13 nodes: 16 addresses are one too few
	if got := failsWith[JoinTooSmall](t, "openshift", few, Options{Join: prefixes("10.90.0.0/28")}); got.Longest != 27 {
		t.Errorf("13 nodes: %+v", got)
	}
	noBlocks := ipv4Only
	noBlocks.IPv4.NodeMask = 0
	written(t, "kube-ovn", noBlocks, Options{Join: prefixes("10.90.0.0/29")})
	failsWith[JoinTooSmall](t, "kube-ovn", noBlocks, Options{Join: prefixes("10.90.0.0/30")})
}

// Kubernetes allocates Service addresses from IPv6 ranges of /64 and longer, and from IPv4 ranges of any length.
func TestTheLargestFurtherServiceRange(t *testing.T) {
	written(t, "servicecidr", dualStack, Options{Services: prefixes("fd01::/64", "11.0.0.0/8")})
	large := prefixes("fd01::/63")
	got := failsWith[RangeRefused](t, "servicecidr", dualStack, Options{Services: large})
	if want := (RangeRefused{Services, "servicecidr", ServicesOption, large[0], 64, 128}); got != want {
		t.Errorf("%+v, want %+v", got, want)
	}
}
