package topology_test

import (
	"fmt"
	"net/netip"
	"slices"
	"testing"

	"github.com/cidrplan/terraform-provider-cidrplan/internal/profile"
	"github.com/cidrplan/terraform-provider-cidrplan/internal/topology"
)

// Each rule of the platform has a block, subnet or route that breaks it, and a neighbour that does not.
func TestCheckVPCAgainstItsPlatform(t *testing.T) {
	type vpc = topology.VPC
	blocks := func(texts ...string) func(*vpc) {
		return func(v *vpc) { v.CIDRBlocks = prefixes(texts...) }
	}
	refused := func(level string, block int, code, value, text string) string {
		return fmt.Sprintf("%s it.cidr_blocks[%d]: %s: block %s, since %s", level, block, code, value, text)
	}
	six := func(texts ...string) func(*vpc) {
		return func(v *vpc) { v.IPv6CIDRBlocks = prefixes(texts...) }
	}
	const outside, forbidden = "vpc_prefix_out_of_range", "vpc_forbidden"
	const lengths, better = "blocks are /8 to /28, those of IPv6 /48 to /60 of 2000::/3", "first blocks are better /12 to /24"
	refused6 := func(block int, code, value string) []string {
		return []string{fmt.Sprintf("error it.ipv6_cidr_blocks[%d]: %s: block %s, since %s", block, code, value, lengths)}
	}
	twoFurther := []string{"warn it.cidr_blocks: 3 secondary blocks of 2, since two further blocks are enough"}
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
			[]string{refused("error", 0, forbidden, "10.64.0.0/16", "the lighthouse is there")},
		},
		"a block after it": {blocks("10.65.0.0/16"), nil},
		"one that is advised against": {
			blocks("10.66.0.0/16"),
			[]string{refused("warn", 0, forbidden, "10.66.0.0/16", "the harbour is there")},
		},
		"a note is no fault": {blocks("10.68.0.0/16"), nil},
		"around both only the error is told": {
			blocks("10.64.0.0/14"),
			[]string{refused("error", 0, forbidden, "10.64.0.0/14", "the lighthouse is there")},
		},
		"two advices are both told": {
			blocks("10.66.128.0/25"),
			[]string{
				refused("warn", 0, forbidden, "10.66.128.0/25", "the harbour is there"),
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
				refused("error", 1, forbidden, "10.64.0.0/16", "the lighthouse is there"),
			},
		},

		"as many further blocks as are advised": {blocks("16.0.0.0/16", "16.1.0.0/16", "16.2.0.0/16"), nil},
		"one more is advised against":           {blocks("16.0.0.0/16", "16.1.0.0/16", "16.2.0.0/16", "16.3.0.0/16"), twoFurther},
		"as many as are taken": {
			blocks("16.0.0.0/16", "16.1.0.0/16", "16.2.0.0/16", "16.3.0.0/16", "16.4.0.0/16"),
			[]string{"warn it.cidr_blocks: 4 secondary blocks of 2, since two further blocks are enough"},
		},
		"one more is refused": {blocks("16.0.0.0/16", "16.1.0.0/16", "16.2.0.0/16", "16.3.0.0/16", "16.4.0.0/16", "16.5.0.0/16"), []string{
			"warn it.cidr_blocks: 5 secondary blocks of 2, since two further blocks are enough",
			"error it.cidr_blocks: 5 secondary blocks of 4, since a fifth further block is refused",
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
			[]string{"error it.ipv6_cidr_blocks[0]: topology.WrongFamily{Range:10.64.0.0/29 Want:IPv6}"},
		},
		"a block of the wrong family too": {
			blocks("16.0.0.0/16", "fd00::/16"),
			[]string{"error it.cidr_blocks[1]: topology.WrongFamily{Range:fd00::/16 Want:IPv4}"},
		},
		"a platform that is to come": {func(v *vpc) { v.Unknown, v.CIDRBlocks = unknown{"platform"}, prefixes("16.0.0.0/7") }, nil},
		"another platform":           {func(v *vpc) { v.Platform, v.CIDRBlocks = "", prefixes("16.0.0.0/7") }, nil},
	}
	catalog := atoll(t)
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			v := vpc{Name: "lagoon", Platform: "atoll", CIDRBlocks: prefixes("16.0.0.0/12")}
			test.change(&v)
			if got := told(topology.CheckVPC(here, v, catalog)); !slices.Equal(got, test.want) {
				t.Errorf("faults:\n got %q\nwant %q", got, test.want)
			}
		})
	}
}

func TestCheckSubnetsAgainstTheirPlatform(t *testing.T) {
	refused := func(level, value, text string) []string {
		return []string{fmt.Sprintf(`%s it.subnets["a"]: subnet_prefix_out_of_range: subnet %s, since %s`, level, value, text)}
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
	catalog := atoll(t)
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			v := topology.VPC{
				Name:           "lagoon",
				Platform:       "atoll",
				CIDRBlocks:     prefixes("16.0.0.0/12"),
				IPv6CIDRBlocks: prefixes("2000::/56"),
				Subnets:        map[string]netip.Prefix{"a": {}},
			}
			if test.subnet != "" {
				v.Subnets["a"] = prefix(test.subnet)
			}
			if got := told(topology.CheckVPC(here, v, catalog)); !slices.Equal(got, test.want) {
				t.Errorf("faults:\n got %q\nwant %q", got, test.want)
			}
		})
	}
}

// The VPC has the subnets a, 16.1.0.0/24, and b, 16.1.1.0/24, and one that could not be read.
func TestCheckRoutesAgainstTheirPlatform(t *testing.T) {
	const at = `it.routes["r"].destination`
	in := func(destination, subnet, name string) string {
		return fmt.Sprintf(
			`error %s: route_in_subnet: beside subnet %s (%q) the route to %s, since no route leads into a subnet`, at, subnet, name,
			destination,
		)
	}
	over := func(destination, subnet, name string) string {
		return fmt.Sprintf(
			`warn %s: route_over_subnet: beside subnet %s (%q) the route to %s, since routes stay clear of subnets`, at, subnet, name,
			destination,
		)
	}
	deep := func(destination string) []string {
		return []string{fmt.Sprintf(`error %s: route_forbidden: route to %s, since no route leads to the deep`, at, destination)}
	}
	tests := map[string]struct {
		destination string
		summary     bool
		want        []string
	}{
		"beside the subnets": {"16.1.2.0/24", false, nil},
		"a subnet":           {"16.1.0.0/24", false, []string{in("16.1.0.0/24", "16.1.0.0/24", "a")}},
		"a part of a subnet": {"16.1.1.128/25", false, []string{in("16.1.1.128/25", "16.1.1.0/24", "b")}},
		"around both, told of both": {
			"16.1.0.0/23",
			false,
			[]string{over("16.1.0.0/23", "16.1.0.0/24", "a"), over("16.1.0.0/23", "16.1.1.0/24", "b")},
		},
		"around both, but a summary":        {"16.1.0.0/23", true, nil},
		"a part of a subnet, but a summary": {"16.1.1.128/25", true, nil},
		"a default route":                   {"0.0.0.0/0", false, nil},
		"before the deep":                   {"10.199.0.0/16", false, nil},
		"to the deep":                       {"10.200.0.0/16", false, deep("10.200.0.0/16")},
		"to a part of it":                   {"10.200.7.0/24", false, deep("10.200.7.0/24")},
		"to more than it":                   {"10.192.0.0/12", false, deep("10.192.0.0/12")},
		"after it":                          {"10.201.0.0/16", false, nil},
		"a summary over the deep":           {"10.192.0.0/12", true, nil},
		"over all is told of each": {
			"0.0.0.0/1",
			false,
			append(deep("0.0.0.0/1"), over("0.0.0.0/1", "16.1.0.0/24", "a"), over("0.0.0.0/1", "16.1.1.0/24", "b")),
		},
		"to IPv6": {"fd00::/8", false, nil},
	}
	catalog := atoll(t)
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			v := topology.VPC{
				Name: "lagoon", Platform: "atoll", CIDRBlocks: prefixes("16.0.0.0/12"),
				Subnets: map[string]netip.Prefix{"b": prefix("16.1.1.0/24"), "a": prefix("16.1.0.0/24"), "c": {}},
				Routes:  map[string]topology.Route{"r": {Destination: prefix(test.destination), Summary: flag(test.summary)}},
			}
			if got := told(topology.CheckVPC(here, v, catalog)); !slices.Equal(got, test.want) {
				t.Errorf("faults:\n got %q\nwant %q", got, test.want)
			}
		})
	}
}

// What the shipped platforms take, at the boundaries that their documentation gives.
func TestCheckVPCAgainstShippedPlatforms(t *testing.T) {
	further := func(n int) (blocks []string) {
		for i := range n + 1 {
			blocks = append(blocks, fmt.Sprintf("20.%d.0.0/16", i))
		}
		return blocks
	}
	tests := map[string]struct {
		platform string
		blocks   []string
		subnet   string
		route    string
		want     []string
	}{
		"Alibaba Cloud takes a /8": {"alicloud", []string{"10.0.0.0/8"}, "", "", nil},
		"but no /7": {
			"alicloud",
			[]string{"10.0.0.0/7"},
			"",
			"",
			[]string{"error it.cidr_blocks[0] vpc_prefix_out_of_range"},
		},
		"it takes a /28": {"alicloud", []string{"10.0.0.0/28"}, "", "", nil},
		"but no /29": {
			"alicloud",
			[]string{"10.0.0.0/29"},
			"",
			"",
			[]string{"error it.cidr_blocks[0] vpc_prefix_out_of_range"},
		},
		"it takes public addresses": {"alicloud", []string{"20.0.0.0/16"}, "", "", nil},
		"but not its own": {
			"alicloud",
			[]string{"100.64.0.0/16"},
			"",
			"",
			[]string{"error it.cidr_blocks[0] vpc_forbidden"},
		},
		"five secondary blocks": {"alicloud", further(5), "", "", nil},
		"six":                   {"alicloud", further(6), "", "", []string{"warn it.cidr_blocks 6 of 5"}},
		"a vSwitch of /16":      {"alicloud", []string{"10.0.0.0/8"}, "10.1.0.0/16", "", nil},
		"of /15": {
			"alicloud",
			[]string{"10.0.0.0/8"},
			"10.2.0.0/15",
			"",
			[]string{`error it.subnets["a"] subnet_prefix_out_of_range`},
		},
		"of /29": {"alicloud", []string{"10.0.0.0/8"}, "10.1.0.0/29", "", nil},
		"of /30": {
			"alicloud",
			[]string{"10.0.0.0/8"},
			"10.1.0.0/30",
			"",
			[]string{`error it.subnets["a"] subnet_prefix_out_of_range`},
		},
		"a route into a vSwitch": {
			"alicloud",
			[]string{"10.0.0.0/8"},
			"10.1.0.0/16",
			"10.1.2.0/24",
			[]string{`error it.routes["r"].destination route_in_subnet`},
		},
		"a route around one": {"alicloud", []string{"10.0.0.0/8"}, "10.1.0.0/16", "10.0.0.0/15", nil},
		"a route to the health checks": {
			"alicloud",
			[]string{"10.0.0.0/8"},
			"",
			"100.64.0.0/11",
			[]string{`error it.routes["r"].destination route_forbidden`},
		},
		"Huawei Cloud takes 10.0.0.0/8 first": {"huaweicloud", []string{"10.0.0.0/8"}, "", "", nil},
		"but no block longer than a /24": {
			"huaweicloud",
			[]string{"10.0.0.0/25"},
			"",
			"",
			[]string{"error it.cidr_blocks[0] vpc_prefix_out_of_range"},
		},
		"nor public addresses": {
			"huaweicloud",
			[]string{"20.0.0.0/16"},
			"",
			"",
			[]string{"error it.cidr_blocks[0] vpc_out_of_allowed_range"},
		},
		"it refuses 10.0.0.0/8 as a further block": {
			"huaweicloud",
			[]string{"192.168.0.0/24", "10.0.0.0/8"},
			"",
			"",
			[]string{"error it.cidr_blocks[1] vpc_secondary_forbidden"},
		},
		"of parts of it CCE has a warning": {
			"huaweicloud",
			[]string{"192.168.0.0/24", "10.0.0.0/9"},
			"",
			"",
			[]string{"warn it.cidr_blocks[1] vpc_secondary_forbidden"},
		},
		"public addresses are fine as a further block": {"huaweicloud", []string{"192.168.0.0/24", "20.0.0.0/16"}, "", "", nil},
		"172.31.0.0/16 is refused, and no warning beside it": {
			"huaweicloud",
			[]string{"192.168.0.0/24", "172.31.0.0/24"},
			"",
			"",
			[]string{"error it.cidr_blocks[1] vpc_secondary_forbidden"},
		},
		"a route around a subnet of Huawei Cloud": {
			"huaweicloud",
			[]string{"10.0.0.0/8"},
			"10.1.0.0/16",
			"10.0.0.0/15",
			[]string{`error it.routes["r"].destination route_over_subnet`},
		},
		"a route beside it":         {"huaweicloud", []string{"10.0.0.0/8"}, "10.1.0.0/16", "10.2.0.0/16", nil},
		"Tencent Cloud takes a /12": {"tencentcloud", []string{"10.0.0.0/12"}, "", "", nil},
		"but no /11": {
			"tencentcloud",
			[]string{"10.0.0.0/11"},
			"",
			"",
			[]string{"error it.cidr_blocks[0] vpc_prefix_out_of_range"},
		},
		"its subnets are a /28 at least": {"tencentcloud", []string{"10.0.0.0/12"}, "10.0.0.0/28", "", nil},
		"not a /29": {
			"tencentcloud",
			[]string{"10.0.0.0/12"},
			"10.0.0.0/29",
			"",
			[]string{`error it.subnets["a"] subnet_prefix_out_of_range`},
		},
		"CTyun takes a /24": {"ctyun", []string{"10.0.0.0/24"}, "", "", nil},
		"of a /25 its sources disagree": {
			"ctyun",
			[]string{"10.0.0.0/25"},
			"",
			"",
			[]string{"warn it.cidr_blocks[0] vpc_prefix_out_of_range"},
		},
		"and it takes no /29, whatever the other source says": {
			"ctyun",
			[]string{"10.0.0.0/29"},
			"",
			"",
			[]string{"error it.cidr_blocks[0] vpc_prefix_out_of_range"},
		},
		"AWS takes a /16": {
			"aws",
			[]string{"10.4.0.0/16", "10.5.0.0/16"},
			"10.4.0.0/28",
			"4.0.0.0/7",
			nil,
		},
		"but no /10, and no subnet of a /12": {
			"aws",
			[]string{"10.0.0.0/10"},
			"10.0.0.0/12",
			"",
			[]string{"error it.cidr_blocks[0] vpc_prefix_out_of_range", `error it.subnets["a"] subnet_prefix_out_of_range`},
		},
		"nor a /29": {
			"aws",
			[]string{"10.4.0.0/29"},
			"10.4.0.0/29",
			"",
			[]string{"error it.cidr_blocks[0] vpc_prefix_out_of_range", `error it.subnets["a"] subnet_prefix_out_of_range`},
		},
		"nor a subnet of a /30": {
			"aws",
			[]string{"10.4.0.0/16"},
			"10.4.0.0/30",
			"",
			[]string{`error it.subnets["a"] subnet_prefix_out_of_range`},
		},
		"AWS mixes no private ranges": {
			"aws",
			[]string{"10.4.0.0/16", "100.64.0.0/16", "172.16.0.0/16"},
			"",
			"",
			[]string{"error it.cidr_blocks[2] vpc_secondary_forbidden"},
		},
		"AWS advises against the range of Docker": {
			"aws",
			[]string{"172.17.0.0/16"},
			"",
			"",
			[]string{"warn it.cidr_blocks[0] vpc_forbidden"},
		},
		"five blocks are the quota of AWS": {
			"aws",
			[]string{"10.4.0.0/28", "10.5.0.0/28", "10.6.0.0/28", "10.7.0.0/28", "10.8.0.0/28", "10.9.0.0/28"},
			"",
			"",
			[]string{"warn it.cidr_blocks 5 of 4"},
		},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			v := topology.VPC{Name: "v", Platform: test.platform, CIDRBlocks: prefixes(test.blocks...)}
			if test.subnet != "" {
				v.Subnets = map[string]netip.Prefix{"a": prefix(test.subnet)}
			}
			if test.route != "" {
				v.Routes = map[string]topology.Route{"r": {Destination: prefix(test.route)}}
			}
			var got []string
			for _, f := range topology.CheckVPC(here, v, profile.Default()) {
				level := map[bool]string{true: "warn", false: "error"}[f.Warn]
				switch p := f.Problem.(type) {
				case topology.Refused:
					got = append(got, fmt.Sprintf("%s %s %s", level, f.At, p.Code))
				case topology.TooMany:
					got = append(got, fmt.Sprintf("%s %s %d of %d", level, f.At, p.Count, p.Max))
				default:
					t.Errorf("%v", f)
				}
			}
			if !slices.Equal(got, test.want) {
				t.Errorf("got %q, want %q", got, test.want)
			}
		})
	}
}
