package provider

import (
	"maps"

	"github.com/cidrplan/terraform-provider-cidrplan/internal/topology"
)

// besideOthers are worlds of a cluster and one range that another workspace has: of each kind, in the network of the cluster, in
// a peer of that, in a peer of both, and in none.
func besideOthers(by topology.Origin) []world {
	var all []world
	for _, kind := range topology.ForeignKinds {
		for _, network := range []string{"prod", "test", "third", ""} {
			for _, cidr := range []string{"10.64.0.0/16", "10.64.0.0/24", "172.20.0.0/16"} {
				story := ali(
					given{"peers": []string{"test"}},
					given{"shop": pinned("prod", "ack-flannel", "10.64.0.0/20", "172.20.0.0/20")},
				)
				claim := given{"owner": "other", "kind": kind, "cidr": cidr, "allocator": "z-team", "profile": "ack-flannel"}
				if network == "third" {
					claim["peers"] = []string{"test"}
				}
				if network != "" {
					claim["network"] = network
				}
				all = append(all, worldOf(by, having(story, "foreign_claims", given{"other": claim})))
			}
		}
	}
	return all
}

// planesBesideOthers are worlds of a control plane and one range that another workspace has, of each kind, in each network.
func planesBesideOthers(by topology.Origin) []world {
	var all []world
	for _, kind := range topology.ForeignKinds {
		for _, network := range []string{"prod", "test", ""} {
			claim := given{"owner": "other", "kind": kind, "cidr": "172.16.0.0/24", "allocator": "z-team", "profile": "gke"}
			if network != "" {
				claim["network"] = network
			}
			all = append(all, worldOf(by, given{
				"vpcs": given{
					"prod": with(vpcOn("google", "192.168.0.0/16"), "peers", []string{"test"}), "test": vpcOn("google", "172.30.0.0/16"),
				},
				"clusters": given{"shop": with(
					pinned("prod", "gke", "10.64.0.0/20", "172.20.0.0/20"), "other_ranges",
					given{"control_plane": []string{"172.16.0.0/28"}},
				)},
				"foreign_claims": given{"other": claim},
			}))
		}
	}
	return all
}

// withoutOtherRanges is a configuration whose clusters use no ranges beside Pods and Services but defaults.
func withoutOtherRanges(config given) given {
	clusters := maps.Clone(config["clusters"].(given))
	for name, cluster := range clusters {
		clusters[name] = maps.Clone(cluster.(given))
		delete(clusters[name].(given), "other_ranges")
	}
	return having(config, "clusters", clusters)
}

// blocksBesideOthers are worlds of a block and one range that another workspace has, of each kind.
func blocksBesideOthers() []world {
	var all []world
	for _, kind := range topology.ForeignKinds {
		claim := given{"owner": "other", "kind": kind, "cidr": "10.0.0.0/20", "allocator": "z-team", "profile": "ack-flannel"}
		all = append(all, worldOf(reporter(true), web(given{"foreign_claims": given{"other": claim}})))
	}
	return all
}
