package messages

import (
	"fmt"

	"github.com/cidrplan/terraform-provider-cidrplan/internal/allocate"
)

// dnsAddress says which address of cluster DNS a Service range does not have for it.
func dnsAddress(e allocate.DNSAddress) (summary, detail string) {
	if e.Code == "dns_address_is_first" {
		return "DNS Address Is Not Free in the Service Range", fmt.Sprintf(
			"dns_service_ip %s of cluster %q is the first address of its Service range %s, which is the address of the API server.",
			e.Address, e.Cluster, e.Services,
		)
	}
	detail = fmt.Sprintf("dns_service_ip %s of cluster %q is not in its Service range %s.", e.Address, e.Cluster, e.Services)
	if e.Chosen {
		detail += " This plan chose that range. To keep the address, set service_cidr to a range that contains it."
	}
	return "DNS Address Is Outside of the Service Range", detail
}
