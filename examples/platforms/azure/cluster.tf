resource "azurerm_resource_group" "prod" {
  name     = "prod"
  location = "westeurope"
}

resource "azurerm_virtual_network" "prod" {
  name                = "prod"
  resource_group_name = azurerm_resource_group.prod.name
  location            = azurerm_resource_group.prod.location
  address_space       = ["10.10.0.0/16"]
}

resource "azurerm_subnet" "all" {
  for_each             = local.subnets
  name                 = each.key
  resource_group_name  = azurerm_resource_group.prod.name
  virtual_network_name = azurerm_virtual_network.prod.name
  address_prefixes     = [each.value]
}

# The same lines work for all networks: an attribute that one of them does not have is null, and not set.
resource "azurerm_kubernetes_cluster" "all" {
  for_each            = cidrplan_allocator.k8s.allocations
  name                = each.key
  resource_group_name = azurerm_resource_group.prod.name
  location            = azurerm_resource_group.prod.location
  dns_prefix          = each.key

  default_node_pool {
    name           = "system"
    vm_size        = "Standard_D4s_v5"
    node_count     = 3
    max_pods       = each.value.aks.max_pods
    vnet_subnet_id = azurerm_subnet.all[cidrplan_allocator.k8s.clusters[each.key].node_subnets[0]].id
    pod_subnet_id  = each.value.pod_subnets == null ? null : azurerm_subnet.all[each.value.pod_subnets[0].name].id
  }

  network_profile {
    network_plugin      = each.value.aks.network_plugin
    network_plugin_mode = each.value.aks.network_plugin_mode
    pod_cidr            = each.value.aks.pod_cidr
    pod_cidrs           = each.value.aks.pod_cidrs
    service_cidr        = each.value.aks.service_cidr
    service_cidrs       = each.value.aks.service_cidrs
    dns_service_ip      = each.value.aks.dns_service_ip
    ip_versions         = each.value.aks.ip_versions
  }

  node_provisioning_profile {
    mode = "Manual"
  }

  identity {
    type = "SystemAssigned"
  }
}
