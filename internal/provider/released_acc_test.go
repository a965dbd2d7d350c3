package provider_test

import (
	"testing"

	"github.com/hashicorp/terraform-plugin-testing/helper/resource"
	"github.com/hashicorp/terraform-plugin-testing/plancheck"
	"github.com/hashicorp/terraform-plugin-testing/statecheck"
	"github.com/hashicorp/terraform-plugin-testing/tfjsonpath"
)

// built stand for the cloud's clusters: each is rebuilt when anything of its allocation changes.
func built(clusters ...string) string {
	out := ""
	for _, cluster := range clusters {
		out += `
resource "terraform_data" "` + cluster + `" {
  triggers_replace = cidrplan_allocator.k8s.allocations["` + cluster + `"]
}`
	}
	return out
}

// release is what a cluster shows in released; more than the Pod and the Service range is not looked at.
type release struct {
	cluster, pods, services string
	order                   int
}

// releasing adds to a step that exactly these ranges are released in plan and state, by their keys.
func releasing(step resource.TestStep, all map[string]release) resource.TestStep {
	check := func(at tfjsonpath.Path, want any) {
		step.ConfigPlanChecks.PreApply = append(step.ConfigPlanChecks.PreApply, plancheck.ExpectKnownValue(allocator, at, exactly(want)))
		step.ConfigStateChecks = append(step.ConfigStateChecks, statecheck.ExpectKnownValue(allocator, at, exactly(want)))
	}
	released := tfjsonpath.New("released")
	if len(all) == 0 {
		check(released, nil)
	}
	var keys []string
	for key, r := range all {
		keys = append(keys, key)
		for attribute, want := range map[string]any{
			"cluster":      r.cluster,
			"order":        r.order,
			"pod_cidrs":    []string{r.pods},
			"service_cidr": r.services,
		} {
			check(released.AtMapKey(key).AtMapKey(attribute), want)
		}
	}
	if len(keys) > 0 {
		step.ConfigPlanChecks.PreApply = append(step.ConfigPlanChecks.PreApply, onlyKeys{"released", keys})
	}
	return step
}

// untouched adds to a step that these clusters of the cloud are not rebuilt.
func untouched(step resource.TestStep, clusters ...string) resource.TestStep {
	for _, cluster := range clusters {
		step.ConfigPlanChecks.PreApply = append(step.ConfigPlanChecks.PreApply,
			plancheck.ExpectResourceAction("terraform_data."+cluster, plancheck.ResourceActionNoop))
	}
	return step
}

const next = `next = { vpc = "prod", profile = "ack-flannel", max_nodes = 100 }` + "\n"

var (
	nextHolds    = map[string]string{"next.pod_cidr": "10.64.64.0/19", "next.service_cidr": "172.20.8.0/22"}
	shopReleased = release{"shop", "10.64.0.0/19", "172.20.0.0/22", 1}
)

// A released range of a cluster is not used until the cluster comes back.
func TestAccReleasedRangesStayReserved(t *testing.T) {
	t.Parallel()
	larger := edit(t, shop, "max_nodes = 100", "max_nodes = 200")
	largerHolds := map[string]string{"shop.pod_cidr": "10.64.128.0/18", "shop.service_cidr": "172.20.12.0/22"}
	acceptance(
		t,
		releasing(holding(network(shop+data)+built("shop", "data"), bothHold), nil),
		untouched(
			releasing(
				holding(network(next+data)+built("next", "data"), merged(dataHolds, nextHolds)),
				map[string]release{"shop": shopReleased},
			),
			"data",
		),
		untouched(
			releasing(holding(network(shop+data+next)+built("shop", "data", "next"), merged(bothHold, nextHolds)), nil), "data", "next",
		),
		releasing(
			holding(network(next)+built("next"), nextHolds),
			map[string]release{"shop": shopReleased, "data": {"data", "10.64.32.0/21", "172.20.4.0/24", 1}},
		),
		// What it asks for now does not fit what it had.
		untouched(
			releasing(
				holding(network(next+data+larger)+built("shop", "data", "next"), merged(dataHolds, nextHolds, largerHolds)),
				map[string]release{"shop": shopReleased},
			),
			"next",
		),
		untouched(releasing(holding(network(next+data)+built("data", "next"), merged(dataHolds, nextHolds)), map[string]release{
			"shop": shopReleased, "shop~2": {"shop", "10.64.128.0/18", "172.20.12.0/22", 2},
		}), "next", "data"),
		// It released the larger ones last.
		untouched(
			releasing(
				holding(network(next+data+shop)+built("shop", "data", "next"), merged(dataHolds, nextHolds, largerHolds)),
				map[string]release{"shop": shopReleased},
			),
			"next",
			"data",
		),
	)
}

// A platform's ranges and a profile of another platform are not given back.
func TestAccReleasedRangesOfAnotherProfileStayReserved(t *testing.T) {
	t.Parallel()
	other := edit(t, shop, "ack-flannel", "kubernetes-routed")
	acceptance(
		t,
		holding(network(shop), shopHolds),
		releasing(holding(network(``), nil), map[string]release{"shop": shopReleased}),
		releasing(
			holding(network(other), map[string]string{"shop.pod_cidr": "10.64.64.0/18", "shop.service_cidr": "172.20.4.0/22"}),
			map[string]release{"shop": shopReleased},
		),
	)
}

func TestAccPinsOnReleasedRangesAreRefused(t *testing.T) {
	t.Parallel()
	on := func(pods, services string) string {
		return `taker = { vpc = "prod", profile = "ack-flannel", pod_cidrs = ["` + pods + `"], service_cidr = "` + services + `" }` + "\n"
	}
	const apart, way = "10.64.128.0/20", `If nothing uses the range any more: add "shop" to reclaim`
	released := map[string]release{"shop": shopReleased}
	takerHolds := map[string]string{"taker.pod_cidr": "10.64.0.0/20", "taker.service_cidr": "172.20.128.0/22"}
	acceptance(
		t,
		holding(network(shop+data), bothHold),
		releasing(holding(network(data), dataHolds), released),
		refused(
			network(data+on("10.64.0.0/20", "172.20.128.0/22")), overlaps,
			`Pod range 10.64.0.0/20 of cluster "taker" and released range 10.64.0.0/19 of cluster "shop"`, way,
		),
		refused(network(data+on(apart, "172.20.2.0/24")), overlaps, `released range 172.20.0.0/22 of cluster "shop"`, way),
		releasing(holding(network(data+on("10.64.0.0/20", "172.20.128.0/22"), `reclaim = ["shop"]`), merged(dataHolds, takerHolds)), nil),
		// What is taken is not given back; the entry may go.
		releasing(
			holding(
				network(data+shop+on("10.64.0.0/20", "172.20.128.0/22")),
				merged(dataHolds, takerHolds, map[string]string{"shop.pod_cidr": "10.64.64.0/19"}),
			),
			nil,
		),
	)
}

// A cluster that pins its released range gets it back, and so does one that pins a range of another.
func TestAccPinsOnOwnReleasedRanges(t *testing.T) {
	t.Parallel()
	pinned := `shop = { vpc = "prod", profile = "ack-flannel", pod_cidrs = ["10.64.0.0/19"], service_cidr = "172.20.0.0/22" }` + "\n"
	elsewhere := `shop = { vpc = "prod", profile = "ack-flannel", pod_cidrs = ["10.64.128.0/19"], service_cidr = "172.20.128.0/22" }` + "\n"
	acceptance(
		t,
		holding(network(shop+data), bothHold),
		releasing(holding(network(data), dataHolds), map[string]release{"shop": shopReleased}),
		releasing(holding(network(data+pinned), bothHold), nil),
		releasing(holding(network(data), dataHolds), map[string]release{"shop": shopReleased}),
		releasing(
			holding(network(data+elsewhere), merged(dataHolds, map[string]string{"shop.pod_cidr": "10.64.128.0/19"})),
			map[string]release{"shop": shopReleased},
		),
	)
}

// tight is an allocator whose supernets hold four clusters.
func tight(clusters string, more string) string {
	out := `
resource "cidrplan_allocator" "k8s" {
  name              = "k8s"
  supernets         = ["10.64.0.0/20"]
  service_supernets = ["172.20.0.0/20"]
  vpcs              = { prod = { cidr_blocks = ["192.168.0.0/16"] } }
  clusters          = {`
	for _, name := range clusters {
		out += string(name) + ` = { vpc = "prod", profile = "kubernetes-routed", pod_prefix_length = 22 }` + "\n"
	}
	return out + "}\n" + more + "\n}"
}

func TestAccEverythingIsReclaimedOldestFirst(t *testing.T) {
	t.Parallel()
	const all = `reclaim = ["*"]`
	at := func(cluster, pods string) map[string]string { return map[string]string{cluster + ".pod_cidr": pods} }
	a, b := release{"a", "10.64.0.0/22", "172.20.0.0/22", 2}, release{"b", "10.64.4.0/22", "172.20.4.0/22", 1}
	acceptance(
		t,
		holding(tight("abc", ""), at("c", "10.64.8.0/22")),
		releasing(holding(tight("ac", ""), nil), map[string]release{"b": b}),
		releasing(holding(tight("c", ""), nil), map[string]release{"b": b, "a": a}),
		releasing(holding(tight("cd", all), at("d", "10.64.12.0/22")), map[string]release{"b": b, "a": a}), // what is free goes first
		refused(
			tight("cde", ""), "No Free Range", "free:    nothing", `Pod range 10.64.8.0/22 of cluster "c"`,
			`released range 10.64.0.0/22 of cluster "a"`, `released range 10.64.4.0/22 of cluster "b"`,
		),
		releasing(
			holding(tight("cde", all), at("e", "10.64.4.0/22")),
			map[string]release{"a": a},
		), // b was released first
		refused(
			tight("deg", `reclaim = ["*"]`+"\n"+`reserved = { extra = { cidr = "10.64.0.0/22" } }`),
			"No Free Range",
		), // what is released is reserved now, and c is released by this plan
		releasing(
			holding(tight("deg", all), at("g", "10.64.0.0/22")),
			map[string]release{"c": {"c", "10.64.8.0/22", "172.20.8.0/22", 1}},
		), // not what this plan releases
		releasing(holding(tight("degc", all), at("c", "10.64.8.0/22")), nil),
	)
}
