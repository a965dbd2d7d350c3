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
		about:  "Clusters by name, with the ranges that they are pinned to in `pod_cidrs` and `service_cidr`. What an allocator handed out comes in by `existing`.",
	}
	out["existing"] = field{
		shape:   objects,
		fields:  all["existing"].fields,
		results: all["existing"].results,
		about:   "What clusters hold, by name: for those of an allocator its decoded lock, such as `jsondecode(local.lock)`.",
	}
	out["foreign_claims"] = field{
		shape:  objects,
		fields: all["foreign_claims"].fields,
		about:  "Claims of other workspaces by any key, those of several allocators together. Each needs `cidr` and `owner`. They are compared with the facts and, where they are of different allocators, with each other.",
	}
	out["name"] = field{
		shape: text,
		about: "Name of the allocator that the facts and `existing` are of. Claims under this name are ignored if `existing` or pins have the range; other claims under it are compared. `supernets` are compared with those of others.",
	}
	out["supernets"] = field{shape: texts, about: "Ranges that suggestions are taken from. Without them there are no suggestions."}
	out["service_supernets"] = field{
		shape: texts,
		about: "Ranges that suggestions for Service ranges are taken from. Defaults to `supernets`.",
	}
	out["every_pair"] = field{
		shape: flag,
		about: fmt.Sprintf(
			"Whether every pair of a conflict is a finding of its own, up to %d pairs of ranges that share addresses. By default, a conflict of more than %d ranges that are alike is one finding with the key that covers all of it.",
			allocate.MaxPairs, conflict.CrowdSize,
		),
	}
	out["what_if"] = field{
		shape: object,
		about: "What is tried out on the facts. What comes of it is marked as `hypothetical`. A network that is not there yet is added to `vpcs` or `sites`.",
		fields: fields{
			"joined_hubs": {shape: texts, about: "Names of hubs that become one routing domain."},
			"peered":      {shape: texts, about: "Names of VPCs and sites that are joined directly, each with each."},
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
		about:    "Everything that was found, by the key that `accepted_conflicts` takes. Further findings of one key end in ` #2` and so on; one accepted key accepts all of them.",
		fields: fields{
			"rule": {
				shape:    text,
				computed: true,
				about:    "Name of the rule, such as `pod_overlaps_vpc`; `invalid_input` for a value that cannot be checked and breaks no named rule.",
			},
			"level": {
				shape:    text,
				computed: true,
				about:    "How serious it is: `error`, `warn`, or `note` for what is accepted and for what the platform allows with a remark.",
			},
			"summary": {shape: text, computed: true, about: "Who shares what with whom, in a sentence."},
			"text":    {shape: text, computed: true, about: "The whole message, as a plan would show it."},
			"first":   {shape: object, computed: true, about: "The party that moves more easily.", fields: partyFields},
			"second": {
				shape:    object,
				computed: true,
				about:    "The other party. Null where a range or a number breaks the rule by itself.",
				fields:   partyFields,
			},
			"overlap":     {shape: text, computed: true, about: "Range that both parties claim. Null where the rule counts."},
			"consequence": {shape: text, computed: true, about: "What happens if it stays so. Null where nothing does."},
			"suggestion": {
				shape:    text,
				computed: true,
				about:    "Nearest free ranges of the same size for the first party, if it is a cluster.",
			},
			"source":         {shape: text, computed: true, about: "Where the rule is published."},
			"platform_error": {shape: text, computed: true, about: "Error that the platform itself answers with, where one is known."},
			"reason":         {shape: text, computed: true, about: "Why it is accepted. Null where it is not."},
			"until":          {shape: text, computed: true, about: "Last day of the acceptance. Null where it has none."},
			"hypothetical":   {shape: flag, computed: true, about: "Whether it comes only with what `what_if` tries out."},
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
		about:    "What the range is used for: `pod`, `service`, `block`, `subnet`, `vpc`, `site`, `route`, `reserved` or `supernet`.",
	},
	"name": {
		shape:    text,
		computed: true,
		about:    "Name of the cluster, block, VPC, site or reservation; of a supernet that of who hands out from it.",
	},
	"part":    {shape: text, computed: true, about: "Name of the route or subnet. Null where it is neither."},
	"cidr":    {shape: text, computed: true, about: "Range that is claimed."},
	"network": {shape: text, computed: true, about: "VPC or site that the range belongs to."},
	"allocator": {
		shape:    text,
		computed: true,
		about:    "Name of the allocator of another workspace that holds the range, or `blocks/` and that of the `cidrplan_blocks`. Null for what the audit was given itself.",
	},
	"at":          {shape: text, computed: true, about: "Place of the range among the arguments of the audit."},
	"description": {shape: text, computed: true, about: "Description of the party."},
	"labels":      {shape: textMap, computed: true, about: "Labels of the party."},
}
