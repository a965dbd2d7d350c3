package profile_test

import (
	"testing"

	"github.com/cidrplan/terraform-provider-cidrplan/internal/profile"
)

func TestNodeBlocksOfFurtherPlatforms(t *testing.T) {
	type need = profile.Need
	type node = profile.NodeSize
	const few = "pods_per_node = 7 is outside 8 to 256, because of the platform's limits"
	tests := map[string]struct {
		profile string
		need    need
		want    node
		fault   string
	}{
		"two addresses for each Pod, 8":                  {"doubled", need{PodsPerNode: 8}, node{28, 16, 8, 0}, ""},
		"two addresses for each Pod, 9":                  {"doubled", need{PodsPerNode: 9}, node{27, 32, 16, 0}, ""},
		"two addresses for each Pod, 32":                 {"doubled", need{PodsPerNode: 32}, node{26, 64, 32, 0}, ""},
		"two addresses for each Pod, 110":                {"doubled", need{PodsPerNode: 110}, node{24, 256, 128, 0}, ""},
		"two addresses for each Pod, by default":         {"doubled", need{}, node{24, 256, 128, 0}, ""},
		"two addresses for each Pod, 129":                {"doubled", need{PodsPerNode: 129}, node{23, 512, 256, 0}, ""},
		"two addresses for each Pod, 256":                {"doubled", need{PodsPerNode: 256}, node{23, 512, 256, 0}, ""},
		"two addresses for each Pod, fewer than any":     {"doubled", need{PodsPerNode: 7}, node{}, few},
		"two addresses for each Pod, a given block":      {"doubled", need{NodeMask: 26, PodsPerNode: 32}, node{26, 64, 32, 0}, ""},
		"a given block and fewer Pods than any":          {"doubled", need{NodeMask: 26, PodsPerNode: 7}, node{26, 64, 32, 0}, few},
		"three for each Pod beside those that are lost":  {"tripled", need{PodsPerNode: 20}, node{26, 64, 20, 0}, ""},
		"three for each Pod, one more":                   {"tripled", need{PodsPerNode: 21}, node{25, 128, 41, 3}, ""},
		"three for each Pod, one more than 63 hold":      {"tripled", need{PodsPerNode: 22}, node{25, 128, 41, 0}, ""},
		"a constant block":                               {"constant", need{}, node{24, 256, 250, 0}, ""},
		"a constant block, however few Pods":             {"constant", need{PodsPerNode: 10}, node{24, 256, 250, 0}, ""},
		"a given block that is the constant one":         {"constant", need{NodeMask: 24}, node{24, 256, 250, 0}, ""},
		"a given block of a default length":              {"listed", need{NodeMask: 30}, node{30, 4, 2, 0}, ""},
		"a block of a default length":                    {"listed", need{}, node{23, 512, 510, 0}, ""},
		"a number of Pods comes before the default":      {"listed", need{PodsPerNode: 64}, node{25, 128, 126, 2}, ""},
		"a number of Pods that is not listed has a size": {"listed", need{PodsPerNode: 100}, node{25, 128, 126, 0}, ""},
		"two addresses for each Pod, in a block for half as many": {
			"doubled", need{NodeMask: 26, PodsPerNode: 33}, node{26, 64, 32, 0},
			"pods_per_node = 33 is outside 8 to 32, because node_cidr_mask = 26 holds 32",
		},
		"a constant block, more Pods than any": {
			"constant", need{PodsPerNode: 251}, node{}, "pods_per_node = 251 is outside 10 to 250, because of the platform's limits",
		},
		"a constant block, another length": {
			"constant", need{NodeMask: 25}, node{}, "node_cidr_mask = 25 is outside 24 to 24, because of the platform's limits",
		},
		"a given block with too little room": {
			"listed", need{NodeMask: 26, PodsPerNode: 110}, node{26, 64, 62, 0},
			"pods_per_node = 110 is outside 1 to 62, because node_cidr_mask = 26 holds 62",
		},
		"a given block that is too small": {
			"listed", need{NodeMask: 31}, node{}, "node_cidr_mask = 31 is outside 20 to 30, because of the platform's limits",
		},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			got, err := fictitiousSizes(t, "fictitious-"+test.profile).NodeSize(test.need)
			if got != test.want || fault(err) != test.fault {
				t.Errorf("NodeSize(%+v):\n got %+v, %q\nwant %+v, %q", test.need, got, fault(err), test.want, test.fault)
			}
		})
	}
}

// The bounds of pods_per_node cite their own rule, and else the one on node blocks.
func TestBoundsOfPodsPerNodeCiteTheirRule(t *testing.T) {
	for name, test := range map[string]struct {
		p    *profile.Profile
		need profile.Need
		want string
	}{
		"a rule of their own": {
			fictitiousSizes(t, "fictitious-constant"), profile.Need{PodsPerNode: 9}, "a node has 10 to 250 Pods",
		},
		"a rule of their own, with a mask": {
			fictitiousSizes(t, "fictitious-constant"), profile.Need{PodsPerNode: 9, NodeMask: 24}, "a node has 10 to 250 Pods",
		},
		"none": {
			fictitiousMany(t, "fictitious-shared"), profile.Need{PodsPerNode: 300}, "this mode takes 32 to 256 Pods on a node",
		},
	} {
		if _, err := test.p.NodeSize(test.need); err == nil || err.Rule.Text != test.want {
			t.Errorf("%s: got %v, want the rule %q", name, err, test.want)
		}
	}
}

func TestPodRangesServeNodesOfFurtherPlatforms(t *testing.T) {
	for name, test := range map[string]struct {
		profile string
		need    profile.Need
		pods    string
		want    profile.Usable
	}{
		"a /14 of blocks for 110 Pods": {
			"doubled", profile.Need{PodsPerNode: 110}, "10.4.0.0/14", profile.Usable{Nodes: 1024, PodsPerNode: 128},
		},
		"a /21 of blocks for 32 Pods": {
			"doubled", profile.Need{PodsPerNode: 32}, "10.20.0.0/21", profile.Usable{Nodes: 32, PodsPerNode: 32},
		},
		"a /24 of blocks for 8 Pods": {
			"doubled", profile.Need{PodsPerNode: 8}, "10.20.0.0/24", profile.Usable{Nodes: 16, PodsPerNode: 8},
		},
		"a /24 of blocks for 9 Pods": {
			"doubled", profile.Need{PodsPerNode: 9}, "10.20.0.0/24", profile.Usable{Nodes: 8, PodsPerNode: 16},
		},
		"a /16 of blocks for 256 Pods": {
			"doubled", profile.Need{PodsPerNode: 256}, "10.8.0.0/16", profile.Usable{Nodes: 128, PodsPerNode: 256},
		},
		"less than a block":          {"doubled", profile.Need{PodsPerNode: 110}, "10.4.0.0/25", profile.Usable{PodsPerNode: 128}},
		"a /16 of constant blocks":   {"constant", profile.Need{}, "10.244.0.0/16", profile.Usable{Nodes: 256, PodsPerNode: 250}},
		"a /14 of blocks by default": {"listed", profile.Need{}, "10.128.0.0/14", profile.Usable{Nodes: 512, PodsPerNode: 510}},
		"a /20 of the smallest node blocks": {
			"listed", profile.Need{NodeMask: 30}, "10.128.0.0/20", profile.Usable{Nodes: 1024, PodsPerNode: 2},
		},
	} {
		p := fictitiousSizes(t, "fictitious-"+test.profile)
		node, err := p.NodeSize(test.need)
		if got := p.Usable(profile.Ranges{Pods: prefixes(test.pods)}, node); err != nil || got != test.want {
			t.Errorf("%s: got %+v, %v, want %+v", name, got, err, test.want)
		}
	}
}

func TestNumbersOfPodsThatThePlatformDoesNotDocument(t *testing.T) {
	listed, all := fictitiousSizes(t, "fictitious-listed").Nodes.PodsPerNode, fictitiousSizes(t, "fictitious-doubled").Nodes.PodsPerNode
	for pods, want := range map[int64]bool{0: false, 15: true, 16: false, 17: true, 100: true, 256: false, 257: true} {
		if rule, got := listed.Unlisted(pods); got != want || rule.Level != profile.Warn {
			t.Errorf("%d Pods: got %t by %+v, want %t", pods, got, rule, want)
		}
		if _, got := all.Unlisted(pods); got {
			t.Errorf("%d Pods are not documented where all numbers are", pods)
		}
	}
}

// The argument of a cloud resource has what the cluster asks for, and else what its node block says.
func TestPodsPerNodeAsThePlatformsArgumentHasIt(t *testing.T) {
	for name, test := range map[string]struct {
		profile string
		need    profile.Need
		mask    int
		want    int64
	}{
		"asked for":                     {"doubled", profile.Need{PodsPerNode: 100}, 24, 100},
		"asked for, in a larger block":  {"doubled", profile.Need{PodsPerNode: 100}, 23, 100},
		"by default":                    {"doubled", profile.Need{}, 24, 110},
		"by a smaller block":            {"doubled", profile.Need{}, 26, 32},
		"by a larger block":             {"doubled", profile.Need{}, 23, 256},
		"without a block":               {"doubled", profile.Need{}, 0, 110},
		"a default block":               {"listed", profile.Need{}, 23, 64},
		"a block beside the default":    {"listed", profile.Need{}, 24, 254},
		"a constant block":              {"constant", profile.Need{}, 24, 250},
		"a constant block of fewer":     {"constant", profile.Need{PodsPerNode: 30}, 24, 30},
		"where Pods are in subnets too": {"constant", profile.Need{PodsPerNode: 30}, 0, 30},
	} {
		if got := fictitiousSizes(t, "fictitious-"+test.profile).PodsPerNodeOf(test.need, test.mask); got != test.want {
			t.Errorf("%s: got %d, want %d", name, got, test.want)
		}
	}
}

func TestLoadRefusesUnsoundNumbersOfPods(t *testing.T) {
	const file, bounds = "fictitious-sizes.yaml", "        min: 8\n        max: 256\n"
	refusesEach(t, fictitiousSizesFiles(t), map[string]unsound{
		"a minimum above the default": {
			file,
			bounds,
			"        min: 111\n        max: 256\n",
			"doubled: nodes: pods_per_node 110, 111 to 256 do not fit",
		},
		"a minimum below nothing": {
			file,
			bounds,
			"        min: -1\n        max: 256\n",
			"doubled: nodes: pods_per_node 110, -1 to 256 do not fit",
		},
		"a minimum without room": {
			file,
			bounds,
			"        min: 9\n        max: 256\n",
			"doubled: nodes: node blocks of /28 have no room for pods_per_node = 9",
		},
		"a minimum without a rule": {
			file, "        rule: {level: error, text: a node has 8 to 256 Pods, sources: [sizes-guide], confidence: verified}\n", "",
			"doubled: nodes: pods_per_node.rule: a rule needs a text and a source",
		},
		"bounds with a bad source": {
			file, "8 to 256 Pods, sources: [sizes-guide]", "8 to 256 Pods, sources: [hearsay]",
			`doubled: nodes: pods_per_node.rule: source "hearsay" is not in sources.yaml`,
		},
		"fewer than no addresses for each Pod": {
			file,
			"addresses: 2\n",
			"addresses: -2\n",
			"doubled: nodes: pods_per_node has -2 addresses for each Pod",
		},
		"a list without a rule": {
			file,
			"        listed_rule: " +
				"{level: warn, text: \"a node has 16, 32, 64, 128 or 256 Pods\", sources: [sizes-guide], confidence: verified}\n",
			"",
			"listed: nodes: pods_per_node.listed_rule: a rule needs a text and a source",
		},
		"a list in no order": {
			file,
			"[16, 32, 64,",
			"[32, 16, 64,",
			"listed: nodes: pods_per_node lists [32 16 64 128 256], not in ascending order",
		},
		"a list without the default": {
			file,
			"[16, 32, 64,",
			"[16, 32,",
			"listed: nodes: pods_per_node lists [16 32 128 256], not in ascending order or without",
		},
		"a default block that is too large": {file, "default_mask: 23", "default_mask: 19", "listed: nodes: default_mask /19 does not fit"},
		"a default block that is too small": {file, "default_mask: 23", "default_mask: 31", "listed: nodes: default_mask /31 does not fit"},
	})
	refusesEach(t, fictitiousManyFiles(t), map[string]unsound{
		"a default block of dynamic blocks": {
			"fictitious-many.yaml", "      blocks: dynamic\n", "      blocks: dynamic\n      default_mask: 26\n",
			"dynamic: nodes: default_mask /26 does not fit",
		},
		"addresses for each Pod of dynamic blocks": {
			"fictitious-many.yaml", "{default: 110, counts: usable}", "{default: 110, counts: usable, addresses: 2}",
			"dynamic: nodes: pods_per_node has 2 addresses for each Pod, or there are no fixed blocks",
		},
	})
}
