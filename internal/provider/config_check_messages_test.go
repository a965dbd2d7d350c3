package provider

import (
	"fmt"
	"maps"
	"net/netip"
	"slices"
	"strings"
	"testing"

	"github.com/cidrplan/terraform-provider-cidrplan/internal/allocate"
	"github.com/cidrplan/terraform-provider-cidrplan/internal/conflict"
	"github.com/cidrplan/terraform-provider-cidrplan/internal/messages"
	"github.com/cidrplan/terraform-provider-cidrplan/internal/profile"
	"github.com/cidrplan/terraform-provider-cidrplan/internal/topology"
)

// region is an allocator with a VPC and a pinned cluster, all on one hub.
func region(name, vpc, block, pods string) allocate.Request {
	catalog := profile.Default()
	request, _ := readRequest(writtenAs(allocatorArguments(catalog).With(allocatorResourceArguments), map[string]any{
		"name": name, "supernets": []string{"10.64.0.0/12"}, "hubs": map[string]any{"cen": map[string]any{}},
		"vpcs": map[string]any{
			vpc: map[string]any{
				"platform":    "alicloud",
				"cidr_blocks": []string{block},
				"hubs":        []string{"cen"},
				"description": "of " + name,
			},
		},
		"clusters": map[string]any{
			name: pinned(vpc, "ack-flannel", pods, map[string]string{"east": "172.20.0.0/24", "west": "172.20.1.0/24"}[name]),
		},
	}))
	return request
}

// reportedLast plans two allocators or two blocks, with what they had before or without, and returns what the second is reported.
func reportedLast(t *testing.T, one, other allocate.Request, before bool) messages.Message {
	t.Helper()
	p := messages.Writer{Catalog: profile.Default(), OfBlocks: len(one.Facts.VPCs) == 0}
	s := newSession(p.Catalog)
	var found []messages.Message
	for _, request := range []allocate.Request{one, other} {
		result := allocate.Plan(request, p.Catalog)
		if before {
			request.Prior = &allocate.Prior{
				Name: request.Name, Facts: request.Facts, Allocations: result.Allocations, Supernets: request.AllSupernets(),
			}
		}
		found = s.registerPlanner(p, request, result)
	}
	if len(found) != 1 {
		t.Fatalf("%d messages: %s", len(found), all(found))
	}
	return found[0]
}

// Whichever of two planners is planned last, the message is the same, at a place of that one.
func TestMessagesOfTheWholeConfigurationAreAsWritten(t *testing.T) {
	var text strings.Builder
	for _, story := range []struct {
		name       string
		one, other allocate.Request
		before     bool
		places     int
	}{
		{
			"two ranges that were there",
			region("east", "a", "172.16.0.0/24", "10.64.0.0/20"), region("west", "b", "172.16.1.0/24", "10.64.8.0/21"), true, 2,
		},
		{
			"two networks of one name",
			region("east", "main", "172.16.0.0/24", "10.64.0.0/20"), region("west", "main", "172.16.1.0/24", "10.65.0.0/20"), false, 1,
		},
		{"two blocks on the same addresses", blocksNamed("east", "10.0.0.0/16"), blocksNamed("west", "10.0.0.0/20"), false, 1},
	} {
		places, texts := map[string]bool{}, map[string]bool{}
		for _, both := range [][2]allocate.Request{{story.one, story.other}, {story.other, story.one}} {
			m := reportedLast(t, both[0], both[1], story.before)
			places[m.At.String()] = true
			m.At = nil
			texts[m.String()] = true
		}
		if len(places) != story.places || len(texts) != 1 {
			t.Errorf("%s: reported at %v, want %d places and one text, got %v", story.name, places, story.places, texts)
		}
		fmt.Fprintf(&text, "######## %s\n\n%s\n", story.name, slices.Sorted(maps.Keys(texts))[0])
	}
	wantWritten(t, "testdata/config_check.golden", text.String())
}

// blocksNamed is a block main with a range and a description.
func blocksNamed(name, held string) allocate.Request {
	request, _ := readBlocksRequest(writtenAs(blocksArguments(profile.Default()).With(blocksResourceArguments), map[string]any{
		"name": name, "supernets": []string{"10.0.0.0/8"},
		"blocks": map[string]any{"main": map[string]any{"cidr": held, "description": "of " + name}},
	}))
	return request
}

// Options for a range that existing of another planner names say which entry it is, and what else it may mean.
func TestOptionsForWhatExistingOfAnotherPlannerNames(t *testing.T) {
	p := messages.Writer{Catalog: profile.Default()}
	at := func(root, name string) topology.Path { return topology.Path{}.Attr(root).Key(name) }
	held := conflict.Claim{
		Owner:  "old",
		Kind:   conflict.Existing,
		Source: conflict.Adopted,
		Range:  netip.MustParsePrefix("10.64.0.0/16"),
		At:     at("existing", "old"),
	}
	for name, test := range map[string]struct {
		kind          conflict.Kind
		held          topology.Origin
		owner         conflict.OwnerKind
		want, without []string
	}{
		"of an allocator beside an allocator": {
			conflict.Pod, topology.Origin{Kind: conflict.Allocator, Name: "b"}, conflict.ClusterOwner,
			[]string{
				`If both are the same: in cidrplan_allocator "b", rename existing["old"] to "x"`,
				`in cidrplan_allocator "b", remove existing["old"]`,
			}, nil,
		},
		"of blocks beside blocks": {
			conflict.Block, topology.Origin{Kind: conflict.Blocks, Name: "b"}, conflict.BlockOwner,
			[]string{`rename existing["old"] to "x"`, `in cidrplan_blocks "b", remove existing["old"]`}, nil,
		},
		"of an allocator beside blocks": {
			conflict.Block, topology.Origin{Kind: conflict.Allocator, Name: "b"}, conflict.ClusterOwner,
			[]string{`in cidrplan_allocator "b", remove existing["old"]`}, []string{"rename"},
		},
	} {
		party := conflict.Claim{Owner: "x", Kind: test.kind, Range: netip.MustParsePrefix("10.64.0.0/20"), At: at("clusters", "x")}
		from := topology.Origin{Kind: conflict.Allocator, Name: "a"}
		if test.kind == conflict.Block {
			from.Kind = conflict.Blocks
		}
		b := held
		b.OwnerKind = test.owner
		f := conflict.Finding{
			A:       party,
			B:       &b,
			Code:    "x_overlaps_existing",
			Shared:  party.Range,
			Unwired: &conflict.Unwired{A: from, B: test.held},
		}
		f.Unwired.Options = f.UnwiredOptions()
		m := p.Unwired(f)
		for _, text := range test.want {
			if !strings.Contains(m.Detail, text) {
				t.Errorf("%s: no %q in %s", name, text, m.Detail)
			}
		}
		for _, text := range test.without {
			if strings.Contains(m.Detail, text) {
				t.Errorf("%s: %q in %s", name, text, m.Detail)
			}
		}
	}
}
