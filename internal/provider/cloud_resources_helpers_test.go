package provider_test

import (
	"fmt"
	"maps"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/hashicorp/hcl/v2"
	"github.com/hashicorp/hcl/v2/hclwrite"
)

// Examples without facts of the clouds feed resources of cloud providers, which no test here can have. They
// are planned even so: each cloud resource becomes a terraform_data whose input is an object
// of the same arguments. So every reference is followed, and every value that the cloud would get
// is in the plan. What only the cloud knows of a resource, such as its id, becomes the address
// of that attribute.

// cloud is a resource of a provider that is not ours.
type cloud struct {
	body *hclwrite.Body
	// asked are attributes that others read and that are no arguments.
	asked map[string]bool
}

// replaceClouds rewrites the files of one configuration. One without cloud resources stays as it is.
func replaceClouds(t *testing.T, files map[string]string) map[string]string {
	t.Helper()
	clouds := map[string]cloud{}
	for name, text := range files {
		for _, block := range parse(t, name, text).Body().Blocks() {
			if isCloud(block) {
				clouds[strings.Join(block.Labels(), ".")] = cloud{block.Body(), map[string]bool{}}
			}
		}
	}
	if len(clouds) == 0 {
		return files
	}
	referred := map[string]string{}
	for name, text := range files {
		referred[name] = refer(text, clouds)
	}
	for name, text := range referred {
		referred[name] = rewrite(t, parse(t, name, text), clouds)
	}
	return referred
}

func parse(t *testing.T, name, text string) *hclwrite.File {
	t.Helper()
	file, faults := hclwrite.ParseConfig([]byte(text), name, hcl.InitialPos)
	if faults.HasErrors() {
		t.Fatal(faults)
	}
	return file
}

func isCloud(block *hclwrite.Block) bool {
	return block.Type() == "resource" && !strings.HasPrefix(block.Labels()[0], "cidrplan_") && block.Labels()[0] != "terraform_data"
}

// refer turns references to cloud resources into references to what takes their place. An index may
// hold brackets of its own, one deep.
func refer(text string, clouds map[string]cloud) string {
	of := regexp.MustCompile(
		`\b(` + strings.ReplaceAll(
			strings.Join(slices.Sorted(maps.Keys(clouds)), "|"), ".", `\.`,
		) + `)\b(\[(?:[^\[\]]|\[[^\[\]]*\])*\])?(?:\.(\w+))?`,
	)
	return of.ReplaceAllStringFunc(text, func(whole string) string {
		parts := of.FindStringSubmatch(whole)
		address, index, attribute := parts[1], refer(parts[2], clouds), parts[3]
		out := "terraform_data." + strings.ReplaceAll(address, ".", "_") + index
		if attribute == "" {
			return out
		}
		if body := clouds[address].body; body.GetAttribute(attribute) == nil {
			clouds[address].asked[attribute] = true
		}
		return out + ".input." + attribute
	})
}

// rewrite replaces the cloud resources of a file and takes their providers out.
func rewrite(t *testing.T, file *hclwrite.File, clouds map[string]cloud) string {
	t.Helper()
	var replaced strings.Builder
	for _, block := range file.Body().Blocks() {
		switch {
		case block.Type() == "provider" && block.Labels()[0] != "cidrplan":
			file.Body().RemoveBlock(block)
		case block.Type() == "terraform":
			for _, providers := range block.Body().Blocks() {
				for name := range providers.Body().Attributes() {
					if name != "cidrplan" {
						providers.Body().RemoveAttribute(name)
					}
				}
			}
		case isCloud(block):
			replaced.WriteString(stand(block, clouds[strings.Join(block.Labels(), ".")].asked))
			file.Body().RemoveBlock(block)
		}
	}
	return string(file.Bytes()) + replaced.String()
}

// ofTerraform are the parts of a resource that are Terraform's and no arguments.
var ofTerraform = []string{"for_each", "count", "depends_on", "provider", "lifecycle"}

// stand is what takes the place of a cloud resource.
func stand(block *hclwrite.Block, asked map[string]bool) string {
	var out strings.Builder
	body := block.Body()
	fmt.Fprintf(&out, "\nresource \"terraform_data\" %q {\n", strings.Join(block.Labels(), "_"))
	for _, name := range ofTerraform {
		if attribute := body.GetAttribute(name); attribute != nil && name != "provider" {
			fmt.Fprintf(&out, "  %s = %s\n", name, expression(attribute))
		}
	}
	address := strings.Join(block.Labels(), ".")
	if body.GetAttribute("for_each") != nil {
		address += "[${each.key}]"
	}
	fmt.Fprintf(&out, "  input = {\n%s", argumentsOf(body))
	for _, name := range slices.Sorted(maps.Keys(asked)) {
		fmt.Fprintf(&out, "%s = \"%s.%s\"\n", name, address, name)
	}
	return out.String() + "  }\n}\n"
}

// argumentsOf are the lines of an object: those of a body, with a list for each type of nested block,
// as Terraform itself shows them.
func argumentsOf(body *hclwrite.Body) string {
	var out strings.Builder
	attributes := body.Attributes()
	for _, name := range slices.Sorted(maps.Keys(attributes)) {
		if !slices.Contains(ofTerraform, name) {
			fmt.Fprintf(&out, "%s = %s\n", name, expression(attributes[name]))
		}
	}
	nested := map[string]string{}
	for _, block := range body.Blocks() {
		if !slices.Contains(ofTerraform, block.Type()) {
			nested[block.Type()] += "{\n" + argumentsOf(block.Body()) + "},"
		}
	}
	for _, name := range slices.Sorted(maps.Keys(nested)) {
		fmt.Fprintf(&out, "%s = [%s]\n", name, nested[name])
	}
	return out.String()
}

func expression(attribute *hclwrite.Attribute) string {
	return strings.TrimSpace(string(attribute.Expr().BuildTokens(nil).Bytes()))
}
