package allocate

import (
	"cmp"
	"fmt"
	"net/netip"
	"slices"

	"github.com/cidrplan/terraform-provider-cidrplan/internal/cidr"
	"github.com/cidrplan/terraform-provider-cidrplan/internal/conflict"
	"github.com/cidrplan/terraform-provider-cidrplan/internal/profile"
)

// maxHolders is the number of holders that a NoRoom names.
const maxHolders = 10

// cause is what is the same for all ranges that one NoRoom is about.
type cause struct {
	from, free, pool string
	family           cidr.Family
	// nowhere says that the platform uses no part of the supernets for such a range.
	nowhere, gaveUp bool
}

// lacking reports the wants that got nothing, once for each cause. left is what one pass leaves to each class.
func (p *planner) lacking(chosen []netip.Prefix, left *remainders, gaveUp []bool) {
	rooms, free := map[string][]netip.Prefix{}, map[*class][]cidr.SizeCount{}
	at := map[cause]int{} // places among the faults
	for i, w := range p.wants {
		if chosen[i].IsValid() {
			continue
		}
		of := fmt.Sprintln(w.claim.Profile.Name, w.claim.Kind, cmp.Or(w.inner, w.length), w.family, p.pool(w.claim))
		if _, known := rooms[of]; !known {
			rooms[of] = p.room(w.claim, cmp.Or(w.inner, w.length), w.family).Prefixes()
		}
		if _, known := free[w.class]; !known {
			free[w.class] = left.of(w.class).CountBySize(w.family)
		}
		c := cause{fmt.Sprint(w.class.supernets), fmt.Sprint(free[w.class]), p.pool(w.claim), w.family, len(rooms[of]) == 0, gaveUp[i]}
		one := Lacking{Cluster: w.name, Kind: w.claim.Kind, Length: w.length}
		if fault, known := at[c]; known {
			e := p.result.Faults[fault].Problem.(NoRoom)
			e.Others = append(e.Others, one)
			p.result.Faults[fault].Problem = e
			continue
		}
		at[c] = len(p.result.Faults)
		p.fault(w.claim.At, p.noRoom(w, one, rooms[of], free[w.class], gaveUp[i]))
	}
}

// noRoom is why a want got nothing.
func (p *planner) noRoom(w want, one Lacking, room []netip.Prefix, free []cidr.SizeCount, gaveUp bool) NoRoom {
	faces, within := p.faces(w.claim), cidr.NewSet(room...)
	var holders []conflict.Claim
	for _, c := range p.claims {
		if within.Overlaps(c.Range) && slices.ContainsFunc(faces, func(face conflict.Claim) bool { return p.avoids(face, c) }) {
			holders = append(holders, c)
		}
	}
	slices.SortFunc(holders, func(a, b conflict.Claim) int {
		return cmp.Or(cmp.Compare(a.Range.Bits(), b.Range.Bits()), conflict.CompareClaims(a, b))
	})
	count := len(holders)
	return NoRoom{
		Lacking: one, Family: w.family, From: w.class.supernets, Pool: p.pool(w.claim),
		Room: room, Excluding: excluding(w, room), Free: free, Holders: slices.Clone(holders[:min(maxHolders, count)]), HolderCount: count, GaveUp: gaveUp,
	}
}

// excluding are the limits of which no window overlaps the supernets of a want, and the ranges that the platform
// forbids and that hold a supernet. There are none where the platform leaves some room.
func excluding(w want, room []netip.Prefix) []profile.Rule {
	if len(room) > 0 || len(w.class.supernets) == 0 || w.claim.Profile == nil {
		return nil
	}
	limits := w.claim.Profile.Services.Limits
	if w.claim.Kind == conflict.Pod {
		limits = w.claim.Profile.Pods.Limits
	}
	var rules []profile.Rule
	for _, limit := range limits {
		windows := limit.Room(cmp.Or(w.inner, w.length), w.family)
		inside := slices.ContainsFunc(windows, func(window netip.Prefix) bool {
			return slices.ContainsFunc(w.class.supernets, window.Overlaps)
		})
		if !inside && limit.Broken() {
			rules = append(rules, limit.Rule)
		}
	}
	for _, supernet := range w.class.supernets {
		for _, f := range w.claim.Profile.ForbiddenFor(supernet) {
			if f.Broken() && cidr.Contains(f.CIDR, supernet) && cidr.FamilyOf(supernet) == w.family {
				rules = append(rules, f.Rule)
			}
		}
	}
	return rules
}
