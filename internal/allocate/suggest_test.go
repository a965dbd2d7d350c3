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

// takenOfAll is all that is in use by claims that one of some claims to a range must keep clear of.
func takenOfAll(p *planner, faces []conflict.Claim) cidr.Set {
	var taken []netip.Prefix
	for _, other := range p.claims {
		if slices.ContainsFunc(faces, func(c conflict.Claim) bool { return p.separation().avoids(c, other) }) {
			taken = append(taken, other.Range)
		}
	}
	return cidr.NewSet(taken...)
}

// nearestOfAll looks for the nearest free ranges in all that is free.
func nearestOfAll(p *planner, c conflict.Claim) []netip.Prefix {
	free := cidr.NewSpace(p.request.room(c, c.Range.Bits(), cidr.FamilyOf(c.Range)).Minus(takenOfAll(p, p.claimsWithMirrors(c))))
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
func TestNearestRangesAreThoseOfTheWholeRoom(t *testing.T) {
	flannel, found := shipped(t, "ack-flannel"), 0
	rapid.Check(t, func(t *rapid.T) {
		r := draw{t}.request()
		p := newPlanner(r, profile.Default())
		p.gather()
		for i := range rapid.IntRange(0, 60).Draw(t, "others") {
			held := draw{t}.within(prefix("10.0.0.0/12"), 16, 26, "held")
			cl := topology.Cluster{VPC: one(draw{t}, "in", names(r.Facts.VPCs)...)}
			p.claims = append(p.claims, conflict.ClusterClaim(fmt.Sprint("more", i), cl, flannel, conflict.Pod, held))
		}
		nearby := newFreeNearby(p)
		for _, c := range slices.Clone(p.claims) {
			if !c.OfCluster() || !c.Range.IsValid() {
				continue
			}
			found += len(nearestOfAll(p, c))
			if got, want := nearby.nearest(c), nearestOfAll(p, c); !slices.Equal(got, want) {
				t.Fatalf("%v of %q has near %v, want %v", c.Range, c.Owner, got, want)
			}
		}
	})
	if found == 0 {
		t.Error("nothing was free at all")
	}
}
