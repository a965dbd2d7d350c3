package topology_test

import (
	"testing"
	"testing/fstest"

	"github.com/cidrplan/terraform-provider-cidrplan/internal/profile"
)

// fixturePlatformData is a platform that does not exist. Each of its rules has a boundary of its own, so
// that a value breaks one rule and its neighbour none.
const fixturePlatformData = `
platform: fixture
title: Fixture Cloud

networks:
  peer: &peer {level: error, text: VPCs must not share addresses, sources: [guide], confidence: verified}
  hubs:
    mesh:
      title: mesh
      compares: blocks
      level: error
      text: a mesh compares blocks
      sources: [guide]
      confidence: verified
      protection_levels:
        LOW: {compares: identical, level: error, text: a low mesh refuses the same block, sources: [guide], confidence: verified}
        BARE: {compares: subnets, level: error, text: a bare mesh compares subnets, sources: [guide], confidence: verified}
    exchange: {title: exchange, compares: blocks, level: error, text: an exchange compares blocks, sources: [guide], confidence: verified}
outputs:
  node_pool: {description: Arguments of a node pool., attributes: {mode: {type: string, value: word, description: The mode.}}}

anchors:
  stop: &stop {level: error, text: it must not be, sources: [guide], confidence: verified}
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
  fixture-subnets:
    title: Pods in subnets
    words: [eni, Trunk]
    output: node_pool
    pods:
      from: subnets
      subnets:
        <<: *in-subnets
        missing: {level: allow, text: Pods may be in any subnet, sources: [guide], confidence: verified}
        pod_range: {level: error, text: Pods in subnets have no range, sources: [guide], confidence: verified}
    services: *services
    nodes: *single
    ipv6:
      {dual: true, pods: subnets, services: platform, level: error, text: both families, sources: [guide], confidence: verified}
    overlap: *of-services
    growth: {pods: subnets, max_ranges: 3, text: as they grow, sources: [guide]}
  # Pods in as many subnets as there are; a range for them is only advised against.
  fixture-many-subnets:
    title: Pods in many subnets
    words: [many, trunk]
    output: node_pool
    pods:
      from: subnets
      subnets:
        <<: *in-subnets
        missing: {level: allow, text: Pods may be in any subnet, sources: [guide], confidence: verified}
        pod_range: {level: warn, text: Pods in subnets need no range, sources: [guide], confidence: verified}
    services: *services
    nodes: *single
    overlap: *of-services
    growth: {pods: subnets, text: as they grow, sources: [guide]}
  # Services at the end of the Pod range, and no IPv6 at all.
  fixture-shared:
    title: One range
    words: [shared]
    output: node_pool
    pods: {from: shared}
    services: *services
    nodes: *blocks
    ipv6: {dual: false, level: error, text: this mode has no IPv6, sources: [guide], confidence: verified}
    overlap: *of-pods
    growth: {pods: none, text: as they grow, sources: [guide]}
  # All ranges of its own, in both families.
  fixture-own:
    title: Ranges of its own
    words: [own]
    output: node_pool
    pods: {from: own}
    services: *services
    nodes: *blocks
    ipv6:
      {dual: true, pods: own, services: own, service_length: 112, node_mask: 64, max_difference: 16,
       max_difference_rule: {level: error, text: at most 65536 blocks, sources: [guide], confidence: verified},
       level: error, text: ranges of both families, sources: [guide], confidence: verified}
    overlap: {<<: [*of-pods, *of-services], service_pod: *stop}
    growth: {pods: append, max_ranges: 2, text: as they grow, sources: [guide]}
`

// fixturePlatform is the catalog of the platform that does not exist.
func fixturePlatform(t *testing.T) *profile.Catalog {
	t.Helper()
	catalog, err := profile.Load(fstest.MapFS{
		"sources.yaml": {Data: []byte("guide: {title: A guide of the fixture platform, url: \"https://fixture.example/guide\"}\n")},
		"fixture.yaml": {Data: []byte(fixturePlatformData)},
	})
	if err != nil {
		t.Fatal(err)
	}
	return catalog
}
