package provider_test

import (
	"encoding/json"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"reflect"
	"regexp"
	"slices"
	"strings"
	"testing"
)

// repository is the root of the module, as tests of this package see it.
const repository = "../.."

// conflicting is the example that must be refused; every other one must plan.
const conflicting = "examples/scenarios/conflict"

// checked are the examples with a check that reports what is wrong with their networks or what is full.
var checked = []string{"examples/scenarios/adopt", "examples/scenarios/how-full", "examples/data-sources/cidrplan_audit"}

// Every folder under examples/ plans by itself, and every allocation is known in the plan.
func TestAccExamplesPlanAndKnowTheirAllocations(t *testing.T) {
	t.Parallel()
	folders := exampleFolders(t)
	if !slices.Contains(folders, conflicting) || len(folders) < 10 {
		t.Fatalf("only these examples were found: %s", folders)
	}
	for _, folder := range folders {
		t.Run(strings.TrimPrefix(folder, "examples/"), func(t *testing.T) {
			t.Parallel()
			w := exampleWorkspace(t, folder)
			if folder == conflicting {
				w.fails(regexp.MustCompile(`Error: .*overlaps`), "plan")
				return
			}
			var warnings []string
			if slices.Contains(checked, folder) {
				warnings = append(warnings, "Check block assertion failed")
			}
			plansWithoutUnknowns(t, w, warnings...)
			if imports := filepath.Join(w.dir, "import-by-string-id.tf"); exists(imports) {
				if err := os.Remove(imports); err != nil {
					t.Fatal(err)
				}
				plansWithoutUnknowns(t, w)
			}
		})
	}
}

// published are the modules that people can use as they are; examples use them.
const published = "examples/modules"

// exampleFolders are the folders that hold a configuration; those of its modules belong to it.
func exampleFolders(t *testing.T) []string {
	t.Helper()
	var folders []string
	err := filepath.WalkDir(filepath.Join(repository, "examples"), func(path string, entry fs.DirEntry, err error) error {
		if path == filepath.Join(repository, published) {
			return fs.SkipDir
		}
		if err != nil || !entry.IsDir() || len(terraformFiles(t, path)) == 0 {
			return err
		}
		folder, err := filepath.Rel(repository, path)
		folders = append(folders, filepath.ToSlash(folder))
		if err != nil {
			return err
		}
		return fs.SkipDir
	})
	if err != nil {
		t.Fatal(err)
	}
	return folders
}

func terraformFiles(t *testing.T, folder string) []string {
	t.Helper()
	files, err := filepath.Glob(filepath.Join(folder, "*.tf"))
	if err != nil {
		t.Fatal(err)
	}
	return files
}

// exampleWorkspace is a copy of an example to run the built provider in.
func exampleWorkspace(t *testing.T, folder string) *workspace {
	t.Helper()
	w := newWorkspace(t, "")
	if err := os.Remove(filepath.Join(w.dir, "main.tf")); err != nil {
		t.Fatal(err)
	}
	if err := os.CopyFS(w.dir, os.DirFS(filepath.Join(repository, folder))); err != nil {
		t.Fatal(err)
	}
	files := map[string]string{}
	for _, path := range terraformFiles(t, w.dir) {
		text := read(t, path)
		files[filepath.Base(path)] = w.withLedger(strings.ReplaceAll(text, `"../../modules/`, `"./published/`))
		if !strings.Contains(text, `"../../modules/`) || exists(filepath.Join(w.dir, "published")) {
			continue
		}
		if err := os.CopyFS(filepath.Join(w.dir, "published"), os.DirFS(filepath.Join(repository, published))); err != nil {
			t.Fatal(err)
		}
	}
	if usesSchemas(files) {
		return w.withClouds(cloudOf(t, folder))
	}
	hasModules := false
	for name, text := range replaceClouds(t, files) {
		w.file(name, text)
		hasModules = hasModules || strings.Contains(text, "\nmodule \"")
	}
	if hasModules {
		w.run("get") // a provider that runs already needs no init
	}
	return w
}

// plansWithoutUnknowns plans and asks that every allocation and output is known, and that no
// warning is shown which a reader of the example could not explain.
func plansWithoutUnknowns(t *testing.T, w *workspace, warnings ...string) {
	t.Helper()
	out := w.run("plan", "-out=tfplan")
	for _, warning := range regexp.MustCompile(`(?m)^Warning: (.*)$`).FindAllStringSubmatch(out, -1) {
		if !strings.HasPrefix(warning[1], "Provider development overrides") &&
			!slices.ContainsFunc(
				append(warnings, "Allocator Has No Prior Allocations", "Blocks Have No Prior Allocations"),
				func(title string) bool { return isAbout(warning[1], title) },
			) {
			t.Errorf("the example plans with a warning of its own: %s", out)
		}
	}
	var plan struct {
		ResourceChanges []struct {
			Address, Type string
			Change        change
		} `json:"resource_changes"`
		OutputChanges map[string]change `json:"output_changes"`
	}
	if err := json.Unmarshal([]byte(w.planJSON("tfplan")), &plan); err != nil {
		t.Fatal(err)
	}
	for _, c := range plan.ResourceChanges {
		if c.Type != "cidrplan_allocator" && c.Type != "cidrplan_blocks" {
			continue
		}
		unknown := slices.DeleteFunc(unknowns(c.Address, c.Change.AfterUnknown), chosenByCloud)
		if len(unknown) > 0 {
			t.Errorf("not known in the plan: %s", unknown)
		}
		if after, ok := c.Change.After.(map[string]any); !ok || after["allocations"] == nil && after["cidrs"] == nil {
			t.Errorf("%s plans no ranges: %v", c.Address, c.Change.After)
		}
	}
	for name, c := range plan.OutputChanges {
		if unknown := unknowns("output."+name, c.AfterUnknown); len(unknown) > 0 {
			t.Errorf("not known in the plan: %s", unknown)
		}
	}
}

type change struct {
	After        any
	AfterUnknown any `json:"after_unknown"`
}

// unknowns are the places in an after_unknown tree that are true.
func unknowns(at string, tree any) []string {
	var out []string
	switch tree := tree.(type) {
	case bool:
		if tree {
			out = append(out, at)
		}
	case map[string]any:
		for key, child := range tree {
			out = append(out, unknowns(at+"."+key, child)...)
		}
	case []any:
		for i, child := range tree {
			out = append(out, unknowns(fmt.Sprintf("%s[%d]", at, i), child)...)
		}
	}
	slices.Sort(out)
	return out
}

func exists(path string) bool { _, err := os.Stat(path); return err == nil }

func read(t *testing.T, path string) string {
	t.Helper()
	content, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	return string(content)
}

// The main example lives a whole life: planned, applied, edited, applied again and destroyed. Its
// guard stops the destroy first.
func TestAccMainExampleIsAppliedEditedAndDestroyed(t *testing.T) {
	t.Parallel()
	w := exampleWorkspace(t, "examples/scenarios/main")
	at := filepath.Join(w.dir, "main.tf")
	plansWithoutUnknowns(t, w)
	w.run("apply", "tfplan")
	w.run("plan", "-detailed-exitcode")

	edited := strings.Replace(
		read(t, at), "      shop   = {", `      api    = { vpc = "prod", profile = "ack-flannel", max_nodes = 30 }`+"\n      shop   = {", 1,
	)
	edited = regexp.MustCompile(`(?m)^      data   = .*\n`).ReplaceAllString(edited, "")
	before := w.state().Outputs
	w.file("main.tf", edited)
	plansWithoutUnknowns(t, w, `Ranges Released ("k8s-prod")`)
	w.run("apply", "tfplan")
	w.run("plan", "-detailed-exitcode")
	if after := w.state().Outputs; !reflect.DeepEqual(after, before) {
		t.Errorf("what the clusters hold changed from\n%v\nto\n%v", before, after)
	}

	w.fails(regexp.MustCompile("prevent_destroy"), "destroy", "-auto-approve")
	w.file("main.tf", strings.Replace(edited, "prevent_destroy = true", "prevent_destroy = false", 1))
	w.run("destroy", "-auto-approve")
	if left := w.run("show"); strings.Contains(left, "cidrplan_") {
		t.Errorf("destroy left %s", left)
	}
}
