package provider

import (
	"fmt"
	"net/netip"
	"slices"
	"strings"

	"github.com/cidrplan/terraform-provider-cidrplan/internal/allocate"
	"github.com/cidrplan/terraform-provider-cidrplan/internal/conflict"
	"github.com/cidrplan/terraform-provider-cidrplan/internal/profile"
)

// finding tells of a broken rule: both parties, the rule with its source, the ways out.
func (p prose) finding(f conflict.Finding) message {
	m := message{at: f.A.At, warn: f.Level() < profile.Error}
	switch {
	case f.Number.Name != "":
		m.summary, m.detail = "Too Many for the Platform", fmt.Sprintf("Cluster %q on %s: %d %s are asked for, and %d %s is the limit.", f.A.Owner, f.A.Profile.Title, f.Number.Value, f.Number.Name, f.Limit.Value, f.Limit.Name)
		if f.Number.Name == "bits" {
			m.detail = fmt.Sprintf("The node blocks of cluster %q are %d bits longer than its Pod range %s; on %s they may be at most %d bits longer. Give a longer pod_cidrs prefix or a shorter node_cidr_mask.", f.A.Owner, f.Number.Value, f.A.Range, f.A.Profile.Title, f.Limit.Value)
		}
		if f.Code == "route_quota_exceeded" {
			m.detail = fmt.Sprintf("The clusters of VPC %q that take a route for each node, and its declared routes, come to %d routes; its route table holds %d. "+
				"Raise the quota and set route_quota on the VPC, or ask for fewer nodes.", f.A.Network, f.Number.Value, f.Limit.Value)
		}
	case f.B == nil:
		m.summary, m.detail = "Range Not Taken by Platform", fmt.Sprintf("%s is not one that %s takes.", capital(party(f.A)), f.A.Profile.Title)
		m.detail += "\n\n" + waysOut(f)
	default:
		m.summary, m.detail = "Address Ranges Conflict", fmt.Sprintf("%s and %s share %s%s.", capital(party(f.A)), party(*f.B), f.Shared, meeting(f))
		m.detail += "\n\n" + waysOut(f)
	}
	if f.Standing {
		m.detail += "\n\nThis conflict was there before, so it does not stop the plan. New ranges are placed around it."
	}
	m.detail += "\n\n" + p.facts(f)
	return m
}

// facts is the block of plain data that ends a message.
func (p prose) facts(f conflict.Finding) string {
	lines := []string{
		fmt.Sprintf("  rule:   %s (%s)", f.Code, f.Rule.Level),
		"          " + f.Rule.Text,
	}
	if cited := p.catalog.Cite(f.Rule); cited != "" {
		lines = append(lines, "  source: "+cited)
	}
	if f.Rule.ErrorCode != "" {
		lines = append(lines, "  the platform's own error: "+f.Rule.ErrorCode)
	}
	if f.Number.Name == "" {
		lines = append(lines, "  "+place(f.A))
		if f.B != nil {
			lines = append(lines, "  "+place(*f.B))
		}
	}
	return strings.Join(lines, "\n")
}

func place(c conflict.Claim) string {
	labels := ""
	for _, key := range sorted(keys(c.Labels)) {
		labels += fmt.Sprintf(", %s = %s", key, c.Labels[key])
	}
	return fmt.Sprintf("%s: %s%s", c.At, c.Range, labels)
}

// party names who claims a range: kind, name, range, description.
func party(c conflict.Claim) string {
	var s string
	switch c.Kind {
	case conflict.Pod:
		s = fmt.Sprintf("Pod range %s of cluster %q", c.Range, c.Owner)
	case conflict.Service:
		s = fmt.Sprintf("Service range %s of cluster %q", c.Range, c.Owner)
	case conflict.VPC:
		s = fmt.Sprintf("block %s of VPC %q", c.Range, c.Owner)
	case conflict.Site:
		s = fmt.Sprintf("block %s of site %q", c.Range, c.Owner)
	case conflict.Route:
		s = fmt.Sprintf("route %q to %s of VPC %q", c.Route, c.Range, c.Owner)
	case conflict.Reserved:
		if c.Undeclared {
			return fmt.Sprintf("range %s of existing cluster %q (not declared here)", c.Range, c.Owner)
		}
		s = fmt.Sprintf("reserved range %s %q", c.Range, c.Owner)
	}
	if c.Description != "" {
		s += fmt.Sprintf(" (%s)", c.Description)
	}
	return s
}

// meeting says how the parties come to meet.
func meeting(f conflict.Finding) string {
	switch {
	case f.Mesh != "":
		return fmt.Sprintf("; both clusters are members of mesh %q", f.Mesh)
	case f.Third != "":
		return fmt.Sprintf("; %q reaches both, and could not tell them apart", f.Third)
	case f.Hub != "":
		return fmt.Sprintf("; both networks are attached to hub %q", f.Hub)
	case f.B.Network != "" && f.A.Network != f.B.Network:
		return fmt.Sprintf("; networks %q and %q are peers", f.A.Network, f.B.Network)
	}
	return ""
}

// waysOut lists what can be done, the least harm first.
func waysOut(f conflict.Finding) string {
	var ways []string
	switch {
	case f.A.OfCluster() && f.A.Pinned && f.Instead.IsValid():
		ways = append(ways, fmt.Sprintf("give cluster %q another range, such as %s, the nearest free one of this size", f.A.Owner, f.Instead))
	case f.B == nil: // the rule says which ranges would do
	case f.A.OfCluster() && f.A.Pinned:
		ways = append(ways, fmt.Sprintf("give cluster %q another range; none of this size is free in the supernets", f.A.Owner))
	case f.A.OfCluster() && f.A.At[0].Attr == "existing":
		ways = append(ways, fmt.Sprintf("correct %s if cluster %q does not hold this range", f.A.At, f.A.Owner))
	case f.A.OfCluster():
		ways = append(ways, fmt.Sprintf("undo the change that brought the conflict: cluster %q holds its range already, and it is never moved silently", f.A.Owner))
	}
	if f.B != nil {
		ways = append(ways, othersWays(f)...)
	}
	if f.B == nil && len(ways) == 0 {
		ways = append(ways, "choose a range that the rule below allows")
	}
	return "Ways out: " + strings.Join(ways, "; or ") + "."
}

func othersWays(f conflict.Finding) []string {
	var ways []string
	switch f.B.Kind {
	case conflict.Route:
		ways = append(ways, fmt.Sprintf("set summary = true on route %q if it is an aggregate that occupies nothing", f.B.Route))
		if f.B.Network != f.A.Network {
			ways = append(ways, fmt.Sprintf("set its next_hop to peering or transit if it is the way to network %q", f.A.Network))
		}
	case conflict.Reserved:
		if f.B.Undeclared {
			return append(ways, fmt.Sprintf("remove %s if the cluster is gone or does not hold this range", f.B.At))
		}
		ways = append(ways, fmt.Sprintf("narrow or remove %q", f.B.Owner))
	case conflict.VPC, conflict.Site:
		whose := fmt.Sprintf("%q", f.B.Owner)
		if !f.A.OfCluster() {
			whose = fmt.Sprintf("%q or %q", f.A.Owner, f.B.Owner)
		}
		ways = append(ways, fmt.Sprintf("correct the blocks of %s if they are wider than what is in use", whose))
	case conflict.Pod, conflict.Service:
		if f.B.Pinned && f.B.Owner != f.A.Owner {
			ways = append(ways, fmt.Sprintf("give cluster %q another range", f.B.Owner))
		}
	}
	switch {
	case f.Mesh != "":
		ways = append(ways, fmt.Sprintf("take one of the clusters out of mesh %q", f.Mesh))
	case f.Third != "" || f.Hub != "":
		ways = append(ways, "detach one of the two networks")
	}
	return ways
}

// noRoom tells what is missing, what is free and who holds the rest.
func (p prose) noRoom(e allocate.NoRoom) string {
	from := join(e.From)
	if e.Pool != "" {
		from += fmt.Sprintf(" (pool %q)", e.Pool)
	}
	what := capital(e.Kind.String())
	out := fmt.Sprintf("Cluster %q needs a %s range of /%d, and none is free in %s.", e.Cluster, what, e.Length, from)
	if e.GaveUp {
		out += " A placement may exist that the search did not reach; pinning some ranges helps it."
	}
	ways := "ask for less; add a supernet; or give up a range that is no longer used"
	if len(e.Room) == 0 {
		out += " The platform takes no range of this size from there, or advises against it."
		ways = "give supernets that the platform takes ranges from; or pin a range that is only advised against"
	}
	var free []string
	for _, size := range e.Free {
		free = append(free, fmt.Sprintf("%d × /%d", size.N, size.Bits))
	}
	if len(free) == 0 {
		free = []string{"nothing"}
	}
	out += "\n\nWays out: " + ways + ".\n\n  free:    " + strings.Join(free, ", ")
	for i, c := range e.Holders {
		const most = 10
		if i == most {
			out += fmt.Sprintf("\n           and %d more", len(e.Holders)-most)
			break
		}
		label := "         "
		if i == 0 {
			label = "held by: "
		}
		out += "\n  " + label + party(c)
	}
	return out
}

func capital(s string) string { return strings.ToUpper(s[:1]) + s[1:] }

func join(prefixes []netip.Prefix) string {
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
