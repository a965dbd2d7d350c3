package provider_test

import (
	"os"
	"regexp"
	"strings"
	"testing"
)

// A route that an example makes of required_routes, read back as the page on the allocator shows, is a route through
// the peering and not one to an unknown place.
func TestRoutesOfExamplesAreReadBackAsPeering(t *testing.T) {
	example, err := os.ReadFile(repository + "/examples/scenarios/required-routes/cloud.tf")
	if err != nil {
		t.Fatal(err)
	}
	page, err := os.ReadFile(repository + "/templates/resources/allocator.md.tmpl")
	if err != nil {
		t.Fatal(err)
	}
	made := regexp.MustCompile(`nexthop_type += +"(\w+)"`).FindAllStringSubmatch(string(example), -1)
	if len(made) == 0 {
		t.Fatal("the example makes no routes of a VPC")
	}
	for _, found := range made {
		if !strings.Contains(string(page), found[1]+` = "peering"`) {
			t.Errorf("the page does not read %s as peering", found[1])
		}
	}
}
