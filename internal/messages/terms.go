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
	Titles
	// Rebuilt ends a sentence on getting another range, anew is one on what is forgotten; changes is what
	// a changed argument means.
	Rebuilt, Anew, changes string
	// rebuilds is what has to be rebuilt when one gets another range, moved when several do.
	rebuilds, moved string
}

// Titles are the summaries that say who gets ranges.
type Titles struct{ Replaced, Forgets, Starts, Late, renumbered, restored string }

var ofClusters = Terms{
	One: "cluster", Many: "clusters",
	Planner: "allocator", Article: "an",
	Titles: Titles{
		Replaced: "Allocator Cannot Be Replaced", Forgets: "Allocator Is Destroyed With Its Allocations", Starts: "Allocator Has No Prior Allocations",
		Late: "Clusters Known Only After Apply", renumbered: "Cluster Is Renumbered", restored: "Cluster Not in the Imported Lock",
	},
	Rebuilt: ", and it would have to be rebuilt", Anew: "new ranges, which would require a rebuild",
	changes:  "the allocation of the cluster would change, and the cloud would have to rebuild the cluster.",
	rebuilds: "the cluster",
	moved:    "what uses them",
}

var ofBlocks = Terms{
	One: "block", Many: "blocks",
	Planner: "cidrplan_blocks", Article: "a",
	Titles: Titles{
		Replaced: "Blocks Cannot Be Replaced", Forgets: "Blocks Are Destroyed With Their Allocations", Starts: "Blocks Have No Prior Allocations",
		Late: "Blocks Known Only After Apply", renumbered: "Block Is Renumbered", restored: "Block Not in the Imported Lock",
	},
	Rebuilt: ", and everything in it would have to be rebuilt", Anew: "another range, which would require everything in it to be rebuilt",
	changes:  "the range would change, and everything in it would have to be rebuilt.",
	rebuilds: "everything in the block",
	moved:    "what is in them",
}

// Terms are the terms of clusters, unless the messages are on blocks.
func (p Writer) Terms() Terms {
	if p.Blocks {
		return ofBlocks
	}
	return ofClusters
}

// called names one of those who get ranges, at the start of a sentence.
func (p Writer) called(name string) string { return fmt.Sprintf("%s %q", Capital(p.Terms().One), name) }

// Holding names the ranges of one of those who get some.
func (p Writer) Holding(held profile.Ranges) string {
	if p.Blocks {
		return Join(held.Pods)
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
	return Writer{Blocks: c.OfBlock()}.Terms()
}
