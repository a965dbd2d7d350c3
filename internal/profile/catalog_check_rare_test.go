package profile_test

import (
	"testing"

	"github.com/cidrplan/terraform-provider-cidrplan/internal/profile"
)

// Faults of data that the fictitious platforms do not have, each beside what is just sound.
func TestLoadChecksRulesThatFewPlatformsHave(t *testing.T) {
	const rule = "level: warn, text: so they say, sources: [many-guide], confidence: verified"
	type edit struct{ old, replacement, want string }
	peer := "  peer: {level: error, text: tunnels join"
	unpublished := func(text string) string { return "  unpublished: {" + text + "}\n" + peer }
	besides := "    max_secondary:\n"
	beside := func(text string) string { return "    beside: [{" + text + "}]\n" + besides }
	const forbiddenRange, forbids = "{cidr: 10.255.0.0/16, level", "forbidden: [{cidr: 10.9.0.0/16, " + rule + "}]"
	const dynamic, dynamicMasks = "node_mask: 80, max", "      longest: 28\n"
	advised := func(length string) string {
		return dynamicMasks + "      advised_longest: " + length + "\n      advised_rule: {" + rule + "}\n"
	}
	const masks = "node_size_rule: {" + rule + "}, max"
	tests := map[string]edit{
		"a gap that is explained": {peer, unpublished("vpc_ipv6_limits: nobody says"), ""},
		"a gap without a reason": {
			peer,
			unpublished(`vpc_ipv6_limits: ""`),
			`networks.unpublished: there is data on "vpc_ipv6_limits", or it needs a reason`,
		},
		"a gap that is none": {
			peer,
			unpublished("vpc_limits: nobody says"),
			`networks.unpublished: there is data on "vpc_limits", or it needs a reason`,
		},
		"blocks beside one within":  {besides, beside("within: [10.0.0.0/8], " + forbids), ""},
		"blocks beside any within":  {besides, beside("any: true, within: [10.0.0.0/8], " + forbids), ""},
		"blocks beside one outside": {besides, beside("outside: [10.0.0.0/8], " + forbids), ""},
		"blocks beside nothing":     {besides, beside(forbids), "vpc: beside needs either within or outside, and forbidden"},
		"blocks beside one within and outside": {
			besides,
			beside("within: [10.0.0.0/8], outside: [10.0.0.0/9], " + forbids),
			"vpc: beside needs either within or outside, and forbidden",
		},
		"blocks beside any outside": {
			besides,
			beside("any: true, outside: [10.0.0.0/8], " + forbids),
			"vpc: beside needs either within or outside, and forbidden",
		},
		"blocks beside one, and nothing more": {
			besides,
			beside("within: [10.0.0.0/8]"),
			"vpc: beside needs either within or outside, and forbidden",
		},
		"a source of blocks beside one": {
			besides,
			beside("within: [10.0.0.0/8], forbidden: [{cidr: 10.9.0.0/16, level: warn}]"),
			"vpc: forbidden 10.9.0.0/16: a rule needs a text and a source",
		},
		"lost addresses with a rule": {"      lost: 1\n", "      lost: 1\n      lost_rule: {" + rule + "}\n", ""},
		"a rule without lost addresses": {
			"      lost: 1\n",
			"      lost_rule: {" + rule + "}\n",
			"profile fictitious-subnets: services: lost_rule without lost addresses",
		},
		"a rule on lost addresses of no source": {
			"      lost: 1\n",
			"      lost: 1\n      lost_rule: {level: warn, text: so they say}\n",
			"profile fictitious-subnets: services: lost_rule: a rule needs a text and a source",
		},
		"a range that no argument allows": {
			forbiddenRange,
			"{cidr: 10.255.0.0/16, allowed_by: allow_class_e, level",
			`vpc: forbidden 10.255.0.0/16: no argument "allow_class_e" allows it`,
		},
		"class E that its argument allows": {forbiddenRange, "{cidr: 240.0.0.0/4, allowed_by: allow_class_e, level", ""},
		"class E that another argument allows": {
			forbiddenRange,
			"{cidr: 240.0.0.0/4, allowed_by: allow_any, level",
			`vpc: forbidden 240.0.0.0/4: no argument "allow_any" allows it`,
		},
		"advice on the shortest blocks":    {dynamicMasks, advised("24"), ""},
		"advice on blocks of one bit less": {dynamicMasks, advised("27"), ""},
		"advice below the shortest":        {dynamicMasks, advised("23"), "nodes: advised_longest /23 is not shorter than /28"},
		"advice that changes nothing":      {dynamicMasks, advised("28"), "nodes: advised_longest /28 is not shorter than /28"},
		"advice without a rule": {
			dynamicMasks,
			dynamicMasks + "      advised_longest: 26\n",
			"nodes: advised_rule: a rule needs a text and a source",
		},
		"IPv6 blocks of one length":       {dynamic, "node_mask: 80, node_shortest: 80, node_longest: 80, " + masks, ""},
		"IPv6 blocks down to one address": {dynamic, "node_mask: 80, node_longest: 128, " + masks, ""},
		"IPv6 blocks longer than an address": {
			dynamic,
			"node_mask: 80, node_longest: 129, " + masks,
			"ipv6: node masks /0 to /129 do not fit",
		},
		"IPv6 blocks shorter than the usual": {
			dynamic,
			"node_mask: 80, node_longest: 79, " + masks,
			"ipv6: node masks /0 to /79 do not fit",
		},
		"IPv6 blocks longer than the usual": {
			dynamic,
			"node_mask: 80, node_shortest: 81, " + masks,
			"ipv6: node masks /81 to /0 do not fit",
		},
		"IPv6 blocks of a negative length": {
			dynamic,
			"node_mask: 80, node_shortest: -1, " + masks,
			"ipv6: node masks /-1 to /0 do not fit",
		},
		"IPv6 Pods from nowhere": {
			"pods: subnets, services: platform,",
			"pods: sky, services: platform,",
			`ipv6: pods from "sky" and services from "platform"`,
		},
		"IPv6 Services from nowhere": {
			"pods: subnets, services: platform,",
			"pods: subnets, services: subnets,",
			`ipv6: pods from "subnets" and services from "subnets"`,
		},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			_, err := profile.Load(edited(t, fictitiousManyFiles(t), "fictitious-many.yaml", test.old, test.replacement))
			if test.want != "" {
				wantFault(t, err, test.want)
			} else if err != nil {
				t.Error(err)
			}
		})
	}
}

func TestLoadTakesWhatIsJustSoundOfIPv6(t *testing.T) {
	tests := map[string]struct{ old, replacement string }{
		"the shortest Service range":            {"service_length: 112, ", "service_length: 1, "},
		"the longest Service range":             {"service_length: 112, ", "service_length: 128, "},
		"the shortest mask":                     {"node_mask: 80, ", "node_mask: 1, "},
		"the longest mask":                      {"node_mask: 80, ", "node_mask: 128, "},
		"Pods of the platform's own":            {"pods: subnets, services: platform,", "pods: platform, services: platform,"},
		"one family needs none of it":           {"{dual: true, pods: subnets, services: platform,", "{"},
		"Services of the platform's, no length": {"services: own, service_length: 112, ", "services: platform, "},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			load(t, edited(t, fictitiousManyFiles(t), "fictitious-many.yaml", test.old, test.replacement))
		})
	}
}

func TestLoadChecksWhatTerraformCannotSet(t *testing.T) {
	const dynamic = "service_length: 112, node_mask: 80, "
	unset := func(text string) string { return dynamic + "unset_by_terraform: {" + text + "}, " }
	const rule = "level: warn, text: no hatch takes the range, sources: [many-guide], confidence: verified"
	tests := map[string]struct{ profile, unset, want string }{
		"without a resource": {
			dynamic,
			unset(rule),
			"profile fictitious-dynamic: ipv6: unset_by_terraform: no range is allocated, or there is no resource",
		},
		"where none is chosen": {
			"pods: subnets, services: platform, ",
			"pods: subnets, services: platform, unset_by_terraform: {" + rule + "}, ",
			"profile fictitious-subnets: ipv6: unset_by_terraform: no range is allocated, or there is no resource",
		},
		"as an error": {
			dynamic,
			unset("level: error, text: no hatch takes the range, sources: [many-guide], confidence: verified"),
			"unset_by_terraform: level error, not warn",
		},
		"without a source": {
			dynamic,
			unset("takes: \"fc00::/112\", level: warn, text: no hatch takes the range, confidence: verified"),
			"unset_by_terraform: rule: a rule needs a text and a source",
		},
		"with an IPv4 range": {dynamic, unset("takes: 10.0.0.0/16, " + rule), "unset_by_terraform: takes 10.0.0.0/16 is no IPv6 range"},
		"with host bits":     {dynamic, unset("takes: \"fc00::1/112\", " + rule), "unset_by_terraform: takes fc00::1/112 is no IPv6 range"},
		"with a range alone": {dynamic, unset("takes: \"fc00::/112\""), "unset_by_terraform: rule: a rule needs a text and a source"},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			_, err := profile.Load(edited(t, fictitiousManyFiles(t), "fictitious-many.yaml", test.profile, test.unset))
			wantFault(t, err, test.want)
		})
	}
}
