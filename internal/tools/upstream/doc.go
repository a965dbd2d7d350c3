// Package upstream holds the texts of internal/manifests against Kubernetes itself: kubeadm's config validate, which reads the
// documents of the kubelet and kube-proxy too, the division of Pod ranges into the blocks of nodes, and the validation of ServiceCIDRs
// and admission policies, whose expressions are evaluated. It has only tests.
package upstream
