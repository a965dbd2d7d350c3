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

// planner is what the resource, the data source and the function of one kind of planner share.
type planner struct {
	writer messages.Writer
	door   door
	run    *run
}

func clusterPlanner(p messages.Writer, r *run) planner {
	return planner{p, allocatorDoor(p.Catalog), r}
}

func blockPlanner(p messages.Writer, r *run) planner {
	p.Blocks = true
	return planner{p, blocksDoor(p.Catalog), r}
}

// door is what tells the planners apart: how arguments come in, and
// how the answer goes out. All else is the same code.
type door struct {
	// typeName stands behind the provider's, about and preview are what the Registry says of the
	// resource and of the data source.
	typeName, about, preview string
	// arguments are those of both, memory those of the resource alone; results and remembered are what
	// they compute.
	arguments, memory, results, remembered values.Fields
	// main names the result with the ranges, by who gets them.
	main string
	// read reads the arguments, or those that a state has.
	read func(map[string]tftypes.Value) (allocate.Request, []topology.Fault)
	// encode returns the results, for encode.
	encode func(allocate.Request, allocate.Result) map[string]any
	// held and released read the memory from a state. The faults of the node are what cannot be read.
	held     func(*values.Node) map[string]allocate.Allocation
	released func(*values.Node) map[string]allocate.Released
	// releasedValue is the value of released, for encode.
	releasedValue func(allocate.Result) any
	// lock writes an entry of the lock, unlock reads all of one.
	lock   func(entry lockEntry) any
	unlock func(text string) (held map[string]allocate.Allocation, released map[string]allocate.Released, profiles map[string]string, err error)
}
