package provider_test

import (
	"testing"
)

// rooms are machine rooms with self-managed clusters; more is put into the allocator.
func rooms(clusters, more string) string {
	return `
resource "cidrplan_site" "room" {
  name        = "room"
  cidr_blocks = ["192.168.0.0/16", "2001:db8::/56"]
}
resource "cidrplan_allocator" "k8s" {
  name              = "k8s"
  supernets         = ["10.64.0.0/16", "fd00:64::/48"]
  service_supernets = ["172.20.0.0/16", "fd00:20::/104"]
  sites             = { room = cidrplan_site.room }
  clusters = {
    ` + clusters + `
  }
  ` + more + `
}`
}

const (
	build = `build = { vpc = "room", profile = "kubernetes-routed", max_nodes = 30, ip_families = ["ipv4", "ipv6"] }` + "\n"
	edge  = `edge = { vpc = "room", profile = "kubernetes-overlay", max_nodes = 20, ip_families = ["ipv4", "ipv6"] }` + "\n"
	lone  = `lone = { vpc = "room", profile = "kubernetes-routed", max_nodes = 10, ip_families = ["ipv4"] }` + "\n"
)

var (
	buildHolds = map[string]any{
		"build.pod_cidr": "10.64.0.0/20", "build.pod_ipv6_cidr": "fd00:64::/59", "build.service_cidr": "172.20.0.0/22",
		"build.service_ipv6_cidr": "fd00:20::/112",
		"build.node_cidr_mask":    25, "build.node_ipv6_cidr_mask": 64, "build.pod_cidrs": []string{"10.64.0.0/20"},
		"build.kubernetes.pod_subnet": "10.64.0.0/20,fd00:64::/59", "build.kubernetes.service_subnet": "172.20.0.0/22,fd00:20::/112",
		"build.kubernetes.node_cidr_mask_size": nil, "build.kubernetes.node_cidr_mask_size_ipv4": 25,
		"build.kubernetes.node_cidr_mask_size_ipv6": 64,
		"build.kubernetes.cluster_dns":              "172.20.0.10", "build.kubernetes.kubernetes_service_ip": "172.20.0.1",
	}
	edgeHolds = map[string]any{
		"edge.pod_ipv6_cidr": "fd00:64:0:20::/59", "edge.service_ipv6_cidr": "fd00:20::1:0/112", "edge.node_ipv6_cidr_mask": 64,
		"edge.kubernetes.pod_subnet": "10.64.16.0/20,fd00:64:0:20::/59", "edge.kubernetes.service_subnet": "172.20.4.0/22,fd00:20::1:0/112",
	}
	loneHolds = map[string]any{
		"lone.pod_ipv6_cidr": nil, "lone.service_ipv6_cidr": nil, "lone.node_ipv6_cidr_mask": nil, "lone.node_cidr_mask": 25,
		"lone.kubernetes.node_cidr_mask_size": 25, "lone.kubernetes.node_cidr_mask_size_ipv4": 25,
		"lone.kubernetes.node_cidr_mask_size_ipv6": nil,
		"lone.kubernetes.pod_subnet":               "10.64.32.0/21",
	}
)

func TestAccDualStackKeepsItsRanges(t *testing.T) {
	t.Parallel()
	all := rooms(build+edge+lone, "")
	acceptance(
		t,
		showing(rooms(build, ""), buildHolds),
		editing(all, merged(buildHolds, edgeHolds, loneHolds), "edge", "lone"),
		refused(
			edit(t, all, `, ip_families = ["ipv4"]`, `, ip_families = ["ipv4", "ipv6"]`), "Held Value Would Change",
			`"lone" holds ip_families = ipv4`, "requests ipv4, ipv6",
		),
		refused(
			edit(t, all, `, ip_families = ["ipv4", "ipv6"]`, ``), "Held Value Would Change", `"build" holds ip_families = ipv4, ipv6`,
			"requests ipv4.",
		),
		refused(edit(t, all, "max_nodes = 30", "max_nodes = 33"), "Held Range Is Too Small", "max_nodes = 33", "at most 32"),
		editing(
			edit(t, all, "max_nodes = 30", `max_nodes = 32, pod_ipv6_cidr = "fd00:64::/59", service_ipv6_cidr = "fd00:20::/112"`),
			buildHolds,
		),
		refused(
			edit(t, all, "max_nodes = 30", `max_nodes = 30, pod_ipv6_cidr = "fd00:64:0:40::/59"`), "Held Value Would Change",
			`"build" holds pod_ipv6_cidr = fd00:64::/59`,
		),
		refused(
			edit(t, all, "max_nodes = 30", `max_nodes = 30, service_ipv6_cidr = "fd00:20::2:0/112"`), "Held Value Would Change",
			`"build" holds service_ipv6_cidr = fd00:20::/112`,
		),
		editing(edit(t, all, `, ip_families = ["ipv4"]`, ``, "fd00:64::/48", "fd00:65::/48"), merged(buildHolds, edgeHolds, loneHolds)),
		editing(rooms(lone+edge, ""), merged(edgeHolds, loneHolds), "build"),
	)
}

// IPv6 ranges that the configuration gives are checked, and others are placed around them.
func TestAccDualStackPins(t *testing.T) {
	t.Parallel()
	pinned := edit(t, build, "max_nodes = 30", `max_nodes = 30, pod_ipv6_cidr = "fd00:64::/58", service_ipv6_cidr = "fd00:20::/112"`)
	acceptance(
		t,
		showing(rooms(pinned+edge, `reserved = { later = { cidr = "fd00:20::1:0/112" } }`), map[string]any{
			"build.pod_ipv6_cidr": "fd00:64::/58", "build.service_ipv6_cidr": "fd00:20::/112",
			"edge.pod_ipv6_cidr": "fd00:64:0:40::/59", "edge.service_ipv6_cidr": "fd00:20::2:0/112",
		}),
		refused(
			edit(
				t,
				rooms(pinned+edge, ""),
				"edge =",
				`new = { vpc = "room", profile = "kubernetes-routed", max_nodes = 30, ip_families = ["ipv4", "ipv6"], pod_ipv6_cidr `+
					`= "2001:db8::/59" }`+"\n edge =",
			),
			overlaps,
			`Pod range 2001:db8::/59 of cluster "new" and block 2001:db8::/56 of site "room"`,
			`clusters["new"].pod_ipv6_cidr`,
			`sites["room"].cidr_blocks[1]`,
		),
	)
}

// On CCE Turbo and CCSE the Service range is the cluster's own, and Pods have addresses of the VPC
// or of the platform; on Terway, serverless and TKE all IPv6 comes from the platform.
func TestAccDualStackOfPlatforms(t *testing.T) {
	t.Parallel()
	config := `
resource "cidrplan_allocator" "k8s" {
  name              = "k8s"
  supernets         = ["10.64.0.0/16", "fd00:64::/48"]
  service_supernets = ["172.20.0.0/16", "fc00:20::/104"]
  vpcs = {
    ali     = { platform = "alicloud", cidr_blocks = ["192.168.0.0/16"], subnets = { pods = "192.168.64.0/19" } }
    huawei  = { platform = "huaweicloud", cidr_blocks = ["192.168.0.0/16"], subnets = { pods = "192.168.64.0/19" } }
    tencent = { platform = "tencentcloud", cidr_blocks = ["192.168.0.0/16"], subnets = { pods = "192.168.64.0/19" } }
    ctyun   = { platform = "ctyun", cidr_blocks = ["192.168.0.0/16"] }
  }
  clusters = {
    a-turbo  = { vpc = "huawei", profile = "cce-turbo", pod_subnets = ["pods"], ip_families = ["ipv4", "ipv6"] }
    b-calico = { vpc = "ctyun", profile = "ccse-calico", max_nodes = 10, ip_families = ["ipv4", "ipv6"] }
    c-terway = { vpc = "ali", profile = "ack-terway", pod_subnets = ["pods"], ip_families = ["ipv4", "ipv6"] }
    d-cni    = { vpc = "tencent", profile = "tke-vpc-cni", pod_subnets = ["pods"], ip_families = ["ipv4", "ipv6"] }
  }
}`
	acceptance(
		t,
		showing(config, map[string]any{
			"a-turbo.service_ipv6_cidr": "fc00:20::/112", "a-turbo.pod_ipv6_cidr": nil, "a-turbo.node_ipv6_cidr_mask": nil,
			"a-turbo.cce.service_network_cidr": "172.20.0.0/22", "a-turbo.cce.ipv6_enable": true,
			"b-calico.service_ipv6_cidr": "fc00:20::1:0/112", "b-calico.pod_ipv6_cidr": nil, "b-calico.ccse.service_cidr": "172.20.4.0/22",
			"c-terway.ack.ip_stack": "dual", "c-terway.service_ipv6_cidr": nil, "c-terway.pod_ipv6_cidr": nil,
			"d-cni.tke.is_dual_stack": true, "d-cni.service_ipv6_cidr": nil, "d-cni.pod_ipv6_cidr": nil,
		}),
		refused(
			edit(t, config, `"cce-turbo", pod_subnets = ["pods"], ip_families = ["ipv4", "ipv6"]`, `"cce-turbo", pod_subnets = ["pods"]`),
			"Held Value Would Change", `"a-turbo" holds ip_families`,
		),
		refused(
			edit(t, config, `"ack-terway", pod_subnets = ["pods"], ip_families = ["ipv4", "ipv6"]`, `"ack-terway", pod_subnets = ["pods"]`),
			"Held Value Would Change", `"c-terway" holds ip_families`,
		),
	)
}

// What a cluster of both families already holds stays, in both families.
func TestAccDualStackExisting(t *testing.T) {
	t.Parallel()
	existing := `existing = {
    build = {
      pod_cidrs = ["10.96.0.0/20"]
      service_cidr = "172.24.0.0/22"
      node_cidr_mask = 25
      pod_ipv6_cidr = "fd01::/59"
      service_ipv6_cidr = "fd02::/112"
    }
    gone  = { pod_cidrs = ["10.64.0.0/20"], pod_ipv6_cidr = "fd00:64::/52" }
  }`
	held := map[string]any{
		"build.pod_ipv6_cidr": "fd01::/59", "build.service_ipv6_cidr": "fd02::/112", "build.node_ipv6_cidr_mask": 64,
		"build.kubernetes.pod_subnet": "10.96.0.0/20,fd01::/59", "build.kubernetes.service_subnet": "172.24.0.0/22,fd02::/112",
		"edge.pod_cidr": "10.64.16.0/20", "edge.pod_ipv6_cidr": "fd00:64:0:1000::/59", "edge.service_ipv6_cidr": "fd00:20::/112",
	}
	config := rooms(build+edge, existing)
	acceptance(
		t,
		showing(config, held),
		editing(rooms(build+edge, ""), held),
		refused(
			edit(t, config, "fd01::/59", "fd03::/59"), "Existing Contradicts State", `existing["build"].pod_ipv6_cidr`, "holds fd03::/59",
			"holds fd01::/59",
		),
		refused(edit(t, config, "fd01::/59", "10.97.0.0/20"), "Wrong Address Family", `existing["build"].pod_ipv6_cidr`),
		refused(edit(t, config, "fd02::/112", "10.97.0.0/20"), "Wrong Address Family", `existing["build"].service_ipv6_cidr`),
		showing(config, held),
	)
}

// IPv6 ranges in existing are held for the life of a cluster, so they obey what pins obey.
func TestAccDualStackExistingFollowsTheRulesOfPins(t *testing.T) {
	t.Parallel()
	refusals := map[string]refusal{}
	for name, test := range map[string]struct{ cluster, existing, at string }{
		"a lone family": {
			`profile = "kubernetes-routed"`,
			`pod_cidrs = ["10.97.0.0/20"], service_cidr = "172.24.0.0/20", node_cidr_mask = 25, pod_ipv6_cidr = "fd02::/59"`,
			"pod_ipv6_cidr",
		},
		"a mode without IPv6": {
			`profile = "ack-flannel"`,
			`pod_cidrs = ["10.97.0.0/20"], service_cidr = "172.24.0.0/20", node_cidr_mask = 25, pod_ipv6_cidr = "fd02::/59"`,
			"pod_ipv6_cidr",
		},
		"Pods of the VPC": {
			`profile = "ack-terway", pod_subnets = ["pods"]`,
			`service_cidr = "172.24.0.0/20", pod_ipv6_cidr = "fd02::/59"`,
			"pod_ipv6_cidr",
		},
		"Services of a platform": {
			`profile = "ack-terway", pod_subnets = ["pods"]`,
			`service_cidr = "172.24.0.0/20", service_ipv6_cidr = "fd02::/112"`,
			"service_ipv6_cidr",
		},
	} {
		refusals[name] = refusal{`
resource "cidrplan_allocator" "NAME" {
  name      = "NAME"
  supernets = ["10.64.0.0/16", "fd00:64::/48"]
  vpcs      = { ali = { platform = "alicloud", cidr_blocks = ["192.168.0.0/16"], subnets = { pods = "192.168.0.0/20" } } }
  clusters  = { shop = { vpc = "ali", max_nodes = 10, ` + test.cluster + ` } }
  existing  = { shop = { ` + test.existing + ` } }
}`, []string{"Argument Not Accepted", `existing["shop"].` + test.at}}
	}
	refusesAll(t, refusals)
}
