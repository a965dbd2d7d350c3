package provider_test

import (
	"fmt"
	"regexp"
	"slices"
	"strings"
	"testing"
)

// What networks make of each other is not the business of who builds a cluster: it is reported, and stops
// nothing.
func TestAccForeignConflictsAreWarnings(t *testing.T) {
	t.Parallel()
	w := newWorkspace(t, foreign)
	reported := titled(w.reports(), overlaps)
	if len(reported) != 1 || reported[0].Severity != "warning" ||
		!allOf("No cluster of this allocator is involved, so the conflict does not stop the plan.").MatchString(reported[0].Detail) {
		t.Errorf("reported %s", reported)
	}
	w.run("apply", "-auto-approve")
	w.run("plan", "-detailed-exitcode")
}

// foreign are an allocator, two VPCs on one hub that share addresses, and a cluster beside.
const foreign = `
resource "cidrplan_allocator" "k8s" {
  name      = "k8s"
  supernets = ["10.64.0.0/10"]
  hubs      = { cen = { kind = "cen" } }
  vpcs = {
    old  = { platform = "alicloud", cidr_blocks = ["192.168.0.0/16"], hubs = ["cen"] }
    new  = { platform = "alicloud", cidr_blocks = ["192.168.8.0/22"], hubs = ["cen"] }
    shop = { platform = "alicloud", cidr_blocks = ["172.16.0.0/16"] }
  }
  clusters = { shop = { vpc = "shop", profile = "ack-flannel", max_nodes = 10 } }
  #allocator
}
`

// The level of a rule is the allocator's to set, in both directions.
func TestAccRuleLevels(t *testing.T) {
	t.Parallel()
	for name, c := range map[string]struct{ config, levels, severity string }{
		"an error by its rule":                {neighbours, `{}`, "error"},
		"an error that warns":                 {neighbours, `{ pod_overlaps_site = "warn" }`, "warning"},
		"an error that is off":                {neighbours, `{ pod_overlaps_site = "off" }`, ""},
		"an error that is one anyway":         {neighbours, `{ pod_overlaps_site = "error" }`, "error"},
		"another rule":                        {neighbours, `{ pod_overlaps_peer = "off" }`, "error"},
		"a foreign conflict that is an error": {foreign, `{ vpc_overlaps_peer = "error" }`, "error"},
		"a foreign conflict that is off":      {foreign, `{ vpc_overlaps_peer = "off" }`, ""},
		"a warning":                           {advice, `{}`, "warning"},
		"a warning that is an error":          {advice, `{ service_overlaps_cluster_service = "error" }`, "error"},
		"a warning that is off":               {advice, `{ service_overlaps_cluster_service = "off" }`, ""},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			w := newWorkspace(t, edit(t, c.config, ofAllocator, "rule_levels = "+c.levels))
			reported := titled(w.reports(), overlaps)
			switch {
			case c.severity == "" && len(reported) > 0:
				t.Errorf("reported %s", reported)
			case c.severity != "" && (len(reported) != 1 || reported[0].Severity != c.severity):
				t.Errorf("want one %s, reported %s", c.severity, reported)
			}
			if _, err := w.exec("plan"); (err != nil) != (c.severity == "error") {
				t.Errorf("the plan fails: %t", err != nil)
			}
		})
	}
}

// advice are two clusters of one VPC with one Service range, of which ACK's documents disagree.
const advice = `
resource "cidrplan_allocator" "k8s" {
  name      = "k8s"
  supernets = ["10.64.0.0/10"]
  vpcs      = { prod = { platform = "alicloud", cidr_blocks = ["192.168.0.0/16"] } }
  clusters = {
    a = { vpc = "prod", profile = "ack-flannel", pod_cidrs = ["10.64.0.0/20"], service_cidr = "172.21.0.0/20", node_cidr_mask = 26 }
    b = { vpc = "prod", profile = "ack-flannel", pod_cidrs = ["10.65.0.0/20"], service_cidr = "172.21.0.0/20", node_cidr_mask = 26 }
  }
  #allocator
}
`

func TestAccRuleLevelsNameRulesAndLevels(t *testing.T) {
	t.Parallel()
	w := newWorkspace(t, edit(t, advice, ofAllocator, `rule_levels = { pod_overlaps_vcp = "warn", pod_overlaps_site = "ignore" }`))
	for _, verb := range []string{"validate", "plan"} {
		w.fails(
			allOf(
				"Undeclared Name",
				`rule_levels["pod_overlaps_vcp"]: There is no rule named "pod_overlaps_vcp". Did you mean "pod_overlaps_vpc"?`,
				"more. Correct the name.",
			),
			verb,
		)
		w.fails(allOf("Value Not Allowed", `rule_levels["pod_overlaps_site"]: "ignore" is not one of error, warn, off.`), verb)
	}
}

// The first apply adopts what conflicts already. Afterwards that is reported and stops nothing, and what
// comes new is refused.
func TestAccConflictsWarnAdoptsWhatExists(t *testing.T) {
	t.Parallel()
	const adopting = "provider \"cidrplan\" {\n  conflicts = \"warn\"\n}\n"
	pair := edit(t, advice, "10.65.0.0/20", "10.64.0.0/20", ofAllocator, "")
	w := newWorkspace(t, pair)
	w.fails(allOf("Error: ", overlaps), "plan")
	w.config(adopting + pair)
	for _, d := range titled(w.reports(), overlaps) {
		if d.Severity != "warning" || strings.Contains(d.Detail, "(error)") != strings.Contains(d.Detail, `conflicts = "warn"`) {
			t.Errorf("reported %s", d)
		}
	}
	w.run("apply", "-auto-approve")

	w.config(pair)
	out := w.run("plan", "-detailed-exitcode")
	if !allOf(
		"No changes.",
		"Warning: ",
		overlaps,
		"This conflict existed before this change, so it does not stop the plan.",
	).MatchString(out) {
		t.Errorf("what stands is not reported:\n%s", out)
	}
	w.config(edit(t, pair, "clusters = {", `clusters = {
    c = { vpc = "prod", profile = "ack-flannel", pod_cidrs = ["10.64.8.0/21"], service_cidr = "172.22.0.0/20", node_cidr_mask = 26 }`))
	w.fails(allOf("Error: ", overlaps, `cluster "c"`), "plan")
	w.config(edit(t, pair, "clusters = {", `clusters = {
    c = { vpc = "prod", profile = "ack-flannel", max_nodes = 10 }`))
	w.run("apply", "-auto-approve") // a pre-existing conflict stops no new work
	w.run("destroy", "-auto-approve")
}

func TestAccBadValuesOfTheProviderAreRefused(t *testing.T) {
	t.Parallel()
	for argument, texts := range map[string][]string{
		`conflicts = "warning"`: {
			"Value Not Allowed",
			`conflicts = "warning"`,
			`"warning" is not one of warn, error.`,
			`Did you mean "warn"?`,
		},
		`conflicts = "off"`: {"Value Not Allowed", `conflicts = "off"`, `"off" is not one of warn, error.`},
		`today = "30.6.2027"`: {
			"Invalid Value",
			`today = "30.6.2027"`,
			`"30.6.2027" is neither a day such as 2026-11-22 nor a timestamp.`,
		},
		`today = "2027-02-30"`:       {"Invalid Value", `today = "2027-02-30"`, "is neither a day"},
		`today = "2027-06-30 12:00"`: {"Invalid Value", "is neither a day"},
	} {
		t.Run(argument, func(t *testing.T) {
			t.Parallel()
			w := newWorkspace(t, edit(t, neighbours, ofProvider, argument))
			for _, verb := range []string{"validate", "plan"} {
				w.fails(allOf(texts...), verb)
			}
		})
	}
}

// crowded are n clusters, each in a VPC of its own on one hub, with what stands for the placeholders.
func crowded(n int, service, more string) string {
	return fmt.Sprintf(`
resource "cidrplan_allocator" "k8s" {
  name      = "k8s"
  supernets = ["10.64.0.0/10"]
  hubs      = { cen = { kind = "cen" } }
  sites     = { idc = { cidr_blocks = ["172.31.0.0/24"], hubs = ["cen"] } }
  vpcs = merge({ for i in range(%[1]d) : "v${i}" => { platform = "alicloud", cidr_blocks = ["172.16.${i}.0/24"], hubs = ["cen"] } }, {
    core = { platform = "alicloud", cidr_blocks = ["172.17.0.0/24"], hubs = ["cen"], %[3]s }
  })
  clusters = { for i in range(%[1]d) : format("c%%02d", i) => {
    vpc = %[4]s, profile = "ack-flannel", pod_cidrs = ["10.64.${i}.0/24"], service_cidr = %[2]s, node_cidr_mask = 26
  } }
  #allocator
}
`, n, service, more, map[bool]string{true: `"core"`, false: `"v${i}"`}[more != ""])
}

// One cause is one message, and the line that it offers accepts all of it.
func TestAccOneCauseIsOneMessage(t *testing.T) {
	t.Parallel()
	for name, c := range map[string]struct{ config, severity, reported string }{
		"one route over ten clusters": {
			crowded(10, `"172.20.${i}.0/24"`, `routes = { vpn = { destination = "10.64.0.0/20", next_hop = "vpn" } }`), "error",
			`Route "vpn" to 10.64.0.0/20 of VPC "core" shares addresses with 10 others:`},
		"27 clusters on one default": {
			crowded(27, `"172.21.0.0/20"`, ""),
			"warning",
			"27 clusters have the range 172.21.0.0/20; all these networks are attached to hub \"cen\":",
		},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			w := newWorkspace(t, c.config)
			reported := titled(w.reports(), overlaps)
			if len(reported) != 1 || reported[0].Severity != c.severity || !strings.Contains(reported[0].Detail, c.reported) {
				t.Fatalf("want one %s with %s, reported %s", c.severity, c.reported, reported)
			}
			if lines := regexp.MustCompile(`(?m)^  .* of cluster "c\d\d" \(clusters`).FindAllString(reported[0].Detail, -1); len(
				lines,
			) < 10 {
				t.Errorf("not all clusters are named: %s", reported[0].Detail)
			}
			out, _ := w.exec("plan")
			w.config(edit(t, c.config, ofAllocator, offered(t, out)))
			w.wantNoReports()
		})
	}
}

// A report does not depend on what is planned at once, nor on the run.
func TestAccTheReportIsTheSameInEveryRun(t *testing.T) {
	t.Parallel()
	const networks = `
resource "cidrplan_hub" "all" {
  for_each = toset(["cen", "tr"])
  name     = each.key
}
resource "cidrplan_site" "all" {
  for_each    = { for i in range(6) : "s${i}" => "10.${64 + i}.0.0/20" }
  name        = each.key
  cidr_blocks = [each.value]
  hubs        = [cidrplan_hub.all["cen"].name]
}
resource "cidrplan_vpc" "all" {
  for_each    = { for i in range(12) : "v${i}" => "172.16.${i % 7}.0/24" }
  name        = each.key
  platform    = "alicloud"
  cidr_blocks = [each.value]
  hubs        = [cidrplan_hub.all["cen"].name, cidrplan_hub.all["tr"].name]
  routes      = { vpn = { destination = "10.66.16.0/20", next_hop = "vpn" } }
}
resource "cidrplan_cluster" "all" {
  for_each     = { for i in range(24) : "c${i}" => i }
  name         = each.key
  vpc          = "v${each.value % 12}"
  profile      = "ack-flannel"
  pod_cidrs    = ["10.${64 + each.value % 8}.0.0/19"]
  service_cidr = "172.21.0.0/20"
}
resource "cidrplan_allocator" "k8s" {
  name      = "k8s"
  supernets = ["10.64.0.0/10"]
  hubs      = cidrplan_hub.all
  sites     = cidrplan_site.all
  vpcs      = cidrplan_vpc.all
  clusters  = cidrplan_cluster.all
}
`
	w := newWorkspace(t, networks)
	var first []string
	for range 3 {
		for _, parallelism := range parallelisms {
			var report []string
			for _, d := range w.reports(parallelism) {
				if d.Address == allocator {
					report = append(report, d.String())
				}
			}
			switch {
			case first == nil && len(report) < 5:
				t.Fatalf("only %d messages: %s", len(report), report)
			case first == nil:
				first = report
			case !slices.Equal(report, first):
				t.Fatalf("%s: reported\n%s\nand before\n%s", parallelism, strings.Join(report, "\n"), strings.Join(first, "\n"))
			}
		}
	}
}
