package provider

import (
	"github.com/cidrplan/terraform-provider-cidrplan/internal/profile"
	"github.com/cidrplan/terraform-provider-cidrplan/internal/topology"
)

// blocksArguments are the arguments that resource and data source of blocks take.
func blocksArguments(catalog *profile.Catalog) fields {
	return aboutFields.with(acceptedField("among the blocks, and with those of other `cidrplan_blocks`,")).with(fields{
		"name": {shape: text, required: true, about: "Name of these blocks as a whole, " + nameRule + ". No range depends on it."},
		"supernets": {
			shape:    texts,
			required: true,
			about: "Ranges that may be handed out from, such as `10.0.0.0/8`, IPv4 and IPv6. They must be disjoint; earlier ones fill first. " +
				"A block of another `cidrplan_blocks`, as in `[cidrplan_blocks.vpcs.cidrs[\"prod\"]]`, is known at plan as well.",
		},
		"blocks": {
			shape:    objects,
			required: true,
			about:    "Blocks by name. Each needs one of `prefix_length`, `addresses` and `cidr`; one that holds a range needs none of them any more. An empty map is a valid first day.",
			fields:   blockFields(catalog),
		},
		"reserved":       {shape: objects, about: "Ranges that no block may have, by name. Each needs `cidr`.", fields: reservedFields},
		"foreign_claims": foreignField,
		"allow_class_e":  classEField,
		"vrf": {
			shape: text,
			about: "Address realm of the blocks, for other `cidrplan_blocks` and for those who read their claims: ranges in different VRFs never conflict. Defaults to the unnamed one.",
		},
		"existing": {
			shape: objects,
			about: "What blocks hold that were in use before this resource knew them, by block. It is memory, not a wish: the block keeps it from then on, and the entry may go after the first apply. " +
				"A name that is not in `blocks` keeps its range occupied as long as the entry stands.",
			results: []fields{blocksRemembered["released"].fields},
			fields: fields{
				"cidr": {shape: text, about: "Range that the block holds."},
				"block": {
					shape: text,
					about: "Set where the entry is not held any more: name of the block that gave the range up. It rests, as in `released`.",
				},
			},
		},
	})
}

// blockFields are the attributes of one block.
func blockFields(catalog *profile.Catalog) fields {
	return aboutFields.with(fields{
		"prefix_length": {shape: number, about: "Prefix length of the range, such as `24`; more than 32 asks for IPv6."},
		"addresses": {shape: number, about: "Number of addresses that must be usable after those that the `platform` keeps of a subnet. " +
			"The range is the smallest that has them and that the platform accepts as a subnet of its family; on IPv6 that is a /64 on most platforms."},
		"cidr": {shape: text, about: "Range that the block has or shall have. It is checked and never chosen."},
		"platform": {
			shape: text,
			about: "Platform on which the range becomes a subnet, for `addresses`: " + choice(
				catalog.Platforms(),
			) + ". Defaults to `generic`, which keeps no address.",
		},
		"ip_family": {
			shape: text,
			about: "Address family: " + choice(
				topology.Families,
			) + ". Defaults to that of `cidr`; else to `ipv6` where all supernets are IPv6 or `prefix_length` is more than 32, and to `ipv4` otherwise.",
		},
		"previous_names": {
			shape: texts,
			about: "Names under which the block was declared before. What it holds is carried over to its new name.",
		},
	})
}

// blocksMemory are the arguments that only blocks with memory take.
var blocksMemory = fields{
	"renumber": {
		shape: textMap,
		about: "Blocks that shall get another range, with a token of your own such as a date. A token acts once, when it differs from the one before; " +
			"the plan says what moves. What the block held is released.",
	},
	"reclaim": {
		shape: texts,
		about: "Names of blocks, or keys of `released`, whose released ranges may be used again. A name acts once, when it was not in the list before. `[\"*\"]` is for throw-away environments: " +
			"what rests longest is used again when nothing else is free, and nothing that is released by the same plan.",
	},
	"prevent_release": {
		shape: texts,
		about: "Names of blocks whose ranges must not be released, or `[\"*\"]` for all. A plan that would release them is refused, and so is one that destroys the resource.",
	},
}

// blocksResults are what blocks compute.
var blocksResults = fields{
	"cidrs": {
		shape:    textMap,
		computed: true,
		about:    "Range of every block, by name: literal in the plan, fit for `for_each`, and never changed afterwards.",
	},
}

// blocksRemembered are what only blocks with memory compute.
var blocksRemembered = fields{
	"released": {
		shape:    objects,
		computed: true,
		about:    "Ranges that blocks gave up, by the name of the block. They stay occupied until `reclaim` names them, and go back to a block of that name.",
		fields: fields{
			"block": {shape: text, computed: true, about: "Name of the block that held the range."},
			"cidr":  {shape: text, computed: true, about: "The range."},
			"order": {shape: number, computed: true, about: "Counts the plans that released something; the lowest rests longest."},
		},
	},
}
