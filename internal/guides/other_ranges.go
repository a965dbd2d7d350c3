package main

import (
	"fmt"
	"strings"

	"github.com/cidrplan/terraform-provider-cidrplan/internal/profile"
)

// otherUse is what a guide says of a use of addresses beside Pods and Services.
type otherUse struct{ Name, Title, Description, Set, Number string }

// otherUses are the uses of a profile, by their names.
func otherUses(p *profile.Profile) []otherUse {
	var out []otherUse
	for _, name := range p.OtherNames() {
		o := p.OtherRanges[name]
		use := otherUse{Name: name, Title: o.Title, Description: o.Description, Set: "nothing", Number: "any number"}
		if o.Argument != "" {
			use.Set = code(o.Argument)
		}
		if o.Max > 0 {
			use.Number = fmt.Sprint(o.Max)
		}
		use.Number += map[bool]string{true: " of each address family", false: " of IPv4"}[o.IPv6]
		out = append(out, use)
	}
	return out
}

// otherRules are the rules of a profile on ranges beside Pods and Services.
func (c *citations) otherRules(p *profile.Profile) (ruleLines, error) {
	var out ruleLines
	for _, name := range p.OtherNames() {
		o, use := p.OtherRanges[name], code(name)
		var ranges []string
		for _, r := range o.Default.CIDRs {
			ranges = append(ranges, code(r))
		}
		out = append(out, c.rule(use+" if none is set: "+strings.Join(ranges, " and "), o.Default.Rule)...)
		out = append(out, c.limits(use, o.Limits)...)
		out = append(out, c.rule("Pods inside "+use, o.Contains.Pods)...)
		for _, pair := range profile.OtherPairs {
			words, known := otherPairs[pair]
			if !known {
				return nil, fmt.Errorf("profile %s: this program has no words for the pair %q", p.Name, pair)
			}
			out = append(out, c.rule(use+" / "+words, o.Overlap[pair])...)
		}
	}
	return out, nil
}

// otherPairs are the pairs of a range beside Pods and Services in words.
var otherPairs = map[profile.OtherPair]string{
	profile.OtherOwnPods: "Pods of the cluster", profile.OtherOwnServices: "Services of the cluster",
	profile.OtherOwnOther: "other uses of the cluster", profile.OtherVPC: "own VPC", profile.OtherRoute: "route of the VPC",
	profile.OtherPeerVPC: "connected VPC", profile.OtherSite: "connected site (IDC, VPN)",
	profile.OtherPodsSameVPC: "Pods of another cluster in the VPC", profile.OtherServicesSameVPC: "Services of another cluster in the VPC",
	profile.OtherOtherSameVPC: "other uses of another cluster in the VPC", profile.OtherPodsPeer: "Pods of a cluster in a connected VPC",
	profile.OtherServicesPeer: "Services of a cluster in a connected VPC",
	profile.OtherOtherPeer:    "other uses of a cluster in a connected VPC",
}
