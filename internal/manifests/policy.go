package manifests

import (
	"fmt"
	"net/netip"
	"strings"
)

// plannedRanges says how a ValidatingAdmissionPolicy finds the ranges of one kind of object, so that it can refuse those that are not
// planned.
// Source: https://kubernetes.io/docs/reference/access-authn-authz/validating-admission-policy/
type plannedRanges struct {
	// name is that of the policy and of its binding.
	name string
	// resource has the API groups and versions in which the objects are written.
	resource resourceRule
	// kind is that of the objects, with its article, and ranges is what the ranges are for, both for the message of the policy.
	kind, ranges string
	// expression is the list of the ranges of an object in CEL, with %[1]s for the object.
	expression string
	// conditions say to which objects the policy applies; none for all.
	conditions []celExpression
}

// documents are the policy that allows ranges and their parts, and its binding. An update may keep ranges that an object has already:
// objects that are older than the policy, or than a change of the plan, can still be changed otherwise and deleted, for which a controller
// removes a finalizer.
func (p plannedRanges) documents(allowed []netip.Prefix) []any {
	return []any{
		object[policySpec]{
			APIVersion: "admissionregistration.k8s.io/v1", Kind: "ValidatingAdmissionPolicy", Metadata: metadata{p.name},
			Spec: policySpec{
				FailurePolicy:    "Fail",
				MatchConstraints: matchConstraints{[]resourceRule{p.resource}},
				MatchConditions:  p.conditions,
				Variables: []celExpression{
					{"planned", "['" + strings.Join(texts(allowed), "', '") + "']"},
					{"ranges", fmt.Sprintf(p.expression, "object")},
					{"before", "oldObject == null ? [] : " + fmt.Sprintf(p.expression, "oldObject")},
				},
				Validations: []celValidation{{
					"variables.ranges.all(range, range in variables.before || variables.planned.exists(p, cidr(p).containsCIDR(range)))",
					fmt.Sprintf("%s must be in the planned %s ranges %s", p.kind, p.ranges, strings.Join(texts(allowed), ", ")),
				}},
			},
		},
		object[bindingSpec]{
			"admissionregistration.k8s.io/v1", "ValidatingAdmissionPolicyBinding", metadata{p.name},
			bindingSpec{p.name, []string{"Deny", "Audit"}},
		},
	}
}

// onObjects is a rule for objects that are created or updated.
func onObjects(groups, versions []string, resource string) resourceRule {
	return resourceRule{groups, versions, []string{"CREATE", "UPDATE"}, []string{resource}}
}

type policySpec struct {
	FailurePolicy    string           `yaml:"failurePolicy"`
	MatchConstraints matchConstraints `yaml:"matchConstraints"`
	MatchConditions  []celExpression  `yaml:"matchConditions,omitempty"`
	Variables        []celExpression  `yaml:"variables"`
	Validations      []celValidation  `yaml:"validations"`
}

type matchConstraints struct {
	ResourceRules []resourceRule `yaml:"resourceRules"`
}

type resourceRule struct {
	APIGroups   []string `yaml:"apiGroups,flow"`
	APIVersions []string `yaml:"apiVersions,flow"`
	Operations  []string `yaml:"operations,flow"`
	Resources   []string `yaml:"resources,flow"`
}

type celExpression struct {
	Name       string `yaml:"name"`
	Expression string `yaml:"expression"`
}

type celValidation struct {
	Expression string `yaml:"expression"`
	Message    string `yaml:"message"`
}

type bindingSpec struct {
	PolicyName        string   `yaml:"policyName"`
	ValidationActions []string `yaml:"validationActions,flow"`
}
