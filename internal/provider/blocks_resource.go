package provider

import (
	"net/netip"

	"github.com/cidrplan/terraform-provider-cidrplan/internal/allocate"
	"github.com/cidrplan/terraform-provider-cidrplan/internal/cidr"
	"github.com/cidrplan/terraform-provider-cidrplan/internal/profile"
	"github.com/cidrplan/terraform-provider-cidrplan/internal/values"
)

// blocksKind is what is special of cidrplan_blocks, which allocates ranges that are not of a cluster.
func blocksKind(catalog *profile.Catalog) plannerKind {
	return plannerKind{
		typeName: "_blocks",
		about: "Allocates ranges that do not belong to a cluster: CIDR blocks of VPCs, subnets of zones, supernets of teams, " +
			"load-balancer pools. The ranges are known at plan and do not move afterwards. " +
			"They are stored in the state of this resource, so set `prevent_destroy` on it. No argument forces replacement, and " +
			"`-replace` is refused.",
		preview: "Returns the ranges that the resource `cidrplan_blocks` would allocate for the same arguments. Use it for previews. " +
			"It stores nothing and does not use a ledger, so an edit can change the ranges. Use the resource for networks that are built.",
		arguments: blocksArguments(catalog), resourceArguments: blocksResourceArguments,
		results: blocksResults, resourceResults: blocksResourceResults,
		main: "cidrs",
		read: readBlocksRequest,
		encode: func(request allocate.Request, result allocate.Result) map[string]any {
			return map[string]any{"cidrs": cidrsValue(result)}
		},
		held:          readCIDRs,
		released:      readReleasedBlocks,
		releasedValue: releasedBlocksValue,
		lock:          lockBlock,
		unlock: func(text string) (map[string]allocate.Allocation, map[string]allocate.Released, map[string]string, error) {
			return readLock(text, lockedBlock.entry)
		},
	}
}

// cidrsValue is the value of cidrs; those that are deferred are unknown, and their names are not.
func cidrsValue(result allocate.Result) any {
	all := map[string]any{}
	for name, a := range result.Allocations {
		all[name] = a.Block.String()
	}
	for _, name := range result.Deferred {
		all[name] = values.KnownAfterApply{}
	}
	return all
}

// ofBlock is an allocation of one range.
func ofBlock(held netip.Prefix) allocate.Allocation {
	return allocate.Allocation{Ranges: profile.Ranges{Block: held}}
}

// readCIDRs reads the ranges that a state holds.
func readCIDRs(state *values.Node) map[string]allocate.Allocation {
	all := map[string]allocate.Allocation{}
	for name, held := range state.PrefixMap("cidrs") {
		all[name] = ofBlock(held)
	}
	return all
}

// releasedBlocksValue is the value of released; null where nothing is.
func releasedBlocksValue(result allocate.Result) any {
	return eachReleased(result, func(r allocate.Released) map[string]any {
		return map[string]any{"block": r.Cluster, "cidr": r.Block.String(), "order": r.Order}
	})
}

// readReleasedBlocks reads the released blocks of a state.
func readReleasedBlocks(state *values.Node) map[string]allocate.Released {
	return values.Each(state, "released", func(n *values.Node) allocate.Released {
		return allocate.Released{
			Cluster:    n.Text("block"),
			Order:      n.Number("order"),
			Allocation: ofBlock(n.Prefix("cidr")),
		}
	})
}

// lockedBlock is an entry of the lock of blocks: the range that a block holds, or with block a range that it released.
type lockedBlock struct {
	Block string `json:"block,omitempty"`
	CIDR  string `json:"cidr"`
}

func lockBlock(e lockEntry) any {
	return lockedBlock{Block: e.owner, CIDR: lockRange(e.Block)}
}

// entry reads the entry. problem is what is wrong with it, nil where it can be used.
func (l lockedBlock) entry() (e lockEntry, problem any) {
	held, fault := cidr.Parse(l.CIDR)
	if fault != nil {
		return lockEntry{}, fault
	}
	return lockEntry{owner: l.Block, Allocation: ofBlock(held)}, nil
}
