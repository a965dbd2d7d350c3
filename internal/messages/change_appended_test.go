package messages

import (
	"fmt"
	"testing"

	"github.com/cidrplan/terraform-provider-cidrplan/internal/allocate"
	"github.com/cidrplan/terraform-provider-cidrplan/internal/profile"
	"github.com/cidrplan/terraform-provider-cidrplan/internal/topology"
)

// appendedTimes are Pod ranges that are appended to so many clusters.
func appendedTimes(t *testing.T, clusters int) allocate.Appended {
	var e allocate.Appended
	for i := range clusters {
		e.Clusters = append(e.Clusters, allocate.AppendedRanges{
			Cluster: fmt.Sprint("c", i), Profile: shipped(t, "cce-vpc-router"),
			Held: prefixes("10.0.0.0/24"), Added: prefixes("10.0.8.0/24"),
			List: "pod_cidrs", Kind: profile.PodRanges, Serves: 4, Wanted: 9,
		})
	}
	return e
}

func TestAppendedPodRanges(t *testing.T) {
	const undo = "after the apply, no change of the configuration takes a range back"
	pinned := appendedTimes(t, 1)
	pinned.Clusters[0].Pinned = true
	surge, none := appendedTimes(t, 1), appendedTimes(t, 1)
	surge.Clusters[0].Surge, surge.Clusters[0].Held = 3, prefixes("10.0.0.0/24", "10.0.4.0/24")
	none.Clusters[0].Serves, none.Clusters[0].Surge = -2, 6
	single := appendedTimes(t, 1)
	single.Clusters[0].Serves = 1
	for name, test := range map[string]struct {
		e       allocate.Appended
		summary string
		parts   []string
	}{
		"one node": {single, `Ranges Appended to Cluster "c0"`, []string{"10.0.0.0/24 serves 1 node)"}},
		"one cluster": {appendedTimes(t, 1), `Ranges Appended to Cluster "c0"`, []string{
			`  - cluster "c0": 10.0.8.0/24 (max_nodes = 9, and 10.0.0.0/24 serves 4 nodes)`, undo, "!Plan a second cluster",
			"set clusters[\"c0\"].max_nodes = 4 or less",
		}},
		"pinned": {pinned, `Ranges Appended to Cluster "c0"`, []string{
			"(pod_cidrs names it)", `set clusters["c0"].pod_cidrs = ["10.0.0.0/24"]`,
		}},
		"an upgrade": {surge, `Ranges Appended to Cluster "c0"`, []string{
			"(max_nodes = 9, and 10.0.0.0/24, 10.0.4.0/24 serve 4 nodes beside surge_nodes = 3)",
			`set clusters["c0"].max_nodes = 4 or less`,
		}},
		"an upgrade alone": {none, `Ranges Appended to Cluster "c0"`, []string{
			"serves 0 nodes beside surge_nodes = 6)", `remove clusters["c0"].surge_nodes and set clusters["c0"].max_nodes = 4 or less`,
		}},
		"three clusters": {appendedTimes(t, 3), `Ranges Appended to Cluster "c0" and 2 More`, []string{`"c2": `, "!more"}},
		"as many as are listed": {
			appendedTimes(t, maxListed), `Ranges Appended to Cluster "c0" and 23 More`, []string{`"c23": `, "!and to"},
		},
		"two more": {
			appendedTimes(t, maxListed+2), `Ranges Appended to Cluster "c0" and 25 More`, []string{"  - and to 2 more\n", "!c24"},
		},
	} {
		p := Writer{Catalog: profile.Default()}
		summary, detail := p.planProblem(topology.Fault{Problem: test.e})
		if summary != test.summary {
			t.Errorf("%s: got the summary %q, want %q", name, summary, test.summary)
		}
		wantParts(t, name, detail+p.resolve(appendedOptions(test.e)), test.parts...)
	}
}

// A cluster that has used more than three quarters of its Pod ranges is named.
func TestPodRangesThatAreSoonUsedUp(t *testing.T) {
	most := shipped(t, "cce-vpc-router").MaxPodRanges(nil)
	for count, reported := range map[int]bool{2: false, most * 3 / 4: false, most*3/4 + 1: true, most: true} {
		e := appendedTimes(t, 1)
		c := &e.Clusters[0]
		c.Held = nil
		for i := range count - 1 {
			c.Held = append(c.Held, prefix(fmt.Sprintf("10.1.%d.0/24", i)))
		}
		const end = "A cluster keeps its Pod ranges until renumber moves it, which rebuilds the cluster."
		got := Writer{}.appended(e)
		if !reported {
			wantParts(t, fmt.Sprint(count, " ranges"), got, end+"\n\nBefore a cluster can use the addresses", "!then has")
			continue
		}
		wantParts(t, fmt.Sprint(count, " ranges"), got,
			fmt.Sprintf("%s\n\nCluster \"c0\" then has %d of the %d Pod ranges", end, count, most))
	}
}

// The rule that no platform removes a Pod range is cited where one says so.
func TestRulesOnAppendedPodRanges(t *testing.T) {
	p := Writer{Catalog: profile.Default()}
	silent, says := *shipped(t, "cce-vpc-router"), shipped(t, "cce-vpc-router")
	silent.Growth.Removal, silent.Growth.Apply = profile.Removal{}, profile.Instruction{}
	stays := *says
	stays.Growth.Removal = profile.Removal{}
	rule := "\n\nRule: " + Sentence(Capital(says.Growth.Removal.Text)) + "\nSource: "
	for name, test := range map[string]struct {
		profile *profile.Profile
		want    string
	}{
		"a platform that says so": {says, rule}, "one that does not": {&silent, "!Source"},
		"one of which only the next step is known": {&stays, "!Rule"},
	} {
		for _, clusters := range []int{1, maxListed + 1} {
			e := appendedTimes(t, clusters)
			for i := range e.Clusters {
				e.Clusters[i].Profile = test.profile
			}
			wantParts(t, name, p.appendedGrounds(e), test.want)
		}
	}
}

func TestPodSubnetsThatTerraformDoesNotAdd(t *testing.T) {
	for clusters, parts := range map[int][]string{
		1:             {`  - cluster "c0": pods, more`, "!and to", "Rule: "},
		maxListed:     {`  - cluster "c23": pods, more`, "!and to"},
		maxListed + 1: {`  - cluster "c23": pods, more`, "  - and to 1 more\n", "!c24"},
	} {
		var e allocate.SubnetsIgnored
		for i := range clusters {
			e.Clusters = append(e.Clusters, allocate.AddedSubnets{
				Cluster: fmt.Sprint("c", i), Profile: shipped(t, "cce-turbo"), Added: []string{"pods", "more"},
			})
		}
		wantParts(t, fmt.Sprint(clusters, " clusters"), Writer{Catalog: profile.Default()}.subnetsIgnored(e), parts...)
	}
}

func TestOutcomeOfAChange(t *testing.T) {
	p := Writer{Catalog: profile.Default()}
	outcome := shipped(t, "cce-turbo").Change.SubnetAdded
	if got := p.outcome(profile.Outcome{Text: outcome.Text}); outcome.Text == "" || got != "" {
		t.Errorf("an outcome that is not known: got %q", got)
	}
	wantParts(t, "one that is known", p.outcome(outcome), "Rule: "+Sentence(Capital(outcome.Text)))
}
