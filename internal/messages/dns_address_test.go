package messages

import (
	"net/netip"
	"testing"

	"github.com/cidrplan/terraform-provider-cidrplan/internal/allocate"
)

func TestAddressesOfClusterDNS(t *testing.T) {
	of := func(code string, chosen bool) allocate.DNSAddress {
		e := allocate.DNSAddress{
			Cluster: "shop", Address: netip.MustParseAddr("172.20.0.1"), Services: prefix("172.20.0.0/20"), Chosen: chosen,
		}
		e.Code = code
		return e
	}
	for name, test := range map[string]struct {
		e       allocate.DNSAddress
		summary string
		parts   []string
	}{
		"the address of the API server": {of("dns_address_is_first", true), "DNS Address Is Not Free in the Service Range", []string{
			`dns_service_ip 172.20.0.1 of cluster "shop" is the first address of its Service range 172.20.0.0/20`, "!set service_cidr",
		}},
		"outside of a given range": {of("dns_address_outside_services", false), "DNS Address Is Outside of the Service Range", []string{
			`dns_service_ip 172.20.0.1 of cluster "shop" is not in its Service range 172.20.0.0/20.`, "!This plan chose",
		}},
		"outside of a chosen range": {of("dns_address_outside_services", true), "DNS Address Is Outside of the Service Range", []string{
			"is not in its Service range 172.20.0.0/20. This plan chose that range. To keep the address, set service_cidr",
		}},
	} {
		summary, detail := dnsAddress(test.e)
		if summary != test.summary {
			t.Errorf("%s: got the summary %q", name, summary)
		}
		wantParts(t, name, detail, test.parts...)
	}
}
