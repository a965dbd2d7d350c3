package provider

import (
	"context"
	"fmt"
	"maps"
	"testing"
	"time"

	"github.com/hashicorp/terraform-plugin-go/tfprotov6"
	"github.com/hashicorp/terraform-plugin-go/tftypes"

	"github.com/cidrplan/terraform-provider-cidrplan/internal/allocate"
	"github.com/cidrplan/terraform-provider-cidrplan/internal/conflict"
	"github.com/cidrplan/terraform-provider-cidrplan/internal/profile"
	"github.com/cidrplan/terraform-provider-cidrplan/internal/topology"
	"github.com/cidrplan/terraform-provider-cidrplan/internal/values"
)

// BenchmarkNet registers the large allocator after all that it is given: 200 VPCs with 2,000 routes and
// 1,000 clusters, each a resource of its own. x-plan is the time as a part of what it takes to send these
// declarations through Terraform's protocol at all. In "pinned" the clusters give the ranges that they hold; in "aggregates" each VPC
// also has a route that goes around all of them; in "unwired" nobody is given anything.
func BenchmarkNet(b *testing.B) {
	catalog := profile.Default()
	plain, _ := readRequest(values.AttributesOf(large(1000)))
	result := allocate.Plan(plain, catalog)
	pinned := plain
	pinned.Facts.Clusters = maps.Clone(plain.Facts.Clusters)
	for name, cl := range pinned.Facts.Clusters {
		cl.PodCIDRs, cl.ServiceCIDR = result.Allocations[name].Pods, result.Allocations[name].Service
		pinned.Facts.Clusters[name] = cl
	}
	aggregates := pinned
	aggregates.Facts.VPCs = maps.Clone(pinned.Facts.VPCs)
	for name, v := range aggregates.Facts.VPCs {
		v.Routes = maps.Clone(v.Routes)
		summary := false
		v.Routes["all"] = topology.Route{Destination: plain.Supernets[0], NextHop: "transit", Summary: &summary}
		aggregates.Facts.VPCs[name] = v
	}
	plan := planDeclarations(b)
	for _, bench := range []struct {
		name    string
		request allocate.Request
		wired   bool
	}{{"wired", plain, true}, {"pinned", pinned, true}, {"aggregates", aggregates, true}, {"unwired", pinned, false}} {
		b.Run(bench.name, func(b *testing.B) {
			planned := allocate.Plan(bench.request, catalog)
			var reported int
			for b.Loop() {
				reported = registerAll(conflict.NewConfigCheck(catalog), bench.request, planned, bench.wired)
			}
			b.ReportMetric(float64(b.Elapsed())/float64(b.N)/float64(plan), "x-plan")
			b.ReportMetric(float64(reported), "reported")
		})
	}
}

func registerAll(net *conflict.ConfigCheck, request allocate.Request, result allocate.Result, wired bool) (reported int) {
	register := func(kind, name string, given conflict.Registration) {
		reported += len(net.Register(topology.Origin{Kind: kind, Name: name}, given, given, conflict.Settings{}))
	}
	facts := request.Facts
	for name, h := range facts.Hubs {
		register("hub", name, conflict.Registration{Facts: topology.Facts{Hubs: map[string]topology.Hub{name: h}}})
	}
	for i := range len(facts.VPCs) {
		name := fmt.Sprint("v", i)
		register("vpc", name, conflict.Registration{Facts: topology.Facts{VPCs: map[string]topology.VPC{name: facts.VPCs[name]}}})
	}
	for i := range len(facts.Clusters) {
		name := fmt.Sprintf("k%04d", i)
		register(
			"cluster",
			name,
			conflict.Registration{Facts: topology.Facts{Clusters: map[string]topology.Cluster{name: facts.Clusters[name]}}},
		)
	}
	if wired {
		register(conflict.Allocator, request.Name, conflict.Registration{Facts: facts, Claims: result.Claims})
	}
	return reported
}

// planDeclarations is the time of the declarations without a session, and so without the configuration-wide check.
func planDeclarations(b *testing.B) time.Duration {
	b.Helper()
	for _, name := range []string{"TF_LOG_SDK", "TF_LOG_SDK_FRAMEWORK", "TF_LOG_SDK_PROTO"} {
		b.Setenv(name, "OFF") // as main does
	}
	ctx, run := context.Background(), newRun(b)
	var requests []*tfprotov6.PlanResourceChangeRequest
	for kind, attribute := range map[string]string{"vpc": "vpcs", "cluster": "clusters"} {
		typ := run.schemas["cidrplan_"+kind].ValueType().(tftypes.Object)
		for name, element := range values.AttributesOf(values.AttributesOf(large(1000))[attribute]) {
			given := onWire(b, assembled(typ, values.AttributesOf(element), map[string]any{"name": name}))
			requests = append(requests, &tfprotov6.PlanResourceChangeRequest{
				TypeName: "cidrplan_" + kind, Config: given, ProposedNewState: given, PriorState: onWire(b, values.Null(typ)),
			})
		}
	}
	server := New("bench")() // without a session
	start := time.Now()
	for _, req := range requests {
		if resp, err := server.PlanResourceChange(ctx, req); err != nil || resp.PlannedState == nil || len(resp.Diagnostics) > 0 {
			b.Fatal(err, resp)
		}
	}
	return time.Since(start)
}
