package profile

import (
	"fmt"

	"github.com/cidrplan/terraform-provider-cidrplan/internal/cidr"
)

// IPv6 says what a mode gives to a cluster that has both families.
type IPv6 struct {
	// Dual says whether clusters may have both families; Rule says where that is published.
	Dual bool `yaml:"dual"`
	// Pods is "own" for a Pod range of the cluster's own, "subnets" for addresses from the VPC's and
	// "platform" for those that the platform chooses itself.
	Pods string `yaml:"pods"`
	// Services is "own" for a range that the configuration gives, "platform" for one that the
	// platform chooses itself.
	Services string `yaml:"services"`
	// ServiceLength is the prefix length of a Service range that is handed out.
	ServiceLength int `yaml:"service_length"`
	// NodeMask is the prefix length of each node's block of Pod addresses.
	NodeMask int `yaml:"node_mask"`
	// MaxDifference bounds NodeMask minus Pod prefix length; 0 is no bound.
	MaxDifference int `yaml:"max_difference"`
	Rule          `yaml:",inline"`
}

// Size6 is what a cluster with both families needs of IPv6: prefix lengths, 0 for a range that is
// not its own.
type Size6 struct{ Pod, Service, NodeMask int }

// Size6 works out what goes with IPv4 Pod ranges that serve so many nodes.
func (p *Profile) Size6(nodes int64) (Size6, *SizeError) {
	var size Size6
	if p.IPv6.Services == "own" {
		size.Service = p.IPv6.ServiceLength
	}
	if p.IPv6.Pods != "own" {
		return size, nil
	}
	size.NodeMask = p.IPv6.NodeMask
	size.Pod = size.NodeMask - cidr.Bits(uint64(max(nodes, 1)))
	least := 0
	if p.IPv6.MaxDifference != 0 {
		least = size.NodeMask - p.IPv6.MaxDifference
	}
	if size.Pod < least {
		return size, &SizeError{
			Argument: "max_nodes", Value: nodes, Min: 1, Max: 1 << (size.NodeMask - least),
			Because: fmt.Sprintf("IPv6 node blocks are /%d", size.NodeMask), Rule: p.IPv6.Rule,
		}
	}
	return size, nil
}
