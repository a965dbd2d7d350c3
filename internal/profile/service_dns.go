package profile

import (
	"net/netip"

	"github.com/cidrplan/terraform-provider-cidrplan/internal/cidr"
)

// ServiceDNS are the rules for the address of cluster DNS, which a cluster gives in dns_service_ip. Rules without a text are none; a
// profile without Outside accepts no such address.
type ServiceDNS struct {
	// Outside is the rule for an address outside of the Service range.
	Outside Rule `yaml:"outside"`
	// First is the rule for the first address of the Service range, which the Service of the API server has.
	First Rule `yaml:"first"`
}

// Accepted says whether clusters can give the address.
func (d ServiceDNS) Accepted() bool { return d.Outside.Text != "" }

// Broken returns the rule that an address breaks in a Service range, false where it breaks none.
func (d ServiceDNS) Broken(address netip.Addr, services netip.Prefix) (broken BrokenRule, is bool) {
	first, has := cidr.NthAddr(services, 1)
	switch {
	case !services.Contains(address):
		return BrokenRule{Code: "dns_address_outside_services", Rule: d.Outside}, d.Outside.Broken()
	case address == services.Addr() || has && address == first:
		return BrokenRule{Code: "dns_address_is_first", Rule: d.First}, d.First.Broken()
	}
	return BrokenRule{}, false
}

func (c *Catalog) checkDNS(d ServiceDNS, wrong complaint) {
	if d.Accepted() {
		c.checkRule("outside", d.Outside, wrong)
	}
	if d.First.Text != "" {
		c.checkRule("first", d.First, wrong)
		if !d.Accepted() {
			wrong("first without outside")
		}
	}
}
