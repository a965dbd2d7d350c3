package conflict_test

import (
	"fmt"
	"net/netip"
	"slices"
	"testing"

	"pgregory.net/rapid"

	"github.com/cidrplan/terraform-provider-cidrplan/internal/conflict"
	"github.com/cidrplan/terraform-provider-cidrplan/internal/oracle"
	"github.com/cidrplan/terraform-provider-cidrplan/internal/profile"
	"github.com/cidrplan/terraform-provider-cidrplan/internal/topology"
)

// TestSubnetCapacityAgreesWithTheOracle draws clusters that share few small subnets. What is reported
// is what the oracle finds: each tenant that is too many alone; of the others samples only; and
// no sample of the others is left untold.
func TestSubnetCapacityAgreesWithTheOracle(t *testing.T) {
	catalog := fixturePlatforms(t)
	rapid.Check(t, func(t *rapid.T) {
		for range 20 {
			checkCapacity(t, catalog)
		}
	})
}

// checkCapacity draws some clusters and compares what is reported with the oracle.
func checkCapacity(t *rapid.T, catalog *profile.Catalog) {
	names := []string{"a", "b", "c", "d", "v6", "unknown"}
	subnets := map[string]netip.Prefix{"v6": prefix("fd00::/64"), "unknown": {}}
	rooms, reserved := map[string]int64{}, map[string]topology.Reserved{"unknown": {}, "elsewhere": {CIDR: prefix("10.1.0.0/16")}}
	for i, name := range names[:4] {
		length := rapid.IntRange(28, 31).Draw(t, name)
		subnets[name] = netip.PrefixFrom(netip.AddrFrom4([4]byte{10, 0, byte(i), 0}), length)
		kept := 2
		if own := rapid.IntRange(length, 32).Draw(t, "reserved in "+name); own > length {
			// the second range is in the first, and the third is the whole subnet
			reserved[name] = topology.Reserved{CIDR: netip.PrefixFrom(subnets[name].Addr(), own)}
			reserved["again "+name] = topology.Reserved{CIDR: netip.PrefixFrom(subnets[name].Addr(), 32)}
			reserved["all of "+name] = topology.Reserved{CIDR: subnets[name]}
			kept += 1 << (32 - own)
		}
		rooms[name] = int64(max(0, 1<<(32-length)-kept))
	}
	anyNames := rapid.Custom(func(t *rapid.T) []string {
		if rapid.IntRange(0, 11).Draw(t, "of all") == 0 {
			return rapid.SliceOfNDistinct(rapid.SampledFrom(names), 0, 3, rapid.ID).Draw(t, "subnets")
		}
		return rapid.SliceOfNDistinct(rapid.SampledFrom(names[:4]), 0, 3, rapid.ID).Draw(t, "subnets")
	})
	f := topology.Facts{
		VPCs:     map[string]topology.VPC{"home": {Platform: "strict", RouteQuota: 1000, Subnets: subnets}},
		Clusters: map[string]topology.Cluster{},
		Reserved: reserved,
	}
	var tenants []oracle.Tenant
	var called []string
	add := func(name string, wants int64, in []string) {
		known := !slices.Contains(in, "v6") && !slices.Contains(in, "unknown")
		if len(in) > 0 && known && wants > 0 {
			tenants, called = append(tenants, oracle.Tenant{Addresses: wants, Subnets: in}), append(called, name)
		}
	}
	for i := range rapid.IntRange(1, 4).Draw(t, "clusters") {
		name := fmt.Sprint("x", i)
		cl := topology.Cluster{
			VPC: "home", Profile: "any-subnets",
			Need: profile.Need{
				MaxNodes:    rapid.Int64Range(0, 14).Draw(t, "nodes"),
				PodsPerNode: rapid.Int64Range(1, 2).Draw(t, "pods"),
			},
			NodeSubnets: anyNames.Draw(t, "for nodes"), PodSubnets: anyNames.Draw(t, "for Pods"),
		}
		f.Clusters[name] = cl
		add(fmt.Sprintf("nodes of %q", name), cl.Need.MaxNodes, cl.NodeSubnets)
		add(fmt.Sprintf("Pods of %q", name), cl.Need.MaxNodes*cl.Need.PodsPerNode, cl.PodSubnets)
	}

	var reported [][]int
	for _, finding := range conflict.NewWorld(f, catalog).Counts(f, nil) {
		var group []int
		for _, term := range finding.Terms {
			i := slices.Index(called, termText(term))
			if i < 0 || tenants[i].Addresses != term.Value {
				t.Fatalf("%s: no tenant is %+v", finding.Code, term)
			}
			group = append(group, i)
		}
		slices.Sort(group)
		reported = append(reported, group)
		checkFigures(t, finding, tenants, group, rooms)
	}

	checkReported(t, reported, tenants, rooms)
}

// checkReported compares the tenants that are reported together with those that the oracle finds too many together.
func checkReported(t *rapid.T, reported [][]int, tenants []oracle.Tenant, rooms map[string]int64) {
	shortages := oracle.Shortages(tenants, rooms)
	mentioned := map[int]bool{}
	for _, group := range reported {
		if !slices.ContainsFunc(shortages, func(c []int) bool { return slices.Equal(c, group) }) {
			t.Fatalf("reported %v, which is no shortage among %v", group, shortages)
		}
		for _, i := range group {
			if mentioned[i] {
				t.Fatalf("reported %v, and %d twice", reported, i)
			}
			mentioned[i] = true
		}
	}
	alone := func(i int) bool {
		return slices.ContainsFunc(shortages, func(c []int) bool { return slices.Equal(c, []int{i}) })
	}
	for _, shortage := range shortages {
		switch {
		case len(shortage) > 1 && slices.ContainsFunc(shortage, alone): // given one that is too many alone
		case !slices.ContainsFunc(shortage, func(i int) bool { return mentioned[i] }):
			t.Fatalf("tenants %+v in %v: reported %v, and not %v", tenants, rooms, reported, shortage)
		}
	}
	for _, group := range reported {
		if len(group) > 1 && slices.ContainsFunc(group, alone) {
			t.Fatalf("reported %v, though one of them is too many alone", group)
		}
	}
}

// checkFigures checks the sum and the addresses of a finding.
func checkFigures(t *rapid.T, f conflict.Finding, tenants []oracle.Tenant, group []int, rooms map[string]int64) {
	var wants, room int64
	seen := map[string]bool{}
	for _, i := range group {
		wants += tenants[i].Addresses
		for _, name := range tenants[i].Subnets {
			if !seen[name] {
				room += rooms[name]
			}
			seen[name] = true
		}
	}
	if f.Number.Value != wants || f.Limit.Value != room || f.Number.Unit != "addresses" || f.Limit.Unit != "addresses" {
		t.Fatalf("%s: %+v of %+v, want %d of %d addresses", f.Code, f.Number, f.Limit, wants, room)
	}
}
