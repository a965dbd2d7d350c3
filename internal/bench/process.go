package main

import (
	"fmt"
	"os"
	"slices"
	"strconv"
	"strings"
	"time"
)

// process is what the kernel reports about a running process.
type process struct {
	name   string // shortened to 15 characters
	parent int
	// peak is the most memory that was resident at one time, in bytes. The kernel calls it VmHWM.
	peak int64
	// cpu is the processors' time that it took until now, in user mode and in the kernel.
	cpu time.Duration
}

// parseStatus reads the text of /proc/<pid>/status. ok is false where the process has ended: it has no memory then.
func parseStatus(text string) (p process, ok bool) {
	for line := range strings.Lines(text) {
		key, value, _ := strings.Cut(line, ":")
		value = strings.TrimSpace(value)
		switch key {
		case "Name":
			p.name = value
		case "PPid":
			p.parent, _ = strconv.Atoi(value)
		case "VmHWM":
			kilobytes, err := strconv.ParseInt(strings.TrimSuffix(value, " kB"), 10, 64)
			p.peak, ok = kilobytes<<10, err == nil
		}
	}
	return p, ok
}

// parseTimes reads the text of /proc/<pid>/stat. The name, in brackets, can have blanks and brackets itself; the times are the
// 14th and 15th field, in hundredths of a second.
func parseTimes(text string) (cpu time.Duration) {
	fields := strings.Fields(text[strings.LastIndex(text, ")")+1:])
	const first = 3 // the field that follows the name
	if len(fields) <= 15-first {
		return 0
	}
	for _, ticks := range fields[14-first : 16-first] {
		n, err := strconv.Atoi(ticks)
		if err != nil {
			return 0
		}
		cpu += time.Duration(n) * time.Second / 100
	}
	return cpu
}

// readProcess reads what the kernel reports about the process with an id.
func readProcess(pid int) (process, bool) {
	status, err := os.ReadFile(fmt.Sprintf("/proc/%d/status", pid))
	if err != nil {
		return process{}, false // it has ended
	}
	p, ok := parseStatus(string(status))
	if times, err := os.ReadFile(fmt.Sprintf("/proc/%d/stat", pid)); err == nil {
		p.cpu = parseTimes(string(times))
	}
	return p, ok
}

// running are the ids of the processes that run now, in ascending order.
func running() (pids []int) {
	entries, err := os.ReadDir("/proc")
	if err != nil {
		return nil
	}
	for _, entry := range entries {
		if pid, err := strconv.Atoi(entry.Name()); err == nil {
			pids = append(pids, pid)
		}
	}
	slices.Sort(pids)
	return pids
}

// peaks are the largest peaks of memory among the processes of a command, in bytes.
type peaks struct{ Terraform, Provider int64 }

// isProvider is true of a process that Terraform started as a provider, by the convention for names of their binaries.
func (p process) isProvider() bool { return strings.HasPrefix(p.name, "terraform-prov") }

// family is a process and all that it and its children start. Reading of every process many times a second would slow down
// what is measured, so a process that is not in the family is read once.
type family struct {
	read    func(pid int) (process, bool)
	members map[int]process // as they were seen last
	others  map[int]bool
}

func familyOf(pid int, read func(pid int) (process, bool)) *family {
	return &family{read: read, members: map[int]process{pid: {}}, others: map[int]bool{}}
}

// look reads the members among the processes that run. A parent comes before its children, as its id does.
func (f *family) look(pids []int) {
	for _, pid := range pids {
		if f.others[pid] {
			continue
		}
		p, ok := f.read(pid)
		if !ok {
			continue
		}
		_, known := f.members[pid]
		if _, child := f.members[p.parent]; known || child {
			f.members[pid] = p
		} else {
			f.others[pid] = true
		}
	}
}

// peaks are the largest of the members, of those that have ended as well.
func (f *family) peaks() (most peaks) {
	for _, p := range f.members {
		if p.isProvider() {
			most.Provider = max(most.Provider, p.peak)
		} else {
			most.Terraform = max(most.Terraform, p.peak)
		}
	}
	return most
}

// providers is the processors' time of all providers.
func (f *family) providers() (cpu time.Duration) {
	for _, p := range f.members {
		if p.isProvider() {
			cpu += p.cpu
		}
	}
	return cpu
}
