package cli

import (
	"fmt"
	"strings"
	"testing"

	"github.com/cidrplan/terraform-provider-cidrplan/internal/allocate"
	"github.com/cidrplan/terraform-provider-cidrplan/internal/statefile"
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

// The subnets that Pods use are known by their IDs, so that what does not fit into them is reported.
func TestScanOfClustersWithPodsInSubnets(t *testing.T) {
	for name, test := range map[string]struct {
		resources [][3]string
		adopted   string
	}{
		"alicloud": {
			[][3]string{
				{"alicloud_vpc", "prod", `{"id": "v", "cidr_block": "192.168.0.0/16"}`},
				{"alicloud_vswitch", "pods", `{"id": "s", "vpc_id": "v", "cidr_block": "192.168.64.0/19"}`},
				{
					"alicloud_cs_managed_kubernetes", "shop",
					`{"id": "c", "vpc_id": "v", "service_cidr": "172.20.0.0/20", "pod_vswitch_ids": ["s"]}`,
				},
			}, `shop = { vpc = "prod", profile = "ack-terway", pod_subnets = ["pods"] }`,
		},
		"huaweicloud": {
			[][3]string{
				{"huaweicloud_vpc", "prod", `{"id": "v", "cidr": "192.168.0.0/16"}`},
				{"huaweicloud_vpc_subnet", "a", `{"id": "a", "ipv4_subnet_id": "a4", "vpc_id": "v", "cidr": "192.168.64.0/19"}`},
				{"huaweicloud_vpc_subnet", "b", `{"id": "b", "ipv4_subnet_id": "b4", "vpc_id": "v", "cidr": "192.168.96.0/19"}`},
				{"huaweicloud_cce_cluster", "shop", `{"id": "c", "vpc_id": "v", "service_network_cidr": "172.20.0.0/20",
					"container_network_type": "eni", "eni_subnet_id": "a4,b4"}`},
			}, `shop = { vpc = "prod", profile = "cce-turbo", pod_subnets = ["a", "b"] }`,
		},
		"tencentcloud": {
			[][3]string{
				{"tencentcloud_vpc", "prod", `{"id": "v", "cidr_block": "192.168.0.0/16"}`},
				{"tencentcloud_subnet", "pods", `{"id": "s", "vpc_id": "v", "cidr_block": "192.168.64.0/19"}`},
				{"tencentcloud_kubernetes_cluster", "shop", `{"id": "c", "vpc_id": "v", "service_cidr": "172.20.0.0/20",
					"network_type": "VPC-CNI", "eni_subnet_ids": ["s"]}`},
			}, `shop = { vpc = "prod", profile = "tke-vpc-cni", pod_subnets = ["pods"] }`,
		},
		"ctyun": {
			[][3]string{
				{"ctyun_vpc", "prod", `{"id": "v", "cidr": "192.168.0.0/16"}`},
				{"ctyun_subnet", "pods", `{"id": "s", "vpc_id": "v", "cidr": "192.168.64.0/19"}`},
				{"ctyun_ccse_cluster", "shop", `{"id": "c", "base_info": {"vpc_id": "v", "service_cidr": "172.20.0.0/20",
					"network_plugin": "cubecni", "pod_subnet_id_list": ["s"]}}`},
			}, `shop = { vpc = "prod", profile = "ccse-cubecni", pod_subnets = ["pods"] }`,
		},
		"volcengine": {
			[][3]string{
				{"volcengine_vpc", "prod", `{"id": "v", "cidr_block": "192.168.0.0/16"}`},
				{"volcengine_subnet", "pods", `{"id": "s", "vpc_id": "v", "cidr_block": "192.168.64.0/19"}`},
				{"volcengine_vke_cluster", "shop", `{"id": "c", "services_config": [{"service_cidrsv4": ["172.20.0.0/20"]}],
					"pods_config": [{"pod_network_mode": "VpcCniShared", "vpc_cni_config": [{"vpc_id": "v", "subnet_ids": ["s"]}]}]}`},
			}, `shop = { vpc = "prod", profile = "vke-vpc-cni", pod_subnets = ["pods"] }`,
		},
		"baiducloud": {
			[][3]string{
				{"baiducloud_vpc", "prod", `{"id": "v", "cidr": "192.168.0.0/16"}`},
				{"baiducloud_subnet", "pods", `{"id": "s", "vpc_id": "v", "cidr": "192.168.64.0/19"}`},
				{"baiducloud_ccev2_cluster", "shop", `{"id": "c", "cluster_spec": [{"vpc_id": "v", "container_network_config": [{
					"mode": "vpc-eni", "cluster_ip_service_cidr": "172.20.0.0/20",
					"eni_vpc_subnet_ids": [{"zone_and_id": {"zoneA": "s"}}]}]}]}`},
			}, `shop = { vpc = "prod", profile = "baidu-cce-vpc-eni", pod_subnets = ["pods"] }`,
		},
	} {
		t.Run(name, func(t *testing.T) {
			state := func() IO { return IO{In: strings.NewReader(stateOf(test.resources...))} }
			if r := runWith(t, state(), "scan", "-"); r.exit != OK || strings.Contains(r.out, "Not checked") {
				t.Errorf("exit code %d\n%s%s", r.exit, r.out, r.err)
			}
			if r := runWith(t, state(), "adopt", "-"); !strings.Contains(r.out, test.adopted) {
				t.Errorf("want %s\n%s%s", test.adopted, r.out, r.err)
			}
		})
	}
	r := runWith(t, IO{In: strings.NewReader(stateOf(
		[3]string{"alicloud_vpc", "prod", `{"id": "v", "cidr_block": "192.168.0.0/16"}`},
		[3]string{
			"alicloud_cs_managed_kubernetes", "shop",
			`{"id": "c", "vpc_id": "v", "service_cidr": "172.20.0.0/20", "pod_vswitch_ids": ["s"]}`,
		},
	))}, "scan", "-")
	if !strings.Contains(r.out, `alicloud_cs_managed_kubernetes.shop (stdin): Cluster "shop" names no pod_subnets.`) {
		t.Errorf("a subnet that is not in the files: exit code %d\n%s%s", r.exit, r.out, r.err)
	}
}

// The VPC's block that some clouds return as the Pod range of a cluster with Pods in subnets is no range of the cluster.
func TestAdoptOfPodsInSubnets(t *testing.T) {
	state := stateOf([3]string{"ctyun_vpc", "prod", `{"id": "v", "cidr": "192.168.0.0/16"}`}, [3]string{"ctyun_ccse_cluster", "shop", `{
		"id": "c", "base_info": {"vpc_id": "v", "pod_cidr": "192.168.0.0/16", "service_cidr": "10.96.0.0/16", "network_plugin": "cubecni"}
	}`})
	r := runWith(t, IO{In: strings.NewReader(state)}, "adopt", "-")
	if r.exit != OK || !strings.Contains(r.out, `service_cidr = "10.96.0.0/16"`) || strings.Contains(r.out, "pod_cidrs") {
		t.Errorf("exit code %d\n%s%s", r.exit, r.out, r.err)
	}
}

// A cluster has the ranges of an allocation if it has all its Pod ranges, or, with Pods in subnets, its Service range by the same name
// or in the same VPC.
func TestClusterThatHoldsAnAllocation(t *testing.T) {
	pods, service := prefixes([]string{"10.0.0.0/20", "10.1.0.0/20"}), prefix("172.20.0.0/20")
	in := &inventory{
		clusters: []clusterFound{{name: "shop", vpc: "prod"}},
		existing: map[string]allocate.Existing{"shop": {PodCIDRs: pods, ServiceCIDR: service}},
	}
	for name, test := range map[string]struct {
		ranges statefile.Ranges
		want   string
	}{
		"all Pod ranges":              {statefile.Ranges{Pods: pods}, "shop"},
		"one of the Pod ranges":       {statefile.Ranges{Pods: pods[1:]}, "shop"},
		"another Pod range":           {statefile.Ranges{Pods: prefixes([]string{"10.0.0.0/20", "10.2.0.0/20"}), Owner: "shop"}, ""},
		"Services of the name":        {statefile.Ranges{Service: service, Owner: "shop", VPC: "other"}, "shop"},
		"Services in the VPC":         {statefile.Ranges{Service: service, Owner: "other", VPC: "prod"}, "shop"},
		"Services elsewhere":          {statefile.Ranges{Service: service, Owner: "other", VPC: "other"}, ""},
		"other Services of the name":  {statefile.Ranges{Service: prefix("172.21.0.0/20"), Owner: "shop", VPC: "prod"}, ""},
		"other Pods with its Service": {statefile.Ranges{Pods: prefixes([]string{"10.2.0.0/20"}), Service: service, Owner: "shop"}, ""},
		"no ranges":                   {statefile.Ranges{Owner: "shop", VPC: "prod"}, ""},
	} {
		if got := in.holding(test.ranges); got != test.want {
			t.Errorf("%s: got %q, want %q", name, got, test.want)
		}
	}
}
