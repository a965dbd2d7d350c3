package allocate

import (
	"testing"
	"testing/fstest"

	"github.com/cidrplan/terraform-provider-cidrplan/internal/profile"
)

// made is a catalog with one fictitious platform, which is nothing but data. Its ranges may be as
// small as single addresses. toy-routed minds overlaps as a routed network does, toy-hidden only
// those with its own network, and toy-low takes Pods from 10.0.0.0/27 alone.
func made(t testing.TB) *profile.Catalog {
	t.Helper()
	catalog, err := profile.Load(fstest.MapFS{
		"sources.yaml": {Data: []byte("handbook:\n  title: The Handbook of Toyland\n")},
		"toyland.yaml": {Data: []byte(toyland)},
	})
	if err != nil {
		t.Fatal(err)
	}
	return catalog
}

const toyland = `
platform: toyland
title: Toyland
networks:
  peer: &peer {level: error, text: joined networks are apart, sources: [handbook], confidence: verified}
outputs:
  toy:
    description: Arguments of a toy.
    attributes:
      pods: {type: string, value: pod_cidr, description: Pods.}
      services: {type: string, value: service_cidr, description: Services.}
      mask: {type: number, value: node_mask, description: Mask.}
anchors:
  any: &any
    - level: error
      windows: [{cidr: 0.0.0.0/0, shortest: 0, longest: 32}]
      text: all lengths will do
      sources: [handbook]
      confidence: verified
  nodes: &nodes
    blocks: fixed
    argument: mask
    shortest: 1
    longest: 32
    pods_per_node: {default: 1, max: 1000, counts: addresses}
  error: &error {level: error, text: must not, sources: [handbook], confidence: verified}
  warn: &warn {level: warn, text: should not, sources: [handbook], confidence: verified}
  allow: &allow {level: allow, text: may, sources: [handbook], confidence: verified}
  routed: &routed
    pod_vpc: *error
    service_vpc: *error
    service_pod: *error
    pod_pod_same_vpc: *error
    pod_service_same_vpc: *warn
    service_service_same_vpc: *allow
    pod_peer_vpc: *error
    service_peer_vpc: *warn
    pod_pod_peer: *warn
    pod_service_peer: *warn
    service_service_peer: *allow
    pod_route: *error
    service_route: *warn
    pod_site: *warn
    service_site: *warn
  hidden: &hidden
    pod_vpc: *error
    service_vpc: *error
    service_pod: *error
    pod_pod_same_vpc: *allow
    pod_pod_other_mode_same_vpc: *warn
    pod_service_same_vpc: *allow
    service_service_same_vpc: *allow
    pod_peer_vpc: *warn
    service_peer_vpc: *allow
    pod_pod_peer: *allow
    pod_service_peer: *allow
    service_service_peer: *warn
    pod_route: *warn
    service_route: *allow
    pod_site: *warn
    service_site: *allow
profiles:
  toy-routed:
    title: Routed toys
    words: [routed]
    output: toy
    platforms: any
    pods: {from: own, limits: *any}
    services: {limits: *any, default_count: 1}
    nodes: *nodes
    overlap: *routed
    growth: {pods: none}
    other_ranges:
      inner:
        title: inner range
        reach: local
        description: is used inside
        overlap: {pods: *error, services: *warn, other: *error, vpc: *warn}
      seen:
        title: seen range
        reach: routed
        description: is seen by others
        overlap:
          pods: *error
          services: *warn
          pods_same_vpc: *warn
          services_same_vpc: *error
          pods_peer: *error
          services_peer: *allow
          other_same_vpc: *error
          other_peer: *warn
          route: *warn
          peer_vpc: *error
          site: *warn
  toy-hidden:
    title: Hidden toys
    words: [hidden]
    output: toy
    platforms: any
    pods: {from: own, limits: *any}
    services: {limits: *any, default_count: 1}
    nodes: *nodes
    overlap: *hidden
    growth: {pods: none}
    other_ranges:
      box:
        title: box
        reach: local
        description: contains Pods
        max: 1
        contains: {pods: *error}
        overlap: {services_peer: *warn}
      free:
        title: free range
        reach: local
        description: keeps Services away
        overlap: {services: *error, services_same_vpc: *warn, other_peer: *error}
  toy-low:
    title: Low toys
    words: [low]
    output: toy
    platforms: any
    pods:
      from: own
      limits:
        - level: error
          windows: [{cidr: 10.0.0.0/27, shortest: 27, longest: 32}]
          text: low toys live low
          sources: [handbook]
          confidence: verified
    services: {limits: *any, default_count: 1}
    nodes: *nodes
    overlap: *routed
    growth: {pods: none}
    forbidden: [{cidr: 10.0.0.0/31, level: warn, text: the king of Toyland, sources: [handbook], confidence: verified}]
`
