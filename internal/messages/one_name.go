package messages

import (
	"fmt"
	"slices"
	"strings"
)

// ArgumentDifference is one argument that two resources give different values, written as a configuration does.
type ArgumentDifference struct{ At, First, Second string }

// SecondOfOneName words that two resources of one type have one name. known is false where some argument of them is not
// known yet.
func SecondOfOneName(typeName, name string, differences []ArgumentDifference, known bool) (summary, detail string) {
	both := "The arguments of both are equal, as with count, or in a module that is used more than once."
	if !known {
		both = "The arguments of both that are known so far are equal, as with count, or in a module that is used more than once."
	}
	if len(differences) > 0 {
		both = "They differ in:" + differing(differences)
	}
	parts := []string{
		fmt.Sprintf("Two resources of type %s are named %q. cidrplan identifies a resource by its name, ", typeName, name) +
			"since Terraform does not pass the address to a provider. " + both,
		"Effect: " + effectOfOneName(typeName),
		choices([]string{
			fmt.Sprintf(
				"Give each its own name. With for_each make the key a part of it, such as name = %q; in a module, make the name a variable.",
				name+"-${each.key}",
			),
			"Keep one of them, and pass it to the other places by value, if both describe the same thing.",
			"If both are to be destroyed: terraform destroy -refresh=false. Without this option Terraform first makes a plan, in which this error occurs.",
		}),
	}
	return "Two Resources of One Name", strings.Join(parts, "\n\n")
}

// effectOfOneName says what happens if two resources of a type have one name.
func effectOfOneName(typeName string) string {
	switch typeName {
	case "cidrplan_allocator", "cidrplan_blocks":
		return "both allocate the same addresses, neither knows what the other one holds, and other workspaces take the claims of one for those of the other."
	case "cidrplan_cluster":
		return "an allocator that receives one of them allocates for the wrong cluster, or each of two allocators allocates other ranges for one cluster."
	}
	return "clusters, routes and peers that refer to the name can mean either of them, and are checked against the wrong one."
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
