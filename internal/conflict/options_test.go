package conflict_test

import (
	"fmt"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"github.com/cidrplan/terraform-provider-cidrplan/internal/conflict"
	"github.com/cidrplan/terraform-provider-cidrplan/internal/topology"
)

// Each of two workspaces that hold overlapping ranges sees its own claim as A and the other one as B. One of them is to
// move, and both come to the same answer.
func TestBothWorkspacesAgreeOnWhoMoves(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		name := rapid.SampledFrom([]string{"a", "b", "blocks/net", "c"})
		allocators, owners := rapid.SliceOfNDistinct(name, 2, 2, rapid.ID[string]).
			Draw(t, "allocators"),
			rapid.SliceOfN(name, 2, 2).
				Draw(t, "owners")
		seenBy := func(i int) conflict.Finding {
			theirs := podsOf(owners[1-i], "10.64.0.0/20")
			theirs.Source, theirs.Holder = conflict.OtherWorkspace, allocators[1-i]
			f := meeting("pod_overlaps_peer_pod", "10.64.0.0/20", podsOf(owners[i], "10.64.0.0/20"), theirs)
			f.Holder, f.Held = allocators[i], true
			return f
		}
		one, known := seenBy(0).OtherWorkspaceMoves()
		other, also := seenBy(1).OtherWorkspaceMoves()
		if !known || !also || one == other {
			t.Errorf(
				"%s of %s and %s of %s: the other one moves by %t and %t", owners[0], allocators[0], owners[1], allocators[1], one, other,
			)
		}
	})
}

// A range that is only planned here, and one whose allocator nobody names, has no say in who moves.
func TestWhoMovesIsNotKnownOf(t *testing.T) {
	theirs := podsOf("data", "10.64.0.0/20")
	theirs.Source, theirs.Holder = conflict.OtherWorkspace, "east"
	held := meeting("pod_overlaps_peer_pod", "10.64.0.0/20", podsOf("shop", "10.64.0.0/20"), theirs)
	held.Holder, held.Held = "west", true
	for name, change := range map[string]func(f *conflict.Finding){
		"a range that is new here":       func(f *conflict.Finding) { f.Held = false },
		"a claim of nobody named":        func(f *conflict.Finding) { f.B.Holder = "" },
		"a reservation":                  func(f *conflict.Finding) { f.B.Kind = conflict.Reserved },
		"a planner of the configuration": func(f *conflict.Finding) { f.B.Source = conflict.OtherPlanner },
		"a range of this workspace":      func(f *conflict.Finding) { f.B.Source = conflict.Allocated },
	} {
		f, b := held, *held.B
		f.B = &b
		if change(&f); func() bool { _, known := f.OtherWorkspaceMoves(); return known }() {
			t.Errorf("%s: somebody is to move", name)
		}
	}
	if elsewhere, known := held.OtherWorkspaceMoves(); elsewhere || !known {
		t.Errorf("the other one is to move: %t, known: %t", elsewhere, known)
	}
}

// Each finding of a group names the edits that undo what brought it; of other reasons only a finding by itself is asked.
func TestOptionsThatFindingsBring(t *testing.T) {
	undone := func(value string) topology.Option {
		at := place("vpcs", "home", "routes", value, "destination")
		return topology.OptionWhen(conflict.Undone, topology.Set(at, topology.BackTo{Was: "old", Now: value}))
	}
	smaller := topology.OptionWhen(conflict.Smaller, topology.Set(place("clusters", "a", "max_nodes"), topology.AtMost(9)))
	route := of(conflict.Declared, part(at(claim("route", "", "home", ""), "10.64.0.0/12"), "vpn"),
		"vpcs", "home", "routes", "vpn", "destination")
	with := func(text string, options ...topology.Option) conflict.Finding {
		f := fatal(meeting("pod_overlaps_existing", text, podsOf("c"+text, text), route))[0]
		f.ExtraOptions = options
		return f
	}
	sampled := func(f conflict.Finding) conflict.Finding {
		f.Sample = "10.64.0.0/12"
		return f
	}
	tests := map[string]struct {
		findings []conflict.Finding
		want     []string
	}{
		"of one finding": {fatal(with("10.64.0.0/20", smaller, undone("a"))), []string{
			`smaller: clusters["a"].max_nodes <= 9`,
			`undone: vpcs["home"].routes["a"].destination = old, not a`,
		}},
		"of two findings": {fatal(with("10.64.0.0/20", smaller, undone("a")), with("10.64.16.0/20", undone("b"))), []string{
			`undone: vpcs["home"].routes["a"].destination = old, not a; vpcs["home"].routes["b"].destination = old, not b`,
		}},
		"of two with one change": {fatal(with("10.64.0.0/20", undone("a")), with("10.64.16.0/20", undone("a"))), []string{
			`undone: vpcs["home"].routes["a"].destination = old, not a`,
		}},
		"of two, one without":       {fatal(with("10.64.0.0/20", undone("a")), with("10.64.16.0/20", smaller)), nil},
		"of two, the first without": {fatal(with("10.64.0.0/20"), with("10.64.16.0/20", undone("a"))), nil},
		"of a sample": {
			fatal(sampled(with("10.64.0.0/20", undone("a"))), sampled(with("10.64.16.0/20", undone("b")))), nil,
		},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			got := without(optionsOf(t, test.findings...), "accepted", "aggregate", "moved")
			wantOptions(t, got, test.want)
		})
	}
}

func TestOptionsToMoveAllParties(t *testing.T) {
	a, b, c := podsOf("a", "10.64.0.0/20"), podsOf("b", "10.64.16.0/20"), podsOf("c", "10.64.0.0/20")
	wide := podsOf("wide", "10.64.0.0/16")
	a.Mirrors = []string{"a2"}
	route := of(
		conflict.Declared,
		part(at(claim("route", "", "home", ""), "10.64.0.0/12"), "vpn"),
		"vpcs",
		"home",
		"routes",
		"vpn",
		"destination",
	)
	existing := wide
	existing.Kind, existing.At = conflict.Existing, place("existing", "wide", "pod_cidrs")
	on := func(c conflict.Claim) conflict.Finding {
		return meeting("pod_overlaps_route", c.Range.String(), c, route)
	}
	inSubnet := on(part(b, "nodes"))
	theirs := podsOf("data", "10.64.0.0/20")
	theirs.Source, theirs.Holder = conflict.OtherWorkspace, "west"
	here := func(holder string) conflict.Finding {
		f := meeting("pod_overlaps_peer_pod", "10.64.0.0/20", a, theirs)
		f.Holder, f.Held = holder, true
		return f
	}
	adopted := on(a)
	adopted.Adopted = map[string]topology.Path{"a2": place("existing", "a2")}
	adopted.Tokens = map[string]string{"a": "3"}
	sampled := func(a, b conflict.Claim) conflict.Finding {
		f := meeting("pod_overlaps_cluster_pod", "10.64.0.0/20", a, b)
		f.Sample = "10.64.0.0/20"
		return f
	}
	d := podsOf("d", "10.64.0.0/20")
	tests := map[string]struct {
		findings []conflict.Finding
		want     []string
	}{
		"a cluster and its mirror": {fatal(on(a)), []string{
			`moved: renumber["a"] = 1; renumber["a2"] = 1`,
		}},
		"two clusters on one route": {fatal(on(a), on(b)), []string{
			`moved: renumber["a"] = 1; renumber["a2"] = 1; renumber["b"] = 1`,
		}},
		"one cluster over two": {
			fatal(
				meeting("pod_overlaps_cluster_pod", "10.64.0.0/20", a, wide),
				meeting("pod_overlaps_cluster_pod", "10.64.16.0/20", b, wide),
			),
			[]string{
				`moved: renumber["a"] = 1; renumber["a2"] = 1; renumber["b"] = 1`,
			},
		},
		"two clusters, one pinned":             {fatal(on(a), on(pinnedPods("b", "10.64.16.0/20"))), nil},
		"a subnet of Pods":                     {fatal(inSubnet), nil},
		"a range that breaks a rule by itself": {fatal(meeting("pod_in_forbidden_range", "10.64.0.0/20", a)), nil},
		"a network": {
			fatal(meeting("vpc_overlaps_existing", "10.64.0.0/16", at(claim("vpc", "", "home", ""), "10.64.0.0/16"), existing)),
			nil,
		},
		"another workspace that moves": {fatal(here("east")), nil},
		"this workspace moves": {fatal(here("zoo")), []string{
			`moved: renumber["a"] = 1; renumber["a2"] = 1`,
		}},
		"what existing names has to go": {fatal(adopted), []string{
			`moved: renumber["a"] = 3; renumber["a2"] = 1; existing["a2"] remove`,
		}},
		"all but one of a sample": {fatal(sampled(a, c), sampled(a, d)), []string{
			`moved: renumber["a"] = 1; renumber["a2"] = 1; renumber["c"] = 1`,
		}},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			var got []string
			for _, o := range optionsOf(t, test.findings...) {
				if strings.HasPrefix(o, "moved:") {
					got = append(got, o)
				}
			}
			wantOptions(t, got, test.want)
		})
	}
}

// An option of more edits than anybody makes is left out, and so is a key that names more parties than anybody reads.
func TestOptionsOfManyEditsAreLeftOut(t *testing.T) {
	route := of(
		conflict.Declared,
		part(at(claim("route", "", "home", ""), "10.0.0.0/8"), "vpn"),
		"vpcs",
		"home",
		"routes",
		"vpn",
		"destination",
	)
	on := func(count int, source conflict.Source) []string {
		var findings []conflict.Finding
		for i := range count {
			c := of(
				source,
				podsOf(fmt.Sprintf("c%02d", i), fmt.Sprintf("10.64.%d.0/24", i)),
				"clusters",
				fmt.Sprintf("c%02d", i),
				"pod_cidrs",
			)
			f := meeting("pod_overlaps_route", c.Range.String(), c, route)
			f.FreeRanges = prefixes(fmt.Sprintf("11.64.%d.0/24", i))
			findings = append(findings, f)
		}
		var out []string
		for _, o := range optionsOf(t, fatal(findings...)...) {
			reason, edits, _ := strings.Cut(o, ": ")
			out = append(out, fmt.Sprintf("%s, %d", reason, len(strings.Split(edits, "; "))))
		}
		return out
	}
	one := func(count int) []string {
		var findings []conflict.Finding
		for i := range count {
			for j := range i {
				findings = append(
					findings,
					meeting(
						"pod_overlaps_cluster_pod",
						"10.64.0.0/24",
						podsOf(fmt.Sprint("c", j), "10.64.0.0/24"),
						podsOf(fmt.Sprint("c", i), "10.64.0.0/24"),
					),
				)
			}
		}
		return optionsOf(t, fatal(findings...)...)
	}
	for name, test := range map[string]struct{ got, want []string }{
		"32 clusters on a route": {on(32, conflict.Allocated), []string{
			"aggregate, 1",
			"accepted, 32",
			"moved, 32",
		}},
		"33 clusters on a route": {on(33, conflict.Allocated), []string{
			"aggregate, 1",
			"lowered, 1",
			"moved, 33",
		}},
		"64 pinned clusters on a route": {on(64, conflict.Pinned), []string{
			"other ranges, 64",
			"aggregate, 1",
			"lowered, 1",
		}},
		"65 clusters on a route": {on(65, conflict.Allocated), []string{
			"aggregate, 1",
			"lowered, 1",
		}},
		"65 pinned clusters on a route": {on(65, conflict.Pinned), []string{
			"aggregate, 1",
			"lowered, 1",
		}},
	} {
		t.Run(name, func(t *testing.T) { wantOptions(t, test.got, test.want) })
	}
	if got := one(64); !strings.HasPrefix(got[0], "accepted:") {
		t.Errorf("a key of 64 parties: got %q", got)
	}
	if got := one(65); got[0] != `lowered: rule_levels["pod_overlaps_cluster_pod"] = warn` {
		t.Errorf("a key of 65 parties: got %q", got)
	}
}

// Where both sides of a peering declare it, or one of them alone, each edit is offered once.
func TestOptionsWithTheSameEditsAreOfferedOnce(t *testing.T) {
	end := topology.RemoveFrom(place("vpcs", "home", "peers"), "hub")
	other := topology.RemoveFrom(place("vpcs", "hub", "peers"), "home")
	home, hub := at(claim("vpc", "", "home", ""), "10.64.0.0/16"), at(claim("vpc", "", "hub", ""), "10.64.0.0/16")
	f := fatal(meeting("vpc_overlaps_peer", "10.64.0.0/16", home, hub))[0]
	f.Separations, f.OtherSeparations = []topology.Edit{end, end}, []topology.Edit{end}
	wantOptions(t, without(optionsOf(t, f), "accepted"), []string{
		`apart: vpcs["home"].peers - hub`,
	})
	f.OtherSeparations = []topology.Edit{end, other}
	wantOptions(t, without(optionsOf(t, f), "accepted"), []string{
		`apart: vpcs["home"].peers - hub`,
		`apart: vpcs["home"].peers - hub; vpcs["hub"].peers - home`,
	})
}
