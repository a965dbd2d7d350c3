package provider

import (
	"github.com/cidrplan/terraform-provider-cidrplan/internal/allocate"
	"github.com/cidrplan/terraform-provider-cidrplan/internal/profile"
	"github.com/cidrplan/terraform-provider-cidrplan/internal/values"
)

// allocatorKind is what is special of cidrplan_allocator, which allocates ranges of clusters.
func allocatorKind(catalog *profile.Catalog) plannerKind {
	return plannerKind{
		typeName: "_allocator",
		about: "Allocates Pod and Service ranges that do not conflict with any network that it receives. The ranges are known at plan " +
			"and do not move afterwards. They are stored in the state of this resource, so set `prevent_destroy` on it. No argument " +
			"forces replacement, and `-replace` is refused.",
		preview: "Returns the ranges that an allocator would allocate for the same arguments. Use it for previews, and for " +
			"configurations in which all ranges are pinned. " +
			"It stores nothing and does not use a ledger, so an edit can change the ranges. Use the resource for clusters that are built.",
		arguments: allocatorArguments(catalog), resourceArguments: allocatorResourceArguments,
		results: allocatorResults(catalog), resourceResults: allocatorResourceResults,
		main: "allocations",
		read: readRequest,
		encode: func(request allocate.Request, result allocate.Result) map[string]any {
			return map[string]any{"allocations": allocationsValue(catalog, request, result)}
		},
		held:          func(state *values.Node) map[string]allocate.Allocation { return readAllocations(catalog, state) },
		released:      readReleased,
		releasedValue: releasedValue,
		lock:          lockCluster(catalog),
		unlock: func(text string) (map[string]allocate.Allocation, map[string]allocate.Released, map[string]string, error) {
			return readLock(text, func(l locked) (lockEntry, any) { return l.entry(catalog) })
		},
	}
}
