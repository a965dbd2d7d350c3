package clouds

import (
	"reflect"
	"testing"
)

// An AKS cluster reports its ranges as lists and the first of each alone: what is not set is known only after apply.
func TestRangesOfANewClusterOfAKS(t *testing.T) {
	of := func(first, list any) m {
		return m{"network_profile": []any{m{"pod_cidr": first, "pod_cidrs": list, "service_cidr": first, "service_cidrs": list}}}
	}
	both := []any{"10.244.0.0/16", "fd12:3456:789a::/64"}
	for name, c := range map[string]struct {
		object     m
		ipv4, ipv6 Known[[]string]
	}{
		"a new cluster that sets lists":        {of(unknown{}, []any{"10.244.0.0/16"}), ranges("10.244.0.0/16"), ranges()},
		"a new cluster with both families":     {of(unknown{}, both), ranges("10.244.0.0/16"), ranges("fd12:3456:789a::/64")},
		"a new cluster that sets one range":    {of("10.244.0.0/16", unknown{}), openRanges, openRanges},
		"a new cluster that sets nothing":      {of(unknown{}, unknown{}), openRanges, openRanges},
		"one that exists":                      {of("10.244.0.0/16", both), ranges("10.244.0.0/16"), ranges("fd12:3456:789a::/64")},
		"one whose old state has no lists":     {of("10.244.0.0/16", nil), ranges("10.244.0.0/16"), ranges()},
		"one whose old state has empty lists":  {of("10.244.0.0/16", []any{}), ranges("10.244.0.0/16"), ranges()},
		"one that has no Pod range of its own": {of("", []any{}), ranges(), ranges()},
	} {
		t.Run(name, func(t *testing.T) {
			o, faults := read(t, "azurerm_kubernetes_cluster", c.object)
			for what, got := range map[string][2]Known[[]string]{"Pods": {o.Pods, o.PodsIPv6}, "Services": {o.Services, o.ServicesIPv6}} {
				if len(faults) > 0 || !reflect.DeepEqual(got, [2]Known[[]string]{c.ipv4, c.ipv6}) {
					t.Errorf("%s: %+v (%v), want %+v and %+v", what, got, faults, c.ipv4, c.ipv6)
				}
			}
		})
	}
}

// A GKE cluster reports its first Pod range a second time, which is known only after apply.
func TestARepeatedRangeIsReadOnce(t *testing.T) {
	policy := func(pods any) any {
		return m{"cluster_ipv4_cidr_block": pods, "services_ipv4_cidr_block": "10.9.0.0/20"}
	}
	of := func(cidr any, policy ...any) m { return m{"cluster_ipv4_cidr": cidr, "ip_allocation_policy": policy} }
	for name, c := range map[string]struct {
		object m
		want   Known[[]string]
	}{
		"a new cluster": {of(unknown{}, policy("10.4.0.0/14")), ranges("10.4.0.0/14")},
		"the same, applied": {
			of("10.4.0.0/14", policy("10.4.0.0/14")), ranges("10.4.0.0/14"),
		},
		"a range that the cloud chooses": {of(unknown{}, policy(unknown{})), openRanges},
		"which stays unknown while one of the two is": {
			of("10.4.0.0/14", policy(unknown{})), openRanges,
		},
		"a cluster based on routes":          {of("10.4.0.0/14"), ranges("10.4.0.0/14")},
		"one of which the cloud chooses it":  {of(unknown{}), openRanges},
		"a policy without a range":           {of("10.4.0.0/14", policy("")), ranges("10.4.0.0/14")},
		"a policy of which it is not known":  {m{"cluster_ipv4_cidr": "10.4.0.0/14", "ip_allocation_policy": unknown{}}, openRanges},
		"a policy with a range that is null": {of("10.4.0.0/14", policy(nil)), ranges("10.4.0.0/14")},
	} {
		t.Run(name, func(t *testing.T) {
			o, faults := read(t, "google_container_cluster", c.object)
			if len(faults) > 0 || !reflect.DeepEqual(o.Pods, c.want) {
				t.Errorf("%+v (%v), want %+v", o.Pods, faults, c.want)
			}
		})
	}
}
