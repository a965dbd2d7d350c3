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
			"history shows each change of holds and claims: when it was, which database role made it, and for which owner. With --range, " +
				"it shows who had a range before.",
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
			text := c.Change + " " + messages.LedgerEntry(ledger.Entry{Kind: c.Kind, Cluster: c.Cluster, Range: c.Range})
			if c.Owner != "" {
				text += ", which had expired, of " + messages.LedgerPlanner(c.Planner)
			}
			fmt.Fprintf(w, "  %s\n", messages.Line(text))
		}
	}
	return w.String()
}
