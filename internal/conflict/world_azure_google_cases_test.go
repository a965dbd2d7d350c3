package conflict_test

import "maps"

// withAzureAndGoogle are rules of clusters with those of AKS and GKE.
func withAzureAndGoogle(all map[string][]ruleCase) map[string][]ruleCase {
	maps.Copy(all, azureAndGoogleRules)
	all["aks-pod-subnet-static"], all["eks-prefix-delegation"] = all["aks-pod-subnet"], all["eks"] // differ in sizes alone
	all["gke-autopilot"] = all["gke"]
	return all
}

var azureAndGoogleRules = map[string][]ruleCase{
	"aks-node-subnet": {
		{"other pod", "service", "", "", ""},
		{"service", "service", "", "", ""},
		{"service", "vpc", "error service_overlaps_vpc", "warn service_overlaps_peer", ""},
		{"service", "site", "error service_overlaps_host_network", "warn service_overlaps_site", ""},
		{"service", "route", "warn service_overlaps_route", "", ""},
		{"service", "members", "warn service_overlaps_route", "", ""},
	},
	"aks-pod-subnet": {
		{"other pod", "service", "", "", ""},
		{"service", "service", "", "", ""},
		{"service", "vpc", "error service_overlaps_vpc", "warn service_overlaps_peer", ""},
		{"service", "site", "error service_overlaps_host_network", "warn service_overlaps_site", ""},
		{"service", "route", "warn service_overlaps_route", "", ""},
		{"service", "members", "warn service_overlaps_route", "", ""},
	},
	"aks-overlay": {
		{"pod", "pod", "", "", ""},
		{"pod", "service", "", "", ""},
		{"pod", "vpc", "error pod_overlaps_vpc", "error pod_overlaps_peer", ""},
		{"pod", "site", "error pod_overlaps_host_network", "error pod_overlaps_site", ""},
		{"pod", "route", "error pod_overlaps_route", "", ""},
		{"pod", "members", "error pod_overlaps_route", "", ""},
		{"service", "service", "", "", ""},
		{"service", "vpc", "error service_overlaps_vpc", "warn service_overlaps_peer", ""},
		{"service", "site", "error service_overlaps_host_network", "warn service_overlaps_site", ""},
		{"service", "route", "warn service_overlaps_route", "", ""},
		{"service", "members", "warn service_overlaps_route", "", ""},
	},
	"aks-kubenet": {
		{"pod", "pod", "warn pod_overlaps_cluster_pod", "", ""},
		{"pod", "service", "", "", ""},
		{"pod", "vpc", "error pod_overlaps_vpc", "warn pod_overlaps_peer", ""},
		{"pod", "site", "error pod_overlaps_host_network", "warn pod_overlaps_site", ""},
		{"pod", "route", "warn pod_overlaps_route", "", ""},
		{"pod", "members", "warn pod_overlaps_route", "", ""},
		{"service", "service", "", "", ""},
		{"service", "vpc", "error service_overlaps_vpc", "warn service_overlaps_peer", ""},
		{"service", "site", "error service_overlaps_host_network", "warn service_overlaps_site", ""},
		{"service", "route", "warn service_overlaps_route", "", ""},
		{"service", "members", "warn service_overlaps_route", "", ""},
	},
	"gke": {
		{"pod", "pod", "error pod_overlaps_cluster_pod", "error pod_overlaps_peer_pod", "error ambiguous_at_third"},
		{"pod", "service", "error pod_overlaps_cluster_service", "error pod_overlaps_peer_service", ""},
		{"service", "service", "", "warn service_overlaps_peer_service", ""},
		{"pod", "vpc", "error pod_overlaps_vpc", "error pod_overlaps_peer", "error ambiguous_at_third"},
		{"service", "vpc", "error service_overlaps_vpc", "error service_overlaps_peer", ""},
		{"pod", "site", "error pod_overlaps_host_network", "error pod_overlaps_site", "error ambiguous_at_third"},
		{"service", "site", "error service_overlaps_host_network", "warn service_overlaps_site", ""},
		{"pod", "route", "error pod_overlaps_route", "error pod_overlaps_peer_route", ""},
		{"service", "route", "warn service_overlaps_route", "", ""},
		{"pod", "members", "error pod_overlaps_route", "", ""},
		{"service", "members", "warn service_overlaps_route", "", ""},
	},
	"gke-routes": {
		{"pod", "pod", "error pod_overlaps_cluster_pod", "warn pod_overlaps_peer_pod", "warn ambiguous_at_third"},
		{"pod", "other service", "warn pod_overlaps_cluster_service", "warn pod_overlaps_peer_service", ""},
		{"pod", "vpc", "error pod_overlaps_vpc", "warn pod_overlaps_peer", "warn ambiguous_at_third"},
		{"pod", "site", "error pod_overlaps_host_network", "warn pod_overlaps_site", "warn ambiguous_at_third"},
		{"pod", "route", "error pod_overlaps_route", "error pod_overlaps_peer_route", ""},
		{"pod", "members", "error pod_overlaps_route", "", ""},
	},
}
