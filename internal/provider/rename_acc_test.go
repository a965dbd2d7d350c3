package provider_test

import "testing"

// What a cluster holds goes with it to its new name, and nothing that takes it changes.
func TestAccPreviousNamesCarryOver(t *testing.T) {
	t.Parallel()
	// What a cluster of the cloud takes; its address is renamed as its own moved block says.
	with := func(clusters, name, more string) string {
		return network(clusters, more) + `
resource "terraform_data" "cluster" {
  triggers_replace = cidrplan_allocator.k8s.allocations["` + name + `"]
}` + built("data")
	}
	cluster := func(step step) step { return untouched(step, "cluster", "data") }
	under := func(name string) map[string]string {
		return map[string]string{name + ".pod_cidr": "10.64.0.0/19", name + ".service_cidr": "172.20.0.0/22"}
	}
	store := edit(t, shop, "shop =", "store =", "max_nodes", `previous_names = ["shop"], max_nodes`)
	mart := edit(t, shop, "shop =", "mart =", "max_nodes", `previous_names = ["shop", "store"], max_nodes`)
	plain := edit(t, shop, "shop =", "mart =")
	acceptance(
		t,
		holding(with(shop+data, "shop", ""), bothHold),
		cluster(releasing(holding(with(store+data, "store", ""), merged(dataHolds, under("store"))), nil)),
		cluster(releasing(holding(with(mart+data, "mart", ""), merged(dataHolds, under("mart"))), nil)),
		cluster(releasing(holding(with(plain+data, "mart", ""), merged(dataHolds, under("mart"))), nil)), // the names may go
		refused(
			with(edit(t, store, `"shop"`, `"mart"`)+plain+data, "mart", ""), "Argument Not Accepted", `clusters["store"].previous_names[0]`,
			"a cluster of that name is declared",
		),
		refused(
			with(edit(t, store, `"shop"`, `"mart"`)+edit(t, store, "store", "kiosk", `"shop"`, `"mart"`)+data, "store", ""),
			"Argument Not Accepted", `"mart"`, "also lists it in previous_names",
		),
		// A token that acted under the old name has acted, and a new one acts under the new name.
		cluster(releasing(holding(with(edit(t, store, `"shop"`, `"mart"`)+data, "store", ``), merged(dataHolds, under("store"))), nil)),
	)
}

// A token that acted under the old name does not act again under the new one.
func TestAccRenameAndRenumber(t *testing.T) {
	t.Parallel()
	store := edit(t, shop, "shop =", "store =", "max_nodes", `previous_names = ["shop"], max_nodes`)
	moved := map[string]string{"store.pod_cidr": "10.64.32.0/19", "store.service_cidr": "172.20.4.0/22"}
	acceptance(t,
		holding(network(shop), shopHolds),
		holding(network(shop, `renumber = { shop = "1" }`), map[string]string{"shop.pod_cidr": "10.64.32.0/19"}),
		releasing(holding(network(store, `renumber = { store = "1" }`), moved), map[string]release{"shop": shopReleased}),
		holding(network(store, `renumber = { store = "2" }`), map[string]string{"store.pod_cidr": "10.64.64.0/19"}),
	)
}

// A released name is found by previous_names as well: the rename came one plan after the release.
func TestAccPreviousNamesFindReleasedRanges(t *testing.T) {
	t.Parallel()
	store := edit(t, shop, "shop =", "store =", "max_nodes", `previous_names = ["shop"], max_nodes`)
	held := map[string]string{"store.pod_cidr": "10.64.0.0/19", "store.service_cidr": "172.20.0.0/22"}
	acceptance(t,
		holding(network(shop), shopHolds),
		releasing(holding(network(``), nil), map[string]release{"shop": shopReleased}),
		releasing(holding(network(store), held), nil),
	)
}

// A rename without previous_names loses the ranges, and the warning says how not to.
func TestAccRenameWithoutPreviousNamesWarns(t *testing.T) {
	t.Parallel()
	w := newWorkspace(t, network(shop+data))
	w.run("apply", "-auto-approve")
	store := edit(t, shop, "shop =", "store =")
	for name, test := range map[string]struct {
		clusters string
		texts    []string
	}{
		"one that may be it": {
			store + data,
			[]string{
				"Ranges Released",
				"no longer declared",
				`"shop": Pods 10.64.0.0/19, Services 172.20.0.0/22`,
				`"store" may be the new name of "shop"`,
				`previous_names = ["shop"]`,
			},
		},
		"none": {data, []string{"Ranges Released", `until reclaim names the cluster`}},
	} {
		w.config(network(test.clusters))
		if reported := titled(w.reports(), "Ranges Released"); len(reported) != 1 ||
			!allOf(test.texts...).MatchString(reported[0].String()) {
			t.Errorf("%s: reported %s", name, reported)
		}
	}
	for name, clusters := range map[string]string{
		"two that may be it": store + edit(t, shop, "shop =", "mart =") + data,
		"none":               data,
		"another profile":    edit(t, store, "ack-flannel", "kubernetes-routed") + data,
	} {
		w.config(network(clusters))
		if reported := titled(w.reports(), "Ranges Released"); len(reported) != 1 ||
			allOf(`previous_names = `).MatchString(reported[0].String()) {
			t.Errorf("%s: reported %s", name, reported)
		}
	}
}

// A rename with a profile that is known after apply: the plan shows what is held, and the apply stores it.
func TestAccRenameWithAProfileKnownAfterApply(t *testing.T) {
	t.Parallel()
	store := edit(t, shop, "shop =", "store =", "max_nodes", `previous_names = ["shop"], max_nodes`)
	unknown := network(edit(t, store, `profile = "ack-flannel"`, `profile = terraform_data.unknown.output`)) + `
resource "terraform_data" "unknown" {
  input = "ack-flannel"
}`
	held := map[string]string{"store.pod_cidr": "10.64.0.0/19", "store.service_cidr": "172.20.0.0/22"}
	acceptance(t,
		holding(network(shop), shopHolds),
		holding(unknown, held),
		holding(unknown, held),
	)
}
