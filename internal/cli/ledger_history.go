package cli

import (
	"context"
	"fmt"
	"io"
	"strings"

	"github.com/spf13/cobra"

	"github.com/cidrplan/terraform-provider-cidrplan/internal/ledger"
	"github.com/cidrplan/terraform-provider-cidrplan/internal/messages"
)

func (l *ledgerCommand) history() *cobra.Command {
	format, limit := "text", 20
	var flags ledgerFilter
	cmd := &cobra.Command{
		Use:   "history",
		Short: "Show who changed what in the ledger, the latest change first",
		Long: wrapped(
			"history shows each change of holds and claims: when it was, which database role made it, for which owner, and in which "+
				"network and VRF. With --range, it shows who had a range before.",
			"held: a plan chose the range. claimed: an apply has it. dropped: a hold ended, since a later plan or an apply of the same "+
				"planner does not need it. lost: an expired hold went to another planner. freed: an apply gave a claim up. released: a "+
				"destroy or an administrator made a hold of a claim, or lets a hold end earlier. delegated: a block is for another owner. "+
				"renamed: the planner has another name.",
		),
		Example: "  cidrplan ledger history --range 10.64.0.0/20 --limit 5",
		Args:    cobra.NoArgs,
		RunE: func(*cobra.Command, []string) error {
			if err := checkFormat(format); err != nil {
				return err
			}
			if limit < 0 {
				return fmt.Errorf("--limit %d is negative; 0 shows all changes", limit)
			}
			filter, err := flags.read()
			if err != nil {
				return err
			}
			return l.run(func(ctx context.Context, of *ledger.Ledger) error {
				if _, err := knownPlanners(ctx, of, ledger.Planner{Owner: filter.Owner}); err != nil {
					return err
				}
				events, err := of.History(ctx, filter, limit)
				if err != nil {
					return err
				}
				if format == "json" {
					return encode(l.io.Out, events)
				}
				_, err = io.WriteString(l.io.Out, historyText(events))
				return err
			})
		},
	}
	flags.flags(cmd)
	cmd.Flags().StringVar(&format, "format", format, "how the result is written: text, json")
	cmd.Flags().IntVar(&limit, "limit", limit, "how many changes are shown; 0 shows all")
	return cmd
}

func historyText(events []ledger.Event) string {
	if len(events) == 0 {
		return "No changes.\n"
	}
	w := &strings.Builder{}
	for _, e := range events {
		fmt.Fprintf(w, "%s %s\n", e.At.UTC().Format("2006-01-02 15:04:05Z"), messages.Line(fmt.Sprintf(
			"%s of %s by role %s, serial %d", e.Action, messages.LedgerPlanner(e.Planner), e.Role, e.Serial)))
		for _, c := range e.Changes {
			fmt.Fprintf(w, "  %s\n", messages.Line(changeText(c)))
		}
	}
	return w.String()
}

// changeText is what happened to one entry, or to the name of the planner.
func changeText(c ledger.Change) string {
	if c.Change == "renamed" {
		return "renamed, before " + messages.LedgerPlanner(c.Planner)
	}
	text := c.Change + " " + messages.LedgerEntry(ledger.Entry{Kind: c.Kind, Cluster: c.Cluster, Range: c.Range}) +
		placeText(c.VRF, c.Network, c.Delegate)
	switch {
	case c.Change == "delegated" && c.Delegate == "":
		text += ", for every owner"
	case c.Owner != "":
		text += ", which had expired, of " + messages.LedgerPlanner(c.Planner)
	}
	return text
}

// placeText says where an entry is, and which owner a block is for.
func placeText(vrf, network, delegate string) string {
	text := ""
	if vrf != "" {
		text += fmt.Sprintf(", VRF %q", vrf)
	}
	if network != "" {
		text += fmt.Sprintf(", network %q", network)
	}
	if delegate != "" {
		text += fmt.Sprintf(", delegated to %q", delegate)
	}
	return text
}
