package provider

import (
	"github.com/cidrplan/terraform-provider-cidrplan/internal/messages"
)

func newClaimsFunction(p messages.Writer) *resourceFunction {
	return &resourceFunction{
		writer: p, name: "claims", title: "Claims of an allocator or of blocks, for other " +
			"workspaces", argument: ofPlanners, result: claimsField,
		text: "Returns all allocated ranges, ranges kept free for growth, released and reserved ranges, and the supernets, keyed " +
			"`owner/kind/cidr`. Other workspaces use them as `foreign_claims`, and the function `render` writes them as an address " +
			"register. With several VRFs, keys of ranges outside any network end in `/vrf`. A slash in a name is written as `%2F`. " +
			"VPCs, sites and routes are not included. " +
			"The result is known at plan if the ranges and the number of VRFs are known.",
		answer: func(v resourceArgument) any { return claimsValue(v.request, v.result, p.Catalog) },
	}
}
