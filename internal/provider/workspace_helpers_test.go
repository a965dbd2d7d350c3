package provider_test

import (
	"encoding/json"
	"flag"
	"fmt"
	"maps"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"sync"
	"testing"

	"github.com/cidrplan/terraform-provider-cidrplan/internal/ledger/ledgertest"
)

// builtProviderAt is the folder of the built provider, "" where no test needs it.
var builtProviderAt string

// builtProvider builds the provider once, for tests that drive the command line themselves.
var builtProvider = sync.OnceValues(func() (string, error) {
	dir, err := os.MkdirTemp("", "cidrplan")
	if err != nil {
		return "", err
	}
	builtProviderAt = dir
	out, err := exec.Command(
		"go",
		"build",
		"-o",
		filepath.Join(dir, "terraform-provider-cidrplan"),
		"github.com/cidrplan/terraform-provider-cidrplan",
	).
		CombinedOutput()
	if err != nil {
		return string(out), err
	}
	return dir, nil
})

func TestMain(m *testing.M) {
	for _, name := range []string{"TF_LOG_SDK", "TF_LOG_SDK_FRAMEWORK", "TF_LOG_SDK_PROTO"} {
		if os.Getenv(name) == "" && os.Getenv("TF_LOG") == "" {
			os.Setenv(name, "OFF") //nolint:errcheck // a name without "=" cannot fail
		}
	}
	code := m.Run()
	if code == 0 && os.Getenv("TF_ACC") != "" && flag.Lookup("test.run").Value.String() == "" {
		if missing := unappliedArguments(); missing != "" {
			fmt.Fprint(os.Stderr, missing)
			code = 1
		}
	}
	os.RemoveAll(builtProviderAt) //nolint:errcheck // a temporary folder, or none
	os.RemoveAll(builtCloudsAt)   //nolint:errcheck // a temporary folder, or none
	os.Exit(code)
}

// workspace is a folder with a configuration in which the provider is run.
type workspace struct {
	t   *testing.T
	dir string
	// env is added to the environment of the command line.
	env []string
	// recorder is the provider where the test process serves it.
	recorder *recorder
	// ledger is the one that an example uses, nil without one.
	ledger *ledgertest.Database
	// clouds says that the resources of the clouds have their real schemas: see withClouds.
	clouds bool
}

// newWorkspace is a workspace that the test process serves.
func newWorkspace(t *testing.T, config string) *workspace {
	t.Helper()
	w := newFolder(t)
	w.attach()
	w.file("cli.tfrc", "")
	w.config(config)
	return w
}

// attach makes the test process serve the provider of a workspace.
func (w *workspace) attach() {
	w.t.Helper()
	w.recorder = newRecorder()
	w.env = []string{attached(w.t, w.recorder)}
}

// newInstalled is a workspace in which Terraform starts the built provider, as it does for a user.
func newInstalled(t *testing.T, config string) *workspace {
	t.Helper()
	w := newFolder(t)
	built, err := builtProvider()
	if err != nil {
		t.Fatalf("build of the provider: %v\n%s", err, built)
	}
	w.file("cli.tfrc", `provider_installation {
  dev_overrides {
    "registry.terraform.io/cidrplan/cidrplan" = "`+built+`"
    "registry.opentofu.org/cidrplan/cidrplan" = "`+built+`"
  }
  direct {}
}
`)
	w.config(config)
	return w
}

func newFolder(t *testing.T) *workspace {
	t.Helper()
	if os.Getenv("TF_ACC") == "" {
		t.Skip("acceptance tests run with TF_ACC=1, as make test sets it")
	}
	return &workspace{t: t, dir: t.TempDir()}
}

func (w *workspace) file(name, content string) {
	w.t.Helper()
	at := filepath.Join(w.dir, name)
	if err := os.MkdirAll(filepath.Dir(at), 0o755); err != nil {
		w.t.Fatal(err)
	}
	if err := os.WriteFile(at, []byte(content), 0o600); err != nil {
		w.t.Fatal(err)
	}
}

// config replaces the configuration.
func (w *workspace) config(config string) { w.t.Helper(); w.file("main.tf", header+config) }

func (w *workspace) exec(args ...string) (string, error) {
	saved := args[0] == "apply" && !strings.HasPrefix(args[len(args)-1], "-") && len(args) > 1
	if w.recorder != nil && !saved { // the plan of a saved plan is that of the command before
		w.recorder.forget()
	}
	words := map[string]int{"state": 2}[args[0]] // such as state rm
	args = slices.Insert(slices.Clone(args), max(words, 1), "-no-color")
	cmd := exec.Command(os.Getenv("TF_ACC_TERRAFORM_PATH"), args...)
	cmd.Dir = w.dir
	cmd.Env = append(os.Environ(), "TF_CLI_CONFIG_FILE="+filepath.Join(w.dir, "cli.tfrc"), "TF_IN_AUTOMATION=1", "CHECKPOINT_DISABLE=1")
	cmd.Env = append(cmd.Env, w.env...)
	out, err := cmd.CombinedOutput()
	return string(out), err
}

// run runs a command that must succeed and returns what it printed.
func (w *workspace) run(args ...string) string {
	w.t.Helper()
	out, err := w.exec(args...)
	if err != nil {
		w.t.Fatalf("%s: %v\n%s", strings.Join(args, " "), err, out)
	}
	return out
}

// fails runs a command that must fail with an output that matches.
func (w *workspace) fails(want *regexp.Regexp, args ...string) string {
	w.t.Helper()
	out, err := w.exec(args...)
	if err == nil {
		w.t.Fatalf("%s succeeded, want a failure that matches %s\n%s", strings.Join(args, " "), want, out)
	}
	if !want.MatchString(out) {
		w.t.Fatalf("%s failed without a match of %s\n%s", strings.Join(args, " "), want, out)
	}
	return out
}

// diagnostic is one as Terraform shows it: Code is the lines that it points at.
type diagnostic struct {
	Severity, Summary, Detail, Address string
	Snippet                            struct{ Code string }
}

func (d diagnostic) String() string {
	return fmt.Sprintf("%s: %s\n  with %s\n  %s\n%s", d.Severity, d.Summary, d.Address, d.Snippet.Code, d.Detail)
}

// reports plans, which may fail, with further arguments, and returns what is reported of our resources.
func (w *workspace) reports(args ...string) []diagnostic {
	w.t.Helper()
	return slices.DeleteFunc(w.allReports(args...), func(d diagnostic) bool { return d.Address == "" })
}

// allReports is reports with what has no place in the configuration any more, or none at all.
func (w *workspace) allReports(args ...string) []diagnostic {
	w.t.Helper()
	out, _ := w.exec(append([]string{"plan", "-json"}, args...)...)
	all := diagnosticsIn(out)
	for _, d := range all {
		if strings.Contains(d.Summary, "Plugin did not respond") || strings.Contains(d.Summary, "remote plugin message") {
			w.t.Errorf("the provider ended: %s", d)
		}
	}
	return all
}

// applyReports applies, and returns what is reported of our resources. What the plan reports and the apply again is there once.
func (w *workspace) applyReports() []diagnostic {
	w.t.Helper()
	var all []diagnostic
	for _, d := range diagnosticsIn(w.run("apply", "-auto-approve", "-json")) {
		if d.Address != "" && !slices.Contains(all, d) {
			all = append(all, d)
		}
	}
	return all
}

// diagnosticsIn are those in what a command prints with -json.
func diagnosticsIn(out string) []diagnostic {
	var all []diagnostic
	for _, line := range strings.Split(out, "\n") {
		var message struct {
			Type       string
			Diagnostic diagnostic
		}
		if err := json.Unmarshal([]byte(line), &message); err == nil && message.Type == "diagnostic" {
			all = append(all, message.Diagnostic)
		}
	}
	return all
}

// titled returns the diagnostics whose summary is one of those named.
func titled(all []diagnostic, summaries ...string) []diagnostic {
	return slices.DeleteFunc(slices.Clone(all), func(d diagnostic) bool {
		return !slices.ContainsFunc(summaries, func(s string) bool { return isAbout(d.Summary, s) })
	})
}

// overlaps is in the summary of every conflict of two ranges.
const overlaps = "overlaps"

// isAbout says whether a summary begins with a title, before the name of whose it is or before the parties, or is that
// of a conflict inside a planner where the title is overlaps.
func isAbout(summary, title string) bool {
	if title == overlaps {
		return strings.Contains(summary, " overlaps ") &&
			!slices.ContainsFunc(outside, func(of string) bool { return isAbout(summary, of) })
	}
	return summary == title || strings.HasPrefix(summary, title+" (") || strings.HasPrefix(summary, title+": ")
}

// points says whether the first line that a diagnostic points at begins so.
func points(d diagnostic, line string) bool {
	return strings.HasPrefix(strings.TrimSpace(d.Snippet.Code), line)
}

// refusal is a resource that must be refused with all of the texts. The word NAME stands for its
// label and its name.
type refusal struct {
	config string
	texts  []string
}

// refusesAll plans many resources together, each of which must be refused with an error of its own.
// Those that pass validation are planned again without the others.
func refusesAll(t *testing.T, refusals map[string]refusal) {
	t.Helper()
	w := newWorkspace(t, "")
	left := map[string]string{} // address to name
	for i, name := range slices.Sorted(maps.Keys(refusals)) {
		left[fmt.Sprintf("case-%d", i)] = name
	}
	for {
		var all strings.Builder
		for label, name := range left {
			all.WriteString(strings.ReplaceAll(refusals[name].config, "NAME", label))
		}
		w.config(all.String())
		errors := map[string]string{}
		for _, d := range w.reports() {
			if _, label, _ := strings.Cut(d.Address, "."); d.Severity == "error" {
				errors[label] += d.String() + "\n"
			}
		}
		for label, reported := range errors {
			if left[label] == "" {
				t.Fatalf("reported at another place: %s", reported)
			}
			texts := strings.ReplaceAll(strings.Join(refusals[left[label]].texts, "\x00"), "NAME", label)
			if want := allOf(strings.Split(texts, "\x00")...); !want.MatchString(reported) {
				t.Errorf("%s: want %s in\n%s", left[label], want, reported)
			}
			delete(left, label)
		}
		switch {
		case len(left) == 0:
			return
		case len(errors) == 0:
			t.Fatalf("not refused: %q", slices.Sorted(maps.Values(left)))
		}
	}
}
