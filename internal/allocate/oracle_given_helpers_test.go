package allocate

import (
	"net/netip"

	"github.com/cidrplan/terraform-provider-cidrplan/internal/cidr"
	"github.com/cidrplan/terraform-provider-cidrplan/internal/profile"
	"github.com/cidrplan/terraform-provider-cidrplan/internal/topology"
)

// given are the ranges of a cluster that the plan does not choose: held, by state or existing,
// pinned, or taken by the platform by itself. Those of a mirror are the ones of its first.
func given(r Request, catalog *profile.Catalog, name string) profile.Ranges {
	cl, e := r.Facts.Clusters[name], r.Existing[name]
	if cl.SameAs != "" {
		_, exists := r.Existing[name]
		held := false
		if r.Prior != nil {
			_, held = r.Prior.Allocations[name]
		}
		if !held && !exists {
			return given(r, catalog, cl.SameAs)
		}
		cl = r.Facts.Clusters[cl.SameAs]
	}
	if r.Prior != nil {
		if a, ok := r.Prior.Allocations[name]; ok {
			return withPinsBehind(a.Ranges, cl, catalog)
		}
	}
	has := profile.Ranges{
		Pods: e.PodCIDRs, Service: either(e.ServiceCIDR, cl.ServiceCIDR),
		PodIPv6: either(e.PodIPv6CIDR, cl.PodIPv6CIDR), ServiceIPv6: either(e.ServiceIPv6CIDR, cl.ServiceIPv6CIDR),
	}
	has.Further = e.Further
	has = withPinsBehind(has, cl, catalog)
	if b, is := r.Facts.Blocks[name]; is {
		return profile.Ranges{Block: either(e.CIDR, b.CIDR)}
	}
	p, _ := catalog.Profile(cl.Profile)
	_, exists := r.Existing[name]
	silent := exists || cl.Need.MaxServices == 0 && cl.Need.ServiceLength == 0
	if (len(has.Pods) > 0 || exists) && !has.Service.IsValid() && silent {
		has.Service = p.Services.Default.Only(cidr.V4)
	}
	if exists && r.Facts.Clusters[name].SameAs == "" {
		return builtWithout(cl, e, p, has)
	}
	return has
}

// withPinsBehind are ranges with those that the configuration gives behind them, or around a single Pod range where the platform extends
// it.
func withPinsBehind(has profile.Ranges, cl topology.Cluster, catalog *profile.Catalog) profile.Ranges {
	p, known := catalog.Profile(cl.Profile)
	around := known && p.Extends() && len(has.Pods) == 1 && len(cl.PodCIDRs) == 1 && cidr.Contains(cl.PodCIDRs[0], has.Pods[0])
	if appends(cl.PodCIDRs, has.Pods) || around {
		has.Pods = cl.PodCIDRs
	}
	has.Further = has.Further.Clone()
	pins := cl.Further.Lists()
	for i, list := range has.Further.Lists() {
		if appends(*pins[i].Ranges, *list.Ranges) {
			*list.Ranges = *pins[i].Ranges
		}
	}
	return has
}

// either is the first of two ranges that is valid.
func either(a, b netip.Prefix) netip.Prefix {
	if a.IsValid() {
		return a
	}
	return b
}

// builtWithout are the ranges of a cluster that was built without arguments for some, which the platform chose.
func builtWithout(cl topology.Cluster, e Existing, p *profile.Profile, has profile.Ranges) profile.Ranges {
	if len(has.Pods) == 0 && len(cl.PodCIDRs) == 0 && p.Pods.Default.Only(cidr.V4).IsValid() {
		has.Pods = []netip.Prefix{p.Pods.Default.Only(cidr.V4)}
	}
	if cl.Dual() {
		has.PodIPv6 = either(has.PodIPv6, p.Pods.Default.Only(cidr.V6))
	}
	if cl.Dual() && !e.ServiceCIDR.IsValid() && !cl.ServiceCIDR.IsValid() {
		has.ServiceIPv6 = either(has.ServiceIPv6, p.Services.Default.Only(cidr.V6))
	}
	return has
}
