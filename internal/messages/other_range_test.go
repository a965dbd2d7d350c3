package messages

import (
	"strings"
	"testing"

	"github.com/cidrplan/terraform-provider-cidrplan/internal/conflict"
	"github.com/cidrplan/terraform-provider-cidrplan/internal/profile"
	"github.com/cidrplan/terraform-provider-cidrplan/internal/topology"
)

// joinSubnet is a claim to the join subnet of a cluster.
func joinSubnet(edits ...func(*conflict.Claim)) conflict.Claim {
	uses := map[string]profile.OtherRange{"join_subnet": {Title: "join subnet"}}
	edits = append([]func(*conflict.Claim){func(c *conflict.Claim) {
		c.Part, c.Profile = "join_subnet", &profile.Profile{Title: "OVN", OtherRanges: uses}
	}}, edits...)
	return partyOf(conflict.Other, "a", edits...)
}

func TestNamesOfOtherRanges(t *testing.T) {
	for want, c := range map[string]conflict.Claim{
		`join subnet 10.0.0.0/20 of cluster "a"`:                          joinSubnet(),
		`join subnet 10.0.0.0/20 (the platform's default) of cluster "a"`: joinSubnet(assumedClaim),
		`join subnet 10.0.0.0/20 of cluster "a" (for later)`: joinSubnet(
			func(c *conflict.Claim) { c.Description = "for later" },
		),
	} {
		if got := Party(c); got != want {
			t.Errorf("got %s, want %s", got, want)
		}
	}
}

func TestWhatFindingsOnOtherRangesSay(t *testing.T) {
	join := joinSubnet()
	home := partyOf(conflict.VPC, "home")
	with := func(c conflict.Claim) func(*conflict.Finding) { return func(f *conflict.Finding) { f.A = c } }
	for want, f := range map[string]conflict.Finding{
		`Pod range 10.0.0.0/20 of cluster "a" and join subnet 10.0.0.0/20 of cluster "a" share 10.0.0.0/24.`: of(
			"pod_overlaps_other", profile.Error, &join,
		),
		`Join subnet 10.0.0.0/20 of cluster "a" and block 10.0.0.0/20 of VPC "home" share 10.0.0.0/24.`: of(
			"other_overlaps_vpc", profile.Error, &home, with(join),
		),
		`Pod range 10.0.0.0/20 of cluster "a" is not inside join subnet 10.0.0.0/20 of cluster "a".`: of(
			"pod_outside_other", profile.Error, &join,
		),
		`Join subnet 10.0.0.0/20 of cluster "a" is not accepted by OVN.`: of("other_prefix_out_of_range", profile.Error, nil, with(join)),
	} {
		if got := single(f); got != want {
			t.Errorf("got  %s\nwant %s", got, want)
		}
	}
	long := joinSubnet(func(c *conflict.Claim) { c.Owner = strings.Repeat("x", 128) })
	for want, f := range map[string]conflict.Finding{
		`Pod range 10.0.0.0/20 of cluster "a" overlaps join subnet 10.0.0.0/20 of cluster "a"`: of("pod_overlaps_other",
			profile.Error, &join),
		`Pod range 10.0.0.0/20 of cluster "a" is outside join subnet 10.0.0.0/20 of cluster "a"`: of(
			"pod_outside_other", profile.Error, &join,
		),
		`Join subnet 10.0.0.0/20 of cluster "a" has a prefix length that OVN refuses`: of(
			"other_prefix_out_of_range", profile.Error, nil, with(join),
		),
		`Pod range 10.0.0.0/20 of cluster "a" overlaps join subnet 10.0.0.0/20 of cluster "` + strings.Repeat("x", 39) + `…"`: of(
			"pod_overlaps_other", profile.Error, &long,
		),
	} {
		if got := SummaryOf(conflict.Group{Findings: []conflict.Finding{f}}); got != want {
			t.Errorf("got  %s\nwant %s", got, want)
		}
	}
}

// Pods outside of the ranges that contain them are reported cluster by cluster.
func TestPodsOutsideOfTheirRangesAreReportedApart(t *testing.T) {
	join := joinSubnet()
	outside := of("pod_outside_other", profile.Error, &join)
	other := outside
	other.A.Range = prefix("10.1.0.0/20")
	if groups := conflict.Groups([]conflict.Finding{outside, other}); len(groups) != 2 {
		t.Errorf("%d groups", len(groups))
	}
}

func TestWhatMessagesOnOtherRangesSay(t *testing.T) {
	for name, test := range map[string]struct {
		problem any
		want    string
	}{
		"an empty list": {
			topology.Empty{Reason: topology.DefaultInUse{Title: "join subnet", Ranges: prefixes("100.64.0.0/16", "fd98::/64")}},
			"The list is empty, and without the argument the cluster uses the default join subnet 100.64.0.0/16, fd98::/64. List other " +
				"ranges, or omit the argument.",
		},
		"no such name": {
			topology.Undeclared{Kind: topology.OtherRangeName, Name: "jion", Known: []string{"join", "masquerade"}},
			`There is no other range of the profile named "jion". Did you mean "join"? Known here: join, masquerade. Correct the name.`,
		},
		"no names": {
			topology.NotAccepted{Value: []string{"10.9.0.0/16"}, Reason: topology.NoOtherRanges{Profile: "ACK with Flannel"}},
			"a = 10.9.0.0/16 cannot be set here: clusters with ACK with Flannel use no ranges beside Pods and Services.",
		},
	} {
		t.Run(name, func(t *testing.T) {
			_, detail := Writer{Catalog: profile.Default()}.problem(topology.Fault{At: topology.Path{}.Attr("a"), Problem: test.problem})
			if !strings.HasPrefix(detail, test.want) {
				t.Errorf("got  %s\nwant %s", detail, test.want)
			}
		})
	}
}
