package allocate

import (
	"fmt"
	"maps"
	"slices"
	"testing"

	"github.com/cidrplan/terraform-provider-cidrplan/internal/conflict"
	"github.com/cidrplan/terraform-provider-cidrplan/internal/profile"
	"github.com/cidrplan/terraform-provider-cidrplan/internal/topology"
)

// An audit compares the claims of all workspaces; without a hub that joins their networks or one that is
// declared, it takes these for different ones.
func TestAuditOfTwoWorkspaces(t *testing.T) {
	onHub := vpc("ali", func(v *topology.VPC) { v.Hubs = []string{"cen"} })
	all := map[string]topology.Foreign{}
	for _, r := range []Request{
		request(onHub, supernets("10.0.0.0/17"), cluster("shop", "ack-flannel", lengths(20, 22, 26))),
		request(onHub, otherTeam, services("172.21.0.0/16"), cluster("web", "ack-flannel", lengths(20, 22, 26))),
	} {
		r.Facts.Hubs["cen"] = topology.Hub{}
		maps.Copy(all, r.OutgoingClaims(planned(t, r).Allocations, nil, profile.Default()))
	}
	for name, test := range map[string]struct {
		request Request
		want    []string
	}{
		"nothing else is given": {Request{}, []string{"pod_overlaps_peer_pod shop web", "supernet_overlaps_foreign_supernet k8s team-b"}},
		"their network is declared": {
			Request{
				Facts: topology.Facts{VPCs: map[string]topology.VPC{"ali": {Platform: "alicloud", CIDRBlocks: prefixes("192.168.0.0/24")}}},
			},
			[]string{"pod_overlaps_cluster_pod shop web", "supernet_overlaps_foreign_supernet k8s team-b"},
		},
		"ranges for suggestions": {
			Request{Supernets: prefixes("10.0.0.0/8")},
			[]string{"pod_overlaps_peer_pod shop web", "supernet_overlaps_foreign_supernet k8s team-b"},
		},
		"one of them is the own": {
			Request{
				Name: "k8s", Supernets: prefixes("10.0.0.0/17"),
				Existing: map[string]Existing{"shop": {PodCIDRs: prefixes("10.0.0.0/20"), ServiceCIDR: prefix("172.20.0.0/22")}},
				Facts: topology.Facts{
					VPCs: map[string]topology.VPC{"ali": {Platform: "alicloud", CIDRBlocks: prefixes("192.168.0.0/24")}},
				},
			},
			[]string{"supernet_overlaps_foreign_supernet k8s team-b"},
		},
		"one of them has the own name and is not held": {
			Request{Name: "k8s", Supernets: prefixes("10.0.0.0/17")},
			[]string{"pod_overlaps_peer_pod shop web", "supernet_overlaps_foreign_supernet k8s team-b"},
		},
	} {
		t.Run(name, func(t *testing.T) {
			test.request.Facts.Foreign = maps.Clone(all)
			audited := Audit(test.request, topology.WhatIf{}, profile.Default())
			var found []string
			for _, f := range audited.Findings {
				found = append(found, fmt.Sprintf("%s %s %s", f.Code, f.A.Owner, f.B.Owner))
			}
			if len(audited.Faults) > 0 || !slices.Equal(found, test.want) {
				t.Errorf("found %q, faults %v", found, audited.Faults)
			}
		})
	}
}

// An audit of two workspaces finds what both allocate from one supernet without knowing of each other.
func TestAuditOfTwoWorkspacesOfBlocks(t *testing.T) {
	first, second := blocks(ofLength("a", 24), ofLength("c", 26)), blocks(otherTeam, ofLength("b", 25))
	undeclared := edited(after(second, planned(t, second)), withoutClusters("b"))
	was := planned(t, first)
	for name, test := range map[string]struct {
		second Request
		edit   func(*Request)
		want   []string
	}{
		"both hold it": {
			second, nil,
			[]string{
				"error block_overlaps_foreign_block a 10.0.0.0/24 blocks/net b 10.0.0.0/25 blocks/team-b",
				"warn supernet_overlaps_foreign_supernet net 10.0.0.0/16 blocks/net team-b 10.0.0.0/16 blocks/team-b",
			},
		},
		"one of them gave it up": {
			undeclared, nil,
			[]string{
				"error block_overlaps_released a 10.0.0.0/24 blocks/net b 10.0.0.0/25 blocks/team-b",
				"warn supernet_overlaps_foreign_supernet net 10.0.0.0/16 blocks/net team-b 10.0.0.0/16 blocks/team-b",
			},
		},
		"one knows the VRF of the other": {edited(second, inVRF("blue")), nil, nil},
		"one allocates in the block of the other": {
			edited(second, supernets("10.0.0.0/24")), nil, nil,
		},
		"the rules are turned down": {second, func(r *Request) {
			r.Settings.Levels = map[string]string{
				"block_overlaps_foreign_block": "warn", "supernet_overlaps_foreign_supernet": "off", "block_overlaps_released": "off",
				"block_overlaps_aggregate": "off",
			}
		}, []string{"warn block_overlaps_foreign_block a 10.0.0.0/24 blocks/net b 10.0.0.0/25 blocks/team-b"}},
	} {
		t.Run(name, func(t *testing.T) {
			all := first.OutgoingClaims(was.Allocations, was.Released, profile.Default())
			other := planned(t, test.second)
			maps.Copy(all, test.second.OutgoingClaims(other.Allocations, other.Released, profile.Default()))
			r := Request{Facts: topology.Facts{Foreign: all}}
			if test.edit != nil {
				test.edit(&r)
			}
			audited := Audit(r, topology.WhatIf{}, profile.Default())
			var found []string
			for _, f := range audited.Findings {
				found = append(
					found,
					fmt.Sprintf(
						"%s %s %s %s %s %s %s %s", f.Level(), f.Code, f.A.Owner, f.A.Range, f.A.Holder, f.B.Owner, f.B.Range,
						f.B.Holder,
					),
				)
			}
			if len(audited.Faults) > 0 || !slices.Equal(found, test.want) {
				t.Errorf("found %q, faults %v", found, audited.Faults)
			}
		})
	}
	never := Request{Settings: conflict.Settings{Levels: map[string]string{"block_in_forbidden_range": "off"}}}
	if audited := Audit(never, topology.WhatIf{}, profile.Default()); len(audited.Faults) != 1 ||
		audited.Faults[0].At.String() != `rule_levels["block_in_forbidden_range"]` {
		t.Errorf("a level of a rule that an audit cannot find broken: faults %v", audited.Faults)
	}
}

// A range in a block of another workspace can be delegated only to an allocator that has a name: others are nobody to that workspace.
func TestAuditOffersDelegationToAllocatorsWithAName(t *testing.T) {
	for name, test := range map[string]struct {
		allocator string
		supernets []string
		want      []string
	}{
		"without a name":        {"", []string{"10.64.0.0/12"}, nil},
		"with a name":           {"k8s", []string{"10.64.0.0/12"}, []string{"10.64.0.0/16"}},
		"with a name, after it": {"k8s", []string{"10.64.0.0/16"}, nil},
	} {
		t.Run(name, func(t *testing.T) {
			r := request(vpc("ali", func(*topology.VPC) {}), cluster("shop", "ack-flannel", lengths(20, 22, 26)))
			shop := r.Facts.Clusters["shop"]
			shop.PodCIDRs = prefixes("10.64.0.0/20")
			r.Facts.Clusters["shop"] = shop
			r.Name, r.Supernets = test.allocator, prefixes(test.supernets...)
			r.Facts.Foreign = map[string]topology.Foreign{
				"x": {Owner: "dba", Kind: topology.ForeignBlock, CIDR: prefix("10.64.0.0/16"), Allocator: "blocks/net"},
			}
			findings := slices.DeleteFunc(Audit(r, topology.WhatIf{}, profile.Default()).Findings, func(f conflict.Finding) bool {
				return f.Code != "pod_overlaps_foreign_block"
			})
			var delegated []string
			for _, g := range conflict.Groups(findings) {
				for _, o := range g.Options() {
					if set, is := o.Edits[0].Do.(topology.Setting); is && o.Kind == conflict.Meant {
						delegated = append(delegated, set.Value.([]string)...)
					}
				}
			}
			if resolved := test.supernets[0] == "10.64.0.0/16"; resolved != (len(findings) == 0) ||
				!slices.Equal(delegated, test.want) {
				t.Errorf("%d findings, delegated %q, want %q", len(findings), delegated, test.want)
			}
		})
	}
}

// A mirror has the ranges of its original, whatever the order of their names.
func TestAuditOfAMirror(t *testing.T) {
	routed := topology.Route{Destination: prefix("10.0.0.0/20"), NextHop: "vpn"}
	for _, mirror := range []string{"dr", "zdr"} {
		r := request(blue(), shop(pins("172.20.0.0/22", "10.0.0.0/19")), dr(mirror, "blue", "shop"), vpc("blue", route("vpn", routed)))
		var got []string
		for _, f := range Audit(r, topology.WhatIf{}, profile.Default()).Findings {
			got = append(got, fmt.Sprintf("%s %s %s", f.Code, f.A.Owner, f.B.Owner))
		}
		if want := []string{"pod_overlaps_route " + mirror + " blue"}; !slices.Equal(got, want) {
			t.Errorf("got %q, want %q", got, want)
		}
	}
}

// What is broken only with the connections that are tried out is hypothetical, a rule of one VPC alone, too.
func TestAuditOfConnectionsThatAreTriedOut(t *testing.T) {
	r := all(
		vpc("ten", func(v *topology.VPC) { v.CIDRBlocks = prefixes("192.168.0.0/16", "10.200.0.0/16") }),
		vpc("hua", func(v *topology.VPC) { v.CIDRBlocks, v.Subnets = prefixes("172.31.0.0/16"), nil }),
	)
	const key = "vpc_secondary_peered|10.200.0.0/16|ten"
	for name, test := range map[string]struct {
		what topology.WhatIf
		want map[string]bool
	}{
		"nothing is tried out":          {topology.WhatIf{}, nil},
		"a peering that breaks a rule":  {topology.WhatIf{Peered: []string{"ten", "hua"}}, map[string]bool{key: true}},
		"a peering that breaks no rule": {topology.WhatIf{Peered: []string{"ali", "hua"}}, nil},
	} {
		t.Run(name, func(t *testing.T) {
			audited := Audit(r, test.what, profile.Default())
			if !maps.Equal(audited.Hypothetical, test.want) || len(audited.Findings) != len(test.want) {
				t.Errorf("got %v, want %v, findings %v", audited.Hypothetical, test.want, audited.Findings)
			}
		})
	}
}
