package cli

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// aPlan is a plan with each kind of change, and its log.
var aPlan = []string{"changes.plan.json", "changes.plan.log"}

func TestChangesInEachFormat(t *testing.T) {
	for _, format := range changesFormatNames {
		t.Run(format, func(t *testing.T) {
			r := run(t, append([]string{"changes", "--format", format}, aPlan...)...)
			if r.exit != OK || r.err != "" {
				t.Errorf("exit code %d, on standard error %q", r.exit, r.err)
			}
			wantGolden(t, "changes."+format, r.out)
		})
	}
}

func TestChangesExitCodes(t *testing.T) {
	for name, test := range map[string]struct {
		args []string
		want int
	}{
		"a plan":                          {aPlan, OK},
		"a log alone":                     {[]string{"changes.plan.log"}, OK},
		"a move that matters":             {append([]string{"--fail-on-move"}, aPlan...), Conflicts},
		"a log without a plan moves none": {[]string{"--fail-on-move", "changes.plan.log"}, OK},
		"a plan without moves":            {[]string{"--fail-on-move", "../../statefile/testdata/huaweicloud.plan.json"}, OK},
		"a state":                         {[]string{"network.tfstate"}, Error},
		"a file that is not there":        {[]string{"none.json"}, Error},
		"a format that nobody knows":      {[]string{"--format", "sarif", "changes.plan.json"}, Error},
		"no file":                         {nil, Error},
	} {
		t.Run(name, func(t *testing.T) {
			if r := run(t, append([]string{"changes"}, test.args...)...); r.exit != test.want || (r.exit == Error) != (r.err != "") {
				t.Errorf("exit code %d, want %d; on standard error %q", r.exit, test.want, r.err)
			}
		})
	}
}

func TestChangesOfAPlanThatChangesNothing(t *testing.T) {
	r := run(t, "changes", "../../statefile/testdata/huaweicloud.plan.json")
	if r.exit != OK || r.out != "The plan changes no ranges.\n" {
		t.Errorf("exit code %d\n%s%s", r.exit, r.out, r.err)
	}
}

// Nothing is said of the changes where only a log is read, and a plan that failed or is limited says that it is not complete. One that
// failed is as bad as one that moves a range.
func TestChangesOfAFailedPlan(t *testing.T) {
	text, err := os.ReadFile(filepath.Join("testdata", "changes.plan.json"))
	if err != nil {
		t.Fatal(err)
	}
	none := `{"format_version": "1.2", "resource_changes": [], "complete": false, "errored": `
	const failed, partial = "The plan failed: it has only a part of the changes.\n", "The plan is not complete: it leaves out changes, " +
		"because of -target or because they are deferred.\n"
	for name, test := range map[string]struct {
		text, want string
		exit       int
	}{
		"complete":               {string(text), "(Pods, 146 nodes)", Conflicts},
		"failed":                 {strings.Replace(string(text), `"errored": false`, `"errored": true`, 1), failed, Conflicts},
		"failed, with no change": {none + "true}", failed, Conflicts},
		"limited":                {none + "false}", partial + "\nThe plan changes no ranges.\n", OK},
	} {
		r := runWith(t, IO{In: strings.NewReader(test.text)}, "changes", "--fail-on-move", "-")
		if !strings.Contains(r.out, test.want) || r.exit != test.exit {
			t.Errorf("%s: exit code %d\n%s", name, r.exit, r.out)
		}
		if name == "complete" && (strings.Contains(r.out, failed) || strings.Contains(r.out, partial)) {
			t.Errorf("a complete plan:\n%s", r.out)
		}
	}
	if r := run(t, "changes", "changes.plan.log"); strings.Contains(r.out, "The plan changes") {
		t.Errorf("a log alone:\n%s", r.out)
	}
}

// An error names the file, and the standard input by its name.
func TestErrorsOfPlansNameTheFile(t *testing.T) {
	for _, name := range []string{"-", "network.tfstate"} {
		r := runWith(t, IO{In: strings.NewReader("{}")}, "changes", name)
		want := name
		if name == "-" {
			want = "stdin"
		}
		if r.exit != Error || !strings.HasPrefix(r.err, "Error: "+want) {
			t.Errorf("%s: exit code %d, on standard error %q", name, r.exit, r.err)
		}
	}
}
