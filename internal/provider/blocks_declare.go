package provider

import (
	"net/netip"

	"github.com/hashicorp/terraform-plugin-go/tftypes"

	"github.com/cidrplan/terraform-provider-cidrplan/internal/allocate"
	"github.com/cidrplan/terraform-provider-cidrplan/internal/conflict"
	"github.com/cidrplan/terraform-provider-cidrplan/internal/profile"
	"github.com/cidrplan/terraform-provider-cidrplan/internal/topology"
)

// readBlocksRequest reads the arguments of cidrplan_blocks; faults are what could not be read.
func readBlocksRequest(arguments map[string]tftypes.Value) (allocate.Request, []topology.Fault) {
	r := &reader{}
	n := r.attributes(arguments, nil)
	request := allocate.Request{
		Name: n.text("name"), Blocks: true, Supernets: n.prefixes("supernets"),
		Existing: each(n, "existing", readExistingBlock), AllowClassE: granted(n.flag("allow_class_e")),
		Renumber: n.textMap("renumber"), Reclaim: n.texts("reclaim"), PreventRelease: n.texts("prevent_release"),
		Leniency: conflict.Settings{Accepted: each(n, "accepted_conflicts", readAcceptance)},
	}
	request.Facts = topology.Facts{
		Clusters: each(n, "blocks", readBlock), Reserved: each(n, "reserved", readReserved), VRF: n.text("vrf"),
		Foreign: each(n, "foreign_claims", readForeign),
	}
	for i, attribute := range n.unknown {
		if attribute == "blocks" {
			n.unknown[i] = "clusters" // which is where the planner has them
		}
	}
	split(n.unknown, &request)
	return request, r.faults
}

func readBlock(n *node) topology.Cluster {
	c := topology.Cluster{
		Profile: profile.Block, PreviousNames: n.texts("previous_names"), About: readAbout(n),
		Block: &topology.Block{
			PrefixLength: int(n.number("prefix_length")), Addresses: n.number("addresses"), CIDR: n.prefix("cidr"),
			Platform: n.word("platform"), Family: n.word("ip_family"),
		},
	}
	c.Unknown = n.unknown
	return c
}

func readExistingBlock(n *node) allocate.Existing {
	e := allocate.Existing{Profile: profile.Block, Cluster: n.text("block")}
	if held := n.prefix("cidr"); held.IsValid() {
		e.PodCIDRs = []netip.Prefix{held}
	}
	e.Unknown = n.unknown
	return e
}
