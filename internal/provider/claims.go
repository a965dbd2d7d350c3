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
		about: "Name of the cluster, block or reservation that has the range. For a supernet, the name of the allocator or " +
			"`cidrplan_blocks`.",
	},
	"kind": {
		shape: text,
		about: "Use of the range: " + choice(
			topology.ForeignKinds,
		) + ". `existing` is a range in the argument `existing` of a cluster that is not declared. `kept` is a range that is kept free " +
			"for further Pod ranges of a cluster. `released` is a range that a cluster or block released and that stays reserved. " +
			"Defaults to `block`.",
	},
	"cidr": {shape: text, about: "The range, such as `10.64.0.0/19`."},
	"network": {
		shape: text,
		about: "Name of the VPC or site that the range is used in. If a network with the same name and VRF is declared here, it is " +
			"treated as the same network.",
	},
	"vrf":   {shape: text, about: "VRF of the range. Defaults to the unnamed VRF."},
	"hubs":  {shape: texts, about: "Names of the hubs that the network is attached to."},
	"peers": {shape: texts, about: "Names of the networks that are connected to the network directly."},
	"allocator": {
		shape: text,
		about: "Name of the allocator that holds the range, or `blocks/` followed by the name of the `cidrplan_blocks`. Names of " +
			"allocators must be unique across all workspaces, and so must names of `cidrplan_blocks`.",
	},
	"profile": {
		shape: text,
		about: "Profile of the cluster. It determines which ranges must not overlap this range. Without a profile, no range that " +
			"reaches it may overlap it.",
	},
	"meshes": {
		shape: texts,
		about: "Names of the flat meshes that the cluster is a member of. Ranges of all members must not overlap, even in different VRFs.",
	},
})

// foreignField is what an allocator is told of other workspaces.
var foreignField = field{
	shape:  objects,
	fields: claimFields.byValue(),
	about: "Ranges in use in other workspaces, by any key. The function `claims` returns them for an allocator or a `cidrplan_blocks`. " +
		"Read them from `terraform_remote_state`, from a file with `jsondecode(file(\"claims.json\"))`, or from outputs of HCP " +
		"Terraform. " +
		"Each requires `cidr` and `owner`. New allocations avoid these ranges. Pinned and existing ranges are checked against them. " +
		"A claim with the name of this resource is ignored if the state or `existing` has the range. Otherwise it is treated as a claim " +
		"of another owner, and reported. " +
		"See the guide on several workspaces.",
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
