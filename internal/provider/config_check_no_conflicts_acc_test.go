package provider_test

import (
	"strings"
	"testing"
)

// wholeConfiguration is one without conflicts: an allocator that receives a declared VPC and cluster, one that declares
// both itself, and a VPC that no allocator receives. All of them reach each other.
var wholeConfiguration = strictly + farVPC(`routes = { vpn = { destination = "10.0.0.0/16", next_hop = "vpn" } }`) +
	pinnedCluster("a", "172.16.0.0/24", "10.192.0.0/20") + takes("a") + inPlace("b", "172.16.1.0/24", "10.64.0.0/16")

// withoutReceiver is wholeConfiguration without the allocator that receives declarations.
var withoutReceiver = strings.Replace(wholeConfiguration, takes("a"), "", 1)

// wantNoConflicts plans one resource after the other, and wants no conflict of the whole configuration. That none depends on the order
// of resources, and that many register at once, TestConfigCheckAgreesWithAllPairs and its neighbour show for all conflicts.
func (w *workspace) wantNoConflicts(args ...string) {
	w.t.Helper()
	w.wantNoConflictsIn(append([]string{"plan", "-parallelism=1"}, args...)...)
}

// applyWithoutConflicts applies with as many resources at once as there may be.
func (w *workspace) applyWithoutConflicts() {
	w.t.Helper()
	w.wantNoConflictsIn("apply", "-auto-approve", "-parallelism=100")
}

func (w *workspace) wantNoConflictsIn(args ...string) {
	w.t.Helper()
	out := w.run(args...)
	for _, summary := range outside {
		if strings.Contains(out, summary) {
			w.t.Errorf("%q: reported %s", args, out)
		}
	}
}

func newWhole(t *testing.T, config string) *workspace {
	t.Helper()
	t.Parallel()
	w := newWorkspace(t, config)
	w.applyWithoutConflicts()
	w.wantNoConflicts("-detailed-exitcode")
	return w
}

// A resource that is planned twice, or made anew, is no conflict with itself.
func TestAccReplacementsAreNoConflicts(t *testing.T) {
	w := newWhole(t, wholeConfiguration)
	w.wantNoConflicts("-replace=cidrplan_vpc.a", "-replace=cidrplan_cluster.a", "-replace=cidrplan_vpc.far", "-replace=cidrplan_hub.cen")
	w.run("apply", "-auto-approve", "-replace=cidrplan_vpc.a", "-replace=cidrplan_cluster.a")
	for _, address := range []string{"cidrplan_vpc.a", "cidrplan_cluster.a", "cidrplan_vpc.far"} {
		w.run("taint", address)
	}
	w.applyWithoutConflicts()
	w.config(strings.ReplaceAll(
		wholeConfiguration, "pod_cidrs    =", "lifecycle {\n    create_before_destroy = true\n  }\n  pod_cidrs    =",
	))
	w.wantNoConflicts("-replace=cidrplan_cluster.a")
	w.run("apply", "-auto-approve", "-replace=cidrplan_cluster.a")
	w.wantNoConflicts("-detailed-exitcode")
}

// What is removed claims nothing any more: what comes instead may have its ranges.
func TestAccWhatIsRemovedIsNoConflict(t *testing.T) {
	w := newWhole(t, withoutReceiver)
	w.config(
		edit(
			t, withoutReceiver, `"cidrplan_vpc" "a"`, `"cidrplan_vpc" "c"`, `name        = "a"`, `name        = "c"`,
			`"cidrplan_cluster" "a"`,
			`"cidrplan_cluster" "c"`, `name         = "a"`, `name         = "c"`, `vpc          = "a"`, `vpc          = "c"`,
		),
	)
	w.applyWithoutConflicts()
	w.config(strictly)
	w.wantNoConflicts()
	w.run("plan", "-destroy")
	w.config(wholeConfiguration)
	w.run("destroy", "-auto-approve")
	w.wantNoConflicts()
}

// Neither is another name for the same, nor another address.
func TestAccOtherNamesAndAddressesAreNoConflicts(t *testing.T) {
	w := newWhole(t, wholeConfiguration)
	renamed := edit(
		t, wholeConfiguration, `name         = "a"`, "name         = \"z\"\n  previous_names = [\"a\"]", `name        = "a"`,
		"name        = \"y\"\n  previous_names = [\"a\"]", `vpc          = "a"`, `vpc          = "y"`, "{ a = cidrplan_vpc.a }",
		"{ y = cidrplan_vpc.a }", "{ a = cidrplan_cluster.a }", "{ z = cidrplan_cluster.a }",
	)
	w.config(renamed)
	w.applyWithoutConflicts()
	moved := strings.ReplaceAll(
		strings.ReplaceAll(renamed, "cidrplan_cluster.a", "cidrplan_cluster.m"), `"cidrplan_cluster" "a"`, `"cidrplan_cluster" "m"`,
	)
	w.config(moved) // without a moved block one is destroyed and one created
	w.wantNoConflicts()
	w.config(moved + "moved {\n  from = cidrplan_cluster.a\n  to   = cidrplan_cluster.m\n}\n")
	w.applyWithoutConflicts()
	w.wantNoConflicts("-detailed-exitcode")
}

func TestAccPartialPlansAreNoConflicts(t *testing.T) {
	w := newWhole(t, withoutReceiver)
	w.config(edit(t, withoutReceiver, "172.16.0.0/24", "172.16.2.0/24", "10.192.0.0/20", "10.193.0.0/20", "10.0.0.0/16", "10.192.0.0/20"))
	w.wantNoConflicts("-target=cidrplan_vpc.far")
	w.wantNoConflicts("-target=cidrplan_cluster.a", "-target=cidrplan_vpc.far")
	w.wantNoConflicts("-refresh-only")
	w.wantNoConflicts("-refresh=false")
	w.run("apply", "-auto-approve", "-target=cidrplan_vpc.far", "-target=cidrplan_vpc.a", "-target=cidrplan_cluster.a")
	w.run("apply", "-refresh-only", "-auto-approve")
	w.wantNoConflicts()
	w.run("plan", "-out=plan") // an apply plans what changes again, in another process, and not the hub
	w.run("apply", "plan")
	w.wantNoConflicts("-detailed-exitcode")
}

// In an apply only what changes is planned again: what is missing then must not be guessed.
func TestAccAppliesDoNotGuessWhatTheyDoNotPlan(t *testing.T) {
	t.Parallel()
	const ccn = `
resource "cidrplan_hub" "ccn" {
  name = "ccn"
  kind = "ccn"
}
resource "cidrplan_vpc" "x" {
  name        = "x"
  platform    = "tencentcloud"
  cidr_blocks = ["10.200.0.0/16"]
  subnets     = { a = "10.200.0.0/24" }
  hubs        = ["ccn"]
  description = "one"
}
resource "cidrplan_vpc" "y" {
  name        = "y"
  platform    = "tencentcloud"
  cidr_blocks = ["10.200.0.0/16"]
  subnets     = { a = "10.200.1.0/24" }
  hubs        = ["ccn"]
  description = "one"
}
`
	w := newWorkspace(t, strictly+ccn)
	w.applyWithoutConflicts()
	w.config(strictly + strings.ReplaceAll(ccn, `"10.200.`, `"10.201.`))
	w.applyWithoutConflicts()
	w.config(strictly + strings.ReplaceAll(ccn, `10.200.1.0/24`, `10.200.0.128/25`))
	w.fails(allOf(outsideOfAny, `Subnet "a" (10.200.0.0/24) of VPC "x"`), "plan")
}

// Modules may refer to one network by name or give it by value, each in its own allocator, and have networks of their own.
func TestAccModulesAreNoConflicts(t *testing.T) {
	t.Parallel()
	w := newWorkspace(t, strictly+`
module "region" {
  source   = "./region"
  for_each = { east = 0, west = 1 }
  name     = each.key
  index    = each.value
}
resource "cidrplan_hub" "cen" {
  name = "cen"
}
resource "cidrplan_site" "idc" {
  name        = "idc"
  cidr_blocks = ["10.0.0.0/12"]
  hubs        = [cidrplan_hub.cen.name]
}
`)
	w.file("region/main.tf", header+`
variable "name" { type = string }
variable "index" { type = number }
resource "cidrplan_vpc" "main" {
  name        = var.name
  platform    = "alicloud"
  cidr_blocks = [cidrsubnet("172.16.0.0/16", 8, var.index)]
  hubs        = ["cen"]
}
resource "cidrplan_allocator" "k8s" {
  name              = var.name
  supernets         = [cidrsubnet("10.64.0.0/12", 4, var.index)]
  service_supernets = [cidrsubnet("172.20.0.0/16", 4, var.index)]
  reserved          = { others = { cidr = cidrsubnet("10.64.0.0/12", 4, 1 - var.index % 2) } }
  hubs              = { cen = {} }
  vpcs              = { (var.name) = cidrplan_vpc.main }
  sites             = { idc = { cidr_blocks = ["10.0.0.0/12"] } }
  clusters          = { (var.name) = { vpc = var.name, profile = "ack-flannel", max_nodes = 20 } }
}
`)
	w.modules()
	w.applyWithoutConflicts()
	w.wantNoConflicts("-detailed-exitcode")
	w.run("destroy", "-auto-approve")
}

// Each alias is configured by itself and has a configuration-wide check of its own.
func TestAccAliasesAreApart(t *testing.T) {
	t.Parallel()
	two := inPlace("a", "172.16.0.0/24", "10.64.0.0/16") + inPlace("b", "172.16.1.0/24", "10.64.0.0/16")
	w := newInstalled(t, strictly+"provider \"cidrplan\" {\n  alias             = \"lab\"\n  unwired_conflicts = \"error\"\n}\n"+
		strings.Replace(two, `name              = "b"`, "provider          = cidrplan.lab\n"+`  name              = "b"`, 1))
	w.wantNoConflicts()
	w.config(
		strictly + "provider \"cidrplan\" {\n  alias             = \"lab\"\n}\n" + strings.ReplaceAll(
			two, "  name ", "  provider = cidrplan.lab\n  name ",
		),
	)
	w.fails(allOf(outsideOfAny), "plan")
}

// Tests of a configuration plan it time and again, with other values.
func TestAccTestsOfConfigurationsAreNoConflicts(t *testing.T) {
	t.Parallel()
	w := newInstalled(t, strictly+`
variable "name" { default = "a" }
`+strings.ReplaceAll(inPlace("a", "172.16.0.0/24", "10.64.0.0/16"), `name              = "a"`, `name              = var.name`))
	w.file("tests/all.tftest.hcl", `
run "first" {}
run "other" {
  command = plan
  variables { name = "other" }
}
run "renamed" {
  variables { name = "renamed" }
}
run "again" {}
`)
	if out := w.run("test"); !strings.Contains(out, "4 passed, 0 failed") || strings.Contains(out, outside[0]) {
		t.Error(out)
	}
}

// What is recovered after the state was lost was there before, whatever is set.
func TestAccRecoveriesAreNoConflicts(t *testing.T) {
	t.Parallel()
	old := unwired["a route against a cluster elsewhere"].config
	w := newWorkspace(t, old)
	w.run("apply", "-auto-approve")
	lock, _ := w.answerOf("lock", "cidrplan_allocator.a").(string)
	w = newWorkspace(t, strictly+old+`
import {
  to = cidrplan_vpc.far
  id = "far"
}
import {
  to = cidrplan_allocator.a
  id = file("lock.json")
}
`)
	w.file("lock.json", lock)
	for _, parallelism := range parallelisms {
		if reported := w.outside(parallelism); len(reported) != 1 || reported[0].Severity != "warning" {
			t.Errorf("%s: reported %s", parallelism, reported)
		}
	}
	w.run("apply", "-auto-approve")
	w.run("plan", "-detailed-exitcode")
}
