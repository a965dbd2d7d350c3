package messages

import (
	"fmt"

	"github.com/cidrplan/terraform-provider-cidrplan/internal/allocate"
)

// outgrownBlock says that a block is smaller than the argument now requests.
func (p Writer) outgrownBlock(argument string, e allocate.Outgrown) string {
	serves := fmt.Sprintf("has %d", e.Largest)
	if argument == "prefix_length" {
		serves = fmt.Sprintf("is a /%d", e.Largest)
	}
	return fmt.Sprintf(
		"%s now requests %s = %d. It holds %s, which %s. cidrplan does not enlarge a range in place, because the adjacent addresses can "+
			"be in use.",
		p.called(e.Cluster), argument, e.Wanted, p.Holding(e.Held), serves,
	)
}

func (p Writer) unsizedBlock(e allocate.BlockSizeNotServed) string {
	return fmt.Sprintf(
		"Block %q requests %d addresses, and no subnet on %s has that many; %s.",
		e.Block, e.Value, e.Platform.Title, sizes(e.SizeError),
	)
}

func outsideSupernets(e allocate.OutsideSupernets) string {
	text := fmt.Sprintf(
		"Block %q (%s) is not in any of the supernets: %s.\n\nEffect: workspaces that reserve these supernets do not reserve the "+
			"addresses of this block.",
		e.Block, e.Range, Join(e.From),
	)
	return text + sameOf(
		"blocks", e.Others, func(o allocate.OutsideSupernets) string { return fmt.Sprintf("block %q: %s", o.Block, o.Range) },
	)
}
