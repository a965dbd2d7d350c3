package provider

import (
	"strings"
	"testing"
)

// Claims that a planner of the same configuration holds are not called those of another workspace; all others are.
func TestClaimsOfPlannersOfOneConfiguration(t *testing.T) {
	claim := func(allocator, kind string) map[string]any {
		return map[string]any{
			"foreign_claims": map[string]any{
				"x": map[string]any{"owner": "s", "kind": kind, "cidr": "10.64.0.0/16", "allocator": allocator},
			},
		}
	}
	pinned := map[string]any{
		"shop": map[string]any{
			"vpc":          "main",
			"profile":      "ack-flannel",
			"pod_cidrs":    []string{"10.64.0.0/20"},
			"service_cidr": "172.20.0.0/20",
		},
	}
	for name, test := range map[string]struct {
		allocator string
		elsewhere bool
	}{
		"a cidrplan_blocks of the configuration": {"blocks/s", false},
		"one of another workspace":               {"blocks/t", true},
		"the name of the allocator itself":       {"k8s", true},
	} {
		t.Run(name, func(t *testing.T) {
			run := newRun(t)
			run.plan("cidrplan_blocks", argumentsOf("cidrplan_blocks", "s", nil), nil, nil)
			arguments := argumentsOf("cidrplan_allocator", "k8s", claim(test.allocator, "block"))
			arguments["clusters"] = pinned
			answered := run.plan("cidrplan_allocator", arguments, nil, nil)
			if len(answered.errors) != 1 {
				t.Fatalf("want one conflict, got %v", answered.errors)
			}
			detail := answered.errors[0].Detail
			if strings.Contains(detail, "another workspace") != test.elsewhere ||
				!strings.Contains(detail, `of cidrplan_blocks "`) && test.allocator != "k8s" {
				t.Errorf("got\n%s", detail)
			}
		})
	}
	run := newRun(t)
	run.plan("cidrplan_blocks", argumentsOf("cidrplan_blocks", "s", nil), nil, nil)
	for allocator, want := range map[string]int{"blocks/s": 0, "blocks/t": 1} {
		arguments := argumentsOf("cidrplan_allocator", "k8s-"+allocator[len(allocator)-1:], claim(allocator, "supernet"))
		if got := strings.Count(
			strings.Join(run.plan("cidrplan_allocator", arguments, nil, nil).warnings, "\n"),
			"supernet_overlaps_foreign_supernet (warn)",
		); got != want {
			t.Errorf("a supernet of %s: %d warnings, want %d", allocator, got, want)
		}
	}
}
