package provider_test

import (
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
)

// TestAccAdoptWritesAConfigurationThatPlansClean runs the built program as a person does. The plan of what it writes has no
// message: each conflict that scan reports is accepted in it.
func TestAccAdoptWritesAConfigurationThatPlansClean(t *testing.T) {
	w := newInstalled(t, "")
	program, err := builtProvider()
	if err != nil {
		t.Fatal(err)
	}
	program = filepath.Join(program, "terraform-provider-cidrplan")
	var files []string
	for _, name := range []string{"network.tfstate", "clusters.tfstate", "hard.tfstate"} {
		text, err := os.ReadFile(filepath.Join("..", "cli", "testdata", name))
		if err != nil {
			t.Fatal(err)
		}
		w.file(name, string(text))
		files = append(files, filepath.Join(w.dir, name))
	}
	hard := files[2]
	files = files[:2]
	if out, err := exec.Command(program, append([]string{"scan"}, files...)...).CombinedOutput(); err == nil ||
		!strings.Contains(string(out), "1 error, 0 warnings") {
		t.Errorf("scan: %v\n%s", err, out)
	}
	if err := os.Remove(filepath.Join(w.dir, "main.tf")); err != nil {
		t.Fatal(err)
	}
	for _, given := range [][]string{{hard}, files} {
		written := filepath.Join(w.dir, "cidrplan.tf")
		_ = os.Remove(written)
		if out, err := exec.Command(program, append([]string{"adopt", "--output", written}, given...)...).CombinedOutput(); err != nil {
			t.Fatalf("adopt: %v\n%s", err, out)
		}
		out := strings.ReplaceAll(w.run("plan"), "Warning: Provider development overrides are in effect", "")
		if regexp.MustCompile(`(?m)^(Error|Warning): `).MatchString(out) || !strings.Contains(out, "Plan: 5 to add") {
			t.Errorf("the plan is not clean:\n%s", out)
		}
	}
	w.run("plan", "-out=tfplan")
	w.file("plan.json", w.run("show", "-json", "tfplan"))
	changed, err := exec.Command(program, "changes", filepath.Join(w.dir, "plan.json")).CombinedOutput()
	if want := "  + shop 10.8.0.0/16 (Pods, adopted, 512 nodes)\n"; err != nil || !strings.Contains(string(changed), want) ||
		strings.Contains(string(changed), "cidrplan_vpc") {
		t.Errorf("changes: %v\n%s\nwant %s", err, changed, want)
	}
	w.run("apply", "-auto-approve")
	if out := w.run("plan"); !strings.Contains(out, "No changes.") {
		t.Errorf("the second plan is not empty:\n%s", out)
	}
}
