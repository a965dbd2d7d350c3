package messages

import (
	"fmt"
	"strings"

	"github.com/cidrplan/terraform-provider-cidrplan/internal/topology"
)

// Errors of functions are the end of a sentence that Terraform begins with the name of the argument, so they have no full stop.

// What a function accepts.
const (
	AnyPlanner   = "Expected a cidrplan_allocator or a cidrplan_blocks as a whole, such as cidrplan_allocator.k8s"
	AnyAllocator = "Expected a cidrplan_allocator as a whole, such as cidrplan_allocator.k8s"

	AnyPlannerOrClaims = "Expected a cidrplan_allocator or a cidrplan_blocks as a whole, such as cidrplan_allocator.k8s, or a map of claims"
)

// ArgumentLacks says which attributes an object of a resource type lacks. example is a reference to such a resource.
func ArgumentLacks(typeName string, lacking []string, example string) string {
	return fmt.Sprintf(
		"the argument is an object that lacks attributes of a %s: %s. Expected the resource as a whole, such as %s",
		typeName, strings.Join(lacking, ", "), example,
	)
}

// ArgumentIsList says that an argument is a list of resources. example is a reference to the one at an index.
func ArgumentIsList(example string, index int) string {
	return fmt.Sprintf("the argument is a list of resources, as with count. Expected one of them, such as %s[%d]", example, index)
}

// ArgumentIsMap says that an argument is a map of resources. example is a reference to the one with a key.
func ArgumentIsMap(example, key string) string {
	return fmt.Sprintf("the argument is a map of resources, as with for_each. Expected one of them, such as %s[%s]", example, Shown(key))
}

// ArgumentIs says what an argument is, and what was expected. attributes are those of an object.
func ArgumentIs(what string, attributes []string, expected string) string {
	if len(attributes) > 0 {
		what += " with the attributes " + Listed(attributes, 4)
	}
	return fmt.Sprintf("the argument is %s. %s", what, expected)
}

// SecondLanguage says that a text has one language.
const SecondLanguage = "one language is enough"

// OneObjectOfOptions says that options are one object.
const OneObjectOfOptions = "one object of options is enough"

// NotALanguage says that a language is none of those that are known. isChinese says that it is another name of Chinese.
func NotALanguage(language string, known []string, isChinese bool) string {
	if isChinese {
		return fmt.Sprintf("language = %s is not one of %s. Chinese is \"zh\"", Shown(language), strings.Join(known, ", "))
	}
	return "language = " + NotAmong(language, known)
}

// PathOrArgument returns the text of a path, and "the argument" for the root.
func PathOrArgument(at topology.Path) string {
	if len(at) == 0 {
		return "the argument"
	}
	return at.String()
}

// ErrorText joins the errors among messages for a function, which has no place for warnings. An error of the whole argument has no path.
func ErrorText(found []Message) string {
	var errors []string
	for _, m := range Safe(found) {
		if !m.Warn {
			errors = append(errors, pathAndSummary(m)+m.Detail)
		}
	}
	return strings.TrimSuffix(strings.Join(errors, "\n\n"), ".")
}

func pathAndSummary(m Message) string {
	if len(m.At) == 0 {
		return ""
	}
	return m.At.String() + ": " + m.Summary + "\n"
}
