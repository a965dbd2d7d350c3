package manifests

// k3s is a file for /etc/rancher/k3s/config.yaml.d on the servers.
// Sources: https://docs.k3s.io/cli/server and https://docs.k3s.io/networking/basic-network-options
var k3s = format{name: "k3s", pods: true, services: true, masks: true, nodeIPAM: true, documents: serverConfig}
