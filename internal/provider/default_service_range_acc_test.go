package provider_test

import (
	"strings"
	"testing"
)

// brownfield is a cluster that says which Pods it has and nothing of Services, and one still to be
// built.
const brownfield = `
resource "cidrplan_vpc" "prod" {
  name        = "prod"
  platform    = "alicloud"
  cidr_blocks = ["192.168.0.0/16"]
}
resource "cidrplan_allocator" "k8s" {
  name              = "k8s"
  supernets         = ["10.64.0.0/16"]
  service_supernets = ["172.19.0.0/19"]
  vpcs              = { prod = cidrplan_vpc.prod }
  clusters = {
    old = { vpc = "prod", profile = "ack-flannel", pod_cidrs = ["10.64.0.0/20"] }
    new = { vpc = "prod", profile = "ack-flannel", max_nodes = 10 }
  }
}`

// The range that the platform takes by itself counts as the cluster's, and stays.
func TestAccDefaultServiceRangeIsHeld(t *testing.T) {
	t.Parallel()
	held := map[string]any{
		"old.pod_cidr": "10.64.0.0/20", "old.service_cidr": "172.19.0.0/20", "old.ack.service_cidr": "172.19.0.0/20",
		"old.usable.services": 4094,
		"new.pod_cidr":        "10.64.16.0/22", "new.service_cidr": "172.19.16.0/22",
	}
	with := func(more string) string { return edit(t, brownfield, `["10.64.0.0/20"]`, `["10.64.0.0/20"]`+more) }
	acceptance(t,
		showing(brownfield, held),
		editing(with(`, service_cidr = "172.19.0.0/20"`), held),
		editing(with(`, max_services = 1000`), held),
		refused(with(`, max_services = 5000`), "Held Range Is Too Small", "max_services = 5000", "at most 4094"),
		refused(with(`, service_cidr = "172.19.16.0/20"`), "Held Value Would Change", `"old" holds service_cidr = 172.19.0.0/20`),
		editing(brownfield, held),
	)
}

// The warning comes with the range, and goes when the configuration says which one it is, or that
// there is none yet.
func TestAccDefaultServiceRangeIsReported(t *testing.T) {
	t.Parallel()
	w := newWorkspace(t, brownfield)
	assumed := titled(w.reports(), "Default Service Range Assumed")
	if len(assumed) != 1 || assumed[0].Severity != "warning" || !points(assumed[0], "old = {") ||
		!allOf(
			`Cluster "old"`, "the default Service range of ACK with Flannel, 172.19.0.0/20",
			`Set clusters["old"].service_cidr = "172.19.0.0/20"`, "Source:",
		).MatchString(assumed[0].Detail) {
		t.Errorf("want one warning on the cluster, got %s", assumed)
	}
	for arguments, service := range map[string]string{
		`service_cidr = "172.19.0.0/20"`: "172.19.0.0/20",
		`max_services = 1000`:            "172.19.4.0/22",
		`service_prefix_length = 23`:     "172.19.4.0/23",
	} {
		w.config(edit(t, brownfield, `["10.64.0.0/20"]`, `["10.64.0.0/20"], `+arguments) + `
output "service" {
  value = cidrplan_allocator.k8s.allocations["old"].ack.service_cidr
}`)
		if assumed := titled(w.reports(), "Default Service Range Assumed"); len(assumed) > 0 {
			t.Errorf("with %s: %s", arguments, assumed)
		}
		if out := w.run("plan"); !strings.Contains(out, `+ service = "`+service+`"`) {
			t.Errorf("with %s the plan allocates no %s:\n%s", arguments, service, out)
		}
	}
}

// Every platform has a default of its own, or none.
func TestAccDefaultServiceRangeOfPlatforms(t *testing.T) {
	t.Parallel()
	acceptance(t, showing(`
resource "cidrplan_allocator" "k8s" {
  name                 = "k8s"
  supernets            = ["172.20.0.0/16"]
  unique_service_cidrs = false
  vpcs = {
    ali     = { platform = "alicloud", cidr_blocks = ["192.168.0.0/16"] }
    huawei  = { platform = "huaweicloud", cidr_blocks = ["192.168.0.0/16"] }
    tencent = { platform = "tencentcloud", cidr_blocks = ["192.168.0.0/16"] }
    ctyun   = { platform = "ctyun", cidr_blocks = ["192.168.0.0/16"] }
    own     = { cidr_blocks = ["192.168.0.0/16"] }
    known   = { platform = "alicloud", cidr_blocks = ["192.168.0.0/16"] }
  }
  clusters = {
    edge    = { vpc = "ali", profile = "ack-edge-flannel", pod_cidrs = ["10.64.0.0/20"] }
    router  = { vpc = "huawei", profile = "cce-vpc-router", pod_cidrs = ["10.64.16.0/20"] }
    overlay = { vpc = "huawei", profile = "cce-overlay", pod_cidrs = ["10.64.32.0/19"] }
    calico  = { vpc = "ctyun", profile = "ccse-calico", pod_cidrs = ["10.64.64.0/20"] }
    kubeadm = { vpc = "own", profile = "kubernetes-routed", pod_cidrs = ["10.64.80.0/20"] }
    game    = { vpc = "tencent", profile = "tke-global-router", pod_cidrs = ["10.65.0.0/19"] }
    known   = { vpc = "known", profile = "ack-flannel", max_nodes = 10 }
  }
  existing = { known = { pod_cidrs = ["10.64.96.0/20"], node_cidr_mask = 25 } }
}`, map[string]any{
		"edge.service_cidr": "172.19.0.0/20", "router.service_cidr": "10.247.0.0/16", "router.cce.service_network_cidr": "10.247.0.0/16",
		"overlay.service_cidr": "10.247.0.0/16",
		"calico.service_cidr":  "10.96.0.0/16", "kubeadm.service_cidr": "10.96.0.0/12", "kubeadm.kubernetes.cluster_dns": "10.96.0.10",
		"game.service_cidr": "10.65.28.0/22", "known.service_cidr": "172.19.0.0/20",
	}))
}

// A conflict says that nobody wrote the range.
func TestAccDefaultServiceRangeConflicts(t *testing.T) {
	t.Parallel()
	for name, test := range map[string]struct {
		edit  []string
		texts []string
	}{
		"with the VPC": {
			[]string{`["192.168.0.0/16"]`, `["172.19.0.0/16"]`},
			[]string{
				overlaps,
				`Service range 172.19.0.0/20 (the platform's default) of cluster "old" and block 172.19.0.0/16 of VPC "prod"`,
				`set clusters["old"].service_cidr to addresses outside of 172.19.0.0/16`,
				"Source:",
			},
		},
		"with another cluster": {
			[]string{"max_nodes = 10", `pod_cidrs = ["172.19.0.0/21"], service_cidr = "172.24.0.0/20"`},
			[]string{
				overlaps,
				`Pod range 172.19.0.0/21 of cluster "new" and Service range 172.19.0.0/20 (the platform's default) of cluster "old"`,
				`set clusters["old"].service_cidr to`,
			},
		},
		"with its own Pods": {[]string{"10.64.0.0/20", "172.19.0.0/20"}, []string{overlaps, `(the platform's default) of cluster "old"`}},
		"with a reserved range": {
			[]string{"vpcs  ", `reserved = { later = { cidr = "172.19.0.0/24" } }` + "\n vpcs  "},
			[]string{overlaps, `Service range 172.19.0.0/20 (the platform's default) of cluster "old"`, `"later"`},
		},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			acceptance(t, refused(edit(t, brownfield, test.edit...), test.texts...))
		})
	}
}
