package profile_test

import (
	"net/netip"
	"slices"
	"testing"

	"github.com/cidrplan/terraform-provider-cidrplan/internal/profile"
)

func TestOutputsAreNamedAndShapedAsTheCloudResource(t *testing.T) {
	held := profile.Ranges{Pods: prefixes("172.16.0.0/18"), Service: prefix("10.96.0.0/20"), NodeMask: 25}
	several := held
	several.Pods = prefixes("172.16.0.0/18", "172.20.0.0/19", "172.17.0.0/20")
	both := held
	both.PodIPv6, both.ServiceIPv6, both.NodeIPv6Mask = prefix("fd00::/56"), prefix("fd01::/112"), 64
	tests := map[string]struct {
		profile string
		held    profile.Ranges
		want    map[string]string
	}{
		"ack": {"ack-flannel", held, map[string]string{
			"pod_cidr": "172.16.0.0/18", "service_cidr": "10.96.0.0/20", "node_cidr_mask": "25",
		}},
		"cce with one Pod range": {"cce-vpc-router", held, map[string]string{
			"container_network_cidr": "172.16.0.0/18", "service_network_cidr": "10.96.0.0/20", "fix_pool_mask": "25",
		}},
		"cce with several, in the order in which it got them": {"cce-vpc-router", several, map[string]string{
			"container_network_cidr": "172.16.0.0/18,172.20.0.0/19,172.17.0.0/20",
			"service_network_cidr":   "10.96.0.0/20", "fix_pool_mask": "25",
		}},
		"cce autopilot, which has a Service range alone": {"cce-autopilot", profile.Ranges{Service: held.Service}, map[string]string{
			"ipv4_cidr": "10.96.0.0/20", "ipv6_enable": "",
		}},
		"tsf, whose Services are in its range": {
			"tsf",
			profile.Ranges{Pods: held.Pods, Service: prefix("172.16.48.0/20"), NodeMask: 25},
			map[string]string{
				"cluster_cidr": "172.16.0.0/18", "max_node_pod_num": "128", "max_cluster_service_num": "4096",
			},
		},
		"kubernetes": {"kubernetes-overlay", held, map[string]string{
			"pod_subnet": "172.16.0.0/18", "service_subnet": "10.96.0.0/20", "node_cidr_mask_size": "25",
			"node_cidr_mask_size_ipv4": "25", "node_cidr_mask_size_ipv6": "",
			"kubernetes_service_ip": "10.96.0.1", "cluster_dns": "10.96.0.10",
		}},
		"kubernetes on both families": {"kubernetes-routed", both, map[string]string{
			"node_cidr_mask_size": "", "node_cidr_mask_size_ipv4": "25", "node_cidr_mask_size_ipv6": "64",
		}},
		"kubernetes in the smallest range with ten addresses": {
			"kubernetes-overlay",
			profile.Ranges{Service: prefix("10.96.0.0/28")},
			map[string]string{
				"service_subnet": "10.96.0.0/28", "kubernetes_service_ip": "10.96.0.1", "cluster_dns": "10.96.0.10",
			},
		},
		"no tenth address, no address of cluster DNS": {
			"kubernetes-overlay",
			profile.Ranges{Service: prefix("10.96.0.0/29")},
			map[string]string{
				"service_subnet": "10.96.0.0/29", "kubernetes_service_ip": "10.96.0.1", "cluster_dns": "",
			},
		},
		"kubernetes on IPv6": {"kubernetes-overlay", profile.Ranges{Service: prefix("fd00::/108")}, map[string]string{
			"service_subnet": "fd00::/108", "kubernetes_service_ip": "fd00::1", "cluster_dns": "fd00::a",
		}},
	}
	c := profile.Default()
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			p := known(t, c, test.profile)
			got := c.Output(p).Values(p, profile.Filled{Ranges: test.held})
			for attribute, want := range test.want {
				if got[attribute] != want {
					t.Errorf("%s: got %q, want %q", attribute, got[attribute], want)
				}
			}
		})
	}
}

func TestEveryProfileFillsAnOutputOfItsPlatform(t *testing.T) {
	want := map[string]string{
		"ack-flannel": "ack", "cce-vpc-router": "cce", "kubernetes-overlay": "kubernetes", "kubernetes-routed": "kubernetes",
	}
	c := profile.Default()
	for name, object := range want {
		if got := known(t, c, name).Output; got != object {
			t.Errorf("%s fills %q, want %q", name, got, object)
		}
	}
	for _, name := range c.Names() {
		p := known(t, c, name)
		if got := c.Output(p); got.Description != c.Outputs()[p.Output].Description || len(got.Attributes) == 0 {
			t.Errorf("%s: the output is %+v", name, got)
		}
	}
}

// Descriptions are read in the Registry.
func TestEveryOutputIsDescribed(t *testing.T) {
	types := map[string]string{"ack.node_cidr_mask": "number", "cce.fix_pool_mask": "string", "kubernetes.node_cidr_mask_size": "number"}
	for object, output := range profile.Default().Outputs() {
		wantSentence(t, object, output.Description)
		for name, attribute := range output.Attributes {
			where := object + "." + name
			wantSentence(t, where, attribute.Description)
			if want, ok := types[where]; ok && attribute.Type != want { // fix_pool_mask is a string as in extend_params
				t.Errorf("%s: type %s, want %s", where, attribute.Type, want)
			}
		}
	}
}

func wantSentence(t *testing.T, what, text string) {
	t.Helper()
	if text == "" || text[len(text)-1] != '.' {
		t.Errorf("%s: %q is no sentence", what, text)
	}
}

func TestOutputsIsACopy(t *testing.T) {
	c := profile.Default()
	delete(c.Outputs(), "ack")
	if _, ok := c.Outputs()["ack"]; !ok {
		t.Error("deleting from what Outputs returned changed the catalog")
	}
}

func TestWhatAnArgumentFollowsFrom(t *testing.T) {
	type follows struct{ grows, notInRanges, podsPerNode, alone bool }
	want := map[string]follows{
		"pod_cidrs_comma": {grows: true, alone: true}, "pod_cidr": {alone: true}, "service_cidr": {alone: true},
		"named_ranges": {grows: true, alone: true}, "pod_range_names": {grows: true}, "setting": {}, "pod_cidrs_both": {},
		"dual_flag": {notInRanges: true}, "dual_word": {notInRanges: true}, "pods_per_node": {notInRanges: true, podsPerNode: true},
		"other_range": {notInRanges: true}, "word": {}, "node_mask": {}, "pod_cidrs_dual": {}, "service_address_1": {},
	}
	for value, want := range want {
		a := profile.OutputAttribute{Value: value}
		if got := (follows{a.Grows(), a.NotInRanges(), a.OfPodsPerNode(), a.OfRangeAlone()}); got != want {
			t.Errorf("%s: got %+v, want %+v", value, got, want)
		}
	}
}

func TestRangesThatAreHeldAndInUse(t *testing.T) {
	pods, services, pods6, services6 := prefix("10.0.0.0/16"), prefix("10.1.0.0/20"), prefix("fd00::/56"), prefix("fd01::/112")
	tests := map[string]struct {
		ranges profile.Ranges
		held   bool
		inUse  []netip.Prefix
	}{
		"nothing":               {profile.Ranges{}, false, nil},
		"a mask alone":          {profile.Ranges{NodeMask: 24, NodeIPv6Mask: 64}, false, nil},
		"a Pod range":           {profile.Ranges{Pods: []netip.Prefix{pods}}, true, []netip.Prefix{pods}},
		"a Service range":       {profile.Ranges{Service: services}, true, []netip.Prefix{services}},
		"an IPv6 Pod range":     {profile.Ranges{PodIPv6: pods6}, true, []netip.Prefix{pods6}},
		"an IPv6 Service range": {profile.Ranges{ServiceIPv6: services6}, true, []netip.Prefix{services6}},
		"the range of a block":  {profile.Ranges{Block: services}, true, []netip.Prefix{services}},
		"all, with a growth reserve": {
			profile.Ranges{
				Pods:        []netip.Prefix{pods, {}},
				Service:     services,
				Aggregate:   prefix("10.0.0.0/12"),
				PodIPv6:     pods6,
				ServiceIPv6: services6,
			},
			true, []netip.Prefix{pods, services, pods6, services6},
		},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			if got := test.ranges.Held(); got != test.held {
				t.Errorf("held: got %v", got)
			}
			if got := test.ranges.InUse(); !slices.Equal(got, test.inUse) {
				t.Errorf("in use: got %v, want %v", got, test.inUse)
			}
		})
	}
}
