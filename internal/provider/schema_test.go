package provider

import (
	"testing"

	"github.com/hashicorp/terraform-plugin-go/tfprotov6"
	"github.com/hashicorp/terraform-plugin-go/tftypes"

	"github.com/cidrplan/terraform-provider-cidrplan/internal/messages"
	"github.com/cidrplan/terraform-provider-cidrplan/internal/profile"
	"github.com/cidrplan/terraform-provider-cidrplan/internal/topology"
)

// A planned value consists of the configuration and the computed attributes, which is correct only if no attribute is both. The
// arguments that declare may have are the exception, which Plan handles, and declare is the only argument that is not stored. No
// attribute is deprecated, since Terraform 1.15 and later then walks all values to look for deprecated ones.
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
		case *ledgerDataSource:
			compare("data."+name, of.Schema(), of.typ)
		default:
			t.Errorf("data.%s is neither", name)
		}
	}
}
