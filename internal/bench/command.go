package main

import (
	"bytes"
	"context"
	"fmt"
	"os"
	"os/exec"
	"strings"
	"time"
)

// commandLine is a Terraform or OpenTofu that runs with an environment of its own.
type commandLine struct {
	binary string
	env    []string
}

// environment is what commands run with: nothing of the caller's settings of Terraform (logs, arguments, workspace, variables),
// no call home, and a CLI configuration that has the built provider.
func environment(callers []string, config string) []string {
	var env []string
	for _, variable := range callers {
		if !strings.HasPrefix(variable, "TF_") {
			env = append(env, variable)
		}
	}
	return append(env, "CHECKPOINT_DISABLE=1", "TF_IN_AUTOMATION=1", "TF_CLI_CONFIG_FILE="+config)
}

// usage is what a command took.
type usage struct {
	// Wall is the time from start to end.
	Wall seconds
	// CPU is the processors' time of the command and of the processes that it started, in user mode and in the kernel.
	CPU seconds
	// ProviderCPU is the part of it that the provider took.
	ProviderCPU seconds
	peaks
}

// seconds is a duration, to a millisecond.
type seconds float64

func inSeconds(d time.Duration) seconds { return seconds(d.Round(time.Millisecond).Seconds()) }

// pollEvery is how often memory and time of the processes are read. The kernel keeps the peak and the sum of a process itself, so
// only what a process adds in its very last moment is missed.
const pollEvery = 50 * time.Millisecond

// run runs a command in a folder, which must end with the exit code, and returns what it took and what it printed.
//
// Processor time comes from the kernel as the command ends (wait4), which adds that of processes it waited for, as Terraform
// waits for its providers. The provider's part, and the memory of each process, are not to be had that way: the kernel adds up
// times and gives the largest memory of all. So they are read from /proc while the processes run. A command starts the
// provider several times: the largest memory counts, and the sum of the times.
func (c commandLine) run(ctx context.Context, folder string, exitCode int, args ...string) (usage, string, error) {
	var out bytes.Buffer
	cmd := exec.CommandContext(ctx, c.binary, args...)
	cmd.Dir, cmd.Env, cmd.Stdout, cmd.Stderr = folder, c.env, &out, &out
	cmd.Cancel = func() error { return cmd.Process.Signal(os.Interrupt) } // a killed Terraform leaves its providers running

	start := time.Now()
	if err := cmd.Start(); err != nil {
		return usage{}, "", err
	}
	ended, watched := make(chan struct{}), make(chan *family)
	go func() { watched <- watch(cmd.Process.Pid, ended) }()
	err := cmd.Wait()
	wall := time.Since(start)
	close(ended)
	processes := <-watched

	state := cmd.ProcessState
	if ctx.Err() != nil {
		return usage{}, "", ctx.Err()
	}
	if state == nil {
		return usage{}, "", err
	}
	if state.ExitCode() != exitCode {
		return usage{}, "", fmt.Errorf("%s %s: %s, want exit code %d\n%s", c.binary, strings.Join(args, " "), state, exitCode, &out)
	}
	return usage{
		Wall: inSeconds(wall), CPU: inSeconds(state.UserTime() + state.SystemTime()), ProviderCPU: inSeconds(processes.providers()),
		peaks: processes.peaks(),
	}, out.String(), nil
}

// watch reads a process and those that it starts, until it has ended.
func watch(pid int, ended <-chan struct{}) *family {
	tick := time.NewTicker(pollEvery)
	defer tick.Stop()
	processes := familyOf(pid, readProcess)
	for {
		processes.look(running())
		select {
		case <-ended:
			return processes
		case <-tick.C:
		}
	}
}
