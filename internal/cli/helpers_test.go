package cli

import (
	"bytes"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// secret is in every attribute of the fixtures that is not read.
const secret = "S3CR3T"

// fixtures are the states of a team: its networks, and its clusters with an allocator.
var fixtures = []string{"network.tfstate", "clusters.tfstate"}

// ran is what a command wrote.
type ran struct {
	out, err string
	exit     int
}

// run runs a command in testdata.
func run(t *testing.T, args ...string) ran { return runWith(t, IO{}, args...) }

func runWith(t *testing.T, streams IO, args ...string) ran {
	t.Helper()
	t.Chdir("testdata")
	defer t.Chdir("..")
	var out, errOut bytes.Buffer
	if streams.In == nil {
		streams.In = strings.NewReader("")
	}
	streams.Out, streams.Err = &out, &errOut
	exit := Run("test", args, streams)
	r := ran{out.String(), errOut.String(), exit}
	if strings.Contains(r.out+r.err, secret) {
		t.Errorf("%s shows an attribute that is not to be read:\n%s%s", args, r.out, r.err)
	}
	return r
}

// wantGolden compares a text with a file in testdata; CIDRPLAN_UPDATE=1 writes it anew.
func wantGolden(t *testing.T, name, text string) {
	t.Helper()
	file := filepath.Join("testdata", name+".golden")
	if os.Getenv("CIDRPLAN_UPDATE") != "" {
		if err := os.WriteFile(file, []byte(text), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	want, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	if text != string(want) {
		t.Errorf("%s differs; run with CIDRPLAN_UPDATE=1 and read the difference:\n%s", file, text)
	}
}
