package messages

import (
	"fmt"
	"testing"

	"github.com/cidrplan/terraform-provider-cidrplan/internal/profile"
	"github.com/cidrplan/terraform-provider-cidrplan/internal/topology"
)

func TestIPv6ServiceRangesThatTerraformCannotSet(t *testing.T) {
	takes, none := *shipped(t, "ack-flannel"), *shipped(t, "ack-flannel")
	takes.Change.Resources, none.Change.Resources = []string{"a_b"}, []string{"a_b", "c_d"}
	takes.IPv6.Unset.Takes = prefix("fd01::/112")
	none.IPv6.Unset.Takes = prefix("")
	of := func(count int, p *profile.Profile, pinned string) topology.UnsetByTerraform {
		var e topology.UnsetByTerraform
		for i := range count {
			e.Clusters = append(e.Clusters, topology.UnsetCluster{Cluster: fmt.Sprint("c", i), Profile: p, Pinned: prefix(pinned)})
		}
		return e
	}
	for name, test := range map[string]struct {
		e     topology.UnsetByTerraform
		parts []string
	}{
		"a range of the platform": {of(1, &takes, ""), []string{
			`  - cluster "c0": a_b creates it with fd01::/112, not with the range of its allocation`,
			`Set clusters["c0"].service_ipv6_cidr = "fd01::/112".`, `Range of Cluster "c0"`, "!more",
		}},
		"IPv4 alone": {of(1, &none, ""), []string{
			"a_b or c_d creates it with IPv4 only, without the range of its allocation", `Set clusters["c0"].ip_families = ["ipv4"].`,
		}},
		"a pin": {of(1, &none, "fd00::/112"), []string{
			"without service_ipv6_cidr = fd00::/112",
			`Set clusters["c0"].ip_families = ["ipv4"] and remove clusters["c0"].service_ipv6_cidr.`,
		}},
		"three clusters":        {of(3, &none, ""), []string{`Range of Cluster "c0" and 2 More`, `"c2"`, "!more\n"}},
		"as many as are listed": {of(maxListed, &none, ""), []string{`"c23"`, "!and 1 more"}},
		"two more":              {of(maxListed+2, &none, ""), []string{`"c23"`, "!c24", "\n  - and 2 more\n"}},
	} {
		summary, detail := Writer{Catalog: profile.Default()}.problem(topology.Fault{At: pathOf("clusters"), Problem: test.e})
		wantParts(t, name, summary+"\n"+detail, test.parts...)
	}
}
