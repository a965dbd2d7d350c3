package provider_test

import (
	"strings"
	"testing"
)

// A cluster moves when it is reported to, and only then.
func TestAccRenumberActsOncePerToken(t *testing.T) {
	t.Parallel()
	with := func(clusters, more string) string { return network(clusters, more) + built("shop", "data") }
	moved := map[string]string{"shop.pod_cidr": "10.64.64.0/19", "shop.service_cidr": "172.20.8.0/22", "shop.ack.pod_cidr": "10.64.64.0/19"}
	again := map[string]string{"shop.pod_cidr": "10.64.96.0/19", "shop.service_cidr": "172.20.12.0/22"}
	released := map[string]release{"shop": shopReleased}
	both := merged(released, map[string]release{"shop~2": {"shop", "10.64.64.0/19", "172.20.8.0/22", 2}})
	larger := edit(t, shop, "max_nodes = 100", "max_nodes = 200")
	acceptance(
		t,
		holding(with(shop+data, ""), bothHold),
		untouched(releasing(holding(with(shop+data, `renumber = { shop = "monday" }`), merged(dataHolds, moved)), released), "data"),
		untouched(releasing(holding(with(shop+data, ""), merged(dataHolds, moved)), released), "data", "shop"),
		// A token that was taken out has been forgotten: the same one is another one then.
		untouched(releasing(holding(with(shop+data, `renumber = { shop = "tuesday" }`), merged(dataHolds, again)), both), "data"),
		untouched(
			releasing(holding(with(shop+data, `renumber = { shop = "tuesday" }`+"\n"+`reclaim = ["shop"]`), merged(dataHolds, again)), nil),
			"data", "shop",
		),
		refused(with(larger+data, `renumber = { shop = "tuesday" }`), "Held Range Is Too Small", "renumber"),
		untouched(
			holding(
				with(larger+data, `renumber = { shop = "wednesday" }`),
				merged(dataHolds, map[string]string{"shop.pod_cidr": "10.64.128.0/18"}),
			),
			"data",
		),
		refused(with(larger+data, `renumber = { shp = "wednesday" }`), "Undeclared Name", `"shp"`, `Did you mean "shop"?`),
		refused(with(larger+data, `renumber = { shop = "" }`), "Missing Value", `renumber["shop"]`),
		untouched(
			holding(with(larger+data, `renumber = { shop = "wednesday" }`), map[string]string{"shop.pod_cidr": "10.64.128.0/18"}), "data",
			"shop",
		),
	)
}

// With a pin elsewhere the cluster moves to the pin; without a token the pin is refused.
func TestAccRenumberMovesToPins(t *testing.T) {
	t.Parallel()
	pinned := `shop = { vpc = "prod", profile = "ack-flannel", pod_cidrs = ["10.64.128.0/18"], service_cidr = "172.20.16.0/20", ` +
		`node_cidr_mask = 25 }` + "\n"
	there := map[string]string{
		"shop.pod_cidr":         "10.64.128.0/18",
		"shop.service_cidr":     "172.20.16.0/20",
		"shop.ack.service_cidr": "172.20.16.0/20",
	}
	acceptance(
		t,
		holding(network(shop), shopHolds),
		refused(network(pinned), "Held Value Would Change", `"shop" holds pod_cidrs = 10.64.0.0/19`),
		releasing(holding(network(pinned, `renumber = { shop = "1" }`), there), map[string]release{"shop": shopReleased}),
		releasing(holding(network(pinned), there), map[string]release{"shop": shopReleased}),
		refused(
			network(
				shop, `renumber = { shop = "1" }`,
				`existing = { shop = { pod_cidrs = ["10.64.192.0/18"], service_cidr = "172.20.16.0/20", node_cidr_mask = 25 } }`,
			),
			"Argument Not Accepted",
			`existing["shop"]`,
			`Remove existing["shop"]`,
		),
		// Another profile is another cluster of the cloud.
		refused(network(edit(t, pinned, "ack-flannel", "kubernetes-routed")), "Held Value Would Change", "profile"),
		holding(
			network(
				edit(t, pinned, "ack-flannel", "kubernetes-routed", "10.64.128.0/18", "10.64.192.0/18", "172.20.16.0/20", "172.20.32.0/20"),
				`renumber = { shop = "2" }`,
			),
			map[string]string{"shop.pod_cidr": "10.64.192.0/18", "shop.kubernetes.service_subnet": "172.20.32.0/20"},
		),
	)
}

// The plan shows what moves, and the warning names the arguments of the cloud resource.
func TestAccRenumberSaysWhatMoves(t *testing.T) {
	t.Parallel()
	w := newWorkspace(t, network(shop+data))
	w.run("apply", "-auto-approve")
	w.config(network(shop+data, `renumber = { shop = "monday" }`))
	out := w.run("plan", "-out=plan")
	for _, change := range []string{`"10.64.0.0/19" -> "10.64.64.0/19"`, `"172.20.0.0/22" -> "172.20.8.0/22"`} {
		if !strings.Contains(out, change) {
			t.Errorf("the plan does not show %s:\n%s", change, out)
		}
	}
	if reported := w.reports(); len(reported) != 1 ||
		!allOf(
			"Cluster Is Renumbered", "before: Pods 10.64.0.0/19, Services 172.20.0.0/22", "now: Pods 10.64.64.0/19, Services 172.20.8.0/22",
			"The previous ranges are released", "ack.pod_cidr: Terraform replaces the cluster",
			"ack.service_cidr: Terraform replaces the cluster", "-replace=alicloud_cs_managed_kubernetes.<name>",
		).MatchString(reported[0].String()) {
		t.Errorf("the plan reports %s", reported)
	}
	w.run("apply", "plan")
	w.wantNoReports("plan", "-detailed-exitcode")
	w.config(network(shop+data, `renumber = { shop = terraform_data.unknown.output }`) + `
resource "terraform_data" "unknown" {
  input = "token"
}`)
	w.fails(allOf("Argument Not Accepted", "the plan cannot show which clusters get other ranges"), "plan")
}
