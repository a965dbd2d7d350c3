package allocate

import (
	"testing"

	"github.com/cidrplan/terraform-provider-cidrplan/internal/conflict"
	"github.com/cidrplan/terraform-provider-cidrplan/internal/profile"
	"github.com/cidrplan/terraform-provider-cidrplan/internal/topology"
)

func TestWhereTheRangesOfAClusterComeFrom(t *testing.T) {
	held := profile.Ranges{Pods: prefixes("10.0.0.0/24", "10.0.1.0/24"), Service: prefix("172.20.0.0/24")}
	podsOnly := profile.Ranges{Pods: held.Pods}
	bare, pinned := topology.Cluster{}, topology.Cluster{PodCIDRs: prefixes("10.0.0.0/24")}
	growing := topology.Cluster{Further: profile.Further{Services: prefixes("172.20.1.0/24")}}
	for name, test := range map[string]struct {
		cluster  topology.Cluster
		held     profile.Ranges
		adopted  bool
		argument string
		i        int
		source   conflict.Source
		at       string
	}{
		"Pods of the state":                      {bare, held, false, "pod_cidrs", 0, conflict.Allocated, `clusters["a"]`},
		"Pods of the state without Services":     {bare, podsOnly, false, "pod_cidrs", 0, conflict.Allocated, `clusters["a"]`},
		"Services of the state":                  {bare, held, false, "service_cidr", -1, conflict.Allocated, `clusters["a"]`},
		"Services that are nowhere given":        {bare, podsOnly, false, "service_cidr", -1, conflict.Assumed, `clusters["a"]`},
		"pinned Pods":                            {pinned, held, false, "pod_cidrs", 0, conflict.Pinned, `clusters["a"].pod_cidrs[0]`},
		"held Pods after the pinned ones":        {pinned, held, false, "pod_cidrs", 1, conflict.Pinned, `clusters["a"]`},
		"the first Pods of existing":             {bare, held, true, "pod_cidrs", 0, conflict.Adopted, `existing["a"].pod_cidrs[0]`},
		"further Pods of existing":               {bare, held, true, "pod_cidrs", 1, conflict.Adopted, `existing["a"].pod_cidrs[1]`},
		"Services of existing":                   {bare, held, true, "service_cidr", -1, conflict.Adopted, `existing["a"].service_cidr`},
		"Pods of existing after the pinned ones": {pinned, held, true, "pod_cidrs", 1, conflict.Pinned, `existing["a"].pod_cidrs[1]`},
		"further Services of the state":          {bare, held, false, "further_service_cidrs", 0, conflict.Allocated, `clusters["a"]`},
		"pinned further Services": {
			growing, held, false, "further_service_cidrs", 0, conflict.Pinned, `clusters["a"].further_service_cidrs[0]`,
		},
		"further Services after pinned ones":      {growing, held, false, "further_service_cidrs", 1, conflict.Pinned, `clusters["a"]`},
		"further IPv6 Pods beside others":         {growing, held, false, "further_pod_ipv6_cidrs", 0, conflict.Allocated, `clusters["a"]`},
		"Services of existing beside pinned Pods": {pinned, held, true, "service_cidr", -1, conflict.Adopted, `existing["a"].service_cidr`},
	} {
		t.Run(name, func(t *testing.T) {
			r := request(existing("a", Existing{PodCIDRs: held.Pods}), func(r *Request) { r.Facts.Clusters["a"] = test.cluster })
			s := &situation{inputs: *newInputs(r, profile.Default())}
			c := newClusterCollector(s, "a", test.cluster, shipped(t, "kubernetes-routed"))
			source, at := c.givenBy(test.held, test.adopted)(test.argument, test.i)
			if source != test.source || at.String() != test.at {
				t.Errorf("got %v at %v, want %v at %s", source, at, test.source, test.at)
			}
		})
	}
}

// The claims of a mirror are at its argument same_as, and those of the original where it is declared.
func TestClaimsOfMirrorsAreAtSameAs(t *testing.T) {
	of := func(name, sameAs string) conflict.Claimant {
		return conflict.ClusterClaimant(name, topology.Cluster{SameAs: sameAs}, shipped(t, "ack-flannel"))
	}
	for name, test := range map[string]struct {
		from, to conflict.Claimant
		want     string
	}{
		"of the original as one of the mirror": {of("a", ""), of("b", "a"), `clusters["b"].same_as`},
		"of the mirror as one of the original": {of("b", "a"), of("a", ""), `clusters["a"]`},
	} {
		claim := test.from.Claim(conflict.Pod, prefix("10.0.0.0/24"))
		if got := mirrorClaim(claim, test.to); got.At.String() != test.want || got.Range != claim.Range || got.Owner != test.to.Name {
			t.Errorf("%s: got %v of %s at %v, want it at %s", name, got.Range, got.Owner, got.At, test.want)
		}
	}
}

func TestWhichClaimsAreOfACluster(t *testing.T) {
	for name, test := range map[string]struct {
		claim conflict.Claim
		want  bool
	}{
		"its Pods":                       {conflict.Claim{Owner: "a", Kind: conflict.Pod}, true},
		"its Services":                   {conflict.Claim{Owner: "a", Kind: conflict.Service}, true},
		"its growth reserve":             {conflict.Claim{Owner: "a", Kind: conflict.GrowthReserve}, true},
		"those of another cluster":       {conflict.Claim{Owner: "b", Kind: conflict.Pod}, false},
		"a growth reserve of another":    {conflict.Claim{Owner: "b", Kind: conflict.GrowthReserve}, false},
		"a VPC of its name":              {conflict.Claim{Owner: "a", Kind: conflict.VPC}, false},
		"one of another workspace's own": {conflict.Claim{Owner: "a", Kind: conflict.Pod, Source: conflict.OtherWorkspace}, false},
	} {
		if got := isOf(test.claim, "a"); got != test.want {
			t.Errorf("%s: got %t, want %t", name, got, test.want)
		}
	}
}
