package oracle

import "slices"

// Tenant needs a number of addresses from the subnets that it names, from one or from several.
type Tenant struct {
	Addresses int64
	Subnets   []string
}

// Shortages returns every set of tenants, by index, that is connected by the subnets that its members
// name and needs more addresses than all these subnets have. A single tenant is a connected set. It
// tries all sets, so there must be few tenants.
func Shortages(tenants []Tenant, free map[string]int64) (shortages [][]int) {
	for bits := 1; bits < 1<<len(tenants); bits++ {
		var set []int
		named := map[string]bool{}
		var wanted, total int64
		for i, t := range tenants {
			if bits&(1<<i) == 0 {
				continue
			}
			set = append(set, i)
			wanted += t.Addresses
			for _, name := range t.Subnets {
				if !named[name] {
					total += free[name]
				}
				named[name] = true
			}
		}
		if wanted > total && connected(tenants, set) {
			shortages = append(shortages, set)
		}
	}
	return shortages
}

// connected says whether every tenant of a set is reached from the first one by steps from one tenant to another
// that names one of its subnets.
func connected(tenants []Tenant, set []int) bool {
	found := []int{set[0]}
	for at := 0; at < len(found); at++ {
		for _, i := range set {
			shares := slices.ContainsFunc(
				tenants[i].Subnets,
				func(subnet string) bool { return slices.Contains(tenants[found[at]].Subnets, subnet) },
			)
			if shares && !slices.Contains(found, i) {
				found = append(found, i)
			}
		}
	}
	return len(found) == len(set)
}

// AllServed says whether all tenants can have the addresses they need; it allocates one address after the
// other in every way there is.
func AllServed(tenants []Tenant, free map[string]int64) bool {
	for i, t := range tenants {
		if t.Addresses == 0 {
			continue
		}
		rest := slices.Clone(tenants)
		rest[i].Addresses--
		for _, name := range t.Subnets {
			if free[name] == 0 {
				continue
			}
			free[name]--
			served := AllServed(rest, free)
			free[name]++
			if served {
				return true
			}
		}
		return false // the order in which they are asked does not matter
	}
	return true
}
