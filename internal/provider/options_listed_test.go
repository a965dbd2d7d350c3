package provider

import (
	"fmt"
	"maps"
	"slices"
	"testing"

	"github.com/cidrplan/terraform-provider-cidrplan/internal/conflict"
	"github.com/cidrplan/terraform-provider-cidrplan/internal/profile"
	"github.com/cidrplan/terraform-provider-cidrplan/internal/rules"
	"github.com/cidrplan/terraform-provider-cidrplan/internal/topology"
)

// offeredKinds are the kinds of options by what lists them: a rule, or "" for the options across resources.
type offeredKinds map[string]map[string]bool

func (o offeredKinds) add(list string, options []topology.Option) {
	if o[list] == nil {
		o[list] = map[string]bool{}
	}
	for _, option := range options {
		o[list][string(option.Kind)] = true
	}
}

// addPlan adds the options of all messages of a plan.
func (o offeredKinds) addPlan(p afterPlan) {
	reported := slices.DeleteFunc(slices.Clone(p.findings), func(f conflict.Finding) bool { return f.Accepted != nil })
	for _, g := range conflict.Groups(reported) {
		o.add(g.Findings[0].Code, g.Options())
	}
	for _, f := range p.outside {
		if list := ""; f.Unwired != nil {
			if len(f.Unwired.ABlocks) > 0 {
				list = f.Code
			}
			o.add(list, f.Unwired.Options)
		}
	}
}

// addStory adds the options of a rule in a first plan and, if asked for, with the ranges held and where the conflict came after the ranges.
func (o offeredKinds) addStory(t *testing.T, w world, by topology.Origin, later bool) {
	t.Helper()
	accepted := w.plan(t, nil)
	o.addPlan(accepted)
	if !later {
		return
	}
	held := w.follow(by, conflict.Groups(accepted.findings)[0].Options()[acceptedAt(accepted)])[0].plan(t, nil)
	o.addPlan(w.plan(t, &held))
	o.addPlan(w.unpinned(by).plan(t, &held))
	for _, before := range w.without(t, by, accepted) {
		o.addPlan(w.plan(t, &before))
		o.addPlan(w.unpinned(by).plan(t, &before))
	}
}

// repeated is the world with more clusters and blocks that have the pins of each one.
func (w world) repeated(by topology.Origin, times int) world {
	config := w.config[by]
	for _, of := range []string{"clusters", "blocks"} {
		all, _ := config[of].(given)
		for name, one := range all {
			for i := range times {
				config = having(config, of, having(config[of].(given), fmt.Sprintf("%s-%d", name, i), one))
			}
		}
	}
	return w.with(by, config)
}

// adopted is the world with existing in place of pins.
func (w world) adopted(by topology.Origin) world {
	config := w.config[by]
	existing, _ := config["existing"].(given)
	for _, of := range []string{"clusters", "blocks"} {
		all, _ := config[of].(given)
		for name, one := range all {
			held := given{}
			for _, pin := range []string{"cidr", "pod_cidrs", "service_cidr", "pod_ipv6_cidr", "service_ipv6_cidr", "node_cidr_mask"} {
				if value, pinned := one.(given)[pin]; pinned {
					held[pin] = value
				}
			}
			if _, given := existing[name]; len(held) > 0 && !given {
				existing = having(existing, name, held)
			}
		}
	}
	return w.unpinned(by).with(by, having(w.unpinned(by).config[by], "existing", existing))
}

// assumed is the world with clusters whose Service range is what their profile uses by itself.
func (w world) assumed(by topology.Origin) world {
	clusters, _ := w.config[by]["clusters"].(given)
	for name, one := range clusters {
		cluster := maps.Clone(one.(given))
		delete(cluster, "service_cidr")
		clusters = having(clusters, name, cluster)
	}
	return w.with(by, having(w.config[by], "clusters", clusters))
}

// furtherStories are configurations that have options which those of ruleStories do not have.
var furtherStories = map[string]given{
	"a cluster at a site with many more addresses": {
		"sites":    given{"lab": given{"cidr_blocks": []string{"10.64.0.0/14"}}},
		"clusters": given{"shop": pinned("lab", "kubernetes-overlay", "10.64.0.0/20", "172.20.0.0/20")},
	},
	"Services at a site with many more addresses": {
		"sites":    given{"lab": given{"cidr_blocks": []string{"172.20.0.0/16"}}},
		"clusters": given{"shop": pinned("lab", "kubernetes-overlay", "10.64.0.0/20", "172.20.0.0/20")},
	},
	"a third network that reaches a VPC and a cluster": {
		"sites": given{"hq": given{"cidr_blocks": []string{"192.168.9.0/24"}, "peers": []string{"prod", "far"}}},
		"vpcs": given{
			"prod": vpcOn("alicloud", "192.168.0.0/24"), "far": vpcOn("alicloud", "10.64.0.0/16"),
		},
		"clusters": given{"shop": pinned("prod", "ack-flannel", "10.64.0.0/20", "172.20.0.0/20")},
	},
	"more nodes than the profile accepts, and not more than another one does": {
		"vpcs": given{"prod": vpcOn("huaweicloud", "192.168.0.0/16")},
		"clusters": given{
			"shop": given{"vpc": "prod", "profile": "cce-vpc-router", "max_nodes": int64(1500), "max_services": int64(100)},
		},
	},
	"two Pod ranges in the join subnet": {
		"vpcs": given{"prod": vpcOn("generic", "192.168.0.0/24")},
		"clusters": given{"shop": with(with(pinned("prod", "kube-ovn", "", "172.20.16.0/20"), "pod_cidrs", []string{
			"10.64.0.0/16", "10.65.0.0/16",
		}), "other_ranges", given{"join": []string{"10.64.0.0/15"}})},
	},
	"the control plane of a cluster beside another workspace": {
		"vpcs": given{"prod": vpcOn("google", "192.168.0.0/24")},
		"clusters": given{
			"shop": with(pinned("prod", "gke", "10.64.0.0/16", "172.20.16.0/20"), "other_ranges",
				given{"control_plane": []string{"10.65.0.0/28"}}),
			"data": with(pinned("prod", "gke", "10.66.0.0/16", "172.20.32.0/20"), "other_ranges",
				given{"control_plane": []string{"172.20.0.0/28"}}),
		},
		"foreign_claims": given{
			"pods": given{"owner": "web", "kind": "pod", "cidr": "10.65.0.0/16", "network": "prod", "allocator": "team", "profile": "gke"},
			"services": given{
				"owner": "web", "kind": "service", "cidr": "172.20.0.0/20", "network": "prod", "allocator": "team", "profile": "gke",
			},
		},
	},
	"a mirror and a route of its VPC": {
		"vpcs": given{
			"prod": vpcOn("alicloud", "192.168.0.0/24"),
			"copy": having(having(vpcOn("alicloud", "192.168.1.0/24"), "vrf", "blue"), "routes", routed("10.64.0.0/16")["routes"]),
		},
		"clusters": given{
			"shop": with(pinned("prod", "ack-flannel", "10.64.0.0/20", "172.20.0.0/20"), "max_nodes", int64(10)),
			"copy": given{"vpc": "copy", "profile": "ack-flannel", "same_as": "shop"},
		},
	},
}

// The table of rules lists the options of each rule: no message offers one that the table does not have, and each that it has is
// offered in some story.
func TestTheTableOfRulesListsTheOptionsOfEachRule(t *testing.T) {
	t.Parallel()
	offered := offeredKinds{}
	for code := range codesOfStories() {
		w, by := storyOf(code)
		narrow := w.with(by, having(having(w.config[by], "supernets", []string{"10.79.255.240/28"}),
			"service_supernets", []string{"172.23.255.240/28"}))
		for i, variant := range []world{w, w.repeated(by, 2), w.adopted(by), narrow} {
			offered.addStory(t, variant, by, i == 0)
		}
	}
	for _, w := range blocksBesideOthers() {
		offered.addPlan(w.plan(t, nil))
		offered.addPlan(w.adopted(reporter(true)).plan(t, nil))
	}
	by := reporter(false)
	reportedByCloud := worldOf(
		by,
		ali(nil, given{"shop": with(pinned("prod", "ack-flannel", "10.64.0.0/20", "172.20.0.0/20"), "max_nodes", int64(10))}),
	)
	built := reportedByCloud.plan(t, nil)
	offered.addPlan(reportedByCloud.with(by, having(reportedByCloud.config[by], "existing", given{
		"shop-prod": given{"pod_cidrs": []string{"10.64.0.0/20"}, "service_cidr": "172.20.0.0/20"},
	})).plan(t, &built))
	many, _ := storyOf("pod_overlaps_route")
	offered.addPlan(many.repeated(by, 70).plan(t, nil))
	for code := range withOtherRangeRules(map[string]given{}) {
		w, by := storyOf(code)
		before := w.with(by, withoutOtherRanges(w.config[by])).plan(t, nil)
		offered.addPlan(w.plan(t, &before))
	}
	for _, story := range furtherStories {
		w := worldOf(by, story)
		before := w.with(by, withoutOtherRanges(w.config[by])).plan(t, nil)
		offered.addPlan(w.plan(t, &before))
	}
	for _, w := range append(besideOthers(by), planesBesideOthers(by)...) {
		offered.addPlan(w.plan(t, nil))
		offered.addPlan(w.adopted(by).plan(t, nil))
		offered.addPlan(w.assumed(by).plan(t, nil))
		held := w.with(by, having(w.config[by], "foreign_claims", given{})).plan(t, nil)
		offered.addPlan(w.plan(t, &held))
	}
	for _, story := range furtherStories {
		offered.addStory(t, worldOf(by, story), by, true)
	}
	for _, story := range outsideStories {
		w := story()
		first := w.plan(t, nil)
		offered.addPlan(first)
		offered.addPlan(w.plan(t, &first))
	}
	for list := range offered {
		offered.wantListed(t, list)
	}
	for _, kind := range shownOnce {
		if !offered["pod_overlaps_route"][string(kind)] {
			t.Errorf("%q is offered nowhere", kind)
		}
	}
	for _, code := range rules.Codes(profile.Default()) {
		if offered[code] == nil {
			t.Errorf("%s has no story", code)
		}
	}
}

// shownOnce are options that follow from the parties of a finding and not from its rule: many of them, or a mirror cluster. The
// story of one rule shows each.
var shownOnce = []topology.OptionKind{conflict.Lowered, conflict.OwnRanges}

// wantListed compares the options that are offered with those of a rule, or with those across resources.
func (o offeredKinds) wantListed(t *testing.T, list string) {
	t.Helper()
	listed := rules.OptionsOf(list)
	if list == "" {
		listed = rules.OptionsAcross()
	}
	for kind := range o[list] {
		if !slices.Contains(listed, kind) {
			t.Errorf("%q is offered for %q and not listed", kind, list)
		}
	}
	for _, kind := range listed {
		if !o[list][kind] && !slices.Contains(shownOnce, topology.OptionKind(kind)) {
			t.Errorf("%q is listed for %q and offered nowhere", kind, list)
		}
	}
}
