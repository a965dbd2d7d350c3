package conflict

import (
	"cmp"
	"net/netip"
	"slices"

	"github.com/cidrplan/terraform-provider-cidrplan/internal/cidr"
	"github.com/cidrplan/terraform-provider-cidrplan/internal/profile"
	"github.com/cidrplan/terraform-provider-cidrplan/internal/topology"
)

// Finding is a broken rule: two claims that share addresses they must not share, or one claim
// that its platform does not take.
type Finding struct {
	// Code names the rule, such as "pod_overlaps_vpc".
	Code string
	Rule profile.Rule
	// A is the party that moves more easily; B is the other one, nil where there is none.
	A Claim
	B *Claim
	// Shared is the range that both claim.
	Shared netip.Prefix
	// Hub is the hub that connects the networks of the parties. Third is a network that is connected to both. Each is "" without one.
	Hub, Third string
	// Mesh is the flat mesh that both clusters are members of, where that is why.
	Mesh string
	// Number and Limit are the figures of a rule that counts: nodes against a quota. Terms are what
	// Number is the sum of, where it is one.
	Number, Limit Figure
	Terms         []Term
	// Block is the prefix length of the blocks that addresses are counted in, 0 for single ones.
	Block int
	// FreeRanges are the nearest free ranges for A, the nearest first, and OtherFreeRanges those for B. No range is offered to
	// two parties.
	FreeRanges, OtherFreeRanges []netip.Prefix
	// ExtraOptions follow from the facts and hold for this finding alone.
	ExtraOptions []topology.Option
	// Separations are edits, each of which disconnects the network of A from that of B. OtherSeparations do the same at the network of B.
	Separations, OtherSeparations []topology.Edit
	// Tokens are new tokens for renumber, by cluster or block, that move a party and all that have exactly the same ranges. None of
	// them is the last token that the configuration gave.
	Tokens map[string]string
	// Adopted are the entries of existing, by cluster or block, that give what a party has: it moves only without them.
	Adopted map[string]topology.Path
	// MovedWith are edits, by cluster or block, without which a party cannot move: no guard names it, and a supernet has room. NoRoom are
	// the parties for which there is no room, and no such edit.
	MovedWith map[string][]topology.Edit
	NoRoom    map[string]bool
	// Holder is the allocator, or the blocks, that the finding is reported by; Held and OtherHeld say that A or B was held
	// in prior state.
	Holder          string
	Held, OtherHeld bool
	// RestoredAt is the place in existing by which B is released, nil if it is released by the state: reclaim acts on the
	// state alone.
	RestoredAt topology.Path
	// PreExisting says that the finding existed before: see MarkPreExisting.
	PreExisting bool
	// HeldFirst says of a pre-existing finding that a ledger held the range of one party for a plan before the other one was there.
	HeldFirst bool
	// SetLevel is the level that the configuration gives the rule, Allow where it gives none.
	SetLevel profile.Level
	// Accepted is why the configuration accepts the finding, nil if it does not; Lapsed is why an acceptance does not cover it
	// any more.
	Accepted *topology.Acceptance
	Lapsed   *Lapse
	// WarnOnly says that every finding is only a warning, since the allocator adopts what exists.
	WarnOnly bool
	// Sample is set where many pairs break the rule alike and only some of them are findings: each party is in one. It is ""
	// where all pairs are found.
	Sample string
	// VPCPlatform is the title of the platform of a VPC whose blocks, subnets or routes break a rule of it; "" for all rules
	// on clusters and between networks.
	VPCPlatform string
	// Unwired is set by ConfigCheck: what it adds to a finding of two parties that no allocator both receives.
	Unwired *Unwired
}

// Level is how serious the finding is now: an accepted one is none, and a pre-existing one never stops a plan. Neither does
// one between networks, unless the configuration sets a level for the rule.
func (f Finding) Level() profile.Level {
	level := f.Rule.Level
	if f.SetLevel != profile.Allow {
		level = f.SetLevel
	}
	switch {
	case f.Accepted != nil:
		return profile.Allow
	case f.PreExisting, f.WarnOnly, f.BetweenNetworks() && f.SetLevel == profile.Allow:
		return min(level, profile.Warn)
	}
	return level
}

// BetweenNetworks says that two networks or routes overlap, and no cluster or block takes part.
func (f Finding) BetweenNetworks() bool {
	takesPart := func(c Claim) bool { return c.usedByCluster() || c.Kind == Block }
	return f.VPCPlatform == "" && !takesPart(f.A) && (f.B == nil || !takesPart(*f.B))
}

// OutsideOther says that a Pod range is not inside the range of its cluster that must contain it, which is B.
func (f Finding) OutsideOther() bool { return f.Code == podOutsideOther }

// ofUse says that one party is a range beside Pods and Services.
func (f Finding) ofUse() bool { return f.A.Kind == Other || f.B != nil && f.B.Kind == Other }

// OutdatedAdvice says that the finding is pre-existing advice on a single range, which a held range cannot follow any more.
func (f Finding) OutdatedAdvice() bool {
	return f.PreExisting && f.B == nil && f.VPCPlatform == "" && f.Number.Unit == "" && f.Rule.Level < profile.Error && f.A.Part == ""
}

// Sort puts findings into an order that depends on nothing but themselves: the serious ones
// first, then by parties.
func Sort(findings []Finding) {
	slices.SortFunc(findings, func(a, b Finding) int {
		return cmp.Or(
			-cmp.Compare(a.Level(), b.Level()), CompareClaims(a.A, b.A), compareOther(a.B, b.B),
			cmp.Compare(a.Code, b.Code), cidr.Compare(a.Shared, b.Shared), cmp.Compare(a.Rule.Text, b.Rule.Text),
			compareBools(a.PreExisting, b.PreExisting),
		)
	})
}

// compareBools puts false before true.
func compareBools(a, b bool) int {
	switch {
	case a == b:
		return 0
	case b:
		return -1
	}
	return 1
}

func compareOther(a, b *Claim) int {
	switch {
	case a == nil && b == nil:
		return 0
	case a == nil:
		return -1
	case b == nil:
		return 1
	}
	return CompareClaims(*a, *b)
}

// MarkPreExisting marks the findings that existed before: those of the same parties, with the same ranges, that were at least
// as serious. Two old ranges that conflict only now, because their networks were joined, are a new finding.
func MarkPreExisting(findings, before []Finding) {
	was := make(map[parties]profile.Level, len(before))
	for _, f := range before {
		was[f.parties()] = max(was[f.parties()], f.Rule.Level)
	}
	for i, f := range findings {
		level, known := was[f.parties()]
		findings[i].PreExisting = known && level >= f.Rule.Level
	}
}

// parties identify a finding beyond its rule, which a new version may name otherwise.
type parties struct {
	a, b ID
	// counts distinguishes the rules that count.
	counts string
}

func (f Finding) parties() parties {
	p := parties{a: f.A.ID()}
	if f.B != nil {
		p.b = f.B.ID()
		if CompareClaims(*f.B, f.A) < 0 { // who is pinned is named last, and a pin comes and goes
			p.a, p.b = p.b, p.a
		}
	}
	if f.Number.Unit != "" {
		p.counts = f.Code
		switch f.Number.Unit {
		case "bits": // of one range
		case "routes": // of a VPC, whichever of its clusters comes first
			p.a = ID{Owner: f.A.Network, Kind: VPC}
		default: // of a cluster, whatever is pinned of it
			p.a.Range = netip.Prefix{}
		}
	}
	return p
}
