package provider

import (
	"github.com/cidrplan/terraform-provider-cidrplan/internal/messages"
	"github.com/cidrplan/terraform-provider-cidrplan/internal/profile"
	"github.com/cidrplan/terraform-provider-cidrplan/internal/topology"
	"github.com/cidrplan/terraform-provider-cidrplan/internal/values"
)

// blocksArguments are the arguments that resource and data source accept.
func blocksArguments(catalog *profile.Catalog) values.Fields {
	return aboutFields.With(acceptedField("between these blocks, or with blocks of other `cidrplan_blocks`,")).With(values.Fields{
		"name": {Shape: values.Text, Required: true, Description: "Name of this set of blocks, " + messages.NameRule + ". A change of " +
			"the name does not change any range."},
		"supernets": {
			Shape:    values.Texts,
			Required: true,
			Description: "Ranges to allocate from, IPv4 or IPv6, such as `10.0.0.0/8`. They must not overlap. The first range is filled " +
				"first. A block of another `cidrplan_blocks`, such as `[cidrplan_blocks.vpcs.cidrs[\"prod\"]]`, is also known at plan.",
		},
		"blocks": {
			Shape:    values.Objects,
			Required: true,
			Description: "Blocks by name. A new block requires one of `prefix_length`, `addresses` and `cidr`. A block that already " +
				"holds a range requires none of them. The map may be empty.",
			Fields: blockFields(catalog),
		},
		"reserved": {Shape: values.Objects, Description: "Reserved ranges by name. They are not allocated to any block. Each requires " +
			"`cidr`.", Fields: reservedFields},
		"foreign_claims": foreignField,
		"allow_class_e":  classEField,
		"vrf": {
			Shape: values.Text,
			Description: "VRF of the blocks. Ranges in different VRFs never conflict. The VRF is compared with that of other " +
				"`cidrplan_blocks`, and is part of the claims. Defaults to the unnamed VRF.",
		},
		"existing": {
			Shape: values.Objects,
			Description: "Ranges of blocks that were in use before this resource managed them, by the name of the block. The block keeps " +
				"its range, and the entry can be removed after the first apply. " +
				"If the name is not in `blocks`, the range stays occupied as long as the entry exists.",
			Results: []values.Fields{blocksResourceResults["released"].Fields},
			Fields: values.Fields{
				"cidr": {Shape: values.Text, Description: "Range that the block holds."},
				"block": {
					Shape: values.Text,
					Description: "Name of the block that released the range. Set it only for a released range; it stays reserved, as in " +
						"`released`.",
				},
			},
		},
	})
}

// blockFields are the attributes of one block.
func blockFields(catalog *profile.Catalog) values.Fields {
	return aboutFields.With(values.Fields{
		"prefix_length": {Shape: values.Number, Description: "Prefix length of the range, such as `24`. A value greater than 32 requests " +
			"IPv6."},
		"addresses": {Shape: values.Number, Description: "Number of usable addresses, not counting the addresses that the `platform` " +
			"reserves in a subnet. The block is the smallest range that has this number of usable addresses and that the platform " +
			"accepts as a subnet. For IPv6 that is a /64 on most platforms."},
		"cidr": {Shape: values.Text, Description: "Range of the block (pinned). cidrplan checks it and does not choose another one."},
		"platform": {
			Shape: values.Text,
			Description: "Platform on which the range becomes a subnet. It is used with `addresses`. One of " + values.Choice(
				catalog.Platforms(),
			) + ". Defaults to `generic`, which reserves no address.",
		},
		"ip_family": {
			Shape: values.Text,
			Description: "Address family: " + values.Choice(
				topology.Families,
			) + ". Defaults to the family of `cidr`. Without `cidr` it defaults to `ipv6` if all supernets are IPv6 or `prefix_length` " +
				"is greater than 32, and to `ipv4` otherwise.",
		},
		"previous_names": {
			Shape:       values.Texts,
			Description: "Earlier names of the block. The range of an earlier name is carried over to the new name.",
		},
		"delegated_to": {
			Shape: values.Text,
			Description: "Owner in the shared ledger that the block is for, as the argument `ledger.owner` of its provider, such as " +
				"`shop/prod`. Only this owner can allocate inside the block. It requires the argument `ledger` of the provider. Without " +
				"`delegated_to`, every owner can.",
		},
	})
}

// blocksResourceArguments are those that only the resource has, which is stored in a state.
var blocksResourceArguments = values.Fields{
	"renumber": {
		Shape: values.TextMap,
		Description: "Blocks to move to a new range: a map from the name of the block to a token that you choose, such as a date. A " +
			"new or changed token moves the block once. " +
			"The plan lists what moves. The previous range is released.",
	},
	"reclaim": {
		Shape: values.Texts,
		Description: "Released ranges that may be allocated again: names of blocks, or keys of `released`. A name takes effect once, " +
			"when it is added to the list. `[\"*\"]` is for short-lived environments: " +
			"if nothing else is free, the range that was released first is allocated again. Ranges released by the same plan are excluded.",
	},
	"prevent_release": {
		Shape: values.Texts,
		Description: "Names of blocks whose ranges must not be released, or `[\"*\"]` for all. A plan that would release them fails. A " +
			"plan that would destroy the resource fails too.",
	},
}

// blocksResults are the results of resource and data source.
var blocksResults = values.Fields{
	"cidrs": {
		Shape:       values.TextMap,
		Computed:    true,
		Description: "Range of each block, by name. The values are known at plan, can be used in `for_each`, and do not change afterwards.",
	},
}

// blocksResourceResults are the results that only the resource has.
var blocksResourceResults = values.Fields{
	"released": {
		Shape:    values.Objects,
		Computed: true,
		Description: "Released ranges, by the name of the block that held them. They stay reserved until `reclaim` names them. A new " +
			"block with the same name receives its range again.",
		Fields: values.Fields{
			"block": {Shape: values.Text, Computed: true, Description: "Name of the block that held the range."},
			"cidr":  {Shape: values.Text, Computed: true, Description: "The range."},
			"order": {Shape: values.Number, Computed: true, Description: "Sequence number of the release. The lowest number was released " +
				"first."},
		},
	},
}
