package allocate

import (
	"fmt"
	"net/netip"
	"strings"

	"github.com/cidrplan/terraform-provider-cidrplan/internal/cidr"
	"github.com/cidrplan/terraform-provider-cidrplan/internal/conflict"
	"github.com/cidrplan/terraform-provider-cidrplan/internal/placement"
)

// placementProblem asks for ranges for demands, in their order, beside all that is in use.
func placementProblem(r Request, s *separation, inUse collected, demands []demand) placement.Problem {
	if len(demands) == 0 {
		return placement.Problem{}
	}
	of, distinct, finder := constraintsOf(s, withLarger(inUse.claims, demands, r.Facts), demands)
	g := grouping{
		request: r, elsewhere: inUse.elsewhere,
		rooms: map[roomKey]*cidr.Space{}, beside: map[besideKey]*cidr.Space{}, free: map[freeKey]*cidr.Space{},
	}
	problem := placement.Problem{Disjoint: finder.disjointTable(distinct)}
	known := map[groupKey]int{}
	for i, d := range demands {
		key := groupKey{
			of[i], d.claim().LimitsKey(), d.length, d.family, d.podLength, r.poolOf(d.claim()), d.reserve, d.extends,
			g.vrfs(d), otherUsesKey(d.claims),
		}
		group, seen := known[key]
		if !seen {
			group = len(problem.Groups)
			known[key], problem.Groups = group, append(problem.Groups, g.group(d, of[i]))
		}
		problem.Demands = append(problem.Demands, group)
	}
	return problem
}

// groupKey is the same for demands that are of one group for certain.
type groupKey struct {
	of        *constraints
	limits    string
	length    int
	family    cidr.Family
	podLength int
	pool      string
	reserve   netip.Prefix
	extends   netip.Prefix
	vrfs      string
	otherUses string
}

// grouping makes groups of demands. It computes once what several groups have in common.
type grouping struct {
	request   Request
	elsewhere takenElsewhere
	rooms     map[roomKey]*cidr.Space
	beside    map[besideKey]*cidr.Space
	free      map[freeKey]*cidr.Space
}

// roomKey names what a room follows from: what the platform accepts of supernets and the ledger leaves of it. Many rooms are the same
// before the ledger has its part, which can be long: besideKey has what such rooms follow from. freeKey is what free space follows from.
type (
	roomKey struct {
		limits    string
		kind      conflict.Kind
		length    int
		family    cidr.Family
		pool      string
		vrfs      string
		otherUses string
	}
	besideKey struct{ accepted, vrfs string }
	freeKey   struct {
		room *cidr.Space
		of   *constraints
	}
)

// vrfs are those of a demand where the ledger knows of ranges that are taken, as a text.
func (g *grouping) vrfs(d demand) string {
	if len(g.elsewhere) == 0 {
		return ""
	}
	return strings.Join(g.request.vrfsOf(d.claims), "\n")
}

func (g *grouping) group(d demand, of *constraints) placement.Group {
	group := placement.Group{Length: d.length, Family: d.family, Separation: of.index}
	if d.extends.IsValid() {
		group.Supernets, group.Free = g.extending(d, of)
		return group
	}
	group.Supernets, group.Free = g.request.supernetsOf(d.claim(), d.family), g.freeFor(d, of)
	if d.reserve.IsValid() {
		reserve := cidr.NewSpace(allowedFor(d.claims, d.length, d.family, []netip.Prefix{d.reserve}))
		reserve.RemoveAll(of.taken)
		reserve.RemoveAll(g.elsewhere.inside(d.reserve, g.request.vrfsOf(d.claims)))
		if _, ok := reserve.FitWithin(d.reserve, d.length); ok {
			group.Supernets, group.Free = []netip.Prefix{d.reserve}, reserve
		}
	}
	return group
}

// freeFor is what the platform accepts of the supernets of a demand and nobody uses, here or by the ledger.
func (g *grouping) freeFor(d demand, of *constraints) *cidr.Space {
	from := g.roomFor(d)
	key := freeKey{from, of}
	if g.free[key] == nil {
		space := from.Clone()
		space.RemoveAll(of.taken)
		g.free[key] = space
	}
	return g.free[key]
}

func (g *grouping) roomFor(d demand) *cidr.Space {
	key := roomKey{
		d.claim().LimitsKey(), d.claim().Kind, d.rangeLength(), d.family, g.request.poolOf(d.claim()), g.vrfs(d), otherUsesKey(d.claims),
	}
	if g.rooms[key] == nil {
		accepted := cidr.NewSpace(g.request.room(d.claims, d.rangeLength(), d.family))
		// The rules on other clusters are the same for clusters of one profile, so that these are compared as one.
		accepted.RemoveAll(d.claim().TakenByOwner(d.family))
		same := besideKey{fmt.Sprint(accepted.Blocks()), key.vrfs}
		if g.beside[same] == nil {
			accepted.RemoveAll(g.elsewhere.in(g.request.vrfsOf(d.claims)))
			g.beside[same] = accepted
		}
		g.rooms[key] = g.beside[same]
	}
	return g.rooms[key]
}
