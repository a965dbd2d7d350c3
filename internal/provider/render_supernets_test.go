package provider

import (
	"math/big"
	"net/netip"
	"slices"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"
	"github.com/hashicorp/terraform-plugin-go/tftypes"

	"github.com/cidrplan/terraform-provider-cidrplan/internal/addressmap"
	"github.com/cidrplan/terraform-provider-cidrplan/internal/messages"
	"github.com/cidrplan/terraform-provider-cidrplan/internal/profile"
	"github.com/cidrplan/terraform-provider-cidrplan/internal/values"
)

// inChina are arguments of an allocator in two VRFs. Alibaba Cloud accepts no range from 100.64.0.0/10, Huawei Cloud does.
func inChina() map[string]any {
	return map[string]any{
		"name": "k8s", "supernets": []string{"100.64.0.0/15", "10.64.0.0/16"}, "service_supernets": []string{"172.20.0.0/16"},
		"pools": map[string]any{
			"gpu": map[string]any{"supernets": []string{"10.128.0.0/16"}},
			"cpu": map[string]any{"supernets": []string{"10.128.0.0/16", "10.64.128.0/17"}},
		},
		"vpcs": map[string]any{
			"prod": map[string]any{"platform": "alicloud", "cidr_blocks": []string{"192.168.0.0/16"}},
			"lab":  map[string]any{"platform": "huaweicloud", "cidr_blocks": []string{"10.64.0.0/20"}, "vrf": "lab"},
		},
		"clusters": map[string]any{
			"shop": map[string]any{"vpc": "prod", "profile": "ack-flannel", "max_nodes": int64(50)},
			"test": map[string]any{"vpc": "lab", "profile": "kubernetes-routed", "max_nodes": int64(50)},
		},
	}
}

// What a platform or a network keeps further ranges from is not free, in the VRF of the network.
func TestAMapHasNoFreeAddressesThatCannotBeAllocated(t *testing.T) {
	in, known, err := newRenderFunction(messages.Writer{Catalog: profile.Default()}).mapInput(whole(t, false, false, inChina()))
	if err != nil || !known {
		t.Fatal(known, err)
	}
	last := netip.MustParseAddr("100.65.255.255")
	for vrf, want := range map[string]bool{"": true, "lab": false} {
		got := slices.ContainsFunc(in.Unusable[vrf], func(r netip.Prefix) bool { return r.Contains(last) })
		if got != want {
			t.Errorf("VRF %q: %s is unusable: %t", vrf, last, got)
		}
	}
	want := map[netip.Prefix][]string{
		netip.MustParsePrefix("10.128.0.0/16"): {"cpu", "gpu"}, netip.MustParsePrefix("10.64.128.0/17"): {"cpu"},
	}
	if diff := cmp.Diff(want, in.Pools, cmpopts.EquateComparable(netip.Prefix{})); diff != "" {
		t.Errorf("pools (-want +got):\n%s", diff)
	}
}

// In one VRF, and without networks in the supernets, the free addresses of a map are those of the function usage.
func TestAMapHasTheFreeAddressesOfUsage(t *testing.T) {
	one := inChina()
	one["vpcs"].(map[string]any)["lab"] = map[string]any{"platform": "huaweicloud", "cidr_blocks": []string{"192.168.0.0/16"}}
	for name, given := range map[string]tftypes.Value{
		"an allocator": whole(t, false, false, one), "blocks": whole(t, true, false, soundBlocks),
	} {
		counted, text := usageOf(given)
		if text != "" {
			t.Fatal(text)
		}
		in, _, err := newRenderFunction(messages.Writer{Catalog: profile.Default()}).mapInput(given)
		if err != nil {
			t.Fatal(err)
		}
		supernets := values.AttributesOf(values.AttributesOf(counted)["supernets"])
		for _, area := range addressmap.New(in).Areas {
			if !area.Supernet {
				continue
			}
			free := new(big.Int)
			for _, span := range area.Spans {
				if span.Kind == addressmap.Free {
					free.Add(free, span.Count())
				}
			}
			if want := at(t, supernets[area.Range.String()], "free"); free.String() != want {
				t.Errorf("%s: %s has %s free addresses, and in the map %s", name, area.Range, want, free)
			}
		}
	}
}
