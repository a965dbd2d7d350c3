package cli

import (
	"fmt"
	"maps"
	"net/netip"
	"slices"
	"strings"

	"github.com/hashicorp/hcl/v2"
	"github.com/hashicorp/hcl/v2/hclsyntax"
	"github.com/hashicorp/hcl/v2/hclwrite"
	"github.com/zclconf/go-cty/cty"

	"github.com/cidrplan/terraform-provider-cidrplan/internal/cidr"
	"github.com/cidrplan/terraform-provider-cidrplan/internal/clouds"
	"github.com/cidrplan/terraform-provider-cidrplan/internal/messages"
	"github.com/cidrplan/terraform-provider-cidrplan/internal/topology"
)

// hclWriter writes a configuration line by line.
type hclWriter struct {
	strings.Builder
	// taken are the names of resources by type, labelOf the names by type and by the name of the object.
	taken   map[string]map[string]bool
	labelOf map[string]map[string]string
}

func (w *hclWriter) line(format string, args ...any) { fmt.Fprintf(w, format+"\n", args...) }

// configuration is a configuration that takes over what was found.
func (c *command) configuration(in *inventory, name string, supernets []netip.Prefix) ([]byte, error) {
	chosen := len(supernets) > 0
	if !chosen {
		supernets = in.supernets()
	}
	a := c.try(in, name, supernets)
	w := &hclWriter{taken: map[string]map[string]bool{}, labelOf: map[string]map[string]string{}}
	w.line("# Written by cidrplan adopt from %s.", oneLine(strings.Join(in.files, ", ")))
	w.line("# It declares what exists: applying it changes no network and no cluster.\n")
	w.line("terraform {\nrequired_providers {\ncidrplan = {\nsource = \"cidrplan/cidrplan\"\n}\n}\n}")
	a.placeAccepted()
	for _, key := range slices.Sorted(maps.Keys(in.facts.Hubs)) {
		w.hub(in, key, in.facts.Hubs[key])
	}
	for _, key := range slices.Sorted(maps.Keys(in.facts.Sites)) {
		w.site(in, key, in.facts.Sites[key])
	}
	for _, key := range slices.Sorted(maps.Keys(in.facts.VPCs)) {
		w.vpc(in, key, in.facts.VPCs[key], a.ofVPC[key])
	}
	w.allocator(in, a, name, chosen)
	text := hclwrite.Format([]byte(w.String()))
	if _, faults := hclwrite.ParseConfig(text, "adopt", hcl.InitialPos); faults.HasErrors() {
		return nil, fmt.Errorf("the configuration that was written cannot be read: %w", faults)
	}
	return text, nil
}

// resource begins a resource of a declaration.
func (w *hclWriter) resource(in *inventory, typeName, key string, argument clouds.Argument) {
	if w.taken[typeName] == nil {
		w.taken[typeName], w.labelOf[typeName] = map[string]bool{}, map[string]string{}
	}
	label := identifier(key, w.taken[typeName])
	w.labelOf[typeName][key] = label
	w.line("")
	if o, is := in.of(argument, key); is {
		w.line("# %s", oneLine(unchecked{Address: o.Address(), File: o.File}.where()))
	}
	w.line("resource %q %q {\nname = %s", typeName, label, quoted(key))
}

func (w *hclWriter) hub(in *inventory, key string, h topology.Hub) {
	w.resource(in, "cidrplan_hub", key, clouds.Gateways)
	w.line("kind = %s", quoted(h.Kind))
	if h.ProtectionLevel != "" {
		w.line("protection_level = %s", quoted(h.ProtectionLevel))
	}
	w.line("}")
}

func (w *hclWriter) site(in *inventory, key string, s topology.Site) {
	w.resource(in, "cidrplan_site", key, clouds.Connections)
	w.list("cidr_blocks", texts(s.CIDRBlocks))
	w.list("hubs", s.Hubs)
	w.list("peers", s.Peers)
	w.unknown(s.Unknown)
	w.line("}")
}

func (w *hclWriter) vpc(in *inventory, key string, v topology.VPC, accepted map[string]messages.AuditRow) {
	w.resource(in, "cidrplan_vpc", key, clouds.VPCs)
	w.line("platform = %s", quoted(v.Platform))
	if v.Region != "" {
		w.line("region = %s", quoted(v.Region))
	}
	w.list("cidr_blocks", texts(v.CIDRBlocks))
	w.list("ipv6_cidr_blocks", texts(v.IPv6CIDRBlocks))
	w.list("hubs", v.Hubs)
	w.list("peers", v.Peers)
	if len(v.Subnets) > 0 {
		w.line("\nsubnets = {")
		for _, name := range slices.Sorted(maps.Keys(v.Subnets)) {
			w.line("%s = %s", mapKey(name), quoted(v.Subnets[name].String()))
		}
		w.line("}")
	}
	if len(v.Routes) > 0 {
		w.line("\nroutes = {")
		for _, name := range slices.Sorted(maps.Keys(v.Routes)) {
			w.route(name, v.Routes[name])
		}
		w.line("}")
	}
	w.unknown(v.Unknown)
	w.acceptedConflicts(accepted)
	w.line("}")
}

func (w *hclWriter) route(name string, r topology.Route) {
	if !r.Destination.IsValid() {
		w.line("# %s: its destination is known only after apply", oneLine(name))
		return
	}
	parts := []string{"destination = " + quoted(r.Destination.String())}
	if r.NextHop != "" {
		parts = append(parts, "next_hop = "+quoted(r.NextHop))
	}
	if r.Summary != nil && *r.Summary {
		parts = append(parts, "summary = true")
	}
	w.line("%s = { %s }", mapKey(name), strings.Join(parts, ", "))
}

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
			w.line("# %s is managed already, by %s.", mapKey(cl.name), oneLine(unchecked{Address: planner.Address(), File: planner.File}.where()))
			continue
		}
		families := ""
		if len(in.facts.Clusters[cl.name].IPFamilies) > 0 {
			families = `, ip_families = ["ipv4", "ipv6"]`
		}
		line := fmt.Sprintf("%s = { vpc = %s, profile = %s%s }", mapKey(cl.name), orPlaceholder(cl.vpc, "vpc"), orPlaceholder(cl.profile, "profile"), families)
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
		e := in.existing[cl.name]
		w.line("%s = {", mapKey(cl.name))
		w.list("pod_cidrs", texts(e.PodCIDRs))
		declared := len(cl.missing()) == 0 && a.missing[cl.name] == ""
		for _, one := range []struct {
			argument string
			p        netip.Prefix
		}{{"service_cidr", e.ServiceCIDR}, {"pod_ipv6_cidr", e.PodIPv6CIDR}, {"service_ipv6_cidr", e.ServiceIPv6CIDR}} {
			switch {
			case !one.p.IsValid():
			case declared || one.argument == "pod_ipv6_cidr":
				w.line("%s = %s", one.argument, quoted(one.p.String()))
			default: // a Service range is in use in its network only, which is not known
				w.line("# %s = %s # when the cluster is declared above", one.argument, quoted(one.p.String()))
			}
		}
		if e.NodeMask > 0 {
			w.line("node_cidr_mask = %d", e.NodeMask)
		}
		if e.NodeMask6 > 0 {
			w.line("node_ipv6_cidr_mask = %d", e.NodeMask6)
		}
		w.unknown(e.Unknown)
		w.line("}")
	}
	w.line("}")
}

// accepted writes the conflicts that the plan would report. What else is wrong is a comment.
func (w *hclWriter) accepted(a adoption) {
	for _, m := range a.wrong {
		w.line("\n# To correct first: %s", oneLine(m.Summary))
		w.comment(m.Detail)
	}
	w.acceptedConflicts(a.accepted)
}

func (w *hclWriter) acceptedConflicts(rows map[string]messages.AuditRow) {
	if len(rows) == 0 {
		return
	}
	w.line("\n# Conflicts that exist. Give each a reason and an end, or resolve it and remove its line.\naccepted_conflicts = {")
	for _, key := range slices.Sorted(maps.Keys(rows)) {
		w.line("# %s: %s", rows[key].Level, oneLine(rows[key].Title))
		w.line("%s = { reason = \"found by cidrplan\" }", quoted(key))
	}
	w.line("}")
}

// supernets are the private ranges that clusters use.
func (in *inventory) supernets() []netip.Prefix {
	var used []netip.Prefix
	for _, cl := range in.clusters {
		e := in.existing[cl.name]
		used = slices.Concat(used, e.PodCIDRs, []netip.Prefix{e.ServiceCIDR, e.PodIPv6CIDR, e.ServiceIPv6CIDR})
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

// unknown names the attributes that are known only after apply.
func (w *hclWriter) unknown(names topology.Unknown) {
	for _, name := range names {
		w.line("# %s = … # known only after apply", name)
	}
}

func (w *hclWriter) list(attribute string, values []string) {
	if len(values) == 0 {
		return
	}
	var all []string
	for _, v := range values {
		all = append(all, quoted(v))
	}
	w.line("%s = [%s]", attribute, strings.Join(all, ", "))
}

func texts(ranges []netip.Prefix) []string {
	var out []string
	for _, p := range ranges {
		out = append(out, p.String())
	}
	return out
}

// quoted is a text as a string of a configuration.
func quoted(text string) string { return string(hclwrite.TokensForValue(cty.StringVal(text)).Bytes()) }

// mapKey is a key of a map, in quotes where it is no identifier.
func mapKey(text string) string {
	if hclsyntax.ValidIdentifier(text) {
		return text
	}
	return quoted(text)
}

// oneLine is a text in a comment.
func oneLine(text string) string { return messages.Line(text) }
