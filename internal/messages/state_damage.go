package messages

import (
	"fmt"
	"net/netip"
	"slices"
	"strings"

	"github.com/cidrplan/terraform-provider-cidrplan/internal/cidr"
	"github.com/cidrplan/terraform-provider-cidrplan/internal/profile"
	"github.com/cidrplan/terraform-provider-cidrplan/internal/topology"
)

// The problems of a state that is damaged, beside those of values that cannot be read. Each is the Problem of a Fault. The
// record is the lock in the private data of the state.
type (
	// FamilyDamaged is a range that is not of the family of its attribute.
	FamilyDamaged struct {
		Range netip.Prefix
		Want  cidr.Family
	}
	// MaskDamaged is a number that is no prefix length.
	MaskDamaged struct{ Value int }
	// DiffersFromRecord are ranges that the record has otherwise. The state or the record may have none.
	DiffersFromRecord struct{ InState, InRecord *profile.Ranges }
	// RecordDamaged is a record that cannot be read. It has no place.
	RecordDamaged struct{ Err error }
	// OutputMissing is an object of cloud arguments that the profile in the record requires.
	OutputMissing struct{ Profile string }
	// OutputDiffers is a cloud argument that does not follow from the ranges.
	OutputDiffers struct{ Is, Follows string }
)

// maxDamages is the number of places that the message on a damaged state lists.
const maxDamages = 20

// StateDamaged is the message on a state that is damaged. at is the attribute with the ranges; hasRecord says that the record
// can be read.
func (p Writer) StateDamaged(at topology.Path, faults []topology.Fault, hasRecord bool) Message {
	var lines []string
	for _, f := range faults {
		lines = append(lines, p.damage(f))
	}
	slices.Sort(lines)
	lines = slices.Compact(lines)
	if more := len(lines) - maxDamages; more > 0 {
		lines = append(lines[:maxDamages:maxDamages], fmt.Sprintf("and %d more", more))
	}
	w := p.Terms()
	effect := fmt.Sprintf(
		"cidrplan does not plan with this state. Effect: ranges that cannot be read would be treated as free, and could be allocated to "+
			"another %s.", w.One,
	)
	options := []string{
		"Restore the state from before the damage: a version in your backend, or terraform.tfstate.backup.",
		fmt.Sprintf(
			"Remove the %s from the state and import its lock: terraform state rm ADDRESS, "+
				"then terraform import ADDRESS \"$(cat cidrplan.lock.json)\"", w.Planner,
		),
	}
	if hasRecord {
		effect += "\n\nThe private data of the state contains a record of all ranges, which is a lock and can be read."
		options = append(
			options,
			"If you have no lock, extract the record from the state with the command in the guide on lost state, and import it as the "+
				"lock.",
		)
	}
	return Message{
		At: at, Summary: "State Is Damaged",
		Detail: fmt.Sprintf(
			"The state of this %s is damaged or was edited by hand:\n  - %s\n\n%s%s", w.Planner, strings.Join(lines, "\n  - "), effect,
			Resolving(options),
		),
	}
}

// damage is one line on what is wrong at a place of a state.
func (p Writer) damage(f topology.Fault) string {
	switch e := f.Problem.(type) {
	case FamilyDamaged:
		return fmt.Sprintf("%s: %s is not an %s range.", f.At, e.Range, e.Want)
	case MaskDamaged:
		return fmt.Sprintf("%s: %d is no prefix length.", f.At, e.Value)
	case DiffersFromRecord:
		return f.At.String() + " " + p.differsFromRecord(e)
	case RecordDamaged:
		return "the record: " + e.Err.Error()
	case OutputMissing:
		return fmt.Sprintf("%s is not set, and the profile of %q in the record is %s", f.At, f.At[1].Key, e.Profile)
	case OutputDiffers:
		return fmt.Sprintf("%s has %q, and the ranges of the cluster say %q", f.At, e.Is, e.Follows)
	}
	_, why := p.Wrong(f)
	return f.At.String() + ": " + why
}

func (p Writer) differsFromRecord(e DiffersFromRecord) string {
	switch {
	case e.InRecord == nil:
		return fmt.Sprintf("has %s, and is not in the record", p.rangesWithMasks(*e.InState))
	case e.InState == nil:
		return fmt.Sprintf("is missing, and the record says %s", p.rangesWithMasks(*e.InRecord))
	}
	return fmt.Sprintf("has %s, and the record says %s", p.rangesWithMasks(*e.InState), p.rangesWithMasks(*e.InRecord))
}

// rangesWithMasks writes the ranges of a lock entry, with the node masks.
func (p Writer) rangesWithMasks(held profile.Ranges) string {
	unreadable := len(held.Pods)
	held.Pods = slices.DeleteFunc(slices.Clone(held.Pods), func(r netip.Prefix) bool { return !r.IsValid() })
	unreadable -= len(held.Pods)
	if p.OfBlocks && !held.Block.IsValid() {
		unreadable++
	}
	var parts []string
	if text := p.Holding(held); text != "" {
		parts = append(parts, text)
	}
	if unreadable > 0 {
		parts = append(parts, "and ranges that cannot be read")
	}
	if held.Aggregate.IsValid() {
		parts = append(parts, "pod_aggregate "+held.Aggregate.String())
	}
	if held.NodeMask != 0 {
		parts = append(parts, fmt.Sprintf("node_cidr_mask %d", held.NodeMask))
	}
	if held.NodeIPv6Mask != 0 {
		parts = append(parts, fmt.Sprintf("node_ipv6_cidr_mask %d", held.NodeIPv6Mask))
	}
	return strings.TrimPrefix(strings.Join(parts, ", "), "and ")
}
