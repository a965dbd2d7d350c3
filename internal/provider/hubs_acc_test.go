package provider_test

import (
	"strings"
	"testing"
)

// hubbed are two VPCs on a hub, with a self-managed cluster in the first, and an allocator that is to
// refuse what its VPCs do to each other.
func hubbed(hub, platform, one, two string) string {
	return `
resource "cidrplan_hub" "NAME" {
  name = "NAME-hub"
  ` + hub + `
}
resource "cidrplan_vpc" "NAME-one" {
  name     = "NAME-one"
  platform = "` + platform + `"
  hubs     = [cidrplan_hub.NAME.name]
  ` + one + `
}
resource "cidrplan_vpc" "NAME-two" {
  name     = "NAME-two"
  platform = "` + platform + `"
  hubs     = [cidrplan_hub.NAME.name]
  ` + two + `
}
resource "cidrplan_allocator" "NAME" {
  name              = "NAME"
  supernets         = ["10.0.0.0/8"]
  service_supernets = ["172.20.0.0/16"]
  rule_levels       = { vpc_overlaps_peer = "error", subnet_overlaps_peer = "error" }
  hubs              = { NAME-hub = cidrplan_hub.NAME }
  vpcs              = { NAME-one = cidrplan_vpc.NAME-one, NAME-two = cidrplan_vpc.NAME-two }
  clusters          = { shop = { vpc = "NAME-one", profile = "kubernetes-routed", max_nodes = 100 } }
}`
}

// Every kind of hub compares what its cloud compares.
func TestAccHubsCompareWhatTheirCloudCompares(t *testing.T) {
	t.Parallel()
	const (
		ccn     = `kind = "ccn"`
		er      = `kind = "er"`
		cen     = `kind = "cen"`
		reduced = `kind = "cen"` + "\n" + `protection_level = "REDUCED"`
		first   = `cidr_blocks = ["10.0.0.0/16"]` + "\n" + `subnets = { a = "10.0.0.0/24" }`
		second  = `cidr_blocks = ["10.0.0.0/16"]` + "\n" + `subnets = { b = "10.0.1.0/24" }`
		inside  = `cidr_blocks = ["10.0.0.0/16"]` + "\n" + `subnets = { b = "10.0.0.128/25" }`
		bare    = `cidr_blocks = ["10.0.0.0/16"]`
		half    = `cidr_blocks = ["10.0.0.0/17"]`
		peered  = "\n" + `peers = ["NAME-two"]`
	)
	for name, test := range map[string]struct{ config, strict string }{
		"a CCN and different subnets": {
			hubbed(ccn, "tencentcloud", first, second),
			hubbed(`kind = "generic"`, "tencentcloud", first, second),
		},
		"REDUCED and partial overlap": {hubbed(reduced, "alicloud", bare, half), hubbed(cen, "alicloud", bare, half)},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			held := map[string]any{"shop.pod_cidr": "10.1.0.0/18", "shop.service_cidr": "172.20.0.0/22"}
			passing, strict := strings.ReplaceAll(test.config, "NAME", "k8s"), strings.ReplaceAll(test.strict, "NAME", "k8s")
			acceptance(t,
				showing(passing, held),
				refused(strict, overlaps, `Block 10.0.0.0/16 of VPC "k8s-one"`, `hub "k8s-hub"`), // a hub that is made stricter
				showing(passing, held),
			)
		})
	}
	refusesAll(t, map[string]refusal{
		"a CCN and subnets that overlap": {
			hubbed(ccn, "tencentcloud", first, inside),
			[]string{
				overlaps,
				`Subnet "a" (10.0.0.0/24) of VPC "NAME-one" and subnet "b" (10.0.0.128/25) of VPC "NAME-two" share 10.0.0.128/25`,
				`attached to hub "NAME-hub"`,
				"A CCN compares subnets",
				"Source:",
				`vpcs["NAME-one"].subnets["a"]`,
			},
		},
		"a CCN and no subnets": {
			hubbed(ccn, "tencentcloud", first, bare),
			[]string{overlaps, "A CCN compares subnets", `vpcs["NAME-two"].cidr_blocks[0]`},
		},
		"a CCN and a peering beside it": {
			hubbed(ccn, "tencentcloud", first+peered, second),
			[]string{
				overlaps,
				`Block 10.0.0.0/16 of VPC "NAME-one" and block 10.0.0.0/16 of VPC "NAME-two"`,
				`networks "NAME-one" and "NAME-two" are peers`,
				"no peering connection between VPCs whose blocks overlap",
			},
		},
		"REDUCED and one block": {
			hubbed(reduced, "alicloud", bare, bare),
			[]string{
				overlaps,
				`Block 10.0.0.0/16 of VPC "NAME-one" and block 10.0.0.0/16 of VPC "NAME-two"`,
				"protection level REDUCED",
				"not two with the same block",
				"Source:",
			},
		},
		"a CEN and partial overlap": {
			hubbed(cen, "alicloud", bare, half),
			[]string{overlaps, `share 10.0.0.0/17`, "unless its protection level is REDUCED", "Source:"},
		},
		"an ER and different subnets": {
			hubbed(er, "huaweicloud", first, second),
			[]string{overlaps, `share 10.0.0.0/16`, "through an enterprise router", "Source:"},
		},
		"a protection level on an ER": {
			hubbed(er+"\n"+`protection_level = "REDUCED"`, "huaweicloud", first, `cidr_blocks = ["10.1.0.0/16"]`),
			[]string{
				"Argument Not Accepted",
				`protection_level = "REDUCED"`,
				"protection_level = REDUCED cannot be set here: hubs of this kind have no protection level",
			},
		},
		"a protection level on nothing": {
			hubbed(`protection_level = "REDUCED"`, "generic", first, `cidr_blocks = ["10.1.0.0/16"]`),
			[]string{
				"Argument Not Accepted",
				`protection_level = "REDUCED"`,
				"protection_level = REDUCED cannot be set here: hubs of this kind have no protection level",
			},
		},
		"an unknown protection level": {
			hubbed(cen+"\n"+`protection_level = "reduced"`, "alicloud", first, `cidr_blocks = ["10.1.0.0/16"]`),
			[]string{"Value Not Allowed", `protection_level = "reduced"`, `"reduced" is not one of`, "REDUCED"},
		},
		"an empty protection level": {
			hubbed(cen+"\n"+`protection_level = ""`, "alicloud", bare, half),
			[]string{"Missing Value", "The value is empty", "Remove protection_level"},
		},
	})
}
