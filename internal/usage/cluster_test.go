package usage

import (
	"math/big"
	"net/netip"
	"os"
	"testing"

	"github.com/cidrplan/terraform-provider-cidrplan/internal/allocate"
	"github.com/cidrplan/terraform-provider-cidrplan/internal/profile"
	"github.com/cidrplan/terraform-provider-cidrplan/internal/topology"
)

// On a platform with two routes for each node, a cluster of ten nodes has twenty, as has each further one of its size.
func TestRoutesOfAPlatformWithSeveralForEachNode(t *testing.T) {
	catalog, err := profile.Load(os.DirFS("../profile/testdata/fictitious_one"))
	if err != nil {
		t.Fatal(err)
	}
	r := request(supernets("10.0.0.0/9"), cluster("shop", "prod", 0, func(c *topology.Cluster) {
		c.Profile, c.Need, c.PodCIDRs = "fictitious-fixed", profile.Need{MaxNodes: 10}, prefixes("10.1.0.0/16")
		c.ServiceCIDR = prefix("10.2.0.0/24")
	}))
	s, faults := New(heldBy(t, r, catalog), catalog)
	if s == nil {
		t.Fatalf("%#v", faults)
	}
	got := s.Cluster("shop", Observed{})
	if got.RoutesEach != 20 || got.Routes.Asked.Cmp(big.NewInt(20)) != 0 || got.Routes.Served.Cmp(big.NewInt(60)) != 0 {
		t.Errorf("%d routes each, %v of %v in all", got.RoutesEach, got.Routes.Asked, got.Routes.Served)
	}
}

// A number of Pod ranges is compared with the most that a cluster can have, where a source publishes one.
func TestPodRangesThatAClusterCanHave(t *testing.T) {
	for name, want := range map[string]*big.Int{"kubernetes-overlay": nil, "ack-flannel": big.NewInt(1), "cce-vpc-router": big.NewInt(20)} {
		r := request(supernets("10.0.0.0/9"), cluster("shop", "prod", 20, func(c *topology.Cluster) {
			c.Profile = name
			if want == nil {
				c.AppendRanges = []string{profile.PodRanges}
			}
		}))
		got := surveyed(t, held(t, r)).Cluster("shop", Observed{}).PodRanges
		if got.Asked.Cmp(big.NewInt(1)) != 0 || (got.Served == nil) != (want == nil) || want != nil && got.Served.Cmp(want) != 0 {
			t.Errorf("%s: %v of %v, want 1 of %v", name, got.Asked, got.Served, want)
		}
	}
}

// A cluster that no longer allows further Pod ranges keeps those that were appended to it, and can have no more.
func TestPodRangesOfAClusterThatNoLongerAppends(t *testing.T) {
	overlay := func(nodes int64, allowed ...string) func(*allocate.Request) {
		return func(r *allocate.Request) {
			r.Facts.Clusters["a"] = topology.Cluster{
				VPC: "prod", Profile: "kubernetes-overlay", AppendRanges: allowed,
				Need: profile.Need{MaxNodes: nodes, NodeMask: 26, MaxServices: 100},
			}
		}
	}
	r := held(t, request(overlay(4, "pods")))
	overlay(6, "pods")(&r)
	r = held(t, r)
	share := func() Share { return surveyed(t, r).Cluster("a", Observed{}).PodRanges }
	if got := share(); got.Asked.Int64() != 2 || got.Served != nil {
		t.Errorf("while it appends: %v of %v", got.Asked, got.Served)
	}
	overlay(6)(&r)
	if got := share(); got.Asked.Int64() != 2 || got.Served == nil || got.Served.Int64() != 2 {
		t.Errorf("after that: %v of %v", got.Asked, got.Served)
	}
}

// With prefix delegation, what counts of a subnet are its whole blocks: 224 of the 251 addresses of a /24. Each node with 16 Pods has two.
func TestBlocksInSubnets(t *testing.T) {
	r := held(t, request(
		vpc("prod", topology.VPC{
			Platform: "aws", CIDRBlocks: prefixes("10.9.0.0/16"), Subnets: map[string]netip.Prefix{"a": prefix("10.9.1.0/24")},
		}),
		cluster("web", "prod", 0, func(c *topology.Cluster) {
			c.Profile, c.PodSubnets = "eks-prefix-delegation", []string{"a"}
			c.Need = profile.Need{MaxNodes: 7, PodsPerNode: 16, ServiceLength: 24}
		}),
	))
	for available, want := range map[int64]int64{251: 0, 219: 32, 27: 224, 0: 224} {
		observed := Observed{Available: map[string]map[string]int64{"prod": {"a": available}}}
		got := surveyed(t, r).Cluster("web", observed).Pods
		if got.Asked.Int64() != 7*32 || got.Served.Int64() != 224 || got.Observed.Int64() != want {
			t.Errorf("%d available: asks for %v of %v, %v are taken, want %d", available, got.Asked, got.Served, got.Observed, want)
		}
	}
	two := big.NewRat(2, 1)
	months := surveyed(t, r).MonthsOfCluster("web", Growth{"web": two}, Observed{
		Nodes: map[string]int64{"web": 1}, Available: map[string]map[string]int64{"prod": {"a": 219}},
	})
	if want := big.NewRat(224-32, 2*32); months.Subnets == nil || months.Subnets.Cmp(want) != 0 {
		t.Errorf("the subnet lasts %v months, want %v", months.Subnets, want)
	}
}
