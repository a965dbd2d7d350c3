package messages

import (
	"fmt"
	"slices"
	"strings"

	"github.com/cidrplan/terraform-provider-cidrplan/internal/conflict"
	"github.com/cidrplan/terraform-provider-cidrplan/internal/topology"
)

// optionsText lists what can be done, a line each: Terraform leaves lines that begin with a space as they are, so that what they
// say to write can be pasted.
func (p Writer) optionsText(options []topology.Option) string {
	return ToResolve + p.optionLines(options)
}

// optionLines are the lines of optionsText after the first one.
func (p Writer) optionLines(options []topology.Option) string {
	var lines []string
	for _, o := range options {
		lines = append(lines, OptionText(p.placeOption(o)))
	}
	return strings.Join(lines, "\n  - ")
}

// placeOption returns an option with the paths that the configuration of the reporting resource has.
func (p Writer) placeOption(o topology.Option) topology.Option {
	o.Edits = slices.Clone(o.Edits)
	for i, e := range o.Edits {
		if e.In == (topology.Resource{}) {
			o.Edits[i] = p.placeEdit(e)
		}
	}
	return o
}

// OptionText is an option as a message has it: its title, and the edits, which are all that the option is.
func OptionText(o topology.Option) string {
	return titleOf(o) + ": " + editsText(o.Edits)
}

// optionTitles say for each kind of option what it is good for, or when it is right.
var optionTitles = map[topology.OptionKind]string{
	conflict.OtherRange:     "Use another range; the nearest free one comes first",
	conflict.OtherRanges:    "Use other ranges. These are free",
	conflict.NoneFree:       "Use another range; none of this size is free in the supernets",
	conflict.OtherUsed:      "Use another range for this purpose, also on the platform",
	conflict.OtherSupernets: "Allocate from other supernets",
	conflict.Corrected:      "If the declared range is wrong, correct it",
	conflict.Wider:          "If the range is wider than what is in use, narrow it",
	conflict.Undone:         "Undo what was changed since the last apply",
	conflict.Aggregate:      "If the route is an aggregate that occupies no addresses",
	conflict.LeadsTo:        "If the route leads to the network of the other party",
	conflict.Unused:         "If nothing uses the range any more",
	conflict.Gone:           "If it no longer exists or does not have this range",
	conflict.Allowed:        "Use what the rule allows",
	conflict.Fewer:          "Declare fewer blocks",
	conflict.Apart:          "If the networks do not need to reach each other, disconnect them",
	conflict.OutOfMesh:      "If the cluster does not need to be a member of the mesh",
	conflict.OwnSubnet:      "Use a subnet that nothing else uses",
	conflict.MoreSubnets:    "Add a subnet",
	conflict.Smaller:        "Request less",
	conflict.Larger:         "If the route table holds more, or after the cloud has raised its quota",
	conflict.OtherProfile:   "Use another profile that supports this size",
	conflict.OwnRanges:      "Use different ranges for the cluster",
	conflict.Part:           "If the smaller block is a part of the larger one, allocate it from that one",
	conflict.Meant:          "If the smaller range is to be a part of the larger one, allocate it from the larger one",
	conflict.Delegated:      "Delegate the smaller supernet",
	conflict.MovesThere:     "Move the other range",
	conflict.MovesLater:     "Move the other range; of two owners, the one whose name sorts last moves",
	conflict.AnyRange:       "Use another range",
	conflict.Known:          "Declare the other range here, so that allocations avoid it",
	conflict.OneOnly:        "If both are the same cluster",
	conflict.Named:          "If both are the same",
	conflict.Equal:          "If both are the same network, use the same blocks in both",
	conflict.Renamed:        "If they are two networks, rename one of them",
	conflict.OtherVRF:       "If the two networks are never connected, set a separate VRF",
	conflict.Accepted:       "Accept the conflict",
	conflict.AcceptedMore:   "Accept the number, or write a larger one in the key to accept more",
	conflict.Lowered:        "Make it a warning, and accept it by the keys that findings of data.cidrplan_audit have for it",
	conflict.Moved:          "Allocate other ranges",
}

// OptionTitle says what a kind of option is good for, or when it is right. ok is false for what is no kind.
func OptionTitle(kind topology.OptionKind) (title string, ok bool) {
	title, ok = optionTitles[kind]
	return title, ok
}

// titleOf is the title of an option, with what its edits lead to.
func titleOf(o topology.Option) string {
	text := optionTitles[o.Kind]
	if o.Kind == conflict.LeadsTo {
		text = fmt.Sprintf("If the route leads to network %q", o.Subject)
	}
	var notes []string
	if o.Rebuilds {
		notes = append(notes, "this rebuilds what uses the old ranges")
	}
	if slices.ContainsFunc(o.Edits, func(e topology.Edit) bool { return e.In.OtherWorkspace && e.In.LedgerOwner == "" }) {
		notes = append(notes, "after the apply there, update foreign_claims")
	}
	if len(notes) > 0 {
		text += " (" + strings.Join(notes, "; ") + ")"
	}
	return text
}

// editsText writes edits. New entries of one map of a resource are written together, as the configuration has them.
func editsText(edits []topology.Edit) string {
	var parts []string
	for i := 0; i < len(edits); i++ {
		last := i
		for last+1 < len(edits) && inOneMap(edits[i], edits[last+1]) {
			last++
		}
		part := inPlace(edits[i]) + changeText(edits[i])
		if isEntry(edits[i]) {
			part = inPlace(edits[i]) + entriesText(edits[i:last+1])
		}
		parts, i = append(parts, part), last
	}
	return strings.Join(parts, "; ")
}

// isEntry says whether an edit adds an entry with a certain value to a map that is an argument of a resource.
func isEntry(e topology.Edit) bool {
	set, sets := e.Do.(topology.Setting)
	at := withoutDeclare(e.At)
	return sets && len(at) == 2 && at[1].Key != "" && certain(set.Value)
}

// inOneMap says whether two edits add entries to the same map.
func inOneMap(a, b topology.Edit) bool {
	return isEntry(a) && isEntry(b) && a.In == b.In && len(a.At) == len(b.At) && ArgumentOf(a.At) == ArgumentOf(b.At)
}

// entriesText writes new entries of a map.
func entriesText(edits []topology.Edit) string {
	var entries []string
	for _, e := range edits {
		value := e.Do.(topology.Setting).Value
		if first, several := value.(topology.FirstOf); several {
			value = first[0]
		}
		entries = append(entries, fmt.Sprintf("%q = %s", e.At[len(e.At)-1].Key, Literal(value)))
	}
	return fmt.Sprintf("%s = { %s }", ArgumentOf(edits[0].At), strings.Join(entries, ", "))
}

// inPlace names the resource of an edit where it is not the one that reports, and declare where new entries belong there.
func inPlace(e topology.Edit) string {
	p, declared := e.In, isEntry(e) && len(e.At) > len(withoutDeclare(e.At))
	switch {
	case declared && p.Name == "":
		return "in declare, "
	case declared:
		return fmt.Sprintf("in declare of %s, ", origin(p.Origin))
	case p.LedgerOwner != "":
		return fmt.Sprintf("in workspace %q, %s, ", p.LedgerOwner, origin(p.Origin))
	case p.OtherWorkspace && p.Name == "":
		return "in the workspace that has it, "
	case p.OtherWorkspace:
		return fmt.Sprintf("in the workspace of %s, ", origin(p.Origin))
	case p.Name == "":
		return ""
	}
	return fmt.Sprintf("in %s, ", origin(p.Origin))
}
