package manifests

import (
	"fmt"
	"net/netip"
	"slices"
	"strings"
	"testing"

	"pgregory.net/rapid"
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
