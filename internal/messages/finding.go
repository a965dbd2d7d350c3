package messages

import (
	"cmp"
	"fmt"
	"net/netip"
	"regexp"
	"slices"
	"strings"
	"unicode/utf8"

	"github.com/cidrplan/terraform-provider-cidrplan/internal/conflict"
	"github.com/cidrplan/terraform-provider-cidrplan/internal/profile"
)

// single words one broken rule: who shares what with whom.
func single(f conflict.Finding) string {
	switch {
	case f.Number.Unit != "":
		return counted(f)
	case f.Code == "vpc_secondary_peered":
		return fmt.Sprintf("%s is a secondary block, and VPC %q has peers.", Capital(party(f.A)), f.A.Owner)
	case f.B == nil && unusable(f):
		return fmt.Sprintf("%s contains addresses that no network can use.", Capital(party(f.A)))
	case f.B == nil:
		return oneRange(f)
	case f.OutsideOther():
		return fmt.Sprintf("%s is not inside %s.", Capital(party(f.A)), party(*f.B))
	case f.A.Part != "" && f.A.OfCluster():
		return fmt.Sprintf(
			"Subnet %q (%s) is used by %s of cluster %q and by %s of cluster %q.",
			f.A.Part, f.A.Range, tenantsOfA(f), f.A.Owner, tenants(*f.B), f.B.Owner,
		)
	}
	return fmt.Sprintf("%s and %s share %s%s.", Capital(party(f.A)), party(*f.B), f.Shared, meeting(f))
}

// counted words a broken rule that counts.
func counted(f conflict.Finding) string {
	switch f.Number.Unit {
	case conflict.MaskBits:
		return fmt.Sprintf(
			"The node blocks of cluster %q are %d bits longer than its Pod range %s; on %s they may be at most %d bits longer.",
			f.A.Owner, f.Number.Value, f.A.Range, f.A.Profile.Title, f.Limit.Value,
		)
	case conflict.Routes:
		return fmt.Sprintf(
			"VPC %q needs routes for the nodes of its clusters and its declared routes: %s. The limit of its route table is %d.",
			f.A.Network, summed(f), f.Limit.Value,
		)
	case conflict.VPCBlocks:
		return fmt.Sprintf(
			"VPC %q has %d secondary blocks, and %s %s at most %d.",
			f.A.Owner, f.Number.Value, f.VPCPlatform, acceptsAt(f.Rule.Level), f.Limit.Value,
		)
	case conflict.Addresses:
		inBlocks := ""
		if f.Block != 0 {
			inBlocks = fmt.Sprintf(" in whole blocks of /%d", f.Block)
		}
		return fmt.Sprintf(
			"The clusters in these subnets of VPC %q need %s%s. The subnets have %d%s, without addresses that the platform reserves and "+
				"those in reserved.",
			f.A.Network, summed(f), inBlocks, f.Limit.Value, inBlocks,
		)
	}
	if f.Rule.Level == profile.Error {
		return fmt.Sprintf(
			"Cluster %q on %s requests %d %s. The limit is %d %s.",
			f.A.Owner, f.A.Profile.Title, f.Number.Value, f.Number.Unit, f.Limit.Value, f.Limit.Unit,
		)
	}
	return fmt.Sprintf("Cluster %q on %s requests %d %s. More than %d %s are not recommended, or require a higher quota.",
		f.A.Owner, f.A.Profile.Title, f.Number.Value, f.Number.Unit, f.Limit.Value, f.Limit.Unit)
}

// tenantsOfA says whether nodes or Pods of the first party use the subnet that both share.
func tenantsOfA(f conflict.Finding) string {
	if conflict.OfPods(f.Code) {
		return "Pods"
	}
	return "nodes"
}

// tenants says whether nodes or Pods of a cluster use a subnet.
func tenants(c conflict.Claim) string {
	if c.At[len(c.At)-2].Attr == "node_subnets" {
		return "nodes"
	}
	return "Pods"
}

// summed shows a number as the sum that it is, of many terms the largest ones.
func summed(f conflict.Finding) string {
	const most = 6
	shown, rest := f.Terms, int64(0)
	if len(shown) > most {
		all := slices.SortedStableFunc(slices.Values(shown), func(a, b conflict.Term) int { return -cmp.Compare(a.Value, b.Value) })
		shown = all[:most-1]
		for _, t := range all[most-1:] {
			rest += t.Value
		}
	}
	if len(shown) == 1 {
		return fmt.Sprintf("%d %s (%s)", f.Number.Value, f.Number.Unit, termText(shown[0]))
	}
	var terms []string
	for _, t := range shown {
		terms = append(terms, fmt.Sprintf("%d (%s)", t.Value, termText(t)))
	}
	if left := len(f.Terms) - len(shown); left > 0 {
		terms = append(terms, fmt.Sprintf("%d (%d more)", rest, left))
	}
	return fmt.Sprintf("%s = %d %s", strings.Join(terms, " + "), f.Number.Value, f.Number.Unit)
}

// termText says what a term counts.
func termText(t conflict.Term) string {
	switch t.Of {
	case conflict.NodesOfCluster:
		return fmt.Sprintf("nodes of %q", t.Cluster)
	case conflict.PodsOfCluster:
		return fmt.Sprintf("Pods of %q", t.Cluster)
	}
	return "declared routes"
}

// rule is a rule with its code, level, source and what the platform says of it, a line each.
func (p Writer) rule(code string, r profile.Rule) []string {
	return p.ruleAt(code, r, r.Level.String())
}

// ruleAt is rule with other words for the level.
func (p Writer) ruleAt(code string, r profile.Rule, level string) []string {
	lines := []string{fmt.Sprintf("Rule: %s (%s). %s", code, level, Sentence(Capital(r.Text)))}
	if cited := p.Catalog.Cite(r); cited != "" {
		lines = append(lines, "Source: "+cited)
	}
	return append(lines, ofPlatform(r)...)
}

// ofPlatform is what the platform itself answers to a broken rule, and what turns that off.
func ofPlatform(r profile.Rule) []string {
	var lines []string
	if r.ErrorCode != "" {
		lines = append(lines, "Error code of the platform: "+r.ErrorCode)
	}
	if r.Override != "" {
		lines = append(lines, fmt.Sprintf("The platform does not check this with %s = true; the conflict stays.", r.Override))
	}
	return lines
}

// place is where a claim is declared, with its labels.
func place(c conflict.Claim) string {
	var labels []string
	for _, key := range sorted(keys(c.Labels)) {
		labels = append(labels, fmt.Sprintf("%s = %s", key, c.Labels[key]))
	}
	if len(labels) == 0 {
		return c.At.String()
	}
	return fmt.Sprintf("%s (%s)", c.At, Described(strings.Join(labels, ", ")))
}

// byPlatform is what a sentence adds to a range of a cluster that the platform uses by default.
var byPlatform = map[conflict.Source]string{
	conflict.Assumed: " (the platform's default)", conflict.Possible: " (one of the platform's defaults)",
}

// Party names who claims a range, for other texts than messages.
func Party(c conflict.Claim) string { return party(c) }

// party names who claims a range: kind, name, range, description.
func party(c conflict.Claim) string {
	var s string
	if c.Foreign() || c.Kind == conflict.Supernet {
		return foreignParty(c)
	}
	switch c.Kind {
	case conflict.Pod:
		s = fmt.Sprintf("Pod range %s%s of cluster %q", c.Range, byPlatform[c.Source], c.Owner)
		if c.Part != "" {
			s = fmt.Sprintf("subnet %q (%s) of cluster %q", c.Part, c.Range, c.Owner)
		}
	case conflict.Service:
		s = fmt.Sprintf("Service range %s%s of cluster %q", c.Range, byPlatform[c.Source], c.Owner)
	case conflict.Other:
		s = otherRange(c)
	case conflict.Subnet:
		s = fmt.Sprintf("subnet %q (%s) of VPC %q", c.Part, c.Range, c.Owner)
	case conflict.Block:
		s = fmt.Sprintf("block %q (%s)", c.Owner, c.Range)
	case conflict.VPC:
		if c.Visibility == conflict.SeenOutside {
			s = fmt.Sprintf("range %s that VPC %q advertises", c.Range, c.Owner)
			break
		}
		s = fmt.Sprintf("block %s of VPC %q", c.Range, c.Owner)
	case conflict.Site:
		if c.Visibility == conflict.SeenOutside {
			s = fmt.Sprintf("range %s that site %q advertises", c.Range, c.Owner)
			break
		}
		s = fmt.Sprintf("block %s of site %q", c.Range, c.Owner)
	case conflict.Route:
		s = fmt.Sprintf("route %q to %s of VPC %q", c.Part, c.Range, c.Owner)
	case conflict.GrowthReserve:
		return fmt.Sprintf("range %s reserved for growth of cluster %q", c.Range, c.Owner)
	case conflict.Released:
		return fmt.Sprintf("released range %s of %s", c.Range, ownerOf(c))
	case conflict.Existing:
		return fmt.Sprintf("range %s of existing %s (not declared here)", c.Range, ownerOf(c))
	case conflict.Reserved:
		s = fmt.Sprintf("reserved range %s %q", c.Range, c.Owner)
	}
	if c.Description != "" {
		s += fmt.Sprintf(" (%s)", Described(c.Description))
	}
	return s
}

// meeting says how the networks of the parties are connected.
func meeting(f conflict.Finding) string {
	switch {
	case f.Mesh != "":
		return fmt.Sprintf("; both clusters are members of mesh %q", f.Mesh)
	case f.A.Unplaced || f.B.Unplaced || f.B.Kind == conflict.Supernet:
		return "" // nobody says where it is used
	case f.Third != "":
		return fmt.Sprintf("; %q is connected to both and can reach only one", f.Third)
	case f.Hub != "":
		return fmt.Sprintf("; both networks are attached to hub %q", f.Hub)
	case f.B.Network != "" && f.A.Network != "" && f.A.Network != f.B.Network:
		return fmt.Sprintf("; networks %q and %q are peers", f.A.Network, f.B.Network)
	}
	return ""
}

// ownSpelling matches texts that begin with a name that is written with a small letter: an IPv6 range, kOps, or a program such as kubeadm.
var ownSpelling = regexp.MustCompile(`^(\S*:|kOps\b|kube[a-z-]*\b)`)

// Capital begins a text with a capital letter, unless it begins with a name that has a small one.
func Capital(s string) string {
	if ownSpelling.MatchString(s) {
		return s
	}
	_, size := utf8.DecodeRuneInString(s)
	return strings.ToUpper(s[:size]) + s[size:]
}

// Join lists ranges, separated by commas.
func Join(prefixes []netip.Prefix) string {
	var out []string
	for _, r := range prefixes {
		out = append(out, r.String())
	}
	return strings.Join(out, ", ")
}

func sorted(list []string) []string { return slices.Sorted(slices.Values(list)) }

func keys(m map[string]string) []string {
	var out []string
	for key := range m {
		out = append(out, key)
	}
	return out
}
