package server

import (
	"testing"

	"github.com/hashicorp/terraform-plugin-go/tfprotov6"
	"github.com/hashicorp/terraform-plugin-go/tftypes"
)

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
			TypeName: "x_thing", Config: wire(t, thingOf(name, nil)), ProposedNewState: proposed, PriorState: wire(t, prior),
			PriorPrivate: private,
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
	wantValue(t, refused.PlannedState, absent) // not as it was proposed, with write-only arguments

	for name, test := range map[string]struct{ name, prepared, want string }{
		"the value":                       {"two", "TWO", "TWO"},
		"another value before it":         {"two", "ONE,TWO", "TWO"},
		"the prior value after another":   {"one", "TWO,ONE", "ONE"},
		"another value after the prior":   {"one", "ONE,TWO", "TWO"},
		"a value of what is then refused": {"bad", "BAD", ""},
	} {
		t.Run("prepared is "+name, func(t *testing.T) {
			proposed, prior := wire(t, thingOf(test.name, tftypes.UnknownValue)), wire(t, thingOf("one", "ONE"))
			resp, err := s.PlanResourceChange(t.Context(), &tfprotov6.PlanResourceChangeRequest{
				TypeName: "x_thing", Config: wire(t, thingOf(test.name, test.prepared)), ProposedNewState: proposed, PriorState: prior,
			})
			if err != nil {
				t.Fatal(err)
			}
			if test.want == "" {
				wantValue(t, resp.PlannedState, thingOf("one", "ONE"))
				return
			}
			wantValue(t, resp.PlannedState, thingOf(test.name, test.want))
		})
	}

	destroyed, err := s.PlanResourceChange(t.Context(), &tfprotov6.PlanResourceChangeRequest{
		TypeName: "x_thing", Config: wire(t, absent), ProposedNewState: wire(t, absent), PriorState: wire(t, thingOf("one", "ONE")),
		PriorPrivate: Private{"a": []byte("b")}.pack(),
	})
	if err != nil {
		t.Fatal(err)
	}
	wantMessages(t, destroyed.Diagnostics, "forgets one")
	wantValue(t, destroyed.PlannedState, absent)
	wantPrivate(t, destroyed.PlannedPrivate, Private{"a": []byte("b")})
}

// What was planned is stored; what was created keeps nothing of the plan. With an error the object stays as it was.
func TestApply(t *testing.T) {
	s, _ := newServer()
	one, refused := thingOf("one", "ONE"), thingOf("refused", "REFUSED")
	for name, test := range map[string]struct {
		prior, planned, stored tftypes.Value
		want                   Private
		messages               []string
	}{
		"create":           {absent, one, one, Private{"created": []byte("ONE")}, nil},
		"update":           {one, thingOf("two", "TWO"), thingOf("two", "TWO"), Private{"planned": []byte("two")}, []string{"twice"}},
		"destroy":          {one, absent, absent, nil, []string{"destroys"}},
		"a refused create": {absent, refused, absent, Private{"planned": []byte("two"), "refused": []byte("yes")}, []string{"Refused"}},
		"a refused update": {one, refused, one, Private{"planned": []byte("two"), "refused": []byte("yes")}, []string{"Refused"}},
		"a refused end":    {refused, absent, refused, Private{"planned": []byte("two")}, []string{"Refused"}},
	} {
		t.Run(name, func(t *testing.T) {
			resp, err := s.ApplyResourceChange(t.Context(), &tfprotov6.ApplyResourceChangeRequest{
				TypeName: "x_thing", PriorState: wire(t, test.prior), PlannedState: wire(t, test.planned), Config: wire(t, test.planned),
				PlannedPrivate: Private{"planned": []byte("two")}.pack(),
			})
			if err != nil {
				t.Fatal(err)
			}
			wantValue(t, resp.NewState, test.stored)
			wantPrivate(t, resp.Private, test.want)
			wantMessages(t, resp.Diagnostics, test.messages...)
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
	s, it := newServer()
	for name, test := range map[string]struct {
		state string
		want  tftypes.Value
		fault string
	}{
		"the same": {
			`{"name":"one","loud":"ONE","parts":{"a":{"size":1,"seen":true,"note":null}}}`,
			thingWith("one", "ONE", map[string]map[string]any{"a": {"size": 1, "seen": true}}),
			"",
		},
		"with one that is gone": {
			`{"name":"one","loud":"ONE","lock":"x","parts":{"a":{"size":1,"seen":true,"weight":[1]}}}`,
			thingWith("one", "ONE", map[string]map[string]any{"a": {"size": 1, "seen": true}}),
			"",
		},
		"without one that is new": {`{"name":"one"}`, thingOf("one", nil), ""},
		"of another type":         {`{"name":["one"]}`, absent, "State Cannot Be Read"},
		"no JSON":                 {`{"name":`, absent, "State Cannot Be Read"},
	} {
		t.Run(name, func(t *testing.T) {
			clear(it.calls)
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
			if it.calls["see one"] == 0 {
				t.Error("the resource does not see the object")
			}
		})
	}
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
