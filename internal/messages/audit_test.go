package messages

import (
	"maps"
	"net/netip"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/cidrplan/terraform-provider-cidrplan/internal/allocate"
	"github.com/cidrplan/terraform-provider-cidrplan/internal/conflict"
	"github.com/cidrplan/terraform-provider-cidrplan/internal/profile"
	"github.com/cidrplan/terraform-provider-cidrplan/internal/topology"
)

// No finding of an audit is lost where several have one key, since keys do not name the kinds of the parties.
func TestAnAuditListsFindingsOfOneKey(t *testing.T) {
	shared := netip.MustParsePrefix("10.65.0.0/18")
	flannel, _ := profile.Default().Profile("ack-flannel")
	pods := conflict.Claim{
		Owner:        "g",
		Kind:         conflict.Pod,
		Range:        netip.MustParsePrefix("10.65.0.0/16"),
		At:           topology.Path{}.Attr("clusters").Key("g"),
		ClusterRange: conflict.ClusterRange{Profile: flannel},
	}
	with := func(kind conflict.Kind, manyClusters string) conflict.Finding {
		other := conflict.Claim{
			Owner:  "a",
			Kind:   kind,
			Range:  shared,
			Source: conflict.OtherWorkspace,
			Holder: "k8s",
			At:     topology.Path{}.Attr("foreign_claims").Key("a"),
		}
		return conflict.Finding{
			Code:   "pod_overlaps_foreign_block",
			Rule:   profile.Rule{Level: profile.Error, Text: "x"},
			A:      pods,
			B:      &other,
			Shared: shared,
			Sample: manyClusters,
		}
	}
	bound := func(level profile.Level) conflict.Finding {
		return conflict.Finding{
			Code:   "nodes_over_cap",
			Rule:   profile.Rule{Level: level, Text: "x"},
			A:      pods,
			Number: conflict.Figure{Unit: conflict.Nodes, Value: 3000},
		}
	}
	p := Writer{Catalog: profile.Default()}
	rows := p.AuditRows(allocate.AuditResult{Findings: []conflict.Finding{
		with(conflict.Block, ""), with(conflict.Reserved, ""), bound(profile.Error), bound(profile.Warn), with(conflict.Block, "many"),
	}})
	one := with(conflict.Block, "")
	key := one.Key().String()
	many := with(conflict.Block, "many")
	bounds := bound(profile.Error)
	want := []string{key, key + " #2", bounds.Key().String(), conflict.Group{Findings: []conflict.Finding{many}}.Keys()[0].String()}
	if want[3] == key {
		want[3] = key + " #3"
	}
	slices.Sort(want)
	if diff := cmp.Diff(want, slices.Sorted(maps.Keys(rows))); diff != "" {
		t.Errorf("rows (-want +got):\n%s", diff)
	}
	if counts := AuditCounts(rows); counts["error"] != 4 || counts["warn"] != 0 {
		t.Errorf("counts %v", counts)
	}
}

// A row of an audit names the rule that its text names, and the value that is wrong.
func TestRowsOfInputThatCannotBeJudged(t *testing.T) {
	p := Writer{Catalog: profile.Default()}
	undeclared := topology.Fault{
		At:      topology.Path{}.Attr("what_if").Attr("joined_hubs").At(0),
		Problem: topology.Undeclared{Kind: topology.HubName, Name: "cem", Known: []string{"cen"}},
	}
	refused := topology.Fault{At: topology.Path{}.Attr("vpcs").Key("prod").Attr("cidr_blocks").At(0), Problem: topology.Refused{
		Kind: topology.PodRangeValue, Value: "10.0.0.0/29", BrokenRule: profile.BrokenRule{
			Code: "vpc_prefix_out_of_range",
			Rule: profile.Rule{Text: "text", Level: profile.Error},
		},
	}}
	for _, test := range []struct {
		fault        topology.Fault
		rule, says   string
		hypothetical bool
	}{
		{undeclared, "invalid_input", `what_if.joined_hubs[0]: There is no hub named "cem". Did you mean "cen"?`, true},
		{refused, "vpc_prefix_out_of_range", `vpcs["prod"].cidr_blocks[0]: Pod range 10.0.0.0/29 is not accepted`, false},
	} {
		row := faultRow(p.FaultMessages([]topology.Fault{test.fault})[0])
		if row.Rule != test.rule || row.Hypothetical != test.hypothetical || !strings.HasPrefix(row.Summary, test.says) {
			t.Errorf("got %v, want rule %s, hypothetical %t and %s", row, test.rule, test.hypothetical, test.says)
		}
	}
}

func TestAnAuditSuggestsTheNearestFreeRanges(t *testing.T) {
	f := onRoute(1)[0]
	for want, free := range map[string][]string{"": nil, "10.80.0.0/24, 10.80.1.0/24": {"10.80.0.0/24", "10.80.1.0/24"}} {
		f.FreeRanges = prefixes(free...)
		rows := Writer{Catalog: profile.Default()}.AuditRows(allocate.AuditResult{Findings: []conflict.Finding{f}})
		if got := rows[f.Key().String()].Suggestion; got != want {
			t.Errorf("got %q, want %q", got, want)
		}
	}
}
