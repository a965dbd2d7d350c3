package conflict_test

import (
	"fmt"
	"strings"
	"testing/fstest"

	"github.com/cidrplan/terraform-provider-cidrplan/internal/profile"
)

// platformsData are platforms that do not exist, with a hub for each way to compare networks and each
// level, and rules of different levels for peers.
const platformsData = `
platform: strict
title: Strict Cloud
networks:
  peer: {level: error, text: "peer rule of strict", sources: [guide], confidence: verified}
  hubs:
    lock:
      title: lock
      compares: blocks
      level: error
      text: lock blocks error
      sources: [guide]
      confidence: verified
      protection_levels:
        open: {compares: subnets, level: error, text: lock subnets error, sources: [guide], confidence: verified}
        odd: {compares: identical, level: error, text: lock identical error, sources: [guide], confidence: verified}
        loose: {compares: blocks, level: warn, text: lock blocks warn, sources: [guide], confidence: verified}
        loose-open: {compares: subnets, level: warn, text: lock subnets warn, sources: [guide], confidence: verified}
        loose-odd: {compares: identical, level: warn, text: lock identical warn, sources: [guide], confidence: verified}
        silent: {compares: blocks, level: allow, text: lock blocks allow, sources: [guide], confidence: verified}
  subnets:
    reserved: {addresses: 2, level: warn, text: two addresses of each subnet are kept, sources: [guide], confidence: verified}
outputs:
  node_pool: {description: Arguments of a node pool., attributes: {mode: {type: string, value: word, description: The mode.}}}
anchors:
  stop: &stop {level: error, text: it must not be, sources: [guide], confidence: verified}
  single: &single {blocks: none, route_quota: 1, route_quota_rule: *stop, pods_per_node: {default: 4, counts: usable}}
  of-services: &of-services
    {service_vpc: *stop, pod_service_same_vpc: *stop, service_service_same_vpc: *stop,
        service_peer_vpc: *stop, pod_service_peer: *stop, service_service_peer: *stop, service_route: *stop, service_site: *stop}
  of-pods: &of-pods
    {pod_vpc: *stop, pod_pod_same_vpc: *stop, pod_service_same_vpc: *stop,
        pod_peer_vpc: *stop, pod_pod_peer: *stop, pod_service_peer: *stop, pod_route: *stop, pod_site: *stop}
profiles:
  # Pods in subnets of /26 and larger, better /25, and not those of others. At most 200 Pods.
  limited-subnets:
    title: Limited subnets
    words: [limited]
    output: node_pool
    pods:
      from: subnets
      max:
        - {max: 100, level: warn, text: at most 100 Pods are advised, sources: [guide], confidence: verified}
        - {max: 200, level: error, text: at most 200 Pods are accepted, sources: [guide], confidence: verified}
      subnets:
        limits:
          - {level: error, windows: [{cidr: 0.0.0.0/0, shortest: 1, longest: 26}],
              text: Pod subnets are /26 or larger, sources: [guide], confidence: verified}
          - {level: warn, windows: [{cidr: 0.0.0.0/0, shortest: 1, longest: 25}],
              text: Pod subnets are better /25 or larger, sources: [guide], confidence: verified}
        capacity: {level: error, text: each Pod uses an address, sources: [guide], confidence: verified}
        with_nodes: {level: error, text: Pods and nodes need separate subnets, sources: [guide], confidence: verified}
        with_pods: {level: warn, text: Pods of other clusters belong in other subnets, sources: [guide], confidence: verified}
        missing: {level: allow, text: Pods are in the subnets of nodes, sources: [guide], confidence: verified}
        pod_range: *stop
    services: {default_count: 10}
    nodes: *single
    overlap: *of-services
    growth: {pods: subnets, text: as they grow, sources: [guide]}
  # Pods in any subnet, also those of other Pods and of nodes.
  any-subnets:
    title: Any subnets
    words: [any]
    output: node_pool
    pods:
      from: subnets
      subnets:
        capacity: {level: warn, text: each Pod is advised an address, sources: [guide], confidence: verified}
        with_nodes: {level: allow, text: Pods may share subnets with nodes, sources: [guide], confidence: verified}
        with_pods: {level: allow, text: Pods may share subnets with other Pods, sources: [guide], confidence: verified}
        missing: {level: allow, text: Pods are in the subnets of nodes, sources: [guide], confidence: verified}
        pod_range: *stop
    services: {default_count: 10}
    nodes: *single
    overlap: *of-services
    growth: {pods: subnets, text: as they grow, sources: [guide]}
  # Ranges of its own, a route for each node, and no limits of any kind.
  two-routes:
    title: Two routes a node
    words: [two]
    output: node_pool
    pods: {from: own}
    services: {default_count: 10}
    nodes:
      blocks: fixed
      shortest: 24
      longest: 28
      pods_per_node: {default: 10, counts: usable}
      routes_per_node: 2
      route_quota: 60
      route_quota_rule: {level: error, text: at most 60 routes, sources: [guide], confidence: verified}
    overlap: {<<: [*of-pods, *of-services], service_pod: *stop}
    growth: {pods: none, text: as they grow, sources: [guide]}
  # The same with one route for each node and more of them.
  one-route:
    title: One route a node
    words: [one]
    output: node_pool
    pods: {from: own}
    services: {default_count: 10}
    nodes:
      blocks: fixed
      shortest: 24
      longest: 28
      pods_per_node: {default: 10, counts: usable}
      routes_per_node: 1
      route_quota: 80
      route_quota_rule: {level: warn, text: 80 routes are advised, sources: [guide], confidence: verified}
    overlap: {<<: [*of-pods, *of-services], service_pod: *stop}
    growth: {pods: none, text: as they grow, sources: [guide]}
`

// plainData is a platform of peers and nothing else.
const plainData = `
platform: %[1]s
title: %[1]s
networks:
  peer: {level: %[2]s, text: "peer rule of %[1]s", sources: [guide], confidence: verified}
`

// fixturePlatforms is the catalog of the platforms that do not exist.
func fixturePlatforms(t interface{ Fatal(...any) }) *profile.Catalog {
	files := fstest.MapFS{
		"sources.yaml": {
			Data: []byte("guide: {title: A guide, url: \"https://strict.example/guide\"}\nrouting: {title: routing, url: \"\"}\n"),
		},
		"strict.yaml": {Data: []byte(platformsData)},
	}
	for platform, level := range map[string]string{"lenient": "allow", "advisory": "warn", "generic": "warn"} {
		files[platform+".yaml"] = &fstest.MapFile{Data: []byte(strings.TrimSpace(fmt.Sprintf(plainData, platform, level)))}
	}
	catalog, err := profile.Load(files)
	if err != nil {
		t.Fatal(err)
	}
	return catalog
}
