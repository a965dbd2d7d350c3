package messages

import (
	"testing"

	"github.com/cidrplan/terraform-provider-cidrplan/internal/allocate"
	"github.com/cidrplan/terraform-provider-cidrplan/internal/profile"
)

// What has to be done so that clusters use their ranges is said once for all of them.
func TestWhatToDoAfterRangesAreAppended(t *testing.T) {
	of := func(cluster, kind, profile string) allocate.AppendedRanges {
		return allocate.AppendedRanges{
			Cluster: cluster, Kind: kind, Profile: shipped(t, profile), Held: prefixes("10.0.0.0/24"), Added: prefixes("10.0.8.0/24"),
		}
	}
	outside, both := of("a", profile.PodRanges, "cce-vpc-router"), of("a", profile.PodRanges, "cce-vpc-router")
	outside.Reserve, outside.Outside = prefix("10.0.0.0/20"), prefixes("10.1.0.0/24")
	both.Reserve, both.Outside = prefix("10.0.0.0/20"), prefixes("10.1.0.0/24", "10.2.0.0/24")
	for name, test := range map[string]struct {
		clusters []allocate.AppendedRanges
		parts    []string
	}{
		"a cloud": {
			[]allocate.AppendedRanges{of("a", profile.PodRanges, "cce-vpc-router")},
			[]string{`  - Pod ranges of cluster "a": let Terraform add the range to `, "!pod_aggregate"},
		},
		"Kubernetes": {
			[]allocate.AppendedRanges{
				of("a", profile.PodRanges, "kubernetes-overlay"), of("a", profile.ServiceRanges, "kubernetes-overlay"),
			},
			[]string{
				`  - Pod ranges of cluster "a": `, "IPPool", "CiliumPodIPPool",
				`  - Service ranges of cluster "a": create a ServiceCIDR object`,
			},
		},
		"several clusters": {
			[]allocate.AppendedRanges{
				of("a", profile.ServiceRanges, "kubernetes-overlay"), of("b", profile.ServiceRanges, "kubernetes-routed"),
				of("b", profile.ServiceRanges, "kubernetes-routed"),
			},
			[]string{`  - Service ranges of clusters "a", "b": create a ServiceCIDR object`, "!of cluster "},
		},
		"another platform": {[]allocate.AppendedRanges{of("a", profile.PodRanges, "tke-global-router")}, []string{"AddClusterCIDR"}},
		"a range outside of a reserve": {
			[]allocate.AppendedRanges{outside}, []string{`10.1.0.0/24 of cluster "a" is outside of pod_aggregate 10.0.0.0/20.`},
		},
		"two outside of a reserve": {[]allocate.AppendedRanges{both}, []string{`10.1.0.0/24, 10.2.0.0/24 of cluster "a" are outside of`}},
	} {
		wantParts(t, name, Writer{}.appended(allocate.Appended{Clusters: test.clusters}), test.parts...)
	}
}

// A mirror cluster follows the cluster whose ranges it has: nothing of its own asks for them, or takes them back.
func TestRangesThatAMirrorGets(t *testing.T) {
	e := appendedTimes(t, 2)
	e.Clusters[1].SameAs = "c0"
	wantParts(t, "the reason", Writer{}.appended(e), `cluster "c1": 10.0.8.0/24 (same_as = "c0")`)
	wantParts(t, "the option", Writer{}.resolve(appendedOptions(e)), `clusters["c0"].max_nodes`, `!clusters["c1"]`)
	of := allocate.ExtendedRange{
		Profile: shipped(t, "aks-overlay"), Was: prefix("10.0.0.0/21"), Now: prefix("10.0.0.0/20"), Wanted: 9, Serves: 8,
	}
	larger := allocate.ExtendedPods{Clusters: []allocate.ExtendedRange{of, of}}
	larger.Clusters[0].Cluster, larger.Clusters[1].Cluster, larger.Clusters[1].SameAs = "a", "b", "a"
	wantParts(t, "the reason of a larger range", Writer{}.extended(larger), `(same_as = "a")`, `Pod range of clusters "a", "b": to keep`)
	wantParts(t, "the option of a larger range", Writer{}.resolve(extendedOptions(larger)), `clusters["a"].max_nodes`, `!clusters["b"]`)
}
