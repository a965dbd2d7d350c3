package profile_test

import (
	"strings"
	"testing"
	"testing/fstest"
)

func TestLoadRefusesUnsoundNetworks(t *testing.T) {
	const file = "europa.yaml"
	tests := map[string]unsound{
		"a hub without a title": {file, "      title: Air lock\n", "", "europa.yaml: hub lock: a hub needs a title"},
		"a hub that compares nothing": {
			file,
			"      compares: subnets\n",
			"",
			`europa.yaml: hub lock: compares "", not blocks, subnets or identical`,
		},
		"a hub that compares what is none": {
			file,
			"      compares: subnets\n",
			"      compares: colours\n",
			`hub lock: compares "colours", not blocks, subnets or identical`,
		},
		"a hub without a rule": {
			file,
			"      level: warn\n      text: an air lock compares subnets\n      sources: [ice-guide]\n      confidence: verified\n",
			"",
			"hub lock: rule: a rule needs a text and a source",
		},
		"a hub without a level": {
			file,
			"      level: warn\n      text: an air lock",
			"      text: an air lock",
			"europa.yaml: line 8: a rule needs a level",
		},
		"a hub without a source": {
			file,
			"subnets\n      sources: [ice-guide]\n",
			"subnets\n",
			"hub lock: rule: a rule needs a text and a source",
		},
		"a hub with a bad source": {
			file,
			"subnets\n      sources: [ice-guide]\n",
			"subnets\n      sources: [hearsay]\n",
			`hub lock: rule: source "hearsay" is not in sources.yaml`,
		},
		"a hub with an unknown key": {
			file,
			"      title: Air lock\n",
			"      title: Air lock\n      colour: red\n",
			"field colour not found in type profile.Hub",
		},
		"a protection level that compares nothing": {
			file,
			"sealed: {compares: blocks, ",
			"sealed: {",
			`hub lock: sealed: compares "", not blocks, subnets or identical`,
		},
		"a protection level without a level": {
			file,
			"open: {compares: identical, level: error, ",
			"open: {compares: identical, ",
			"a rule needs a level",
		},
		"a protection level without a text": {
			file,
			"text: a sealed lock compares blocks, ",
			"",
			"hub lock: sealed: rule: a rule needs a text and a source",
		},
		"a protection level with a bad source": citing("text: an open lock compares whole blocks", "hub lock: open: rule"),
		"a block limit with a bad source": {
			file,
			"text: blocks are private\n        sources: [ice-guide]",
			"text: blocks are private\n        sources: [hearsay]",
			`vpc: limit: source "hearsay" is not`,
		},
		"a block limit with host bits": {
			file,
			"{cidr: 10.0.0.0/8, shortest: 8, longest: 28}",
			"{cidr: 10.0.0.1/8, shortest: 8, longest: 28}",
			"vpc: window 10.0.0.1/8 /8 to /28 is no window",
		},
		"a forbidden block with a bad source": citing("text: the pumps live there", "vpc: forbidden 10.255.0.0/16"),
		"a forbidden block with host bits": {
			file,
			"{cidr: 10.255.0.0/16,",
			"{cidr: 10.255.0.1/16,",
			"vpc: forbidden 10.255.0.1/16 is no range",
		},
		"a limit of the first with a bad source": {
			file,
			"middling one\n          sources: [ice-guide]",
			"middling one\n          sources: [hearsay]",
			`vpc: limit: source "hearsay" is not`,
		},
		"a first block forbidden by a bad source": citing("text: the first block is not the drill's", "vpc: forbidden 10.128.0.0/16"),
		"a limit of the others with a bad source": {
			file,
			"or more\n          sources: [ice-guide]",
			"or more\n          sources: [hearsay]",
			`vpc: limit: source "hearsay" is not`,
		},
		"a further block forbidden by a bad source": citing("text: parts of 172.16.0.0/12 are cold", "vpc: forbidden 172.16.0.0/12"),
		"a forbidden block without a range": {
			file,
			"{cidr: 172.16.0.0/12, exact: true,",
			"{exact: true,",
			"vpc: forbidden invalid Prefix is no range",
		},
		"no further blocks at all":                  {file, "{max: 5,", "{max: 0,", "vpc: a cap of 0"},
		"further blocks with a bad source":          citing("text: a VPC has five further blocks", "vpc: caps"),
		"peers with a bad source":                   citing("text: tunnels join networks that share nothing", "networks.peer"),
		"peers of further blocks with a bad source": citing("text: further blocks do not pass a tunnel", "vpc.secondary_peered"),
		"a subnet limit with a bad source": {
			file,
			"text: subnets are of /16 to /29\n        sources: [ice-guide]",
			"text: subnets are of /16 to /29\n        sources: [hearsay]",
			`subnets: limit: source "hearsay" is not`,
		},
		"what is kept with a bad source":      citing("text: five addresses of a subnet are kept", "subnets.reserved"),
		"a forbidden route with a bad source": citing("text: no route leads to the pumps", "routes: forbidden 100.64.0.0/10"),
		"a forbidden route with host bits": {
			file,
			"{cidr: 100.64.0.0/10,",
			"{cidr: 100.64.0.1/10,",
			"routes: forbidden 100.64.0.1/10 is no range",
		},
		"a route in a subnet with a bad source":   citing("text: no route leads into a subnet", "routes.in_subnet"),
		"a route over a subnet with a bad source": citing("text: a route over a subnet hides nothing of it", "routes.over_subnet"),
	}
	refusesEach(t, fixtureEuropaFiles(t), tests)
}

// Rules that a platform need not have may be left out.
func TestNetworksNeedNoRuleButThatForPeers(t *testing.T) {
	text := string(fixtureEuropaFiles(t)["europa.yaml"].Data)
	from, to := strings.Index(text, "  hubs:\n"), strings.Index(text, "outputs:\n")
	files := fixtureEuropaFiles(t)
	files["europa.yaml"] = &fstest.MapFile{Data: []byte(text[:from] + text[to:])}
	n := load(t, files).Platform("europa").Networks
	if got := n.VPC.CheckBlock(prefix("10.0.0.0/8"), true); len(got) != 0 {
		t.Errorf("without rules a block breaks %v", got)
	}
	if got := n.Subnets.Usable(prefix("10.0.0.0/24")); got != 256 {
		t.Errorf("without rules %d addresses of a /24 are usable", got)
	}
}
