package conflict

import "github.com/cidrplan/terraform-provider-cidrplan/internal/topology"

// shortOfAddresses are the tenants that cannot get all addresses they need, however the addresses of their subnets are
// divided: each group of them that shares subnets needs more than all its subnets have. It is the maximum flow from tenants to
// subnets; the tenants are on the near side of its minimum cut.
func shortOfAddresses(tenants []tenant, v topology.VPC, rooms subnetAddresses) []tenant {
	s := sharing{tenants: tenants, free: map[place]int64{}, taken: make([]map[place]int64, len(tenants))}
	for i, t := range tenants {
		s.taken[i] = map[place]int64{}
		for _, p := range t.places() {
			s.free[p] = rooms.in(p, v)
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

// sharing is how addresses of subnets are divided among tenants so far.
type sharing struct {
	tenants []tenant
	// free is the number of free addresses of each place, taken the number that each tenant has there.
	free  map[place]int64
	taken []map[place]int64
}

// place is a part of a subnet: its whole blocks, or the addresses outside of them.
type place struct {
	subnet string
	whole  bool
}

// places are the parts of its subnets that a tenant can use. Single addresses can be in both, and leave whole blocks free where they can.
func (t tenant) places() []place {
	var places []place
	for _, name := range t.subnets {
		if t.block == 0 {
			places = append(places, place{subnet: name})
		}
		places = append(places, place{subnet: name, whole: true})
	}
	return places
}

// take is a tenant and the place from which it would take addresses.
type take struct {
	tenant int
	place  place
}

// serve gives a tenant the addresses it needs, if necessary by moving others to subnets with free addresses. It returns false if
// there are too few.
func (s sharing) serve(i int) bool {
	for want := s.tenants[i].addresses; want > 0; {
		last, givers := s.search(i)
		if last.place.subnet == "" {
			return false
		}
		moved := min(want, s.free[last.place])
		for k := last.tenant; k != i; k = givers[k].tenant {
			moved = min(moved, s.taken[k][givers[k].place])
		}
		s.free[last.place] -= moved
		s.taken[last.tenant][last.place] += moved
		for k := last.tenant; k != i; k = givers[k].tenant {
			s.taken[k][givers[k].place] -= moved
			s.taken[givers[k].tenant][givers[k].place] += moved
		}
		want -= moved
	}
	return true
}

// search looks for a free address that a tenant can have if others move. last is who would take the free address, and where; the zero
// take if there is none. reached has the tenants that would have to move for it: each with the tenant that would take its addresses, and
// where.
func (s sharing) search(i int) (last take, reached map[int]take) {
	reached = map[int]take{i: {}}
	for queue := []int{i}; len(queue) > 0; queue = queue[1:] {
		asking := queue[0]
		for _, p := range s.tenants[asking].places() {
			if s.free[p] > 0 {
				return take{asking, p}, reached
			}
			for k := range s.tenants {
				if _, asked := reached[k]; !asked && s.taken[k][p] > 0 {
					reached[k] = take{asking, p}
					queue = append(queue, k)
				}
			}
		}
	}
	return take{}, reached
}
