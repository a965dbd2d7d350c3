package conflict_test

import (
	"net/netip"
	"testing"

	"github.com/cidrplan/terraform-provider-cidrplan/internal/cidr"
	"github.com/cidrplan/terraform-provider-cidrplan/internal/conflict"
	"github.com/cidrplan/terraform-provider-cidrplan/internal/topology"
)

// A range beside Pods and Services is moved by the argument of its cluster that gives it, or that would replace a default.
func TestOptionsThatMoveARangeBesidePodsAndServices(t *testing.T) {
	p := otherProfile(t, "other-default")
	// join is the range of a cluster that connects its nodes: the only one of these lists that is of a family.
	join := func(family cidr.Family, lists map[string][]netip.Prefix, edits ...func(*conflict.Claim)) conflict.Claim {
		cl := topology.Cluster{VPC: "home", OtherRanges: lists, IPFamilies: topology.Families}
		for _, c := range conflict.ClusterClaimant("shop", cl, p).Others() {
			if c.Part == "join" && cidr.FamilyOf(c.Range) == family {
				for _, edit := range edits {
					edit(&c)
				}
				return c
			}
		}
		t.Fatal("no join subnet")
		return conflict.Claim{}
	}
	list := func(texts ...string) map[string][]netip.Prefix {
		return map[string][]netip.Prefix{"join": prefixes(texts...)}
	}
	met := func(a, b conflict.Claim, free, otherFree []string) conflict.Finding {
		f := fatal(meeting("other_overlaps_vpc", a.Range.String(), a, b))[0]
		f.FreeRanges, f.OtherFreeRanges = prefixes(free...), prefixes(otherFree...)
		return f
	}
	block, block6 := blockOf("home", "100.64.0.0/10"), blockOf("home", "fd98::/48")
	foreign := join(cidr.V4, nil, func(c *conflict.Claim) { c.Source = conflict.OtherWorkspace })
	sampled := met(join(cidr.V4, nil), block, []string{"10.9.0.0/16"}, nil)
	sampled.Sample = "10.64.0.0/16"
	given, beside := join(cidr.V4, list("100.72.0.0/16")), join(cidr.V6, list("100.72.0.0/16"))
	alone := fatal(meeting("other_prefix_out_of_range", "100.72.0.0/16", given))[0]
	outside := func(free []string) conflict.Finding {
		f := met(podsOf("shop", "10.64.0.0/20"), join(cidr.V4, nil), nil, free)
		f.Code = "pod_outside_other"
		return f
	}
	one, two := []string{"10.9.0.0/16"}, []string{"10.9.0.0/16", "10.10.0.0/16"}
	const ofList = `other use: clusters["shop"].other_ranges["join"]`
	tests := map[string]struct {
		finding conflict.Finding
		want    []string
	}{
		"a default, and a range is free": {met(join(cidr.V4, nil), block, one, nil), []string{ofList + " = [10.9.0.0/16]"}},
		"a default, and two are free":    {met(join(cidr.V4, nil), block, two, nil), []string{ofList + " = [10.9.0.0/16]"}},
		"a default, and none is known to be free": {
			met(join(cidr.V4, nil), block, nil, nil), []string{ofList + " beside [100.64.0.0/10]"},
		},
		"a given range, and one is free":   {met(given, block, one, nil), []string{ofList + "[0] = 10.9.0.0/16"}},
		"a given range, and two are free":  {met(given, block, two, nil), []string{ofList + "[0] = 10.9.0.0/16 or 10.10.0.0/16"}},
		"a given range, and none is known": {met(given, block, nil, nil), []string{ofList + "[0] beside [100.64.0.0/10]"}},
		"a default beside a list of the other family": {
			met(beside, block6, []string{"fd99::/64"}, nil), []string{ofList + " + fd99::/64"},
		},
		"the same, and none is known to be free": {met(beside, block6, nil, nil), []string{ofList + " beside [fd98::/48]"}},
		"a range that its own rule refuses":      {alone, []string{ofList + "[0] comply"}},
		"one that does not contain the Pods":     {outside(nil), nil},
		"the same, and one that does is known":   {outside(one), []string{ofList + " = [10.9.0.0/16]"}},
		"as the second party": {
			met(podsOf("data", "100.64.0.0/20"), join(cidr.V4, nil), nil, one), []string{ofList + " = [10.9.0.0/16]"},
		},
		"of another workspace": {
			met(podsOf("data", "100.64.0.0/20"), foreign, nil, one),
			[]string{`other use: other workspace, clusters["shop"].other_ranges["join"] beside [100.64.0.0/20]`},
		},
		"of a sample":   {sampled, nil},
		"no such range": {met(podsOf("data", "100.64.0.0/20"), block, one, nil), nil},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			var got []string
			for _, o := range optionsOf(t, test.finding) {
				if len(o) > len("other use") && o[:len("other use")] == "other use" {
					got = append(got, o)
				}
			}
			wantOptions(t, got, test.want)
		})
	}
}

// The ranges of one use that many clusters have by default are moved one by one.
func TestOptionsThatMoveRangesOfOneUseOfTwoClusters(t *testing.T) {
	p := otherProfile(t, "other-default")
	var findings []conflict.Finding
	for name, free := range map[string]string{"a": "10.9.0.0/16", "b": "10.10.0.0/16"} {
		join := conflict.ClusterClaimant(name, topology.Cluster{VPC: "home"}, p).Others()[0]
		f := meeting("other_overlaps_vpc", "100.64.0.0/16", join, blockOf("home", "100.64.0.0/10"))
		f.FreeRanges = prefixes(free)
		findings = append(findings, f)
	}
	conflict.Sort(findings)
	want := `other use: clusters["a"].other_ranges["join"] = [10.9.0.0/16]; clusters["b"].other_ranges["join"] = [10.10.0.0/16]`
	wantOptions(t, without(optionsOf(t, fatal(findings...)...), "accepted", "wider"), []string{want})
}
