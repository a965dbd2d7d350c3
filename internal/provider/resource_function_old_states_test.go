package provider_test

import (
	"fmt"
	"testing"

	"github.com/cidrplan/terraform-provider-cidrplan/internal/provider"
)

// The functions answer what the attributes of the same names had in a state of an earlier version.
func TestFunctionsAnswerWhatAttributesHad(t *testing.T) {
	for _, kind := range []string{"cidrplan_allocator", "cidrplan_blocks"} {
		had := storedIn(t, beforeFunctions+"state.json", kind)
		for _, name := range []string{"claims", "lock", "required_routes"} {
			want, is := had[name]
			if !is && kind == "cidrplan_blocks" && name == "required_routes" {
				continue
			}
			got := provider.Looked(t, name, had)
			if places := differing("", want, got); len(places) > 0 || want == nil {
				t.Errorf("%s of %s differs at %q: %v, want %v", name, kind, places, got, want)
			}
		}
	}
}

// They answer also of a state that an older version wrote, without these attributes.
func TestFunctionsAnswerOfAnOldState(t *testing.T) {
	all := storedIn(t, before+"state.json", "cidrplan_allocator")
	claims := provider.Looked(t, "claims", all).(map[string]any)
	for cluster, a := range all["allocations"].(map[string]any) {
		pods, _ := a.(map[string]any)["pod_cidrs"].([]any)
		for _, cidr := range pods {
			if claims[fmt.Sprintf("%s/pod/%s", cluster, cidr)] == nil {
				t.Errorf("Pod range %s of cluster %q is not among the claims", cidr, cluster)
			}
		}
	}
	routes := provider.Looked(t, "required_routes", all).(map[string]any)
	for _, cluster := range []string{"shop", "pinned", "build", "brown"} {
		if routes["ali:publish:hub:cen:"+cluster] == nil || routes["idc:advertise:hub:cen:"+cluster] == nil {
			t.Errorf("nothing is required for %s in %v", cluster, routes)
		}
	}
	if len(routes) != 8 {
		t.Errorf("%d routes: %v", len(routes), routes)
	}
}
