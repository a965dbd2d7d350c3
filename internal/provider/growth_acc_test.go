package provider_test

import (
	"fmt"
	"strings"
	"testing"

	"github.com/hashicorp/terraform-plugin-testing/helper/resource"
)

// vault is a cluster that takes further Pod ranges; more is put into it.
func vault(nodes int, more ...string) string {
	return fmt.Sprintf(
		`vault = { vpc = "prod", profile = "cce-vpc-router", max_nodes = %d%s }`, nodes, strings.Join(append([]string{""}, more...), ", "),
	) + "\n"
}

// vaultHolds is what it shows with these Pod ranges; the rest never changes.
func vaultHolds(nodes int, pods ...string) map[string]any {
	return map[string]any{
		"vault.pod_cidr": pods[0], "vault.pod_cidrs": pods, "vault.cce.container_network_cidr": strings.Join(pods, ","),
		"vault.usable.nodes": nodes,
		"vault.service_cidr": "172.20.0.0/22", "vault.cce.service_network_cidr": "172.20.0.0/22", "vault.node_cidr_mask": 25,
		"vault.cce.fix_pool_mask": "25",
	}
}

var grows = []string{"vault.cce.container_network_cidr", "vault.pod_cidrs", "vault.usable.nodes"}

// A cluster that needs more nodes gets a further Pod range behind those that it has.
func TestAccPodRangesGrowWithTheNeed(t *testing.T) {
	t.Parallel()
	other := `other = { vpc = "prod", profile = "cce-vpc-router", max_nodes = 64 }` + "\n"
	otherHolds := map[string]any{"other.pod_cidrs": []string{"10.64.32.0/19"}, "other.service_cidr": "172.20.4.0/22"}
	with := func(clusters string) string { return huawei(clusters) + built("other") }
	once := vaultHolds(80, "10.64.0.0/19", "10.64.64.0/21")
	twice := vaultHolds(144, "10.64.0.0/19", "10.64.64.0/21", "10.64.96.0/19")
	acceptance(t,
		showing(huawei(vault(64)), vaultHolds(64, "10.64.0.0/19")),
		showing(with(vault(64)+other), merged(otherHolds, vaultHolds(64, "10.64.0.0/19"))),
		untouched(editing(with(vault(80)+other), merged(otherHolds, once), grows...), "other"),
		editing(with(vault(10)+other), merged(otherHolds, once)), // what is held stays
		editing(with(vault(70)+other), merged(otherHolds, once)),
		untouched(editing(with(vault(128)+other), merged(otherHolds, twice), grows...), "other"),
		refused(with(vault(128, "node_cidr_mask = 24")+other), "Held Value Would Change", "node_cidr_mask = 25"),
		refused(with(vault(128, "max_services = 2000")+other), "Held Range Is Too Small", "max_services = 2000", "at most 1022"),
		refused(with(vault(1000)+other), "No Free Range", `"vault"`),
		showing(with(vault(128)+other), merged(otherHolds, twice)),
		// All of them rest together and come back together.
		showing(with(other), otherHolds),
		untouched(showing(with(vault(128)+other), merged(otherHolds, twice)), "other"),
	)
}

// The block that is kept free is nobody else's, and further Pod ranges come from it.
func TestAccReservedBlockKeepsRoomForGrowth(t *testing.T) {
	t.Parallel()
	const keeps = "reserve_prefix_length = 17"
	other := `other = { vpc = "prod", profile = "cce-vpc-router", max_nodes = 64 }` + "\n"
	block := map[string]any{"vault.pod_aggregate": "10.64.0.0/17"}
	otherHolds := map[string]any{"other.pod_cidr": "10.64.128.0/19", "other.pod_aggregate": nil}
	grown := vaultHolds(100, "10.64.0.0/19", "10.64.32.0/20", "10.64.48.0/23")
	pin := `pin = { vpc = "prod", profile = "cce-vpc-router", pods_per_node = 125, pod_cidrs = ["10.64.64.0/22"], service_cidr = ` +
		`"172.20.128.0/22" }` + "\n"
	with := func(nodes int, more ...string) string { return huawei(vault(nodes, more...) + other) }
	acceptance(
		t,
		showing(huawei(vault(64, keeps)), merged(block, vaultHolds(64, "10.64.0.0/19"))),
		showing(with(64, keeps), merged(block, otherHolds, vaultHolds(64, "10.64.0.0/19"))),
		editing(with(96, keeps), merged(block, otherHolds, vaultHolds(96, "10.64.0.0/19", "10.64.32.0/20")), grows...),
		editing(with(100, keeps), merged(block, otherHolds, grown), grows...),
		refused(with(100, "reserve_prefix_length = 16"), "Held Value Would Change", `"vault" holds reserve_prefix_length = 17`),
		refused(
			huawei(vault(100, keeps)+other+pin), overlaps,
			`Pod range 10.64.64.0/22 of cluster "pin" and range 10.64.0.0/17 reserved for growth of cluster "vault"`,
		),
		editing(with(100), merged(block, otherHolds, grown)), // the argument may go; the block stays
		refused(
			huawei(vault(100)+other+edit(t, vault(64, "reserve_prefix_length = 20"), "vault", "tiny")), "Arguments Contradict Each Other",
			"reserve_prefix_length",
		),
		refused(
			huawei(vault(100)+edit(t, other, "max_nodes", "reserve_prefix_length = 18, max_nodes")), "Held Value Would Change",
			`"other" holds reserve_prefix_length`,
		),
		// The block is released with the ranges, and comes back with them.
		showing(huawei(other), otherHolds),
		refused(huawei(other+pin), overlaps, `released range 10.64.0.0/17 of cluster "vault"`),
		showing(with(100, keeps), merged(block, otherHolds, grown)),
	)
}

func TestAccGrowthWaitsForUnknownFacts(t *testing.T) {
	t.Parallel()
	with := func(nodes int, cidr string) string {
		return strings.Replace(
			huawei(vault(nodes)), "  vpcs  ", "  reserved = { unknown = { cidr = terraform_data.unknown.output } }\n  vpcs  ", 1,
		) + `
resource "terraform_data" "unknown" {
  input = "` + cidr + `"
}`
	}
	acceptance(
		t,
		showing(huawei(vault(64)), vaultHolds(64, "10.64.0.0/19")),
		resource.TestStep{
			Config: header + with(80, "10.64.32.0/19"),
			ExpectError: allOf(
				"Growth Depends on Facts Known Only After Apply",
				`"vault" needs a further Pod range`,
				`reserved["unknown"].cidr`,
			),
		},
		showing(with(64, "10.64.32.0/19"), vaultHolds(64, "10.64.0.0/19")),
		editing(with(80, "10.64.32.0/19"), vaultHolds(80, "10.64.0.0/19", "10.64.64.0/21"), grows...),
	)
}

// At most 20 ranges; a warning comes before that.
func TestAccGrowthWarnsNearTheEnd(t *testing.T) {
	t.Parallel()
	var pods []string
	for i := range 15 {
		pods = append(pods, fmt.Sprintf("10.65.%d.0/24", i))
	}
	pinned := huawei(
		`vault = { vpc = "prod", profile = "cce-vpc-router", pods_per_node = 61, service_cidr = "10.248.0.0/16", ` +
			`pod_cidrs = ["` + strings.Join(pods, `", "`) + `"] }`,
	)
	needs := func(nodes int) string {
		return huawei(fmt.Sprintf(`vault = { vpc = "prod", profile = "cce-vpc-router", max_nodes = %d }`, nodes))
	}
	w := newWorkspace(t, pinned)
	w.run("apply", "-auto-approve")
	for count := 16; count <= 20; count++ {
		w.config(needs(4 * count))
		if reported := w.applyReports(); len(reported) != 1 ||
			!allOf(
				`Ranges Appended to Cluster "vault"`, fmt.Sprintf(`Cluster "vault" then has %d of the 20 Pod ranges`, count),
				fmt.Sprintf(`clusters["vault"].max_nodes = %d or less`, 4*(count-1)),
			).MatchString(reported[0].String()) {
			t.Errorf("%d ranges: reported %s", count, reported)
		}
		w.recorder.plansNothing(t)
	}
	w.run("plan", "-detailed-exitcode")
	w.config(needs(81))
	w.fails(allOf("Held Range Is Too Small", "max_nodes = 81", "at most 80"), "plan")
}

// What asks for a larger Pod range is known only after apply: so is the range, and the apply extends it.
func TestAccExtensionThatIsKnownAfterApply(t *testing.T) {
	t.Parallel()
	with := func(argument, output, input string) string {
		return fmt.Sprintf(`
resource "cidrplan_allocator" "k8s" {
  name              = "k8s"
  supernets         = ["10.64.0.0/16"]
  service_supernets = ["10.96.0.0/16"]
  vpcs              = { prod = { platform = "azure", cidr_blocks = ["192.168.0.0/20"] } }
  clusters          = { shop = { vpc = "prod", profile = "aks-overlay", %s = %s } }
}
resource "terraform_data" "%s" {
  input = %s
}
`, argument, output, argument, input)
	}
	extended := func(config, pods string, nodes int) resource.TestStep {
		return resource.TestStep{
			Config: header + config,
			ConfigStateChecks: showing(config, map[string]any{
				"shop.pod_cidr": pods, "shop.pod_cidrs": []string{pods}, "shop.aks.pod_cidr": pods, "shop.usable.nodes": nodes,
			}).ConfigStateChecks,
		}
	}
	acceptance(
		t,
		extended(with("max_nodes", "8", "8"), "10.64.0.0/21", 8),
		extended(with("max_nodes", "terraform_data.max_nodes.output", "9"), "10.64.0.0/20", 16),
		extended(with("pod_prefix_length", "terraform_data.pod_prefix_length.output", "19"), "10.64.0.0/19", 32),
		extended(with("pod_cidrs", "[terraform_data.pod_cidrs.output]", `"10.64.0.0/18"`), "10.64.0.0/18", 64),
	)
}
