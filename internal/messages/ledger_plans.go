package messages

import (
	"fmt"
	"net/netip"

	"github.com/cidrplan/terraform-provider-cidrplan/internal/ledger"
)

// HeldElsewhere is a range of a state that another planner has in the ledger.
type HeldElsewhere struct {
	Own   ledger.Entry
	Other ledger.Other
}

// HeldByOthers refuses a plan of a planner whose state holds ranges that others have in the ledger.
func (p Writer) HeldByOthers(who ledger.Planner, all []HeldElsewhere) Message {
	w := p.Terms()
	var lines []string
	for _, h := range all {
		lines = append(lines, fmt.Sprintf(
			"%s overlaps %s", entryText(h.Own.Kind, h.Own.Cluster, h.Own.Range), othersText(h.Other),
		))
	}
	first := all[0]
	options := []string{
		fmt.Sprintf("Move the %s here: renumber = { %q = %s }", w.One, first.Own.Cluster, Literal("1")),
		p.otherMoves(first.Other),
	}
	return p.of(nameOf(who), Message{
		At: nameArgument, Summary: "Range Is Held by Another Planner",
		Detail: "The state holds ranges that others have in the ledger, and that the ledger does not have for " + planner(who) + ":" +
			points(lines) + "\n\n" +
			"Effect: two networks would use the same addresses." + Resolving(append(options,
			"If both may use the addresses, because nothing connects them, give the range in the configuration, as pinned.",
			"If an old state was restored, restore the newest one.",
		)),
	})
}

// inconsistentPlan is what Terraform reports of a saved plan whose ranges are not those of the plan at the start of its apply.
const inconsistentPlan = "Terraform reports an inconsistent final plan, or that a value changed."

// LostHolds warns that others took ranges which the ledger held for this planner, after the holds had expired.
func (p Writer) LostHolds(who ledger.Planner, all []ledger.Lost) Message {
	var lines []string
	for _, l := range all {
		now := "now of " + planner(l.To)
		if l.To.Name == "" {
			now = fmt.Sprintf("ended, since owner %q reached its quota of holds", l.To.Owner)
		}
		lines = append(lines, entryText(l.Kind, l.Cluster, l.Range)+": "+now)
	}
	return p.of(nameOf(who), Message{
		At: nameArgument, Warn: true, Summary: "Held Range Was Lost",
		Detail: "The ledger held these ranges for a plan of " + planner(who) + ". The holds expired before the plan was applied, and " +
			"later plans needed the ranges or the quota:" + points(lines) + "\n\n" +
			"Effect: a plan that was made before cannot be applied. " + inconsistentPlan +
			resolving("Plan again: this plan and later ones choose other ranges."),
	})
}

// ReplacedHold is a hold of an earlier plan for a demand that has another range now. By are the entries of others that overlap it.
type ReplacedHold struct {
	ledger.Entry
	Now netip.Prefix
	By  []ledger.Other
}

// ReplacedHolds warns that a plan chooses other ranges than those that the ledger held for an earlier plan.
func (p Writer) ReplacedHolds(who ledger.Planner, all []ReplacedHold) Message {
	var lines []string
	for _, r := range all {
		line := fmt.Sprintf("%s: now %s", entryText(r.Kind, r.Cluster, r.Range), r.Now)
		var by []string
		for _, o := range r.By {
			by = append(by, othersText(o))
		}
		if len(by) > 0 {
			line += ". It overlaps " + Listed(by, 1)
		}
		lines = append(lines, line)
	}
	return p.of(nameOf(who), Message{
		At: nameArgument, Warn: true, Summary: "Held Range Was Replaced",
		Detail: "The ledger held these ranges for an earlier plan of " + planner(who) + ". This plan or another later one has chosen " +
			"others instead, because of what others have, or of another configuration:" + points(lines) + "\n\n" +
			"Effect: a plan that was saved before cannot be applied. " + inconsistentPlan +
			resolving("Plan again, and apply the new plan. Without a saved plan, nothing has to be done."),
	})
}

// LedgerAhead warns of a ledger that knows of an apply which the state does not have. have is the serial of the state.
func (p Writer) LedgerAhead(who ledger.Planner, have, want int64) Message {
	options := []string{
		"Plan again, and apply the new plan.", "If an older state was restored by mistake, restore the newest one.",
		"If another workspace has the same owner, give this one another ledger.owner, such as \"shop/${terraform.workspace}\": else both " +
			"get the same ranges.",
	}
	if have > 0 {
		options = append(options, "If this state is a copy that should no longer exist, remove the "+p.Terms().Planner+" from it, and its "+
			"resource from the configuration: terraform state rm ADDRESS. A destroy would release the ranges of the other state.")
	}
	return p.of(nameOf(who), Message{
		At: nameArgument, Warn: true, Summary: "Ledger Is Ahead of the State",
		Detail: fmt.Sprintf("The ledger has serial %d of %s, and the state has %d. Either an apply ended before Terraform stored the "+
			"state, or an "+
			"older state was restored, or an administrator released the ranges, or another workspace has the same owner.\n\n"+
			"Effect: the ranges of the state stay. New clusters and blocks get what the ledger has for them, and the apply of this plan "+
			"makes both "+
			"equal. A plan that was saved before cannot be applied: Terraform reports an inconsistent final "+
			"plan.", want, planner(who), have,
		) + Resolving(options),
	})
}

// FreesUnseen warns of ranges that an apply frees in the ledger although its state never had them.
func (p Writer) FreesUnseen(who ledger.Planner, all []ledger.Entry) Message {
	w := p.Terms()
	var lines []string
	for _, e := range all {
		lines = append(lines, entryText(e.Kind, e.Cluster, e.Range))
	}
	return p.of(nameOf(who), Message{
		At: nameArgument, Warn: true, Summary: "Apply Frees Ranges That the State Lacks",
		Detail: "The ledger has these ranges of " + planner(who) + ". The state does not have them, and the plan does not need them:" +
			points(lines) + "\n\n" +
			"Effect: the apply frees them at once, so others can allocate them. If a newer state was lost, what uses these addresses can " +
			"still exist." + resolving(
			"If an older state was restored, restore the newest one.",
			"If these "+w.Many+" still exist, declare them as they were: the plan allocates the same ranges to them.",
			"If an apply ended before anything was created with these ranges, apply.",
		),
	})
}

// NoHolds refuses an apply during which the ledger permits no holds, so that new ranges are still not known.
func (p Writer) NoHolds(name string) Message {
	return p.of(name, Message{
		At: nameArgument, Summary: "Ledger Permits No Holds",
		Detail: "The state of this " + p.Terms().Planner + " stays as it was. Its new ranges are not known: also during the apply, the " +
			"database role may not hold ranges in the ledger, or the server is read-only." + resolving(
			"Apply with a member of the ledger's allocator role on the primary server (PGUSER, PGHOST).",
			"If default_transaction_read_only is set on purpose, for example during a restore, wait for its end.",
		),
	})
}
