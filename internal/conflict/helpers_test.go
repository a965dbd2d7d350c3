package conflict_test

import (
	"fmt"
	"net/netip"
	"strings"

	"github.com/cidrplan/terraform-provider-cidrplan/internal/conflict"
	"github.com/cidrplan/terraform-provider-cidrplan/internal/profile"
	"github.com/cidrplan/terraform-provider-cidrplan/internal/topology"
)

func prefix(text string) netip.Prefix { return netip.MustParsePrefix(text) }

func prefixes(texts ...string) []netip.Prefix {
	var out []netip.Prefix
	for _, text := range texts {
		out = append(out, prefix(text))
	}
	return out
}

func shipped(name string) *profile.Profile {
	p, ok := profile.Default().Profile(name)
	if !ok {
		panic("no profile " + name)
	}
	return p
}

// clusterClaim is the claim of a cluster to one range, which the planner allocates.
func clusterClaim(name string, cl topology.Cluster, p *profile.Profile, kind conflict.Kind, r netip.Prefix) conflict.Claim {
	return conflict.ClusterClaimant(name, cl, p).Claim(kind, r)
}

// blockClaim is the claim of a block to a range, which the planner allocates.
func blockClaim(name string, r netip.Prefix) conflict.Claim {
	return conflict.BlockClaimant(name, topology.Block{}, profile.BlockAddresses{}).Claim(conflict.Block, r)
}

// around is a world seen from the VPC home and from the site: every other network is named after
// how it is connected to these two, VPCs and sites alike.
func around() topology.Facts {
	cen, pal := []string{"cen"}, []string{"pal"}
	return topology.Facts{
		Hubs: map[string]topology.Hub{"cen": {}},
		VPCs: map[string]topology.VPC{
			"home":  {Hubs: cen, Peers: pal, Platform: "alicloud"},
			"hub":   {Hubs: cen, Platform: "alicloud"},
			"pal":   {Platform: "huaweicloud"},
			"third": {Peers: pal, Platform: "alicloud"},
			"apart": {Platform: "alicloud"},
			"vrf":   {VRF: "blue", Platform: "alicloud"},
		},
		Sites: map[string]topology.Site{
			"site":       {Hubs: cen, Peers: []string{"pal", "site-pal"}},
			"site-hub":   {Hubs: cen},
			"site-pal":   {Peers: []string{"home"}},
			"site-third": {Peers: pal},
			"site-apart": {},
			"site-vrf":   {VRF: "blue"},
		},
	}
}

func world() conflict.World { return conflict.NewWorld(around(), profile.Default()) }

// claim makes a claim of a kind, by its word, in a network. The word "members" is a route that
// leads to members; an "other" range is that of an overlay, whatever the profile.
func claim(word, owner, network, profileName string) conflict.Claim {
	c := conflict.Claim{Owner: owner, Network: network}
	if kind, other := strings.CutPrefix(word, "other "); other {
		word, profileName = kind, "kubernetes-overlay"
	}
	switch word {
	case "pod", "service":
		c.Kind, c.Source, c.Profile = conflict.Pod, conflict.Allocated, shipped(profileName)
		if word == "service" {
			c.Kind = conflict.Service
		}
	case "vpc":
		c.Kind, c.Platform, c.Owner = conflict.VPC, around().VPCs[network].Platform, network
	case "subnet":
		c.Kind, c.Platform, c.Owner, c.Part, c.SubnetsCompared = conflict.Subnet, around().VPCs[network].Platform, network, "s", true
	case "site":
		c.Kind, c.Owner = conflict.Site, network
	case "route", "members":
		c.Kind, c.Owner, c.Part = conflict.Route, network, "r"
		if word == "members" {
			c.NextHop.Connections = []topology.Connection{topology.ThroughHub, topology.ThroughPeering}
		}
	case "reserved":
		c.Kind, c.Network = conflict.Reserved, ""
	default:
		panic("no kind " + word)
	}
	return c
}

// verdict writes a violation as the tables do: level and code, "" when the claims may share.
func verdict(v conflict.Violation, broken bool) string {
	if !broken {
		return ""
	}
	return v.Rule.Level.String() + " " + v.Code
}

// termText says what a term counts.
func termText(t conflict.Term) string {
	switch t.Of {
	case conflict.NodesOfCluster:
		return fmt.Sprintf("nodes of %q", t.Cluster)
	case conflict.PodsOfCluster:
		return fmt.Sprintf("Pods of %q", t.Cluster)
	}
	return "declared routes"
}
