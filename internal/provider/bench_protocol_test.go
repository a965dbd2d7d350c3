package provider

import (
	"context"
	"fmt"
	"slices"
	"testing"
	"time"

	"github.com/hashicorp/terraform-plugin-go/tfprotov6"
	"github.com/hashicorp/terraform-plugin-go/tftypes"

	"github.com/cidrplan/terraform-provider-cidrplan/internal/allocate"
	"github.com/cidrplan/terraform-provider-cidrplan/internal/messages"
	"github.com/cidrplan/terraform-provider-cidrplan/internal/profile"
	"github.com/cidrplan/terraform-provider-cidrplan/internal/topology"
	"github.com/cidrplan/terraform-provider-cidrplan/internal/values"
)

// large is an allocator with some clusters in 200 VPCs with 2,000 routes.
func large(size int) tftypes.Value {
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
	for i := range size {
		clusters[fmt.Sprintf("k%04d", i)] = map[string]any{
			"vpc":          fmt.Sprintf("v%d", i%200),
			"profile":      "ack-flannel",
			"max_nodes":    int64(10 + i%30),
			"max_services": int64(200),
		}
	}
	return mutatedObject(nil, allocatorArguments(profile.Default()).With(allocatorResourceArguments), map[string]any{
		"name": "large", "supernets": []string{"10.0.0.0/8"}, "service_supernets": []string{"172.16.0.0/12"},
		"hubs": map[string]any{"cen": map[string]any{}}, "vpcs": vpcs, "clusters": clusters,
	}, never)
}

// onWire is a value as the protocol sends it.
func onWire(tb testing.TB, v tftypes.Value) *tfprotov6.DynamicValue {
	tb.Helper()
	d, err := tfprotov6.NewDynamicValue(v.Type(), v)
	if err != nil {
		tb.Fatal(err)
	}
	return &d
}

// ran is the time that one of several runs takes.
func ran(times int, run func()) time.Duration {
	start := time.Now()
	for range times {
		run()
	}
	return time.Since(start) / time.Duration(times)
}

// BenchmarkLargePlan calls a server as Terraform does, for a large allocator that is new or held. x-wire is the time of a call as a
// multiple of the time to decode and encode such a value once, which every provider needs. x-plan of "checks" is the time to look for
// conflicts, as a part of the time of a plan of held ranges.
func BenchmarkLargePlan(b *testing.B) {
	ctx, catalog := context.Background(), profile.Default()
	a := newPlannerResource(clusterPlanner(messages.Writer{Catalog: catalog}, new(run)))
	arguments := values.AttributesOf(large(1000))
	config, none := assembled(a.typ, arguments, nil), onWire(b, values.Null(a.typ))
	request, _ := readRequest(arguments)
	result := allocate.Plan(request, catalog)
	held := a.value(values.AttributesOf(assembled(a.typ, arguments, nil)), values.Null(a.typ), request, outcome{result: result})
	server := New("bench")()
	wire := ran(3, func() {
		if _, err := onWire(b, held).Unmarshal(a.typ); err != nil {
			b.Fatal(err)
		}
	})
	plan := func(config tftypes.Value, prior *tfprotov6.DynamicValue) func(*testing.B) {
		req := &tfprotov6.PlanResourceChangeRequest{
			TypeName:         "cidrplan_allocator",
			Config:           onWire(b, config),
			ProposedNewState: onWire(b, held),
			PriorState:       prior,
		}
		return func(b *testing.B) {
			for b.Loop() {
				resp, err := server.PlanResourceChange(ctx, req)
				refused := err != nil || slices.ContainsFunc(resp.Diagnostics, func(d *tfprotov6.Diagnostic) bool {
					return d.Severity == tfprotov6.DiagnosticSeverityError
				})
				if refused || resp.PlannedState == nil {
					b.Fatal(err, resp)
				}
			}
			b.ReportMetric(float64(b.Elapsed())/float64(b.N)/float64(wire), "x-wire")
		}
	}
	b.Run("planner/new", func(b *testing.B) {
		for b.Loop() {
			allocate.Plan(request, catalog)
		}
	})
	b.Run("planner/held", func(b *testing.B) {
		again := request
		again.Prior = &allocate.Prior{Facts: request.Facts, Allocations: result.Allocations}
		for b.Loop() {
			allocate.Plan(again, catalog)
		}
	})
	b.Run("allocator/new", plan(config, none))
	b.Run("allocator/held", plan(config, onWire(b, held)))
	b.Run(
		"declare/held",
		plan(
			assembled(a.typ, values.AttributesOf(declaring(func() bool { return true }, allocatorArguments(catalog), large(1000))), nil),
			onWire(b, held),
		),
	)
	b.Run("validate", func(b *testing.B) {
		req := &tfprotov6.ValidateResourceConfigRequest{TypeName: "cidrplan_allocator", Config: onWire(b, config)}
		for b.Loop() {
			if resp, err := server.ValidateResourceConfig(ctx, req); err != nil || len(resp.Diagnostics) > 0 {
				b.Fatal(err, resp)
			}
		}
		b.ReportMetric(float64(b.Elapsed())/float64(b.N)/float64(wire), "x-wire")
	})
	b.Run("read", func(b *testing.B) {
		req := &tfprotov6.ReadResourceRequest{TypeName: "cidrplan_allocator", CurrentState: onWire(b, held)}
		for b.Loop() {
			if resp, err := server.ReadResource(ctx, req); err != nil || resp.NewState == nil {
				b.Fatal(err, resp)
			}
		}
		b.ReportMetric(float64(b.Elapsed())/float64(b.N)/float64(wire), "x-wire")
	})
	b.Run("checks", func(b *testing.B) {
		start := time.Now()
		plan(config, onWire(b, held))(b)
		whole := time.Since(start) / time.Duration(b.N)
		again := request
		again.Existing = map[string]allocate.Existing{}
		for name, a := range result.Allocations {
			again.Existing[name] = allocate.Existing{PodCIDRs: a.Pods, ServiceCIDR: a.Service, NodeMask: a.NodeMask}
		}
		const times = 10
		start = time.Now()
		for range times {
			allocate.Audit(again, topology.WhatIf{}, catalog)
		}
		// Findings are computed for the present state, and for the one before.
		b.ReportMetric(2*float64(time.Since(start))/times/float64(whole), "x-plan")
	})
}
