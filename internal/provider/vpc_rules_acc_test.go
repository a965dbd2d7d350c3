package provider_test

import (
	"fmt"
	"maps"
	"slices"
	"strings"
	"testing"
)

// vpcRule is a value that breaks a rule of its platform, and its neighbour that does not. Both are
// lines of a VPC, which say all of it but its name.
type vpcRule struct {
	platform, broken, kept string
	// at is the place of the value, says is of the rule.
	at, says string
	warns    bool
}

// blocksOf writes the argument cidr_blocks with these blocks.
func blocksOf(list ...string) string { return fmt.Sprintf("cidr_blocks = [%s]", quoted(list)) }

func quoted(list []string) string { return `"` + strings.Join(list, `", "`) + `"` }

// secondaries are a block and so many others beside it.
func secondaries(n int) string {
	list := []string{"10.0.0.0/24"}
	for i := range n {
		list = append(list, fmt.Sprintf("11.0.%d.0/24", i))
	}
	return blocksOf(list...)
}

func inVPC(block, more string) string { return blocksOf(block) + "\n" + more }

// declared declares every VPC on its own, wired gives all of them to an allocator by value.
func declared(lines func(vpcRule) string) string {
	var out strings.Builder
	for _, name := range slices.Sorted(maps.Keys(vpcRules)) {
		fmt.Fprintf(
			&out, "resource \"cidrplan_vpc\" %q {\nname = %q\nplatform = %q\n%s\n}\n", name, name, vpcRules[name].platform,
			lines(vpcRules[name]),
		)
	}
	return out.String()
}

func wired(lines func(vpcRule) string) string {
	out := "resource \"cidrplan_allocator\" \"k8s\" {\nname = \"k8s\"\nsupernets = [\"10.64.0.0/16\"]\nclusters = {}\nvpcs = {\n"
	for _, name := range slices.Sorted(maps.Keys(vpcRules)) {
		out += fmt.Sprintf("%s = {\nplatform = %q\n%s\n}\n", name, vpcRules[name].platform, lines(vpcRules[name]))
	}
	return out + "}\n}"
}

func broken(r vpcRule) string { return r.broken }
func kept(r vpcRule) string   { return r.kept }

// Each rule of a platform for VPCs is reported once, on its attribute and with its source, and the neighbouring value is not; both
// of VPCs declared alone and of those given by value, of which those that break one rule share a message.
func TestAccVPCRules(t *testing.T) {
	t.Parallel()
	for name, test := range map[string]struct {
		config func(func(vpcRule) string) string
		// reports says whether a diagnostic is about a place of a VPC; Terraform shows the line of the first attribute or element
		// on the way, or of one of several VPCs.
		reports func(d diagnostic, vpc, at string) bool
	}{
		"declared": {declared, func(d diagnostic, vpc, at string) bool {
			attribute, _, _ := strings.Cut(at, "[")
			return d.Address == "cidrplan_vpc."+vpc && points(d, attribute+" = ") && strings.Contains(d.Detail, at)
		}},
		"by value": {wired, func(d diagnostic, vpc, at string) bool {
			return d.Address == allocator && strings.Contains(d.Detail, fmt.Sprintf("vpcs[%q].%s", vpc, at))
		}},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			w := newWorkspace(t, test.config(broken))
			all := w.reports()
			for vpc, rule := range vpcRules {
				about := slices.DeleteFunc(slices.Clone(all), func(d diagnostic) bool {
					return !test.reports(d, vpc, rule.at) || (d.Severity == "warning") != rule.warns ||
						!strings.Contains(d.Detail, rule.says) || !strings.Contains(d.Detail, "Source: ")
				})
				if len(about) != 1 {
					t.Errorf("%s: %q is reported %d times at %s", vpc, rule.says, len(about), rule.at)
				}
			}
			if name == "declared" && len(all) != len(vpcRules) {
				t.Errorf("%d diagnostics of %d broken rules: %s", len(all), len(vpcRules), all)
			}
			w.config(test.config(kept))
			for _, d := range w.reports() {
				t.Errorf("a neighbour is reported:\n%s", d)
			}
		})
	}
}

// A rule that a declared VPC breaks is reported by its declaration alone, which its accepted_conflicts resolve; afterwards it only
// warns, whichever resource declares the VPC.
func TestAccADeclaredVPCThatBreaksARuleIsAccepted(t *testing.T) {
	t.Parallel()
	config := func(accepted, more string) string {
		return fmt.Sprintf(`
resource "cidrplan_vpc" "prod" {
  name               = "prod"
  platform           = "alicloud"
  cidr_blocks        = ["10.0.0.0/29"]
  accepted_conflicts = { %s }
}

resource "cidrplan_allocator" "k8s" {
  name      = "k8s"
  supernets = ["10.64.0.0/16"]
  clusters  = {}
  vpcs      = { prod = cidrplan_vpc.prod }
}
%s`, accepted, more)
	}
	const key = `"vpc_prefix_out_of_range|10.0.0.0/29|prod" = { reason = "it exists" }`
	w := newWorkspace(t, config("", ""))
	found := w.reports()
	if len(found) != 1 || found[0].Address != "cidrplan_vpc.prod" || found[0].Severity != "error" ||
		!strings.Contains(found[0].Detail, `accepted_conflicts = { "vpc_prefix_out_of_range|10.0.0.0/29|prod" = `) {
		t.Errorf("got %s, want one error of the VPC", found)
	}
	w.config(config(key, ""))
	if found := w.reports(); len(found) != 0 {
		t.Errorf("an accepted conflict is reported: %s", found)
	}
	w.run("apply", "-auto-approve")
	w.config(config("", ""))
	if found := w.reports(); len(found) != 1 || found[0].Address != "cidrplan_vpc.prod" || found[0].Severity != "warning" {
		t.Errorf("got %s, want one warning of the VPC", found)
	}
}

// Auxiliary blocks that no peering connection passes are reported of the VPC that has them, whichever
// side declares the peering.
func TestAccSecondaryBlocksOfPeers(t *testing.T) {
	t.Parallel()
	w := newWorkspace(t, "")
	for _, test := range []struct {
		peers, platform string
		warnings        int
	}{{`["one"]`, "tencentcloud", 1}, {`[]`, "tencentcloud", 0}, {`["one"]`, "generic", 0}} {
		w.config(`
resource "cidrplan_allocator" "k8s" {
  name      = "k8s"
  supernets = ["10.64.0.0/16"]
  clusters  = {}
  vpcs = {
    one = { platform = "` + test.platform + `", cidr_blocks = ["10.0.0.0/16", "10.1.0.0/16"] }
    two = { platform = "tencentcloud", cidr_blocks = ["10.2.0.0/16"], peers = ` + test.peers + ` }
  }
}`)
		reported := slices.Compact(w.reports()) // validation and plan both warn
		if len(reported) != test.warnings ||
			test.warnings > 0 &&
				(reported[0].Severity != "warning" || !points(reported[0], "one = {") || !strings.Contains(
					reported[0].Detail,
					"Auxiliary blocks of a VPC pass through a CCN only",
				)) {
			t.Errorf("peers %s of %s: want %d warnings, got %s", test.peers, test.platform, test.warnings, reported)
		}
	}
}
