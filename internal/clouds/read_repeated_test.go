package clouds

import (
	"reflect"
	"testing"
)

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
