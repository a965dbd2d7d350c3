package profile_test

import (
	"encoding/json"
	"maps"
	"os"
	"slices"
	"testing"

	"github.com/cidrplan/terraform-provider-cidrplan/internal/profile"
)

// The arguments of the clouds' cluster resources that hold addresses, subnets or families, by resource and path,
// with their types: from the schemas of huaweicloud 1.97.1, tencentcloud 1.83.25, ctyun and alicloud 1.289.
func clusterResources(t *testing.T) map[string]map[string]string {
	t.Helper()
	text, err := os.ReadFile("testdata/cluster_resources.json")
	if err != nil {
		t.Fatal(err)
	}
	var resources map[string]map[string]string
	if err := json.Unmarshal(text, &resources); err != nil {
		t.Fatal(err)
	}
	return resources
}

// Every output is an argument of the cloud resource, with its type, and every argument of the resource that holds
// addresses or families is an output or left to others with a reason.
func TestOutputsMatchTheSchemasOfTheClouds(t *testing.T) {
	schemas, served := clusterResources(t), map[string]bool{}
	for object, output := range profile.Default().Outputs() {
		for name, r := range output.Resources {
			schema, known := schemas[name]
			if !known {
				t.Errorf("%s: no schema of %s", object, name)
			}
			served[name] = true
			covered := slices.Collect(maps.Keys(r.Left))
			for argument, a := range output.Attributes {
				if slices.Contains(r.Lacks, argument) {
					if _, has := schema[r.Path(argument)]; has {
						t.Errorf("%s has %s, which the data says it lacks", name, argument)
					}
					continue
				}
				path := r.Path(argument)
				if schema[path] != a.Type && !(schema[path] == "set" && a.Type == "list") { // Terraform converts a list to a set
					t.Errorf("%s.%s is a %s here, and %q in the schema of %s", object, argument, a.Type, schema[path], name)
				}
				covered = append(covered, path)
			}
			for path := range schema {
				if !slices.Contains(covered, path) {
					t.Errorf("%s.%s is no output and not left to anybody", name, path)
				}
			}
			for path, reason := range r.Left {
				if schema[path] == "" || reason == "" {
					t.Errorf("%s.%s is left for the reason %q, and the schema has it as %q", name, path, reason, schema[path])
				}
			}
		}
	}
	for name := range schemas {
		if !served[name] {
			t.Errorf("no output serves %s", name)
		}
	}
}

// carriers are the values of output attributes that hold each kind of range that the planner allocates.
var carriers = map[string][]string{
	"Pod range": {"pod_cidr", "pod_cidrs_comma", "pod_cidrs_dual", "pod_cidr_single", "named_ranges"},
	"Service range": {
		"service_cidr", "service_cidrs_dual", "service_cidr_apart", "service_addresses", "service_cidr_single", "named_ranges",
	},
	"node mask":          {"node_mask", "node_mask_single", "node_addresses", "pods_per_node"},
	"IPv6 Pod range":     {"pod_cidrs_dual", "pod_cidrs_both", "pod_ipv6_cidr"},
	"IPv6 Service range": {"service_cidrs_dual", "service_ipv6_cidr", "service_cidrs_both"},
	"IPv6 node mask":     {"node_ipv6_mask"},
	"both families":      {"dual_flag", "dual_word", "pod_cidrs_dual", "pod_ipv6_cidr"},
}

// allocates lists what the planner gives to clusters of a profile; what always has one size, or is a part of one, needs no argument.
func allocates(p *profile.Profile) (kinds []string) {
	for kind, so := range map[string]bool{
		"Pod range":      p.Pods.From != profile.Subnets,
		"Service range":  p.Pods.From != profile.Shared || p.Services.SizedShortest != p.Services.SizedLongest,
		"node mask":      p.Nodes.Blocks == profile.Fixed && p.Nodes.Shortest != p.Nodes.Longest,
		"IPv6 Pod range": p.IPv6.Dual && p.IPv6.Pods == "own", "IPv6 Service range": p.IPv6.Dual && p.IPv6.Services == "own",
		"IPv6 node mask": p.IPv6.Dual && p.IPv6.Pods == "own" && p.IPv6.NodeShortest != p.IPv6.NodeLongest, "both families": p.IPv6.Dual,
	} {
		if so {
			kinds = append(kinds, kind)
		}
	}
	return kinds
}

// Whatever the planner allocates to clusters of a profile has an argument in a resource of its cloud, or the data
// says that there is none, which the planner warns of.
func TestEveryAllocationHasAnArgumentOrAWarning(t *testing.T) {
	catalog, schemas, unset := profile.Default(), clusterResources(t), 0
	for _, name := range catalog.Names() {
		p, _ := catalog.Profile(name)
		output := catalog.Output(p)
		for _, kind := range allocates(p) {
			has := output.Resources == nil &&
				slices.ContainsFunc(slices.Collect(maps.Values(output.Attributes)), func(a profile.OutputAttribute) bool {
					return slices.Contains(carriers[kind], a.Value)
				})
			for _, resource := range p.Change.Resources {
				for argument, a := range output.Attributes {
					_, in := schemas[resource][output.Resources[resource].Path(argument)]
					has = has || in && slices.Contains(carriers[kind], a.Value)
				}
			}
			ofIPv6 := kind == "IPv6 Service range" || kind == "both families"
			switch noArgument := p.IPv6.Unset.Broken(); {
			case !has && !(ofIPv6 && noArgument):
				t.Errorf("%s: no argument holds the %s, and the data does not say so", name, kind)
			case has && noArgument && kind == "IPv6 Service range":
				t.Errorf("%s: an argument holds the IPv6 Service range, and the data says that there is none", name)
			case !has:
				unset++
			}
			if kind == "both families" && (has == (p.IPv6.Unset.Broken() && !p.IPv6.Unset.Takes.IsValid())) {
				t.Errorf(
					"%s: an argument for both families: %t; the data says that without one the cluster has the range %v",
					name, has, p.IPv6.Unset.Takes,
				)
			}
		}
	}
	if unset != 5 {
		t.Errorf("%d allocations without an argument, want 5: this test no longer sees them", unset)
	}
}
