package ledger

import (
	"encoding/json"
	"errors"
	"fmt"
	"net/netip"
	"time"

	"github.com/jackc/pgx/v5/pgconn"
)

// BadConfig is a configuration that cannot be read.
type BadConfig struct {
	Schema string
	Cause  error // nil for a schema that no schema can have as its name
	// Environment says that no connection string was given, so the environment variables are at fault.
	Environment bool
}

// Unavailable is a database that does not answer, refuses the connection, or cannot do its work.
type Unavailable struct {
	Cause error
	// Exhausted says that it has too little space, memory or connections.
	Exhausted bool
}

// ReadOnly is a database that accepts no changes, such as a standby.
type ReadOnly struct{ Cause error }

// RefusedSetting is a connection with a setting that a pooler such as PgBouncer refuses.
type RefusedSetting struct{ Cause error }

// NeedsServer is a migration by a connection to a pooler, which refuses or ignores the search path of the migration.
type NeedsServer struct {
	Cause error // nil where the pooler ignores it
}

// NoLedger is a database in which the schema has no ledger.
type NoLedger struct{ Schema string }

// OtherVersion is a ledger that needs cidrplan ledger migrate (Have < Want), or a newer provider (Have > Want).
type OtherVersion struct{ Have, Want int64 }

// Denied is a call that the database role may not make.
type Denied struct {
	Role  string
	Cause error
}

// Taken names entries of others that are in the way of given ones, at most ten.
type Taken struct {
	Planner
	Conflicts []Conflict
}

// Conflict is an entry that overlaps one of another planner.
type Conflict struct {
	Kind    string       `json:"kind"`
	Cluster string       `json:"cluster"`
	Range   netip.Prefix `json:"range"`
	Child
}

// Child is an entry of another planner, in an error.
type Child struct {
	ByOwner   string       `json:"by_owner"`
	ByPlanner string       `json:"by_planner"`
	ByKind    string       `json:"by_kind"`
	ByCluster string       `json:"by_cluster"`
	ByRange   netip.Prefix `json:"by_range"`
	ByState   State        `json:"by_state"`
	// ByExpires is when others may take a hold, nil for a claim.
	ByExpires  *time.Time `json:"by_expires"`
	ByDelegate string     `json:"by_delegate"`
	VRF        string     `json:"vrf"`
}

// Other is the entry as others see it.
func (c Child) Other() Other {
	return Other{
		Planner: Planner{Owner: c.ByOwner, Name: c.ByPlanner}, State: c.ByState, Expires: c.ByExpires,
		Entry: Entry{Kind: c.ByKind, Cluster: c.ByCluster, Range: c.ByRange, VRF: c.VRF, Delegate: c.ByDelegate},
	}
}

// Behind is an apply of a plan that is older than what was applied last, or that was made from a newer ledger than this one.
type Behind struct {
	Planner
	// Have is the serial of the ledger, Want what the plan has seen, Next what it would write.
	Have int64 `json:"have"`
	Want int64 `json:"want"`
	Next int64 `json:"next"`
}

// InUse is a planner whose claims belong to another state.
type InUse struct{ Planner }

// OwnerChanged is a state that the ledger has under another owner.
type OwnerChanged struct{ Was, Now Planner }

// HasChildren is a block that cannot go, since entries of others are inside; it names at most ten.
type HasChildren struct {
	Planner
	Children []Child
}

// QuotaExceeded is a plan that needs more holds than its owner may have.
type QuotaExceeded struct {
	Owner string `json:"owner"`
	Quota int    `json:"quota"`
	Holds int    `json:"holds"`
	More  int    `json:"more"`
}

// UnknownPlanner is a planner that the ledger does not have. Known are the names of those that its owner has.
type UnknownPlanner struct {
	Planner
	Known []string
}

// UnknownOwner is an owner that the ledger does not have. Known are those that it has.
type UnknownOwner struct {
	Owner string
	Known []string
}

func (e BadConfig) Error() string {
	if e.Cause == nil {
		return fmt.Sprintf("%q is no name of a schema", e.Schema)
	}
	return e.Cause.Error()
}
func (e BadConfig) Unwrap() error { return e.Cause }

func (e Unavailable) Error() string {
	return "the ledger's database is not available: " + e.Cause.Error()
}
func (e Unavailable) Unwrap() error { return e.Cause }

func (e ReadOnly) Error() string {
	return "the ledger's database accepts no changes: " + e.Cause.Error()
}
func (e ReadOnly) Unwrap() error { return e.Cause }

func (e RefusedSetting) Error() string { return e.Cause.Error() }
func (e RefusedSetting) Unwrap() error { return e.Cause }

func (e NeedsServer) Error() string {
	if e.Cause == nil {
		return "the search path of the connection has no effect"
	}
	return e.Cause.Error()
}
func (e NeedsServer) Unwrap() error { return e.Cause }

func (e NoLedger) Error() string { return fmt.Sprintf("schema %q has no ledger", e.Schema) }

func (e OtherVersion) Error() string {
	return fmt.Sprintf("the ledger has version %d, this program needs %d", e.Have, e.Want)
}

func (e Denied) Error() string { return fmt.Sprintf("role %q: %v", e.Role, e.Cause) }
func (e Denied) Unwrap() error { return e.Cause }

func (e Taken) Error() string {
	c := e.Conflicts[0]
	return fmt.Sprintf("%s overlaps %s of %s/%s", c.Range, c.ByRange, c.ByOwner, c.ByPlanner)
}

func (e Behind) Error() string {
	return fmt.Sprintf("%s/%s has serial %d, the plan has seen %d", e.Owner, e.Name, e.Have, e.Want)
}

func (e InUse) Error() string { return fmt.Sprintf("%s/%s belongs to another state", e.Owner, e.Name) }

func (e OwnerChanged) Error() string {
	return fmt.Sprintf("the state of %s/%s is that of %s/%s", e.Now.Owner, e.Now.Name, e.Was.Owner, e.Was.Name)
}

func (e HasChildren) Error() string {
	c := e.Children[0]
	return fmt.Sprintf("%s of %s/%s is inside", c.ByRange, c.ByOwner, c.ByPlanner)
}

func (e QuotaExceeded) Error() string {
	return fmt.Sprintf("%s has %d holds of %d and needs %d more", e.Owner, e.Holds, e.Quota, e.More)
}

func (e UnknownPlanner) Error() string { return fmt.Sprintf("there is no %s/%s", e.Owner, e.Name) }

func (e UnknownOwner) Error() string { return fmt.Sprintf("there is no owner %q", e.Owner) }

// The codes that functions of the ledger raise, with a JSON detail.
const (
	codeTaken       = "LG001"
	codeBehind      = "LG002"
	codeInUse       = "LG003"
	codeQuota       = "LG004"
	codeHasChildren = "LG005"
	codeUnknown     = "LG006"
	codeOwner       = "LG007"
)

// timeouts are the codes of statements and transactions that took longer than the server permits.
var timeouts = []string{"57014", "25P04"}

// typed turns an error of the database into one of this package's types.
func (l *Ledger) typed(who Planner, err error) error {
	var refused *pgconn.PgError
	if !errors.As(err, &refused) {
		if connecting(err) || broken(err) {
			return Unavailable{Cause: err}
		}
		return err
	}
	if refusesSetting(err) {
		return RefusedSetting{err}
	}
	switch refused.Code {
	case codeTaken:
		e := Taken{Planner: who}
		return decoded(refused, &e.Conflicts, func() error { return e })
	case codeBehind:
		e := Behind{Planner: who}
		return decoded(refused, &e, func() error { return e })
	case codeInUse:
		return InUse{who}
	case codeQuota:
		var e QuotaExceeded
		return decoded(refused, &e, func() error { return e })
	case codeHasChildren:
		e := HasChildren{Planner: who}
		return decoded(refused, &e.Children, func() error { return e })
	case codeOwner:
		e := OwnerChanged{Now: who}
		return decoded(refused, &e.Was, func() error { return e })
	case codeUnknown:
		return UnknownPlanner{Planner: who}
	case "3F000", "42P01", "42883": // no such schema, table or function
		return NoLedger{l.schema}
	case "42501":
		return Denied{l.conn.User, err}
	case "25006":
		return ReadOnly{err}
	}
	exhausted := codeOf(err, "53")
	if exhausted || connecting(err) || temporary(err) || broken(err) || codeOf(err, timeouts...) {
		return Unavailable{Cause: err, Exhausted: exhausted}
	}
	return err
}

// decoded reads the detail of an error into a value, then returns the error made of it.
func decoded(refused *pgconn.PgError, into any, made func() error) error {
	if err := json.Unmarshal([]byte(refused.Detail), into); err != nil {
		return fmt.Errorf("%w (detail %q: %w)", refused, refused.Detail, err)
	}
	return made()
}
