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

	"github.com/cidrplan/terraform-provider-cidrplan/internal/clouds"
	"github.com/cidrplan/terraform-provider-cidrplan/internal/messages"
	"github.com/cidrplan/terraform-provider-cidrplan/internal/statefile"
	"github.com/cidrplan/terraform-provider-cidrplan/internal/topology"
)

// hclWriter writes a configuration line by line.
type hclWriter struct {
	strings.Builder
	// taken are the names of resources by type, labelOf the names by type and by the name of the object.
	taken   map[string]map[string]bool
	labelOf map[string]map[string]string
}

func (w *hclWriter) line(format string, args ...any) { fmt.Fprintf(&w.Builder, format+"\n", args...) }

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
	w.notAdopted(in)
	w.line("terraform {\nrequired_providers {\ncidrplan = {\nsource = \"cidrplan/cidrplan\"\n}\n}\n}")
	a.placeAccepted()
	facts := a.left.without(in.facts)
	for _, key := range slices.Sorted(maps.Keys(facts.Hubs)) {
		w.hub(in, key, facts.Hubs[key])
	}
	for _, key := range slices.Sorted(maps.Keys(facts.Sites)) {
		w.site(in, key, facts.Sites[key], a)
	}
	for _, key := range slices.Sorted(maps.Keys(facts.VPCs)) {
		w.vpc(in, key, facts.VPCs[key], a)
	}
	w.networksLeftOut(in, a.left)
	w.allocator(in, a, name, chosen)
	text := hclwrite.Format([]byte(w.String()))
	if _, faults := hclwrite.ParseConfig(text, "adopt", hcl.InitialPos); faults.HasErrors() {
		return nil, fmt.Errorf("the configuration that was written cannot be read: %w", faults)
	}
	return text, nil
}

// resource begins a resource of a declaration.
func (w *hclWriter) resource(typeName, key string, o statefile.Object, is bool) {
	if w.taken[typeName] == nil {
		w.taken[typeName] = map[string]bool{}
	}
	if w.labelOf[typeName] == nil {
		w.labelOf[typeName] = map[string]string{}
	}
	label := identifier(key, w.taken[typeName])
	w.labelOf[typeName][key] = label
	w.line("")
	if is {
		where := oneLine(unchecked{Address: o.Address(), File: o.File}.where())
		if o.Declares() {
			where += " declares it already. In that configuration, use it instead of this block."
		}
		w.line("# %s", where)
	}
	w.line("resource %q %q {\nname = %s", typeName, label, quoted(key))
}

func (w *hclWriter) hub(in *inventory, key string, h topology.Hub) {
	o, is := in.of(clouds.Gateways, key)
	w.resource("cidrplan_hub", key, o, is)
	w.line("kind = %s", quoted(h.Kind))
	if h.ProtectionLevel != "" {
		w.line("protection_level = %s", quoted(h.ProtectionLevel))
	}
	w.vrf(h.VRF)
	w.acceptedConflicts(nil, h.Accepted)
	w.line("}")
}

func (w *hclWriter) site(in *inventory, key string, s topology.Site, a adoption) {
	o, is := in.ofSite(key)
	w.resource("cidrplan_site", key, o, is)
	w.list("cidr_blocks", texts(s.CIDRBlocks))
	w.list("hubs", s.Hubs)
	w.list("peers", s.Peers)
	w.list("advertised_cidrs", texts(s.AdvertisedCIDRs))
	w.vrf(s.VRF)
	w.unknown(s.Unknown)
	w.acceptedConflicts(a.of[topology.Path{}.Attr("sites").Key(key).String()], s.Accepted)
	w.line("}")
}

func (w *hclWriter) vpc(in *inventory, key string, v topology.VPC, a adoption) {
	o, is := in.of(clouds.VPCs, key)
	w.resource("cidrplan_vpc", key, o, is)
	w.line("platform = %s", quoted(v.Platform))
	if v.Region != "" {
		w.line("region = %s", quoted(v.Region))
	}
	w.list("cidr_blocks", texts(v.CIDRBlocks))
	w.list("ipv6_cidr_blocks", texts(v.IPv6CIDRBlocks))
	w.list("hubs", v.Hubs)
	w.list("peers", v.Peers)
	w.list("advertised_cidrs", texts(v.AdvertisedCIDRs))
	w.vrf(v.VRF)
	if v.RouteQuota > 0 {
		w.line("route_quota = %d", v.RouteQuota)
	}
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
	w.partsLeftOut(in, key, a.left)
	w.acceptedConflicts(a.of[topology.Path{}.Attr("vpcs").Key(key).String()], v.Accepted)
	w.line("}")
}

func (w *hclWriter) vrf(name string) {
	if name != "" {
		w.line("vrf = %s", quoted(name))
	}
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

// unknown names the attributes of a declaration that are known only after apply.
func (w *hclWriter) unknown(names topology.Unknown) {
	for _, name := range names {
		w.line("# %s = … # known only after apply", name)
	}
}

func (w *hclWriter) list(attribute string, values []string) {
	if len(values) == 0 {
		return
	}
	w.line("%s = %s", attribute, listed(values))
}

// listed is a list of a configuration.
func listed(values []string) string {
	var all []string
	for _, v := range values {
		all = append(all, quoted(v))
	}
	return "[" + strings.Join(all, ", ") + "]"
}

// listsOf is a map of lists of a configuration.
func listsOf(uses map[string][]netip.Prefix) string {
	var all []string
	for _, use := range slices.Sorted(maps.Keys(uses)) {
		all = append(all, mapKey(use)+" = "+listed(texts(uses[use])))
	}
	return "{ " + strings.Join(all, ", ") + " }"
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
