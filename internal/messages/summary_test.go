package messages

import (
	"strings"
	"testing"
	"unicode/utf8"

	"github.com/cidrplan/terraform-provider-cidrplan/internal/conflict"
	"github.com/cidrplan/terraform-provider-cidrplan/internal/profile"
	"github.com/cidrplan/terraform-provider-cidrplan/internal/topology"
)

// groupOf is a group of findings; common is the party of all of them, nil where there is none.
func groupOf(common *conflict.Claim, findings ...conflict.Finding) conflict.Group {
	return conflict.Group{Findings: findings, Common: common}
}

// beside is a finding of Pods of a cluster beside another party.
func beside(a string, b conflict.Claim) conflict.Finding {
	return of("pod_overlaps_peer_pod", profile.Error, &b, func(f *conflict.Finding) { f.A = partyOf(conflict.Pod, a) })
}

func TestSummariesOfConflicts(t *testing.T) {
	alone := func(code string, level profile.Level) conflict.Finding {
		return of(code, level, nil, func(f *conflict.Finding) { f.A.Profile = shipped(t, "ack-flannel") })
	}
	second := alone("pod_in_forbidden_range", profile.Error)
	second.A = partyOf(conflict.Pod, "b")
	route := partyOf(conflict.Route, "prod", inPart("vpn"))
	web, data := partyOf(conflict.Pod, "web"), partyOf(conflict.Pod, "data")
	nodes := web
	nodes.At = topology.Path{}.Attr("clusters").Key("web").Attr("node_subnets").At(0)
	shared := beside("a", nodes)
	shared.A.Part, shared.A.Network = "pods", "prod"
	ofVPC := of("vpc_secondary_peered", profile.Error, nil, func(f *conflict.Finding) {
		f.VPCPlatform, f.A = "Alibaba Cloud", partyOf(conflict.VPC, "prod")
	})
	title := shipped(t, "ack-flannel").Title
	for want, g := range map[string]conflict.Group{
		`Pod range 10.0.0.0/20 of cluster "a" overlaps Pod range 10.0.0.0/20 of cluster "web"`: groupOf(nil, beside("a", web)),
		`Pod range 10.0.0.0/20 of cluster "a" overlaps Service range 10.0.0.0/20 (the platform's default) of cluster "b"`: groupOf(
			nil, beside("a", partyOf(conflict.Service, "b", assumedClaim)),
		),
		`Subnet "pods" of VPC "prod" has Pods of cluster "a" and nodes of cluster "web"`: groupOf(nil, shared),
		`Route "vpn" to 10.0.0.0/20 of VPC "prod" overlaps Pod range 10.0.0.0/20 of cluster "a" and 1 more`: groupOf(
			&route, beside("a", route), beside("b", route),
		),
		`Pod range 10.0.0.0/20 of cluster "a" overlaps Pod range 10.0.0.0/20 of cluster "web" and 2 more`: groupOf(
			nil, beside("a", web), beside("b", data),
		),
		`Route "vpn" to 10.0.0.0/20 of VPC "prod" overlaps Pod range 10.0.0.0/20 of cluster "a"`: groupOf(
			nil, of("x", profile.Error, &web, func(f *conflict.Finding) { f.A, *f.B = route, partyOf(conflict.Pod, "a") }),
		),
		`Pod range 10.0.0.0/20 of cluster "a" overlaps addresses that ` + title + ` excludes`: groupOf(
			nil, alone("pod_in_forbidden_range", profile.Error),
		),
		`Pod range 10.0.0.0/20 of cluster "a" and 1 more overlap addresses that ` + title + ` excludes`: groupOf(
			nil, alone("pod_in_forbidden_range", profile.Error), second,
		),
		`Pod range 10.0.0.0/20 of cluster "a" has a remark by ` + title: groupOf(
			nil, alone("pod_in_forbidden_range", profile.Allow),
		),
		`Block 10.0.0.0/20 of VPC "prod" is a secondary block of a VPC with peers`: groupOf(nil, ofVPC),
		`Pod range 10.0.0.0/20 of cluster "a" is outside the ranges that ` + title + ` accepts`: groupOf(
			nil, alone("pod_out_of_allowed_range", profile.Error),
		),
		`Pod range 10.0.0.0/20 of cluster "a" is outside the ranges that ` + title + ` advises`: groupOf(
			nil, alone("pod_out_of_allowed_range", profile.Warn),
		),
		`Pod range 10.0.0.0/20 of cluster "a" has a prefix length that ` + title + ` refuses`: groupOf(
			nil, alone("pod_prefix_out_of_range", profile.Error),
		),
		`Pod range 10.0.0.0/20 of cluster "a" has a prefix length that ` + title + ` advises against`: groupOf(
			nil, alone("pod_prefix_out_of_range", profile.Warn),
		),
	} {
		if got := SummaryOf(g); got != want {
			t.Errorf("got  %s\nwant %s", got, want)
		}
	}
}

func TestSummariesOfNumbers(t *testing.T) {
	counting := func(code string, unit conflict.Unit, edits ...func(*conflict.Finding)) conflict.Finding {
		return of(code, profile.Error, nil, append(edits, func(f *conflict.Finding) {
			f.A.Profile, f.A.Network, f.Number, f.Limit.Value = shipped(t, "ack-flannel"), "prod", conflict.Figure{Unit: unit, Value: 9}, 5
		})...)
	}
	ofIPv6 := func(f *conflict.Finding) { f.A.Range = prefix("fd00::/64") }
	title := shipped(t, "ack-flannel").Title
	for want, f := range map[string]conflict.Finding{
		`Node blocks of cluster "a" are 9 bits longer than Pod range 10.0.0.0/20`:    counting("x", conflict.MaskBits),
		`IPv6 node blocks of cluster "a" are 9 bits longer than Pod range fd00::/64`: counting("x", conflict.MaskBits, ofIPv6),
		`VPC "prod" needs 9 routes, more than its route table holds`:                 counting("x", conflict.Routes),
		`VPC "a" has 9 secondary blocks, more than the 5 that ` + title + ` accepts`: counting("x", conflict.VPCBlocks),
		`Subnets of VPC "prod" have too few addresses for the Pods of cluster "a"`:   counting("pod_subnets_too_small", conflict.Addresses),
		`Subnets of VPC "prod" have too few addresses for the nodes of cluster "a"`: counting(
			"node_subnets_too_small", conflict.Addresses,
		),
		`Cluster "a" has 9 nodes, more than the 5 that ` + title + ` accepts`: counting("x", conflict.Nodes),
	} {
		if got := SummaryOf(groupOf(nil, f)); got != want {
			t.Errorf("got  %s\nwant %s", got, want)
		}
	}
}

// A summary that would be too long has shorter names, and the same name is always cut to the same text.
func TestNamesInSummariesAreCut(t *testing.T) {
	long := strings.Repeat("n", 60)
	web := partyOf(conflict.Pod, "web")
	between := func(name string) string { return SummaryOf(groupOf(nil, beside(name, web))) }
	if got := between(long); !strings.Contains(got, `"`+long+`"`) {
		t.Errorf("a name that has room is cut: %s", got)
	}
	most := strings.Repeat("n", 150-utf8.RuneCountInString(between(""))) // as long as a summary may be
	if got := between(most); utf8.RuneCountInString(got) != 150 || strings.Contains(got, "…") {
		t.Errorf("got %s", got)
	}
	if got, want := between(most+"n"), `"`+strings.Repeat("n", 39)+`…"`; !strings.Contains(got, want) {
		t.Errorf("got %s, want %s", got, want)
	}
	for length, want := range map[int]string{9: "nnnnnnnnn", 10: "nnnnnnnnnn", 11: "nnnnnnnnn…"} {
		if got := cut(strings.Repeat("n", length), 10); got != want {
			t.Errorf("got %q, want %q", got, want)
		}
	}
}
