package provider

import (
	"github.com/cidrplan/terraform-provider-cidrplan/internal/allocate"
	"github.com/cidrplan/terraform-provider-cidrplan/internal/profile"
)

// allocatorDoor is cidrplan_allocator: ranges of clusters.
func allocatorDoor(catalog *profile.Catalog) door {
	return door{
		typeName: "_allocator",
		about: "Hands out Pod and Service ranges that collide with nothing it is given. They are literal in the plan and never move afterwards: " +
			"the memory is the state, so keep `prevent_destroy` on it. No argument forces replacement, and `-replace` is refused.",
		preview: "Answers what an allocator would hand out, as a pure function of its arguments: for previews, what-if and configurations that pin everything. " +
			"It has no memory, so an edit can move its ranges; clusters that are built take theirs from the resource.",
		arguments: allocatorArguments(catalog), memory: memoryArguments, results: allocatorResults(catalog), remembered: memoryResults,
		main: "allocations",
		read: readRequest,
		encode: func(request allocate.Request, result allocate.Result) map[string]any {
			return map[string]any{"allocations": allocationsValue(catalog, request, result)}
		},
		held:          func(state *node) map[string]allocate.Allocation { return readAllocations(catalog, state) },
		released:      readReleased,
		releasedValue: releasedValue,
		lock:          lockCluster(catalog),
		unlock: func(text string) (map[string]allocate.Allocation, map[string]allocate.Released, map[string]string, error) {
			return readLock(text, func(l locked) (lockEntry, error) { return l.entry(catalog) })
		},
	}
}
