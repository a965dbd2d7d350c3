package messages

import (
	"strings"
	"testing"

	"github.com/cidrplan/terraform-provider-cidrplan/internal/allocate"
	"github.com/cidrplan/terraform-provider-cidrplan/internal/conflict"
	"github.com/cidrplan/terraform-provider-cidrplan/internal/profile"
	"github.com/cidrplan/terraform-provider-cidrplan/internal/topology"
)

// Sentences on the Pod ranges of a cluster begin with a capital letter, also those that begin with the title of a profile.
func TestSentencesThatBeginWithProfiles(t *testing.T) {
	of, held, wanted := shipped(t, "kubernetes-overlay"), prefixes("10.0.0.0/21"), prefixes("10.1.0.0/21")
	for _, problem := range []any{
		allocate.NotAppended{Cluster: "a", Profile: of, Held: held, Wanted: wanted},
		allocate.NotSuperset{Cluster: "a", Profile: of, Held: held, Wanted: wanted},
	} {
		_, text := Writer{Catalog: profile.Default()}.problem(topology.Fault{At: topology.Path{}.Attr("pod_cidrs"), Problem: problem})
		if !strings.Contains(text, "requests 10.1.0.0/21. Self-managed Kubernetes") {
			t.Error(text)
		}
	}
}

// Why a larger Pod range is not free: no supernet has it, another owner holds a part of it, or a rule of the platform refuses it.
func TestLargerPodRangesThatAreNotFree(t *testing.T) {
	e := allocate.NotExtended{Cluster: "a", Profile: shipped(t, "aks-overlay"), Held: prefix("10.0.0.0/21"), Larger: prefix("10.0.0.0/20")}
	outside, held, elsewhere := e, e, e
	outside.Outside = true
	held.Holders = []conflict.Claim{{Kind: conflict.Pod, Owner: "b", Range: prefix("10.0.8.0/24")}}
	elsewhere.Elsewhere = prefixes("10.0.9.0/24")
	const refused, parts = "which the platform does not accept or does not recommend.", "which is not free. Parts of it are held by: "
	for name, test := range map[string]struct {
		e     allocate.NotExtended
		parts []string
	}{
		"in no supernet":       {outside, []string{"is 10.0.0.0/20, which is in no supernet.", "!" + refused, "!" + parts}},
		"held by a cluster":    {held, []string{parts, "10.0.8.0/24", `"b"`, "!" + refused}},
		"held in the ledger":   {elsewhere, []string{parts + "10.0.9.0/24 (another planner of the ledger).", "!" + refused}},
		"refused by the rules": {e, []string{refused, "!" + parts}},
	} {
		wantParts(t, name, notExtended(test.e), test.parts...)
	}
}

// Of many clusters the first ones are listed. What Terraform does with each platform's cluster is said once, with its rule.
func TestPodRangesOfManyClustersThatBecomeLarger(t *testing.T) {
	silent := *shipped(t, "aks-overlay")
	silent.Change.Pods = profile.Outcome{}
	change := shipped(t, "aks-overlay").Change.Pods.Text
	for clusters, parts := range map[int][]string{
		1:             {`cluster "a"`, "!more"},
		maxListed:     {"!more"},
		maxListed + 2: {"\n  - and 2 more"},
	} {
		for _, of := range []*profile.Profile{shipped(t, "aks-overlay"), &silent} {
			var e allocate.ExtendedPods
			for range clusters {
				e.Clusters = append(e.Clusters, allocate.ExtendedRange{
					Cluster: "a", Profile: of, Was: prefix("10.0.0.0/21"), Now: prefix("10.0.0.0/20"), Wanted: 9, Serves: 8,
				})
			}
			p := Writer{Catalog: profile.Default()}
			wantParts(t, of.Name, p.extended(e), parts...)
			tools, grounds := "!tools of the platform", change
			if of == &silent {
				tools, grounds = "Change the range with the tools of the platform", "!"+change
			}
			wantParts(t, of.Name, p.extended(e), tools)
			wantParts(t, of.Name, p.extendedGrounds(e), of.Growth.Text, grounds)
		}
	}
}

// A larger Pod range is asked for by a number of nodes or by a prefix length.
func TestWhyPodRangesBecomeLarger(t *testing.T) {
	was, now := prefix("10.0.0.0/21"), prefix("10.0.0.0/20")
	for _, test := range []struct {
		of           allocate.ExtendedRange
		text, option string
	}{
		{allocate.ExtendedRange{Wanted: 9, Serves: 8}, "(max_nodes = 9, and 10.0.0.0/21 serves 8 nodes)", "max_nodes = 8 or less"},
		{allocate.ExtendedRange{Wanted: 8, Serves: 4, Surge: 4}, "serves 4 nodes beside surge_nodes = 4)", "max_nodes = 4 or less"},
		{allocate.ExtendedRange{Wanted: 8, Serves: -1, Surge: 9}, "serves 0 nodes", `remove clusters["a"].surge_nodes`},
		{allocate.ExtendedRange{Serves: 8, Length: 20}, "(pod_prefix_length = 20)", "pod_prefix_length = 21 or more"},
	} {
		test.of.Cluster, test.of.Profile, test.of.Was, test.of.Now = "a", shipped(t, "aks-overlay"), was, now
		e := allocate.ExtendedPods{Clusters: []allocate.ExtendedRange{test.of}}
		wantParts(t, test.text, Writer{}.extended(e)+Writer{}.resolve(extendedOptions(e)), test.text, test.option)
	}
	wantParts(t, "not free", notExtended(allocate.NotExtended{Cluster: "a", Held: was, Larger: now, Length: 20}),
		`Cluster "a" holds Pod range 10.0.0.0/21 and now requests pod_prefix_length = 20. The larger range that contains it is 10.0.0.0/20`)
}
