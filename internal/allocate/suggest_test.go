package allocate

import (
	"fmt"
	"maps"
	"net/netip"
	"slices"
	"testing"

	"pgregory.net/rapid"

	"github.com/cidrplan/terraform-provider-cidrplan/internal/cidr"
	"github.com/cidrplan/terraform-provider-cidrplan/internal/conflict"
	"github.com/cidrplan/terraform-provider-cidrplan/internal/placement"
	"github.com/cidrplan/terraform-provider-cidrplan/internal/profile"
	"github.com/cidrplan/terraform-provider-cidrplan/internal/topology"
)

// takenOfAll is all that is in use by claims that one of some claims to a range must be disjoint from.
func takenOfAll(s *separation, inUse, claims []conflict.Claim) cidr.Set {
	var taken []netip.Prefix
	for _, other := range inUse {
		if slices.ContainsFunc(claims, func(c conflict.Claim) bool { return s.avoids(c, other) }) {
			taken = append(taken, other.Range)
		}
	}
	return cidr.NewSet(taken...)
}

// nearestOfAll looks for the nearest free ranges in all that is free.
func nearestOfAll(in *inputs, inUse []conflict.Claim, c conflict.Claim) []netip.Prefix {
	taken := takenOfAll(in.separation(), inUse, in.claimsWithMirrors(c))
	free := cidr.NewSpace(in.request.room([]conflict.Claim{c}, c.Range.Bits(), cidr.FamilyOf(c.Range)).Minus(taken))
	var list []netip.Prefix
	for range placement.MaxNearest {
		if near, ok := free.Nearest(c.Range, c.Range.Bits()); ok {
			list = append(list, near)
			free.Remove(near)
		}
	}
	return list
}

// Free ranges that are looked for around a range are the nearest of all.
func TestRangesNearAClaimAreTheNearestOfAll(outer *testing.T) {
	outer.Parallel()
	flannel, found := shipped(outer, "ack-flannel"), 0
	rapid.Check(outer, func(t *rapid.T) {
		r := draw{t}.request()
		situation, c := collectedOf(outer, r, profile.Default())
		in, inUse := &situation.inputs, c.claims
		for i := range rapid.IntRange(0, 60).Draw(t, "others") {
			held := draw{t}.within(prefix("10.0.0.0/12"), 16, 26, "held")
			cl := topology.Cluster{VPC: one(draw{t}, "in", names(r.Facts.VPCs)...)}
			inUse = append(inUse, conflict.ClusterClaimant(fmt.Sprint("more", i), cl, flannel).Claim(conflict.Pod, held))
		}
		nearby := newFreeNearby(in, inUse)
		for _, c := range slices.Clone(inUse) {
			if !c.OfCluster() || !c.Range.IsValid() {
				continue
			}
			got, want := nearby.nearest(c), nearestOfAll(in, inUse, c)
			found += len(want)
			if !slices.Equal(got, want) {
				t.Fatalf("%v of %q has near %v, want %v", c.Range, c.Owner, got, want)
			}
		}
	})
	if found == 0 {
		outer.Error("nothing was free at all")
	}
}

// Of a sample of equal conflicts, and of all, only so many parties get a range, and few of them get several.
func TestHowManyPartiesGetRanges(t *testing.T) {
	prof := shipped(t, "kubernetes-overlay")
	for name, test := range map[string]struct {
		findings     int
		sample       string
		given, first int
	}{
		"as many as a sample has":    {maxParties, "equal", maxParties, maxSuggested},
		"one more than a sample has": {maxParties + 1, "equal", maxParties, maxSuggested},
		"one more, all different":    {maxParties + 1, "", maxParties + 1, 1},
		"far more in a sample":       {3 * maxParties, "equal", maxParties, maxSuggested},
	} {
		t.Run(name, func(t *testing.T) {
			in := newInputs(request(supernets("10.0.0.0/8")), profile.Default())
			var findings []conflict.Finding
			for i := range test.findings {
				of := conflict.Claimant{Name: fmt.Sprint("c", i), Network: "own", Profile: prof}
				findings = append(findings, conflict.Finding{Sample: test.sample, A: of.Claim(conflict.Pod, prefix("10.0.0.0/24"))})
			}
			findings = withFreeRanges(in, nil, findings)
			given := 0
			for _, f := range findings {
				if len(f.FreeRanges) > 0 {
					given++
				}
			}
			if given != test.given || len(findings[0].FreeRanges) != test.first {
				t.Errorf(
					"%d parties get ranges, the first one %d, want %d and %d",
					given,
					len(findings[0].FreeRanges),
					test.given,
					test.first,
				)
			}
		})
	}
}

// Each conflict lists where the range could go: the nearest place that breaks no rule.
func TestWhereARangeCouldGo(t *testing.T) {
	type edits = []func(*Request)
	pinned := func(name, service, pods string) func(*Request) {
		return cluster(name, "kubernetes-overlay", profile.Need{}, pins(service, pods))
	}
	tests := map[string]struct {
		edits edits
		want  map[string]string // by code
	}{
		"the nearest place": {
			edits{pinned("a", "172.20.0.0/24", "10.0.9.0/24"), reserved("x", "10.0.8.0/23")},
			map[string]string{"pod_overlaps_reserved": "10.0.10.0/24"},
		},
		"the lower of two as near": {
			edits{pinned("a", "172.20.0.0/24", "10.0.9.0/24"), reserved("x", "10.0.9.0/24")},
			map[string]string{"pod_overlaps_reserved": "10.0.8.0/24"},
		},
		"not where others are": {
			edits{
				pinned("a", "172.20.0.0/24", "10.0.9.0/24"),
				reserved("x", "10.0.9.0/24"),
				reserved("y", "10.0.8.0/24"),
				pinned("b", "172.20.1.0/24", "10.0.10.0/24"),
			},
			map[string]string{"pod_overlaps_reserved": "10.0.7.0/24"},
		},
		"not where one is allocated now": {
			edits{supernets("10.0.8.0/22"), pinned("a", "172.20.0.0/24", "10.0.9.0/24"), reserved("x", "10.0.9.0/24"), pods("b", 24)},
			map[string]string{"pod_overlaps_reserved": "10.0.10.0/24"},
		},
		"not on its own Services": {
			edits{services(), pinned("a", "10.0.8.0/24", "10.0.9.0/24"), reserved("x", "10.0.9.0/24")},
			map[string]string{"pod_overlaps_reserved": "10.0.10.0/24"},
		},
		"from outside the supernets": {
			edits{pinned("a", "172.20.0.0/24", "9.0.9.0/24"), reserved("x", "9.0.9.0/24")},
			map[string]string{"pod_overlaps_reserved": "10.0.0.0/24"},
		},
		"Services among Services": {
			edits{pinned("a", "172.20.7.0/24", "10.0.9.0/24"), reserved("x", "172.20.0.0/21")},
			map[string]string{"service_overlaps_reserved": "172.20.8.0/24"},
		},
		"in the pool": {
			edits{
				func(r *Request) { r.Pools["far"] = Pool{Supernets: prefixes("10.5.0.0/16")} },
				cluster(
					"a", "kubernetes-overlay", profile.Need{}, pins("172.20.0.0/24", "10.0.9.0/24"),
					func(cl *topology.Cluster) { cl.Pool = "far" },
				),
				reserved("x", "10.0.9.0/24"),
			},
			map[string]string{"pod_overlaps_reserved": "10.5.0.0/24"},
		},
		"nowhere": {
			edits{supernets("10.0.9.0/24"), pinned("a", "172.20.0.0/24", "10.0.9.0/24"), reserved("x", "10.0.9.0/24")},
			map[string]string{"pod_overlaps_reserved": ""},
		},
		"nothing for networks": {
			edits{vpc("ali", func(v *topology.VPC) { v.CIDRBlocks = prefixes("192.168.1.0/24") }), hub("ali", "hua")},
			map[string]string{"vpc_overlaps_peer": ""},
		},
		"nothing for counts": {
			edits{cluster("a", "cce-vpc-router", profile.Need{MaxNodes: 1001}, pins("172.20.0.0/24", "10.0.0.0/12"))},
			map[string]string{"nodes_over_cap": "", "route_quota_exceeded": ""},
		},
		"outside what is forbidden, Services": {
			edits{cluster("a", "ack-flannel", profile.Need{}, pins("100.64.0.0/24", "10.0.9.0/24")), services("172.20.0.0/16")},
			map[string]string{"service_in_forbidden_range": "172.20.0.0/24", "service_out_of_allowed_range": "172.20.0.0/24"},
		},
		"of another size, when it is wrong": {
			edits{cluster("a", "cce-vpc-router", profile.Need{}, pins("172.20.0.0/30", "10.0.8.0/21"))},
			map[string]string{"pod_prefix_out_of_range": "10.0.0.0/19", "service_prefix_out_of_range": "172.20.0.0/28"},
		},
		"of another size, beside what the ledger says of others": {
			edits{cluster("a", "cce-vpc-router", profile.Need{}, pins("172.20.0.0/30", "10.0.8.0/21")), takenInLedger("", "10.0.16.0/24")},
			map[string]string{"pod_prefix_out_of_range": "10.0.32.0/19", "service_prefix_out_of_range": "172.20.0.0/28"},
		},
		"of another size and in another place": {
			edits{cluster("a", "cce-vpc-router", profile.Need{}, pins("172.20.0.0/24", "10.0.8.0/21")), reserved("x", "10.0.8.0/21")},
			map[string]string{"pod_prefix_out_of_range": "10.0.32.0/19", "pod_overlaps_reserved": "10.0.32.0/19"},
		},
		"where the platform takes it": {
			edits{
				supernets("100.64.0.0/16", "10.0.0.0/16"),
				cluster("a", "ack-flannel", profile.Need{}, pins("172.20.0.0/24", "100.64.3.0/24")),
			},
			map[string]string{"pod_in_forbidden_range": "10.0.255.0/24", "pod_out_of_allowed_range": "10.0.255.0/24"},
		},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			result := Plan(request(test.edits...), profile.Default())
			wantFaults(t, result.Faults)
			got := map[string]string{}
			for _, f := range result.Findings {
				if got[f.Code] = ""; len(f.FreeRanges) > 0 {
					got[f.Code] = f.FreeRanges[0].String()
				}
			}
			if !maps.Equal(got, test.want) {
				t.Errorf("got %v, want %v", got, test.want)
			}
		})
	}
}

// Of parties that need ranges of another prefix length, only so many get some.
func TestHowManyPartiesGetRangesOfAnotherLength(t *testing.T) {
	in := newInputs(request(supernets("10.0.0.0/8")), profile.Default())
	for parties, want := range map[int]int{maxParties: maxParties, maxParties + 1: maxParties} {
		var findings []conflict.Finding
		for i := range parties {
			of := conflict.Claimant{Name: fmt.Sprint("c", i), Network: "hua", Profile: shipped(t, "cce-vpc-router")}
			findings = append(findings, conflict.Finding{Code: "pod_prefix_out_of_range", A: of.Claim(conflict.Pod, prefix("10.0.8.0/21"))})
		}
		findings = withFreeRanges(in, nil, findings)
		if given := len(slices.DeleteFunc(findings, func(f conflict.Finding) bool { return len(f.FreeRanges) == 0 })); given != want {
			t.Errorf("of %d parties, %d get ranges, want %d", parties, given, want)
		}
	}
}

// A range that breaks a rule by itself is replaced by one of the supernets, of another length if need be. Only a cluster gets one of
// the other private ranges, and none of them is near to an address that the platform refuses.
func TestWhereReplacementsOfARefusedRangeComeFrom(t *testing.T) {
	of := func(kind, text string) conflict.Claim {
		return conflict.Claimant{Name: "a", Network: "ali", Profile: shipped(t, kind)}.Claim(conflict.Pod, prefix(text))
	}
	loopback := conflict.BlockClaimant("b", topology.Block{}, profile.BlockAddresses{}).Claim(conflict.Block, prefix("127.0.8.0/21"))
	for name, test := range map[string]struct {
		from   []string
		claim  conflict.Claim
		broken []string
		want   string
	}{
		"of another length near to it": {
			[]string{"100.64.0.0/16", "10.0.0.0/16"}, of("cce-vpc-router", "100.64.8.0/21"),
			[]string{"pod_prefix_out_of_range", "pod_out_of_allowed_range"}, "10.0.224.0/19",
		},
		"outside the supernets and not near to it": {
			[]string{"100.64.0.0/16"}, of("ack-flannel", "100.64.3.0/24"), []string{"pod_in_forbidden_range"}, "192.168.0.0/24",
		},
		"outside the supernets near to it": {
			[]string{"10.0.8.0/21"}, of("cce-vpc-router", "10.0.8.0/21"), []string{"pod_prefix_out_of_range"}, "10.0.0.0/19",
		},
		"a block":                        {[]string{"10.0.0.0/16"}, loopback, []string{"block_in_forbidden_range"}, "10.0.248.0/21"},
		"a block of another length":      {[]string{"10.0.0.0/24"}, loopback, []string{"block_in_forbidden_range"}, "10.0.0.0/24"},
		"no block outside the supernets": {[]string{"127.0.0.0/16"}, loopback, []string{"block_in_forbidden_range"}, ""},
	} {
		nearby := newFreeNearby(newInputs(request(supernets(test.from...)), profile.Default()), nil)
		got := ""
		if s := nearby.suggestionFor(test.claim, test.broken, true); s != nil {
			got = nearby.next(s).String()
		}
		if got != test.want {
			t.Errorf("%s: got %q, want %q", name, got, test.want)
		}
	}
}

// Other prefix lengths are tried from the nearest one on, the larger range of two that are as near first.
func TestPrefixLengthsThatAreTried(t *testing.T) {
	for text, want := range map[string]struct {
		first []int
		last  int
	}{
		"10.0.0.0/30": {[]int{30, 29, 31, 28, 32, 27, 26}, 1},
		"10.0.0.0/32": {[]int{32, 31, 30, 29}, 1},
		"10.0.0.0/3":  {[]int{3, 2, 4, 1, 5, 6}, 32},
		"128.0.0.0/1": {[]int{1, 2, 3, 4}, 32},
		"0.0.0.0/0":   {[]int{0, 1, 2, 3}, 31},
		"fd00::1/128": {[]int{128, 127, 126}, 1},
	} {
		got := lengthsFrom(netip.MustParsePrefix(text))
		if len(got) != netip.MustParsePrefix(text).Addr().BitLen() || !slices.Equal(got[:len(want.first)], want.first) ||
			got[len(got)-1] != want.last {
			t.Errorf("%s: got %v, want %v to %d", text, got, want.first, want.last)
		}
	}
}
