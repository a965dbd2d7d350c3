package profile_test

import (
	"testing"
)

// Each edit of sound data must be refused with a text that names the file and the fault.
func TestLoadRefusesUnsoundRules(t *testing.T) {
	const peer = "{level: warn, text: networks that are joined should not share addresses, sources: [one-guide], confidence: verified}"
	tests := map[string]unsound{
		"an unknown key of a platform": {
			"fictitious-one.yaml",
			"title: Fictitious One",
			"title: Fictitious One\ncolour: grey",
			"fictitious-one.yaml: yaml: unmarshal errors:\n  line 3: field colour not found",
		},
		"an unknown key of a profile": {
			"fictitious-one.yaml",
			"words: [fixed, static]",
			"words: [fixed, static]\n    mode: fixed",
			"field mode not found in type profile.Profile",
		},
		"an unknown key of a rule": {
			"fictitious-one.yaml",
			"error_code: Fictitious.PodRange",
			"errorcode: Fictitious.PodRange",
			"field errorcode not found",
		},
		"an unknown key of a window": {
			"fictitious-one.yaml",
			"{cidr: 10.0.0.0/9, shortest: 14,",
			"{cidr: 10.0.0.0/9, short: 14,",
			"field short not found",
		},
		"an unknown key of a source": {
			"sources.yaml",
			"title: Networks of Fictitious One",
			"title: Networks of Fictitious One\n  author: Luna",
			"sources.yaml: yaml: unmarshal errors:\n  line 3: field author not found",
		},
		"a level that is none": {
			"fictitious-one.yaml",
			"{max: 100, level: warn,",
			"{max: 100, level: warning,",
			`"warning" is no level; expected one of [allow warn error]`,
		},
		"a rule without a level": {
			"fictitious-one.yaml",
			"{max: 100, level: warn,",
			"{max: 100,",
			"fictitious-one.yaml: line 64: a rule needs a level",
		},
		"a limit without a level": {
			"fictitious-one.yaml",
			"        - level: error\n          windows:\n            - {cidr: 10.0.0.0/8, shortest: 20,",
			"        - windows:\n            - {cidr: 10.0.0.0/8, shortest: 20,",
			"fictitious-one.yaml: line 45: a rule needs a level",
		},
		"a range that is none": {"fictitious-one.yaml", "{cidr: 10.0.0.0/9,", "{cidr: 10.0.0.0/99,", "prefix length out of range"},
		"a platform without a name": {
			"fictitious-one.yaml", "platform: fictitious-one\n", "", "fictitious-one.yaml: a platform needs a name and a title",
		},
		"a platform without a title": {
			"fictitious-one.yaml",
			"title: Fictitious One\n",
			"",
			"fictitious-one.yaml: a platform needs a name and a title",
		},
		"a platform without a rule for peers": {
			"fictitious-one.yaml",
			"networks:\n  peer: " + peer,
			"",
			"fictitious-one.yaml: networks.peer: a rule needs a text and a source",
		},
		"a rule for peers without a source": {
			"fictitious-one.yaml",
			"addresses, sources: [one-guide]",
			"addresses, sources: []",
			"fictitious-one.yaml: networks.peer: a rule needs a text and a source",
		},
		"a rule without a text": {
			"fictitious-one.yaml",
			"text: two hundred is the most, ",
			"",
			"fictitious-one.yaml: profile fictitious-fixed: nodes: caps: a rule needs a text and a source",
		},
		"a rule without confidence": {
			"fictitious-one.yaml",
			"text: the lower half is advised\n          sources: [one-guide, one-routing]\n          confidence: derived",
			"text: the lower half is advised\n          sources: [one-guide, one-routing]",
			`fictitious-one.yaml: profile fictitious-fixed: pods: limit: confidence "", not verified or derived`,
		},
		"a derived rule without a reason": {
			"fictitious-one.yaml",
			"sources: [one-routing], confidence: derived, reason: it follows from the others",
			"sources: [one-routing], confidence: derived",
			`fictitious-one.yaml: profile fictitious-fixed: service_service_peer: a derived rule needs a reason for its level`,
		},
		"a rule with a confidence of its own": {
			"fictitious-one.yaml",
			"sources: [one-routing], confidence: derived",
			"sources: [one-routing], confidence: hoped",
			`fictitious-one.yaml: profile fictitious-fixed: service_service_peer: confidence "hoped", not verified or derived`,
		},
		"a limit with an unlisted source": {
			"fictitious-one.yaml",
			"sources: [one-guide, one-routing]",
			"sources: [one-guide, one-unpublished]",
			`fictitious-one.yaml: profile fictitious-fixed: pods: limit: source "one-unpublished" is not in sources.yaml`,
		},
		"a pair with an unlisted source": {
			"fictitious-one.yaml",
			"text: Services may share, sources: [one-routing]",
			"text: Services may share, sources: [hearsay]",
			`profile fictitious-fixed: service_service_peer: source "hearsay" is not in sources.yaml`,
		},
		"a forbidden range with a bad source": {
			"fictitious-one.yaml",
			"text: the platform uses it, sources: [one-guide]",
			"text: the platform uses it, sources: [hearsay]",
			`forbidden 10.200.0.0/16: source "hearsay" is not in sources.yaml`,
		},
		"a route quota with an unlisted source": {
			"fictitious-one.yaml",
			"text: two routes a node, sources: [one-guide]",
			"text: two routes a node, sources: [hearsay]",
			`route_quota_rule: source "hearsay" is not in sources.yaml`,
		},
		"a route quota without a rule": {
			"fictitious-one.yaml",
			"      route_quota_rule: {level: warn, text: two routes a node, sources: [one-guide], confidence: verified}\n",
			"",
			"route_quota_rule: a rule needs a text and a source",
		},
		"a difference with an unlisted source": {
			"fictitious-one.yaml",
			"text: at most 8 bits of nodes, sources: [one-guide]",
			"text: at most 8 bits of nodes, sources: [hearsay]",
			`max_difference_rule: source "hearsay" is not in sources.yaml`,
		},
		"growth with an unlisted source": {
			"fictitious-one.yaml",
			"max_ranges: 3, sources: [one-guide]",
			"max_ranges: 3, sources: [hearsay]",
			`growth: text: source "hearsay" is not in sources.yaml`,
		},
		"growth of a kind that is none": {
			"fictitious-one.yaml",
			"{pods: append,",
			"{pods: stretch,",
			`growth: pods "stretch", not none, append, subnets, superset or outside`,
		},
		"an unknown fact without words": {
			"fictitious-one.yaml",
			"not_known: [how many routes a table holds]",
			`not_known: [""]`,
			"not_known: an empty text",
		},
		"a pair that is missing": {
			"fictitious-one.yaml",
			"      pod_service_peer: *stop\n",
			"",
			`fictitious-one.yaml: profile fictitious-fixed: overlap "pod_service_peer" is missing`,
		},
		"a pair that is misspelt": {
			"fictitious-one.yaml",
			"pod_pod_other_mode_same_vpc:",
			"pod_pod_other_mode_same_vcp:",
			`fictitious-one.yaml: profile fictitious-fixed: overlap "pod_pod_other_mode_same_vcp" is no pair`,
		},
		"a window with host bits": {
			"fictitious-one.yaml",
			"{cidr: 10.0.0.0/9,",
			"{cidr: 10.0.0.1/9,",
			"window 10.0.0.1/9 /14 to /20 is no window",
		},
		"a window without a range": {
			"fictitious-one.yaml",
			"{cidr: 10.0.0.0/9, shortest: 14, longest: 20}",
			"{shortest: 0, longest: 0}",
			"window invalid Prefix /0 to /0 is no window",
		},
		"a window larger than its range": {
			"fictitious-one.yaml",
			"{cidr: 10.0.0.0/9, shortest: 14,",
			"{cidr: 10.0.0.0/9, shortest: 8,",
			"window 10.0.0.0/9 /8 to /20 is no window",
		},
		"a window turned over": {
			"fictitious-one.yaml",
			"{cidr: 10.0.0.0/9, shortest: 14,",
			"{cidr: 10.0.0.0/9, shortest: 21,",
			"window 10.0.0.0/9 /21 to /20 is no window",
		},
		"a window beyond an address": {
			"fictitious-one.yaml",
			"{cidr: 10.0.0.0/9, shortest: 14, longest: 20}",
			"{cidr: 10.0.0.0/9, shortest: 14, longest: 33}",
			"window 10.0.0.0/9 /14 to /33 is no window",
		},
		"a forbidden range with host bits": {
			"fictitious-one.yaml",
			"{cidr: 10.200.0.0/16,",
			"{cidr: 10.200.0.1/16,",
			"forbidden 10.200.0.1/16 is no range",
		},
	}
	refusesEach(t, fictitiousOneFiles(t), tests)
}

// What lies on the sound side of a refusal must load.
func TestLoadTakesWhatIsJustSound(t *testing.T) {
	tests := map[string]struct{ old, replacement string }{
		"a cap of one":                    {"{max: 100, level", "{max: 1, level"},
		"one mask":                        {"      shortest: 22\n", "      shortest: 26\n"},
		"the shortest mask":               {"      shortest: 22\n", "      shortest: 1\n"},
		"the longest mask":                {"      longest: 26\n", "      longest: 32\n"},
		"pods_per_node without a maximum": {"{default: 50, max: 1000,", "{default: 50,"},
		"pods_per_node at its maximum":    {"{default: 50, max: 1000,", "{default: 50, max: 50,"},
		"pods_per_node at its minimum": {
			"{default: 50, max: 1000, counts: usable}",
			"{default: 50, min: 50, max: 1000, counts: usable,\n" +
				"        rule: {level: error, text: at least 50, sources: [one-guide], confidence: verified}}",
		},
		"the shortest mask by default":       {"      longest: 26\n", "      longest: 26\n      default_mask: 22\n"},
		"the longest mask by default":        {"      longest: 26\n", "      longest: 26\n      default_mask: 26\n"},
		"pods_per_node counted as addresses": {"counts: usable", "counts: addresses"},
		"Services counted as addresses":      {"      default_count: 100\n", "      default_count: 100\n      counts: addresses\n"},
		"Services counted as usable":         {"      default_count: 100\n", "      default_count: 100\n      counts: usable\n"},
		"blocks on demand":                   {"      blocks: fixed\n", "      blocks: dynamic\n"},
		"a window of one length":             {"{cidr: 10.0.0.0/9, shortest: 14,", "{cidr: 10.0.0.0/9, shortest: 20,"},
		"a window of the whole range":        {"{cidr: 10.0.0.0/9, shortest: 14,", "{cidr: 10.0.0.0/9, shortest: 9,"},
		"a window down to an address": {
			"{cidr: 10.0.0.0/9, shortest: 14, longest: 20}",
			"{cidr: 10.0.0.0/9, shortest: 14, longest: 32}",
		},
		"no difference needs no rule": {
			"      max_difference: 8\n" +
				"      max_difference_rule: {level: error, text: at most 8 bits of nodes, sources: [one-guide], confidence: verified}\n",
			"",
		},
		"no routes need no rule": {
			"      routes_per_node: 2\n      route_quota: 60\n" +
				"      route_quota_rule: {level: warn, text: two routes a node, sources: [one-guide], confidence: verified}\n",
			"",
		},
		"what does not grow needs no source": {"{pods: append, max_ranges: 3, sources: [one-guide]}", "{pods: none}"},
		"platforms of any kind":              {"    output: cluster\n", "    output: cluster\n    platforms: any\n"},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			load(t, edited(t, fictitiousOneFiles(t), "fictitious-one.yaml", test.old, test.replacement))
		})
	}
}
