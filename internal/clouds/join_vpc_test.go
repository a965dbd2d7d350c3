package clouds

import "testing"

// twoVPCs are prod and test, with the IDs vpc-1 and vpc-2.
func twoVPCs() world {
	return newWorld().add(VPCs, "prod", vpc("vpc-1", "10.0.0.0/16")).add(VPCs, "test", vpc("vpc-2", "10.1.0.0/16"))
}

// labelled is an object with labels.
func labelled(o Object, vpc, hub, peer string) Object {
	o.Labels = Labels{text(vpc), text(hub), text(peer)}
	return o
}

func TestSubnetsOfVPCs(t *testing.T) {
	twin := func() world { return twoVPCs().add(VPCs, "twin", vpc("vpc-3", "10.0.0.0/16")) }
	unread := func() world { return twoVPCs().add(VPCs, "new", vpc(notYet, notYet)) }
	for name, test := range map[string]struct {
		world          world
		want, unplaced string
	}{
		"by ID":                       {twoVPCs().add(Subnets, "a", subnet("vpc-1", "10.0.1.0/24")), "prod={a=10.0.1.0/24} test={}", ""},
		"by range, ID not known yet":  {twoVPCs().add(Subnets, "a", subnet(notYet, "10.0.1.0/24")), "prod={a=10.0.1.0/24} test={}", ""},
		"by key, range not known yet": {twoVPCs().add(Subnets, "prod/a", subnet(notYet, notYet)), "prod={prod/a=?} test={}", ""},
		"by label": {
			twoVPCs().add(Subnets, "a", labelled(subnet(notYet, notYet), "test", "", "")),
			"prod={} test={a=?}",
			"",
		},
		"by the longest name that begins its key": {
			twoVPCs().add(VPCs, "prod/eu", vpc("vpc-3", "10.3.0.0/16")).add(Subnets, "prod/eu/a", subnet(notYet, "10.3.1.0/24")),
			"prod={} prod/eu={prod/eu/a=10.3.1.0/24} test={}",
			"",
		},
		"label not known yet": {
			twoVPCs().add(Subnets, "a", labelled(subnet("vpc-1", "10.0.1.0/24"), notYet, "", "")),
			"prod={?} test={?}",
			"?",
		},
		"nothing known yet": {twoVPCs().add(Subnets, "a", subnet(notYet, notYet)), "prod={?} test={?}", "?"},
		"of another VPC": {
			twoVPCs().add(Subnets, "a", subnet("vpc-9", "10.9.1.0/24")),
			"prod={} test={}",
			`nimbus.subnets["a"]`,
		},
		"outside of the blocks, by ID": {twoVPCs().add(Subnets, "a", subnet("vpc-1", "10.9.1.0/24")), "prod={a=10.9.1.0/24} test={}", ""},
		"in two VPCs, by ID": {
			twin().add(Subnets, "a", subnet("vpc-3", "10.0.1.0/24")),
			"prod={} test={} twin={a=10.0.1.0/24}",
			"",
		},
		"in two VPCs, ID not known":  {twin().add(Subnets, "a", subnet(notYet, "10.0.1.0/24")), "prod={?} test={?} twin={?}", "?"},
		"other blocks not known yet": {unread().add(Subnets, "a", subnet(notYet, "10.0.1.0/24")), "new={?} prod={?} test={?}", "?"},
		"the same, but the ID known": {
			unread().add(Subnets, "a", subnet("vpc-1", "10.0.1.0/24")),
			"new={} prod={a=10.0.1.0/24} test={}",
			"",
		},
	} {
		t.Run(name, func(t *testing.T) {
			facts := test.world.joined(t)
			got := ofVPCs(facts, func(v VPC) string { return shownMap(v.Subnets, shownText) })
			if got != test.want {
				t.Errorf("got  %s\nwant %s", got, test.want)
			}
			wantUnplaced(t, facts, test.unplaced)
		})
	}
}

func TestBlocksOfVPCs(t *testing.T) {
	block := func(vpcID, cidr string) Object { return Object{VPC: refs(vpcID), CIDRs: texts(cidr)} }
	ipv6 := func(vpcID, cidr string) Object {
		return Object{VPC: refs(vpcID), CIDRs: texts("10.0.1.0/24"), IPv6CIDRs: texts(cidr)}
	}
	for name, test := range map[string]struct {
		world world
		want  string
	}{
		"none of their own": {twoVPCs(), "prod={10.0.0.0/16|} test={10.1.0.0/16|}"},
		"a further one": {
			twoVPCs().add(VPCBlocks, "b", block("vpc-1", "10.2.0.0/16")),
			"prod={10.0.0.0/16,10.2.0.0/16|} test={10.1.0.0/16|}",
		},
		"one that the VPC lists": {
			twoVPCs().add(VPCBlocks, "b", block("vpc-1", "10.0.0.0/16")),
			"prod={10.0.0.0/16|} test={10.1.0.0/16|}",
		},
		"of a VPC not known yet": {twoVPCs().add(VPCBlocks, "b", block(notYet, "10.2.0.0/16")), "prod={?|?} test={?|?}"},
		"by key, not known yet":  {twoVPCs().add(VPCBlocks, "prod/2", block(notYet, notYet)), "prod={?|} test={10.1.0.0/16|}"},
		"IPv6 of a subnet": {
			twoVPCs().add(Subnets, "a", ipv6("vpc-1", "2408:1::/64")),
			"prod={10.0.0.0/16|2408:1::/64} test={10.1.0.0/16|}",
		},
		"IPv6 of a subnet in a block of the VPC": {
			newWorld().add(VPCs, "prod", Object{IDs: refs("vpc-1"), CIDRs: texts("10.0.0.0/16"), IPv6CIDRs: texts("2408:1::/56")}).
				add(Subnets, "a", ipv6("vpc-1", "2408:1::/64")),
			"prod={10.0.0.0/16|2408:1::/56}",
		},
		"IPv6 not known yet": {twoVPCs().add(Subnets, "a", ipv6(notYet, notYet)), "prod={10.0.0.0/16|?} test={10.1.0.0/16|}"},
		"IPv6 of a subnet of none": {
			twoVPCs().add(Subnets, "a", labelled(ipv6("vpc-1", "2408:1::/64"), notYet, "", "")),
			"prod={10.0.0.0/16|?} test={10.1.0.0/16|?}",
		},
	} {
		t.Run(name, func(t *testing.T) {
			got := ofVPCs(test.world.joined(t), func(v VPC) string { return shownList(v.CIDRBlocks) + "|" + shownList(v.IPv6CIDRBlocks) })
			if got != test.want {
				t.Errorf("got  %s\nwant %s", got, test.want)
			}
		})
	}
}

func TestHubsOfVPCs(t *testing.T) {
	attach := func(vpcID, hubID string) Object { return Object{VPC: refs(vpcID), Hub: refs(hubID)} }
	one := func() world { return twoVPCs().add(Gateways, "er", Object{IDs: refs("er-1")}) }
	both := func() world { return one().add(Gateways, "er2", Object{IDs: refs("er-2")}) }
	for name, test := range map[string]struct {
		world          world
		want, unplaced string
	}{
		"by IDs":                    {both().add(Attachments, "a", attach("vpc-1", "er-2")), "prod={er2} test={}", ""},
		"by key, and the only hub":  {one().add(Attachments, "prod", attach(notYet, notYet)), "prod={er} test={}", ""},
		"by key, hub not known yet": {both().add(Attachments, "prod", attach(notYet, notYet)), "prod={?} test={}", "?"},
		"by labels": {
			both().add(Attachments, "a", labelled(attach(notYet, notYet), "test", "er2", "")),
			"prod={} test={er2}",
			"",
		},
		"VPC not known yet": {one().add(Attachments, "a", attach(notYet, "er-1")), "prod={?} test={?}", "?"},
		"twice": {
			one().add(Attachments, "prod/a", attach("vpc-1", "er-1")).add(Attachments, "prod/b", attach("vpc-1", "er-1")),
			"prod={er} test={}",
			"",
		},
		"of another VPC": {
			one().add(Attachments, "a", attach("vpc-9", "er-1")),
			"prod={} test={}",
			`nimbus.attachments["a"]`,
		},
		"of a hub that is not given": {
			both().add(Attachments, "prod", attach("vpc-1", "er-9")),
			"prod={} test={}",
			`nimbus.attachments["prod"]`,
		},
		"without any hub that is given": {twoVPCs().add(Attachments, "prod", attach("vpc-1", notYet)), "prod={?} test={}", "?"},
	} {
		t.Run(name, func(t *testing.T) {
			facts := test.world.joined(t)
			if got := ofVPCs(facts, func(v VPC) string { return shownList(v.Hubs) }); got != test.want {
				t.Errorf("got  %s\nwant %s", got, test.want)
			}
			wantUnplaced(t, facts, test.unplaced)
		})
	}
}

func TestPeersOfVPCs(t *testing.T) {
	peering := func(vpcID, peerID string) Object { return Object{VPC: refs(vpcID), PeerVPC: refs(peerID)} }
	for name, test := range map[string]struct {
		world          world
		want, unplaced string
	}{
		"by IDs": {twoVPCs().add(Peerings, "a", peering("vpc-1", "vpc-2")), "prod={test} test={}", ""},
		"by labels": {
			twoVPCs().add(Peerings, "a", labelled(peering(notYet, notYet), "test", "", "prod")),
			"prod={} test={prod}",
			"",
		},
		"peer not known yet": {twoVPCs().add(Peerings, "prod/test", peering(notYet, notYet)), "prod={?} test={}", "?"},
		"nothing known yet":  {twoVPCs().add(Peerings, "a", peering(notYet, "vpc-1")), "prod={?} test={?}", "?"},
		"with another VPC":   {twoVPCs().add(Peerings, "a", peering("vpc-1", "vpc-9")), "prod={} test={}", `nimbus.peerings["a"]`},
		"the same, twice": {
			twoVPCs().add(Peerings, "a", peering("vpc-1", "vpc-2")).add(Peerings, "b", peering("vpc-1", "vpc-2")),
			"prod={test} test={}",
			"",
		},
	} {
		t.Run(name, func(t *testing.T) {
			facts := test.world.joined(t)
			if got := ofVPCs(facts, func(v VPC) string { return shownList(v.Peers) }); got != test.want {
				t.Errorf("got  %s\nwant %s", got, test.want)
			}
			wantUnplaced(t, facts, test.unplaced)
		})
	}
}
