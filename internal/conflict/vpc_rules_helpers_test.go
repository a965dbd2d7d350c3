package conflict_test

import (
	"fmt"
	"testing"
	"testing/fstest"

	"github.com/cidrplan/terraform-provider-cidrplan/internal/conflict"
	"github.com/cidrplan/terraform-provider-cidrplan/internal/profile"
	"github.com/cidrplan/terraform-provider-cidrplan/internal/topology"
)

// vpcRulesData is a platform that does not exist, with rules on VPCs alone. Each rule has a boundary of its own, so that a value
// breaks one rule and its neighbour none.
const vpcRulesData = `
platform: fixture
title: Fixture Cloud

networks:
  peer: {level: error, text: VPCs must not share addresses, sources: [guide], confidence: verified}
  vpc:
    limits:
      - {level: error, windows: [{cidr: 0.0.0.0/0, shortest: 8, longest: 28}, {cidr: "2000::/3", shortest: 48, longest: 60}],
          text: "blocks are /8 to /28, those of IPv6 /48 to /60 of 2000::/3", sources: [guide], confidence: verified}
    forbidden:
      - {cidr: 10.64.0.0/16, level: error, text: this range is refused, sources: [guide], confidence: verified}
      - {cidr: 10.66.0.0/16, level: warn, text: this range is advised against, sources: [guide], confidence: verified}
      - {cidr: 10.68.0.0/16, level: allow, text: this range has a note, sources: [guide], confidence: verified}
    primary:
      limits:
        - {level: warn, windows: [{cidr: 0.0.0.0/0, shortest: 12, longest: 24}],
            text: first blocks are better /12 to /24, sources: [guide], confidence: verified}
    secondary:
      forbidden:
        - {cidr: 172.16.0.0/16, level: error, text: further blocks leave 172.16.0.0/16 alone, sources: [guide], confidence: verified}
    max_secondary:
      - {max: 2, level: warn, text: two further blocks are enough, sources: [guide], confidence: verified}
      - {max: 4, level: error, text: a fifth further block is refused, sources: [guide], confidence: verified}
    secondary_peered: {level: warn, text: further blocks are not for peered VPCs, sources: [guide], confidence: verified}
  subnets:
    limits:
      - {level: error, windows: [{cidr: 0.0.0.0/0, shortest: 16, longest: 29}, {cidr: "::/0", shortest: 64, longest: 64}],
          text: "subnets are /16 to /29, those of IPv6 /64", sources: [guide], confidence: verified}
      - {level: warn, windows: [{cidr: 0.0.0.0/0, shortest: 16, longest: 26}],
          text: subnets are better /16 to /26, sources: [guide], confidence: verified}
  routes:
    forbidden:
      - {cidr: 10.200.0.0/16, level: error, text: this destination is refused, sources: [guide], confidence: verified}
    in_subnet: {level: error, text: no route leads into a subnet, sources: [guide], confidence: verified}
    in_secondary: {level: error, text: no route leads into a further block, sources: [guide], confidence: verified}
    over_subnet: {level: warn, text: routes stay clear of subnets, sources: [guide], confidence: verified}
`

// fixtureVPCRules is the catalog of the platform that does not exist.
func fixtureVPCRules(t *testing.T) *profile.Catalog {
	t.Helper()
	catalog, err := profile.Load(fstest.MapFS{
		"sources.yaml": {Data: []byte("guide: {title: A guide of the fixture platform, url: \"https://fixture.example/guide\"}\n")},
		"fixture.yaml": {Data: []byte(vpcRulesData)},
	})
	if err != nil {
		t.Fatal(err)
	}
	return catalog
}

// it is the place of a VPC.
var it = topology.Path{}.Attr("it")

// findingsOfVPC writes findings as the tables of rules on VPCs do: level, place, key and what the rule says.
func findingsOfVPC(findings []conflict.Finding) []string {
	var out []string
	for _, f := range findings {
		out = append(out, fmt.Sprintf("%s %s: %s: %s", f.Level(), f.A.At, f.Key(), f.Rule.Text))
	}
	return out
}
