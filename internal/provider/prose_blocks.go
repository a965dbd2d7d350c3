package provider

import (
	"fmt"

	"github.com/cidrplan/terraform-provider-cidrplan/internal/allocate"
)

// outgrownBlock tells that a block is too small by now, in the words of the argument that asks.
func (p prose) outgrownBlock(argument string, e allocate.Outgrown) string {
	serves, ask := fmt.Sprintf("has %d", e.Largest), fmt.Sprintf("ask for at most %d", e.Largest)
	if argument == "prefix_length" {
		serves, ask = fmt.Sprintf("is a /%d", e.Largest), fmt.Sprintf("ask for a /%d or less", e.Largest)
	}
	return fmt.Sprintf("%s now asks for %s = %d; what it holds (%s) %s. A range is never widened in place: what is beside it may be in use.\n\n"+
		"Ways out, least harm first: %s; %s; or %s: renumber = { %q = \"<a token>\" }.",
		p.called(e.Cluster), argument, e.Wanted, p.holding(e.Held), serves, ask, p.words().second, p.words().move, e.Cluster)
}

func (p prose) unsizedBlock(e allocate.UnsizedBlock) string {
	return fmt.Sprintf("Block %q asks for %d addresses, and %s has no subnet with so many; %s.", e.Block, e.Value, e.Platform.Title, bounds(e.Min, e.Max)) + p.ruled(e.Rule)
}

func outsideSupernets(e allocate.OutsideSupernets) string {
	text := fmt.Sprintf("Block %q (%s) lies in none of the supernets: %s. Nothing here keeps others off these addresses.\n\n"+
		"Add the range to supernets if it is yours to hand out; if the supernet was renumbered, renumber the block as well.", e.Block, e.Range, join(e.From))
	return text + sameOf("blocks", e.Others, func(o allocate.OutsideSupernets) string { return fmt.Sprintf("block %q: %s", o.Block, o.Range) })
}
