package manifests

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

// Each policy applies to the objects of its tool when they are created or changed, is bound, and refuses what it cannot evaluate.
// internal/tools/upstream evaluates the expressions.
func TestPoliciesApplyToTheObjectsOfTheirTools(t *testing.T) {
	a := withPods(dualStack, "10.80.0.0/18")
	for format, want := range map[string]struct{ name, groups, versions, resource, ranges string }{
		"servicecidr":     {"planned-servicecidrs", "networking.k8s.io", "v1 v1beta1", "servicecidrs", "10.65.0.0/20 fd00:10:65::/112"},
		"calico-policy":   {"planned-ippools", "crd.projectcalico.org projectcalico.org", "v1 v3", "ippools", ""},
		"cilium-policy":   {"planned-ciliumpodippools", "cilium.io", "v2alpha1", "ciliumpodippools", ""},
		"kube-ovn-policy": {"planned-subnets", "kubeovn.io", "v1", "subnets", ""},
	} {
		if want.ranges == "" {
			want.ranges = "10.64.0.0/18 10.80.0.0/18 fd00:10:64::/56"
		}
		documents := parsed(t, written(t, format, a, Options{}))
		if len(documents) != 2 {
			t.Fatalf("%s: %d documents", format, len(documents))
		}
		policy, binding := documents[0], documents[1]
		rules := at(policy, "spec|matchConstraints|resourceRules").([]any)
		rule := map[string]any{
			"apiGroups": anyOf(want.groups), "apiVersions": anyOf(want.versions), "resources": anyOf(want.resource),
			"operations": anyOf("CREATE UPDATE"),
		}
		if diff := cmp.Diff([]any{rule}, rules); diff != "" {
			t.Errorf("%s (-want +got):\n%s", format, diff)
		}
		for _, pair := range [][2]any{
			{policy["kind"], "ValidatingAdmissionPolicy"}, {binding["kind"], "ValidatingAdmissionPolicyBinding"},
			{at(policy, "metadata|name"), want.name}, {at(binding, "metadata|name"), want.name},
			{at(binding, "spec|policyName"), want.name},
			{at(policy, "spec|failurePolicy"), "Fail"}, {strings.Join(planned(documents), " "), want.ranges},
		} {
			if pair[0] != pair[1] {
				t.Errorf("%s: %v, want %v", format, pair[0], pair[1])
			}
		}
		actions := at(binding, "spec|validationActions")
		if diff := cmp.Diff(anyOf("Deny Audit"), actions); diff != "" {
			t.Errorf("%s: actions (-want +got):\n%s", format, diff)
		}
		validation := at(policy, "spec|validations").([]any)[0]
		if message := at(validation, "message").(string); !strings.HasSuffix(message, strings.ReplaceAll(want.ranges, " ", ", ")) {
			t.Errorf("%s: the message %q does not end with the ranges", format, message)
		}
	}
}

// anyOf are the words of a text as a list of a document.
func anyOf(words string) []any {
	var out []any
	for _, word := range strings.Fields(words) {
		out = append(out, word)
	}
	return out
}
