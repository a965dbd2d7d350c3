package allocate

import (
	"reflect"
	"testing"

	"github.com/cidrplan/terraform-provider-cidrplan/internal/conflict"
	"github.com/cidrplan/terraform-provider-cidrplan/internal/profile"
)

func TestMirrorWhoseOriginalIsNotKnown(t *testing.T) {
	r := request(blue(), dr("dr", "blue", "shop"))
	held := profile.Ranges{Pods: prefixes("10.0.0.0/20")}
	for name, test := range map[string]struct {
		prior *Prior
		want  member
	}{
		"keeps what the state has": {&Prior{Allocations: map[string]Allocation{"dr": {Ranges: held}}}, member{known: true, ranges: held}},
		"has nothing without it":   {nil, member{}},
	} {
		r.Prior = test.prior
		s := &situation{inputs: *newInputs(r, profile.Default())}
		if got := collectMirror(s, "dr", r.Facts.Clusters["dr"], member{}, false); !reflect.DeepEqual(got, test.want) {
			t.Errorf("%s: got %+v, want %+v", name, got, test.want)
		}
	}
}

// Until the state has the ranges of a mirror, the configuration gives them.
func TestWhereTheRangesOfAMirrorComeFrom(t *testing.T) {
	held := profile.Ranges{Pods: prefixes("10.0.0.0/20"), Service: prefix("172.20.0.0/22"), NodeMask: 26}
	r := request(blue(), cluster("shop", "ack-flannel", lengths(20, 22, 26)), dr("dr", "blue", "shop"))
	prior := &Prior{Facts: r.Facts, Allocations: map[string]Allocation{"dr": {Ranges: held}}}
	for name, test := range map[string]struct {
		prior *Prior
		want  conflict.Source
	}{
		"the state has none": {nil, conflict.Pinned},
		"the state has them": {prior, conflict.Allocated},
	} {
		r.Prior = test.prior
		s := &situation{inputs: *newInputs(r, profile.Default())}
		got := collectMirror(s, "dr", r.Facts.Clusters["dr"], member{known: true, ranges: held}, false)
		if len(got.claims) != 2 || got.claims[0].Source != test.want || got.claims[1].Source != test.want || len(got.faults) > 0 {
			t.Errorf("%s: got claims %v and faults %v, want 2 claims from %v", name, got.claims, got.faults, test.want)
		}
	}
}

func TestFirstDifferenceOfAMirror(t *testing.T) {
	podsOf := func(texts ...string) profile.Ranges { return profile.Ranges{Pods: prefixes(texts...)} }
	mask6 := func(mask int) profile.Ranges { return profile.Ranges{NodeIPv6Mask: mask} }
	for name, test := range map[string]struct {
		held, original         profile.Ranges
		complete, factsUnknown bool
		want                   string
	}{
		"the same Pod ranges":                       {podsOf("10.0.0.0/20"), podsOf("10.0.0.0/20"), true, false, ""},
		"a further Pod range of the original":       {podsOf("10.0.0.0/20"), podsOf("10.0.0.0/20", "10.0.16.0/20"), true, false, ""},
		"other Pod ranges":                          {podsOf("10.0.0.0/20"), podsOf("10.0.16.0/20"), true, false, "pod_cidrs"},
		"other Pod ranges while facts are unknown":  {podsOf("10.0.0.0/20"), podsOf("10.0.16.0/20"), true, true, "pod_cidrs"},
		"Pod ranges that the original may yet get":  {podsOf("10.0.0.0/20"), podsOf(), true, true, ""},
		"Pod ranges that the original does not get": {podsOf("10.0.0.0/20"), podsOf(), true, false, "pod_cidrs"},
		"the same mask":                             {profile.Ranges{NodeMask: 25}, profile.Ranges{NodeMask: 25}, false, false, ""},
		"another mask": {
			profile.Ranges{NodeMask: 25},
			profile.Ranges{NodeMask: 26},
			false,
			false,
			"node_cidr_mask",
		},
		"a mask that existing does not give":        {profile.Ranges{}, profile.Ranges{NodeMask: 26}, false, false, ""},
		"a mask that the state does not have":       {profile.Ranges{}, profile.Ranges{NodeMask: 26}, true, false, "node_cidr_mask"},
		"the same IPv6 mask":                        {mask6(80), mask6(80), true, false, ""},
		"another IPv6 mask":                         {mask6(80), mask6(96), false, false, "node_ipv6_cidr_mask"},
		"another IPv6 mask while facts are unknown": {mask6(80), mask6(96), true, true, "node_ipv6_cidr_mask"},
		"an IPv6 mask that the original may yet get": {
			mask6(80), mask6(0), true, true, "",
		},
		"an IPv6 mask that the original does not get": {mask6(80), mask6(0), true, false, "node_ipv6_cidr_mask"},
		"an IPv6 mask that existing does not give":    {mask6(0), mask6(80), false, false, ""},
		"an IPv6 mask that the state does not have":   {mask6(0), mask6(80), true, false, "node_ipv6_cidr_mask"},
	} {
		if got, _, _ := firstDifference(test.held, test.original, test.complete, test.factsUnknown); got != test.want {
			t.Errorf("%s: got %q, want %q", name, got, test.want)
		}
	}
}

// What a mirror released is its own again only where its original still has the same.
func TestReleasedRangesOfAMirror(t *testing.T) {
	of := profile.Ranges{Pods: prefixes("10.0.0.0/20"), Service: prefix("172.20.0.0/22"), NodeMask: 26}
	other := profile.Ranges{Pods: prefixes("10.0.16.0/20"), Service: prefix("172.20.0.0/22"), NodeMask: 26}
	for name, test := range map[string]struct {
		released map[string]Released
		want     member
	}{
		"those of the original": {
			map[string]Released{"dr~2": {Cluster: "dr", Allocation: Allocation{Ranges: of}}},
			member{known: true, takesBack: true, releasedKey: "dr~2", back: of},
		},
		"other ones":          {map[string]Released{"dr": {Cluster: "dr", Allocation: Allocation{Ranges: other}}}, member{known: true}},
		"none":                {map[string]Released{"dr": {Cluster: "dr"}}, member{known: true}},
		"of another cluster":  {map[string]Released{"web": {Cluster: "web", Allocation: Allocation{Ranges: of}}}, member{known: true}},
		"nothing is released": {nil, member{known: true}},
	} {
		r := request(blue(), shopOf, dr("dr", "blue", "shop"))
		s := &situation{inputs: *newInputs(r, profile.Default()), released: test.released}
		c := newClusterCollector(s, "dr", r.Facts.Clusters["dr"], shipped(t, "ack-flannel"))
		c.takeBackMirrored(of, false)
		if !reflect.DeepEqual(*c.found, test.want) {
			t.Errorf("%s: got %+v, want %+v", name, *c.found, test.want)
		}
	}
}
