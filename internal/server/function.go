package server

import (
	"context"
	"fmt"
	"maps"
	"slices"

	"github.com/hashicorp/terraform-plugin-go/tfprotov6"
	"github.com/hashicorp/terraform-plugin-go/tftypes"
)

// Function is a function of the provider.
type Function interface {
	// Definition describes parameters and result, for Terraform and for the Registry.
	Definition() *tfprotov6.Function
	// Call returns the result. Arguments are null or unknown only where their parameters allow it.
	Call(arguments []tftypes.Value) (tftypes.Value, *tfprotov6.FunctionError)
}

func (s *server) GetFunctions(context.Context, *tfprotov6.GetFunctionsRequest) (*tfprotov6.GetFunctionsResponse, error) {
	return &tfprotov6.GetFunctionsResponse{Functions: s.definitions()}, nil
}

func (s *server) definitions() map[string]*tfprotov6.Function {
	out := map[string]*tfprotov6.Function{}
	for _, name := range slices.Sorted(maps.Keys(s.functions)) {
		out[name] = s.functions[name].Definition()
	}
	return out
}

func (s *server) CallFunction(_ context.Context, req *tfprotov6.CallFunctionRequest) (*tfprotov6.CallFunctionResponse, error) {
	f, ok := s.functions[req.Name]
	if !ok {
		return nil, fmt.Errorf("this provider has no function %s", req.Name)
	}
	definition := f.Definition()
	arguments, err := decodeArguments(definition, req.Arguments)
	if err != nil {
		return nil, err
	}
	value, fault := f.Call(arguments)
	if fault != nil {
		return &tfprotov6.CallFunctionResponse{Error: fault}, nil
	}
	result, err := tfprotov6.NewDynamicValue(definition.Return.Type, value)
	return &tfprotov6.CallFunctionResponse{Result: &result}, err
}

func decodeArguments(definition *tfprotov6.Function, given []*tfprotov6.DynamicValue) ([]tftypes.Value, error) {
	var out []tftypes.Value
	for i, argument := range given {
		parameter := definition.VariadicParameter
		if i < len(definition.Parameters) {
			parameter = definition.Parameters[i]
		}
		if parameter == nil {
			return nil, fmt.Errorf("%d arguments are given for %d parameters", len(given), len(definition.Parameters))
		}
		v, err := argument.Unmarshal(parameter.Type)
		if err != nil {
			return nil, err
		}
		out = append(out, v)
	}
	if len(given) < len(definition.Parameters) {
		return nil, fmt.Errorf("%d arguments are given for %d parameters", len(given), len(definition.Parameters))
	}
	return out, nil
}
