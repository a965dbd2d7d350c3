package provider_test

import (
	"testing"
	"testing/fstest"

	"github.com/hashicorp/terraform-plugin-go/tfprotov6"
	"github.com/hashicorp/terraform-plugin-testing/helper/resource"
	"github.com/hashicorp/terraform-plugin-testing/knownvalue"
	"github.com/hashicorp/terraform-plugin-testing/plancheck"

	"github.com/cidrplan/terraform-provider-cidrplan/internal/profile"
	"github.com/cidrplan/terraform-provider-cidrplan/internal/provider"
)

const platformData = `
platform: generic
title: Fictitious
networks: {peer: {level: error, text: joined networks are disjoint, sources: [book], confidence: verified}}
outputs:
  fictitious:
    description: Arguments of fictitious_cluster.
    attributes:
      dust: {type: string, value: pod_cidr, description: Pod range.}
      craters: {type: number, value: node_mask, description: Prefix length of a crater.}
profiles:
  fictitious-mode:
    title: Fictitious mode
    words: [dust]
    output: fictitious
    pods:
      from: own
      limits:
        - level: error
          windows: [{cidr: 10.0.0.0/8, shortest: 8, longest: 28}]
          text: dust is in 10.0.0.0/8
          sources: [book]
          confidence: verified
    services: {default_count: 10, lost: 0, limits: []}
    nodes: {blocks: fixed, argument: craters, shortest: 20, longest: 30, lost: 0, pods_per_node: {default: 16, max: 4096, counts: usable}}
    overlap:
      pod_vpc: &no {level: error, text: no, sources: [book], confidence: verified}
      service_vpc: *no
      service_pod: *no
      pod_pod_same_vpc: *no
      pod_service_same_vpc: *no
      service_service_same_vpc: *no
      pod_peer_vpc: *no
      service_peer_vpc: *no
      pod_pod_peer: *no
      pod_service_peer: *no
      service_service_peer: *no
      pod_route: *no
      service_route: *no
      pod_site: *no
      service_site: *no
    growth: {pods: none}
`

// A platform that nobody has is added by data alone: its profile, its rules and its outputs.
func TestAccFictitiousPlatformNeedsDataOnly(t *testing.T) {
	t.Parallel()
	catalog, err := profile.Load(fstest.MapFS{
		"sources.yaml":    {Data: []byte("book: {title: The book}")},
		"fictitious.yaml": {Data: []byte(platformData)},
	})
	if err != nil {
		t.Fatal(err)
	}
	resource.Test(t, resource.TestCase{
		ProtoV6ProviderFactories: map[string]func() (tfprotov6.ProviderServer, error){
			"cidrplan": withoutError(provider.With("test", catalog)),
		},
		Steps: []resource.TestStep{{
			Config: header + `
resource "cidrplan_allocator" "k8s" {
  name      = "k8s"
  supernets = ["10.0.0.0/16"]
  vpcs      = { base = { cidr_blocks = ["192.168.0.0/16"] } }
  clusters  = { shop = { vpc = "base", profile = "fictitious-mode", max_nodes = 4 } }
}`,
			ConfigPlanChecks: resource.ConfigPlanChecks{PreApply: []plancheck.PlanCheck{
				plancheck.ExpectKnownValue(allocator, alloc("shop", "fictitious"), knownvalue.ObjectExact(map[string]knownvalue.Check{
					"dust": knownvalue.StringExact("10.0.0.0/26"), "craters": knownvalue.Int64Exact(28),
				})),
			}},
		}},
	})
}
