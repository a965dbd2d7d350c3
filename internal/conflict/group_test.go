package conflict_test

import (
	"fmt"
	"reflect"
	"slices"
	"testing"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"github.com/cidrplan/terraform-provider-cidrplan/internal/conflict"
	"github.com/cidrplan/terraform-provider-cidrplan/internal/profile"
	"github.com/cidrplan/terraform-provider-cidrplan/internal/topology"
)

// podsOf is the Pod range of a cluster at home.
func podsOf(owner, text string) conflict.Claim {
	return at(claim("pod", owner, "home", "ack-flannel"), text)
}

// fatal makes findings errors of a rule.
func fatal(findings ...conflict.Finding) []conflict.Finding {
	for i := range findings {
		findings[i].Rule = profile.Rule{Level: profile.Error, Text: "must not"}
	}
	return findings
}

// shape is a group as tests write it: its key, the common party, and the members.
func shape(g conflict.Group) string {
	text := fmt.Sprint(len(g.Findings))
	for _, key := range g.Keys() {
		text += " " + key.String()
	}
	if g.Common != nil {
		text += " by " + g.Common.Owner
	}
	text += " of"
	for _, c := range g.Members() {
		text += " " + c.Owner
	}
	return text
}

func shapes(findings []conflict.Finding) []string {
	var out []string
	for _, g := range conflict.Groups(findings) {
		out = append(out, shape(g))
	}
	return out
}

func TestFindingsOfOneCauseAreOneGroup(t *testing.T) {
	route := part(at(claim("route", "", "home", ""), "10.64.0.0/12"), "vpn")
	block := at(claim("vpc", "", "hub", ""), "10.64.0.0/12")
	a, b, c := podsOf("a", "10.64.0.0/20"), podsOf("b", "10.64.16.0/20"), podsOf("c", "10.64.32.0/20")
	on := func(c conflict.Claim) conflict.Finding {
		return meeting("pod_overlaps_route", c.Range.String(), c, route)
	}
	near := func(c conflict.Claim) conflict.Finding {
		return meeting("pod_overlaps_peer", c.Range.String(), c, block)
	}
	alone := func(c conflict.Claim) conflict.Finding {
		return meeting("pod_in_forbidden_range", c.Range.String(), c)
	}
	mirrors := func(a, b conflict.Claim) conflict.Finding {
		return meeting("pod_overlaps_cluster_pod", "10.64.0.0/20", a, b)
	}
	same := func(owner string) conflict.Claim { return podsOf(owner, "10.64.0.0/20") }
	changed := func(f conflict.Finding, change func(*conflict.Finding)) conflict.Finding {
		f.Rule.Level = profile.Error
		change(&f)
		return f
	}
	half := conflict.Lapse{Key: "half"}
	tests := map[string]struct {
		findings []conflict.Finding
		want     []string
	}{
		"none": {nil, nil},
		"one":  {fatal(on(a)), []string{"1 pod_overlaps_route|10.64.0.0/20|a+home:vpn of a home"}},
		"three clusters on one route": {
			fatal(on(a), on(b), on(c)),
			[]string{
				"3 pod_overlaps_route|10.64.0.0/20|a+home:vpn pod_overlaps_route|10.64.16.0/20|b+home:vpn pod_overlaps_route|10.64.32.0/20|c+home:vpn by home of a b c",
			},
		},
		"three clusters of one range": {
			fatal(mirrors(same("a"), same("b")), mirrors(same("a"), same("c")), mirrors(same("b"), same("c"))),
			[]string{"3 pod_overlaps_cluster_pod|10.64.0.0/20|a+b+c of a b c"},
		},
		"one large cluster over two small ones": {
			fatal(mirrors(podsOf("wide", "10.64.0.0/16"), a), mirrors(podsOf("wide", "10.64.0.0/16"), b)),
			[]string{"2 pod_overlaps_cluster_pod|10.64.0.0/20|a+b+wide by wide of a b"},
		},
		"ranges that break one rule by themselves": {
			fatal(alone(a), alone(b)),
			[]string{"2 pod_in_forbidden_range|10.64.0.0/20|a pod_in_forbidden_range|10.64.16.0/20|b of a b"},
		},
		"two rules": {fatal(on(a), near(a), on(b), near(b)), []string{
			"2 pod_overlaps_route|10.64.0.0/20|a+home:vpn pod_overlaps_route|10.64.16.0/20|b+home:vpn by home of a b", "2 pod_overlaps_peer|10.64.0.0/20|a+hub pod_overlaps_peer|10.64.16.0/20|b+hub by hub of a b",
		}},
		"two routes": {fatal(on(a), meeting("pod_overlaps_route", "10.64.16.0/20", b, part(route, "idc"))), []string{
			"1 pod_overlaps_route|10.64.0.0/20|a+home:vpn of a home", "1 pod_overlaps_route|10.64.16.0/20|b+home:idc of b home",
		}},
		"one that stands beside a new one": {
			[]conflict.Finding{changed(on(a), func(*conflict.Finding) {}), changed(on(b), func(f *conflict.Finding) { f.PreExisting = true })},
			[]string{
				"1 pod_overlaps_route|10.64.0.0/20|a+home:vpn of a home", "1 pod_overlaps_route|10.64.16.0/20|b+home:vpn of b home",
			},
		},
		"two hubs": {
			[]conflict.Finding{
				changed(near(a), func(f *conflict.Finding) { f.Hub = "cen" }),
				changed(near(b), func(f *conflict.Finding) { f.Hub = "er" }),
			},
			[]string{
				"1 pod_overlaps_peer|10.64.0.0/20|a+hub of a hub", "1 pod_overlaps_peer|10.64.16.0/20|b+hub of b hub",
			},
		},
		"rules of two platforms": {
			[]conflict.Finding{
				changed(on(a), func(f *conflict.Finding) { f.Rule.Text = "one" }),
				changed(on(b), func(f *conflict.Finding) { f.Rule.Text = "two" }),
			},
			[]string{
				"1 pod_overlaps_route|10.64.0.0/20|a+home:vpn of a home", "1 pod_overlaps_route|10.64.16.0/20|b+home:vpn of b home",
			},
		},
		"what has lapsed for one reason": {[]conflict.Finding{
			changed(
				on(a),
				func(f *conflict.Finding) { f.Lapsed = &conflict.Lapse{Key: "half"} },
			), changed(on(b), func(f *conflict.Finding) { f.Lapsed = &half }), changed(on(c), func(*conflict.Finding) {}),
		}, []string{
			"2 pod_overlaps_route|10.64.0.0/20|a+home:vpn pod_overlaps_route|10.64.16.0/20|b+home:vpn by home of a b", "1 pod_overlaps_route|10.64.32.0/20|c+home:vpn of c home",
		}},
		"numbers stay alone": {fatal(counts("nodes_over_cap", "nodes", 2001, a), counts("nodes_over_cap", "nodes", 2001, b)), []string{
			"1 nodes_over_cap|nodes=2001|a of a", "1 nodes_over_cap|nodes=2001|b of b",
		}},
		"subnets that Pods live in stay alone": {
			fatal(
				meeting("pod_subnet_prefix_out_of_range", "10.64.0.0/20", part(a, "x")),
				meeting("pod_subnet_prefix_out_of_range", "10.64.16.0/20", part(b, "y")),
			),
			[]string{
				"1 pod_subnet_prefix_out_of_range|10.64.0.0/20|a:x of a", "1 pod_subnet_prefix_out_of_range|10.64.16.0/20|b:y of b",
			},
		},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			if diff := cmp.Diff(test.want, shapes(test.findings)); diff != "" {
				t.Error(diff)
			}
		})
	}
}

// What people meet when they first look at a fleet: everybody took the default of the platform, or
// somebody declares a wide route.
func TestAFleetIsOneGroup(t *testing.T) {
	w := conflict.NewWorld(topology.Facts{VPCs: map[string]topology.VPC{"home": {Platform: "alicloud"}}}, profile.Default())
	services := func(owner string) conflict.Claim { return claim("service", owner, "home", "ack-flannel") }
	var mirrors, routed []conflict.Claim
	for i := range 27 {
		mirrors = append(mirrors, at(services(fmt.Sprintf("c%02d", i)), "172.19.0.0/20"))
	}
	for i := range 10 {
		routed = append(routed, podsOf(fmt.Sprintf("c%d", i), fmt.Sprintf("10.64.%d.0/24", i)))
	}
	routed = append(routed, part(at(claim("route", "", "home", ""), "10.0.0.0/8"), "idc"))
	for name, test := range map[string]struct {
		claims   []conflict.Claim
		findings int
		factKey  string
		common   bool
	}{
		"27 clusters on one default": {mirrors, 27 * 26 / 2, "service_overlaps_cluster_service|172.19.0.0/20|", false},
		"one route over ten":         {routed, 10, "pod_overlaps_route|10.64.0.0/24|c0+home:idc", true},
	} {
		t.Run(name, func(t *testing.T) {
			findings := w.Overlaps(test.claims)
			conflict.Sort(findings)
			groups := conflict.Groups(findings)
			if len(findings) != test.findings || len(groups) != 1 {
				t.Fatalf("%d findings in %d groups, want %d in one", len(findings), len(groups), test.findings)
			}
			members := len(test.claims)
			if test.common {
				members--
			}
			if g := groups[0]; (g.Common != nil) != test.common || len(g.Members()) != members ||
				g.Keys()[0].String()[:len(test.factKey)] != test.factKey {
				t.Errorf("got %s", shape(g))
			}
		})
	}
}

// Parties that are pinned each get a free range of their own in one option.
func TestAnOptionMovesAllParties(t *testing.T) {
	route := part(at(claim("route", "", "home", ""), "10.64.0.0/12"), "vpn")
	var findings []conflict.Finding
	for owner, free := range map[string]string{"a": "10.80.0.0/20", "b": "10.80.16.0/20"} {
		pinned := podsOf(owner, map[string]string{"a": "10.64.0.0/20", "b": "10.64.16.0/20"}[owner])
		pinned.Source, pinned.At = conflict.Pinned, topology.Path{}.Attr("clusters").Key(owner).Attr("pod_cidrs").At(0)
		f := meeting("pod_overlaps_route", pinned.Range.String(), pinned, route)
		f.FreeRanges = prefixes(free, "10.96.0.0/20")
		findings = append(findings, f)
	}
	route.At = topology.Path{}.Attr("vpcs").Key("home").Attr("routes").Key("vpn").Attr("destination")
	for i := range findings {
		findings[i].B = &route
	}
	groups := conflict.Groups(findings)
	if len(groups) != 1 {
		t.Fatalf("%d groups", len(groups))
	}
	got := map[string]any{}
	for _, o := range groups[0].Options() {
		for _, e := range o.Edits {
			if set, is := e.Do.(conflict.Set); is && o.Why == conflict.OtherRanges {
				got[e.At.String()] = set.Values
			}
		}
	}
	want := map[string]any{`clusters["a"].pod_cidrs[0]`: []any{"10.80.0.0/20"}, `clusters["b"].pod_cidrs[0]`: []any{"10.80.16.0/20"}}
	if !reflect.DeepEqual(got, want) {
		t.Errorf("got %v, want %v", got, want)
	}
}

// crowd draws claims of few owners in few places, and what the rules find among them.
func sample(t *rapid.T) []conflict.Finding {
	var claims []conflict.Claim
	kinds := []string{"pod", "pod", "service", "vpc", "site", "route", "reserved"}
	for i := range rapid.IntRange(2, 14).Draw(t, "claims") {
		label := fmt.Sprint(i, " ")
		kind := rapid.SampledFrom(kinds).Draw(t, label+"kind")
		network := rapid.SampledFrom([]string{"home", "hub", "pal"}).Draw(t, label+"network")
		if kind == "site" {
			network = rapid.SampledFrom([]string{"site", "site-hub"}).Draw(t, label+"site")
		}
		length := rapid.SampledFrom([]int{16, 20, 20, 24}).Draw(t, label+"length")
		place := fmt.Sprintf(
			"%s.%d.0/%d", rapid.SampledFrom([]string{"10.64", "100.64", "9.0"}).Draw(t, label+"ground"),
			16*rapid.IntRange(0, 2).Draw(t, label+"place"), length,
		)
		owner := fmt.Sprint("c", i)
		if kind == "reserved" {
			owner = "later"
		}
		c := at(
			claim(
				kind, owner, network,
				rapid.SampledFrom([]string{"ack-flannel", "cce-vpc-router", "tke-global-router"}).Draw(t, label+"profile"),
			),
			prefix(place).Masked().String(),
		)
		if kind == "route" {
			c.Part = owner
		}
		claims = append(claims, c)
	}
	findings := append(world().Overlaps(claims), conflict.Ranges(claims)...)
	for i := range findings {
		findings[i].PreExisting = rapid.Bool().Draw(t, fmt.Sprint(i, " stands"))
	}
	return findings
}

func TestEveryFindingIsInOneGroup(t *testing.T) {
	several := 0
	rapid.Check(t, func(t *rapid.T) {
		findings := sample(t)
		conflict.Sort(findings)
		var left []string
		for _, f := range findings {
			left = append(left, fmt.Sprintf("%+v", f))
		}
		at := -1
		for _, g := range conflict.Groups(findings) {
			first, last := slices.Index(left, fmt.Sprintf("%+v", g.Findings[0])), -1
			if first <= at {
				t.Errorf("a group begins before the one ahead of it: %s", shape(g))
			}
			at = first
			for _, f := range g.Findings {
				i := slices.Index(left, fmt.Sprintf("%+v", f))
				if i <= last {
					t.Fatalf("a finding is there twice, or out of order: %s", f.Key())
				}
				left[i], last = "", i
				wantFits(t, g, f)
			}
			if len(g.Findings) > 1 {
				several++
			}
		}
		if i := slices.IndexFunc(left, func(text string) bool { return text != "" }); i >= 0 {
			t.Errorf("a finding is in no group: %s", findings[i].Key())
		}
	})
	if several == 0 {
		t.Error("no group of several was drawn")
	}
}

// wantFits wants a finding to be of the group: of its rule and level, with its common party or its range, and
// with parties that are all told.
func wantFits(t *rapid.T, g conflict.Group, f conflict.Finding) {
	first := g.Findings[0]
	if f.Code != first.Code || f.Level() != first.Level() || f.PreExisting != first.PreExisting || f.Rule.Text != first.Rule.Text ||
		(f.B == nil) != (first.B == nil) {
		t.Errorf("%s is told with %s", f.Key(), first.Key())
	}
	if !slices.ContainsFunc(g.Keys(), func(k conflict.Key) bool { return k.Covers(f.Key()) }) {
		t.Errorf("%s does not cover %s", g.Keys(), f.Key())
	}
	var told []conflict.ID
	for _, c := range g.Members() {
		told = append(told, c.ID())
	}
	if g.Common != nil {
		told = append(told, g.Common.ID())
		if f.A.ID() != g.Common.ID() && f.B.ID() != g.Common.ID() {
			t.Errorf("%s has no part in %s", g.Common.Owner, f.Key())
		}
	} else if len(g.Findings) > 1 && f.B != nil && (f.A.Range != f.B.Range || f.Shared != first.Shared) {
		t.Errorf("%s and %s have neither a party nor a range in common", f.Key(), first.Key())
	}
	if len(slices.Compact(slices.SortedFunc(slices.Values(told), compareIDs))) != len(told) {
		t.Errorf("a party is told twice: %v", told)
	}
	if !slices.Contains(told, f.A.ID()) || f.B != nil && !slices.Contains(told, f.B.ID()) {
		t.Errorf("a party of %s is not told", f.Key())
	}
}

func compareIDs(a, b conflict.ID) int {
	return conflict.CompareClaims(
		conflict.Claim{Owner: a.Owner, Kind: a.Kind, Part: a.Part, Range: a.Range},
		conflict.Claim{Owner: b.Owner, Kind: b.Kind, Part: b.Part, Range: b.Range},
	)
}

// The order in which the rules found something does not matter.
func TestGroupsAreOrderFree(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		findings := sample(t)
		shuffled := rapid.Permutation(findings).Draw(t, "order")
		conflict.Sort(findings)
		conflict.Sort(shuffled)
		if diff := cmp.Diff(shapes(findings), shapes(shuffled)); diff != "" {
			t.Error(diff)
		}
	})
}
