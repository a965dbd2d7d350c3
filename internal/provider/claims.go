package provider

import (
	"slices"

	"github.com/cidrplan/terraform-provider-cidrplan/internal/allocate"
	"github.com/cidrplan/terraform-provider-cidrplan/internal/topology"
)

// claimFields are the attributes of a claim that travels between workspaces.
var claimFields = aboutFields.with(fields{
	"owner": {
		shape: text,
		about: "Name of the cluster, block or reservation that has the range, or of the allocator or `cidrplan_blocks` whose supernet it is.",
	},
	"kind": {
		shape: text,
		about: "What the range is used for: " + choice(
			topology.ForeignKinds,
		) + ". `existing` is what `existing` names for a cluster that is not declared, `kept` what a cluster keeps free for further Pod ranges, `released` what rests after a cluster or block gave it up. Defaults to `block`.",
	},
	"cidr": {shape: text, about: "The range, such as `10.64.0.0/19`."},
	"network": {
		shape: text,
		about: "Name of the VPC or site that the range is used in. Where one of that name and VRF is declared here, it is that one.",
	},
	"vrf":   {shape: text, about: "Address realm of the range. Defaults to the unnamed one."},
	"hubs":  {shape: texts, about: "Names of the hubs that the network is attached to."},
	"peers": {shape: texts, about: "Names of the networks that the network is joined to directly."},
	"allocator": {
		shape: text,
		about: "Name of the allocator that holds the range, or `blocks/` and that of the `cidrplan_blocks`. It tells them apart: no two allocators, and no two `cidrplan_blocks`, may have the same name in any workspace.",
	},
	"profile": {
		shape: text,
		about: "Profile of the cluster, which decides what must keep clear of it. Where it is not given, everything that reaches it keeps clear.",
	},
	"meshes": {
		shape: texts,
		about: "Flat service meshes that the cluster is a member of: ranges of their members must be disjoint, also in different VRFs.",
	},
})

// foreignField is what an allocator is told of other workspaces.
var foreignField = field{
	shape:  objects,
	fields: claimFields.byValue(),
	about: "Claims of other workspaces by any key, which the function `claims` returns of their allocators and `cidrplan_blocks`: from `terraform_remote_state`, from a file with `jsondecode(file(\"claims.json\"))`, or from outputs of HCP Terraform. " +
		"Each needs `cidr` and `owner`. They are facts: what is handed out here keeps clear of them as of ranges of this workspace, and what is pinned or held is compared with them. Claims under this resource's own name are ignored if it holds the range by its state or by `existing`; those that it does not hold are treated as another owner's, and reported. " +
		"The guide on several workspaces shows the ways.",
}

// claimsField is what an allocator gives to other workspaces.
var claimsField = field{shape: objects, fields: claimFields}

func readForeign(n *node) topology.Foreign {
	c := topology.Foreign{
		Owner: n.text("owner"), Kind: n.text("kind"), CIDR: n.prefix("cidr"), Network: n.text("network"), VRF: n.text("vrf"),
		Hubs: n.texts(
			"hubs",
		), Peers: n.texts("peers"), Meshes: n.texts("meshes"), Allocator: n.text("allocator"), Profile: n.text("profile"), About: readAbout(n),
	}
	c.Unknown = n.unknown
	return c
}

// claimsValue is the value of claims after a plan.
func claimsValue(request allocate.Request, result allocate.Result) any {
	if request.LateOutgoing(result) {
		return knownAfterApply{}
	}
	all := map[string]any{}
	for key, c := range request.Outgoing(result.Allocations, result.Released) {
		all[key] = claimValues(c)
	}
	return all
}

func claimValues(c topology.Foreign) map[string]any {
	out := map[string]any{
		"owner": textOrNull(
			c.Owner,
		), "kind": textOrNull(c.Kind), "cidr": rangeOrNull(c.CIDR), "network": textOrNull(c.Network), "vrf": textOrNull(c.VRF),
		"hubs": textsOrNull(
			c.Hubs,
		), "peers": textsOrNull(c.Peers), "meshes": textsOrNull(c.Meshes), "allocator": textOrNull(c.Allocator), "profile": textOrNull(c.Profile),
		"description": textOrNull(c.Description), "labels": nil,
	}
	if len(c.Labels) > 0 {
		out["labels"] = c.Labels
	}
	for _, attribute := range slices.Compact(slices.Sorted(slices.Values(c.Unknown))) {
		out[attribute] = knownAfterApply{}
	}
	return out
}

func textsOrNull(list []string) any {
	if len(list) == 0 {
		return nil
	}
	return list
}
