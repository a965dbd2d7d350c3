package conflict_test

import (
	"fmt"
	"testing"
	"testing/fstest"

	"github.com/cidrplan/terraform-provider-cidrplan/internal/conflict"
	"github.com/cidrplan/terraform-provider-cidrplan/internal/profile"
	"github.com/cidrplan/terraform-provider-cidrplan/internal/topology"
)

// lagoonsData is a platform that does not exist, with rules on VPCs alone. Each rule has a boundary of its own, so that a value
// breaks one rule and its neighbour none.
const lagoonsData = `
platform: atoll
title: Atoll Cloud

networks:
  peer: {level: error, text: lagoons must not share addresses, sources: [chart], confidence: verified}
  vpc:
    limits:
      - {level: error, windows: [{cidr: 0.0.0.0/0, shortest: 8, longest: 28}, {cidr: "2000::/3", shortest: 48, longest: 60}],
          text: "blocks are /8 to /28, those of IPv6 /48 to /60 of 2000::/3", sources: [chart], confidence: verified}
    forbidden:
      - {cidr: 10.64.0.0/16, level: error, text: the lighthouse is there, sources: [chart], confidence: verified}
      - {cidr: 10.66.0.0/16, level: warn, text: the harbour is there, sources: [chart], confidence: verified}
      - {cidr: 10.68.0.0/16, level: allow, text: a note on the beach, sources: [chart], confidence: verified}
    primary:
      limits:
        - {level: warn, windows: [{cidr: 0.0.0.0/0, shortest: 12, longest: 24}],
            text: first blocks are better /12 to /24, sources: [chart], confidence: verified}
    secondary:
      forbidden:
        - {cidr: 172.16.0.0/16, level: error, text: further blocks leave 172.16.0.0/16 alone, sources: [chart], confidence: verified}
    max_secondary:
      - {max: 2, level: warn, text: two further blocks are enough, sources: [chart], confidence: verified}
      - {max: 4, level: error, text: a fifth further block is refused, sources: [chart], confidence: verified}
    secondary_peered: {level: warn, text: further blocks stay at home, sources: [chart], confidence: verified}
  subnets:
    limits:
      - {level: error, windows: [{cidr: 0.0.0.0/0, shortest: 16, longest: 29}, {cidr: "::/0", shortest: 64, longest: 64}],
          text: "subnets are /16 to /29, those of IPv6 /64", sources: [chart], confidence: verified}
      - {level: warn, windows: [{cidr: 0.0.0.0/0, shortest: 16, longest: 26}],
          text: subnets are better /16 to /26, sources: [chart], confidence: verified}
  routes:
    forbidden:
      - {cidr: 10.200.0.0/16, level: error, text: no route leads to the deep, sources: [chart], confidence: verified}
    in_subnet: {level: error, text: no route leads into a subnet, sources: [chart], confidence: verified}
    over_subnet: {level: warn, text: routes stay clear of subnets, sources: [chart], confidence: verified}
`

// fixtureLagoons is the catalog of the platform that does not exist.
func fixtureLagoons(t *testing.T) *profile.Catalog {
	t.Helper()
	catalog, err := profile.Load(fstest.MapFS{
		"sources.yaml": {Data: []byte("chart: {title: A chart of the atoll, url: \"https://atoll.example/chart\"}\n")},
		"atoll.yaml":   {Data: []byte(lagoonsData)},
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
