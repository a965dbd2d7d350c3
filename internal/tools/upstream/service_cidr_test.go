package upstream

import (
	"fmt"
	"testing"

	"github.com/google/cel-go/cel"
	admissionv1 "k8s.io/api/admissionregistration/v1"
	networkingv1 "k8s.io/api/networking/v1"
	"k8s.io/apimachinery/pkg/util/version"
	"k8s.io/apiserver/pkg/cel/environment"
	"k8s.io/kubernetes/pkg/apis/admissionregistration"
	admissionconversion "k8s.io/kubernetes/pkg/apis/admissionregistration/v1"
	admissionvalidation "k8s.io/kubernetes/pkg/apis/admissionregistration/validation"
	"k8s.io/kubernetes/pkg/apis/networking"
	networkingconversion "k8s.io/kubernetes/pkg/apis/networking/v1"
	networkingvalidation "k8s.io/kubernetes/pkg/apis/networking/validation"

	"github.com/cidrplan/terraform-provider-cidrplan/internal/manifests"
)

// furtherServices is a dual-stack cluster with a further Service range of each family.
var furtherServices = manifests.Options{Services: prefixes("10.97.0.0/16", "fd00:97::/112")}

func TestKubernetesAcceptsServiceCIDRsAndThePolicy(t *testing.T) {
	all := documents(written(t, "servicecidr", dualStack, furtherServices))
	policy := admissionregistration.ValidatingAdmissionPolicy{}
	external := decoded[admissionv1.ValidatingAdmissionPolicy](t, all[0])
	admissionconversion.SetDefaults_ValidatingAdmissionPolicySpec(&external.Spec)
	for i := range external.Spec.MatchConstraints.ResourceRules {
		admissionconversion.SetDefaults_Rule(&external.Spec.MatchConstraints.ResourceRules[i].Rule)
	}
	admissionconversion.SetDefaults_MatchResources(external.Spec.MatchConstraints)
	err := admissionconversion.Convert_v1_ValidatingAdmissionPolicy_To_admissionregistration_ValidatingAdmissionPolicy(
		external, &policy, nil,
	)
	if faults := admissionvalidation.ValidateValidatingAdmissionPolicy(&policy); err != nil || len(faults) > 0 {
		t.Errorf("the policy: %v, %v", err, faults)
	}
	binding := admissionregistration.ValidatingAdmissionPolicyBinding{}
	err = admissionconversion.Convert_v1_ValidatingAdmissionPolicyBinding_To_admissionregistration_ValidatingAdmissionPolicyBinding(
		decoded[admissionv1.ValidatingAdmissionPolicyBinding](t, all[1]), &binding, nil,
	)
	if faults := admissionvalidation.ValidateValidatingAdmissionPolicyBinding(&binding); err != nil || len(faults) > 0 {
		t.Errorf("the binding: %v, %v", err, faults)
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
	policy.Spec.Validations[0].Expression += " ||"
	if len(admissionvalidation.ValidateValidatingAdmissionPolicy(&policy)) == 0 {
		t.Error("an expression that does not compile is accepted")
	}
}

// evaluated is the value of an expression of a policy.
func evaluated(t *testing.T, expression string, given map[string]any) any {
	t.Helper()
	env, err := environment.MustBaseEnvSet(version.MajorMinor(1, 33)).NewExpressionsEnv().Extend(
		cel.Variable("object", cel.DynType), cel.Variable("variables", cel.DynType),
	)
	if err != nil {
		t.Fatal(err)
	}
	ast, issues := env.Compile(expression)
	if issues.Err() != nil {
		t.Fatalf("%s: %v", expression, issues.Err())
	}
	program, err := env.Program(ast)
	if err != nil {
		t.Fatal(err)
	}
	out, _, err := program.Eval(given)
	if err != nil {
		t.Fatalf("%s: %v", expression, err)
	}
	return out.Value()
}

func TestThePolicyAllowsPlannedRangesOnly(t *testing.T) {
	policy := decoded[admissionv1.ValidatingAdmissionPolicy](t, documents(written(t, "servicecidr", dualStack, furtherServices))[0])
	for _, c := range []struct {
		cidrs   []any
		allowed bool
	}{
		{[]any{"10.97.0.0/16"}, true},
		{[]any{"10.97.128.0/17"}, true},
		{[]any{"fd00:97::/112"}, true},
		{[]any{"10.97.0.0/16", "fd00:97::/112"}, true},
		{[]any{"10.65.0.0/20"}, true},
		{[]any{"10.96.0.0/15"}, false},
		{[]any{"10.98.0.0/16"}, false},
		{[]any{"fd00:97::/111"}, false},
		{[]any{"10.97.0.0/16", "fd00:98::/112"}, false},
	} {
		object := map[string]any{"metadata": map[string]any{"name": "further"}, "spec": map[string]any{"cidrs": c.cidrs}}
		variables := map[string]any{}
		for _, v := range policy.Spec.Variables {
			variables[v.Name] = evaluated(t, v.Expression, map[string]any{"object": object, "variables": variables})
		}
		got := evaluated(t, policy.Spec.Validations[0].Expression, map[string]any{"object": object, "variables": variables})
		if fmt.Sprint(got) != fmt.Sprint(c.allowed) {
			t.Errorf("%v: %v, want %t", c.cidrs, got, c.allowed)
		}
	}
	for name, want := range map[string]bool{"kubernetes": false, "further": true} {
		object := map[string]any{"metadata": map[string]any{"name": name}}
		if got := evaluated(t, policy.Spec.MatchConditions[0].Expression, map[string]any{"object": object, "variables": nil}); got != want {
			t.Errorf("the policy applies to %s: %v", name, got)
		}
	}
}
