package ledger_test

import (
	"context"
	"fmt"
	"net/netip"
	"slices"
	"testing"
	"time"

	"github.com/cidrplan/terraform-provider-cidrplan/internal/ledger"
	"github.com/cidrplan/terraform-provider-cidrplan/internal/ledger/ledgertest"
)

// BenchmarkPlan measures plans of a planner with 1,000 claims, beside none and 100,000 entries of others, alternately, and says how much
// longer they take: without a demand, with one (the supernet is read, merged), and with all entries in full.
func BenchmarkPlan(b *testing.B) {
	empty, full := ledgertest.New(b), ledgertest.New(b)
	fill(b, full, 100_000)
	var own []ledger.Entry
	for i := range 1000 {
		own = append(own, pod(fmt.Sprint("own", i), fmt.Sprintf("172.16.%d.%d/28", i/16, i%16*16)))
	}
	for _, d := range []*ledgertest.Database{empty, full} {
		apply(b, d.Ledger, shop, own...)
	}
	var ranges []netip.Prefix
	for _, e := range own {
		ranges = append(ranges, e.Range)
	}
	for _, c := range []struct {
		name          string
		demands, full bool
	}{{"no demand", false, false}, {"a demand", true, false}, {"full", true, true}} {
		b.Run(c.name, func(b *testing.B) {
			q := ledger.Question{
				Planner: shop, VRFs: []string{""}, Ranges: ranges, Supernets: []netip.Prefix{ten}, Demands: c.demands, Full: c.full,
			}
			var beside [2][]time.Duration
			for b.Loop() {
				for i, d := range []*ledgertest.Database{empty, full} {
					began := time.Now()
					err := d.Plan(context.Background(), q, func(ledger.View) ledger.Decision { return ledger.Decision{Holds: own} })
					if err != nil {
						b.Fatal(err)
					}
					beside[i] = append(beside[i], time.Since(began))
				}
			}
			for i := range beside {
				slices.Sort(beside[i])
			}
			without, with := beside[0][len(beside[0])/2], beside[1][len(beside[1])/2]
			b.ReportMetric(float64(without.Milliseconds()), "ms/empty")
			b.ReportMetric(float64(with.Milliseconds()), "ms/100000")
			b.ReportMetric(float64(with)/float64(without), "ratio")
		})
	}
}

// BenchmarkAdoption measures the apply of a state with 10,000 ranges that the ledger does not have.
func BenchmarkAdoption(b *testing.B) {
	var all []ledger.Entry
	for i := range 10_000 {
		all = append(all, pod(fmt.Sprint("c", i), fmt.Sprintf("10.%d.%d.0/24", i/256, i%256)))
	}
	for b.Loop() {
		apply(b, ledgertest.New(b).Ledger, shop, all...)
	}
}

// fill writes claims of 100 other owners, a /28 each from 10.0.0.0 on.
func fill(b *testing.B, d *ledgertest.Database, entries int) {
	b.Helper()
	d.Exec(b, `INSERT INTO owner SELECT 'owner ' || i FROM generate_series(0, 99) i`)
	d.Exec(b, `INSERT INTO planner (owner, name) SELECT 'owner ' || i, 'k8s' FROM generate_series(0, 99) i`)
	d.Exec(b, `INSERT INTO domain (vrf, class, network) VALUES ('', 'unique', '') ON CONFLICT DO NOTHING`)
	d.Exec(b, `
		INSERT INTO entry (planner, owner, planner_name, kind, cluster, range, vrf, network, class, domain, demand, state)
		SELECT p.id, p.owner, p.name, 'pod', 'c' || i, set_masklen('10.0.0.0'::inet + i * 16::bigint, 28)::cidr, '', '', d.class, d.id,
			'c' || i, 'claim'
		FROM generate_series(0, $1::integer - 1) i JOIN planner p ON p.owner = 'owner ' || (i % 100), domain d`, entries)
	d.Exec(b, `ANALYZE`)
}
