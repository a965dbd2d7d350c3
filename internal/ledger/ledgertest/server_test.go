package ledgertest_test

import (
	"bufio"
	"os"
	"os/exec"
	"strings"
	"testing"
	"time"

	"github.com/cidrplan/terraform-provider-cidrplan/internal/ledger/ledgertest"
)

// TestAKilledProcessLeavesNothing kills a process whose test uses a server, and one that has just halted it.
func TestAKilledProcessLeavesNothing(t *testing.T) {
	if halt := os.Getenv("CIDRPLAN_TEST_HALT"); halt != "" { // in the other process
		s := ledgertest.Start(t)
		if halt == "yes" {
			s.Halt(t)
		}
		if _, err := os.Stdout.WriteString("\ndirectory " + s.Directory + "\n"); err != nil {
			t.Fatal(err)
		}
		time.Sleep(time.Hour)
	}
	for _, halt := range []string{"no", "yes"} {
		c := exec.Command(os.Args[0], "-test.run", "TestAKilledProcessLeavesNothing")
		c.Env = append(os.Environ(), "CIDRPLAN_TEST_HALT="+halt)
		out, err := c.StdoutPipe()
		if err != nil {
			t.Fatal(err)
		}
		if err := c.Start(); err != nil {
			t.Fatal(err)
		}
		directory := ""
		for lines := bufio.NewScanner(out); directory == "" && lines.Scan(); {
			_, directory, _ = strings.Cut(lines.Text(), "directory ")
		}
		if directory == "" {
			t.Fatal("the other process started no server")
		}
		if err := c.Process.Kill(); err != nil {
			t.Fatal(err)
		}
		for until := time.Now().Add(20 * time.Second); ; time.Sleep(20 * time.Millisecond) {
			if _, err := os.Stat(directory); os.IsNotExist(err) {
				break
			}
			if time.Now().After(until) {
				t.Fatalf("%s is left (halted: %s)", directory, halt)
			}
		}
		_ = c.Wait() // it was killed
	}
}
