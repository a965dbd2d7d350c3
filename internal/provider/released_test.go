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

// rests is what a cluster shows in released; more than the Pod and the Service range is not looked at.
type rests struct {
	cluster, pods, services string
	order                   int
}

// resting adds to a step that in plan and state exactly these ranges rest, by their keys.
func resting(step resource.TestStep, all map[string]rests) resource.TestStep {
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
		for attribute, want := range map[string]any{"cluster": r.cluster, "order": r.order, "pod_cidrs": []string{r.pods}, "service_cidr": r.services} {
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
	nextHolds = map[string]string{"next.pod_cidr": "10.64.64.0/19", "next.service_cidr": "172.20.8.0/22"}
	shopRests = rests{"shop", "10.64.0.0/19", "172.20.0.0/22", 1}
)

// What a cluster gave up is nobody's until it comes back.
func TestAccReleasedRangesRest(t *testing.T) {
	t.Parallel()
	larger := edit(t, shop, "max_nodes = 100", "max_nodes = 200")
	largerHolds := map[string]string{"shop.pod_cidr": "10.64.128.0/18", "shop.service_cidr": "172.20.12.0/22"}
	acceptance(
		t,
		resting(holding(network(shop+data)+built("shop", "data"), bothHold), nil),
		untouched(
			resting(holding(network(next+data)+built("next", "data"), merged(dataHolds, nextHolds)), map[string]rests{"shop": shopRests}),
			"data",
		),
		untouched(
			resting(holding(network(shop+data+next)+built("shop", "data", "next"), merged(bothHold, nextHolds)), nil), "data", "next",
		),
		resting(
			holding(network(next)+built("next"), nextHolds),
			map[string]rests{"shop": shopRests, "data": {"data", "10.64.32.0/21", "172.20.4.0/24", 1}},
		),
		// What it asks for now does not fit what it had.
		untouched(
			resting(
				holding(network(next+data+larger)+built("shop", "data", "next"), merged(dataHolds, nextHolds, largerHolds)),
				map[string]rests{"shop": shopRests},
			),
			"next",
		),
		untouched(resting(holding(network(next+data)+built("data", "next"), merged(dataHolds, nextHolds)), map[string]rests{
			"shop": shopRests, "shop~2": {"shop", "10.64.128.0/18", "172.20.12.0/22", 2},
		}), "next", "data"),
		// It gave up the larger ones last.
		untouched(
			resting(
				holding(network(next+data+shop)+built("shop", "data", "next"), merged(dataHolds, nextHolds, largerHolds)),
				map[string]rests{"shop": shopRests},
			),
			"next",
			"data",
		),
	)
}

// A platform's ranges and a profile of another platform are not given back.
func TestAccReleasedRangesOfAnotherProfileKeepResting(t *testing.T) {
	t.Parallel()
	other := edit(t, shop, "ack-flannel", "kubernetes-routed")
	acceptance(
		t,
		holding(network(shop), shopHolds),
		resting(holding(network(``), nil), map[string]rests{"shop": shopRests}),
		resting(
			holding(network(other), map[string]string{"shop.pod_cidr": "10.64.64.0/18", "shop.service_cidr": "172.20.4.0/22"}),
			map[string]rests{"shop": shopRests},
		),
	)
}

func TestAccPinsOnReleasedRangesAreRefused(t *testing.T) {
	t.Parallel()
	on := func(pods, services string) string {
		return `taker = { vpc = "prod", profile = "ack-flannel", pod_cidrs = ["` + pods + `"], service_cidr = "` + services + `" }` + "\n"
	}
	const apart, way = "10.64.128.0/20", `If nothing uses the range any more: add "shop" to reclaim`
	rest := map[string]rests{"shop": shopRests}
	takerHolds := map[string]string{"taker.pod_cidr": "10.64.0.0/20", "taker.service_cidr": "172.20.128.0/22"}
	acceptance(
		t,
		holding(network(shop+data), bothHold),
		resting(holding(network(data), dataHolds), rest),
		refused(
			network(data+on("10.64.0.0/20", "172.20.128.0/22")), overlaps,
			`Pod range 10.64.0.0/20 of cluster "taker" and released range 10.64.0.0/19 of cluster "shop"`, way,
		),
		refused(network(data+on(apart, "172.20.2.0/24")), overlaps, `released range 172.20.0.0/22 of cluster "shop"`, way),
		resting(holding(network(data+on("10.64.0.0/20", "172.20.128.0/22"), `reclaim = ["shop"]`), merged(dataHolds, takerHolds)), nil),
		// What is taken is not given back; the entry may go.
		resting(
			holding(
				network(data+shop+on("10.64.0.0/20", "172.20.128.0/22")),
				merged(dataHolds, takerHolds, map[string]string{"shop.pod_cidr": "10.64.64.0/19"}),
			),
			nil,
		),
	)
}

// A cluster pinned to what it gave up gets it back, and so does one that takes the pin of another.
func TestAccPinsOnOwnReleasedRanges(t *testing.T) {
	t.Parallel()
	pinned := `shop = { vpc = "prod", profile = "ack-flannel", pod_cidrs = ["10.64.0.0/19"], service_cidr = "172.20.0.0/22" }` + "\n"
	elsewhere := `shop = { vpc = "prod", profile = "ack-flannel", pod_cidrs = ["10.64.128.0/19"], service_cidr = "172.20.128.0/22" }` + "\n"
	acceptance(
		t,
		holding(network(shop+data), bothHold),
		resting(holding(network(data), dataHolds), map[string]rests{"shop": shopRests}),
		resting(holding(network(data+pinned), bothHold), nil),
		resting(holding(network(data), dataHolds), map[string]rests{"shop": shopRests}),
		resting(
			holding(network(data+elsewhere), merged(dataHolds, map[string]string{"shop.pod_cidr": "10.64.128.0/19"})),
			map[string]rests{"shop": shopRests},
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

func TestAccEverythingReclaimedOldestFirst(t *testing.T) {
	t.Parallel()
	const all = `reclaim = ["*"]`
	at := func(cluster, pods string) map[string]string { return map[string]string{cluster + ".pod_cidr": pods} }
	a, b := rests{"a", "10.64.0.0/22", "172.20.0.0/22", 2}, rests{"b", "10.64.4.0/22", "172.20.4.0/22", 1}
	acceptance(
		t,
		holding(tight("abc", ""), at("c", "10.64.8.0/22")),
		resting(holding(tight("ac", ""), nil), map[string]rests{"b": b}),
		resting(holding(tight("c", ""), nil), map[string]rests{"b": b, "a": a}),
		resting(holding(tight("cd", all), at("d", "10.64.12.0/22")), map[string]rests{"b": b, "a": a}), // what is free goes first
		refused(
			tight("cde", ""), "No Free Range", "free:    nothing", `Pod range 10.64.8.0/22 of cluster "c"`,
			`released range 10.64.0.0/22 of cluster "a"`, `released range 10.64.4.0/22 of cluster "b"`,
		),
		resting(
			holding(tight("cde", all), at("e", "10.64.4.0/22")),
			map[string]rests{"a": a},
		), // b rested longest
		refused(
			tight("deg", `reclaim = ["*"]`+"\n"+`reserved = { late = { cidr = "10.64.0.0/22" } }`),
			"No Free Range",
		), // what rests is reserved now, and c is released by this plan
		resting(
			holding(tight("deg", all), at("g", "10.64.0.0/22")),
			map[string]rests{"c": {"c", "10.64.8.0/22", "172.20.8.0/22", 1}},
		), // not what this plan releases
		resting(holding(tight("degc", all), at("c", "10.64.8.0/22")), nil),
	)
}
