package profile_test

import (
	"net/netip"
	"testing"

	"pgregory.net/rapid"

	"github.com/cidrplan/terraform-provider-cidrplan/internal/profile"
)

// asked is what a need comes to as a whole.
type asked struct {
	pods, services int
	node           profile.NodeSize
}

// size works out a need, ok unless it is refused.
func size(p *profile.Profile, need profile.Need) (of asked, ok bool) {
	var err *profile.SizeError
	if of.node, err = p.NodeSize(need); err != nil {
		return of, false
	}
	if of.services, err = p.ServiceSize(need); err != nil {
		return of, false
	}
	of.pods, err = p.PodSize(need, of.node, of.services)
	return of, err == nil
}

var anyNeed = rapid.Custom(func(t *rapid.T) profile.Need {
	return profile.Need{
		MaxNodes:    rapid.Int64Range(1, 300_000).Draw(t, "nodes"),
		PodsPerNode: rapid.Int64Range(1, 1_100).Draw(t, "pods"),
		MaxServices: rapid.Int64Range(1, 1<<21).Draw(t, "services"),
	}
})

// smallNeed is one that few platforms refuse.
var smallNeed = rapid.Custom(func(t *rapid.T) profile.Need {
	return profile.Need{
		MaxNodes:    rapid.Int64Range(1, 2_000).Draw(t, "nodes"),
		PodsPerNode: rapid.Int64Range(1, 250).Draw(t, "pods"),
		MaxServices: rapid.Int64Range(1, 40_000).Draw(t, "services"),
	}
})

// The size that a need gives is large enough for it.
func TestSizesServeTheNeed(t *testing.T) {
	everyProfile(t, func(t *testing.T, p *profile.Profile) {
		rapid.Check(t, func(t *rapid.T) {
			need := rapid.OneOf(anyNeed, smallNeed).Draw(t, "need")
			s, ok := size(p, need)
			if !ok {
				t.Skip("the profile has no size for this need, so another one is drawn")
			}
			held := profile.Ranges{Service: netip.PrefixFrom(netip.MustParseAddr("10.0.0.0"), s.services).Masked(), NodeMask: s.node.Mask}
			if p.Pods.From != profile.Subnets {
				held.Pods = []netip.Prefix{netip.PrefixFrom(netip.MustParseAddr("10.0.0.0"), s.pods).Masked()}
			}
			if p.Pods.From == profile.Shared {
				held.Service = p.ServiceTail(held.Pods[0], s.services)
				if !held.Service.IsValid() || !held.Pods[0].Contains(held.Service.Addr()) || held.Service.Contains(held.Pods[0].Addr()) {
					t.Fatalf("%+v comes to %+v, with Services in %v of %v", need, s, held.Service, held.Pods)
				}
			}
			usable := p.Usable(held, s.node)
			pods, services := usable.PodsPerNode, usable.Services+p.Services.Lost-lost(p.Services.Counts, p.Services.Lost)
			switch {
			case p.Nodes.Blocks == profile.Fixed:
				pods += p.Nodes.Lost - lost(p.Nodes.PodsPerNode.Counts, p.Nodes.Lost)
			case p.Pods.From == profile.Subnets: // of which nothing is counted here
				usable.Nodes, pods = need.MaxNodes, s.node.Pods
			}
			if usable.Nodes < need.MaxNodes || pods < need.PodsPerNode || services < need.MaxServices {
				t.Fatalf("%+v comes to %+v, of which %+v is usable", need, s, usable)
			}
		})
	})
}

func TestLargerNeedsNeverGetSmallerRanges(t *testing.T) {
	everyProfile(t, func(t *testing.T, p *profile.Profile) {
		rapid.Check(t, func(t *rapid.T) {
			needs := rapid.OneOf(anyNeed, smallNeed)
			small, more := needs.Draw(t, "small"), needs.Draw(t, "more")
			large := profile.Need{
				MaxNodes: small.MaxNodes + more.MaxNodes, PodsPerNode: small.PodsPerNode + more.PodsPerNode,
				MaxServices: small.MaxServices + more.MaxServices,
			}
			of, ok := size(p, small)
			grown, fits := size(p, large)
			if fits && !ok && small.PodsPerNode >= p.Nodes.PodsPerNode.Min {
				t.Fatalf("%+v is refused, %+v is not", small, large)
			}
			if fits && ok && (grown.pods > of.pods || grown.services > of.services || grown.node.Addresses < of.node.Addresses) {
				t.Fatalf("%+v comes to %+v, the larger %+v to %+v", small, of, large, grown)
			}
		})
	})
}
