package profile_test

import (
	"testing"
)

// Rules of profiles that the moon does not have.
func TestLoadRefusesUnsoundProfilesOfOtherModes(t *testing.T) {
	const file = "europa.yaml"
	tests := map[string]unsound{
		"a size rule with a bad source": citing(
			"text: ice takes 32 to 256 Pods on a node",
			"profile europa-ice: nodes: size_rule",
		),
		"a sized range with a bad source": citing(
			"text: ice takes 32 to 32768 Services",
			"profile europa-ice: services: sized_rule",
		),
		"a sized range without a rule": {
			file,
			"      sized_rule: {level: error, text: ice takes 32 to 32768 Services, sources: [ice-guide], confidence: verified}\n",
			"",
			"profile europa-ice: services: sized_rule: a rule needs a text and a source",
		},
		"a default range with a bad source": citing(
			"text: the ocean uses 10.247.0.0/16 by default",
			"profile europa-ocean: services: default",
		),
		"a default range without a rule": {
			file,
			"default: {cidr: 10.247.0.0/16, level: warn, " +
				"text: the ocean uses 10.247.0.0/16 by default, sources: [ice-guide], confidence: verified}",
			"default: {cidr: 10.247.0.0/16}",
			"profile europa-ocean: services: default: a rule needs a text and a source",
		},
		"dynamic blocks that count addresses": {
			file,
			"pods_per_node: {default: 110, counts: usable}",
			"pods_per_node: {default: 110, counts: addresses}",
			`profile europa-ocean: nodes: pods_per_node counts "addresses"`,
		},
		"kept addresses without a rule": {
			file,
			"reserved: {addresses: 5, level: allow, text: five addresses of a subnet are kept, sources: [ice-guide], confidence: verified}",
			"reserved: {addresses: 5}",
			"subnets.reserved: a rule needs a text and a source",
		},
		"dynamic blocks without a length": {
			file,
			"      blocks: dynamic\n      shortest: 24\n      longest: 28\n",
			"      blocks: dynamic\n",
			"profile europa-ocean: nodes: masks /0 to /0 do not fit",
		},
		"dynamic blocks for Pods in subnets": {
			file,
			"      blocks: none\n",
			"      blocks: dynamic\n",
			`profile europa-vent: nodes: blocks "dynamic" do not go with Pods from "subnets"`,
		},
		"no blocks in a shared range": {
			file,
			"      from: shared\n",
			"      from: subnets\n",
			`profile europa-ice: nodes: blocks "fixed" do not go with Pods from "subnets"`,
		},
		"a bound of Pods that is none":      {file, "{max: 15000,", "{max: 0,", "profile europa-vent: pods: a cap of 0"},
		"a bound of Pods with a bad source": citing("text: fifteen thousand Pods fill the vents", "profile europa-vent: pods: caps"),
		"a Pod subnet limit with a bad source": {
			file,
			"text: Pods want large subnets\n            sources: [ice-guide]",
			"text: Pods want large subnets\n            sources: [hearsay]",
			`profile europa-vent: pods: limit: source "hearsay" is not`,
		},
		"capacity with a bad source": citing(
			"text: the subnets hold fewer Pods",
			"profile europa-vent: pods: subnets.capacity",
		),
		"subnets without a rule for capacity": {
			file,
			"        capacity: {level: warn, text: the subnets hold fewer Pods, " +
				"sources: [ice-guide], confidence: derived, reason: it follows from the others}\n",
			"",
			"profile europa-vent: pods: subnets.capacity: a rule needs a text and a source",
		},
		"subnets without a rule for nodes": {
			file,
			"        with_nodes: {level: error, text: Pods and nodes live apart, sources: [ice-guide], confidence: verified}\n",
			"",
			"profile europa-vent: pods: subnets.with_nodes: a rule needs a text and a source",
		},
		"subnets without a rule for other Pods": {
			file,
			"        with_pods: {level: allow, text: clusters may share a subnet, sources: [ice-guide], confidence: verified}\n",
			"",
			"profile europa-vent: pods: subnets.with_pods: a rule needs a text and a source",
		},
		"subnets without a rule for none": {
			file,
			"        missing: {level: warn, text: vents want a subnet, sources: [ice-guide], confidence: verified}\n",
			"",
			"profile europa-vent: pods: subnets.missing: a rule needs a text and a source",
		},
		"subnets without a rule for Pod ranges": {
			file,
			"        pod_range: {level: error, text: vents take no Pod range, sources: [ice-guide], confidence: verified}\n",
			"",
			"profile europa-vent: pods: subnets.pod_range: a rule needs a text and a source",
		},
		"both families with a bad source": citing("text: vents have both families", "profile europa-vent: ipv6: rule"),
		"both families without a rule": {
			file,
			"services: platform, level: allow, text: vents have both families, sources: [ice-guide], confidence: verified}",
			"services: platform}",
			"profile europa-vent: ipv6: rule: a rule needs a text and a source",
		},
		"one family with a rule that is unsound": {
			file,
			"{dual: true, pods: subnets, services: platform, level: allow, " +
				"text: vents have both families, sources: [ice-guide], confidence: verified}",
			"{level: allow, text: vents have one family, confidence: verified}",
			"profile europa-vent: ipv6: rule: a rule needs a text and a source",
		},
		"IPv6 Pods from nowhere": {
			file,
			"pods: subnets, services: platform,",
			"services: platform,",
			`profile europa-vent: ipv6: pods from "" and services from "platform"`,
		},
		"IPv6 Pods from elsewhere": {
			file,
			"pods: subnets, services: platform,",
			"pods: orbit, services: platform,",
			`ipv6: pods from "orbit" and services from "platform"`,
		},
		"IPv6 Services from elsewhere": {
			file,
			"pods: subnets, services: platform,",
			"pods: subnets, services: subnets,",
			`ipv6: pods from "subnets" and services from "subnets"`,
		},
		"IPv6 Services without a length": {
			file,
			"service_length: 112, ",
			"",
			"profile europa-ocean: ipv6: service_length 0 and node_mask 80 do not fit",
		},
		"IPv6 Services beyond an address": {
			file,
			"service_length: 112, ",
			"service_length: 129, ",
			"ipv6: service_length 129 and node_mask 80 do not fit",
		},
		"IPv6 Pods without a mask": {
			file,
			"node_mask: 80, ",
			"",
			"profile europa-ocean: ipv6: service_length 112 and node_mask 0 do not fit",
		},
		"IPv6 Pods beyond an address": {
			file,
			"node_mask: 80, ",
			"node_mask: 129, ",
			"ipv6: service_length 112 and node_mask 129 do not fit",
		},
		"growth by subnets with a bad source": {
			file,
			"{pods: subnets, sources: [ice-guide]}",
			"{pods: subnets, sources: [hearsay]}",
			`profile europa-vent: growth: source "hearsay" is not`,
		},
		"subnets without a bound on Pods per node": {
			file,
			"{default: 20, max: 128, counts: usable}",
			"{max: 128, counts: usable}",
			"profile europa-vent: nodes: pods_per_node 0 to 128 do not fit",
		},
	}
	refusesEach(t, fixtureEuropaFiles(t), tests)
}
