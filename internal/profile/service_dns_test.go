package profile_test

import (
	"net/netip"
	"testing"

	"github.com/cidrplan/terraform-provider-cidrplan/internal/profile"
)

func TestAddressesOfClusterDNS(t *testing.T) {
	dns := fictitiousSizes(t, "fictitious-doubled").Services.DNS
	const outside, first = "dns_address_outside_services", "dns_address_is_first"
	for _, test := range []struct{ address, services, want string }{
		{"10.0.0.10", "10.0.0.0/16", ""},
		{"10.0.0.2", "10.0.0.0/16", ""},
		{"10.0.255.255", "10.0.0.0/16", ""},
		{"10.0.0.1", "10.0.0.0/16", first},
		{"10.0.0.0", "10.0.0.0/16", first},
		{"10.1.0.0", "10.0.0.0/16", outside},
		{"9.255.255.255", "10.0.0.0/16", outside},
		{"fd00::a", "10.0.0.0/16", outside},
		{"10.0.0.0", "10.0.0.0/32", first},
	} {
		broken, is := dns.Broken(netip.MustParseAddr(test.address), prefix(test.services))
		if broken.Code != test.want || is != (test.want != "") || is && broken.Rule.Text == "" {
			t.Errorf("%s in %s: got %+v, %t", test.address, test.services, broken, is)
		}
	}
	silent := profile.ServiceDNS{}
	if _, is := silent.Broken(netip.MustParseAddr("10.1.0.1"), prefix("10.0.0.0/16")); is || silent.Accepted() || !dns.Accepted() {
		t.Error("a profile without rules has some")
	}
}

func TestLoadRefusesUnsoundRulesOfClusterDNS(t *testing.T) {
	const file, outside = "fictitious-sizes.yaml", "        outside: " +
		"{level: error, text: cluster DNS is among the Services, sources: [sizes-guide], confidence: verified}\n"
	refusesEach(t, fictitiousSizesFiles(t), map[string]unsound{
		"first alone": {file, outside, "", "doubled: services: dns: first without outside"},
		"outside, a bad source": {
			file,
			"among the Services, sources: [sizes-guide]",
			"among the Services, sources: [hearsay]",
			`dns: outside: source "hearsay"`,
		},
		"the first, a bad source": {
			file,
			"the first address is taken, sources: [sizes-guide]",
			"the first address is taken, sources: [hearsay]",
			`dns: first: source "hearsay"`,
		},
	})
}

func TestTheArgumentForClusterDNS(t *testing.T) {
	output := profile.Output{Attributes: map[string]profile.OutputAttribute{"it": {Type: "string", Value: "dns_service_ip"}}}
	given := netip.MustParseAddr("10.0.0.53")
	for name, test := range map[string]struct {
		held profile.Filled
		want string
	}{
		"the tenth address":         {profile.Filled{Ranges: profile.Ranges{Service: prefix("10.0.0.0/16")}}, "10.0.0.10"},
		"the address that is given": {profile.Filled{Ranges: profile.Ranges{Service: prefix("10.0.0.0/16")}, DNS: given}, "10.0.0.53"},
		"no Service range":          {profile.Filled{DNS: given}, ""},
		"no tenth address":          {profile.Filled{Ranges: profile.Ranges{Service: prefix("10.0.0.0/29")}}, ""},
	} {
		if got := output.Values(fictitiousSizes(t, "fictitious-constant"), test.held)["it"]; got != test.want {
			t.Errorf("%s: got %q, want %q", name, got, test.want)
		}
	}
}
