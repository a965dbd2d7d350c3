package topology_test

import (
	"testing"
	"testing/fstest"

	"github.com/cidrplan/terraform-provider-cidrplan/internal/profile"
)

// fixtureAtollData is a platform that does not exist. Each of its rules has a boundary of its own, so
// that a value breaks one rule and its neighbour none.
const fixtureAtollData = `
platform: atoll
title: Atoll Cloud

networks:
  peer: &peer {level: error, text: lagoons must not share addresses, sources: [chart], confidence: verified}
  hubs:
    reef:
      title: reef
      compares: blocks
      level: error
      text: a reef compares blocks
      sources: [chart]
      confidence: verified
      protection_levels:
        LOW: {compares: identical, level: error, text: a low reef refuses the same block, sources: [chart], confidence: verified}
        BARE: {compares: subnets, level: error, text: a bare reef compares subnets, sources: [chart], confidence: verified}
    bay: {title: bay, compares: blocks, level: error, text: a bay compares blocks, sources: [chart], confidence: verified}
outputs:
  hut: {description: Arguments of a hut., attributes: {mode: {type: string, value: word, description: The mode.}}}

anchors:
  stop: &stop {level: error, text: it must not be, sources: [chart], confidence: verified}
  services: &services {default_count: 10}
  single: &single {blocks: none, pods_per_node: {default: 10, counts: usable}}
  blocks: &blocks {blocks: fixed, shortest: 24, longest: 28, pods_per_node: {default: 10, counts: usable}}
  of-services: &of-services
    {service_vpc: *stop, pod_service_same_vpc: *stop, service_service_same_vpc: *stop, service_peer_vpc: *stop,
     pod_service_peer: *stop, service_service_peer: *stop, service_route: *stop, service_site: *stop}
  of-pods: &of-pods
    {pod_vpc: *stop, pod_pod_same_vpc: *stop, pod_service_same_vpc: *stop, pod_peer_vpc: *stop,
     pod_pod_peer: *stop, pod_service_peer: *stop, pod_route: *stop, pod_site: *stop}
  in-subnets: &in-subnets {capacity: *stop, with_nodes: *stop, with_pods: *stop}

profiles:
  # Pods in subnets, up to three of them, and both families from the VPC and the platform.
  atoll-fish:
    title: Atoll with fish
    words: [fish, Nemo]
    output: hut
    pods:
      from: subnets
      subnets:
        <<: *in-subnets
        missing: {level: allow, text: fish live anywhere, sources: [chart], confidence: verified}
        pod_range: {level: error, text: fish take no range, sources: [chart], confidence: verified}
    services: *services
    nodes: *single
    ipv6:
      {dual: true, pods: subnets, services: platform, level: error, text: fish have both families, sources: [chart], confidence: verified}
    overlap: *of-services
    growth: {pods: subnets, max_ranges: 3, text: as they grow, sources: [chart]}
  # Pods in as many subnets as there are; a range for them is only advised against.
  atoll-crab:
    title: Atoll with crabs
    words: [crab, nemo]
    output: hut
    pods:
      from: subnets
      subnets:
        <<: *in-subnets
        missing: {level: allow, text: crabs live anywhere, sources: [chart], confidence: verified}
        pod_range: {level: warn, text: crabs need no range, sources: [chart], confidence: verified}
    services: *services
    nodes: *single
    overlap: *of-services
    growth: {pods: subnets, text: as they grow, sources: [chart]}
  # Services at the end of the Pod range, and no IPv6 at all.
  atoll-shell:
    title: Atoll in a shell
    words: [shell]
    output: hut
    pods: {from: shared}
    services: *services
    nodes: *blocks
    ipv6: {dual: false, level: error, text: shells are closed to IPv6, sources: [chart], confidence: verified}
    overlap: *of-pods
    growth: {pods: none, text: as they grow, sources: [chart]}
  # All ranges of its own, in both families.
  atoll-palm:
    title: Atoll under palms
    words: [palm]
    output: hut
    pods: {from: own}
    services: *services
    nodes: *blocks
    ipv6:
      {dual: true, pods: own, services: own, service_length: 112, node_mask: 64, max_difference: 16,
       max_difference_rule: {level: error, text: palms number 65536 blocks, sources: [chart], confidence: verified},
       level: error, text: palms have both families, sources: [chart], confidence: verified}
    overlap: {<<: [*of-pods, *of-services], service_pod: *stop}
    growth: {pods: append, max_ranges: 2, text: as they grow, sources: [chart]}
`

// fixtureAtoll is the catalog of the platform that does not exist.
func fixtureAtoll(t *testing.T) *profile.Catalog {
	t.Helper()
	catalog, err := profile.Load(fstest.MapFS{
		"sources.yaml": {Data: []byte("chart: {title: A chart of the atoll, url: \"https://atoll.example/chart\"}\n")},
		"atoll.yaml":   {Data: []byte(fixtureAtollData)},
	})
	if err != nil {
		t.Fatal(err)
	}
	return catalog
}
