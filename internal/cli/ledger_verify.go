package cli

import (
	"cmp"
	"context"
	"fmt"
	"io"
	"maps"
	"slices"
	"strings"

	"github.com/spf13/cobra"

	"github.com/cidrplan/terraform-provider-cidrplan/internal/ledger"
	"github.com/cidrplan/terraform-provider-cidrplan/internal/messages"
	"github.com/cidrplan/terraform-provider-cidrplan/internal/statefile"
	"github.com/cidrplan/terraform-provider-cidrplan/internal/topology"
)

// verification is what verify writes.
type verification struct {
	Planners []verified `json:"planners"`
}

// verified is how the ledger differs from the state of one planner.
type verified struct {
	ledger.Planner
	// Address and File say where the state has the planner; both are "" where no state has it.
	Address string `json:"address"`
	File    string `json:"file"`
	// StateSerial is that of the state, 0 where it does not use a ledger. LedgerSerial is that of the ledger.
	StateSerial  int64 `json:"state_serial"`
	LedgerSerial int64 `json:"ledger_serial"`
	// OtherState says that the last apply was of another state.
	OtherState  bool         `json:"other_state"`
	Differences []difference `json:"differences"`
	// unknown says that the ledger does not have the owner, nil if it has.
	unknown error
}

// difference is one range on which state and ledger differ.
type difference struct {
	Kind    ledger.DifferenceKind `json:"difference"`
	Range   string                `json:"range"`
	Cluster string                `json:"cluster"`
	Text    string                `json:"text"`
}

func (l *ledgerCommand) verify() *cobra.Command {
	format, all := "text", false
	cmd := &cobra.Command{
		Use:   "verify OWNER=FILE...",
		Short: "Compare the ledger with the states of workspaces",
		Long: wrapped(
			"verify compares the claims of the ledger with the ranges in state files. OWNER is the argument ledger.owner of the provider "+
				"in that workspace. A file is a state, or the output of terraform show -json for a state; - is the standard input.",
			"It reports ranges that only the state or only the ledger has, ranges that another owner has in the ledger, copies of "+
				"states, and planners of these owners that no given state has. With --all, also all planners of other owners. It "+
				"changes nothing.",
			"Exit codes: 0 they agree, 1 a file or the ledger cannot be read, 2 they differ.",
		),
		Example: "  terraform state pull | cidrplan ledger verify shop/prod=-\n" +
			"  cidrplan ledger verify --all shop/prod=shop.tfstate bank/prod=bank.tfstate",
		Args: cobra.MinimumNArgs(1),
		RunE: func(_ *cobra.Command, args []string) error {
			if err := checkFormat(format); err != nil {
				return err
			}
			states, owners, err := l.readStates(args)
			if err != nil {
				return err
			}
			return l.run(func(ctx context.Context, of *ledger.Ledger) error {
				v, err := compareStates(ctx, of, states, owners, all)
				if err != nil {
					return err
				}
				if format == "json" {
					err = encode(l.io.Out, v)
				} else {
					_, err = io.WriteString(l.io.Out, v.text(l.words()))
				}
				if err == nil && v.differ() {
					return errConflicts
				}
				return err
			})
		},
	}
	cmd.Flags().StringVar(&format, "format", format, "how the result is written: text, json")
	cmd.Flags().BoolVar(&all, "all", false, "also report planners of owners of which no state is given")
	return cmd
}

// plannerOfState is a planner that a state has.
type plannerOfState struct {
	owner string
	statefile.Planner
}

func (p plannerOfState) who() ledger.Planner { return ledger.Planner{Owner: p.owner, Name: p.Holder()} }

// readStates reads arguments of the form OWNER=FILE.
func (l *ledgerCommand) readStates(args []string) (states []plannerOfState, owners map[string]bool, err error) {
	owners = map[string]bool{}
	for _, arg := range args {
		owner, file, ok := strings.Cut(arg, "=")
		if !ok || owner == "" || file == "" {
			return nil, nil, fmt.Errorf("%s does not have the form OWNER=FILE, such as shop/prod=terraform.tfstate", messages.Shown(arg))
		}
		contents, err := l.readFiles([]string{file})
		if err != nil {
			return nil, nil, err
		}
		if contents[0].Plan || contents[0].Lock != nil {
			return nil, nil, fmt.Errorf("%s is no state; use the output of terraform state pull", messages.Line(file))
		}
		owners[owner] = true
		for _, p := range statefile.Planners(contents[0].Objects) {
			states = append(states, plannerOfState{owner, p})
		}
	}
	return states, owners, nil
}

// entriesOf are the ranges of a state as the ledger has them. Service ranges of clusters that exist and are not declared are among them.
func entriesOf(p statefile.Planner) []ledger.Entry {
	claims := p.Claims(func(statefile.Ranges, bool) bool { return false })
	var entries []ledger.Entry
	for _, key := range slices.Sorted(maps.Keys(claims)) {
		if c := claims[key]; c.Kind != topology.ForeignSupernet {
			entries = append(entries, ledger.Entry{Kind: c.Kind, Cluster: c.Owner, Range: c.CIDR, VRF: c.VRF, Network: c.Network})
		}
	}
	for _, key := range slices.Sorted(maps.Keys(p.Existing)) {
		r := p.Existing[key]
		for _, services := range r.AllServices() {
			for _, vrf := range p.VRFs {
				if services.IsValid() {
					entries = append(entries, ledger.Entry{Kind: topology.ForeignExisting, Cluster: r.Owner, Range: services, VRF: vrf})
				}
			}
		}
	}
	return entries
}

// compareStates compares each planner of the states, and finds those of the ledger that no state has.
func compareStates(
	ctx context.Context, of *ledger.Ledger, states []plannerOfState, owners map[string]bool, all bool,
) (verification, error) {
	var v verification
	known := map[ledger.Planner]bool{}
	for _, s := range states {
		known[s.who()] = true
		found, err := of.Verify(ctx, ledger.StateOf{
			Planner: s.who(), Serial: s.LedgerSerial, Token: s.LedgerToken, Entries: entriesOf(s.Planner),
		})
		if err != nil {
			return v, err
		}
		one := verified{
			Planner: s.who(), Address: s.Address(), File: s.File, StateSerial: s.LedgerSerial, LedgerSerial: found.Serial,
			OtherState: found.OtherToken, Differences: []difference{},
		}
		for _, d := range found.Differences {
			one.Differences = append(one.Differences, differenceOf(d))
		}
		v.Planners = append(v.Planners, one)
	}
	planners, err := of.Planners(ctx)
	if err != nil {
		return v, err
	}
	for i, p := range v.Planners {
		v.Planners[i].unknown = ledger.CheckKnown(planners, ledger.Planner{Owner: p.Owner})
	}
	for _, p := range planners {
		if known[p.Planner] || p.Claims == 0 || !all && !owners[p.Owner] {
			continue
		}
		claims, err := of.Entries(ctx, ledger.Filter{Owner: p.Owner, Name: p.Name, State: ledger.Claim})
		if err != nil {
			return v, err
		}
		one := verified{Planner: p.Planner, LedgerSerial: p.Serial}
		for _, c := range claims {
			one.Differences = append(one.Differences, differenceOf(ledger.Difference{Kind: ledger.NotInState, Entry: c.Entry}))
		}
		v.Planners = append(v.Planners, one)
	}
	slices.SortStableFunc(v.Planners, func(a, b verified) int { return cmp.Or(cmp.Compare(a.Owner, b.Owner), cmp.Compare(a.Name, b.Name)) })
	return v, nil
}

// differenceOf is a difference in words.
func differenceOf(d ledger.Difference) difference {
	text := messages.LedgerEntry(d.Entry)
	switch {
	case d.Kind == ledger.NotInState:
		text += " is in the ledger and not in the state"
	case d.By != nil:
		text += " of the state overlaps " + messages.LedgerOther(*d.By)
	case d.Held:
		text += " of the state is only held in the ledger: its apply did not finish"
	default:
		text += " is in the state and not in the ledger"
	}
	return difference{d.Kind, d.Range.String(), d.Cluster, messages.Line(text)}
}

func (v verification) differ() bool {
	return slices.ContainsFunc(v.Planners, func(p verified) bool { return p.differs() })
}

func (p verified) differs() bool {
	return len(p.Differences) > 0 || p.StateSerial != p.LedgerSerial || p.OtherState
}
