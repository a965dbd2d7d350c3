package main

import (
	"maps"
	"os"
	"slices"
	"testing"
)

const providerStatus = `Name:	terraform-provi
Umask:	0022
State:	S (sleeping)
Pid:	4711
PPid:	4700
VmPeak:	 1300000 kB
VmSize:	 1200000 kB
VmHWM:	   62500 kB
VmRSS:	   41000 kB
`

func TestParseStatus(t *testing.T) {
	got, ok := parseStatus(providerStatus)
	if want := (process{"terraform-provi", 4700, 62500 << 10}); !ok || got != want {
		t.Errorf("parsed %v (%t), want %v", got, ok, want)
	}
	for name, text := range map[string]string{
		"a process that has ended has no memory": "Name:\tterraform\nState:\tZ (zombie)\nPid:\t4700\nPPid:\t1\n",
		"a thread of the kernel has none":        "Name:\tkthreadd\nPPid:\t0\n",
		"half a line":                            "Name:\tterraform\nVmHWM:\t",
		"nothing":                                "",
	} {
		if got, ok := parseStatus(text); ok {
			t.Errorf("%s: parsed %v", name, got)
		}
	}
}

func TestPeaksAreOfTheCommandsOwnProcesses(t *testing.T) {
	now := map[int]process{
		1:  {"init", 0, 900},
		10: {"terraform", 1, 80},
		11: {"terraform-provi", 10, 40},
		12: {"terraform-provi", 10, 50},
		13: {"sh", 10, 5},
		14: {"terraform", 13, 90},
		20: {"terraform", 1, 700},
		21: {"terraform-provi", 20, 600},
	}
	reads := map[int]int{}
	f := familyOf(10, func(pid int) (process, bool) {
		reads[pid]++
		p, ok := now[pid]
		return p, ok
	})
	look := func(when string, want peaks) {
		t.Helper()
		f.look(slices.Sorted(maps.Keys(now)))
		if f.peaks != want {
			t.Errorf("%s: the peaks are %v, want %v", when, f.peaks, want)
		}
	}
	look("at first", peaks{Terraform: 90, Provider: 50})
	now[15], now[10] = process{"terraform-provi", 10, 70}, process{"terraform", 1, 95}
	now[22] = process{"terraform-provi", 20, 999}
	look("after another provider was started", peaks{Terraform: 95, Provider: 70})
	delete(now, 15)
	look("after it has ended", peaks{Terraform: 95, Provider: 70})
	for pid, want := range map[int]int{1: 1, 20: 1, 21: 1, 22: 1, 10: 3, 11: 3} {
		if reads[pid] != want {
			t.Errorf("process %d was read %d times, want %d", pid, reads[pid], want)
		}
	}
}

func TestRunningHasThisProcess(t *testing.T) {
	if _, err := os.Stat("/proc/self/status"); err != nil {
		t.Skip("the benchmark needs /proc, which Linux has")
	}
	if pids := running(); !slices.Contains(pids, os.Getpid()) || !slices.IsSorted(pids) {
		t.Errorf("%v lacks %d or is not sorted", pids, os.Getpid())
	}
	if p, ok := readStatus(os.Getpid()); !ok || p.parent != os.Getppid() || p.peak < 1<<20 {
		t.Errorf("the status of this process is %v (%t)", p, ok)
	}
}
