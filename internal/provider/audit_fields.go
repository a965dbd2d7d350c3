package provider

import (
	"fmt"

	"github.com/cidrplan/terraform-provider-cidrplan/internal/allocate"
	"github.com/cidrplan/terraform-provider-cidrplan/internal/conflict"
	"github.com/cidrplan/terraform-provider-cidrplan/internal/profile"
	"github.com/cidrplan/terraform-provider-cidrplan/internal/values"
)

// auditArguments are those of an audit: the facts of an allocator, all of them optional, and what is
// tried out.
func auditArguments(catalog *profile.Catalog) values.Fields {
	all := allocatorArguments(catalog)
	out := values.Fields{}
	for _, name := range []string{
		"hubs", "sites", "vpcs", "clusters", "reserved", "existing", "foreign_claims", "accepted_conflicts", "rule_levels", "allow_class_e",
	} {
		f := all[name]
		f.Required = false
		out[name] = f
	}
	out["clusters"] = values.Field{
		Shape:  values.Objects,
		Fields: all["clusters"].Fields,
		Description: "Clusters by name, with their pinned ranges in `pod_cidrs` and `service_cidr`. Use `existing` for ranges that an " +
			"allocator allocated.",
	}
	out["existing"] = values.Field{
		Shape:   values.Objects,
		Fields:  all["existing"].Fields,
		Results: all["existing"].Results,
		Description: "Ranges that clusters hold, by the name of the cluster. For the clusters of an allocator, use its decoded lock, " +
			"such as `jsondecode(local.lock)`.",
	}
	out["foreign_claims"] = values.Field{
		Shape:  values.Objects,
		Fields: all["foreign_claims"].Fields,
		Description: "Claims of other workspaces, from one or more allocators, by any key. Each requires `cidr` and `owner`. They are " +
			"compared with the facts. Claims of different allocators are also compared with each other.",
	}
	out["name"] = values.Field{
		Shape: values.Text,
		Description: "Name of the allocator that the facts and `existing` belong to. A claim with this allocator name is ignored if " +
			"`existing` or a pin has its range, and compared otherwise. `supernets` are compared with the supernets of other allocators.",
	}
	out["supernets"] = values.Field{Shape: values.Texts, Description: "Ranges to choose suggestions from. Without supernets there are no " +
		"suggestions."}
	out["service_supernets"] = values.Field{
		Shape:       values.Texts,
		Description: "Ranges to choose suggestions for Service ranges from. Defaults to `supernets`.",
	}
	out["every_pair"] = values.Field{
		Shape: values.Flag,
		Description: fmt.Sprintf(
			"Whether each pair of overlapping ranges is a separate finding, up to %d pairs. By default, a conflict of more than %d "+
				"similar ranges is one finding, with a key that covers all of them.",
			allocate.MaxPairs, conflict.PairwiseLimit,
		),
	}
	out["observed"] = observedField(all)
	out["what_if"] = values.Field{
		Shape: values.Object,
		Description: "Changes to the facts to try out. Findings that only these changes cause are marked as `hypothetical`. To try out a " +
			"network that does not exist yet, add it to `vpcs` or `sites`.",
		Fields: values.Fields{
			"joined_hubs": {Shape: values.Texts, Description: "Names of hubs that become one routing domain."},
			"peered":      {Shape: values.Texts, Description: "Names of VPCs and sites that become direct peers, each with every other."},
			"meshed":      {Shape: values.Texts, Description: "Names of clusters that become members of one flat mesh."},
		},
	}
	return out
}

// observedField is what a cloud reports, as the function facts returns it.
func observedField(all values.Fields) values.Field {
	of := values.Fields{}
	for _, name := range []string{"hubs", "sites", "vpcs", "existing"} {
		f := all[name]
		f.Required, f.Description = false, "The same as `"+name+"` of the function `facts`."
		of[name] = f
	}
	of["block_existing"] = values.Field{
		Shape: values.Objects, Fields: factsFields["block_existing"].Fields.ByValue(), Description: "Not compared.",
	}
	of["unplaced"] = values.Field{Shape: values.TextMap, Description: "Each entry is a note."}
	return values.Field{
		Shape:  values.Object,
		Fields: of,
		Description: "What the clouds report, as the function `facts` returns it from data sources or from a state. It is compared " +
			"with the other " +
			"arguments: networks, blocks, subnets and routes that nobody declared or that are gone, clusters with other ranges " +
			"than their " +
			"allocations, released ranges whose cluster is gone or still exists, and missing required routes. A kind of object of " +
			"which nothing " +
			"is observed is not compared.",
	}
}

// auditResults are what an audit computes.
var auditResults = values.Fields{
	"findings": {
		Shape:    values.Objects,
		Computed: true,
		Description: "All findings, by the key to use in `accepted_conflicts`. If several findings have the same key, the others end " +
			"in ` #2` and so on; one accepted key accepts all of them.",
		Fields: values.Fields{
			"rule": {
				Shape:    values.Text,
				Computed: true,
				Description: "Name of the rule, such as `pod_overlaps_vpc`, or `invalid_input` for an invalid value that no named rule " +
					"covers.",
			},
			"level": {
				Shape:    values.Text,
				Computed: true,
				Description: "Level of the finding: `error`, `warn`, or `note` for an accepted conflict and for a case that the platform " +
					"allows with a remark.",
			},
			"summary": {Shape: values.Text, Computed: true, Description: "One sentence that names both parties and the addresses that " +
				"they share."},
			"text":  {Shape: values.Text, Computed: true, Description: "The whole message, as a plan shows it."},
			"first": {Shape: values.Object, Computed: true, Description: "The party that is easier to change.", Fields: partyFields},
			"second": {
				Shape:       values.Object,
				Computed:    true,
				Description: "The other party. Null if the rule concerns a single range or a number.",
				Fields:      partyFields,
			},
			"overlap": {Shape: values.Text, Computed: true, Description: "Range that both parties claim. Null if the rule concerns a " +
				"number."},
			"consequence": {Shape: values.Text, Computed: true, Description: "Effect if nothing is changed. Null if there is none."},
			"suggestion": {
				Shape:       values.Text,
				Computed:    true,
				Description: "Nearest free ranges of the same size for the first party, if it is a cluster.",
			},
			"source":         {Shape: values.Text, Computed: true, Description: "Published source of the rule."},
			"platform_error": {Shape: values.Text, Computed: true, Description: "Error that the platform returns, if it is known."},
			"reason": {Shape: values.Text, Computed: true, Description: "Reason of the acceptance. Null if the finding is not " +
				"accepted."},
			"until": {Shape: values.Text, Computed: true, Description: "Last day of the acceptance. Null if it has no end."},
			"hypothetical": {Shape: values.Flag, Computed: true, Description: "Whether only the changes in `what_if` cause this " +
				"finding."},
		},
	},
	"counts": {Shape: values.Object, Computed: true, Description: "Number of findings of each level.", Fields: values.Fields{
		"errors":   {Shape: values.Number, Computed: true, Description: "Number of errors."},
		"warnings": {Shape: values.Number, Computed: true, Description: "Number of warnings."},
		"notes":    {Shape: values.Number, Computed: true, Description: "Number of accepted conflicts and remarks."},
	}},
}

// partyFields are the attributes of one party of a finding.
var partyFields = values.Fields{
	"kind": {
		Shape:    values.Text,
		Computed: true,
		Description: "Use of the range: `pod`, `service`, `other` (`other_ranges`), `block`, `subnet`, `vpc`, `site`, `route`, " +
			"`reserved` or `supernet`.",
	},
	"name": {
		Shape:    values.Text,
		Computed: true,
		Description: "Name of the cluster, block, VPC, site or reservation. For a supernet, the name of the allocator or " +
			"`cidrplan_blocks`.",
	},
	"part": {Shape: values.Text, Computed: true, Description: "Name of the route or subnet, or of the use in " +
		"`other_ranges`. Null for other kinds of ranges."},
	"cidr":    {Shape: values.Text, Computed: true, Description: "Claimed range."},
	"network": {Shape: values.Text, Computed: true, Description: "VPC or site that the range belongs to."},
	"allocator": {
		Shape:    values.Text,
		Computed: true,
		Description: "Name of the allocator of another workspace that holds the range, or `blocks/` followed by the name of the " +
			"`cidrplan_blocks`. Null for ranges that are not from `foreign_claims`.",
	},
	"at":          {Shape: values.Text, Computed: true, Description: "Path of the range in the arguments of the audit."},
	"description": {Shape: values.Text, Computed: true, Description: "Description of the party."},
	"labels":      {Shape: values.TextMap, Computed: true, Description: "Labels of the party."},
}
