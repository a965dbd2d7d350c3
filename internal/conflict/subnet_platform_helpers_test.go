package conflict_test

import (
	"fmt"
	"strings"
	"testing/fstest"

	"github.com/cidrplan/terraform-provider-cidrplan/internal/profile"
)

// subseaData are platforms that do not exist, with a hub for each way to compare networks and each
// level, and rules of different levels for peers.
const subseaData = `
platform: subsea
title: Subsea Cloud
networks:
  peer: {level: error, text: "peer rule of subsea", sources: [chart], confidence: verified}
  hubs:
    lock:
      title: lock
      compares: blocks
      level: error
      text: lock blocks error
      sources: [chart]
      confidence: verified
      protection_levels:
        open: {compares: subnets, level: error, text: lock subnets error, sources: [chart], confidence: verified}
        odd: {compares: identical, level: error, text: lock identical error, sources: [chart], confidence: verified}
        loose: {compares: blocks, level: warn, text: lock blocks warn, sources: [chart], confidence: verified}
        loose-open: {compares: subnets, level: warn, text: lock subnets warn, sources: [chart], confidence: verified}
        loose-odd: {compares: identical, level: warn, text: lock identical warn, sources: [chart], confidence: verified}
        silent: {compares: blocks, level: allow, text: lock blocks allow, sources: [chart], confidence: verified}
  subnets:
    reserved: {addresses: 2, level: warn, text: two addresses of each subnet are kept, sources: [chart], confidence: verified}
outputs:
  hut: {description: Arguments of a hut., attributes: {mode: {type: string, value: word, description: The mode.}}}
anchors:
  stop: &stop {level: error, text: it must not be, sources: [chart], confidence: verified}
  single: &single {blocks: none, route_quota: 1, route_quota_rule: *stop, pods_per_node: {default: 4, counts: usable}}
  of-services: &of-services
    {service_vpc: *stop, pod_service_same_vpc: *stop, service_service_same_vpc: *stop,
        service_peer_vpc: *stop, pod_service_peer: *stop, service_service_peer: *stop, service_route: *stop, service_site: *stop}
  of-pods: &of-pods
    {pod_vpc: *stop, pod_pod_same_vpc: *stop, pod_service_same_vpc: *stop,
        pod_peer_vpc: *stop, pod_pod_peer: *stop, pod_service_peer: *stop, pod_route: *stop, pod_site: *stop}
profiles:
  # Pods in subnets of /26 and larger, better /25, and not those of others. At most 200 Pods.
  sub-fish:
    title: Subsea with fish
    words: [fish]
    output: hut
    pods:
      from: subnets
      max:
        - {max: 100, level: warn, text: a hundred fish are advised, sources: [chart], confidence: verified}
        - {max: 200, level: error, text: two hundred fish are the most, sources: [chart], confidence: verified}
      subnets:
        limits:
          - {level: error, windows: [{cidr: 0.0.0.0/0, shortest: 1, longest: 26}],
              text: fish swim in a /26, sources: [chart], confidence: verified}
          - {level: warn, windows: [{cidr: 0.0.0.0/0, shortest: 1, longest: 25}],
              text: fish like a /25, sources: [chart], confidence: verified}
        capacity: {level: error, text: each fish takes an address, sources: [chart], confidence: verified}
        with_nodes: {level: error, text: fish shun stones, sources: [chart], confidence: verified}
        with_pods: {level: warn, text: fish shun others, sources: [chart], confidence: verified}
        missing: {level: allow, text: it lives where nodes are, sources: [chart], confidence: verified}
        pod_range: *stop
    services: {default_count: 10}
    nodes: *single
    overlap: *of-services
    growth: {pods: subnets, text: as they grow, sources: [chart]}
  # Pods in any subnet, beside whomever they like.
  sub-crab:
    title: Subsea with crabs
    words: [crab]
    output: hut
    pods:
      from: subnets
      subnets:
        capacity: {level: warn, text: each crab takes an address, sources: [chart], confidence: verified}
        with_nodes: {level: allow, text: crabs like stones, sources: [chart], confidence: verified}
        with_pods: {level: allow, text: crabs like others, sources: [chart], confidence: verified}
        missing: {level: allow, text: it lives where nodes are, sources: [chart], confidence: verified}
        pod_range: *stop
    services: {default_count: 10}
    nodes: *single
    overlap: *of-services
    growth: {pods: subnets, text: as they grow, sources: [chart]}
  # Ranges of its own, a route for each node, and no limits of any kind.
  sub-palm:
    title: Subsea under palms
    words: [palm]
    output: hut
    pods: {from: own}
    services: {default_count: 10}
    nodes:
      blocks: fixed
      shortest: 24
      longest: 28
      pods_per_node: {default: 10, counts: usable}
      routes_per_node: 2
      route_quota: 60
      route_quota_rule: {level: error, text: palms have sixty leaves, sources: [chart], confidence: verified}
    overlap: {<<: [*of-pods, *of-services], service_pod: *stop}
    growth: {pods: none, text: as they grow, sources: [chart]}
  # The same with one route for each node and more of them.
  sub-fern:
    title: Subsea in ferns
    words: [fern]
    output: hut
    pods: {from: own}
    services: {default_count: 10}
    nodes:
      blocks: fixed
      shortest: 24
      longest: 28
      pods_per_node: {default: 10, counts: usable}
      routes_per_node: 1
      route_quota: 80
      route_quota_rule: {level: warn, text: ferns have eighty leaves, sources: [chart], confidence: verified}
    overlap: {<<: [*of-pods, *of-services], service_pod: *stop}
    growth: {pods: none, text: as they grow, sources: [chart]}
`

// plainData is a platform of peers and nothing else.
const plainData = `
platform: %[1]s
title: %[1]s
networks:
  peer: {level: %[2]s, text: "peer rule of %[1]s", sources: [chart], confidence: verified}
`

// fixtureSubsea is the catalog of the platforms that do not exist.
func fixtureSubsea(t interface{ Fatal(...any) }) *profile.Catalog {
	files := fstest.MapFS{
		"sources.yaml": {
			Data: []byte("chart: {title: A chart, url: \"https://subsea.example/chart\"}\nrouting: {title: routing, url: \"\"}\n"),
		},
		"subsea.yaml": {Data: []byte(subseaData)},
	}
	for platform, level := range map[string]string{"calm": "allow", "shallow": "warn", "generic": "warn"} {
		files[platform+".yaml"] = &fstest.MapFile{Data: []byte(strings.TrimSpace(fmt.Sprintf(plainData, platform, level)))}
	}
	catalog, err := profile.Load(files)
	if err != nil {
		t.Fatal(err)
	}
	return catalog
}
