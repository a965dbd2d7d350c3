package server

import (
	"strings"
	"testing"

	"github.com/hashicorp/terraform-plugin-go/tfprotov6"
	"github.com/hashicorp/terraform-plugin-go/tftypes"
)

// repeat repeats a text once, and once more for each further argument. A text that is not known yet has no repetition.
type repeat struct{}

func (repeat) Definition() *tfprotov6.Function {
	return &tfprotov6.Function{
		Parameters:        []*tfprotov6.FunctionParameter{{Name: "text", Type: tftypes.DynamicPseudoType, AllowUnknownValues: true}},
		VariadicParameter: &tfprotov6.FunctionParameter{Name: "times", Type: tftypes.Bool},
		Return:            &tfprotov6.FunctionReturn{Type: tftypes.String},
	}
}

func (repeat) Call(arguments []tftypes.Value) (tftypes.Value, *tfprotov6.FunctionError) {
	if !arguments[0].IsKnown() {
		return tftypes.NewValue(tftypes.String, tftypes.UnknownValue), nil
	}
	if !arguments[0].Type().Is(tftypes.String) {
		return tftypes.Value{}, &tfprotov6.FunctionError{Text: "no text"}
	}
	return tftypes.NewValue(tftypes.String, strings.Repeat(contentOf[string](arguments[0]), len(arguments))), nil
}

func TestCallFunction(t *testing.T) {
	s, _ := newServer()
	dynamic := func(t *testing.T, declared tftypes.Type, v tftypes.Value) *tfprotov6.DynamicValue {
		t.Helper()
		d, err := tfprotov6.NewDynamicValue(declared, v)
		if err != nil {
			t.Fatal(err)
		}
		return &d
	}
	text := func(v any) tftypes.Value { return tftypes.NewValue(tftypes.String, v) }
	yes := tftypes.NewValue(tftypes.Bool, true)
	for name, test := range map[string]struct {
		function string
		first    []tftypes.Value
		further  int
		want     tftypes.Value
		fault    string
		broken   string
	}{
		"one argument":     {"repeat", []tftypes.Value{text("ab")}, 0, text("ab"), "", ""},
		"further ones":     {"repeat", []tftypes.Value{text("ab")}, 2, text("ababab"), "", ""},
		"unknown":          {"repeat", []tftypes.Value{text(tftypes.UnknownValue)}, 0, text(tftypes.UnknownValue), "", ""},
		"of another type":  {"repeat", []tftypes.Value{yes}, 0, text(nil), "no text", ""},
		"no argument":      {"repeat", nil, 0, text(nil), "", "0 arguments are given for 1 parameters"},
		"no such function": {"repeated", []tftypes.Value{text("ab")}, 0, text(nil), "", "no function repeated"},
	} {
		t.Run(name, func(t *testing.T) {
			req := &tfprotov6.CallFunctionRequest{Name: test.function}
			for _, v := range test.first {
				req.Arguments = append(req.Arguments, dynamic(t, tftypes.DynamicPseudoType, v))
			}
			for range test.further {
				req.Arguments = append(req.Arguments, dynamic(t, tftypes.Bool, yes))
			}
			resp, err := s.CallFunction(t.Context(), req)
			switch {
			case test.broken != "":
				if err == nil || !strings.Contains(err.Error(), test.broken) {
					t.Errorf("got %v, want %s", err, test.broken)
				}
			case err != nil:
				t.Fatal(err)
			case test.fault != "":
				if resp.Error == nil || resp.Error.Text != test.fault {
					t.Errorf("got %+v, want %s", resp.Error, test.fault)
				}
			default:
				got, err := resp.Result.Unmarshal(tftypes.String)
				if err != nil || !got.Equal(test.want) {
					t.Errorf("got %s, %v, want %s", got, err, test.want)
				}
			}
		})
	}
	functions, err := s.GetFunctions(t.Context(), nil)
	if err != nil || len(functions.Functions) != 1 {
		t.Errorf("got %+v, %v", functions, err)
	}
}
