package upstream

import (
	"testing"

	networkingv1 "k8s.io/api/networking/v1"
	"k8s.io/kubernetes/pkg/apis/networking"
	networkingconversion "k8s.io/kubernetes/pkg/apis/networking/v1"
	networkingvalidation "k8s.io/kubernetes/pkg/apis/networking/validation"

	"github.com/cidrplan/terraform-provider-cidrplan/internal/manifests"
)

// furtherServices is a dual-stack cluster with a further Service range of each family.
var furtherServices = manifests.Options{Services: prefixes("10.97.0.0/16", "fd00:97::/112")}

// furtherServices are accepted as ServiceCIDRs, one range in each.
func TestKubernetesAcceptsServiceCIDRs(t *testing.T) {
	all := documents(written(t, "servicecidr", dualStack, furtherServices))
	if len(all) != 4 {
		t.Fatalf("%d documents", len(all))
	}
	for _, document := range all[2:] {
		internal := networking.ServiceCIDR{}
		external := decoded[networkingv1.ServiceCIDR](t, document)
		err := networkingconversion.Convert_v1_ServiceCIDR_To_networking_ServiceCIDR(external, &internal, nil)
		if faults := networkingvalidation.ValidateServiceCIDR(&internal); err != nil || len(faults) > 0 {
			t.Errorf("%s: %v, %v", external.Name, err, faults)
		}
		internal.Spec.CIDRs[0] += "0" // a wrong value is refused
		if len(networkingvalidation.ValidateServiceCIDR(&internal)) == 0 {
			t.Errorf("%v is accepted", internal.Spec.CIDRs)
		}
	}
}
