package profile

import (
	"math"
	"net/netip"
	"slices"

	"github.com/cidrplan/terraform-provider-cidrplan/internal/cidr"
)

// Further are the ranges that were appended to the first ones of a cluster, in the order in which they were added. IPv4 Pod ranges are
// not among them: a list has all of those.
type Further struct {
	Services, PodsIPv6, ServicesIPv6 []netip.Prefix
}

// FurtherList is a list of further ranges.
type FurtherList struct {
	// Attr is the attribute that has the list, First the one that has the first range.
	Attr, First string
	// Kind is PodRanges or ServiceRanges.
	Kind   string
	Family cidr.Family
	Ranges *[]netip.Prefix
}

// Lists are all lists, by which they can be read and changed.
func (f *Further) Lists() [3]FurtherList {
	return [...]FurtherList{
		{"further_service_cidrs", "service_cidr", ServiceRanges, cidr.V4, &f.Services},
		{"further_pod_ipv6_cidrs", "pod_ipv6_cidr", PodRanges, cidr.V6, &f.PodsIPv6},
		{"further_service_ipv6_cidrs", "service_ipv6_cidr", ServiceRanges, cidr.V6, &f.ServicesIPv6},
	}
}

// FirstOf is the range that comes before those of a list, invalid where there is none.
func (r Ranges) FirstOf(list FurtherList) netip.Prefix {
	return map[string]netip.Prefix{
		"service_cidr": r.Service, "pod_ipv6_cidr": r.PodIPv6, "service_ipv6_cidr": r.ServiceIPv6,
	}[list.First]
}

// Len is the number of ranges of all lists.
func (f Further) Len() int { return len(f.Services) + len(f.PodsIPv6) + len(f.ServicesIPv6) }

// All are the ranges of all lists.
func (f Further) All() []netip.Prefix { return slices.Concat(f.Services, f.PodsIPv6, f.ServicesIPv6) }

// Clone is a copy that shares no list.
func (f Further) Clone() Further {
	for _, list := range f.Lists() {
		*list.Ranges = slices.Clone(*list.Ranges)
	}
	return f
}

// Equal says whether all lists are the same.
func (f Further) Equal(o Further) bool { return f.StartsWith(o) && o.StartsWith(f) }

// StartsWith says whether each list starts with that of others.
func (f Further) StartsWith(o Further) bool {
	lists := f.Lists()
	for i, other := range o.Lists() {
		if all, held := *lists[i].Ranges, *other.Ranges; len(all) < len(held) || !slices.Equal(all[:len(held)], held) {
			return false
		}
	}
	return true
}

// Services are all IPv4 Service ranges, the first one first.
func (r Ranges) Services() []netip.Prefix { return behind(r.Service, r.Further.Services) }

// PodsIPv6 and ServicesIPv6 are the same for IPv6.
func (r Ranges) PodsIPv6() []netip.Prefix { return behind(r.PodIPv6, r.Further.PodsIPv6) }

// ServicesIPv6 are all IPv6 Service ranges, the first one first.
func (r Ranges) ServicesIPv6() []netip.Prefix { return behind(r.ServiceIPv6, r.Further.ServicesIPv6) }

// AllServices are the Service ranges of both families.
func (r Ranges) AllServices() []netip.Prefix { return append(r.Services(), r.ServicesIPv6()...) }

// behind is a first range, where it is valid, and the further ones behind it.
func behind(first netip.Prefix, further []netip.Prefix) []netip.Prefix {
	if !first.IsValid() {
		return slices.Clone(further)
	}
	return append([]netip.Prefix{first}, further...)
}

// ServicesIn counts the Services of ranges of one family as the platform's argument counts them. A range inside of another one has no
// addresses of its own.
func (p *Profile) ServicesIn(ranges []netip.Prefix) int64 {
	return sumOf(ranges, func(r netip.Prefix) int64 {
		if cidr.FamilyOf(r) == cidr.V6 {
			return p.ServicesOf6(r.Bits())
		}
		return p.ServicesOf(r.Bits())
	})
}

// usableServices counts the Services that ranges of one family really have.
func (p *Profile) usableServices(ranges []netip.Prefix) int64 {
	return sumOf(ranges, func(r netip.Prefix) int64 {
		if cidr.FamilyOf(r) == cidr.V6 {
			return p.services6(r.Bits(), p.Services.Lost)
		}
		return capacity(r.Bits(), p.Services.Lost)
	})
}

// NodesIn6 counts the nodes with blocks of a prefix length that IPv6 Pod ranges serve.
func (p *Profile) NodesIn6(pods []netip.Prefix, mask int) int64 {
	return sumOf(pods, func(r netip.Prefix) int64 { return p.NodesOf6(r, mask) })
}

// sumOf adds a number for each range that is not inside of another one, up to the largest number that can be counted.
func sumOf(ranges []netip.Prefix, number func(netip.Prefix) int64) int64 {
	var sum int64
	for _, r := range cidr.Outermost(ranges) {
		sum += min(number(r), math.MaxInt64-sum)
	}
	return sum
}

// FurtherServiceSize returns the prefix length of an IPv4 Service range that is added for more Services.
func (p *Profile) FurtherServiceSize(services int64) (int, *SizeError) {
	limits := enforced(p.Services.Limits)
	shortest, longest := lengths(limits, cidr.V4)
	if s := p.Services.SizedLongest; s != 0 {
		longest = min(longest, s)
	}
	if err := within(
		"max_services", services, 1, p.ServicesOf(shortest), PlatformLimit{}, ruleOf(limits, cidr.V4),
	); err != nil {
		return 0, err
	}
	return min(longest, cidr.LongestFor(uint64(services+p.lostServices()), cidr.V4)), nil
}

// FurtherServiceSize6 is the same for IPv6.
func (p *Profile) FurtherServiceSize6(services int64) (int, *SizeError) {
	return p.ServiceSize6(Need{MaxServices: services})
}
