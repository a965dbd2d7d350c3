package topology

import (
	"cmp"
	"maps"
	"net/netip"
	"slices"
	"strings"
)

// Foreign is a claim of another workspace: a range that its allocator holds, and that this one uses as a fact.
type Foreign struct {
	// Owner is the cluster, block or reservation that has the range, or the allocator whose supernet it is.
	Owner string
	// Kind is one of ForeignKinds; "" is a block.
	Kind string
	// Use is the name of the use of a range of the kind ForeignOther in the profile of its cluster.
	Use  string
	CIDR netip.Prefix
	// Network is the VPC or site that the range is used in, "" where it is in none or not known.
	Network     string
	VRF         string
	Hubs, Peers []string
	// Allocator is the name of the allocator that holds the range; for a cidrplan_blocks, it is OfBlocks of its name. If another
	// owner of a ledger holds the range, it is InLedger of both.
	Allocator string
	// Profile is that of the cluster, "" where there is none or it is not known. Meshes are its flat meshes.
	Profile string
	Meshes  []string
	// Here says that a planner of this configuration holds the range, and no other workspace. It only changes messages.
	Here bool
	// Ledger is the owner of the ledger from whose entries the claim is, "" where the configuration gives the claim.
	Ledger string
	// HeldUntil is the time at which the hold of a claim from a ledger expires, as messages give it; "" unless only a plan that was not
	// applied holds the claim.
	HeldUntil string
	// Delegation is that of a block of a ledger that is for another owner than this one.
	Delegation Delegation
	About
	Unknown Unknown
}

// Delegation says of a block of a ledger which owner it is for, and which one asks and may not allocate inside. Both are "" for a block
// that keeps nobody out.
type Delegation struct{ To, KeepsOut string }

// The kinds of claims of other workspaces.
const (
	ForeignPod     = "pod"
	ForeignService = "service"
	// ForeignOther is a range that a cluster uses beside Pods and Services and that networks route (profile.Routed).
	ForeignOther = "other"
	// ForeignKept is a block that a cluster keeps free for further Pod ranges, ForeignReleased what one
	// released and that stays reserved.
	ForeignKept     = "kept"
	ForeignReleased = "released"
	ForeignReserved = "reserved"
	// ForeignExisting is what a cluster holds that exists and is not declared there.
	ForeignExisting = "existing"
	ForeignBlock    = "block"
	ForeignSupernet = "supernet"
)

// ForeignKinds are the values of Foreign.Kind.
var ForeignKinds = []string{
	ForeignPod,
	ForeignService,
	ForeignOther,
	ForeignBlock,
	ForeignReserved,
	ForeignExisting,
	ForeignKept,
	ForeignReleased,
	ForeignSupernet,
}

// ofBlocks is in front of the name of a cidrplan_blocks where claims name the holder of a range, since an
// allocator may have the same name.
const ofBlocks = "blocks/"

// OfBlocks is how claims name a cidrplan_blocks.
func OfBlocks(name string) string { return ofBlocks + name }

// BlocksOf is the inverse of OfBlocks, also for the planner of another owner of a ledger; ok is false for the name of an allocator.
func BlocksOf(allocator string) (name string, ok bool) {
	_, planner, _ := LedgerOf(allocator)
	return strings.CutPrefix(planner, ofBlocks)
}

// ledgerMark is between the owner and the planner in InLedger. Names do not have it.
const ledgerMark = ":"

// InLedger is how claims name the planner of another owner of a ledger. planner is how claims of the owner name it.
func InLedger(owner, planner string) string { return owner + ledgerMark + planner }

// LedgerOf is the inverse of InLedger; ok is false for a planner that no ledger names.
func LedgerOf(allocator string) (owner, planner string, ok bool) {
	if owner, planner, ok = strings.Cut(allocator, ledgerMark); !ok {
		return "", allocator, false
	}
	return owner, planner, true
}

// Home names the network that a foreign claim is in: the one that is declared here under its name
// in the same VRF, or one of the other workspace, which nobody else has.
func (f Facts) Home(c Foreign) string {
	return f.home(cmp.Or(c.Network, c.Owner), c.Network != "", c)
}

// home is Home for a name that a claim uses. No name has the signs @ and #.
func (f Facts) home(name string, network bool, c Foreign) string {
	vpc, isVPC := f.VPCs[name]
	site, isSite := f.Sites[name]
	if network && (isVPC && vpc.VRF == c.VRF || isSite && site.VRF == c.VRF) {
		return name
	}
	id := name + "@" + c.Allocator
	if c.VRF != "" {
		id += "#" + c.VRF
	}
	return id
}

// Key is the name under which an allocator gives the claim to others: owner/kind/cidr, with % and two
// hexadecimal digits for each slash of the owner.
func (c Foreign) Key() string {
	return EscapeName(c.Owner, keySeparator) + keySeparator + c.Kind + keySeparator + c.CIDR.String()
}

// KeyInVRF is Key for one of several VRFs that have the same claim. The unnamed one adds nothing.
func (c Foreign) KeyInVRF() string {
	if c.VRF == "" {
		return c.Key()
	}
	return c.Key() + keySeparator + EscapeName(c.VRF, keySeparator)
}

// keySeparator is between the parts of the key of a claim.
const keySeparator = "/"

// Placed says whether a foreign claim says where it is used.
func (c Foreign) Placed() bool { return c.Network != "" || len(c.Hubs)+len(c.Peers) > 0 }

// withForeign adds the networks of other workspaces, as sites without blocks. What a declared network
// is connected to is known here; connections of the others follow from all claims in them.
func (f Facts) withForeign() Facts {
	if len(f.Foreign) == 0 {
		return f
	}
	sites := maps.Clone(f.Sites)
	if sites == nil {
		sites = map[string]Site{}
	}
	for _, key := range slices.Sorted(maps.Keys(f.Foreign)) {
		c := f.Foreign[key]
		id := f.Home(c)
		_, vpc := f.VPCs[id]
		_, site := f.Sites[id]
		if vpc || site {
			continue
		}
		s := sites[id]
		s.VRF = c.VRF
		s.Hubs = union(slices.Clone(s.Hubs), c.Hubs)
		for _, attribute := range []string{"hubs", "peers"} {
			if c.Unknown.Has(attribute) {
				s.Unknown = union(slices.Clone(s.Unknown), []string{attribute})
			}
		}
		for _, peer := range c.Peers {
			s.Peers = union(slices.Clone(s.Peers), []string{f.home(peer, true, c)})
		}
		sites[id] = s
	}
	f.Sites = sites
	return f
}

// CheckForeign checks one claim of another workspace given at a place: owner and range. Its other
// attributes are not checked.
func CheckForeign(at Path, claim Foreign) []Fault {
	var c checker
	if !claim.CIDR.IsValid() && !claim.Unknown.Has("cidr") {
		c.add(at.Attr("cidr"), Missing{})
	}
	c.name(at, "owner", claim.Owner, claim.Unknown.Has("owner"))
	c.oneOf(at, "kind", claim.Kind, ForeignKinds)
	ledgerOwner, allocator, _ := LedgerOf(claim.Allocator)
	allocator = strings.TrimPrefix(allocator, ofBlocks) // in front of a name that may have its full length
	names := map[string]string{
		"network": claim.Network, "vrf": claim.VRF, "allocator": allocator, "profile": claim.Profile, "use": claim.Use,
	}
	for attr, name := range names {
		CheckName(name, func(p BadName) { c.add(at.Attr(attr), p) })
	}
	CheckName(ledgerOwner, func(p BadName) { c.add(at.Attr("allocator"), p) })
	c.names(at, "hubs", claim.Hubs)
	c.names(at, "peers", claim.Peers)
	c.names(at, "meshes", claim.Meshes)
	return c.faults
}
