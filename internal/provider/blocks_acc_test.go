package provider_test

import (
	"fmt"
	"reflect"
	"slices"
	"strings"
	"testing"

	"github.com/hashicorp/terraform-plugin-testing/helper/resource"
	"github.com/hashicorp/terraform-plugin-testing/knownvalue"
	"github.com/hashicorp/terraform-plugin-testing/plancheck"
	"github.com/hashicorp/terraform-plugin-testing/statecheck"
	"github.com/hashicorp/terraform-plugin-testing/tfjsonpath"

	"github.com/cidrplan/terraform-provider-cidrplan/internal/provider"
)

const ourBlocks = "cidrplan_blocks.net"

// carve is blocks of 10.0.0.0/16 and fd00::/32; more is put into the resource.
func carve(blocks string, more ...string) string {
	return `
resource "cidrplan_blocks" "net" {
  name      = "net"
  supernets = ["10.0.0.0/16", "fd00::/32"]
  blocks = {
    ` + blocks + `
  }
  ` + strings.Join(more, "\n") + `
}
`
}

const (
	dmz  = "dmz = { prefix_length = 24 }\n"
	apps = "apps = { addresses = 500, platform = \"alicloud\", description = \"Shop\" }\n"
)

var (
	dmzHas  = map[string]string{"dmz": "10.0.2.0/24"}
	bothHas = merged(dmzHas, map[string]string{"apps": "10.0.0.0/23"})
)

// carved is a step whose plan and state have exactly these ranges, and whose second plan is empty.
func carved(config string, cidrs map[string]string) resource.TestStep {
	checks := map[string]knownvalue.Check{}
	for name, held := range cidrs {
		checks[name] = knownvalue.StringExact(held)
	}
	at, want := tfjsonpath.New("cidrs"), knownvalue.MapExact(checks)
	step := resource.TestStep{Config: header + config}
	step.ConfigPlanChecks.PreApply = []plancheck.PlanCheck{plancheck.ExpectKnownValue(ourBlocks, at, want)}
	step.ConfigStateChecks = []statecheck.StateCheck{statecheck.ExpectKnownValue(ourBlocks, at, want)}
	return step
}

// withReleased adds to a step that exactly these ranges are released in plan and state, "block cidr order" by key.
func withReleased(step resource.TestStep, all map[string]string) resource.TestStep {
	at, want := tfjsonpath.New("released"), knownvalue.Check(knownvalue.Null())
	if len(all) > 0 {
		checks := map[string]knownvalue.Check{}
		for key, text := range all {
			var block, held string
			var order int64
			if _, err := fmt.Sscan(text, &block, &held, &order); err != nil {
				panic(err)
			}
			checks[key] = knownvalue.ObjectExact(map[string]knownvalue.Check{
				"block": knownvalue.StringExact(block), "cidr": knownvalue.StringExact(held), "order": knownvalue.Int64Exact(order),
			})
		}
		want = knownvalue.MapExact(checks)
	}
	step.ConfigPlanChecks.PreApply = append(step.ConfigPlanChecks.PreApply, plancheck.ExpectKnownValue(ourBlocks, at, want))
	step.ConfigStateChecks = append(step.ConfigStateChecks, statecheck.ExpectKnownValue(ourBlocks, at, want))
	return step
}

// Blocks are known in the first plan, and nothing moves them afterwards.
func TestAccBlocksStay(t *testing.T) {
	t.Parallel()
	larger := strings.Replace(apps, "500", "508", 1)
	acceptance(
		t,
		carved(carve(``), nil), // an empty first day
		carved(carve(dmz+apps), bothHas),
		carved(carve("a = { prefix_length = 18 }\n"+dmz+apps), merged(bothHas, map[string]string{"a": "10.0.64.0/18"})),
		withReleased(carved(carve(dmz+apps), bothHas), map[string]string{"a": "a 10.0.64.0/18 1"}),
		carved(carve(dmz+apps, `reserved = { later = { cidr = "10.0.128.0/17" } }`, `reclaim = ["a"]`), bothHas),
		carved(carve(dmz+larger), bothHas), // grows within what it has
		carved(edit(t, carve(dmz+apps), `"10.0.0.0/16"`, `"10.0.0.0/8"`), bothHas),
		carved(
			carve(dmz+apps+"wide = { prefix_length = 64 }\nhost = { prefix_length = 128 }"),
			merged(bothHas, map[string]string{"wide": "fd00::/64", "host": "fd00:0:0:1::/128"}),
		),
		refused(
			carve(dmz+strings.Replace(apps, "500", "509", 1)), "Held Range Is Too Small", `Block "apps" now requests addresses = 509`,
			"10.0.0.0/23", "has 508", `Set renumber["apps"] = "1"`,
		),
		refused(carve(edit(t, dmz, "24", "23")+apps), "Held Range Is Too Small", `blocks["dmz"].prefix_length`, "is a /24"),
		refused(
			carve(`dmz = { cidr = "10.0.9.0/24" }`+"\n"+apps), "Held Value Would Change", `Block "dmz" holds cidr = 10.0.2.0/24`,
			"everything in it would have to be rebuilt",
		),
		refused(
			carve(dmz+apps, `reserved = { extra = { cidr = "10.0.0.0/22" } }`), overlaps, `Reserved range 10.0.0.0/22 "extra"`,
			`block "dmz" (10.0.2.0/24)`, `renumber = { "apps" = "1", "dmz" = "1" }`, "block_overlaps_reserved",
		),
	)
}

// A released range of a block is not used until the block comes back or the range is reclaimed.
func TestAccBlocksAreReleasedAndComeBack(t *testing.T) {
	t.Parallel()
	released := map[string]string{"dmz": "dmz 10.0.2.0/24 1"}
	appsHas := map[string]string{"apps": "10.0.0.0/23"}
	next := "next = { prefix_length = 24 }\n"
	nextHas := map[string]string{"next": "10.0.3.0/24"}
	acceptance(
		t,
		carved(carve(dmz+apps), bothHas),
		withReleased(carved(carve(apps), appsHas), released),
		withReleased(carved(carve(apps+next), merged(appsHas, nextHas)), released),
		withReleased(carved(carve(dmz+apps+next), merged(bothHas, nextHas)), nil),
		withReleased(carved(carve(apps+next), merged(appsHas, nextHas)), released),
		refused(
			carve(apps+next+`pin = { cidr = "10.0.2.0/25" }`), overlaps,
			`Block "pin" (10.0.2.0/25) and released range 10.0.2.0/24 of block "dmz"`, `add "dmz" to reclaim`,
		),
		withReleased(
			carved(
				carve(apps+next+"more = { prefix_length = 24 }", `reclaim = ["dmz"]`),
				merged(appsHas, nextHas, map[string]string{"more": "10.0.2.0/24"}),
			),
			nil,
		),
	)
}

// A block moves when it is reported to, once for each token; a rename that is reported moves nothing.
func TestAccBlocksRenumberAndRename(t *testing.T) {
	t.Parallel()
	token, released := `renumber = { dmz = "monday" }`, map[string]string{"dmz": "dmz 10.0.2.0/24 1"}
	moved := merged(bothHas, map[string]string{"dmz": "10.0.3.0/24"})
	edge := `edge = { prefix_length = 24, previous_names = ["dmz"] }` + "\n"
	acceptance(t,
		carved(carve(dmz+apps), bothHas),
		withReleased(carved(carve(dmz+apps, token), moved), released),
		withReleased(carved(carve(dmz+apps, token), moved), released),
		withReleased(carved(carve(dmz+apps), moved), released),
		refused(carve(dmz+apps, `renumber = { dmx = "1" }`), "Undeclared Name", `no block named "dmx"`, `Did you mean "dmz"?`),
		withReleased(carved(carve(edge+apps), map[string]string{"edge": "10.0.3.0/24", "apps": "10.0.0.0/23"}), released),
	)
}

// The guards of an allocator are those of blocks: release, replacement, a missing moved block.
func TestAccBlocksAreGuarded(t *testing.T) {
	t.Parallel()
	w := newWorkspace(t, carve(dmz+apps, `prevent_release = ["dmz"]`))
	w.run("apply", "-auto-approve")
	w.fails(
		allOf(
			"Blocks Cannot Be Replaced",
			"every block could be allocated another range, and everything in it would have to be rebuilt",
		),
		"plan",
		"-replace="+ourBlocks,
	)
	w.config(carve(apps, `prevent_release = ["dmz"]`))
	w.fails(allOf("Ranges Must Not Be Released", `Block "dmz" is no longer declared`, "10.0.2.0/24"), "plan")
	w.config("")
	w.fails(allOf("Ranges Must Not Be Released", "destroys a cidrplan_blocks", "apps, dmz"), "plan")
	renamed := strings.Replace(carve(dmz+apps), `"net" {`, `"other" {`, 1)
	w.config(renamed)
	w.fails(allOf("Missing moved Block", `a cidrplan_blocks named "net"`), "plan")
	w.config(renamed + "moved {\n  from = cidrplan_blocks.net\n  to   = cidrplan_blocks.other\n}\n")
	w.run("apply", "-auto-approve")
	// An allocator of the same name is another thing.
	w.config(`
resource "cidrplan_allocator" "net" {
  name      = "net"
  supernets = ["10.0.0.0/8"]
  clusters  = {}
}
`)
	if out := w.run("plan"); !allOf("Blocks Are Destroyed With Their Allocations", "these blocks: apps, dmz").MatchString(out) {
		t.Errorf("forgetting is not reported: %s", out)
	}
}

// A lock restores all held and all released ranges, as existing and as an import.
func TestAccBlocksLock(t *testing.T) {
	t.Parallel()
	w := newWorkspace(t, carve(dmz+apps+"gone = { prefix_length = 64 }\n"))
	w.run("apply", "-auto-approve")
	w.config(carve(dmz + apps))
	w.run("apply", "-auto-approve")
	held := w.holds(ourBlocks)
	const lock = `{
  "apps": {
    "cidr": "10.0.0.0/23"
  },
  "dmz": {
    "cidr": "10.0.2.0/24"
  },
  "gone": {
    "block": "gone",
    "cidr": "fd00::/64"
  }
}
`
	if got := provider.Looked(t, "lock", held); got != lock {
		t.Fatalf("lock = %s", got)
	}
	restored := func(w *workspace) {
		t.Helper()
		after := w.plans()[ourBlocks].Change.After
		if !reflect.DeepEqual(after["cidrs"], held["cidrs"]) {
			t.Errorf("cidrs = %v, want %v", after["cidrs"], held["cidrs"])
		}
		if got := provider.Looked(t, "lock", after); got != lock {
			t.Errorf("lock = %v, want %v", got, lock)
		}
		w.run("apply", "plan")
		w.run("plan", "-detailed-exitcode")
	}
	fresh := newWorkspace(t, carve(dmz+apps, `existing = jsondecode(file("blocks.lock.json"))`))
	fresh.file("blocks.lock.json", lock)
	restored(fresh)
	fresh.config(carve(dmz + apps)) // the entries may go
	restored(fresh)

	imports := "import {\n  to = cidrplan_blocks.net\n  id = file(\"blocks.lock.json\")\n}\n"
	lost := newWorkspace(t, carve(dmz+apps+"another = { prefix_length = 24 }\n")+imports)
	lost.file("blocks.lock.json", lock)
	lost.fails(allOf("Block Not in the Imported Lock", `does not contain block "another"`), "plan")
	lost.config(carve(dmz+apps) + imports)
	restored(lost)
	lost.config(carve(dmz + apps + "gone = { prefix_length = 64 }\n"))
	if cidrs := lost.plans()[ourBlocks].Change.After["cidrs"].(map[string]any); cidrs["gone"] != "fd00::/64" {
		t.Errorf("what rested comes back as %v", cidrs["gone"])
	}
	lost.file("blocks.lock.json", `{ "apps": { "cidr": "10.0.0.0/23", "pod_cidrs": [] } }`)
	for _, wrong := range []string{`{"a": {"cidr": "10.0.0.1/23"}}`, `{"a": {"cidr": "10.0.0.0/23", "pod_cidrs": []}}`, `{"a": {}}`} {
		if out, err := newWorkspace(t, carve(dmz)).exec("import", ourBlocks, wrong); err == nil ||
			!strings.Contains(out, "Lock Cannot Be Read") {
			t.Errorf("%s is imported: %s", wrong, out)
		}
	}
}

// An accepted conflict of blocks stops no plan.
func TestAccBlocksAcceptAConflict(t *testing.T) {
	t.Parallel()
	pins := `a = { cidr = "10.0.0.0/25" }` + "\n" + `b = { cidr = "10.0.0.0/26" }`
	acceptance(
		t,
		refused(carve(pins), overlaps, `accepted_conflicts = { "block_overlaps_block|10.0.0.0/26|a+b"`),
		carved(
			carve(pins, `accepted_conflicts = { "block_overlaps_block|10.0.0.0/26|a+b" = { reason = "They move apart in March." } }`),
			map[string]string{"a": "10.0.0.0/25", "b": "10.0.0.0/26"},
		),
	)
}

// The data source returns what the resource would allocate without prior state.
func TestAccBlocksDataSource(t *testing.T) {
	t.Parallel()
	w := newWorkspace(
		t,
		strings.Replace(carve(dmz+apps), "resource", "data", 1)+"output \"cidrs\" {\n  value = data.cidrplan_blocks.net.cidrs\n}\n",
	)
	out := w.run("plan")
	for _, text := range []string{`"10.0.2.0/24"`, `"10.0.0.0/23"`} {
		if !strings.Contains(out, text) {
			t.Errorf("the plan lacks %s:\n%s", text, out)
		}
	}
	w.config(strings.Replace(carve(dmz+`b = { cidr = "10.0.0.0/17" }`+"\n"+`c = { prefix_length = 17 }`), "resource", "data", 1))
	reported := titled(w.reports(), "No Free Range")
	if !slices.ContainsFunc(
		reported,
		func(d diagnostic) bool { return strings.Contains(d.Detail, `Block "dmz" needs an IPv4 range of /24`) },
	) {
		t.Errorf("reported %v", reported)
	}
}
