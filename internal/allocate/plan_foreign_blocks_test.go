package allocate

import (
	"fmt"
	"maps"
	"slices"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"github.com/cidrplan/terraform-provider-cidrplan/internal/cidr"
	"github.com/cidrplan/terraform-provider-cidrplan/internal/conflict"
	"github.com/cidrplan/terraform-provider-cidrplan/internal/profile"
	"github.com/cidrplan/terraform-provider-cidrplan/internal/topology"
)

func inVRF(vrf string) func(*Request) { return func(r *Request) { r.Facts.VRF = vrf } }

func TestClaimsLeaveBlocks(t *testing.T) {
	r := blocks(
		supernets(
			"10.0.0.0/16",
			"fd00::/40",
		),
		inVRF("blue"),
		reserved("later", "10.9.0.0/24"),
		holds("old", "10.0.240.0/24"),
		ofLength("lb", 64),
		ofLength("web", 24, func(b *topology.Block) {
			b.Description, b.Labels = "the shop", map[string]string{"owner": "web"}
		}),
		ofLength("dba", 26, func(b *topology.Block) { b.Unknown = topology.Unknown{"labels"} }),
	)
	was := planned(t, r)
	was.Released = map[string]Released{
		"gone~2": {
			Cluster:    "gone",
			Allocation: Allocation{Ranges: profile.Ranges{Block: prefix("10.0.128.0/20")}},
		},
	}
	got := r.OutgoingClaims(was.Allocations, was.Released, profile.Default())
	want := []string{
		"dba/block/10.0.242.0/26", "gone/released/10.0.128.0/20", "later/reserved/10.9.0.0/24", "lb/block/fd00::/64",
		"net/supernet/10.0.0.0/16", "net/supernet/fd00::/40",
		"old/block/10.0.240.0/24", "web/block/10.0.241.0/24",
	}
	if keys := slices.Sorted(maps.Keys(got)); !slices.Equal(keys, want) {
		t.Fatalf("got\n%s\nwant\n%s", strings.Join(keys, "\n"), strings.Join(want, "\n"))
	}
	for key, want := range map[string]string{
		"web/block/10.0.241.0/24": "{Owner:web Kind:block Use: CIDR:10.0.241.0/24 Network: VRF:blue Hubs:[] Peers:[] " +
			"Allocator:blocks/net Profile: Meshes:[] Here:false Ledger: HeldUntil: Delegation:{To: KeepsOut:} " +
			"About:{Description:the shop Labels:map[owner:web]} Unknown:[]}",
		"dba/block/10.0.242.0/26": "{Owner:dba Kind:block Use: CIDR:10.0.242.0/26 Network: VRF:blue Hubs:[] Peers:[] " +
			"Allocator:blocks/net Profile: Meshes:[] Here:false Ledger: HeldUntil: Delegation:{To: KeepsOut:} " +
			"About:{Description: Labels:map[]} Unknown:[labels]}",
	} {
		if claim := fmt.Sprintf("%+v", got[key]); claim != want {
			t.Errorf("%s leaves as\n%s\nwant\n%s", key, claim, want)
		}
	}
	for key, c := range got {
		if c.VRF != "blue" || c.Allocator != "blocks/net" || c.Profile != "" {
			t.Errorf("%s leaves as %+v", key, c)
		}
	}
}

func TestBlocksKeepClearOfOtherWorkspaces(t *testing.T) {
	withClaims := func(claims ...topology.Foreign) func(*Request) {
		return func(r *Request) {
			r.Facts.Foreign = map[string]topology.Foreign{}
			for i, c := range claims {
				r.Facts.Foreign[fmt.Sprint(i)] = c
			}
		}
	}
	their := func(kind, text string) topology.Foreign {
		return topology.Foreign{Owner: "x", Kind: kind, CIDR: prefix(text), Allocator: "team-b"}
	}
	routed := their("pod", "10.0.0.0/24")
	routed.Network, routed.Profile = "theirs", "ack-flannel"
	red := their("block", "10.0.0.0/24")
	red.VRF = "red"
	for name, test := range map[string]struct {
		edits []func(*Request)
		want  string
	}{
		"no claims":               {nil, "10.0.0.0/24"},
		"of a block":              {[]func(*Request){withClaims(their("block", "10.0.0.0/24"))}, "10.0.1.0/24"},
		"of a reservation":        {[]func(*Request){withClaims(their("reserved", "10.0.0.0/24"))}, "10.0.1.0/24"},
		"of Pods":                 {[]func(*Request){withClaims(routed)}, "10.0.1.0/24"},
		"of Services":             {[]func(*Request){withClaims(their("service", "10.0.0.0/28"))}, "10.0.1.0/24"},
		"of what is kept":         {[]func(*Request){withClaims(their("kept", "10.0.0.0/24"))}, "10.0.1.0/24"},
		"of released ranges":      {[]func(*Request){withClaims(their("released", "10.0.0.0/24"))}, "10.0.1.0/24"},
		"of a supernet in ours":   {[]func(*Request){withClaims(their("supernet", "10.0.0.0/20"))}, "10.0.16.0/24"},
		"of the same supernet":    {[]func(*Request){withClaims(their("supernet", "10.0.0.0/16"))}, "10.0.0.0/24"},
		"of a supernet elsewhere": {[]func(*Request){inVRF("red"), withClaims(their("supernet", "10.0.0.0/20"))}, "10.0.0.0/24"},
		"of the supernet that blocks are from": {
			[]func(*Request){supernets("10.0.0.0/20"), withClaims(their("block", "10.0.0.0/16"), their("supernet", "10.0.0.0/8"))},
			"10.0.0.0/24",
		},
		"but not in another VRF": {[]func(*Request){withClaims(red)}, "10.0.0.0/24"},
		"in that VRF":            {[]func(*Request){inVRF("red"), withClaims(red)}, "10.0.1.0/24"},
		"nor of the other VRF":   {[]func(*Request){inVRF("red"), withClaims(their("block", "10.0.0.0/24"))}, "10.0.0.0/24"},
	} {
		t.Run(name, func(t *testing.T) {
			wantBlocks(t, planned(t, blocks(append(test.edits, ofLength("a", 24))...)), map[string]string{"a": test.want})
		})
	}
}

// A VRF that is not known yet matters only where there is something of others to compare with.
func TestBlocksOfAnUnknownVRF(t *testing.T) {
	unknown := func(r *Request) { r.Facts.Unknown = topology.Unknown{"vrf"} }
	withClaims := func(r *Request) {
		r.Facts.Foreign = map[string]topology.Foreign{"x": {Owner: "x", CIDR: prefix("10.9.0.0/24")}}
	}
	alone := blocks(ofLength("a", 24), unknown)
	result := planned(t, alone)
	wantBlocks(t, result, map[string]string{"a": "10.0.0.0/24"})
	c := alone.OutgoingClaims(result.Allocations, nil, profile.Default())["a/block/10.0.0.0/24"]
	if !c.Unknown.Has("vrf") || alone.OutgoingClaimsUnknown(result, profile.Default()) {
		t.Errorf("the block leaves as %+v", c)
	}
	if result := planned(t, blocks(ofLength("a", 24), unknown, withClaims)); !slices.Equal(result.Deferred, []string{"a"}) {
		t.Errorf("beside others: got %v, deferred %q", ranges(result), result.Deferred)
	}
}

// A held block that shares addresses with a claim of another workspace is reported: as new, then as pre-existing.
func TestClaimsOfAnotherWorkspaceMeetABlock(t *testing.T) {
	first, second := blocks(ofLength("a", 24)), blocks(otherTeam, ofLength("b", 24))
	now := edited(after(second, planned(t, second)), claimsOf(first, planned(t, first)))
	wantFindings(
		t, Plan(now, profile.Default()), "error block_overlaps_foreign_block b 10.0.0.0/24 a 10.0.0.0/24",
		"warn supernet_overlaps_foreign_supernet team-b 10.0.0.0/16 net 10.0.0.0/16",
	)
	now.Prior.Facts, now.Prior.Supernets = now.Facts, now.AllSupernets()
	wantFindings(
		t, planned(t, now), "warn block_overlaps_foreign_block b 10.0.0.0/24 a 10.0.0.0/24",
		"warn supernet_overlaps_foreign_supernet team-b 10.0.0.0/16 net 10.0.0.0/16",
	)
}

// Blocks of workspaces that know of each other are disjoint, unless one allocates inside a block of the
// other; what is allocated inside is no conflict.
func TestBlocksAmongWorkspaces(t *testing.T) {
	t.Parallel()
	catalog := profile.Default()
	within, met := 0, 0
	rapid.Check(t, func(t *rapid.T) {
		d := draw{t}
		drawn := func(name string, from ...string) Request {
			r := blocks(supernets(from...), inVRF(one(d, name+" VRF", "", "", "blue")))
			r.Name = name
			for i := range d.number(1, 4, name+" blocks") {
				ofLength(fmt.Sprint(name, i), d.number(24, 28, fmt.Sprint(name, " length ", i)))(&r)
			}
			return r
		}
		first := drawn("net", "10.0.0.0/21")
		was := Plan(first, catalog)
		if was.Failed() {
			return
		}
		from := []string{"10.0.0.0/21", "10.0.0.0/20", "10.0.2.0/23"}
		for _, a := range was.Allocations {
			from = append(from, a.Block.String())
		}
		slices.Sort(from)
		second := drawn("team", one(d, "room", from...))
		knows := d.chance(70, "the second knows the first")
		if knows {
			claimsOf(first, was)(&second)
		}
		got := Plan(second, catalog)
		if got.Failed() {
			return
		}
		// The first one learns of the second, and asks for more.
		now := edited(after(first, was), claimsOf(second, got))
		for i := range d.number(0, 3, "more") {
			ofLength(fmt.Sprint("more", i), d.number(24, 28, fmt.Sprint("more length ", i)))(&now)
		}
		last := Plan(now, catalog)
		oneVRF, room := first.Facts.VRF == second.Facts.VRF, second.Supernets[0]
		conflicts := map[string]bool{}
		for name, b := range got.Allocations {
			for owner, a := range last.Allocations {
				_, held := was.Allocations[owner]
				shared, overlap := cidr.Overlap(a.Block, b.Block)
				switch {
				case !overlap || !oneVRF:
				case !held:
					t.Errorf("%s got %s, which is of %s of the other workspace (%s)", owner, a.Block, name, b.Block)
				case cidr.Contains(a.Block, room):
					within++
				case knows:
					t.Errorf("%s got %s, which is of %s (%s)", name, b.Block, owner, a.Block)
				default:
					met++
					conflicts[fmt.Sprintf("%s %s %s", owner, name, shared)] = true
				}
			}
		}
		for _, f := range last.Findings {
			if f.B.Kind != conflict.Block {
				continue
			}
			key := fmt.Sprintf("%s %s %s", f.A.Owner, f.B.Owner, f.Shared)
			if !conflicts[key] {
				t.Errorf("reported without cause: %s", key)
			}
			delete(conflicts, key)
		}
		for key := range conflicts {
			t.Errorf("%s is not reported", key)
		}
	})
	if within < 5 || met < 5 {
		t.Errorf("allocated inside %d times, overlapping %d times", within, met)
	}
}

// Blocks and an allocator may have one name: the blocks are not the allocator's own.
func TestBlocksOfTheNameOfAnAllocatorAreForeign(t *testing.T) {
	nets := blocks(func(r *Request) { r.Name = "k8s" }, ofLength("prod", 17))
	r := request(cluster("web", "ack-flannel", lengths(17, 24, 26)))
	was := planned(t, nets)
	r.Facts.Foreign = nets.OutgoingClaims(was.Allocations, was.Released, profile.Default())
	if got := planned(t, r); first(got.Allocations["web"].Pods) == was.Allocations["prod"].Block {
		t.Errorf("block and cluster both have %v", got.Allocations["web"].Pods)
	}
}
