package provider_test

// givenOpenShift is the part of given for OpenShift.
var givenOpenShift = map[string]any{
	`host_prefix.shop`: 23,
	`host_prefix.edge`: 24,
	`install_config.edge`: `"apiVersion": "v1"
"baseDomain": "example.com"
"metadata":
  "name": "edge"
"networking":
  "clusterNetwork":
  - "cidr": "10.129.0.0/19"
    "hostPrefix": 24
  - "cidr": "fd10:128::/59"
    "hostPrefix": 64
  "machineNetwork":
  - "cidr": "10.10.0.0/16"
  "networkType": "OVNKubernetes"
  "serviceNetwork":
  - "172.30.16.0/22"
  - "fd10:172::/112"
`,
}

// givenDistributions is the part of given for the other distributions.
var givenDistributions = map[string]any{
	`rke2`: `cluster-cidr: 10.64.0.0/17
service-cidr: 10.80.16.0/22
cluster-dns: 10.80.16.10
kube-controller-manager-arg:
  - node-cidr-mask-size-ipv4=24
`,
	`k3s`: `cluster-cidr: 10.65.32.0/20
service-cidr: 10.80.20.0/24
cluster-dns: 10.80.20.10
kube-controller-manager-arg:
  - node-cidr-mask-size-ipv4=24
`,
	`talos`: `cluster:
  network:
    podSubnets:
      - 10.65.0.0/19
      - fd10:64::/59
    serviceSubnets:
      - 10.80.12.0/22
      - fd10:80::/112
  controllerManager:
    extraArgs:
      node-cidr-mask-size-ipv4: "24"
      node-cidr-mask-size-ipv6: "64"
`,
	`kubespray`: `ipv4_stack: true
kube_pods_subnet: 10.64.192.0/18
kube_service_addresses: 10.80.0.0/21
kube_network_node_prefix: 24
ipv6_stack: false
skydns_server: 10.80.0.10
`,
	`kops`: `spec:
  nonMasqueradeCIDR: 10.64.128.0/18
  podCIDR: 10.64.128.0/18
  serviceClusterIPRange: 10.80.8.0/22
  kubeControllerManager:
    nodeCIDRMaskSize: 24
`,
}
