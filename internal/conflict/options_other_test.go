package conflict_test

import (
	"testing"

	"github.com/cidrplan/terraform-provider-cidrplan/internal/cidr"
	"github.com/cidrplan/terraform-provider-cidrplan/internal/conflict"
	"github.com/cidrplan/terraform-provider-cidrplan/internal/topology"
)

// routeOf is a route of a VPC, as the configuration gives it.
func routeOf(network, name, destination string) conflict.Claim {
	return of(
		conflict.Declared,
		part(at(claim("route", "", network, ""), destination), name),
		"vpcs",
		network,
		"routes",
		name,
		"destination",
	)
}

// blockOf is a block of a VPC, as the configuration gives it.
func blockOf(network, text string) conflict.Claim {
	return of(conflict.Declared, at(claim("vpc", "", network, ""), text), "vpcs", network, "cidr_blocks")
}

func TestOptionsOnTheSideThatMovesLessEasily(t *testing.T) {
	shop, data := podsOf("shop", "10.64.0.0/20"), podsOf("data", "10.64.16.0/20")
	atHub := shop
	atHub.Network = "hub"
	nowhere := ofKind(conflict.Block, "net", "10.64.0.0/20")
	met := func(a, b conflict.Claim, edits ...func(*conflict.Finding)) conflict.Finding {
		shared, _ := cidr.Overlap(a.Range, b.Range)
		f := fatal(meeting("rule", shared.String(), a, b))[0]
		for _, edit := range edits {
			edit(&f)
		}
		return f
	}
	throughHub := func(f *conflict.Finding) { f.Hub = "cen" }
	restored := func(f *conflict.Finding) { f.RestoredAt = place("existing", "old", "released") }
	free := func(texts ...string) func(*conflict.Finding) {
		return func(f *conflict.Finding) { f.OtherFreeRanges = prefixes(texts...) }
	}
	otherHeld := func(f *conflict.Finding) { f.OtherHeld = true }
	adopted := func(f *conflict.Finding) {
		f.Adopted = map[string]topology.Path{"wide": place("existing", "wide"), "shop": place("existing", "shop")}
	}
	meshed := func(f *conflict.Finding) { f.Mesh = "mesh" }
	inMesh := func(c conflict.Claim) conflict.Claim {
		c.Meshes = []string{"other", "mesh"}
		return c
	}
	reserved := of(conflict.Declared, ofKind(conflict.Reserved, "later", "10.64.0.0/16"), "reserved", "later", "cidr")
	small := of(conflict.Declared, ofKind(conflict.Reserved, "later", "10.64.0.0/24"), "reserved", "later", "cidr")
	released := ofKind(conflict.Released, "old", "10.64.0.0/16")
	existing := of(conflict.Adopted, ofKind(conflict.Existing, "old", "10.64.0.0/16"), "existing", "old", "pod_cidrs")
	wide := pinnedPods("wide", "10.64.0.0/16")
	mirror, ownServices := wide, of(
		conflict.Pinned,
		at(claim("service", "shop", "home", "ack-flannel"), "10.64.0.0/24"),
		"clusters",
		"shop",
		"service_cidr",
	)
	mirror.SameAs = "shop"
	assumed := of(conflict.Assumed, at(claim("service", "data", "home", "ack-flannel"), "10.64.0.0/16"))
	wholly := met(shop, blockOf("home", "10.64.0.0/20"))
	sampled := met(shop, wide, free("10.96.0.0/16"))
	sampled.Sample = "10.64.0.0/16"
	parted := met(shop, blockOf("hub", "10.64.0.0/16"))
	parted.Separations = []topology.Edit{topology.RemoveFrom(place("vpcs", "home", "hubs"), "cen")}
	parted.OtherSeparations = []topology.Edit{topology.RemoveFrom(place("vpcs", "hub", "hubs"), "cen")}
	parted2 := parted
	parted2.Sample = "10.64.0.0/16"
	networks := met(blockOf("hub", "10.64.0.0/20"), blockOf("home", "10.64.0.0/16"))
	networks.Shared = prefix("10.64.0.0/20")
	second := met(blockOf("hub", "10.64.16.0/20"), blockOf("home", "10.64.0.0/16"))
	tests := map[string]struct {
		findings []conflict.Finding
		want     []string
	}{
		"a route": {fatal(met(shop, routeOf("home", "vpn", "10.0.0.0/8"))), []string{
			`aggregate: vpcs["home"].routes["vpn"].summary = true`,
		}},
		"a route of another network": {fatal(met(atHub, routeOf("home", "vpn", "10.0.0.0/8"))), []string{
			`aggregate: vpcs["home"].routes["vpn"].summary = true`,
			`leads to hub: vpcs["home"].routes["vpn"].next_hop = peering`,
		}},
		"a route of another network over a hub": {fatal(met(atHub, routeOf("home", "vpn", "10.0.0.0/8"), throughHub)), []string{
			`aggregate: vpcs["home"].routes["vpn"].summary = true`,
			`leads to hub: vpcs["home"].routes["vpn"].next_hop = transit`,
		}},
		"a route, and a block of no network": {fatal(met(nowhere, routeOf("home", "vpn", "10.0.0.0/8"))), []string{
			`aggregate: vpcs["home"].routes["vpn"].summary = true`,
		}},
		"a route to two networks": {
			fatal(met(atHub, routeOf("home", "vpn", "10.0.0.0/8")), met(withNetwork(data, "apart"), routeOf("home", "vpn", "10.0.0.0/8"))),
			[]string{
				`aggregate: vpcs["home"].routes["vpn"].summary = true`,
			},
		},
		"a route to one network from two clusters": {
			fatal(met(atHub, routeOf("home", "vpn", "10.0.0.0/8")), met(withNetwork(data, "hub"), routeOf("home", "vpn", "10.0.0.0/8"))),
			[]string{
				`aggregate: vpcs["home"].routes["vpn"].summary = true`,
				`leads to hub: vpcs["home"].routes["vpn"].next_hop = peering`,
			},
		},
		"a reserved range": {fatal(met(shop, reserved)), []string{
			`unused: reserved["later"] remove`,
			`wider: reserved["later"].cidr without [10.64.0.0/20]`,
		}},
		"a reserved range that a cluster uses wholly": {fatal(met(shop, small)), []string{
			`unused: reserved["later"] remove`,
		}},
		"a reserved range that two clusters meet": {fatal(met(shop, reserved), met(data, reserved)), []string{
			`unused: reserved["later"] remove`,
			`wider: reserved["later"].cidr without [10.64.0.0/20 10.64.16.0/20]`,
		}},
		"a released range": {fatal(met(shop, released)), []string{
			"unused: reclaim + old",
		}},
		"a range that existing restores as released": {fatal(met(shop, released, restored)), []string{
			`unused: existing["old"].released remove`,
		}},
		"a range that existing names": {fatal(met(shop, existing)), []string{
			`gone: existing["old"].pod_cidrs remove`,
		}},
		"the block that a cluster uses wholly": {fatal(wholly), nil},
		"a block of a VPC": {fatal(met(shop, blockOf("home", "10.64.0.0/16"))), []string{
			`wider: vpcs["home"].cidr_blocks without [10.64.0.0/20]`,
		}},
		"blocks of two networks": {fatal(networks), []string{
			`wider: vpcs["home"].cidr_blocks without [10.64.0.0/20]`,
		}},
		"blocks of two networks, the first one wider": {
			fatal(met(blockOf("hub", "10.64.0.0/16"), blockOf("home", "10.64.0.0/20"))),
			[]string{`wider: vpcs["hub"].cidr_blocks without [10.64.0.0/20]`},
		},
		"blocks of three networks, one of them wider": {
			fatal(
				met(blockOf("hub", "10.64.0.0/16"), blockOf("home", "10.64.0.0/20")),
				met(blockOf("hub", "10.64.0.0/16"), blockOf("apart", "10.64.16.0/20")),
			),
			nil,
		},
		"blocks of one network with one": {fatal(networks, second), []string{
			`wider: vpcs["home"].cidr_blocks without [10.64.0.0/20 10.64.16.0/20]`,
		}},
		"Services of the platform": {fatal(met(shop, assumed)), []string{
			`corrected: clusters["data"].service_cidr beside [10.64.0.0/20]`,
		}},
		"a pinned range": {fatal(met(shop, wide, free("10.96.0.0/16", "10.97.0.0/16"))), []string{
			`other range: clusters["wide"].pod_cidrs = 10.96.0.0/16 or 10.97.0.0/16`,
		}},
		"a pinned range that was held": {fatal(met(shop, wide, free("10.96.0.0/16"), otherHeld)), []string{
			`other range: clusters["wide"].pod_cidrs = 10.96.0.0/16; renumber["wide"] = 1`,
		}},
		"a pinned range that existing names": {fatal(met(shop, wide, free("10.96.0.0/16"), adopted)), []string{
			`other range: clusters["wide"].pod_cidrs = 10.96.0.0/16; existing["wide"] remove`,
		}},
		"a pinned range where none is free": {fatal(met(shop, wide)), nil},
		"a pinned range of two clusters": {
			fatal(met(shop, wide, free("10.96.0.0/16", "10.97.0.0/16")), met(data, wide, free("10.96.0.0/16"))),
			[]string{
				`other range: clusters["wide"].pod_cidrs = 10.96.0.0/16`,
			},
		},
		"a pinned range, free for one of two": {fatal(met(shop, wide, free("10.96.0.0/16")), met(data, wide)), nil},
		"a range of a mirror":                 {fatal(met(shop, mirror, free("10.96.0.0/16"))), nil},
		"Services of the same cluster":        {fatal(met(shop, ownServices, free("10.96.0.0/24"))), nil},
		"an allocated range":                  {fatal(met(shop, podsOf("wide", "10.64.0.0/16"), free("10.96.0.0/16"))), nil},
		"a sample":                            {fatal(sampled), nil},
		"Pods in a subnet":                    {fatal(met(part(shop, "nodes"), wide, free("10.96.0.0/16"))), nil},
		"two clusters in a mesh": {fatal(met(inMesh(shop), inMesh(wide), meshed)), []string{
			`out of mesh: clusters["shop"].meshes - mesh`,
			`out of mesh: clusters["wide"].meshes - mesh`,
		}},
		"a cluster of a mesh and one elsewhere": {fatal(met(inMesh(shop), heldBy("east", inMesh(wide)), meshed)), []string{
			`out of mesh: clusters["shop"].meshes - mesh`,
		}},
		"a mesh that only one declares": {fatal(met(inMesh(shop), wide, meshed)), []string{
			`out of mesh: clusters["shop"].meshes - mesh`,
		}},
		"networks that are joined": {fatal(parted), []string{
			`wider: vpcs["hub"].cidr_blocks without [10.64.0.0/20]`,
			`apart: vpcs["home"].hubs - cen`,
			`apart: vpcs["hub"].hubs - cen`,
		}},
		"networks that are joined, in a sample": {fatal(parted2), nil},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			wantOptions(t, without(optionsOf(t, test.findings...), "accepted", "moved", "moves there", "other ranges"), test.want)
		})
	}
}

func withNetwork(c conflict.Claim, network string) conflict.Claim {
	c.Network = network
	return c
}
