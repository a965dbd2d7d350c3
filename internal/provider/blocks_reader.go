package provider

import (
	"github.com/hashicorp/terraform-plugin-go/tftypes"

	"github.com/cidrplan/terraform-provider-cidrplan/internal/allocate"
	"github.com/cidrplan/terraform-provider-cidrplan/internal/conflict"
	"github.com/cidrplan/terraform-provider-cidrplan/internal/topology"
	"github.com/cidrplan/terraform-provider-cidrplan/internal/values"
)

// readBlocksRequest reads the arguments of cidrplan_blocks; faults are what could not be read.
func readBlocksRequest(arguments map[string]tftypes.Value) (allocate.Request, []topology.Fault) {
	r := &values.Reader{}
	n := r.Attributes(arguments, nil)
	request := allocate.Request{
		Name: n.Text("name"), OfBlocks: true, Supernets: n.Prefixes("supernets"),
		Existing: values.Each(n, "existing", readExistingBlock), AllowClassE: granted(n.Flag("allow_class_e")),
		Renumber: n.TextMap("renumber"), Reclaim: n.Texts("reclaim"), PreventRelease: n.Texts("prevent_release"),
		Settings: conflict.Settings{Accepted: values.Each(n, "accepted_conflicts", readAcceptance)},
	}
	request.Facts = topology.Facts{
		Blocks: values.Each(n, "blocks", readBlock), Reserved: values.Each(n, "reserved", readReserved), VRF: n.Text("vrf"),
		Foreign: values.Each(n, "foreign_claims", readForeign),
	}
	split(n.Unknown, &request)
	r.Attributes(arguments, nil).TextMap("labels") // which no plan depends on, also while they are unknown
	return request, r.Faults
}

func readBlock(n *values.Node) topology.Block {
	b := topology.Block{
		PrefixLength: int(n.Number("prefix_length")), Addresses: n.Number("addresses"), CIDR: n.Prefix("cidr"),
		Platform: n.Word("platform"), Family: n.Word("ip_family"), PreviousNames: n.Texts("previous_names"),
		DelegatedTo: n.Text("delegated_to"), About: readAbout(n),
	}
	b.Unknown = n.Unknown
	return b
}

func readExistingBlock(n *values.Node) allocate.Existing {
	e := allocate.Existing{Cluster: n.Text("block"), CIDR: n.Prefix("cidr")}
	e.Unknown = n.Unknown
	return e
}
