package provider

import (
	"fmt"
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

// damaged reports everything in a state that cannot be read, or that is not what the record in its private data says.
// A planner that went on without it could allocate the same addresses again.
func (a *plannerResource) damaged(state map[string]tftypes.Value, record string) []messages.Message {
	r := &values.Reader{}
	n := r.Attributes(state, nil)
	held, released := a.kind.held(n), a.kind.released(n)
	var faults []string
	for _, f := range r.Faults {
		if isCountOfNone(f) {
			continue
		}
		_, why := a.writer.Wrong(f)
		faults = append(faults, f.At.String()+": "+why)
	}
	for name, allocation := range held {
		faults = append(faults, odd(topology.Path{}.Attr(a.kind.main).Key(name), allocation.Ranges)...)
	}
	for key, gone := range released {
		faults = append(faults, odd(topology.Path{}.Attr("released").Key(key), gone.Ranges)...)
	}
	readable, differences := a.againstRecord(record, held, released)
	faults = append(faults, differences...)
	if len(faults) == 0 {
		return nil
	}
	slices.Sort(faults)
	w := a.writer.Terms()
	detail := fmt.Sprintf(
		"The state of this %s is damaged or was edited by hand:\n  - %s\n\n",
		w.Planner, listedLines(slices.Compact(faults), 20),
	) +
		fmt.Sprintf(
			"cidrplan does not plan with this state. Effect: ranges that cannot be read would be treated as free, and could be allocated to another %s.\n\n",
			w.One,
		)
	options := []string{
		"Restore the state from before the damage: a version in your backend, or terraform.tfstate.backup.",
		fmt.Sprintf(
			"Remove the %s from the state and import its lock: terraform state rm ADDRESS, then terraform import ADDRESS \"$(cat cidrplan.lock.json)\"",
			w.Planner,
		),
	}
	if readable {
		detail += "The private data of the state contains a record of all ranges, which is a lock and can be read. "
		options = append(
			options,
			"If you have no lock, extract the record from the state with the command in the guide on lost state, and import it as the lock.",
		)
	}
	detail = strings.TrimSpace(detail) + messages.Resolving(options)
	return []messages.Message{{At: topology.Path{}.Attr(a.kind.main), Summary: "State Is Damaged", Detail: detail}}
}

// isCountOfNone says of a fault that a computed count is zero, as the order of what existing gives as released is.
func isCountOfNone(f topology.Fault) bool {
	number, out := f.Problem.(topology.OutOfRange)
	return out && number.Value == 0 && messages.LastAttr(f.At) != "node_cidr_mask"
}

// againstRecord compares what a state holds with the record beside it, and says whether the record can be read. A state of an
// earlier version has none before it is read.
func (a *plannerResource) againstRecord(
	text string, held map[string]allocate.Allocation, released map[string]allocate.Released,
) (readable bool, differences []string) {
	if text == "" {
		return false, nil
	}
	lockHeld, lockReleased, profiles, err := a.kind.unlock(text)
	if err != nil {
		return false, []string{"the record: " + err.Error()}
	}
	compare := func(attr, key, profileName string, has, locked profile.Ranges, inState, inLock bool) {
		at := topology.Path{}.Attr(attr).Key(key).String()
		is, was := a.shownRanges(a.withNodeIPv6Mask(has, profileName)), a.shownRanges(a.withNodeIPv6Mask(locked, profileName))
		switch {
		case inState && inLock && is != was:
			differences = append(differences, fmt.Sprintf("%s has %s, and the record says %s", at, is, was))
		case inState && !inLock:
			differences = append(differences, fmt.Sprintf("%s has %s, and is not in the record", at, is))
		case inLock && !inState:
			differences = append(differences, fmt.Sprintf("%s is missing, and the record says %s", at, was))
		}
	}
	for _, name := range slices.Sorted(maps.Keys(merged(held, lockHeld))) {
		has, inState := held[name]
		locked, inLock := lockHeld[name]
		compare(a.kind.main, name, profiles[name], has.Ranges, locked.Ranges, inState, inLock)
	}
	for _, key := range slices.Sorted(maps.Keys(released)) {
		name := lockKey(key, lockHeld)
		locked, inLock := lockReleased[name]
		delete(lockReleased, name)
		compare("released", key, locked.Profile, released[key].Ranges, locked.Ranges, true, inLock)
	}
	for _, key := range slices.Sorted(maps.Keys(lockReleased)) {
		compare(
			"released", strings.TrimRight(key, "~"), lockReleased[key].Profile, profile.Ranges{}, lockReleased[key].Ranges, false, true,
		) // see lockKey
	}
	return true, append(differences, a.againstRanges(held, profiles)...)
}

// withNodeIPv6Mask fills in an IPv6 node mask that is left out, which is the default of the profile.
func (a *plannerResource) withNodeIPv6Mask(held profile.Ranges, profileName string) profile.Ranges {
	if p, known := a.writer.Catalog.Profile(profileName); known && held.PodIPv6.IsValid() && held.NodeIPv6Mask == 0 {
		held.NodeIPv6Mask = p.IPv6.NodeMask
	}
	return held
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

// shownRanges writes the ranges that a lock has, with the node masks.
func (a *plannerResource) shownRanges(held profile.Ranges) string {
	unreadable := len(held.Pods)
	held.Pods = slices.DeleteFunc(slices.Clone(held.Pods), func(p netip.Prefix) bool { return !p.IsValid() })
	text := a.writer.Holding(held)
	if unreadable -= len(held.Pods); unreadable > 0 {
		text = strings.TrimPrefix(text+", and what cannot be read", ", and ")
	}
	if held.Aggregate.IsValid() {
		text += ", pod_aggregate " + held.Aggregate.String()
	}
	if held.NodeMask != 0 {
		text += fmt.Sprintf(", node_cidr_mask %d", held.NodeMask)
	}
	if held.NodeIPv6Mask != 0 {
		text += fmt.Sprintf(", node_ipv6_cidr_mask %d", held.NodeIPv6Mask)
	}
	return strings.TrimPrefix(text, ", ")
}

// odd says what no allocator writes: ranges of the wrong family, and masks that are none.
func odd(at topology.Path, held profile.Ranges) []string {
	var faults []string
	family := func(attr string, p netip.Prefix, want cidr.Family) {
		if p.IsValid() && cidr.FamilyOf(p) != want {
			faults = append(faults, fmt.Sprintf("%s: %s is not an %s range.", at.Attr(attr), p, want))
		}
	}
	family("service_cidr", held.Service, cidr.V4)
	family("pod_aggregate", held.Aggregate, cidr.V4)
	family("pod_ipv6_cidr", held.PodIPv6, cidr.V6)
	family("service_ipv6_cidr", held.ServiceIPv6, cidr.V6)
	if held.NodeMask < 0 || held.NodeMask > cidr.V4.Bits() {
		faults = append(faults, fmt.Sprintf("%s: %d is no prefix length.", at.Attr("node_cidr_mask"), held.NodeMask))
	}
	if held.NodeIPv6Mask < 0 || held.NodeIPv6Mask > cidr.V6.Bits() {
		faults = append(faults, fmt.Sprintf("%s: %d is no prefix length.", at.Attr("node_ipv6_cidr_mask"), held.NodeIPv6Mask))
	}
	return faults
}

func listedLines(items []string, limit int) string {
	if len(items) > limit {
		items = append(items[:limit:limit], fmt.Sprintf("and %d more", len(items)-limit))
	}
	return strings.Join(items, "\n  - ")
}
