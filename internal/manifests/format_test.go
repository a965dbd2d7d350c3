package manifests

import (
	"net/netip"
	"reflect"
	"slices"
	"strings"
	"testing"

	"github.com/cidrplan/terraform-provider-cidrplan/internal/cidr"
)

// Every format of an allocation of one family and of two is one or more YAML documents that end with a line feed.
func TestEachFormatOfEachFamilyIsYAML(t *testing.T) {
	for _, name := range Formats() {
		for _, a := range []Allocation{ipv4Only, ipv6Only, dualStack} {
			text := written(t, name, expressible(name, a), Options{})
			if len(parsed(t, text)) == 0 || !strings.HasSuffix(text, "\n") || strings.HasPrefix(text, "---") {
				t.Errorf("%s: %q", name, text)
			}
		}
	}
}

func TestFormatsRefuseWhatTheyCannotExpress(t *testing.T) {
	several, noMask, small := withPods(ipv4Only, "10.80.0.0/18"), ipv4Only, ipv4Only
	noMask.IPv4.NodeMask = 0
	small.IPv4.Services = netip.MustParsePrefix("10.65.0.0/29")
	onlyPods, onlyServices, oddServices := ipv4Only, ipv4Only, ipv4Only
	onlyPods.IPv4.Services = netip.Prefix{}
	onlyServices.IPv4.Pods = nil
	oddServices.IPv6.Services = netip.MustParsePrefix("fd00::/112")
	longMask, shortMask := ipv4Only, ipv4Only
	longMask.IPv4.Pods, longMask.IPv4.NodeMask = prefixes("10.0.0.0/10"), 28
	shortMask.IPv4.NodeMask = 17
	v6Mask, longIPv6 := dualStack, dualStack
	longIPv6.IPv6.NodeMask = 73
	v6Mask.IPv6.NodeMask = 66
	twice, inPods, services, smallPods := withPods(ipv4Only, "10.64.32.0/20"), ipv4Only, dualStack, ipv4Only
	inPods.IPv4.Services = netip.MustParsePrefix("10.64.0.0/20")
	services.IPv6.Services = netip.MustParsePrefix("fd00:10:65::/107")
	smallPods.IPv4.Pods, smallPods.IPv4.NodeMask = prefixes("10.64.0.0/29"), 29
	smallServices, wide := dualStack, ipv4Only
	smallServices.IPv6.Services = netip.MustParsePrefix("fd00:10:65::/125")
	wide.IPv4.NodeMask = 33
	tinyBlocks := ipv4Only
	tinyBlocks.IPv4.NodeMask = 31
	tinyPods, tinyIPv6, unpaired := ipv4Only, ipv6Only, withPods(dualStack, "10.80.0.0/18")
	tinyPods.IPv4.Pods, tinyPods.IPv4.NodeMask = prefixes("10.64.0.0/31"), 0
	tinyIPv6.IPv6.Pods, tinyIPv6.IPv6.NodeMask = prefixes("fd00:10:64::/127"), 0
	many := []string{
		"calico", "calico-ippools", "cilium", "cilium-multi-pool", "cilium-podippools", "kube-ovn-subnets", "openshift",
	}
	noMasks := []string{"calico", "calico-ippools", "kube-ovn", "kube-ovn-subnets"}
	for _, c := range []struct {
		name   string
		a      Allocation
		format string
		want   Problem
	}{
		{"no ranges at all", Allocation{}, "calico", NoRange{Pods, "calico", 0}},
		{"no Service range", onlyPods, "servicecidr", NoRange{Services, "servicecidr", 0}},
		{"Pods without Services", onlyPods, "kubeadm", NoRange{Services, "kubeadm", 0}},
		{"Services without Pods", onlyServices, "rke2", NoRange{Pods, "rke2", 0}},
		{"Services of a family without Pods", oddServices, "k3s", NoRange{Pods, "k3s", cidr.V6}},
		{"several Pod ranges", several, "kubeadm", SeveralPodRanges{"kubeadm", several.IPv4.Pods, many}},
		{"several Pod ranges", several, "talos", SeveralPodRanges{"talos", several.IPv4.Pods, many}},
		{"no node mask", noMask, "flannel", NoNodeMask{"flannel", cidr.V4, noMasks}},
		{"a small Service range", small, "flags", NoDNSAddress{"flags", small.IPv4.Services}},
		{"a node mask that is too long", longMask, "kubeadm", NodeMaskRefused{"kubeadm", longMask.IPv4.Pods[0], 28, 10, 26}},
		{"a node mask that is too short", shortMask, "openshift", NodeMaskRefused{"openshift", shortMask.IPv4.Pods[0], 17, 18, 32}},
		{"a node mask that is too long", longMask, "kubespray", NodeMaskRefused{"kubespray", longMask.IPv4.Pods[0], 28, 10, 26}},
		{"an IPv6 node mask that is too long", longIPv6, "rke2", NodeMaskRefused{"rke2", longIPv6.IPv6.Pods[0], 73, 56, 72}},
		{"IPv6 in kOps", dualStack, "kops", FamilyRefused{"kops", dualStack.IPv6.Pods[0]}},
		{"fewer Pods than kubeadm accepts", smallPods, "kubespray", RangeRefused{Pods, "kubespray", "", smallPods.IPv4.Pods[0], 0, 28}},
		{"an IPv6 node mask of OpenShift", v6Mask, "openshift", NodeMaskRefused{"openshift", v6Mask.IPv6.Pods[0], 66, 64, 64}},
		{"a node mask that is no prefix length", wide, "kube-ovn", NodeMaskRefused{"kube-ovn", wide.IPv4.Pods[0], 33, 18, 32}},
		{"a short node mask without effect", shortMask, "calico", NodeMaskRefused{"calico", shortMask.IPv4.Pods[0], 17, 18, 32}},
		{"Pod ranges that overlap", twice, "cilium", OwnOverlap{twice.IPv4.Pods[0], twice.IPv4.Pods[1]}},
		{"Services in the Pod range", inPods, "calico", OwnOverlap{inPods.IPv4.Pods[0], inPods.IPv4.Services}},
		{
			"more Services than kube-apiserver accepts", services, "k3s",
			RangeRefused{Services, "k3s", "", services.IPv6.Services, 108, 128},
		},
		{"node blocks without Pods", tinyBlocks, "kubespray", NodeMaskRefused{"kubespray", tinyBlocks.IPv4.Pods[0], 31, 18, 30}},
		{"a Subnet without a gateway", tinyPods, "kube-ovn", RangeRefused{Pods, "kube-ovn", "", tinyPods.IPv4.Pods[0], 0, 30}},
		{
			"a small IPv6 Subnet", tinyIPv6, "kube-ovn-subnets",
			RangeRefused{Pods, "kube-ovn-subnets", "", tinyIPv6.IPv6.Pods[0], 0, 126},
		},
		{
			"a further range of one family", unpaired, "kube-ovn-subnets",
			UnpairedPodRanges{"kube-ovn-subnets", unpaired.IPv4.Pods, unpaired.IPv6.Pods},
		},
		{"fewer Pods than kubeadm accepts", smallPods, "kubeadm", RangeRefused{Pods, "kubeadm", "", smallPods.IPv4.Pods[0], 0, 28}},
		{
			"fewer Services than kubeadm accepts", smallServices, "kubeadm",
			RangeRefused{Services, "kubeadm", "", smallServices.IPv6.Services, 108, 124},
		},
	} {
		if text, got := Write(c.format, c.a, Options{}); !reflect.DeepEqual(got, c.want) {
			t.Errorf("%s in %s: %#v and %q, want %#v", c.name, c.format, got, text, c.want)
		}
	}
}

// The longest node mask is accepted, and a format without the limit accepts longer ones.
func TestNodeMasksAtTheLimit(t *testing.T) {
	a := ipv4Only
	a.IPv4.Pods, a.IPv4.NodeMask = prefixes("10.0.0.0/10"), 26
	written(t, "kubeadm", a, Options{})
	a.IPv4.NodeMask = 28
	for _, name := range Formats() {
		if name != "kubeadm" && name != "kubespray" {
			written(t, name, a, Options{})
		}
	}
	a.IPv4.NodeMask = 10
	written(t, "flags", a, Options{})
}

// The largest and smallest ranges are accepted, and formats without the limits accept others.
func TestRangesAtTheLimits(t *testing.T) {
	a := dualStack
	a.IPv4.Services, a.IPv6.Services = netip.MustParsePrefix("10.80.0.0/12"), netip.MustParsePrefix("fd00:10:65::/108")
	a.IPv4.Pods, a.IPv4.NodeMask = prefixes("10.64.0.0/28"), 28
	for _, name := range Formats() {
		written(t, name, expressible(name, a), Options{})
	}
	a.IPv4.Services, a.IPv6.Services = netip.MustParsePrefix("10.80.0.0/28"), netip.MustParsePrefix("fd00:10:65::/124")
	written(t, "kubeadm", a, Options{})
	a.IPv6.Services, a.IPv4.Pods = netip.MustParsePrefix("fd00:10:65::/125"), prefixes("10.64.0.0/28")
	written(t, "flags", a, Options{})
	a.IPv4.Services = netip.MustParsePrefix("11.0.0.0/8")
	written(t, "servicecidr", a, Options{}) // kube-apiserver has the range already
	written(t, "calico", a, Options{})
}

// Formats with several Pod ranges have all of them, in the order in which they were added.
func TestSeveralPodRangesKeepTheirOrder(t *testing.T) {
	a := withPods(dualStack, "10.80.0.0/18", "10.70.0.0/18")
	a.IPv6.Pods = append(slices.Clone(a.IPv6.Pods), prefixes("fd00:10:80::/56", "fd00:10:70::/56")...)
	want := []string{
		"10.64.0.0/18", "10.80.0.0/18", "10.70.0.0/18", "fd00:10:64::/56", "fd00:10:80::/56", "fd00:10:70::/56",
	}
	count := 0
	for _, f := range formats {
		if !f.several {
			continue
		}
		count++
		if got := readers[f.name](parsed(t, written(t, f.name, a, Options{}))).pods; !slices.Equal(got, want) {
			t.Errorf("%s has the Pod ranges %v", f.name, got)
		}
	}
	if count != 10 {
		t.Errorf("%d formats have several Pod ranges", count)
	}
}

func TestRangesThatAToolUsesForItself(t *testing.T) {
	a := ipv4Only
	a.IPv4.Pods = prefixes("100.64.0.0/18")
	join := Options{Join: prefixes("10.90.0.0/22")}
	for _, format := range []string{"kube-ovn", "openshift"} {
		if got := failsWith[InternalOverlap](t, format, a, Options{}); got.Option != JoinOption || got.Range != a.IPv4.Pods[0] {
			t.Errorf("%s: %+v", format, got)
		}
		if text := written(t, format, a, join); !strings.Contains(text, "10.90.0.0/22") || strings.Contains(text, "100.64.0.0/16") {
			t.Errorf("%s does not use the join range: %s", format, text)
		}
	}
	a.IPv4.Pods = prefixes("100.88.128.0/18")
	if got := failsWith[InternalOverlap](t, "openshift", a, join); got.Option != "" {
		t.Errorf("the transit range of OVN-Kubernetes: %+v", got)
	}
	written(t, "kube-ovn", a, Options{}) // which has no transit range
	services := ipv6Only
	services.IPv6.Services = netip.MustParsePrefix("fd00:100:64::/112")
	if got := failsWith[InternalOverlap](t, "kube-ovn", services, Options{}); got.Range != services.IPv6.Services {
		t.Errorf("a Service range: %+v", got)
	}
}
