package allocate

import (
	"fmt"
	"maps"
	"net/netip"
	"slices"
	"strings"

	"github.com/cidrplan/terraform-provider-cidrplan/internal/cidr"
	"github.com/cidrplan/terraform-provider-cidrplan/internal/conflict"
	"github.com/cidrplan/terraform-provider-cidrplan/internal/topology"
)

// Ledger is what a ledger that several workspaces share knows of the supernets. The zero value is no ledger.
type Ledger struct {
	// Held are the ranges that the ledger holds for this planner, by the key of the demand. A demand gets its range if the range is
	// in its supernets, accepted by the platform, and free in the VRFs in which the ledger does not hold it. Other demands avoid the
	// ranges whose demand this request does not have.
	Held map[string]Held
	// Taken are ranges of other planners by VRF, at least those in the supernets. New ranges avoid them, whatever they are used for.
	Taken map[string][]netip.Prefix
	// Expired are the same for holds that have expired: they are used again where nothing else is free.
	Expired map[string][]netip.Prefix
	// expiredIsFree says that new ranges do not avoid own holds that have expired and whose demand this request does not have.
	expiredIsFree bool
}

// Held is a range that a ledger holds for a demand.
type Held struct {
	Range netip.Prefix
	// VRFs are those of the cluster or block that demands the range, and of its mirrors.
	VRFs []string
	// Expired says that other demands may use the range where nothing else is free.
	Expired bool
}

// ChosenRange is a range that a plan chose.
type ChosenRange struct {
	// Demand is the key of the demand, by which a ledger holds the range.
	Demand string
	// Follows says that the range follows from another one of the same demand: it is that of a mirror, or the Pod range at the start of a
	// growth reserve.
	Follows bool
	// Owner is the cluster or block, and Kind the kind of its claim, as OutgoingClaims gives both.
	Owner, Kind string
	Range       netip.Prefix
	VRF         string
}

// takenElsewhere are ranges that a ledger keeps from new allocations, by VRF: sorted and disjoint.
type takenElsewhere map[string][]netip.Prefix

// takenBeside are the ranges of others, and those that are held for demands other than these.
func (l Ledger) takenBeside(demands []demand) takenElsewhere {
	demanded := map[string]bool{}
	for _, d := range demands {
		demanded[d.key] = true
	}
	all := takenElsewhere{}
	for vrf, ranges := range l.Taken {
		all[vrf] = slices.Clip(ranges) // copied only where something is added: there can be very many
	}
	for vrf, ranges := range l.Expired {
		all[vrf] = append(all[vrf], ranges...)
	}
	for key, held := range l.Held {
		if demanded[key] || l.expiredIsFree && held.Expired {
			continue
		}
		for _, vrf := range held.VRFs {
			all[vrf] = append(all[vrf], held.Range)
		}
	}
	for vrf := range all {
		all[vrf] = cidr.Outermost(all[vrf])
	}
	return all
}

// in are the ranges in some VRFs, sorted.
func (t takenElsewhere) in(vrfs []string) []netip.Prefix {
	if len(vrfs) == 1 {
		return t[vrfs[0]]
	}
	var all []netip.Prefix
	for _, vrf := range vrfs {
		all = append(all, t[vrf]...)
	}
	slices.SortFunc(all, cidr.Compare)
	return all
}

// inside are the ranges in some VRFs that overlap a range, sorted. The ledger can have many beside it.
func (t takenElsewhere) inside(within netip.Prefix, vrfs []string) []netip.Prefix {
	part := takenElsewhere{}
	for _, vrf := range vrfs {
		part[vrf] = cidr.OverlappingIn(t[vrf], within)
	}
	return part.in(vrfs)
}

// withoutExpired is the same ledger without what has expired, except for ranges that are held for demands of the request.
func (l Ledger) withoutExpired() Ledger {
	l.Expired, l.expiredIsFree = nil, true
	return l
}

// hasExpired says whether there are ranges of holds that have expired.
func (l Ledger) hasExpired() bool {
	return len(l.Expired) > 0 ||
		slices.ContainsFunc(slices.Collect(maps.Values(l.Held)), func(h Held) bool { return h.Expired })
}

// beside is the same ledger where nothing else is free: it leaves out what has expired, and holds the ranges that a plan still
// found.
func (l Ledger) beside(chosen []ChosenRange) Ledger {
	held := map[string]Held{}
	for key, h := range l.Held {
		if !h.Expired {
			held[key] = h
		}
	}
	l.Held, l.Expired = held, nil
	for _, c := range chosen {
		if h := l.Held[c.Demand]; c.Follows {
			h.VRFs = append(slices.Clip(h.VRFs), c.VRF)
			l.Held[c.Demand] = h
		} else {
			l.Held[c.Demand] = Held{Range: c.Range, VRFs: []string{c.VRF}}
		}
	}
	return l
}

// vrfsOf are the VRFs of the networks of claims, each once.
func (r Request) vrfsOf(claims []conflict.Claim) []string {
	var vrfs []string
	for _, c := range claims {
		vrfs = append(vrfs, r.Facts.VRFOf(c.Network))
	}
	slices.Sort(vrfs)
	return slices.Compact(vrfs)
}

// maxKeySupernets is the number of supernets up to which the key of a demand lists all of them.
const maxKeySupernets = 4

// demandKey names a demand: two plans of one planner that need the same have the same key.
func (r Request) demandKey(d demand) string {
	c := d.claim()
	from := r.poolOf(c)
	if from == "" {
		var texts []string
		for _, s := range r.supernetsOf(c, d.family) {
			texts = append(texts, s.String())
		}
		from = strings.Join(texts[:min(maxKeySupernets, len(texts))], "+")
		if len(texts) > maxKeySupernets {
			from += fmt.Sprintf("+%d more", len(texts)-maxKeySupernets)
		}
	}
	parts := []string{d.kind(), d.owner, d.family.String(), fmt.Sprint("/", d.length), from, r.Facts.VRFOf(c.Network), r.Renumber[d.owner]}
	if c.Kind == conflict.Pod && d.family == cidr.V4 || d.before > 0 {
		parts = append(parts, fmt.Sprint(d.before))
	}
	for i, part := range parts {
		parts[i] = topology.EscapeName(part, "|")
	}
	return strings.Join(parts, "|")
}

// IsDemandOf says whether a key names the demand of a cluster or block for a range of a kind. Ranges that follow from this one have the
// key as well, and another owner or kind.
func IsDemandOf(key, owner, kind string) bool {
	return strings.HasPrefix(key, topology.EscapeName(kind, "|")+"|"+topology.EscapeName(owner, "|")+"|")
}

// kind is the kind of the claim that leaves for other workspaces.
func (d demand) kind() string {
	switch c := d.claim(); {
	case d.podLength != 0:
		return topology.ForeignKept
	case c.Kind == conflict.Block:
		return topology.ForeignBlock
	case c.Kind == conflict.Service:
		return topology.ForeignService
	}
	return topology.ForeignPod
}
