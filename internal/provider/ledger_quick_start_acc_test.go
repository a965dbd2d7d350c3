package provider_test

import (
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
)

// quickStart are the commands of the quick start of the shared ledger in the README.
var quickStart = regexp.MustCompile("(?m)^```shell\n((?:make [a-z-]+\n)*make demo-ledger\n)```$")

// The quick start is two commands, and they do what the README says.
func TestAccLedgerQuickStart(t *testing.T) {
	t.Parallel()
	newFolder(t) // which skips where there is no Terraform
	found := quickStart.FindStringSubmatch(read(t, filepath.Join(repository, english)))
	if found == nil {
		t.Fatal("the README has no quick start of the ledger")
	}
	commands := strings.Split(strings.TrimSpace(found[1]), "\n")
	if len(commands) != 2 {
		t.Fatalf("the quick start has the commands %q", commands)
	}
	link := filepath.Join(t.TempDir(), "postgresql")
	run := func(command string) string {
		t.Helper()
		cmd := exec.Command("sh", "-c", command)
		cmd.Dir = repository
		cmd.Env = append(os.Environ(), "CIDRPLAN_POSTGRESQL="+link, "CIDRPLAN_TERRAFORM="+os.Getenv("TF_ACC_TERRAFORM_PATH"), "PGHOST=")
		out, err := cmd.CombinedOutput()
		if err != nil {
			t.Fatalf("%s: %v\n%s", command, err, out)
		}
		return string(out)
	}
	t.Cleanup(func() {
		data, err := filepath.EvalSymlinks(link)
		if err != nil {
			t.Fatal(err)
		}
		run("make postgresql-stop")
		for _, left := range []string{link, data} {
			if _, err := os.Lstat(left); !os.IsNotExist(err) {
				t.Errorf("%s is left: %v", left, err)
			}
		}
	})
	run(commands[0])
	if out := run(commands[0]); !strings.Contains(out, "PostgreSQL runs already.") {
		t.Errorf("the second start prints\n%s", out)
	}
	out := run(commands[1])
	pods := regexp.MustCompile(`(?m)^pods = "(.*)"$`).FindAllStringSubmatch(out, -1)
	if len(pods) != 2 || pods[0][1] == pods[1][1] || !strings.Contains(out, "2 owners, 2 planners, 4 claims, 0 holds.") {
		t.Errorf("it prints\n%s", out)
	}
}
