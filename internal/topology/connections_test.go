package topology_test

import (
	"reflect"
	"slices"
	"testing"

	"github.com/cidrplan/terraform-provider-cidrplan/internal/topology"
)

func TestConnectionsOfANetwork(t *testing.T) {
	f := topology.Facts{
		VPCs: map[string]topology.VPC{
			"prod": {Hubs: []string{"b", "a", ""}, Peers: []string{"test"}},
			"test": {VRF: ""}, "dev": {Peers: []string{"prod"}, Unknown: topology.Unknown{"labels"}},
		},
		Sites: map[string]topology.Site{"idc": {Peers: []string{"prod", "test"}}},
	}
	if got, want := f.ConnectionsOf("prod"), (topology.Connections{
		Hubs: []string{"a", "b"}, Peers: []string{"dev", "idc", "test"},
	}); !reflect.DeepEqual(
		got,
		want,
	) {
		t.Errorf("got %+v, want %+v", got, want)
	}
	f.VPCs["dev"] = topology.VPC{Unknown: topology.Unknown{"peers", "hubs"}}
	if got := f.ConnectionsOf("prod").Unknown; !slices.Equal(got, []string{"peers"}) {
		t.Errorf("unknown are %q", got)
	}
	f.Unknown = topology.Unknown{"sites"}
	if got := f.ConnectionsOf("prod").Unknown; !slices.Equal(got, []string{"hubs", "peers", "vrf"}) {
		t.Errorf("without sites unknown are %q", got)
	}
}

func TestConnectionsThatAreKnownAfterApply(t *testing.T) {
	facts := func(own, other topology.Unknown) topology.Facts {
		return topology.Facts{
			VPCs:  vpcs{"prod": {Hubs: []string{"cen"}, VRF: "blue", Unknown: own}, "dev": {Unknown: other}},
			Sites: sites{"idc": {Hubs: []string{"cen"}, VRF: "blue", Unknown: own}},
		}
	}
	tests := map[string]struct{ own, other, all, want topology.Unknown }{
		"nothing":                           {},
		"its own hubs":                      {own: unknown{"hubs"}, want: unknown{"hubs"}},
		"its own peers":                     {own: unknown{"peers"}, want: unknown{"peers"}},
		"its VRF":                           {own: unknown{"vrf"}, want: unknown{"vrf"}},
		"all of it":                         {own: unknown{topology.Everything}, want: unknown{"hubs", "peers", "vrf"}},
		"hubs and VRF of another network":   {other: unknown{"hubs", "vrf"}},
		"peers of another network":          {other: unknown{"peers"}, want: unknown{"peers"}},
		"which VPCs there are":              {all: unknown{"vpcs"}, want: unknown{"hubs", "peers", "vrf"}},
		"which sites there are":             {all: unknown{"sites"}, want: unknown{"hubs", "peers", "vrf"}},
		"which hubs and clusters there are": {all: unknown{"hubs", "clusters"}},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			f := facts(test.own, test.other)
			f.Unknown = test.all
			for _, network := range []string{"prod", "idc"} {
				want := topology.Connections{VRF: "blue", Hubs: []string{"cen"}, Unknown: test.want}
				if got := f.ConnectionsOf(network); !reflect.DeepEqual(got, want) {
					t.Errorf("%s: got %+v, want %+v", network, got, want)
				}
			}
		})
	}
}

func TestVRFOfNetworksAndBlocks(t *testing.T) {
	f := topology.Facts{VRF: "blocks", VPCs: vpcs{"a": {}, "b": {VRF: "blue"}}, Sites: sites{"c": {VRF: "red"}}}
	for network, want := range map[string]string{"": "blocks", "a": "", "b": "blue", "c": "red", "undeclared": ""} {
		if got := f.VRFOf(network); got != want {
			t.Errorf("%q: got %q, want %q", network, got, want)
		}
	}
}

func TestVRFsOfAllNetworks(t *testing.T) {
	vrfUnknown := unknown{"vrf"}
	tests := map[string]struct {
		facts   topology.Facts
		want    []string
		unknown bool
	}{
		"no network, and blocks in a VRF":     {topology.Facts{VRF: "blue"}, []string{"blue"}, false},
		"nothing at all":                      {topology.Facts{}, []string{""}, false},
		"networks, and blocks in another VRF": {topology.Facts{VRF: "x", VPCs: vpcs{"a": {}}}, []string{""}, false},
		"each once and sorted": {
			topology.Facts{VPCs: vpcs{"a": {VRF: "red"}, "b": {}, "c": {VRF: "red"}}, Sites: sites{"d": {VRF: "blue"}}},
			[]string{"", "blue", "red"},
			false,
		},
		"the VRF of blocks is not known yet":    {topology.Facts{Unknown: vrfUnknown}, []string{""}, true},
		"the VRF of a VPC is not known yet":     {topology.Facts{VPCs: vpcs{"a": {Unknown: vrfUnknown}}}, []string{""}, true},
		"the VRF of a site is not known yet":    {topology.Facts{Sites: sites{"a": {Unknown: vrfUnknown}}}, []string{""}, true},
		"which VPCs there are is not known yet": {topology.Facts{Unknown: unknown{"vpcs"}}, []string{""}, true},
		"which sites there are is not known":    {topology.Facts{Unknown: unknown{"sites"}}, []string{""}, true},
		"which hubs there are does not matter":  {topology.Facts{Unknown: unknown{"hubs"}}, []string{""}, false},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			if got, unknown := test.facts.VRFs(); !slices.Equal(got, test.want) || unknown != test.unknown {
				t.Errorf("got %q and %v, want %q and %v", got, unknown, test.want, test.unknown)
			}
		})
	}
}
