package provider

import (
	"fmt"
	"maps"
)

// vpcRuleStories are VPCs of which a block, subnet or route breaks one rule of the platform each.
var vpcRuleStories = map[string]given{
	"vpc_forbidden":            oneVPC("alicloud", []string{"100.64.0.0/16"}, nil),
	"vpc_prefix_out_of_range":  oneVPC("alicloud", []string{"10.0.0.0/29"}, nil),
	"vpc_out_of_allowed_range": oneVPC("huaweicloud", []string{"172.32.0.0/16"}, nil),
	"vpc_secondary_forbidden":  oneVPC("huaweicloud", []string{"192.168.0.0/24", "172.16.0.0/12"}, nil),
	"vpc_secondary_over_cap":   oneVPC("huaweicloud", blocksWithSecondary(6), nil),
	"vpc_secondary_peered": {"vpcs": given{
		"prod": given{"platform": "tencentcloud", "cidr_blocks": []string{"10.0.0.0/16", "10.1.0.0/16"}},
		"test": given{"platform": "tencentcloud", "cidr_blocks": []string{"10.2.0.0/16"}, "peers": []string{"prod"}},
	}, "clusters": given{}},
	"subnet_prefix_out_of_range": oneVPC("alicloud", []string{"10.0.0.0/16"}, given{"subnets": given{"web": "10.0.0.0/30"}}),
	"route_forbidden":            oneVPC("alicloud", []string{"10.0.0.0/16"}, routed("100.64.1.0/24")),
	"route_in_subnet": oneVPC(
		"alicloud", []string{"192.168.0.0/16"}, with(routed("192.168.0.0/25"), "subnets", given{"web": "192.168.0.0/24"}),
	),
	"route_over_subnet": oneVPC(
		"huaweicloud", []string{"192.168.0.0/16"}, with(routed("192.168.0.0/20"), "subnets", given{"web": "192.168.0.0/24"}),
	),
	"route_in_secondary_block": oneVPC("aws", []string{"10.2.0.0/16", "10.3.0.0/24"}, routed("10.3.0.0/25")),
	"route_to_own_block":       oneVPC("alicloud", []string{"10.0.0.0/16"}, routed("10.0.0.0/16")),
}

// allowedInstead are values that the rules allow, by values that break one of them.
var allowedInstead = map[string]string{
	"100.64.0.0/16":  "100.128.0.0/16",
	"10.0.0.0/29":    "10.0.0.0/28",
	"172.32.0.0/16":  "172.31.0.0/16",
	"172.16.0.0/12":  "172.32.0.0/12",
	"10.0.0.0/30":    "10.0.0.0/29",
	"100.64.1.0/24":  "100.128.1.0/24",
	"192.168.0.0/25": "10.99.0.0/25",
	"10.3.0.0/25":    "10.99.0.0/25",
	"192.168.0.0/20": "192.168.16.0/20",
	"10.0.0.0/16":    "10.99.0.0/16",
}

// withVPCRules are stories with those of rules on VPCs.
func withVPCRules(stories map[string]given) map[string]given {
	maps.Copy(stories, vpcRuleStories)
	return stories
}

// oneVPC is a VPC "prod" without clusters.
func oneVPC(platform string, blocks []string, more given) given {
	vpc := given{"platform": platform, "cidr_blocks": blocks}
	maps.Copy(vpc, more)
	return given{"vpcs": given{"prod": vpc}, "clusters": given{}}
}

// blocksWithSecondary are a block and so many others beside it.
func blocksWithSecondary(n int) []string {
	list := []string{"10.0.0.0/24"}
	for i := range n {
		list = append(list, fmt.Sprintf("11.0.%d.0/24", i))
	}
	return list
}
