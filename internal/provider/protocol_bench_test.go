package provider

import (
	"context"
	"fmt"
	"testing"
	"time"

	"github.com/hashicorp/terraform-plugin-framework/attr"
	"github.com/hashicorp/terraform-plugin-framework/provider"
	"github.com/hashicorp/terraform-plugin-framework/providerserver"
	"github.com/hashicorp/terraform-plugin-framework/resource"
	"github.com/hashicorp/terraform-plugin-framework/types"
	"github.com/hashicorp/terraform-plugin-go/tfprotov6"
	"github.com/hashicorp/terraform-plugin-go/tftypes"

	"github.com/cidrplan/terraform-provider-cidrplan/internal/allocate"
	"github.com/cidrplan/terraform-provider-cidrplan/internal/profile"
	"github.com/cidrplan/terraform-provider-cidrplan/internal/topology"
)

// large is an allocator with 1,000 clusters in 200 VPCs with 2,000 routes.
func large() types.Object {
	vpcs, clusters := map[string]any{}, map[string]any{}
	for i := range 200 {
		routes := map[string]any{}
		for j := range 10 {
			routes[fmt.Sprintf("r%d", j)] = map[string]any{"destination": fmt.Sprintf("10.%d.%d.0/24", i, j), "next_hop": "vpn"}
		}
		vpcs[fmt.Sprintf("v%d", i)] = map[string]any{
			"platform": "alicloud", "cidr_blocks": []string{fmt.Sprintf("192.168.%d.0/24", i)}, "hubs": []string{"cen"}, "routes": routes,
		}
	}
	for i := range 1000 {
		clusters[fmt.Sprintf("k%04d", i)] = map[string]any{"vpc": fmt.Sprintf("v%d", i%200), "profile": "ack-flannel", "max_nodes": int64(10 + i%30), "max_services": int64(200)}
	}
	return mutatedObject(nil, allocatorArguments(profile.Default()).with(memoryArguments), map[string]any{
		"name": "large", "supernets": []string{"10.0.0.0/8"}, "service_supernets": []string{"172.16.0.0/12"},
		"hubs": map[string]any{"cen": map[string]any{}}, "vpcs": vpcs, "clusters": clusters,
	}, never)
}

// withBlank is the provider with one more resource: the allocator's schema and no planner. What it
// takes is the price of sending such a resource through Terraform's protocol at all.
type withBlank struct{ provider.ProviderWithFunctions }

func (w withBlank) Resources(ctx context.Context) []func() resource.Resource {
	catalog := profile.Default()
	blank := &declaration{
		typeName: "blank", about: "Nothing.", prose: prose{catalog: catalog},
		fields: allocatorArguments(catalog).with(memoryArguments).with(allocatorResults(catalog)).with(memoryResults),
		check:  func(*node) []topology.Fault { return nil },
	}
	return append(w.ProviderWithFunctions.Resources(ctx), func() resource.Resource { return blank })
}

// onWire is the allocator as the protocol sends it.
func onWire(b *testing.B, arguments types.Object, computed map[string]attr.Value) *tfprotov6.DynamicValue {
	b.Helper()
	all := arguments.Attributes()
	if all[declareArgument] == nil {
		all[declareArgument] = types.DynamicNull()
	}
	for name, value := range computed {
		all[name] = value
	}
	v, err := types.ObjectValueMust(wireType().AttrTypes, all).ToTerraformValue(context.Background())
	if err != nil {
		b.Fatal(err)
	}
	d, err := tfprotov6.NewDynamicValue(v.Type(), v)
	if err != nil {
		b.Fatal(err)
	}
	return &d
}

func wireType() types.ObjectType {
	catalog := profile.Default()
	return allocatorArguments(catalog).plannedDeclarable().with(memoryArguments).with(allocatorResults(catalog)).with(memoryResults).with(id).typ()
}

// The benchmark sends what the allocator really takes.
func TestBenchmarkHasTheAllocatorsShape(t *testing.T) {
	var resp resource.SchemaResponse
	newAllocatorResource(prose{catalog: profile.Default()}).Schema(context.Background(), resource.SchemaRequest{}, &resp)
	if got := resp.Schema.Type(); !got.Equal(wireType()) {
		t.Errorf("the allocator's schema is %v", got)
	}
}

// BenchmarkLargePlan compares the plan of a large allocator, new and held, with that of a resource
// of the same shape that plans nothing, and with the planner alone. x-plan of "checks" is what looking
// for conflicts takes, as a part of the plan of what is held.
func BenchmarkLargePlan(b *testing.B) {
	ctx := context.Background()
	p := prose{catalog: profile.Default()}
	config := large()
	request, _ := readRequest(config)
	result := allocate.Plan(request, p.catalog)
	results := allocatorResults(p.catalog).with(memoryResults).with(id)
	nulls, unknowns := map[string]attr.Value{}, map[string]attr.Value{}
	for name, f := range results {
		nulls[name], unknowns[name] = null(f.typ()), late(f.typ())
	}
	wire := wireType().TerraformType(ctx)
	none, err := tfprotov6.NewDynamicValue(wire, tftypes.NewValue(wire, nil))
	if err != nil {
		b.Fatal(err)
	}
	resource := &plannerResource{plannedClusters(p)}
	stored := map[string]attr.Value{
		"id": types.StringValue("large"), "allocations": encodeAllocations(p.catalog, request, result), "released": encodeReleased(result), "lock": resource.door.lockAfter(result),
		"required_routes": encodeRequired(result), "claims": encodeClaims(request, result),
	}
	held := onWire(b, config, stored)
	server := providerserver.NewProtocol6(withBlank{New("bench")().(provider.ProviderWithFunctions)})()
	plan := func(typeName string, proposed, prior *tfprotov6.DynamicValue) func(*testing.B) {
		req := &tfprotov6.PlanResourceChangeRequest{TypeName: typeName, Config: onWire(b, config, nulls), ProposedNewState: proposed, PriorState: prior}
		return func(b *testing.B) {
			for b.Loop() {
				resp, err := server.PlanResourceChange(ctx, req)
				if err != nil || resp.PlannedState == nil {
					b.Fatal(err, resp.Diagnostics)
				}
			}
		}
	}
	b.Run("planner/new", func(b *testing.B) {
		for b.Loop() {
			allocate.Plan(request, p.catalog)
		}
	})
	b.Run("planner/held", func(b *testing.B) {
		again := request
		again.Prior = &allocate.Prior{Facts: request.Facts, Allocations: result.Allocations}
		for b.Loop() {
			allocate.Plan(again, p.catalog)
		}
	})
	b.Run("blank/new", plan("cidrplan_blank", onWire(b, config, unknowns), &none))
	b.Run("allocator/new", plan("cidrplan_allocator", onWire(b, config, unknowns), &none))
	b.Run("blank/held", plan("cidrplan_blank", held, held))
	b.Run("allocator/held", plan("cidrplan_allocator", held, held))
	b.Run("declare/held", func(b *testing.B) {
		config := declaring(func() bool { return true }, allocatorArguments(p.catalog), config)
		proposed := map[string]attr.Value{} // Terraform takes the arguments out of what it proposes
		for name := range allocatorArguments(p.catalog).objectArguments() {
			proposed[name] = null(allocatorArguments(p.catalog)[name].typ())
		}
		req := &tfprotov6.PlanResourceChangeRequest{
			TypeName: "cidrplan_allocator", Config: onWire(b, config, nulls), ProposedNewState: onWire(b, large(), merged(stored, proposed)), PriorState: held,
		}
		for b.Loop() {
			resp, err := server.PlanResourceChange(ctx, req)
			if err != nil || resp.PlannedState == nil {
				b.Fatal(err, resp.Diagnostics)
			}
		}
	})
	b.Run("checks", func(b *testing.B) {
		start := time.Now()
		plan("cidrplan_allocator", held, held)(b)
		whole := time.Since(start) / time.Duration(b.N)
		again := request
		again.Existing = map[string]allocate.Existing{}
		for name, a := range result.Allocations {
			again.Existing[name] = allocate.Existing{PodCIDRs: a.Pods, ServiceCIDR: a.Service, NodeMask: a.NodeMask}
		}
		const times = 10
		start = time.Now()
		for range times {
			allocate.Audit(again, topology.WhatIf{}, p.catalog)
		}
		// What is there now is judged, and so is what was there before.
		b.ReportMetric(2*float64(time.Since(start))/times/float64(whole), "x-plan")
	})
}
