package profile_test

import (
	"maps"
	"strings"
	"testing"
	"testing/fstest"

	"github.com/cidrplan/terraform-provider-cidrplan/internal/profile"
)

// Rules for networks, and for profiles that the moon does not have.
func TestLoadRefusesUnsoundNetworks(t *testing.T) {
	const page, bad = "sources: [ice-guide]", "sources: [hearsay]"
	cite := func(text string) (old, replacement string) { return text + ", " + page, text + ", " + bad }
	type edit struct{ old, replacement, want string }
	citing := func(text, where string) edit {
		old, replacement := cite(text)
		return edit{old, replacement, "europa.yaml: " + where + `: source "hearsay" is not in sources.yaml`}
	}
	tests := map[string]edit{
		"a hub without a title": {"      title: Air lock\n", "", "europa.yaml: hub lock: a hub needs a title"},
		"a hub that compares nothing": {
			"      compares: subnets\n",
			"",
			`europa.yaml: hub lock: compares "", not blocks, subnets or identical`,
		},
		"a hub that compares what is none": {
			"      compares: subnets\n",
			"      compares: colours\n",
			`hub lock: compares "colours", not blocks, subnets or identical`,
		},
		"a hub without a rule": {
			"      level: warn\n      text: an air lock compares subnets\n      sources: [ice-guide]\n      confidence: verified\n",
			"",
			"hub lock: rule: a rule needs a text and a source",
		},
		"a hub without a level": {
			"      level: warn\n      text: an air lock",
			"      text: an air lock",
			"europa.yaml: line 8: a rule needs a level",
		},
		"a hub without a source": {
			"subnets\n      sources: [ice-guide]\n",
			"subnets\n",
			"hub lock: rule: a rule needs a text and a source",
		},
		"a hub with a bad source": {
			"subnets\n      sources: [ice-guide]\n",
			"subnets\n      sources: [hearsay]\n",
			`hub lock: rule: source "hearsay" is not in sources.yaml`,
		},
		"a hub with an unknown key": {
			"      title: Air lock\n",
			"      title: Air lock\n      colour: red\n",
			"field colour not found in type profile.Hub",
		},
		"a protection level that compares nothing": {
			"sealed: {compares: blocks, ",
			"sealed: {",
			`hub lock: sealed: compares "", not blocks, subnets or identical`,
		},
		"a protection level without a level": {
			"open: {compares: identical, level: error, ",
			"open: {compares: identical, ",
			"a rule needs a level",
		},
		"a protection level without a text": {
			"text: a sealed lock compares blocks, ",
			"",
			"hub lock: sealed: rule: a rule needs a text and a source",
		},
		"a protection level with a bad source": citing("text: an open lock compares whole blocks", "hub lock: open: rule"),
		"a block limit with a bad source": {
			"text: blocks are private\n        sources: [ice-guide]",
			"text: blocks are private\n        sources: [hearsay]",
			`vpc: limit: source "hearsay" is not`,
		},
		"a block limit with host bits": {
			"{cidr: 10.0.0.0/8, shortest: 8, longest: 28}",
			"{cidr: 10.0.0.1/8, shortest: 8, longest: 28}",
			"vpc: window 10.0.0.1/8 /8 to /28 is no window",
		},
		"a forbidden block with a bad source": citing("text: the pumps live there", "vpc: forbidden 10.255.0.0/16"),
		"a forbidden block with host bits": {
			"{cidr: 10.255.0.0/16,",
			"{cidr: 10.255.0.1/16,",
			"vpc: forbidden 10.255.0.1/16 is no range",
		},
		"a limit of the first with a bad source": {
			"middling one\n          sources: [ice-guide]",
			"middling one\n          sources: [hearsay]",
			`vpc: limit: source "hearsay" is not`,
		},
		"a first block forbidden by a bad source": citing("text: the first block is not the drill's", "vpc: forbidden 10.128.0.0/16"),
		"a limit of the others with a bad source": {
			"or more\n          sources: [ice-guide]",
			"or more\n          sources: [hearsay]",
			`vpc: limit: source "hearsay" is not`,
		},
		"a further block forbidden by a bad source": citing("text: parts of 172.16.0.0/12 are cold", "vpc: forbidden 172.16.0.0/12"),
		"a forbidden block without a range": {
			"{cidr: 172.16.0.0/12, exact: true,",
			"{exact: true,",
			"vpc: forbidden invalid Prefix is no range",
		},
		"no further blocks at all":                  {"{max: 5,", "{max: 0,", "vpc: a cap of 0"},
		"further blocks with a bad source":          citing("text: a VPC has five further blocks", "vpc: caps"),
		"peers with a bad source":                   citing("text: tunnels join networks that share nothing", "networks.peer"),
		"peers of further blocks with a bad source": citing("text: further blocks do not pass a tunnel", "vpc.secondary_peered"),
		"a subnet limit with a bad source": {
			"text: subnets are of /16 to /29\n        sources: [ice-guide]",
			"text: subnets are of /16 to /29\n        sources: [hearsay]",
			`subnets: limit: source "hearsay" is not`,
		},
		"what is kept with a bad source":      citing("text: five addresses of a subnet are kept", "subnets.reserved"),
		"a forbidden route with a bad source": citing("text: no route leads to the pumps", "routes: forbidden 100.64.0.0/10"),
		"a forbidden route with host bits": {
			"{cidr: 100.64.0.0/10,",
			"{cidr: 100.64.0.1/10,",
			"routes: forbidden 100.64.0.1/10 is no range",
		},
		"a route in a subnet with a bad source":   citing("text: no route leads into a subnet", "routes.in_subnet"),
		"a route over a subnet with a bad source": citing("text: a route over a subnet hides nothing of it", "routes.over_subnet"),

		"a size rule with a bad source": citing(
			"text: ice takes 32 to 256 Pods on a node",
			"profile europa-ice: nodes: size_rule",
		),
		"a sized range with a bad source": citing(
			"text: ice takes 32 to 32768 Services",
			"profile europa-ice: services: sized_rule",
		),
		"a sized range without a rule": {
			"      sized_rule: {level: error, text: ice takes 32 to 32768 Services, sources: [ice-guide], confidence: verified}\n",
			"",
			"profile europa-ice: services: sized_rule: a rule needs a text and a source",
		},
		"a default range with a bad source": citing(
			"text: the ocean takes 10.247.0.0/16 unless told",
			"profile europa-ocean: services: default",
		),
		"a default range without a rule": {
			"default: {cidr: 10.247.0.0/16, level: warn, text: the ocean takes 10.247.0.0/16 unless told, sources: [ice-guide], confidence: verified}",
			"default: {cidr: 10.247.0.0/16}",
			"profile europa-ocean: services: default: a rule needs a text and a source",
		},
		"dynamic blocks that count addresses": {
			"pods_per_node: {default: 110, counts: usable}",
			"pods_per_node: {default: 110, counts: addresses}",
			`profile europa-ocean: nodes: pods_per_node counts "addresses"`,
		},
		"kept addresses without a rule": {
			"reserved: {addresses: 5, level: allow, text: five addresses of a subnet are kept, sources: [ice-guide], confidence: verified}",
			"reserved: {addresses: 5}",
			"subnets.reserved: a rule needs a text and a source",
		},
		"dynamic blocks without a length": {
			"      blocks: dynamic\n      shortest: 24\n      longest: 28\n",
			"      blocks: dynamic\n",
			"profile europa-ocean: nodes: masks /0 to /0 do not fit",
		},
		"dynamic blocks for Pods in subnets": {
			"      blocks: none\n",
			"      blocks: dynamic\n",
			`profile europa-vent: nodes: blocks "dynamic" do not go with Pods from "subnets"`,
		},
		"no blocks in a shared range": {
			"      from: shared\n",
			"      from: subnets\n",
			`profile europa-ice: nodes: blocks "fixed" do not go with Pods from "subnets"`,
		},
		"a bound of Pods that is none":      {"{max: 15000,", "{max: 0,", "profile europa-vent: pods: a cap of 0"},
		"a bound of Pods with a bad source": citing("text: fifteen thousand Pods fill the vents", "profile europa-vent: pods: caps"),
		"a Pod subnet limit with a bad source": {
			"text: Pods want large subnets\n            sources: [ice-guide]",
			"text: Pods want large subnets\n            sources: [hearsay]",
			`profile europa-vent: pods: limit: source "hearsay" is not`,
		},
		"capacity with a bad source": citing(
			"text: the subnets hold fewer Pods",
			"profile europa-vent: pods: subnets.capacity",
		),
		"subnets without a rule for capacity": {
			"        capacity: {level: warn, text: the subnets hold fewer Pods, sources: [ice-guide], confidence: derived, reason: it follows from the others}\n",
			"",
			"profile europa-vent: pods: subnets.capacity: a rule needs a text and a source",
		},
		"subnets without a rule for nodes": {
			"        with_nodes: {level: error, text: Pods and nodes live apart, sources: [ice-guide], confidence: verified}\n",
			"",
			"profile europa-vent: pods: subnets.with_nodes: a rule needs a text and a source",
		},
		"subnets without a rule for other Pods": {
			"        with_pods: {level: allow, text: clusters may share a subnet, sources: [ice-guide], confidence: verified}\n",
			"",
			"profile europa-vent: pods: subnets.with_pods: a rule needs a text and a source",
		},
		"subnets without a rule for none": {
			"        missing: {level: warn, text: vents want a subnet, sources: [ice-guide], confidence: verified}\n",
			"",
			"profile europa-vent: pods: subnets.missing: a rule needs a text and a source",
		},
		"subnets without a rule for Pod ranges": {
			"        pod_range: {level: error, text: vents take no Pod range, sources: [ice-guide], confidence: verified}\n",
			"",
			"profile europa-vent: pods: subnets.pod_range: a rule needs a text and a source",
		},
		"both families with a bad source": citing("text: vents have both families", "profile europa-vent: ipv6: rule"),
		"both families without a rule": {
			"services: platform, level: allow, text: vents have both families, sources: [ice-guide], confidence: verified}",
			"services: platform}",
			"profile europa-vent: ipv6: rule: a rule needs a text and a source",
		},
		"one family with a rule that is unsound": {
			"{dual: true, pods: subnets, services: platform, level: allow, text: vents have both families, sources: [ice-guide], confidence: verified}",
			"{level: allow, text: vents have one family, confidence: verified}",
			"profile europa-vent: ipv6: rule: a rule needs a text and a source",
		},
		"IPv6 Pods from nowhere": {
			"pods: subnets, services: platform,",
			"services: platform,",
			`profile europa-vent: ipv6: pods from "" and services from "platform"`,
		},
		"IPv6 Pods from elsewhere": {
			"pods: subnets, services: platform,",
			"pods: orbit, services: platform,",
			`ipv6: pods from "orbit" and services from "platform"`,
		},
		"IPv6 Services from elsewhere": {
			"pods: subnets, services: platform,",
			"pods: subnets, services: subnets,",
			`ipv6: pods from "subnets" and services from "subnets"`,
		},
		"IPv6 Services without a length": {
			"service_length: 112, ",
			"",
			"profile europa-ocean: ipv6: service_length 0 and node_mask 80 do not fit",
		},
		"IPv6 Services beyond an address": {
			"service_length: 112, ",
			"service_length: 129, ",
			"ipv6: service_length 129 and node_mask 80 do not fit",
		},
		"IPv6 Pods without a mask": {
			"node_mask: 80, ",
			"",
			"profile europa-ocean: ipv6: service_length 112 and node_mask 0 do not fit",
		},
		"IPv6 Pods beyond an address": {
			"node_mask: 80, ",
			"node_mask: 129, ",
			"ipv6: service_length 112 and node_mask 129 do not fit",
		},
		"growth by subnets with a bad source": {
			"{pods: subnets, sources: [ice-guide]}",
			"{pods: subnets, sources: [hearsay]}",
			`profile europa-vent: growth: source "hearsay" is not`,
		},
		"subnets without a bound on Pods per node": {
			"{default: 20, max: 128, counts: usable}",
			"{max: 128, counts: usable}",
			"profile europa-vent: nodes: pods_per_node 0 to 128 do not fit",
		},
	}
	sound := europaFiles(t)
	load(t, sound)
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			_, err := profile.Load(edited(t, sound, "europa.yaml", test.old, test.replacement))
			wantFault(t, err, test.want)
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
		t.Run(name, func(t *testing.T) { load(t, edited(t, europaFiles(t), "europa.yaml", test.old, test.replacement)) })
	}
}

func TestLoadChecksWhatTerraformCannotSet(t *testing.T) {
	const ocean = "service_length: 112, node_mask: 80, "
	unset := func(text string) string { return ocean + "unset_by_terraform: {" + text + "}, " }
	const rule = "level: warn, text: no hatch takes the range, sources: [ice-guide], confidence: verified"
	tests := map[string]struct{ profile, unset, want string }{
		"without a resource": {
			ocean,
			unset(rule),
			"profile europa-ocean: ipv6: unset_by_terraform: no range is allocated, or there is no resource",
		},
		"where none is chosen": {
			"pods: subnets, services: platform, ",
			"pods: subnets, services: platform, unset_by_terraform: {" + rule + "}, ",
			"profile europa-vent: ipv6: unset_by_terraform: no range is allocated, or there is no resource",
		},
		"as an error": {
			ocean,
			unset("level: error, text: no hatch takes the range, sources: [ice-guide], confidence: verified"),
			"unset_by_terraform: level error, not warn",
		},
		"without a source": {
			ocean,
			unset("takes: \"fc00::/112\", level: warn, text: no hatch takes the range, confidence: verified"),
			"unset_by_terraform: rule: a rule needs a text and a source",
		},
		"with an IPv4 range": {ocean, unset("takes: 10.0.0.0/16, " + rule), "unset_by_terraform: takes 10.0.0.0/16 is no IPv6 range"},
		"with host bits":     {ocean, unset("takes: \"fc00::1/112\", " + rule), "unset_by_terraform: takes fc00::1/112 is no IPv6 range"},
		"with a range alone": {ocean, unset("takes: \"fc00::/112\""), "unset_by_terraform: rule: a rule needs a text and a source"},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			_, err := profile.Load(edited(t, europaFiles(t), "europa.yaml", test.profile, test.unset))
			wantFault(t, err, test.want)
		})
	}
}

// One edit, one fault: nothing else may be refused along with it, or twice.
func TestOneFaultIsToldOnce(t *testing.T) {
	tests := map[string]struct{ old, replacement, want string }{
		"a hub": {"      title: Air lock\n", "", "europa.yaml: hub lock: a hub needs a title"},
		"a cap": {"{max: 5,", "{max: 0,", "europa.yaml: vpc: a cap of 0"},
		"blocks": {
			"      blocks: none\n",
			"      blocks: fixed\n",
			`europa.yaml: profile europa-vent: nodes: blocks "fixed" do not go with Pods from "subnets"`,
		},
		"a missing pair": {
			"{service_vpc: *stop, pod_service_same_vpc",
			"{pod_service_same_vpc",
			`europa.yaml: profile europa-vent: overlap "service_vpc" is missing`,
		},
		"a Pod in two": {
			"pod_pod_peer: *stop, pod_service_peer: *stop, pod_route: *stop, pod_site: *stop, service_vpc",
			"pod_pod_peer: *stop, pod_route: *stop, pod_site: *stop, service_vpc",
			`europa.yaml: profile europa-ocean: overlap "pod_service_peer" is missing`,
		},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			_, err := profile.Load(edited(t, europaFiles(t), "europa.yaml", test.old, test.replacement))
			if err == nil || err.Error() != test.want {
				t.Errorf("error:\n got %v\nwant %s", err, test.want)
			}
		})
	}
}

// Rules that a platform need not have may be left out.
func TestNetworksNeedNoRuleButThatForPeers(t *testing.T) {
	text := string(europaFiles(t)["europa.yaml"].Data)
	from, to := strings.Index(text, "  hubs:\n"), strings.Index(text, "outputs:\n")
	files := europaFiles(t)
	files["europa.yaml"] = &fstest.MapFile{Data: []byte(text[:from] + text[to:])}
	n := load(t, files).Platform("europa").Networks
	if got := n.VPC.CheckBlock(prefix("10.0.0.0/8"), true); len(got) != 0 {
		t.Errorf("without rules a block breaks %v", got)
	}
	if got := n.Subnets.Usable(prefix("10.0.0.0/24")); got != 256 {
		t.Errorf("without rules %d addresses of a /24 are usable", got)
	}
}

func TestLoadRefusesHubsGivenTwice(t *testing.T) {
	files := europaFiles(t)
	second := edited(t, files, "europa.yaml", "platform: europa\n", "platform: io\n")
	maps.Copy(files, fstest.MapFS{"io.yaml": second["europa.yaml"]})
	_, err := profile.Load(files)
	wantFault(t, err, `io.yaml: hub "lock" is given twice`)
	if strings.Contains(err.Error(), "platform") {
		t.Errorf("platforms of two names are refused: %v", err)
	}
	files["io.yaml"] = files["europa.yaml"]
	_, err = profile.Load(files)
	wantFault(t, err, `io.yaml: platform "europa" is given twice`)
}
