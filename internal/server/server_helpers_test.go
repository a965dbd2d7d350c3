package server

import (
	"context"
	"errors"
	"maps"
	"slices"
	"strings"
	"testing"

	"github.com/hashicorp/terraform-plugin-go/tfprotov6"
	"github.com/hashicorp/terraform-plugin-go/tftypes"
)

// rest stands for the server of the framework. It has neither resources nor data sources.
type rest struct{ tfprotov6.ProviderServer }

func (rest) GetMetadata(context.Context, *tfprotov6.GetMetadataRequest) (*tfprotov6.GetMetadataResponse, error) {
	return &tfprotov6.GetMetadataResponse{}, nil
}

func (rest) GetProviderSchema(context.Context, *tfprotov6.GetProviderSchemaRequest) (*tfprotov6.GetProviderSchemaResponse, error) {
	return &tfprotov6.GetProviderSchemaResponse{Provider: &tfprotov6.Schema{}}, nil
}

// thing is a resource that plans its name in capitals and keeps a count of its updates.
type thing struct{ calls map[string]int }

var thingSchema = &tfprotov6.Schema{Block: &tfprotov6.SchemaBlock{Attributes: []*tfprotov6.SchemaAttribute{
	{Name: "name", Type: tftypes.String, Required: true},
	{Name: "loud", Type: tftypes.String, Computed: true},
	{
		Name:     "parts",
		Optional: true,
		NestedType: &tfprotov6.SchemaObject{Nesting: tfprotov6.SchemaObjectNestingModeMap, Attributes: []*tfprotov6.SchemaAttribute{
			{
				Name:     "size",
				Type:     tftypes.Number,
				Required: true,
			}, {Name: "seen", Type: tftypes.Bool, Computed: true}, {Name: "note", Type: tftypes.String, Optional: true},
		}},
	},
}}}

var thingType = thingSchema.ValueType().(tftypes.Object)

var partType = tftypes.Object{AttributeTypes: map[string]tftypes.Type{"size": tftypes.Number, "seen": tftypes.Bool, "note": tftypes.String}}

func (t thing) Schema() *tfprotov6.Schema { return thingSchema }

func (t thing) Validate(config tftypes.Value, writeOnly bool) []*tfprotov6.Diagnostic {
	t.calls["validate"]++
	if !writeOnly {
		return []*tfprotov6.Diagnostic{
			warning("old"),
			warning("old"),
			fault(tftypes.NewAttributePath().WithAttributeName("name"), "Old", "too old"),
		}
	}
	return nil
}

func (t thing) Plan(_ context.Context, c Change) Planned {
	name := textIn(c.Config, "name")
	for _, early := range strings.Split(textIn(c.Config, "loud"), ",") { // perhaps of a decision that is made again
		if early != "" {
			c.Prepare(thingOf(name, early))
		}
	}
	if name == "bad" {
		return Planned{Diagnostics: []*tfprotov6.Diagnostic{fault(nil, "Bad", "bad")}}
	}
	return Planned{
		Value: thingOf(name, strings.ToUpper(name)), Private: c.Private.With("planned", []byte(name)),
		Diagnostics: []*tfprotov6.Diagnostic{warning("twice"), warning("twice")},
	}
}

func (t thing) Forget(_ context.Context, c Change) []*tfprotov6.Diagnostic {
	return []*tfprotov6.Diagnostic{warning("forgets " + textIn(c.Prior, "name"))}
}

func (t thing) Apply(_ context.Context, a Application) (Private, []*tfprotov6.Diagnostic) {
	switch {
	case textIn(a.Planned(), "name") == "refused":
		return a.Private.With(
				"refused",
				[]byte("yes"),
			), []*tfprotov6.Diagnostic{
				fault(nil, "Refused", "refused"),
				fault(nil, "Refused", "refused"),
			}
	case a.Creates:
		return Private{"created": []byte(textIn(a.Planned(), "loud"))}, nil
	}
	return a.Private, []*tfprotov6.Diagnostic{warning("twice"), warning("twice")}
}

func (t thing) Destroy(_ context.Context, c Change) []*tfprotov6.Diagnostic {
	if name := textIn(c.Prior, "name"); name == "refused" {
		return []*tfprotov6.Diagnostic{fault(nil, "Refused", "refused"), fault(nil, "Refused", "refused")}
	}
	return []*tfprotov6.Diagnostic{warning("destroys"), warning("destroys")}
}

func (t thing) See(state tftypes.Value) { t.calls["see "+textIn(state, "name")]++ }

func (t thing) Read(state tftypes.Value, private Private) Private {
	return private.With("read", []byte(textIn(state, "name")))
}

func (t thing) Import(id string) (tftypes.Value, Private, []*tfprotov6.Diagnostic) {
	if id == "" {
		return tftypes.Value{}, nil, []*tfprotov6.Diagnostic{fault(nil, "Empty", "no id")}
	}
	return thingOf(id, nil), Private{"imported": []byte("yes")}, nil
}

// look is a data source.
type look struct{}

func (look) Schema() *tfprotov6.Schema { return thingSchema }

func (look) Validate(tftypes.Value) []*tfprotov6.Diagnostic { return nil }

func (look) Read(_ context.Context, config tftypes.Value) (tftypes.Value, []*tfprotov6.Diagnostic) {
	name := textIn(config, "name")
	if name == "bad" {
		return tftypes.Value{}, []*tfprotov6.Diagnostic{fault(nil, "Bad", "bad")}
	}
	return thingOf(name, "seen"), []*tfprotov6.Diagnostic{warning("w"), warning("w")}
}

func warning(summary string) *tfprotov6.Diagnostic {
	return &tfprotov6.Diagnostic{Severity: tfprotov6.DiagnosticSeverityWarning, Summary: summary}
}

func thingOf(name, loud any) tftypes.Value { return thingWith(name, loud, nil) }

// thingWith is a thing with the attributes of its parts; nil for no parts.
func thingWith(name, loud any, parts map[string]map[string]any) tftypes.Value {
	all := map[string]tftypes.Value{}
	for key, attributes := range parts {
		part := map[string]tftypes.Value{}
		for name, typ := range partType.AttributeTypes {
			part[name] = tftypes.NewValue(typ, attributes[name])
		}
		all[key] = tftypes.NewValue(partType, part)
	}
	value := tftypes.NewValue(tftypes.Map{ElementType: partType}, all)
	if parts == nil {
		value = tftypes.NewValue(tftypes.Map{ElementType: partType}, nil)
	}
	return tftypes.NewValue(thingType, map[string]tftypes.Value{
		"name": tftypes.NewValue(tftypes.String, name), "loud": tftypes.NewValue(tftypes.String, loud), "parts": value,
	})
}

func textIn(object tftypes.Value, name string) (text string) {
	var attributes map[string]tftypes.Value
	if err := errors.Join(object.As(&attributes), attributes[name].As(&text)); err != nil {
		panic(err)
	}
	return text
}

func newServer() (tfprotov6.ProviderServer, thing) {
	t := thing{map[string]int{}}
	return New(
		rest{}, map[string]Resource{"x_thing": t}, map[string]DataSource{"x_look": look{}}, map[string]Function{"repeat": repeat{}},
	), t
}

func wire(t *testing.T, v tftypes.Value) *tfprotov6.DynamicValue {
	t.Helper()
	d, err := tfprotov6.NewDynamicValue(thingType, v)
	if err != nil {
		t.Fatal(err)
	}
	return &d
}

var absent = tftypes.NewValue(thingType, nil)

func wantValue(t *testing.T, got *tfprotov6.DynamicValue, want tftypes.Value) {
	t.Helper()
	v, err := got.Unmarshal(thingType)
	if err != nil {
		t.Fatal(err)
	}
	if !v.Equal(want) {
		t.Errorf("got %s, want %s", v, want)
	}
}

// wantPrivate compares private data, which is packed as the framework packs it.
func wantPrivate(t *testing.T, packed []byte, want Private) {
	t.Helper()
	got, err := unpack(packed)
	if err != nil {
		t.Fatal(err)
	}
	if !maps.EqualFunc(got, want, slices.Equal) {
		t.Errorf("got %q, want %q", got, want)
	}
}

// wantMessages compares the summaries of messages.
func wantMessages(t *testing.T, got []*tfprotov6.Diagnostic, want ...string) {
	t.Helper()
	var summaries []string
	for _, d := range got {
		summaries = append(summaries, d.Summary)
	}
	if !slices.Equal(summaries, want) {
		t.Errorf("got messages %q, want %q", summaries, want)
	}
}
