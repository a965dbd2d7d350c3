package cli

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"
	"time"

	"github.com/spf13/cobra"

	"github.com/cidrplan/terraform-provider-cidrplan/internal/ledger"
	"github.com/cidrplan/terraform-provider-cidrplan/internal/messages"
	"github.com/cidrplan/terraform-provider-cidrplan/internal/topology"
)

func (l *ledgerCommand) release() *cobra.Command {
	var who ledger.Planner
	confirm, grace := "", 72*time.Hour
	cmd := &cobra.Command{
		Use:   "release",
		Short: "Release the claims and holds of a planner that no state and no plan has any more",
		Long: wrapped(
			"The ledger never releases claims by itself: they stay after terraform state rm, a deleted workspace and a removed block. "+
				"release is for claims of which you verified that no state and no cluster uses them. They become holds, whose ranges can "+
				"be allocated to others once the grace period ends. Holds of plans that nobody will apply end then as well, if not before.",
			"Without --confirm, nothing changes: release lists the ranges, and the flag that confirms them. It needs the role that owns "+
				"the ledger. To release the claims of a workspace that still exists, destroy the resource there instead.",
			"Exit codes: 0 released, or nothing to release; 1 an error; 2 not confirmed.",
		),
		Example: "  cidrplan ledger release --owner shop/test --planner k8s\n" +
			"  cidrplan ledger release --owner shop/test --planner k8s --confirm shop/test:k8s",
		Args: cobra.NoArgs,
		RunE: func(cmd *cobra.Command, _ []string) error {
			wanted := topology.InLedger(who.Owner, who.Name)
			switch {
			case who.Owner == "" || who.Name == "":
				return errors.New("--owner and --planner are required: release is for one planner of one owner")
			case cmd.Flags().Changed("confirm") && confirm != wanted:
				return fmt.Errorf("--confirm %s is not the planner to release, %s; nothing was released",
					messages.Shown(confirm), messages.Shown(wanted))
			case grace < 0:
				return errors.New("--grace is negative; use a time such as 72h, or 0s")
			}
			return l.run(func(ctx context.Context, of *ledger.Ledger) error {
				entries, err := l.heldBy(ctx, of, who, grace)
				if err != nil {
					return err
				}
				if confirm != "" {
					if err := of.ReleaseByAdmin(ctx, who, grace); err != nil {
						return err
					}
				}
				l.sayReleased(who, entries, confirm != "", grace)
				if confirm == "" && len(entries) > 0 {
					return errConflicts // a script must not continue as if it were released
				}
				return nil
			})
		},
	}
	cmd.Flags().StringVar(&who.Owner, "owner", "", "owner of the planner")
	cmd.Flags().StringVar(&who.Name, "planner", "", "name of the allocator, or blocks/NAME for a cidrplan_blocks")
	cmd.Flags().StringVar(&confirm, "confirm", "", "the owner and the planner once more, as OWNER:PLANNER")
	cmd.Flags().DurationVar(&grace, "grace", grace, "time after which the ranges can be allocated to others")
	return cmd
}

// heldBy are the claims of a planner, and its holds that last longer than a time of grace.
func (l *ledgerCommand) heldBy(ctx context.Context, of *ledger.Ledger, who ledger.Planner, grace time.Duration) ([]ledger.Listed, error) {
	found, err := l.listed(ctx, of, ledger.Filter{Owner: who.Owner, Name: who.Name}, true)
	if err != nil {
		return nil, err
	}
	return slices.DeleteFunc(found.Entries, func(e ledger.Listed) bool {
		return e.Expires != nil && !e.Expires.After(found.At.Add(grace))
	}), nil
}

func (l *ledgerCommand) sayReleased(who ledger.Planner, entries []ledger.Listed, done bool, grace time.Duration) {
	if len(entries) == 0 {
		l.say("%s has no claims, and no holds for longer than %s.", messages.Capital(messages.LedgerPlanner(who)), lasting(grace))
		return
	}
	what := "Not released yet"
	if done {
		what = "Released"
	}
	l.say("%s: %s of %s.", what, countedByState(entries), messages.LedgerPlanner(who))
	for _, e := range entries {
		l.say("  %s", messages.Line(messages.LedgerEntry(e.Entry)))
	}
	if done {
		if grace == 0 {
			l.say("These ranges can be allocated to others now.")
			return
		}
		l.say("These ranges can be allocated to others in %s.", lasting(grace))
		return
	}
	l.say("\nVerify that no state and no cluster uses these ranges. Then run the command again with\n  --confirm '%s'",
		messages.Line(topology.InLedger(who.Owner, who.Name)))
}

// countedByState counts claims and holds, such as 2 claims and 1 hold.
func countedByState(entries []ledger.Listed) string {
	count := map[ledger.State]int{}
	for _, e := range entries {
		count[e.State]++
	}
	var parts []string
	for _, state := range []ledger.State{ledger.Claim, ledger.Hold} {
		if count[state] > 0 {
			parts = append(parts, counted(count[state], string(state)))
		}
	}
	return strings.Join(parts, " and ")
}
