package allocate

import (
	"slices"
	"testing"

	"github.com/cidrplan/terraform-provider-cidrplan/internal/profile"
	"github.com/cidrplan/terraform-provider-cidrplan/internal/topology"
)

func TestArgumentsThatPinACluster(t *testing.T) {
	at := topology.Path{}.Attr("clusters").Key("a")
	const pods, service = `set clusters["a"].pod_cidrs [10.0.0.0/20]`, `set clusters["a"].service_cidr 172.20.0.0/22`
	for name, test := range map[string]struct {
		held profile.Ranges
		want string
	}{
		"Pods and Services": {
			profile.Ranges{Pods: prefixes("10.0.0.0/20"), Service: prefix("172.20.0.0/22")}, pods + "; " + service,
		},
		"Services inside the Pods":   {profile.Ranges{Pods: prefixes("10.0.0.0/20"), Service: prefix("10.0.15.0/24")}, pods},
		"Pods alone":                 {profile.Ranges{Pods: prefixes("10.0.0.0/20")}, pods},
		"Services of Pods in subnet": {profile.Ranges{Service: prefix("172.20.0.0/22")}, service},
		"IPv6": {
			profile.Ranges{PodIPv6: prefix("fd00::/56"), ServiceIPv6: prefix("fd01::/112")},
			`set clusters["a"].pod_ipv6_cidr fd00::/56; set clusters["a"].service_ipv6_cidr fd01::/112`,
		},
	} {
		if got := editTexts(pinned(at, test.held)); got != test.want {
			t.Errorf("%s: got %s, want %s", name, got, test.want)
		}
	}
}

// Two networks of which each is declared with the ranges of the other take new names, and name the old ones.
func TestOptionOfNetworksThatExchangeTheirNames(t *testing.T) {
	with := func(a, b string) Request {
		return request(func(r *Request) {
			r.Facts.VPCs, r.Facts.Sites = map[string]topology.VPC{}, map[string]topology.Site{}
			if a != "" {
				r.Facts.VPCs["a"] = topology.VPC{CIDRBlocks: prefixes(a)}
			}
			if b != "" {
				r.Facts.Sites["b"] = topology.Site{CIDRBlocks: prefixes(b)}
			}
		})
	}
	const one, other = "192.168.1.0/24", "192.168.2.0/24"
	exchanged := []string{
		`rename to vpcs["a-2"]; set vpcs["a-2"].previous_names [b]; rename to sites["b-2"]; set sites["b-2"].previous_names [a]`,
	}
	for name, test := range map[string]struct {
		before, now Request
		want        []string
	}{
		"exchanged":                      {with(one, other), with(other, one), exchanged},
		"both stay":                      {with(one, other), with(one, other), nil},
		"both had and have the same":     {with(one, one), with(one, one), nil},
		"one gets the ranges of another": {with(one, other), with(other, other), nil},
		"one has other ranges":           {with(one, other), with(other, "192.168.3.0/24"), nil},
		"one is new":                     {with("", other), with(other, one), nil},
		"neither was there":              {with("", ""), with(one, other), nil},
	} {
		t.Run(name, func(t *testing.T) {
			test.now.Prior = &Prior{Facts: test.before.Facts}
			if got := optionTexts(situationOf(test.now).exchanged("b", "a")...); !slices.Equal(got, test.want) {
				t.Errorf("got %q, want %q", got, test.want)
			}
		})
	}
}
