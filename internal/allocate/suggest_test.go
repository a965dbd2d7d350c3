package allocate

import (
	"fmt"
	"net/netip"
	"slices"
	"testing"

	"pgregory.net/rapid"

	"github.com/cidrplan/terraform-provider-cidrplan/internal/cidr"
	"github.com/cidrplan/terraform-provider-cidrplan/internal/conflict"
	"github.com/cidrplan/terraform-provider-cidrplan/internal/placement"
	"github.com/cidrplan/terraform-provider-cidrplan/internal/profile"
	"github.com/cidrplan/terraform-provider-cidrplan/internal/topology"
)

// takenOfAll is all that is in use by claims that one of some claims to a range must be disjoint from.
func takenOfAll(s *separation, inUse, claims []conflict.Claim) cidr.Set {
	var taken []netip.Prefix
	for _, other := range inUse {
		if slices.ContainsFunc(claims, func(c conflict.Claim) bool { return s.avoids(c, other) }) {
			taken = append(taken, other.Range)
		}
	}
	return cidr.NewSet(taken...)
}

// nearestOfAll looks for the nearest free ranges in all that is free.
func nearestOfAll(in *inputs, inUse []conflict.Claim, c conflict.Claim) []netip.Prefix {
	taken := takenOfAll(in.separation(), inUse, in.claimsWithMirrors(c))
	free := cidr.NewSpace(in.request.room(c, c.Range.Bits(), cidr.FamilyOf(c.Range)).Minus(taken))
	var list []netip.Prefix
	for range placement.MaxNearest {
		if near, ok := free.Nearest(c.Range, c.Range.Bits()); ok {
			list = append(list, near)
			free.Remove(near)
		}
	}
	return list
}

// Free ranges that are looked for around a range are the nearest of all.
func TestNearestRangesAreThoseOfTheWholeRoom(outer *testing.T) {
	outer.Parallel()
	flannel, found := shipped(outer, "ack-flannel"), 0
	rapid.Check(outer, func(t *rapid.T) {
		r := draw{t}.request()
		situation, c := collectedOf(outer, r, profile.Default())
		in, inUse := &situation.inputs, c.claims
		for i := range rapid.IntRange(0, 60).Draw(t, "others") {
			held := draw{t}.within(prefix("10.0.0.0/12"), 16, 26, "held")
			cl := topology.Cluster{VPC: one(draw{t}, "in", names(r.Facts.VPCs)...)}
			inUse = append(inUse, conflict.Claimant{Name: fmt.Sprint("more", i), Cluster: cl, Profile: flannel}.Claim(conflict.Pod, held))
		}
		nearby := newFreeNearby(in, inUse)
		for _, c := range slices.Clone(inUse) {
			if !c.OfCluster() || !c.Range.IsValid() {
				continue
			}
			got, want := nearby.nearest(c), nearestOfAll(in, inUse, c)
			found += len(want)
			if !slices.Equal(got, want) {
				t.Fatalf("%v of %q has near %v, want %v", c.Range, c.Owner, got, want)
			}
		}
	})
	if found == 0 {
		outer.Error("nothing was free at all")
	}
}
