package messages

import (
	"net/netip"
	"strings"
	"testing"

	"github.com/cidrplan/terraform-provider-cidrplan/internal/conflict"
	"github.com/cidrplan/terraform-provider-cidrplan/internal/drift"
	"github.com/cidrplan/terraform-provider-cidrplan/internal/topology"
)

func TestEveryDifferenceHasWords(t *testing.T) {
	for _, code := range drift.Codes() {
		d := drift.Difference{
			Code: drift.Code(code), Name: "NAME", Part: "PART", Range: netip.MustParsePrefix("10.0.0.0/16"), Note: "NOTE",
			Declared: []netip.Prefix{netip.MustParsePrefix("10.1.0.0/16")}, Observed: []netip.Prefix{netip.MustParsePrefix("10.2.0.0/16")},
		}
		rows := map[string]AuditRow{}
		Writer{}.AddDifference(rows, d, conflict.Settings{})
		row := rows[d.Key().String()]
		if row.Rule != code || !strings.Contains(row.Summary, "NAME") || strings.ContainsAny(row.Text, "{}") || row.First.Kind == "" {
			t.Errorf("%s: got %+v", code, row)
		}
		if !strings.HasPrefix(row.Text, row.Summary+" "+row.Consequence+"\n\nTo resolve: ") || !strings.HasSuffix(row.Text, ".") {
			t.Errorf("%s: got %q", code, row.Text)
		}
	}
}

func TestAcceptancesOfDifferencesLapse(t *testing.T) {
	d := drift.Difference{Code: drift.NetworkGone, Name: "prod", Range: netip.MustParsePrefix("10.0.0.0/16")}
	for today, want := range map[string]string{"2026-11-30": Note, "2026-12-01": "warn", "": Note} {
		rows := map[string]AuditRow{}
		Writer{}.AddDifference(rows, d, conflict.Settings{Today: today, Accepted: map[string]topology.Acceptance{
			d.Key().String(): {Reason: "moved", Until: "2026-11-30"}, "no key": {Reason: "x"},
		}})
		if got := rows[d.Key().String()].Level; got != want {
			t.Errorf("on %q: got %s, want %s", today, got, want)
		}
	}
}
