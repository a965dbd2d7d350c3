package provider

import (
	"slices"

	"github.com/cidrplan/terraform-provider-cidrplan/internal/allocate"
	"github.com/cidrplan/terraform-provider-cidrplan/internal/profile"
	"github.com/cidrplan/terraform-provider-cidrplan/internal/topology"
	"github.com/cidrplan/terraform-provider-cidrplan/internal/values"
)

// claimFields are the attributes of a claim that travels between workspaces.
var claimFields = aboutFields.With(values.Fields{
	"owner": {
		Shape: values.Text,
		Description: "Name of the cluster, block or reservation that has the range. For a supernet, the name of the allocator or " +
			"`cidrplan_blocks`.",
	},
	"kind": {
		Shape: values.Text,
		Description: "Use of the range: " + values.Choice(
			topology.ForeignKinds,
		) + ". `other` is a range of `other_ranges` that networks route. `existing` is a range in the argument `existing` of a cluster " +
			"that is not declared. `kept` is a range that is kept free for further Pod ranges of a cluster. `released` is a range that a " +
			"cluster or block released and that stays reserved. Defaults to `block`.",
	},
	"use": {
		Shape:       values.Text,
		Description: "Name of the use in `other_ranges` of the cluster. Only for the kind `other`.",
	},
	"cidr": {Shape: values.Text, Description: "The range, such as `10.64.0.0/19`."},
	"network": {
		Shape: values.Text,
		Description: "Name of the VPC or site that the range is used in. If a network with the same name and VRF is declared here, it is " +
			"treated as the same network.",
	},
	"vrf":   {Shape: values.Text, Description: "VRF of the range. Defaults to the unnamed VRF."},
	"hubs":  {Shape: values.Texts, Description: "Names of the hubs that the network is attached to."},
	"peers": {Shape: values.Texts, Description: "Names of the networks that are connected to the network directly."},
	"allocator": {
		Shape: values.Text,
		Description: "Name of the allocator that holds the range, or `blocks/` followed by the name of the `cidrplan_blocks`. Names of " +
			"allocators must be unique across all workspaces, and so must names of `cidrplan_blocks`.",
	},
	"profile": {
		Shape: values.Text,
		Description: "Profile of the cluster. It determines which ranges must not overlap this range. Without a profile, no range that " +
			"reaches it may overlap it.",
	},
	"meshes": {
		Shape: values.Texts,
		Description: "Names of the flat meshes that the cluster is a member of. Ranges of all members must not overlap, even in " +
			"different VRFs.",
	},
})

// foreignField has the claims of other workspaces.
var foreignField = values.Field{
	Shape:  values.Objects,
	Fields: claimFields.ByValue(),
	Description: "Ranges in use in other workspaces, by any key. The function `claims` returns them for an allocator or a " +
		"`cidrplan_blocks`. Read them from `terraform_remote_state`, from a file with `jsondecode(file(\"claims.json\"))`, or from " +
		"outputs of HCP Terraform. Each requires `cidr` and `owner`. New allocations avoid these ranges. Pinned and existing ranges " +
		"are checked against them. A claim with the name of this resource is ignored if the state or `existing` has the range. " +
		"Otherwise it is treated as a claim of another owner, and reported. " +
		"See the guide on several workspaces.",
}

// claimsField has the claims for other workspaces.
var claimsField = values.Field{Shape: values.Objects, Fields: claimFields}

func readForeign(n *values.Node) topology.Foreign {
	c := topology.Foreign{
		Owner: n.Text("owner"), Kind: n.Text("kind"), Use: n.Text("use"), CIDR: n.Prefix("cidr"), Network: n.Text("network"),
		VRF: n.Text("vrf"), Hubs: n.Texts("hubs"), Peers: n.Texts("peers"), Meshes: n.Texts("meshes"),
		Allocator: n.Text("allocator"), Profile: n.Text("profile"), About: readAbout(n),
	}
	c.Unknown = n.Unknown
	return c
}

// claimsValue is the value of claims after a plan.
func claimsValue(request allocate.Request, result allocate.Result, catalog *profile.Catalog) any {
	if request.OutgoingClaimsUnknown(result, catalog) {
		return values.KnownAfterApply{}
	}
	all := map[string]any{}
	for key, c := range request.OutgoingClaims(result.Allocations, result.Released, catalog) {
		all[key] = claimValues(c)
	}
	return all
}

func claimValues(c topology.Foreign) map[string]any {
	out := map[string]any{
		"owner": textOrNull(c.Owner), "kind": textOrNull(c.Kind), "use": textOrNull(c.Use), "cidr": rangeOrNull(c.CIDR),
		"network": textOrNull(c.Network), "vrf": textOrNull(c.VRF),
		"hubs": textsOrNull(c.Hubs), "peers": textsOrNull(c.Peers), "meshes": textsOrNull(c.Meshes),
		"allocator": textOrNull(c.Allocator), "profile": textOrNull(c.Profile),
		"description": textOrNull(c.Description), "labels": nil,
	}
	if len(c.Labels) > 0 {
		out["labels"] = c.Labels
	}
	for _, attribute := range slices.Compact(slices.Sorted(slices.Values(c.Unknown))) {
		out[attribute] = values.KnownAfterApply{}
	}
	return out
}

func textsOrNull(list []string) any {
	if len(list) == 0 {
		return nil
	}
	return list
}
