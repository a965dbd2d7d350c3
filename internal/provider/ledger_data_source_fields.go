package provider

import "github.com/cidrplan/terraform-provider-cidrplan/internal/values"

// ledgerFields are the attributes of the data source cidrplan_ledger.
var ledgerFields = values.Fields{
	"owner":   {Shape: values.Text, Description: "Owner to show, such as `shop/prod`. Without `owner`, all owners are shown."},
	"version": {Shape: values.Number, Computed: true, Description: "Version of the tables of the ledger."},
	"owners": {
		Shape:       values.Objects,
		Computed:    true,
		Description: "Owners by name. An owner is a workspace, as the argument `ledger.owner` of its provider names it.",
		Fields: values.Fields{
			"last_seen": {
				Shape: values.Text, Computed: true,
				Description: "Time at which a plan, apply or destroy of this owner was last seen (RFC 3339).",
			},
			"hold_quota": {Shape: values.Number, Computed: true, Description: "Number of holds that the owner may have."},
			"planners": {
				Shape:       values.Objects,
				Computed:    true,
				Description: "Allocators by name, and `cidrplan_blocks` by `blocks/` followed by the name.",
				Fields:      plannerStatusFields,
			},
		},
	},
	"claims": {
		Shape: values.List, Computed: true, Description: "Ranges of applied plans, ordered by range.", Fields: ledgerEntryFields,
	},
	"holds": {
		Shape:       values.List,
		Computed:    true,
		Description: "Ranges of plans that were not applied, ordered by range.",
		Fields: ledgerEntryFields.With(values.Fields{
			"expires": {
				Shape: values.Text, Computed: true,
				Description: "Time from which on the range can be allocated to others if nothing else is free (RFC 3339). Until another " +
					"owner uses it, the plan that holds it can still be applied.",
			},
		}),
	},
}

var plannerStatusFields = values.Fields{
	"serial":    {Shape: values.Number, Computed: true, Description: "Number of the last apply, as `ledger_serial` of the resource."},
	"last_seen": {Shape: values.Text, Computed: true, Description: "Time at which it last planned, applied or was destroyed (RFC 3339)."},
	"claims":    {Shape: values.Number, Computed: true, Description: "Number of claims."},
	"holds":     {Shape: values.Number, Computed: true, Description: "Number of holds that are not expired."},
	"expired":   {Shape: values.Number, Computed: true, Description: "Number of expired holds."},
	"lost": {
		Shape: values.Number, Computed: true,
		Description: "Number of holds that expired and ended since its last apply, since other plans needed the range or the quota of " +
			"the owner.",
	},
}

var ledgerEntryFields = values.Fields{
	"owner":   {Shape: values.Text, Computed: true, Description: "Owner of the range."},
	"planner": {Shape: values.Text, Computed: true, Description: "Planner of the range, as a key of `planners`."},
	"kind": {
		Shape: values.Text, Computed: true,
		Description: "Use of the range: `pod`, `service`, `other` (`other_ranges`), `block`, `reserved`, `existing`, " +
			"`kept` (growth reserve) or `released`.",
	},
	"cluster": {Shape: values.Text, Computed: true, Description: "Name of the cluster, block or reservation."},
	"cidr":    {Shape: values.Text, Computed: true, Description: "The range."},
	"vrf":     {Shape: values.Text, Computed: true, Description: "VRF of the range. Null for the unnamed VRF."},
	"network": {Shape: values.Text, Computed: true, Description: "VPC or site of the range. Null if it is in no network."},
	"delegated_to": {
		Shape: values.Text, Computed: true, Description: "Owner that a block is delegated to. Null if all owners may allocate inside.",
	},
	"since": {
		Shape: values.Text, Computed: true,
		Description: "Time at which the range became a claim or hold (RFC 3339), from which its age follows.",
	},
}
