package allocate

import (
	"testing"

	"github.com/cidrplan/terraform-provider-cidrplan/internal/profile"
	"github.com/cidrplan/terraform-provider-cidrplan/internal/topology"
)

func TestTheProfileOfExistingIsThatOfTheCluster(t *testing.T) {
	at, of := topology.Path{}.Attr("existing").Key("a"), topology.Path{}.Attr("clusters").Key("a")
	for name, test := range map[string]struct {
		existing, cluster string
		want              []problem
	}{
		"the same":                       {"ack-flannel", "ack-flannel", nil},
		"existing gives none":            {"", "ack-flannel", nil},
		"that of the cluster is unknown": {"ack-flannel", "", nil},
		"another one": {"gke-routes", "ack-flannel", []problem{{
			At:      `existing["a"].profile`,
			Problem: topology.Contradicting{Value: "gke-routes", Other: topology.ProfileOfCluster{}, Gives: "ack-flannel"},
		}}},
	} {
		t.Run(name, func(t *testing.T) {
			c := checker{}
			c.existingFits(at, of, topology.Cluster{Profile: test.cluster}, Existing{Profile: test.existing}, profile.Default())
			wantFaults(t, c.faults, test.want...)
		})
	}
}

// dualStack gives a cluster both address families.
func dualStack(cl *topology.Cluster) { cl.IPFamilies = []string{"ipv4", "ipv6"} }

// What existing gives of further ranges has the family of the list, is there once, and is of a family that the cluster has.
func TestFurtherRangesOfExistingAreChecked(t *testing.T) {
	const first = `existing["a"].`
	ipv4 := func(*topology.Cluster) {}
	alone := topology.NotAccepted{Value: "fd00:1::/61", Reason: topology.IPv6NotRequested{}}
	for name, test := range map[string]struct {
		edit  func(*topology.Cluster)
		given Existing
		want  []problem
	}{
		"in order": {dualStack, Existing{
			PodIPv6CIDR: prefix("fd00::/61"), NodeIPv6Mask: 64, ServiceIPv6CIDR: prefix("fd00:9::/112"),
			Further: profile.Further{
				Services: prefixes("172.31.0.0/20", "172.31.0.0/24"),
				PodsIPv6: prefixes("fd00:1::/61"), ServicesIPv6: prefixes("fd00:8::/112"),
			},
		}, nil},
		"IPv6 Services among those of IPv4": {dualStack, Existing{Further: profile.Further{Services: prefixes("fd00::/112")}}, []problem{
			{At: first + "further_service_cidrs[0]", Problem: topology.WrongFamily{Range: prefix("fd00::/112"), Want: "IPv4"}},
		}},
		"IPv4 Pods among those of IPv6": {ipv4, Existing{Further: profile.Further{PodsIPv6: prefixes("10.71.0.0/16")}}, []problem{
			{At: first + "further_pod_ipv6_cidrs[0]", Problem: topology.WrongFamily{Range: prefix("10.71.0.0/16"), Want: "IPv6"}},
		}},
		"IPv4 Services as IPv6": {dualStack, Existing{Further: profile.Further{ServicesIPv6: prefixes("172.31.0.0/20")}}, []problem{
			{At: first + "further_service_ipv6_cidrs[0]", Problem: topology.WrongFamily{Range: prefix("172.31.0.0/20"), Want: "IPv6"}},
		}},
		"twice": {dualStack, Existing{Further: profile.Further{Services: prefixes("172.31.0.0/20", "172.31.0.0/20")}}, []problem{
			{At: first + "further_service_cidrs[1]", Problem: topology.Repeated{Value: "172.31.0.0/20"}},
		}},
		"the first one": {dualStack, Existing{Further: profile.Further{Services: prefixes("172.30.0.0/20")}}, []problem{
			{At: first + "further_service_cidrs[0]", Problem: topology.FirstListed{Value: "172.30.0.0/20", First: "service_cidr"}},
		}},
		"IPv6 without the family": {ipv4, Existing{Further: profile.Further{PodsIPv6: prefixes("fd00:1::/61")}}, []problem{
			{At: first + "further_pod_ipv6_cidrs", Problem: alone},
		}},
	} {
		t.Run(name, func(t *testing.T) {
			given := test.given
			given.PodCIDRs, given.ServiceCIDR, given.NodeMask = prefixes("10.70.0.0/16"), prefix("172.30.0.0/20"), 24
			r := request(cluster("a", "kubernetes-overlay", lengths(16, 20, 24), test.edit), existing("a", given))
			wantFaults(t, Check(r, profile.Default()), test.want...)
		})
	}
}

// The address families of a cluster are an argument of the cluster, also where existing gives the range that needs IPv6.
func TestFamiliesAreSetAtTheCluster(t *testing.T) {
	for name, given := range map[string]Existing{
		"the first range": {PodIPv6CIDR: prefix("fd00::/61"), NodeIPv6Mask: 64},
		"a further range": {Further: profile.Further{PodsIPv6: prefixes("fd00::/61")}},
	} {
		t.Run(name, func(t *testing.T) {
			given.PodCIDRs, given.ServiceCIDR, given.NodeMask = prefixes("10.70.0.0/16"), prefix("172.30.0.0/20"), 24
			faults := Check(request(cluster("a", "kubernetes-overlay", lengths(16, 20, 24)), existing("a", given)), profile.Default())
			if len(faults) != 1 || len(faults[0].Options) != 2 {
				t.Fatalf("faults: %+v", faults)
			}
			if at := faults[0].Options[1].Edits[0].At.String(); at != `clusters["a"].ip_families` {
				t.Errorf("the option sets %s", at)
			}
		})
	}
}
