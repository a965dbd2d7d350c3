package messages

import (
	"slices"
	"strings"
	"testing"

	"github.com/cidrplan/terraform-provider-cidrplan/internal/allocate"
	"github.com/cidrplan/terraform-provider-cidrplan/internal/profile"
	"github.com/cidrplan/terraform-provider-cidrplan/internal/topology"
)

// Each kind of fact has a reason of its own, and something to write that is not the computed attribute.
func TestHintsOnUnknownFacts(t *testing.T) {
	for at, want := range map[string][2]string{
		`vpcs["prod"].cidr_blocks`: {
			"secondary_cidrs of huaweicloud_vpc, assistant_cidrs of tencentcloud_vpc",
			"a local that both",
		},
		`sites["idc"].cidr_blocks`: {"secondary_cidrs", "a local that both"},
		`vpcs["prod"].ipv6_cidr_blocks`: {
			"the cloud chooses IPv6 ranges",
			"Leave the argument out until the network exists",
		},
		`vpcs["prod"].advertised_cidrs`:          {"a computed attribute of a resource that does not exist yet", "a local that both"},
		`vpcs["prod"].routes`:                    {"a data source of routes", "Declare the routes as literals"},
		`vpcs["prod"].routes["vpn"].destination`: {"a data source that is read during apply", "a local that both"},
		`vpcs["prod"].routes["vpn"].next_hop`:    {"a data source of routes", "Declare the routes as literals"},
		`vpcs["prod"].subnets`:                   {"the keys of the map are IDs", "Write the keys as literals"},
		`vpcs["prod"].hubs`:                      {"the id of a cloud resource is used as a name", "the name that is declared here"},
		`vpcs["prod"].name`:                      {"the id of a cloud resource is used as a name", "the name that is declared here"},
		`vpcs["prod"]`:                           {"a whole object of a data source or module", "with attributes that you write"},
		`vpcs`:                                   {"the keys of the map are IDs", "Write the keys as literals"},
		`clusters`:                               {"the keys of the map are IDs", "Write the keys as literals"},
		`declare.hubs`:                           {"the keys of the map are IDs", "Write the keys as literals"},
		`declare.vpcs["prod"].hubs`:              {"the id of a cloud resource is used as a name", "the name that is declared here"},
		`blocks`:                                 {"the keys of the map are IDs", "Write the keys as literals"},
		`clusters["shop"].vpc`:                   {"the id of a cloud resource is used as a name", "the name that is declared here"},
		`clusters["shop"].pod_cidrs`: {
			"container_network_cidr of huaweicloud_cce_cluster",
			"Remove the argument where cidrplan chooses",
		},
		`clusters["shop"].max_nodes`:                   {"a computed attribute", "Write a literal"},
		`blocks["a"].addresses`:                        {"a computed attribute", "a local that both"},
		`existing["shop"].service_cidr`:                {"container_network_cidr", "a literal for a cluster that exists"},
		`reserved["later"].cidr`:                       {"a computed attribute", "a local that both"},
		`supernets`:                                    {"a computed attribute", "a local that both"},
		`pools["edge"].supernets`:                      {"a computed attribute", "a local that both"},
		`foreign_claims`:                               {"terraform_remote_state", "nothing but literals, variables and locals"},
		`foreign_claims["a/pod/10.0.0.0/16"].kind`:     {"terraform_remote_state", "nothing but literals, variables and locals"},
		`foreign_claims["network/pod/10.0.0.0/8"].vrf`: {"the id of a cloud resource is used as a name", "the name that is declared here"},
	} {
		text := WhyUnknown([]topology.Path{pathOf(at)})
		for _, part := range append(want[:], "  - "+pathOf(at).String()+": ", "-target=ADDRESS") {
			if !strings.Contains(text, part) {
				t.Errorf("%s: want %q in\n%s", at, part, text)
			}
		}
	}
}

// Where the ledger alone is not known, no resource of a cloud has to be created first.
func TestHintsOnTheLedger(t *testing.T) {
	text := WhyUnknown([]topology.Path{pathOf("ledger")})
	if !strings.Contains(text, "the database role may not hold ranges") || !strings.HasSuffix(text, "by the PG* environment variables.") {
		t.Error(text)
	}
	if text := WhyUnknown([]topology.Path{pathOf("ledger"), pathOf("vpcs")}); !strings.Contains(text, "-target=ADDRESS") {
		t.Error(text)
	}
}

// Facts of one kind are one line, in the order of the facts.
func TestHintsOfOneKindAreOneLine(t *testing.T) {
	text := WhyUnknown([]topology.Path{pathOf(`vpcs["a"].cidr_blocks`), pathOf(`vpcs["b"].hubs`), pathOf(`vpcs["b"].cidr_blocks`)})
	if strings.Count(text, "\n  - ") != 2 || !strings.Contains(text, `  - vpcs["a"].cidr_blocks, vpcs["b"].cidr_blocks: `) {
		t.Errorf("got\n%s", text)
	}
}

// Every message on facts that are unknown at plan names them, says why they likely are, and what to write.
func TestEveryMessageOnUnknownFactsHelps(t *testing.T) {
	p := Writer{Catalog: profile.Default()}
	blocks := pathOf(`vpcs["prod"].cidr_blocks`)
	growth := topology.Fault{
		At:      pathOf(`clusters["shop"].max_nodes`),
		Problem: allocate.GrowthPostponed{Cluster: "shop", Unknown: []topology.Path{blocks}},
	}
	for summary, test := range map[string]struct {
		messages []Message
		texts    []string
	}{
		"Facts Known Only After Apply": {
			p.deferred(allocate.Result{Unknown: []topology.Path{blocks}, Deferred: []string{"shop"}}),
			[]string{`vpcs["prod"].cidr_blocks: secondary_cidrs of huaweicloud_vpc`, inLocal},
		},
		"Growth Depends on Facts Known Only After Apply": {
			p.FaultMessages([]topology.Fault{growth}),
			[]string{`vpcs["prod"].cidr_blocks: secondary_cidrs of huaweicloud_vpc`, inLocal, "Plan again after these facts are known"},
		},
		"Names Known Only After Apply: hubs": {
			unchecked([]topology.Unchecked{{Map: pathOf("hubs"), Names: []topology.Named{{At: pathOf(`vpcs["prod"].hubs`), Name: "cen"}}}}),
			[]string{`hubs: the keys of the map are IDs`, "Write the keys as literals"},
		},
	} {
		if len(test.messages) != 1 || test.messages[0].Summary != summary {
			t.Errorf("%s: got %v", summary, test.messages)
			continue
		}
		for _, want := range append(test.texts, "-target=ADDRESS") {
			if !strings.Contains(test.messages[0].Detail, want) {
				t.Errorf("%s: want %q in\n%s", summary, want, test.messages[0].Detail)
			}
		}
	}
	if slices.ContainsFunc(hints, func(h hint) bool { return h.why == "" || h.instead == "" || len(h.of) == 0 }) {
		t.Error("a hint is empty")
	}
}
