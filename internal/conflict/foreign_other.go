package conflict

import (
	"github.com/cidrplan/terraform-provider-cidrplan/internal/profile"
	"github.com/cidrplan/terraform-provider-cidrplan/internal/topology"
)

// withRoutedUse is the profile of a range that a cluster of another workspace uses beside Pods and Services. If this catalog does not know
// the use as one that networks route, as of a later version, no Pod and Service range that reaches it may overlap it.
func withRoutedUse(given topology.Foreign, catalog *profile.Catalog, unnamed *profile.Profile) *profile.Profile {
	known, _ := catalog.Profile(given.Profile)
	if known == nil {
		known = unnamed
	}
	if known == nil {
		known = &profile.Profile{}
	}
	if known.OtherRanges[given.Use].Reach == profile.Routed {
		return known
	}
	p := *known
	p.OtherRanges = map[string]profile.OtherRange{given.Use: unknownUse}
	return &p
}

// unknownUse are the rules on a range whose use is not known.
var unknownUse = func() profile.OtherRange {
	use := profile.OtherRange{Title: "other range", Reach: profile.Routed, Overlap: map[profile.OtherPair]profile.Rule{}}
	for _, pair := range profile.PairsBesideRouted {
		use.Overlap[pair] = foreignRule
	}
	return use
}()

// sameNetworkRule is the rule on two ranges beside Pods and Services of two clusters of one network.
func sameNetworkRule(a, b Claim) profile.Rule {
	return profile.Stricter(a.OtherRange().Overlap[profile.OtherOtherSameVPC], b.OtherRange().Overlap[profile.OtherOtherSameVPC])
}
