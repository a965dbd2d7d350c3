// Package manifests writes the ranges of one cluster as the configuration of the tools that build and run a self-managed cluster:
// kubeadm, the flags of the components, network plug-ins, Kubernetes distributions. All formats of one allocation have the same
// ranges, in the same order of the families, the same node masks and the same DNS address. What a format cannot express is a Problem,
// never a text that lacks something.
package manifests
