package provider_test

// subnetIDs are those of the Pod subnets of the CCE Turbo cluster, as its argument joins them.
const subnetIDs = "huaweicloud_vpc_subnet.pods-a.ipv4_subnet_id,huaweicloud_vpc_subnet.pods-b.ipv4_subnet_id"

// The networks of the CCE clusters of Baidu AI Cloud, which are deep in their resources.
const (
	networkOfSearch = `baiducloud_ccev2_cluster_all["search"].cluster_spec[0].container_network_config[0]`
	networkOfMaps   = `baiducloud_ccev2_cluster_all["maps"].cluster_spec[0].container_network_config[0]`
)

// What the clusters of the examples are given by their allocations: the argument of what replaces
// for the cloud resource, and its value.
var given = map[string]map[string]any{
	"alicloud": {
		`alicloud_cs_managed_kubernetes_all["shop"].pod_cidr`:        "10.64.0.0/19",
		`alicloud_cs_managed_kubernetes_all["shop"].service_cidr`:    "172.20.0.0/22",
		`alicloud_cs_managed_kubernetes_all["shop"].node_cidr_mask`:  26,
		`alicloud_cs_managed_kubernetes_all["shop"].pod_vswitch_ids`: nil,
		`alicloud_cs_managed_kubernetes_all["shop"].addons[0].name`:  "flannel",
		`alicloud_cs_managed_kubernetes_all["data"].pod_cidr`:        nil,
		`alicloud_cs_managed_kubernetes_all["data"].service_cidr`:    "172.20.4.0/23",
		`alicloud_cs_managed_kubernetes_all["data"].node_cidr_mask`:  nil,
		`alicloud_cs_managed_kubernetes_all["data"].pod_vswitch_ids`: []string{
			"alicloud_vswitch.pods-h.id",
			"alicloud_vswitch.pods-i.id",
		},
		`alicloud_cs_managed_kubernetes_all["data"].vswitch_ids`: []string{
			"alicloud_vswitch.nodes-h.id",
			"alicloud_vswitch.nodes-i.id",
		},
		`alicloud_cs_managed_kubernetes_all["data"].addons[0].name`: "terway-eniip",
		`alicloud_cs_edge_kubernetes_stores.pod_cidr`:               "10.64.32.0/22",
		`alicloud_cs_edge_kubernetes_stores.service_cidr`:           "172.20.7.0/24",
		`alicloud_cs_edge_kubernetes_stores.node_cidr_mask`:         27,
		`alicloud_cs_serverless_kubernetes_jobs.vswitch_ids`:        []string{"alicloud_vswitch.eci-h.id"},
		`alicloud_cs_serverless_kubernetes_jobs.service_cidr`:       "172.20.6.0/24",
	},
	"azure": {
		`azurerm_kubernetes_cluster_all["shop"].network_profile[0].network_plugin`:      "azure",
		`azurerm_kubernetes_cluster_all["shop"].network_profile[0].network_plugin_mode`: "overlay",
		`azurerm_kubernetes_cluster_all["shop"].network_profile[0].pod_cidr`:            "10.128.0.0/17",
		`azurerm_kubernetes_cluster_all["shop"].network_profile[0].pod_cidrs`:           nil,
		`azurerm_kubernetes_cluster_all["shop"].network_profile[0].service_cidr`:        "172.20.0.0/22",
		`azurerm_kubernetes_cluster_all["shop"].network_profile[0].dns_service_ip`:      "172.20.0.10",
		`azurerm_kubernetes_cluster_all["shop"].network_profile[0].ip_versions`:         nil,
		`azurerm_kubernetes_cluster_all["shop"].default_node_pool[0].pod_subnet_id`:     nil,
		`azurerm_kubernetes_cluster_all["shop"].default_node_pool[0].max_pods`:          250,
		`azurerm_kubernetes_cluster_all["desk"].default_node_pool[0].max_pods`:          30,
		`azurerm_kubernetes_cluster_all["data"].network_profile[0].network_plugin`:      "azure",
		`azurerm_kubernetes_cluster_all["data"].network_profile[0].network_plugin_mode`: nil,
		`azurerm_kubernetes_cluster_all["data"].network_profile[0].pod_cidr`:            nil,
		`azurerm_kubernetes_cluster_all["data"].network_profile[0].service_cidr`:        "172.20.4.0/23",
		`azurerm_kubernetes_cluster_all["data"].default_node_pool[0].pod_subnet_id`:     "azurerm_subnet.pods.id",
		`azurerm_kubernetes_cluster_all["data"].default_node_pool[0].vnet_subnet_id`:    "azurerm_subnet.nodes.id",
		`azurerm_kubernetes_cluster_all["desk"].network_profile[0].network_plugin`:      "azure",
		`azurerm_kubernetes_cluster_all["desk"].network_profile[0].pod_cidr`:            nil,
		`azurerm_kubernetes_cluster_all["desk"].network_profile[0].service_cidr`:        "172.20.8.0/24",
		`azurerm_kubernetes_cluster_all["desk"].default_node_pool[0].pod_subnet_id`:     nil,
		`azurerm_kubernetes_cluster_all["desk"].default_node_pool[0].vnet_subnet_id`:    "azurerm_subnet.flat.id",
		`azurerm_kubernetes_cluster_all["old"].network_profile[0].network_plugin`:       "kubenet",
		`azurerm_kubernetes_cluster_all["old"].network_profile[0].network_plugin_mode`:  nil,
		`azurerm_kubernetes_cluster_all["old"].network_profile[0].pod_cidr`:             "10.128.128.0/19",
		`azurerm_kubernetes_cluster_all["old"].network_profile[0].service_cidr`:         "172.20.9.0/24",
		`azurerm_kubernetes_cluster_all["old"].network_profile[0].dns_service_ip`:       "172.20.9.10",
	},
	"google": {
		`google_container_cluster_all["shop"].default_max_pods_per_node`:                             64,
		`google_container_cluster_all["shop"].ip_allocation_policy[0].cluster_secondary_range_name`:  "pods",
		`google_container_cluster_all["shop"].ip_allocation_policy[0].services_secondary_range_name`: "services",
		`google_container_cluster_all["shop"].ip_allocation_policy[0].stack_type`:                    nil,
		`google_container_cluster_all["shop"].private_cluster_config[0].master_ipv4_cidr_block`:      "172.24.0.0/28",
		`google_container_cluster_all["shop"].subnetwork`:                                            "google_compute_subnetwork.shop.id",
		`google_compute_subnetwork_all["shop"].secondary_ip_range[0].range_name`:                     "pods",
		`google_compute_subnetwork_all["shop"].secondary_ip_range[0].ip_cidr_range`:                  "10.128.0.0/17",
		`google_compute_subnetwork_all["shop"].secondary_ip_range[1].range_name`:                     "services",
		`google_compute_subnetwork_all["shop"].secondary_ip_range[1].ip_cidr_range`:                  "172.20.0.0/21",
		`google_container_cluster_routes.cluster_ipv4_cidr`:                                          "10.129.0.0/18",
		`google_compute_subnetwork_all["old"].secondary_ip_range[0].ip_cidr_range`:                   nil,
		`google_container_cluster_all["auto"].default_max_pods_per_node`:                             nil,
		`google_container_cluster_all["auto"].enable_autopilot`:                                      true,
		`google_container_cluster_all["shop"].enable_autopilot`:                                      nil,
		`google_container_cluster_all["data"].default_max_pods_per_node`:                             110,
		`google_compute_subnetwork_all["data"].secondary_ip_range[0].ip_cidr_range`:                  "10.128.192.0/18",
		`google_compute_subnetwork_all["data"].secondary_ip_range[1].ip_cidr_range`:                  "172.20.12.0/23",
	},
	"huaweicloud": {
		`huaweicloud_cce_cluster_all["search"].container_network_type`:               "vpc-router",
		`huaweicloud_cce_cluster_all["search"].container_network_cidr`:               "10.64.0.0/17",
		`huaweicloud_cce_cluster_all["search"].service_network_cidr`:                 "172.20.4.0/23",
		`huaweicloud_cce_cluster_all["search"].eni_subnet_id`:                        nil,
		`huaweicloud_cce_cluster_all["search"].extend_params[0].fix_pool_mask`:       "25",
		`huaweicloud_cce_cluster_all["batch"].container_network_type`:                "overlay_l2",
		`huaweicloud_cce_cluster_all["batch"].container_network_cidr`:                "10.64.128.0/19",
		`huaweicloud_cce_cluster_all["batch"].service_network_cidr`:                  "172.20.6.0/24",
		`huaweicloud_cce_cluster_all["batch"].eni_subnet_id`:                         nil,
		`huaweicloud_cce_cluster_all["batch"].extend_params[0].fix_pool_mask`:        nil,
		`huaweicloud_cce_cluster_all["pay"].container_network_type`:                  "eni",
		`huaweicloud_cce_cluster_all["pay"].container_network_cidr`:                  nil,
		`huaweicloud_cce_cluster_all["pay"].service_network_cidr`:                    "172.20.0.0/22",
		`huaweicloud_cce_cluster_all["pay"].eni_subnet_id`:                           subnetIDs,
		`huaweicloud_cce_cluster_all["pay"].subnet_id`:                               "huaweicloud_vpc_subnet.nodes.id",
		`huaweicloud_cce_cluster_all["pay"].extend_params[0].fix_pool_mask`:          nil,
		`huaweicloud_cce_autopilot_cluster_jobs.host_network[0].subnet`:              "huaweicloud_vpc_subnet.pilot.id",
		`huaweicloud_cce_autopilot_cluster_jobs.eni_network[0].subnets[0].subnet_id`: "huaweicloud_vpc_subnet.pilot.ipv4_subnet_id",
		`huaweicloud_cce_autopilot_cluster_jobs.service_network[0].ipv4_cidr`:        "172.20.7.0/24",
		`huaweicloud_cce_autopilot_cluster_jobs.ipv6_enable`:                         nil,
	},
	"tencentcloud": {
		`tencentcloud_kubernetes_cluster_all["game"].network_type`:            "GR",
		`tencentcloud_kubernetes_cluster_all["game"].cluster_cidr`:            "10.64.0.0/18",
		`tencentcloud_kubernetes_cluster_all["game"].service_cidr`:            nil,
		`tencentcloud_kubernetes_cluster_all["game"].cluster_max_pod_num`:     64,
		`tencentcloud_kubernetes_cluster_all["game"].cluster_max_service_num`: 1024,
		`tencentcloud_kubernetes_cluster_all["game"].eni_subnet_ids`:          nil,
		`tencentcloud_kubernetes_cluster_all["game"].cluster_subnet_id`:       nil,
		`tencentcloud_kubernetes_cluster_all["lake"].network_type`:            "CiliumOverlay",
		`tencentcloud_kubernetes_cluster_all["lake"].cluster_cidr`:            "10.64.64.0/19",
		`tencentcloud_kubernetes_cluster_all["lake"].service_cidr`:            nil,
		`tencentcloud_kubernetes_cluster_all["lake"].cluster_max_pod_num`:     128,
		`tencentcloud_kubernetes_cluster_all["lake"].cluster_max_service_num`: 256,
		`tencentcloud_kubernetes_cluster_all["lake"].cluster_subnet_id`:       "tencentcloud_subnet.nodes-3.id",
		`tencentcloud_tsf_cluster_shop.cluster_cidr`:                          "10.64.96.0/22",
		`tencentcloud_tsf_cluster_shop.max_node_pod_num`:                      32,
		`tencentcloud_tsf_cluster_shop.max_cluster_service_num`:               128,
		`tencentcloud_kubernetes_cluster_all["chat"].network_type`:            "VPC-CNI",
		`tencentcloud_kubernetes_cluster_all["chat"].cluster_cidr`:            nil,
		`tencentcloud_kubernetes_cluster_all["chat"].service_cidr`:            "172.20.0.0/23",
		`tencentcloud_kubernetes_cluster_all["chat"].cluster_max_pod_num`:     nil,
		`tencentcloud_kubernetes_cluster_all["chat"].cluster_max_service_num`: 512,
		`tencentcloud_kubernetes_cluster_all["chat"].eni_subnet_ids`: []string{
			"tencentcloud_subnet.pods-3.id",
			"tencentcloud_subnet.pods-4.id",
		},
	},
	"ctyun": {
		`ctyun_ccse_cluster_all["video"].base_info.network_plugin`:      "calico",
		`ctyun_ccse_cluster_all["video"].base_info.pod_cidr`:            "10.64.0.0/20",
		`ctyun_ccse_cluster_all["video"].base_info.service_cidr`:        "172.20.0.0/22",
		`ctyun_ccse_cluster_all["video"].base_info.pod_subnet_id_list`:  nil,
		`ctyun_ccse_cluster_all["office"].base_info.network_plugin`:     "cubecni",
		`ctyun_ccse_cluster_all["office"].base_info.pod_cidr`:           nil,
		`ctyun_ccse_cluster_all["office"].base_info.service_cidr`:       "172.20.4.0/23",
		`ctyun_ccse_cluster_all["office"].base_info.pod_subnet_id_list`: []string{"ctyun_subnet.pods.id"},
		`ctyun_ccse_cluster_all["office"].base_info.subnet_id`:          "ctyun_subnet.nodes.id",
	},
	"volcengine": {
		`volcengine_vke_cluster_all["shop"].pods_config[0].pod_network_mode`:                    "Flannel",
		`volcengine_vke_cluster_all["shop"].pods_config[0].flannel_config[0].pod_cidrs`:         []string{"10.8.0.0/19"},
		`volcengine_vke_cluster_all["shop"].pods_config[0].flannel_config[0].max_pods_per_node`: 64,
		`volcengine_vke_cluster_all["shop"].pods_config[0].vpc_cni_config`:                      []string{},
		`volcengine_vke_cluster_all["shop"].services_config[0].service_cidrsv4`:                 []string{"172.20.0.0/22"},
		`volcengine_vke_cluster_all["chat"].pods_config[0].pod_network_mode`:                    "VpcCniShared",
		`volcengine_vke_cluster_all["chat"].pods_config[0].flannel_config`:                      []string{},
		`volcengine_vke_cluster_all["chat"].pods_config[0].vpc_cni_config[0].subnet_ids`: []string{
			"volcengine_subnet.pods-a.id", "volcengine_subnet.pods-b.id",
		},
		`volcengine_vke_cluster_all["chat"].services_config[0].service_cidrsv4`: []string{"172.20.4.0/23"},
	},
	"baiducloud": {
		networkOfSearch + `.mode`:                                    "kubenet",
		networkOfSearch + `.cluster_pod_cidr`:                        "10.64.0.0/18",
		networkOfSearch + `.cluster_ip_service_cidr`:                 "172.20.0.0/22",
		networkOfSearch + `.max_pods_per_node`:                       128,
		networkOfMaps + `.mode`:                                      "vpc-eni",
		networkOfMaps + `.cluster_pod_cidr`:                          nil,
		networkOfMaps + `.cluster_ip_service_cidr`:                   "172.20.4.0/23",
		networkOfMaps + `.max_pods_per_node`:                         60,
		networkOfMaps + `.eni_vpc_subnet_ids[0].zone_and_id.cn-bj-a`: "baiducloud_subnet.pods.id",
	},
	"ksyun": {
		`ksyun_kce_cluster_all["video"].pod_cidr`:          "10.64.0.0/19",
		`ksyun_kce_cluster_all["video"].service_cidr`:      "172.20.0.0/22",
		`ksyun_kce_cluster_all["video"].max_pod_per_node`:  64,
		`ksyun_kce_cluster_all["office"].pod_cidr`:         "10.64.32.0/22",
		`ksyun_kce_cluster_all["office"].service_cidr`:     "172.20.4.0/23",
		`ksyun_kce_cluster_all["office"].max_pod_per_node`: 32,
	},
	"aws": {
		`aws_eks_cluster_all["web"].kubernetes_network_config[0].service_ipv4_cidr`:         "172.20.0.0/22",
		`aws_eks_cluster_all["web"].remote_network_config[0].remote_node_networks[0].cidrs`: []string{"192.168.64.0/20"},
		`aws_eks_cluster_all["web"].remote_network_config[0].remote_pod_networks[0].cidrs`:  []string{"192.168.128.0/17"},
		`aws_eks_cluster_all["web"].vpc_config[0].subnet_ids`: []string{
			"aws_subnet.10.0.0.0/18.id",
			"aws_subnet.10.0.64.0/18.id",
		},
		`aws_eks_cluster_all["data"].kubernetes_network_config[0].service_ipv4_cidr`:         "172.20.4.0/23",
		`aws_eks_cluster_all["data"].remote_network_config[0].remote_node_networks[0].cidrs`: []string{"192.168.80.0/20"},
		`aws_eks_cluster_all["data"].remote_network_config[0].remote_pod_networks[0].cidrs`:  []string{"192.168.0.0/18"},
		`aws_eks_addon_vpc_cni["web"].configuration_values`: `{"eniConfig":{"create":false,"subnets":{}},"env":{` +
			`"AWS_VPC_K8S_CNI_CUSTOM_NETWORK_CFG":"false","ENABLE_PREFIX_DELEGATION":"false",` +
			`"ENI_CONFIG_LABEL_DEF":"topology.kubernetes.io/zone"}}`,
		`aws_eks_addon_vpc_cni["data"].configuration_values`: `{"eniConfig":{"create":true,"subnets":{` +
			`"eu-central-1a":{"id":"aws_subnet.100.64.0.0/18.id"},"eu-central-1b":{"id":"aws_subnet.100.64.64.0/18.id"}}},"env":{` +
			`"AWS_VPC_K8S_CNI_CUSTOM_NETWORK_CFG":"true","ENABLE_PREFIX_DELEGATION":"true",` +
			`"ENI_CONFIG_LABEL_DEF":"topology.kubernetes.io/zone"}}`,
	},
	"distributions": givenDistributions,
	"openshift":     givenOpenShift,
	"generic": {
		`cluster_dns.build`: "172.20.0.10",
		`cluster_dns.edge`:  "172.20.4.10",
		`kubeadm.build`: `apiVersion: kubeadm.k8s.io/v1beta4
kind: ClusterConfiguration
networking:
  podSubnet: 10.64.0.0/19
  serviceSubnet: 172.20.0.0/22
controllerManager:
  extraArgs:
    - name: node-cidr-mask-size-ipv4
      value: "25"
---
apiVersion: kubelet.config.k8s.io/v1beta1
kind: KubeletConfiguration
clusterDNS:
  - 172.20.0.10
---
apiVersion: kubeproxy.config.k8s.io/v1alpha1
kind: KubeProxyConfiguration
clusterCIDR: 10.64.0.0/19
`,
		`calico.edge`: `apiVersion: operator.tigera.io/v1
kind: Installation
metadata:
  name: default
spec:
  calicoNetwork:
    ipPools:
      - name: default-ipv4-ippool
        cidr: 10.64.32.0/20
        blockSize: 25
        encapsulation: None
        natOutgoing: Disabled
        nodeSelector: all()
      - name: default-ipv6-ippool
        cidr: fd10:64::/59
        blockSize: 121
        encapsulation: None
        natOutgoing: Disabled
        nodeSelector: all()
`,
	},
}
