package provider

import (
	"cmp"
	"net/netip"
	"slices"

	"github.com/cidrplan/terraform-provider-cidrplan/internal/allocate"
	"github.com/cidrplan/terraform-provider-cidrplan/internal/cidr"
	"github.com/cidrplan/terraform-provider-cidrplan/internal/ledger"
	"github.com/cidrplan/terraform-provider-cidrplan/internal/topology"
)

// besideOthers is the request with what the ledger knows: what others have of its own ranges as claims of other workspaces, what they
// have in the supernets, and what is held for this planner.
func (l *ledgerPlan) besideOthers() allocate.Request {
	request := l.request
	foreign, before := l.foreign()
	request.Facts.Foreign = withForeign(request.Facts.Foreign, foreign)
	l.session.mark(request.Facts.Foreign)
	if request.Prior != nil {
		prior := *request.Prior
		prior.Facts.Foreign = withForeign(prior.Facts.Foreign, before)
		request.Prior = &prior
	}
	request.Ledger = allocate.Ledger{Held: l.held(), Taken: l.view.Taken, Expired: l.view.TakenByExpired}
	if l.full() { // all that others have is among the claims, and what is in a supernet of this planner may be meant for it
		request.Ledger.Taken, request.Ledger.Expired = l.kept(), l.expired()
	}
	return request
}

// foreign are the entries of others that the planner compares with its own ranges. before are those of them that were there when the
// ledger got the own ranges: conflicts with them are not new. A hold that has expired is none: it makes place.
func (l *ledgerPlan) foreign() (all, before []topology.Foreign) {
	claimed := l.claimedRanges()
	for _, o := range l.view.Others {
		if o.Expired {
			continue
		}
		c := foreignOf(o, l.who.Owner)
		if all = append(all, c); claimed[o.VRF].Overlaps(o.Range) {
			before = append(before, c)
		}
	}
	return all, before
}

// claimedRanges are the ranges of the claims of this planner, by VRF.
func (l *ledgerPlan) claimedRanges() map[string]cidr.Set {
	ranges, sets := map[string][]netip.Prefix{}, map[string]cidr.Set{}
	for _, e := range l.claims() {
		ranges[e.VRF] = append(ranges[e.VRF], e.Range)
	}
	for vrf := range ranges {
		sets[vrf] = cidr.NewSet(ranges[vrf]...)
	}
	return sets
}

// kept are the ranges that blocks of others keep for other owners, by VRF.
func (l *ledgerPlan) kept() map[string][]netip.Prefix {
	all := map[string][]netip.Prefix{}
	for vrf, ranges := range ledger.KeptFrom(l.who.Owner, l.view.Others) {
		all[vrf] = ranges.Prefixes()
	}
	return all
}

// expired are the ranges of holds of others that have expired, by VRF.
func (l *ledgerPlan) expired() map[string][]netip.Prefix {
	all := map[string][]netip.Prefix{}
	for _, o := range l.view.Others {
		if o.Expired {
			all[o.VRF] = append(all[o.VRF], o.Range)
		}
	}
	return all
}

// held are the ranges of the planner in the ledger that its state does not have, by the keys of their demands. Those without a demand
// only keep others off. Ranges that were released or reserved are held for no one.
func (l *ledgerPlan) held() map[string]allocate.Held {
	inState := map[entryID]bool{}
	for _, e := range l.prior {
		inState[withoutNetwork(e)] = true
	}
	held, firm := map[string]allocate.Held{}, map[string]bool{}
	for _, o := range l.view.Own {
		if o.State == ledger.Claim && inState[withoutNetwork(o.Entry)] || !slices.Contains(allocatedKinds, o.Kind) {
			continue
		}
		claim := topology.Foreign{Owner: o.Cluster, Kind: o.Kind, CIDR: o.Range, VRF: o.VRF, Network: o.Network}
		if o.State == ledger.Hold && o.Demand != "" && !serves(o.Class, classOf(l.request, claim)) {
			continue
		}
		key := cmp.Or(o.Demand, topology.InLedger(o.Cluster, claim.KeyInVRF()))
		h, demanded := held[key], allocate.IsDemandOf(key, o.Cluster, o.Kind)
		h.VRFs = append(h.VRFs, o.VRF)
		if !h.Range.IsValid() || demanded && !firm[key] { // others follow from the range that is demanded
			h.Range, h.Expired = o.Range, o.Expired
		}
		held[key], firm[key] = h, firm[key] || demanded && o.State == ledger.Claim
	}
	return held
}

// serves says whether a hold of one class is for a range that is to be of another one. A hold of a wider class may be beside others that
// the range must avoid now. What repeats in one network by the rules was held as shared: see classify.
func serves(held, wanted ledger.Class) bool {
	return held == wanted || held == ledger.Shared && wanted == ledger.Network
}

// withoutNetwork identifies an entry by all but its network, which can get another name.
func withoutNetwork(e ledger.Entry) entryID {
	return entryID{kind: e.Kind, cluster: e.Cluster, rng: e.Range, vrf: e.VRF}
}

// withoutCluster identifies an entry by all but its cluster or block, which can get another name.
func withoutCluster(e ledger.Entry) entryID {
	return entryID{kind: e.Kind, rng: e.Range, vrf: e.VRF, network: e.Network}
}

// allocatedKinds are the kinds of entries that a planner can choose.
var allocatedKinds = []string{topology.ForeignPod, topology.ForeignService, topology.ForeignBlock, topology.ForeignKept}
