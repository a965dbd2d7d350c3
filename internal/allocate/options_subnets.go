package allocate

import (
	"fmt"
	"maps"
	"net/netip"
	"slices"

	"github.com/cidrplan/terraform-provider-cidrplan/internal/cidr"
	"github.com/cidrplan/terraform-provider-cidrplan/internal/conflict"
	"github.com/cidrplan/terraform-provider-cidrplan/internal/profile"
	"github.com/cidrplan/terraform-provider-cidrplan/internal/topology"
)

// subnetOptions are the options that add a subnet to a VPC: for Pods that may not share theirs or have one of a wrong length, and for
// nodes or Pods that lack addresses.
func (o *optionFinder) subnetOptions(f conflict.Finding) []topology.Option {
	vpc, declared := o.request.Facts.VPCs[f.A.Network]
	if !declared || f.A.Profile == nil {
		return nil
	}
	switch {
	case f.Number.Unit == conflict.Addresses:
		return o.moreAddresses(f, vpc)
	case f.A.Part != "" && f.A.OfClusterOrBlock():
		return o.ownSubnet(f, vpc)
	}
	return nil
}

// ownSubnet is the option that replaces a subnet of Pods or nodes with a new one, of the same length if the platform accepts it.
func (o *optionFinder) ownSubnet(f conflict.Finding, vpc topology.VPC) []topology.Option {
	pods := conflict.OfPods(f.Code)
	if _, held := o.before[f.A.Owner]; held && pods { // Pods keep the subnets that they have
		return nil
	}
	for _, length := range lengthsFrom(f.A.Range) {
		subnet, ok := o.freeSubnet(vpc, f.A.Range, length)
		if !ok || !fitsAll(f.A.Profile.Pods.Subnets.Limits, subnet) {
			continue
		}
		name := freeName(vpc.Subnets, f.A.Owner+"-pods")
		if !pods {
			name = freeName(vpc.Subnets, f.A.Owner+"-nodes")
		}
		return []topology.Option{
			{Kind: conflict.OwnSubnet, Edits: []topology.Edit{subnetEdit(f.A.Network, name, subnet), topology.Set(f.A.At, name)}},
		}
	}
	return nil
}

// moreAddresses is the option that adds the smallest subnet with the addresses that are missing. It helps only those who are named
// last: where more is missing than these need, there is none.
func (o *optionFinder) moreAddresses(f conflict.Finding, vpc topology.VPC) []topology.Option {
	missing := f.Number.Value - f.Limit.Value
	if missing > f.Terms[len(f.Terms)-1].Value {
		return nil
	}
	rules := o.catalog.Platform(topology.PlatformOf(vpc)).Networks.Subnets
	usable := func(subnet netip.Prefix) int64 {
		if f.Block != 0 {
			return rules.UsableInBlocks(subnet, f.Block, nil)
		}
		return rules.Usable(subnet)
	}
	name, pods := freeName(vpc.Subnets, f.A.Owner+"-nodes"), conflict.OfPods(f.Code)
	if pods {
		name = freeName(vpc.Subnets, f.A.Owner+"-pods")
	}
	for length := 29; length > 0; length-- {
		subnet, ok := o.freeSubnet(vpc, first(vpc.CIDRBlocks), length)
		if !ok || usable(subnet) < missing || pods && !fitsAll(f.A.Profile.Pods.Subnets.Limits, subnet) {
			continue
		}
		return []topology.Option{
			{Kind: conflict.MoreSubnets, Edits: []topology.Edit{subnetEdit(f.A.Network, name, subnet), topology.Add(f.A.At, name)}},
		}
	}
	return nil
}

func subnetEdit(vpc, name string, subnet netip.Prefix) topology.Edit {
	return topology.Set(topology.Path{}.Attr("vpcs").Key(vpc).Attr("subnets").Key(name), subnet.String())
}

// freeSubnet is the range of a length in the blocks of a VPC that is nearest to another one and that no subnet, reserved range or
// cluster has; there is none near an invalid range. The VPC declares all its subnets, or an entry in reserved keeps the others free.
func (o *optionFinder) freeSubnet(vpc topology.VPC, near netip.Prefix, length int) (subnet netip.Prefix, ok bool) {
	if vpc.Unknown.Has("subnets") || vpc.Unknown.Has("cidr_blocks") {
		return netip.Prefix{}, false
	}
	var taken []netip.Prefix
	for _, c := range o.claims {
		if c.Kind != conflict.VPC && c.Kind != conflict.Supernet && c.Part == "" {
			taken = append(taken, c.Range)
		}
	}
	taken = slices.AppendSeq(taken, maps.Values(vpc.Subnets))
	taken = slices.DeleteFunc(taken, func(r netip.Prefix) bool { return !r.IsValid() })
	blocks := slices.DeleteFunc(slices.Clone(vpc.CIDRBlocks), func(r netip.Prefix) bool { return !r.IsValid() })
	free := cidr.NewSpace(cidr.NewSet(blocks...).Minus(cidr.NewSet(taken...)))
	subnet, ok = free.Nearest(near, length)
	return subnet, ok && fitsAll(o.catalog.Platform(topology.PlatformOf(vpc)).Networks.Subnets.Limits, subnet)
}

// fitsAll says whether a range keeps all limits.
func fitsAll(limits []profile.Limit, r netip.Prefix) bool {
	return !slices.ContainsFunc(limits, func(l profile.Limit) bool { return l.FitOf(r) != profile.Fits })
}

// freeName is a name that a map does not have.
func freeName[V any](m map[string]V, name string) string {
	free := name
	for i := 2; ; i++ {
		if _, taken := m[free]; !taken {
			return free
		}
		free = fmt.Sprintf("%s-%d", name, i)
	}
}
