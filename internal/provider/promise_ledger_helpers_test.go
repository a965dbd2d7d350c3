package provider

import (
	"maps"
	"slices"
	"strings"
	"testing"

	"github.com/hashicorp/terraform-plugin-go/tfprotov6"
	"github.com/hashicorp/terraform-plugin-go/tftypes"

	"github.com/cidrplan/terraform-provider-cidrplan/internal/ledger/ledgertest"
	"github.com/cidrplan/terraform-provider-cidrplan/internal/messages"
	"github.com/cidrplan/terraform-provider-cidrplan/internal/profile"
	"github.com/cidrplan/terraform-provider-cidrplan/internal/server"
	"github.com/cidrplan/terraform-provider-cidrplan/internal/values"
)

// sharer is a workspace with one planner, as Terraform drives it: a configuration, a state, and a saved plan.
type sharer struct {
	t       testing.TB
	d       *ledgertest.Database
	owner   string
	blocks  bool
	given   given
	state   stateOfSharer
	before  []stateOfSharer
	saved   *savedBySharer
	written int
}

// stateOfSharer is what Terraform stores. Its value is null where there is no object. number counts what was stored: a saved plan is for
// one number.
type stateOfSharer struct {
	value   tftypes.Value
	private server.Private
	number  int
}

// savedBySharer is a saved plan with the inputs that it freezes.
type savedBySharer struct {
	config  tftypes.Value
	planned server.Planned
	number  int
}

func newSharer(t testing.TB, d *ledgertest.Database, owner string, blocks bool) *sharer {
	w := &sharer{t: t, d: d, owner: owner, blocks: blocks}
	w.state.value = values.Null(w.resource().typ)
	return w
}

// resource is the planner in a new process that is configured for the ledger.
func (w *sharer) resource() *plannerResource {
	r, p := new(run), messages.Writer{Catalog: profile.Default()}
	s := newSession(p.Catalog)
	s.ledger = &sharedLedger{Ledger: w.d.Ledger, owner: w.owner}
	r.Store(s)
	if w.blocks {
		return newPlannerResource(blockPlanner(p, r))
	}
	return newPlannerResource(clusterPlanner(p, r))
}

// edit draws a configuration: which clusters or blocks there are, and how large they are.
func (w *sharer) edit(d dice) {
	names := d.some("names", "a", "b", "c")
	w.given = given{"name": "k8s", "supernets": []string{"10.64.0.0/21"}}
	each := given{}
	for _, name := range names {
		if w.blocks {
			each[name] = given{"prefix_length": pick(d, name, int64(22), int64(23))}
			continue
		}
		each[name] = given{
			"vpc": "own" + w.owner[:1], "profile": "kubernetes-routed", "pod_prefix_length": pick(d, name+" pods", int64(22), int64(23)),
			"service_prefix_length": int64(24), "node_cidr_mask": int64(26),
		}
	}
	if w.blocks {
		w.given["blocks"] = each
	} else {
		w.given["clusters"], w.given["service_supernets"] = each, []string{"172.20.0.0/20"}
		w.given["vpcs"] = given{"own" + w.owner[:1]: given{"cidr_blocks": []string{"192.168.0.0/17"}}}
	}
	if d.likely(30, "reclaim") {
		w.given["reclaim"] = []string{"*"}
	}
	if slices.Contains(names, "a") {
		d.put(w.given, 20, "renumber", given{"a": "1"}, given{"a": "2"})
	}
}

// config is the configuration as Terraform sends it.
func (w *sharer) config() tftypes.Value {
	a := w.resource()
	return assembled(a.typ, writtenAs(a.kind.arguments.With(a.kind.resourceArguments), w.given), nil)
}

// plan plans the configuration, in a process of its own.
func (w *sharer) plan(config tftypes.Value) server.Planned {
	a := w.resource()
	change := server.Change{Config: config, Prior: w.state.value, Private: w.state.private}
	if !change.Creates() {
		change.Private = a.Read(w.state.value, change.Private)
	}
	return a.Plan(w.t.Context(), change)
}

// store makes a value the state, as a further number.
func (w *sharer) store(value tftypes.Value, private server.Private) {
	w.before = append(w.before, w.state)
	w.written++
	w.state = stateOfSharer{value, private, w.written}
}

// ranges are the ranges of clusters and blocks in a state, by name and attribute.
func (w *sharer) ranges(value tftypes.Value) map[string]string {
	out := map[string]string{}
	if value.IsNull() {
		return out
	}
	all, _ := values.Members(values.AttributesOf(value)[w.resource().kind.main])
	for name, one := range all {
		if w.blocks {
			out[name] = values.TextOf(one)
			continue
		}
		for _, attribute := range []string{"pod_cidr", "service_cidr"} {
			out[name+" "+attribute] = values.TextOf(values.AttributesOf(one)[attribute])
		}
	}
	return out
}

// summariesOf are the summaries of errors among messages, without the name of the planner; with warnings, of all.
func summariesOf(all []*tfprotov6.Diagnostic, warnings bool) []string {
	var list []string
	for _, d := range all {
		if warnings || d.Severity == tfprotov6.DiagnosticSeverityError {
			summary, _, _ := strings.Cut(d.Summary, " (")
			list = append(list, summary)
		}
	}
	return slices.Compact(slices.Sorted(slices.Values(list)))
}

// moved names what has another range than before although no token of renumber changed.
func moved(before, after map[string]string, renumbered map[string]bool) string {
	for _, name := range slices.Sorted(maps.Keys(before)) {
		owner, _, _ := strings.Cut(name, " ")
		if now, has := after[name]; has && now != before[name] && !renumbered[owner] {
			return name + " has " + now + ", before " + before[name]
		}
	}
	return ""
}

// isEmptied clears a ledger for the next life.
func isEmptied(t testing.TB, d *ledgertest.Database) {
	t.Helper()
	d.Exec(t, `TRUNCATE planner, owner, domain, history CASCADE`)
}
