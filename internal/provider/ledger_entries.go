package provider

import (
	"encoding/json"
	"maps"
	"net/netip"
	"slices"

	"github.com/cidrplan/terraform-provider-cidrplan/internal/allocate"
	"github.com/cidrplan/terraform-provider-cidrplan/internal/ledger"
	"github.com/cidrplan/terraform-provider-cidrplan/internal/profile"
	"github.com/cidrplan/terraform-provider-cidrplan/internal/topology"
)

// entryAttributes are what other planners need to know of an entry, beside its range, to compare it.
type entryAttributes struct {
	Profile     string            `json:"profile,omitempty"`
	Use         string            `json:"use,omitempty"`
	Hubs        []string          `json:"hubs,omitempty"`
	Peers       []string          `json:"peers,omitempty"`
	Meshes      []string          `json:"meshes,omitempty"`
	Description string            `json:"description,omitempty"`
	Labels      map[string]string `json:"labels,omitempty"`
}

// text is the JSON object of the attributes.
func (a entryAttributes) text() json.RawMessage {
	text, err := json.Marshal(a)
	if err != nil {
		panic(err) // texts
	}
	return text
}

// readAttributes reads attributes that a ledger returns. What this version does not know of is left out.
func readAttributes(text json.RawMessage) entryAttributes {
	var a entryAttributes
	if json.Unmarshal(text, &a) != nil {
		return entryAttributes{}
	}
	return a
}

// entryID is what makes two entries of a planner the same.
type entryID struct {
	kind, cluster string
	rng           netip.Prefix
	vrf, network  string
}

func idOf(e ledger.Entry) entryID { return entryID{e.Kind, e.Cluster, e.Range, e.VRF, e.Network} }

// entriesOf are the entries of a planner after a plan: its outgoing claims without the supernets, in the order of their keys, those that
// the plan chose with their demands. known is false where some of them are known only after apply.
func entriesOf(
	request allocate.Request, result allocate.Result, catalog *profile.Catalog,
) (entries []ledger.Entry, known bool) {
	known = !request.OutgoingClaimsUnknown(result, catalog)
	demands := map[entryID]string{}
	for _, c := range result.Chosen {
		demands[entryID{kind: c.Kind, cluster: c.Owner, rng: c.Range, vrf: c.VRF}] = c.Demand
	}
	claims := request.OutgoingClaims(result.Allocations, result.Released, catalog)
	inside := insideReleased(claims)
	for _, key := range slices.Sorted(maps.Keys(claims)) {
		c := claims[key]
		if c.Kind == topology.ForeignSupernet || inside(c) {
			continue
		}
		known = known && len(c.Unknown) == 0 && !request.Facts.Blocks[c.Owner].Unknown.Has("delegated_to")
		entries = append(entries, ledger.Entry{
			Kind: c.Kind, Cluster: c.Owner, Range: c.CIDR, VRF: c.VRF, Network: c.Network, Class: classOf(request, c),
			Demand: demands[entryID{kind: c.Kind, cluster: c.Owner, rng: c.CIDR, vrf: c.VRF}], Delegate: delegateOf(request, c),
			Attributes: entryAttributes{
				Profile: c.Profile, Use: c.Use, Hubs: c.Hubs, Peers: c.Peers, Meshes: c.Meshes, Description: c.Description,
				Labels: c.Labels,
			}.text(),
		})
	}
	return entries, known
}

// delegateOf is the owner that a block is for, "" for everyone, and for what is no block.
func delegateOf(request allocate.Request, c topology.Foreign) string {
	if c.Kind != topology.ForeignBlock {
		return ""
	}
	return request.Facts.Blocks[c.Owner].DelegatedTo
}

// classOf says with which entries of others one of a claim may not overlap, if nothing overlaps it now.
func classOf(request allocate.Request, c topology.Foreign) ledger.Class {
	shared := false
	switch c.Kind {
	case topology.ForeignReserved:
		shared = true
	case topology.ForeignService:
		shared = request.SharedServices
	case topology.ForeignReleased:
		shared = request.SharedPods || request.SharedServices
	case topology.ForeignPod, topology.ForeignKept:
		if request.SharedPods && c.Network != "" {
			return ledger.Network
		}
		shared = request.SharedPods
	}
	if shared {
		return ledger.Shared
	}
	return ledger.Unique
}

// foreignOf is an entry of another planner as a claim of another workspace. owner is that of this workspace: its own planners are named as
// claims of this configuration name them.
func foreignOf(o ledger.Other, owner string) topology.Foreign {
	a := readAttributes(o.Attributes)
	c := topology.Foreign{
		Owner: o.Cluster, Kind: o.Kind, Use: a.Use, CIDR: o.Range, Network: o.Network, VRF: o.VRF, Hubs: a.Hubs, Peers: a.Peers,
		Meshes: a.Meshes, Profile: a.Profile, Allocator: o.Name, Ledger: o.Owner, HeldUntil: o.HeldUntil(), Here: o.Owner == owner,
		About: topology.About{Description: a.Description, Labels: a.Labels},
	}
	if o.Delegate != "" && o.Delegate != owner {
		c.Delegation = topology.Delegation{To: o.Delegate, KeepsOut: owner}
	}
	if o.Owner != owner {
		c.Allocator = topology.InLedger(o.Owner, o.Name)
	}
	return c
}

// claimID is what makes two claims of planners the same, whether foreign_claims or the ledger gives them.
type claimID struct {
	allocator, owner, kind string
	cidr                   netip.Prefix
	vrf                    string
}

func claimIDOf(c topology.Foreign) claimID {
	_, allocator, _ := topology.LedgerOf(c.Allocator)
	return claimID{allocator, c.Owner, c.Kind, c.CIDR, c.VRF}
}

// withForeign adds claims of the ledger to those that the configuration gives. A claim that it gives already is not added again.
func withForeign(given map[string]topology.Foreign, more []topology.Foreign) map[string]topology.Foreign {
	if len(more) == 0 {
		return given
	}
	all, known := map[string]topology.Foreign{}, map[claimID]bool{}
	for key, c := range given {
		all[key], known[claimIDOf(c)] = c, true
	}
	for _, c := range more {
		if !known[claimIDOf(c)] {
			all[topology.InLedger(c.Allocator, c.KeyInVRF()+"/"+c.Network)] = c
		}
	}
	return all
}

// givenKinds are the kinds of entries that the configuration gives, so that they show nothing of whose state it is.
var givenKinds = []string{topology.ForeignReserved, topology.ForeignExisting, topology.ForeignOther}

// sameRanges says whether two lists of entries have the same ranges of clusters and blocks.
func sameRanges(a, b []ledger.Entry) bool {
	ranges := func(entries []ledger.Entry) map[netip.Prefix]bool {
		all := map[netip.Prefix]bool{}
		for _, e := range entries {
			if !slices.Contains(givenKinds, e.Kind) {
				all[e.Range] = true
			}
		}
		return all
	}
	return maps.Equal(ranges(a), ranges(b))
}

// sameEntries says whether the claims of a ledger are exactly the planned entries.
func sameEntries(planned, claims []ledger.Entry) bool {
	if len(planned) != len(claims) {
		return false
	}
	type rest struct {
		class                        ledger.Class
		demand, delegate, attributes string
	}
	restOf := func(e ledger.Entry) rest {
		return rest{e.Class, e.Demand, e.Delegate, string(readAttributes(e.Attributes).text())}
	}
	known := map[entryID]rest{}
	for _, e := range claims {
		known[idOf(e)] = restOf(e)
	}
	return !slices.ContainsFunc(planned, func(e ledger.Entry) bool {
		was, has := known[idOf(e)]
		return !has || was != restOf(e)
	})
}
