package server

import (
	"strings"
	"testing"

	"github.com/hashicorp/terraform-plugin-go/tfprotov6"
)

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
			_, err := s.PlanResourceChange(
				ctx,
				&tfprotov6.PlanResourceChangeRequest{TypeName: name, Config: v, PriorState: v, ProposedNewState: v, PriorPrivate: private},
			)
			return err
		},
		"apply": func(name string, v *tfprotov6.DynamicValue, private []byte) error {
			_, err := s.ApplyResourceChange(
				ctx,
				&tfprotov6.ApplyResourceChangeRequest{TypeName: name, PriorState: v, PlannedState: v, PlannedPrivate: private},
			)
			return err
		},
		"validate data": func(name string, v *tfprotov6.DynamicValue, _ []byte) error {
			_, err := s.ValidateDataResourceConfig(
				ctx,
				&tfprotov6.ValidateDataResourceConfigRequest{TypeName: strings.Replace(name, "thing", "look", 1), Config: v},
			)
			return err
		},
		"read data": func(name string, v *tfprotov6.DynamicValue, _ []byte) error {
			_, err := s.ReadDataSource(
				ctx,
				&tfprotov6.ReadDataSourceRequest{TypeName: strings.Replace(name, "thing", "look", 1), Config: v},
			)
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
