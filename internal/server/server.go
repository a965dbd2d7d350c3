package server

import (
	"context"
	"fmt"
	"maps"
	"slices"

	"github.com/hashicorp/terraform-plugin-go/tfprotov6"
	"github.com/hashicorp/terraform-plugin-go/tftypes"
)

// server serves resources, data sources and functions itself, and passes all else on. It embeds no more than the interface, so that the
// optional calls for actions, list resources and state stores, which this provider has none of, are not served.
type server struct {
	tfprotov6.ProviderServer
	resources   map[string]served[Resource]
	dataSources map[string]served[DataSource]
	functions   map[string]Function
}

// served is a resource or data source with its schema and the type of its values.
type served[T any] struct {
	it     T
	schema *tfprotov6.Schema
	typ    tftypes.Object
}

// New returns the server of a provider: of its resources and data sources by type name, of its functions by name, and of all that
// the other server has.
func New(
	rest tfprotov6.ProviderServer, resources map[string]Resource, dataSources map[string]DataSource, functions map[string]Function,
) tfprotov6.ProviderServer {
	return &server{rest, withTypes(resources), withTypes(dataSources), functions}
}

func withTypes[T interface{ Schema() *tfprotov6.Schema }](all map[string]T) map[string]served[T] {
	out := map[string]served[T]{}
	for name, it := range all {
		schema := it.Schema()
		out[name] = served[T]{it, schema, schema.ValueType().(tftypes.Object)}
	}
	return out
}

func (s *server) GetMetadata(ctx context.Context, req *tfprotov6.GetMetadataRequest) (*tfprotov6.GetMetadataResponse, error) {
	resp, err := s.ProviderServer.GetMetadata(ctx, req)
	if err != nil {
		return nil, err
	}
	for _, name := range slices.Sorted(maps.Keys(s.resources)) {
		resp.Resources = append(resp.Resources, tfprotov6.ResourceMetadata{TypeName: name})
	}
	for _, name := range slices.Sorted(maps.Keys(s.dataSources)) {
		resp.DataSources = append(resp.DataSources, tfprotov6.DataSourceMetadata{TypeName: name})
	}
	for _, name := range slices.Sorted(maps.Keys(s.functions)) {
		resp.Functions = append(resp.Functions, tfprotov6.FunctionMetadata{Name: name})
	}
	return resp, nil
}

func (s *server) GetProviderSchema(
	ctx context.Context,
	req *tfprotov6.GetProviderSchemaRequest,
) (*tfprotov6.GetProviderSchemaResponse, error) {
	resp, err := s.ProviderServer.GetProviderSchema(ctx, req)
	if err != nil {
		return nil, err
	}
	resp.ResourceSchemas, resp.DataSourceSchemas, resp.Functions = schemasOf(s.resources), schemasOf(s.dataSources), s.definitions()
	return resp, nil
}

func schemasOf[T any](all map[string]served[T]) map[string]*tfprotov6.Schema {
	out := map[string]*tfprotov6.Schema{}
	for name, one := range all {
		out[name] = one.schema
	}
	return out
}

// find returns a resource or data source. Terraform asks for those only that the schema has, so that an unknown one is an error of
// the call.
func find[T any](all map[string]served[T], name string) (served[T], error) {
	one, ok := all[name]
	if !ok {
		return one, fmt.Errorf("this provider has no %s", name)
	}
	return one, nil
}

// open returns a resource or data source with a value that Terraform sends for it.
func open[T any](all map[string]served[T], name string, v *tfprotov6.DynamicValue) (served[T], tftypes.Value, error) {
	one, err := find(all, name)
	if err != nil {
		return one, tftypes.Value{}, err
	}
	value, err := one.decode(v)
	return one, value, err
}

// decode reads a value that Terraform sends; none at all is null.
func (s served[T]) decode(v *tfprotov6.DynamicValue) (tftypes.Value, error) {
	if v == nil {
		return tftypes.NewValue(s.typ, nil), nil
	}
	return v.Unmarshal(s.typ)
}

// isNull says whether a value that Terraform sends is null, without reading the rest of it.
func isNull(v *tfprotov6.DynamicValue) (bool, error) {
	if v == nil {
		return true, nil
	}
	return v.IsNull()
}

func (s served[T]) encode(v tftypes.Value) (*tfprotov6.DynamicValue, error) {
	out, err := tfprotov6.NewDynamicValue(s.typ, v)
	return &out, err
}
