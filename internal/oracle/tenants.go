package oracle

import "slices"

// Tenant wants some addresses of the rooms that it names, however they are spread over them.
type Tenant struct {
	Wants int64
	Rooms []string
}

// Crowds lists every set of tenants, by index, that hangs together by the rooms that its members
// name and wants more than all these rooms have. A tenant alone is a set that hangs together. It
// tries all sets, so there must be few tenants.
func Crowds(tenants []Tenant, rooms map[string]int64) (crowds [][]int) {
	for bits := 1; bits < 1<<len(tenants); bits++ {
		var set []int
		named := map[string]bool{}
		var wanted, room int64
		for i, t := range tenants {
			if bits&(1<<i) == 0 {
				continue
			}
			set = append(set, i)
			wanted += t.Wants
			for _, name := range t.Rooms {
				if !named[name] {
					room += rooms[name]
				}
				named[name] = true
			}
		}
		if wanted > room && hangTogether(tenants, set) {
			crowds = append(crowds, set)
		}
	}
	return crowds
}

// hangTogether says whether all of a set are found from its first by going from one to another
// that names a room of it.
func hangTogether(tenants []Tenant, set []int) bool {
	found := []int{set[0]}
	for at := 0; at < len(found); at++ {
		for _, i := range set {
			shares := slices.ContainsFunc(
				tenants[i].Rooms,
				func(room string) bool { return slices.Contains(tenants[found[at]].Rooms, room) },
			)
			if shares && !slices.Contains(found, i) {
				found = append(found, i)
			}
		}
	}
	return len(found) == len(set)
}

// Housed says whether all tenants can have what they want; it hands out one address after the
// other in every way there is.
func Housed(tenants []Tenant, rooms map[string]int64) bool {
	for i, t := range tenants {
		if t.Wants == 0 {
			continue
		}
		rest := slices.Clone(tenants)
		rest[i].Wants--
		for _, name := range t.Rooms {
			if rooms[name] == 0 {
				continue
			}
			rooms[name]--
			housed := Housed(rest, rooms)
			rooms[name]++
			if housed {
				return true
			}
		}
		return false // whoever is asked first, the others are asked after
	}
	return true
}
