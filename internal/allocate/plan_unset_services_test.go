package allocate

import (
	"net/netip"
	"slices"
	"testing"

	"github.com/cidrplan/terraform-provider-cidrplan/internal/profile"
	"github.com/cidrplan/terraform-provider-cidrplan/internal/topology"
)

// One warning of a plan, and of an audit, lists the clusters whose IPv6 Service range Terraform cannot set. Those
// that existing gives the range of are left out, under a previous name too.
func TestUnsetServiceRangesAreOneWarningWithoutWhatExists(t *testing.T) {
	both := []string{"ipv4", "ipv6"}
	facts := topology.Facts{
		VPCs: map[string]topology.VPC{"net": {Name: "net", Platform: "ctyun", CIDRBlocks: prefixes("192.168.0.0/16")}},
		Clusters: map[string]topology.Cluster{
			"old": {Name: "old", VPC: "net", Profile: "ccse-calico", Need: profile.Need{MaxNodes: 4}, IPFamilies: both},
			"new": {
				Name:          "new",
				VPC:           "net",
				Profile:       "ccse-calico",
				Need:          profile.Need{MaxNodes: 4},
				IPFamilies:    both,
				PreviousNames: []string{"was"},
			},
			"shop": {Name: "shop", VPC: "net", Profile: "ccse-calico", Need: profile.Need{MaxNodes: 4}, IPFamilies: both},
			"data": {Name: "data", VPC: "net", Profile: "ccse-calico", Need: profile.Need{MaxNodes: 4}, IPFamilies: both},
			"four": {Name: "four", VPC: "net", Profile: "ccse-calico", Need: profile.Need{MaxNodes: 4}},
		},
	}
	r := Request{
		Name: "k8s", Facts: facts, Supernets: prefixes("10.64.0.0/12", "fd00::/48"),
		Existing: map[string]Existing{
			"old":  {ServiceCIDR: prefix("10.97.0.0/16"), ServiceIPv6CIDR: prefix("fd00:1::/112")},
			"was":  {ServiceCIDR: prefix("10.98.0.0/16"), ServiceIPv6CIDR: prefix("fd00:2::/112")},
			"data": {ServiceCIDR: prefix("10.96.0.0/16")},
		},
	}
	for name, faults := range map[string][]topology.Fault{
		"plan": Plan(r, profile.Default()).Faults, "audit": Audit(r, topology.WhatIf{}, profile.Default()).Faults,
	} {
		var listed []string
		for _, f := range faults {
			if of, is := f.Problem.(topology.UnsetByTerraform); is {
				listed = append(listed, f.At.String())
				for _, c := range of.Clusters {
					listed = append(listed, c.Cluster)
				}
			}
		}
		if want := []string{`clusters["data"].ip_families`, "data", "shop"}; !slices.Equal(listed, want) {
			t.Errorf("%s: %v, want %v", name, listed, want)
		}
	}
	if failed := Plan(r, profile.Default()); failed.Failed() {
		t.Errorf("the plan fails: %v", failed.Faults)
	}
}

// A warning on a cluster does not hide a need that cannot be served.
func TestWarningsDoNotHideNeedsThatCannotBeServed(t *testing.T) {
	r := Request{
		Name: "k8s", Supernets: prefixes("10.64.0.0/12", "fd00::/48"),
		Facts: topology.Facts{
			VPCs: map[string]topology.VPC{"net": {Name: "net", Platform: "ctyun", CIDRBlocks: prefixes("192.168.0.0/16")}},
			Clusters: map[string]topology.Cluster{
				"shop": {
					Name:       "shop",
					VPC:        "net",
					Profile:    "ccse-calico",
					Need:       profile.Need{MaxNodes: 4, NodeMask: 20},
					IPFamilies: []string{"ipv4", "ipv6"},
				},
			},
		},
	}
	var unserved, warned bool
	for _, f := range Check(r, profile.Default()) {
		_, is := f.Problem.(NeedNotServed)
		unserved = unserved || is
		warned = warned || f.Warn
	}
	if !unserved || !warned {
		t.Errorf("the need is reported: %t, with the warning: %t", unserved, warned)
	}
}

// Each option of the warning ends it, for a cluster that is new and for one that holds ranges, and changes no IPv4
// range.
func TestTheOptionsOfUnsetServiceRangesEndTheWarning(t *testing.T) {
	of := func(profileName string, edit func(*topology.Cluster), existing map[string]Existing, prior *Prior) Request {
		cl := topology.Cluster{
			Name:       "shop",
			VPC:        "net",
			Profile:    profileName,
			Need:       profile.Need{MaxNodes: 4},
			IPFamilies: []string{"ipv4", "ipv6"},
		}
		platform := "ctyun"
		if profileName == "cce-turbo" {
			platform, cl.PodSubnets = "huaweicloud", []string{"pods"}
		}
		edit(&cl)
		vpc := topology.VPC{
			Name:       "net",
			Platform:   platform,
			CIDRBlocks: prefixes("192.168.0.0/16"),
			Subnets:    map[string]netip.Prefix{"pods": prefix("192.168.0.0/19")},
		}
		r := Request{
			Name: "k8s", Supernets: prefixes("10.64.0.0/12", "fc00:1::/64"), Existing: existing, Prior: prior,
			Facts: topology.Facts{VPCs: map[string]topology.VPC{"net": vpc}, Clusters: map[string]topology.Cluster{"shop": cl}},
		}
		if prior != nil && existing == nil {
			r.Renumber = map[string]string{"shop": "1"}
		}
		return r
	}
	unsets := func(result Result) bool {
		return slices.ContainsFunc(result.Faults, func(f topology.Fault) bool { _, is := f.Problem.(topology.UnsetByTerraform); return is })
	}
	for name, resolve := range map[string]func(*topology.Cluster){
		"cce-turbo":   func(cl *topology.Cluster) { cl.ServiceIPv6CIDR = prefix("fc00::/112") },
		"ccse-calico": func(cl *topology.Cluster) { cl.IPFamilies = []string{"ipv4"} },
	} {
		t.Run(name, func(t *testing.T) {
			first := of(name, func(*topology.Cluster) {}, nil, nil)
			before := Plan(first, profile.Default())
			if before.Failed() || !unsets(before) {
				t.Fatalf("the first plan: %v", before.Faults)
			}
			held := before.Allocations["shop"]
			prior := &Prior{Facts: first.Facts, Allocations: before.Allocations}
			pinned := func(cl *topology.Cluster) {
				resolve(cl)
				cl.ServiceCIDR, cl.PodCIDRs, cl.Need.MaxNodes = held.Service, held.Pods, 0
			}
			exists := map[string]Existing{"shop": {ServiceCIDR: held.Service, ServiceIPv6CIDR: held.ServiceIPv6}}
			for option, r := range map[string]Request{
				"new": of(name, resolve, nil, nil), "held": of(name, pinned, nil, prior),
				"exists": of(name, func(*topology.Cluster) {}, exists, prior),
			} {
				after := Plan(r, profile.Default())
				got := after.Allocations["shop"]
				if after.Failed() || unsets(after) {
					t.Errorf("%s: %v", option, after.Faults)
				}
				if got.Service != held.Service || !slices.Equal(got.Pods, held.Pods) {
					t.Errorf("%s: got %v %v, want %v %v", option, got.Pods, got.Service, held.Pods, held.Service)
				}
			}
		})
	}
}
