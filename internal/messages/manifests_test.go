package messages_test

import (
	"math/big"
	"net/netip"
	"strings"
	"testing"

	"github.com/cidrplan/terraform-provider-cidrplan/internal/cidr"
	"github.com/cidrplan/terraform-provider-cidrplan/internal/manifests"
	"github.com/cidrplan/terraform-provider-cidrplan/internal/messages"
)

func TestProblemsOfManifestsNameBothPartiesAndWhatResolvesThem(t *testing.T) {
	pods, other := netip.MustParsePrefix("10.64.0.0/18"), netip.MustParsePrefix("10.80.0.0/20")
	for _, c := range []struct {
		problem manifests.Problem
		texts   []string
		options bool
	}{
		{manifests.NoRange{Kind: manifests.Pods, Format: "kubeadm"}, []string{"kubeadm requires a Pod range", "subnets of the VPC"}, false},
		{
			manifests.NoRange{Kind: manifests.Services, Format: "k3s", Family: cidr.V6},
			[]string{"k3s requires an IPv6 Service range"}, false,
		},
		{
			manifests.SeveralPodRanges{Format: "kubeadm", Ranges: []netip.Prefix{pods, other}, Other: []string{"calico", "cilium"}},
			[]string{"kubeadm has one Pod range", "10.64.0.0/18", "10.80.0.0/20", "several Pod ranges: calico, cilium"}, false,
		},
		{
			manifests.NoNodeMask{Format: "talos", Family: cidr.V4, Other: []string{"kube-ovn"}},
			[]string{"talos requires", "IPv4 Pod block", "without it: kube-ovn"}, false,
		},
		{
			manifests.NodeMaskRefused{Format: "flags", Pods: pods, Mask: 40, Shortest: 18, Longest: 32},
			[]string{"from /18 to /32", "10.64.0.0/18", "/40"}, false,
		},
		{
			manifests.NodeMaskRefused{Format: "openshift", Pods: pods, Mask: 60, Shortest: 64, Longest: 64},
			[]string{"of /64 only", "/60"}, false,
		},
		{
			manifests.FamilyRefused{Format: "kops", Range: netip.MustParsePrefix("fd00::/56")},
			[]string{"kops has no IPv6 ranges", "fd00::/56", "without ip_families"}, false,
		},
		{
			manifests.NoDNSAddress{Format: "rke2", Services: netip.MustParsePrefix("10.96.0.0/29")},
			[]string{"tenth address", "10.96.0.0/29 has only 8 addresses"}, false,
		},
		{
			manifests.RangeRefused{Kind: manifests.Services, Format: "k3s", Range: other, Shortest: 12, Longest: 32},
			[]string{"k3s accepts Service ranges from /12 to /32, and the allocation has 10.80.0.0/20"}, false,
		},
		{
			manifests.RangeRefused{Kind: manifests.Services, Format: "servicecidr", Option: "service_cidrs", Range: other},
			[]string{"and service_cidrs contains 10.80.0.0/20"}, true,
		},
		{manifests.OwnOverlap{A: pods, B: other}, []string{"10.64.0.0/18 and 10.80.0.0/20 of the allocation overlap"}, false},
		{
			manifests.JoinTooSmall{Format: "kube-ovn", Range: other, Nodes: big.NewInt(8192), Longest: 18},
			[]string{"join_cidrs contains 10.80.0.0/20", "up to 8192 nodes", "kube-ovn accepts join ranges of /18 or larger"}, true,
		},
		{
			manifests.OptionFamily{Option: "service_cidrs", Format: "servicecidr", Family: cidr.V6, Count: 1},
			[]string{"service_cidrs contains an IPv6 range", "no IPv6 Service range"}, true,
		},
		{
			manifests.InternalOverlap{Range: pods, Use: "the join range", Internal: other, Option: "join_cidrs"},
			[]string{"10.64.0.0/18 overlaps 10.80.0.0/20, which is the join range by default", "join_cidrs = ["}, false,
		},
		{
			manifests.InternalOverlap{Range: pods, Use: "the transit range", Internal: other},
			[]string{"reserve 10.80.0.0/20 in the allocator"}, false,
		},
		{
			manifests.NoNativeRange{Ranges: []netip.Prefix{pods, other}},
			[]string{"10.64.0.0/18, 10.80.0.0/20", "reserve_prefix_length", "omit routed"}, false,
		},
		{
			manifests.UnpairedPodRanges{
				Format: "kube-ovn-subnets", IPv4: []netip.Prefix{pods, other}, IPv6: []netip.Prefix{netip.MustParsePrefix("fd00::/56")},
			},
			[]string{"has 10.64.0.0/18, 10.80.0.0/20 and fd00::/56", "one family only", "Append a Pod range to the shorter list"}, false,
		},
		{
			manifests.OptionUnused{Option: "routed", Format: "k3s", Other: []string{"calico"}},
			[]string{"routed has no effect on the format k3s", "use it: calico"}, true,
		},
		{
			manifests.OptionOverlap{Option: "service_cidrs", Range: pods, Other: other},
			[]string{"service_cidrs contains 10.64.0.0/18, which overlaps 10.80.0.0/20"}, true,
		},
		{
			manifests.OptionLacks{Option: "non_masquerade_cidr", Range: other, Pods: pods},
			[]string{"non_masquerade_cidr is 10.80.0.0/20 and does not contain the Pod range 10.64.0.0/18", "omit the option"}, true,
		},
		{
			manifests.OptionFamily{Option: "join_cidrs", Format: "openshift", Family: cidr.V6, Count: 1},
			[]string{"an IPv6 range", "openshift has no IPv6 join range"}, true,
		},
		{
			manifests.OptionFamily{Option: "join_cidrs", Format: "kube-ovn", Family: cidr.V4, Count: 2, Max: 1},
			[]string{"2 IPv4 ranges", "kube-ovn has one"}, true,
		},
	} {
		text := messages.ManifestProblem(c.problem)
		for _, want := range c.texts {
			if !strings.Contains(text, want) {
				t.Errorf("%T: %q lacks %q", c.problem, text, want)
			}
		}
		if strings.HasSuffix(text, ".") {
			t.Errorf("%T: Terraform ends the sentence %q", c.problem, text)
		}
		if got := messages.OfOptions(c.problem); got != c.options {
			t.Errorf("%T is of the options: %t", c.problem, got)
		}
	}
}
