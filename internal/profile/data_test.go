package profile_test

import (
	"maps"
	"net/url"
	"slices"
	"strings"
	"testing"

	"github.com/cidrplan/terraform-provider-cidrplan/internal/profile"
)

// The levels that the sources of the platforms publish or that follow from routing: E error,
// W warn, A allow. The order of the letters is that of pairs.
func TestShippedOverlapLevels(t *testing.T) {
	pairs := []profile.Pair{
		profile.PodVPC, profile.ServiceVPC, profile.ServicePod,
		profile.PodPodSameVPC, profile.PodServiceSameVPC, profile.ServiceServiceSameVPC,
		profile.PodPeerVPC, profile.ServicePeerVPC,
		profile.PodPodPeer, profile.PodServicePeer, profile.ServiceServicePeer,
		profile.PodRoute, profile.ServiceRoute, profile.PodSite, profile.ServiceSite,
	}
	levels := map[byte]profile.Level{'E': profile.Error, 'W': profile.Warn, 'A': profile.Allow}
	tests := map[string]string{
		//                    own same peer  clusters  else
		"ack-flannel":        "EEE EEW EE EWW EWEW",
		"cce-vpc-router":     "EEE EWA EW EWA EWEW",
		"kubernetes-routed":  "EEE WWA WW WWA WWWW",
		"kubernetes-overlay": "EEE AAA WW AAA WWWW",
	}
	for _, name := range profile.Default().Names() {
		want, ok := tests[name]
		if !ok {
			t.Errorf("%s has no row in this table", name)
			continue
		}
		p := shipped(t, name)
		want = strings.ReplaceAll(want, " ", "")
		for i, pair := range pairs {
			if got := p.Judge(pair, p).Level; got != levels[want[i]] {
				t.Errorf("%s: %s is %v, want %v", name, pair, got, levels[want[i]])
			}
			if got := p.Judge(pair, nil); got.Text != p.Overlap[pair].Text {
				t.Errorf("%s: %s without another cluster gives %q", name, pair, got.Text)
			}
		}
	}
}

func TestJudgeKnowsClustersOfOtherModes(t *testing.T) {
	cce, ack, overlay := shipped(t, "cce-vpc-router"), shipped(t, "ack-flannel"), shipped(t, "kubernetes-overlay")
	tests := map[string]struct {
		p     *profile.Profile
		pair  profile.Pair
		other *profile.Profile
		want  profile.Pair
	}{
		"beside its own mode the general rule holds":    {cce, profile.PodPodSameVPC, cce, profile.PodPodSameVPC},
		"beside another mode the rule for it holds":     {cce, profile.PodPodSameVPC, overlay, profile.PodPodOtherModeSameVPC},
		"beside no cluster the general rule holds":      {cce, profile.PodPodSameVPC, nil, profile.PodPodSameVPC},
		"without a rule for it the general rule holds":  {cce, profile.PodPodPeer, overlay, profile.PodPodPeer},
		"other pairs know no modes":                     {cce, profile.PodServiceSameVPC, overlay, profile.PodServiceSameVPC},
		"a profile without such rules knows none":       {ack, profile.PodPodSameVPC, overlay, profile.PodPodSameVPC},
		"an overlay does not care about the other mode": {overlay, profile.PodPodSameVPC, cce, profile.PodPodSameVPC},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			if got, want := test.p.Judge(test.pair, test.other).Text, test.p.Overlap[test.want].Text; got != want || want == "" {
				t.Errorf("got %q, want %q", got, want)
			}
		})
	}
	if got := cce.Overlap[profile.PodPodOtherModeSameVPC].Level; got != profile.Warn {
		t.Errorf("beside another mode CCE has %v, want warn", got)
	}
}

func TestShippedFigures(t *testing.T) {
	type figures struct {
		argument                string
		shortest, longest, diff int
		lost, def, most         int64
		counts                  string
		routes, quota, services int64
		serviceLost             int64
		growth                  string
		ranges                  int
		caps                    string
		maxNodes                int64
		anywhere                bool
	}
	const unbounded = 1<<63 - 1
	kubernetes := figures{"node_cidr_mask_size", 8, 30, 16, 3, 110, 1<<24 - 3, "usable", 0, 0, 1000, 2, "none", 1, "", unbounded, true}
	tests := map[string]figures{
		"ack-flannel":        {"node_cidr_mask", 24, 28, 0, 1, 64, 256, "addresses", 1, 200, 1000, 2, "none", 1, "5000 warn", unbounded, false},
		"cce-vpc-router":     {"fix_pool_mask", 24, 28, 0, 3, 110, 253, "usable", 1, 200, 1000, 2, "append", 20, "1000 warn, 2000 error", 2000, false},
		"kubernetes-overlay": kubernetes,
		"kubernetes-routed":  kubernetes,
	}
	for _, name := range profile.Default().Names() {
		p := shipped(t, name)
		n := p.Nodes
		var caps []string
		for _, c := range n.Caps {
			caps = append(caps, strings.Join([]string{number(c.Max), c.Level.String()}, " "))
		}
		got := figures{
			n.Argument, n.Shortest, n.Longest, n.MaxDifference, n.Lost, n.PodsPerNode.Default, n.PodsPerNode.Max, n.PodsPerNode.Counts,
			n.RoutesPerNode, n.RouteQuota, p.Services.DefaultCount, p.Services.Lost, p.Growth.Pods, p.MaxPodRanges(),
			strings.Join(caps, ", "), p.MaxNodes().Max, p.Anywhere == "any",
		}
		if got != tests[name] {
			t.Errorf("%s:\n got %+v\nwant %+v", name, got, tests[name])
		}
	}
}

// Every rule says something, as part of a sentence, and leads to a page that can be opened.
func TestEveryShippedRuleReadsAndIsCited(t *testing.T) {
	c := profile.Default()
	cited := 0
	hold := func(where string, r profile.Rule) {
		cited++
		if strings.HasSuffix(r.Text, ".") || strings.HasPrefix(r.Text, " ") || r.Text == "" {
			t.Errorf("%s: %q is no part of a sentence", where, r.Text)
		}
		for _, source := range strings.Split(c.Cite(r), "; ") {
			_, page, ok := strings.Cut(source, ", https://")
			if r.Confidence == "verified" && !slices.Contains(r.Sources, "routing") && !ok {
				t.Errorf("%s: %q names no page", where, source)
			}
			if _, err := url.Parse("https://" + page); err != nil {
				t.Errorf("%s: %v", where, err)
			}
		}
	}
	for _, name := range c.Names() {
		p := known(t, c, name)
		for _, pair := range slices.Sorted(maps.Keys(p.Overlap)) {
			hold(name+" "+string(pair), p.Overlap[pair])
		}
		for _, l := range slices.Concat(p.Pods.Limits, p.Services.Limits) {
			hold(name+" limit", l.Rule)
		}
		for _, f := range p.ForbiddenFor(prefix("0.0.0.0/0")) {
			if !slices.Contains(f.Sources, "reserved-addresses") || c.Cite(f.Rule) == "" {
				hold(name+" forbidden", f.Rule)
			}
		}
		for _, limit := range p.Nodes.Caps {
			hold(name+" caps", limit.Rule)
		}
	}
	if cited < 60 {
		t.Errorf("only %d rules were looked at", cited)
	}
}
