package main

import (
	"context"
	"encoding/json"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"github.com/hashicorp/terraform-plugin-go/tfprotov6"
	"github.com/hashicorp/terraform-plugin-go/tftypes"
)

// server is a provider of the types of a cloud with their real schemas, which plans as the SDK does. It has no cloud: a read returns the
// state, and a data source what the file NAME.json in the folder STANDIN_CLOUD contains, NAME being data.alicloud_vpcs, for example.
type server struct {
	tfprotov6.ProviderServer // what Terraform does not call
	schemas                  map[string]*tfprotov6.Schema
}

func (s server) GetMetadata(context.Context, *tfprotov6.GetMetadataRequest) (*tfprotov6.GetMetadataResponse, error) {
	out := &tfprotov6.GetMetadataResponse{ServerCapabilities: &tfprotov6.ServerCapabilities{}}
	for name := range s.schemas {
		switch source, isSource := strings.CutPrefix(name, "data."); {
		case isSource:
			out.DataSources = append(out.DataSources, tfprotov6.DataSourceMetadata{TypeName: source})
		case name != ofProvider:
			out.Resources = append(out.Resources, tfprotov6.ResourceMetadata{TypeName: name})
		}
	}
	return out, nil
}

func (s server) GetProviderSchema(context.Context, *tfprotov6.GetProviderSchemaRequest) (*tfprotov6.GetProviderSchemaResponse, error) {
	out := &tfprotov6.GetProviderSchemaResponse{
		Provider: &tfprotov6.Schema{Block: &tfprotov6.SchemaBlock{}}, ServerCapabilities: &tfprotov6.ServerCapabilities{},
		ResourceSchemas: map[string]*tfprotov6.Schema{}, DataSourceSchemas: map[string]*tfprotov6.Schema{},
	}
	for name, schema := range s.schemas {
		switch source, isSource := strings.CutPrefix(name, "data."); {
		case name == ofProvider:
			out.Provider = schema
		case isSource:
			out.DataSourceSchemas[source] = schema
		default:
			out.ResourceSchemas[name] = schema
		}
	}
	return out, nil
}

func (server) ValidateProviderConfig(
	_ context.Context, req *tfprotov6.ValidateProviderConfigRequest,
) (*tfprotov6.ValidateProviderConfigResponse, error) {
	return &tfprotov6.ValidateProviderConfigResponse{PreparedConfig: req.Config}, nil
}

func (server) ConfigureProvider(context.Context, *tfprotov6.ConfigureProviderRequest) (*tfprotov6.ConfigureProviderResponse, error) {
	return &tfprotov6.ConfigureProviderResponse{}, nil
}

func (server) StopProvider(context.Context, *tfprotov6.StopProviderRequest) (*tfprotov6.StopProviderResponse, error) {
	return &tfprotov6.StopProviderResponse{}, nil
}

func (server) ValidateResourceConfig(
	context.Context, *tfprotov6.ValidateResourceConfigRequest,
) (*tfprotov6.ValidateResourceConfigResponse, error) {
	return &tfprotov6.ValidateResourceConfigResponse{}, nil
}

func (server) ValidateDataResourceConfig(
	context.Context, *tfprotov6.ValidateDataResourceConfigRequest,
) (*tfprotov6.ValidateDataResourceConfigResponse, error) {
	return &tfprotov6.ValidateDataResourceConfigResponse{}, nil
}

func (s server) UpgradeResourceState(
	_ context.Context, req *tfprotov6.UpgradeResourceStateRequest,
) (*tfprotov6.UpgradeResourceStateResponse, error) {
	typ := s.schemas[req.TypeName].ValueType()
	v, err := req.RawState.Unmarshal(typ)
	return &tfprotov6.UpgradeResourceStateResponse{UpgradedState: encoded(typ, v, &err)}, err
}

func (server) ReadResource(_ context.Context, req *tfprotov6.ReadResourceRequest) (*tfprotov6.ReadResourceResponse, error) {
	return &tfprotov6.ReadResourceResponse{NewState: req.CurrentState}, nil
}

func (s server) PlanResourceChange(
	_ context.Context, req *tfprotov6.PlanResourceChangeRequest,
) (*tfprotov6.PlanResourceChangeResponse, error) {
	schema := s.schemas[req.TypeName]
	prior, err := req.PriorState.Unmarshal(schema.ValueType())
	if err != nil {
		return nil, err
	}
	out := &tfprotov6.PlanResourceChangeResponse{
		PlannedState:                req.ProposedNewState,
		UnsafeToUseLegacyTypeSystem: true, //nolint:staticcheck // the clouds' providers are of the legacy SDK
	}
	proposed, err := req.ProposedNewState.Unmarshal(schema.ValueType())
	if err == nil && prior.IsNull() && !proposed.IsNull() {
		proposed, err = planned(schema.Block, proposed)
		out.PlannedState = encoded(schema.ValueType(), proposed, &err)
	}
	return out, err
}

func (s server) ApplyResourceChange(
	_ context.Context, req *tfprotov6.ApplyResourceChangeRequest,
) (*tfprotov6.ApplyResourceChangeResponse, error) {
	typ := s.schemas[req.TypeName].ValueType()
	v, err := req.PlannedState.Unmarshal(typ)
	config, unread := req.Config.Unmarshal(typ)
	if err == nil && unread == nil && !v.IsNull() {
		v, err = created(req.TypeName, v, config)
	}
	return &tfprotov6.ApplyResourceChangeResponse{
		NewState:                    encoded(typ, v, &err),
		UnsafeToUseLegacyTypeSystem: true, //nolint:staticcheck // the clouds' providers are of the legacy SDK
	}, err
}

func (s server) ReadDataSource(_ context.Context, req *tfprotov6.ReadDataSourceRequest) (*tfprotov6.ReadDataSourceResponse, error) {
	typ := s.schemas["data."+req.TypeName].ValueType()
	config, err := req.Config.Unmarshal(typ)
	if err != nil {
		return nil, err
	}
	text, err := os.ReadFile(filepath.Join(os.Getenv("STANDIN_CLOUD"), "data."+req.TypeName+".json"))
	if err != nil {
		return nil, err
	}
	var content map[string]any
	if err := json.Unmarshal(text, &content); err != nil {
		return nil, err
	}
	var given, out map[string]tftypes.Value
	if err := config.As(&given); err != nil {
		return nil, err
	}
	if err := decoded(typ, content).As(&out); err != nil {
		return nil, err
	}
	for name, v := range given {
		if !v.IsNull() && content[name] == nil {
			out[name] = v
		}
	}
	return &tfprotov6.ReadDataSourceResponse{State: encoded(typ, tftypes.NewValue(typ, out), &err)}, err
}

// encoded is a value for the protocol, unless there was an error before.
func encoded(typ tftypes.Type, v tftypes.Value, err *error) *tfprotov6.DynamicValue {
	if *err != nil {
		return nil
	}
	out, failed := tfprotov6.NewDynamicValue(typ, v)
	*err = failed
	return &out
}

func sortedKeys[T any](m map[string]T) []string { return slices.Sorted(maps.Keys(m)) }
