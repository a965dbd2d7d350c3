package provider

import (
	"fmt"
	"maps"
	"net/netip"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/cidrplan/terraform-provider-cidrplan/internal/allocate"
	"github.com/cidrplan/terraform-provider-cidrplan/internal/conflict"
	"github.com/cidrplan/terraform-provider-cidrplan/internal/messages"
	"github.com/cidrplan/terraform-provider-cidrplan/internal/topology"
)

// reporter is the planner of the stories of rules.
func reporter(ofBlocks bool) topology.Origin {
	if ofBlocks {
		return topology.Origin{Kind: conflict.Blocks, Name: "net"}
	}
	return topology.Origin{Kind: conflict.Allocator, Name: "k8s"}
}

// storyOf is the configuration that breaks a rule, with a cluster or block beside it that has nothing to do with the conflict.
func storyOf(code string) (w world, by topology.Origin) {
	story, ofBlocks := blockStories[code]
	supernets := given{"supernets": []string{"10.0.0.0/12"}}
	if !ofBlocks {
		story, supernets = ruleStories[code], given{"supernets": []string{"10.64.0.0/12"}, "service_supernets": []string{"172.20.0.0/14"}}
	}
	maps.Copy(supernets, story)
	story = supernets
	if ofBlocks { // room for others
		story = having(story, "supernets", append(slices.Clone(story["supernets"].([]string)), "10.16.0.0/16"))
	}
	return worldOf(reporter(ofBlocks), withOneMore(story, ofBlocks, "calm")), reporter(ofBlocks)
}

// withOneMore is a story with one more cluster or block of a name.
func withOneMore(story given, ofBlocks bool, name string) given {
	if ofBlocks {
		blocks, _ := story["blocks"].(given)
		return having(story, "blocks", having(blocks, name, given{"prefix_length": int64(28)}))
	}
	sites, _ := story["sites"].(given)
	clusters, _ := story["clusters"].(given)
	story = having(story, "sites", having(sites, "aside", given{"cidr_blocks": []string{"192.168.77.0/24"}, "vrf": "aside"}))
	return having(story, "clusters", having(clusters, name, given{
		"vpc": "aside", "profile": "kubernetes-overlay", "max_nodes": int64(2), "max_services": int64(100), "pods_per_node": int64(16),
	}))
}

// What a message advises resolves it: each option of each rule is followed as it is printed, in a first plan, with the ranges held,
// and where the conflict came after the ranges. The conflict is gone, no other one comes, no range of anybody else changes, and
// one more cluster or block does not bring it back.
func TestEveryOptionOfEveryRuleResolvesIt(t *testing.T) {
	for code := range codesOfStories() {
		t.Run(code, func(t *testing.T) {
			t.Parallel()
			w, by := storyOf(code)
			first := followAll(t, "in a first plan", w, by, nil)
			if first == 0 {
				t.Error("nothing is advised")
			}
			accepted := w.plan(t, nil)
			held := w.follow(by, conflict.Groups(accepted.findings)[0].Options()[acceptedAt(accepted)])[0].plan(t, nil)
			followAll(t, "with the ranges held", w, by, &held)
			for _, before := range w.without(t, by, accepted) {
				followAll(t, "with a conflict that came later", w, by, &before)
				followAll(t, "with a conflict that came later than ranges that are not pinned", w.unpinned(by), by, &before)
			}
		})
	}
}

// acceptedAt is the index of the option that accepts the conflict of a plan.
func acceptedAt(p afterPlan) int {
	return slices.IndexFunc(
		conflict.Groups(p.findings)[0].Options(),
		func(o topology.Option) bool { return o.Kind == conflict.Accepted || o.Kind == conflict.AcceptedMore },
	)
}

// without are plans of a world in which the conflict of a plan is not there yet: options that change networks, routes and the like
// are followed in advance.
func (w world) without(t *testing.T, by topology.Origin, p afterPlan) []afterPlan {
	t.Helper()
	var all []afterPlan
	for _, o := range conflict.Groups(p.findings)[0].Options() {
		if slices.ContainsFunc(o.Edits, func(e topology.Edit) bool {
			return slices.Contains([]string{"clusters", "blocks", "renumber", "accepted_conflicts", "supernets"}, e.At[0].Attr) ||
				e.In.Name != ""
		}) {
			continue
		}
		for _, before := range w.follow(by, o) {
			if b := before.plan(t, nil); len(b.findings) == 0 && !failed(b) {
				all = append(all, b)
			}
		}
	}
	return all
}

// unpinned is the world with sizes in place of the pins of clusters and blocks.
func (w world) unpinned(by topology.Origin) world {
	config := w.config[by]
	for _, of := range []string{"clusters", "blocks"} {
		all, _ := config[of].(given)
		for name, one := range all {
			sized := maps.Clone(one.(given))
			if pin, pinned := sized["cidr"].(string); pinned {
				sized["prefix_length"] = int64(netip.MustParsePrefix(pin).Bits())
			} else if sized["pod_cidrs"] != nil {
				sized["max_nodes"], sized["pods_per_node"] = int64(1), int64(16)
			}
			if sized["service_cidr"] != nil {
				sized["max_services"] = int64(100)
			}
			for _, pin := range []string{"cidr", "pod_cidrs", "service_cidr", "pod_ipv6_cidr", "service_ipv6_cidr"} {
				delete(sized, pin)
			}
			config = changedAt(config, topology.Path{}.Attr(of).Key(name), sized).(given)
		}
	}
	return w.with(by, config)
}

func failed(p afterPlan) bool {
	return slices.ContainsFunc(slices.Collect(maps.Values(p.results)), allocate.Result.Failed)
}

// followAll follows each option of each message of a plan, as it is printed, and returns how many there were.
func followAll(t *testing.T, when string, w world, by topology.Origin, applied *afterPlan) (followed int) {
	t.Helper()
	now := w.plan(t, applied)
	reported := slices.DeleteFunc(slices.Clone(now.findings), func(f conflict.Finding) bool { return f.Accepted != nil })
	for _, g := range conflict.Groups(reported) {
		for _, o := range g.Options() {
			text, read, ok := readBack(t, when, o)
			if !ok {
				continue
			}
			if !slices.ContainsFunc(now.messages, func(m messages.Message) bool { return slices.Contains(optionsOf(m.Detail), text) }) {
				t.Errorf("%s: no message has the option %q", when, text)
			}
			o.Edits = read
			for i, edited := range w.follow(by, o) {
				followed++
				wantResolved(t, fmt.Sprintf("%s, %q, choice %d", when, text, i), edited, by, applied, touched(o))
			}
		}
	}
	return followed
}

// readBack is the text of an option, and the edits that a reader takes from it, which have to be those of the option.
func readBack(t *testing.T, when string, o topology.Option) (text string, read []topology.Edit, ok bool) {
	t.Helper()
	text = messages.OptionText(o)
	read, err := readEdits(text)
	if err != nil {
		t.Errorf("%s: %v", when, err)
		return text, nil, false
	}
	if diff := cmp.Diff(o.Edits, read, cmp.Comparer(func(a, b netip.Prefix) bool { return a == b })); diff != "" {
		t.Errorf("%s: %q says something else than the option is (-option +text):\n%s", when, text, diff)
	}
	return text, read, true
}

// touched are the clusters and blocks that an option moves or changes.
func touched(o topology.Option) map[string]bool {
	names := map[string]bool{}
	for _, e := range o.Edits {
		if len(e.At) > 1 && slices.Contains([]string{"clusters", "blocks", "renumber", "existing"}, e.At[0].Attr) {
			names[e.At[1].Key] = true
		}
	}
	return names
}

// wantResolved wants a world to be planned without a message of a conflict and without an error, with the ranges of all others as
// they were, and the same of its next edit.
func wantResolved(t *testing.T, what string, w world, by topology.Origin, applied *afterPlan, touched map[string]bool) {
	t.Helper()
	now := w.plan(t, applied)
	if !wantQuiet(t, what, now) {
		return
	}
	if applied != nil {
		wantSame(t, what, applied.results[by], now.results[by], touched)
	}
	one := w.with(by, withOneMore(w.config[by], by.Kind == conflict.Blocks, "next"))
	next := one.plan(t, &now)
	if len(now.results[by].Released) > 0 && lacksRoom(next) { // what was released stays reserved until it is reclaimed
		next = one.with(by, having(one.config[by], "reclaim", []string{"*"})).plan(t, &now)
	}
	if wantQuiet(t, what+", and the next edit", next) {
		wantSame(t, what+", and the next edit", now.results[by], next.results[by], nil)
	}
}

func lacksRoom(p afterPlan) bool {
	return slices.ContainsFunc(
		p.messages,
		func(m messages.Message) bool { return !m.Warn && strings.HasPrefix(m.Summary, "No Free Range") },
	)
}

// wantQuiet wants a plan without conflicts and errors.
func wantQuiet(t *testing.T, what string, p afterPlan) bool {
	t.Helper()
	quiet := true
	for _, f := range slices.Concat(p.findings, p.outside) {
		if f.Accepted == nil {
			t.Errorf("after %s there is %s", what, f.Key())
			quiet = false
		}
	}
	for _, m := range p.messages {
		if !m.Warn {
			t.Errorf("after %s the plan fails:\n%s", what, m.String())
			quiet = false
		}
	}
	return quiet
}

// wantSame wants the allocations of all but some to be as they were.
func wantSame(t *testing.T, what string, was, now allocate.Result, but map[string]bool) {
	t.Helper()
	for name, a := range was.Allocations {
		b, there := now.Allocations[name]
		if but[name] || !a.Held() {
			continue
		}
		if diff := cmp.Diff(a.Ranges, b.Ranges, cmp.Comparer(func(a, b netip.Prefix) bool { return a == b })); !there || diff != "" {
			t.Errorf("after %s %q has other ranges (-was +now):\n%s", what, name, diff)
		}
	}
}
