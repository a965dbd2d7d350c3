package provider_test

import (
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
)

// appliedExample is an example that was applied once, and can be edited for one plan.
type appliedExample struct {
	*workspace
	original string
	// printed is what the last commands printed.
	printed string
}

func isOpenTofu() bool { return strings.Contains(os.Getenv("TF_ACC_PROVIDER_HOST"), "opentofu") }

// applyExample applies an example once for all copies.
func applyExample(t *testing.T, folder string) *workspace {
	t.Helper()
	w := exampleWorkspace(t, folder)
	w.run("apply", "-auto-approve")
	return w
}

// copyApplied is a copy of an applied example.
func copyApplied(t *testing.T, applied *workspace) *appliedExample {
	t.Helper()
	e := &appliedExample{workspace: newFolder(t)}
	e.ledger = applied.ledger
	if err := os.CopyFS(e.dir, os.DirFS(applied.dir)); err != nil {
		t.Fatal(err)
	}
	e.attach()
	e.original = read(t, filepath.Join(e.dir, "main.tf"))
	return e
}

func (e *appliedExample) restore() { e.file("main.tf", e.original) }

// commands runs the lines of a block, in which terraform is the binary under test, and cidrplan the command line with the ledger of the
// example.
func (e *appliedExample) commands(b block) {
	e.t.Helper()
	cmd := exec.Command("sh", "-e", "-c", "terraform() { \"$TF_ACC_TERRAFORM_PATH\" \"$@\"; }\n"+e.commandLine()+b.text)
	cmd.Dir = e.dir
	cmd.Env = append(
		os.Environ(), "TF_CLI_CONFIG_FILE="+filepath.Join(e.dir, "cli.tfrc"), "TF_IN_AUTOMATION=1", "CHECKPOINT_DISABLE=1",
		"TF_CLI_ARGS=-no-color",
	)
	cmd.Env = append(cmd.Env, e.env...)
	out, err := cmd.CombinedOutput()
	if err != nil {
		e.t.Fatalf("%s: %v\n%s", b, err, out)
	}
	e.printed = string(out)
}

// commandLine defines the command cidrplan for a shell.
func (e *appliedExample) commandLine() string {
	e.t.Helper()
	if e.ledger == nil {
		return ""
	}
	built, err := builtProvider()
	if err != nil {
		e.t.Fatalf("build of the provider: %v\n%s", err, built)
	}
	return fmt.Sprintf("cidrplan() { '%s' \"$@\" --connection '%s' --schema '%s'; }\n",
		filepath.Join(built, "terraform-provider-cidrplan"), e.ledger.ConnString, e.ledger.Schema)
}

// messages compares the messages of a plan of the edited example.
func (e *appliedExample) messages(b block) {
	e.t.Helper()
	var all strings.Builder
	for _, d := range e.reports() {
		fmt.Fprintf(&all, "%s: %s\n", d.Severity, d.Summary)
	}
	if err := shows(all.String(), b.text); err != nil {
		e.t.Errorf("%s: a plan does not report it: %s\n%s", b, err, all.String())
	}
	e.restore()
}

// edit makes the change of a diff, whose lines must be in the example exactly once.
func (e *appliedExample) edit(b block) {
	e.t.Helper()
	var before, after strings.Builder
	for _, line := range strings.SplitAfter(strings.TrimSuffix(b.text, "\n"), "\n") {
		switch {
		case strings.HasPrefix(line, "-"):
			before.WriteString(line[1:])
		case strings.HasPrefix(line, "+"):
			after.WriteString(line[1:])
		default:
			before.WriteString(strings.TrimPrefix(line, " "))
			after.WriteString(strings.TrimPrefix(line, " "))
		}
	}
	current := read(e.t, filepath.Join(e.dir, "main.tf"))
	was := strings.TrimSuffix(before.String(), "\n")
	if n := strings.Count(current, was); was == "" || n != 1 {
		e.t.Fatalf("%s: the lines before the edit are in the example %d times", b, n)
	}
	e.file("main.tf", strings.Replace(current, was, strings.TrimSuffix(after.String(), "\n"), 1))
}

// show does or compares what a block below an applied example says: its verb and what follows.
func (e *appliedExample) show(b block, verb, rest string) {
	e.t.Helper()
	switch {
	case b.source == "edit":
		e.edit(b)
	case verb == "plan":
		printed(e.t, b, e.workspace, append([]string{"plan"}, strings.Fields(rest)...)...)
		e.restore()
	case verb == "apply":
		printed(e.t, b, e.workspace, "apply", "-auto-approve")
		e.original = read(e.t, filepath.Join(e.dir, "main.tf"))
	case verb == "run":
		e.commands(b)
	case verb == "write":
		e.file(rest, b.text)
	case b.source == "prints", b.source == "prints on terraform" && !isOpenTofu():
		if err := shows(ofEither(e.printed), ofEither(b.text)); err != nil {
			e.t.Errorf("%s: the commands above do not print it: %s\n%s", b, err, e.printed)
		}
	case b.source == "prints on terraform":
	case b.source == "messages":
		e.messages(b)
	case verb == "file":
		if err := shows(read(e.t, filepath.Join(e.dir, rest)), b.text); err != nil {
			e.t.Errorf("%s is not part of %s: %s", b, rest, err)
		}
	default:
		e.t.Errorf("%s: %q says nothing to this test", b, b.source)
	}
}
