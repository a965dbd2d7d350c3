package provider

import (
	"fmt"
	"maps"
	"math/big"
	"net/netip"
	"slices"

	"github.com/cidrplan/terraform-provider-cidrplan/internal/cidr"
	"github.com/cidrplan/terraform-provider-cidrplan/internal/conflict"
	"github.com/cidrplan/terraform-provider-cidrplan/internal/topology"
	"github.com/cidrplan/terraform-provider-cidrplan/internal/usage"
	"github.com/cidrplan/terraform-provider-cidrplan/internal/values"
)

// usageValue makes the value of usage, for values.Encode.
type usageValue struct {
	resourceArgument
	*usage.Survey
	options usageOptions
	// unknown says that it is not known yet what is in use.
	unknown bool
}

func newUsageValue(v resourceArgument, s *usage.Survey, options usageOptions) usageValue {
	return usageValue{v, s, options, s.Unknown() || v.result.HoldingsUnknown()}
}

func (u usageValue) attributes() map[string]any {
	pools, supernets, clusters := map[string]any{}, map[string]any{}, map[string]any{}
	for _, name := range u.Pools()[1:] {
		pools[name] = u.pool(name)
	}
	for _, supernet := range u.Supernets() {
		supernets[supernet.String()] = u.counts([]netip.Prefix{supernet})
	}
	if !u.writer.OfBlocks {
		for name := range u.request.Facts.Clusters {
			clusters[name] = u.cluster(name)
		}
	}
	return map[string]any{
		"total": u.families("", u.Supernets()), "default_pool": u.pool(""), "pools": pools,
		"supernets": supernets, "clusters": clusters,
	}
}

// pool are the figures of the supernets of a pool, those for Services alone apart from the others.
func (u usageValue) pool(name string) map[string]any {
	pool := u.Pool(name)
	out := u.families("", pool.Supernets, name)
	maps.Copy(out, u.families("service_", pool.ServiceSupernets, name))
	return out
}

// families are the figures of supernets by family, null for one that none has. Their names have a prefix.
func (u usageValue) families(prefix string, supernets []netip.Prefix, pools ...string) map[string]any {
	out := map[string]any{}
	for name, family := range map[string]cidr.Family{"ipv4": cidr.V4, "ipv6": cidr.V6} {
		of := slices.DeleteFunc(slices.Clone(supernets), func(p netip.Prefix) bool { return cidr.FamilyOf(p) != family })
		if out[prefix+name] = nil; len(of) > 0 {
			out[prefix+name] = u.counts(of, pools...)
		}
	}
	return out
}

// counts are the figures of supernets of one family.
func (u usageValue) counts(supernets []netip.Prefix, pools ...string) map[string]any {
	f := u.Figures(supernets, pools...)
	if u.unknown {
		out := map[string]any{}
		for name := range countFields {
			out[name] = values.KnownAfterApply{}
		}
		out["addresses"] = f.Addresses
		return out
	}
	fits := map[string]any{}
	for _, fit := range f.Fits {
		fits[fmt.Sprint(fit.Length)] = fit.Ranges
	}
	networks := map[string]any{}
	for _, n := range f.Networks {
		if n.Name != "" {
			networks[n.Name] = map[string]any{
				"free": n.Free, "percent": hundredths(n.Percent(f.Addresses)), "largest_free": rangeOrNull(n.Largest),
			}
		}
	}
	out := map[string]any{
		"addresses": f.Addresses, "allocated": f.Allocated, "growth_reserve": f.GrowthReserve, "released": f.Released,
		"reserved": f.Reserved, "unusable": f.Unusable, "free": f.Free, "percent": hundredths(f.Percent()),
		"largest_free": rangeOrNull(f.Largest), "fits": fits, "networks": networks, "unusable_because": u.facts(f.Facts),
	}
	months, last := u.MonthsOfAddresses(u.options.growth, u.options.observed, supernets, pools...)
	u.time(out, months, last, u.options.monthsUnknown())
	return out
}

// facts are what makes addresses unusable. Subnets that are not known yet may be among them.
func (u usageValue) facts(facts []usage.Fact) any {
	vpcs := slices.Collect(maps.Values(u.request.Facts.VPCs))
	if slices.ContainsFunc(vpcs, func(v topology.VPC) bool { return v.Unknown.Has("subnets") }) {
		return values.KnownAfterApply{}
	}
	out := []map[string]any{}
	for _, f := range facts {
		one := map[string]any{"kind": "platform", "addresses": f.Addresses}
		if c := f.Claim; c != nil {
			one["kind"], one["name"], one["part"] = claimKind(*c), textOrNull(c.Owner), textOrNull(c.Part)
			one["cidr"], one["allocator"] = rangeOrNull(c.Range), textOrNull(c.Holder)
		}
		out = append(out, one)
	}
	return out
}

// claimKind is the word for the kind of a claim: the same as in claims for what other workspaces hold.
func claimKind(c conflict.Claim) string {
	switch c.Kind {
	case conflict.Existing:
		return topology.ForeignExisting
	case conflict.Released:
		return topology.ForeignReleased
	case conflict.GrowthReserve:
		return topology.ForeignKept
	}
	return c.Kind.String()
}

// time adds how many months something lasts, and until which day. unknown says that it is not known yet.
func (u usageValue) time(out map[string]any, months *big.Rat, last, unknown bool) {
	switch {
	case unknown:
		out["months_left"], out["lasts_until"] = values.KnownAfterApply{}, values.KnownAfterApply{}
		return
	case !last:
		return
	}
	left := usage.Hundredths(months)
	out["months_left"] = hundredths(left)
	if out["lasts_until"] = u.options.after(left / 100); u.options.dateIsUnknown {
		out["lasts_until"] = values.KnownAfterApply{}
	}
}

// monthsUnknown says whether it is not known yet how fast some cluster grows, or from which number of nodes.
func (o usageOptions) monthsUnknown() bool {
	return len(o.growthUnknown) > 0 || len(o.growth) > 0 && len(o.nodesUnknown) > 0
}

// after is the day so many months after the date, or the last one of its month; null without a date, and after the year 9999.
func (o usageOptions) after(months int64) any {
	if !o.dated {
		return nil
	}
	day := o.date.AddDate(0, int(months), 0)
	if day.Day() != o.date.Day() {
		day = day.AddDate(0, 0, -day.Day())
	}
	if day.Year() > 9999 {
		return nil
	}
	return day.Format("2006-01-02")
}

// hundredths is a number of hundredths as a number.
func hundredths(n int64) *big.Float {
	number, _, err := big.ParseFloat(fmt.Sprintf("%d.%02d", n/100, n%100), 10, 512, big.ToNearestEven)
	if err != nil {
		panic(err) // digits
	}
	return number
}
