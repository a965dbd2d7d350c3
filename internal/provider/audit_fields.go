package provider

import (
	"fmt"

	"github.com/cidrplan/terraform-provider-cidrplan/internal/allocate"
	"github.com/cidrplan/terraform-provider-cidrplan/internal/conflict"
	"github.com/cidrplan/terraform-provider-cidrplan/internal/profile"
)

// auditArguments are those of an audit: the facts of an allocator, all of them optional, and what is
// tried out.
func auditArguments(catalog *profile.Catalog) fields {
	all := allocatorArguments(catalog)
	out := fields{}
	for _, name := range []string{"hubs", "sites", "vpcs", "clusters", "reserved", "existing", "foreign_claims", "accepted_conflicts", "rule_levels", "allow_class_e"} {
		f := all[name]
		f.required = false
		out[name] = f
	}
	out["clusters"] = field{
		shape:  objects,
		fields: all["clusters"].fields,
		about: "Clusters by name, with their pinned ranges in `pod_cidrs` and `service_cidr`. Use `existing` for ranges that an " +
			"allocator allocated.",
	}
	out["existing"] = field{
		shape:   objects,
		fields:  all["existing"].fields,
		results: all["existing"].results,
		about: "Ranges that clusters hold, by the name of the cluster. For the clusters of an allocator, use its decoded lock, such " +
			"as `jsondecode(local.lock)`.",
	}
	out["foreign_claims"] = field{
		shape:  objects,
		fields: all["foreign_claims"].fields,
		about: "Claims of other workspaces, from one or more allocators, by any key. Each requires `cidr` and `owner`. They are " +
			"compared with the facts. Claims of different allocators are also compared with each other.",
	}
	out["name"] = field{
		shape: text,
		about: "Name of the allocator that the facts and `existing` belong to. A claim with this allocator name is ignored if " +
			"`existing` or a pin has its range, and compared otherwise. `supernets` are compared with the supernets of other allocators.",
	}
	out["supernets"] = field{shape: texts, about: "Ranges to choose suggestions from. Without supernets there are no suggestions."}
	out["service_supernets"] = field{
		shape: texts,
		about: "Ranges to choose suggestions for Service ranges from. Defaults to `supernets`.",
	}
	out["every_pair"] = field{
		shape: flag,
		about: fmt.Sprintf(
			"Whether each pair of overlapping ranges is a separate finding, up to %d pairs. By default, a conflict of more than %d "+
				"similar ranges is one finding, with a key that covers all of them.",
			allocate.MaxPairs, conflict.PairwiseLimit,
		),
	}
	out["what_if"] = field{
		shape: object,
		about: "Changes to the facts to try out. Findings that only these changes cause are marked as `hypothetical`. To try out a " +
			"network that does not exist yet, add it to `vpcs` or `sites`.",
		fields: fields{
			"joined_hubs": {shape: texts, about: "Names of hubs that become one routing domain."},
			"peered":      {shape: texts, about: "Names of VPCs and sites that become direct peers, each with every other."},
			"meshed":      {shape: texts, about: "Names of clusters that become members of one flat mesh."},
		},
	}
	return out
}

// auditResults are what an audit computes.
var auditResults = fields{
	"findings": {
		shape:    objects,
		computed: true,
		about: "All findings, by the key to use in `accepted_conflicts`. If several findings have the same key, the others end in ` " +
			"#2` and so on; one accepted key accepts all of them.",
		fields: fields{
			"rule": {
				shape:    text,
				computed: true,
				about: "Name of the rule, such as `pod_overlaps_vpc`, or `invalid_input` for an invalid value that no named rule " +
					"covers.",
			},
			"level": {
				shape:    text,
				computed: true,
				about: "Level of the finding: `error`, `warn`, or `note` for an accepted conflict and for a case that the platform " +
					"allows with a remark.",
			},
			"summary": {shape: text, computed: true, about: "One sentence that names both parties and the addresses that they share."},
			"text":    {shape: text, computed: true, about: "The whole message, as a plan shows it."},
			"first":   {shape: object, computed: true, about: "The party that is easier to change.", fields: partyFields},
			"second": {
				shape:    object,
				computed: true,
				about:    "The other party. Null if the rule concerns a single range or a number.",
				fields:   partyFields,
			},
			"overlap":     {shape: text, computed: true, about: "Range that both parties claim. Null if the rule concerns a number."},
			"consequence": {shape: text, computed: true, about: "Effect if nothing is changed. Null if there is none."},
			"suggestion": {
				shape:    text,
				computed: true,
				about:    "Nearest free ranges of the same size for the first party, if it is a cluster.",
			},
			"source":         {shape: text, computed: true, about: "Published source of the rule."},
			"platform_error": {shape: text, computed: true, about: "Error that the platform returns, if it is known."},
			"reason":         {shape: text, computed: true, about: "Reason of the acceptance. Null if the finding is not accepted."},
			"until":          {shape: text, computed: true, about: "Last day of the acceptance. Null if it has no end."},
			"hypothetical":   {shape: flag, computed: true, about: "Whether only the changes in `what_if` cause this finding."},
		},
	},
	"counts": {shape: object, computed: true, about: "Number of findings of each level.", fields: fields{
		"errors":   {shape: number, computed: true, about: "Number of errors."},
		"warnings": {shape: number, computed: true, about: "Number of warnings."},
		"notes":    {shape: number, computed: true, about: "Number of accepted conflicts and remarks."},
	}},
}

// partyFields are the attributes of one party of a finding.
var partyFields = fields{
	"kind": {
		shape:    text,
		computed: true,
		about:    "Use of the range: `pod`, `service`, `block`, `subnet`, `vpc`, `site`, `route`, `reserved` or `supernet`.",
	},
	"name": {
		shape:    text,
		computed: true,
		about:    "Name of the cluster, block, VPC, site or reservation. For a supernet, the name of the allocator or `cidrplan_blocks`.",
	},
	"part":    {shape: text, computed: true, about: "Name of the route or subnet. Null for other kinds of ranges."},
	"cidr":    {shape: text, computed: true, about: "Claimed range."},
	"network": {shape: text, computed: true, about: "VPC or site that the range belongs to."},
	"allocator": {
		shape:    text,
		computed: true,
		about: "Name of the allocator of another workspace that holds the range, or `blocks/` followed by the name of the " +
			"`cidrplan_blocks`. Null for ranges that are not from `foreign_claims`.",
	},
	"at":          {shape: text, computed: true, about: "Path of the range in the arguments of the audit."},
	"description": {shape: text, computed: true, about: "Description of the party."},
	"labels":      {shape: textMap, computed: true, about: "Labels of the party."},
}
