package messages

import (
	"fmt"
	"slices"
	"strings"
)

// ArgumentDifference is one argument that two resources give different values, written as a configuration does.
type ArgumentDifference struct{ At, First, Second string }

// DuplicateResource words that two resources of one type have one name. known is false where some argument of them is not
// known yet.
func DuplicateResource(typeName, name string, differences []ArgumentDifference, known bool) (summary, detail string) {
	both := "The arguments of both are equal, as with count, or in a module that is used more than once."
	if !known {
		both = "The arguments of both that are known so far are equal, as with count, or in a module that is used more than once."
	}
	if len(differences) > 0 {
		both = "They differ in:" + differing(differences)
	}
	parts := []string{
		fmt.Sprintf("Two resources of type %s are named %q. cidrplan identifies a resource by its name, ", typeName, name) +
			"because Terraform does not pass the address of a resource to a provider. " + both,
		"Effect: " + effectOfOneName(typeName),
		choices([]string{
			fmt.Sprintf(
				"Use a different name for each. With for_each, include the key in the name, such as name = %q. In a module, make the "+
					"name a variable.",
				name+"-${each.key}",
			),
			"If both describe the same object, keep one of them and refer to it in the other places.",
			"If both are to be destroyed: terraform destroy -refresh=false. Without this option Terraform first makes a plan, in which " +
				"this error occurs.",
		}),
	}
	return "Two Resources Have the Same Name", strings.Join(parts, "\n\n")
}

// effectOfOneName says what happens if two resources of a type have one name.
func effectOfOneName(typeName string) string {
	switch typeName {
	case "cidrplan_allocator", "cidrplan_blocks":
		return "both allocate the same addresses, neither knows the allocations of the other, and other workspaces cannot distinguish " +
			"their claims."
	case "cidrplan_cluster":
		return "an allocator that receives one of them allocates for the wrong cluster, or each of two allocators allocates other ranges " +
			"for one cluster."
	}
	return "clusters, routes and peers that refer to the name can refer to either of them, and can be checked against the wrong one."
}

// differing lists differences, in an order that does not depend on which of the two was planned first.
func differing(differences []ArgumentDifference) string {
	const most = 6
	swap := differences[0].Second < differences[0].First
	var lines []string
	for _, d := range differences[:min(len(differences), most)] {
		values := []string{d.First, d.Second}
		if swap {
			slices.Reverse(values)
		}
		lines = append(lines, fmt.Sprintf("\n  - %s: %s and %s", d.At, values[0], values[1]))
	}
	if more := len(differences) - most; more > 0 {
		lines = append(lines, fmt.Sprintf("\n  - and %d more", more))
	}
	return strings.Join(lines, "")
}
