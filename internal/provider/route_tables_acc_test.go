package provider_test

import (
	"slices"
	"strings"
	"testing"
)

// tables is the network whose VPC has further routes.
func tables(routes, clusters string) string {
	return strings.Replace(network(clusters), `routes      = {`, `routes      = {`+routes, 1)
}

// A route table that is read from the cloud has the routes to the nodes in it. They are given as they
// are: no conflict with the cluster, in no number twice, and kept from everybody else.
func TestAccAWholeRouteTableIsGiven(t *testing.T) {
	t.Parallel()
	const (
		vpn   = `vpn = { destination = "10.20.0.0/16", next_hop = "vpn" },`
		nodes = vpn + `node-a = { destination = "10.64.0.0/26", next_hop = "instance" }, node-b = { destination = "10.64.0.64/26", ` +
			`next_hop = "instance" },`
		more  = nodes + `node-c = { destination = "10.64.32.0/27", next_hop = "instance" },`
		stale = `old = { destination = "10.64.64.0/26", next_hop = "instance" },`
	)
	large := `next = { vpc = "prod", profile = "ack-flannel", max_nodes = 200 }` + "\n"
	acceptance(
		t,
		holding(tables(vpn, shop), shopHolds),
		holding(tables(nodes, shop), shopHolds),
		holding(tables(nodes, shop+data), bothHold),
		holding(tables(more, shop+data), bothHold),
		// The cluster is gone, and its routes still stand; then it comes back.
		releasing(holding(tables(more, shop), shopHolds), map[string]release{"data": {"data", "10.64.32.0/21", "172.20.4.0/24", 1}}),
		releasing(holding(tables(more, shop+data), bothHold), nil),
		// Routes to instances that belong to no cluster are those of another owner.
		holding(tables(more+stale, shop+data+large), merged(bothHold, map[string]string{"next.pod_cidr": "10.64.128.0/18"})),
		refused(tables(edit(t, more, `"10.64.0.64/26", next_hop = "instance"`, `"10.64.0.64/26", next_hop = "vpn"`), shop+data),
			overlaps, `Pod range 10.64.0.0/19 of cluster "shop" and route "node-b" to 10.64.0.64/26 of VPC "prod"`),
		refused(
			tables(edit(t, more, "10.64.0.64/26", "10.64.0.0/18"), shop+data), overlaps,
			`Route "node-b" to 10.64.0.0/18 of VPC "prod" shares addresses with 2 others`,
		),
	)
}

// A next hop that is known after apply may be a node, and the apply finds out.
func TestAccARouteOfUnknownNextHopWaits(t *testing.T) {
	t.Parallel()
	unknown := func(hop string) string {
		return tables(`node-a = { destination = "10.64.0.0/26", next_hop = terraform_data.hop.output },`, shop) + `
resource "terraform_data" "hop" {
  input = "` + hop + `"
}`
	}
	acceptance(t,
		holding(tables(``, shop), shopHolds),
		step{Config: header + unknown("instance")},
		holding(unknown("instance"), shopHolds),
		step{Config: header + unknown("vpn"), ExpectError: allOf(overlaps, `route "node-a" to 10.64.0.0/26`)},
	)
}

// The quota counts nodes by max_nodes, and their routes not once more.
func TestAccNodesAreCountedOnce(t *testing.T) {
	t.Parallel()
	quota := func(n, route string) string {
		return edit(t, tables(route, shop), `platform    = "alicloud"`, `platform    = "alicloud"`+"\n"+`  route_quota = `+n)
	}
	const node = `node-a = { destination = "10.64.0.0/26", next_hop = "instance" },`
	w := newWorkspace(t, quota("101", ``)) // with the default route
	w.run("apply", "-auto-approve")
	w.config(quota("101", node))
	if reported := ofRoutes(w.reports()); len(reported) > 0 {
		t.Errorf("a node is counted twice: %s", reported)
	}
	w.config(quota("101", node+`more = { destination = "10.30.0.0/16", next_hop = "instance" },`))
	if reported := ofRoutes(w.reports()); len(reported) != 1 ||
		!allOf(`100 (nodes of "shop") + 2 (declared routes)`).MatchString(reported[0].String()) {
		t.Errorf("a route of others is reported %s", reported)
	}
}

// ofRoutes are the messages on route tables that are too small.
func ofRoutes(all []diagnostic) []diagnostic {
	return slices.DeleteFunc(all, func(d diagnostic) bool { return !strings.Contains(d.Summary, "more than its route table holds") })
}
