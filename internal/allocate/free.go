package allocate

import (
	"net/netip"
	"slices"

	"github.com/cidrplan/terraform-provider-cidrplan/internal/cidr"
	"github.com/cidrplan/terraform-provider-cidrplan/internal/conflict"
	"github.com/cidrplan/terraform-provider-cidrplan/internal/profile"
)

// Availability says whether a range is free.
type Availability struct {
	// Holders are the claims that share addresses with the range, in the order of their ranges.
	Holders []conflict.Claim
	// Supernets are those of planners that share addresses with the range: a planner may allocate from them at any time.
	Supernets []conflict.Claim
	// Nearest are the free ranges of the same size in the rooms that were given, the nearest one first, up to maxSuggested.
	Nearest []netip.Prefix
}

// Available says who uses addresses of a range, and which ranges as large are free in the rooms. It compares with everything that
// networks, routes, clusters and planners of the request use, whether they reach each other or not: a range that is free here may be used
// anywhere.
func Available(r Request, asked netip.Prefix, rooms []netip.Prefix, catalog *profile.Catalog) Availability {
	r.Prior = nil
	s, _ := readPrior(newInputs(r, r.allowing(catalog)), nil)
	var a Availability
	var used []netip.Prefix
	for _, c := range collectKnown(s).claims {
		switch overlaps := c.Range.IsValid() && c.Range.Overlaps(asked); {
		case c.Kind == conflict.Supernet && overlaps:
			a.Supernets = append(a.Supernets, c)
		case c.Kind == conflict.Supernet || !c.Range.IsValid():
		default:
			used = append(used, c.Range)
			if overlaps {
				a.Holders = append(a.Holders, c)
			}
		}
	}
	slices.SortStableFunc(a.Holders, func(x, y conflict.Claim) int { return cidr.Compare(x.Range, y.Range) })
	free := cidr.NewSpace(cidr.NewSet(rooms...).Minus(cidr.NewSet(used...)))
	for range maxSuggested {
		near, ok := free.Nearest(asked, asked.Bits())
		if !ok {
			break
		}
		a.Nearest = append(a.Nearest, near)
		free.Remove(near)
	}
	return a
}
