package usage

import (
	"math/big"
	"slices"
)

// Growth is how many nodes each cluster gains in a month, above 0.
type Growth map[string]*big.Rat

// Months are how many months each limit of a cluster lasts while it and the clusters that share the limit grow; nil where the limit does
// not apply or a number is missing.
type Months struct {
	// Nodes is about the nodes that the Pod ranges of the cluster serve.
	Nodes *big.Rat
	// Subnets is about the free addresses of the subnets that its Pods use.
	Subnets *big.Rat
	// Routes is about the route table of its VPC.
	Routes *big.Rat
}

// First is the limit that is reached first; ok is false where there is none.
func (m Months) First() (months *big.Rat, ok bool) {
	limits := slices.DeleteFunc([]*big.Rat{m.Nodes, m.Subnets, m.Routes}, func(limit *big.Rat) bool { return limit == nil })
	if len(limits) == 0 {
		return nil, false
	}
	return slices.MinFunc(limits, (*big.Rat).Cmp), true
}

// MonthsOfCluster says how long the limits of a cluster last.
func (s *Survey) MonthsOfCluster(name string, g Growth, observed Observed) Months {
	if g[name] == nil {
		return Months{}
	}
	return Months{s.nodesLast(name, g, observed), s.subnetsLast(name, g, observed), s.routesLast(name, g, observed)}
}

func (s *Survey) nodesLast(name string, g Growth, observed Observed) *big.Rat {
	nodes := s.shares(name, observed).Nodes
	if g[name] == nil || nodes.Observed == nil || nodes.Served == nil {
		return nil
	}
	return exhausted(between(nodes.Observed, nodes.Served), []drain{{new(big.Rat), g[name]}})
}

// subnetsLast takes as many addresses for each further node as it can have Pods, or as its blocks have.
func (s *Survey) subnetsLast(name string, g Growth, observed Observed) *big.Rat {
	pods := s.shares(name, observed).Pods
	cl, _, _ := s.inUse.Cluster(name)
	if pods.Observed == nil || len(cl.PodSubnets) == 0 {
		return nil
	}
	ofCluster := func(subnet string) bool { return slices.Contains(cl.PodSubnets, subnet) }
	var drains []drain
	for other, rate := range g {
		sharing, _, _ := s.inUse.Cluster(other)
		if sharing.VPC != cl.VPC || !slices.ContainsFunc(sharing.PodSubnets, ofCluster) {
			continue
		}
		node := s.inUse.NodeSize(other)
		each := max(node.Pods, node.Addresses)
		if each == 0 {
			return nil
		}
		drains = append(drains, drain{new(big.Rat), scaled(rate, each)})
	}
	return exhausted(between(pods.Observed, pods.Served), drains)
}

// routesLast counts observed nodes where there are any, and for the other clusters of the VPC the nodes that they ask for.
func (s *Survey) routesLast(name string, g Growth, observed Observed) *big.Rat {
	cl, prof, known := s.inUse.Cluster(name)
	asked, quota, counted := s.inUse.RouteUse(cl.VPC)
	if !known || !counted || prof.Nodes.RoutesPerNode == 0 {
		return nil
	}
	used := big.NewInt(asked)
	var drains []drain
	for other := range s.request.Facts.Clusters {
		sharing, prof, known := s.inUse.Cluster(other)
		if !known || sharing.VPC != cl.VPC {
			continue
		}
		each := prof.Nodes.RoutesPerNode
		if nodes, has := observed.Nodes[other]; has {
			used.Add(used, new(big.Int).Mul(new(big.Int).Sub(big.NewInt(nodes), big.NewInt(sharing.Need.MaxNodes)), big.NewInt(each)))
		}
		if rate := g[other]; rate != nil {
			drains = append(drains, drain{new(big.Rat), scaled(rate, each)})
		}
	}
	return exhausted(between(used, big.NewInt(quota)), drains)
}

// drain takes something that is left, from some month on.
type drain struct {
	from *big.Rat
	// each is how much it takes in a month: above 0 for one of the drains at least.
	each *big.Rat
}

// exhausted is the month in which drains have taken all that is left.
func exhausted(left *big.Rat, drains []drain) *big.Rat {
	drains = slices.SortedFunc(slices.Values(drains), func(a, b drain) int { return a.from.Cmp(b.from) })
	rate, now := new(big.Rat), new(big.Rat)
	for _, d := range drains {
		taken := new(big.Rat).Mul(rate, new(big.Rat).Sub(d.from, now))
		if taken.Cmp(left) > 0 {
			break
		}
		left = new(big.Rat).Sub(left, taken)
		rate = new(big.Rat).Add(rate, d.each)
		now = d.from
	}
	return new(big.Rat).Add(now, new(big.Rat).Quo(left, rate))
}

// between is how much more one number is than another, at least 0.
func between(from, to *big.Int) *big.Rat {
	left := new(big.Int).Sub(to, from)
	if left.Sign() < 0 {
		left.SetInt64(0)
	}
	return new(big.Rat).SetInt(left)
}

func scaled(rate *big.Rat, by int64) *big.Rat {
	return new(big.Rat).Mul(rate, new(big.Rat).SetInt64(by))
}

// Hundredths is a number of months in hundredths, rounded down, up to a number that no plan needs.
func Hundredths(months *big.Rat) int64 {
	n := new(big.Int).Quo(new(big.Int).Mul(months.Num(), big.NewInt(100)), months.Denom())
	if !n.IsInt64() {
		return maxHundredths
	}
	return min(n.Int64(), maxHundredths)
}

// maxHundredths are 1,000 years.
const maxHundredths = 12 * 1000 * 100
