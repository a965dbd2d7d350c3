package allocate

import (
	"fmt"
	"net/netip"
	"testing"

	"github.com/cidrplan/terraform-provider-cidrplan/internal/profile"
	"github.com/cidrplan/terraform-provider-cidrplan/internal/topology"
)

func TestClustersThatGiveTheAddressOfClusterDNS(t *testing.T) {
	given := func(address string, edits ...func(*topology.Cluster)) func(*Request) {
		edits = append(edits, func(cl *topology.Cluster) { cl.DNSServiceIP = netip.MustParseAddr(address) })
		return turns(onlyOwn, doubled("shop", profile.Need{MaxNodes: 8, MaxServices: 200}, edits...))
	}
	pinned := func(address string) func(*Request) { return given(address, pins("172.16.0.0/20")) }
	none := turns(onlyOwn, doubled("shop", profile.Need{MaxNodes: 8, MaxServices: 200}, pins("172.16.0.0/20")))
	const outside, first = "dns_address_outside_services", "dns_address_is_first"
	for name, test := range map[string]struct {
		start, edit func(*Request)
		dns, want   string
	}{
		"none is given":     {none, nil, "172.16.0.10", ""},
		"in a pinned range": {pinned("172.16.0.53"), nil, "172.16.0.53", ""},
		"outside of a pinned range": {
			pinned("172.17.0.10"), nil, "172.17.0.10", "error " + outside + " 172.16.0.0/20, chosen: false",
		},
		"the first of a pinned range": {
			pinned("172.16.0.1"), nil, "172.16.0.1", "warn " + first + " 172.16.0.0/20, chosen: false",
		},
		"in the range that is chosen": {given("172.20.0.20"), nil, "172.20.0.20", ""},
		"outside of the range that is chosen": {
			given("10.0.0.10"), nil, "10.0.0.10", "error " + outside + " 172.20.0.0/24, chosen: true",
		},
		"outside of a range that exists": {
			turns(given("10.0.0.10"), existing("shop", Existing{ServiceCIDR: prefix("172.16.0.0/20")})), nil, "10.0.0.10",
			"error " + outside + " 172.16.0.0/20, chosen: false",
		},
		"it stays when it is given no more": {pinned("172.16.0.53"), none, "172.16.0.53", ""},
		"another one, once the cluster has one": {
			pinned("172.16.0.53"), pinned("172.16.0.54"), "172.16.0.53", "error changed 172.16.0.53 172.16.0.54",
		},
		"one, once the cluster has the tenth":       {none, pinned("172.16.0.54"), "172.16.0.10", "error changed 172.16.0.10 172.16.0.54"},
		"the tenth, once the cluster has it anyway": {none, pinned("172.16.0.10"), "172.16.0.10", ""},
		"where no argument of the platform is known": {
			turns(onlyOwn, cluster("shop", "fictitious-listed", profile.Need{MaxNodes: 8}, func(cl *topology.Cluster) {
				cl.DNSServiceIP = netip.MustParseAddr("172.20.0.10")
			})), nil, "", "error topology.NotAccepted",
		},
	} {
		t.Run(name, func(t *testing.T) {
			r, catalog := request(test.start), sizesCatalog(t)
			result := Plan(r, catalog)
			if test.edit != nil {
				result = Plan(edited(after(r, result), test.edit), catalog)
			}
			got := ""
			for _, f := range result.Faults {
				level := map[bool]string{true: "warn", false: "error"}[f.Warn]
				switch e := f.Problem.(type) {
				case DNSAddress:
					got += fmt.Sprintf("%s %s %v, chosen: %t", level, e.Code, e.Services, e.Chosen)
				case Changed:
					got += fmt.Sprintf("%s changed %v %v", level, e.Held, e.Wanted)
				default:
					got += fmt.Sprintf("%s %T", level, f.Problem)
				}
				if f.At.String() != `clusters["shop"].dns_service_ip` {
					t.Errorf("reported at %v", f.At)
				}
			}
			if dns := result.Allocations["shop"].Values["dns"]; got != test.want || dns != test.dns {
				t.Errorf("got %q with %s, want %q with %s\n%s", got, dns, test.want, test.dns, allReports(result))
			}
		})
	}
}
