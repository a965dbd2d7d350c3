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

func (t thing) Plan(c Change) Planned {
	name := textIn(c.Config, "name")
	if name == "bad" {
		return Planned{Diagnostics: []*tfprotov6.Diagnostic{fault(nil, "Bad", "bad")}}
	}
	return Planned{
		Value: thingOf(name, strings.ToUpper(name)), Private: c.Private.With("planned", []byte(name)),
		Diagnostics: []*tfprotov6.Diagnostic{warning("twice"), warning("twice")},
	}
}

func (t thing) Forget(c Change) []*tfprotov6.Diagnostic {
	return []*tfprotov6.Diagnostic{warning("forgets " + textIn(c.Prior, "name"))}
}

func (t thing) Stored(planned tftypes.Value, private Private, created bool) Private {
	if created {
		return Private{"created": []byte(textIn(planned, "loud"))}
	}
	return private
}

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

func (look) Schema() *tfprotov6.Schema                      { return thingSchema }
func (look) Validate(tftypes.Value) []*tfprotov6.Diagnostic { return nil }
func (look) Read(config tftypes.Value) (tftypes.Value, []*tfprotov6.Diagnostic) {
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

func TestSchemasAreThoseOfTheResourcesAndOfTheRest(t *testing.T) {
	s, _ := newServer()
	meta, err := s.GetMetadata(t.Context(), nil)
	if err != nil || len(meta.Resources) != 1 || meta.Resources[0].TypeName != "x_thing" || len(meta.DataSources) != 1 ||
		len(meta.Functions) != 1 {
		t.Errorf("metadata: %+v, %v", meta, err)
	}
	schemas, err := s.GetProviderSchema(t.Context(), nil)
	if err != nil || schemas.ResourceSchemas["x_thing"] != thingSchema || schemas.DataSourceSchemas["x_look"] != thingSchema ||
		schemas.Provider == nil ||
		schemas.Functions["repeat"] == nil {
		t.Errorf("schemas: %+v, %v", schemas, err)
	}
}

func TestPlan(t *testing.T) {
	s, _ := newServer()
	plan := func(name string, prior tftypes.Value, private []byte) *tfprotov6.PlanResourceChangeResponse {
		t.Helper()
		proposed := wire(t, thingOf(name, tftypes.UnknownValue))
		resp, err := s.PlanResourceChange(t.Context(), &tfprotov6.PlanResourceChangeRequest{
			TypeName: "x_thing", Config: wire(t, thingOf(name, nil)), ProposedNewState: proposed, PriorState: wire(t, prior), PriorPrivate: private,
		})
		if err != nil {
			t.Fatal(err)
		}
		return resp
	}
	created := plan("one", absent, nil)
	wantValue(t, created.PlannedState, thingOf("one", "ONE"))
	wantPrivate(t, created.PlannedPrivate, Private{"planned": []byte("one")})
	wantMessages(t, created.Diagnostics, "twice") // once

	updated := plan("two", thingOf("one", "ONE"), Private{"created": []byte("ONE"), ".framework": []byte("x")}.pack())
	wantPrivate(t, updated.PlannedPrivate, Private{"created": []byte("ONE"), "planned": []byte("two")})

	refused := plan("bad", absent, nil)
	wantMessages(t, refused.Diagnostics, "Bad")
	wantValue(t, refused.PlannedState, thingOf("bad", tftypes.UnknownValue)) // as it was proposed

	destroyed, err := s.PlanResourceChange(t.Context(), &tfprotov6.PlanResourceChangeRequest{
		TypeName: "x_thing", Config: wire(t, absent), ProposedNewState: wire(t, absent), PriorState: wire(t, thingOf("one", "ONE")), PriorPrivate: Private{"a": []byte("b")}.pack(),
	})
	if err != nil {
		t.Fatal(err)
	}
	wantMessages(t, destroyed.Diagnostics, "forgets one")
	wantValue(t, destroyed.PlannedState, absent)
	wantPrivate(t, destroyed.PlannedPrivate, Private{"a": []byte("b")})
}

// What was planned is stored; what was created keeps nothing of the plan.
func TestApply(t *testing.T) {
	s, _ := newServer()
	for name, test := range map[string]struct {
		prior, planned tftypes.Value
		want           Private
	}{
		"create":  {absent, thingOf("one", "ONE"), Private{"created": []byte("ONE")}},
		"update":  {thingOf("one", "ONE"), thingOf("two", "TWO"), Private{"planned": []byte("two")}},
		"destroy": {thingOf("one", "ONE"), absent, nil},
	} {
		t.Run(name, func(t *testing.T) {
			resp, err := s.ApplyResourceChange(t.Context(), &tfprotov6.ApplyResourceChangeRequest{
				TypeName: "x_thing", PriorState: wire(t, test.prior), PlannedState: wire(t, test.planned), Config: wire(t, test.planned),
				PlannedPrivate: Private{"planned": []byte("two")}.pack(),
			})
			if err != nil {
				t.Fatal(err)
			}
			wantValue(t, resp.NewState, test.planned)
			wantPrivate(t, resp.Private, test.want)
		})
	}
}

func TestReadAndImport(t *testing.T) {
	s, _ := newServer()
	read, err := s.ReadResource(
		t.Context(),
		&tfprotov6.ReadResourceRequest{
			TypeName:     "x_thing",
			CurrentState: wire(t, thingOf("one", "ONE")),
			Private:      Private{"a": []byte("b")}.pack(),
		},
	)
	if err != nil {
		t.Fatal(err)
	}
	wantValue(t, read.NewState, thingOf("one", "ONE"))
	wantPrivate(t, read.Private, Private{"a": []byte("b"), "read": []byte("one")})

	imported, err := s.ImportResourceState(t.Context(), &tfprotov6.ImportResourceStateRequest{TypeName: "x_thing", ID: "one"})
	if err != nil {
		t.Fatal(err)
	}
	wantValue(t, imported.ImportedResources[0].State, thingOf("one", nil))
	wantPrivate(t, imported.ImportedResources[0].Private, Private{"imported": []byte("yes")})

	refused, err := s.ImportResourceState(t.Context(), &tfprotov6.ImportResourceStateRequest{TypeName: "x_thing"})
	if err != nil || len(refused.ImportedResources) > 0 {
		t.Errorf("got %+v, %v", refused, err)
	}
	wantMessages(t, refused.Diagnostics, "Empty")

	moved, err := s.MoveResourceState(t.Context(), &tfprotov6.MoveResourceStateRequest{SourceTypeName: "y", TargetTypeName: "x_thing"})
	if err != nil {
		t.Fatal(err)
	}
	wantMessages(t, moved.Diagnostics, "Resource Type Cannot Change")
}

// A state of another version is read with what both versions have.
func TestUpgrade(t *testing.T) {
	s, _ := newServer()
	for name, test := range map[string]struct {
		state string
		want  tftypes.Value
		fault string
	}{
		"the same":                {`{"name":"one","loud":"ONE","parts":{"a":{"size":1,"seen":true,"note":null}}}`, thingWith("one", "ONE", map[string]map[string]any{"a": {"size": 1, "seen": true}}), ""},
		"with one that is gone":   {`{"name":"one","loud":"ONE","lock":"x","parts":{"a":{"size":1,"seen":true,"weight":[1]}}}`, thingWith("one", "ONE", map[string]map[string]any{"a": {"size": 1, "seen": true}}), ""},
		"without one that is new": {`{"name":"one"}`, thingOf("one", nil), ""},
		"of another type":         {`{"name":["one"]}`, absent, "State Cannot Be Read"},
		"no JSON":                 {`{"name":`, absent, "State Cannot Be Read"},
	} {
		t.Run(name, func(t *testing.T) {
			resp, err := s.UpgradeResourceState(
				t.Context(),
				&tfprotov6.UpgradeResourceStateRequest{TypeName: "x_thing", RawState: &tfprotov6.RawState{JSON: []byte(test.state)}},
			)
			if err != nil {
				t.Fatal(err)
			}
			if test.fault != "" {
				wantMessages(t, resp.Diagnostics, test.fault)
				return
			}
			wantMessages(t, resp.Diagnostics)
			wantValue(t, resp.UpgradedState, test.want)
		})
	}
}

// Terraform checks that a required argument is given, and leaves it to the provider whether it is null, and whether what only
// the provider sets is given.
func TestFlagsOfAttributesAreChecked(t *testing.T) {
	s, calls := newServer()
	size := map[string]map[string]any{"a": {"size": 1}}
	for name, test := range map[string]struct {
		config tftypes.Value
		want   []string
	}{
		"sound":                        {thingWith("one", nil, size), nil},
		"nothing is known":             {tftypes.NewValue(thingType, tftypes.UnknownValue), nil},
		"not known yet":                {thingOf(tftypes.UnknownValue, nil), nil},
		"null for a required one":      {thingOf(nil, nil), []string{`AttributeName("name"): Missing Value`}},
		"a value for a read-only one":  {thingOf("one", "ONE"), []string{`AttributeName("loud"): Read-Only Attribute`}},
		"null for a nested required":   {thingWith("one", nil, map[string]map[string]any{"a": {"note": "x"}}), []string{`AttributeName("parts").ElementKeyString("a").AttributeName("size"): Missing Value`}},
		"a value for nested read-only": {thingWith("one", nil, map[string]map[string]any{"a": {"size": 1, "seen": true}}), []string{`AttributeName("parts").ElementKeyString("a").AttributeName("seen"): Read-Only Attribute`}},
	} {
		t.Run(name, func(t *testing.T) {
			resource, err := s.ValidateResourceConfig(t.Context(), &tfprotov6.ValidateResourceConfigRequest{
				TypeName: "x_thing", Config: wire(t, test.config), ClientCapabilities: &tfprotov6.ValidateResourceConfigClientCapabilities{WriteOnlyAttributesAllowed: true},
			})
			if err != nil {
				t.Fatal(err)
			}
			data, err := s.ValidateDataResourceConfig(
				t.Context(),
				&tfprotov6.ValidateDataResourceConfigRequest{TypeName: "x_look", Config: wire(t, test.config)},
			)
			if err != nil {
				t.Fatal(err)
			}
			for _, found := range [][]*tfprotov6.Diagnostic{resource.Diagnostics, data.Diagnostics} {
				var got []string
				for _, d := range found {
					got = append(got, d.Attribute.String()+": "+d.Summary)
				}
				if !slices.Equal(got, test.want) {
					t.Errorf("got %q, want %q", got, test.want)
				}
			}
		})
	}
	if calls.calls["validate"] != 7 {
		t.Errorf("the resource validated %d times", calls.calls["validate"])
	}
	old, err := s.ValidateResourceConfig(
		t.Context(),
		&tfprotov6.ValidateResourceConfigRequest{TypeName: "x_thing", Config: wire(t, thingOf(nil, nil))},
	)
	if err != nil {
		t.Fatal(err)
	}
	wantMessages(t, old.Diagnostics, "old", "Old") // once, and no second error on the name
}

func TestReadDataSource(t *testing.T) {
	s, _ := newServer()
	resp, err := s.ReadDataSource(t.Context(), &tfprotov6.ReadDataSourceRequest{TypeName: "x_look", Config: wire(t, thingOf("one", nil))})
	if err != nil {
		t.Fatal(err)
	}
	wantValue(t, resp.State, thingOf("one", "seen"))
	wantMessages(t, resp.Diagnostics, "w")
	refused, err := s.ReadDataSource(
		t.Context(),
		&tfprotov6.ReadDataSourceRequest{TypeName: "x_look", Config: wire(t, thingOf("bad", nil))},
	)
	if err != nil || refused.State != nil {
		t.Errorf("got %+v, %v", refused, err)
	}
	wantMessages(t, refused.Diagnostics, "Bad")
}

// What cannot be decoded is an error of the call, never a panic.
func TestCallsThatMakeNoSense(t *testing.T) {
	s, _ := newServer()
	broken, ctx := &tfprotov6.DynamicValue{MsgPack: []byte{0xc1}}, t.Context()
	sound := wire(t, thingOf("one", nil))
	for name, call := range map[string]func(typeName string, v *tfprotov6.DynamicValue, private []byte) error{
		"validate": func(name string, v *tfprotov6.DynamicValue, _ []byte) error {
			_, err := s.ValidateResourceConfig(ctx, &tfprotov6.ValidateResourceConfigRequest{TypeName: name, Config: v})
			return err
		},
		"read": func(name string, v *tfprotov6.DynamicValue, private []byte) error {
			_, err := s.ReadResource(ctx, &tfprotov6.ReadResourceRequest{TypeName: name, CurrentState: v, Private: private})
			return err
		},
		"plan": func(name string, v *tfprotov6.DynamicValue, private []byte) error {
			_, err := s.PlanResourceChange(ctx, &tfprotov6.PlanResourceChangeRequest{TypeName: name, Config: v, PriorState: v, ProposedNewState: v, PriorPrivate: private})
			return err
		},
		"apply": func(name string, v *tfprotov6.DynamicValue, private []byte) error {
			_, err := s.ApplyResourceChange(ctx, &tfprotov6.ApplyResourceChangeRequest{TypeName: name, PriorState: v, PlannedState: v, PlannedPrivate: private})
			return err
		},
		"validate data": func(name string, v *tfprotov6.DynamicValue, _ []byte) error {
			_, err := s.ValidateDataResourceConfig(ctx, &tfprotov6.ValidateDataResourceConfigRequest{TypeName: strings.Replace(name, "thing", "look", 1), Config: v})
			return err
		},
		"read data": func(name string, v *tfprotov6.DynamicValue, _ []byte) error {
			_, err := s.ReadDataSource(ctx, &tfprotov6.ReadDataSourceRequest{TypeName: strings.Replace(name, "thing", "look", 1), Config: v})
			return err
		},
	} {
		if err := call("x_thing", sound, nil); err != nil {
			t.Errorf("%s: %v", name, err)
		}
		if err := call("x_other", sound, nil); err == nil || !strings.Contains(err.Error(), "x_other") {
			t.Errorf("%s of another type: %v", name, err)
		}
		if err := call("x_thing", broken, nil); err == nil {
			t.Errorf("%s: a broken value is accepted", name)
		}
		withPrivate := map[string]bool{"read": true, "plan": true, "apply": true}[name]
		if err := call("x_thing", sound, []byte("{")); withPrivate != (err != nil) {
			t.Errorf("%s with broken private data: %v", name, err)
		}
	}
}

// The framework wrote such states, and reads them again.
func TestPrivateDataIsPackedAsTheFrameworkDoes(t *testing.T) {
	if got, want := string(Private{"held": []byte("true")}.pack()), `{"held":"dHJ1ZQ=="}`; got != want {
		t.Errorf("got %s, want %s", got, want)
	}
	wantPrivate(t, []byte(`{".frameworkKey":"eA==","held":"dHJ1ZQ=="}`), Private{"held": []byte("true")})
	if got := Private(nil).pack(); got != nil {
		t.Errorf("nothing is packed as %q", got)
	}
	one := Private{"a": []byte("1")}
	if two := one.With("b", []byte("2")).With("a", nil); len(one) != 1 || len(two) != 1 || string(two["b"]) != "2" {
		t.Errorf("%q becomes %q", one, two)
	}
}
