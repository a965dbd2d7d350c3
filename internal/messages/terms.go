package messages

import (
	"fmt"

	"github.com/cidrplan/terraform-provider-cidrplan/internal/conflict"
	"github.com/cidrplan/terraform-provider-cidrplan/internal/profile"
)

// Terms are what messages call those that have ranges, and what allocates them.
type Terms struct {
	// One and Many are who has ranges; Many is also the argument that declares them.
	One, Many string
	// Planner allocates the ranges; Article is its article.
	Planner, Article string
	titles
	// Rebuilt ends a sentence on the allocation of another range, and Anew one on an allocation without prior state. changes is
	// the effect of a changed argument.
	Rebuilt, Anew, changes string
	// rebuilds is what has to be rebuilt if one is allocated another range.
	rebuilds string
	// existing is an example of an element of existing.
	existing string
}

// titles are the summaries that name clusters or blocks, or the resource that allocates their ranges.
type titles struct{ replaced, destroyed, noPriorAllocations, namesUnknown, renumbered, notInLock string }

var ofClusters = Terms{
	One: "cluster", Many: "clusters",
	Planner: "allocator", Article: "an",
	titles: titles{
		replaced: "Allocator Cannot Be Replaced", destroyed: "Allocator Is Destroyed With Its Allocations",
		noPriorAllocations: "Allocator Has No Prior Allocations", namesUnknown: "Clusters Known Only After Apply",
		renumbered: "Cluster Is Renumbered", notInLock: "Cluster Not in the Imported Lock",
	},
	Rebuilt: ", and it would have to be rebuilt", Anew: "new ranges, which would require a rebuild",
	changes:  "the allocation of the cluster would change, and the cloud would have to rebuild the cluster.",
	rebuilds: "the cluster",
	existing: `{ pod_cidrs = ["10.64.0.0/19"], service_cidr = "172.20.0.0/20" }`,
}

var ofBlocks = Terms{
	One: "block", Many: "blocks",
	Planner: "cidrplan_blocks", Article: "a",
	titles: titles{
		replaced: "Blocks Cannot Be Replaced", destroyed: "Blocks Are Destroyed With Their Allocations",
		noPriorAllocations: "Blocks Have No Prior Allocations", namesUnknown: "Blocks Known Only After Apply",
		renumbered: "Block Is Renumbered", notInLock: "Block Not in the Imported Lock",
	},
	Rebuilt: ", and everything in it would have to be rebuilt", Anew: "another range, which would require everything in it to be rebuilt",
	changes:  "the range would change, and everything in it would have to be rebuilt.",
	rebuilds: "everything in the block",
	existing: `{ cidr = "10.0.0.0/24" }`,
}

// Terms are the terms of clusters, unless the messages are on blocks.
func (p Writer) Terms() Terms {
	if p.OfBlocks {
		return ofBlocks
	}
	return ofClusters
}

// called names one of those who get ranges, at the start of a sentence.
func (p Writer) called(name string) string { return fmt.Sprintf("%s %q", Capital(p.Terms().One), name) }

// Holding names the ranges of one of those who get some.
func (p Writer) Holding(held profile.Ranges) string {
	if held.Block.IsValid() {
		return held.Block.String()
	}
	return holding(held)
}

// ownerOf names who a claim is of.
func ownerOf(c conflict.Claim) string {
	if c.OfBlock() {
		return fmt.Sprintf("block %q", c.Owner)
	}
	return fmt.Sprintf("cluster %q", c.Owner)
}

// wordsFor are the words for the owner of a claim.
func wordsFor(c conflict.Claim) Terms {
	return Writer{OfBlocks: c.OfBlock()}.Terms()
}
