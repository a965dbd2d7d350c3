package profile_test

import (
	"fmt"
	"net/netip"
	"os"
	"slices"
	"strings"
	"testing"

	"github.com/cidrplan/terraform-provider-cidrplan/internal/profile"
)

// boundary is a range on one side of a published bound and what is said of it.
type boundary struct {
	// of names platforms or profiles, separated by spaces.
	of string
	// what is judged: "vpc" (the first block), "secondary", "subnet", "route", or "route by A/B"
	// against a subnet of a platform, "secondary by A/B C/D" beside other blocks; "pods", "services" or "pod subnet" of a profile.
	what  string
	given string
	want  string
}

const (
	ackAll        = "ack-edge-flannel ack-flannel ack-serverless ack-terway"
	cceAll        = "cce-autopilot cce-overlay cce-turbo cce-vpc-router"
	cceOwn        = "cce-overlay cce-vpc-router"
	ccseAll       = "ccse-calico ccse-cubecni"
	kubernetesAll = "kubernetes-overlay kubernetes-routed"
	tkeShared     = "tke-cilium-overlay tke-global-router"
)

// Each bound stands between two rows, of which one breaks it and the other does not.
var boundaries = []boundary{
	// Alibaba Cloud takes any range, down to what it keeps for itself.
	{"alicloud", "vpc", "2400:3200::/51", "vpc_prefix_out_of_range warn"},
	{"alicloud", "vpc", "2400:3200::/52", ""},
	{"alicloud", "vpc", "2400:3200::/60", ""},
	{"alicloud", "vpc", "2400:3200::/61", "vpc_prefix_out_of_range warn"},
	{"alicloud", "subnet", "2400:3200::/63", "subnet_prefix_out_of_range warn"},
	{"alicloud", "subnet", "2400:3200::/64", ""},
	{"alicloud", "subnet", "2400:3200::/65", "subnet_prefix_out_of_range warn"},
	{"alicloud", "vpc", "fe80::/56", "vpc_forbidden error"},
	{"tencentcloud", "vpc", "2402:4e00::/55", "vpc_prefix_out_of_range warn"},
	{"tencentcloud", "vpc", "2402:4e00::/56", ""},
	{"tencentcloud", "vpc", "2402:4e00::/57", "vpc_prefix_out_of_range warn"},
	{"tencentcloud", "subnet", "2402:4e00::/63", "subnet_prefix_out_of_range warn"},
	{"tencentcloud", "subnet", "2402:4e00::/64", ""},
	{"tencentcloud", "subnet", "2402:4e00::/65", "subnet_prefix_out_of_range warn"},
	{"alicloud", "vpc", "10.0.0.0/7", "vpc_prefix_out_of_range error"},
	{"alicloud", "vpc", "10.0.0.0/8", ""},
	{"alicloud", "vpc", "20.0.0.0/8", ""},
	{"alicloud", "vpc", "192.168.0.0/28", ""},
	{"alicloud", "vpc", "192.168.0.0/29", "vpc_prefix_out_of_range error"},
	{"alicloud", "vpc", "100.63.0.0/16", ""},
	{"alicloud", "vpc", "100.64.0.0/16", "vpc_forbidden error"},
	{"alicloud", "vpc", "100.127.0.0/16", "vpc_forbidden error"},
	{"alicloud", "vpc", "100.128.0.0/16", ""},
	{"alicloud", "vpc", "223.255.0.0/16", ""},
	{"alicloud", "vpc", "224.0.0.0/16", "vpc_forbidden error"},
	{"alicloud", "vpc", "239.255.0.0/16", "vpc_forbidden error"},
	{"alicloud", "vpc", "126.255.0.0/16", ""},
	{"alicloud", "vpc", "127.0.0.0/16", "vpc_forbidden error"},
	{"alicloud", "vpc", "127.255.0.0/16", "vpc_forbidden error"},
	{"alicloud", "vpc", "128.0.0.0/16", ""},
	{"alicloud", "vpc", "169.253.0.0/16", ""},
	{"alicloud", "vpc", "169.254.0.0/16", "vpc_forbidden error"},
	{"alicloud", "vpc", "169.255.0.0/16", ""},
	{"alicloud", "secondary", "0.255.0.0/16", "vpc_secondary_forbidden error"},
	{"alicloud", "secondary", "1.0.0.0/16", ""},
	{"alicloud", "secondary", "10.0.0.0/8", ""},
	{"alicloud", "secondary", "100.64.0.0/16", "vpc_forbidden error"},
	{"alicloud", "secondary", "192.168.0.0/28", ""},
	{"alicloud", "secondary", "192.168.0.0/29", "vpc_prefix_out_of_range error"},
	{"alicloud", "subnet", "10.0.0.0/15", "subnet_prefix_out_of_range error"},
	{"alicloud", "subnet", "10.0.0.0/16", ""},
	{"alicloud", "subnet", "10.0.0.0/29", ""},
	{"alicloud", "subnet", "10.0.0.0/30", "subnet_prefix_out_of_range error"},
	{"alicloud", "route", "100.63.0.0/16", ""},
	{"alicloud", "route", "100.64.0.0/10", "route_forbidden error"},
	{"alicloud", "route", "100.127.255.255/32", "route_forbidden error"},
	{"alicloud", "route", "100.128.0.0/16", ""},
	{"alicloud", "route by 10.0.1.0/24", "10.0.1.0/24", "route_in_subnet error"},
	{"alicloud", "route by 10.0.1.0/24", "10.0.1.128/25", "route_in_subnet error"},
	{"alicloud", "route by 10.0.1.0/24", "10.0.0.0/23", ""},
	{"alicloud", "route by 10.0.1.0/24", "10.0.2.0/24", ""},

	// Huawei Cloud has three ranges for the first block, and a list of what no other block is from.
	{"huaweicloud", "vpc", "10.0.0.0/7", "vpc_prefix_out_of_range error"},
	{"huaweicloud", "vpc", "10.0.0.0/8", ""},
	{"huaweicloud", "vpc", "10.0.0.0/24", ""},
	{"huaweicloud", "vpc", "10.0.0.0/25", "vpc_prefix_out_of_range error"},
	{"huaweicloud", "vpc", "11.0.0.0/16", "vpc_out_of_allowed_range error"},
	{"huaweicloud", "vpc", "172.0.0.0/11", "vpc_prefix_out_of_range error"},
	{"huaweicloud", "vpc", "172.16.0.0/12", ""},
	{"huaweicloud", "vpc", "172.31.255.0/24", ""},
	{"huaweicloud", "vpc", "172.31.255.0/25", "vpc_prefix_out_of_range error"},
	{"huaweicloud", "vpc", "172.32.0.0/16", "vpc_out_of_allowed_range error"},
	{"huaweicloud", "vpc", "192.168.0.0/15", "vpc_prefix_out_of_range error"},
	{"huaweicloud", "vpc", "192.168.0.0/16", ""},
	{"huaweicloud", "vpc", "192.168.0.0/24", ""},
	{"huaweicloud", "vpc", "192.168.0.0/25", "vpc_prefix_out_of_range error"},
	{"huaweicloud", "vpc", "192.169.0.0/16", "vpc_out_of_allowed_range error"},
	{"huaweicloud", "secondary", "10.0.0.0/8", "vpc_secondary_forbidden error"},
	{"huaweicloud", "secondary", "10.0.0.0/9", "vpc_secondary_forbidden warn"},
	{"huaweicloud", "secondary", "11.0.0.0/16", ""},
	{"huaweicloud", "secondary", "172.15.0.0/16", ""},
	{"huaweicloud", "secondary", "172.16.0.0/12", "vpc_secondary_forbidden error"}, // 172.31.0.0/16 is in it
	{"huaweicloud", "secondary", "172.16.0.0/13", "vpc_secondary_forbidden warn"},
	{"huaweicloud", "secondary", "172.30.0.0/16", "vpc_secondary_forbidden warn"},
	{"huaweicloud", "secondary", "172.31.0.0/16", "vpc_secondary_forbidden error, vpc_secondary_forbidden warn"},
	{"huaweicloud", "secondary", "172.32.0.0/16", ""},
	{"huaweicloud", "secondary", "192.167.0.0/16", ""},
	{"huaweicloud", "secondary", "192.168.0.0/16", "vpc_secondary_forbidden error"},
	{"huaweicloud", "secondary", "192.168.0.0/17", "vpc_secondary_forbidden warn"},
	{"huaweicloud", "secondary", "192.169.0.0/16", ""},
	{"huaweicloud", "secondary", "100.63.0.0/16", ""},
	{"huaweicloud", "secondary", "100.64.0.0/16", "vpc_secondary_forbidden error"},
	{"huaweicloud", "secondary", "100.127.0.0/16", "vpc_secondary_forbidden error"},
	{"huaweicloud", "secondary", "100.128.0.0/16", ""},
	{"huaweicloud", "secondary", "213.255.0.0/16", ""},
	{"huaweicloud", "secondary", "214.0.0.0/16", "vpc_secondary_forbidden error"},
	{"huaweicloud", "secondary", "215.255.0.0/16", "vpc_secondary_forbidden error"},
	{"huaweicloud", "secondary", "216.0.0.0/16", ""},
	{"huaweicloud", "secondary", "198.17.0.0/16", ""},
	{"huaweicloud", "secondary", "198.18.0.0/16", "vpc_secondary_forbidden error"},
	{"huaweicloud", "secondary", "198.19.0.0/16", "vpc_secondary_forbidden error"},
	{"huaweicloud", "secondary", "198.20.0.0/16", ""},
	{"huaweicloud", "secondary", "169.253.0.0/16", ""},
	{"huaweicloud", "secondary", "169.254.0.0/16", "vpc_secondary_forbidden error"},
	{"huaweicloud", "secondary", "169.255.0.0/16", ""},
	{"huaweicloud", "secondary", "0.255.0.0/16", "vpc_secondary_forbidden error"},
	{"huaweicloud", "secondary", "1.0.0.0/16", ""},
	{"huaweicloud", "secondary", "126.255.0.0/16", ""},
	{"huaweicloud", "secondary", "127.0.0.0/16", "vpc_secondary_forbidden error"},
	{"huaweicloud", "secondary", "128.0.0.0/16", ""},
	{"huaweicloud", "secondary", "240.0.0.0/16", "vpc_secondary_forbidden error"},
	{"huaweicloud", "secondary", "255.255.0.0/16", "vpc_secondary_forbidden error"},
	{"huaweicloud", "subnet", "10.0.0.0/28", ""},
	{"huaweicloud", "subnet", "10.0.0.0/29", "subnet_prefix_out_of_range error"},
	{"huaweicloud", "route", "100.64.0.0/10", ""},
	{"huaweicloud", "route by 10.0.1.0/24", "10.0.1.0/24", "route_over_subnet error"},
	{"huaweicloud", "route by 10.0.1.0/24", "10.0.1.128/25", "route_over_subnet error"},
	{"huaweicloud", "route by 10.0.1.0/24", "10.0.0.0/23", "route_over_subnet error"},
	{"huaweicloud", "route by 10.0.1.0/24", "10.0.2.0/24", ""},

	{"tencentcloud", "vpc", "10.0.0.0/11", "vpc_prefix_out_of_range error"},
	{"tencentcloud", "vpc", "10.0.0.0/12", ""},
	{"tencentcloud", "vpc", "10.0.0.0/28", ""},
	{"tencentcloud", "vpc", "10.0.0.0/29", "vpc_prefix_out_of_range error"},
	{"tencentcloud", "vpc", "11.0.0.0/16", "vpc_out_of_allowed_range error"},
	{"tencentcloud", "vpc", "172.0.0.0/11", "vpc_prefix_out_of_range error"},
	{"tencentcloud", "vpc", "172.16.0.0/12", ""},
	{"tencentcloud", "vpc", "172.31.255.240/28", ""},
	{"tencentcloud", "vpc", "172.31.255.248/29", "vpc_prefix_out_of_range error"},
	{"tencentcloud", "vpc", "172.32.0.0/16", "vpc_out_of_allowed_range error"},
	{"tencentcloud", "vpc", "192.168.0.0/15", "vpc_prefix_out_of_range error"},
	{"tencentcloud", "vpc", "192.168.0.0/16", ""},
	{"tencentcloud", "vpc", "192.168.255.240/28", ""},
	{"tencentcloud", "vpc", "192.168.255.248/29", "vpc_prefix_out_of_range error"},
	{"tencentcloud", "vpc", "192.169.0.0/16", "vpc_out_of_allowed_range error"},
	{"tencentcloud", "secondary", "20.0.0.0/16", ""}, // nothing is published of auxiliary blocks
	{"tencentcloud", "subnet", "10.0.0.0/28", ""},
	{"tencentcloud", "subnet", "10.0.0.0/29", "subnet_prefix_out_of_range error"},

	// Of CTyun the sources disagree: /28 or /24, and for subnets /28 or /29.
	{"ctyun", "vpc", "10.0.0.0/7", "vpc_prefix_out_of_range error"},
	{"ctyun", "vpc", "10.0.0.0/8", ""},
	{"ctyun", "vpc", "10.0.0.0/24", ""},
	{"ctyun", "vpc", "10.0.0.0/25", "vpc_prefix_out_of_range warn"},
	{"ctyun", "vpc", "10.0.0.0/28", "vpc_prefix_out_of_range warn"},
	{"ctyun", "vpc", "10.0.0.0/29", "vpc_prefix_out_of_range error, vpc_prefix_out_of_range warn"},
	{"ctyun", "vpc", "11.0.0.0/16", "vpc_out_of_allowed_range error"},
	{"ctyun", "vpc", "172.0.0.0/11", "vpc_prefix_out_of_range error"},
	{"ctyun", "vpc", "172.16.0.0/12", ""},
	{"ctyun", "vpc", "172.31.255.240/28", "vpc_prefix_out_of_range warn"},
	{"ctyun", "vpc", "172.31.255.248/29", "vpc_prefix_out_of_range error, vpc_prefix_out_of_range warn"},
	{"ctyun", "vpc", "172.32.0.0/16", "vpc_out_of_allowed_range error"},
	{"ctyun", "vpc", "192.168.0.0/15", "vpc_prefix_out_of_range error"},
	{"ctyun", "vpc", "192.168.0.0/16", ""},
	{"ctyun", "vpc", "192.168.255.240/28", "vpc_prefix_out_of_range warn"},
	{"ctyun", "vpc", "192.168.255.248/29", "vpc_prefix_out_of_range error, vpc_prefix_out_of_range warn"},
	{"ctyun", "vpc", "192.169.0.0/16", "vpc_out_of_allowed_range error"},
	{"ctyun", "subnet", "10.0.0.0/7", "subnet_prefix_out_of_range error, subnet_prefix_out_of_range warn"},
	{"ctyun", "subnet", "10.0.0.0/8", "subnet_prefix_out_of_range warn"},
	{"ctyun", "subnet", "10.0.0.0/15", "subnet_prefix_out_of_range warn"},
	{"ctyun", "subnet", "10.0.0.0/16", ""},
	{"ctyun", "subnet", "10.0.0.0/24", ""},
	{"ctyun", "subnet", "10.0.0.0/25", "subnet_prefix_out_of_range warn"},
	{"ctyun", "subnet", "10.0.0.0/29", "subnet_prefix_out_of_range warn"},
	{"ctyun", "subnet", "10.0.0.0/30", "subnet_prefix_out_of_range error, subnet_prefix_out_of_range warn"},

	// AWS takes any range, in few sizes, and not any two in one VPC.
	{"aws", "vpc", "10.0.0.0/15", "vpc_prefix_out_of_range error"},
	{"aws", "vpc", "10.0.0.0/16", ""},
	{"aws", "vpc", "20.0.0.0/16", ""},
	{"aws", "vpc", "10.0.0.0/28", ""},
	{"aws", "vpc", "10.0.0.0/29", "vpc_prefix_out_of_range error"},
	{"aws", "vpc", "169.254.0.0/16", "vpc_forbidden error"},
	{"aws", "vpc", "172.16.0.0/16", ""},
	{"aws", "vpc", "172.17.0.0/16", "vpc_forbidden warn"},
	{"aws", "vpc", "172.18.0.0/16", ""},
	{"aws", "vpc", "2600:1f00::/43", "vpc_prefix_out_of_range warn"},
	{"aws", "vpc", "2600:1f00::/44", ""},
	{"aws", "vpc", "2600:1f00::/60", ""},
	{"aws", "vpc", "2600:1f00::/61", "vpc_prefix_out_of_range warn"},
	{"aws", "secondary", "10.0.0.0/15", "vpc_prefix_out_of_range error"},
	{"aws", "secondary by 10.4.0.0/16", "10.5.0.0/16", ""},
	{"aws", "secondary by 10.4.0.0/16", "10.0.0.0/16", ""},
	{"aws", "secondary by 10.1.0.0/16", "10.0.0.0/24", "vpc_secondary_forbidden error"},
	{"aws", "secondary by 10.1.0.0/16", "10.1.0.0/24", ""},
	{"aws", "secondary by 10.4.0.0/16 10.0.0.0/24", "10.0.1.0/24", "vpc_secondary_forbidden error"},
	{"aws", "secondary by 10.4.0.0/16", "172.16.0.0/16", "vpc_secondary_forbidden error"},
	{"aws", "secondary by 10.4.0.0/16", "192.168.0.0/16", "vpc_secondary_forbidden error"},
	{"aws", "secondary by 10.4.0.0/16", "198.19.0.0/16", "vpc_secondary_forbidden error"},
	{"aws", "secondary by 10.4.0.0/16", "198.18.0.0/16", ""},
	{"aws", "secondary by 10.4.0.0/16", "100.64.0.0/16", ""},
	{"aws", "secondary by 10.4.0.0/16", "20.0.0.0/16", ""},
	{"aws", "secondary by 172.20.0.0/16", "172.30.0.0/16", ""},
	{"aws", "secondary by 172.20.0.0/16", "172.31.0.0/16", "vpc_secondary_forbidden error"},
	{"aws", "secondary by 172.20.0.0/16", "10.0.0.0/16", "vpc_secondary_forbidden error"},
	{"aws", "secondary by 172.20.0.0/16", "192.168.0.0/16", "vpc_secondary_forbidden error"},
	{"aws", "secondary by 172.20.0.0/16", "198.19.0.0/16", "vpc_secondary_forbidden error"},
	{"aws", "secondary by 172.20.0.0/16", "100.64.0.0/16", ""},
	{"aws", "secondary by 192.168.0.0/20", "192.168.16.0/20", ""},
	{"aws", "secondary by 192.168.0.0/20", "10.0.0.0/16", "vpc_secondary_forbidden error"},
	{"aws", "secondary by 192.168.0.0/20", "172.16.0.0/16", "vpc_secondary_forbidden error"},
	{"aws", "secondary by 192.168.0.0/20", "198.19.0.0/16", "vpc_secondary_forbidden error"},
	{"aws", "secondary by 198.19.0.0/17", "10.0.0.0/16", "vpc_secondary_forbidden error"},
	{"aws", "secondary by 198.19.0.0/17", "172.16.0.0/16", "vpc_secondary_forbidden error"},
	{"aws", "secondary by 198.19.0.0/17", "192.168.0.0/16", "vpc_secondary_forbidden error"},
	{"aws", "secondary by 198.19.0.0/17", "20.0.0.0/16", ""},
	{"aws", "secondary by 100.64.0.0/16", "10.0.0.0/16", "vpc_secondary_forbidden error"},
	{"aws", "secondary by 100.64.0.0/16", "198.19.0.0/16", "vpc_secondary_forbidden error"},
	{"aws", "secondary by 20.0.0.0/16", "172.16.0.0/16", "vpc_secondary_forbidden error"},
	{"aws", "secondary by 20.0.0.0/16", "192.168.0.0/16", "vpc_secondary_forbidden error"},
	{"aws", "secondary by 20.0.0.0/16", "30.0.0.0/16", ""},
	{"aws", "secondary by 10.4.0.0/16 100.64.0.0/16", "10.5.0.0/16", ""}, // the first block decides
	{"aws", "subnet", "10.0.0.0/15", "subnet_prefix_out_of_range error"},
	{"aws", "subnet", "10.0.0.0/16", ""},
	{"aws", "subnet", "10.0.0.0/28", ""},
	{"aws", "subnet", "10.0.0.0/29", "subnet_prefix_out_of_range error"},
	{"aws", "subnet", "2600:1f00::/43", "subnet_prefix_out_of_range warn"},
	{"aws", "subnet", "2600:1f00::/44", ""},
	{"aws", "subnet", "2600:1f00::/64", ""},
	{"aws", "subnet", "2600:1f00::/65", "subnet_prefix_out_of_range warn"},

	// Of these nothing is published that was read.
	{"generic", "vpc", "100.64.0.0/29", ""},
	{"generic", "secondary", "20.0.0.0/4", ""},
	{"generic", "subnet", "10.0.0.0/30", ""},
	{"aws generic ctyun tencentcloud", "route", "100.64.0.0/10", ""},
	{"aws generic ctyun tencentcloud", "route by 10.0.1.0/24", "10.0.1.0/25", ""},

	{"ack-edge-flannel ack-flannel", "pods", "10.0.0.0/7", "length error"},
	{"ack-edge-flannel ack-flannel", "pods", "10.0.0.0/8", ""},
	{"ack-edge-flannel ack-flannel", "pods", "11.0.0.0/16", "outside error"},
	{"ack-edge-flannel ack-flannel", "pods", "172.0.0.0/11", "length error"},
	{"ack-edge-flannel ack-flannel", "pods", "172.16.0.0/12", ""},
	{"ack-edge-flannel ack-flannel", "pods", "172.32.0.0/16", "outside error"},
	{"ack-edge-flannel ack-flannel", "pods", "192.168.0.0/15", "length error"},
	{"ack-edge-flannel ack-flannel", "pods", "192.168.0.0/16", ""},
	{"ack-edge-flannel ack-flannel", "pods", "192.169.0.0/16", "outside error"},
	{ackAll, "services", "10.0.0.0/15", "length error"},
	{ackAll, "services", "10.0.0.0/16", ""},
	{ackAll, "services", "10.0.0.0/24", ""},
	{ackAll, "services", "10.0.0.0/25", "length error"},
	{ackAll, "services", "11.0.0.0/16", "outside error"},
	{ackAll, "services", "172.16.0.0/15", "length error"},
	{ackAll, "services", "172.16.0.0/16", ""},
	{ackAll, "services", "172.31.255.0/24", ""},
	{ackAll, "services", "172.31.255.0/25", "length error"},
	{ackAll, "services", "172.32.0.0/16", "outside error"},
	{ackAll, "services", "192.168.0.0/15", "length error"},
	{ackAll, "services", "192.168.0.0/16", ""},
	{ackAll, "services", "192.168.255.0/24", ""},
	{ackAll, "services", "192.168.255.0/25", "length error"},
	{ackAll, "services", "192.169.0.0/16", "outside error"},
	{"ack-terway", "pod subnet", "192.168.0.0/19", ""},
	{"ack-terway", "pod subnet", "192.168.0.0/20", "length warn"},
	{"ack-terway", "pod subnet", "192.168.0.0/25", "length warn"},
	{"ack-terway", "pod subnet", "192.168.0.0/26", "length error, length warn"},

	{cceOwn, "pods", "10.0.0.0/11", "length warn"},
	{cceOwn, "pods", "10.0.0.0/12", ""},
	{cceOwn, "pods", "10.0.0.0/19", ""},
	{cceOwn, "pods", "10.0.0.0/20", "length warn"},
	{cceOwn, "pods", "11.0.0.0/16", "outside warn"},
	{cceOwn, "pods", "172.16.0.0/15", "length warn"},
	{cceOwn, "pods", "172.16.0.0/16", ""},
	{cceOwn, "pods", "172.31.224.0/19", ""},
	{cceOwn, "pods", "172.31.224.0/20", "length warn"},
	{cceOwn, "pods", "172.32.0.0/16", "outside warn"},
	{cceOwn, "pods", "192.168.0.0/15", "length warn"},
	{cceOwn, "pods", "192.168.0.0/16", ""},
	{cceOwn, "pods", "192.168.224.0/19", ""},
	{cceOwn, "pods", "192.168.224.0/20", "length warn"},
	{cceOwn, "pods", "192.169.0.0/16", "outside warn"},
	{cceAll, "services", "10.0.0.0/7", "length warn"},
	{cceAll, "services", "10.0.0.0/8", ""},
	{cceAll, "services", "10.0.0.0/28", ""},
	{cceAll, "services", "10.0.0.0/29", "length warn"},
	{cceAll, "services", "11.0.0.0/16", "outside warn"},
	{cceAll, "services", "172.0.0.0/11", "length warn"},
	{cceAll, "services", "172.16.0.0/12", ""},
	{cceAll, "services", "172.31.255.240/28", ""},
	{cceAll, "services", "172.31.255.248/29", "length warn"},
	{cceAll, "services", "172.32.0.0/16", "outside warn"},
	{cceAll, "services", "192.168.0.0/15", "length warn"},
	{cceAll, "services", "192.168.0.0/16", ""},
	{cceAll, "services", "192.168.255.240/28", ""},
	{cceAll, "services", "192.168.255.248/29", "length warn"},
	{cceAll, "services", "192.169.0.0/16", "outside warn"},
	{"cce-turbo", "services", "fc00::/111", "length error"},
	{"cce-turbo", "services", "fc00::/112", ""},
	{"cce-turbo", "services", "fc00::/115", ""},
	{"cce-turbo", "services", "fcff::/120", ""},
	{"cce-turbo", "services", "fcff::/121", "length error"},
	{"cce-turbo", "services", "fd00::/112", "outside error"},
	{cceOwn, "services", "fd00::/64", ""},
	{"cce-autopilot", "pod subnet", "10.0.0.0/28", ""},
	{"cce-turbo", "pod subnet", "10.0.0.0/28", ""},

	{tkeShared, "pods", "10.0.0.0/8", "length error"},
	{tkeShared, "pods", "10.0.0.0/9", "length error"},
	{tkeShared, "pods", "10.0.0.0/10", ""},
	{tkeShared, "pods", "172.16.1.0/24", ""},
	{tkeShared, "pods", "172.16.1.0/25", "length error"},
	{tkeShared, "pods", "11.0.0.0/16", "outside error"},
	{tkeShared, "pods", "172.0.0.0/11", "length error"},
	{tkeShared, "pods", "172.16.0.0/12", ""},
	{tkeShared, "pods", "172.32.0.0/16", "outside error"},
	{tkeShared, "pods", "192.168.0.0/15", "length error"},
	{tkeShared, "pods", "192.168.0.0/16", ""},
	{tkeShared, "pods", "192.169.0.0/16", "outside error"},
	{"tsf", "pods", "10.0.0.0/9", "length warn"},
	{"tsf", "pods", "10.0.0.0/10", ""},
	{"tsf", "pods", "10.0.0.0/24", ""},
	{"tsf", "pods", "10.0.0.0/25", "length warn"},
	{"tsf", "pods", "9.165.120.0/24", "outside warn"},
	{"tsf", "pods", "172.0.0.0/11", "length warn"},
	{"tsf", "pods", "172.16.0.0/12", ""},
	{"tsf", "pods", "172.31.255.0/24", ""},
	{"tsf", "pods", "172.31.255.0/25", "length warn"},
	{"tsf", "pods", "172.32.0.0/16", "outside warn"},
	{"tsf", "pods", "192.168.0.0/15", "length warn"},
	{"tsf", "pods", "192.168.0.0/16", ""},
	{"tsf", "pods", "192.168.255.0/24", ""},
	{"tsf", "pods", "192.168.255.0/25", "length warn"},
	{"tsf", "pods", "192.169.0.0/16", "outside warn"},
	{"tke-vpc-cni", "services", "10.0.0.0/7", "length error, length warn"},
	{"tke-vpc-cni", "services", "10.0.0.0/8", "length warn"},
	{"tke-vpc-cni", "services", "10.0.0.0/16", "length warn"},
	{"tke-vpc-cni", "services", "10.0.0.0/17", ""},
	{"tke-vpc-cni", "services", "10.0.0.0/27", ""},
	{"tke-vpc-cni", "services", "10.0.0.0/28", "length warn"},
	{"tke-vpc-cni", "services", "11.0.0.0/24", "outside error"},
	{"tke-vpc-cni", "services", "172.0.0.0/11", "length error, length warn"},
	{"tke-vpc-cni", "services", "172.16.0.0/12", "length warn"},
	{"tke-vpc-cni", "services", "172.31.255.0/24", ""},
	{"tke-vpc-cni", "services", "172.32.0.0/24", "outside error"},
	{"tke-vpc-cni", "services", "192.168.0.0/15", "length error, length warn"},
	{"tke-vpc-cni", "services", "192.168.0.0/16", "length warn"},
	{"tke-vpc-cni", "services", "192.168.255.0/24", ""},
	{"tke-vpc-cni", "services", "192.169.0.0/24", "outside error"},
	{"tke-vpc-cni", "services", "fd00::/112", ""},

	{"ccse-calico", "pods", "20.0.0.0/8", ""},
	{"ccse-calico", "pods", "10.0.0.0/26", ""},
	{"ccse-calico", "pods", "10.0.0.0/27", "length warn"},
	{ccseAll, "services", "10.96.0.0/29", ""},
	{ccseAll, "services", "20.0.0.0/8", ""},
	{ccseAll, "services", "fd00::/111", "length error"},
	{ccseAll, "services", "fd00::/112", ""},
	{ccseAll, "services", "2001:db8::/120", ""},
	{ccseAll, "services", "2001:db8::/121", "length error"},

	{"eks", "services", "10.0.0.0/11", "length error"},
	{"eks", "services", "10.0.0.0/12", ""},
	{"eks", "services", "10.0.0.0/24", ""},
	{"eks", "services", "10.0.0.0/25", "length error"},
	{"eks", "services", "11.0.0.0/16", "outside error"},
	{"eks", "services", "172.0.0.0/11", "length error"},
	{"eks", "services", "172.16.0.0/12", ""},
	{"eks", "services", "172.31.255.0/24", ""},
	{"eks", "services", "172.31.255.0/25", "length error"},
	{"eks", "services", "172.32.0.0/16", "outside error"},
	{"eks", "services", "192.168.0.0/15", "length error"},
	{"eks", "services", "192.168.0.0/16", ""},
	{"eks", "services", "192.168.255.0/24", ""},
	{"eks", "services", "192.168.255.0/25", "length error"},
	{"eks", "services", "192.169.0.0/16", "outside error"},

	{kubernetesAll, "pods", "20.0.0.0/8", ""},
	{kubernetesAll, "pods", "10.0.0.0/28", ""},
	{kubernetesAll, "pods", "10.0.0.0/29", "length error"},
	{kubernetesAll, "pods", "fd00::/124", ""},
	{kubernetesAll, "pods", "fd00::/125", "length error"},
	{kubernetesAll, "services", "10.0.0.0/11", "length error"},
	{kubernetesAll, "services", "10.0.0.0/12", ""},
	{kubernetesAll, "services", "10.0.0.0/28", ""},
	{kubernetesAll, "services", "10.0.0.0/29", "length error"},
	{kubernetesAll, "services", "3000::/107", "length error, length allow"},
	{kubernetesAll, "services", "3000::/108", "length allow"},
	{kubernetesAll, "services", "3000::/111", "length allow"},
	{kubernetesAll, "services", "3000::/112", ""},
	{kubernetesAll, "services", "3000::/124", ""},
	{kubernetesAll, "services", "3000::/125", "length error"},
}

// verdict is what a catalog says of the range of a row.
func (b boundary) verdict(c *profile.Catalog, of string) string {
	var said []string
	given := netip.MustParsePrefix(b.given).Masked()
	tell := func(refusals []profile.BrokenRule) {
		for _, r := range refusals {
			said = append(said, fmt.Sprintf("%s %v", r.Code, r.Rule.Level))
		}
	}
	hold := func(limits []profile.Limit) {
		for _, l := range limits {
			if fit := l.Judge(given); fit != profile.Fits {
				said = append(
					said,
					fmt.Sprintf("%s %v", map[profile.Fit]string{profile.WrongLength: "length", profile.Outside: "outside"}[fit], l.Level),
				)
			}
		}
	}
	p, _ := c.Profile(of)
	n := c.Platform(of).Networks
	switch what, subnet, _ := strings.Cut(b.what, " by "); what {
	case "vpc":
		tell(n.VPC.CheckBlock(given, true))
	case "secondary":
		tell(n.VPC.CheckBlock(given, false))
		tell(n.VPC.CheckBeside(given, prefixes(strings.Fields(subnet)...)))
	case "subnet":
		tell(n.Subnets.Check(given))
	case "route":
		against := netip.Prefix{}
		if subnet != "" {
			against = netip.MustParsePrefix(subnet)
		}
		tell(n.Routes.Check(given, against))
	case "pods":
		hold(p.Pods.Limits)
	case "services":
		hold(p.Services.Limits)
	case "pod subnet":
		hold(p.Pods.Subnets.Limits)
	default:
		return "no such thing as " + b.what
	}
	return strings.Join(said, ", ")
}

func TestShippedBoundaries(t *testing.T) {
	c := profile.Default()
	for _, row := range boundaries {
		for _, of := range strings.Fields(row.of) {
			if !slices.Contains(slices.Concat(c.Names(), c.Platforms()), of) {
				t.Errorf("%s is neither a profile nor a platform", of)
			} else if got := row.verdict(c, of); got != row.want {
				t.Errorf("%s, %s %s: got %q, want %q", of, row.what, row.given, got, row.want)
			}
		}
	}
}

// limited are the lists of limits and forbidden ranges of a catalog by the profile or platform that
// has them, to be changed in place.
func limited(c *profile.Catalog) (limits map[string][][]profile.Limit, forbidden map[string][][]profile.Forbidden) {
	limits, forbidden = map[string][][]profile.Limit{}, map[string][][]profile.Forbidden{}
	for _, name := range c.Names() {
		p, _ := c.Profile(name)
		limits[name] = [][]profile.Limit{p.Pods.Limits, p.Pods.Subnets.Limits, p.Services.Limits}
	}
	for _, name := range c.Platforms() {
		n := c.Platform(name).Networks
		limits[name] = [][]profile.Limit{n.VPC.Limits, n.VPC.Primary.Limits, n.VPC.Secondary.Limits, n.Subnets.Limits}
		forbidden[name] = [][]profile.Forbidden{n.VPC.Forbidden, n.VPC.Primary.Forbidden, n.VPC.Secondary.Forbidden, n.Routes.Forbidden}
		for _, b := range n.VPC.Beside {
			forbidden[name] = append(forbidden[name], b.Forbidden)
		}
	}
	return limits, forbidden
}

// The rows above are complete: whichever bound moves by one, and whichever range is forbidden no
// more, some row of its owner says something else.
func TestEveryShippedBoundHasItsRows(t *testing.T) {
	c := load(t, os.DirFS("data"))
	noticed := func(owner string) bool {
		return slices.ContainsFunc(boundaries, func(row boundary) bool {
			return slices.Contains(strings.Fields(row.of), owner) && row.verdict(c, owner) != row.want
		})
	}
	moved := func(owner string, w *profile.Window, by profile.Window) {
		before := *w
		w.Shortest, w.Longest = w.Shortest+by.Shortest, w.Longest+by.Longest
		if !noticed(owner) {
			t.Errorf("%s: no row tells %+v from %+v", owner, before, *w)
		}
		*w = before
	}
	limits, forbidden := limited(c)
	moves := 0
	for owner, lists := range limits {
		for _, list := range lists {
			for _, l := range list {
				for i := range l.Windows {
					w := &l.Windows[i]
					if w.Shortest > 1 { // a /1 of everything is no bound
						moved(owner, w, profile.Window{Shortest: 1})
					}
					if w.Shortest > max(w.CIDR.Bits(), 1) { // nothing shorter is in the range
						moved(owner, w, profile.Window{Shortest: -1})
					}
					if w.Longest < w.CIDR.Addr().BitLen() { // a single address is no bound
						moved(owner, w, profile.Window{Longest: 1})
						moved(owner, w, profile.Window{Longest: -1})
					}
					moves++
				}
			}
		}
	}
	nowhere := prefix("203.0.113.255/32")
	// refused whatever a platform says of them
	everywhere := []netip.Prefix{
		prefix("0.0.0.0/8"), prefix("127.0.0.0/8"), prefix("169.254.0.0/16"), prefix("224.0.0.0/4"), prefix("240.0.0.0/4"),
	}
	for owner, lists := range forbidden {
		for _, list := range lists {
			for i := range list {
				before := list[i].CIDR
				if slices.Contains(everywhere, before) {
					continue
				}
				list[i].CIDR = nowhere
				if !noticed(owner) {
					t.Errorf("%s: no row is in %v (%s)", owner, before, list[i].Text)
				}
				list[i].CIDR = before
				moves++
			}
		}
	}
	if moves < 90 {
		t.Errorf("only %d bounds were found", moves)
	}
	for _, row := range boundaries {
		for _, of := range strings.Fields(row.of) {
			if got := row.verdict(c, of); got != row.want {
				t.Fatalf("%s, %s %s: %q is left of a move", of, row.what, row.given, got)
			}
		}
	}
}
