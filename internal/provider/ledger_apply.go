package provider

import (
	"context"
	"crypto/rand"
	"encoding/json"
	"sync"
	"time"

	"github.com/hashicorp/terraform-plugin-go/tfprotov6"
	"github.com/hashicorp/terraform-plugin-go/tftypes"

	"github.com/cidrplan/terraform-provider-cidrplan/internal/ledger"
	"github.com/cidrplan/terraform-provider-cidrplan/internal/messages"
	"github.com/cidrplan/terraform-provider-cidrplan/internal/server"
	"github.com/cidrplan/terraform-provider-cidrplan/internal/statefile"
	"github.com/cidrplan/terraform-provider-cidrplan/internal/values"
)

const (
	// tokenKey is the key in private state of the token by which the ledger knows the state.
	tokenKey = statefile.LedgerTokenKey
	// applicationKey is the key in the private data of a plan of what its apply writes into the ledger. No state has it.
	applicationKey = "ledger_plan"
)

// grace is how long ranges stay held for a planner that is destroyed: a new one of the same owner and name gets them again.
const grace = 72 * time.Hour

// kept is the private data of a plan with what its apply writes, and with the token, which a plan for a tainted object is not given.
func (a *application) kept(private server.Private) server.Private {
	if a == nil {
		return private.With(applicationKey, nil)
	}
	text, err := json.Marshal(a)
	if err != nil {
		panic(err) // texts and ranges
	}
	if a.token != "" {
		private = private.With(tokenKey, []byte(a.token))
	}
	return private.With(applicationKey, text)
}

// refuseUnknown refuses an apply whose ranges are not known, since not even the plan at its start could hold any.
func (a *plannerResource) refuseUnknown(planned tftypes.Value) []messages.Message {
	if a.run.Load().sharedLedger() == nil || planned.IsFullyKnown() {
		return nil
	}
	return []messages.Message{a.writer.NoHolds(values.TextOf(values.AttributesOf(planned)["name"]))}
}

// Apply writes the planned entries into the ledger, then lets Terraform store the state. If it ends in between, the next plan finds in the
// ledger what the state lacks. Meanwhile it reads the planned value, since both take a while.
func (a *plannerResource) Apply(ctx context.Context, c server.Application) (server.Private, []*tfprotov6.Diagnostic) {
	planned, has := c.Private[applicationKey]
	private := c.Private.With(applicationKey, nil)
	if !has {
		if refused := a.refuseUnknown(c.Planned()); len(refused) > 0 {
			return private, diagnostics(refused)
		}
		return a.stored(c.Planned(), private, c.Creates), nil
	}
	token := private[tokenKey]
	if token == nil {
		token = []byte(rand.Text())
	}
	var failed []messages.Message
	var writing sync.WaitGroup
	writing.Go(func() { failed = a.applyToLedger(ctx, planned, string(token)) })
	stored := a.stored(c.Planned(), private, c.Creates)
	if writing.Wait(); len(failed) > 0 {
		return private, diagnostics(failed)
	}
	return stored.With(tokenKey, token), nil
}

// applyToLedger writes what a plan has in its private data.
func (a *plannerResource) applyToLedger(ctx context.Context, planned []byte, token string) []messages.Message {
	var write application
	err := json.Unmarshal(planned, &write)
	shared := a.run.Load().sharedLedger()
	switch {
	case shared == nil:
		return []messages.Message{a.writer.LedgerRemoved(write.Name)}
	case shared.unknown:
		return []messages.Message{a.writer.LedgerUnknown(write.Name)}
	}
	who := ledger.Planner{Owner: shared.owner, Name: a.holder(write.Name)}
	if err == nil {
		err = shared.Apply(ctx, ledger.Applied{
			Planner: who, Before: write.Before, Serial: write.Serial, Token: token, Entries: write.Entries,
		})
	}
	if err != nil {
		return []messages.Message{a.writer.Beside(shared.Schema()).LedgerFailed(who, err, true)}
	}
	return nil
}

// warnOfChildren warns of a plan that destroys blocks in which other owners have ranges: its apply is refused.
func (a *plannerResource) warnOfChildren(ctx context.Context, c server.Change) []messages.Message {
	shared := a.run.Load().sharedLedger()
	if _, has := serialOf(c.Prior); !has || !a.writer.OfBlocks || shared == nil || shared.unknown {
		return nil
	}
	p := a.writer.Beside(shared.Schema())
	who := ledger.Planner{Owner: shared.owner, Name: a.holder(values.TextOf(values.AttributesOf(c.Prior)["name"]))}
	children, err := shared.Inside(ctx, who)
	switch {
	case err != nil:
		return []messages.Message{p.LedgerFailed(who, err, false)}
	case len(children) == 0:
		return nil
	}
	return []messages.Message{p.BlocksNotEmpty(ledger.HasChildren{Planner: who, Children: children})}
}

// Destroy lets the ledger hold the ranges for a while, and then others may take them.
func (a *plannerResource) Destroy(ctx context.Context, c server.Change) []*tfprotov6.Diagnostic {
	if _, has := serialOf(c.Prior); !has {
		return nil
	}
	name, shared := values.TextOf(values.AttributesOf(c.Prior)["name"]), a.run.Load().sharedLedger()
	switch {
	case shared == nil:
		return diagnostics([]messages.Message{a.writer.LedgerRemoved(name)})
	case shared.unknown:
		return diagnostics([]messages.Message{a.writer.LedgerUnknown(name)})
	}
	who, token := ledger.Planner{Owner: shared.owner, Name: a.holder(name)}, string(c.Private[tokenKey])
	var err error
	if token == "" { // Terraform stores no private data of an object whose provider ended in an apply
		var view ledger.View
		view, err = shared.Ask(ctx, ledger.Question{Planner: who})
		token = view.Token
	}
	if err == nil {
		err = shared.Release(ctx, who, token, grace)
	}
	if err != nil {
		return diagnostics([]messages.Message{a.writer.Beside(shared.Schema()).LedgerFailed(who, err, true)})
	}
	return nil
}
