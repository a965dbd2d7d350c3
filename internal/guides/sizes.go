package main

import (
	"fmt"
	"net/netip"
	"strings"

	"github.com/cidrplan/terraform-provider-cidrplan/internal/profile"
)

// size is a line of a table of sizes; both cells are Markdown.
type size struct{ What, Value string }

// sizes says how the ranges of a cluster are counted.
func (c *citations) sizes(p *profile.Profile) []size {
	n, s := p.Nodes, p.Services
	out := []size{
		{"Pod addresses", podsFrom(p)},
		{"each node uses", nodesTake(p)},
	}
	add := func(when bool, what string, value any) {
		if when {
			out = append(out, size{what, fmt.Sprint(value)})
		}
	}
	add(n.Lost != 0, "addresses of "+lostOf(n)+" that Pods do not use", n.Lost)
	add(n.DefaultMask != 0, "node block if neither `node_cidr_mask` nor `pods_per_node` is set", lengths(n.DefaultMask, n.DefaultMask))
	add(n.PodsPerNode.Addresses != 0, "addresses of a node block for each Pod", n.PodsPerNode.Addresses)
	add(true, "default of `pods_per_node`", n.PodsPerNode.Default)
	add(n.PodsPerNode.Min != 0, "minimum of `pods_per_node`", n.PodsPerNode.Min)
	add(n.PodsPerNode.Max != 0, "maximum of `pods_per_node`", n.PodsPerNode.Max)
	add(n.Blocks != profile.None, "`pods_per_node` counts", counts(n.PodsPerNode.Counts, "Pods"))
	add(n.RoutesPerNode != 0, "routes of the VPC for each node", n.RoutesPerNode)
	add(true, "default of `max_services`", s.DefaultCount)
	add(s.Lost != 0, "addresses that the platform reserves in the Service range", s.Lost)
	add(true, "`max_services` counts", counts(s.Counts, "Services"))
	sized := s.SizedShortest != 0 || s.SizedLongest != 0
	add(sized, "Service range whose size follows from `max_services`", lengths(s.SizedShortest, s.SizedLongest))
	out = append(out, families(p.IPv6)...)
	ranges := "Pod ranges"
	if p.Pods.From == profile.Subnets {
		ranges = "Pod subnets"
	}
	add(p.Growth.MaxRanges != 0, "maximum number of "+ranges+" of a cluster", p.Growth.MaxRanges)
	out = append(out, c.growth(p.Growth)...)
	return append(out, c.changes(p)...)
}

// changes say what Terraform does with a cluster that exists when arguments with its addresses change.
func (c *citations) changes(p *profile.Profile) []size {
	if len(p.Change.Resources) == 0 {
		const why = "not known to cidrplan, since no Terraform resource of a cloud creates these clusters"
		return []size{{"change of a range of an existing cluster", why}}
	}
	does := map[profile.Does]string{
		profile.Replaces: "Terraform replaces the cluster",
		profile.Refuses:  "planned as an update in place, refused at apply; requires `-replace`",
		profile.Ignores:  "planned as an update in place, which changes nothing; requires `-replace`",
		profile.Fails:    "refused at plan",
		profile.Updates:  "updated in place",
	}
	var out []size
	for _, of := range []struct {
		what string
		profile.Outcome
	}{
		{"the Pod range", p.Change.Pods}, {"the Service range", p.Change.Services}, {"the node block", p.Change.Nodes},
		{"Pod subnets: one is added", p.Change.SubnetAdded}, {"Pod subnets: one is removed", p.Change.SubnetRemoved},
	} {
		if of.Does != "" {
			value := fmt.Sprintf("%s: %s %s", does[of.Does], cell(of.Text), c.cite(of.Sources))
			out = append(out, size{"change of " + of.what + " in " + code(strings.Join(p.Change.Resources, ", ")), value})
		}
	}
	if other := p.Change.Profile; len(other.To) > 0 {
		to := "change to the profile " + code(strings.Join(other.To, ", "))
		out = append(out, size{to, cell(other.Text) + " " + c.cite(other.Sources)})
	}
	return append(out, c.imported(p.Change)...)
}

// imported says what the first plan does with a cluster that was imported, and the lines that keep it as it is.
func (c *citations) imported(change profile.Change) []size {
	i := change.Imported
	if i.Text == "" {
		return nil
	}
	value := cell(i.Text) + " " + c.cite(i.Sources)
	if len(i.Ignore) > 0 {
		value = code("lifecycle { ignore_changes = ["+strings.Join(i.Ignore, ", ")+"] }") + ": " + value
	}
	return []size{{"import into " + code(change.Resources[0]), value}}
}

func podsFrom(p *profile.Profile) string {
	switch p.Pods.From {
	case profile.Shared:
		return "a separate range; its last addresses are the Service range"
	case profile.Subnets:
		return "subnets of the VPC"
	default:
		return "separate ranges"
	}
}

func nodesTake(p *profile.Profile) string {
	n := p.Nodes
	switch n.Blocks {
	case profile.None:
		return "single addresses"
	case profile.Dynamic:
		return "as many blocks of /" + fmt.Sprint(n.Longest) + " as its Pods require"
	}
	block := "a block of " + lengths(n.Shortest, n.Longest)
	if n.Argument != "" {
		block += " (" + code(n.Argument) + ")"
	}
	return block
}

// lostOf says of what the lost addresses are a part.
func lostOf(n profile.Nodes) string {
	if n.Blocks == profile.Dynamic {
		return "the blocks of a node"
	}
	return "a node block"
}

func counts(what, things string) string {
	if what == "addresses" {
		return "addresses, including those that the platform reserves"
	}
	return things + ", not including addresses that the platform reserves"
}

// families says what IPv6 gives to a cluster of both families.
func families(v profile.IPv6) []size {
	if !v.Dual {
		return []size{{"IPv4 and IPv6 in one cluster", "no"}}
	}
	pods := map[string]string{
		"own": "a separate range", "subnets": "the VPC's subnets", "platform": "a range that the platform chooses",
	}[v.Pods]
	if v.NodeMask != 0 {
		pods += fmt.Sprintf(", node blocks of /%d unless the cluster sets another size", v.NodeMask)
	}
	if v.Lost != 0 {
		pods += fmt.Sprintf(", of which the platform reserves %d addresses", v.Lost)
	}
	if v.MaxDifference != 0 {
		pods += fmt.Sprintf(", at most %d bits longer than the Pod range", v.MaxDifference)
	}
	services := map[string]string{"own": "an allocated range", "platform": "a range that the platform chooses"}[v.Services]
	if v.ServiceLength != 0 {
		services += fmt.Sprintf(", /%d", v.ServiceLength)
	}
	return []size{{"IPv4 and IPv6 in one cluster", "yes"}, {"IPv6 of Pods", pods}, {"IPv6 of Services", services}}
}

// growth says how the ranges of an existing cluster grow.
func (c *citations) growth(g profile.Growth) []size {
	text := g.Text
	if text == "" {
		text = map[profile.Grows]string{
			profile.Never:            "no range can be added or extended",
			profile.Append:           "Pod ranges can be added",
			profile.InSubnets:        "Pod subnets can be added",
			profile.Superset:         "the Pod range can be extended to a larger one that contains it",
			profile.OutsideTerraform: "Pod ranges can be added, but not with Terraform",
		}[g.Pods]
	}
	var out []size
	add := func(name, text string, sources []string) {
		if text != "" {
			out = append(out, size{name, strings.TrimSpace(cell(text) + " " + c.cite(sources))})
		}
	}
	add("growth of an existing cluster", text, g.Sources)
	add("`append_ranges` with `pods` requires", g.Requires.Text, g.Requires.Sources)
	add("a larger Pod range that begins at another address", g.SameBase.Text, g.SameBase.Sources)
	add("after a further or larger Pod range is planned", g.Apply.Text, g.Apply.Sources)
	add("removal of an added range or subnet", g.Removal.Text, g.Removal.Sources)
	add("growth of Services of an existing cluster", g.Services.Text, g.Services.Sources)
	add("`append_ranges` with `services` requires", g.Services.Requires.Text, g.Services.Requires.Sources)
	add("after a further Service range is planned", g.Services.Apply.Text, g.Services.Apply.Sources)
	add("removal of an added Service range", g.Services.Removal.Text, g.Services.Removal.Sources)
	return out
}

// windows says which prefix lengths may be taken from which ranges.
func windows(of []profile.Window) string {
	var out []string
	for _, w := range of {
		name := code(w.CIDR)
		if w.CIDR == netip.PrefixFrom(w.CIDR.Addr(), 0) {
			name = map[bool]string{true: "any IPv4", false: "any IPv6"}[w.CIDR.Addr().Is4()]
		}
		out = append(out, name+" "+lengths(w.Shortest, w.Longest))
	}
	return strings.Join(out, ", ")
}

// lengths says which prefix lengths do; 0 leaves an end open.
func lengths(shortest, longest int) string {
	switch {
	case shortest == longest:
		return fmt.Sprintf("/%d", shortest)
	case shortest == 0:
		return fmt.Sprintf("/%d or larger", longest)
	case longest == 0:
		return fmt.Sprintf("/%d or smaller", shortest)
	}
	return fmt.Sprintf("/%d to /%d", shortest, longest)
}
