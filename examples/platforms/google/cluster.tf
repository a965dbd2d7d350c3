resource "google_compute_network" "prod" {
  name                    = "prod"
  auto_create_subnetworks = false
}

resource "google_compute_subnetwork" "all" {
  for_each      = local.subnets
  name          = each.key
  network       = google_compute_network.prod.id
  region        = each.value.region
  ip_cidr_range = each.value.cidr

  dynamic "secondary_ip_range" {
    for_each = cidrplan_allocator.k8s.allocations[each.key].gke == null ? [] : cidrplan_allocator.k8s.allocations[each.key].gke.secondary_ip_range
    content {
      range_name    = secondary_ip_range.value.range_name
      ip_cidr_range = secondary_ip_range.value.ip_cidr_range
    }
  }
}

resource "google_container_cluster" "all" {
  for_each           = { for name, allocation in cidrplan_allocator.k8s.allocations : name => allocation if allocation.gke != null }
  name               = each.key
  location           = local.subnets[each.key].region
  network            = google_compute_network.prod.id
  subnetwork         = google_compute_subnetwork.all[each.key].id
  initial_node_count = 1
  enable_autopilot   = cidrplan_allocator.k8s.clusters[each.key].profile == "gke-autopilot" ? true : null

  default_max_pods_per_node = each.value.gke.default_max_pods_per_node

  ip_allocation_policy {
    cluster_secondary_range_name  = each.value.gke.cluster_secondary_range_name
    services_secondary_range_name = each.value.gke.services_secondary_range_name
    stack_type                    = each.value.gke.stack_type

    # Pod ranges that the plan appends when the cluster grows.
    dynamic "additional_pod_ranges_config" {
      for_each = length(each.value.gke.pod_range_names) > 1 ? [slice(each.value.gke.pod_range_names, 1, length(each.value.gke.pod_range_names))] : []
      content {
        pod_range_names = additional_pod_ranges_config.value
      }
    }
  }

  dynamic "private_cluster_config" {
    for_each = each.key == "shop" ? [local.control_plane] : []
    content {
      enable_private_nodes   = true
      master_ipv4_cidr_block = private_cluster_config.value
    }
  }
}

resource "google_container_cluster" "routes" {
  name               = "old"
  location           = local.subnets["old"].region
  network            = google_compute_network.prod.id
  subnetwork         = google_compute_subnetwork.all["old"].id
  initial_node_count = 1

  networking_mode   = "ROUTES"
  cluster_ipv4_cidr = cidrplan_allocator.k8s.allocations["old"].gke_routes.cluster_ipv4_cidr
}
