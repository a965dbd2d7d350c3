package allocate

import (
	"testing"

	"github.com/cidrplan/terraform-provider-cidrplan/internal/conflict"
	"github.com/cidrplan/terraform-provider-cidrplan/internal/profile"
	"github.com/cidrplan/terraform-provider-cidrplan/internal/rules"
	"github.com/cidrplan/terraform-provider-cidrplan/internal/topology"
)

func TestArgumentsOnConflictsAreChecked(t *testing.T) {
	codes := rules.FoundBy(rules.Allocator, profile.Default())
	tests := map[string]struct {
		edit func(*Request)
		want []problem
	}{
		"a key of a conflict": {accepts(oldKey), nil},
		"a key of other parties": {accepts("pod_overlaps_route|10.0.0.0/20|ali:vpn+gone", oldKey), []problem{
			{
				`accepted_conflicts["pod_overlaps_route|10.0.0.0/20|ali:vpn+gone"]`,
				UnusedAcceptance{Key: "pod_overlaps_route|10.0.0.0/20|ali:vpn+gone"},
				true,
			},
		}},
		"a text that is no key": {accepts("typo", oldKey), []problem{{`accepted_conflicts["typo"]`, conflict.NoKey{Key: "typo"}, false}}},
		"no reason": {func(r *Request) { r.Settings.Accepted = map[string]topology.Acceptance{oldKey: {}} }, []problem{
			{`accepted_conflicts["` + oldKey + `"].reason`, topology.Missing{Reason: conflict.ReasonNeeded{}}, false},
		}},
		"no key on a VPC": {
			vpc("ali", func(v *topology.VPC) { v.Accepted = map[string]topology.Acceptance{"typo": {Reason: "known"}} }),
			[]problem{
				{`vpcs["ali"].accepted_conflicts["typo"]`, conflict.NoKey{Key: "typo"}, false},
			},
		},
		"no key on a hub": {func(r *Request) {
			r.Facts.Hubs["h"] = topology.Hub{Accepted: map[string]topology.Acceptance{"typo": {Reason: "known"}}}
		}, []problem{{`hubs["h"].accepted_conflicts["typo"]`, conflict.NoKey{Key: "typo"}, false}}},
		"no key on a site": {func(r *Request) {
			r.Facts.Sites["s"] = topology.Site{
				CIDRBlocks: prefixes("9.0.0.0/24"),
				Accepted:   map[string]topology.Acceptance{"typo": {Reason: "known"}},
			}
		}, []problem{{`sites["s"].accepted_conflicts["typo"]`, conflict.NoKey{Key: "typo"}, false}}},
		"a rule that is none": {
			ruleLevel("pod_overlap_route", "off"),
			[]problem{
				{
					`rule_levels["pod_overlap_route"]`,
					topology.Undeclared{Kind: topology.RuleName, Name: "pod_overlap_route", Known: codes},
					false,
				},
			},
		},
		"a rule of blocks": {
			ruleLevel("block_overlaps_foreign_block", "warn"),
			[]problem{
				{
					`rule_levels["block_overlaps_foreign_block"]`,
					topology.Undeclared{Kind: topology.RuleName, Name: "block_overlaps_foreign_block", Known: codes},
					false,
				},
			},
		},
		"a block elsewhere": {ruleLevel("block_overlaps_aggregate", "warn"), nil},
		"a level that is none": {
			ruleLevel("pod_overlaps_route", "ignore"),
			[]problem{{`rule_levels["pod_overlaps_route"]`, topology.NotOneOf{Value: "ignore", Allowed: conflict.Levels}, false}},
		},
		"a level to be decided": {ruleLevel("pod_overlaps_route", ""), nil},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			wantFaults(t, Plan(oldOnRoute(test.edit), profile.Default()).Faults, test.want...)
		})
	}
}
