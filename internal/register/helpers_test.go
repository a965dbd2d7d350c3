package register_test

import (
	"fmt"
	"net/netip"
	"strings"

	"github.com/cidrplan/terraform-provider-cidrplan/internal/register"
)

// claims are written "kind owner range allocator vrf", with the allocator "-" where nobody says.
func claims(lines ...string) map[string]register.Claim {
	all := map[string]register.Claim{}
	for i, line := range lines {
		f := append(strings.Fields(line), "", "")
		all[fmt.Sprint(i)] = register.Claim{
			Kind:      f[0],
			Owner:     f[1],
			CIDR:      netip.MustParsePrefix(f[2]),
			Allocator: strings.Trim(f[3], "-"),
			VRF:       f[4],
		}
	}
	return all
}

func written() map[string]register.Claim {
	all := claims(
		"supernet k8s 10.64.0.0/14 k8s", "pod shop 10.64.0.0/16 k8s", "released old 10.65.0.0/16 k8s", "reserved lb 10.66.0.0/16 k8s",
	)
	shop := all["1"]
	shop.Network, shop.Hubs, shop.Profile, shop.Description, shop.Labels = "prod", []string{
		"cen",
		"er",
	}, "ack-flannel", "the \"shop\", | and\nmore", map[string]string{
		"b": "2",
		"a": "1",
	}
	all["1"] = shop
	lb := all["3"]
	lb.Description = "=1+1"
	all["3"] = lb
	return all
}

// described is one cluster with a description.
func described(text string) map[string]register.Claim {
	all := claims("pod shop 10.64.0.0/16 k8s")
	shop := all["0"]
	shop.Description = text
	return map[string]register.Claim{"": shop}
}
