package provider_test

import (
	"fmt"
	"maps"
	"regexp"
	"slices"
	"strings"
	"testing"
)

// teamA has a cluster and a supernet of which it may delegate a part.
func teamA(clusters, more string) string {
	return `
resource "cidrplan_allocator" "k8s" {
  name              = "team-a"
  supernets         = ["10.64.0.0/10"]
  service_supernets = ["172.20.0.0/16"]
  hubs              = { cen = { kind = "cen" } }
  vpcs              = { shop = { platform = "alicloud", cidr_blocks = ["192.168.0.0/17"], hubs = ["cen"] } }
  clusters = {
    ` + clusters + `
  }
  ` + more + `
}

output "claims" {
  value = provider::cidrplan::claims(cidrplan_allocator.k8s)
}
`
}

// teamB takes the claims of the first team from its state, or in another way.
func teamB(supernets, clusters, from, more string) string {
	return `
resource "cidrplan_allocator" "k8s" {
  name              = "team-b"
  supernets         = ["` + supernets + `"]
  service_supernets = ["172.24.0.0/16"]
  hubs              = { cen = { kind = "cen" } }
  vpcs              = { data = { platform = "alicloud", cidr_blocks = ["192.168.128.0/17"], hubs = ["cen"] } }
  clusters = {
    ` + clusters + `
  }
  foreign_claims = ` + from + `
  ` + more + `
}

output "claims" {
  value = provider::cidrplan::claims(cidrplan_allocator.k8s)
}
`
}

const (
	shopCluster = `shop = { vpc = "shop", profile = "ack-flannel", max_nodes = 100, max_services = 1000, description = "the shop", ` +
		`labels = { owner = "web" } }`
	dataCluster = `data = { vpc = "data", profile = "ack-flannel", max_nodes = 100, max_services = 1000 }`
	delegates   = `reserved = { team-b = { cidr = "10.96.0.0/12", description = "delegated" } }`
)

// claimsByState is the expression for the claims of a workspace, whose state lies on this machine, and what it needs.
func (w *workspace) claimsByState() (expression, source string) {
	return "data.terraform_remote_state.a.outputs.claims", fmt.Sprintf(`
data "terraform_remote_state" "a" {
  backend = "local"
  config  = { path = %q }
}
`, w.dir+"/terraform.tfstate")
}

// allText is what a plan reports, without the warning that it has no prior allocations.
func (w *workspace) allText() string {
	w.t.Helper()
	var out []string
	for _, d := range w.reports() {
		if !strings.Contains(d.Summary, "No Prior Allocations") {
			out = append(out, d.String())
		}
	}
	return strings.Join(out, "\n")
}

func (w *workspace) podOf(cluster string) string {
	w.t.Helper()
	return w.holds(allocator)["allocations"].(map[string]any)[cluster].(map[string]any)["pod_cidr"].(string)
}

// The claims of an allocator are known in its first plan, and are what it has then.
func TestAccClaimsAreKnownInTheFirstPlan(t *testing.T) {
	t.Parallel()
	wantClaims(newWorkspace(t, teamA(shopCluster, delegates)), allocator, map[string]any{
		"owner": "shop", "kind": "pod", "cidr": "10.112.0.0/19", "network": "shop", "vrf": nil, "hubs": []any{"cen"}, "peers": nil,
		"meshes":    nil,
		"allocator": "team-a", "profile": "ack-flannel", "description": "the shop", "labels": map[string]any{"owner": "web"},
	}, "shop/pod/10.112.0.0/19", "shop/service/172.20.0.0/22", "team-a/supernet/10.64.0.0/10", "team-a/supernet/172.20.0.0/16",
		"team-b/reserved/10.96.0.0/12")
}

// wantClaims wants claims of these keys in the first plan, one of them whole, and the apply to store just that.
func wantClaims(w *workspace, address string, want map[string]any, keys ...string) {
	w.t.Helper()
	planned := w.outputs()["claims"].(map[string]any)
	key := fmt.Sprintf("%s/%s/%s", want["owner"], want["kind"], want["cidr"])
	if places := differing("", want, planned[key]); len(places) > 0 {
		w.t.Errorf("the plan has %v, which differs at %q", planned, places)
	}
	w.run("apply", "plan")
	w.run("plan", "-detailed-exitcode")
	if places := differing("", planned, w.answerOf("claims", address)); len(places) > 0 {
		w.t.Errorf("what was applied differs from the plan at %q", places)
	}
	if got := slices.Sorted(maps.Keys(planned)); !slices.Equal(got, keys) {
		w.t.Errorf("the claims are %q, want %q", got, keys)
	}
}

// Two workspaces by remote state: one delegates a part of its supernet, the other one allocates there;
// what is withdrawn is free again.
func TestAccDelegateAllocateWithdraw(t *testing.T) {
	t.Parallel()
	a := newWorkspace(t, teamA(shopCluster, ""))
	a.run("apply", "-auto-approve")
	claims, source := a.claimsByState()

	b := newWorkspace(t, source+teamB("10.96.0.0/12", dataCluster, claims, ""))
	if reported := b.allText(); !allOf(
		`Supernet 10.96.0.0/12 of "team-b" (this workspace)`,
		`supernet 10.64.0.0/10 of allocator "team-a" (another workspace) share 10.96.0.0/12`,
		`in the workspace of cidrplan_allocator "team-a", reserved = { "team-b" = { cidr = "10.96.0.0/12" } }`,
	).MatchString(reported) {
		t.Fatalf("the same addresses in two workspaces are reported as\n%s", reported)
	}
	a.config(teamA(shopCluster, delegates))
	a.run("apply", "-auto-approve")
	if reported := b.allText(); reported != "" {
		t.Fatalf("after the delegation the plan says\n%s", reported)
	}
	b.run("apply", "-auto-approve")
	b.run("plan", "-detailed-exitcode")
	if got := b.podOf("data"); got != "10.96.0.0/19" {
		t.Errorf("in the delegated part the cluster got %s", got)
	}

	// What the first one released is not free for a third one before it is reclaimed.
	c := newWorkspace(t, strings.ReplaceAll(source+teamB("10.64.0.0/19", dataCluster, claims, ""), `"team-b"`, `"team-c"`))
	full := func(by string) *regexp.Regexp {
		return allOf("needs a Pod range of /19, and none is free in 10.64.0.0/19", by)
	}
	c.fails(full(`Pod range 10.64.0.0/19 of cluster "shop" of allocator "team-a" (another workspace)`), "plan")
	a.config(teamA("", delegates))
	a.run("apply", "-auto-approve")
	c.fails(full(`released range 10.64.0.0/19 of cluster "shop" of allocator "team-a" (another workspace)`), "plan")
	a.config(teamA("", delegates+"\n"+`reclaim = ["shop"]`))
	a.run("apply", "-auto-approve")
	c.run("apply", "-auto-approve")
	if got := c.podOf("data"); got != "10.64.0.0/19" {
		t.Errorf("where nothing is released the cluster got %s", got)
	}
}

// Ranges that two workspaces have are refused where they are new, with both parties, and reported where they existed before.
func TestAccConflictBetweenWorkspaces(t *testing.T) {
	t.Parallel()
	a := newWorkspace(t, teamA(shopCluster, ""))
	a.run("apply", "-auto-approve")
	claims, source := a.claimsByState()
	pinned := `data = { vpc = "data", profile = "ack-flannel", pod_cidrs = ["10.64.16.0/20"], service_cidr = "172.24.0.0/20" }`

	b := newWorkspace(t, source+teamB("10.128.0.0/12", pinned, claims, ""))
	b.fails(allOf(
		`Pod range 10.64.16.0/20 of cluster "data" and Pod range 10.64.0.0/19 of cluster "shop" of allocator "team-a" (another `+
			`workspace) (the shop)`,
		`hub "cen"`,
		`in the workspace of cidrplan_allocator "team-a", set renumber["shop"] to a new token`,
		"pod_overlaps_peer_pod",
		`foreign_claims["shop/pod/10.64.0.0/19"]`,
	), "plan")
	b.config(
		source + teamB(
			"10.128.0.0/12", pinned, claims,
			`accepted_conflicts = { "pod_overlaps_peer_pod|10.64.16.0/20|data+shop@team-a" = { reason = "it moves" } }`,
		),
	)
	if reported := b.allText(); reported != "" {
		t.Errorf("what is accepted is reported as\n%s", reported)
	}

	// An allocator that learns later of an existing conflict keeps its ranges and reports it.
	b.config(teamB("10.128.0.0/12", pinned, "{}", ""))
	b.run("apply", "-auto-approve")
	b.config(source + teamB("10.128.0.0/12", pinned, claims, ""))
	b.fails(regexp.MustCompile("pod_overlaps_peer_pod"), "plan")
	b.config(source + teamB("10.128.0.0/12", pinned, claims, `rule_levels = { pod_overlaps_peer_pod = "warn" }`))
	b.run("apply", "-auto-approve")
	b.config(source + teamB("10.128.0.0/12", pinned, claims, ""))
	if reported := b.allText(); !allOf("warning: ", overlaps, "This conflict existed before this change").MatchString(reported) {
		t.Errorf("what stands is reported as\n%s", reported)
	}
	b.run("destroy", "-auto-approve")
}

// A file in git carries the claims of all, the own ones among them; they are passed over.
func TestAccClaimsInAFile(t *testing.T) {
	t.Parallel()
	a := newWorkspace(t, teamA(shopCluster, delegates))
	a.run("apply", "-auto-approve")
	b := newWorkspace(t, teamB("10.96.0.0/12", dataCluster, `jsondecode(file("claims.json"))`, ""))
	b.file("claims.json", a.output("claims"))
	b.run("apply", "-auto-approve")
	both := `merge(jsondecode(file("claims.json")), jsondecode(file("own.json")))`
	b.file("own.json", b.output("claims"))
	b.config(teamB("10.96.0.0/12", dataCluster, both, ""))
	if reported := b.allText(); reported != "" {
		t.Errorf("with its own claims among the others the plan says\n%s", reported)
	}
	if places, _ := b.changes(); len(places) > 0 {
		t.Errorf("its own claims change %q", places)
	}
	// What a file has by hand needs an owner and a range.
	b.file("claims.json", `{ "dba": { "owner": "dba", "cidr": "10.96.0.0/16" }, "bad": { "kind": "pods" } }`)
	if reported := b.allText(); !allOf(
		`foreign_claims["bad"].cidr is required`,
		`"pods" is not one of pod,`,
		`Did you mean "pod"?`,
		`foreign_claims["bad"].owner is required`,
	).MatchString(reported) {
		t.Errorf("a bad claim is reported as\n%s", reported)
	}
	b.file("claims.json", `{ "dba": { "owner": "dba", "cidr": "10.96.0.0/16" } }`)
	if reported := b.allText(); !allOf(
		`block 10.96.0.0/16 "dba" of another workspace`,
		"pod_overlaps_foreign_block",
	).MatchString(reported) {
		t.Errorf("a claim by hand is reported as\n%s", reported)
	}
}

// A claim of which the range is known only after apply defers what is new and keeps what is held.
func TestAccClaimsKnownAfterApply(t *testing.T) {
	t.Parallel()
	w := newWorkspace(t, `
resource "terraform_data" "unknown" {
  input = { dba = { owner = "dba", cidr = "10.96.0.0/16" } }
}
`+teamB("10.96.0.0/12", dataCluster, "terraform_data.unknown.output", ""))
	if claims := w.outputs()["claims"]; claims != nil {
		t.Errorf("the claims are known: %v", claims)
	}
	w.run("apply", "plan")
	if got := w.podOf("data"); got != "10.97.0.0/19" {
		t.Errorf("beside the claim that is known after apply the cluster got %s", got)
	}
	w.run("plan", "-detailed-exitcode")
}

// All claims together, audited by a pipeline that has no state of its own.
func TestAccAuditOfAllWorkspaces(t *testing.T) {
	t.Parallel()
	a := newWorkspace(t, teamA(shopCluster, ""))
	a.run("apply", "-auto-approve")
	b := newWorkspace(t, teamB("10.64.0.0/12", dataCluster, "{}", ""))
	b.run("apply", "-auto-approve")
	all := newWorkspace(t, `
locals {
  claims = { for file in ["a", "b"] : file => jsondecode(file("${file}.json")) }
}

data "cidrplan_audit" "all" {
  foreign_claims = merge([for file, claims in local.claims : { for key, claim in claims : "${file}/${key}" => claim }]...)
}

output "found" {
  value = {
    for key, found in data.cidrplan_audit.all.findings :
    key => "${found.level} ${found.first.allocator} ${found.second.allocator}"
  }
}
`)
	all.file("a.json", a.output("claims"))
	all.file("b.json", b.output("claims"))
	all.run("apply", "-auto-approve")
	got := strings.Join(strings.Fields(all.output("found")), " ")
	want := `{"pod_overlaps_peer_pod|10.64.0.0/19|data@team-b+shop@team-a":"error team-b ` +
		`team-a","supernet_overlaps_foreign_supernet|10.64.0.0/12|team-a@team-a+team-b@team-b":"warn team-a team-b"}`
	if got != want {
		t.Errorf("the audit finds\n%s\nwant\n%s", got, want)
	}
}
