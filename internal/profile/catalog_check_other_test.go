package profile_test

import (
	"testing"
	"testing/fstest"

	"github.com/cidrplan/terraform-provider-cidrplan/internal/profile"
)

func fictitiousOtherFiles(t testing.TB) fstest.MapFS { return fictitiousFiles(t, "other") }

// otherEdit is an edit of the file of the platform whose clusters use other ranges.
func otherEdit(old, replacement, want string) unsound {
	return unsound{"fictitious-other.yaml", old, replacement, want}
}

func TestLoadRefusesUnsoundOtherRanges(t *testing.T) {
	const join, masquerade, network = "profile other-default: other_ranges: join: ", "profile other-default: other_ranges: masquerade: ",
		"profile other-container: other_ranges: cluster_network: "
	const joinDefault = `cidrs: [100.64.0.0/16, "fd98::/64"]`
	const contains = "          pods: {level: error, text: the Pod range must be inside the cluster network, " +
		"sources: [other-guide], confidence: verified}\n"
	const allow = "level: allow, text: the masquerade"
	const masqueradeDefault = "        default: {cidrs: [169.254.0.0/17], level: allow, " +
		"text: the masquerade subnet is 169.254.0.0/17 by default, sources: [other-guide], confidence: verified}\n"
	refusesEach(t, fictitiousOtherFiles(t), map[string]unsound{
		"a name with a capital": otherEdit("      join:\n", "      Join:\n",
			"other_ranges: Join: the name is no word in lower case"),
		"a name that ends in a line": otherEdit("      join:\n", "      join_:\n",
			"other_ranges: join_: the name is no word in lower case"),
		"a name that begins otherwise": otherEdit("      join:\n", "      9join:\n",
			"other_ranges: 9join: the name is no word in lower case"),
		"no title": otherEdit("        title: join subnet\n", "", join+"it needs a title and a description"),
		"no description": otherEdit(
			"        description: connects the routers of the nodes\n", "", join+"it needs a title and a description",
		),
		"an unknown key":     otherEdit("        argument: network.join\n", "        set_by: network.join\n", "field set_by not found"),
		"a negative maximum": otherEdit("network.join\n        max: 1", "network.join\n        max: -1", join+"max -1"),
		"more defaults than the maximum": otherEdit(
			joinDefault, `cidrs: [100.64.0.0/16, 100.65.0.0/16]`, join+"default: more than 1 ranges",
		),
		"defaults that overlap": otherEdit(
			masqueradeDefault, "        default: {cidrs: [169.254.0.0/17, 169.254.0.0/18], level: allow, text: so, "+
				"sources: [other-guide], confidence: verified}\n", masquerade+"default: 169.254.0.0/18 overlaps another range",
		),
		"a default with host bits": otherEdit(joinDefault, "cidrs: [100.64.0.1/16]", join+"default: 100.64.0.1/16 is no range"),
		"a default beyond the limit": otherEdit(joinDefault, "cidrs: [100.64.0.0/25]",
			join+"default: 100.64.0.0/25 breaks a limit of its own"),
		"a default that warns": otherEdit(
			allow, "level: warn, text: the masquerade", masquerade+"default: level warn, not allow: it states what is in use",
		),
		"a default without ranges": otherEdit("{cidrs: [169.254.0.0/17], ", "{", masquerade+"default: no cidrs"),
		"a default without a source": otherEdit(
			"text: the masquerade subnet is 169.254.0.0/17 by default, sources: [other-guide]", "text: so, sources: []",
			masquerade+"default: rule: a rule needs a text and a source",
		),
		"IPv6 without saying so": otherEdit("        ipv6: true\n", "", join+"it has IPv6 ranges, but not ipv6: true"),
		"an IPv6 limit without saying so": otherEdit(
			"windows: [{cidr: 0.0.0.0/0, shortest: 28, longest: 28}]", `windows: [{cidr: "::/0", shortest: 28, longest: 28}]`,
			"profile other-unique: other_ranges: control_plane: it has IPv6 ranges, but not ipv6: true",
		),
		"Pods of others that must be elsewhere, but not the own ones": otherEdit(
			"          pods: &unique", "          other: &unique",
			`other_ranges: control_plane: overlap "pods_same_vpc" without "pods": a cluster is in its own network`,
		),
		"Services of others that must be elsewhere, but not the own ones": otherEdit(
			"          services: *unique\n          vpc", "          vpc",
			`other_ranges: control_plane: overlap "services_same_vpc" without "services": a cluster is in its own network`,
		),
		"a limit without a source": otherEdit(
			"            text: the join subnet has a prefix length of /8 to /24\n            sources: [other-guide]\n",
			"            text: the join subnet has a prefix length of /8 to /24\n", join+"limit: a rule needs a text and a source",
		),
		"a pair that is none": otherEdit("          vpc: *apart\n          route", "          vpcs: *apart\n          route",
			join+`overlap "vpcs" is no pair`),
		"a pair without a text": otherEdit(
			"text: the cluster network must not overlap the network of the nodes, ", "",
			network+"overlap vpc: a rule needs a text and a source",
		),
		"nothing that it is compared with": otherEdit(
			"overlap: {pods: *apart, services: *apart, other: *apart, vpc: *apart}", "overlap: {}",
			masquerade+"it overlaps nothing and contains nothing, so it has no effect",
		),
		"Pods that must be inside, without a source": otherEdit(
			contains, "          pods: {level: error, text: inside}\n", network+"contains: pods: a rule needs a text and a source",
		),
		"Pods that must be inside one of several": otherEdit(
			"networking.clusterNetwork\n        max: 1", "networking.clusterNetwork\n        max: 2", network+"contains: max 2, not 1",
		),
		"Pods that must be inside and outside": otherEdit(
			"        overlap:\n          vpc: {level: error, text: the cluster network",
			"        overlap:\n          pods: *stop\n          vpc: {level: error, text: the cluster network",
			network+`contains: overlap "pods" contradicts it`,
		),
		"Services that may not be where Pods must be": otherEdit(
			"        overlap:\n          vpc: {level: error, text: the cluster network",
			"        overlap:\n          services: *stop\n          vpc: {level: error, text: the cluster network",
			network+`contains: overlap "services" contradicts it`,
		),
		"two ranges that contain Pods": otherEdit(
			"overlap: {pods: *apart, services: *apart, other: *apart, vpc: *apart}",
			"contains: {pods: *stop}\n      more:\n        title: more\n        description: holds Pods\n        max: 1\n"+
				"        contains: {pods: *stop}",
			"profile other-default: other_ranges: several contain Pods",
		),
		"an argument with a range that contains no Pods": otherEdit(
			"value: pod_cidr, description: The Pod range", "value: other_range, use: join, description: The join range",
			`profile other-default: other_ranges: fictitious_other.pods has the range for "join", which contains no Pods`,
		),
		"defaults of two names that break their rule": otherEdit(
			"{cidrs: [169.254.0.0/17]", "{cidrs: [100.64.128.0/17]",
			"profile other-default: other_ranges: the defaults of join and masquerade overlap",
		),
	})
}

// Clusters whose Pods use subnets have no Pod range, and in one range with Services these have none of their own.
func TestLoadRefusesOtherRangesThatCompareWhatClustersDoNotHave(t *testing.T) {
	const subnets, shared = "    growth: {pods: subnets, sources: [many-guide]}", "counts: addresses}\n    overlap: {pod_vpc: *stop,"
	other := func(more string) string {
		return "    other_ranges: {remote: {title: remote, description: remote nodes, max: 1, " + more + "}}\n"
	}
	refusesEach(t, fictitiousManyFiles(t), map[string]unsound{
		"Pods in subnets": {
			"fictitious-many.yaml", subnets, other("overlap: {pods: *stop}") + subnets,
			`profile fictitious-subnets: other_ranges: remote: overlap "pods": clusters have no such range of their own`,
		},
		"Pods in subnets, inside": {
			"fictitious-many.yaml", subnets, other("contains: {pods: *stop}") + subnets,
			"profile fictitious-subnets: other_ranges: remote: contains: clusters have no Pod range",
		},
		"Services in the Pod range": {
			"fictitious-many.yaml", shared, "counts: addresses}\n" + other("overlap: {services: *stop}") + "    overlap: {pod_vpc: *stop,",
			`profile fictitious-shared: other_ranges: remote: overlap "services": clusters have no such range of their own`,
		},
	})
}

func TestLoadAcceptsOtherRangesThatAreJustSound(t *testing.T) {
	for name, test := range map[string]struct{ old, replacement string }{
		"two defaults without a maximum": {"max: 1\n        default: {cidrs: [169.254.0.0/17]",
			"default: {cidrs: [169.254.0.0/17, 10.9.0.0/24]"},
		"a default as long as the limit": {`cidrs: [100.64.0.0/16, "fd98::/64"]`, "cidrs: [100.64.0.0/24]"},
		"a name of two words":            {"      join:\n", "      join_2:\n"},
		"Pods are advised to be inside": {
			"pods: {level: error, text: the Pod range must", "pods: {level: warn, text: the Pod range should",
		},
	} {
		t.Run(name, func(t *testing.T) {
			load(t, edited(t, fictitiousOtherFiles(t), "fictitious-other.yaml", test.old, test.replacement))
		})
	}
}

func TestOtherRangesInUse(t *testing.T) {
	join := known(t, load(t, fictitiousOtherFiles(t)), "other-default").OtherRanges["join"]
	for name, test := range map[string]struct {
		other      profile.OtherRange
		configured []string
		ipv6       bool
		want       []string
		given      int // how many of them the configuration gives
	}{
		"nothing is given":             {join, nil, false, []string{"100.64.0.0/16"}, 0},
		"nothing is given, with IPv6":  {join, nil, true, []string{"100.64.0.0/16", "fd98::/64"}, 0},
		"one family is given":          {join, []string{"10.9.0.0/16"}, true, []string{"10.9.0.0/16", "fd98::/64"}, 1},
		"the other family is given":    {join, []string{"fd99::/64"}, true, []string{"fd99::/64", "100.64.0.0/16"}, 1},
		"both are given":               {join, []string{"10.9.0.0/16", "fd99::/64"}, true, []string{"10.9.0.0/16", "fd99::/64"}, 2},
		"IPv6 that the cluster lacks":  {join, []string{"fd99::/64"}, false, []string{"fd99::/64", "100.64.0.0/16"}, 1},
		"without a default":            {profile.OtherRange{}, []string{"10.9.0.0/28"}, true, []string{"10.9.0.0/28"}, 1},
		"without a default, not given": {profile.OtherRange{}, nil, true, nil, 0},
	} {
		t.Run(name, func(t *testing.T) {
			ranges, given := test.other.InUse(prefixes(test.configured...), test.ipv6)
			if want := prefixes(test.want...); len(ranges) != len(want) || len(given) != len(want) {
				t.Fatalf("got %v %v, want %v", ranges, given, test.want)
			}
			for i, r := range ranges {
				if r != prefix(test.want[i]) || given[i] != (i < test.given) {
					t.Errorf("%d: got %v, given %t; want %s, given %t", i, r, given[i], test.want[i], i < test.given)
				}
			}
		})
	}
}
