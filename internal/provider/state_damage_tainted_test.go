package provider

import (
	"strings"
	"testing"

	"github.com/hashicorp/terraform-plugin-go/tfprotov6"
)

// An object that the state has and that is planned without prior state is tainted, or has another address.
func TestATaintedPlannerIsRefused(t *testing.T) {
	held := map[string]string{
		"cidrplan_allocator": `"allocations":{"shop":{}}`, "cidrplan_blocks": `"cidrs":{"a":"10.64.0.0/24"}`,
	}
	for typeName, arguments := range map[string]map[string]any{
		"cidrplan_allocator": {"name": "k8s", "supernets": []string{"10.64.0.0/12"}, "vpcs": map[string]any{
			"prod": map[string]any{"cidr_blocks": []string{"192.168.0.0/16"}},
		}, "clusters": map[string]any{
			"shop": map[string]any{"vpc": "prod", "profile": "kubernetes-overlay", "max_nodes": 10},
		}},
		"cidrplan_blocks": {
			"name":      "k8s",
			"supernets": []string{"10.64.0.0/12"},
			"blocks":    map[string]any{"a": map[string]any{"prefix_length": 24}},
		},
	} {
		for name, test := range map[string]struct {
			state, name, want string
		}{
			"tainted":          {`{"name":"k8s",` + held[typeName] + `}`, "k8s", "terraform untaint"},
			"released ranges":  {`{"name":"k8s","released":{"a":null}}`, "k8s", "terraform untaint"},
			"holds nothing":    {`{"name":"k8s","released":{}}`, "k8s", ""},
			"has another name": {`{"name":"k8s",` + held[typeName] + `}`, "other", ""},
		} {
			run := newRun(t)
			state := &tfprotov6.RawState{JSON: []byte(test.state)}
			seen, err := run.server.UpgradeResourceState(
				t.Context(), &tfprotov6.UpgradeResourceStateRequest{TypeName: typeName, RawState: state},
			)
			if err != nil || len(seen.Diagnostics) > 0 {
				t.Fatal(err, seen)
			}
			got := run.plan(typeName, merged(arguments, map[string]any{"name": test.name}), nil, nil)
			if test.want == "" && len(got.errors) > 0 ||
				test.want != "" && (len(got.errors) != 1 || !strings.Contains(got.errors[0].Detail, test.want)) {
				t.Errorf("%s, %s: %v", typeName, name, got.errors)
			}
		}
	}
}
