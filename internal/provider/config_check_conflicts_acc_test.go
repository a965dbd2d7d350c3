package provider_test

import (
	"regexp"
	"strings"
	"testing"
)

// outsideOfAny is a part of the summaries of findings that no allocator reports.
const outsideOfAny = "Outside of Any Allocator"

var outside = []string{outsideOfAny, "Two Networks Have the Same Name", "Two Resources Allocate the Same Addresses", betweenBlocks}

// strictly makes errors of all that only the whole configuration shows.
const strictly = "provider \"cidrplan\" {\n  unwired_conflicts = \"error\"\n}\n"

// unwired are configurations in which no allocator is given both parties of a conflict. Each is reported
// with the texts, whichever party is planned last.
var unwired = map[string]struct {
	config string
	// allocated says that both parties are given to allocators, so that it is an error.
	allocated bool
	texts     []string
}{
	"two pinned clusters": {
		pinnedCluster("a", "172.16.0.0/24", "10.64.0.0/20") + pinnedCluster("b", "172.16.1.0/24", "10.64.8.0/21"),
		false,
		[]string{
			`Pod range`,
			`of cluster "a"`,
			`of cluster "b"`,
			`share 10.64.8.0/21`,
			`attached to hub "cen"`,
			`in cidrplan_cluster "a", set pod_cidrs[0] to addresses outside of 10.64.8.0/21`,
			`pod_cidrs[0] of cidrplan_cluster "a"`,
			`pod_cidrs[0] of cidrplan_cluster "b"`,
		},
	},
	"two pinned clusters of two allocators": {
		pinnedCluster("a", "172.16.0.0/24", "10.64.0.0/20") + pinnedCluster("b", "172.16.1.0/24", "10.64.8.0/21") + takes("a") + takes("b"),
		true,
		[]string{`of cluster "a"`, `of cluster "b"`, `share 10.64.8.0/21`},
	},
	"two allocators that allocate one range": {
		inPlace("a", "172.16.0.0/24", "10.64.0.0/16") + inPlace("b", "172.16.1.0/24", "10.64.0.0/16"),
		true,
		[]string{
			`Pod range 10.64.0.0/21 of cluster "a", of cidrplan_allocator "a"`,
			`Pod range 10.64.0.0/21 of cluster "b", of cidrplan_allocator "b"`,
		},
	},
	"a route against a cluster elsewhere": {
		farVPC(`routes = { vpn = { destination = "10.64.0.0/18", next_hop = "vpn" } }`) + inPlace("a", "172.16.0.0/24", "10.64.0.0/16"),
		false,
		[]string{
			`Pod range 10.64.0.0/21 of cluster "a", of cidrplan_allocator "a", and route "vpn" to 10.64.0.0/18 of VPC "far", of ` +
				`cidrplan_vpc "far"`,
			`in cidrplan_vpc "far", set routes["vpn"].summary = true`,
		},
	},
	"a block against a cluster elsewhere": {inPlace("a", "172.16.0.0/24", "172.30.0.0/16") + farVPC(), false,
		[]string{`Pod range 172.30.0.0/21 of cluster "a"`, `block 172.30.0.0/16 of VPC "far"`}},
	"a site against a cluster elsewhere": {inPlace("a", "172.16.0.0/24", "10.64.0.0/16") + `resource "cidrplan_site" "idc" {
  name        = "idc"
  cidr_blocks = ["10.64.0.0/12"]
  hubs        = ["cen"]
}`, false, []string{`Pod range 10.64.0.0/21 of cluster "a"`, `block 10.64.0.0/12 of site "idc", of cidrplan_site "idc"`}},
	"a VPC and another one of its name in an allocator": {
		farVPC() + edit2(
			inPlace("b", "172.16.1.0/24", "10.65.0.0/16"), "{ b = { platform",
			"{ far = { cidr_blocks = [\"172.31.0.0/16\"] }, b = { platform",
		),
		false,
		[]string{
			`VPC "far" with 172.3`,
			`cidrplan_vpc "far"`,
			"have the same name and different blocks",
			"rename one of them: in cidrplan_",
		},
	},
	"two VPCs of one name in two allocators": {
		inPlace(
			"a", "172.16.0.0/24", "10.64.0.0/16",
		) + edit2(
			inPlace("b", "172.16.1.0/24", "10.65.0.0/16"), "{ b = { platform",
			"{ a = { cidr_blocks = [\"172.17.0.0/16\"] }, b = { platform",
		),
		false,
		[]string{`VPC "a" with 172.16.0.0/24, of cidrplan_allocator "a"`, `VPC "a" with 172.17.0.0/16, of cidrplan_allocator "b"`},
	},
	"blocks of one supernet": {blocksOfOne("a") + blocksOfOne("b"), true,
		[]string{
			`Block "main" (10.0.0.0/16), of cidrplan_blocks "a", and block "main" (10.0.0.0/16), of cidrplan_blocks "b", share 10.0.0.0/16`,
			`in cidrplan_blocks "b", set supernets = ["10.0.0.0/16"]`,
			`blocks["main"] of cidrplan_blocks "b"`,
		}},
	"a network that joins two others": {pinnedClusters + `
resource "cidrplan_site" "hq" {
  name        = "hq"
  cidr_blocks = ["172.18.0.0/16"]
  peers       = ["p", "q"]
  depends_on  = [cidrplan_vpc.p, cidrplan_vpc.q, cidrplan_cluster.p, cidrplan_cluster.q]
}`, false, []string{`of cluster "p"`, `of cluster "q"`, `"hq" is connected to both`}},
}

func edit2(config, from, to string) string { return strings.Replace(config, from, to, 1) }

// outside plans and returns the findings that only the whole configuration shows.
func (w *workspace) outside(args ...string) []diagnostic {
	w.t.Helper()
	return titled(w.reports(args...), outside...)
}

var parallelisms = []string{"-parallelism=1", "-parallelism=100"}

// placed is the place that a message begins with where its text does not have it.
var placed = regexp.MustCompile(`^\S+: `)

// Each conflict is reported once, with both parties and options; by default as an error only where both parties are with allocators.
// That the order of resources changes nothing, TestConfigCheckReportsTheSameErrorsAtOnceAndInTurn and its neighbour show: here the two
// settings are planned with one resource and with many at a time.
func TestAccConflictsThatNoAllocatorKnows(t *testing.T) {
	t.Parallel()
	for name, c := range unwired {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			text := "" // apart from its place, the same whichever party is planned last
			for i, parallelism := range parallelisms {
				strict := i == 1
				w := newWorkspace(t, map[bool]string{true: strictly}[strict]+c.config)
				matches, all := 0, w.outside(parallelism)
				for _, d := range all {
					if !allOf(c.texts...).MatchString(d.Detail) {
						continue
					}
					if again := !strict && c.allocated && d.Severity == "warning"; again {
						continue // the declarations reported it before the allocators came
					}
					matches++
					if reported := placed.ReplaceAllString(d.Detail, ""); text != "" && reported != text {
						t.Errorf("%s: reported\n%s\nand before\n%s", parallelism, reported, text)
					} else {
						text = reported
					}
					if fails := d.Severity == "error"; fails != (strict || c.allocated) {
						t.Errorf("%s, strict %t: the severity is wrong: %s", parallelism, strict, d)
					}
				}
				if matches != 1 {
					t.Errorf("%s, strict %t: reported %d times, want once among %s", parallelism, strict, matches, all)
				}
			}
		})
	}
}

// What an allocator has both parties of is its own business: it reports them, and nobody else does.
func TestAccConflictsThatAnAllocatorKnowsAreItsOwn(t *testing.T) {
	t.Parallel()
	for name, config := range map[string]string{
		"in place": strings.Replace(
			inPlace("a", "172.16.0.0/24", "10.64.0.0/16"),
			"hubs              =",
			`sites             = { idc = { cidr_blocks = ["172.16.0.0/12"], hubs = ["cen"] } }`+"\n  hubs              =",
			1,
		),
		"allocated ranges and declarations": farVPC(`routes = { vpn = { destination = "10.64.0.0/18", next_hop = "vpn" } }`) +
			edit2(inPlace("a", "172.16.0.0/24", "10.64.0.0/16"), "vpcs              = {", "vpcs              = { far = cidrplan_vpc.far,"),
	} {
		t.Run(name, func(t *testing.T) {
			w := newWorkspace(t, strictly+config)
			for _, parallelism := range parallelisms {
				reported := w.reports(parallelism)
				if len(titled(reported, overlaps, "Allocator Has No Prior Allocations")) == 0 || len(titled(reported, outside...)) > 0 {
					t.Errorf("%s: reported %s", parallelism, reported)
				}
			}
		})
	}
}

// A pair that was there before stops nothing, whatever is set: neither edits nor a destroy.
func TestAccPreExistingConflictsOfTheConfigurationStopNothing(t *testing.T) {
	t.Parallel()
	two := inPlace("a", "172.16.0.0/24", "10.64.0.0/16") + inPlace("b", "172.16.1.0/24", "10.64.0.0/16")
	apart := strings.Replace(two, `hubs = ["cen"]`, "", 1)
	w := newWorkspace(t, apart)
	w.run("apply", "-auto-approve")
	w.config(two) // they meet only now
	w.fails(allOf(outsideOfAny, "share 10.64.0.0/21"), "plan")

	old := farVPC(`routes = { vpn = { destination = "10.64.0.0/18", next_hop = "vpn" } }`) + inPlace("a", "172.16.0.0/24", "10.64.0.0/16")
	w = newWorkspace(t, old)
	w.run("apply", "-auto-approve")
	w.config(strictly + edit2(old, "max_nodes = 20", "max_nodes = 21"))
	for _, parallelism := range parallelisms {
		reported := w.outside(parallelism)
		if len(reported) != 1 || reported[0].Severity != "warning" || !strings.Contains(reported[0].Detail, "existed before this change") {
			t.Errorf("%s: reported %s", parallelism, reported)
		}
	}
	w.run("apply", "-auto-approve")
	w.config(strictly + edit2(old, "10.64.0.0/18", "10.64.0.0/17"))
	w.fails(allOf(outsideOfAny, "10.64.0.0/17"), "plan")
	w.config(strictly + old)
	w.run("destroy", "-auto-approve")
}

func TestAccUnwiredConflictsHasTwoValues(t *testing.T) {
	t.Parallel()
	w := newWorkspace(t, "provider \"cidrplan\" {\n  unwired_conflicts = \"errors\"\n}\n"+farVPC())
	w.fails(allOf("Value Not Allowed", `"errors" is not one of warn, error.`, `Did you mean "error"?`), "plan")
	w.fails(allOf("Value Not Allowed"), "validate")
	w.config(
		"provider \"cidrplan\" {\n  unwired_conflicts = terraform_data.later.output\n}\nresource \"terraform_data\" \"later\" {\n  " +
			"input = \"error\"\n}\n" + unwired["two pinned clusters"].config,
	)
	if reported := w.outside(); len(reported) != 2 || reported[0].Severity != "warning" {
		t.Errorf("an unknown value: reported %s", reported)
	}
}

// The allocator that has one of the parties can accept the conflict, and has nothing to say of
// that by itself.
func TestAccAnAllocatorAcceptsAConflictOfTheWholeConfiguration(t *testing.T) {
	t.Parallel()
	config := unwired["a route against a cluster elsewhere"].config
	newWorkspace(t, strictly+edit(t, config, `max_nodes = 20 } }`, `max_nodes = 20 } }
  accepted_conflicts = { "pod_overlaps_peer_route|10.64.0.0/18|a+far:vpn" = { reason = "the link is cut" } }`)).wantNoReports()
}
