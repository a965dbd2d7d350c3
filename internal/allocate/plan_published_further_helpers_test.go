package allocate_test

import (
	"cmp"
	"fmt"
	"net/netip"
	"slices"
	"strings"

	"github.com/cidrplan/terraform-provider-cidrplan/internal/cidr"
	"github.com/cidrplan/terraform-provider-cidrplan/internal/conflict"
	"github.com/cidrplan/terraform-provider-cidrplan/internal/profile"
)

// further are the fields of the cases that came with further platforms.
type further struct {
	// Why names a section of the source of the cases, and Basis is D or M where the verdict is not published.
	Why, Basis string
	// ErrorCode is what the platform itself answers.
	ErrorCode string `yaml:"error_code"`
	// SvcDefault says that no Service range is given, and that it is not said which one the platform takes.
	SvcDefault bool `yaml:"svc_default"`
	// Families are ip_families.
	Families []string
	// HostPrefix is OpenShift's word for the length of node blocks.
	HostPrefix int `yaml:"host_prefix"`
	// PodText is a Pod range as users write it.
	PodText string `yaml:"pod_text"`
	// PodSubnetCount counts subnets of the VPC that Pods use.
	PodSubnetCount int `yaml:"pod_subnet_count"`
	// SubnetRemoved says that one of two Pod subnets of a cluster is taken away.
	SubnetRemoved bool `yaml:"subnet_removed"`
	// AddBlock are blocks that a VPC gets once its routes are there.
	AddBlock []netip.Prefix `yaml:"add_block"`
	// Usable counts the addresses of the first subnet that the platform does not reserve, and Needed those that nodes
	// and Pods use there.
	Usable, Needed int64
	Surge          *int64
	DNSIP          netip.Addr     `yaml:"dns_ip"`
	RemoteNodes    []netip.Prefix `yaml:"remote_nodes"`
	RemotePods     []netip.Prefix `yaml:"remote_pods"`
	// Internal are ranges that a network plug-in uses without being given them: defaults of the profile. NonMasquerade is the range that
	// kOps takes Pods and Services from.
	Internal      []netip.Prefix
	NonMasquerade netip.Prefix `yaml:"non_masquerade"`
	// PodDefault is the Pod range that kOps chooses for a cluster that is given none, and that the plan gives it.
	PodDefault netip.Prefix `yaml:"pod_default"`
	// SvcAdd are the ranges of ServiceCIDR objects, and UsableServices counts the Services of all ranges.
	SvcAdd         [][]netip.Prefix `yaml:"svc_add"`
	UsableServices int64            `yaml:"usable_services"`
	// PrefixMode says that nodes use blocks of 16 addresses of a subnet, of which UsablePrefixes counts those of the subnet,
	// and UsablePodAddresses their addresses.
	PrefixMode         bool  `yaml:"prefix_mode"`
	UsablePrefixes     int64 `yaml:"usable_prefixes"`
	UsablePodAddresses int64 `yaml:"usable_pod_addresses"`
	// NodesBefore counts the nodes that pod_old serves.
	NodesBefore int64 `yaml:"nodes_before"`
}

// named are the profiles that cases call otherwise.
var named = map[string]string{
	"openshift": "openshift-ovn", "baidu-route": "baidu-cce-route", "baidu-vpc-eni": "baidu-cce-vpc-eni",
}

// ownCodes are the codes of this project where those of the cases are others.
var ownCodes = map[string]string{
	"max_pods_not_in_list": "pods_per_node_not_listed", "vpc_block_over_route": "route_in_secondary_block",
	"non_masquerade_overlaps_vpc": "other_overlaps_vpc", "pod_outside_non_masquerade": "pod_outside_other",
	"remote_overlaps_vpc": "other_overlaps_vpc", "remote_out_of_allowed_range": "other_out_of_allowed_range",
	"remote_overlaps_remote": "other_overlaps_other", "remote_overlaps_service": "service_overlaps_other",
	"node_mask_shorter_than_pod": "no_node_capacity",
	"docker_range":               "pod_in_forbidden_range", "ipv6_unsupported": "dual_stack_not_supported",
	"pod_forbidden_range": "pod_in_forbidden_range", "service_forbidden_range": "service_in_forbidden_range",
	"vpc_range_used_by_services": "vpc_forbidden", "pod_outside_recommended": "pod_out_of_allowed_range",
	"service_overlaps_cluster_pod":     "pod_overlaps_cluster_service", // the code of a pair, whichever of the two clusters is planned
	"service_default_may_overlap_peer": "service_overlaps_peer", "subnet_too_small": "pod_subnets_too_small",
	"dns_ip_is_first": "dns_address_is_first", "dns_ip_outside_service": "dns_address_outside_services",
}

// verdict is what a plan says: ok, warn or error, with a code.
type verdict struct{ expect, code, reason string }

// otherVerdicts are the cases of which the published verdict is not that of a plan with Terraform, and why.
var otherVerdicts = map[string]verdict{
	"U01": {
		expect: "error", code: "pod_subnet_removed",
		reason: "newer clusters of CCE Turbo can lose a Pod subnet, but the Terraform provider refuses it, so the apply would fail",
	},
}

// prefixesOf are the numbers of whole blocks of 16 addresses in a subnet where the published ones are wrong: AWS reserves addresses in the
// first and in the last block of a /24.
var prefixesOf = map[string]int64{"K13": 14}

// profileOf returns the profile that a case names.
func profileOf(name string) (*profile.Profile, bool) {
	if other, ok := named[name]; ok {
		name = other
	}
	return profile.Default().Profile(name)
}

// missingProfiles names the profiles of a case that do not exist.
func (c published) missingProfiles() []string {
	var names []string
	for _, n := range slices.Concat([]neighbour{{Profile: c.Profile}}, c.SameVPCClusters, c.PeerClusters) {
		if _, ok := profileOf(n.Profile); !ok && n.Profile != "" && links[n.Profile] == "" {
			names = append(names, n.Profile)
		}
	}
	return names
}

// checkText compares what is wrong with a Pod range as users write it with the verdict.
func (c published) checkText(wrong func(string, ...any)) {
	if _, fault := cidr.Parse(c.PodText); fault == nil || fault.Fault != cidr.HostBits || c.Code != "not_a_network_address" {
		wrong("want the error %s, got %v", c.Code, fault)
	}
}

// otherRanges are the ranges that a cluster uses beside Pods and Services, nil where the case gives none.
func (c published) otherRanges() map[string][]netip.Prefix {
	ranges := map[string][]netip.Prefix{}
	given := map[string][]netip.Prefix{"remote_nodes": c.RemoteNodes, "remote_pods": c.RemotePods}
	if c.NonMasquerade.IsValid() {
		given["non_masquerade"] = []netip.Prefix{c.NonMasquerade}
	}
	for name, given := range given {
		if len(given) > 0 {
			ranges[name] = given
		}
	}
	return ranges
}

// podSubnets returns count subnets of the VPC 192.168.0.0/16.
func podSubnets(count int) []netip.Prefix {
	var all []netip.Prefix
	for i := range count {
		all = append(all, netip.MustParsePrefix(fmt.Sprintf("192.168.%d.0/24", i)))
	}
	return all
}

// fill writes what a case says in other words into the fields that request reads.
func (c published) fill() published {
	if other, ok := otherVerdicts[c.ID]; ok {
		c.Expect, c.Code = other.expect, other.code
	}
	c.Code = cmp.Or(ownCodes[c.Code], c.Code)
	if c.PrefixMode {
		c.Profile = "eks-prefix-delegation"
		c.UsablePrefixes = cmp.Or(prefixesOf[c.ID], c.UsablePrefixes)
		c.UsablePodAddresses = 16 * c.UsablePrefixes
	}
	if len(c.VPC) == 0 && len(c.Subnets) > 0 { // a network without blocks of its own
		c.VPC = c.Subnets
	}
	if c.HostPrefix != 0 {
		c.NodeMask = c.HostPrefix
	}
	if c.SvcDefault {
		c.SvcIsDefault = true
	}
	if c.Code == "internal_range_overlap" {
		c.Code = c.internalCode()
	}
	if c.PodDefault.IsValid() {
		c.Pod, c.SvcIsDefault = []netip.Prefix{c.PodDefault}, true
	}
	c.VPC = append(slices.Clip(c.VPC), c.AddBlock...)
	c.PodSubnets = append(slices.Clip(c.PodSubnets), podSubnets(c.PodSubnetCount)...)
	if c.SubnetRemoved {
		c.PodSubnets = podSubnets(2)
	}
	return c
}

// internalCode is the code of this project for a range that overlaps an internal one.
func (c published) internalCode() string {
	for _, p := range c.Nodes {
		if slices.ContainsFunc(c.Internal, p.Overlaps) {
			return "other_overlaps_host_network"
		}
	}
	return "pod_overlaps_other"
}

// checkInternal finds internal ranges of a case that are no defaults of its profile, which the plan then lacks.
func (c published) checkInternal(wrong func(string, ...any)) {
	var defaults []netip.Prefix
	if p, ok := profileOf(c.Profile); ok {
		for _, other := range p.OtherRanges {
			defaults = append(defaults, other.Default.CIDRs...)
		}
	}
	for _, r := range c.Internal {
		if !slices.Contains(defaults, r) {
			wrong("%s has no internal range %v", c.Profile, r)
		}
	}
}

// figuredMask is the length of node blocks that must follow from max_pods, 0 where the case gives the length itself.
func (c published) figuredMask() int {
	if c.givesMask() {
		return 0
	}
	return c.NodeMask
}

// givesMask says whether node_mask is an argument of the cluster. Beside a number of Pods it is the length that follows, unless
// the two contradict each other.
func (c published) givesMask() bool { return c.MaxPods == 0 || c.Expect == "error" }

// usable counts the addresses of the first subnet that the platform does not reserve.
func (c published) usable() int64 {
	platform := links[c.Profile]
	if p, ok := profileOf(c.Profile); ok {
		platform = p.Platform
	}
	subnets := slices.Concat(c.Nodes, c.Subnets)
	if len(subnets) == 0 {
		return 0
	}
	return profile.Default().Platform(platform).Networks.Subnets.Usable(subnets[0])
}

// inPrefixes counts the addresses of the first Pod subnet in whole blocks of 16.
func (c published) inPrefixes() int64 {
	p, ok := profileOf(c.Profile)
	if !ok || len(c.PodSubnets) == 0 || p.SubnetBlock() == 0 {
		return 0
	}
	return profile.Default().Platform(p.Platform).Networks.Subnets.UsableInBlocks(c.PodSubnets[0], p.SubnetBlock(), nil)
}

// ranges splits ranges at commas.
func ranges(text string) []netip.Prefix {
	var all []netip.Prefix
	for one := range strings.SplitSeq(text, ",") {
		all = append(all, netip.MustParsePrefix(one))
	}
	return all
}

// audited says whether a case is one of an audit: the platform chose one of several Service ranges, and a plan asks which one.
func (c published) audited() bool {
	p, ok := profileOf(c.Profile)
	return ok && c.SvcIsDefault && len(p.Services.Default.Of(cidr.V4)) > 1
}

// surge counts the nodes that an upgrade adds.
func (c published) surge() int64 {
	if c.Surge == nil {
		return 0
	}
	return *c.Surge
}

// checkNeeded compares the addresses that a subnet is short of with those that are published, where there are too few.
func (c published) checkNeeded(findings []conflict.Finding, wrong func(string, ...any)) {
	for _, f := range findings {
		if f.Code == "pod_subnets_too_small" && (f.Number.Value != c.Needed || f.Limit.Value != c.Usable) {
			wrong("needed: got %d of %d, want %d of %d", f.Number.Value, f.Limit.Value, c.Needed, c.Usable)
		}
	}
}
