package provider_test

import (
	"strings"
	"testing"
)

// An allocator and a cidrplan_blocks on one supernet, and two allocators with a cluster of one name in one VPC, allocate the
// same addresses: that is refused, and each way to resolve it works.
func TestAccTwoPlannersOnOneSupernet(t *testing.T) {
	t.Parallel()
	const lb = `
resource "cidrplan_blocks" "lb" {
  name      = "lb"
  supernets = ["10.64.0.0/10"]
  blocks    = { slb = { prefix_length = 16 } }
}
`
	k8s := func(supernet, more string) string {
		return strings.Replace(inPlace("k8s", "172.16.0.0/24", supernet), "  hubs  ", "  "+more+"\n  hubs  ", 1)
	}
	w := newWorkspace(t, lb+k8s("10.64.0.0/10", ""))
	for _, parallelism := range parallelisms[:2] {
		reported := w.outside(parallelism)
		if len(reported) != 1 || reported[0].Severity != "error" ||
			!isAbout(reported[0].Summary, "Two Resources Allocate the Same Addresses") ||
			!allOf(
				`Pod range 10.64.0.0/21 of cluster "k8s", of cidrplan_allocator "k8s", and block "slb" (10.64.0.0/16), of `+
					`cidrplan_blocks "lb", share 10.64.0.0/21`,
				`in cidrplan_allocator "k8s", set supernets = ["10.64.0.0/16"]`,
				"pod_overlaps_foreign_block|10.64.0.0/21|k8s+slb@blocks/lb",
			).MatchString(reported[0].Detail) {
			t.Errorf("%s: reported %s", parallelism, reported)
		}
	}
	for name, config := range map[string]string{
		"delegated": k8s("10.64.0.0/16", ""),
		"avoided":   k8s("10.64.0.0/10", "foreign_claims = provider::cidrplan::claims(cidrplan_blocks.lb)"),
		"reserved":  k8s("10.64.0.0/10", `reserved = { slb = { cidr = cidrplan_blocks.lb.cidrs["slb"] } }`),
		"accepted": k8s(
			"10.64.0.0/10",
			`accepted_conflicts = { "pod_overlaps_foreign_block|10.64.0.0/21|k8s+slb@blocks/lb" = { reason = "never meet" } }`,
		),
	} {
		w.config(strictly + lb + config)
		for _, d := range w.reports() {
			if !strings.Contains(d.Summary, "No Prior Allocations") {
				t.Errorf("%s: reported %s", name, d)
			}
		}
	}
	w.config(
		lb + strings.Replace(
			k8s("10.64.0.0/10", "foreign_claims = provider::cidrplan::claims(cidrplan_blocks.lb)"), "max_nodes = 20",
			`pod_cidrs = ["10.64.0.0/20"]`, 1,
		),
	)
	if out := w.fails(allOf(overlaps, `block 10.64.0.0/16 "slb" of cidrplan_blocks "lb" share 10.64.0.0/20`), "plan"); strings.Contains(
		out,
		"another workspace",
	) {
		t.Errorf("a cidrplan_blocks of this configuration is called another workspace: %s", out)
	}

	shop := func(team string) string {
		return edit(
			t, inPlace(team, "172.16.0.0/24", "10.64.0.0/12"), "vpcs              = { "+team, "vpcs              = { main",
			"clusters          = { "+team+` = { vpc = "`+team, `clusters          = { shop = { vpc = "main`,
		)
	}
	w.config(shop("team-a") + shop("team-b"))
	w.fails(
		allOf(
			outsideOfAny, `of cluster "shop", of cidrplan_allocator "team-a", and Pod range`,
			`of cluster "shop", of cidrplan_allocator "team-b"`,
		),
		"plan",
	)
	w.config(strictly + shop("team-a") + edit(t, shop("team-b"), "10.64.0.0/12", "10.80.0.0/12", "172.20.0.0/16", "172.22.0.0/16"))
	w.wantNoConflicts()
}
