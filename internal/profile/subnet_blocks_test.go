package profile_test

import (
	"fmt"
	"math/rand/v2"
	"net/netip"
	"testing"

	"github.com/cidrplan/terraform-provider-cidrplan/internal/cidr"
	"github.com/cidrplan/terraform-provider-cidrplan/internal/profile"
)

// AWS and Azure keep the first four addresses of a subnet and the last one, so that its first and its last /28 are not whole.
func TestWholeBlocksOfASubnet(t *testing.T) {
	for name, test := range map[string]struct {
		subnet   string
		reserved []string
		want     int64
	}{
		"a /24 has 14 of 16 blocks":                    {"10.0.1.0/24", nil, 14 * 16},
		"a /26 has two of four":                        {"10.0.0.64/26", nil, 2 * 16},
		"a /27 has none: both are at an end":           {"10.0.0.32/27", nil, 0},
		"a /28 has none: it is at both ends":           {"10.0.0.16/28", nil, 0},
		"a smaller subnet has none":                    {"10.0.0.16/29", nil, 0},
		"a /16":                                        {"10.0.0.0/16", nil, 65536 - 32},
		"one reserved address breaks its block":        {"10.0.1.0/24", []string{"10.0.1.40/32"}, 13 * 16},
		"two in one block break one":                   {"10.0.1.0/24", []string{"10.0.1.40/32", "10.0.1.41/32"}, 13 * 16},
		"a reserved /29 breaks one, a /27 two":         {"10.0.1.0/24", []string{"10.0.1.40/29", "10.0.1.64/27"}, 11 * 16},
		"one in a block at an end breaks no other one": {"10.0.1.0/24", []string{"10.0.1.255/32"}, 14 * 16},
		"half of the subnet":                           {"10.0.1.0/24", []string{"10.0.1.128/25"}, 7 * 16},
	} {
		for _, platform := range []string{"aws", "azure"} {
			got := profile.Default().Platform(platform).Networks.Subnets.UsableInBlocks(
				netip.MustParsePrefix(test.subnet), 28, prefixes(test.reserved...),
			)
			if got != test.want {
				t.Errorf("%s on %s: got %d, want %d", name, platform, got, test.want)
			}
		}
	}
}

// Address by address, for platforms that keep any numbers of addresses at both ends.
func TestWholeBlocksAgreeWithTheOracle(t *testing.T) {
	draw := rand.New(rand.NewPCG(1, 2))
	for range 3000 {
		first, last := int64(draw.IntN(20)), int64(draw.IntN(20))
		subnet := netip.PrefixFrom(netip.MustParseAddr("10.0.1.0"), 24+draw.IntN(8)).Masked()
		block := 25 + draw.IntN(7)
		var reserved []netip.Prefix
		if draw.IntN(2) == 0 {
			reserved = prefixes(fmt.Sprintf("10.0.1.%d/%d", draw.IntN(256), 27+draw.IntN(6)))
			reserved[0] = reserved[0].Masked()
			if reserved[0].Bits() < subnet.Bits() || !subnet.Contains(reserved[0].Addr()) {
				reserved = nil
			}
		}
		rules := profile.VPCSubnets{Reserved: profile.Reserved{Addresses: first + last, Last: last}}
		if got, want := rules.UsableInBlocks(subnet, block, reserved), wholeOneByOne(subnet, block, first, last, reserved); got != want {
			t.Fatalf("%v in /%d, %d and %d kept, %v reserved: got %d, want %d", subnet, block, first, last, reserved, got, want)
		}
	}
}

// wholeOneByOne counts the addresses of a subnet in blocks of which every address is free.
func wholeOneByOne(subnet netip.Prefix, block int, first, last int64, reserved []netip.Prefix) (whole int64) {
	size, total := addresses(block), addresses(subnet.Bits())
	number := int64(0)
	free, inBlock := true, int64(0)
	for a := subnet.Addr(); subnet.Contains(a); a = a.Next() {
		if number < first || number >= total-last || len(reserved) > 0 && reserved[0].Contains(a) {
			free = false
		}
		number, inBlock = number+1, inBlock+1
		if a == cidr.Last(netip.PrefixFrom(a, block).Masked()) {
			if free && inBlock == size {
				whole += size
			}
			free, inBlock = true, 0
		}
	}
	return whole
}

// What a node takes of subnets: see the examples of the VPC CNI and of AKS, at both sides of each further block.
func TestBlocksOfANodeInSubnets(t *testing.T) {
	for _, test := range []struct {
		profile string
		pods    int64
		want    int64
	}{
		{"eks", 110, 0},
		{"eks-prefix-delegation", 5, 32}, {"eks-prefix-delegation", 16, 32}, {"eks-prefix-delegation", 17, 48},
		{"eks-prefix-delegation", 58, 80}, {"eks-prefix-delegation", 110, 128}, {"eks-prefix-delegation", 112, 128},
		{"eks-prefix-delegation", 113, 144}, {"eks-prefix-delegation", 250, 272},
		{"aks-pod-subnet-static", 30, 32}, {"aks-pod-subnet-static", 31, 32}, {"aks-pod-subnet-static", 32, 48},
		{"aks-pod-subnet-static", 47, 48}, {"aks-pod-subnet-static", 250, 256},
	} {
		size, err := shipped(t, test.profile).NodeSize(profile.Need{PodsPerNode: test.pods})
		if err != nil || size.Addresses != test.want || size.Pods != test.pods || size.Mask != 0 {
			t.Errorf("%s with %d Pods: got %+v (%v), want %d addresses", test.profile, test.pods, size, err, test.want)
		}
	}
	for _, pods := range []int64{9, 251} {
		if _, err := shipped(t, "aks-pod-subnet-static").NodeSize(profile.Need{PodsPerNode: pods}); err == nil {
			t.Errorf("%d Pods on a node of AKS are accepted", pods)
		}
	}
}

// Pods in subnets have no block that node_cidr_mask could set.
func TestBlocksInSubnetsHaveNoGivenMask(t *testing.T) {
	for _, name := range []string{"eks", "eks-prefix-delegation", "aks-pod-subnet-static"} {
		_, err := shipped(t, name).NodeSize(profile.Need{NodeMask: 28})
		if err == nil || err.Argument != "node_cidr_mask" || err.Cause != (profile.PodsInSubnets{}) {
			t.Errorf("%s: %v", name, err)
		}
	}
}

func TestRulesOnPodsOfTwoClustersInASubnet(t *testing.T) {
	for at, want := range map[[2]string]profile.Level{
		{"aks-pod-subnet", "aks-pod-subnet"}:               profile.Allow,
		{"aks-pod-subnet", "aks-pod-subnet-static"}:        profile.Error,
		{"aks-pod-subnet-static", "aks-pod-subnet"}:        profile.Error,
		{"aks-pod-subnet-static", "aks-pod-subnet-static"}: profile.Allow,
		{"eks-prefix-delegation", "eks"}:                   profile.Warn,
		{"eks", "eks-prefix-delegation"}:                   profile.Allow, // the other one warns
		{"eks-prefix-delegation", "eks-prefix-delegation"}: profile.Allow,
	} {
		if got := shipped(t, at[0]).BesidePodsOf(shipped(t, at[1])); got.Level != want {
			t.Errorf("%v: got %v, want %v: %s", at, got.Level, want, got.Text)
		}
	}
}

func TestProfilesThatAClusterCanChangeTo(t *testing.T) {
	for at, want := range map[[2]string]bool{
		{"eks", "eks-prefix-delegation"}: true, {"eks-prefix-delegation", "eks"}: true, {"eks", "ack-terway"}: false,
		{"aks-pod-subnet", "aks-pod-subnet-static"}: false, {"eks-prefix-delegation", "eks-prefix-delegation"}: false,
	} {
		if got := shipped(t, at[0]).ChangesTo(at[1]); got != want {
			t.Errorf("%v: got %v", at, got)
		}
	}
}

// Nodes have blocks of addresses of subnets where Pods use subnets and the platform gives nodes blocks at all.
func TestWhereNodesHaveBlocksOfSubnets(t *testing.T) {
	blocks := func(name string, of profile.Blocks) *profile.Profile {
		return changed(fictitiousMany(t, name), func(p *profile.Profile) { p.Nodes.Blocks, p.Nodes.Longest = of, 28 })
	}
	for want, all := range map[int][]*profile.Profile{
		28: {blocks("fictitious-subnets", profile.Dynamic)},
		0: {
			blocks("fictitious-subnets", profile.None), blocks("fictitious-dynamic", profile.Dynamic),
			blocks("fictitious-shared", profile.Fixed),
		},
	} {
		for _, p := range all {
			if got := p.SubnetBlock(); got != want {
				t.Errorf("%s with blocks %q: got %d, want %d", p.Name, p.Nodes.Blocks, got, want)
			}
		}
	}
}

// A subnet of the length of one block is a whole one, if nothing of it is reserved.
func TestASubnetOfOneBlock(t *testing.T) {
	for length, want := range map[int]int64{29: 16, 28: 16, 27: 0} {
		if got := (profile.VPCSubnets{}).UsableInBlocks(prefix("10.0.0.0/28"), length, nil); got != want {
			t.Errorf("in blocks of /%d: got %d, want %d", length, got, want)
		}
	}
}
