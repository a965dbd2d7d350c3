package provider_test

import (
	"strings"
	"testing"
)

// tenants are clusters in the subnets of a VPC of their own, and what is reported of the last of them:
// nothing where says is empty.
type tenants struct {
	platform, subnets, more string
	clusters                []string
	summary                 string
	says                    []string
}

func TestAccSubnetsRefused(t *testing.T) {
	t.Parallel()
	base := `
resource "cidrplan_allocator" "NAME" {
  name      = "NAME"
  supernets = ["10.64.0.0/14"]
  sites     = { room = { cidr_blocks = ["10.0.0.0/16"] } }
  vpcs = {
    ali = {
      platform = "alicloud"
      cidr_blocks = ["192.168.0.0/16"]
      subnets = { nodes = "192.168.0.0/24", pods = "192.168.32.0/19", tiny = "192.168.1.0/26" }
    }
    huawei = { platform = "huaweicloud", cidr_blocks = ["192.168.0.0/16"], subnets = { nodes = "192.168.251.0/24", ` + numbered(21) + ` } }
  }
  clusters = {
    shop = { CLUSTER }
  }
}`
	refusals := map[string]refusal{}
	for name, test := range map[string]struct {
		cluster string
		texts   []string
	}{
		"a Pod subnet misspelled": {
			`vpc = "ali", profile = "ack-terway", pod_subnets = ["pods", "nodse"]`,
			[]string{
				"Undeclared Name",
				`clusters["shop"].pod_subnets[1]`,
				`no subnet named "nodse". Did you mean "nodes"?`,
				"Known here: nodes, pods, tiny",
			},
		},
		"a node subnet misspelled": {
			`vpc = "ali", profile = "ack-flannel", max_nodes = 10, node_subnets = ["node"]`,
			[]string{"Undeclared Name", `clusters["shop"].node_subnets[0]`, `no subnet named "node". Did you mean "nodes"?`},
		},
		"a subnet of a site": {
			`vpc = "room", profile = "kubernetes-routed", max_nodes = 10, node_subnets = ["nodes"]`,
			[]string{"Undeclared Name", `clusters["shop"].node_subnets[0]`, `no subnet named "nodes"; none is declared here`},
		},
		"a subnet twice": {
			`vpc = "ali", profile = "ack-terway", pod_subnets = ["pods", "pods"]`,
			[]string{"Listed Twice", `clusters["shop"].pod_subnets[1]`},
		},
		"an empty subnet": {
			`vpc = "ali", profile = "ack-terway", pod_subnets = [""]`,
			[]string{"Missing Value", `clusters["shop"].pod_subnets[0]`, "element is empty"},
		},
		"a Pod subnet of null": {
			`vpc = "ali", profile = "ack-terway", pod_subnets = [null]`,
			[]string{"Missing Value", `clusters["shop"].pod_subnets[0]`, "element is null"},
		},
		"an empty node subnet": {
			`vpc = "ali", profile = "ack-terway", node_subnets = [""]`,
			[]string{"Missing Value", `clusters["shop"].node_subnets[0]`, "element is empty"},
		},
		"Pods of their own": {
			`vpc = "ali", profile = "ack-flannel", max_nodes = 10, pod_subnets = ["pods"]`,
			[]string{"Argument Not Accepted", `clusters["shop"].pod_subnets = pods cannot be set here`, "ACK with Flannel"},
		},
		"a Pod range beside": {
			`vpc = "ali", profile = "ack-terway", pod_subnets = ["pods"], pod_cidrs = ["10.64.0.0/20"]`,
			[]string{
				"Value Not Accepted by the Platform",
				`clusters["shop"].pod_cidrs[0]`,
				"10.64.0.0/20",
				"pod_cidr_with_pod_subnets",
				"Source:",
				"InvalidPodVswitchIds",
			},
		},
		"a Pod range in existing": {
			`vpc = "ali", profile = "ack-terway", pod_subnets = ["pods"] } } ` + "\n" + ` existing = { shop = { pod_cidrs = ` +
				`["10.64.0.0/20"], service_cidr = "172.20.0.0/20"`,
			[]string{"Value Not Accepted by the Platform", `existing["shop"].pod_cidrs`, "InvalidPodVswitchIds"},
		},
		"a length of a Pod range": {
			`vpc = "ali", profile = "ack-terway", pod_subnets = ["pods"], pod_prefix_length = 20`,
			[]string{"Size Not Possible", "pod_prefix_length = 20", "Pods use subnets of the VPC"},
		},
		"a mask of node blocks": {
			`vpc = "ali", profile = "ack-terway", pod_subnets = ["pods"], node_cidr_mask = 26`,
			[]string{"Size Not Possible", "node_cidr_mask = 26"},
		},
		"a Pod subnet too small": {
			`vpc = "ali", profile = "ack-terway", pod_subnets = ["tiny"]`,
			[]string{
				"has a prefix length that ACK",
				`Subnet "tiny" (192.168.1.0/26) of cluster "shop"`,
				"Pod vSwitches of /25 and larger",
				"Source:",
				`clusters["shop"].pod_subnets[0]`,
			},
		},
		"more Pods than Turbo has": {
			`vpc = "huawei", profile = "cce-turbo", pod_subnets = ["s0"], max_nodes = 1000, pods_per_node = 101`,
			[]string{"101000 pods, more than the 100000", `Cluster "shop" on CCE Turbo`, "requests 101000 pods. The limit is 100000 pods"},
		},
		"more nodes than Turbo has": {
			`vpc = "huawei", profile = "cce-turbo", pod_subnets = ["s0"], max_nodes = 2001, pods_per_node = 1`,
			[]string{"Size Not Possible", "max_nodes = 2001", "valid values are 1 to 2000"},
		},
		"no Pod subnet": {
			`vpc = "huawei", profile = "cce-turbo", max_nodes = 3`,
			[]string{
				"Pod Subnets Missing",
				`clusters["shop"].pod_subnets`,
				`Cluster "shop" names no pod_subnets`,
				`subnets of VPC "huawei"`,
				"Source:",
			},
		},
		"21 Pod subnets": {
			`vpc = "huawei", profile = "cce-turbo", pod_subnets = [for i in range(21) : "s${i}"]`,
			[]string{"Too Many Subnets", `clusters["shop"].pod_subnets`, "21 subnets are given", "at most 20"},
		},
		"a huge number of nodes": {
			`vpc = "huawei", profile = "cce-turbo", pod_subnets = ["s0"], max_nodes = 99999999999999999999`,
			[]string{"Number Out of Range", `clusters["shop"].max_nodes`},
		},
		"a huge number of Pods": {
			`vpc = "huawei", profile = "cce-turbo", pod_subnets = ["s0"], max_nodes = 2000, pods_per_node = 9223372036854775807`,
			[]string{"Number Out of Range", `clusters["shop"].pods_per_node`},
		},
	} {
		refusals[name] = refusal{strings.Replace(base, "shop = { CLUSTER }\n  }", "shop = { "+test.cluster+" }\n  }", 1), test.texts}
	}
	refusesAll(t, refusals)
}
