package messages

import (
	"fmt"
	"net/netip"
	"regexp"
	"strings"
	"testing"

	"github.com/cidrplan/terraform-provider-cidrplan/internal/conflict"
	"github.com/cidrplan/terraform-provider-cidrplan/internal/profile"
	"github.com/cidrplan/terraform-provider-cidrplan/internal/topology"
)

// onRoute are clusters whose Pods lie on one route.
func onRoute(clusters int) []conflict.Finding {
	catalog := profile.Default()
	flannel, _ := catalog.Profile("ack-flannel")
	route := conflict.Claim{
		Owner:   "prod",
		Kind:    conflict.Route,
		Part:    "vpn",
		Network: "prod",
		Range:   netip.MustParsePrefix("10.64.0.0/16"),
		At:      topology.Path{}.Attr("vpcs").Key("prod"),
	}
	var findings []conflict.Finding
	for i := range clusters {
		pods := netip.MustParsePrefix(fmt.Sprintf("10.64.%d.0/24", i))
		name := fmt.Sprintf("c%02d", i)
		findings = append(findings, conflict.Finding{
			Code: "pod_overlaps_route", Rule: flannel.RuleFor(profile.PodRoute, nil), Shared: pods, B: &route,
			A: conflict.Claim{
				Owner:        name,
				Kind:         conflict.Pod,
				Network:      "prod",
				Range:        pods,
				Source:       conflict.Pinned,
				At:           topology.Path{}.Attr("clusters").Key(name),
				ClusterRange: conflict.ClusterRange{Profile: flannel},
			},
		})
	}
	return findings
}

// What is contains beside the rule: why it does not stop the plan, and why an acceptance does not help.
func TestAReportSaysWhyItStopsOrDoesNot(t *testing.T) {
	const (
		preExisting = "This conflict existed before this change"
		heldFirst   = "The ledger held the range for an earlier plan before the other one was there."
		adopted     = `configured with conflicts = "warn"`
		over        = "It was accepted until 2026-12-31. That date has passed."
		grown       = `The conflict was accepted with the key "small" and has grown`
		foreign     = "No cluster of this allocator is involved"
	)
	tests := map[string]struct {
		change func(*conflict.Finding)
		warn   bool
		says   string // one of the texts above, "" for none
	}{
		"a new one":          {func(*conflict.Finding) {}, false, ""},
		"a pre-existing one": {func(f *conflict.Finding) { f.PreExisting = true }, true, preExisting},
		"one with a range that was held first": {
			func(f *conflict.Finding) { f.PreExisting, f.HeldFirst = true, true }, true, heldFirst,
		},
		"one that is adopted": {func(f *conflict.Finding) { f.WarnOnly = true }, true, adopted},
		"one that ran out": {
			func(f *conflict.Finding) { f.Lapsed = &conflict.Lapse{Key: "small", Until: "2026-12-31"} },
			false,
			over,
		},
		"one that grew":            {func(f *conflict.Finding) { f.Lapsed = &conflict.Lapse{Key: "small"} }, false, grown},
		"a rule that only warns":   {func(f *conflict.Finding) { f.SetLevel = profile.Warn }, true, ""},
		"networks alone":           {func(f *conflict.Finding) { f.A.Kind = conflict.VPC }, true, foreign},
		"networks that stop plans": {func(f *conflict.Finding) { f.A.Kind, f.SetLevel = conflict.VPC, profile.Error }, false, ""},
	}
	for name, test := range tests {
		for _, clusters := range []int{1, 3} {
			t.Run(fmt.Sprintf("%s, %d times", name, clusters), func(t *testing.T) {
				findings := onRoute(clusters)
				for i := range findings {
					test.change(&findings[i])
				}
				messages := Writer{Catalog: profile.Default()}.Report(findings)
				if len(messages) != 1 {
					t.Fatalf("%d messages:\n%s", len(messages), all(messages))
				}
				m := messages[0]
				if m.Warn != test.warn {
					t.Errorf("it warns: %t", m.Warn)
				}
				for _, text := range []string{preExisting, heldFirst, adopted, over, grown, foreign} {
					if contains := strings.Contains(m.Detail, text); contains != (text == test.says) {
						t.Errorf("it says %q: %t", text, contains)
					}
				}
			})
		}
	}
}

// Accepted findings are not reported, the others of their group are.
func TestAReportLeavesOutWhatIsAccepted(t *testing.T) {
	findings := onRoute(3)
	findings[1].Accepted = &topology.Acceptance{Reason: "known"}
	messages := Writer{Catalog: profile.Default()}.Report(findings)
	if len(messages) != 1 || strings.Contains(messages[0].Detail, `"c01"`) || !strings.Contains(messages[0].Detail, `"c00"`) ||
		!strings.Contains(messages[0].Detail, `"c02"`) {
		t.Errorf("reported:\n%s", all(messages))
	}
	if reported := (Writer{Catalog: profile.Default()}).Report(findings[1:2]); len(reported) > 0 {
		t.Errorf("reported:\n%s", all(reported))
	}
}

// The keys of a message cover all that the message reports.
func TestTheKeysOfAMessageCoverAllOfIt(t *testing.T) {
	findings := onRoute(10)
	messages := Writer{Catalog: profile.Default()}.Report(findings)
	accepted := map[string]topology.Acceptance{}
	for _, key := range regexp.MustCompile(`"([^"]*)" = { reason = "<why>" }`).FindAllStringSubmatch(all(messages), -1) {
		accepted[key[1]] = topology.Acceptance{Reason: "known"}
	}
	kept, unused := conflict.Settings{Accepted: accepted}.Apply(findings, topology.Facts{})
	for _, f := range kept {
		if f.Accepted == nil {
			t.Errorf("none of %d keys covers %s", len(accepted), f.Key())
		}
	}
	if len(messages) != 1 || len(unused) > 0 {
		t.Errorf("%d messages, %v unused", len(messages), unused)
	}
}

// A message about a count shows the sum; of a hundred clusters it names the largest.
func TestSumsNameTheLargestTerms(t *testing.T) {
	terms := func(values ...int64) conflict.Finding {
		f := conflict.Finding{Number: conflict.Figure{Unit: conflict.Routes}}
		for i, value := range values {
			f.Terms = append(f.Terms, conflict.Term{Of: conflict.NodesOfCluster, Cluster: fmt.Sprint("c", i), Value: value})
			f.Number.Value += value
		}
		return f
	}
	nodesOf, other := regexp.MustCompile(`nodes of "(\w+)"`), terms(1, 2)
	other.Terms[0].Of, other.Terms[1].Of = conflict.PodsOfCluster, conflict.DeclaredRoutes
	for want, f := range map[string]conflict.Finding{
		`1 (Pods of "c0") + 2 (declared routes) = 3 routes`: other,
		"7 routes (c0)":              terms(7),
		"1 (c0) + 2 (c1) = 3 routes": terms(1, 2),
		"6 (c0) + 5 (c1) + 4 (c2) + 3 (c3) + 2 (c4) + 1 (c5) = 21 routes":     terms(6, 5, 4, 3, 2, 1),
		"9 (c6) + 8 (c4) + 7 (c5) + 5 (c2) + 5 (c3) + 7 (3 more) = 41 routes": terms(3, 4, 5, 5, 8, 7, 9, 0),
	} {
		if got := nodesOf.ReplaceAllString(summed(f), "$1"); got != want {
			t.Errorf("got %q, want %q", got, want)
		}
	}
}
