package provider_test

import (
	"encoding/json"
	"fmt"
	"io/fs"
	"maps"
	"os"
	"path"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/hashicorp/hcl/v2"
	"github.com/hashicorp/hcl/v2/hclsyntax"
)

// The arguments of the clouds' resources that examples and pages use, by type: "required", "optional", or an object
// of the arguments of a nested block or object, which is required where it has the key "(required)". They are from
// the schemas of huaweicloud 1.97.1, tencentcloud 1.83.25, ctyun, alicloud 1.289, azurerm and google (August 2026) and aws 6.40, and of
// tencentcloud_tsf_cluster from the page of that provider on it.
const cloudArguments = "testdata/cloud_arguments.json"

const requiredMark = "(required)"

// cloudSchemas reads the arguments of the clouds' resources.
func cloudSchemas(t *testing.T) map[string]map[string]any {
	t.Helper()
	text, err := os.ReadFile(cloudArguments)
	if err != nil {
		t.Fatal(err)
	}
	var schemas map[string]map[string]any
	if err := json.Unmarshal(text, &schemas); err != nil {
		t.Fatal(err)
	}
	return schemas
}

// written is a piece of configuration in the repository.
type written struct {
	where, text string
	// part says that lines are left out of it.
	part bool
}

var terraformFence = regexp.MustCompile("(?ms)^ *```(?:terraform|hcl|diff)\n(.*?)\n *```")

// configurations are all of examples, templates and the READMEs.
func configurations(t *testing.T) (all []written) {
	t.Helper()
	add := func(name string) {
		text, err := os.ReadFile(name)
		if err != nil {
			t.Fatal(err)
		}
		if strings.HasSuffix(name, ".tf") {
			all = append(all, written{where: name, text: string(text)})
			return
		}
		for i, found := range terraformFence.FindAllStringSubmatch(string(text), -1) {
			all = append(
				all,
				written{
					where: fmt.Sprintf("%s, block %d", name, i+1),
					text:  undiff(found[1] + "\n"),
					part:  strings.Contains(found[1], "..."),
				},
			)
		}
	}
	for _, root := range []string{"examples", "templates"} {
		err := filepath.WalkDir(filepath.Join(repository, root), func(name string, e fs.DirEntry, err error) error {
			if err == nil && !e.IsDir() && slices.Contains([]string{".tf", ".md", ".tmpl"}, filepath.Ext(name)) {
				add(name)
			}
			return err
		})
		if err != nil {
			t.Fatal(err)
		}
	}
	for _, name := range []string{"README.md", "README.zh-CN.md"} {
		add(filepath.Join(repository, name))
	}
	return all
}

// undiff returns what a diff leads to; other text stays as it is.
func undiff(text string) string {
	lines := slices.DeleteFunc(strings.Split(text, "\n"), func(line string) bool { return strings.HasPrefix(line, "-") })
	for i, line := range lines {
		if strings.HasPrefix(line, "+") {
			lines[i] = " " + line[1:]
		}
	}
	return strings.Join(lines, "\n")
}

// ofCloud finds resources of the clouds, whose types begin with the name of their provider.
var ofCloud = func() *regexp.Regexp {
	var names []string
	for _, source := range cloudSources {
		names = append(names, path.Base(source))
	}
	return regexp.MustCompile(`(?m)^\s*resource "(` + strings.Join(names, "|") + `)_`)
}()

// Every argument that an example or a page gives to a resource of a cloud exists there, and every required one is
// given, unless the snippet says that lines are left out.
func TestCloudResourcesHaveTheArgumentsOfTheirSchemas(t *testing.T) {
	schemas, seen := cloudSchemas(t), map[string]bool{}
	for _, w := range configurations(t) {
		if !ofCloud.MatchString(w.text) {
			continue
		}
		for _, fault := range w.check(t, schemas, seen) {
			t.Errorf("%s: %s", w.where, fault)
		}
	}
	for name := range schemas {
		if !seen[name] {
			t.Errorf("%s has arguments of %s, which nothing uses", cloudArguments, name)
		}
	}
}

// check compares the resources of clouds with their schemas.
func (w written) check(t *testing.T, schemas map[string]map[string]any, seen map[string]bool) (faults []string) {
	t.Helper()
	file, diags := hclsyntax.ParseConfig([]byte(w.text), w.where, hcl.InitialPos)
	if diags.HasErrors() {
		return []string{diags.Error()}
	}
	for _, block := range file.Body.(*hclsyntax.Body).Blocks {
		if block.Type != "resource" || !ofCloud.MatchString(fmt.Sprintf("resource %q", block.Labels[0])) {
			continue
		}
		name := block.Labels[0]
		seen[name] = true
		schema, known := schemas[name]
		if !known {
			faults = append(faults, "no schema of "+name)
			continue
		}
		faults = append(faults, compared(name, bodyOf(block.Body), schema, w.part)...)
	}
	return faults
}

// argumentTree is what a body or an object gives, with the objects inside of each.
type argumentTree map[string][]argumentTree

func bodyOf(body *hclsyntax.Body) argumentTree {
	out := argumentTree{}
	for name, attribute := range body.Attributes {
		out[name] = objectsOf(attribute.Expr)
	}
	for _, block := range body.Blocks {
		name, inside := block.Type, block.Body
		if name == "dynamic" {
			name = block.Labels[0]
			for _, content := range block.Body.Blocks {
				inside = content.Body
			}
		}
		out[name] = append(out[name], bodyOf(inside))
	}
	return out
}

// objectsOf are the objects that an expression spells out, alone or in a list.
func objectsOf(e hclsyntax.Expression) (objects []argumentTree) {
	switch e := e.(type) {
	case *hclsyntax.ObjectConsExpr:
		object := argumentTree{}
		for _, item := range e.Items {
			if key, diags := item.KeyExpr.Value(nil); !diags.HasErrors() {
				object[key.AsString()] = objectsOf(item.ValueExpr)
			}
		}
		return []argumentTree{object}
	case *hclsyntax.TupleConsExpr:
		for _, one := range e.Exprs {
			objects = append(objects, objectsOf(one)...)
		}
	case *hclsyntax.ForExpr:
		return objectsOf(e.ValExpr)
	}
	return objects
}

// compared lists the arguments that a schema lacks, and those required that are not given.
func compared(at string, got argumentTree, schema map[string]any, part bool) (faults []string) {
	for _, name := range slices.Sorted(maps.Keys(got)) {
		argument, has := schema[name]
		if !has && slices.Contains(ofTerraform, name) {
			continue
		}
		if !has {
			faults = append(faults, fmt.Sprintf("%s has no argument %q", at, name))
			continue
		}
		if nested, is := argument.(map[string]any); is {
			for _, object := range got[name] {
				faults = append(faults, compared(at+"."+name, object, nested, part)...)
			}
		}
	}
	for _, name := range slices.Sorted(maps.Keys(schema)) {
		required := schema[name] == "required"
		if nested, is := schema[name].(map[string]any); is {
			_, required = nested[requiredMark]
		}
		if _, is := got[name]; required && !is && !part {
			faults = append(faults, fmt.Sprintf("%s needs the argument %q", at, name))
		}
	}
	return faults
}

// The comparison sees what a provider refuses.
func TestComparedArguments(t *testing.T) {
	schemas := map[string]map[string]any{"ctyun_x": {
		"name": "required", "size": "optional",
		"disk": map[string]any{requiredMark: "", "kind": "required"}, "net": map[string]any{"id": "required"},
	}}
	for text, want := range map[string][]string{
		`name = "a", disk { kind = 1 }`:                            nil,
		`name = "a", size = 1, disk { kind = 1 }, net { id = 1 }`:  nil,
		`name = "a", disk = [{ kind = 1 }, { kind = 2 }], count=1`: nil,
		`name = "a"`:                             {`ctyun_x needs the argument "disk"`},
		`disk { kind = 1 }`:                      {`ctyun_x needs the argument "name"`},
		`name = "a", disk { kind = 1 }, nam = 2`: {`ctyun_x has no argument "nam"`},
		`name = "a", disk = { kinds = 1 }`: {
			`ctyun_x.disk has no argument "kinds"`,
			`ctyun_x.disk needs the argument "kind"`,
		},
		`name = "a", disk = [for d in x : { sort = d }]`: {
			`ctyun_x.disk has no argument "sort"`,
			`ctyun_x.disk needs the argument "kind"`,
		},
		`name = "a", disk { kind = 1 }, net {}`: {`ctyun_x.net needs the argument "id"`},
		`name = "a", disk { kind = 1 }, dynamic "net" { content { x = 1 } }`: {
			`ctyun_x.net has no argument "x"`,
			`ctyun_x.net needs the argument "id"`,
		},
	} {
		// one argument a line, and blocks over several lines
		text := strings.NewReplacer(", ", "\n", "{ content { x = 1 } }", "{\ncontent {\nx = 1\n}\n}").Replace(text)
		if strings.Contains(text, "= {") || strings.Contains(text, "[") {
			text = strings.ReplaceAll(text, "}\n{", "},\n{")
		}
		w := written{where: "here", text: "resource \"ctyun_x\" \"y\" {\n" + text + "\n}\n"}
		if got := w.check(t, schemas, map[string]bool{}); !slices.Equal(got, want) {
			t.Errorf("%s\ngot  %q\nwant %q", text, got, want)
		}
	}
	w := written{where: "here", part: true, text: "resource \"ctyun_x\" \"y\" {\nsizes = 1\n}\n"}
	if got := w.check(t, schemas, map[string]bool{}); !slices.Equal(got, []string{`ctyun_x has no argument "sizes"`}) {
		t.Errorf("a part of a resource: got %q", got)
	}
}
