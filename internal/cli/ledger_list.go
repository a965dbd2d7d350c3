package cli

import (
	"context"
	"fmt"
	"io"
	"slices"
	"strings"
	"time"

	"github.com/spf13/cobra"

	"github.com/cidrplan/terraform-provider-cidrplan/internal/cidr"
	"github.com/cidrplan/terraform-provider-cidrplan/internal/ledger"
	"github.com/cidrplan/terraform-provider-cidrplan/internal/messages"
)

// ledgerFilter are the flags that choose owners and ranges.
type ledgerFilter struct {
	owner, within string
	changed       func(flag string) bool
}

func (f *ledgerFilter) flags(cmd *cobra.Command) {
	f.changed = cmd.Flags().Changed
	cmd.Flags().StringVar(&f.owner, "owner", "", "only this owner")
	cmd.Flags().StringVar(&f.within, "range", "", "only ranges that overlap this one")
}

func (f *ledgerFilter) read() (ledger.Filter, error) {
	for _, flag := range []string{"owner", "range"} {
		if f.changed(flag) && (flag == "owner" && f.owner == "" || flag == "range" && f.within == "") {
			return ledger.Filter{}, fmt.Errorf("--%s is empty; leave it out to choose everything", flag)
		}
	}
	filter := ledger.Filter{Owner: f.owner}
	if f.within == "" {
		return filter, nil
	}
	p, fault := cidr.Parse(f.within)
	if fault != nil {
		return filter, fmt.Errorf("--range: %s", messages.NotCIDR(fault))
	}
	filter.Range = p
	return filter, nil
}

// listing is what list writes.
type listing struct {
	At       time.Time              `json:"at"`
	Planners []ledger.PlannerStatus `json:"planners"`
	// Entries are nil where nobody asked for them.
	Entries []ledger.Listed `json:"entries,omitzero"`
	// Empty is how many planners are left out because they have no ranges.
	Empty int `json:"planners_without_ranges"`
}

// leaveOutEmpty leaves out planners that have no ranges and lost none.
func (f *listing) leaveOutEmpty() {
	before := len(f.Planners)
	f.Planners = slices.DeleteFunc(f.Planners, func(p ledger.PlannerStatus) bool { return p.Claims+p.Holds+p.Expired+p.Lost == 0 })
	f.Empty = before - len(f.Planners)
}

func (l *ledgerCommand) list() *cobra.Command {
	format, ranges, all, unseen := "text", false, false, time.Duration(0)
	var flags ledgerFilter
	cmd := &cobra.Command{
		Use:   "list",
		Short: "List owners, planners, claims and holds with their age",
		Long: wrapped(
			"list shows each owner (a workspace) with its planners (allocators and cidrplan_blocks): the claims that it applied, the "+
				"holds of plans that were not applied, and when a plan or apply of it was last seen.",
			"With --ranges, --range or --owner, it also lists the ranges: the claims, and the holds with the time at which they "+
				"expire. With --unseen 720h, it lists planners that were not seen for 720 hours, whose workspace may not exist any more.",
		),
		Example: "  cidrplan ledger list\n" +
			"  cidrplan ledger list --range 10.64.0.0/16\n" +
			"  cidrplan ledger list --unseen 720h --format json",
		Args: cobra.NoArgs,
		RunE: func(*cobra.Command, []string) error {
			if err := checkFormat(format); err != nil {
				return err
			}
			filter, err := flags.read()
			if err != nil {
				return err
			}
			return l.run(func(ctx context.Context, of *ledger.Ledger) error {
				found, err := l.listed(ctx, of, filter, ranges || filter.Owner != "" || filter.Range.IsValid())
				if err != nil {
					return err
				}
				found.Planners = slices.DeleteFunc(found.Planners, func(p ledger.PlannerStatus) bool {
					return found.At.Sub(p.LastSeen) < unseen
				})
				if !all {
					found.leaveOutEmpty()
				}
				if format == "json" {
					return encode(l.io.Out, found)
				}
				_, err = io.WriteString(l.io.Out, found.text())
				return err
			})
		},
	}
	flags.flags(cmd)
	cmd.Flags().StringVar(&format, "format", format, "how the result is written: text, json")
	cmd.Flags().BoolVar(&ranges, "ranges", false, "also list the ranges")
	cmd.Flags().BoolVar(&all, "all", false, "also list planners without claims and holds, such as those of an owner that got another name")
	cmd.Flags().DurationVar(&unseen, "unseen", 0, "only planners that were not seen for this time, such as 720h")
	return cmd
}

// knownPlanners reads the planners of a ledger. The error says that it does not have the owner or planner that is asked for.
func knownPlanners(ctx context.Context, of *ledger.Ledger, asked ledger.Planner) ([]ledger.PlannerStatus, error) {
	all, err := of.Planners(ctx)
	if err != nil {
		return nil, err
	}
	return all, ledger.CheckKnown(all, asked)
}

// listed reads planners, and where ranges are asked for, their entries. The error says that the ledger does not have the owner or planner
// of the filter.
func (l *ledgerCommand) listed(ctx context.Context, of *ledger.Ledger, filter ledger.Filter, ranges bool) (listing, error) {
	found := listing{At: time.Now()} //nolint:forbidigo // for ages in a list
	var err error
	if found.Planners, err = knownPlanners(ctx, of, ledger.Planner{Owner: filter.Owner, Name: filter.Name}); err != nil {
		return found, err
	}
	if ranges {
		if found.Entries, err = of.Entries(ctx, filter); err != nil {
			return found, err
		}
	}
	used := map[ledger.Planner]bool{}
	for _, e := range found.Entries {
		used[e.Planner] = true
	}
	found.Planners = slices.DeleteFunc(found.Planners, func(p ledger.PlannerStatus) bool {
		return filter.Owner != "" && p.Owner != filter.Owner || filter.Range.IsValid() && !used[p.Planner]
	})
	return found, nil
}

// text is a listing for people: each planner, with its ranges.
func (f listing) text() string {
	if len(f.Planners) == 0 {
		return "No planners.\n" + f.leftOut()
	}
	entries := map[ledger.Planner][]ledger.Listed{}
	for _, e := range f.Entries {
		entries[e.Planner] = append(entries[e.Planner], e)
	}
	w := &strings.Builder{}
	owners, claims, holds := map[string]bool{}, 0, 0
	for _, p := range f.Planners {
		if !owners[p.Owner] {
			fmt.Fprintln(w, messages.Line(p.Owner))
		}
		owners[p.Owner] = true
		claims, holds = claims+p.Claims, holds+p.Holds+p.Expired
		fmt.Fprintf(w, "  %s\n", f.planner(p))
		for _, e := range entries[p.Planner] {
			fmt.Fprintf(w, "    %s\n", f.entry(e))
		}
	}
	fmt.Fprintf(w, "%s, %s, %s, %s.\n", counted(len(owners), "owner"), counted(len(f.Planners), "planner"), counted(claims, "claim"),
		counted(holds, "hold"))
	return w.String() + f.leftOut()
}

// leftOut says how many planners are not listed.
func (f listing) leftOut() string {
	switch f.Empty {
	case 0:
		return ""
	case 1:
		return "1 planner without ranges is not listed; --all lists it.\n"
	}
	return fmt.Sprintf("%d planners without ranges are not listed; --all lists them.\n", f.Empty)
}

func (f listing) planner(p ledger.PlannerStatus) string {
	text := fmt.Sprintf("%s: %s, %s", messages.Line(p.Name), counted(p.Claims, "claim"), counted(p.Holds+p.Expired, "hold"))
	if p.Expired > 0 {
		text += fmt.Sprintf(" (%d expired)", p.Expired)
	}
	if p.Lost > 0 {
		text += fmt.Sprintf(", %d lost", p.Lost)
	}
	return fmt.Sprintf("%s, serial %d, seen %s ago", text, p.Serial, lasting(f.At.Sub(p.LastSeen)))
}

func (f listing) entry(e ledger.Listed) string {
	text := fmt.Sprintf("%-5s %s, for %s", e.State, messages.LedgerEntry(e.Entry), lasting(f.At.Sub(e.Since)))
	text += placeText(e.VRF, e.Network, e.Delegate)
	switch {
	case e.Expires == nil:
	case e.Expires.Before(f.At):
		text += ", expired"
	default:
		text += fmt.Sprintf(", expires in %s", lasting(e.Expires.Sub(f.At)))
	}
	return messages.Line(text)
}

func (l *ledgerCommand) export() *cobra.Command {
	output := ""
	cmd := &cobra.Command{
		Use:   "export",
		Short: "Write all that the ledger has as JSON",
		Long: wrapped(
			"export writes owners, planners, claims, holds and the history as JSON, as they are at one moment. It contains no passwords " +
				"and no tokens. It is a report; for a backup that can be restored, use the backups of the database, such as pg_dump.",
		),
		Example: "  cidrplan ledger export --output ledger.json",
		Args:    cobra.NoArgs,
		RunE: func(*cobra.Command, []string) error {
			text := &strings.Builder{}
			err := l.run(func(ctx context.Context, of *ledger.Ledger) error {
				dump, err := of.Export(ctx)
				if err != nil {
					return err
				}
				return encode(text, dump)
			})
			if err != nil {
				return err
			}
			return l.write(output, []byte(text.String()))
		},
	}
	cmd.Flags().StringVar(&output, "output", output, "file to write; it must not exist (default: the standard output)")
	return cmd
}
