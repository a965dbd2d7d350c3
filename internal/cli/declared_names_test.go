package cli

import (
	"testing"

	"github.com/cidrplan/terraform-provider-cidrplan/internal/clouds"
	"github.com/cidrplan/terraform-provider-cidrplan/internal/statefile"
	"github.com/cidrplan/terraform-provider-cidrplan/internal/topology"
)

// beside are declarations beside networks and hubs, of which those of clouds are listed.
func beside(facts topology.Facts, ofCloud ...string) declarations {
	names := setOf(ofCloud)
	return declarations{&inventory{facts: facts}, map[clouds.Argument]map[string]bool{
		clouds.VPCs: names, clouds.Connections: names, clouds.Gateways: names,
	}}
}

func setOf(names []string) map[string]bool {
	set := map[string]bool{}
	for _, name := range names {
		set[name] = true
	}
	return set
}

func TestNameOfADeclaredVPC(t *testing.T) {
	of := func(vrf, block string) topology.VPC {
		return topology.VPC{VRF: vrf, CIDRBlocks: prefixes([]string{block})}
	}
	declared, blue, red := of("", "10.0.0.0/16"), of("blue", "10.0.0.0/16"), of("red", "10.0.0.0/16")
	unknown := topology.VPC{Unknown: topology.Unknown{"cidr_blocks"}}
	for name, test := range map[string]struct {
		declared, other topology.VPC
		otherName       string
		ofCloud, taken  []string
		want            string
	}{
		"the same name and block":                    {declared, declared, "a", nil, nil, "a"},
		"another name and the same block":            {declared, declared, "b", nil, nil, "a"},
		"another name in a cloud":                    {declared, declared, "b", []string{"b"}, nil, "b"},
		"one that another declaration is":            {declared, declared, "b", []string{"b"}, []string{"b"}, "a"},
		"one of a VRF that the cloud does not have":  {blue, declared, "b", []string{"b"}, nil, "b"},
		"one of another VRF than the cloud has":      {blue, red, "b", []string{"b"}, nil, "a"},
		"one of another VRF under its name":          {blue, declared, "a", nil, nil, "cidrplan.a"},
		"the same name, blocks not known":            {unknown, declared, "a", nil, nil, "a"},
		"another name in a cloud, blocks not known":  {unknown, declared, "b", []string{"b"}, nil, "a"},
		"the same name, blocks of the other unknown": {declared, unknown, "a", nil, nil, "a"},
		"the same name and another block":            {of("", "10.1.0.0/16"), declared, "a", nil, nil, "cidrplan.a"},
	} {
		d := beside(topology.Facts{VPCs: map[string]topology.VPC{test.otherName: test.other}}, test.ofCloud...)
		if got := d.vpcNamed("a", test.declared, setOf(test.taken)); got != test.want {
			t.Errorf("%s: got %s, want %s", name, got, test.want)
		}
	}
}

func TestNameOfADeclaredSite(t *testing.T) {
	of := func(vrf string, blocks ...string) topology.Site {
		return topology.Site{VRF: vrf, CIDRBlocks: prefixes(blocks)}
	}
	for name, test := range map[string]struct {
		declared, other topology.Site
		otherName       string
		ofCloud, taken  []string
		want            string
	}{
		"the same name":                       {of("", "10.0.0.0/16"), of("", "10.1.0.0/16"), "a", nil, nil, "a"},
		"the same name in another VRF":        {of("", "10.0.0.0/16"), of("red", "10.0.0.0/16"), "a", []string{"a"}, nil, "cidrplan.a"},
		"a block of a site of a cloud":        {of("", "10.0.0.0/16"), of("", "10.0.0.0/16"), "b", []string{"b"}, nil, "b"},
		"another block of one":                {of("", "10.0.0.0/16"), of("", "10.1.0.0/16"), "b", []string{"b"}, nil, "a"},
		"a block of a site of no cloud":       {of("", "10.0.0.0/16"), of("", "10.0.0.0/16"), "b", nil, nil, "a"},
		"a block of one in another VRF":       {of("", "10.0.0.0/16"), of("red", "10.0.0.0/16"), "b", []string{"b"}, nil, "a"},
		"one that another declaration is":     {of("", "10.0.0.0/16"), of("", "10.0.0.0/16"), "b", []string{"b"}, []string{"b"}, "a"},
		"its name is that of another network": {of("", "10.0.0.0/16"), of("", "10.1.0.0/16"), "b", nil, []string{"a"}, "cidrplan.a"},
	} {
		d := beside(topology.Facts{Sites: map[string]topology.Site{test.otherName: test.other}}, test.ofCloud...)
		if got := d.siteNamed("a", test.declared, setOf(test.taken)); got != test.want {
			t.Errorf("%s: got %s, want %s", name, got, test.want)
		}
	}
}

func TestNameOfADeclaredHub(t *testing.T) {
	for name, test := range map[string]struct {
		kind, otherKind, otherName string
		members                    []string // of the hub of the cloud
		want                       string
	}{
		"the same name and kind":                   {"cen", "cen", "a", nil, "a"},
		"the same name, the kind is not declared":  {"", "cen", "a", nil, "a"},
		"the same name, the kind is not known":     {"cen", "", "a", nil, "a"},
		"the same name and another kind":           {"cen", "er", "a", nil, "cidrplan.a"},
		"another name and the same members":        {"cen", "cen", "b", []string{"prod", "data"}, "b"},
		"another name and one of the members":      {"cen", "cen", "b", []string{"prod"}, "a"},
		"another name, another kind, same members": {"cen", "er", "b", []string{"prod", "data"}, "a"},
	} {
		facts := topology.Facts{Hubs: map[string]topology.Hub{test.otherName: {Kind: test.otherKind}}, VPCs: map[string]topology.VPC{
			"prod": {}, "data": {}, "own": {},
		}}
		for _, member := range test.members {
			facts.VPCs[member] = topology.VPC{Hubs: []string{test.otherName}}
		}
		declared := statefile.Declared{Hubs: map[string]topology.Hub{"a": {Kind: test.kind}}, VPCs: map[string]topology.VPC{
			"prod": {Hubs: []string{"a"}}, "data": {Hubs: []string{"a"}}, "own": {Hubs: []string{"a"}}, "else": {},
		}}
		n := names{networks: map[string]string{"prod": "prod", "data": "data", "own": "own", "else": "else"}}
		if got := beside(facts, "b", "prod", "data").hubNamed("a", declared, n); got != test.want {
			t.Errorf("%s: got %s, want %s", name, got, test.want)
		}
	}
	d := beside(topology.Facts{Hubs: map[string]topology.Hub{"b": {Kind: "cen"}}}, "b")
	declared := statefile.Declared{Hubs: map[string]topology.Hub{"a": {Kind: "cen"}}}
	if got := d.hubNamed("a", declared, names{}); got != "a" {
		t.Errorf("a hub without members is hub %s of the cloud", got)
	}
}

func TestNamesThatAreNotTaken(t *testing.T) {
	taken := map[string]bool{}
	for _, want := range []string{"a", "cidrplan.a", "cidrplan.a-2", "cidrplan.a-3"} {
		if got := free("a", func(name string) bool { return taken[name] }); got != want {
			t.Errorf("beside %v: got %s, want %s", taken, got, want)
		}
		taken[want] = true
	}
}
