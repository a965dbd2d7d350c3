package allocate

import (
	"testing"

	"github.com/cidrplan/terraform-provider-cidrplan/internal/profile"
	"github.com/cidrplan/terraform-provider-cidrplan/internal/topology"
)

// A list that is shorter than what is held contradicts a number of nodes. The options keep what is held, and change nothing else.
func TestOptionsOfShortenedListsKeepWhatIsHeld(t *testing.T) {
	need := profile.Need{MaxNodes: 16, PodsPerNode: 200, MaxServices: 200}
	listed := func(need profile.Need, ranges ...string) func(*Request) {
		return cluster("a", "kubernetes-overlay", need, appending("pods"), pins("", ranges...))
	}
	const held = `set clusters["a"].pod_cidrs [10.0.0.0/21 10.0.8.0/21]`
	first := applied(t, request(listed(need, "10.0.0.0/21", "10.0.8.0/21")))
	more := need
	more.MaxNodes = 20
	for name, test := range map[string]struct {
		edit func(*Request)
		want []string
	}{
		"shortened":          {listed(need, "10.0.0.0/21"), []string{held}},
		"the same one twice": {listed(need, "10.0.0.0/21", "10.0.0.0/21"), []string{held, `remove clusters["a"].pod_cidrs`}},
		"shortened, and more nodes": {listed(more, "10.0.0.0/21"), []string{
			`remove clusters["a"].max_nodes; ` + held, `set clusters["a"].max_nodes 8; ` + held,
		}},
	} {
		t.Run(name, func(t *testing.T) {
			var got []topology.Option
			for _, f := range Plan(edited(first, test.edit), profile.Default()).Faults {
				if !f.Warn {
					got = append(got, f.Options...)
				}
				if !f.Warn && !DependsOnPrior(f) {
					t.Errorf("a validation, which has no state, reports %v", f)
				}
			}
			wantOptions(t, got, test.want)
		})
	}
}

// A validation leaves to the plan what depends on held ranges, and no more.
func TestWhatDependsOnPriorState(t *testing.T) {
	at := topology.Path{}.Attr("clusters").Key("a")
	for name, test := range map[string]struct {
		fault topology.Fault
		want  bool
	}{
		"a number that contradicts ranges": {topology.Fault{At: at.Attr("max_nodes"), Problem: topology.Contradicting{}}, true},
		"too many Pod ranges":              {topology.Fault{At: at.Attr("pod_cidrs"), Problem: topology.TooMany{}}, true},
		"a repeated Service range": {
			topology.Fault{At: at.Attr("further_service_cidrs").At(1), Problem: topology.Repeated{}}, true,
		},
		"the order of families":     {topology.Fault{At: at.Attr("ip_families").At(0), Problem: topology.NotAccepted{}}, true},
		"a family that is misspelt": {topology.Fault{At: at.Attr("ip_families").At(0), Problem: topology.NotOneOf{}}, false},
		"an IPv6 range of IPv4 alone": {
			topology.Fault{
				At: at.Attr("other_ranges").Key("x").At(0), Problem: topology.NotAccepted{Reason: topology.IPv6NotRequested{}},
			}, true,
		},
		"another profile than that of the mirrored cluster": {
			topology.Fault{At: at.Attr("profile"), Problem: topology.Contradicting{}}, false,
		},
		"a missing profile": {topology.Fault{At: at.Attr("profile"), Problem: topology.Missing{}}, false},
		"a list elsewhere": {
			topology.Fault{At: topology.Path{}.Attr("vpcs").Key("a").Attr("cidr_blocks"), Problem: topology.RangesOverlap{}}, false,
		},
	} {
		if got := DependsOnPrior(test.fault); got != test.want {
			t.Errorf("%s: got %t", name, got)
		}
	}
}
