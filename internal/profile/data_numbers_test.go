package profile_test

import (
	"testing"

	"github.com/cidrplan/terraform-provider-cidrplan/internal/profile"
)

// Both sides of each number of a node of each platform: Pods on it and the prefix length of its block.
func TestEveryNumberOfANodeHasTwoSides(t *testing.T) {
	for _, name := range profile.Default().Names() {
		p := shipped(t, name)
		accepts := func(need profile.Need) bool {
			_, err := p.NodeSize(need)
			return err == nil
		}
		least := p.Nodes.PodsPerNode.Min
		if least > 1 && (!accepts(profile.Need{PodsPerNode: least}) || accepts(profile.Need{PodsPerNode: least - 1})) {
			t.Errorf("%s: %d is not the fewest Pods of a node", name, least)
		}
		most := p.Nodes.PodsPerNode.Max
		if p.Nodes.Blocks == profile.Fixed { // the largest block may hold fewer
			most = p.PodsOfBlock(p.Nodes.Shortest)
		}
		if most != 0 && (!accepts(profile.Need{PodsPerNode: most}) || accepts(profile.Need{PodsPerNode: most + 1})) {
			t.Errorf("%s: %d are not the most Pods of a node", name, most)
		}
		for _, number := range p.Nodes.PodsPerNode.Listed {
			_, one := p.Nodes.PodsPerNode.Unlisted(number)
			_, more := p.Nodes.PodsPerNode.Unlisted(number + 1)
			if one || !more {
				t.Errorf("%s: %d Pods on a node are listed %t, and one more %t", name, number, !one, !more)
			}
		}
		if p.Pods.From == profile.Subnets {
			continue
		}
		shortest, longest := p.Nodes.Shortest, p.Nodes.Longest
		for _, mask := range []struct{ inside, outside int }{{shortest, shortest - 1}, {longest, longest + 1}} {
			if !accepts(profile.Need{NodeMask: mask.inside}) || mask.outside > 0 && accepts(profile.Need{NodeMask: mask.outside}) {
				t.Errorf("%s: a node block of /%d is refused, or one of /%d is not", name, mask.inside, mask.outside)
			}
		}
	}
}

// Both sides of each number of IPv6 node blocks: the prefix length of a block, and how many blocks can be numbered.
func TestEveryNumberOfIPv6NodeBlocksHasTwoSides(t *testing.T) {
	bounded := 0
	for _, name := range profile.Default().Names() {
		p := shipped(t, name)
		if p.IPv6.Pods != "own" {
			continue
		}
		for _, mask := range []struct{ inside, outside int }{
			{p.IPv6.NodeShortest, p.IPv6.NodeShortest - 1}, {p.IPv6.NodeLongest, p.IPv6.NodeLongest + 1},
		} {
			_, in := p.NodeMask6(profile.Need{NodeIPv6Mask: mask.inside})
			_, out := p.NodeMask6(profile.Need{NodeIPv6Mask: mask.outside})
			if bounded++; mask.inside == 0 || in != nil || out == nil {
				t.Errorf("%s: a node block of /%d: %v, and one of /%d: %v", name, mask.inside, in, mask.outside, out)
			}
		}
		if p.IPv6.MaxDifference > 0 {
			_, all := p.PodSize6(p.MostNodes6(), p.IPv6.NodeMask)
			_, more := p.PodSize6(p.MostNodes6()+1, p.IPv6.NodeMask)
			if bounded++; all != nil || more == nil || p.MostNodes6() != 1<<p.IPv6.MaxDifference {
				t.Errorf("%s: %d nodes: %v, and one more: %v", name, p.MostNodes6(), all, more)
			}
		}
	}
	if bounded < 20 {
		t.Errorf("only %d bounds", bounded)
	}
}
