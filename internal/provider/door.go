package provider

import (
	"context"

	"github.com/hashicorp/terraform-plugin-framework/attr"
	"github.com/hashicorp/terraform-plugin-framework/resource"
	"github.com/hashicorp/terraform-plugin-framework/types"

	"github.com/cidrplan/terraform-provider-cidrplan/internal/allocate"
	"github.com/cidrplan/terraform-provider-cidrplan/internal/topology"
)

// planned is what resource and data source of one door share: the door, its words, and the session that
// Configure gives.
type planned struct {
	prose   prose
	door    door
	session *session
}

func plannedClusters(p prose) planned { return planned{prose: p, door: allocatorDoor(p.catalog)} }

func plannedBlocks(p prose) planned {
	p.blocks = true
	return planned{prose: p, door: blocksDoor(p.catalog)}
}

// door is what tells the resources and data sources of the planner apart: how arguments come in, and
// how the answer goes out. All else is the same code.
type door struct {
	// typeName stands behind the provider's, about and preview are what the Registry says of the
	// resource and of the data source.
	typeName, about, preview string
	// arguments are those of both, memory those of the resource alone; results and remembered are what
	// they compute.
	arguments, memory, results, remembered fields
	// main names the result with the ranges, by who gets them.
	main string
	// later are computed attributes that a state of an earlier version lacks, and that are never null
	// otherwise.
	later []string
	// read reads the arguments, or those that a state has.
	read func(types.Object) (allocate.Request, []topology.Fault)
	// encode makes the results.
	encode func(allocate.Request, allocate.Result) map[string]attr.Value
	// held and released read the memory from a state. The faults of the node are what cannot be read.
	held     func(*node) map[string]allocate.Allocation
	released func(*node) map[string]allocate.Released
	// encodeReleased makes the value of released.
	encodeReleased func(allocate.Result) attr.Value
	// lock writes an entry of the lock, unlock reads all of one.
	lock   func(entry lockEntry) any
	unlock func(text string) (held map[string]allocate.Allocation, released map[string]allocate.Released, profiles map[string]string, err error)
	// fill adds to a state what a version before did not compute; nil where there is nothing.
	fill func(context.Context, resource.ReadRequest, *resource.ReadResponse)
}
