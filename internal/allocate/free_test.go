package allocate

import (
	"fmt"
	"testing"

	"github.com/cidrplan/terraform-provider-cidrplan/internal/profile"
	"github.com/cidrplan/terraform-provider-cidrplan/internal/topology"
)

func TestAvailable(t *testing.T) {
	summary := true
	r := Request{
		Facts: topology.Facts{
			VPCs: map[string]topology.VPC{"prod": {
				Platform: "alicloud", CIDRBlocks: prefixes("10.0.0.0/16"),
				Routes: map[string]topology.Route{
					"vpn":     {Destination: prefix("10.2.0.0/16"), NextHop: "vpn"},
					"default": {Destination: prefix("0.0.0.0/0"), NextHop: "nat"},
					"private": {Destination: prefix("10.0.0.0/8"), NextHop: "transit", Summary: &summary},
				},
			}},
			Sites:    map[string]topology.Site{"idc": {CIDRBlocks: prefixes("10.4.0.0/16")}},
			Clusters: map[string]topology.Cluster{"shop": {VPC: "prod", Profile: "ack-flannel"}},
			Foreign: map[string]topology.Foreign{
				"a": {Owner: "web", Kind: topology.ForeignPod, CIDR: prefix("10.5.0.0/16"), Allocator: "team-b"},
				"b": {Owner: "team-b", Kind: topology.ForeignSupernet, CIDR: prefix("10.5.0.0/12"), Allocator: "team-b"},
			},
		},
		Existing: map[string]Existing{
			"shop": {PodCIDRs: prefixes("10.1.0.0/17"), ServiceCIDR: prefix("172.20.0.0/20")},
			"old":  {PodCIDRs: prefixes("10.3.0.0/17")},
		},
	}
	for asked, want := range map[string]string{
		"10.6.0.0/16":   "[] near 10.6.0.0/16 10.7.0.0/16 10.8.0.0/16",
		"10.0.128.0/20": "[prod 10.0.0.0/16] near 10.1.128.0/20 10.1.144.0/20 10.1.160.0/20",
		"10.1.0.0/16":   "[shop 10.1.0.0/17] near 10.6.0.0/16 10.7.0.0/16 10.8.0.0/16",
		"10.2.0.0/15":   "[prod 10.2.0.0/16 old 10.3.0.0/17] near 10.6.0.0/15 10.8.0.0/15 10.10.0.0/15",
		"10.4.7.0/24":   "[idc 10.4.0.0/16] near 10.3.255.0/24 10.3.254.0/24 10.3.253.0/24",
		"10.5.0.0/24":   "[web 10.5.0.0/16] near 10.6.0.0/24 10.3.255.0/24 10.6.1.0/24",
		"172.20.8.0/22": "[shop 172.20.0.0/20] near 10.255.252.0/22 10.255.248.0/22 10.255.244.0/22",
		"10.0.0.0/8":    "[prod 10.0.0.0/16 shop 10.1.0.0/17 prod 10.2.0.0/16 old 10.3.0.0/17 idc 10.4.0.0/16 web 10.5.0.0/16] near",
	} {
		a := Available(r, prefix(asked), prefixes("10.0.0.0/8"), profile.Default())
		var holders []string
		for _, c := range a.Holders {
			holders = append(holders, c.Owner+" "+c.Range.String())
		}
		got := fmt.Sprintf("%v near", holders)
		for _, p := range a.Nearest {
			got += " " + p.String()
		}
		if got != want {
			t.Errorf("%s: %s\nwant %s", asked, got, want)
		}
		if inSupernet := prefix(asked).Overlaps(prefix("10.0.0.0/12")); inSupernet != (len(a.Supernets) == 1) {
			t.Errorf("%s: supernets %v", asked, a.Supernets)
		}
	}
}
