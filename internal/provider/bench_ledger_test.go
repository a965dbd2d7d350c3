package provider

import (
	"context"
	"testing"
	"time"

	"github.com/hashicorp/terraform-plugin-go/tfprotov6"
	"github.com/hashicorp/terraform-plugin-go/tftypes"

	"github.com/cidrplan/terraform-provider-cidrplan/internal/ledger/ledgertest"
	"github.com/cidrplan/terraform-provider-cidrplan/internal/messages"
	"github.com/cidrplan/terraform-provider-cidrplan/internal/profile"
	"github.com/cidrplan/terraform-provider-cidrplan/internal/values"
)

// claimsOfOthers are how many a ledger has in the benchmark.
const claimsOfOthers = 100_000

// fill writes claims of others into the supernets of large: a /27 in each /26, so that no two are adjacent.
func fill(b *testing.B, d *ledgertest.Database) {
	b.Helper()
	d.Exec(b, `INSERT INTO owner (name) SELECT 'other/' || i FROM generate_series(0, 99) i`)
	d.Exec(b, `INSERT INTO planner (owner, name, serial, token, confirmed) SELECT name, 'k8s', 1, name, true FROM owner`)
	d.Exec(b, `INSERT INTO domain (vrf, class, network) VALUES ('', 'unique', '')`)
	d.Exec(b, `INSERT INTO entry
			(planner, owner, planner_name, kind, cluster, range, vrf, network, class, domain, demand, attributes, state)
		SELECT p.id, p.owner, p.name, 'pod', 'c' || i, set_masklen('10.128.0.0'::inet + i * 64, 27)::cidr, '', 'v' || i % 7, 'unique', d.id,
			'pod/c' || i, '{"profile": "ack-flannel"}', 'claim'
		FROM generate_series(0, $1 - 1) i JOIN planner p ON p.owner = 'other/' || i % 100, domain d`, claimsOfOthers)
	d.Exec(b, `ANALYZE entry, planner, domain`)
}

// planServer is a server that plans one allocator, with a ledger or without.
type planServer struct {
	tfprotov6.ProviderServer
	typ tftypes.Type
}

func newPlanServer(b *testing.B, config map[string]any) *planServer {
	b.Helper()
	schemas, err := allSchemas()
	if err != nil {
		b.Fatal(err)
	}
	s := &planServer{New("bench")(), schemas.ResourceSchemas["cidrplan_allocator"].ValueType()}
	req := &tfprotov6.ConfigureProviderRequest{Config: onWire(b, valueOf(schemas.Provider.ValueType(), config))}
	if resp, err := s.ConfigureProvider(context.Background(), req); err != nil || len(resp.Diagnostics) > 0 {
		b.Fatal(err, resp)
	}
	return s
}

// planState is what a state has of an allocator. The zero value is that of one that is not there yet.
type planState struct {
	value   *tfprotov6.DynamicValue
	private []byte
}

// plan plans a configuration.
func (s *planServer) plan(b *testing.B, config tftypes.Value, prior planState) *tfprotov6.PlanResourceChangeResponse {
	b.Helper()
	if prior.value == nil {
		prior.value = onWire(b, values.Null(s.typ))
	}
	resp, err := s.PlanResourceChange(context.Background(), &tfprotov6.PlanResourceChangeRequest{
		TypeName: "cidrplan_allocator", Config: onWire(b, config), ProposedNewState: onWire(b, config), PriorState: prior.value,
		PriorPrivate: prior.private,
	})
	if err != nil {
		b.Fatal(err)
	}
	for _, d := range resp.Diagnostics {
		if d.Severity == tfprotov6.DiagnosticSeverityError {
			b.Fatal(d.Summary, d.Detail)
		}
	}
	return resp
}

// applied is the state after an apply of a configuration.
func (s *planServer) applied(b *testing.B, config tftypes.Value) planState {
	b.Helper()
	planned := s.plan(b, config, planState{})
	resp, err := s.ApplyResourceChange(context.Background(), &tfprotov6.ApplyResourceChangeRequest{
		TypeName: "cidrplan_allocator", Config: onWire(b, config), PriorState: onWire(b, values.Null(s.typ)),
		PlannedState: planned.PlannedState, PlannedPrivate: planned.PlannedPrivate,
	})
	if err != nil || len(resp.Diagnostics) > 0 {
		b.Fatal(err, resp)
	}
	return planState{resp.NewState, resp.Private}
}

// BenchmarkLedgerPlan plans 1,000 clusters beside a ledger with 100,000 claims of others, and without a ledger. x-without is the time with
// the ledger as a multiple of the time without.
func BenchmarkLedgerPlan(b *testing.B) {
	d := ledgertest.New(b)
	fill(b, d)
	shared := map[string]any{"ledger": map[string]any{
		"owner": "shop/prod", "postgresql": map[string]any{"schema": d.Schema, "conn_str": d.ConnString},
	}}
	typ := newPlannerResource(clusterPlanner(messages.Writer{Catalog: profile.Default()}, new(run))).typ
	config, more := assembled(typ, values.AttributesOf(large(1000)), nil), assembled(typ, values.AttributesOf(large(1001)), nil)
	var states [2]planState // without and with the ledger
	compare := func(name string, config tftypes.Value) {
		b.Run(name, func(b *testing.B) {
			took := [2]time.Duration{time.Hour, time.Hour} // of the fastest, which other work of the machine disturbs least
			for b.Loop() {
				d.Exec(b, `DELETE FROM entry WHERE owner = 'shop/prod' AND state = 'hold'`)
				for i, arguments := range []map[string]any{nil, shared} {
					s := newPlanServer(b, arguments) // of a run of its own
					took[i] = min(took[i], ran(1, func() { s.plan(b, config, states[i]) }))
				}
			}
			b.ReportMetric(float64(took[1])/float64(took[0]), "x-without")
			b.ReportMetric(float64(took[0].Milliseconds()), "ms-without")
			b.ReportMetric(float64(took[1].Milliseconds()), "ms-with")
		})
	}
	compare("first plan", config)
	for i, arguments := range []map[string]any{nil, shared} {
		states[i] = newPlanServer(b, arguments).applied(b, config)
	}
	compare("nothing to do", config)
	compare("one more cluster", more)
}
