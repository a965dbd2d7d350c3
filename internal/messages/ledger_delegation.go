package messages

import (
	"fmt"

	"github.com/cidrplan/terraform-provider-cidrplan/internal/cidr"
	"github.com/cidrplan/terraform-provider-cidrplan/internal/ledger"
	"github.com/cidrplan/terraform-provider-cidrplan/internal/topology"
)

// delegateText says which owner a block is for; "" is everyone.
func delegateText(owner string) string {
	if owner == "" {
		return ""
	}
	return fmt.Sprintf(", delegated to owner %q", owner)
}

// delegateTo is the option that lets an owner allocate in a block of another planner.
func delegateTo(owner string, block ledger.Other) string {
	return fmt.Sprintf("If owner %q is to allocate in block %q, let owner %q set delegated_to = %s for the block.",
		owner, block.Cluster, block.Owner, Literal(owner))
}

// DelegatedWithoutLedger refuses a block that is for one owner where the provider has no ledger.
func (p Writer) DelegatedWithoutLedger(block string) Message {
	return Message{
		At: p.Place(topology.Path{}.Attr("blocks").Key(block).Attr("delegated_to")), Summary: "Delegation Requires a Ledger",
		Detail: fmt.Sprintf("Block %q has delegated_to, and the provider has no argument ledger.\n\n"+
			"Effect: nothing would keep other owners out of the block.", block) +
			resolving("Set the argument ledger of the provider.", "Remove delegated_to: then every workspace can allocate in the block."),
	}
}

// DelegatedElsewhere warns of supernets in blocks that are for other owners.
func (p Writer) DelegatedElsewhere(who ledger.Planner, blocks []ledger.Other) Message {
	var lines []string
	for _, b := range blocks {
		lines = append(lines, othersText(b))
	}
	return p.of(nameOf(who), Message{
		At: p.Place(topology.Path{}.Attr("supernets")), Warn: true, Summary: "Supernet Is Delegated to Another Owner",
		Detail: "These blocks contain supernets of " + planner(who) + ":" + points(lines) + "\n\n" +
			"Effect: the ledger lets no other owner allocate there, so nothing is allocated from these supernets." + resolving(
			"Allocate from the block that is for this owner.",
			delegateTo(who.Owner, innermost(blocks)),
		),
	})
}

// innermost is the smallest of the blocks around the first one's supernet: it decides who may allocate.
func innermost(blocks []ledger.Other) ledger.Other {
	best := blocks[0]
	for _, b := range blocks[1:] {
		if b.VRF == best.VRF && cidr.Contains(best.Range, b.Range) {
			best = b
		}
	}
	return best
}

// Uninvited is an entry of an owner in a block that is to be for another one.
type Uninvited struct {
	Block ledger.Entry
	ledger.Other
}

// DelegatedWithGuests refuses to delegate blocks to one owner in which others have ranges.
func (p Writer) DelegatedWithGuests(who ledger.Planner, all []Uninvited) Message {
	var lines []string
	for _, u := range all {
		lines = append(lines, fmt.Sprintf("%s, to be delegated to owner %q, has %s",
			entryText(u.Block.Kind, u.Block.Cluster, u.Block.Range), u.Block.Delegate, othersText(u.Other)))
	}
	first := all[0]
	options := []string{
		fmt.Sprintf("Remove delegated_to of block %q until owner %q has released its ranges.", first.Block.Cluster, first.Owner),
	}
	if first.State == ledger.Claim && first.Kind != topology.ForeignReleased {
		options = append(options, leavesBlock(fmt.Sprintf("owner %q", first.Owner), "its"))
	} else {
		options = append(options, p.otherMoves(first.Other))
	}
	return p.of(nameOf(who), Message{
		At:      p.Place(topology.Path{}.Attr("blocks").Key(first.Block.Cluster).Attr("delegated_to")),
		Summary: "Block Has Ranges of Others",
		Detail: "Blocks of " + planner(who) + " have ranges of owners that they are not for:" + points(lines) + "\n\n" +
			"Effect: the ledger refuses the apply." + Resolving(options),
	})
}
