package main

import (
	"fmt"
	"os"
	"slices"
	"strconv"
	"strings"
)

// process is what the kernel says of a running process.
type process struct {
	name   string // shortened to 15 characters
	parent int
	// peak is the most memory that was resident at one time, in bytes. The kernel calls it VmHWM.
	peak int64
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

// readStatus reads what the kernel says of a process, by its id.
func readStatus(pid int) (process, bool) {
	text, err := os.ReadFile(fmt.Sprintf("/proc/%d/status", pid))
	if err != nil {
		return process{}, false // it has ended
	}
	return parseStatus(string(text))
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

// family is a process and all that it and its children start. Reading the status of every process many times a second would
// slow down what is measured, so a process that is not in the family is read once.
type family struct {
	status  func(pid int) (process, bool)
	members map[int]bool
	others  map[int]bool
	peaks   peaks
}

func familyOf(pid int, status func(pid int) (process, bool)) *family {
	return &family{status: status, members: map[int]bool{pid: true}, others: map[int]bool{}}
}

// look reads the memory of the members among the processes that run. A parent comes before its children, as its id does.
func (f *family) look(pids []int) {
	for _, pid := range pids {
		if f.others[pid] {
			continue
		}
		p, ok := f.status(pid)
		switch {
		case !ok:
		case !f.members[pid] && !f.members[p.parent]:
			f.others[pid] = true
		case strings.HasPrefix(p.name, "terraform-prov"):
			f.members[pid], f.peaks.Provider = true, max(f.peaks.Provider, p.peak)
		default:
			f.members[pid], f.peaks.Terraform = true, max(f.peaks.Terraform, p.peak)
		}
	}
}
