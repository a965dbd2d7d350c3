package provider

import (
	"fmt"

	"github.com/cidrplan/terraform-provider-cidrplan/internal/conflict"
	"github.com/cidrplan/terraform-provider-cidrplan/internal/profile"
)

// terms are what messages call those that get ranges, and what hands them out.
type terms struct {
	// one and many are who gets ranges; many is also the argument that declares them.
	one, many string
	// planner hands out, with its article.
	planner, article string
	titles
	// rebuilt ends a sentence on getting another range, anew is one on what is forgotten; changes is what
	// a changed argument means.
	rebuilt, anew, changes string
	// rebuilds is what has to be rebuilt when one gets another range, moved when several do.
	rebuilds, moved string
}

// titles are the summaries that say who gets ranges.
type titles struct{ replaced, forgets, starts, late, renumbered, restored string }

var ofClusters = terms{
	one: "cluster", many: "clusters",
	planner: "allocator", article: "an",
	titles: titles{
		replaced: "Allocator Cannot Be Replaced", forgets: "Allocator Forgets Its Ranges", starts: "Allocator Starts Without Memory",
		late: "Clusters Not Known Until Apply", renumbered: "Cluster Is Renumbered", restored: "Cluster Not in the Restored Memory",
	},
	rebuilt: " and would be rebuilt", anew: "new ranges and be rebuilt",
	changes:  "the allocation of the cluster would change, and the cloud would have to rebuild the cluster.",
	rebuilds: "the cluster",
	moved:    "what uses them",
}

var ofBlocks = terms{
	one: "block", many: "blocks",
	planner: "cidrplan_blocks", article: "a",
	titles: titles{
		replaced: "Blocks Cannot Be Replaced", forgets: "Blocks Forget Their Ranges", starts: "Blocks Start Without Memory",
		late: "Blocks Not Known Until Apply", renumbered: "Block Is Renumbered", restored: "Block Not in the Restored Memory",
	},
	rebuilt: ", and everything in it would be rebuilt", anew: "another range, and everything in it would be rebuilt",
	changes:  "the range would change, and everything in it would have to be rebuilt.",
	rebuilds: "everything in the block",
	moved:    "what is in them",
}

// words are the terms of clusters, unless the messages are on blocks.
func (p prose) words() terms {
	if p.blocks {
		return ofBlocks
	}
	return ofClusters
}

// called names one of those who get ranges, at the start of a sentence.
func (p prose) called(name string) string { return fmt.Sprintf("%s %q", capital(p.words().one), name) }

// holding names the ranges of one of those who get some.
func (p prose) holding(held profile.Ranges) string {
	if p.blocks {
		return join(held.Pods)
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
func wordsFor(c conflict.Claim) terms {
	return prose{blocks: c.OfBlock()}.words()
}
