package profile_test

import (
	"testing"
)

func TestLoadRefusesUnsoundProfiles(t *testing.T) {
	tests := map[string]unsound{
		"masks turned over": {
			"fictitious-one.yaml",
			"      shortest: 22\n",
			"      shortest: 27\n",
			"nodes: masks /27 to /26 do not fit",
		},
		"masks beyond an address": {
			"fictitious-one.yaml",
			"      longest: 26\n",
			"      longest: 33\n",
			"nodes: masks /22 to /33 do not fit",
		},
		"no masks": {"fictitious-one.yaml", "      shortest: 22\n", "", "nodes: masks /0 to /26 do not fit"},
		"pods_per_node without a default": {
			"fictitious-one.yaml",
			"{default: 50, max: 1000,",
			"{max: 1000,",
			"pods_per_node 0, 0 to 1000 do not fit",
		},
		"pods_per_node with too small a maximum": {
			"fictitious-one.yaml",
			"{default: 50, max: 1000,",
			"{default: 50, max: 49,",
			"pods_per_node 50, 0 to 49 do not fit",
		},
		"pods_per_node counted as nothing": {
			"fictitious-one.yaml",
			"counts: usable",
			"counts: pods",
			`pods_per_node counts "pods", not addresses or usable`,
		},
		"Pods from nowhere": {
			"fictitious-one.yaml",
			"      from: own\n",
			"",
			`fictitious-one.yaml: profile fictitious-fixed: pods: from "", not own, shared or subnets`,
		},
		"Pods from elsewhere": {
			"fictitious-one.yaml",
			"      from: own\n",
			"      from: orbit\n",
			`pods: from "orbit", not own, shared or subnets`,
		},
		"no blocks": {
			"fictitious-one.yaml",
			"      blocks: fixed\n",
			"",
			`nodes: blocks "", not fixed, dynamic or none`,
		},
		"blocks of a kind that is none": {
			"fictitious-one.yaml",
			"      blocks: fixed\n",
			"      blocks: loose\n",
			`nodes: blocks "loose", not fixed, dynamic or none`,
		},
		"no blocks for Pods of their own": {
			"fictitious-one.yaml",
			"      blocks: fixed\n",
			"      blocks: none\n",
			`nodes: blocks "none" do not go with Pods from "own"`,
		},
		"blocks for Pods in subnets": {
			"fictitious-one.yaml",
			"      from: own\n",
			"      from: subnets\n",
			`nodes: blocks "fixed" do not go with Pods from "subnets"`,
		},
		"a cap of nothing":        {"fictitious-one.yaml", "{max: 100, level", "{max: 0, level", "nodes: a cap of 0"},
		"a cap of less":           {"fictitious-one.yaml", "{max: 200, level", "{max: -200, level", "nodes: a cap of -200"},
		"a cap that is not given": {"fictitious-one.yaml", "{max: 150, level", "{level", "nodes: a cap of 0"},
		"Services counted as nothing": {
			"fictitious-one.yaml",
			"      default_count: 100\n",
			"      default_count: 100\n      counts: services\n",
			`services: counts "services", not addresses or usable`,
		},
		"a Service limit with a bad source": {
			"fictitious-one.yaml",
			"Service ranges of /20 to /26\n          sources: [one-guide]",
			"Service ranges of /20 to /26\n          sources: [hearsay]",
			`services: limit: source "hearsay" is not in sources.yaml`,
		},
		"a difference without a rule": {
			"fictitious-one.yaml",
			"      max_difference_rule: {level: error, text: at most 8 bits of nodes, sources: [one-guide], confidence: verified}\n",
			"",
			"nodes: max_difference_rule: a rule needs a text and a source",
		},
		"platforms other than any": {
			"fictitious-one.yaml",
			"    output: cluster\n",
			"    output: cluster\n    platforms: all\n",
			`platforms "all", not any`,
		},
		"a profile without a title": {
			"fictitious-one.yaml",
			"    title: Fictitious with fixed node blocks\n",
			"",
			"profile fictitious-fixed: a profile needs a title and words",
		},
		"a profile without words": {
			"fictitious-one.yaml",
			"    words: [fixed, static]\n",
			"",
			"profile fictitious-fixed: a profile needs a title and words",
		},
		"a profile with nothing in it": {
			"fictitious-one.yaml", "profiles:\n", "profiles:\n  fictitious-other:\n", `profile "fictitious-other" is empty`,
		},
		"a profile whose output is not there": {
			"fictitious-one.yaml",
			"    output: cluster\n",
			"    output: hole\n",
			`profile "fictitious-fixed": output "hole" is not among the file's outputs`,
		},
		"a profile given twice in a file": {
			"fictitious-one.yaml",
			"profiles:\n",
			"profiles:\n  fictitious-fixed: {title: Again}\n",
			`mapping key "fictitious-fixed" already defined`,
		},
		"an output of an unknown value": {
			"fictitious-one.yaml",
			"value: node_mask",
			"value: node_face",
			`output cluster.mask has the unknown value "node_face" or type "number"`,
		},
		"an output of an unknown type": {
			"fictitious-one.yaml",
			"{type: number,",
			"{type: tuple,",
			`output cluster.mask has the unknown value "node_mask" or type "tuple"`,
		},
	}
	refusesEach(t, fictitiousOneFiles(t), tests)
}
