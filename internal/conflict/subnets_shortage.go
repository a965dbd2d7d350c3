package conflict

import "github.com/cidrplan/terraform-provider-cidrplan/internal/topology"

// shortOfAddresses are the tenants that cannot get all addresses they need, however the addresses of their subnets are
// divided: each group of them that shares subnets needs more than all its subnets have. It is the maximum flow from tenants to
// subnets; the tenants are on the near side of its minimum cut.
func shortOfAddresses(tenants []tenant, v topology.VPC, rooms subnetAddresses) []tenant {
	s := sharing{tenants: tenants, free: map[string]int64{}, taken: make([]map[string]int64, len(tenants))}
	for i, t := range tenants {
		s.taken[i] = map[string]int64{}
		for _, name := range t.subnets {
			s.free[name] = rooms.usable(v.Subnets[name])
		}
	}
	var short []int
	for i := range tenants {
		if !s.serve(i) {
			short = append(short, i)
		}
	}
	in := map[int]bool{}
	for _, i := range short {
		_, reached := s.search(i)
		for k := range reached {
			in[k] = true
		}
	}
	var out []tenant
	for i, t := range tenants {
		if in[i] {
			out = append(out, t)
		}
	}
	return out
}

// sharing is how addresses of subnets are shared out so far.
type sharing struct {
	tenants []tenant
	// free counts the addresses of each subnet that nobody has, taken those that a tenant has.
	free  map[string]int64
	taken []map[string]int64
}

// take is what a tenant would take, and which other tenant has to release as much.
type take struct {
	tenant int
	subnet string
}

// serve gives a tenant the addresses it needs, if necessary by moving others to subnets with free addresses; it says whether
// that was all.
func (s sharing) serve(i int) bool {
	for want := s.tenants[i].addresses; want > 0; {
		last, givers := s.search(i)
		if last.subnet == "" {
			return false
		}
		moved := min(want, s.free[last.subnet])
		for k := last.tenant; k != i; k = givers[k].tenant {
			moved = min(moved, s.taken[k][givers[k].subnet])
		}
		s.free[last.subnet] -= moved
		s.taken[last.tenant][last.subnet] += moved
		for k := last.tenant; k != i; k = givers[k].tenant {
			s.taken[k][givers[k].subnet] -= moved
			s.taken[givers[k].tenant][givers[k].subnet] += moved
		}
		want -= moved
	}
	return true
}

// search looks for the nearest free address that a tenant can have if others move, and says who
// would take it; the zero take when there is none. reached are the tenants that were asked to move,
// each with the one that asked, and the tenant itself.
func (s sharing) search(i int) (last take, reached map[int]take) {
	reached = map[int]take{i: {}}
	for queue := []int{i}; len(queue) > 0; queue = queue[1:] {
		asking := queue[0]
		for _, name := range s.tenants[asking].subnets {
			if s.free[name] > 0 {
				return take{asking, name}, reached
			}
			for k := range s.tenants {
				if _, asked := reached[k]; !asked && s.taken[k][name] > 0 {
					reached[k] = take{asking, name}
					queue = append(queue, k)
				}
			}
		}
	}
	return take{}, reached
}
