package provider_test

import (
	"strings"
	"testing"
)

// netTeam allocates supernets of teams and a block of its own.
func netTeam(blocks, from string) string {
	return `
resource "cidrplan_blocks" "net" {
  name      = "net"
  supernets = ["10.0.0.0/12"]
  blocks = {
    ` + blocks + `
  }
  foreign_claims = ` + from + `
}

output "claims" {
  value = provider::cidrplan::claims(cidrplan_blocks.net)
}
`
}

// appTeam has blocks in what it was handed.
func appTeam(name, supernet, blocks, from string) string {
	return strings.NewReplacer(`"net"`, `"`+name+`"`, "10.0.0.0/12", supernet, ".net)", "."+name+")").Replace(netTeam(blocks, from))
}

const (
	delegated = `team-b = { prefix_length = 16, description = "delegated", labels = { owner = "b" } }`
	dmzBlock  = `dmz    = { prefix_length = 24 }`
	webAndDB  = `web = { prefix_length = 24 }, db = { prefix_length = 25 }`
)

// The claims of blocks are known in their first plan, and are what they have then.
func TestAccClaimsOfBlocksAreKnownInTheFirstPlan(t *testing.T) {
	t.Parallel()
	config := edit(
		t, netTeam(delegated+"\n"+dmzBlock, "null"), "blocks =",
		"vrf = \"blue\"\n  reserved = { later = { cidr = \"10.9.0.0/16\" } }\n  blocks =",
	)
	wantClaims(newWorkspace(t, config), ourBlocks, map[string]any{
		"owner": "team-b", "kind": "block", "cidr": "10.8.0.0/16", "network": nil, "vrf": "blue", "hubs": nil, "peers": nil, "meshes": nil,
		"allocator": "blocks/net", "profile": nil, "description": "delegated", "labels": map[string]any{"owner": "b"},
	}, "dmz/block/10.10.0.0/24", "later/reserved/10.9.0.0/16", "net/supernet/10.0.0.0/12", "team-b/block/10.8.0.0/16")
}

// Workspaces that only have blocks: one delegates a block, the next one allocates inside of it, and one that
// received the same supernet avoids both, which is reported.
func TestAccBlocksOfSeveralWorkspaces(t *testing.T) {
	t.Parallel()
	net := newWorkspace(t, netTeam(delegated+"\n"+dmzBlock, "{}"))
	net.run("apply", "-auto-approve")
	ofNet, source := net.claimsByState()

	team := newWorkspace(t, source+appTeam("team-b", "10.0.0.0/16", webAndDB, ofNet))
	if reported := team.allText(); reported != "" {
		t.Errorf("inside of the delegated block the plan reports\n%s", reported)
	}
	team.run("apply", "-auto-approve")
	team.run("plan", "-detailed-exitcode")
	wantHeld(t, team, "cidrplan_blocks.team-b", map[string]string{"web": "10.0.0.0/24", "db": "10.0.1.0/25"})

	// The one that delegated the block sees what the other one has, and nothing is reported.
	ofTeam, teamSource := team.claimsByState()
	net.config(teamSource + netTeam(delegated+"\n"+dmzBlock, ofTeam))
	if reported := net.allText(); reported != "" {
		t.Errorf("beside what is allocated inside of its block the plan reports\n%s", reported)
	}
	if places, _ := net.changes(); len(places) > 0 {
		t.Errorf("the claims of the other one change %q", places)
	}
	net.run("apply", "-auto-approve")

	// A pin outside of it meets what the first one has.
	team.config(source + appTeam("team-b", "10.0.0.0/16", webAndDB+`, lab = { cidr = "10.1.0.0/25" }`, ofNet))
	team.fails(allOf(
		`Block "lab" (10.1.0.0/25) and block 10.1.0.0/24 "dmz" of`, `"net" (another workspace) share 10.1.0.0/25`,
		`Move the other range (this rebuilds what uses the old ranges; after the apply there, update foreign_claims)`,
		"block_overlaps_foreign_block", `foreign_claims["dmz/block/10.1.0.0/24"]`,
	), "plan")
	team.config(source + appTeam("team-b", "10.0.0.0/16", webAndDB, ofNet))

	// The one that received the same supernet is reported, avoids the others, and finds no room where all is in use.
	both := "merge(" + ofNet + ", " + strings.ReplaceAll(ofTeam, ".a.", ".b.") + ")"
	sources := source + strings.ReplaceAll(teamSource, `"a"`, `"b"`)
	third := newWorkspace(t, sources+appTeam("lab", "10.0.0.0/12", `lab = { prefix_length = 24 }`, both))
	if reported := third.allText(); !allOf(
		`Supernet 10.0.0.0/12 of`, `"lab" (this workspace) shares addresses with 2 others`,
		`supernet 10.0.0.0/12 of cidrplan_blocks "net" (another workspace)`,
		`Allocate from other supernets: set supernets to addresses outside of 10.0.0.0/12, 10.0.0.0/16`,
		"supernet_overlaps_foreign_supernet",
	).MatchString(reported) {
		t.Errorf("the same supernet in two workspaces is reported as\n%s", reported)
	}
	third.run("apply", "-auto-approve")
	wantHeld(t, third, "cidrplan_blocks.lab", map[string]string{"lab": "10.1.1.0/24"})
	full := newWorkspace(t, sources+appTeam("full", "10.1.0.0/23", `more = { prefix_length = 23 }`, both))
	full.fails(allOf(`Block "more" needs an IPv4 range of /23, and none is free in 10.1.0.0/23`, `block 10.1.0.0/24 "dmz" of`), "plan")

	// Only an audit sees what nobody reported the two of.
	blind := newWorkspace(t, appTeam("blind", "10.1.0.0/23", `more = { prefix_length = 25 }`, "{}"))
	blind.run("apply", "-auto-approve")
	ofBlind, blindSource := blind.claimsByState()
	net.config(blindSource + netTeam(delegated+"\n"+dmzBlock, ofBlind))
	net.fails(allOf(`Block "dmz" (10.1.0.0/24) and block 10.1.0.0/25 "more" of`, "block_overlaps_foreign_block"), "plan")
	net.config(blindSource + netTeam(delegated+"\n"+dmzBlock, "{}") + `
data "cidrplan_audit" "all" {
  foreign_claims = merge(provider::cidrplan::claims(cidrplan_blocks.net), ` + ofBlind + `)
}

output "found" {
  value = [for key, finding in data.cidrplan_audit.all.findings : key]
}

output "holders" {
  value = [
    for key, found in data.cidrplan_audit.all.findings :
    "${found.first.name} of ${found.first.allocator}, ${found.second.name} of ${found.second.allocator}: ${found.summary}"
  ]
}
`)
	net.run("apply", "-auto-approve")
	want := `["block_overlaps_foreign_block|10.1.0.0/25|dmz@blocks/net+more@blocks/blind",` +
		`"supernet_overlaps_foreign_supernet|10.1.0.0/23|blind@blocks/blind+net@blocks/net"]`
	if got := strings.Join(strings.Fields(net.output("found")), ""); got != want {
		t.Errorf("the audit finds\n%s\nwant\n%s", got, want)
	}
	if reported := net.output("holders"); !allOf(
		`dmz of blocks/net, more of blocks/blind: Block 10.1.0.0/24 \"dmz\" of cidrplan_blocks \"net\" (another workspace) and block ` +
			`10.1.0.0/25 \"more\" of cidrplan_blocks \"blind\" (another workspace) share 10.1.0.0/25.`,
	).MatchString(reported) {
		t.Errorf("the audit names the holders as\n%s", reported)
	}
	// Who takes a block back stops nobody who is in it still, and gives no more of it away.
	net.config(netTeam(dmzBlock, "{}"))
	net.run("apply", "-auto-approve")
	if reported := team.allText(); !allOf(
		"warning: ", overlaps, `of block "team-b" of cidrplan_blocks "net" (another workspace)`, "existed before this change",
		`add "team-b" to reclaim`, "block_overlaps_released",
	).MatchString(reported) {
		t.Errorf("inside of a block that was taken back the plan says\n%s", reported)
	}
	team.run("apply", "-auto-approve")
	team.config(source + appTeam("team-b", "10.0.0.0/16", webAndDB+`, more = { prefix_length = 24 }`, ofNet))
	team.fails(allOf(`Block "more" needs an IPv4 range of /24, and none is free in 10.0.0.0/16`), "plan")
	team.config(source + appTeam("team-b", "10.0.0.0/16", webAndDB, ofNet))
	for _, w := range []*workspace{third, team, net, blind} { // who reads a state goes before it does
		w.run("destroy", "-auto-approve")
	}
}

func wantHeld(t *testing.T, w *workspace, address string, want map[string]string) {
	t.Helper()
	wantCIDRs(t, w.plans()[address], want)
}
