package allocate

import (
	"net/netip"
	"slices"
	"testing"

	"github.com/cidrplan/terraform-provider-cidrplan/internal/conflict"
	"github.com/cidrplan/terraform-provider-cidrplan/internal/profile"
	"github.com/cidrplan/terraform-provider-cidrplan/internal/topology"
)

// overlay is a self-managed cluster with node blocks of /24 and 100 Services.
func overlay(name string, n int64, edits ...func(*topology.Cluster)) func(*Request) {
	need := profile.Need{MaxNodes: n, MaxServices: 100, NodeMask: 24}
	return cluster(name, "kubernetes-overlay", need, edits...)
}

// Options that need a free range resolve a problem in full supernets too: they add a supernet, or are not there.
func TestOptionsOfProblemsHaveRoom(t *testing.T) {
	const (
		fewer  = `set clusters["a"].max_nodes 8`
		second = `copy to clusters["a-2"]; set clusters["a-2"].max_nodes 8; set clusters["a"].max_nodes 8`
		moved  = `set renumber["a"] 1`
		append = `set clusters["a"].append_ranges [pods]`
	)
	kops := func(n int64) func(*Request) {
		return cluster("a", "kops", profile.Need{MaxNodes: n, MaxServices: 100, NodeMask: 24}, func(cl *topology.Cluster) {
			cl.OtherRanges = map[string][]netip.Prefix{"non_masquerade": prefixes("10.0.0.0/20")}
		})
	}
	held := applied(t, request(overlay("a", 8)))
	for name, test := range map[string]struct {
		before Request
		edits  []func(*Request)
		want   []string
	}{
		"there is room": {held, []func(*Request){overlay("a", 16)}, []string{append, fewer, second, moved}},
		"for the further range, and not for all of them": {
			held, []func(*Request){overlay("a", 16), supernets("10.0.0.0/20")},
			[]string{append, fewer, second, moved + "; add supernets 10.0.32.0/19"},
		},
		"for nothing": {
			held, []func(*Request){overlay("a", 16), supernets("10.0.0.0/21")},
			[]string{
				append + "; add supernets 10.0.16.0/20", fewer, second + "; add supernets 10.0.16.0/20",
				moved + "; add supernets 10.0.32.0/19",
			},
		},
		"for no Services": {
			held, []func(*Request){overlay("a", 16), services("172.20.0.0/25")},
			[]string{append, fewer, second + "; add service_supernets 10.1.0.0/24", moved + "; add service_supernets 10.1.0.0/24"},
		},
		"in the range that must contain it, so that no supernet helps": {
			applied(t, request(kops(8), supernets("10.0.0.0/20"))), []func(*Request){kops(16), supernets("10.0.0.0/21")},
			[]string{fewer},
		},
		"of a block": {
			applied(t, blocks(ofLength("a", 24), supernets("10.0.0.0/24"))), []func(*Request){ofLength("a", 23)},
			[]string{
				`set blocks["a"].prefix_length 24`, `copy to blocks["a-2"]; set blocks["a"].prefix_length 24; add supernets 10.0.4.0/22`,
				moved + "; add supernets 10.0.4.0/22",
			},
		},
	} {
		t.Run(name, func(t *testing.T) {
			r := edited(test.before, test.edits...)
			var got []topology.Option
			for _, f := range WithRoomOptions(r, Plan(r, profile.Default()), profile.Default()).Faults {
				if !f.Warn {
					got = slices.Concat(got, f.Options)
				}
			}
			wantOptions(t, got, test.want)
		})
	}
}

// Moving the parties of a conflict has what it needs: room, and no guard.
func TestOptionsThatMoveHaveRoom(t *testing.T) {
	routedTo := func(to string) func(*Request) {
		return vpc("own", route("r", topology.Route{Destination: prefix(to), NextHop: "vpn"}))
	}
	guards := func(names ...string) func(*Request) { return func(r *Request) { r.PreventRelease = names } }
	held := applied(t, request(overlay("a", 8), overlay("b", 8)))
	for name, test := range map[string]struct {
		edits []func(*Request)
		want  []string
	}{
		"there is room": {[]func(*Request){routedTo("10.0.0.0/24")}, []string{`set renumber["a"] 1`}},
		"there is a guard": {
			[]func(*Request){routedTo("10.0.0.0/24"), guards("a", "b")}, []string{`set renumber["a"] 1; remove from prevent_release a`},
		},
		"there is a guard of all": {
			[]func(*Request){routedTo("10.0.0.0/20"), guards("*")},
			[]string{`set renumber["a"] 1; set renumber["b"] 1; remove from prevent_release *`},
		},
		"there is no room": {
			[]func(*Request){routedTo("10.0.0.0/24"), supernets("10.0.0.0/20")},
			[]string{`set renumber["a"] 1; add supernets 10.0.16.0/20`},
		},
		"there is room for one of two": {
			[]func(*Request){routedTo("10.0.0.0/20"), supernets("10.0.0.0/20", "10.0.16.0/21")},
			[]string{`set renumber["a"] 1; set renumber["b"] 1; add supernets 10.0.32.0/20`},
		},
	} {
		t.Run(name, func(t *testing.T) {
			r := edited(held, test.edits...)
			result := WithRoomOptions(r, Plan(r, profile.Default()), profile.Default())
			var got []topology.Option
			for _, g := range conflict.Groups(result.Findings) {
				got = slices.Concat(got, slices.DeleteFunc(g.Options(), func(o topology.Option) bool { return o.Kind != conflict.Moved }))
			}
			wantOptions(t, got, test.want)
		})
	}
}

// Options that need a range are tried out beside what existing gives declared clusters for other uses.
func TestOptionsHaveRoomBesideOtherRangesOfExisting(t *testing.T) {
	two := supernets("100.64.0.0/16", "100.65.0.0/16")
	r := besides(
		two,
		func(r *Request) { r.ServiceSupernets = prefixes("172.21.0.0/16") },
		cluster("a", "other-unique", lengths(16, 20, 24)),
	)
	held := after(r, Plan(r, otherCatalog(t)))
	for given, want := range map[string]string{
		"100.81.0.0/28": `set renumber["a"] 1`, "100.65.0.0/28": `set renumber["a"] 1; add supernets 10.0.0.0/15`,
	} {
		r := edited(
			held, vpc("own", route("r", topology.Route{Destination: prefix("100.64.0.0/24"), NextHop: "vpn"})),
			cluster("old", "other-unique", lengths(16, 20, 24)), existingWith("old", "control_plane", given),
		)
		result := WithRoomOptions(r, Plan(r, otherCatalog(t)), otherCatalog(t))
		moves := slices.DeleteFunc(beyondAcceptance(result), func(o topology.Option) bool { return o.Kind != conflict.Moved })
		wantOptions(t, moves, []string{want})
	}
}
