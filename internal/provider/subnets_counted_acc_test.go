package provider_test

import (
	"fmt"
	"maps"
	"slices"
	"strings"
	"testing"
)

// crowds are all in one configuration. The word VPC stands for the name of each, which the names of
// its clusters begin with.
var crowds = map[string]tenants{
	"nodes-fit": {
		"huaweicloud",
		`n = "192.168.0.0/28"`,
		``,
		[]string{`profile = "cce-overlay", max_nodes = 11, node_subnets = ["n"]`},
		"",
		nil,
	},
	"nodes-short": {
		"huaweicloud",
		`n = "192.168.0.0/28"`,
		``,
		[]string{`profile = "cce-overlay", max_nodes = 12, node_subnets = ["n"]`},
		"too few addresses",
		[]string{
			`need 12 addresses (nodes of "nodes-short-0"). The subnets have 11`,
			`clusters["nodes-short-0"].node_subnets`,
			"node_subnets_too_small (warn)",
			"Source:",
		},
	},
	"nodes-two": {
		"huaweicloud",
		`n = "192.168.0.0/28", m = "192.168.0.16/28"`,
		``,
		[]string{`profile = "cce-overlay", max_nodes = 22, node_subnets = ["n", "m"]`},
		"",
		nil,
	},
	"nodes-none": {"huaweicloud", `n = "192.168.0.0/28"`, ``, []string{`profile = "cce-overlay", max_nodes = 100`}, "", nil},
	"nodes-join": {
		"huaweicloud",
		`n = "192.168.0.0/28"`,
		``,
		[]string{
			`profile = "cce-overlay", max_nodes = 6, node_subnets = ["n"]`,
			`profile = "cce-overlay", max_nodes = 6, node_subnets = ["n"]`,
		},
		"too few addresses",
		[]string{`6 (nodes of "nodes-join-0") + 6 (nodes of "nodes-join-1") = 12 addresses. The subnets have 11`},
	},

	"pods-fit": {
		"tencentcloud",
		`p = "192.168.0.0/24"`,
		``,
		[]string{`profile = "tke-vpc-cni", max_nodes = 11, pods_per_node = 23, pod_subnets = ["p"]`},
		"",
		nil,
	},
	"pods-short": {
		"tencentcloud",
		`p = "192.168.0.0/24"`,
		``,
		[]string{`profile = "tke-vpc-cni", max_nodes = 2, pods_per_node = 127, pod_subnets = ["p"]`},
		"too few addresses",
		[]string{
			`need 254 addresses (Pods of "pods-short-0"). The subnets have 253`,
			`clusters["pods-short-0"].pod_subnets`,
			"pod_subnets_too_small (warn)",
			"Source:",
		},
	},
	"both-fit": {
		"ctyun",
		`s = "192.168.0.0/24"`,
		``,
		[]string{`profile = "ccse-cubecni", max_nodes = 23, pods_per_node = 10, node_subnets = ["s"], pod_subnets = ["s"]`},
		"",
		nil,
	},
	"both-short": {
		"ctyun",
		`s = "192.168.0.0/24"`,
		``,
		[]string{`profile = "ccse-cubecni", max_nodes = 2, pods_per_node = 126, node_subnets = ["s"], pod_subnets = ["s"]`},
		"too few addresses",
		[]string{`need 2 (nodes of "both-short-0") + 252 (Pods of "both-short-0") = 254 addresses. The subnets have 253`},
	},

	"terway-large": {"alicloud", `p = "192.168.32.0/19"`, ``, []string{`profile = "ack-terway", pod_subnets = ["p"]`}, "", nil},
	"terway-small": {
		"alicloud",
		`p = "192.168.32.0/20"`,
		``,
		[]string{`profile = "ack-terway", pod_subnets = ["p"]`},
		"has a prefix length that ACK",
		[]string{
			`Subnet "p" (192.168.32.0/20) of cluster "terway-small-0"`,
			"ACK recommends Pod vSwitches of /19 and larger",
			"pod_subnet_prefix_out_of_range (warn)",
		},
	},
	"w26": {
		"huaweicloud",
		`s = "192.168.0.0/24"`,
		``,
		[]string{`profile = "cce-turbo", node_subnets = ["s"], pod_subnets = ["s"]`},
		"has Pods of cluster",
		[]string{
			`Subnet "s" (192.168.0.0/24) is used by Pods of cluster "w26-0" and by nodes of cluster "w26-0"`,
			"pod_subnet_shared_with_nodes (warn)",
			"CCE Turbo accepts one subnet for nodes and Pods, but recommends against it",
			"Source:",
		},
	},
	"turbo-shared": {
		"huaweicloud",
		`s = "192.168.0.0/24"`,
		``,
		[]string{`profile = "cce-turbo", pod_subnets = ["s"]`, `profile = "cce-turbo", pod_subnets = ["s"]`},
		"has Pods of cluster",
		[]string{
			`is used by Pods of cluster "turbo-shared-1" and by Pods of cluster "turbo-shared-0"`,
			"pod_subnet_shared_with_pods (warn)",
			"CCE recommends separate subnets",
		},
	},
	"turbo-20": {
		"huaweicloud",
		numbered(20),
		``,
		[]string{`profile = "cce-turbo", pod_subnets = [for i in range(20) : "s${i}"]`},
		"",
		nil,
	},
	"cni-shared": {
		"tencentcloud",
		`s = "192.168.0.0/24"`,
		``,
		[]string{`profile = "tke-vpc-cni", pod_subnets = ["s"]`, `profile = "tke-vpc-cni", pod_subnets = ["s"]`},
		"",
		nil,
	},

	"routes-fit": {
		"alicloud",
		``,
		`route_quota = 252` + "\n" + `routes = { a = { destination = "172.30.0.0/16" }, b = { destination = "0.0.0.0/0" } }`,
		[]string{`profile = "ack-flannel", max_nodes = 100`, `profile = "ack-flannel", max_nodes = 150`},
		"",
		nil,
	},
	"routes-short": {
		"alicloud",
		``,
		`route_quota = 251` + "\n" + `routes = { a = { destination = "172.30.0.0/16" }, b = { destination = "0.0.0.0/0" } }`,
		[]string{`profile = "ack-flannel", max_nodes = 100`, `profile = "ack-flannel", max_nodes = 150`},
		"more than its route table holds",
		[]string{
			`100 (nodes of "routes-short-0") + 150 (nodes of "routes-short-1") + 2 (declared routes) = 252 routes. The limit of its ` +
				`route table is 251`,
			`vpcs["routes-short"].route_quota`,
			"route_quota_exceeded (warn)",
			"Source:",
		},
	},
	"routes-cce": {
		"huaweicloud",
		``,
		``,
		[]string{`profile = "cce-vpc-router", max_nodes = 201`},
		"more than its route table holds",
		[]string{`201 (nodes of "routes-cce-0") + 0 (declared routes) = 201 routes. The limit of its route table is 200`},
	},
	"routes-none": {
		"huaweicloud",
		``,
		``,
		[]string{`profile = "cce-overlay", max_nodes = 201`, `profile = "cce-vpc-router", max_nodes = 200`},
		"",
		nil,
	},
}

// numbered are so many subnets, named s0, s1 and so on.
func numbered(n int) string {
	var list []string
	for i := range n {
		list = append(list, fmt.Sprintf("s%d = \"192.168.%d.0/24\"", i, i))
	}
	return strings.Join(list, ", ")
}

// Pods in subnets and routes in route tables are counted, exactly and with its sum; all of it only warns.
func TestAccSubnetsAndRouteTablesAreCounted(t *testing.T) {
	t.Parallel()
	var vpcs, clusters strings.Builder
	for _, name := range slices.Sorted(maps.Keys(crowds)) {
		c := crowds[name]
		fmt.Fprintf(
			&vpcs, "%s = {\nplatform = %q\ncidr_blocks = [\"192.168.0.0/16\"]\nsubnets = { %s }\n%s\n}\n", name, c.platform, c.subnets,
			c.more,
		)
		for i, cluster := range c.clusters {
			fmt.Fprintf(&clusters, "%s-%d = { vpc = %q, %s }\n", name, i, name, cluster)
		}
	}
	w := newWorkspace(t, fmt.Sprintf(`
resource "cidrplan_allocator" "k8s" {
  name              = "k8s"
  supernets         = ["10.0.0.0/8"]
  service_supernets = ["172.16.0.0/14"]
  vpcs = {
    %s
  }
  clusters = {
    %s
  }
}`, &vpcs, &clusters))
	about := map[string][]diagnostic{}
	for _, d := range w.reports() {
		line, _, _ := strings.Cut(strings.TrimSpace(d.Snippet.Code), " ")
		if i := strings.LastIndex(line, "-"); crowds[line].platform == "" && i > 0 {
			line = line[:i] // a cluster, else a VPC
		}
		if !isAbout(d.Summary, "Allocator Has No Prior Allocations") {
			about[line] = append(about[line], d)
		}
	}
	for name, c := range crowds {
		switch all := about[name]; {
		case c.summary == "" && len(all) > 0:
			t.Errorf("%s: nothing is wrong, and this is reported: %s", name, all)
		case c.summary == "":
		case len(all) != 1 || all[0].Severity != "warning" || !strings.Contains(all[0].Summary, c.summary):
			t.Errorf("%s: want one warning %q, got %s", name, c.summary, all)
		default:
			for _, says := range c.says {
				if !allOf(says).MatchString(all[0].Detail) {
					t.Errorf("%s: want %s in %s", name, says, all[0].Detail)
				}
			}
		}
		delete(about, name)
	}
	if len(about) > 0 {
		t.Errorf("reported of something else: %s", about)
	}
	w.run("plan")
}
