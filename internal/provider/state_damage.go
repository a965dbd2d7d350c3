package provider

import (
	"maps"
	"net/netip"
	"slices"
	"strings"

	"github.com/hashicorp/terraform-plugin-go/tftypes"

	"github.com/cidrplan/terraform-provider-cidrplan/internal/allocate"
	"github.com/cidrplan/terraform-provider-cidrplan/internal/cidr"
	"github.com/cidrplan/terraform-provider-cidrplan/internal/messages"
	"github.com/cidrplan/terraform-provider-cidrplan/internal/profile"
	"github.com/cidrplan/terraform-provider-cidrplan/internal/topology"
	"github.com/cidrplan/terraform-provider-cidrplan/internal/values"
)

// damaged reports everything in a state that cannot be read, or that differs from the record in its private data.
// A planner that went on without it could allocate the same addresses again.
func (a *plannerResource) damaged(state map[string]tftypes.Value, record string) []messages.Message {
	r := &values.Reader{}
	n := r.Attributes(state, nil)
	held, released := a.kind.held(n), a.kind.released(n)
	faults := slices.DeleteFunc(r.Faults, isCountOfNone)
	main := topology.Path{}.Attr(a.kind.main)
	for name, allocation := range held {
		faults = append(faults, damagedRanges(main.Key(name), allocation.Ranges)...)
	}
	for key, r := range released {
		faults = append(faults, damagedRanges(topology.Path{}.Attr("released").Key(key), r.Ranges)...)
	}
	readable, differences := a.againstRecord(record, held, released)
	if faults = append(faults, differences...); len(faults) == 0 {
		return nil
	}
	return []messages.Message{a.writer.StateDamaged(main, faults, readable)}
}

// isCountOfNone says whether a fault is a computed count of zero. The order of a range that existing gives as released is such a count.
func isCountOfNone(f topology.Fault) bool {
	number, out := f.Problem.(topology.OutOfRange)
	return out && number.Value == 0 && messages.LastAttr(f.At) != "node_cidr_mask"
}

// againstRecord compares the ranges in a state with the record beside it, and says whether the record can be read. A state of an
// earlier version has none before it is read.
func (a *plannerResource) againstRecord(
	text string, held map[string]allocate.Allocation, released map[string]allocate.Released,
) (readable bool, differences []topology.Fault) {
	if text == "" {
		return false, nil
	}
	lockHeld, lockReleased, profiles, err := a.kind.unlock(text)
	if err != nil {
		return false, []topology.Fault{{Problem: messages.RecordDamaged{Err: err}}}
	}
	compare := func(attr, key, profileName string, inState, inRecord *profile.Ranges) {
		inState, inRecord = a.withNodeIPv6Mask(inState, profileName), a.withNodeIPv6Mask(inRecord, profileName)
		if inState == nil || inRecord == nil || !equalRanges(*inState, *inRecord) {
			problem := messages.DiffersFromRecord{InState: inState, InRecord: inRecord}
			differences = append(differences, topology.Fault{At: topology.Path{}.Attr(attr).Key(key), Problem: problem})
		}
	}
	for _, name := range slices.Sorted(maps.Keys(merged(held, lockHeld))) {
		compare(a.kind.main, name, profiles[name], rangesOf(held, name), rangesOf(lockHeld, name))
	}
	for _, key := range slices.Sorted(maps.Keys(released)) {
		name := lockKey(key, lockHeld)
		compare("released", key, lockReleased[name].Profile, rangesOf(released, key), rangesOf(lockReleased, name))
		delete(lockReleased, name)
	}
	for _, key := range slices.Sorted(maps.Keys(lockReleased)) {
		compare("released", strings.TrimRight(key, "~"), lockReleased[key].Profile, nil, rangesOf(lockReleased, key)) // see lockKey
	}
	return true, append(differences, a.againstRanges(held, profiles)...)
}

// rangesOf are the ranges of an entry, nil where there is no such entry.
func rangesOf[T allocate.Allocation | allocate.Released](all map[string]T, key string) *profile.Ranges {
	entry, has := all[key]
	if !has {
		return nil
	}
	switch e := any(entry).(type) {
	case allocate.Allocation:
		return &e.Ranges
	case allocate.Released:
		return &e.Ranges
	}
	return nil
}

// equalRanges says whether two entries have the same ranges and masks.
func equalRanges(a, b profile.Ranges) bool {
	return a.Block == b.Block && slices.Equal(a.Pods, b.Pods) && a.Aggregate == b.Aggregate && a.Service == b.Service &&
		a.PodIPv6 == b.PodIPv6 && a.ServiceIPv6 == b.ServiceIPv6 && a.NodeMask == b.NodeMask && a.NodeIPv6Mask == b.NodeIPv6Mask &&
		a.Further.Equal(b.Further)
}

// withNodeIPv6Mask fills in an IPv6 node mask that is left out, which is the default of the profile.
func (a *plannerResource) withNodeIPv6Mask(held *profile.Ranges, profileName string) *profile.Ranges {
	p, known := a.writer.Catalog.Profile(profileName)
	if held == nil || !known || !held.PodIPv6.IsValid() || held.NodeIPv6Mask != 0 {
		return held
	}
	filled := *held
	filled.NodeIPv6Mask = p.IPv6.NodeMask
	return &filled
}

// lockKey is the key in a lock of what is released under a key: see lockOf.
func lockKey(key string, held map[string]allocate.Allocation) string {
	for _, taken := held[key]; taken; _, taken = held[key] {
		key += "~"
	}
	return key
}

func merged[T any](a, b map[string]T) map[string]T {
	out := maps.Clone(a)
	if out == nil {
		out = map[string]T{}
	}
	maps.Copy(out, b)
	return out
}

// damagedRanges are the ranges and masks that no allocator stores: of the wrong family, or no prefix lengths.
func damagedRanges(at topology.Path, held profile.Ranges) []topology.Fault {
	var faults []topology.Fault
	family := func(attr string, p netip.Prefix, want cidr.Family) {
		if p.IsValid() && cidr.FamilyOf(p) != want {
			faults = append(faults, topology.Fault{At: at.Attr(attr), Problem: messages.FamilyDamaged{Range: p, Want: want}})
		}
	}
	mask := func(attr string, length int, family cidr.Family) {
		if length < 0 || length > family.Bits() {
			faults = append(faults, topology.Fault{At: at.Attr(attr), Problem: messages.MaskDamaged{Value: length}})
		}
	}
	family("service_cidr", held.Service, cidr.V4)
	family("pod_aggregate", held.Aggregate, cidr.V4)
	family("pod_ipv6_cidr", held.PodIPv6, cidr.V6)
	family("service_ipv6_cidr", held.ServiceIPv6, cidr.V6)
	for _, list := range held.Further.Lists() {
		for _, further := range *list.Ranges {
			family(list.Attr, further, list.Family)
		}
	}
	mask("node_cidr_mask", held.NodeMask, cidr.V4)
	mask("node_ipv6_cidr_mask", held.NodeIPv6Mask, cidr.V6)
	return faults
}
