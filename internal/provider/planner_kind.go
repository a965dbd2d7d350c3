package provider

import (
	"sync/atomic"

	"github.com/hashicorp/terraform-plugin-go/tftypes"

	"github.com/cidrplan/terraform-provider-cidrplan/internal/allocate"
	"github.com/cidrplan/terraform-provider-cidrplan/internal/messages"
	"github.com/cidrplan/terraform-provider-cidrplan/internal/topology"
	"github.com/cidrplan/terraform-provider-cidrplan/internal/values"
)

// run is the session of the run that a server is configured for, nil before. All resources and data sources of one server share it.
type run = atomic.Pointer[session]

// planner is what the resource, the data source and the functions of one kind of planner share.
type planner struct {
	writer messages.Writer
	kind   plannerKind
	run    *run
}

func clusterPlanner(p messages.Writer, r *run) planner {
	return planner{p, allocatorKind(p.Catalog), r}
}

func blockPlanner(p messages.Writer, r *run) planner {
	p.OfBlocks = true
	return planner{p, blocksKind(p.Catalog), r}
}

// plannerKind is what differs between cidrplan_allocator and cidrplan_blocks: their arguments, and how results become values.
type plannerKind struct {
	// typeName is the name of the type without "cidrplan". about and preview are the descriptions of the resource and of the
	// data source.
	typeName, about, preview string
	// arguments and results are those of resource and data source; resourceArguments and resourceResults only the resource has.
	arguments, resourceArguments, results, resourceResults values.Fields
	// main is the name of the result that has the ranges, by cluster or block.
	main string
	// read reads the arguments of a configuration, or those of a state.
	read func(map[string]tftypes.Value) (allocate.Request, []topology.Fault)
	// encode returns the results, for values.Encode.
	encode func(allocate.Request, allocate.Result) map[string]any
	// held and released read the ranges of a state. The faults of the node are what cannot be read.
	held     func(*values.Node) map[string]allocate.Allocation
	released func(*values.Node) map[string]allocate.Released
	// releasedValue is the value of released, for values.Encode.
	releasedValue func(allocate.Result) any
	// lock returns an entry of a lock, and unlock reads a whole lock.
	lock   func(entry lockEntry) any
	unlock func(text string) (
		held map[string]allocate.Allocation, released map[string]allocate.Released, profiles map[string]string, err error,
	)
}
