package provider_test

import (
	"path/filepath"
	"strings"
	"testing"

	"github.com/hashicorp/terraform-plugin-testing/knownvalue"
	"github.com/hashicorp/terraform-plugin-testing/plancheck"
	"github.com/hashicorp/terraform-plugin-testing/statecheck"
	"github.com/hashicorp/terraform-plugin-testing/tfjsonpath"
)

// withEveryArgument applies a file of testdata/arguments, whose arguments no other test needs, and applies it again with other labels,
// descriptions, names of the cloud and ends of acceptances: what is held stays.
func withEveryArgument(t *testing.T, file string, holds map[string]any, blocks map[string]string) {
	t.Helper()
	config := read(t, filepath.Join("testdata", "arguments", file))
	edited := strings.NewReplacer(
		`"the lab"`, `"the laboratory"`, `team = "`, `team = "new-`, `"lab-1"`, `"lab-2"`, "2026-12-31", "2027-12-31",
	).Replace(config)
	if edited == config {
		t.Fatal("nothing is edited")
	}
	first, second := showing(config, holds), showing(edited, holds)
	for name, cidr := range blocks {
		at, want := tfjsonpath.New("cidrs").AtMapKey(name), knownvalue.StringExact(cidr)
		first.ConfigPlanChecks.PreApply = append(
			first.ConfigPlanChecks.PreApply, plancheck.ExpectKnownValue("cidrplan_blocks.pools", at, want),
		)
		second.ConfigStateChecks = append(second.ConfigStateChecks, statecheck.ExpectKnownValue("cidrplan_blocks.pools", at, want))
	}
	acceptance(t, first, second)
}

// Arguments of an allocator and of the objects in it.
func TestAccEveryArgumentOfAnAllocator(t *testing.T) {
	t.Parallel()
	withEveryArgument(t, "allocator.tf", map[string]any{
		"lab.pod_cidrs": []string{"10.64.0.0/21"}, "lab.pod_ipv6_cidr": "fd00:10::/63", "lab.node_ipv6_cidr_mask": 66,
		"lab.service_cidr": "10.96.0.0/24", "lab.service_ipv6_cidr": "fd00:96::/112",
		"far.pod_cidrs": []string{"10.72.0.0/21", "10.72.8.0/21"}, "far.further_pod_ipv6_cidrs": []string{"fd00:72:1::/60"},
		"far.further_service_cidrs": []string{"10.97.1.0/24"}, "far.further_service_ipv6_cidrs": []string{"fd00:97:1::/112"},
	}, nil)
}

// Arguments of declarations and of blocks.
func TestAccEveryArgumentOfDeclarations(t *testing.T) {
	t.Parallel()
	withEveryArgument(t, "declarations.tf", map[string]any{
		"lab.pod_cidr": "10.64.0.0/20", "lab.pod_aggregate": "10.64.0.0/18", "lab.node_cidr_mask": 25, "lab.service_cidr": "10.96.0.0/24",
		"mirror.pod_cidr": "10.64.0.0/20", "mirror.service_cidr": "10.96.0.0/24",
		"pinned.pod_cidrs": []string{"10.72.0.0/21"}, "pinned.further_pod_ipv6_cidrs": []string{"fd00:72:1::/60"},
		"pinned.further_service_cidrs": []string{"10.97.1.0/24"}, "pinned.node_ipv6_cidr_mask": 66,
		"aks.pod_cidr": "10.64.64.0/21", "aks.aks.dns_service_ip": "172.20.0.53",
	}, map[string]string{"four": "10.80.0.0/24", "six": "fd00:80::/64"})
}
