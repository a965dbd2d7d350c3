package ledger_test

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"maps"
	"net/netip"
	"slices"

	"github.com/jackc/pgx/v5"

	"github.com/cidrplan/terraform-provider-cidrplan/internal/ledger"
	"github.com/cidrplan/terraform-provider-cidrplan/internal/ledger/ledgertest"
)

// ranges are the ranges of clusters by their names.
type ranges map[string]netip.Prefix

// state is what Terraform keeps of a workspace.
type state struct {
	ranges ranges
	serial int64
	token  string
}

// proposal is a plan of a workspace: planned values, and the private state that goes with them.
type proposal struct {
	config         []string
	ranges         ranges
	before, serial int64
	prior          *state
	// changed says that there is something to apply. lost are holds that others took meanwhile.
	changed bool
	lost    []ledger.Lost
	// releases is how often the claims of the planner were released before, withdrawn how often by an administrator. restores is how often
	// the ledger was restored before.
	releases, withdrawn, restores int
}

func (p proposal) equal(o proposal) bool {
	return maps.Equal(p.ranges, o.ranges) && p.serial == o.serial
}

// workspace is a planner, a configuration and a state, with a simple provider: it gives each cluster a /30 of 10.0.0.0/28.
type workspace struct {
	who     ledger.Planner
	l       *ledger.Ledger
	config  []string
	state   *state
	backups []*state
	saved   []proposal
	tokens  int
	// first is the owner that it has at first.
	first string
	// replaces says that its plan is the second one of a replacement: it has no state, and Terraform gives it the private data of the
	// first one.
	replaces bool
}

var (
	supernet  = prefix("10.0.0.0/28")
	errNoRoom = errors.New("no room")
)

// entries are ranges as entries of the ledger.
func (r ranges) entries() []ledger.Entry {
	var all []ledger.Entry
	for _, cluster := range slices.Sorted(maps.Keys(r)) {
		e := pod(cluster, r[cluster].String())
		e.Attributes = json.RawMessage(`{"labels": {"password": "` + secret + `"}}`)
		all = append(all, e)
	}
	return all
}

// plan does what PlanResourceChange does: it asks, chooses, and writes holds.
func (w *workspace) plan(config []string) (proposal, error) {
	p := proposal{config: config, prior: w.state}
	var refused error
	q := ledger.Question{
		Planner: w.who, Token: w.token(), VRFs: []string{""}, Ranges: []netip.Prefix{supernet}, Supernets: []netip.Prefix{supernet},
		Demands: true,
	}
	err := w.l.Plan(context.Background(), q, func(v ledger.View) ledger.Decision {
		p.ranges, p.before, p.lost = ranges{}, v.Serial, v.Lost
		if w.state != nil && v.Was != nil && v.Was.Owner != w.who.Owner {
			refused = ledger.OwnerChanged{Was: *v.Was, Now: w.who}
			return ledger.Decision{}
		}
		if refused = w.check(v); refused != nil {
			return ledger.Decision{}
		}
		if refused = w.choose(&p, v); refused != nil {
			return ledger.Decision{}
		}
		have := int64(0)
		if w.state != nil {
			have = w.state.serial
		}
		p.changed = w.state == nil || have != v.Serial || !maps.Equal(p.ranges, claimsIn(v))
		p.serial = have
		if p.changed {
			p.serial = max(have, v.Serial) + 1
		}
		return ledger.Decision{Holds: p.ranges.entries(), Seen: w.state != nil && w.state.token == v.Token}
	})
	return p, errors.Join(refused, err)
}

func (w *workspace) token() string {
	if w.state == nil {
		return ""
	}
	return w.state.token
}

func claimsIn(v ledger.View) ranges {
	found := ranges{}
	for _, o := range v.Own {
		if o.State == ledger.Claim {
			found[o.Cluster] = o.Range
		}
	}
	return found
}

// check finds another state of the same owner.
func (w *workspace) check(v ledger.View) error {
	claims := len(claimsIn(v)) > 0
	if w.replaces {
		return nil
	}
	if w.state == nil && claims && v.Confirmed || w.state != nil && claims && v.Token != w.state.token {
		return ledger.InUse{Planner: w.who}
	}
	return nil
}

// choose keeps ranges of the state, then those of the ledger, then takes the first one that is free: of all, or else of all but expired
// holds, at last also of the workspace's own that nothing needs any more.
func (w *workspace) choose(p *proposal, v ledger.View) error {
	own := ranges{}
	for _, o := range v.Own {
		if o.Demand != "" && (own[o.Cluster] == netip.Prefix{} || o.State == ledger.Claim) {
			own[o.Cluster] = o.Range
		}
	}
	for _, cluster := range p.config {
		if w.state != nil && w.state.ranges[cluster].IsValid() {
			p.ranges[cluster] = w.state.ranges[cluster]
		} else if own[cluster].IsValid() {
			p.ranges[cluster] = own[cluster]
		}
	}
	for _, o := range v.Others {
		for _, r := range p.ranges {
			if r.Overlaps(o.Range) && !o.Expired {
				return ledger.Taken{Planner: w.who, Conflicts: []ledger.Conflict{{Range: r, Child: ledger.Child{ByOwner: o.Planner.Owner}}}}
			}
		}
	}
	for _, cluster := range p.config {
		if p.ranges[cluster].IsValid() {
			continue
		}
		mine := slices.Collect(maps.Values(own))
		planned := slices.Collect(maps.Values(p.ranges))
		for _, used := range [][]netip.Prefix{
			slices.Concat(planned, mine, v.Taken[""], v.TakenByExpired[""]),
			slices.Concat(planned, mine, v.Taken[""]),
			slices.Concat(planned, v.Taken[""]),
		} {
			if r, ok := firstFree(used); ok {
				p.ranges[cluster] = r
				break
			}
		}
		if !p.ranges[cluster].IsValid() {
			return errNoRoom
		}
	}
	return nil
}

func firstFree(used []netip.Prefix) (netip.Prefix, bool) {
	for i := range 4 {
		r := netip.MustParsePrefix(fmt.Sprintf("10.0.0.%d/30", 4*i))
		if !slices.ContainsFunc(used, r.Overlaps) {
			return r, true
		}
	}
	return netip.Prefix{}, false
}

// apply does what ApplyResourceChange does, and returns the new state.
func (w *workspace) apply(ctx context.Context, p proposal) (*state, error) {
	next := &state{ranges: p.ranges, serial: p.serial}
	if p.prior != nil {
		next.token = p.prior.token
	}
	if next.token == "" {
		w.tokens++
		next.token = fmt.Sprintf("token %d of %s", w.tokens, w.who.Owner)
	}
	return next, w.l.Apply(ctx, ledger.Applied{
		Planner: w.who, Before: p.before, Serial: p.serial, Token: next.token, Entries: p.ranges.entries(),
	})
}

// write is Terraform's write of a state.
func (w *workspace) write(s *state) {
	if w.state != nil {
		w.backups = append(w.backups, w.state)
	}
	w.state = s
}

// snapshot copies all tables of a ledger, as a backup of the database does.
func snapshot(d *ledgertest.Database, conn *pgx.Conn) error {
	_, err := conn.Exec(context.Background(), `
		DROP SCHEMA IF EXISTS `+backupOf(d)+` CASCADE; CREATE SCHEMA `+backupOf(d)+`;
		`+each(`CREATE TABLE `+backupOf(d)+`.%[1]s AS SELECT %[2]s FROM %[1]s;`))
	return err
}

// restore puts the tables back as they were at the snapshot.
func restore(d *ledgertest.Database, conn *pgx.Conn) error {
	_, err := conn.Exec(context.Background(), `BEGIN; TRUNCATE entry, lost, history, planner, owner, domain;
		`+each(`INSERT INTO %[1]s (%[2]s) OVERRIDING SYSTEM VALUE SELECT * FROM `+backupOf(d)+`.%[1]s;`)+` COMMIT`)
	return err
}

func backupOf(d *ledgertest.Database) string {
	return pgx.Identifier{"backup of " + d.Schema}.Sanitize()
}

// each formats SQL for each table and the columns of it that are not computed.
func each(format string) string {
	all := ""
	for _, table := range [][2]string{
		{"owner", "name, hold_quota, last_seen"},
		{"planner", "id, owner, name, serial, token, confirmed, last_seen"},
		{"domain", "id, vrf, class, network"},
		{"entry", `id, planner, owner, planner_name, kind, cluster, range, vrf, network, class, domain, demand, delegate, attributes, state,
			expires, planned, since, opens, parent, parent_planner, parent_range, parent_rank, parent_admits`},
		{"history", "id, at, role, owner, planner, action, serial, changes"},
		{"lost", "planner, kind, cluster, range, vrf, network, class, demand, delegate, attributes, to_owner, to_planner, at"},
	} {
		all += fmt.Sprintf(format, table[0], table[1])
	}
	return all
}
