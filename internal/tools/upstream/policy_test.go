package upstream

import (
	"fmt"
	"net/netip"
	"strings"
	"testing"

	admissionv1 "k8s.io/api/admissionregistration/v1"
	"k8s.io/apimachinery/pkg/apis/meta/v1/unstructured"
	"k8s.io/apimachinery/pkg/util/version"
	"k8s.io/kubernetes/pkg/apis/admissionregistration"
	admissionconversion "k8s.io/kubernetes/pkg/apis/admissionregistration/v1"
	admissionvalidation "k8s.io/kubernetes/pkg/apis/admissionregistration/validation"
	"sigs.k8s.io/yaml"

	"github.com/cidrplan/terraform-provider-cidrplan/internal/manifests"
)

// policies are the formats with a policy, each with the options of its text, its resource, and an object with ranges.
var policies = map[string]struct {
	options          manifests.Options
	resource, object string
	// further is a planned range beside the first ones, and IPv6 is the first one of that family.
	further, ipv6 string
}{
	"servicecidr": {
		furtherServices, "servicecidrs",
		"{apiVersion: networking.k8s.io/v1, kind: ServiceCIDR, metadata: {name: further}, spec: {cidrs: ['%s']}}",
		"10.97.0.0/16", "fd00:97::/112",
	},
	"calico-policy": {
		manifests.Options{}, "ippools",
		"{apiVersion: crd.projectcalico.org/v1, kind: IPPool, metadata: {name: further}, spec: {cidr: '%s'}}",
		"10.97.0.0/16", "fd00:10:64::/56",
	},
	"cilium-policy": {
		manifests.Options{}, "ciliumpodippools",
		"{apiVersion: cilium.io/v2alpha1, kind: CiliumPodIPPool, metadata: {name: default}, spec: {ipv4: {cidrs: ['%s'], maskSize: 25}}}",
		"10.97.0.0/16", "fd00:10:64::/56",
	},
	"kube-ovn-policy": {
		manifests.Options{}, "subnets",
		"{apiVersion: kubeovn.io/v1, kind: Subnet, metadata: {name: further}, spec: {cidrBlock: '%s'}}",
		"10.97.0.0/16", "fd00:10:64::/56",
	},
}

// twoPods is a dual-stack cluster with two IPv4 Pod ranges.
func twoPods() manifests.Allocation {
	a := dualStack
	a.IPv4.Pods = prefixes("10.64.0.0/18", "10.97.0.0/16")
	return a
}

func allocationOf(format string) manifests.Allocation {
	if format == "servicecidr" {
		return dualStack
	}
	return twoPods()
}

func policyOf(t *testing.T, format string) *admissionv1.ValidatingAdmissionPolicy {
	t.Helper()
	text := written(t, format, allocationOf(format), policies[format].options)
	return decoded[admissionv1.ValidatingAdmissionPolicy](t, documents(text)[0])
}

// expanded is an IPv6 range with all digits.
func expanded(text string) string {
	p := netip.MustParsePrefix(text)
	return fmt.Sprintf("%s/%d", p.Addr().StringExpanded(), p.Bits())
}

func objectOf(t *testing.T, text string) *unstructured.Unstructured {
	t.Helper()
	out := &unstructured.Unstructured{}
	if err := yaml.Unmarshal([]byte(text), &out.Object); err != nil {
		t.Fatalf("%s: %v", text, err)
	}
	return out
}

func TestKubernetesAcceptsThePolicies(t *testing.T) {
	for format, p := range policies {
		internal, external := admissionregistration.ValidatingAdmissionPolicy{}, policyOf(t, format)
		admissionconversion.SetDefaults_ValidatingAdmissionPolicySpec(&external.Spec)
		for i := range external.Spec.MatchConstraints.ResourceRules {
			admissionconversion.SetDefaults_Rule(&external.Spec.MatchConstraints.ResourceRules[i].Rule)
		}
		admissionconversion.SetDefaults_MatchResources(external.Spec.MatchConstraints)
		err := admissionconversion.Convert_v1_ValidatingAdmissionPolicy_To_admissionregistration_ValidatingAdmissionPolicy(
			external, &internal, nil,
		)
		if faults := admissionvalidation.ValidateValidatingAdmissionPolicy(&internal); err != nil || len(faults) > 0 {
			t.Errorf("the policy of %s: %v, %v", format, err, faults)
		}
		binding := admissionregistration.ValidatingAdmissionPolicyBinding{}
		text := documents(written(t, format, allocationOf(format), p.options))[1]
		err = admissionconversion.Convert_v1_ValidatingAdmissionPolicyBinding_To_admissionregistration_ValidatingAdmissionPolicyBinding(
			decoded[admissionv1.ValidatingAdmissionPolicyBinding](t, text), &binding, nil,
		)
		if faults := admissionvalidation.ValidateValidatingAdmissionPolicyBinding(&binding); err != nil || len(faults) > 0 {
			t.Errorf("the binding of %s: %v, %v", format, err, faults)
		}
		internal.Spec.Validations[0].Expression += " ||"
		if len(admissionvalidation.ValidateValidatingAdmissionPolicy(&internal)) == 0 {
			t.Errorf("%s: an expression that does not compile is accepted", format)
		}
	}
}

// The policies compile for the oldest Kubernetes that the guide names, and for the newest one, and allow planned ranges and their parts
// only.
func TestThePoliciesAllowPlannedRangesOnly(t *testing.T) {
	versions := []*version.Version{version.MajorMinor(1, 30), version.MajorMinor(1, 33), version.MajorMinor(1, 36)}
	for format, p := range policies {
		for _, of := range versions {
			policy := compiled(t, policyOf(t, format), of)
			for _, c := range []struct {
				ranges  string
				allowed bool
			}{
				{p.further, true},
				{"10.97.128.0/17", true},
				{"10.97.255.255/32", true},
				{p.ipv6, true},
				{expanded(p.ipv6), true},
				{strings.ToUpper(expanded(p.ipv6)), true},
				{"10.97.0.1/16", true}, // Kubernetes itself refuses host bits in new ServiceCIDRs
				{"10.96.0.0/15", false},
				{"10.97.0.0/15", false},
				{"10.98.0.0/16", false},
				{"0.0.0.0/0", false},
				{"::/0", false},
				{"::ffff:10.97.0.0/112", false},
				{"fd00:96::/112", false},
				{"10.97.0.0", false},
				{"10.97/16", false},
				{"10.097.0.0/16", false},
				{"everything", false},
			} {
				object := objectOf(t, fmt.Sprintf(p.object, c.ranges))
				if message := refusal(policy, p.resource, object, nil); (message == "") != c.allowed {
					t.Errorf("%s, %s: %s is answered with %q", format, of, c.ranges, message)
				} else if _, err := netip.ParsePrefix(c.ranges); err == nil && !c.allowed &&
					!strings.Contains(message, "must be in the planned") && !strings.Contains(message, "IPv4-mapped") {
					t.Errorf("%s, %s: %s is refused with %q", format, of, c.ranges, message)
				}
			}
		}
	}
}

// An update can keep the ranges that an object has already, planned or not, so that controllers can add and remove finalizers, and cannot
// add others.
func TestUpdatesKeepRangesAndAddPlannedOnesOnly(t *testing.T) {
	for format, p := range policies {
		policy := compiled(t, policyOf(t, format), version.MajorMinor(1, 33))
		for _, c := range []struct {
			before, after string
			allowed       bool
		}{
			{"172.30.0.0/16", "172.30.0.0/16", true},
			{"172.30.0.0/16", p.further, true},
			{p.further, p.further, true},
			{p.further, "172.30.0.0/16", false},
			{"172.30.0.0/16", "172.30.0.0/17", false},
			{"172.30.0.0/16", "172.31.0.0/16", false},
		} {
			before, after := objectOf(t, fmt.Sprintf(p.object, c.before)), objectOf(t, fmt.Sprintf(p.object, c.after))
			after.SetFinalizers([]string{"example.com/finalizer"})
			if message := refusal(policy, p.resource, after, before); (message == "") != c.allowed {
				t.Errorf("%s: %s instead of %s is answered with %q", format, c.after, c.before, message)
			}
		}
	}
}

// What only one kind of objects has.
func TestPoliciesOnEachKindOfObjects(t *testing.T) {
	const (
		service = "{apiVersion: networking.k8s.io/v1, kind: ServiceCIDR, metadata: {name: %s}, spec: {cidrs: [%s]}}"
		calico  = "{apiVersion: projectcalico.org/v3, kind: IPPool, metadata: {name: x}, spec: {cidr: %s, allowedUses: [%s]}}"
		cilium  = "{apiVersion: cilium.io/v2alpha1, kind: CiliumPodIPPool, metadata: {name: default}, spec: {%s}}"
		kubeOVN = "{apiVersion: kubeovn.io/v1, kind: Subnet, metadata: {name: %s}, spec: {cidrBlock: '%s'}}"
	)
	const other = "172.30.0.0/16"
	object := func(form string, values ...any) string { return fmt.Sprintf(form, values...) }
	for _, c := range []struct {
		name, format, before, after string
		allowed                     bool
	}{
		{"the first ServiceCIDR, of kube-apiserver", "servicecidr", "", object(service, "kubernetes", other), true},
		{
			"a planned second family of the first ServiceCIDR", "servicecidr", object(service, "kubernetes", other),
			object(service, "kubernetes", other+", 'fd00:97::/112'"), true,
		},
		{
			"a second family of the first ServiceCIDR that is not planned", "servicecidr", object(service, "kubernetes", other),
			object(service, "kubernetes", other+", 'fd00:96::/112'"), false,
		},
		{"both families", "servicecidr", "", object(service, "x", "10.97.0.0/16, 'fd00:97::/112'"), true},
		{"one of two is not planned", "servicecidr", "", object(service, "x", "10.97.0.0/16, 'fd00:96::/112'"), false},
		{"no ranges", "servicecidr", "", "{apiVersion: networking.k8s.io/v1, kind: ServiceCIDR, metadata: {name: x}, spec: {}}", false},
		{"a pool of load balancers", "calico-policy", "", object(calico, other, "LoadBalancer"), true},
		{"a pool of Pods and tunnels", "calico-policy", "", object(calico, other, "Tunnel, Workload"), false},
		{"a pool without uses", "calico-policy", "", object(calico, other, ""), false},
		{
			"a pool of load balancers that Pods are to use", "calico-policy", object(calico, other, "LoadBalancer"),
			object(calico, other, "Workload"), false,
		},
		{"a pool without ranges", "cilium-policy", "", object(cilium, ""), true},
		{
			"both families", "cilium-policy", "",
			object(cilium, "ipv4: {cidrs: [10.97.0.0/16], maskSize: 25}, ipv6: {cidrs: ['fd00:10:64::/56'], maskSize: 64}"), true,
		},
		{"an IPv6 range that is not planned", "cilium-policy", "", object(cilium, "ipv6: {cidrs: ['fd00:11::/56'], maskSize: 64}"), false},
		{
			"a range that is added to one that is not planned", "cilium-policy",
			object(cilium, "ipv4: {cidrs: [172.30.0.0/16], maskSize: 25}"),
			object(cilium, "ipv4: {cidrs: [172.30.0.0/16, 10.97.0.0/16], maskSize: 25}"), true,
		},
		{"both families", "kube-ovn-policy", "", object(kubeOVN, "x", "10.97.0.0/16,fd00:10:64::/56"), true},
		{"one of two is not planned", "kube-ovn-policy", "", object(kubeOVN, "x", "10.97.0.0/16,fd00:11::/56"), false},
		{"the join subnet", "kube-ovn-policy", "", object(kubeOVN, "join", "100.64.0.0/16"), true},
		{"an underlay subnet with an empty range", "kube-ovn-policy", "", object(kubeOVN, "x", ""), true},
		{
			"an underlay subnet without a range", "kube-ovn-policy", "",
			"{apiVersion: kubeovn.io/v1, kind: Subnet, metadata: {name: x}, spec: {vlan: x}}", true,
		},
	} {
		policy := compiled(t, policyOf(t, c.format), version.MajorMinor(1, 33))
		var before *unstructured.Unstructured
		if c.before != "" {
			before = objectOf(t, c.before)
		}
		message := refusal(policy, policies[c.format].resource, objectOf(t, c.after), before)
		if (message == "") != c.allowed {
			t.Errorf("%s, %s: answered with %q", c.format, c.name, message)
		}
	}
}

// What manifests writes is allowed by the policy that it writes.
func TestThePoliciesAllowTheObjectsOfTheSameAllocation(t *testing.T) {
	for objects, format := range map[string]string{
		"calico-ippools": "calico-policy", "cilium-podippools": "cilium-policy", "kube-ovn-subnets": "kube-ovn-policy",
	} {
		a := twoPods()
		a.IPv6.Pods = prefixes("fd00:10:64::/56", "fd00:10:66::/56")
		text := written(t, format, a, manifests.Options{})
		policy := compiled(t, decoded[admissionv1.ValidatingAdmissionPolicy](t, documents(text)[0]), version.MajorMinor(1, 33))
		all := documents(written(t, objects, a, manifests.Options{}))
		for _, document := range all {
			if message := refusal(policy, policies[format].resource, objectOf(t, document), nil); message != "" {
				t.Errorf("%s refuses\n%s%s", format, document, message)
			}
		}
		a.IPv4.Pods[0] = prefixes("10.63.0.0/18")[0]
		refused := 0
		for _, document := range documents(written(t, objects, a, manifests.Options{})) {
			if refusal(policy, policies[format].resource, objectOf(t, document), nil) != "" {
				refused++
			}
		}
		if refused != 1 {
			t.Errorf("%s refuses %d objects of another allocation", format, refused)
		}
	}
}
