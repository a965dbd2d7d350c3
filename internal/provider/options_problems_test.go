package provider

import (
	"fmt"
	"maps"
	"reflect"
	"slices"
	"strings"
	"testing"

	"github.com/cidrplan/terraform-provider-cidrplan/internal/allocate"
	"github.com/cidrplan/terraform-provider-cidrplan/internal/messages"
	"github.com/cidrplan/terraform-provider-cidrplan/internal/profile"
	"github.com/cidrplan/terraform-provider-cidrplan/internal/topology"
	"github.com/cidrplan/terraform-provider-cidrplan/internal/values"
)

// problemStory is a configuration that brings a problem, and what was applied before it.
type problemStory struct {
	// title is what the summary of its message begins with, variant reports stories of one title apart.
	title, variant string
	was, given     given
	blocks         bool
	// restored says that what was applied before comes from an imported lock.
	restored bool
	// values are what options describe and only the reader knows, by path; "added" is a range to add.
	values map[string]any
	// next is the next cluster or block, nil for one that is made from others.
	next given
	// notice is the reason why a message offers no option.
	notice string
}

func (s problemStory) String() string { return strings.TrimSuffix(s.title+", "+s.variant, ", ") }

// whole is a configuration of the story with what it does not say.
func (s problemStory) whole(g given) given {
	whole := given{"name": "k8s", "supernets": []string{"10.64.0.0/12"}, "service_supernets": []string{"172.20.0.0/14"}}
	if s.blocks {
		whole = given{"name": "net", "supernets": []string{"10.0.0.0/12"}}
	}
	maps.Copy(whole, g)
	return whole
}

// request reads a whole configuration of the story.
func (s problemStory) request(whole given) (allocate.Request, []topology.Fault) {
	if s.blocks {
		return readBlocksRequest(values.AttributesOf(blocksConfig(whole)))
	}
	return readRequest(writtenAs(allocatorArguments(profile.Default()).With(allocatorResourceArguments), whole))
}

// priorTo is what an apply of a configuration leaves.
func priorTo(r allocate.Request, result allocate.Result) *allocate.Prior {
	return &allocate.Prior{
		Name: r.Name, Facts: r.Facts, Allocations: result.Allocations, Released: result.Released, Supernets: r.AllSupernets(),
		Existing: r.Existing, Renumber: r.Renumber, Reclaim: r.Reclaim,
	}
}

// before is the prior state of the story.
func (s problemStory) before(t *testing.T) *allocate.Prior {
	t.Helper()
	if s.was == nil {
		return nil
	}
	r, unread := s.request(s.whole(s.was))
	found, result := planAndReport(s.writer(), r, unread)
	for _, m := range found {
		if !m.Warn {
			t.Fatalf("the plan before fails:\n%s", m.String())
		}
	}
	prior := priorTo(r, result)
	if s.restored {
		prior = &allocate.Prior{Allocations: result.Allocations, Profiles: result.Profiles, Imported: true}
	}
	return prior
}

func (s problemStory) writer() messages.Writer {
	return messages.Writer{Catalog: profile.Default(), OfBlocks: s.blocks}
}

// planned answers a configuration on top of a prior state.
func (s problemStory) planned(g given, prior *allocate.Prior) ([]messages.Message, allocate.Request, allocate.Result) {
	today, _ := g["today"].(string)
	r, unread := s.request(g)
	r.Prior, r.Settings.Today = prior, today
	found, result := planAndReport(s.writer(), r, unread)
	return found, r, result
}

// notices are messages that say what an option does, and are no problem of their own.
var notices = []string{
	"Ranges Released", "Cluster Is Renumbered", "Block Is Renumbered", "Ranges Appended", "Larger Pod Range for",
	"Cluster Moves With Its Ranges", "Default Service Range Assumed", "Default Pod Range Assumed",
}

// isNotice says whether a message may come with an option.
func isNotice(m messages.Message) bool {
	return m.Warn && slices.ContainsFunc(notices, func(title string) bool { return strings.HasPrefix(m.Summary, title) })
}

// What a message advises resolves it: each option of each title is followed as it is printed. The message is gone, no
// other problem or conflict comes, what others hold stays as it is, and with one more cluster or block the message does
// not come back.
func TestEveryOptionOfEveryProblemResolvesIt(t *testing.T) {
	for _, story := range problemStories() {
		t.Run(story.String(), func(t *testing.T) {
			t.Parallel()
			prior := story.before(t)
			found, _, _ := story.planned(story.whole(story.given), prior)
			at := slices.IndexFunc(found, func(m messages.Message) bool { return strings.HasPrefix(m.Summary, story.title) })
			if at < 0 {
				t.Fatalf("the message does not come, but:\n%s", all(found))
			}
			options := optionsOf(found[at].Detail)
			if (len(options) == 0) != (story.notice != "") {
				t.Errorf("%d options, and the notice %q:\n%s", len(options), story.notice, found[at].Detail)
			}
			for _, option := range options {
				story.try(t, option, found[at], found, prior)
			}
		})
	}
}

// try follows one option with all its choices.
func (s problemStory) try(t *testing.T, option string, m messages.Message, before []messages.Message, prior *allocate.Prior) {
	t.Helper()
	now, later, twice := strings.Cut(option, ", and apply. Then ")
	f := follower{t, s}
	about, _, _ := strings.Cut(m.Detail, "\n\n")
	about = m.At.String() + about + option
	others := slices.DeleteFunc(slices.Clone(before), func(o messages.Message) bool { return o.String() == m.String() })
	for i, g := range f.follow(s.whole(s.given), now) {
		what := fmt.Sprintf("%s (choice %d)", option, i)
		next := s.resolved(t, what, g, others, prior, about)
		if twice {
			for _, g := range f.follow(g, later) {
				s.resolved(t, what+", second plan", g, others, next, about)
			}
			continue
		}
		s.resolved(t, what+", next edit", s.andNext(g), others, next, about)
	}
}

// resolved wants a configuration to be planned without the message, and returns the state after it.
func (s problemStory) resolved(
	t *testing.T,
	what string,
	g given,
	others []messages.Message,
	prior *allocate.Prior,
	about string,
) *allocate.Prior {
	t.Helper()
	found, r, result := s.planned(g, prior)
	known := map[string]bool{}
	for _, o := range others {
		known[o.Summary+o.At.String()] = true
	}
	for _, m := range found {
		if m.At.String() == `blocks["next"].cidr` && m.Warn {
			continue // it is pinned outside of the supernets, which have no room by design
		}
		if !isNotice(m) && !known[m.Summary+m.At.String()] {
			t.Errorf("after %s there is:\n%s", what, m.String())
		}
	}
	for name, was := range priorAllocations(prior) {
		now, holds := result.Allocations[name]
		_, declared := r.Facts.Clusters[name]
		if declared && !strings.Contains(about, fmt.Sprintf("%q", name)) && (!holds || !reflect.DeepEqual(was.Ranges, now.Ranges)) {
			t.Errorf("after %s %q has %+v in place of %+v", what, name, now.Ranges, was.Ranges)
		}
	}
	return priorTo(r, result)
}

func priorAllocations(prior *allocate.Prior) map[string]allocate.Allocation {
	if prior == nil {
		return nil
	}
	return prior.Allocations
}

// andNext is a configuration with one more cluster or block.
func (s problemStory) andNext(g given) given {
	what, next := "clusters", s.next
	if s.blocks {
		what = "blocks"
	}
	if next == nil && s.blocks {
		next = given{"prefix_length": int64(28)}
	}
	if next == nil {
		g = setAt(g, `vpcs["next"]`, given{"platform": "alicloud", "cidr_blocks": []string{"192.168.0.0/16"}})
		next = given{"vpc": "next", "profile": "ack-flannel", "max_nodes": int64(1), "max_services": int64(100), "pods_per_node": int64(16)}
	}
	return setAt(g, what+`["next"]`, next)
}
