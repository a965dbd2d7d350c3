package provider_test

import (
	"testing"
)

// What is wrong with IPv6 is reported at its place.
func TestAccDualStackRefusals(t *testing.T) {
	t.Parallel()
	base := `
resource "cidrplan_allocator" "NAME" {
  name      = "NAME"
  supernets = ["10.64.0.0/16", "fd00:64::/48"]
  vpcs = {
    ali = { platform = "alicloud", cidr_blocks = ["192.168.0.0/16"] }
    huawei = { platform = "huaweicloud", cidr_blocks = ["192.168.0.0/16"], subnets = { pods = "192.168.64.0/19" } }
  }
  clusters  = { shop = { vpc = "ali", profile = "kubernetes-routed", max_nodes = 10, ip_families = ["ipv4", "ipv6"] } }
}`
	refusals := map[string]refusal{}
	for name, test := range map[string]struct {
		edit  []string
		texts []string
	}{
		"a mode without": {
			[]string{"kubernetes-routed", "ack-flannel"},
			[]string{
				"Value Not Accepted by the Platform",
				`clusters["shop"].ip_families`,
				"dual_stack_not_supported",
				"ACK clusters support IPv6 only with Terway",
				"Source: alicloud_cs_managed_kubernetes",
			},
		},
		"CCE with the VPC network": {
			[]string{`"ali", profile = "kubernetes-routed"`, `"huawei", profile = "cce-vpc-router"`},
			[]string{"Value Not Accepted by the Platform", "Clusters with the VPC network have no IPv6", "Source:"},
		},
		"a mode nobody writes of": {
			[]string{`"ali", profile = "kubernetes-routed"`, `"huawei", profile = "cce-overlay"`},
			[]string{"Value Not Documented for the Platform", "No published source of the platform documents it"},
		},
		"no IPv6 supernet": {
			[]string{`, "fd00:64::/48"`, ``},
			[]string{
				"No Free Range",
				`clusters["shop"]`,
				`"shop" needs an IPv6 Pod range of /60 and an IPv6 Service range of /112, and none is free in the supernets, which ` +
					`have no IPv6 range`,
			},
		},
		"no IPv6 for Services": {
			[]string{"vpcs ", `service_supernets = ["172.20.0.0/16"]` + "\n vpcs "},
			[]string{
				"No Free Range",
				`"shop" needs an IPv6 Service range of /112, and none is free in the supernets, which have no IPv6 range`,
			},
		},
		"not from fc00::/8": {
			[]string{`"ali", profile = "kubernetes-routed", max_nodes = 10`, `"huawei", pod_subnets = ["pods"], profile = "cce-turbo"`},
			[]string{
				"No Free Range",
				"an IPv6 Service range of /112",
				"fd00:64::/48",
				"The platform does not accept or does not recommend ranges of this size",
				"IPv6 Service ranges of /112 to /120 from fc00::/8",
				"Source:",
			},
		},
		"a pin not from fc00::/8": {
			[]string{
				`"ali", profile = "kubernetes-routed", max_nodes = 10`,
				`"huawei", pod_subnets = ["pods"], profile = "cce-turbo", service_ipv6_cidr = "fd00:64::/112"`,
			},
			[]string{"is outside the ranges that", "Service range fd00:64::/112", "from fc00::/8", "Source:"},
		},
		"a pin too long": {
			[]string{
				`"ali", profile = "kubernetes-routed", max_nodes = 10`,
				`"huawei", pod_subnets = ["pods"], profile = "cce-turbo", service_ipv6_cidr = "fc00:64::/121"`,
			},
			[]string{"has a prefix length that", "/112 to /120"},
		},
		"IPv4 for IPv6 Pods": {
			[]string{"max_nodes = 10", `max_nodes = 10, pod_ipv6_cidr = "10.65.0.0/20"`},
			[]string{"Wrong Address Family", `10.65.0.0/20 is not an IPv6 range, and clusters["shop"].pod_ipv6_cidr accepts only IPv6`},
		},
		"IPv4 for IPv6 Services": {
			[]string{"max_nodes = 10", `max_nodes = 10, service_ipv6_cidr = "10.65.0.0/20"`},
			[]string{"Wrong Address Family", `clusters["shop"].service_ipv6_cidr`},
		},
		"IPv6 for IPv4 Pods": {
			[]string{"max_nodes = 10", `pod_cidrs = ["fd00:64::/59"]`},
			[]string{"Wrong Address Family", `fd00:64::/59 is not an IPv4 range, and clusters["shop"].pod_cidrs[0] accepts only IPv4`},
		},
		"a pin of a lone family": {
			[]string{`ip_families = ["ipv4", "ipv6"]`, `service_ipv6_cidr = "fd00:64::/112"`},
			[]string{
				"Argument Not Accepted",
				`clusters["shop"].service_ipv6_cidr = fd00:64::/112 cannot be set here: ip_families does not contain "ipv6"`,
			},
		},
		"a pin that is not its own": {
			[]string{`profile = "kubernetes-routed", max_nodes = 10`, `profile = "ack-terway", pod_ipv6_cidr = "fd00:64::/59"`},
			[]string{
				"Argument Not Accepted",
				`clusters["shop"].pod_ipv6_cidr = fd00:64::/59`,
				"come from the VPC, or the platform chooses them",
			},
		},
		"IPv6 first": {
			[]string{`["ipv4", "ipv6"]`, `["ipv6", "ipv4"]`},
			[]string{"Argument Not Accepted", `clusters["shop"].ip_families[0]`, `ip_families = ["ipv4", "ipv6"]`},
		},
		"IPv6 alone": {
			[]string{`["ipv4", "ipv6"]`, `["ipv6"]`},
			[]string{"Argument Not Accepted", `clusters["shop"].ip_families[0]`},
		},
		"a family twice": {
			[]string{`["ipv4", "ipv6"]`, `["ipv4", "ipv4"]`},
			[]string{"Listed Twice", `clusters["shop"].ip_families[1]`},
		},
		"no family": {
			[]string{`["ipv4", "ipv6"]`, `["ipv4", "ipv5"]`},
			[]string{"Value Not Allowed", `clusters["shop"].ip_families[1]`, `"ipv5" is not one of ipv4, ipv6`},
		},
		"too many nodes for IPv6": {
			[]string{"max_nodes = 10", "max_nodes = 65537, pods_per_node = 13", "10.64.0.0/16", "10.0.0.0/8"},
			[]string{"Size Not Possible", "65536"},
		},
	} {
		refusals[name] = refusal{edit(t, base, test.edit...), test.texts}
	}
	refusesAll(t, refusals)
}
