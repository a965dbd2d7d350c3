package allocate

import (
	"maps"
	"net/netip"
	"slices"

	"github.com/cidrplan/terraform-provider-cidrplan/internal/cidr"
	"github.com/cidrplan/terraform-provider-cidrplan/internal/profile"
	"github.com/cidrplan/terraform-provider-cidrplan/internal/topology"
)

// DNSAddress says that the address of cluster DNS that a cluster gives breaks a rule in its Service range.
type DNSAddress struct {
	Cluster  string
	Profile  *profile.Profile
	Address  netip.Addr
	Services netip.Prefix
	// Chosen says that this plan chose the Service range.
	Chosen bool
	profile.BrokenRule
}

// dnsAddresses checks the addresses of cluster DNS against the Service ranges that clusters have now, chosen ones included.
func (a *assembler) dnsAddresses() []topology.Fault {
	var faults faultList
	for _, name := range slices.Sorted(maps.Keys(a.result.Allocations)) {
		cl, services := a.request.Facts.Clusters[name], a.result.Allocations[name].Service
		prof, known := a.catalog.Profile(cl.Profile)
		if !known || !cl.DNSServiceIP.IsValid() || !services.IsValid() || a.isMirror(name) {
			continue
		}
		broken, is := prof.Services.DNS.Broken(cl.DNSServiceIP, services)
		if !is {
			continue
		}
		at := topology.Path{}.Attr("clusters").Key(name)
		held, _ := a.held(name)
		problem := DNSAddress{
			Cluster: name, Profile: prof, Address: cl.DNSServiceIP, Services: services, BrokenRule: broken,
			Chosen: !cl.ServiceCIDR.IsValid() && !held.Service.IsValid(),
		}
		options := []topology.Option{topology.OptionOf(topology.Remove(at.Attr("dns_service_ip")))}
		if tenth, has := cidr.NthAddr(services, 10); has {
			options = slices.Insert(options, 0, topology.OptionOf(topology.Set(at.Attr("dns_service_ip"), tenth.String())))
		}
		if broken.Rule.Level == profile.Warn {
			faults.warn(at.Attr("dns_service_ip"), problem, options...)
		} else {
			faults.fault(at.Attr("dns_service_ip"), problem, options...)
		}
	}
	return faults
}
