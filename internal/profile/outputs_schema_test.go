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
				if schema[path] != a.Type {
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
