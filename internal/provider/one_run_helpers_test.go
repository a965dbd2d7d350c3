package provider

import (
	"context"
	"maps"
	"math/big"
	"sync"
	"testing"

	"github.com/hashicorp/terraform-plugin-go/tfprotov6"
	"github.com/hashicorp/terraform-plugin-go/tftypes"

	"github.com/cidrplan/terraform-provider-cidrplan/internal/values"
)

// oneRun is a provider that was configured for one run of Terraform, without Terraform: tests call it as the protocol does.
type oneRun struct {
	t       testing.TB
	server  tfprotov6.ProviderServer
	schemas map[string]*tfprotov6.Schema
}

// allSchemas are those of the provider and its resources, which take long to make.
var allSchemas = sync.OnceValues(func() (*tfprotov6.GetProviderSchemaResponse, error) {
	return New("test")().GetProviderSchema(context.Background(), &tfprotov6.GetProviderSchemaRequest{})
})

func newRun(t testing.TB) *oneRun {
	t.Helper()
	schemas, err := allSchemas()
	if err != nil {
		t.Fatal(err)
	}
	server := New("test")()
	r := &oneRun{t: t, server: server, schemas: schemas.ResourceSchemas}
	config := r.dynamic(valueOf(schemas.Provider.ValueType(), map[string]any{}))
	if _, err := server.ConfigureProvider(context.Background(), &tfprotov6.ConfigureProviderRequest{Config: config}); err != nil {
		t.Fatal(err)
	}
	return r
}

// answer is that of one call.
type answer struct {
	state   *tfprotov6.DynamicValue
	private []byte
	errors  []*tfprotov6.Diagnostic
	// warnings are their details.
	warnings []string
}

// plan plans a resource with arguments, as Terraform does with the state that another call planned, or without.
func (r *oneRun) plan(typeName string, arguments map[string]any, prior *tfprotov6.DynamicValue, private []byte) answer {
	r.t.Helper()
	return r.planConfig(typeName, valueOf(r.schemas[typeName].ValueType(), arguments), prior, private)
}

// planConfig plans a resource with a whole configuration.
func (r *oneRun) planConfig(typeName string, config tftypes.Value, prior *tfprotov6.DynamicValue, private []byte) answer {
	r.t.Helper()
	schema, typ := r.schemas[typeName], config.Type()
	request := &tfprotov6.PlanResourceChangeRequest{
		TypeName: typeName, Config: r.dynamic(config), ProposedNewState: r.dynamic(proposed(schema, config)), PriorState: prior,
		PriorPrivate: private,
	}
	if prior == nil {
		request.PriorState = r.dynamic(tftypes.NewValue(typ, nil))
	}
	resp, err := r.server.PlanResourceChange(context.Background(), request)
	if err != nil {
		r.t.Fatal(err)
	}
	out := answer{state: resp.PlannedState, private: resp.PlannedPrivate}
	for _, d := range resp.Diagnostics {
		if d.Severity == tfprotov6.DiagnosticSeverityError {
			out.errors = append(out.errors, d)
		} else {
			out.warnings = append(out.warnings, d.Detail)
		}
	}
	return out
}

// destroy plans the destruction of what a state has.
func (r *oneRun) destroy(typeName string, prior *tfprotov6.DynamicValue) {
	r.t.Helper()
	none := r.dynamic(tftypes.NewValue(r.schemas[typeName].ValueType(), nil))
	if _, err := r.server.PlanResourceChange(
		context.Background(),
		&tfprotov6.PlanResourceChangeRequest{TypeName: typeName, Config: none, ProposedNewState: none, PriorState: prior},
	); err != nil {
		r.t.Fatal(err)
	}
}

func (r *oneRun) dynamic(v tftypes.Value) *tfprotov6.DynamicValue {
	d, err := tfprotov6.NewDynamicValue(v.Type(), v)
	if err != nil {
		r.t.Fatal(err)
	}
	return &d
}

// proposed is a configuration with computed attributes that are not known yet.
func proposed(schema *tfprotov6.Schema, config tftypes.Value) tftypes.Value {
	attributes := maps.Clone(values.AttributesOf(config))
	for _, a := range schema.Block.Attributes {
		if a.Computed && attributes[a.Name].IsNull() {
			attributes[a.Name] = tftypes.NewValue(a.ValueType(), tftypes.UnknownValue)
		}
	}
	return tftypes.NewValue(config.Type(), attributes)
}

// valueOf writes Go values as a type; what is left out of an object is null, and later is not known yet.
func valueOf(typ tftypes.Type, v any) tftypes.Value {
	if _, unknown := v.(unset); unknown {
		return tftypes.NewValue(typ, tftypes.UnknownValue)
	}
	switch given := v.(type) {
	case map[string]any:
		elements := map[string]tftypes.Value{}
		if object, is := typ.(tftypes.Object); is {
			for name, attribute := range object.AttributeTypes {
				elements[name] = valueOf(attribute, given[name])
			}
		} else {
			for key, element := range given {
				elements[key] = valueOf(typ.(tftypes.Map).ElementType, element)
			}
		}
		return tftypes.NewValue(typ, elements)
	case []string:
		var elements []tftypes.Value
		for _, text := range given {
			elements = append(elements, tftypes.NewValue(tftypes.String, text))
		}
		return tftypes.NewValue(typ, elements)
	case int:
		return tftypes.NewValue(typ, big.NewFloat(float64(given)))
	}
	return tftypes.NewValue(typ, v)
}
