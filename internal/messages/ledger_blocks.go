package messages

import (
	"fmt"
	"slices"

	"github.com/cidrplan/terraform-provider-cidrplan/internal/ledger"
	"github.com/cidrplan/terraform-provider-cidrplan/internal/topology"
)

func (p Writer) ledgerChildren(e ledger.HasChildren) Message {
	return Message{
		Summary: "Block Has Ranges of Others",
		Detail: fmt.Sprintf("A block of %s would end, but other planners have ranges in it:%s\n\n"+
			"Effect: these ranges would be in no block, and could be allocated a second time.", planner(e.Planner), childrenText(e)) +
			Resolving(p.keepBlock(e)),
	}
}

// leavesBlock is the option that others have no range in a block any more. Ranges that they renumber stay reserved there until reclaim
// names them.
func leavesBlock(who, whose string) string {
	return fmt.Sprintf("Let %s first move %s ranges to other supernets (change supernets, renumber, then reclaim), or destroy what uses "+
		"them.", who, whose)
}

// BlocksNotEmpty warns of a plan that destroys blocks in which other owners have ranges.
func (p Writer) BlocksNotEmpty(e ledger.HasChildren) Message {
	return p.of(nameOf(e.Planner), Message{
		Warn: true, Summary: "Block Has Ranges of Others",
		Detail: fmt.Sprintf("This plan destroys %s, and other owners have ranges in its blocks:%s\n\n"+
			"Effect: the apply is refused as long as the ledger has these ranges.", planner(e.Planner), childrenText(e)) +
			Resolving(p.keepBlock(e)),
	})
}

// ReclaimsBlocks refuses to end released blocks in which other owners have ranges.
func (p Writer) ReclaimsBlocks(who ledger.Planner, all []Uninvited) Message {
	var lines []string
	for _, u := range all {
		lines = append(lines, entryText(u.Block.Kind, u.Block.Cluster, u.Block.Range)+" has "+othersText(u.Other))
	}
	first := all[0]
	options := []string{
		fmt.Sprintf("Leave block %q out of reclaim until the others have released their ranges.", first.Block.Cluster),
		leavesBlock(fmt.Sprintf("owner %q", first.Owner), "its"),
	}
	if first.State == ledger.Hold {
		options = append(options, p.endHolds("If nobody applies the plan of the other owner", first.Planner))
	}
	return p.of(nameOf(who), Message{
		At: p.Place(topology.Path{}.Attr("reclaim")), Summary: "Block Has Ranges of Others",
		Detail: "reclaim ends released ranges of " + planner(who) + " in which other owners have ranges:" + points(lines) +
			"\n\nEffect: these ranges would be in no block, and could be allocated a second time. The ledger refuses the apply." +
			Resolving(options),
	})
}

func childrenText(e ledger.HasChildren) string {
	var lines string
	for _, c := range e.Children {
		lines += "\n  - " + othersText(c.Other())
	}
	return lines
}

// keepBlock are the options where a block would end that has ranges of others.
func (p Writer) keepBlock(e ledger.HasChildren) []string {
	options := []string{
		"Keep the block until the others have released their ranges: declare it again, or leave it out of reclaim, then plan.",
		leavesBlock("the others", "their"),
	}
	if i := slices.IndexFunc(e.Children, func(c ledger.Child) bool { return c.ByState == ledger.Hold }); i >= 0 {
		options = append(options, p.endHolds("If nobody applies the plans that hold ranges", ledger.Planner{
			Owner: e.Children[i].ByOwner, Name: e.Children[i].ByPlanner,
		}))
	}
	return options
}
