package cli

import (
	"fmt"
	"maps"
	"net/netip"
	"slices"
	"strings"

	"github.com/hashicorp/hcl/v2/hclwrite"

	"github.com/cidrplan/terraform-provider-cidrplan/internal/allocate"
	"github.com/cidrplan/terraform-provider-cidrplan/internal/cidr"
	"github.com/cidrplan/terraform-provider-cidrplan/internal/messages"
	"github.com/cidrplan/terraform-provider-cidrplan/internal/profile"
	"github.com/cidrplan/terraform-provider-cidrplan/internal/statefile"
	"github.com/cidrplan/terraform-provider-cidrplan/internal/topology"
)

// allocator writes the allocator that takes over the clusters.
func (w *hclWriter) allocator(in *inventory, a adoption, name string, chosen bool) {
	w.line("\nresource \"cidrplan_allocator\" %q {\nname = %s", identifier(name, map[string]bool{}), quoted(name))
	if !chosen {
		w.line("# Ranges to allocate new clusters from. Narrow them to what is for clusters.")
	}
	w.list("supernets", texts(a.supernets))
	for _, p := range in.planners {
		w.line("# To avoid the ranges of %s, give this allocator its claims as foreign_claims.",
			oneLine(unchecked{Address: p.Address(), File: p.File}.where()))
	}
	w.line("\ndeclare = {")
	w.references("hubs", "cidrplan_hub")
	w.references("sites", "cidrplan_site")
	w.references("vpcs", "cidrplan_vpc")
	w.clusters(in, a)
	w.existing(in, a)
	w.line("}")
	w.accepted(a)
	w.line("\nlifecycle {\nprevent_destroy = true\n}\n}")
}

func (w *hclWriter) references(argument, typeName string) {
	if len(w.labelOf[typeName]) == 0 {
		return
	}
	w.line("%s = {", argument)
	for _, key := range slices.Sorted(maps.Keys(w.labelOf[typeName])) {
		w.line("%s = %s.%s", mapKey(key), typeName, w.labelOf[typeName][key])
	}
	w.line("}")
}

// clusters writes the clusters that can be declared, and the others as comments that say what is missing.
func (w *hclWriter) clusters(in *inventory, a adoption) {
	w.line("\nclusters = {")
	for _, cl := range in.clusters {
		if planner, managed := in.managed[cl.name]; managed {
			w.line(
				"# %s is managed already, by %s.",
				mapKey(cl.name),
				oneLine(unchecked{Address: planner.Address(), File: planner.File}.where()),
			)
			continue
		}
		more := ""
		if len(in.facts.Clusters[cl.name].IPFamilies) > 0 {
			more = `, ip_families = ["ipv4", "ipv6"]`
		}
		if subnets := in.facts.Clusters[cl.name].PodSubnets; len(subnets) > 0 {
			more += ", pod_subnets = " + listed(subnets)
		}
		if uses := in.facts.Clusters[cl.name].OtherRanges; len(uses) > 0 {
			more += ", other_ranges = " + listsOf(uses)
		}
		line := fmt.Sprintf(
			"%s = { vpc = %s, profile = %s%s }",
			mapKey(cl.name),
			orPlaceholder(cl.vpc, "vpc"),
			orPlaceholder(cl.profile, "profile"),
			more,
		)
		missing := a.missing[cl.name]
		if unknown := cl.missing(); len(unknown) > 0 {
			missing = fmt.Sprintf("The files do not say its %s.", strings.Join(unknown, " and "))
		}
		if missing != "" {
			w.line("# Fill in what is missing for cluster %s, then remove the # in front of its line.", quoted(cl.name))
			w.comment(missing)
			line = "# " + line
		}
		w.line("%s", line)
	}
	w.line("}")
}

// comment writes a text as lines of a comment.
func (w *hclWriter) comment(text string) {
	for line := range strings.SplitSeq(messages.Lines(text), "\n") {
		w.line("%s", strings.TrimRight("# "+line, " "))
	}
}

// commentOf writes a part of a configuration as a comment.
func (w *hclWriter) commentOf(part *hclWriter) {
	w.comment(strings.TrimSpace(string(hclwrite.Format([]byte(part.String())))))
}

// missing are the arguments that the files do not say.
func (c clusterFound) missing() []string {
	var out []string
	if c.vpc == "" {
		out = append(out, "vpc")
	}
	if c.profile == "" {
		out = append(out, "profile")
	}
	return out
}

func orPlaceholder(value, name string) string {
	if value == "" {
		return quoted("<" + name + ">")
	}
	return quoted(value)
}

// existing writes the ranges that clusters hold.
func (w *hclWriter) existing(in *inventory, a adoption) {
	if len(in.clusters) == len(in.managed) {
		return
	}
	w.line("\nexisting = {")
	for _, cl := range in.clusters {
		if in.isManaged(cl.name) {
			continue
		}
		e, declared := in.existing[cl.name], len(cl.missing()) == 0 && a.missing[cl.name] == ""
		if !declared { // the declaration has them otherwise
			e.OtherRanges = statefile.WithOthers(e.OtherRanges, in.facts.Clusters[cl.name].OtherRanges)
		}
		entry := &hclWriter{}
		entry.ranges(cl.name, e, declared)
		if declared || undeclared(e).Ranges().Held() {
			w.WriteString(entry.String())
		} else {
			w.commentOf(entry)
		}
	}
	w.line("}")
}

// ranges writes the ranges of one cluster. Those that are in use only in a network are comments if that is not known.
func (w *hclWriter) ranges(name string, e allocate.Existing, declared bool) {
	w.line("%s = {", mapKey(name))
	w.list("pod_cidrs", texts(e.PodCIDRs))
	for _, one := range []struct {
		argument string
		p        netip.Prefix
	}{{"service_cidr", e.ServiceCIDR}, {"pod_ipv6_cidr", e.PodIPv6CIDR}, {"service_ipv6_cidr", e.ServiceIPv6CIDR}} {
		switch {
		case !one.p.IsValid():
		case declared || one.argument == "pod_ipv6_cidr" || !undeclared(e).Ranges().Held(): // without another range, the entry is a comment
			w.line("%s = %s", one.argument, quoted(one.p.String()))
		default:
			w.line("# %s = %s # when the cluster is declared above", one.argument, quoted(one.p.String()))
		}
	}
	for _, list := range e.Further.Lists() {
		switch {
		case len(*list.Ranges) == 0:
		case declared || list.Kind == profile.PodRanges || !undeclared(e).Ranges().Held():
			w.list(list.Attr, texts(*list.Ranges))
		default:
			w.line("# %s = %s # when the cluster is declared above", list.Attr, listed(texts(*list.Ranges)))
		}
	}
	if len(e.OtherRanges) > 0 {
		w.line("other_ranges = %s", listsOf(e.OtherRanges))
	}
	if e.NodeMask > 0 {
		w.line("node_cidr_mask = %d", e.NodeMask)
	}
	if e.NodeIPv6Mask > 0 {
		w.line("node_ipv6_cidr_mask = %d", e.NodeIPv6Mask)
	}
	w.unknown(e.Unknown)
	w.line("}")
}

// accepted writes the conflicts that the plan would report. What else is wrong is a comment.
func (w *hclWriter) accepted(a adoption) {
	for _, m := range a.wrong {
		w.line("\n# To correct first: %s", oneLine(m.Summary))
		w.comment(m.Detail)
	}
	w.acceptedConflicts(a.accepted, nil)
}

// acceptedConflicts writes conflicts that were found, and those that a declaration accepts already.
func (w *hclWriter) acceptedConflicts(rows map[string]messages.AuditRow, before map[string]topology.Acceptance) {
	if len(rows)+len(before) == 0 {
		return
	}
	if len(rows) > 0 {
		w.line("\n# Conflicts that exist. Give each a reason and an end, or resolve it and remove its line.")
	}
	w.line("accepted_conflicts = {")
	for _, key := range slices.Sorted(maps.Keys(rows)) {
		w.line("# %s: %s", rows[key].Level, oneLine(rows[key].Title))
		w.line("%s = { reason = \"found by cidrplan\" }", quoted(key))
	}
	for _, key := range slices.Sorted(maps.Keys(before)) {
		if _, again := rows[key]; again {
			continue
		}
		until := ""
		if day := before[key].Until; day != "" {
			until = ", until = " + quoted(day)
		}
		w.line("%s = { reason = %s%s }", quoted(key), quoted(before[key].Reason), until)
	}
	w.line("}")
}

// supernets are the private ranges that clusters use.
func (in *inventory) supernets() []netip.Prefix {
	var used []netip.Prefix
	for _, cl := range in.clusters {
		used = append(used, in.existing[cl.name].Ranges().InUse()...)
	}
	var out []netip.Prefix
	for _, private := range append(cidr.PrivateIPv4(), sharedAddresses, netip.MustParsePrefix("fd00::/8")) {
		if slices.ContainsFunc(used, func(p netip.Prefix) bool { return p.IsValid() && cidr.Contains(private, p) }) {
			out = append(out, private)
		}
	}
	if len(out) == 0 {
		return cidr.PrivateIPv4()[:1]
	}
	return out
}
