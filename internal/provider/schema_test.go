package provider

import (
	"strings"
	"testing"

	"github.com/hashicorp/terraform-plugin-go/tfprotov6"
	"github.com/hashicorp/terraform-plugin-go/tftypes"

	"github.com/cidrplan/terraform-provider-cidrplan/internal/messages"
	"github.com/cidrplan/terraform-provider-cidrplan/internal/profile"
	"github.com/cidrplan/terraform-provider-cidrplan/internal/topology"
)

// A planned value is the configuration with what is computed, which is sound only while no attribute is both. The arguments that
// declare may
// have are the exception that Plan handles, and declare is the only argument that is not stored. No attribute is deprecated: from
// Terraform 1.15 on
// Terraform walks all values for marks of deprecated ones.
func TestAttributesAreSetByTheConfigurationOrTheProvider(t *testing.T) {
	schemas, err := allSchemas()
	if err != nil {
		t.Fatal(err)
	}
	both, writeOnly := 0, 0
	var walk func(at string, declarable bool, attributes []*tfprotov6.SchemaAttribute)
	walk = func(at string, declarable bool, attributes []*tfprotov6.SchemaAttribute) {
		for _, a := range attributes {
			place := at + "." + a.Name
			isObject := a.NestedType != nil && a.NestedType.Nesting != tfprotov6.SchemaObjectNestingModeList
			switch {
			case a.WriteOnly && !(declarable && a.Name == topology.DeclareArgument):
				t.Errorf("%s is write-only", place)
			case a.Optional && a.Computed && !(declarable && isObject):
				t.Errorf("%s is set by the configuration or the provider", place)
			case a.Deprecated:
				t.Errorf("%s is deprecated", place)
			case a.WriteOnly:
				writeOnly++
			case a.Optional && a.Computed:
				both++
			}
			if a.NestedType != nil {
				walk(place, false, a.NestedType.Attributes)
			}
		}
	}
	for name, s := range schemas.ResourceSchemas {
		walk(name, true, s.Block.Attributes)
	}
	for name, s := range schemas.DataSourceSchemas {
		walk("data."+name, false, s.Block.Attributes)
	}
	if both == 0 || writeOnly == 0 {
		t.Errorf("%d arguments are planned and %d are write-only: the test no longer sees them", both, writeOnly)
	}
}

// The types that values are encoded with are those of the schemas.
func TestSchemasHaveTheTypesOfTheirFields(t *testing.T) {
	p, r := messages.Writer{Catalog: profile.Default()}, new(run)
	compare := func(name string, schema *tfprotov6.Schema, encoded tftypes.Object) {
		if declared := schema.ValueType(); !encoded.Equal(declared) {
			t.Errorf("%s: %s and %s", name, encoded, declared)
		}
	}
	for name, resource := range resourcesOf(p, r) {
		switch of := resource.(type) {
		case *plannerResource:
			compare(name, of.Schema(), of.typ)
		case *declaration:
			compare(name, of.Schema(), of.typ)
		default:
			t.Errorf("%s is neither", name)
		}
	}
	for name, source := range dataSourcesOf(p, r) {
		switch of := source.(type) {
		case *plannerDataSource:
			compare("data."+name, of.Schema(), of.typ)
		case *auditDataSource:
			compare("data."+name, of.Schema(), of.typ)
		default:
			t.Errorf("data.%s is neither", name)
		}
	}
}

// Each server has a session of its own, made when it is configured: what one run plans is no second resource of the same name in another.
func TestRunsShareNothing(t *testing.T) {
	arguments := map[string]any{"name": "prod", "cidr_blocks": []string{"192.168.0.0/16"}}
	one, other := newRun(t), newRun(t)
	for i, run := range []*oneRun{one, other, one} {
		got := run.plan("cidrplan_vpc", arguments, nil, nil)
		if refused := len(got.errors) > 0; refused != (i == 2) {
			t.Errorf("plan %d: %v", i, got.errors)
		}
	}
}

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
