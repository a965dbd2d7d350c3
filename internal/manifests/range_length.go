package manifests

import "github.com/cidrplan/terraform-provider-cidrplan/internal/cidr"

// maxServiceBits is the number of host bits of the largest Service range that kube-apiserver accepts, in both families.
// Source: https://github.com/kubernetes/kubernetes/blob/v1.36.3/cmd/kube-apiserver/app/options/validation.go (maxCIDRBits)
const maxServiceBits = 20

// largeServices finds a Service range that is larger than kube-apiserver accepts. The formats that have both kinds of ranges set the
// Service range of kube-apiserver.
func (f format) largeServices(a Allocation, _ Options) Problem {
	for _, p := range a.services() {
		bits := cidr.FamilyOf(p).Bits()
		if shortest := bits - maxServiceBits; f.pods && f.services && p.Bits() < shortest {
			return RangeRefused{Services, f.name, "", p, shortest, bits}
		}
	}
	return nil
}

// minKubeadmBits is the number of host bits of the smallest ranges that kubeadm accepts: it requires 14 addresses for Pods and 10 for
// Services in each family.
// Source: https://github.com/kubernetes/kubernetes/blob/v1.36.3/cmd/kubeadm/app/constants/constants.go (MinimumAddressesInPodSubnet and
// MinimumAddressesInServiceSubnet)
const minKubeadmBits = 4

// smallRanges finds a range of an allocation in a format that is smaller than kubeadm accepts.
func smallRanges(format string) func(Allocation, Options) Problem {
	return func(a Allocation, _ Options) Problem {
		for _, of := range a.families() {
			bits := of.family().Bits()
			longest := bits - minKubeadmBits
			switch {
			case of.Pods[0].Bits() > longest:
				return RangeRefused{Pods, format, "", of.Pods[0], 0, longest}
			case of.Services.Bits() > longest:
				return RangeRefused{Services, format, "", of.Services, bits - maxServiceBits, longest}
			}
		}
		return nil
	}
}
