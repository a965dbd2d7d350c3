package manifests

import (
	"math/big"
	"net/netip"
	"slices"
	"strings"

	"github.com/cidrplan/terraform-provider-cidrplan/internal/cidr"
	"github.com/cidrplan/terraform-provider-cidrplan/internal/profile"
)

// Allocation is the ranges of one cluster by address family. A family without ranges is not used by the cluster.
type Allocation struct {
	IPv4, IPv6 Family
	// Aggregate contains the IPv4 Pod ranges and is kept free for further ones; it is not valid where there is none.
	Aggregate netip.Prefix
}

// Family is the ranges of a cluster in one address family.
type Family struct {
	// Pods are the Pod ranges in the order in which they were added.
	Pods []netip.Prefix
	// Services is the Service range, which is not valid where there is none.
	Services netip.Prefix
	// NodeMask is the prefix length of the Pod block of each node, 0 where nodes have no blocks of one size.
	NodeMask int
	// Further are the Service ranges that were appended, in their order. They may contain each other and Services.
	Further []netip.Prefix
}

// Of sorts the ranges of a cluster by family. The first fields of an IPv6-only cluster hold IPv6 ranges.
func Of(held profile.Ranges) Allocation {
	a := Allocation{Aggregate: held.Aggregate}
	for _, p := range held.Pods {
		f := a.family(p)
		f.Pods, f.NodeMask = append(f.Pods, p), held.NodeMask
	}
	if held.PodIPv6.IsValid() {
		a.IPv6.Pods, a.IPv6.NodeMask = append(a.IPv6.Pods, held.PodsIPv6()...), held.NodeIPv6Mask
	}
	for _, p := range []netip.Prefix{held.Service, held.ServiceIPv6} {
		if p.IsValid() {
			a.family(p).Services = p
		}
	}
	for _, p := range slices.Concat(held.Further.Services, held.Further.ServicesIPv6) {
		of := a.family(p)
		of.Further = append(of.Further, p)
	}
	return a
}

// family is the family of a range.
func (a *Allocation) family(p netip.Prefix) *Family {
	if cidr.FamilyOf(p) == cidr.V6 {
		return &a.IPv6
	}
	return &a.IPv4
}

// family is that of the ranges, 0 where there are none.
func (f Family) family() cidr.Family {
	if len(f.Pods) > 0 {
		return cidr.FamilyOf(f.Pods[0])
	}
	return cidr.FamilyOf(f.Services)
}

// nodes is how many nodes have a block of the Pod ranges; 1 where nodes have no blocks of one size.
func (f Family) nodes() *big.Int {
	n := new(big.Int)
	if f.NodeMask == 0 {
		return n.SetInt64(1)
	}
	for _, p := range f.Pods {
		n.Add(n, cidr.Blocks(p, f.NodeMask))
	}
	return n
}

// families are those with Pod ranges, IPv4 first. All formats list the families in this order, which decides the primary family of
// Pods and Services.
// Source: https://kubernetes.io/docs/concepts/services-networking/dual-stack/
func (a Allocation) families() []Family {
	var out []Family
	for _, f := range []Family{a.IPv4, a.IPv6} {
		if len(f.Pods) > 0 {
			out = append(out, f)
		}
	}
	return out
}

// dual says whether the cluster uses both families.
func (a Allocation) dual() bool { return len(a.families()) == 2 }

// pods are all Pod ranges, those of IPv4 first.
func (a Allocation) pods() []netip.Prefix {
	return append(append([]netip.Prefix{}, a.IPv4.Pods...), a.IPv6.Pods...)
}

// services are the first Service ranges, IPv4 first.
func (a Allocation) services() []netip.Prefix {
	var out []netip.Prefix
	for _, f := range []Family{a.IPv4, a.IPv6} {
		if f.Services.IsValid() {
			out = append(out, f.Services)
		}
	}
	return out
}

// further are the Service ranges that were appended, those of IPv4 first.
func (a Allocation) further() []netip.Prefix { return slices.Concat(a.IPv4.Further, a.IPv6.Further) }

// dns is the address of the cluster's DNS Service: the tenth of the first Service range. kubeadm, RKE2, K3s and Talos choose it too.
// Source: https://github.com/kubernetes/kubernetes/blob/v1.36.3/cmd/kubeadm/app/constants/constants.go (GetDNSIP)
func (a Allocation) dns() string {
	address, ok := cidr.NthAddr(a.services()[0], dnsAddress)
	if !ok {
		panic("the Service range has no tenth address") // check has refused it
	}
	return address.String()
}

// dnsAddress is the number of the DNS address in the Service range, counted from 0, the address of the network.
const dnsAddress = 10

// texts are ranges as text.
func texts(ps []netip.Prefix) []string {
	out := []string{}
	for _, p := range ps {
		out = append(out, p.String())
	}
	return out
}

// joined are ranges as one text with commas, as flags of Kubernetes have them.
func joined(ps []netip.Prefix) string { return commas(texts(ps)) }

func commas(all []string) string { return strings.Join(all, ",") }
