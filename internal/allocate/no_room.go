package allocate

import (
	"cmp"
	"fmt"
	"net/netip"
	"slices"

	"github.com/cidrplan/terraform-provider-cidrplan/internal/cidr"
	"github.com/cidrplan/terraform-provider-cidrplan/internal/conflict"
	"github.com/cidrplan/terraform-provider-cidrplan/internal/placement"
	"github.com/cidrplan/terraform-provider-cidrplan/internal/profile"
)

// maxHolders is the number of holders that a NoRoom names.
const maxHolders = 10

// cause is what is the same for all ranges that one NoRoom is about.
type cause struct {
	from, free, pool string
	family           cidr.Family
	// nowhere says that the platform uses no part of the supernets for such a range.
	nowhere, cutShort bool
}

// lacking reports the demands that got no range beside what is in use, once for each cause.
func lacking(s *situation, inUse collected, p placed, found placement.Result) faultList {
	var faults faultList
	rooms, free := map[string][]netip.Prefix{}, map[int][]cidr.SizeCount{}
	at := map[cause]int{} // places among the faults
	for i, d := range p.demands {
		if found.Chosen[i].IsValid() {
			continue
		}
		if d.extends.IsValid() {
			argument, wanted, serving := s.extendedBy(d, p.ranges[d.owner])
			faults.fault(
				d.claim().At.Attr(argument), notExtended(s, d, inUse),
				s.outgrownOptions(d.owner, argument, wanted, serving)...)
			continue
		}
		claim, pool, group := d.claim(), s.request.poolOf(d.claim()), found.Group(i)
		of := fmt.Sprintln(claim.LimitsKey(), claim.Kind, d.rangeLength(), d.family, pool, otherUsesKey(d.claims))
		if _, known := rooms[of]; !known {
			rooms[of] = s.request.room(d.claims, d.rangeLength(), d.family).Prefixes()
		}
		if _, known := free[group]; !known {
			free[group] = found.Left(i).CountBySize(d.family)
		}
		n := noRoom{
			demand:   d,
			from:     p.problem.Groups[p.problem.Demands[i]].Supernets,
			room:     rooms[of],
			free:     free[group],
			cutShort: found.CutShort[i],
			taken:    inUse.elsewhere.in(s.request.vrfsOf(d.claims)),
		}
		c := cause{fmt.Sprint(n.from), fmt.Sprint(n.free), pool, d.family, len(n.room) == 0, n.cutShort}
		one := MissingRange{Cluster: d.owner, Kind: claim.Kind, Length: d.length}
		if fault, known := at[c]; known {
			e := faults[fault].Problem.(NoRoom)
			e.Others = append(e.Others, one)
			faults[fault].Problem = e
			continue
		}
		at[c] = len(faults)
		faults.fault(claim.At, n.problem(s, inUse.claims, one))
	}
	return faults
}

// noRoom is a demand that got no range.
type noRoom struct {
	demand demand
	// from are the supernets that were searched, room is what the platform accepts of them.
	from, room []netip.Prefix
	// free counts the blocks that are free by prefix length.
	free     []cidr.SizeCount
	cutShort bool
	// taken are the ranges that the ledger keeps from the demand.
	taken []netip.Prefix
}

// problem says why a demand got no range beside the claims that are in use.
func (n noRoom) problem(s *situation, inUse []conflict.Claim, one MissingRange) NoRoom {
	within, apart := cidr.NewSet(n.room...), s.separation()
	var holders []conflict.Claim
	for _, c := range inUse {
		if within.Overlaps(c.Range) && apart.anyAvoids(n.demand.claims, c) {
			holders = append(holders, c)
		}
	}
	slices.SortFunc(holders, func(a, b conflict.Claim) int {
		return cmp.Or(cmp.Compare(a.Range.Bits(), b.Range.Bits()), conflict.CompareClaims(a, b))
	})
	count, elsewhere := len(holders), n.takenInRoom()
	return NoRoom{
		MissingRange: one, Family: n.demand.family, From: n.from, Pool: s.request.poolOf(n.demand.claim()),
		Room: n.room, Excluding: n.excluding(), Free: n.free, Holders: slices.Clone(holders[:min(maxHolders, count)]), HolderCount: count,
		Elsewhere: slices.Clone(elsewhere[:min(maxHolders, len(elsewhere))]), ElsewhereCount: len(elsewhere),
		CutShort: n.cutShort,
	}
}

// takenInRoom is what the ledger keeps from the demand of the room, as the fewest ranges, the largest ones first.
func (n noRoom) takenInRoom() []netip.Prefix {
	taken := cidr.NewSet(n.taken...).Intersect(cidr.NewSet(n.room...)).Prefixes()
	slices.SortStableFunc(taken, func(a, b netip.Prefix) int { return cmp.Compare(a.Bits(), b.Bits()) })
	return taken
}

// excluding are the limits of which no window overlaps the supernets, and the ranges that the platform
// forbids and that hold a supernet. There are none where the platform leaves some room.
func (n noRoom) excluding() []profile.Rule {
	claim := n.demand.claim()
	if len(n.room) > 0 || len(n.from) == 0 {
		return nil
	}
	var rules []profile.Rule
	for _, limit := range claim.Limits() {
		windows := limit.Room(n.demand.rangeLength(), n.demand.family)
		inside := slices.ContainsFunc(windows, func(window netip.Prefix) bool {
			return slices.ContainsFunc(n.from, window.Overlaps)
		})
		if !inside && limit.Broken() {
			rules = append(rules, limit.Rule)
		}
	}
	if within, use, ok := claim.Containing(n.demand.family); ok && !slices.ContainsFunc(n.from, within[0].Overlaps) {
		rules = append(rules, claim.Profile.OtherRanges[use.Name].Contains.Pods)
	}
	for _, supernet := range n.from {
		for _, f := range claim.ForbiddenFor(supernet) {
			if f.Broken() && cidr.Contains(f.CIDR, supernet) && cidr.FamilyOf(supernet) == n.demand.family {
				rules = append(rules, f.Rule)
			}
		}
	}
	return rules
}
