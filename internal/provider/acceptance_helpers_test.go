package provider_test

import (
	"context"
	"fmt"
	"maps"
	"reflect"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/hashicorp/terraform-plugin-go/tfprotov6"
	"github.com/hashicorp/terraform-plugin-testing/helper/resource"
	"github.com/hashicorp/terraform-plugin-testing/knownvalue"
	"github.com/hashicorp/terraform-plugin-testing/plancheck"
	"github.com/hashicorp/terraform-plugin-testing/statecheck"
	"github.com/hashicorp/terraform-plugin-testing/tfjsonpath"
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

type step = resource.TestStep

// edit replaces parts of a configuration: from, to, from, to. Each is in it once or more, and
// the first is replaced.
func edit(t *testing.T, config string, fromTo ...string) string {
	t.Helper()
	for ; len(fromTo) > 0; fromTo = fromTo[2:] {
		edited := strings.Replace(config, fromTo[0], fromTo[1], 1)
		if edited == config {
			t.Fatalf("%s does not stand in the configuration", fromTo[0])
		}
		config = edited
	}
	return config
}

// withoutError is a maker of servers as terraform-plugin-testing calls it.
func withoutError(server func() tfprotov6.ProviderServer) func() (tfprotov6.ProviderServer, error) {
	return func() (tfprotov6.ProviderServer, error) { return server(), nil }
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
	all := map[string]any{}
	for key, value := range values {
		all[key] = value
	}
	return showing(config, all)
}

// showing is holding for values of every type: text, numbers, nil for null, lists and maps of text.
func showing(config string, values map[string]any) resource.TestStep {
	step := resource.TestStep{Config: header + config}
	for key, value := range values {
		parts := strings.Split(key, ".")
		at, want := alloc(parts[0], parts[1:]...), exactly(value)
		step.ConfigPlanChecks.PreApply = append(step.ConfigPlanChecks.PreApply, plancheck.ExpectKnownValue(allocator, at, want))
		step.ConfigStateChecks = append(step.ConfigStateChecks, statecheck.ExpectKnownValue(allocator, at, want))
	}
	return step
}

func exactly(value any) knownvalue.Check {
	switch value := value.(type) {
	case nil:
		return knownvalue.Null()
	case string:
		return knownvalue.StringExact(value)
	case int:
		return knownvalue.Int64Exact(int64(value))
	case bool:
		return knownvalue.Bool(value)
	case []string:
		var elements []knownvalue.Check
		for _, element := range value {
			elements = append(elements, exactly(element))
		}
		return knownvalue.ListExact(elements)
	case []map[string]any:
		var elements []knownvalue.Check
		for _, element := range value {
			elements = append(elements, exactly(element))
		}
		return knownvalue.ListExact(elements)
	case map[string]any:
		elements := map[string]knownvalue.Check{}
		for key, element := range value {
			elements[key] = exactly(element)
		}
		return knownvalue.MapExact(elements)
	}
	panic(fmt.Sprintf("no check for %T", value))
}

// subnetsOf is the value of pod_subnets for names and CIDRs in turn.
func subnetsOf(namesAndCIDRs ...string) []map[string]any {
	var out []map[string]any
	for i := 0; i < len(namesAndCIDRs); i += 2 {
		out = append(out, map[string]any{"name": namesAndCIDRs[i], "cidr": namesAndCIDRs[i+1]})
	}
	return out
}

// editing is showing for an edit in place of which the allocations change at these places only.
func editing(config string, values map[string]any, places ...string) resource.TestStep {
	step := showing(config, values)
	step.ConfigPlanChecks.PreApply = append(step.ConfigPlanChecks.PreApply,
		plancheck.ExpectResourceAction(allocator, plancheck.ResourceActionUpdate), changesOnly(places))
	return step
}

// changesOnly are the places of the allocations that a plan changes, those that it leaves unknown
// included. What is new as a whole counts as one place.
type changesOnly []string

func (want changesOnly) CheckPlan(_ context.Context, req plancheck.CheckPlanRequest, resp *plancheck.CheckPlanResponse) {
	for _, c := range req.Plan.ResourceChanges {
		if got := changed(c.Change.Before, c.Change.After, c.Change.AfterUnknown); c.Address == allocator &&
			!slices.Equal(got, slices.Sorted(slices.Values(want))) {
			resp.Error = fmt.Errorf("of the allocations the plan changes %q, want %q", got, want)
		}
	}
}

// changed are the places at which the allocations of an allocator are planned to change.
func changed(before, after, unknown any) []string {
	allocations := func(resource any) any {
		attributes, _ := resource.(map[string]any)
		return attributes["allocations"]
	}
	places := differing("", allocations(before), allocations(after))
	for _, at := range unknowns("", allocations(unknown)) {
		places = append(places, strings.TrimPrefix(at, "."))
	}
	slices.Sort(places)
	return slices.Compact(places)
}

// differing are the places at which two trees differ.
func differing(at string, a, b any) []string {
	left, isMap := a.(map[string]any)
	right, isMapToo := b.(map[string]any)
	if !isMap || !isMapToo {
		if reflect.DeepEqual(a, b) {
			return nil
		}
		return []string{at}
	}
	var out []string
	for _, key := range slices.Sorted(maps.Keys(merged(left, right))) {
		out = append(out, differing(strings.TrimPrefix(at+"."+key, "."), left[key], right[key])...)
	}
	return out
}

// refused is a step whose plan fails with all of the texts. Terraform wraps lines, so white space
// in a text stands for any white space.
func refused(config string, texts ...string) resource.TestStep {
	return resource.TestStep{Config: header + config, PlanOnly: true, ExpectError: allOf(texts...)}
}

// allOf matches the texts one after the other, wherever lines are broken.
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
