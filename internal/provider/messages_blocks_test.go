package provider

import (
	"fmt"
	"maps"
	"slices"
	"strings"
	"testing"

	"github.com/hashicorp/terraform-plugin-go/tftypes"

	"github.com/cidrplan/terraform-provider-cidrplan/internal/allocate"
	"github.com/cidrplan/terraform-provider-cidrplan/internal/messages"
	"github.com/cidrplan/terraform-provider-cidrplan/internal/profile"
	"github.com/cidrplan/terraform-provider-cidrplan/internal/topology"
	"github.com/cidrplan/terraform-provider-cidrplan/internal/values"
)

// wrongBlocks are configurations of blocks with everything that a message can be about. was is what was
// applied before, nil where nothing was; restored says that its allocations came from a lock.
var wrongBlocks = []struct {
	story      string
	was, given given
	restored   bool
}{
	{story: "arguments that cannot be read", given: given{
		"blocks":   given{"odd": pin("10.0.0.65/26"), "a b": given{"prefix_length": int64(24)}, "host": given{"addresses": int64(0)}},
		"reserved": given{"later": given{}}, "existing": given{"old": given{}}, "vrf": "a|b",
	}},
	{story: "sizes that nobody can have", given: given{"blocks": given{
		"both": with(pin("10.0.0.64/26"), "addresses", int64(3)), "long": given{"prefix_length": int64(129)},
		"six": with(pin("10.0.0.0/26"), "ip_family", "ipv6"), "named": given{"prefix_length": int64(24), "previous_names": []string{"six"}},
	}}},
	{story: "no room in the supernets", given: given{
		"supernets": []string{"10.0.0.0/24"}, "reserved": given{"later": with(pin("10.0.0.0/26"), "description", "load balancers")},
		"existing": given{"old": given{"block": "old", "cidr": "10.0.0.128/26"}, "gone": pin("10.0.0.192/27")},
		"foreign_claims": given{
			"a": given{"owner": "shop", "kind": "pod", "cidr": "10.0.0.64/26", "allocator": "k8s"},
			"b": given{"owner": "old", "kind": "released", "cidr": "10.0.0.224/28", "allocator": "blocks/team-b"},
		},
		"blocks": given{
			"wide":  given{"prefix_length": int64(23)},
			"whole": given{"prefix_length": int64(24)},
			"six":   given{"prefix_length": int64(64)},
			"far":   pin("192.168.0.0/24"),
			"bare":  given{},
			"many":  given{"addresses": int64(65533), "platform": "alicloud"},
		},
	}},
	{
		story: "supernets that no network can use",
		given: given{"supernets": []string{"127.0.0.0/16"}, "blocks": given{"link": given{"prefix_length": int64(24)}}},
	},
	{story: "several blocks with one fault", given: given{
		"supernets": []string{
			"10.0.0.0/12",
			"169.254.0.0/16",
		}, "reserved": given{"later": with(pin("10.0.0.0/20"), "description", "load balancers")},
		"blocks": given{
			"link": pin("169.254.1.0/24"), "local": pin("169.254.2.0/24"), "web": pin("10.0.0.0/24"), "db": pin("10.0.1.0/24"),
			"mirror": pin(
				"10.1.0.0/24",
			), "copy": pin("10.1.0.0/24"), "clone": pin("10.1.0.0/24"), "outer": pin("10.2.0.0/16"), "in": pin("10.2.0.0/24"),
			"inner": pin("10.2.1.0/24"),
		},
	}},
	{story: "edits of blocks that hold ranges",
		was: given{"blocks": given{
			"apps": given{
				"addresses": int64(500),
				"platform":  "alicloud",
			}, "dmz": given{"prefix_length": int64(24)}, "pin": pin("10.0.200.0/24"), "gone": given{"prefix_length": int64(26)},
			"kept": given{
				"prefix_length": int64(25),
			}, "moved": given{"prefix_length": int64(25)}, "stays": given{"prefix_length": int64(25)},
			"fixed": given{"prefix_length": int64(25)},
		}},
		given: given{
			"blocks": given{
				"apps": given{
					"addresses": int64(509),
					"platform":  "alicloud",
				}, "dmz": given{"prefix_length": int64(23)}, "pin": pin("10.0.201.0/24"),
				"moved": given{
					"prefix_length": int64(25),
				}, "stays": given{"prefix_length": int64(25)}, "fixed": given{"prefix_length": int64(25)},
				"new": given{"prefix_length": int64(26)},
			},
			"existing": given{"stays": pin("10.0.99.0/25")}, "renumber": given{"moved": "monday", "fixed": "monday"},
			"prevent_release": []string{"kept", "fixed", "none"},
		}},
	{
		story: "a block that nobody declares is to be renumbered",
		given: given{"blocks": given{"web": given{"prefix_length": int64(24)}}, "renumber": given{"wed": "monday"}},
	},
	{story: "blocks that are released and renumbered",
		was: given{
			"blocks": given{
				"gone":  given{"prefix_length": int64(26)},
				"left":  given{"prefix_length": int64(24)},
				"moved": given{"prefix_length": int64(25)},
			},
		},
		given: given{
			"blocks": given{
				"moved": given{"prefix_length": int64(25)},
				"new":   given{"prefix_length": int64(26)},
			}, "renumber": given{"moved": "monday"}, "reclaim": []string{"nobody"},
			"accepted_conflicts": given{"block_overlaps_block|10.0.0.0/24|a+b": given{"reason": "was there"}},
		}},
	{story: "new facts that meet what is held",
		was: given{
			"blocks": given{
				"dmz": given{"prefix_length": int64(24)},
				"web": given{"prefix_length": int64(24)},
				"lab": given{"prefix_length": int64(24)},
			},
		},
		given: given{
			"supernets": []string{
				"10.1.0.0/16",
			}, "reserved": given{"extra": pin("10.0.0.0/25")}, "foreign_claims": given{
				"a": given{"owner": "shop", "kind": "pod", "cidr": "10.0.1.0/28", "network": "prod", "allocator": "k8s"},
			},
			"blocks": given{
				"dmz": given{"prefix_length": int64(24)},
				"web": given{"prefix_length": int64(24)},
				"lab": given{"prefix_length": int64(24)},
			},
		}},
	{story: "allocations that were restored", restored: true,
		was:   given{"blocks": given{"dmz": given{"prefix_length": int64(24)}}},
		given: given{"blocks": given{"dmz": given{"prefix_length": int64(24)}, "new": given{"prefix_length": int64(24)}}}},
	{story: "supernets of several workspaces", given: given{
		"supernets": []string{"10.0.0.0/16", "10.1.0.0/16", "10.2.0.0/16", "10.3.0.0/16"}, "blocks": given{},
		"foreign_claims": given{
			"inside": given{
				"owner":     "team-b",
				"kind":      "supernet",
				"cidr":      "10.0.16.0/20",
				"allocator": "blocks/team-b",
			}, "around": given{"owner": "team-c", "kind": "supernet", "cidr": "10.0.0.0/15", "allocator": "blocks/team-c"},
			"same": given{
				"owner":     "team-d",
				"kind":      "supernet",
				"cidr":      "10.2.0.0/16",
				"allocator": "blocks/team-d",
			}, "nobody's": given{"owner": "old", "kind": "supernet", "cidr": "10.3.0.0/17"},
		},
	}},
	{story: "what other workspaces hold, keep, reserve and released", given: given{
		"blocks": given{
			"a": pin("10.0.0.0/24"),
			"b": pin("10.1.0.0/24"),
			"c": pin("10.2.0.0/16"),
			"d": pin("10.3.0.0/16"),
			"e": pin("10.4.0.0/24"),
			"f": pin("10.5.0.0/24"),
			"g": pin("10.6.0.0/24"),
			"h": pin("10.6.0.0/24"),
			"i": pin("10.7.0.0/24"),
			"j": pin("10.8.0.0/24"),
			"k": pin("10.9.0.0/24"),
			"l": pin("10.10.0.0/24"),
		},
		"foreign_claims": given{
			"a": given{
				"owner":       "old",
				"kind":        "released",
				"cidr":        "10.0.0.0/20",
				"allocator":   "blocks/team-b",
				"description": "moved out",
			},
			"b": given{"owner": "later", "kind": "reserved", "cidr": "10.1.0.0/20", "allocator": "blocks/team-b"},
			"c": given{"owner": "web", "kind": "block", "cidr": "10.2.0.0/24", "allocator": "blocks/team-b"},
			"d1": given{
				"owner":     "shop",
				"kind":      "pod",
				"cidr":      "10.3.0.0/20",
				"network":   "prod",
				"allocator": "k8s",
			}, "d2": given{"owner": "data", "kind": "pod", "cidr": "10.3.16.0/20", "network": "prod", "allocator": "k8s"},
			"e": given{
				"owner": "dba",
				"cidr":  "10.4.0.0/25",
			}, "f": given{"owner": "shop", "kind": "service", "cidr": "10.5.0.0/25", "network": "prod", "allocator": "k8s"},
			"g": given{
				"owner":     "shop",
				"kind":      "pod",
				"cidr":      "10.6.0.0/24",
				"network":   "prod",
				"allocator": "k8s",
			}, "h": given{"owner": "data", "kind": "pod", "cidr": "10.6.0.0/24", "network": "prod", "allocator": "k8s"},
			"i": given{
				"owner":     "old",
				"kind":      "released",
				"cidr":      "10.7.0.0/25",
				"allocator": "blocks/team-b",
			}, "j": given{
				"owner":     "data",
				"kind":      "released",
				"cidr":      "10.8.0.0/24",
				"allocator": "k8s",
			}, "k": given{"owner": "shop", "kind": "existing", "cidr": "10.9.0.0/24", "allocator": "k8s"},
			"l": given{
				"owner": "gone",
				"kind":  "released",
				"cidr":  "10.10.0.0/24",
			}, "i2": given{"owner": "older", "kind": "released", "cidr": "10.7.0.128/25", "allocator": "blocks/team-c"},
		},
	}},
	{story: "facts that are not known yet", given: given{
		"reserved": given{"unknown": given{"cidr": unset{}}}, "blocks": given{"web": given{"prefix_length": int64(24)}},
	}},
}

// readBlocks reads a configuration of blocks with all its arguments.
func readBlocks(edits given) (allocate.Request, []topology.Fault) {
	whole := given{"name": "net", "supernets": []string{"10.0.0.0/12"}}
	maps.Copy(whole, edits)
	return readBlocksRequest(values.AttributesOf(blocksConfig(whole)))
}

func blocksConfig(whole given) tftypes.Value {
	return mutatedObject(nil, blocksArguments(profile.Default()).With(blocksResourceArguments), whole, never)
}

// reportsOfWrongBlocks is all that is said of them.
func reportsOfWrongBlocks() string {
	p := messages.Writer{Catalog: profile.Default(), OfBlocks: true}
	var b strings.Builder
	for _, sin := range wrongBlocks {
		request, unread := readBlocks(sin.given)
		if sin.was != nil {
			was, _ := readBlocks(sin.was)
			held := allocate.Plan(was, p.Catalog)
			request.Prior = &allocate.Prior{
				Facts: was.Facts, Supernets: was.AllSupernets(), Existing: was.Existing, Allocations: held.Allocations,
				Imported: sin.restored,
			}
		}
		fmt.Fprintf(&b, "######## blocks: %s\n\n", sin.story)
		found, _ := planAndReport(p, request, unread)
		b.WriteString(all(found))
	}
	return b.String()
}

// reportsOfAudit are the messages of an audit of two workspaces that allocate blocks from one supernet.
func reportsOfAudit() string {
	p := messages.Writer{Catalog: profile.Default()}
	request, _ := readRequest(values.AttributesOf(mutatedObject(nil, auditArguments(p.Catalog), given{"foreign_claims": given{
		"net":   given{"owner": "net", "kind": "supernet", "cidr": "10.0.0.0/12", "allocator": "blocks/net"},
		"dmz":   given{"owner": "dmz", "kind": "block", "cidr": "10.1.0.0/24", "allocator": "blocks/net", "description": "DMZ"},
		"old":   given{"owner": "old", "kind": "released", "cidr": "10.2.0.0/16", "allocator": "blocks/net"},
		"grows": given{"owner": "shop", "kind": "kept", "cidr": "10.3.0.0/16", "network": "prod", "allocator": "k8s"},
		"team":  given{"owner": "team-b", "kind": "supernet", "cidr": "10.0.0.0/14", "allocator": "blocks/team-b"},
		"lab":   given{"owner": "lab", "kind": "block", "cidr": "10.1.0.0/25", "allocator": "blocks/team-b"},
		"web":   given{"owner": "web", "kind": "block", "cidr": "10.2.0.0/24", "allocator": "blocks/team-b"},
		"db":    given{"owner": "db", "kind": "block", "cidr": "10.3.0.0/24", "allocator": "blocks/team-b"},
	}}, never)))
	rows := p.AuditRows(allocate.Audit(request, topology.WhatIf{}, p.Catalog))
	var b strings.Builder
	b.WriteString("######## an audit of two workspaces that have blocks\n\n")
	for _, key := range slices.Sorted(maps.Keys(rows)) {
		fmt.Fprintf(&b, "%s: %s\n\n%s\n\n", key, rows[key].Level, rows[key].Text)
	}
	return b.String()
}

// What is reported of blocks speaks of blocks: no cluster or allocator is named but by those of other workspaces.
func TestMessagesOnBlocksSpeakOfBlocks(t *testing.T) {
	theirs := strings.NewReplacer(`cluster "shop"`, "", `cluster "data"`, "", `allocator "k8s"`, "", "nodes of that cluster treat", "",
		"from the cluster.", "")
	for _, line := range strings.Split(theirs.Replace(reportsOfWrongBlocks()), "\n") {
		for _, word := range []string{"cluster", "Cluster", "allocator", "Allocator", "platform takes", "node"} {
			if strings.Contains(line, word) {
				t.Errorf("blocks are no %ss: %s", word, line)
			}
		}
	}
}
