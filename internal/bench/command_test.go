package main

import (
	"context"
	"errors"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"
)

func TestEnvironmentHasNoSettingsOfTheCaller(t *testing.T) {
	got := environment([]string{"HOME=/home/me", "TF_LOG=trace", "TF_CLI_CONFIG_FILE=other", "TF_VAR_a=1"}, "cli.tfrc")
	want := []string{"HOME=/home/me", "CHECKPOINT_DISABLE=1", "TF_IN_AUTOMATION=1", "TF_CLI_CONFIG_FILE=cli.tfrc"}
	if !slices.Equal(got, want) {
		t.Errorf("the environment is %q, want %q", got, want)
	}
}

// shell is a command line whose commands are those of a shell.
func shell(t *testing.T) commandLine {
	t.Helper()
	if _, err := os.Stat("/proc/self/status"); err != nil {
		t.Skip("the benchmark needs /proc, which Linux has")
	}
	return commandLine{binary: "/bin/sh", env: os.Environ()}
}

// The time that a child takes counts, and so does the memory of a process that is called as a provider.
func TestRunMeasuresACommandAndItsChildren(t *testing.T) {
	c, folder := shell(t), t.TempDir()
	sh, err := os.ReadFile("/bin/sh")
	if err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(filepath.Join(folder, "terraform-provider-cidrplan"), sh, 0o700); err != nil {
		t.Fatal(err)
	}
	script := `./terraform-provider-cidrplan -c 'i=0; while [ $i -lt 200000 ]; do i=$((i+1)); done; sleep 0.3; echo done'; exit 2`
	used, out, err := c.run(context.Background(), folder, 2, "-c", script)
	if err != nil || out != "done\n" {
		t.Fatalf("the command printed %q and ended with %v", out, err)
	}
	if used.Wall < 0.3 || used.CPU < 0.01 || used.CPU > used.Wall {
		t.Errorf("it took %v s, of which %v s of a processor", used.Wall, used.CPU)
	}
	if used.ProviderCPU <= 0 || used.ProviderCPU > used.CPU {
		t.Errorf("of %v s of a processor, %v s were the child's", used.CPU, used.ProviderCPU)
	}
	if used.Terraform < 100<<10 || used.Provider < 100<<10 {
		t.Errorf("it took %d bytes, and its child %d", used.Terraform, used.Provider)
	}
}

func TestRunRefusesAnotherExitCode(t *testing.T) {
	_, _, err := shell(t).run(context.Background(), t.TempDir(), 0, "-c", "echo no room; exit 1")
	if err == nil || !strings.Contains(err.Error(), "exit status 1, want exit code 0\nno room") {
		t.Errorf("the error is %v", err)
	}
}

func TestRunEndsWithItsContext(t *testing.T) {
	ctx, cancel := context.WithTimeout(context.Background(), 200*time.Millisecond)
	defer cancel()
	start := time.Now()
	_, _, err := shell(t).run(ctx, t.TempDir(), 0, "-c", "exec sleep 30")
	if took := time.Since(start); !errors.Is(err, context.DeadlineExceeded) || took > 20*time.Second {
		t.Errorf("it ended after %v with %v", took, err)
	}
}
