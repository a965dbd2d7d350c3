package conflict_test

import (
	"testing"

	"github.com/cidrplan/terraform-provider-cidrplan/internal/conflict"
	"github.com/cidrplan/terraform-provider-cidrplan/internal/topology"
)

func TestOptionsForWhatAPlatformRefusesInAVPC(t *testing.T) {
	broken := func(c conflict.Claim) conflict.Finding {
		f := fatal(meeting("vpc_rule", c.Range.String(), c))[0]
		f.VPCPlatform = "Alibaba Cloud"
		return f
	}
	peered := broken(blockOf("home", "10.0.0.0/16"))
	peered.Separations = []topology.Edit{
		topology.RemoveFrom(place("vpcs", "home", "peers"), "hub"),
		topology.RemoveFrom(place("vpcs", "hub", "peers"), "home"),
	}
	numbered := broken(blockOf("home", "10.0.0.0/16"))
	numbered.Number = conflict.Figure{Unit: conflict.VPCBlocks, Value: 6}
	subnet := of(conflict.Declared, part(at(claim("subnet", "", "home", ""), "10.0.0.0/30"), "a"), "vpcs", "home", "subnets", "a")
	tests := map[string]struct {
		findings []conflict.Finding
		want     []string
	}{
		"a block": {fatal(broken(blockOf("home", "10.0.0.0/30"))), []string{
			`allowed: vpcs["home"].cidr_blocks comply`,
		}},
		"blocks of two VPCs": {fatal(broken(blockOf("home", "10.0.0.0/30")), broken(blockOf("hub", "10.0.0.0/30"))), []string{
			`allowed: vpcs["home"].cidr_blocks comply; vpcs["hub"].cidr_blocks comply`,
		}},
		"a subnet": {fatal(broken(subnet)), []string{
			`allowed: vpcs["home"].subnets["a"] comply`,
		}},
		"a route": {fatal(broken(routeOf("home", "vpn", "10.0.0.0/30"))), []string{
			`allowed: vpcs["home"].routes["vpn"].destination comply`,
			`aggregate: vpcs["home"].routes["vpn"].summary = true`,
			`gone: vpcs["home"].routes["vpn"] remove`,
		}},
		"two routes": {fatal(broken(routeOf("home", "vpn", "10.0.0.0/30")), broken(routeOf("home", "idc", "10.0.0.4/30"))), []string{
			`allowed: vpcs["home"].routes["vpn"].destination comply; vpcs["home"].routes["idc"].destination comply`,
			`aggregate: vpcs["home"].routes["vpn"].summary = true; vpcs["home"].routes["idc"].summary = true`,
			`gone: vpcs["home"].routes["vpn"] remove; vpcs["home"].routes["idc"] remove`,
		}},
		"a VPC that has a peer": {fatal(peered), []string{
			`apart: vpcs["home"].peers - hub; vpcs["hub"].peers - home`,
		}},
		"a number of blocks": {fatal(numbered), nil},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			wantOptions(t, without(optionsOf(t, test.findings...), "accepted", "accepted with a number"), test.want)
		})
	}
}
