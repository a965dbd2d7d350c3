package provider

import (
	"fmt"
	"maps"
	"os"
	"slices"
	"strings"
	"testing"

	"github.com/cidrplan/terraform-provider-cidrplan/internal/values"
)

// The page of usage has a table with all attributes of each object of the result.
func TestPageOfUsageHasAllAttributes(t *testing.T) {
	page, err := os.ReadFile("../../templates/functions/usage.md.tmpl")
	if err != nil {
		t.Fatal(err)
	}
	for name, fields := range map[string]values.Fields{
		"RESULT": usageFields, "POOLS": poolFields, "COUNTS": countFields, "BECAUSE": countFields["unusable_because"].Fields,
		"NETWORKS": countFields["networks"].Fields, "CLUSTERS": clusterUsageFields,
	} {
		if want := tableOf(fields); !strings.Contains(string(page), want) {
			t.Errorf("%s: the page lacks\n%s", name, want)
		}
	}
}

// tableOf describes attributes, and those of small objects beside them.
func tableOf(fields values.Fields) string {
	table := "| attribute | |\n|---|---|\n"
	for _, name := range slices.Sorted(maps.Keys(fields)) {
		f := fields[name]
		table += "| `" + name + "` | " + f.Description + " |\n"
		if f.Shape != values.Object || len(f.Fields) > 5 {
			continue
		}
		for _, inner := range slices.Sorted(maps.Keys(f.Fields)) {
			if f.Fields[inner].Shape != values.Object {
				table += fmt.Sprintf("| `%s.%s` | %s |\n", name, inner, f.Fields[inner].Description)
			}
		}
	}
	return table
}
