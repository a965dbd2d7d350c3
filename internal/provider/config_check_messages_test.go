package provider

import (
	"net/netip"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

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

// tellBoth registers two allocators, with what they had before, and returns what the second brings.
func tellBoth(t *testing.T, one, other allocate.Request, before bool) messages.Message {
	t.Helper()
	p := messages.Writer{Catalog: profile.Default()}
	net := conflict.NewConfigCheck(p.Catalog)
	var found []conflict.Finding
	for _, request := range []allocate.Request{one, other} {
		now, was := conflict.Registration{Facts: request.Facts}, conflict.Registration{}
		if before {
			was = now
		}
		found = net.Register(conflict.Origin{Kind: conflict.Allocator, Name: request.Name}, now, was, conflict.Settings{})
	}
	if len(found) != 1 {
		t.Fatalf("%d findings", len(found))
	}
	m, _ := newSession(p.Catalog).unwired(p, found[0])
	return m
}

func TestMessagesOfTheNetAreAsWritten(t *testing.T) {
	for name, test := range map[string]struct {
		one, other allocate.Request
		before     bool
		want       messages.Message
	}{
		"two ranges that were there": {region("east", "a", "172.16.0.0/24", "10.64.0.0/20"),
			region("west", "b", "172.16.1.0/24", "10.64.8.0/21"), true, messages.Message{
				Warn: true, Summary: `Outside of Any Allocator: Pod range 10.64.0.0/20 of cluster "east" overlaps Pod range 10.64.8.0/21 ` +
					`of cluster "west"`,
				Detail: `Pod range 10.64.0.0/20 of cluster "east", of cidrplan_allocator "east", and Pod range 10.64.8.0/21 of cluster "west", of cidrplan_allocator "west", share 10.64.8.0/21; both networks are attached to hub "cen". No allocator planned so far knows both ranges. An allocator that receives both reports this conflict itself.

Effect: each cluster treats the address as its own, so the packet never leaves the cluster. One route table cannot hold the routes to both ranges.

To resolve, do one of the following:
  - Use another range, which rebuilds what uses them: in cidrplan_allocator "east", set clusters["east"].pod_cidrs[0] to addresses outside of 10.64.8.0/21; in cidrplan_allocator "east", set renumber["east"] to a new token
  - Use another range, which rebuilds what uses them: in cidrplan_allocator "west", set clusters["west"].pod_cidrs[0] to addresses outside of 10.64.0.0/20; in cidrplan_allocator "west", set renumber["west"] to a new token
  - If the networks do not need to reach each other, disconnect them: in cidrplan_allocator "east", remove "cen" from vpcs["a"].hubs
  - If the networks do not need to reach each other, disconnect them: in cidrplan_allocator "west", remove "cen" from vpcs["b"].hubs
  - Accept the conflict: in cidrplan_allocator "east", accepted_conflicts = { "pod_overlaps_peer_pod|10.64.8.0/21|east+west" = { reason = "<why>" } }

This conflict existed before this change, so it does not stop the plan.

Rule: pod_overlaps_peer_pod (error). Pod ranges of clusters in connected VPCs must not overlap.
Source: Plan CIDR blocks for an ACK cluster (Alibaba Cloud), https://alibabacloud.com/help/en/container-service-for-kubernetes/latest/network-plan-cidr-blocks-for-an-ack-cluster
Declared in: clusters["east"].pod_cidrs[0] of cidrplan_allocator "east", clusters["west"].pod_cidrs[0] of cidrplan_allocator "west"`,
			}},
		"two networks of one name": {region("east", "main", "172.16.0.0/24", "10.64.0.0/20"),
			region("west", "main", "172.16.1.0/24", "10.65.0.0/20"), false, messages.Message{
				Warn: true, Summary: `Two Networks Have the Same Name: "main"`,
				Detail: `VPC "main" with 172.16.0.0/24, of cidrplan_allocator "east", and VPC "main" with 172.16.1.0/24, of cidrplan_allocator "west", have the same name and different blocks, so it is unclear which of them a cluster, a peer or a route refers to.

Effect: a reference to the name can mean either network, so clusters may be planned against the wrong blocks.

To resolve, do one of the following:
  - If both are the same network, use the same blocks in both: in cidrplan_allocator "west", set vpcs["main"].cidr_blocks = ["172.16.0.0/24"]
  - If both are the same network, use the same blocks in both: in cidrplan_allocator "east", set vpcs["main"].cidr_blocks = ["172.16.1.0/24"]
  - If they are two networks, rename one of them: in cidrplan_allocator "east", rename vpcs["main"] to "main-2", also where others refer to it
  - If they are two networks, rename one of them: in cidrplan_allocator "west", rename vpcs["main"] to "main-2", also where others refer to it

Rule: two_networks_of_one_name (error). A name means one network in the whole configuration, wherever it is declared.
Declared in: vpcs["main"].cidr_blocks of cidrplan_allocator "east", vpcs["main"].cidr_blocks of cidrplan_allocator "west"`,
			}},
	} {
		t.Run(name, func(t *testing.T) {
			places := map[string]bool{}
			for _, both := range [][2]allocate.Request{{test.one, test.other}, {test.other, test.one}} {
				m := tellBoth(t, both[0], both[1], test.before)
				places[m.At.String()] = true
				m.At = nil
				if diff := cmp.Diff(test.want, m, cmp.AllowUnexported(messages.Message{})); diff != "" {
					t.Errorf("-want +got:\n%s", diff)
				}
			}
			if name != "two networks of one name" && len(places) != 2 {
				t.Errorf("reported at %v, want the place of whoever comes last", places)
			}
		})
	}
}

// blocksNamed is a block main with a range and a description.
func blocksNamed(name, held string) allocate.Request {
	request, _ := readBlocksRequest(writtenAs(blocksArguments(profile.Default()).With(blocksResourceArguments), map[string]any{
		"name": name, "supernets": []string{"10.0.0.0/8"},
		"blocks": map[string]any{"main": map[string]any{"cidr": held, "description": "of " + name}},
	}))
	return request
}

func TestMessagesBetweenBlocksAreAsWritten(t *testing.T) {
	p := messages.Writer{Catalog: profile.Default(), Blocks: true}
	want := messages.Message{
		Summary: `Conflict Between Blocks: Block "main" (10.0.0.0/16) overlaps block "main" (10.0.0.0/20)`,
		At:      topology.Path{}.Attr("blocks").Key("main").Attr("cidr"),
		Detail: `Block "main" (10.0.0.0/16) (of east), of cidrplan_blocks "east", and block "main" (10.0.0.0/20) (of west), of cidrplan_blocks "west", share 10.0.0.0/20, and neither was allocated from the other.

Effect: two networks use the same addresses and cannot be connected.

To resolve, do one of the following:
  - Use another range: in cidrplan_blocks "east", set blocks["main"].cidr to addresses outside of 10.0.0.0/20
  - Use another range: in cidrplan_blocks "west", set blocks["main"].cidr to addresses outside of 10.0.0.0/16
  - If the smaller block is a part of the larger one, allocate it from that one: in cidrplan_blocks "west", set supernets = ["10.0.0.0/16"]
  - If the two networks are never connected, set a separate VRF: in cidrplan_blocks "west", set vrf = "west"
  - Accept the conflict: in cidrplan_blocks "east", accepted_conflicts = { "block_overlaps_block|10.0.0.0/20|main@blocks/east+main@blocks/west" = { reason = "<why>" } }

Rule: block_overlaps_block (error). Each block is allocated for one use only.
Declared in: blocks["main"].cidr of cidrplan_blocks "east", blocks["main"].cidr of cidrplan_blocks "west"`,
	}
	one, other := blocksNamed("east", "10.0.0.0/16"), blocksNamed("west", "10.0.0.0/20")
	for _, both := range [][]allocate.Request{{one, other}, {other, one}} {
		s := newSession(p.Catalog)
		var reported []messages.Message
		for _, request := range both {
			reported = s.registerPlanner(p, request, allocate.Plan(request, p.Catalog))
		}
		if diff := cmp.Diff(diagnostics([]messages.Message{want}), diagnostics(reported)); diff != "" {
			t.Errorf("-want +got:\n%s", diff)
		}
	}
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
		held          conflict.Origin
		owner         conflict.OwnerKind
		want, without []string
	}{
		"of an allocator beside an allocator": {
			conflict.Pod, conflict.Origin{Kind: conflict.Allocator, Name: "b"}, conflict.ClusterOwner,
			[]string{
				`If both are the same: in cidrplan_allocator "b", rename existing["old"] to "x"`,
				`in cidrplan_allocator "b", remove existing["old"]`,
			}, nil,
		},
		"of blocks beside blocks": {
			conflict.Block, conflict.Origin{Kind: conflict.Blocks, Name: "b"}, conflict.BlockOwner,
			[]string{`rename existing["old"] to "x"`, `in cidrplan_blocks "b", remove existing["old"]`}, nil,
		},
		"of an allocator beside blocks": {
			conflict.Block, conflict.Origin{Kind: conflict.Allocator, Name: "b"}, conflict.ClusterOwner,
			[]string{`in cidrplan_allocator "b", remove existing["old"]`}, []string{"rename"},
		},
	} {
		party := conflict.Claim{Owner: "x", Kind: test.kind, Range: netip.MustParsePrefix("10.64.0.0/20"), At: at("clusters", "x")}
		from := conflict.Origin{Kind: conflict.Allocator, Name: "a"}
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
