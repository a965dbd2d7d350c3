package profile_test

import (
	"testing"
)

// Each edit of sound data must be refused with a text that names the file and the fault.
func TestLoadRefusesUnsoundRules(t *testing.T) {
	const peer = "{level: warn, text: craters that are joined should not share addresses, sources: [moon-guide], confidence: verified}"
	tests := map[string]unsound{
		"an unknown key of a platform": {
			"moon.yaml",
			"title: Moon Cloud",
			"title: Moon Cloud\ncolour: grey",
			"moon.yaml: yaml: unmarshal errors:\n  line 3: field colour not found",
		},
		"an unknown key of a profile": {
			"moon.yaml",
			"words: [dusty, grey]",
			"words: [dusty, grey]\n    mode: dusty",
			"field mode not found in type profile.Profile",
		},
		"an unknown key of a rule": {
			"moon.yaml",
			"error_code: Moon.Dust",
			"errorcode: Moon.Dust",
			"field errorcode not found",
		},
		"an unknown key of a window": {
			"moon.yaml",
			"{cidr: 10.0.0.0/9, shortest: 14,",
			"{cidr: 10.0.0.0/9, short: 14,",
			"field short not found",
		},
		"an unknown key of a source": {
			"sources.yaml",
			"title: Networks on the moon",
			"title: Networks on the moon\n  author: Luna",
			"sources.yaml: yaml: unmarshal errors:\n  line 3: field author not found",
		},
		"a level that is none": {
			"moon.yaml",
			"{max: 100, level: warn,",
			"{max: 100, level: warning,",
			`"warning" is no level; expected one of [allow warn error]`,
		},
		"a rule without a level": {
			"moon.yaml",
			"{max: 100, level: warn,",
			"{max: 100,",
			"moon.yaml: line 64: a rule needs a level",
		},
		"a limit without a level": {
			"moon.yaml",
			"        - level: error\n          windows:\n            - {cidr: 10.0.0.0/8, shortest: 20,",
			"        - windows:\n            - {cidr: 10.0.0.0/8, shortest: 20,",
			"moon.yaml: line 45: a rule needs a level",
		},
		"a range that is none":      {"moon.yaml", "{cidr: 10.0.0.0/9,", "{cidr: 10.0.0.0/99,", "prefix length out of range"},
		"a platform without a name": {"moon.yaml", "platform: moon\n", "", "moon.yaml: a platform needs a name and a title"},
		"a platform without a title": {
			"moon.yaml",
			"title: Moon Cloud\n",
			"",
			"moon.yaml: a platform needs a name and a title",
		},
		"a platform without a rule for peers": {
			"moon.yaml",
			"networks:\n  peer: " + peer,
			"",
			"moon.yaml: networks.peer: a rule needs a text and a source",
		},
		"a rule for peers without a source": {
			"moon.yaml",
			"addresses, sources: [moon-guide]",
			"addresses, sources: []",
			"moon.yaml: networks.peer: a rule needs a text and a source",
		},
		"a rule without a text": {
			"moon.yaml",
			"text: two hundred is the most, ",
			"",
			"moon.yaml: profile moon-dust: nodes: caps: a rule needs a text and a source",
		},
		"a rule without confidence": {
			"moon.yaml",
			"text: the near side is advised\n          sources: [moon-guide, moon-routing]\n          confidence: derived",
			"text: the near side is advised\n          sources: [moon-guide, moon-routing]",
			`moon.yaml: profile moon-dust: pods: limit: confidence "", not verified or derived`,
		},
		"a derived rule without a reason": {
			"moon.yaml",
			"sources: [moon-routing], confidence: derived, reason: it follows from the others",
			"sources: [moon-routing], confidence: derived",
			`moon.yaml: profile moon-dust: service_service_peer: a derived rule needs a reason for its level`,
		},
		"a rule with a confidence of its own": {
			"moon.yaml",
			"sources: [moon-routing], confidence: derived",
			"sources: [moon-routing], confidence: hoped",
			`moon.yaml: profile moon-dust: service_service_peer: confidence "hoped", not verified or derived`,
		},
		"a limit with an unlisted source": {
			"moon.yaml",
			"sources: [moon-guide, moon-routing]",
			"sources: [moon-guide, moon-hearsay]",
			`moon.yaml: profile moon-dust: pods: limit: source "moon-hearsay" is not in sources.yaml`,
		},
		"a pair with an unlisted source": {
			"moon.yaml",
			"text: Services may share, sources: [moon-routing]",
			"text: Services may share, sources: [hearsay]",
			`profile moon-dust: service_service_peer: source "hearsay" is not in sources.yaml`,
		},
		"a forbidden range with a bad source": {
			"moon.yaml",
			"text: the base lives there, sources: [moon-guide]",
			"text: the base lives there, sources: [hearsay]",
			`forbidden 10.200.0.0/16: source "hearsay" is not in sources.yaml`,
		},
		"a route quota with an unlisted source": {
			"moon.yaml",
			"text: two routes a node, sources: [moon-guide]",
			"text: two routes a node, sources: [hearsay]",
			`route_quota_rule: source "hearsay" is not in sources.yaml`,
		},
		"a route quota without a rule": {
			"moon.yaml",
			"      route_quota_rule: {level: warn, text: two routes a node, sources: [moon-guide], confidence: verified}\n",
			"",
			"route_quota_rule: a rule needs a text and a source",
		},
		"a difference with an unlisted source": {
			"moon.yaml",
			"text: at most 8 bits of nodes, sources: [moon-guide]",
			"text: at most 8 bits of nodes, sources: [hearsay]",
			`max_difference_rule: source "hearsay" is not in sources.yaml`,
		},
		"growth with an unlisted source": {
			"moon.yaml",
			"max_ranges: 3, sources: [moon-guide]",
			"max_ranges: 3, sources: [hearsay]",
			`growth: source "hearsay" is not in sources.yaml`,
		},
		"growth of a kind that is none": {
			"moon.yaml",
			"{pods: append,",
			"{pods: stretch,",
			`growth: pods "stretch", not none, append or subnets`,
		},
		"a pair that is missing": {
			"moon.yaml",
			"      pod_service_peer: *stop\n",
			"",
			`moon.yaml: profile moon-dust: overlap "pod_service_peer" is missing`,
		},
		"a pair that is misspelt": {
			"moon.yaml",
			"pod_pod_other_mode_same_vpc:",
			"pod_pod_other_mode_same_vcp:",
			`moon.yaml: profile moon-dust: overlap "pod_pod_other_mode_same_vcp" is no pair`,
		},
		"a window with host bits": {
			"moon.yaml",
			"{cidr: 10.0.0.0/9,",
			"{cidr: 10.0.0.1/9,",
			"window 10.0.0.1/9 /14 to /20 is no window",
		},
		"a window without a range": {
			"moon.yaml",
			"{cidr: 10.0.0.0/9, shortest: 14, longest: 20}",
			"{shortest: 0, longest: 0}",
			"window invalid Prefix /0 to /0 is no window",
		},
		"a window larger than its range": {
			"moon.yaml",
			"{cidr: 10.0.0.0/9, shortest: 14,",
			"{cidr: 10.0.0.0/9, shortest: 8,",
			"window 10.0.0.0/9 /8 to /20 is no window",
		},
		"a window turned over": {
			"moon.yaml",
			"{cidr: 10.0.0.0/9, shortest: 14,",
			"{cidr: 10.0.0.0/9, shortest: 21,",
			"window 10.0.0.0/9 /21 to /20 is no window",
		},
		"a window beyond an address": {
			"moon.yaml",
			"{cidr: 10.0.0.0/9, shortest: 14, longest: 20}",
			"{cidr: 10.0.0.0/9, shortest: 14, longest: 33}",
			"window 10.0.0.0/9 /14 to /33 is no window",
		},
		"a forbidden range with host bits": {
			"moon.yaml",
			"{cidr: 10.200.0.0/16,",
			"{cidr: 10.200.0.1/16,",
			"forbidden 10.200.0.1/16 is no range",
		},
	}
	refusesEach(t, fixtureMoonFiles(t), tests)
}

// What lies on the sound side of a refusal must load.
func TestLoadTakesWhatIsJustSound(t *testing.T) {
	tests := map[string]struct{ old, replacement string }{
		"a cap of one":                       {"{max: 100, level", "{max: 1, level"},
		"one mask":                           {"      shortest: 22\n", "      shortest: 26\n"},
		"the shortest mask":                  {"      shortest: 22\n", "      shortest: 1\n"},
		"the longest mask":                   {"      longest: 26\n", "      longest: 32\n"},
		"pods_per_node without a maximum":    {"{default: 50, max: 1000,", "{default: 50,"},
		"pods_per_node at its maximum":       {"{default: 50, max: 1000,", "{default: 50, max: 50,"},
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
				"      max_difference_rule: {level: error, text: at most 8 bits of nodes, sources: [moon-guide], confidence: verified}\n",
			"",
		},
		"no routes need no rule": {
			"      routes_per_node: 2\n      route_quota: 60\n" +
				"      route_quota_rule: {level: warn, text: two routes a node, sources: [moon-guide], confidence: verified}\n",
			"",
		},
		"what does not grow needs no source": {"{pods: append, max_ranges: 3, sources: [moon-guide]}", "{pods: none}"},
		"platforms of any kind":              {"    output: crater\n", "    output: crater\n    platforms: any\n"},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) { load(t, edited(t, fixtureMoonFiles(t), "moon.yaml", test.old, test.replacement)) })
	}
}
