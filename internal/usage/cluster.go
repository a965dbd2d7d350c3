package usage

import (
	"cmp"
	"fmt"
	"math/big"

	"github.com/cidrplan/terraform-provider-cidrplan/internal/allocate"
	"github.com/cidrplan/terraform-provider-cidrplan/internal/profile"
	"github.com/cidrplan/terraform-provider-cidrplan/internal/topology"
)

// Cluster is what a cluster asks for, and what its ranges serve.
type Cluster struct {
	Nodes, Pods, Services Share
	// PodRanges counts IPv4 Pod ranges against the number that the platform accepts; Served is nil where Pods use
	// subnets, or where the platform publishes no number.
	PodRanges Share
	// Routes counts entries of the route table of the VPC, those for other clusters among them; Served is nil where the nodes of the
	// cluster take none, or their number is not given.
	Routes Share
	// RoutesEach are those of one cluster with as many nodes.
	RoutesEach int64
	// More is how many further clusters like it have room; nil where that is not known.
	More *allocate.More
}

// Share is a part of what is served. Each number is nil where there is none.
type Share struct{ Asked, Observed, Served *big.Int }

// Percent is what is observed, or else asked for, of what is served, in hundredths of a percent, rounded down. ok is false where one of
// the two is missing, or nothing is served.
func (s Share) Percent() (hundredths int64, ok bool) {
	part := s.Observed
	if part == nil {
		part = s.Asked
	}
	if part == nil || s.Served == nil || s.Served.Sign() == 0 {
		return 0, false
	}
	return percent(part, s.Served), true
}

// Observed is what runs in a cloud.
type Observed struct {
	// Nodes are the numbers of nodes by cluster.
	Nodes map[string]int64
	// Available are the numbers of free addresses by VPC and subnet.
	Available map[string]map[string]int64
}

// Cluster is what a declared cluster that holds its ranges asks for, and what these serve. A mirror cluster asks for what its
// original does.
func (s *Survey) Cluster(name string, observed Observed) Cluster {
	c := s.shares(name, observed)
	c.More = s.more(name)
	return c
}

// shares is a Cluster without More.
func (s *Survey) shares(name string, observed Observed) Cluster {
	cl, prof, known := s.inUse.Cluster(name)
	if !known {
		return Cluster{}
	}
	usable := s.inUse.Usable(name)
	node := s.inUse.NodeSize(name)
	held := s.request.Prior.Allocations[name].Ranges
	c := Cluster{Nodes: Share{Asked: orNil(cl.Need.MaxNodes)}, Services: Share{Asked: orNil(cl.Need.MaxServices)}}
	if nodes, has := observed.Nodes[name]; has {
		c.Nodes.Observed = big.NewInt(nodes)
	}
	if held.Service.IsValid() || held.ServiceIPv6.IsValid() {
		c.Services.Served = big.NewInt(usable.Services)
	}
	if pods := cmp.Or(cl.Need.PodsPerNode, node.Pods); cl.Need.MaxNodes != 0 && pods != 0 {
		c.Pods.Asked = times(cl.Need.MaxNodes, pods)
	}
	if prof.Pods.From == profile.Subnets {
		c.Pods.Served, c.Pods.Observed = s.subnets(cl, prof.SubnetBlock(), observed)
		if c.Pods.Asked != nil && node.Addresses != 0 { // blocks of subnets: all addresses of the nodes' blocks
			c.Pods.Asked = times(cl.Need.MaxNodes, node.Addresses)
		}
	} else {
		c.Nodes.Served, c.Pods.Served = big.NewInt(usable.Nodes), times(usable.Nodes, node.Pods)
		if c.Nodes.Observed != nil {
			c.Pods.Observed = times(c.Nodes.Observed.Int64(), node.Pods)
		}
		c.PodRanges = Share{Asked: big.NewInt(int64(len(held.Pods)))}
		if most := mostPodRanges(cl, prof, len(held.Pods)); most < profile.Unlimited {
			c.PodRanges.Served = big.NewInt(int64(most))
		}
	}
	if used, quota, counted := s.inUse.RouteUse(cl.VPC); counted && prof.Nodes.RoutesPerNode != 0 && cl.Need.MaxNodes != 0 {
		c.Routes = Share{Asked: big.NewInt(used), Served: big.NewInt(quota)}
		c.RoutesEach = cl.Need.MaxNodes * prof.Nodes.RoutesPerNode
	}
	return c
}

// mostPodRanges is the number of Pod ranges that a cluster with so many can have. A cluster that no longer allows further ones keeps those
// that were appended to it.
func mostPodRanges(cl topology.Cluster, prof *profile.Profile, held int) int {
	most := prof.MaxPodRanges(cl.AppendRanges)
	if prof.CanAppend(profile.PodRanges) && !prof.Appends(profile.PodRanges, cl.AppendRanges) {
		return max(most, held)
	}
	return most
}

// subnets counts the addresses of the subnets that Pods of a cluster use, in blocks of a prefix length or as single ones, and how many
// of them are taken; nil where one of the subnets is not known, or where it is not observed how many are free in it.
func (s *Survey) subnets(cl topology.Cluster, block int, observed Observed) (served, taken *big.Int) {
	if len(cl.PodSubnets) == 0 {
		return nil, nil
	}
	served, taken = new(big.Int), new(big.Int)
	for _, name := range cl.PodSubnets {
		usable, known := s.inUse.UsableInSubnet(cl.VPC, name, block)
		if !known {
			return nil, nil
		}
		served.Add(served, big.NewInt(usable))
		if available, has := observed.Available[cl.VPC][name]; has && taken != nil {
			all, _ := s.inUse.UsableInSubnet(cl.VPC, name, 0)
			taken.Add(taken, big.NewInt(min(usable, max(0, all-available))))
		} else {
			taken = nil
		}
	}
	return served, taken
}

// more is how many further clusters like one have room, nil where that is not known. It is computed once for equal clusters.
func (s *Survey) more(name string) *allocate.More {
	key := fmt.Sprintf("%v", s.inUse.Template(name))
	if known, has := s.alike[key]; has {
		return known
	}
	var more *allocate.More
	if m, ok := s.inUse.MoreLike(name); ok {
		more = &m
	}
	s.alike[key] = more
	return more
}

// orNil is a number, nil for 0.
func orNil(n int64) *big.Int {
	if n == 0 {
		return nil
	}
	return big.NewInt(n)
}

func times(a, b int64) *big.Int { return new(big.Int).Mul(big.NewInt(a), big.NewInt(b)) }
