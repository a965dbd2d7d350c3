package conflict_test

import (
	"fmt"
	"reflect"
	"testing"

	"github.com/google/go-cmp/cmp"

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
				"3 pod_overlaps_route|10.64.0.0/20|a+home:vpn pod_overlaps_route|10.64.16.0/20|b+home:vpn " +
					"pod_overlaps_route|10.64.32.0/20|c+home:vpn by home of a b c",
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
		"two clusters over the same two blocks": {
			fatal(
				mirrors(podsOf("c", "10.64.0.0/16"), a), mirrors(podsOf("c", "10.64.0.0/16"), same("e")),
				mirrors(podsOf("d", "10.64.0.0/12"), a), mirrors(podsOf("d", "10.64.0.0/12"), same("e")),
			),
			[]string{
				"2 pod_overlaps_cluster_pod|10.64.0.0/20|a+c+d by a of c d", "2 pod_overlaps_cluster_pod|10.64.0.0/20|c+d+e by e of c d",
			},
		},
		"ranges that break one rule by themselves": {
			fatal(alone(a), alone(b)),
			[]string{"2 pod_in_forbidden_range|10.64.0.0/20|a pod_in_forbidden_range|10.64.16.0/20|b of a b"},
		},
		"two rules": {fatal(on(a), near(a), on(b), near(b)), []string{
			"2 pod_overlaps_route|10.64.0.0/20|a+home:vpn pod_overlaps_route|10.64.16.0/20|b+home:vpn by home of a b",
			"2 pod_overlaps_peer|10.64.0.0/20|a+hub pod_overlaps_peer|10.64.16.0/20|b+hub by hub of a b",
		}},
		"two routes": {fatal(on(a), meeting("pod_overlaps_route", "10.64.16.0/20", b, part(route, "idc"))), []string{
			"1 pod_overlaps_route|10.64.0.0/20|a+home:vpn of a home", "1 pod_overlaps_route|10.64.16.0/20|b+home:idc of b home",
		}},
		"a pre-existing one beside a new one": {
			[]conflict.Finding{
				changed(on(a), func(*conflict.Finding) {}),
				changed(on(b), func(f *conflict.Finding) { f.PreExisting = true }),
			},
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
			"2 pod_overlaps_route|10.64.0.0/20|a+home:vpn pod_overlaps_route|10.64.16.0/20|b+home:vpn by home of a b",
			"1 pod_overlaps_route|10.64.32.0/20|c+home:vpn of c home",
		}},
		"numbers stay alone": {fatal(counts("nodes_over_cap", "nodes", 2001, a), counts("nodes_over_cap", "nodes", 2001, b)), []string{
			"1 nodes_over_cap|nodes=2001|a of a", "1 nodes_over_cap|nodes=2001|b of b",
		}},
		"subnets of Pods stay alone": {
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
// a wide route is declared.
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
			if set, is := e.Do.(topology.Setting); is && o.Kind == conflict.OtherRanges {
				got[e.At.String()] = set.Value
			}
		}
	}
	want := map[string]any{`clusters["a"].pod_cidrs[0]`: "10.80.0.0/20", `clusters["b"].pod_cidrs[0]`: "10.80.16.0/20"}
	if !reflect.DeepEqual(got, want) {
		t.Errorf("got %v, want %v", got, want)
	}
}
