package provider_test

import (
	"context"
	"fmt"
	"maps"
	"slices"
	"strings"
	"sync"

	"github.com/hashicorp/terraform-plugin-go/tfprotov6"
	"github.com/hashicorp/terraform-plugin-go/tftypes"

	"github.com/cidrplan/terraform-provider-cidrplan/internal/provider"
)

// appliedArguments are the arguments that Terraform has applied in an acceptance test, such as cidrplan_allocator.clusters.max_nodes.
// What is inside declare does not count: it has no types.
type appliedArguments struct {
	mu      sync.Mutex
	schemas *tfprotov6.GetProviderSchemaResponse
	applied map[string]bool
}

// appliedHere are those of all tests of this process.
var appliedHere appliedArguments

// schemasOnce are the schemas of the provider. The caller holds the lock.
func (a *appliedArguments) schemasOnce() *tfprotov6.GetProviderSchemaResponse {
	if a.schemas == nil {
		schemas, err := provider.New("test")().GetProviderSchema(context.Background(), &tfprotov6.GetProviderSchemaRequest{})
		if err != nil {
			panic(err)
		}
		a.schemas, a.applied = schemas, map[string]bool{}
	}
	return a.schemas
}

// add adds the arguments of a resource.
func (a *appliedArguments) add(typeName string, config *tfprotov6.DynamicValue) {
	a.mu.Lock()
	defer a.mu.Unlock()
	v, err := config.Unmarshal(a.schemasOnce().ResourceSchemas[typeName].ValueType())
	if err != nil {
		panic(err)
	}
	a.addValue(typeName, v)
}

func (a *appliedArguments) addValue(at string, v tftypes.Value) {
	if v.IsNull() {
		return
	}
	a.applied[at] = true
	if !v.IsKnown() {
		return
	}
	var attributes map[string]tftypes.Value
	if v.Type().Is(tftypes.Object{}) && v.As(&attributes) == nil {
		for name, inner := range attributes {
			a.addValue(at+"."+name, inner)
		}
		return
	}
	for _, inner := range elementsOf(v) {
		a.addValue(at, inner)
	}
}

// elementsOf are the elements of a list or map.
func elementsOf(v tftypes.Value) []tftypes.Value {
	var list []tftypes.Value
	if v.As(&list) == nil {
		return list
	}
	var all map[string]tftypes.Value
	if v.As(&all) == nil {
		return slices.Collect(maps.Values(all))
	}
	return nil
}

// missing are the arguments of resources that were not applied, in order.
func (a *appliedArguments) missing() []string {
	a.mu.Lock()
	defer a.mu.Unlock()
	var out []string
	for name, s := range a.schemasOnce().ResourceSchemas {
		for _, argument := range configurable(name, s.Block.Attributes) {
			if !a.applied[argument] {
				out = append(out, argument)
			}
		}
	}
	slices.Sort(out)
	return out
}

// configurable are the attributes that a configuration can set, with those inside them.
func configurable(at string, attributes []*tfprotov6.SchemaAttribute) []string {
	var out []string
	for _, a := range attributes {
		if !a.Optional && !a.Required {
			continue
		}
		path := at + "." + a.Name
		out = append(out, path)
		if a.NestedType != nil {
			out = append(out, configurable(path, a.NestedType.Attributes)...)
		}
	}
	return out
}

// unappliedArguments names the arguments that no acceptance test has applied, "" if there are none.
func unappliedArguments() string {
	missing := appliedHere.missing()
	if len(missing) == 0 {
		return ""
	}
	return fmt.Sprintf("no acceptance test applies these arguments:\n  %s\n", strings.Join(missing, "\n  "))
}
