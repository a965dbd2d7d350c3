package profile_test

import (
	"testing"
)

func TestLoadRefusesUnsoundProfiles(t *testing.T) {
	tests := map[string]unsound{
		"masks turned over": {
			"moon.yaml",
			"      shortest: 22\n",
			"      shortest: 27\n",
			"nodes: masks /27 to /26 do not fit",
		},
		"masks beyond an address": {
			"moon.yaml",
			"      longest: 26\n",
			"      longest: 33\n",
			"nodes: masks /22 to /33 do not fit",
		},
		"no masks": {"moon.yaml", "      shortest: 22\n", "", "nodes: masks /0 to /26 do not fit"},
		"pods_per_node without a default": {
			"moon.yaml",
			"{default: 50, max: 1000,",
			"{max: 1000,",
			"pods_per_node 0 to 1000 do not fit",
		},
		"pods_per_node with too small a maximum": {
			"moon.yaml",
			"{default: 50, max: 1000,",
			"{default: 50, max: 49,",
			"pods_per_node 50 to 49 do not fit",
		},
		"pods_per_node counted as nothing": {
			"moon.yaml",
			"counts: usable",
			"counts: pods",
			`pods_per_node counts "pods", not addresses or usable`,
		},
		"Pods from nowhere": {
			"moon.yaml",
			"      from: own\n",
			"",
			`moon.yaml: profile moon-dust: pods: from "", not own, shared or subnets`,
		},
		"Pods from elsewhere": {
			"moon.yaml",
			"      from: own\n",
			"      from: orbit\n",
			`pods: from "orbit", not own, shared or subnets`,
		},
		"no blocks": {
			"moon.yaml",
			"      blocks: fixed\n",
			"",
			`nodes: blocks "", not fixed, dynamic or none`,
		},
		"blocks of a kind that is none": {
			"moon.yaml",
			"      blocks: fixed\n",
			"      blocks: loose\n",
			`nodes: blocks "loose", not fixed, dynamic or none`,
		},
		"no blocks for Pods of their own": {
			"moon.yaml",
			"      blocks: fixed\n",
			"      blocks: none\n",
			`nodes: blocks "none" do not go with Pods from "own"`,
		},
		"blocks for Pods in subnets": {
			"moon.yaml",
			"      from: own\n",
			"      from: subnets\n",
			`nodes: blocks "fixed" do not go with Pods from "subnets"`,
		},
		"a cap of nothing":        {"moon.yaml", "{max: 100, level", "{max: 0, level", "nodes: a cap of 0"},
		"a cap of less":           {"moon.yaml", "{max: 200, level", "{max: -200, level", "nodes: a cap of -200"},
		"a cap that is not given": {"moon.yaml", "{max: 150, level", "{level", "nodes: a cap of 0"},
		"Services counted as nothing": {
			"moon.yaml",
			"      default_count: 100\n",
			"      default_count: 100\n      counts: services\n",
			`services: counts "services", not addresses or usable`,
		},
		"a Service limit with a bad source": {
			"moon.yaml",
			"Service ranges of /20 to /26\n          sources: [moon-guide]",
			"Service ranges of /20 to /26\n          sources: [hearsay]",
			`services: limit: source "hearsay" is not in sources.yaml`,
		},
		"a difference without a rule": {
			"moon.yaml",
			"      max_difference_rule: {level: error, text: at most 8 bits of nodes, sources: [moon-guide], confidence: verified}\n",
			"",
			"nodes: max_difference_rule: a rule needs a text and a source",
		},
		"platforms other than any": {
			"moon.yaml",
			"    output: crater\n",
			"    output: crater\n    platforms: all\n",
			`platforms "all", not any`,
		},
		"a profile without a title": {
			"moon.yaml",
			"    title: Moon with dust\n",
			"",
			"profile moon-dust: a profile needs a title and words",
		},
		"a profile without words": {
			"moon.yaml",
			"    words: [dusty, grey]\n",
			"",
			"profile moon-dust: a profile needs a title and words",
		},
		"a profile with nothing in it": {"moon.yaml", "profiles:\n", "profiles:\n  moon-ice:\n", `profile "moon-ice" is empty`},
		"a profile whose output is not there": {
			"moon.yaml",
			"    output: crater\n",
			"    output: hole\n",
			`profile "moon-dust": output "hole" is not among the file's outputs`,
		},
		"a profile given twice in a file": {
			"moon.yaml",
			"profiles:\n",
			"profiles:\n  moon-dust: {title: Again}\n",
			`mapping key "moon-dust" already defined`,
		},
		"an output of an unknown value": {
			"moon.yaml",
			"value: node_mask",
			"value: node_face",
			`output crater.mask has the unknown value "node_face" or type "number"`,
		},
		"an output of an unknown type": {
			"moon.yaml",
			"{type: number,",
			"{type: list,",
			`output crater.mask has the unknown value "node_mask" or type "list"`,
		},
	}
	refusesEach(t, fixtureMoonFiles(t), tests)
}
