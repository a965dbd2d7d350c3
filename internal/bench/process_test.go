package main

import (
	"maps"
	"os"
	"slices"
	"testing"
	"time"
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
	if want := (process{name: "terraform-provi", parent: 4700, peak: 62500 << 10}); !ok || got != want {
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

func TestParseTimes(t *testing.T) {
	for name, c := range map[string]struct {
		text string
		want time.Duration
	}{
		"user and kernel are added": {
			"4711 (terraform-provi) S 4700 4711 4700 0 -1 4194560 100 0 0 0 125 17 0 0 20 0 9",
			1420 * time.Millisecond,
		},
		"a name has blanks":          {"4711 (a ) (b) S 4700 4711 4700 0 -1 4194560 100 0 0 0 1 2 0 0 20 0 9", 30 * time.Millisecond},
		"a text that ends too early": {"4711 (terraform) S 4700 4711 4700 0 -1 4194560 100 0 0 0 125", 0},
		"nothing":                    {"", 0},
		"no number":                  {"4711 (terraform) S 4700 4711 4700 0 -1 4194560 100 0 0 0 x 17 0 0 20 0 9", 0},
	} {
		if got := parseTimes(c.text); got != c.want {
			t.Errorf("%s: parsed %v, want %v", name, got, c.want)
		}
	}
}

func TestPeaksAreOfTheCommandsOwnProcesses(t *testing.T) {
	now := map[int]process{
		1:  {"init", 0, 900, time.Second},
		10: {"terraform", 1, 80, time.Second},
		11: {"terraform-provi", 10, 40, time.Second},
		12: {"terraform-provi", 10, 50, time.Second},
		13: {"sh", 10, 5, time.Second},
		14: {"terraform", 13, 90, time.Second},
		20: {"terraform", 1, 700, time.Second},
		21: {"terraform-provi", 20, 600, time.Second},
	}
	reads := map[int]int{}
	f := familyOf(10, func(pid int) (process, bool) {
		reads[pid]++
		p, ok := now[pid]
		return p, ok
	})
	look := func(when string, providers int, want peaks) {
		t.Helper()
		f.look(slices.Sorted(maps.Keys(now)))
		if f.peaks() != want || f.providers() != time.Duration(providers)*time.Second {
			t.Errorf("%s: the peaks are %v, want %v; the providers took %v, want %d s", when, f.peaks(), want, f.providers(), providers)
		}
	}
	look("at first", 2, peaks{Terraform: 90, Provider: 50})
	now[15], now[10] = process{"terraform-provi", 10, 70, time.Second}, process{"terraform", 1, 95, time.Second}
	now[22] = process{"terraform-provi", 20, 999, time.Second}
	look("after another provider was started", 3, peaks{Terraform: 95, Provider: 70})
	delete(now, 15)
	look("after it has ended", 3, peaks{Terraform: 95, Provider: 70})
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
	if p, ok := readProcess(os.Getpid()); !ok || p.parent != os.Getppid() || p.peak < 1<<20 {
		t.Errorf("the status of this process is %v (%t)", p, ok)
	}
}
