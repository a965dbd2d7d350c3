package topology_test

import (
	"testing"

	"github.com/cidrplan/terraform-provider-cidrplan/internal/profile"
	"github.com/cidrplan/terraform-provider-cidrplan/internal/topology"
)

func TestCheckPreviousNames(t *testing.T) {
	network := func(previous ...string) topology.VPC {
		return topology.VPC{CIDRBlocks: prefixes("10.0.0.0/16"), PreviousNames: previous}
	}
	site := func(previous ...string) topology.Site {
		return topology.Site{CIDRBlocks: prefixes("10.0.0.0/16"), PreviousNames: previous}
	}
	hub := func(previous ...string) topology.Hub { return topology.Hub{PreviousNames: previous} }
	refused := func(at, value string, reason any) []found {
		return one(at+".previous_names[0]", topology.NotAccepted{Value: value, Reason: reason})
	}
	declared := func(kind topology.NameKind) topology.NameDeclared { return topology.NameDeclared{Kind: kind} }
	shared := func(owner string) topology.PreviousNameShared { return topology.PreviousNameShared{Owner: owner} }
	tests := map[string]struct {
		facts topology.Facts
		want  []found
	}{
		"names that nothing has": {
			topology.Facts{VPCs: vpcs{"a": network("x", "y")}, Sites: sites{"b": site("z")}, Hubs: hubs{"a": hub("x")}},
			nil,
		},
		"a name that is not known yet": {topology.Facts{VPCs: vpcs{"a": network(""), "b": network("")}}, nil},
		"a VPC lists its current name": {
			topology.Facts{VPCs: vpcs{"a": network("a")}},
			refused(`vpcs["a"]`, "a", topology.CurrentName{}),
		},
		"a site lists its current name": {
			topology.Facts{Sites: sites{"a": site("a")}},
			refused(`sites["a"]`, "a", topology.CurrentName{}),
		},
		"a hub lists its current name": {
			topology.Facts{Hubs: hubs{"a": hub("a")}},
			refused(`hubs["a"]`, "a", topology.CurrentName{}),
		},
		"a VPC lists a VPC": {
			topology.Facts{VPCs: vpcs{"a": network("b"), "b": network()}},
			refused(`vpcs["a"]`, "b", declared(topology.NetworkName)),
		},
		"a VPC lists a site": {
			topology.Facts{VPCs: vpcs{"a": network("b")}, Sites: sites{"b": site()}},
			refused(`vpcs["a"]`, "b", declared(topology.NetworkName)),
		},
		"a site lists a VPC": {
			topology.Facts{VPCs: vpcs{"b": network()}, Sites: sites{"a": site("b")}},
			refused(`sites["a"]`, "b", declared(topology.NetworkName)),
		},
		"a hub lists a hub": {
			topology.Facts{Hubs: hubs{"a": hub("b"), "b": hub()}},
			refused(`hubs["a"]`, "b", declared(topology.HubName)),
		},
		"a hub lists a VPC, which is no hub": {topology.Facts{Hubs: hubs{"a": hub("b")}, VPCs: vpcs{"b": network()}}, nil},
		"a VPC lists a hub, which is no VPC": {topology.Facts{Hubs: hubs{"b": hub()}, VPCs: vpcs{"a": network("b")}}, nil},
		"two VPCs list one name": {
			topology.Facts{VPCs: vpcs{"a": network("x"), "b": network("x")}},
			refused(`vpcs["b"]`, "x", shared("a")),
		},
		"a VPC and a site list one name": {
			topology.Facts{VPCs: vpcs{"b": network("x")}, Sites: sites{"a": site("x")}},
			refused(`sites["a"]`, "x", shared("b")),
		},
		"two hubs list one name": {
			topology.Facts{Hubs: hubs{"a": hub("x"), "b": hub("x")}},
			refused(`hubs["b"]`, "x", shared("a")),
		},
		"a hub and a VPC list one name": {topology.Facts{Hubs: hubs{"a": hub("x")}, VPCs: vpcs{"b": network("x")}}, nil},
		"a name that is listed twice is one name": {
			topology.Facts{VPCs: vpcs{"a": network("x", "x")}},
			one(`vpcs["a"].previous_names[1]`, topology.Repeated{Value: "x"}),
		},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) { wantFaults(t, topology.Check(test.facts, profile.Default()), test.want) })
	}
}

func TestOptionsForPreviousNames(t *testing.T) {
	network := topology.VPC{CIDRBlocks: prefixes("10.0.0.0/16"), PreviousNames: []string{"x"}}
	shared := topology.Check(topology.Facts{VPCs: vpcs{"a": network, "b": network}}, profile.Default())
	wantOptions(t, shared, []string{`remove from vpcs["b"].previous_names = x`, `remove from vpcs["a"].previous_names = x`})
	current := topology.Check(topology.Facts{VPCs: vpcs{"x": network}}, profile.Default())
	wantOptions(t, current, []string{`remove from vpcs["x"].previous_names = x`})
}
