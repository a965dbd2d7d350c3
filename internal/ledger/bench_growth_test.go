package ledger_test

import (
	"fmt"
	"net/netip"
	"testing"
	"time"

	"github.com/cidrplan/terraform-provider-cidrplan/internal/ledger"
	"github.com/cidrplan/terraform-provider-cidrplan/internal/ledger/ledgertest"
)

// BenchmarkGrowth measures what a first plan of 1,000 clusters and its apply wait for, beside more and more claims of others: to read what
// is used in the supernets, to hold 2,000 ranges, and to make them claims. x-10000 is the time as a multiple of that beside 10,000 claims:
// what is read grows with the claims, and what is written does not.
func BenchmarkGrowth(b *testing.B) {
	var own []ledger.Entry
	for i := range 2000 {
		own = append(own, pod(fmt.Sprint("own", i), fmt.Sprintf("172.%d.%d.0/24", 16+i/256, i%256)))
	}
	stages := []string{"read", "hold", "apply"}
	few := map[string]time.Duration{}
	for _, claims := range []int{10_000, 100_000, 1_000_000} {
		b.Run(fmt.Sprint(claims), func(b *testing.B) {
			d := ledgertest.New(b)
			fill(b, d, claims)
			fastest := map[string]time.Duration{}
			for b.Loop() {
				for stage, took := range stagesOf(b, d, own) {
					if best, has := fastest[stage]; !has || took < best {
						fastest[stage] = took
					}
				}
			}
			for _, stage := range stages {
				b.ReportMetric(float64(fastest[stage].Milliseconds()), "ms-"+stage)
				if few[stage] == 0 {
					few[stage] = fastest[stage]
				}
				b.ReportMetric(float64(fastest[stage])/float64(few[stage]), "x-10000-"+stage)
			}
		})
	}
}

// stagesOf measures each stage once, and takes back what it wrote.
func stagesOf(b *testing.B, d *ledgertest.Database, own []ledger.Entry) map[string]time.Duration {
	b.Helper()
	q := ledger.Question{Planner: shop, VRFs: []string{""}, Supernets: []netip.Prefix{ten, prefix("172.16.0.0/12")}}
	reading := q
	reading.Demands = true
	took := map[string]time.Duration{}
	measure := func(stage string, do func() error) {
		began := time.Now()
		if err := do(); err != nil {
			b.Fatal(err)
		}
		took[stage] = time.Since(began)
	}
	measure("read", func() error {
		_, err := d.Ask(b.Context(), reading)
		return err
	})
	measure("hold", func() error {
		return d.Plan(b.Context(), q, func(ledger.View) ledger.Decision { return ledger.Decision{Holds: own} })
	})
	measure("apply", func() error {
		return d.Apply(b.Context(), ledger.Applied{Planner: shop, Serial: 1, Token: "token", Entries: own})
	})
	d.Exec(b, `DELETE FROM entry WHERE owner = $1`, shop.Owner)
	d.Exec(b, `DELETE FROM planner WHERE owner = $1`, shop.Owner)
	return took
}
