package topology_test

import (
	"fmt"
	"net/netip"
	"slices"
	"strings"
	"testing"

	"github.com/cidrplan/terraform-provider-cidrplan/internal/profile"
	"github.com/cidrplan/terraform-provider-cidrplan/internal/topology"
)

// allUnknown are facts with one reference of each kind, and every map that they refer to unknown as a whole.
func allUnknown() topology.Facts {
	return topology.Facts{
		Sites: sites{"idc": {CIDRBlocks: prefixes("10.9.0.0/16"), Hubs: []string{"cen", ""}, Peers: []string{"far"}}},
		VPCs: vpcs{
			"prod": {
				Platform:   "alicloud",
				CIDRBlocks: prefixes("192.168.0.0/16"),
				Hubs:       []string{"cen"},
				Unknown:    topology.Unknown{"subnets"},
			},
			"lab": {Unknown: topology.Unknown{topology.Everything}},
			"test": {
				Platform:   "alicloud",
				CIDRBlocks: prefixes("172.16.0.0/16"),
				Subnets:    map[string]netip.Prefix{"a": prefix("172.16.0.0/24"), "b": {}},
				Unknown:    topology.Unknown{"subnets"},
			},
		},
		Clusters: map[string]topology.Cluster{
			"shop":  {VPC: "prod", Profile: "ack-terway", NodeSubnets: []string{"nodes", ""}, PodSubnets: []string{"pods"}},
			"early": {VPC: "lab", Profile: "kubernetes-routed", NodeSubnets: []string{"nodes"}},
			"far":   {VPC: "undeclared", Profile: "ack-terway", PodSubnets: []string{"pods"}},
			"any":   {Profile: "ack-terway", PodSubnets: []string{"pods"}, Unknown: topology.Unknown{"vpc"}},
			"test":  {VPC: "test", Profile: "ack-terway", PodSubnets: []string{"a", "b"}},
			"room":  {VPC: "idc", Profile: "kubernetes-routed"},
		},
		Unknown: topology.Unknown{"hubs", "vpcs"},
	}
}

func uncheckedLines(f topology.Facts) []string {
	var lines []string
	for _, u := range f.UncheckedNames() {
		var names []string
		for _, n := range u.Names {
			names = append(names, fmt.Sprintf("%s = %s", n.At, n.Name))
		}
		lines = append(lines, u.Map.String()+": "+strings.Join(names, ", "))
	}
	return lines
}

// Every name that refers to a map which is unknown as a whole is listed, and none is a fault.
func TestNamesOfUnknownMapsAreListed(t *testing.T) {
	want := []string{
		`clusters["any"].vpc: clusters["any"].pod_subnets[0] = pods`,
		`hubs: sites["idc"].hubs[0] = cen, vpcs["prod"].hubs[0] = cen`,
		`vpcs: clusters["far"].pod_subnets[0] = pods, clusters["far"].vpc = undeclared, sites["idc"].peers[0] = far`,
		`vpcs["lab"]: clusters["early"].node_subnets[0] = nodes`,
		`vpcs["prod"].subnets: clusters["shop"].node_subnets[0] = nodes, clusters["shop"].pod_subnets[0] = pods`,
	}
	if got := uncheckedLines(allUnknown()); !slices.Equal(got, want) {
		t.Errorf("got\n%s\nwant\n%s", strings.Join(got, "\n"), strings.Join(want, "\n"))
	}
	wantFaults(t, topology.Check(allUnknown(), profile.Default()), nil)
}

// Where the keys of a map are known, names are looked up among them, whether its values are known or not.
func TestNamesOfSubnetsWithUnknownRangesAreChecked(t *testing.T) {
	f := allUnknown()
	f.Unknown = nil
	f.Hubs = map[string]topology.Hub{"cen": {}}
	f.Sites["idc"] = topology.Site{CIDRBlocks: prefixes("10.9.0.0/16"), Hubs: []string{"cen"}}
	f.Clusters = map[string]topology.Cluster{"test": {VPC: "test", Profile: "ack-terway", PodSubnets: []string{"b", "c"}}}
	wantFaults(t, topology.Check(f, profile.Default()),
		one(`clusters["test"].pod_subnets[1]`, topology.Undeclared{Kind: topology.SubnetName, Name: "c", Known: []string{"a", "b"}}))
	if got := uncheckedLines(f); got != nil {
		t.Errorf("got %q", got)
	}
}

// Every check of a name that is passed over for an unknown map has its line: with the map known and empty,
// each name in the lines is undeclared or refers into what is.
func TestEveryUncheckedNameIsAReference(t *testing.T) {
	f := allUnknown()
	listed := f.UncheckedNames()
	f.Unknown = nil
	v := f.VPCs["prod"]
	v.Unknown = nil
	f.VPCs["prod"] = v
	undeclared := map[string]bool{}
	for _, fault := range topology.Check(f, profile.Default()) {
		if _, is := fault.Problem.(topology.Undeclared); is {
			undeclared[fault.At.String()] = true
		}
	}
	inListed := map[string]bool{}
	for _, u := range listed {
		for _, n := range u.Names {
			inListed[n.At.String()] = true
		}
	}
	if len(undeclared) < 5 {
		t.Errorf("only %d names are undeclared", len(undeclared))
	}
	for at := range undeclared {
		if !inListed[at] {
			t.Errorf("%s is undeclared once its map is known, and was not listed before", at)
		}
	}
}
