package provider_test

import (
	"fmt"
	"regexp"
	"strings"
	"testing"
)

// The words that a step of neighbours puts something in the place of.
const (
	ofProvider, ofHub, ofSite, ofVPC, ofAllocator = "#provider", "#hub", "#site", "#vpc", "#allocator"
)

// neighbours are an IDC and a VPC on one hub, and a cluster that was put on addresses of the IDC.
const neighbours = `
provider "cidrplan" {
  #provider
}
resource "cidrplan_hub" "cen" {
  name = "cen"
  #hub
}
resource "cidrplan_site" "idc" {
  name        = "idc"
  cidr_blocks = ["10.0.0.0/16", "10.8.0.0/20"]
  hubs        = [cidrplan_hub.cen.name]
  #site
}
resource "cidrplan_vpc" "prod" {
  name        = "prod"
  platform    = "alicloud"
  cidr_blocks = ["192.168.0.0/16"]
  hubs        = [cidrplan_hub.cen.name]
  #vpc
}
resource "cidrplan_allocator" "k8s" {
  name      = "k8s"
  supernets = ["10.64.0.0/10"]
  hubs      = { cen = cidrplan_hub.cen }
  sites     = { idc = cidrplan_site.idc }
  vpcs      = { prod = cidrplan_vpc.prod }
  clusters = {
    shop = { vpc = "prod", profile = "ack-flannel", pod_cidrs = ["10.8.0.0/18"], service_cidr = "172.20.0.0/20", node_cidr_mask = 26 }
  }
  #allocator
}
`

const idcKey = `"pod_overlaps_site|10.8.0.0/20|idc+shop"`

func accepting(key, more string) string {
	return fmt.Sprintf(`accepted_conflicts = { %s = { reason = "moves in May"%s } }`, key, more)
}

// offer is the line of a message that accepts its conflict, as it is printed and pasted.
var offer = regexp.MustCompile(`(?m)^  - Accept the conflict: (accepted_conflicts = \{ .* = \{ reason = "<why>" \} \})$`)

// offered is the only such line of what a plan printed, with a reason in place of the placeholder.
func offered(t *testing.T, out string) string {
	t.Helper()
	found := offer.FindAllStringSubmatch(out, -1)
	if len(found) != 1 {
		t.Fatalf("%d lines accept a conflict, want one:\n%s", len(found), out)
	}
	return strings.ReplaceAll(found[0][1], "<why>", "known")
}

// wantNoReports plans, or runs another command, which must pass, and nothing may be reported but the warning of every new allocator.
func (w *workspace) wantNoReports(args ...string) {
	w.t.Helper()
	if len(args) == 0 {
		args = []string{"plan"}
	}
	for _, d := range diagnosticsIn(w.run(append(args, "-json")...)) {
		if d.Address != "" && !isAbout(d.Summary, "Allocator Has No Prior Allocations") {
			w.t.Errorf("reported %s", d)
		}
	}
}

// The line that a message offers works as it is pasted, on the allocator or on what travels to it by
// value. What is accepted is not reported; when it grows, it is a conflict again.
func TestAccConflictsAreAcceptedByTheLineOfTheirMessage(t *testing.T) {
	t.Parallel()
	for name, place := range map[string]string{"the allocator": ofAllocator, "the VPC": ofVPC, "the site": ofSite, "the hub": ofHub} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			w := newWorkspace(t, neighbours)
			out := w.fails(allOf("Error: ", overlaps, `Pod range 10.8.0.0/18 of cluster "shop"`, `block 10.8.0.0/20 of site "idc"`), "plan")
			accepted := edit(t, neighbours, place, offered(t, out))
			w.config(accepted)
			w.wantNoReports("apply", "-auto-approve")
			w.wantNoReports("plan", "-detailed-exitcode")

			w.config(edit(t, accepted, `"10.8.0.0/20"]`, `"10.8.0.0/24"]`))
			w.wantNoReports() // less of the same
			w.config(edit(t, accepted, `"10.8.0.0/20"]`, `"10.8.0.0/19"]`))
			w.fails(allOf("Error: ", overlaps, "The conflict was accepted with the key", idcKey, "has grown since."), "plan")
			w.config(edit(t, accepted, "clusters = {", `clusters = {
    twice = { vpc = "prod", profile = "ack-flannel", pod_cidrs = ["10.8.8.0/24"], service_cidr = "172.20.16.0/20", node_cidr_mask = 26 }`))
			w.fails(allOf("Error: ", overlaps, `of cluster "twice"`), "plan") // who is not named is not covered
		})
	}
}

// A hub accepts what meets over it, and a network what it takes part in; others have no say.
func TestAccAcceptancesOfOthersDoNotCount(t *testing.T) {
	t.Parallel()
	w := newWorkspace(
		t,
		edit(
			t,
			neighbours,
			"hubs      = { cen",
			"hubs      = { far = cidrplan_hub.far, cen",
			ofProvider,
			"",
			"resource",
			`resource "cidrplan_hub" "far" {
  name = "far"
  `+accepting(idcKey, "")+`
}
resource`,
		),
	)
	w.fails(allOf("Error: ", overlaps), "plan")
}

// The last day of an acceptance counts, the day after does not, and without a day there is no clock.
func TestAccAcceptancesEnd(t *testing.T) {
	t.Parallel()
	for name, c := range map[string]struct {
		today, until string
		over         bool
	}{
		"the last day":                       {`today = "2027-06-30"`, "2027-06-30", false},
		"the day after":                      {`today = "2027-07-01"`, "2027-06-30", true},
		"a timestamp of the last day":        {`today = "2027-06-30T23:59:59Z"`, "2027-06-30", false},
		"a timestamp of the day after":       {`today = "2027-07-01T00:00:00Z"`, "2027-06-30", true},
		"the day of the plan, long over":     {`today = plantimestamp()`, "2020-01-01", true},
		"the day of the plan, long to go":    {`today = plantimestamp()`, "9999-12-31", false},
		"over, without a day":                {``, "2020-01-01", false},
		"an empty day, so without a day":     {`today = ""`, "2020-01-01", false},
		"a day, and an acceptance with none": {`today = "2027-07-01"`, "", false},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			until := fmt.Sprintf(", until = %q", c.until)
			if c.until == "" {
				until = ""
			}
			w := newWorkspace(t, edit(t, neighbours, ofProvider, c.today, ofVPC, accepting(idcKey, until)))
			switch reported := w.reports(); {
			case c.over:
				w.fails(allOf("Error: ", overlaps, "It was accepted until "+c.until+". That date has passed."), "plan")
			case strings.HasSuffix(name, "without a day"):
				if len(reported) != 1 || !strings.HasPrefix(reported[0].Summary, "End Dates of Accepted Conflicts Have No Effect") ||
					!strings.Contains(reported[0].Detail, `].until`) {
					t.Errorf("the last day without a day to compare it with: reported %s", reported)
				}
			default:
				w.wantNoReports()
			}
		})
	}
}

// What was accepted when it was applied was there before: its end is reported, and stops nothing.
func TestAccTheEndOfAnAcceptanceStopsNoPlan(t *testing.T) {
	t.Parallel()
	accepted := edit(t, neighbours, ofAllocator, accepting(idcKey, `, until = "2027-06-30"`))
	w := newWorkspace(t, accepted)
	w.run("apply", "-auto-approve")
	w.config(edit(t, accepted, ofProvider, `today = "2027-07-01"`))
	reported := w.reports()
	if len(reported) != 1 || reported[0].Severity != "warning" ||
		!allOf("existed before this change", "accepted until 2027-06-30. That date has passed").MatchString(reported[0].Detail) {
		t.Errorf("reported %s", reported)
	}
	w.run("plan", "-detailed-exitcode")
	w.run("destroy", "-auto-approve")
}

// Once a conflict is resolved, a warning at its acceptance asks to remove it. What a
// network brings along for others is not reported.
func TestAccAnAcceptanceOfNothingIsReported(t *testing.T) {
	t.Parallel()
	resolved := edit(t, neighbours, `"10.8.0.0/20"`, `"10.9.0.0/20"`, `["10.8.0.0/18"]`, `["10.64.0.0/18"]`)
	other := `"pod_overlaps_site|10.8.0.0/20|idc+elsewhere"`
	for name, c := range map[string]struct {
		place, key, at string
	}{
		"on the allocator": {ofAllocator, idcKey, `accepted_conflicts["pod_overlaps_site|10.8.0.0/20|idc+shop"]`},
		"on the allocator, of nobody known": {
			ofAllocator,
			`"pod_overlaps_site|10.8.0.0/20|far+elsewhere"`,
			`accepted_conflicts["pod_overlaps_site|10.8.0.0/20|far+elsewhere"]`,
		},
		"on the allocator, with one of others": {ofAllocator, other, ""},
		"on the VPC": {
			ofVPC,
			idcKey,
			`vpcs["prod"].accepted_conflicts["pod_overlaps_site|10.8.0.0/20|idc+shop"]`,
		},
		"on the hub": {
			ofHub,
			idcKey,
			`hubs["cen"].accepted_conflicts["pod_overlaps_site|10.8.0.0/20|idc+shop"]`,
		},
		"on the site, about a cluster of others": {ofSite, other, ""},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			w := newWorkspace(t, edit(t, resolved, c.place, accepting(c.key, "")))
			if c.at == "" {
				w.wantNoReports()
				return
			}
			reported := titled(w.reports(), "Accepted Conflict Does Not Exist")
			if len(reported) != 1 || reported[0].Severity != "warning" || !allOf(c.at, "any more.").MatchString(reported[0].Detail) {
				t.Errorf("reported %s", reported)
			}
			w.run("apply", "-auto-approve")
		})
	}
}

// What is not an acceptance is refused on its attribute, by the allocator and by the declaration.
func TestAccBadAcceptancesAreRefused(t *testing.T) {
	t.Parallel()
	const vpc = `resource "cidrplan_vpc" "NAME" {
  name        = "NAME"
  platform    = "alicloud"
  cidr_blocks = ["192.168.0.0/16"]
  accepted_conflicts = `
	const k8s = `resource "cidrplan_allocator" "NAME" {
  name      = "NAME"
  supernets = ["10.64.0.0/10"]
  clusters  = {}
  accepted_conflicts = `
	at := `accepted_conflicts["pod_overlaps_site|10.8.0.0/20|idc+shop"]`
	refusals := map[string]refusal{}
	for place, config := range map[string]string{"VPC": vpc, "allocator": k8s} {
		for name, c := range map[string]refusal{
			"a key without parts": {
				`{ "shop and idc" = { reason = "old" } }`,
				[]string{"Invalid Conflict Key", `accepted_conflicts["shop and idc"]`, "Copy the whole key"},
			},
			"a key without parties": {
				`{ "pod_overlaps_site|10.8.0.0/20|" = { reason = "old" } }`,
				[]string{"Invalid Conflict Key"},
			},
			"a key with host bits": {
				`{ "pod_overlaps_site|10.8.1.0/20|idc+shop" = { reason = "old" } }`,
				[]string{"Invalid Conflict Key"},
			},
			"a key with a number that is none": {
				`{ "nodes_over_cap|nodes=many|shop" = { reason = "old" } }`,
				[]string{"Invalid Conflict Key"},
			},
			"no reason": {
				`{ ` + idcKey + ` = {} }`,
				[]string{"Missing Value", at + ".reason", "The reason says why the conflict is accepted"},
			},
			"an empty reason": {`{ ` + idcKey + ` = { reason = "" } }`, []string{"Missing Value", at + ".reason"}},
			"a day that does not exist": {
				`{ ` + idcKey + ` = { reason = "old", until = "2027-02-30" } }`,
				[]string{"Invalid Value", at + ".until", `"2027-02-30" is not a day such as 2026-12-31`},
			},
			"a day that is written otherwise": {
				`{ ` + idcKey + ` = { reason = "old", until = "30.6.2027" } }`,
				[]string{"Invalid Value", at + ".until", "is not a day"},
			},
			"an entry that is null": {`{ ` + idcKey + ` = null }`, []string{"Missing Value", at}},
		} {
			refusals[place+": "+name] = refusal{config + c.config + "\n}\n", c.texts}
		}
	}
	refusesAll(t, refusals)
}

// An acceptance by the key of a rule that does not exist accepts no conflict any more, and that is reported.
func TestAccAKeyOfNoRuleAcceptsNothing(t *testing.T) {
	t.Parallel()
	w := newWorkspace(t, edit(t, neighbours, ofAllocator, accepting(strings.Replace(idcKey, "site", "sight", 1), "")))
	out := w.fails(allOf("Error: ", overlaps), "plan")
	if !allOf("Accepted Conflict Does Not Exist", "pod_overlaps_sight").MatchString(out) {
		t.Errorf("the key of no rule is not reported:\n%s", out)
	}
}
