package provider_test

import (
	"fmt"
	"strings"
	"testing"
)

// Terraform shows only the first of several warnings with one summary. Of 30 findings in one plan, ten in each of three
// allocators, all can be read.
func TestAccThirtyFindingsCanAllBeRead(t *testing.T) {
	t.Parallel()
	var config strings.Builder
	for _, name := range []string{"east", "north", "west"} {
		var vpcs []string
		for i := range 10 {
			vpcs = append(vpcs, fmt.Sprintf(`a%d = { platform = "alicloud", cidr_blocks = ["10.%d.0.0/16"], peers = ["b%d"] }`, i, i, i),
				fmt.Sprintf(`b%d = { platform = "alicloud", cidr_blocks = ["10.%d.0.0/20"] }`, i, i))
		}
		fmt.Fprintf(
			&config,
			"resource \"cidrplan_allocator\" %q {\n  name = %q\n  supernets = [\"10.64.0.0/16\"]\n  vpcs = {\n    %s\n  }\n  "+
				"clusters = {}\n}\n",
			name,
			name,
			strings.Join(vpcs, "\n    "),
		)
	}
	out := newWorkspace(t, config.String()).run("plan")
	for _, name := range []string{"east", "north", "west"} {
		for i := range 10 {
			if want := fmt.Sprintf(
				`Warning: Block 10.%d.0.0/16 of VPC "a%d" overlaps block 10.%d.0.0/20 of VPC "b%d" (%q)`,
				i,
				i,
				i,
				i,
				name,
			); !strings.Contains(
				out,
				want,
			) {
				t.Errorf("the output lacks %q", want)
			}
		}
	}
}
