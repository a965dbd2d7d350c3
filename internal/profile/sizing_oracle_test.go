package profile_test

import (
	"testing"

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

// taken says whether every limit of at least the level that speaks of IPv4 has a window that takes
// the IPv4 length.
func taken(limits []profile.Limit, level profile.Level, length int) bool {
	for _, l := range limits {
		speaks, takes := false, false
		for _, w := range l.Windows {
			speaks = speaks || w.CIDR.Addr().Is4()
			takes = takes || w.CIDR.Addr().Is4() && w.Shortest <= length && length <= w.Longest
		}
		if l.Level >= level && speaks && !takes {
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

// lost counts the addresses that a number of Pods or Services leaves out.
func lost(counts string, addresses int64) int64 {
	if counts == "addresses" {
		return 0
	}
	return addresses
}

func oracleServices(p *profile.Profile, services int64) int {
	s := p.Services
	return smallest(func(length int) bool {
		advised := (s.SizedLongest == 0 || length <= s.SizedLongest) && s.SizedShortest <= length
		return advised && taken(s.Limits, profile.Error, length) && addresses(length)-lost(s.Counts, s.Lost) >= services
	})
}

// oraclePodsIn counts up the Pods that have their addresses in a block of a length.
func oraclePodsIn(p *profile.Profile, length int) (pods int64) {
	each, most := max(p.Nodes.PodsPerNode.Addresses, 1), p.Nodes.PodsPerNode.Max
	for room := addresses(length) - lost(p.Nodes.PodsPerNode.Counts, p.Nodes.Lost) - each; room >= 0; room -= each {
		if pods++; pods == most {
			break
		}
	}
	return pods
}

// oracleNode is what a node with a number of Pods takes, ok when the platform has such nodes.
func oracleNode(p *profile.Profile, pods int64) (size profile.NodeSize, ok bool) {
	n := p.Nodes
	if n.PodsPerNode.Max != 0 && pods > n.PodsPerNode.Max || pods < n.PodsPerNode.Min {
		return size, false
	}
	out := lost(n.PodsPerNode.Counts, n.Lost)
	switch n.Blocks {
	case profile.None:
		return profile.NodeSize{Pods: pods}, true
	case profile.Dynamic:
		size.Pods = pods
		for size.Addresses < pods+out {
			size.Addresses += addresses(n.Longest)
		}
		return size, true
	default:
		longest := n.Longest
		if n.AdvisedLongest != 0 {
			longest = n.AdvisedLongest // a longer block is given, and never chosen
		}
		size.Mask = smallest(func(mask int) bool { return n.Shortest <= mask && mask <= longest && oraclePodsIn(p, mask) >= pods })
		if size.Mask < 0 {
			return profile.NodeSize{}, false
		}
		size.Addresses, size.Pods = addresses(size.Mask), oraclePodsIn(p, size.Mask)
		return size, true
	}
}

// fits says whether a Pod range of the length serves the nodes beside the Services in it, if the
// platform can count the blocks.
func fits(p *profile.Profile, length int, node profile.NodeSize, services int, nodes int64) bool {
	room := addresses(length)
	if p.Pods.From == profile.Shared {
		room -= addresses(services)
	}
	difference := p.Nodes.MaxDifference
	return room >= nodes*node.Addresses && (difference == 0 || node.Mask-length <= difference)
}

func oraclePods(p *profile.Profile, node profile.NodeSize, services int, nodes int64) int {
	for _, limit := range p.Nodes.Caps {
		if limit.Level == profile.Error && nodes > limit.Max {
			return -1
		}
	}
	if p.Pods.From == profile.Subnets {
		return 0
	}
	return smallest(func(length int) bool {
		return taken(p.Pods.Limits, profile.Allow, length) && fits(p, length, node, services, nodes)
	})
}

// everyProfile runs a test for those shipped and for the fictitious ones.
func everyProfile(t *testing.T, test func(t *testing.T, p *profile.Profile)) {
	t.Helper()
	for _, c := range []*profile.Catalog{
		profile.Default(), load(t, fictitiousOneFiles(t)), load(t, fictitiousManyFiles(t)), load(t, fictitiousSizesFiles(t)),
	} {
		for _, name := range c.Names() {
			t.Run(name, func(t *testing.T) { test(t, known(t, c, name)) })
		}
	}
}

// nodeSizes are some that a profile has.
func nodeSizes(t *testing.T, p *profile.Profile) (sizes []profile.NodeSize) {
	t.Helper()
	if p.Nodes.Blocks == profile.Fixed {
		for mask := p.Nodes.Shortest; mask <= p.Nodes.Longest; mask++ {
			sizes = append(sizes, p.NodeOf(mask))
		}
		return sizes
	}
	for _, pods := range []int64{1, 15, 16, 17, 31, 32, 33, 100, 128, 129, 1000} {
		if size, err := p.NodeSize(profile.Need{PodsPerNode: pods}); err == nil {
			sizes = append(sizes, size)
		}
	}
	return sizes
}

// serviceLengths are those that bear on the size of a Pod range.
func serviceLengths(p *profile.Profile) (lengths []int) {
	if p.Pods.From != profile.Shared {
		return []int{0}
	}
	for length := range cidr.V4.Bits() + 1 {
		if _, err := p.ServiceSize(profile.Need{ServiceLength: length}); err == nil && length > 0 {
			lengths = append(lengths, length)
		}
	}
	return lengths
}

func wantLength(t *testing.T, need profile.Need, got int, err *profile.SizeError, want int) {
	t.Helper()
	if refused := want < 0; refused != (err != nil) || !refused && got != want {
		t.Fatalf("%+v: got /%d, %v; the oracle says /%d", need, got, err, want)
	}
}

func TestServiceSizesAgreeWithTheOracle(t *testing.T) {
	everyProfile(t, func(t *testing.T, p *profile.Profile) {
		for n := int64(1); n <= 70_000; n++ {
			need := profile.Need{MaxServices: n}
			length, err := p.ServiceSize(need)
			wantLength(t, need, length, err, oracleServices(p, n))
		}
	})
}

func TestNodeSizesAgreeWithTheOracle(t *testing.T) {
	everyProfile(t, func(t *testing.T, p *profile.Profile) {
		lossless := changed(p, func(p *profile.Profile) { p.Nodes.Lost = 0 })
		for n := int64(1); n <= 5_000; n++ {
			got, err := p.NodeSize(profile.Need{PodsPerNode: n})
			want, ok := oracleNode(p, n)
			if without, _ := oracleNode(lossless, n); want.Mask < without.Mask {
				want.DoubledBy = p.Nodes.Lost
			}
			if ok != (err == nil) || ok && got != want {
				t.Fatalf("%d Pods on a node: got %+v, %v; the oracle says %+v, %v", n, got, err, want, ok)
			}
		}
	})
}

func TestPodSizesAgreeWithTheOracle(t *testing.T) {
	everyProfile(t, func(t *testing.T, p *profile.Profile) {
		for _, node := range nodeSizes(t, p) {
			for _, services := range serviceLengths(p) {
				for n := int64(1); n <= 3_000; n++ {
					need := profile.Need{MaxNodes: n}
					length, err := p.PodSize(need, node, services)
					wantLength(t, need, length, err, oraclePods(p, node, services, n))
				}
			}
		}
	})
}

// A length that is given is taken as it is, or refused; it never turns into another one.
func TestGivenLengthsAreTakenAsTheyAre(t *testing.T) {
	everyProfile(t, func(t *testing.T, p *profile.Profile) {
		for length := 1; length <= cidr.V4.Bits(); length++ {
			givenService(t, p, length)
			givenMask(t, p, length)
			for _, node := range nodeSizes(t, p) {
				for _, services := range serviceLengths(p) {
					givenPods(t, p, length, node, services)
				}
			}
		}
	})
}

func givenService(t *testing.T, p *profile.Profile, length int) {
	t.Helper()
	s := p.Services
	ok := taken(s.Limits, profile.Error, length) && length >= s.SizedShortest && addresses(length) > lost(s.Counts, s.Lost)
	if p.Pods.From == profile.Shared && s.SizedLongest != 0 {
		ok = ok && length <= s.SizedLongest
	}
	if got, err := p.ServiceSize(profile.Need{ServiceLength: length}); ok != (err == nil) || ok && got != length {
		t.Errorf("service_prefix_length = %d: got %d, %v", length, got, err)
	}
}

func givenMask(t *testing.T, p *profile.Profile, mask int) {
	t.Helper()
	ok := p.Pods.From != profile.Subnets && p.Nodes.Shortest <= mask && mask <= p.Nodes.Longest
	got, err := p.NodeSize(profile.Need{NodeMask: mask})
	if ok != (err == nil) || ok && got != p.NodeOf(mask) {
		t.Errorf("node_cidr_mask = %d: got %+v, %v", mask, got, err)
	}
}

func givenPods(t *testing.T, p *profile.Profile, length int, node profile.NodeSize, services int) {
	t.Helper()
	ok := p.Pods.From != profile.Subnets && taken(p.Pods.Limits, profile.Error, length) && fits(p, length, node, services, 1)
	got, err := p.PodSize(profile.Need{PodLength: length}, node, services)
	if ok != (err == nil) || ok && got != length {
		t.Errorf("pod_prefix_length = %d with nodes of %+v beside Services of /%d: got %d, %v", length, node, services, got, err)
	}
}
