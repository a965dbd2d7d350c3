package manifests

import (
	"net/netip"
	"slices"
	"strings"

	"github.com/cidrplan/terraform-provider-cidrplan/internal/cidr"
)

// serviceCIDR are a ServiceCIDR for each further Service range (Kubernetes 1.33 and later), and before them a policy that refuses
// ServiceCIDRs outside of the planned ranges. The first Service range has no object of its own: kube-apiserver creates the ServiceCIDR
// "kubernetes" from its flag. Each object has one range, so that it never has two of one family, which Kubernetes refuses.
// Source: https://kubernetes.io/docs/tasks/network/extend-service-ip-ranges/
var serviceCIDR = format{
	name: "servicecidr", services: true, options: []string{ServicesOption}, check: serviceRanges,
	documents: func(a Allocation, o Options) []any {
		further := slices.Concat(a.further(), o.Services)
		out := plannedServices.documents(slices.Concat(a.services(), further))
		for _, p := range further {
			out = append(out, object[serviceRangeSpec]{
				"networking.k8s.io/v1", "ServiceCIDR", metadata{serviceRangeName(p)}, serviceRangeSpec{[]string{p.String()}},
			})
		}
		return out
	},
}

// minServiceLength is the shortest prefix length of an IPv6 range from which Kubernetes allocates Service addresses.
// Source: https://github.com/kubernetes/kubernetes/blob/v1.36.3/pkg/registry/core/service/ipallocator/ipallocator.go (NewIPAllocator)
const minServiceLength = 64

// serviceRanges finds further Service ranges that overlap a range of the cluster or each other, or that Kubernetes cannot use.
func serviceRanges(a Allocation, o Options) Problem {
	for i, p := range o.Services {
		if other, overlaps := overlapping(p, slices.Concat(a.pods(), a.services(), a.further(), o.Services[:i])); overlaps {
			return OptionOverlap{ServicesOption, p, other}
		}
		family := cidr.FamilyOf(p)
		if !slices.ContainsFunc(a.services(), func(s netip.Prefix) bool { return cidr.FamilyOf(s) == family }) {
			return OptionFamily{ServicesOption, "servicecidr", family, 1, 0}
		}
		if family == cidr.V6 && p.Bits() < minServiceLength {
			return RangeRefused{Services, "servicecidr", ServicesOption, p, minServiceLength, family.Bits()}
		}
	}
	return nil
}

// serviceRangeName is the name of the object of a range, such as services-10-97-0-0-16. It has no colons, which the name of an
// object cannot have.
func serviceRangeName(p netip.Prefix) string {
	return "services-" + strings.NewReplacer(".", "-", ":", "-", "/", "-").Replace(p.String())
}

// plannedServices finds the ranges of ServiceCIDRs. kube-apiserver creates the ServiceCIDR "kubernetes" from its flag, which must succeed
// always. An update of it can add a range of the second family, which must be planned.
var plannedServices = plannedRanges{
	name: "planned-servicecidrs", kind: "a ServiceCIDR", ranges: "Service",
	resource:   onObjects([]string{"networking.k8s.io"}, []string{"v1", "v1beta1"}, "servicecidrs"),
	expression: "%[1]s.spec.cidrs",
	conditions: []celExpression{{"not-the-first-range", "object.metadata.name != 'kubernetes' || request.operation == 'UPDATE'"}},
}

type serviceRangeSpec struct {
	CIDRs []string `yaml:"cidrs"`
}
