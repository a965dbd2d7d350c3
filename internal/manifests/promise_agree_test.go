package manifests

import (
	"fmt"
	"net/netip"
	"slices"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"github.com/cidrplan/terraform-provider-cidrplan/internal/cidr"
)

// tenth is the address ten above the first of a range, counted one at a time.
func tenth(p netip.Prefix) string {
	address := p.Addr()
	for range 10 {
		address = address.Next()
	}
	return address.String()
}

// All formats of one allocation say the same, and what the allocation says.
func TestAllFormatsAgreeWithTheAllocation(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		a := anyAllocation(t)
		want, texts := configured{}, 0
		for _, f := range []Family{a.IPv4, a.IPv6} {
			if len(f.Pods) > 0 {
				want.pods, want.services = append(want.pods, f.Pods[0].String()), append(want.services, f.Services.String())
				want.masks = append(want.masks, f.NodeMask)
			}
			if len(want.dns) == 0 && f.Services.IsValid() {
				want.dns = []string{tenth(f.Services)}
			}
		}
		for _, name := range Formats() {
			text, problem := Write(name, a, Options{})
			if _, is := problem.(NodeMaskRefused); is && name == "openshift" && len(a.IPv6.Pods) > 0 && a.IPv6.NodeMask != 64 {
				continue
			}
			if _, is := problem.(FamilyRefused); is && name == "kops" && len(a.IPv6.Pods) > 0 {
				continue
			}
			if problem != nil {
				t.Fatalf("%s refuses %+v: %#v", name, a, problem)
			}
			texts++
			got := readers[name](parsed(t, text))
			for part, both := range map[string][2]any{
				"Pods": {got.pods, want.pods}, "Services": {got.services, want.services}, "node masks": {got.masks, want.masks},
				"DNS": {got.dns, want.dns},
			} {
				if fmt.Sprint(both[0]) != fmt.Sprint(both[1]) && !isNone(both[0]) {
					t.Fatalf("%s of %s: %v, want %v\n%s", part, name, both[0], both[1], text)
				}
			}
			if name != "servicecidr" && got.pods == nil {
				t.Fatalf("%s has no Pod ranges, or its documents differ from each other:\n%s", name, text)
			}
		}
		if texts < len(Formats())-2 {
			t.Fatalf("%d of %d formats were compared", texts, len(Formats()))
		}
	})
}

// isNone says that a format has no such list.
func isNone(v any) bool {
	switch list := v.(type) {
	case []string:
		return list == nil
	case []int:
		return list == nil
	}
	return false
}

// Each format says all that it can: a reader that finds nothing would agree with everything.
func TestEachFormatHasItsValues(t *testing.T) {
	has := map[string]string{
		"kubeadm": "pods services masks dns", "flags": "pods services masks dns", "rke2": "pods services masks dns",
		"k3s": "pods services masks dns", "talos": "pods services masks", "openshift": "pods services masks", "calico": "pods",
		"calico-ippools": "pods", "cilium": "pods masks", "cilium-multi-pool": "pods masks", "flannel": "pods masks",
		"kube-ovn": "pods services", "kube-ovn-subnets": "pods", "kube-ovn-policy": "pods", "servicecidr": "services",
		"calico-policy": "pods", "cilium-podippools": "pods masks", "cilium-policy": "pods", "kops": "pods services masks",
		"kubespray": "pods services masks dns",
	}
	for _, name := range Formats() {
		got := readers[name](parsed(t, written(t, name, expressible(name, dualStack), Options{})))
		var parts []string
		for _, part := range []struct {
			name  string
			count int
		}{{"pods", len(got.pods)}, {"services", len(got.services)}, {"masks", len(got.masks)}, {"dns", len(got.dns)}} {
			if part.count > 0 {
				parts = append(parts, part.name)
			}
		}
		if !slices.Equal(parts, strings.Fields(has[name])) {
			t.Errorf("%s has %v, want %s", name, parts, has[name])
		}
	}
}

// A cluster that grew: each format says all its ranges in their order, with those that it had before in front, or refuses several Pod
// ranges. What the policies allow and the objects that a format adds are the ranges of the allocation, and no others.
func TestAllFormatsAgreeWithAGrownAllocation(t *testing.T) {
	written, refused := map[string]int{}, map[string]int{}
	rapid.Check(t, func(t *rapid.T) {
		before := anyAllocation(t)
		after := grown(t, before)
		for _, name := range Formats() {
			was, problem := Write(name, before, Options{})
			if problem != nil {
				continue // TestAllFormatsAgreeWithTheAllocation counts these
			}
			text, problem := Write(name, after, Options{})
			_, several := problem.(SeveralPodRanges)
			_, unpaired := problem.(UnpairedPodRanges) // Kube-OVN has pairs of an IPv4 and an IPv6 range
			switch {
			case several && len(after.pods()) > len(before.pods()), unpaired && len(after.IPv4.Pods) != len(after.IPv6.Pods):
				refused[name]++
				continue
			case problem != nil:
				t.Fatalf("%s refuses %+v: %#v", name, after, problem)
			}
			written[name]++
			had, has := readers[name](parsed(t, was)), readers[name](parsed(t, text))
			for part, lists := range map[string][3][]string{
				"Pods":     {had.pods, has.pods, texts(after.pods())},
				"Services": {had.services, has.services, servicesIn(name, after)},
			} {
				before, now, want := lists[0], lists[1], lists[2]
				if (before == nil) != (now == nil) || now != nil && !sameElements(now, want) {
					t.Fatalf("%s of %s: %v, want %v\n%s", part, name, now, want, text)
				}
				if !keepsOrder(before, now) {
					t.Fatalf("%s of %s were %v and are %v", part, name, before, now)
				}
			}
		}
	})
	for _, name := range Formats() {
		f := formats[slices.Index(Formats(), name)]
		if written[name] == 0 || f.pods && !f.several && refused[name] == 0 {
			t.Errorf("%s was written %d times and refused %d times: too few to show anything", name, written[name], refused[name])
		}
	}
}

// grown appends ranges to an allocation: Pod ranges and Service ranges of each family that it has, or none of some.
func grown(t *rapid.T, a Allocation) Allocation {
	for _, of := range []struct {
		family         *Family
		pods, services string
	}{{&a.IPv4, "64.0.0.0/4", "48.0.0.0/4"}, {&a.IPv6, "fd00:30::/32", "fd00:40::/32"}} {
		if len(of.family.Pods) == 0 {
			continue
		}
		of.family.Pods = slices.Clone(of.family.Pods)
		for i := range rapid.IntRange(0, 2).Draw(t, "further Pod ranges") {
			r, _ := cidr.Nth(netip.MustParsePrefix(of.pods), of.family.Pods[0].Bits(), uint64(i))
			of.family.Pods = append(of.family.Pods, r)
		}
		for i := range rapid.IntRange(0, 2).Draw(t, "further Service ranges") {
			r, _ := cidr.Nth(netip.MustParsePrefix(of.services), of.family.Services.Bits(), uint64(i))
			of.family.Further = append(slices.Clone(of.family.Further), r)
		}
	}
	return a
}

// servicesIn are the Service ranges that a format has: the first of each family, and all of them where it writes ServiceCIDR objects.
func servicesIn(format string, a Allocation) []string {
	if format == "servicecidr" {
		return texts(slices.Concat(a.services(), a.further()))
	}
	return texts(a.services())
}

// sameElements says whether two lists have the same elements, in any order.
func sameElements(a, b []string) bool {
	a, b = slices.Clone(a), slices.Clone(b)
	slices.Sort(a)
	slices.Sort(b)
	return slices.Equal(a, b)
}

// keepsOrder says whether a list has all of another one, in the same order.
func keepsOrder(before, now []string) bool {
	kept := slices.DeleteFunc(slices.Clone(now), func(r string) bool { return !slices.Contains(before, r) })
	return slices.Equal(kept, before)
}
