package cli

import (
	"fmt"
	"strings"
	"testing"
)

// stateOf is the text of a state with resources, each as type, name and attributes.
func stateOf(resources ...[3]string) string {
	var all []string
	for _, r := range resources {
		all = append(all, fmt.Sprintf(
			`{"mode": "managed", "type": %q, "name": %q, "instances": [{"attributes": %s}]}`, r[0], r[1], r[2],
		))
	}
	return `{"version": 4, "serial": 1, "resources": [` + strings.Join(all, ",") + "]}"
}

func TestScanOfSpecialClusters(t *testing.T) {
	vpc := [3]string{"ctyun_vpc", "prod", `{"id": "v", "cidr": "192.168.0.0/16"}`}
	cluster := func(plugin, pods string) [3]string {
		return [3]string{"ctyun_ccse_cluster", "shop", fmt.Sprintf(
			`{"id": "c", "base_info": {"vpc_id": "v", "pod_cidr": %q, "service_cidr": "10.96.0.0/16", "network_plugin": %q}}`, pods, plugin,
		)}
	}
	for name, test := range map[string]struct {
		state string
		exit  int
		want  string
	}{
		"Pods in subnets, for which the cloud returns the block of the VPC": {
			stateOf(vpc, cluster("cubecni", "192.168.0.0/16")), OK, `ctyun_ccse_cluster.shop (stdin): Cluster "shop" names no pod_subnets.`,
		},
		"Pods on the block of the VPC": {
			stateOf(vpc, cluster("calico", "192.168.0.0/18")), Conflicts, `overlaps block 192.168.0.0/16 of VPC "prod"`,
		},
		"a mode that cidrplan does not know": {
			stateOf(vpc, cluster("new", "192.168.0.0/18")), OK,
			"ctyun_ccse_cluster.shop (stdin): Its network mode is not known to cidrplan.",
		},
	} {
		t.Run(name, func(t *testing.T) {
			r := runWith(t, IO{In: strings.NewReader(test.state)}, "scan", "-")
			if r.exit != test.exit || !strings.Contains(r.out, test.want) {
				t.Errorf("exit code %d, want %d and %s\n%s%s", r.exit, test.exit, test.want, r.out, r.err)
			}
		})
	}
}

// What an allocator holds for a cluster that is in the files as well is no conflict with the cluster.
func TestScanOfAClusterAndItsAllocation(t *testing.T) {
	vpc := [3]string{"alicloud_vpc", "prod", `{"id": "v", "cidr_block": "192.168.0.0/16"}`}
	allocator := func(service string) [3]string {
		return [3]string{"cidrplan_allocator", "k8s", fmt.Sprintf(`{
			"name": "k8s", "supernets": ["10.64.0.0/10"],
			"vpcs": {"prod": {"cidr_blocks": ["192.168.0.0/16"]}}, "clusters": {"shop": {"vpc": "prod", "profile": "ack-terway"}},
			"allocations": {"shop": {"pod_cidrs": [], "service_cidr": %q}}
		}`, service)}
	}
	cluster := [3]string{
		"alicloud_cs_managed_kubernetes", "main", `{"id": "c", "vpc_id": "v", "service_cidr": "172.20.0.0/20", "pod_vswitch_ids": ["s"]}`,
	}
	for service, want := range map[string]string{
		"172.20.0.0/20": "Found 1 VPC, 1 cluster, 1 claim.", "172.20.0.0/16": "1 cluster, 2 claims.",
	} {
		r := runWith(t, IO{In: strings.NewReader(stateOf(vpc, cluster, allocator(service)))}, "scan", "-")
		if !strings.Contains(r.out, want) || strings.Contains(r.out, "No conflicts.") != (service == "172.20.0.0/20") {
			t.Errorf("%s: exit code %d, want %s\n%s%s", service, r.exit, want, r.out, r.err)
		}
	}
}

// A conflict of a VPC by itself is accepted at the VPC, because its declaration reports it too.
func TestAdoptAcceptsConflictsOfAVPCAtTheVPC(t *testing.T) {
	r := run(t, "adopt", "../../statefile/testdata/warning.tfstate")
	vpc, rest, _ := strings.Cut(r.out, `resource "cidrplan_allocator"`)
	if r.exit != OK || !strings.Contains(vpc, `"vpc_secondary_forbidden|10.4.0.0/16|prod" = {`) ||
		strings.Contains(rest, "accepted_conflicts") {
		t.Errorf("exit code %d\n%s%s", r.exit, r.out, r.err)
	}
}
