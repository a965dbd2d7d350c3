package statefile

import (
	"encoding/json"
	"errors"
	"net/netip"
	"slices"
	"strconv"

	"github.com/cidrplan/terraform-provider-cidrplan/internal/changes"
	"github.com/cidrplan/terraform-provider-cidrplan/internal/clouds"
	"github.com/cidrplan/terraform-provider-cidrplan/internal/messages"
)

// planDocument is a plan with the values before and after it.
type planDocument struct {
	document
	Changes []plannedChange `json:"resource_changes"`
	Errored bool            `json:"errored"`
	// Complete is nil in plans of versions that do not write it.
	Complete *bool `json:"complete"`
}

// Plan is what a plan has of this provider.
type Plan struct {
	// Planners are the allocators, cidrplan_blocks and other resources with accepted conflicts, in the order of the file.
	Planners []changes.Planner
	// Errored says that the plan failed, so that it has only a part of the changes.
	Errored bool
	// Partial says that the plan leaves out changes that the configuration needs: -target limits it, or they are deferred.
	Partial bool
}

type plannedChange struct {
	Address  string `json:"address"`
	Previous string `json:"previous_address"`
	Deposed  string `json:"deposed"`
	Type     string `json:"type"`
	Mode     string `json:"mode"`
	Change   struct {
		Actions      []string        `json:"actions"`
		Before       json.RawMessage `json:"before"`
		After        json.RawMessage `json:"after"`
		AfterUnknown json.RawMessage `json:"after_unknown"`
	} `json:"change"`
}

// ReadPlan reads the output of terraform show -json for a plan. An error is a *messages.FileError.
func ReadPlan(name string, text []byte) (Plan, error) {
	text = withoutMark(text)
	var d planDocument
	wrong, err := decode(name, text, &d)
	if err == nil {
		if d.Changes != nil {
			d.ResourceChanges = []resourceChange{}
		}
		err = d.faultOf(name, text, wrong)
	}
	if err == nil && (d.Version != nil || !d.isPlan()) {
		err = &messages.FileError{File: name, Problem: messages.NoPlan{}}
	}
	if err != nil {
		return Plan{}, forPlan(err)
	}
	plan := Plan{Errored: d.Errored, Partial: !d.Errored && d.Complete != nil && !*d.Complete}
	for _, c := range d.Changes {
		if _, own := ownKinds[c.Type]; own && c.Mode == "managed" && c.Deposed == "" {
			plan.Planners = append(plan.Planners, c.planner())
		}
	}
	return plan, nil
}

// forPlan makes an error of a file say that a plan is needed.
func forPlan(err error) error {
	var fault *messages.FileError
	if errors.As(err, &fault) {
		fault.ForPlan = true
	}
	return err
}

// ownKinds are the types that hold ranges or accept conflicts, each with whether it has blocks.
var ownKinds = map[string]bool{
	ownTypes + "allocator": false, ownTypes + "blocks": true, ownTypes + "hub": false, ownTypes + "site": false, ownTypes + "vpc": false,
}

func (c plannedChange) planner() changes.Planner {
	p := changes.Planner{Address: c.Address, Previous: c.Previous, Forgotten: slices.Contains(c.Change.Actions, "forget")}
	before, after := newValue(c.Change.Before, nil), newValue(c.Change.After, c.Change.AfterUnknown)
	if before.Kind() == clouds.Map {
		p.Before = heldIn(before, ownKinds[c.Type])
	}
	switch after.Kind() {
	case clouds.Map:
		p.After = heldIn(after, ownKinds[c.Type])
	case clouds.Unknown:
		p.After = &changes.State{Unknown: true}
	}
	return p
}

// heldIn reads what an allocator or cidrplan_blocks holds.
func heldIn(v clouds.Value, blocks bool) *changes.State {
	p := planner(Object{Value: v}, blocks)
	s := &changes.State{
		Name: p.Name, Held: map[string]changes.Holding{}, Released: map[string]changes.Released{},
		Supernets: p.Supernets, Reserved: map[string]netip.Prefix{}, Accepted: map[string]changes.Acceptance{},
	}
	held, requests := "allocations", member(v, "clusters")
	if blocks {
		held, requests = "cidrs", member(v, "blocks")
	}
	all := member(v, held)
	s.Unknown = all != nil && all.Kind() == clouds.Unknown
	for name, one := range members(all) {
		s.Held[name] = changes.Holding{
			Ranges: p.Held[name].byPart(blocks), Unknown: anyUnknown(one), PreviousNames: texts(member(requests, name), "previous_names"),
			Nodes: numberOf(one, "usable", "nodes"), Services: numberOf(one, "usable", "services"),
			Adopted: member(member(v, "existing"), name) != nil,
		}
	}
	for key, r := range p.Released {
		s.Released[key] = changes.Released{Owner: r.Owner, Ranges: r.byPart(blocks)}
	}
	for name, r := range p.Reserved {
		if len(r.Pods) > 0 {
			s.Reserved[name] = r.Pods[0]
		}
	}
	for key, one := range members(member(v, "accepted_conflicts")) {
		s.Accepted[key] = changes.Acceptance{Reason: textOf(one, "reason"), Until: textOf(one, "until")}
	}
	return s
}

// byPart are the ranges of a cluster by what they are for, or that of a block.
func (r Ranges) byPart(block bool) changes.Ranges {
	all := changes.Ranges{}
	if pods := changes.Pods; len(r.Pods) > 0 {
		if block {
			pods = changes.Block
		}
		all[pods] = r.Pods
	}
	held := r.held()
	for part, ranges := range map[changes.Part][]netip.Prefix{
		changes.PodsIPv6: held.PodsIPv6(), changes.Services: held.Services(), changes.ServicesIPv6: held.ServicesIPv6(),
	} {
		if len(ranges) > 0 {
			all[part] = ranges
		}
	}
	if r.Aggregate.IsValid() {
		all[changes.GrowthReserve] = []netip.Prefix{r.Aggregate}
	}
	return all
}

// anyUnknown says whether a value or one of its members is known only after apply.
func anyUnknown(v clouds.Value) bool {
	if v.Kind() == clouds.Unknown {
		return true
	}
	for _, m := range members(v) {
		if anyUnknown(m) {
			return true
		}
	}
	return v.Kind() == clouds.List && slices.ContainsFunc(v.Elements(), anyUnknown)
}

// numberOf is a whole number in an object of an object, 0 where there is none.
func numberOf(v clouds.Value, object, name string) int64 {
	n, _ := strconv.ParseInt(textOf(member(v, object), name), 10, 64)
	return n
}
