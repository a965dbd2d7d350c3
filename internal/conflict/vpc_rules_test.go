package conflict_test

import (
	"fmt"
	"net/netip"
	"slices"
	"testing"

	"github.com/cidrplan/terraform-provider-cidrplan/internal/conflict"
	"github.com/cidrplan/terraform-provider-cidrplan/internal/topology"
)

// Each rule of the platform has a block, subnet or route that breaks it, and a neighbour that does not.
func TestBlocksOfAVPCAgainstItsPlatform(t *testing.T) {
	type vpc = topology.VPC
	blocks := func(texts ...string) func(*vpc) {
		return func(v *vpc) { v.CIDRBlocks = prefixes(texts...) }
	}
	refused := func(level string, block int, code, value, text string) string {
		return fmt.Sprintf("%s it.cidr_blocks[%d]: %s|%s|home: %s", level, block, code, value, text)
	}
	six := func(texts ...string) func(*vpc) {
		return func(v *vpc) { v.IPv6CIDRBlocks = prefixes(texts...) }
	}
	const outside, forbidden = "vpc_prefix_out_of_range", "vpc_forbidden"
	const lengths, better = "blocks are /8 to /28, those of IPv6 /48 to /60 of 2000::/3", "first blocks are better /12 to /24"
	refused6 := func(block int, code, value string) []string {
		return []string{fmt.Sprintf("error it.ipv6_cidr_blocks[%d]: %s|%s|home: %s", block, code, value, lengths)}
	}
	twoFurther := []string{"warn it.cidr_blocks: vpc_secondary_over_cap|blocks=3|home: two further blocks are enough"}
	tests := map[string]struct {
		change func(*vpc)
		want   []string
	}{
		"a VPC": {func(*vpc) {}, nil},
		"the shortest first block that is advised": {blocks("16.0.0.0/12"), nil},
		"one bit shorter is advised against": {
			blocks("16.0.0.0/11"),
			[]string{refused("warn", 0, outside, "16.0.0.0/11", better)},
		},
		"the shortest that is taken": {
			blocks("16.0.0.0/8"),
			[]string{refused("warn", 0, outside, "16.0.0.0/8", better)},
		},
		"one bit shorter is refused, and no advice is given beside": {
			blocks("16.0.0.0/7"),
			[]string{refused("error", 0, outside, "16.0.0.0/7", lengths)},
		},
		"the longest first block that is advised": {blocks("16.0.0.0/24"), nil},
		"one bit longer is advised against": {
			blocks("16.0.0.0/25"),
			[]string{refused("warn", 0, outside, "16.0.0.0/25", better)},
		},
		"the longest that is taken": {
			blocks("16.0.0.0/28"),
			[]string{refused("warn", 0, outside, "16.0.0.0/28", better)},
		},
		"one bit longer is refused": {
			blocks("16.0.0.0/29"),
			[]string{refused("error", 0, outside, "16.0.0.0/29", lengths)},
		},
		"advice for the first block has no word on the second": {blocks("16.0.0.0/12", "18.0.0.0/8"), nil},
		"nor on short ones": {blocks("16.0.0.0/12", "18.0.0.0/28"), nil},
		"what all blocks obey has one on the second": {
			blocks("16.0.0.0/12", "18.0.0.0/29"),
			[]string{refused("error", 1, outside, "18.0.0.0/29", lengths)},
		},
		"a block before what is forbidden": {blocks("10.63.0.0/16"), nil},
		"a block that is forbidden": {
			blocks("10.64.0.0/16"),
			[]string{refused("error", 0, forbidden, "10.64.0.0/16", "this range is refused")},
		},
		"a block after it": {blocks("10.65.0.0/16"), nil},
		"one that is advised against": {
			blocks("10.66.0.0/16"),
			[]string{refused("warn", 0, forbidden, "10.66.0.0/16", "this range is advised against")},
		},
		"a note is no fault": {blocks("10.68.0.0/16"), nil},
		"around both only the error is reported": {
			blocks("10.64.0.0/14"),
			[]string{refused("error", 0, forbidden, "10.64.0.0/16", "this range is refused")},
		},
		"two advices are both reported": {
			blocks("10.66.128.0/25"),
			[]string{
				refused("warn", 0, forbidden, "10.66.128.0/25", "this range is advised against"),
				refused("warn", 0, outside, "10.66.128.0/25", better),
			},
		},
		"what is forbidden to further blocks as the first": {blocks("172.16.0.0/16"), nil},
		"as a further one": {
			blocks("16.0.0.0/16", "172.16.0.0/16"),
			[]string{refused("error", 1, "vpc_secondary_forbidden", "172.16.0.0/16", "further blocks leave 172.16.0.0/16 alone")},
		},
		"and its neighbour as a further one": {blocks("16.0.0.0/16", "172.17.0.0/16"), nil},
		"faults of several blocks stand at each": {
			blocks("16.0.0.0/7", "10.64.0.0/16"),
			[]string{
				refused("error", 0, outside, "16.0.0.0/7", lengths),
				refused("error", 1, forbidden, "10.64.0.0/16", "this range is refused"),
			},
		},

		"as many further blocks as are advised": {blocks("16.0.0.0/16", "16.1.0.0/16", "16.2.0.0/16"), nil},
		"one more is advised against":           {blocks("16.0.0.0/16", "16.1.0.0/16", "16.2.0.0/16", "16.3.0.0/16"), twoFurther},
		"as many as are taken": {
			blocks("16.0.0.0/16", "16.1.0.0/16", "16.2.0.0/16", "16.3.0.0/16", "16.4.0.0/16"),
			[]string{"warn it.cidr_blocks: vpc_secondary_over_cap|blocks=4|home: two further blocks are enough"},
		},
		"one more is refused": {blocks("16.0.0.0/16", "16.1.0.0/16", "16.2.0.0/16", "16.3.0.0/16", "16.4.0.0/16", "16.5.0.0/16"), []string{
			"warn it.cidr_blocks: vpc_secondary_over_cap|blocks=5|home: two further blocks are enough",
			"error it.cidr_blocks: vpc_secondary_over_cap|blocks=5|home: a fifth further block is refused",
		}},
		"blocks that could not be read count": {func(v *vpc) {
			v.CIDRBlocks = []netip.Prefix{prefix("16.0.0.0/16"), {}, {}, {}}
		}, twoFurther},

		"the shortest IPv6 block":          {six("2000:1::/48"), nil},
		"one bit shorter":                  {six("2000::/47"), refused6(0, outside, "2000::/47")},
		"the longest IPv6 block":           {six("2000::/60"), nil},
		"a second one, one bit longer":     {six("2000::/60", "2001::/61"), refused6(1, outside, "2001::/61")},
		"an IPv6 block outside the window": {six("fd00::/48"), refused6(0, "vpc_out_of_allowed_range", "fd00::/48")},
		"one that could not be read":       {func(v *vpc) { v.IPv6CIDRBlocks = []netip.Prefix{{}} }, nil},
		"an IPv4 block among those of IPv6": {
			six("10.64.0.0/29"),
			nil,
		},
		"a block of the wrong family too": {
			blocks("16.0.0.0/16", "fd00::/16"),
			nil,
		},
		"a platform that is to come": {
			func(v *vpc) { v.Unknown, v.CIDRBlocks = topology.Unknown{"platform"}, prefixes("16.0.0.0/7") },
			nil,
		},
		"another platform": {func(v *vpc) { v.Platform, v.CIDRBlocks = "", prefixes("16.0.0.0/7") }, nil},
	}
	catalog := fixtureVPCRules(t)
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			v := vpc{Name: "home", Platform: "fixture", CIDRBlocks: prefixes("16.0.0.0/12")}
			test.change(&v)
			if got := findingsOfVPC(conflict.CheckVPC(it, v.Name, v, catalog)); !slices.Equal(got, test.want) {
				t.Errorf("findings:\n got %q\nwant %q", got, test.want)
			}
		})
	}
}

// The option keeps as many blocks as the rule allows beside the first one.
func TestAVPCWithTooManyBlocksCanKeepTheFirstOnes(t *testing.T) {
	blocks := prefixes("16.0.0.0/16", "16.1.0.0/16", "16.2.0.0/16", "16.3.0.0/16", "16.4.0.0/16", "16.5.0.0/16")
	var got []string
	for _, f := range conflict.CheckVPC(it, "home", topology.VPC{Platform: "fixture", CIDRBlocks: blocks}, fixtureVPCRules(t)) {
		got = append(got, fmt.Sprintf("%s: %v", f.Rule.Text, f.ExtraOptions[0].Edits[0].Do.(topology.Setting).Value))
	}
	want := []string{
		"two further blocks are enough: [16.0.0.0/16 16.1.0.0/16 16.2.0.0/16]",
		"a fifth further block is refused: [16.0.0.0/16 16.1.0.0/16 16.2.0.0/16 16.3.0.0/16 16.4.0.0/16]",
	}
	if !slices.Equal(got, want) {
		t.Errorf("got %q, want %q", got, want)
	}
}

func TestSubnetsOfAVPCAgainstItsPlatform(t *testing.T) {
	refused := func(level, value, text string) []string {
		return []string{fmt.Sprintf(`%s it.subnets["a"]: subnet_prefix_out_of_range|%s|home:subnet:a: %s`, level, value, text)}
	}
	tests := map[string]struct {
		subnet string
		want   []string
	}{
		"the shortest that is taken":        {"16.0.0.0/16", nil},
		"one bit shorter":                   {"16.0.0.0/15", refused("error", "16.0.0.0/15", "subnets are /16 to /29, those of IPv6 /64")},
		"the longest that is advised":       {"16.0.0.0/26", nil},
		"one bit longer is advised against": {"16.0.0.0/27", refused("warn", "16.0.0.0/27", "subnets are better /16 to /26")},
		"the longest that is taken":         {"16.0.0.0/29", refused("warn", "16.0.0.0/29", "subnets are better /16 to /26")},
		"one bit longer is refused":         {"16.0.0.0/30", refused("error", "16.0.0.0/30", "subnets are /16 to /29, those of IPv6 /64")},
		"one of IPv6":                       {"2000::/64", nil},
		"one of IPv6, bit longer":           {"2000::/65", refused("error", "2000::/65", "subnets are /16 to /29, those of IPv6 /64")},
		"one of IPv6, bit shorter":          {"2000::/63", refused("error", "2000::/63", "subnets are /16 to /29, those of IPv6 /64")},
		"one that could not be read":        {"", nil},
	}
	catalog := fixtureVPCRules(t)
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			v := topology.VPC{
				Name:           "home",
				Platform:       "fixture",
				CIDRBlocks:     prefixes("16.0.0.0/12"),
				IPv6CIDRBlocks: prefixes("2000::/56"),
				Subnets:        map[string]netip.Prefix{"a": {}},
			}
			if test.subnet != "" {
				v.Subnets["a"] = prefix(test.subnet)
			}
			if got := findingsOfVPC(conflict.CheckVPC(it, v.Name, v, catalog)); !slices.Equal(got, test.want) {
				t.Errorf("findings:\n got %q\nwant %q", got, test.want)
			}
		})
	}
}

// The VPC has the subnets a, 16.1.0.0/24, and b, 16.1.1.0/24, and one that could not be read.
func TestRoutesOfAVPCAgainstItsPlatform(t *testing.T) {
	const at = `it.routes["r"].destination`
	in := func(destination, name string) string {
		return fmt.Sprintf(
			`error %s: route_in_subnet|%s|home:r+home:subnet:%s: no route leads into a subnet`, at, destination, name,
		)
	}
	over := func(subnet, name string) string {
		return fmt.Sprintf(
			`warn %s: route_over_subnet|%s|home:r+home:subnet:%s: routes stay clear of subnets`, at, subnet, name,
		)
	}
	refusedRange := func(destination string) []string {
		return []string{fmt.Sprintf(`error %s: route_forbidden|%s|home:r: this destination is refused`, at, destination)}
	}
	tests := map[string]struct {
		destination string
		summary     bool
		want        []string
	}{
		"beside the subnets": {"16.1.2.0/24", false, nil},
		"a subnet":           {"16.1.0.0/24", false, []string{in("16.1.0.0/24", "a")}},
		"a part of a subnet": {"16.1.1.128/25", false, []string{in("16.1.1.128/25", "b")}},
		"around both, reported of both": {
			"16.1.0.0/23",
			false,
			[]string{over("16.1.0.0/24", "a"), over("16.1.1.0/24", "b")},
		},
		"around both, but a summary":        {"16.1.0.0/23", true, nil},
		"a part of a subnet, but a summary": {"16.1.1.128/25", true, nil},
		"a default route":                   {"0.0.0.0/0", false, nil},
		"before the refused range":          {"10.199.0.0/16", false, nil},
		"to the refused range":              {"10.200.0.0/16", false, refusedRange("10.200.0.0/16")},
		"to a part of it":                   {"10.200.7.0/24", false, refusedRange("10.200.7.0/24")},
		"to more than it":                   {"10.192.0.0/12", false, refusedRange("10.200.0.0/16")},
		"after it":                          {"10.201.0.0/16", false, nil},
		"a summary over the refused range":  {"10.192.0.0/12", true, nil},
		"over all is reported of each": {
			"0.0.0.0/1",
			false,
			append(refusedRange("10.200.0.0/16"), over("16.1.0.0/24", "a"), over("16.1.1.0/24", "b")),
		},
		"to IPv6": {"fd00::/8", false, nil},
	}
	catalog := fixtureVPCRules(t)
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			v := topology.VPC{
				Name: "home", Platform: "fixture", CIDRBlocks: prefixes("16.0.0.0/12"),
				Subnets: map[string]netip.Prefix{"b": prefix("16.1.1.0/24"), "a": prefix("16.1.0.0/24"), "c": {}},
				Routes:  map[string]topology.Route{"r": {Destination: prefix(test.destination), Summary: &test.summary}},
			}
			if got := findingsOfVPC(conflict.CheckVPC(it, v.Name, v, catalog)); !slices.Equal(got, test.want) {
				t.Errorf("findings:\n got %q\nwant %q", got, test.want)
			}
		})
	}
}
