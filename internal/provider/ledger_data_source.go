package provider

import (
	"context"
	"time"

	"github.com/hashicorp/terraform-plugin-go/tfprotov6"
	"github.com/hashicorp/terraform-plugin-go/tftypes"

	"github.com/cidrplan/terraform-provider-cidrplan/internal/ledger"
	"github.com/cidrplan/terraform-provider-cidrplan/internal/messages"
	"github.com/cidrplan/terraform-provider-cidrplan/internal/topology"
	"github.com/cidrplan/terraform-provider-cidrplan/internal/values"
)

// ledgerDataSource shows what the shared ledger has.
type ledgerDataSource struct {
	writer messages.Writer
	run    *run
	typ    tftypes.Object
}

func newLedgerDataSource(p messages.Writer, r *run) *ledgerDataSource {
	return &ledgerDataSource{p, r, ledgerFields.Type()}
}

func (l *ledgerDataSource) Schema() *tfprotov6.Schema {
	return ledgerFields.Schema(
		"Returns what the shared ledger has: owners (workspaces) with their planners, claims of applied plans, and holds of plans that " +
			"were not applied. It requires the argument `ledger` of the provider, and changes nothing in the ledger. " +
			"It shows the ledger at the time of the plan.",
	)
}

// Validate checks the owner. Any text that names an owner is allowed.
func (l *ledgerDataSource) Validate(config tftypes.Value) []*tfprotov6.Diagnostic {
	read := (&values.Reader{}).Attributes(values.AttributesOf(config), nil)
	at, owner := topology.Path{}.Attr("owner"), read.Word("owner")
	faults := read.Faults
	topology.CheckName(owner, func(p topology.BadName) {
		faults = append(faults, topology.Fault{At: at, Problem: p})
	})
	return diagnostics(l.writer.Faults("", faults))
}

func (l *ledgerDataSource) Read(ctx context.Context, config tftypes.Value) (tftypes.Value, []*tfprotov6.Diagnostic) {
	shared := l.run.Load().sharedLedger()
	switch {
	case shared == nil:
		return tftypes.Value{}, diagnostics([]messages.Message{messages.LedgerNotConfigured()})
	case shared.unknown:
		return tftypes.Value{}, diagnostics([]messages.Message{messages.LedgerNotKnown()})
	}
	arguments := values.AttributesOf(config)
	filter := ledger.Filter{Owner: (&values.Reader{}).Attributes(arguments, nil).Text("owner")}
	planners, err := shared.Planners(ctx)
	var entries []ledger.Listed
	if err == nil {
		entries, err = shared.Entries(ctx, filter)
	}
	if err != nil {
		return tftypes.Value{}, diagnostics([]messages.Message{l.writer.Beside(shared.Schema()).LedgerError(ledger.Planner{}, err)})
	}
	claims, holds := entryRows(entries)
	return assembled(l.typ, arguments, map[string]any{
		"version": ledger.Version(), "owners": ownerRows(planners, filter.Owner), "claims": claims, "holds": holds,
	}), nil
}

// ownerRows are the owners by name, or only a given one.
func ownerRows(planners []ledger.PlannerStatus, only string) map[string]any {
	owners := map[string]any{}
	seen := map[string]time.Time{}
	for _, p := range planners {
		if only != "" && p.Owner != only {
			continue
		}
		if owners[p.Owner] == nil {
			owners[p.Owner] = map[string]any{"hold_quota": int64(p.Quota), "planners": map[string]any{}}
		}
		owner := owners[p.Owner].(map[string]any)
		owner["planners"].(map[string]any)[p.Name] = map[string]any{
			"serial": p.Serial, "last_seen": stamp(p.LastSeen), "claims": int64(p.Claims),
			"holds": int64(p.Holds), "expired": int64(p.Expired), "lost": int64(p.Lost),
		}
		if p.LastSeen.After(seen[p.Owner]) {
			seen[p.Owner] = p.LastSeen
			owner["last_seen"] = stamp(p.LastSeen)
		}
	}
	return owners
}

// entryRows are the entries of a ledger, by range.
func entryRows(entries []ledger.Listed) (claims, holds []map[string]any) {
	for _, e := range entries {
		row := map[string]any{
			"owner": e.Owner, "planner": e.Name, "kind": e.Kind, "cluster": e.Cluster, "cidr": e.Range.String(),
			"vrf": textOrNull(e.VRF), "network": textOrNull(e.Network), "delegated_to": textOrNull(e.Delegate), "since": stamp(e.Since),
		}
		if e.State == ledger.Claim {
			claims = append(claims, row)
			continue
		}
		if e.Expires != nil {
			row["expires"] = stamp(*e.Expires)
		}
		holds = append(holds, row)
	}
	return claims, holds
}

func stamp(t time.Time) string { return t.UTC().Format(time.RFC3339) }
