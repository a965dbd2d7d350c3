package server

import (
	"context"

	"github.com/hashicorp/terraform-plugin-go/tfprotov6"
	"github.com/hashicorp/terraform-plugin-go/tftypes"
)

// DataSource is a type of data source.
type DataSource interface {
	// Schema describes the attributes, for Terraform and for the Registry.
	Schema() *tfprotov6.Schema
	// Validate checks a configuration.
	Validate(config tftypes.Value) []*tfprotov6.Diagnostic
	// Read returns the whole value. With an error among the messages there is none.
	Read(ctx context.Context, config tftypes.Value) (tftypes.Value, []*tfprotov6.Diagnostic)
}

func (s *server) ValidateDataResourceConfig(
	_ context.Context,
	req *tfprotov6.ValidateDataResourceConfigRequest,
) (*tfprotov6.ValidateDataResourceConfigResponse, error) {
	d, config, err := open(s.dataSources, req.TypeName, req.Config)
	if err != nil {
		return nil, err
	}
	return &tfprotov6.ValidateDataResourceConfigResponse{Diagnostics: withFlagFaults(d.it.Validate(config), d.schema, config)}, nil
}

func (s *server) ReadDataSource(ctx context.Context, req *tfprotov6.ReadDataSourceRequest) (*tfprotov6.ReadDataSourceResponse, error) {
	d, config, err := open(s.dataSources, req.TypeName, req.Config)
	if err != nil {
		return nil, err
	}
	value, diagnostics := d.it.Read(ctx, config)
	resp := &tfprotov6.ReadDataSourceResponse{Diagnostics: once(diagnostics)}
	if !failed(diagnostics) {
		resp.State, err = d.encode(value)
	}
	return resp, err
}
