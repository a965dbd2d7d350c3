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

# The provider has no argument for static block allocation.
locals {
  static_blocks = {
    for name, a in cidrplan_allocator.k8s.allocations : name => a
    if cidrplan_allocator.k8s.clusters[name].profile == "aks-pod-subnet-static"
  }
}

# The same lines work for all other networks: an attribute that one of them does not have is null, and not set.
resource "azurerm_kubernetes_cluster" "all" {
  for_each            = { for name, a in cidrplan_allocator.k8s.allocations : name => a if !contains(keys(local.static_blocks), name) }
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

# The commands that create the clusters with static blocks. Each looks up the IDs of its two subnets.
output "az_aks_create" {
  value = { for name, a in local.static_blocks : name => join(" ", concat(
    [
      "az aks create --resource-group prod --name ${name} --network-plugin azure --pod-ip-allocation-mode StaticBlock",
      "--max-pods ${a.aks.max_pods} --service-cidr ${a.aks.service_cidr} --dns-service-ip ${a.aks.dns_service_ip}",
    ],
    [for argument, subnet in {
      vnet-subnet-id = cidrplan_allocator.k8s.clusters[name].node_subnets[0]
      pod-subnet-id  = a.pod_subnets[0].name
    } : "--${argument} $(az network vnet subnet show --resource-group prod --vnet-name prod --name ${subnet} --query id --output tsv)"]
  )) }
}
