package provider

import (
	"github.com/cidrplan/terraform-provider-cidrplan/internal/messages"
	"github.com/cidrplan/terraform-provider-cidrplan/internal/profile"
	"github.com/cidrplan/terraform-provider-cidrplan/internal/topology"
)

// blocksArguments are the arguments that resource and data source of blocks take.
func blocksArguments(catalog *profile.Catalog) fields {
	return aboutFields.with(acceptedField("between these blocks, or with blocks of other `cidrplan_blocks`,")).with(fields{
		"name": {shape: text, required: true, about: "Name of this set of blocks, " + messages.NameRule + ". A change of the name does not " +
			"change any range."},
		"supernets": {
			shape:    texts,
			required: true,
			about: "Ranges to allocate from, IPv4 or IPv6, such as `10.0.0.0/8`. They must not overlap. The first range is filled first. " +
				"A block of another `cidrplan_blocks`, such as `[cidrplan_blocks.vpcs.cidrs[\"prod\"]]`, is also known at plan.",
		},
		"blocks": {
			shape:    objects,
			required: true,
			about: "Blocks by name. A new block requires one of `prefix_length`, `addresses` and `cidr`. A block that already holds " +
				"a range requires none of them. The map may be empty.",
			fields: blockFields(catalog),
		},
		"reserved": {shape: objects, about: "Reserved ranges by name. They are not allocated to any block. Each requires " +
			"`cidr`.", fields: reservedFields},
		"foreign_claims": foreignField,
		"allow_class_e":  classEField,
		"vrf": {
			shape: text,
			about: "VRF of the blocks. Ranges in different VRFs never conflict. The VRF is compared with that of other " +
				"`cidrplan_blocks`, and is part of the claims. Defaults to the unnamed VRF.",
		},
		"existing": {
			shape: objects,
			about: "Ranges of blocks that were in use before this resource managed them, by the name of the block. The block keeps its " +
				"range, and the entry can be removed after the first apply. " +
				"If the name is not in `blocks`, the range stays occupied as long as the entry exists.",
			results: []fields{blocksRemembered["released"].fields},
			fields: fields{
				"cidr": {shape: text, about: "Range that the block holds."},
				"block": {
					shape: text,
					about: "Name of the block that released the range. Set it only for a released range; it stays reserved, as in " +
						"`released`.",
				},
			},
		},
	})
}

// blockFields are the attributes of one block.
func blockFields(catalog *profile.Catalog) fields {
	return aboutFields.with(fields{
		"prefix_length": {shape: number, about: "Prefix length of the range, such as `24`. A value greater than 32 requests IPv6."},
		"addresses": {shape: number, about: "Number of usable addresses, not counting the addresses that the `platform` reserves in a " +
			"subnet. " +
			"The block is the smallest range that has this number of usable addresses and that the platform accepts as a subnet. For " +
			"IPv6 that is a /64 on most platforms."},
		"cidr": {shape: text, about: "Range of the block (pinned). cidrplan checks it and does not choose another one."},
		"platform": {
			shape: text,
			about: "Platform on which the range becomes a subnet. It is used with `addresses`. One of " + choice(
				catalog.Platforms(),
			) + ". Defaults to `generic`, which reserves no address.",
		},
		"ip_family": {
			shape: text,
			about: "Address family: " + choice(
				topology.Families,
			) + ". Defaults to the family of `cidr`. Without `cidr` it defaults to `ipv6` if all supernets are IPv6 or `prefix_length` " +
				"is greater than 32, and to `ipv4` otherwise.",
		},
		"previous_names": {
			shape: texts,
			about: "Earlier names of the block. The range of an earlier name is carried over to the new name.",
		},
	})
}

// blocksMemory are the arguments that only blocks with memory take.
var blocksMemory = fields{
	"renumber": {
		shape: textMap,
		about: "Blocks to move to a new range: a map from the name of the block to a token that you choose, such as a date. A new or " +
			"changed token moves the block once. " +
			"The plan lists what moves. The previous range is released.",
	},
	"reclaim": {
		shape: texts,
		about: "Released ranges that may be allocated again: names of blocks, or keys of `released`. A name takes effect once, when it " +
			"is added to the list. `[\"*\"]` is for short-lived environments: " +
			"if nothing else is free, the range that was released first is allocated again. Ranges released by the same plan are excluded.",
	},
	"prevent_release": {
		shape: texts,
		about: "Names of blocks whose ranges must not be released, or `[\"*\"]` for all. A plan that would release them fails. A plan " +
			"that would destroy the resource fails too.",
	},
}

// blocksResults are what blocks compute.
var blocksResults = fields{
	"cidrs": {
		shape:    textMap,
		computed: true,
		about:    "Range of each block, by name. The values are known at plan, can be used in `for_each`, and do not change afterwards.",
	},
}

// blocksRemembered are what only blocks with memory compute.
var blocksRemembered = fields{
	"released": {
		shape:    objects,
		computed: true,
		about: "Released ranges, by the name of the block that held them. They stay reserved until `reclaim` names them. A new block " +
			"with the same name receives its range again.",
		fields: fields{
			"block": {shape: text, computed: true, about: "Name of the block that held the range."},
			"cidr":  {shape: text, computed: true, about: "The range."},
			"order": {shape: number, computed: true, about: "Sequence number of the release. The lowest number was released first."},
		},
	},
}
