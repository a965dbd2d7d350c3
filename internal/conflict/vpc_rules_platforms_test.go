package conflict_test

import (
	"fmt"
	"net/netip"
	"slices"
	"testing"

	"github.com/cidrplan/terraform-provider-cidrplan/internal/conflict"
	"github.com/cidrplan/terraform-provider-cidrplan/internal/profile"
	"github.com/cidrplan/terraform-provider-cidrplan/internal/topology"
)

// What the shipped platforms take, at the boundaries that their documentation gives.
func TestVPCsAgainstShippedPlatforms(t *testing.T) {
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
			for _, f := range conflict.CheckVPC(it, "v", v, profile.Default()) {
				line := fmt.Sprintf("%s %s %s", f.Level(), f.A.At, f.Code)
				if f.Number.Unit != "" {
					line = fmt.Sprintf("%s %s %d of %d", f.Level(), f.A.At, f.Number.Value, f.Limit.Value)
				}
				got = append(got, line)
			}
			if !slices.Equal(got, test.want) {
				t.Errorf("got %q, want %q", got, test.want)
			}
		})
	}
}
