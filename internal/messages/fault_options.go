package messages

import (
	"fmt"
	"net/netip"
	"slices"
	"strings"

	"github.com/cidrplan/terraform-provider-cidrplan/internal/topology"
)

// Options of problems are typed data of the core. Here they become text, each a sentence that names the attributes to
// change with their values.

// resolve is the paragraph with the options of a problem, "" where there are none.
func (p Writer) resolve(options []topology.Option) string {
	var texts []string
	for _, o := range options {
		texts = append(texts, p.option(o))
	}
	return Resolving(texts)
}

// ToResolve begins the paragraph with the options of a message.
const ToResolve = "To resolve, do one of the following:\n  - "

// Resolving appends the paragraph with options that are texts already.
func Resolving(options []string) string {
	if len(options) == 0 {
		return ""
	}
	return "\n\n" + choices(options)
}

// choices is the paragraph with the texts of options, a line each.
func choices(options []string) string { return ToResolve + strings.Join(options, "\n  - ") }

// option words one option.
func (p Writer) option(o topology.Option) string {
	var out strings.Builder
	if text := p.caseText(o.Case); text != "" {
		out.WriteString(text + ", ")
	}
	out.WriteString(p.edits(o.Edits))
	if o.Rebuilds {
		out.WriteString(", which rebuilds " + p.Terms().rebuilds)
	}
	if len(o.Later) > 0 {
		out.WriteString(", and apply. Then " + p.edits(o.Later))
	}
	return Capital(out.String()) + "."
}

// caseText says when an option is right.
func (p Writer) caseText(c topology.Case) string {
	w := p.Terms()
	switch c {
	case topology.Renamed:
		return "If this is only a new name"
	case topology.Second:
		return fmt.Sprintf("To have a second %s instead", w.One)
	case topology.Elsewhere:
		return "If nothing moves and only the declaration was wrong"
	case topology.Holds:
		return fmt.Sprintf("If the %s exists with these values", w.One)
	case topology.StillToBe:
		return fmt.Sprintf("If the %s is still to be built", w.One)
	case topology.Unused:
		return "If nothing uses these ranges any more"
	case topology.Owned:
		return "If your organization holds these addresses"
	case topology.Mistake:
		return "If this is a mistake"
	case topology.OtherOwner:
		return "If another workspace uses this name"
	case topology.Outdated:
		return "If these claims are out of date"
	case topology.Summary:
		return "If the route is an aggregate that a hub announces"
	case topology.InUse:
		return "If all of the destination is in use"
	case topology.Moves:
		return "To allocate other ranges with the move"
	case topology.Exchanged:
		return "If both were renamed, use new names"
	case topology.ForGood:
		return "If the conflicts are accepted permanently"
	}
	return ""
}

// edits joins the texts of edits.
func (p Writer) edits(edits []topology.Edit) string {
	var texts []string
	for _, e := range edits {
		texts = append(texts, p.edit(e))
	}
	if last := len(texts) - 1; last > 0 {
		return strings.Join(texts[:last], ", ") + " and " + texts[last]
	}
	return strings.Join(texts, "")
}

// edit words one change of the configuration.
func (p Writer) edit(e topology.Edit) string {
	at, from := p.Place(e.At), p.Place(e.From)
	switch e.Do {
	case topology.Removing:
		return fmt.Sprintf("remove %s", at)
	case topology.Adding:
		return fmt.Sprintf("add %s to %s", Literal(e.Value), at)
	case topology.RemovingFrom:
		return fmt.Sprintf("remove %s from %s", Literal(e.Value), at)
	case topology.Copying:
		return fmt.Sprintf("copy %s to %s", from, at)
	case topology.Restoring:
		return fmt.Sprintf("restore %s as it was", at)
	case topology.Renaming:
		if slices.Contains([]string{"vpcs", "sites", "hubs", "clusters", "blocks"}, e.At[0].Attr) && len(e.At) == 2 {
			return fmt.Sprintf("rename %s to %s, also where others refer to it", from, at)
		}
		return fmt.Sprintf("rename %s to %s", from, at)
	}
	switch v := e.Value.(type) {
	case topology.AtMost:
		return fmt.Sprintf("set %s = %d or less", at, v)
	case topology.AtLeast:
		return fmt.Sprintf("set %s = %d or more", at, v)
	case topology.OneOf:
		if len(v) == 1 {
			return fmt.Sprintf("set %s = %q", at, v[0])
		}
		return fmt.Sprintf("set %s to one of %s", at, Listed(quotedAll(v), 20))
	case described:
		return fmt.Sprintf("set %s to %s", at, string(v))
	case topology.UserValue:
		return fmt.Sprintf("set %s to %s", at, userValues[v])
	case topology.RangeOf:
		return fmt.Sprintf("set %s to an %s range of /%d or shorter", at, v.Family, v.Length)
	}
	return fmt.Sprintf("set %s = %s", at, Literal(e.Value))
}

// described is a value in words, where a message gives no certain one.
type described string

// Literal writes a value as a configuration does.
func Literal(value any) string {
	switch v := value.(type) {
	case string:
		return fmt.Sprintf("%q", v)
	case netip.Prefix:
		return fmt.Sprintf("%q", v)
	case []netip.Prefix:
		return Literal(topology.Texts(v))
	case []string:
		return "[" + strings.Join(quotedAll(v), ", ") + "]"
	case topology.RangeOf:
		return fmt.Sprintf("an %s range of /%d or shorter", v.Family, v.Length)
	case described:
		return string(v)
	case topology.UserValue:
		return userValues[v]
	}
	return fmt.Sprint(value)
}
