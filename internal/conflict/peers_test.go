package conflict_test

import (
	"fmt"
	"net/netip"
	"slices"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"github.com/cidrplan/terraform-provider-cidrplan/internal/conflict"
	"github.com/cidrplan/terraform-provider-cidrplan/internal/oracle"
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
		"a site is compared all the same": {
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
		"subnets at a third are not told again": {
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

// lockLevels are the hubs of subsea by protection level, in words of the oracle.
var lockLevels = map[string]struct {
	compares   string
	rangeLevel profile.Level
}{
	"FULL": {"blocks", profile.Error}, "open": {"subnets", profile.Error}, "odd": {"identical", profile.Error},
	"loose": {"blocks", profile.Warn}, "loose-open": {"subnets", profile.Warn}, "loose-odd": {"identical", profile.Warn},
	"silent": {"blocks", profile.Allow}, "late": {"late", profile.Allow}, "gone": {"blocks", profile.Allow},
}

var peerLevels = map[string]profile.Level{"subsea": profile.Error, "shallow": profile.Warn, "calm": profile.Allow, "": profile.Warn}

// drawing is some networks on some hubs: as facts, and for the oracle.
type drawing struct {
	facts  topology.Facts
	atlas  oracle.Atlas
	levels map[string]string
}

// anyRange draws a range of at least a /31 of a small universe.
func anyRange(t *rapid.T, shortest int) netip.Prefix {
	length := rapid.IntRange(shortest, 31).Draw(t, "length")
	return netip.PrefixFrom(netip.AddrFrom4([4]byte{10, 0, 0, byte(rapid.IntRange(0, 31).Draw(t, "byte"))}), length).Masked()
}

func anyDrawing(t *rapid.T) drawing {
	d := drawing{
		facts:  topology.Facts{Hubs: map[string]topology.Hub{}, VPCs: map[string]topology.VPC{}, Sites: map[string]topology.Site{}},
		atlas:  oracle.Atlas{Lands: map[string]oracle.Land{}, Compares: map[string]string{}},
		levels: map[string]string{},
	}
	for _, hub := range []string{"h0", "h1", "h2"} {
		level := rapid.SampledFrom([]string{"FULL", "open", "open", "odd", "odd", "loose", "loose-open", "loose-odd", "silent", "late", "gone"}).
			Draw(t, hub)
		d.levels[hub], d.atlas.Compares[hub] = level, lockLevels[level].compares
		switch level {
		case "gone": // attached to, and not declared
		case "late":
			d.facts.Hubs[hub] = topology.Hub{
				Kind:    "lock",
				Unknown: topology.Unknown{rapid.SampledFrom([]string{"kind", "protection_level", "*"}).Draw(t, "what comes late")},
			}
		default:
			d.facts.Hubs[hub] = topology.Hub{Kind: "lock", ProtectionLevel: level}
		}
	}
	names := []string{"n0", "n1", "n2", "n3"}[:rapid.IntRange(2, 4).Draw(t, "networks")]
	for _, name := range names {
		land := oracle.Land{
			Vertex: oracle.Vertex{
				Realm: rapid.SampledFrom([]string{"", "", "", "", "blue"}).Draw(t, "realm"),
				Hubs:  rapid.SliceOfDistinct(rapid.SampledFrom([]string{"h0", "h1", "h2"}), rapid.ID).Draw(t, "hubs"),
			},
			Site: rapid.IntRange(0, 3).Draw(t, "site") == 0,
		}
		if rapid.IntRange(0, 2).Draw(t, "peered") == 0 {
			land.Peers = []string{rapid.SampledFrom(names).Draw(t, "peer")}
		}
		ofBlocks := rapid.Custom(func(t *rapid.T) netip.Prefix { return anyRange(t, 27) })
		land.Blocks = rapid.SliceOfNDistinct(ofBlocks, 0, 2, rapid.ID).Draw(t, "blocks")
		if rapid.IntRange(0, 2).Draw(t, "advertises") == 0 {
			land.Advertised = rapid.SliceOfNDistinct(ofBlocks, 0, 2, rapid.ID).Draw(t, "advertised")
		}
		if land.Site {
			d.facts.Sites[name] = topology.Site{
				CIDRBlocks:      land.Blocks,
				AdvertisedCIDRs: land.Advertised,
				Hubs:            land.Hubs,
				Peers:           land.Peers,
				VRF:             land.Realm,
			}
		} else {
			ofSubnets := rapid.Custom(func(t *rapid.T) netip.Prefix { return anyRange(t, 29) })
			land.Subnets = rapid.SliceOfNDistinct(ofSubnets, 0, 3, rapid.ID).Draw(t, "subnets")
			v := topology.VPC{
				Platform:   rapid.SampledFrom([]string{"subsea", "shallow", "calm"}).Draw(t, "platform"),
				CIDRBlocks: land.Blocks, AdvertisedCIDRs: land.Advertised, Hubs: land.Hubs, Peers: land.Peers, VRF: land.Realm, Subnets: map[string]netip.Prefix{},
			}
			for i, subnet := range land.Subnets {
				v.Subnets[fmt.Sprint("s", i)] = subnet
			}
			d.facts.VPCs[name] = v
		}
		d.atlas.Lands[name] = land
	}
	return d
}

// verdict chooses among the ways of a meeting: the most serious, the peering first and then the
// first hub by name where several are.
func (d drawing) verdict(m oracle.Meeting, a, b string) (level profile.Level, way string) {
	peer := max(peerLevels[d.facts.VPCs[a].Platform], peerLevels[d.facts.VPCs[b].Platform])
	if len(m.Thirds) > 0 {
		return peer, ""
	}
	for _, w := range m.Ways {
		here := lockLevels[d.levels[w]].rangeLevel
		if w == "" || d.levels[w] == "gone" {
			here = peer
		}
		if here > level {
			level, way = here, w
		}
	}
	return level, way
}

// TestRulesBetweenOfNetworksAgreesWithTheOracle asks about all claims of two networks that share
// addresses, both ways.
func TestRulesBetweenOfNetworksAgreesWithTheOracle(t *testing.T) {
	catalog := subsea(t)
	rapid.Check(t, func(t *rapid.T) {
		for range 5 {
			checkDrawing(t, anyDrawing(t), catalog)
		}
	})
}

// checkDrawing compares one drawing with the oracle.
func checkDrawing(t *rapid.T, d drawing, catalog *profile.Catalog) {
	w, claims := conflict.NewWorld(d.facts, catalog), conflict.FactClaims(d.facts, catalog)
	meetings, seen := d.atlas.Meetings(), map[[2]oracle.Piece]bool{}
	piece := func(c conflict.Claim) oracle.Piece {
		return oracle.Piece{Land: c.Owner, Subnet: c.Kind == conflict.Subnet, Advertised: c.Visibility == conflict.SeenOutside, Range: c.Range}
	}
	for _, a := range claims {
		for _, b := range claims {
			if a.Owner >= b.Owner || !a.Range.Overlaps(b.Range) {
				continue
			}
			pair := [2]oracle.Piece{piece(a), piece(b)}
			seen[pair] = true
			level, way := d.verdict(meetings[pair], a.Owner, b.Owner)
			want := ""
			if thirds := meetings[pair].Thirds; level > profile.Allow && len(thirds) > 0 {
				want = fmt.Sprintf("%v ambiguous_at_third on  at %s", level, thirds[0])
			} else if level > profile.Allow {
				first := []conflict.Kind{a.Kind, b.Kind}
				slices.Sort(first)
				want = fmt.Sprintf("%v %v_overlaps_peer on %s at ", level, first[0], way)
			}
			for _, ordered := range [][2]conflict.Claim{{a, b}, {b, a}} {
				got := ""
				if v, broken := w.Check(ordered[0], ordered[1]); broken {
					got = fmt.Sprintf("%v %s on %s at %s", v.Rule.Level, v.Code, v.Hub, v.Third)
					checkText(t, v, d.levels[v.Hub])
				}
				if got != want {
					t.Fatalf("%+v and %+v: got %q, the oracle says %q", pair[0], pair[1], got, want)
				}
			}
		}
	}
	for pair, m := range meetings {
		if level, _ := d.verdict(m, pair[0].Land, pair[1].Land); level > profile.Allow && !seen[pair] {
			t.Fatalf("%+v and %+v meet over %q at %q, and are not both claims", pair[0], pair[1], m.Ways, m.Thirds)
		}
	}
}

// checkText checks that the rule is that of the hub, or else that of the platforms for peers.
func checkText(t *rapid.T, v conflict.Violation, level string) {
	want := "peer rule of "
	if v.Hub != "" && level != "gone" {
		want = fmt.Sprintf("lock %s %s", lockLevels[level].compares, lockLevels[level].rangeLevel)
	}
	if !strings.HasPrefix(v.Rule.Text, want) {
		t.Fatalf("hub %q at %s: rule %q, want %q", v.Hub, level, v.Rule.Text, want)
	}
}
