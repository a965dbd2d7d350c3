package messages

import (
	"fmt"
	"unicode/utf8"

	"github.com/cidrplan/terraform-provider-cidrplan/internal/cidr"
	"github.com/cidrplan/terraform-provider-cidrplan/internal/conflict"
	"github.com/cidrplan/terraform-provider-cidrplan/internal/plain"
	"github.com/cidrplan/terraform-provider-cidrplan/internal/profile"
	"github.com/cidrplan/terraform-provider-cidrplan/internal/topology"
)

// SummaryOf names the rule and the parties of a group, since Terraform shows only the first of several warnings that
// have one summary. Names are cut where the summary would be longer than most, which leaves room for the name of the planner.
func SummaryOf(g conflict.Group) (text string) {
	const most = 150
	for _, longest := range []int{most, 40, 20, 10} {
		if text = summaryWith(g, longest); utf8.RuneCountInString(text) <= most {
			break
		}
	}
	return text
}

// summaryWith is SummaryOf with names of at most longest characters.
func summaryWith(g conflict.Group, longest int) string {
	f, name := g.Findings[0], func(c conflict.Claim) string { return party(brief(c, longest)) }
	switch members := g.Members(); {
	case f.Number.Unit != "":
		return countSummary(f, longest)
	case f.B == nil && len(members) > 1:
		return fmt.Sprintf("%s and %d more %s", Capital(name(f.A)), len(members)-1, breaking(f, true))
	case f.B == nil:
		return Capital(name(f.A)) + " " + breaking(f, false)
	case f.OutsideOther():
		return fmt.Sprintf("%s is outside %s", Capital(name(f.A)), name(*f.B))
	case len(g.Findings) == 1 && f.A.Part != "" && f.A.OfCluster():
		return fmt.Sprintf("Subnet %q of VPC %q has %s of cluster %q and %s of cluster %q", cut(f.A.Part, longest),
			cut(f.A.Network, longest), tenantsOfA(f), cut(f.A.Owner, longest), tenants(*f.B), cut(f.B.Owner, longest))
	case len(g.Findings) == 1:
		return fmt.Sprintf("%s overlaps %s", Capital(name(f.A)), name(*f.B))
	case g.Common != nil && len(members) > 1:
		return fmt.Sprintf("%s overlaps %s and %d more", Capital(name(*g.Common)), name(members[0]), len(members)-1)
	default:
		return fmt.Sprintf("%s overlaps %s and %d more", Capital(name(members[0])), name(members[1]), len(members)-2)
	}
}

// breaking says how a range breaks the rule of a platform by itself.
func breaking(f conflict.Finding, several bool) string {
	does := func(one, many string) string {
		if several {
			return many
		}
		return one
	}
	switch {
	case unusable(f):
		return does("overlaps", "overlap") + " addresses that no network can use"
	case f.Rule.Level == profile.Allow:
		return does("has", "have") + " a remark by " + platformOf(f)
	case f.Code == "vpc_secondary_peered":
		return does("is a secondary block of a VPC", "are secondary blocks of VPCs") + " with peers"
	case conflict.InForbiddenRange(f.Code):
		return does("overlaps", "overlap") + " addresses that " + platformOf(f) + " excludes"
	case conflict.OutsideAllowedRange(f.Code):
		return does("is", "are") + " outside the ranges that " + platformOf(f) + " " + acceptsAt(f.Rule.Level)
	}
	return does("has", "have") + " a prefix length that " + platformOf(f) + " " + refusesAt(f.Rule.Level)
}

func acceptsAt(level profile.Level) string {
	if level == profile.Error {
		return "accepts"
	}
	return "advises"
}

func refusesAt(level profile.Level) string {
	if level == profile.Error {
		return "refuses"
	}
	return "advises against"
}

// countSummary is the summary of a rule that counts.
func countSummary(f conflict.Finding, longest int) string {
	owner, network := cut(f.A.Owner, longest), cut(f.A.Network, longest)
	switch f.Number.Unit {
	case conflict.MaskBits:
		kind := "Node"
		if cidr.FamilyOf(f.A.Range) == cidr.V6 {
			kind = "IPv6 node"
		}
		return fmt.Sprintf("%s blocks of cluster %q are %d bits longer than Pod range %s", kind, owner, f.Number.Value, f.A.Range)
	case conflict.Routes:
		return fmt.Sprintf("VPC %q needs %d routes, more than its route table holds", network, f.Number.Value)
	case conflict.VPCBlocks:
		return fmt.Sprintf(
			"VPC %q has %d secondary blocks, more than the %d that %s %s", owner, f.Number.Value, f.Limit.Value, platformOf(f),
			acceptsAt(f.Rule.Level),
		)
	case conflict.Addresses:
		kind := "nodes"
		if conflict.OfPods(f.Code) {
			kind = "Pods"
		}
		return fmt.Sprintf("Subnets of VPC %q have too few addresses for the %s of cluster %q", network, kind, owner)
	}
	return fmt.Sprintf(
		"Cluster %q has %d %s, more than the %d that %s %s", owner, f.Number.Value, f.Number.Unit, f.Limit.Value, platformOf(f),
		acceptsAt(f.Rule.Level),
	)
}

// brief is a claim as a summary names it.
func brief(c conflict.Claim, longest int) conflict.Claim {
	c.About, c.HeldUntil, c.Delegation = topology.About{}, "", topology.Delegation{}
	c.Owner = cut(c.Owner, longest)
	if c.Kind != conflict.Other { // whose names are those of the data
		c.Part = cut(c.Part, longest)
	}
	owner, planner, shared := topology.LedgerOf(c.Holder)
	if name, blocks := topology.BlocksOf(planner); blocks {
		c.Holder = topology.OfBlocks(cut(name, longest))
	} else {
		c.Holder = cut(planner, longest)
	}
	if shared {
		c.Holder = topology.InLedger(cut(owner, longest), c.Holder)
	}
	return c
}

// cut is a name of at most so many characters. The same name is always cut to the same text.
func cut(name string, longest int) string {
	if utf8.RuneCountInString(name) <= longest {
		return name
	}
	return plain.Line(string([]rune(name)[:longest-1]), longest) + "…"
}
