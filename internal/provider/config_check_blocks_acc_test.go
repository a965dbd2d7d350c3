package provider_test

import (
	"fmt"
	"slices"
	"strings"
	"testing"
)

const betweenBlocks = "Conflict Between Blocks"

// sharedNetwork is a module with blocks of one supernet; more is put into the resource. Each use has a name of its
// own, and none knows of the other.
func sharedNetwork(more string) string {
	return `
variable "name" { type = string }
variable "supernets" { type = list(string) }
variable "length" { type = number }
resource "cidrplan_blocks" "this" {
  name      = var.name
  supernets = var.supernets
  blocks    = { main = { prefix_length = var.length } }
  ` + more + `
}
output "cidrs" { value = cidrplan_blocks.this.cidrs }
`
}

// use is one use of the module network.
func use(name, supernet string, length int) string {
	return fmt.Sprintf(`
module %[1]q {
  source    = "./network"
  name      = %[1]q
  supernets = [%[2]s]
  length    = %[3]d
}
`, name, supernet, length)
}

// twoTeams allocate from one supernet.
var twoTeams = use("east", `"10.0.0.0/8"`, 16) + use("west", `"10.0.0.0/8"`, 20)

func networks(t *testing.T, config, more string) *workspace {
	t.Helper()
	w := newWorkspace(t, config)
	w.file("network/main.tf", header+sharedNetwork(more))
	w.modules()
	return w
}

// wantOneReport plans with many resources at once and wants exactly one conflict between blocks, of a severity and with texts. They
// are the same whichever is planned last: TestMessagesOfTheWholeConfigurationAreAsWritten.
func (w *workspace) wantOneReport(severity string, texts ...string) {
	w.t.Helper()
	reported := w.outside("-parallelism=100")
	if len(reported) != 1 || !isAbout(reported[0].Summary, betweenBlocks) || reported[0].Severity != severity ||
		!allOf(texts...).MatchString(reported[0].Detail) {
		w.t.Errorf("want one %s with %q, reported %s", severity, texts, reported)
	}
}

// adopting makes warnings of all conflicts.
const adopting = "provider \"cidrplan\" {\n  unwired_conflicts = \"error\"\n  conflicts = \"warn\"\n}\n"

// Two modules that are given one supernet allocate the same addresses: that is reported once.
func TestAccBlocksOfTwoModulesConflict(t *testing.T) {
	t.Parallel()
	texts := []string{
		`Block "main" (10.0.0.0/16), of cidrplan_blocks "east", and block "main" (10.0.0.0/20), of cidrplan_blocks "west", share ` +
			`10.0.0.0/20`,
		"cannot be connected", `add the entries of provider::cidrplan::claims(cidrplan_blocks.<west>) to foreign_claims`,
		"block_overlaps_block|10.0.0.0/20|main@blocks/east+main@blocks/west",
	}
	w := networks(t, twoTeams, "")
	w.wantOneReport("error", texts...)
	w.fails(allOf(betweenBlocks), "plan")
	w.config(adopting + twoTeams)
	w.wantOneReport("warning", texts...)
}

// What was there before stops neither a plan nor a destroy, and a released range beside a held one is not reported
// where the two shared addresses all the while.
func TestAccPreExistingConflictsBetweenBlocks(t *testing.T) {
	t.Parallel()
	w := networks(t, adopting+twoTeams, "")
	w.run("apply", "-auto-approve")
	w.config(strictly + twoTeams)
	w.wantOneReport("warning", "existed before this change")
	w.run("plan", "-detailed-exitcode")
	w.config(strictly + edit(t, twoTeams, `["10.0.0.0/8"]`, `["10.0.0.0/8", "172.16.0.0/12"]`))
	w.wantOneReport("warning", "existed before this change")
	w.run("apply", "-auto-approve")
	w.file("network/main.tf", header+edit(t, sharedNetwork(""), "main = {", `(var.name == "east" ? "other" : "main") = {`))
	w.applyWithoutConflicts()
	w.run("destroy", "-auto-approve")
}

// A released range is not free for others, which do not know of it.
func TestAccBlocksOnReleasedRanges(t *testing.T) {
	t.Parallel()
	east := func(name string) string {
		return edit(t, carve(name+" = { prefix_length = 20 }"), `"net"`, `"east"`, `"net"`, `"east"`)
	}
	west := edit(t, carve(`pin = { cidr = "10.0.0.0/24" }`), `"net"`, `"west"`, `"net"`, `"west"`)
	w := newWorkspace(t, east("gone"))
	w.run("apply", "-auto-approve")
	w.config(east("other"))
	w.run("apply", "-auto-approve")
	w.config(east("other") + west)
	w.wantOneReport(
		"error",
		`Block "pin" (10.0.0.0/24), of cidrplan_blocks "west", and released range 10.0.0.0/20 of block "gone", of cidrplan_blocks `+
			`"east", share 10.0.0.0/24`,
		`in cidrplan_blocks "east", add "gone" to reclaim`,
		`in cidrplan_blocks "west", set blocks["pin"].cidr to addresses outside of 10.0.0.0/20`,
		"block_overlaps_released|10.0.0.0/24|gone@blocks/east+pin@blocks/west",
	)
}

// Blocks in blocks, at any depth and also as a whole, are what supernets are for; so are networks in them.
func TestAccBlocksInBlocksAreNoConflicts(t *testing.T) {
	t.Parallel()
	chain := strictly + use(
		"vpcs", `"10.0.0.0/8"`, 16,
	) + use(
		"zones", `module.vpcs.cidrs["main"]`, 18,
	) + use(
		"all", `module.zones.cidrs["main"]`, 18,
	) + use(
		"kinds", `module.all.cidrs["main"]`, 24,
	) + `
resource "cidrplan_vpc" "main" {
  name        = "main"
  cidr_blocks = [module.vpcs.cidrs["main"]]
  subnets     = { node = module.kinds.cidrs["main"] }
}
`
	w := networks(t, chain, "")
	w.applyWithoutConflicts()
	w.wantNoConflicts("-detailed-exitcode")
	w.config(
		edit(
			t, chain, `[module.vpcs.cidrs["main"]]`, `[terraform_data.later.output]`,
		) + "resource \"terraform_data\" \"later\" {\n  input = module.vpcs.cidrs[\"main\"]\n}\n",
	)
	w.wantNoConflicts()                                                       // where it is from is not known yet
	w.config(edit(t, chain, `[module.vpcs.cidrs["main"]]`, `["10.0.0.0/8"]`)) // not out of its block any more
	w.wantOneReport(
		"error",
		`Block "main" (10.0.0.0/16), of cidrplan_blocks "vpcs", and block "main" (10.0.0.0/18), of cidrplan_blocks "zones", share `+
			`10.0.0.0/18`,
	)
	w.config(chain)
	w.run("destroy", "-auto-approve")
}

// The module for the subnets of a VPC may be used as often as there are VPCs.
func TestAccTwoVPCsWithSubnetsAreNoConflicts(t *testing.T) {
	t.Parallel()
	one, _, _ := strings.Cut(subnetted(`"h", "i"`, `platform = "alicloud"`), "resource ")
	same := edit(t, one, `"subnets"`, `"others"`, `"prod"`, `"test"`)
	w := subnetsWorkspace(t, strictly+one+same)
	if reported := w.outside(); len(reported) == 0 ||
		slices.ContainsFunc(reported, func(d diagnostic) bool { return !isAbout(d.Summary, betweenBlocks) || d.Severity != "error" }) {
		t.Errorf("two VPCs on the same addresses: reported %s", reported)
	}
	w.config(strictly + one + edit(t, same, "platform", "vrf = \"test\"\n  platform"))
	w.wantNoConflicts()
	w.config(strictly + one + edit(t, same, "10.4.0.0", "10.5.0.0"))
	w.applyWithoutConflicts()
	w.wantNoConflicts("-detailed-exitcode")
}

// In VRFs of their own two may share all.
func TestAccBlocksThatMayShareAddresses(t *testing.T) {
	t.Parallel()
	w := networks(t, strictly+twoTeams, "vrf = var.name")
	w.applyWithoutConflicts()
	w.wantNoConflicts("-detailed-exitcode")
	w.file(
		"network/main.tf",
		header+sharedNetwork("vrf = terraform_data.vrf.output\n}\nresource \"terraform_data\" \"vrf\" {\n  input = \"blue\""),
	)
	w.wantNoConflicts() // not known yet
	w.file("network/main.tf", header+sharedNetwork(`vrf = "blue"`))
	w.wantOneReport("error", "share 10.0.0.0/20")
}

// What either of the two accepts is not reported, and neither says that there is nothing to accept.
func TestAccAcceptedConflictsBetweenBlocks(t *testing.T) {
	t.Parallel()
	const key = "block_overlaps_block|10.0.0.0/20|main@blocks/east+main@blocks/west"
	for _, who := range []string{"east", "west"} {
		w := networks(
			t, strictly+twoTeams,
			fmt.Sprintf(`accepted_conflicts = { for key in [%q] : key => { reason = "never joined" } if var.name == %q }`, key, who),
		)
		for _, parallelism := range parallelisms {
			for _, d := range w.reports(parallelism) {
				if !isAbout(d.Summary, "Blocks Have No Prior Allocations") {
					t.Errorf("%s, %s: reported %s", who, parallelism, d)
				}
			}
		}
		w.run("apply", "-auto-approve")
		w.wantNoConflicts("-detailed-exitcode")
	}
}

// What is recovered after the state was lost was there before.
func TestAccRecoveredBlocksArePreExisting(t *testing.T) {
	t.Parallel()
	two := edit(t, carve(dmz), `"net"`, `"a"`, `"net"`, `"a"`) + edit(t, carve(dmz), `"net"`, `"b"`, `"net"`, `"b"`)
	w := newWorkspace(t, adopting+two)
	w.run("apply", "-auto-approve")
	lock, _ := w.answerOf("lock", "cidrplan_blocks.a").(string)
	w = newWorkspace(t, strictly+two+`
import {
  to = cidrplan_blocks.a
  id = file("lock.json")
}
import {
  to = cidrplan_blocks.b
  id = file("lock.json")
}
`)
	w.file("lock.json", lock)
	w.wantOneReport("warning", "share 10.0.0.0/24", "existed before this change")
	w.run("apply", "-auto-approve")
	w.wantOneReport("warning", "share 10.0.0.0/24")
}
