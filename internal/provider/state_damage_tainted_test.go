package provider

import (
	"strings"
	"testing"

	"github.com/hashicorp/terraform-plugin-go/tfprotov6"
)

// An object that the state has and that is planned without prior state is tainted, or has another address.
func TestATaintedPlannerIsRefused(t *testing.T) {
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
		empty := merged(
			arguments,
			map[string]any{map[string]string{"cidrplan_allocator": "clusters", "cidrplan_blocks": "blocks"}[typeName]: map[string]any{}},
		)
		first := newRun(t)
		held, none := first.plan(typeName, arguments, nil, nil), newRun(t).plan(typeName, empty, nil, nil)
		if len(held.errors)+len(none.errors) > 0 {
			t.Fatal(held.errors, none.errors)
		}
		for name, test := range map[string]struct {
			state answer
			name  string
			want  string
		}{
			"tainted":          {held, "k8s", "terraform untaint"},
			"holds nothing":    {none, "k8s", ""},
			"has another name": {held, "other", ""},
		} {
			run := newRun(t)
			if _, err := run.server.ReadResource(
				t.Context(),
				&tfprotov6.ReadResourceRequest{TypeName: typeName, CurrentState: test.state.state, Private: test.state.private},
			); err != nil {
				t.Fatal(err)
			}
			got := run.plan(typeName, merged(arguments, map[string]any{"name": test.name}), nil, nil)
			if test.want == "" && len(got.errors) > 0 ||
				test.want != "" && (len(got.errors) != 1 || !strings.Contains(got.errors[0].Detail, test.want)) {
				t.Errorf("%s, %s: %v", typeName, name, got.errors)
			}
		}
	}
}
