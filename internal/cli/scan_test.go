package cli

import (
	"encoding/json"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
)

func TestScanInEachFormat(t *testing.T) {
	for _, format := range formatNames {
		t.Run(format, func(t *testing.T) {
			r := run(t, append([]string{"scan", "--format", format}, fixtures...)...)
			if r.exit != Conflicts || r.err != "" {
				t.Errorf("exit code %d, on standard error %q", r.exit, r.err)
			}
			wantGolden(t, "scan."+format, r.out)
		})
	}
}

// The order of files does not matter, but for the list of files itself.
func TestScanDoesNotDependOnTheOrderOfFiles(t *testing.T) {
	forward := run(t, append([]string{"scan"}, fixtures...)...)
	reversed := slices.Clone(fixtures)
	slices.Reverse(reversed)
	if backward := run(t, append([]string{"scan"}, reversed...)...); forward.out != backward.out {
		t.Errorf("forward\n%s\nbackward\n%s", forward.out, backward.out)
	}
}

func TestScanExitsByLevel(t *testing.T) {
	for name, test := range map[string]struct {
		args []string
		want int
	}{
		"an error":                        {fixtures, Conflicts},
		"an error that does not matter":   {append([]string{"--fail-on", "never"}, fixtures...), OK},
		"no conflict":                     {[]string{"network.tfstate"}, OK},
		"no conflict and warnings matter": {[]string{"--fail-on", "warn", "network.tfstate"}, OK},
		"a warning":                       {[]string{"../../statefile/testdata/warning.tfstate"}, OK},
		"an error where warnings matter":  {append([]string{"--fail-on", "warn"}, fixtures...), Conflicts},
		"a warning that matters":          {[]string{"--fail-on", "warn", "../../statefile/testdata/warning.tfstate"}, Conflicts},
		"a file that is not there":        {[]string{"none.tfstate"}, Error},
		"a format that nobody knows":      {[]string{"--format", "xml", "network.tfstate"}, Error},
		"a level that nobody knows":       {[]string{"--fail-on", "info", "network.tfstate"}, Error},
		"a flag that nobody knows":        {[]string{"--speed", "network.tfstate"}, Error},
		"no file":                         {nil, Error},
		"a file of another kind":          {[]string{"scan.json.golden"}, Error},
	} {
		t.Run(name, func(t *testing.T) {
			if r := run(t, append([]string{"scan"}, test.args...)...); r.exit != test.want || (r.exit == Error) != (r.err != "") {
				t.Errorf("exit code %d, want %d; on standard error %q", r.exit, test.want, r.err)
			}
		})
	}
}

func TestScanReadsTheStandardInput(t *testing.T) {
	text, err := os.ReadFile(filepath.Join("testdata", "clusters.tfstate"))
	if err != nil {
		t.Fatal(err)
	}
	r := runWith(t, IO{In: strings.NewReader(string(text))}, "scan", "network.tfstate", "-")
	lines := func(text string) []string { // the list of what is not checked is sorted by file
		return slices.Sorted(strings.SplitSeq(strings.ReplaceAll(text, "clusters.tfstate", "stdin"), "\n"))
	}
	if want := run(t, append([]string{"scan"}, fixtures...)...).out; r.exit != Conflicts || !slices.Equal(lines(r.out), lines(want)) {
		t.Errorf("exit code %d\n%s%s", r.exit, r.out, r.err)
	}
}

func TestScanOfAPlan(t *testing.T) {
	r := run(t, "scan", "../../statefile/testdata/huaweicloud.plan.json")
	for _, want := range []string{
		"data.huaweicloud_vpcs.later (../../statefile/testdata/huaweicloud.plan.json): This data source is read only during apply.",
		"Found 3 VPCs, 1 route.", `Block 10.4.0.0/16 of VPC "prod"`,
	} {
		if r.exit != OK || !strings.Contains(r.out, want) {
			t.Errorf("exit code %d, want %s\n%s%s", r.exit, want, r.out, r.err)
		}
	}
}

// The exit code of a program that fails is not that of conflicts.
func TestAFaultOfTheProgramIsAnError(t *testing.T) {
	r := runWith(t, IO{In: failing{}}, "scan", "-")
	if r.exit != Error || !strings.Contains(r.err, "please report it: it fails") {
		t.Errorf("exit code %d, on standard error %q", r.exit, r.err)
	}
}

type failing struct{}

func (failing) Read([]byte) (int, error) { panic("it fails") }

func TestColorsAreForTerminals(t *testing.T) {
	args := append([]string{"scan"}, fixtures...)
	for name, test := range map[string]struct {
		streams IO
		want    bool
	}{
		"a pipe":                  {IO{}, false},
		"a terminal":              {IO{OutTerminal: true}, true},
		"a terminal and NO_COLOR": {IO{OutTerminal: true, NoColor: true}, false},
	} {
		if r := runWith(t, test.streams, args...); strings.Contains(r.out, "\033[") != test.want {
			t.Errorf("%s: %q", name, r.out)
		}
	}
}

func TestProgressIsForTerminals(t *testing.T) {
	for size, long := range map[int]bool{longInput: true, longInput - 1: false} {
		for _, terminal := range []bool{false, true} {
			state := `{"version": 4, "serial": 1, "resources": []`
			state += strings.Repeat(" ", size-len(state)-1) + "}"
			r := runWith(t, IO{In: strings.NewReader(state), ErrTerminal: terminal}, "scan", "-")
			announced := strings.Contains(r.err, "Reading stdin (5 MB) …")
			if r.exit != OK || announced != (terminal && long) || strings.Contains(r.out, "…") {
				t.Errorf("%d bytes, terminal %t: exit code %d, on standard error %q", size, terminal, r.exit, r.err)
			}
			if terminal && !strings.HasSuffix(r.err, "\r\033[K") {
				t.Errorf("the progress stays: %q", r.err)
			}
		}
	}
}

// The required properties of SARIF 2.1.0, and what GitHub needs besides.
// Source: https://docs.github.com/en/code-security/code-scanning/integrating-with-code-scanning/sarif-support-for-code-scanning
func TestSARIFHasWhatIsRequired(t *testing.T) {
	var log struct {
		Schema  string `json:"$schema"`
		Version string
		Runs    []struct {
			Tool struct {
				Driver struct {
					Name  string
					Rules []struct {
						ID               string
						ShortDescription struct{ Text string }
					}
				}
			}
			Results []struct {
				RuleID              string
				RuleIndex           int
				Level               string
				Message             struct{ Text string }
				PartialFingerprints map[string]string
				Locations           []struct {
					PhysicalLocation struct {
						ArtifactLocation struct{ URI string }
						Region           struct{ StartLine int }
					}
				}
			}
		}
	}
	if err := json.Unmarshal([]byte(run(t, append([]string{"scan", "--format", "sarif"}, fixtures...)...).out), &log); err != nil {
		t.Fatal(err)
	}
	if log.Version != "2.1.0" || !strings.HasSuffix(log.Schema, "sarif-2.1.0.json") || len(log.Runs) != 1 ||
		log.Runs[0].Tool.Driver.Name != "cidrplan" {
		t.Fatalf("%+v", log)
	}
	driver := log.Runs[0].Tool.Driver
	if len(log.Runs[0].Results) == 0 {
		t.Error("there are no results")
	}
	for _, r := range log.Runs[0].Results {
		if r.RuleID == "" || driver.Rules[r.RuleIndex].ID != r.RuleID || driver.Rules[r.RuleIndex].ShortDescription.Text == "" ||
			!slices.Contains(
				[]string{"error", "warning", "note"},
				r.Level,
			) || r.Message.Text == "" || r.PartialFingerprints["cidrplanKey/v1"] == "" ||
			len(
				r.Locations,
			) != 1 || r.Locations[0].PhysicalLocation.ArtifactLocation.URI == "" || r.Locations[0].PhysicalLocation.Region.StartLine < 1 {
			t.Errorf("%+v", r)
		}
	}
}

// Every command has an example, and the program without arguments shows the help.
func TestHelp(t *testing.T) {
	if r := run(t); r.exit != OK || !strings.Contains(r.out, "Available Commands:") {
		t.Errorf("exit code %d\n%s%s", r.exit, r.out, r.err)
	}
	for _, name := range []string{"scan", "free", "adopt"} {
		if r := run(t, name, "--help"); r.exit != OK || !strings.Contains(r.out, "Examples:\n  cidrplan "+name) {
			t.Errorf("%s: exit code %d\n%s%s", name, r.exit, r.out, r.err)
		}
	}
	if r := run(t, "scann"); r.exit != Error || !strings.Contains(r.err, "Did you mean this?\n  scan\n") {
		t.Errorf("exit code %d, on standard error %q", r.exit, r.err)
	}
	if r := run(t, "--version"); r.out != "cidrplan test\n" {
		t.Errorf("version %q", r.out)
	}
}

// What a lock holds is in use, wherever its clusters are.
func TestScanOfALock(t *testing.T) {
	if r := run(t, "scan", "cidrplan.lock.json"); r.exit != OK || !strings.HasSuffix(r.out, "No conflicts.\nFound 2 claims.\n") {
		t.Errorf("exit code %d\n%s%s", r.exit, r.out, r.err)
	}
	r := run(t, "scan", "--format", "json", "cidrplan.lock.json", "clusters.tfstate")
	if !strings.Contains(r.out, `"file": "cidrplan.lock.json"`) || !strings.Contains(r.out, `"overlap": "10.64.32.0/19"`) {
		t.Errorf("the claims of a lock and of an allocator are not compared: exit code %d\n%s%s", r.exit, r.out, r.err)
	}
}
