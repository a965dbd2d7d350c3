package provider_test

import (
	"fmt"
	"maps"
	"regexp"
	"slices"
	"strings"
)

// shareHome is where clusters of ledger lives are, and of which kind they are there.
type shareHome struct {
	// vpc is the VPC, with a * for the name of the owner: others have the VPC of one name as well.
	vpc, platform, vrf, profile string
	// more are further arguments.
	more string
	// grows says that max_nodes may grow, extends that the Pod range becomes part of a larger one then.
	grows, extends bool
	// reserve is the length of a growth reserve that some clusters have, 0 for none.
	reserve int
}

var shareHomes = map[string]shareHome{
	"ali": {vpc: "*-ali", platform: "alicloud", profile: "ack-flannel"},
	"hw":  {vpc: "*-hw", platform: "huaweicloud", profile: "cce-vpc-router", grows: true, reserve: 19},
	"own": {vpc: "*-own", platform: "generic", profile: "kubernetes-routed", more: `, ip_families = ["ipv4", "ipv6"]`},
	"az": {
		vpc: "*-az", platform: "azure", profile: "aks-overlay", more: `, pods_per_node = 100`, grows: true, extends: true, reserve: 19,
	},
	"lab": {
		vpc: "*-lab", platform: "generic", profile: "kubernetes-overlay", grows: true,
		more: `, node_cidr_mask = 25, append_ranges = ["pods", "services"]`,
	},
	"far":    {vpc: "*-far", platform: "generic", vrf: "far", profile: "kubernetes-routed"},
	"common": {vpc: "common", platform: "generic", profile: "kubernetes-routed"},
}

// inHome is the part of the name of a cluster that says where it is: n7-hw is in the home hw, and so is each name that it gets later.
var inHome = regexp.MustCompile(`^[a-z]+[0-9]+-([a-z]+)`)

// homeOf is the home of a cluster, false for blocks.
func homeOf(cluster string) (shareHome, bool) {
	found := inHome.FindStringSubmatch(cluster)
	if found == nil {
		return shareHome{}, false
	}
	h, ok := shareHomes[found[1]]
	return h, ok
}

// pinned says whether the configuration gives the Pod range of a cluster.
func pinned(cluster string) bool { return strings.HasPrefix(cluster, "p") && cluster != "pods" }

// repeating says whether the ranges of an owner may repeat where nothing connects the networks.
func repeating(owner string) bool { return strings.HasPrefix(owner, "r") }

// vpcs are the VPCs of a workspace, one in each home.
func (s *sharer) vpcs() string {
	var out strings.Builder
	for i, name := range slices.Sorted(maps.Keys(shareHomes)) {
		h := shareHomes[name]
		more := ""
		if h.platform == "generic" {
			more = ", route_quota = 4000"
		}
		if h.vrf != "" {
			more += fmt.Sprintf(", vrf = %q", h.vrf)
		}
		fmt.Fprintf(&out, "    %s = { platform = %q, cidr_blocks = [\"192.168.%d.0/24\"]%s }\n", s.vpcOf(h), h.platform, i, more)
	}
	return out.String()
}

func (s *sharer) vpcOf(h shareHome) string { return strings.Replace(h.vpc, "*", s.owner, 1) }

// declared is a cluster in the configuration.
func (s *sharer) declared(name string) string {
	c := s.clusters[name]
	h, _ := homeOf(name)
	arguments := fmt.Sprintf("vpc = %q, profile = %q, previous_names = %s", s.vpcOf(h), h.profile, list(s.previous(name)))
	if c.mirrors != "" {
		return fmt.Sprintf("    %s = { %s, same_as = %q }\n", name, arguments, c.mirrors)
	}
	arguments += fmt.Sprintf(", max_services = 100%s", h.more)
	if c.pods != "" {
		arguments += fmt.Sprintf(", pod_cidrs = [%q]", c.pods)
	} else {
		arguments += fmt.Sprintf(", max_nodes = %d", c.nodes)
	}
	if c.reserve > 0 {
		arguments += fmt.Sprintf(", reserve_prefix_length = %d", c.reserve)
	}
	return fmt.Sprintf("    %s = { %s }\n", name, arguments)
}

// member is a new cluster or block, with its name. A cluster may be a mirror of one that is there, or have a pinned Pod range.
func (s *sharer) member(members map[string]*shareCluster) (name string, c *shareCluster) {
	s.names++
	if s.own && maps.Equal(members, s.blocks) {
		return fmt.Sprint("n", s.names), &shareCluster{length: 22 + s.IntN(3)}
	}
	homes := slices.Sorted(maps.Keys(shareHomes))
	home := homes[s.IntN(len(homes))]
	h := shareHomes[home]
	c = &shareCluster{nodes: 2 + s.IntN(14)}
	originals := slices.DeleteFunc(
		slices.Sorted(maps.Keys(s.clusters)),
		func(name string) bool { return !strings.HasSuffix(name, "-common") },
	)
	switch {
	case home == "far" && len(originals) > 0 && s.IntN(2) == 0:
		return fmt.Sprintf("m%d-far", s.names), &shareCluster{mirrors: originals[s.IntN(len(originals))]}
	case home == "common" && s.IntN(3) == 0: // where others pin theirs, or where others allocate
		second := []int{200, map[bool]int{true: 64}[s.lives.tight]}[s.IntN(2)]
		c.pods = fmt.Sprintf("10.%d.%d.0/24", second, s.IntN(16))
		return fmt.Sprintf("p%d-common", s.names), c
	case h.reserve > 0 && s.IntN(3) == 0:
		c.reserve = h.reserve
	}
	return fmt.Sprintf("n%d-%s", s.names, home), c
}
