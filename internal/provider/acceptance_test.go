package provider_test

import (
	"regexp"
	"strings"
	"testing"

	"github.com/hashicorp/terraform-plugin-framework/providerserver"
	"github.com/hashicorp/terraform-plugin-go/tfprotov6"
	"github.com/hashicorp/terraform-plugin-testing/helper/resource"
	"github.com/hashicorp/terraform-plugin-testing/knownvalue"
	"github.com/hashicorp/terraform-plugin-testing/plancheck"
	"github.com/hashicorp/terraform-plugin-testing/statecheck"
	"github.com/hashicorp/terraform-plugin-testing/tfjsonpath"
	"github.com/hashicorp/terraform-plugin-testing/tfversion"

	"github.com/cidrplan/terraform-provider-cidrplan/internal/provider"
)

const allocator = "cidrplan_allocator.k8s"

// header declares where the provider comes from; every configuration begins with it.
const header = `
terraform {
  required_providers {
    cidrplan = { source = "cidrplan/cidrplan" }
  }
}
`

// acceptance runs steps against a real Terraform or OpenTofu.
func acceptance(t *testing.T, steps ...resource.TestStep) {
	t.Helper()
	resource.Test(t, resource.TestCase{
		TerraformVersionChecks: []tfversion.TerraformVersionCheck{tfversion.RequireAbove(tfversion.Version1_8_0)},
		ProtoV6ProviderFactories: map[string]func() (tfprotov6.ProviderServer, error){
			"cidrplan": providerserver.NewProtocol6WithError(provider.New("test")()),
		},
		Steps: steps,
	})
}

// alloc is the path of a value of an allocation.
func alloc(cluster string, attributes ...string) tfjsonpath.Path {
	p := tfjsonpath.New("allocations").AtMapKey(cluster)
	for _, a := range attributes {
		p = p.AtMapKey(a)
	}
	return p
}

// holding is a step whose plan and state both hold the values, and whose second plan is empty.
// The keys are "cluster.attribute" or "cluster.object.attribute".
func holding(config string, values map[string]string) resource.TestStep {
	step := resource.TestStep{Config: header + config}
	for key, value := range values {
		parts := strings.Split(key, ".")
		at, want := alloc(parts[0], parts[1:]...), knownvalue.StringExact(value)
		step.ConfigPlanChecks.PreApply = append(step.ConfigPlanChecks.PreApply, plancheck.ExpectKnownValue(allocator, at, want))
		step.ConfigStateChecks = append(step.ConfigStateChecks, statecheck.ExpectKnownValue(allocator, at, want))
	}
	step.ConfigPlanChecks.PostApplyPostRefresh = []plancheck.PlanCheck{plancheck.ExpectEmptyPlan()}
	return step
}

// refused is a step whose plan fails with all of the texts. Terraform wraps lines, so white space
// in a text stands for any white space.
func refused(config string, texts ...string) resource.TestStep {
	return resource.TestStep{Config: header + config, PlanOnly: true, ExpectError: allOf(texts...)}
}

func allOf(texts ...string) *regexp.Regexp {
	var pattern strings.Builder
	pattern.WriteString("(?s)")
	for i, text := range texts {
		if i > 0 {
			pattern.WriteString(".*")
		}
		words := strings.Fields(text)
		for j, word := range words {
			if j > 0 {
				pattern.WriteString(`[\s│|]+`)
			}
			pattern.WriteString(regexp.QuoteMeta(word))
		}
	}
	return regexp.MustCompile(pattern.String())
}
