package cli

import (
	"fmt"
	"strings"

	"github.com/cidrplan/terraform-provider-cidrplan/internal/changes"
	"github.com/cidrplan/terraform-provider-cidrplan/internal/messages"
)

// partWords are the parts in reports for people.
var partWords = map[changes.Part]string{
	changes.Pods: "Pods", changes.PodsIPv6: "Pods", changes.Services: "Services", changes.ServicesIPv6: "Services",
	changes.GrowthReserve: "kept for further Pod ranges", changes.Block: "block", changes.Supernet: "supernet",
	changes.Reserved: "reserved",
}

// kindWords say what happens to ranges, beside "+" for allocated ones; kindSigns are in front of a line.
var (
	kindWords = map[changes.Kind]string{
		changes.Adopted: "adopted", changes.AllocatedAgain: "allocated again after its release", changes.Appended: "appended",
		changes.Extended: "extended to a larger range that contains it",
		changes.Moved:    "moved", changes.ReleasedRanges: "released, stays reserved",
		changes.Reclaimed: "reclaimed, may be allocated again",
		changes.Lost:      "no longer held and not reserved",
	}
	kindSigns = map[changes.Kind]string{
		changes.Renamed: "~", changes.Moved: "~", changes.Extended: "~",
		changes.ReleasedRanges: "-", changes.Reclaimed: "-", changes.Lost: "-",
		changes.Removed: "-", changes.AcceptedConflict: "!", changes.NoLongerAccepted: "!",
	}
	signColors = map[string]string{"+": green, "~": yellow, "-": red, "!": yellow}
)

// sign is the first character of the line of a change.
func sign(kind changes.Kind) string {
	if s, has := kindSigns[kind]; has {
		return s
	}
	return "+"
}

// rangesText are the ranges of a change.
func rangesText(change changes.Change) string {
	from, to := joined(change.From), joined(change.To)
	switch {
	case change.Kind == changes.Moved, change.Kind == changes.Extended:
		return from + " -> " + to
	case change.Kind == changes.Appended, from == "":
		return to
	}
	return from
}

// useText says what the ranges are for, and what happens to them.
func useText(change changes.Change) string {
	switch change.Kind {
	case changes.Renamed:
		return "new name of " + messages.Line(change.PreviousName)
	case changes.Unknown:
		return "known after apply"
	case changes.AcceptedConflict, changes.NoLongerAccepted:
		return acceptanceText(change)
	}
	parts := []string{partWords[change.Part]}
	if word := kindWords[change.Kind]; word != "" {
		parts = append(parts, word)
	}
	total := ""
	if change.Kind == changes.Appended {
		total = " in all"
	}
	switch {
	case len(change.To) == 0:
	case change.Nodes > 0 && (change.Part == changes.Pods || change.Part == changes.PodsIPv6):
		parts = append(parts, counted(int(change.Nodes), "node")+total)
	case change.Services > 0 && (change.Part == changes.Services || change.Part == changes.ServicesIPv6):
		parts = append(parts, fmt.Sprintf("up to %d", change.Services))
	}
	return strings.Join(parts, ", ")
}

func acceptanceText(change changes.Change) string {
	text := "conflict accepted"
	if change.Kind == changes.NoLongerAccepted {
		text = "conflict no longer accepted"
	}
	if change.Acceptance.Reason != "" {
		text += ": " + messages.Line(change.Acceptance.Reason)
	}
	if change.Acceptance.Until != "" {
		text += fmt.Sprintf(" (until %s)", messages.Line(change.Acceptance.Until))
	}
	return text
}

// about are sentences on the resource as a whole.
func about(r changes.Report) []string {
	var all []string
	if r.Previous != "" {
		all = append(all, "It was "+messages.Line(r.Previous)+" before.")
	}
	if r.Created {
		all = append(all, "It is created.")
	}
	if r.Destroyed {
		all = append(all, "It is destroyed. Its ranges are not reserved afterwards.")
	}
	if r.Forgotten {
		all = append(all, "It is removed from the state and not destroyed. Its ranges are not reserved afterwards.")
	}
	switch {
	case r.Unchanged == 1:
		all = append(all, "1 other keeps its ranges.")
	case r.Unchanged > 1:
		all = append(all, fmt.Sprintf("%d others keep their ranges.", r.Unchanged))
	}
	return all
}

// whole are sentences on the plans as a whole.
func (p planned) whole() []string {
	var all []string
	if p.failed {
		all = append(all, "The plan failed: it has only a part of the changes.")
	}
	if p.partial {
		all = append(all, "The plan is not complete: it leaves out changes, because of -target or because they are deferred.")
	}
	if p.plans > 0 && len(p.reports) == 0 && !p.failed {
		all = append(all, "The plan changes no ranges.")
	}
	return all
}

// othersText says how many diagnostics are not shown, "" for none.
func (p planned) othersText() string {
	if p.others == 0 {
		return ""
	}
	return "Not shown: " + counted(p.others, "message") + " of Terraform and other providers."
}
