package conflict_test

import (
	"fmt"
	"net/netip"
	"slices"
	"strings"
	"testing"

	"github.com/cidrplan/terraform-provider-cidrplan/internal/conflict"
	"github.com/cidrplan/terraform-provider-cidrplan/internal/profile"
	"github.com/cidrplan/terraform-provider-cidrplan/internal/topology"
)

// met writes the findings between networks: level, code, parties with their subnets, and through what.
func met(f topology.Facts, catalog *profile.Catalog) []string {
	findings := conflict.NewWorld(f, catalog).Overlaps(conflict.FactClaims(f, catalog))
	conflict.Sort(findings)
	var out []string
	for _, f := range findings {
		line := fmt.Sprintf("%v %s: %s%v and %s%v", f.Rule.Level, f.Code, partOf(f.A), f.A.Range, partOf(*f.B), f.B.Range)
		if f.Hub != "" {
			line += " on " + f.Hub
		}
		if f.Third != "" {
			line += " at " + f.Third
		}
		out = append(out, line)
	}
	return out
}

func partOf(c conflict.Claim) string {
	if c.Part == "" {
		return c.Owner + " "
	}
	return c.Owner + "." + c.Part + " "
}

// subnetsOf makes subnets named a, b, c …
func subnetsOf(texts ...string) map[string]netip.Prefix {
	all := map[string]netip.Prefix{}
	for i, text := range texts {
		all[string(rune('a'+i))] = prefix(text)
	}
	return all
}

// What the hubs of the platforms compare, as they publish it. The networks are a VPC east and a VPC
// west; idc is a site.
func TestHubsCompareWhatTheirPlatformsDo(t *testing.T) {
	type (
		hubs  = map[string]topology.Hub
		vpcs  = map[string]topology.VPC
		sites = map[string]topology.Site
	)
	on := func(hub string, blocks []netip.Prefix, subnets ...string) topology.VPC {
		v := topology.VPC{Platform: "tencentcloud", CIDRBlocks: blocks, Hubs: strings.Fields(hub)}
		if len(subnets) > 0 {
			v.Subnets = subnetsOf(subnets...)
		}
		return v
	}
	peered := func(v topology.VPC, peers ...string) topology.VPC { v.Peers = peers; return v }
	whole, half := prefixes("10.0.0.0/16"), prefixes("10.0.0.0/17")
	full := hubs{"cen": {Kind: "cen", ProtectionLevel: "FULL"}, "usual": {Kind: "cen"}}
	reduced := hubs{"cen": {Kind: "cen", ProtectionLevel: "REDUCED"}}
	ccn := hubs{"ccn": {Kind: "ccn"}}
	tests := map[string]struct {
		facts topology.Facts
		want  []string
	}{
		"a CEN takes no overlap": {
			topology.Facts{Hubs: full, VPCs: vpcs{"east": on("usual", whole), "west": on("usual", half)}},
			[]string{"error vpc_overlaps_peer: east 10.0.0.0/16 and west 10.0.0.0/17 on usual"},
		},
		"nor at the level FULL": {
			topology.Facts{Hubs: full, VPCs: vpcs{"east": on("cen", whole), "west": on("cen", half)}},
			[]string{"error vpc_overlaps_peer: east 10.0.0.0/16 and west 10.0.0.0/17 on cen"},
		},
		"blocks side by side are taken": {
			topology.Facts{Hubs: full, VPCs: vpcs{"east": on("cen", half), "west": on("cen", prefixes("10.0.128.0/17"))}},
			nil,
		},
		"REDUCED takes a partial overlap": {
			topology.Facts{Hubs: reduced, VPCs: vpcs{"east": on("cen", whole), "west": on("cen", half)}},
			nil,
		},
		"but not the same block": {
			topology.Facts{Hubs: reduced, VPCs: vpcs{"east": on("cen", half), "west": on("cen", half)}},
			[]string{"error vpc_overlaps_peer: east 10.0.0.0/17 and west 10.0.0.0/17 on cen"},
		},
		"of several blocks only the same ones": {
			topology.Facts{
				Hubs: reduced,
				VPCs: vpcs{
					"east": on("cen", prefixes("10.0.0.0/16", "10.1.0.0/16")),
					"west": on("cen", prefixes("10.0.0.0/17", "10.1.0.0/16")),
				},
			},
			[]string{"error vpc_overlaps_peer: east 10.1.0.0/16 and west 10.1.0.0/16 on cen"},
		},
		"a site is still compared": {
			topology.Facts{
				Hubs:  reduced,
				VPCs:  vpcs{"east": on("cen", whole)},
				Sites: sites{"idc": {Hubs: []string{"cen"}, CIDRBlocks: half}},
			},
			[]string{"error vpc_overlaps_peer: east 10.0.0.0/16 and idc 10.0.0.0/17 on cen"},
		},
		"and so are two sites": {
			topology.Facts{
				Hubs:  reduced,
				Sites: sites{"idc": {Hubs: []string{"cen"}, CIDRBlocks: whole}, "lab": {Hubs: []string{"cen"}, CIDRBlocks: half}},
			},
			[]string{"error site_overlaps_peer: idc 10.0.0.0/16 and lab 10.0.0.0/17 on cen"},
		},
		"a peering beside REDUCED": {
			topology.Facts{Hubs: reduced, VPCs: vpcs{"east": peered(on("cen", whole), "west"), "west": on("cen", half)}},
			[]string{"error vpc_overlaps_peer: east 10.0.0.0/16 and west 10.0.0.0/17"},
		},
		"subnets do not matter to REDUCED": {
			topology.Facts{Hubs: reduced, VPCs: vpcs{"east": on("cen", whole, "10.0.0.0/24"), "west": on("cen", half, "10.0.0.0/24")}},
			nil,
		},
		"nor the same ones": {
			topology.Facts{
				Hubs: hubs{"cen": reduced["cen"], "one": {Kind: "ccn"}, "two": {Kind: "ccn"}},
				VPCs: vpcs{"east": on("cen one", whole, "10.0.0.0/24"), "west": on("cen two", half, "10.0.0.0/24")},
			},
			nil,
		},
		"a hub that compares blocks beside it": {
			topology.Facts{
				Hubs: hubs{"cen": reduced["cen"], "er": {Kind: "er"}},
				VPCs: vpcs{"east": on("cen er", whole), "west": on("er cen", half)},
			},
			[]string{"error vpc_overlaps_peer: east 10.0.0.0/16 and west 10.0.0.0/17 on er"},
		},
		"Cloud Connect takes no overlap": {
			topology.Facts{Hubs: hubs{"cc": {Kind: "cc"}}, VPCs: vpcs{"east": on("cc", whole), "west": on("cc", half)}},
			[]string{"error vpc_overlaps_peer: east 10.0.0.0/16 and west 10.0.0.0/17 on cc"},
		},
		"a hub of one of them is none between": {
			topology.Facts{
				Hubs: hubs{"cen": reduced["cen"], "er": {Kind: "er"}},
				VPCs: vpcs{"east": on("cen er", whole), "west": on("cen", half)},
			},
			nil,
		},
		"a CCN takes one block with two subnets": {
			topology.Facts{Hubs: ccn, VPCs: vpcs{"east": on("ccn", whole, "10.0.0.0/24"), "west": on("ccn", whole, "10.0.1.0/24")}},
			nil,
		},
		"but no subnets that overlap": {
			topology.Facts{
				Hubs: ccn,
				VPCs: vpcs{"east": on("ccn", whole, "10.0.0.0/24", "10.0.4.0/24"), "west": on("ccn", whole, "10.0.8.0/24", "10.0.4.0/25")},
			},
			[]string{"error subnet_overlaps_peer: east.b 10.0.4.0/24 and west.b 10.0.4.0/25 on ccn"},
		},
		"a VPC without subnets has its blocks": {
			topology.Facts{Hubs: ccn, VPCs: vpcs{"east": on("ccn", half), "west": on("ccn", whole, "10.0.127.0/24", "10.0.128.0/24")}},
			[]string{"error subnet_overlaps_peer: west.a 10.0.127.0/24 and east 10.0.0.0/17 on ccn"},
		},
		"and so have two": {
			topology.Facts{Hubs: ccn, VPCs: vpcs{"east": on("ccn", half), "west": on("ccn", whole)}},
			[]string{"error vpc_overlaps_peer: east 10.0.0.0/17 and west 10.0.0.0/16 on ccn"},
		},
		"a site on a CCN has its blocks": {
			topology.Facts{
				Hubs:  ccn,
				VPCs:  vpcs{"east": on("ccn", whole, "10.0.200.0/24")},
				Sites: sites{"idc": {Hubs: []string{"ccn"}, CIDRBlocks: half}},
			},
			[]string{"error vpc_overlaps_peer: east 10.0.0.0/16 and idc 10.0.0.0/17 on ccn"},
		},
		"subnets that are to come are compared later": {
			topology.Facts{
				Hubs: ccn,
				VPCs: vpcs{
					"east": {CIDRBlocks: whole, Hubs: []string{"ccn"}, Unknown: topology.Unknown{"subnets"}},
					"west": on("ccn", whole, "10.0.1.0/24"),
				},
			},
			nil,
		},
		"a peering beside a CCN compares blocks": {
			topology.Facts{
				Hubs: ccn,
				VPCs: vpcs{"east": on("ccn", whole, "10.0.0.0/24"), "west": peered(on("ccn", whole, "10.0.1.0/24"), "east")},
			},
			[]string{"error vpc_overlaps_peer: east 10.0.0.0/16 and west 10.0.0.0/16"},
		},
		"and a CCN beside it subnets": {
			topology.Facts{
				Hubs: ccn,
				VPCs: vpcs{
					"east": on("ccn", half, "10.0.0.0/24"),
					"west": peered(on("ccn", prefixes("10.1.0.0/16"), "10.0.0.0/24"), "east"),
				},
			},
			[]string{"error subnet_overlaps_peer: east.a 10.0.0.0/24 and west.a 10.0.0.0/24 on ccn"},
		},
		"a CEN beside a CCN compares blocks": {
			topology.Facts{
				Hubs: hubs{"ccn": ccn["ccn"], "cen": {Kind: "cen"}},
				VPCs: vpcs{"east": on("ccn cen", whole, "10.0.0.0/24"), "west": on("ccn cen", whole, "10.0.1.0/24")},
			},
			[]string{"error vpc_overlaps_peer: east 10.0.0.0/16 and west 10.0.0.0/16 on cen"},
		},
		"a CCN with one of the two has no word": {
			topology.Facts{
				Hubs: hubs{"ccn": ccn["ccn"], "er": {Kind: "er"}},
				VPCs: vpcs{"east": on("ccn er", whole, "10.0.0.0/24"), "west": on("er", prefixes("10.1.0.0/16"), "10.0.0.0/24")},
			},
			nil,
		},
		"subnets of one VPC are its own matter": {
			topology.Facts{Hubs: ccn, VPCs: vpcs{"east": on("ccn", whole, "10.0.0.0/24", "10.0.0.0/24")}},
			nil,
		},
		"the networks of a third": {
			topology.Facts{
				Hubs: hubs{"er": {Kind: "er"}, "ccn": ccn["ccn"]},
				VPCs: vpcs{"east": on("er", whole), "west": on("ccn", half), "third": on("er ccn", nil)},
			},
			[]string{"error ambiguous_at_third: east 10.0.0.0/16 and west 10.0.0.0/17 at third"},
		},
		"subnets at a third are not reported again": {
			topology.Facts{
				Hubs: hubs{"er": {Kind: "er"}, "ccn": ccn["ccn"]},
				VPCs: vpcs{"east": on("er", whole), "west": on("ccn", half, "10.0.0.0/24"), "third": on("er ccn", nil)},
			},
			[]string{"error ambiguous_at_third: east 10.0.0.0/16 and west 10.0.0.0/17 at third"},
		},
		"hubs that are not declared compare blocks": {
			topology.Facts{VPCs: vpcs{"east": on("gone", whole), "west": on("gone", half)}},
			[]string{"error vpc_overlaps_peer: east 10.0.0.0/16 and west 10.0.0.0/17 on gone"},
		},
		"hubs without a kind compare blocks": {
			topology.Facts{Hubs: hubs{"h": {}}, VPCs: vpcs{"east": on("h", whole), "west": on("h", half)}},
			[]string{"error vpc_overlaps_peer: east 10.0.0.0/16 and west 10.0.0.0/17 on h"},
		},
		"a kind that is to come": {
			topology.Facts{Hubs: hubs{"h": {Unknown: topology.Unknown{"kind"}}}, VPCs: vpcs{"east": on("h", whole), "west": on("h", half)}},
			nil,
		},
		"a protection level that is to come": {
			topology.Facts{
				Hubs: hubs{"h": {Kind: "cen", Unknown: topology.Unknown{"protection_level"}}},
				VPCs: vpcs{"east": on("h", whole), "west": on("h", half)},
			},
			nil,
		},
		"a hub of which nothing is known": {
			topology.Facts{
				Hubs: hubs{"h": {Unknown: topology.Unknown{topology.Everything}}},
				VPCs: vpcs{"east": on("h", whole), "west": on("h", half)},
			},
			nil,
		},
		"all hubs are to come": {
			topology.Facts{Unknown: topology.Unknown{"hubs"}, VPCs: vpcs{"east": on("h", whole), "west": on("h", half)}},
			nil,
		},
		"but not the one of both": {
			topology.Facts{
				Unknown: topology.Unknown{"hubs"},
				Hubs:    hubs{"h": {Kind: "er"}},
				VPCs:    vpcs{"east": on("h", whole), "west": on("h", half)},
			},
			[]string{"error vpc_overlaps_peer: east 10.0.0.0/16 and west 10.0.0.0/17 on h"},
		},
		"a peering is compared while they are": {
			topology.Facts{Unknown: topology.Unknown{"hubs"}, VPCs: vpcs{"east": peered(on("h", whole), "west"), "west": on("h", half)}},
			[]string{"error vpc_overlaps_peer: east 10.0.0.0/16 and west 10.0.0.0/17"},
		},
		"IPv6 blocks are compared, too": {
			topology.Facts{
				Hubs: hubs{"er": {Kind: "er"}},
				VPCs: vpcs{
					"east": {Hubs: []string{"er"}, IPv6CIDRBlocks: prefixes("fd00::/56")},
					"west": {Hubs: []string{"er"}, IPv6CIDRBlocks: prefixes("fd00::/60")},
				},
			},
			[]string{"error vpc_overlaps_peer: east fd00::/56 and west fd00::/60 on er"},
		},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			if got := met(test.facts, profile.Default()); !slices.Equal(got, test.want) {
				t.Errorf("got %q, want %q", got, test.want)
			}
		})
	}
}
