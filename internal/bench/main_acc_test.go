package main

import (
	"context"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"testing"
)

// Three clusters are planned, applied, planned empty and edited through the built provider. Every layout is valid.
func TestAccBenchmarkOfThreeClusters(t *testing.T) {
	if os.Getenv("TF_ACC") == "" {
		t.Skip("an acceptance test, see acc-env.sh")
	}
	folder := t.TempDir()
	build := exec.Command("go", "build", "-buildvcs=false", "-o", filepath.Join(folder, "terraform-provider-cidrplan"), "../..")
	if out, err := build.CombinedOutput(); err != nil {
		t.Fatalf("%v\n%s", err, out)
	}
	config, err := exec.Command("../tools/dev-overrides.sh", folder).Output()
	if err != nil {
		t.Fatal(err)
	}
	file := filepath.Join(folder, "cli.tfrc")
	if err := os.WriteFile(file, config, 0o600); err != nil {
		t.Fatal(err)
	}
	terraform, err := newCommandLine(os.Getenv("TF_ACC_TERRAFORM_PATH"), file)
	if err != nil {
		t.Fatal(err)
	}
	for name := range layoutOf {
		folder := t.TempDir()
		if err := os.WriteFile(
			filepath.Join(folder, "main.tf"),
			[]byte(scenario{3, name}.configuration(cidrplan, oneAdded)),
			0o600,
		); err != nil {
			t.Fatal(err)
		}
		if _, _, err := terraform.run(context.Background(), folder, 0, "validate"); err != nil {
			t.Error(err)
		}
	}
	all, err := terraform.measureAll(context.Background(), []scenario{{3, "resources"}}, 1, io.Discard)
	if err != nil {
		t.Fatal(err)
	}
	if len(all.Measured) != 1 || all.Version == "" {
		t.Fatalf("measured %v", all)
	}
	for _, m := range all.Measured {
		checkMeasured(t, m)
	}
}

// checkMeasured wants each figure of a scenario to be there.
func checkMeasured(t *testing.T, m measured) {
	t.Helper()
	for of, o := range m.Subjects {
		// A provider runs with cidrplan alone: terraform_data is part of Terraform.
		if most := o.peak(); most.Terraform < 1<<20 || (most.Provider > 1<<20) != (of == cidrplan) || o.State < 100 {
			t.Errorf("%s of %s: memory of %v bytes, a state of %d", m.Layout, of, most, o.State)
		}
		for _, name := range []stepName{firstPlan, planOneAdded, planOneRemoved} {
			if o.Steps[name].Lines < 5 || o.Steps[name].Wall == 0 || o.Steps[name].CPU == 0 {
				t.Errorf("%s of %s: %s took %v", m.Layout, of, name, o.Steps[name])
			}
		}
		if lines := o.Steps[unchangedPlan].Lines; lines != 0 {
			t.Errorf("%s of %s: a plan without changes shows %d changed lines", m.Layout, of, lines)
		}
	}
}
