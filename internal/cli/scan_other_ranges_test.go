package cli

import (
	"fmt"
	"strings"
	"testing"
)

// A GKE cluster in its network as a state has them, with the range of its control plane.
var (
	googleNetwork = [3]string{"google_compute_network", "prod", `{"id": "n", "auto_create_subnetworks": false, "routing_mode": "GLOBAL"}`}
	googleSubnet  = [3]string{
		"google_compute_subnetwork", "prod", `{"id": "s", "network": "n", "ip_cidr_range": "10.10.0.0/22", "purpose": "PRIVATE",
			"region": "europe-west3", "secondary_ip_range": []}`,
	}
	gkeWith = func(plane, mode string) [3]string {
		return [3]string{"google_container_cluster", "shop", fmt.Sprintf(`{"id": "c", "network": "n", "location": "europe-west3",
			"cluster_ipv4_cidr": "10.64.0.0/16", "networking_mode": %q,
			"ip_allocation_policy": [{"cluster_ipv4_cidr_block": "10.64.0.0/16", "services_ipv4_cidr_block": "172.20.0.0/20"}],
			"private_cluster_config": [{"master_ipv4_cidr_block": %q}]}`, mode, plane)}
	}
	gke = func(plane string) [3]string { return gkeWith(plane, "VPC_NATIVE") }
)

const (
	// heldShop is what an allocator holds for the cluster, with the uses that it was given.
	heldShop = `{"name": "k8s", "supernets": ["10.64.0.0/10"],
		"vpcs": {"prod": {"platform": "google", "cidr_blocks": ["10.10.0.0/22"]}},
		"clusters": {"shop": {"vpc": "prod", "profile": "gke"%s}}, "existing": {%s},
		"allocations": {"shop": {"pod_cidrs": ["10.64.0.0/16"], "service_cidr": "172.20.0.0/20"}}}`
	inSubnet = `range 10.10.0.16/28 of cluster "shop" overlaps block 10.10.0.0/22 of VPC "prod"`
)

// The ranges that a cluster uses beside Pods and Services are those that its cloud reports, and those that an allocator or a declaration of
// the cluster has.
func TestScanOfOtherRanges(t *testing.T) {
	allocator := func(other, existing string) [3]string {
		return [3]string{"cidrplan_allocator", "k8s", fmt.Sprintf(heldShop, other, existing)}
	}
	declared := [3]string{"cidrplan_cluster", "shop", `{"name": "shop", "vpc": "prod", "profile": "gke", "pod_cidrs": ["10.64.0.0/16"],
		"service_cidr": "172.20.0.0/20", "other_ranges": {"control_plane": ["10.10.0.16/28"]}}`}
	vpc := [3]string{"cidrplan_vpc", "prod", `{"name": "prod", "platform": "google", "cidr_blocks": ["10.10.0.0/22"]}`}
	const given = `"control_plane": ["10.10.0.16/28"]`
	for name, test := range map[string]struct {
		resources [][3]string
		conflict  bool
	}{
		"free of conflicts":                  {[][3]string{gke("172.16.0.0/28")}, false},
		"on a subnet":                        {[][3]string{gke("10.10.0.16/28")}, true},
		"none is set":                        {[][3]string{gke("")}, false},
		"an allocator has another one":       {[][3]string{gke("172.16.0.0/28"), allocator(`, "other_ranges": {`+given+`}`, "")}, true},
		"existing of an allocator has it":    {[][3]string{gke(""), allocator("", `"shop": {"other_ranges": {`+given+`}}`)}, true},
		"an allocator has none":              {[][3]string{gke("172.16.0.0/28"), allocator("", "")}, false},
		"a declaration of the cluster":       {[][3]string{gke(""), declared, vpc}, true},
		"a declaration without the resource": {[][3]string{declared, vpc}, true},
	} {
		t.Run(name, func(t *testing.T) {
			state := stateOf(append([][3]string{googleNetwork, googleSubnet}, test.resources...)...)
			r := runWith(t, IO{In: strings.NewReader(state)}, "scan", "-")
			if found := strings.Contains(r.out, inSubnet); found != test.conflict || (r.exit == Conflicts) != test.conflict {
				t.Errorf("exit code %d, want a conflict: %t\n%s%s", r.exit, test.conflict, r.out, r.err)
			}
		})
	}
}

// A declared cluster has them in its declaration, which stays, and a cluster that is not declared in its entry of existing.
func TestAdoptOfOtherRanges(t *testing.T) {
	for name, test := range map[string]struct {
		cluster         [3]string
		want, unwritten string
	}{
		"declared": {
			gke("172.16.0.0/28"), `profile = "gke", other_ranges = { control_plane = ["172.16.0.0/28"] } }`, "other_ranges   =",
		},
		"not declared": {gkeWith("172.16.0.0/28", "x"), `other_ranges = { control_plane = ["172.16.0.0/28"] }`, ", other_ranges"},
		"none":         {gke(""), `shop = { vpc = "prod", profile = "gke" }`, "other_ranges"},
	} {
		t.Run(name, func(t *testing.T) {
			state := stateOf(googleNetwork, googleSubnet, test.cluster)
			r := runWith(t, IO{In: strings.NewReader(state)}, "adopt", "-")
			got := strings.ReplaceAll(r.out, "  ", " ")
			if r.exit != OK || !strings.Contains(got, test.want) || strings.Contains(r.out, test.unwritten) {
				t.Errorf("exit code %d, want %s and not %s\n%s%s", r.exit, test.want, test.unwritten, r.out, r.err)
			}
		})
	}
}

// A range is not free if a cluster uses it beside Pods and Services, also if the network mode of the cluster is not known.
func TestFreeBesideOtherRanges(t *testing.T) {
	for mode, want := range map[string]string{
		"VPC_NATIVE": `control-plane range 172.16.0.0/28 of cluster "shop"`, "x": `range 172.16.0.0/28 of existing cluster "shop"`,
	} {
		r := runWith(t, IO{In: strings.NewReader(stateOf(googleNetwork, googleSubnet, gkeWith("172.16.0.0/28", mode)))},
			"free", "172.16.0.0/24", "-")
		if r.exit != Conflicts || !strings.Contains(r.out, want) {
			t.Errorf("%s: exit code %d, want %s\n%s%s", mode, r.exit, want, r.out, r.err)
		}
	}
}
