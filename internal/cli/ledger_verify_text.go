package cli

import (
	"errors"
	"fmt"
	"strings"

	"github.com/cidrplan/terraform-provider-cidrplan/internal/ledger"
	"github.com/cidrplan/terraform-provider-cidrplan/internal/messages"
)

// text is a verification for people.
func (v verification) text(words messages.Writer) string {
	if len(v.Planners) == 0 {
		return "Neither the states nor the ledger have planners of these owners.\n"
	}
	w := &strings.Builder{}
	agree, differ := 0, 0
	for _, p := range v.Planners {
		if !p.differs() {
			agree++
			continue
		}
		differ++
		fmt.Fprintf(w, "%s\n", p.heading())
		for _, d := range p.Differences {
			fmt.Fprintf(w, "  %s.\n", d.Text)
		}
		for _, line := range p.advice(words) {
			fmt.Fprintf(w, "  %s\n", line)
		}
	}
	fmt.Fprintf(w, "%s without differences, %d with differences.\n", counted(agree, "planner"), differ)
	return w.String()
}

func (p verified) heading() string {
	text := messages.Capital(messages.LedgerPlanner(p.Planner))
	if p.Address == "" {
		return messages.Line(text + ", which no given state has")
	}
	return fmt.Sprintf("%s, %s", messages.Line(text), party{Address: p.Address, File: p.File}.where())
}

const repaired = "Plan and apply the workspace: its plan repairs the ledger."

// advice says what to do about a planner that differs.
func (p verified) advice(words messages.Writer) []string {
	var lines []string
	var unknown ledger.UnknownOwner
	if errors.As(p.unknown, &unknown) {
		lines = append(lines, messages.NoOwner(unknown)+" OWNER must be ledger.owner of the provider in that workspace.")
	}
	switch {
	case p.Address == "":
		return []string{"If its state and its clusters do not exist any more, release its claims: " +
			words.LedgerCommand("release", "--owner", p.Owner, "--planner", p.Name)}
	case p.OtherState:
		lines = append(lines, "The last apply in the ledger was of another state. This state is a copy of it or an older one, or two "+
			"workspaces have the same owner: give each its own ledger.owner.")
	case p.StateSerial == 0 && p.LedgerSerial == 0:
		lines = append(lines, "The state does not use the ledger. Set the argument ledger of the provider there, then apply.")
	case p.StateSerial != p.LedgerSerial:
		lines = append(lines, fmt.Sprintf("The state has serial %d, the ledger %d. %s", p.StateSerial, p.LedgerSerial, repaired))
	default:
		lines = append(lines, repaired)
	}
	for _, d := range p.Differences {
		if d.Kind == ledger.OfAnother && p.unknown == nil {
			return append(lines, "Two owners use the same addresses: let one of them renumber.")
		}
	}
	return lines
}
