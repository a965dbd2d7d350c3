package profile_test

import (
	"net/netip"
	"testing"

	"pgregory.net/rapid"

	"github.com/cidrplan/terraform-provider-cidrplan/internal/cidr"
	"github.com/cidrplan/terraform-provider-cidrplan/internal/profile"
)

// The oracle below tries every prefix length, the longest first, and takes the first that the
// rules take and that holds the need.

// smallest returns the longest length from 32 down to 0 that will do, -1 when none does.
func smallest(does func(length int) bool) int {
	for length := 32; length >= 0; length-- {
		if does(length) {
			return length
		}
	}
	return -1
}

// taken says whether every limit of at least the level has a window that takes the IPv4 length.
func taken(limits []profile.Limit, level profile.Level, length int) bool {
	for _, l := range limits {
		some := l.Level < level
		for _, w := range l.Windows {
			some = some || w.CIDR.Addr().Is4() && w.Shortest <= length && length <= w.Longest
		}
		if !some {
			return false
		}
	}
	return true
}

// addresses counts those of an IPv4 length.
func addresses(length int) int64 {
	n := int64(1)
	for range 32 - length {
		n *= 2
	}
	return n
}

func oracleServices(p *profile.Profile, services int64) int {
	return smallest(func(length int) bool {
		advised := p.Services.SizedLongest == 0 || length <= p.Services.SizedLongest
		return advised && taken(p.Services.Limits, profile.Error, length) && addresses(length)-p.Services.Lost >= services
	})
}

func oracleNodes(p *profile.Profile, pods int64) int {
	n := p.Nodes
	lost := n.Lost
	if n.PodsPerNode.Counts == "addresses" {
		lost = 0
	}
	if pods > n.PodsPerNode.Max {
		return -1
	}
	return smallest(func(mask int) bool {
		return n.Shortest <= mask && mask <= n.Longest && addresses(mask)-lost >= pods
	})
}

func oraclePods(p *profile.Profile, mask int, nodes int64) int {
	for _, limit := range p.Nodes.Caps {
		if limit.Level == profile.Error && nodes > limit.Max {
			return -1
		}
	}
	return smallest(func(length int) bool {
		difference := p.Nodes.MaxDifference
		return length <= mask && (difference == 0 || mask-length <= difference) &&
			taken(p.Pods.Limits, profile.Allow, length) && addresses(length) >= nodes*addresses(mask)
	})
}

// everyProfile runs a test for those shipped and for one that is made up.
func everyProfile(t *testing.T, test func(t *testing.T, p *profile.Profile)) {
	t.Helper()
	for _, c := range []*profile.Catalog{profile.Default(), load(t, moonFiles(t))} {
		for _, name := range c.Names() {
			t.Run(name, func(t *testing.T) { test(t, known(t, c, name)) })
		}
	}
}

func wantLength(t *testing.T, need profile.Need, got int, err *profile.SizeError, want int) {
	t.Helper()
	if refused := want < 0; refused != (err != nil) || !refused && got != want {
		t.Fatalf("%+v: got /%d, %v; the oracle says /%d", need, got, err, want)
	}
}

func TestSizesAgreeWithTheOracle(t *testing.T) {
	everyProfile(t, func(t *testing.T, p *profile.Profile) {
		for n := int64(1); n <= 70_000; n++ {
			need := profile.Need{MaxServices: n}
			length, err := p.ServiceSize(need)
			wantLength(t, need, length, err, oracleServices(p, n))
		}
		for n := int64(1); n <= 5_000; n++ {
			need := profile.Need{PodsPerNode: n}
			mask, doubledBy, err := p.NodeSize(need)
			wantLength(t, need, mask, err, oracleNodes(p, n))
			lossless := *p
			lossless.Nodes.Lost = 0
			if want := oracleNodes(&lossless, n); err == nil && doubledBy > 0 != (mask < want) {
				t.Fatalf("%+v: /%d, doubled by %d; without loss it would be /%d", need, mask, doubledBy, want)
			}
		}
		for mask := p.Nodes.Shortest; mask <= p.Nodes.Longest; mask++ {
			for n := int64(1); n <= 3_000; n++ {
				need := profile.Need{MaxNodes: n, NodeMask: mask}
				length, err := p.PodSize(need, mask)
				wantLength(t, need, length, err, oraclePods(p, mask, n))
			}
		}
	})
}

// size is what a need comes to as a whole, the zero Size when it is refused.
func size(p *profile.Profile, need profile.Need) (size profile.Size, ok bool) {
	mask, doubledBy, err := p.NodeSize(need)
	if err != nil {
		return size, false
	}
	pods, err := p.PodSize(need, mask)
	if err != nil {
		return size, false
	}
	services, err := p.ServiceSize(need)
	return profile.Size{PodLength: pods, ServiceLength: services, NodeMask: mask, DoubledBy: doubledBy}, err == nil
}

var anyNeed = rapid.Custom(func(t *rapid.T) profile.Need {
	return profile.Need{
		MaxNodes:    rapid.Int64Range(1, 300_000).Draw(t, "nodes"),
		PodsPerNode: rapid.Int64Range(1, 1_100).Draw(t, "pods"),
		MaxServices: rapid.Int64Range(1, 1<<21).Draw(t, "services"),
	}
})

// What a need comes to serves it, and half of any of it would not, unless the platform or its
// advice has nothing smaller.
func TestSizesServeTheNeed(t *testing.T) {
	everyProfile(t, func(t *testing.T, p *profile.Profile) {
		rapid.Check(t, func(t *rapid.T) {
			need := anyNeed.Draw(t, "need")
			s, ok := size(p, need)
			if !ok {
				t.Skip("refused")
			}
			usable := p.Usable(profile.Ranges{
				Pods:     []netip.Prefix{netip.PrefixFrom(netip.MustParseAddr("0.0.0.0"), s.PodLength)},
				Service:  netip.PrefixFrom(netip.MustParseAddr("0.0.0.0"), s.ServiceLength),
				NodeMask: s.NodeMask,
			})
			pods := usable.PodsPerNode
			if p.Nodes.PodsPerNode.Counts == "addresses" {
				pods += p.Nodes.Lost
			}
			if usable.Nodes < need.MaxNodes || pods < need.PodsPerNode || usable.Services < need.MaxServices {
				t.Fatalf("%+v comes to %+v, of which %+v is usable", need, s, usable)
			}
		})
	})
}

func TestLargerNeedsNeverGetSmallerRanges(t *testing.T) {
	everyProfile(t, func(t *testing.T, p *profile.Profile) {
		rapid.Check(t, func(t *rapid.T) {
			small, more := anyNeed.Draw(t, "small"), anyNeed.Draw(t, "more")
			large := profile.Need{
				MaxNodes: small.MaxNodes + more.MaxNodes, PodsPerNode: small.PodsPerNode + more.PodsPerNode,
				MaxServices: small.MaxServices + more.MaxServices,
			}
			of, ok := size(p, small)
			grown, fits := size(p, large)
			if fits && !ok {
				t.Fatalf("%+v is refused, %+v is not", small, large)
			}
			if fits && (grown.PodLength > of.PodLength || grown.ServiceLength > of.ServiceLength || grown.NodeMask > of.NodeMask) {
				t.Fatalf("%+v comes to %+v, the larger %+v to %+v", small, of, large, grown)
			}
		})
	})
}

// A length that is given is taken as it is, or refused; it never turns into another one.
func TestGivenLengthsAreTakenAsTheyAre(t *testing.T) {
	everyProfile(t, func(t *testing.T, p *profile.Profile) {
		for length := 1; length <= cidr.V4.Bits(); length++ {
			if got, err := p.ServiceSize(profile.Need{ServiceLength: length}); err == nil && got != length {
				t.Errorf("service_prefix_length = %d became %d", length, got)
			}
			mask, _, err := p.NodeSize(profile.Need{NodeMask: length})
			if within := p.Nodes.Shortest <= length && length <= p.Nodes.Longest; within != (err == nil) || within && mask != length {
				t.Errorf("node_cidr_mask = %d: got %d, %v", length, mask, err)
			}
			for mask := p.Nodes.Shortest; mask <= p.Nodes.Longest; mask++ {
				got, err := p.PodSize(profile.Need{PodLength: length}, mask)
				difference := p.Nodes.MaxDifference
				ok := length <= mask && (difference == 0 || mask-length <= difference) && taken(p.Pods.Limits, profile.Error, length)
				if ok != (err == nil) || ok && got != length {
					t.Errorf("pod_prefix_length = %d with blocks of /%d: got %d, %v", length, mask, got, err)
				}
			}
		}
	})
}
