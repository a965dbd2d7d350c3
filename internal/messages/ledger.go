package messages

import (
	"errors"
	"fmt"
	"net/netip"
	"slices"
	"strconv"
	"strings"

	"github.com/cidrplan/terraform-provider-cidrplan/internal/ledger"
	"github.com/cidrplan/terraform-provider-cidrplan/internal/topology"
)

// Messages on the ledger that several workspaces share.

// of is a message on the planner of a name, which its summary gives: each planner has messages of its own.
func (p Writer) of(name string, m Message) Message {
	m.Summary = Marked(m.Summary, p.Mark(name))
	return m
}

// nameOf is the name of a planner as its configuration gives it.
func nameOf(who ledger.Planner) string {
	if name, blocks := topology.BlocksOf(who.Name); blocks {
		return name
	}
	return who.Name
}

// planner names a planner of the ledger with its owner.
func planner(who ledger.Planner) string {
	kind := "allocator"
	if _, blocks := topology.BlocksOf(who.Name); blocks {
		kind = "cidrplan_blocks"
	}
	return fmt.Sprintf("%s %q of owner %q", kind, nameOf(who), who.Owner)
}

// LedgerFailed words an error of the ledger for a planner. applying says that the plan was being applied.
func (p Writer) LedgerFailed(who ledger.Planner, err error, applying bool) Message {
	m := p.of(nameOf(who), p.LedgerError(who, err))
	if applying {
		m.Detail = "The state of this " + p.Terms().Planner + " stays as it was. " + m.Detail
	}
	return m
}

// LedgerError words an error of the ledger; who is the planner that it is about, if it is about one.
func (p Writer) LedgerError(who ledger.Planner, err error) Message {
	return p.ledgerError(who, err, ofProvider)
}

func (p Writer) ledgerError(who ledger.Planner, err error, by ledgerUser) Message {
	var (
		unavailable ledger.Unavailable
		readOnly    ledger.ReadOnly
		setting     ledger.RefusedSetting
		oldServer   ledger.OldServer
		missing     ledger.NoLedger
		version     ledger.OtherVersion
		incomplete  ledger.Incomplete
		denied      ledger.Denied
		taken       ledger.Taken
		behind      ledger.Behind
		inUse       ledger.InUse
		changed     ledger.OwnerChanged
		children    ledger.HasChildren
		quota       ledger.QuotaExceeded
	)
	switch {
	case errors.As(err, &unavailable):
		return ledgerUnavailable(unavailable, by)
	case errors.As(err, &readOnly):
		return ledgerReadOnly(readOnly)
	case errors.As(err, &setting):
		return ledgerRefusedSetting(setting, by)
	case errors.As(err, &oldServer):
		return ledgerOldServer(oldServer, by)
	case errors.As(err, &missing):
		return p.ledgerMissing(missing, by)
	case errors.As(err, &version):
		return p.ledgerVersion(version, by)
	case errors.As(err, &incomplete):
		return ledgerIncomplete(incomplete, by)
	case errors.As(err, &denied):
		return ledgerDenied(denied)
	case errors.As(err, &taken):
		return p.ledgerTaken(taken)
	case errors.As(err, &behind):
		return ledgerBehind(behind)
	case errors.As(err, &inUse):
		return p.OwnerInUse(inUse.Planner)
	case errors.As(err, &changed):
		return p.ownerChanged(changed)
	case errors.As(err, &children):
		return p.ledgerChildren(children)
	case errors.As(err, &quota):
		return p.ledgerQuota(quota)
	}
	about := "" // the commands of the ledger are about no planner
	if who != (ledger.Planner{}) {
		about = " for " + planner(who)
	}
	return Message{
		Summary: "Ledger Failed",
		Detail: fmt.Sprintf("The ledger reports an error%s: %s", about, Sentence(plainError(err))) +
			resolving("Repair the cause in the database, then "+by.again+"."),
	}
}

// plainError is the text of an error on one line.
func plainError(err error) string { return Line(strings.Join(strings.Fields(err.Error()), " ")) }

func (p Writer) ledgerMissing(e ledger.NoLedger, by ledgerUser) Message {
	return Message{
		Summary: "Ledger Does Not Exist",
		Detail: fmt.Sprintf("The database has no ledger in schema %q, or the role cannot see it.", e.Schema) + resolving(
			"If the ledger is in another schema, set "+by.schema+".",
			"If there is no ledger yet, create it with the administrator's role: "+p.LedgerCommand("init"),
			"If the role cannot see it, let an administrator make the role a member of a role of the ledger.",
		),
	}
}

func (p Writer) ledgerVersion(e ledger.OtherVersion, by ledgerUser) Message {
	options := []string{"Migrate the ledger with the administrator's role: " + p.LedgerCommand("migrate")}
	if e.Have > e.Want {
		options = []string{by.update}
	}
	return Message{
		Summary: "Ledger Has Another Version",
		Detail:  fmt.Sprintf("The ledger has version %d. %s requires version %d.", e.Have, by.program, e.Want) + Resolving(options),
	}
}

func ledgerDenied(e ledger.Denied) Message {
	return Message{
		Summary: "Role Has No Permission in the Ledger",
		Detail: fmt.Sprintf("The database refuses the role %q: %s", e.Role, Sentence(plainError(e.Cause))) + resolving(
			"Let an administrator make the role a member of the ledger's role: the planner's for plans, the allocator's for applies.",
			"Use another role: set PGUSER, or ledger.postgresql.conn_str of the provider.",
		),
	}
}

func (p Writer) ledgerTaken(e ledger.Taken) Message {
	var lines string
	for _, c := range e.Conflicts {
		lines += fmt.Sprintf("\n  - %s overlaps %s", entryText(c.Kind, c.Cluster, c.Range), othersText(c.Other()))
	}
	options := []string{
		"Plan again: another free range is chosen where cidrplan chooses it.",
		"If the configuration gives the range, give another one.",
	}
	if first := e.Conflicts[0].Other(); first.Kind != topology.ForeignBlock || first.Delegate == "" {
		options = append(options, p.otherMoves(first))
	}
	if i := slices.IndexFunc(e.Conflicts, func(c ledger.Conflict) bool { return c.ByDelegate != "" }); i >= 0 {
		options = append(options, delegateTo(e.Owner, e.Conflicts[i].Other()))
	}
	return Message{
		Summary: "Range Is Taken in the Ledger",
		Detail: "Other planners have addresses of this plan in the ledger:" + lines + "\n\n" +
			"Effect: the ledger refuses both, so that no two networks get the same addresses." + Resolving(options),
	}
}

func ledgerBehind(e ledger.Behind) Message {
	return Message{
		Summary: "Plan Is Older Than the Ledger",
		Detail: fmt.Sprintf("The plan of %s was made when the ledger had serial %d of it. The ledger has serial %d now: another plan was "+
			"applied since, or the ledger was restored.", planner(e.Planner), e.Want, e.Have) +
			resolving("Plan again, and apply the new plan."),
	}
}

// OwnerInUse refuses a planner whose claims in the ledger belong to another state.
func (p Writer) OwnerInUse(who ledger.Planner) Message {
	w := p.Terms()
	return Message{
		At: nameArgument, Summary: "Owner Is in Use",
		Detail: fmt.Sprintf(
			"The ledger has ranges of %s that another state holds. Either two workspaces have the same owner and name, or the state of "+
				"this %s was lost or replaced.\n\n"+
				"Effect: both would get the same ranges.", planner(who), w.Planner,
		) + resolving(
			"If this is another workspace, give it another ledger.owner in the provider, such as \"shop/${terraform.workspace}\".",
			w.another(nameOf(who)),
			fmt.Sprintf("If another %s of this configuration had this name until now, apply its new name first: terraform apply "+
				"-target=ADDRESS", w.Planner),
			"If the state was lost, restore it from a backup, or import the lock: terraform import ADDRESS LOCK",
			"If no state has these ranges any more, let an administrator release them: "+p.releaseCommand(who),
		),
	}
}

// OwnerChanged refuses a planner whose state the ledger knows under another owner.
func (p Writer) OwnerChanged(e ledger.OwnerChanged) Message {
	return p.of(nameOf(e.Now), p.ownerChanged(e))
}

func (p Writer) ownerChanged(e ledger.OwnerChanged) Message {
	w := p.Terms()
	return Message{
		At: nameArgument, Summary: "Owner Has Changed",
		Detail: fmt.Sprintf("The ledger knows the state of this %s as %s, and ledger.owner of the provider is %q. Either the owner got "+
			"another name, or this state is a copy of that of another workspace.\n\n"+
			"Effect: two workspaces could use the same ranges.", w.Planner, planner(e.Was), e.Now.Owner) + resolving(
			fmt.Sprintf("Set ledger.owner of the provider to %q again.", e.Was.Owner),
			"If the owner got another name, let an administrator release its ranges without a time of grace, then apply: "+
				p.releaseCommand(e.Was, "--grace", "0s"),
			"If this state is a copy, start with an empty state: each workspace allocates its own ranges.",
		),
	}
}

// releaseCommand is the command by which an administrator releases the claims of a planner.
func (p Writer) releaseCommand(who ledger.Planner, more ...string) string {
	return p.LedgerCommand(append([]string{
		"release", "--owner", who.Owner, "--planner", who.Name, "--confirm", topology.InLedger(who.Owner, who.Name),
	}, more...)...)
}

func (p Writer) ledgerQuota(e ledger.QuotaExceeded) Message {
	var options []string
	if e.More <= e.Quota {
		options = []string{
			"Apply the open plans of this owner. Their holds become claims, which have no quota.",
			"Wait until holds expire; then the oldest of them end.",
		}
	}
	return Message{
		Summary: "Too Many Holds",
		Detail: fmt.Sprintf("Owner %q holds %d ranges for plans that were not applied, and this plan needs %d more. Its quota is %d.",
			e.Owner, e.Holds, e.More, e.Quota) + Resolving(append(options, "Let an administrator raise the quota: "+
			p.LedgerCommand("settings", "--owner", e.Owner, "--quota", strconv.Itoa(e.Holds+e.More)))),
	}
}

// LedgerRemoved refuses a plan without a ledger for a planner whose ranges are in one.
func (p Writer) LedgerRemoved(name string) Message {
	w := p.Terms()
	return p.of(name, Message{
		At: nameArgument, Summary: "Ledger Is Not Configured",
		Detail: fmt.Sprintf(
			"The ranges of this %s are in a ledger (ledger_serial is set in the state), and the provider has no argument ledger.\n\n"+
				"Effect: its changes would be missing in the ledger, and other workspaces could allocate the same ranges.", w.Planner,
		) + resolving(
			"Set the argument ledger of the provider as it was.",
			"To leave the ledger, import the lock of the "+w.Planner+" into a new state without ledger, then let an administrator "+
				"release its ranges: cidrplan ledger release",
		),
	})
}

// LedgerUnknown refuses to destroy a planner while it is not known where its ledger is.
func (p Writer) LedgerUnknown(name string) Message {
	return p.of(name, Message{
		At: nameArgument, Summary: "Ledger Is Not Known",
		Detail: "The argument ledger of the provider has values that are not known, so the ranges cannot be released in the ledger." +
			resolving("Give the owner as a literal and the connection by PG* environment variables, or destroy the resource that the "+
				"values come from last."),
	})
}

// entryText names an own entry.
func entryText(kind, cluster string, r netip.Prefix) string {
	return fmt.Sprintf("%s %s of %q", entryKinds[kind], r, cluster)
}

// othersText names an entry of another planner, and how firmly it has it.
func othersText(o ledger.Other) string {
	return entryText(o.Kind, o.Cluster, o.Range) + " of " + planner(o.Planner) + delegateText(o.Delegate) + heldText(o.HeldUntil())
}

// entryKinds are the kinds of entries as messages name them.
var entryKinds = map[string]string{
	topology.ForeignPod: "Pod range", topology.ForeignService: "Service range", topology.ForeignOther: "other range",
	topology.ForeignBlock: "block", topology.ForeignReserved: "reserved range", topology.ForeignExisting: "existing range",
	topology.ForeignKept: "growth reserve", topology.ForeignReleased: "released range",
}
