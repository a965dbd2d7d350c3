package ledger

import (
	"encoding/json"
	"net/netip"
	"time"
)

// Planner is one allocator, or one cidrplan_blocks, of an owner.
type Planner struct {
	Owner string `json:"owner"`
	Name  string `json:"planner"`
}

// Class says with which entries of other planners an entry may not overlap.
type Class string

const (
	// Unique entries of a VRF are disjoint.
	Unique Class = "unique"
	// Network entries are disjoint within one network of a VRF.
	Network Class = "network"
	// Shared entries may overlap with all.
	Shared Class = "shared"
)

// State says whether a planner has only held an entry or claims it.
type State string

const (
	// Hold is an entry that a plan wrote and no apply confirmed.
	Hold State = "hold"
	// Claim is an entry of an applied plan.
	Claim State = "claim"
)

// Entry is one range of a planner.
type Entry struct {
	// Kind is one of topology.ForeignKinds, but not supernet.
	Kind    string       `json:"kind"`
	Cluster string       `json:"cluster"`
	Range   netip.Prefix `json:"range"`
	VRF     string       `json:"vrf"`
	Network string       `json:"network"`
	// Class is "" to keep the class of the planner's entry in the ledger. Without such an entry, "" means Unique.
	Class Class `json:"class"`
	// Demand is the key of the demand that the range was chosen for, "" for a range that the configuration gives.
	Demand string `json:"demand"`
	// Delegate is the owner that may allocate inside of a block; "" is everyone.
	Delegate string `json:"delegate"`
	// Attributes is a JSON object; nil is an empty one.
	Attributes json.RawMessage `json:"attributes,omitempty"`
	// Takes says that the new hold takes the addresses of a block around it whose hold has expired. The planner of that block loses it.
	Takes bool `json:"takes,omitempty"`
}

// Own is an entry of the planner that asks.
type Own struct {
	Entry
	State State
	// Expires is when others may take a hold, nil for a claim.
	Expires *time.Time
	// Expired says that this time is over. The planner may still apply the hold.
	Expired bool
}

// Other is an entry of another planner.
type Other struct {
	Planner
	Entry
	State State
	// Expires is when others may take a hold, nil for a claim.
	Expires *time.Time
	// Expired says that the entry is a hold that this planner may take if nothing else is free.
	Expired bool
}

// further are pointers to what is read of an entry of another planner beside the entry itself.
func (o *Other) further() []any { return []any{&o.Owner, &o.Name, &o.State, &o.Expires, &o.Expired} }

// HeldUntil is when a hold expires, as messages give it, "" for a claim.
func (o Other) HeldUntil() string {
	if o.Expires == nil {
		return ""
	}
	return o.Expires.UTC().Format("2006-01-02 15:04 UTC")
}

// Lost is a hold that another planner took after it had expired, or that a later plan of the same planner replaced.
type Lost struct {
	Entry
	// To is the planner that took or replaced it. Without a name, nobody has the range.
	To Planner
}
