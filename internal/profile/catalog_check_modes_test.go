package profile_test

import (
	"testing"
)

// Rules of profiles that the first fictitious platform does not have.
func TestLoadRefusesUnsoundProfilesOfOtherModes(t *testing.T) {
	const file = "fictitious-many.yaml"
	tests := map[string]unsound{
		"a size rule with a bad source": citing(
			"text: this mode takes 32 to 256 Pods on a node",
			"profile fictitious-shared: nodes: size_rule",
		),
		"a sized range with a bad source": citing(
			"text: this mode takes 32 to 32768 Services",
			"profile fictitious-shared: services: sized_rule",
		),
		"a sized range without a rule": {
			file,
			"      sized_rule: {level: error, text: this mode takes 32 to 32768 Services, sources: [many-guide], confidence: verified}\n",
			"",
			"profile fictitious-shared: services: sized_rule: a rule needs a text and a source",
		},
		"a default range with a bad source": citing(
			"text: this mode uses 10.247.0.0/16 by default",
			"profile fictitious-dynamic: services: default: rule",
		),
		"a default range without a rule": {
			file,
			"default: {cidrs: [10.247.0.0/16], level: warn, " +
				"text: this mode uses 10.247.0.0/16 by default, sources: [many-guide], confidence: verified}",
			"default: {cidrs: [10.247.0.0/16]}",
			"profile fictitious-dynamic: services: default: rule: a rule needs a text and a source",
		},
		"dynamic blocks that count addresses": {
			file,
			"pods_per_node: {default: 110, counts: usable}",
			"pods_per_node: {default: 110, counts: addresses}",
			`profile fictitious-dynamic: nodes: pods_per_node counts "addresses"`,
		},
		"kept addresses without a rule": {
			file,
			"reserved: {addresses: 5, level: allow, text: five addresses of a subnet are kept, sources: [many-guide], " +
				"confidence: verified}",
			"reserved: {addresses: 5}",
			"subnets.reserved: a rule needs a text and a source",
		},
		"dynamic blocks without a length": {
			file,
			"      blocks: dynamic\n      shortest: 24\n      longest: 28\n",
			"      blocks: dynamic\n",
			"profile fictitious-dynamic: nodes: masks /0 to /0 do not fit",
		},
		"fixed blocks for Pods in subnets": {
			file,
			"      blocks: none\n",
			"      blocks: fixed\n",
			`profile fictitious-subnets: nodes: blocks "fixed" do not go with Pods from "subnets"`,
		},
		"blocks for Pods in subnets without a length": {
			file,
			"      blocks: none\n",
			"      blocks: dynamic\n",
			`profile fictitious-subnets: nodes: masks /0 to /0 do not fit`,
		},
		"a rule on Pods of another mode with a bad source": {
			file,
			"        missing: {level: warn, text: this mode wants a subnet,",
			"        with_other_mode: {level: warn, text: other modes are elsewhere, sources: [hearsay], confidence: verified}\n" +
				"        missing: {level: warn, text: this mode wants a subnet,",
			`profile fictitious-subnets: pods: subnets.with_other_mode: source "hearsay" is not`,
		},
		"a rule on nodes of another cluster with a bad source": {
			file,
			"      pods_per_node: {default: 20, max: 128, counts: usable}\n",
			"      pods_per_node: {default: 20, max: 128, counts: usable}\n" +
				"      shared_subnet: {level: warn, text: nodes are alone, sources: [hearsay], confidence: verified}\n",
			`profile fictitious-subnets: nodes: shared_subnet: source "hearsay" is not`,
		},
		"no blocks in a shared range": {
			file,
			"      from: shared\n",
			"      from: subnets\n",
			`profile fictitious-shared: nodes: blocks "fixed" do not go with Pods from "subnets"`,
		},
		"a bound of Pods that is none": {file, "{max: 15000,", "{max: 0,", "profile fictitious-subnets: pods: a cap of 0"},
		"a bound of Pods with a bad source": citing(
			"text: fifteen thousand Pods fill the subnets", "profile fictitious-subnets: pods: caps",
		),
		"a Pod subnet limit with a bad source": {
			file,
			"text: Pods want large subnets\n            sources: [many-guide]",
			"text: Pods want large subnets\n            sources: [hearsay]",
			`profile fictitious-subnets: pods: limit: source "hearsay" is not`,
		},
		"capacity with a bad source": citing(
			"text: the subnets hold fewer Pods",
			"profile fictitious-subnets: pods: subnets.capacity",
		),
		"subnets without a rule for capacity": {
			file,
			"        capacity: {level: warn, text: the subnets hold fewer Pods, " +
				"sources: [many-guide], confidence: derived, reason: it follows from the others}\n",
			"",
			"profile fictitious-subnets: pods: subnets.capacity: a rule needs a text and a source",
		},
		"subnets without a rule for nodes": {
			file,
			"        with_nodes: {level: error, text: Pods and nodes live apart, sources: [many-guide], confidence: verified}\n",
			"",
			"profile fictitious-subnets: pods: subnets.with_nodes: a rule needs a text and a source",
		},
		"subnets without a rule for other Pods": {
			file,
			"        with_pods: {level: allow, text: clusters may share a subnet, sources: [many-guide], confidence: verified}\n",
			"",
			"profile fictitious-subnets: pods: subnets.with_pods: a rule needs a text and a source",
		},
		"subnets without a rule for none": {
			file,
			"        missing: {level: warn, text: this mode wants a subnet, sources: [many-guide], confidence: verified}\n",
			"",
			"profile fictitious-subnets: pods: subnets.missing: a rule needs a text and a source",
		},
		"subnets without a rule for Pod ranges": {
			file,
			"        pod_range: {level: error, text: this mode takes no Pod range, sources: [many-guide], confidence: verified}\n",
			"",
			"profile fictitious-subnets: pods: subnets.pod_range: a rule needs a text and a source",
		},
		"both families with a bad source": citing("text: this mode has both families", "profile fictitious-subnets: ipv6: rule"),
		"both families without a rule": {
			file,
			"services: platform, level: allow, text: this mode has both families, sources: [many-guide], confidence: verified}",
			"services: platform}",
			"profile fictitious-subnets: ipv6: rule: a rule needs a text and a source",
		},
		"one family with a rule that is unsound": {
			file,
			"{dual: true, pods: subnets, services: platform, level: allow, " +
				"text: this mode has both families, sources: [many-guide], confidence: verified}",
			"{level: allow, text: this mode has one family, confidence: verified}",
			"profile fictitious-subnets: ipv6: rule: a rule needs a text and a source",
		},
		"IPv6 Pods from nowhere": {
			file,
			"pods: subnets, services: platform,",
			"services: platform,",
			`profile fictitious-subnets: ipv6: pods from "" and services from "platform"`,
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
			"profile fictitious-dynamic: ipv6: service_length 0 and node_mask 80 do not fit",
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
			"profile fictitious-dynamic: ipv6: service_length 112 and node_mask 0 do not fit",
		},
		"IPv6 Pods beyond an address": {
			file,
			"node_mask: 80, ",
			"node_mask: 129, ",
			"ipv6: service_length 112 and node_mask 129 do not fit",
		},
		"growth by subnets with a bad source": {
			file,
			"{pods: subnets, sources: [many-guide]}",
			"{pods: subnets, sources: [hearsay]}",
			`profile fictitious-subnets: growth: text: source "hearsay" is not`,
		},
		"subnets without a bound on Pods per node": {
			file,
			"{default: 20, max: 128, counts: usable}",
			"{max: 128, counts: usable}",
			"profile fictitious-subnets: nodes: pods_per_node 0, 0 to 128 do not fit",
		},
	}
	refusesEach(t, fictitiousManyFiles(t), tests)
}
