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

// hubLevels are the hubs of the platform "strict" by protection level, in words of the oracle.
var hubLevels = map[string]struct {
	compares   string
	rangeLevel profile.Level
}{
	"FULL": {"blocks", profile.Error}, "open": {"subnets", profile.Error}, "odd": {"identical", profile.Error},
	"loose": {"blocks", profile.Warn}, "loose-open": {"subnets", profile.Warn}, "loose-odd": {"identical", profile.Warn},
	"silent": {"blocks", profile.Allow}, "unknown": {"unknown", profile.Allow}, "gone": {"blocks", profile.Allow},
}

var peerLevels = map[string]profile.Level{"strict": profile.Error, "advisory": profile.Warn, "lenient": profile.Allow, "": profile.Warn}

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
		level := rapid.SampledFrom([]string{"FULL", "open", "open", "odd", "odd", "loose", "loose-open", "loose-odd", "silent",
			"unknown", "gone"}).
			Draw(t, hub)
		d.levels[hub], d.atlas.Compares[hub] = level, hubLevels[level].compares
		switch level {
		case "gone": // attached to, and not declared
		case "unknown":
			d.facts.Hubs[hub] = topology.Hub{
				Kind:    "lock",
				Unknown: topology.Unknown{rapid.SampledFrom([]string{"kind", "protection_level", "*"}).Draw(t, "what is unknown")},
			}
		default:
			d.facts.Hubs[hub] = topology.Hub{Kind: "lock", ProtectionLevel: level}
		}
	}
	names := []string{"n0", "n1", "n2", "n3"}[:rapid.IntRange(2, 4).Draw(t, "networks")]
	for _, name := range names {
		land := oracle.Land{
			Vertex: oracle.Vertex{
				VRF:  rapid.SampledFrom([]string{"", "", "", "", "blue"}).Draw(t, "VRF"),
				Hubs: rapid.SliceOfDistinct(rapid.SampledFrom([]string{"h0", "h1", "h2"}), rapid.ID).Draw(t, "hubs"),
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
				VRF:             land.VRF,
			}
		} else {
			ofSubnets := rapid.Custom(func(t *rapid.T) netip.Prefix { return anyRange(t, 29) })
			land.Subnets = rapid.SliceOfNDistinct(ofSubnets, 0, 3, rapid.ID).Draw(t, "subnets")
			v := topology.VPC{
				Platform:   rapid.SampledFrom([]string{"strict", "advisory", "lenient"}).Draw(t, "platform"),
				CIDRBlocks: land.Blocks, AdvertisedCIDRs: land.Advertised, Hubs: land.Hubs, Peers: land.Peers, VRF: land.VRF,
				Subnets: map[string]netip.Prefix{},
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

// verdict chooses one connection of two networks: the one with the most serious rule; of several the peering, else the
// first hub by name.
func (d drawing) verdict(m oracle.Meeting, a, b string) (level profile.Level, way string) {
	peer := max(peerLevels[d.facts.VPCs[a].Platform], peerLevels[d.facts.VPCs[b].Platform])
	if len(m.Thirds) > 0 {
		return peer, ""
	}
	for _, w := range m.Ways {
		here := hubLevels[d.levels[w]].rangeLevel
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
	catalog := fixturePlatforms(t)
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
		return oracle.Piece{
			Land:       c.Owner,
			Subnet:     c.Kind == conflict.Subnet,
			Advertised: c.Visibility == conflict.SeenOutside,
			Range:      c.Range,
		}
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
		want = fmt.Sprintf("lock %s %s", hubLevels[level].compares, hubLevels[level].rangeLevel)
	}
	if !strings.HasPrefix(v.Rule.Text, want) {
		t.Fatalf("hub %q at %s: rule %q, want %q", v.Hub, level, v.Rule.Text, want)
	}
}
