package conflict

import (
	"fmt"
	"net/netip"
	"slices"

	"github.com/cidrplan/terraform-provider-cidrplan/internal/cidr"
	"github.com/cidrplan/terraform-provider-cidrplan/internal/profile"
	"github.com/cidrplan/terraform-provider-cidrplan/internal/topology"
)

// OtherUse is a range that a cluster uses beside Pods and Services: the data of its profile says for what.
type OtherUse struct {
	// Name is that of the use in the profile.
	Name  string
	Range netip.Prefix
	// Source is Pinned for a range that the cluster gives, Adopted for one that existing gives, and Assumed for a default.
	Source Source
	// At is the range in the configuration. Of a default, it is the list of the use if the cluster has one, and else the cluster.
	At topology.Path
}

// otherUsesOf are the ranges that a cluster uses beside Pods and Services. As long as it is not known which ones the configuration gives,
// no default is among them.
func otherUsesOf(name string, cl topology.Cluster, p *profile.Profile) []OtherUse {
	if p == nil || len(p.OtherRanges) == 0 {
		return nil
	}
	var uses []OtherUse
	for _, use := range p.OtherNames() {
		configured, listed := cl.OtherRanges[use]
		existing := cl.OtherExisting.Ranges[use]
		cluster := topology.Path{}.Attr("clusters").Key(name)
		list := cluster.Attr("other_ranges").Key(use)
		ranges, given := p.OtherRanges[use].InUse(slices.Concat(configured, existing), cl.Dual())
		for i, r := range ranges {
			one := OtherUse{Name: use, Range: r, Source: Assumed, At: cluster}
			switch inExisting := i - len(configured); {
			case given[i] && inExisting < 0:
				one.Source, one.At = Pinned, list.At(i)
			case given[i]:
				one.Source, one.At = Adopted, cl.OtherExisting.At.Key(use).At(inExisting)
			case listed:
				one.At = list
			}
			twice := one.Source == Adopted && slices.Contains(configured, r)
			unknown := one.Source == Assumed && cl.OtherRangesUnknown()
			if r.IsValid() && !twice && !unknown {
				uses = append(uses, one)
			}
		}
	}
	return uses
}

// Others are the claims to the ranges that a cluster uses beside Pods and Services.
func (c Claimant) Others() []Claim {
	var claims []Claim
	for _, use := range c.otherUses {
		claims = append(claims, c.Claim(Pod, netip.Prefix{}).other(use))
	}
	return claims
}

// other is the claim to a range that the owner of a Pod or Service range uses beside it.
func (c Claim) other(use OtherUse) Claim {
	return Claim{
		Owner: c.Owner, Kind: Other, Part: use.Name, Range: use.Range, Network: c.Network, Source: use.Source, At: use.At, About: c.About,
		ClusterRange: ClusterRange{Profile: c.Profile},
	}
}

// OtherRange is what the profile says of the use of the range; of Other alone.
func (c Claim) OtherRange() profile.OtherRange { return c.Profile.OtherRanges[c.Part] }

// usedByCluster says whether a cluster uses the range, for whatever.
func (c Claim) usedByCluster() bool { return c.OfCluster() || c.Kind == Other }

// OtherUsesKey is the same for claims whose owners use the same ranges beside Pods and Services.
func (c Claim) OtherUsesKey() string {
	text := ""
	for _, use := range c.OtherUses {
		text += fmt.Sprintf("%s %v\n", use.Name, use.Range)
	}
	return text
}

// TakenByOwner are the ranges of a family that the owner of a Pod or Service range uses for something else, and that the range must not
// overlap.
func (c Claim) TakenByOwner(family cidr.Family) []netip.Prefix {
	pair := profile.OtherOwnPods
	if c.Kind == Service {
		pair = profile.OtherOwnServices
	}
	var taken []netip.Prefix
	for _, use := range c.OtherUses {
		if cidr.FamilyOf(use.Range) == family && c.OfCluster() && c.Profile.OtherRanges[use.Name].Overlap[pair].Broken() {
			taken = append(taken, use.Range)
		}
	}
	return taken
}

// Containing are the ranges of a family of which one must contain the range, and their use. Without a rule that says so, ok is false.
func (c Claim) Containing(family cidr.Family) (ranges []netip.Prefix, use OtherUse, ok bool) {
	if c.Kind != Pod {
		return nil, use, false
	}
	for _, one := range c.OtherUses {
		if cidr.FamilyOf(one.Range) == family && c.Profile.OtherRanges[one.Name].Contains.Pods.Broken() {
			ranges, use, ok = append(ranges, one.Range), one, true
		}
	}
	return ranges, use, ok
}

// outsideContaining is the finding of a Pod range that is not inside the range of its cluster that must contain it.
func (c Claim) outsideContaining() []Finding {
	ranges, use, ok := c.Containing(cidr.FamilyOf(c.Range))
	if !ok || slices.ContainsFunc(ranges, func(r netip.Prefix) bool { return cidr.Contains(r, c.Range) }) {
		return nil
	}
	other := c.other(use)
	return []Finding{{Code: podOutsideOther, Rule: other.OtherRange().Contains.Pods, A: c, B: &other, Shared: c.Range}}
}

// otherLimits are the findings of a range beside Pods and Services on the limits of its use.
func otherLimits(c Claim) []Finding {
	var findings []Finding
	for _, l := range c.OtherRange().Limits {
		switch l.FitOf(c.Range) {
		case profile.WrongLength:
			findings = append(findings, Finding{Code: Other.String() + wrongLength, Rule: l.Rule, A: c, Shared: c.Range})
		case profile.Outside:
			findings = append(findings, Finding{Code: Other.String() + outside, Rule: l.Rule, A: c, Shared: c.Range})
		case profile.Fits:
		}
	}
	return findings
}
