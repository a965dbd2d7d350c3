package profile_test

import (
	"strings"
	"testing"
	"testing/fstest"
)

func TestLoadRefusesUnsoundNetworks(t *testing.T) {
	const file = "fictitious-many.yaml"
	tests := map[string]unsound{
		"a hub without a title": {file, "      title: Gateway\n", "", "fictitious-many.yaml: hub gateway: a hub needs a title"},
		"a hub that compares nothing": {
			file,
			"      compares: subnets\n",
			"",
			`fictitious-many.yaml: hub gateway: compares "", not blocks, subnets or identical`,
		},
		"a hub that compares what is none": {
			file,
			"      compares: subnets\n",
			"      compares: colours\n",
			`hub gateway: compares "colours", not blocks, subnets or identical`,
		},
		"a hub without a rule": {
			file,
			"      level: warn\n      text: a gateway compares subnets\n      sources: [many-guide]\n      confidence: verified\n",
			"",
			"hub gateway: rule: a rule needs a text and a source",
		},
		"a hub without a level": {
			file,
			"      level: warn\n      text: a gateway",
			"      text: a gateway",
			"fictitious-many.yaml: line 8: a rule needs a level",
		},
		"a hub without a source": {
			file,
			"subnets\n      sources: [many-guide]\n",
			"subnets\n",
			"hub gateway: rule: a rule needs a text and a source",
		},
		"a hub with a bad source": {
			file,
			"subnets\n      sources: [many-guide]\n",
			"subnets\n      sources: [hearsay]\n",
			`hub gateway: rule: source "hearsay" is not in sources.yaml`,
		},
		"a hub with an unknown key": {
			file,
			"      title: Gateway\n",
			"      title: Gateway\n      colour: red\n",
			"field colour not found in type profile.Hub",
		},
		"a protection level that compares nothing": {
			file,
			"strict: {compares: blocks, ",
			"strict: {",
			`hub gateway: strict: compares "", not blocks, subnets or identical`,
		},
		"a protection level without a level": {
			file,
			"open: {compares: identical, level: error, ",
			"open: {compares: identical, ",
			"a rule needs a level",
		},
		"a protection level without a text": {
			file,
			"text: a strict gateway compares blocks, ",
			"",
			"hub gateway: strict: rule: a rule needs a text and a source",
		},
		"a protection level with a bad source": citing("text: an open gateway compares whole blocks", "hub gateway: open: rule"),
		"a block limit with a bad source": {
			file,
			"text: blocks are private\n        sources: [many-guide]",
			"text: blocks are private\n        sources: [hearsay]",
			`vpc: limit: source "hearsay" is not`,
		},
		"a block limit with host bits": {
			file,
			"{cidr: 10.0.0.0/8, shortest: 8, longest: 28}",
			"{cidr: 10.0.0.1/8, shortest: 8, longest: 28}",
			"vpc: window 10.0.0.1/8 /8 to /28 is no window",
		},
		"a forbidden block with a bad source": citing("text: the platform uses it", "vpc: forbidden 10.255.0.0/16"),
		"a forbidden block with host bits": {
			file,
			"{cidr: 10.255.0.0/16,",
			"{cidr: 10.255.0.1/16,",
			"vpc: forbidden 10.255.0.1/16 is no range",
		},
		"a limit of the first with a bad source": {
			file,
			"middling one\n          sources: [many-guide]",
			"middling one\n          sources: [hearsay]",
			`vpc: limit: source "hearsay" is not`,
		},
		"a first block forbidden by a bad source": citing("text: the first block is not of the platform", "vpc: forbidden 10.128.0.0/16"),
		"a limit of the others with a bad source": {
			file,
			"or more\n          sources: [many-guide]",
			"or more\n          sources: [hearsay]",
			`vpc: limit: source "hearsay" is not`,
		},
		"a further block forbidden by a bad source": citing("text: parts of 172.16.0.0/12 are not advised", "vpc: forbidden 172.16.0.0/12"),
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
			"text: subnets are of /16 to /29\n        sources: [many-guide]",
			"text: subnets are of /16 to /29\n        sources: [hearsay]",
			`subnets: limit: source "hearsay" is not`,
		},
		"what is kept with a bad source":      citing("text: five addresses of a subnet are kept", "subnets.reserved"),
		"a forbidden route with a bad source": citing("text: no route leads to the platform", "routes: forbidden 100.64.0.0/10"),
		"a forbidden route with host bits": {
			file,
			"{cidr: 100.64.0.0/10,",
			"{cidr: 100.64.0.1/10,",
			"routes: forbidden 100.64.0.1/10 is no range",
		},
		"a route in a subnet with a bad source":          citing("text: no route leads into a subnet", "routes.in_subnet"),
		"a route in a secondary block with a bad source": citing("text: no route leads into a further block", "routes.in_secondary"),
		"a route over a subnet with a bad source":        citing("text: a route over a subnet hides nothing of it", "routes.over_subnet"),
	}
	refusesEach(t, fictitiousManyFiles(t), tests)
}

// Rules that a platform need not have may be left out.
func TestNetworksNeedNoRuleButThatForPeers(t *testing.T) {
	text := string(fictitiousManyFiles(t)["fictitious-many.yaml"].Data)
	from, to := strings.Index(text, "  hubs:\n"), strings.Index(text, "outputs:\n")
	files := fictitiousManyFiles(t)
	files["fictitious-many.yaml"] = &fstest.MapFile{Data: []byte(text[:from] + text[to:])}
	n := load(t, files).Platform("fictitious-many").Networks
	if got := n.VPC.CheckBlock(prefix("10.0.0.0/8"), true); len(got) != 0 {
		t.Errorf("without rules a block breaks %v", got)
	}
	if got := n.Subnets.Usable(prefix("10.0.0.0/24")); got != 256 {
		t.Errorf("without rules %d addresses of a /24 are usable", got)
	}
}
