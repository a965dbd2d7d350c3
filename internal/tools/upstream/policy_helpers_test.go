package upstream

import (
	"context"
	"testing"

	admissionv1 "k8s.io/api/admissionregistration/v1"
	"k8s.io/apimachinery/pkg/apis/meta/v1/unstructured"
	"k8s.io/apimachinery/pkg/runtime/schema"
	"k8s.io/apimachinery/pkg/util/version"
	"k8s.io/apiserver/pkg/admission"
	"k8s.io/apiserver/pkg/admission/plugin/cel"
	"k8s.io/apiserver/pkg/admission/plugin/policy/validating"
	"k8s.io/apiserver/pkg/admission/plugin/webhook/matchconditions"
	celconfig "k8s.io/apiserver/pkg/apis/cel"
	"k8s.io/apiserver/pkg/authentication/user"
	"k8s.io/apiserver/pkg/cel/environment"
)

// compiled is a policy as kube-apiserver of the version compiles it.
func compiled(t *testing.T, policy *admissionv1.ValidatingAdmissionPolicy, of *version.Version) validating.Validator {
	t.Helper()
	compiler, err := cel.NewCompositedCompiler(environment.MustBaseEnvSet(of))
	if err != nil {
		t.Fatal(err)
	}
	declared := cel.OptionalVariableDeclarations{HasAuthorizer: true}
	var variables []cel.NamedExpressionAccessor
	for _, v := range policy.Spec.Variables {
		variables = append(variables, &validating.Variable{Name: v.Name, Expression: v.Expression})
	}
	compiler.CompileAndStoreVariables(variables, declared, environment.NewExpressions)
	var conditions, validations []cel.ExpressionAccessor
	for _, c := range policy.Spec.MatchConditions {
		conditions = append(conditions, &matchconditions.MatchCondition{Name: c.Name, Expression: c.Expression})
	}
	for _, v := range policy.Spec.Validations {
		validations = append(validations, &validating.ValidationCondition{Expression: v.Expression, Message: v.Message})
	}
	var matcher matchconditions.Matcher
	if len(conditions) > 0 {
		matcher = matchconditions.NewMatcher(
			compiler.CompileCondition(conditions, declared, environment.NewExpressions),
			policy.Spec.FailurePolicy, "policy", "validate", policy.Name,
		)
	}
	none := compiler.CompileCondition(nil, declared, environment.NewExpressions)
	return validating.NewValidator(
		compiler.CompileCondition(validations, declared, environment.NewExpressions), matcher, none, none, policy.Spec.FailurePolicy, nil,
	)
}

// refusal is the message with which a policy refuses that an object replaces another one, "" if it admits it. before is nil if the object
// is created.
func refusal(of validating.Validator, resource string, object, before *unstructured.Unstructured) string {
	operation := admission.Create
	attributes := &admission.VersionedAttributes{VersionedObject: object, VersionedKind: object.GroupVersionKind()}
	if before != nil {
		operation, attributes.VersionedOldObject = admission.Update, before
	}
	gvr := schema.GroupVersionResource{
		Group: attributes.VersionedKind.Group, Version: attributes.VersionedKind.Version, Resource: resource,
	}
	attributes.Attributes = admission.NewAttributesRecord(
		attributes.VersionedObject, attributes.VersionedOldObject, attributes.VersionedKind, "", object.GetName(), gvr, "", operation, nil,
		false, &user.DefaultInfo{Name: "somebody"},
	)
	for _, d := range of.Validate(context.Background(), gvr, attributes, nil, nil, celconfig.RuntimeCELCostBudget, nil).Decisions {
		if d.Action != validating.ActionAdmit {
			return d.Message
		}
	}
	return ""
}
