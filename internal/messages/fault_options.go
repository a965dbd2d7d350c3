package messages

import (
	"fmt"
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
	if text := p.whenText(o); text != "" {
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

// whenText says when an option is right.
func (p Writer) whenText(o topology.Option) string {
	w := p.Terms()
	switch o.Kind {
	case topology.NewName:
		return "If this is only a new name"
	case topology.SecondOne:
		return fmt.Sprintf("To have a second %s instead", w.One)
	case topology.DeclaredWrong:
		return "If nothing moves and only the declaration was wrong"
	case topology.HoldsRanges:
		return fmt.Sprintf("If the %s exists with these values", w.One)
	case topology.NotBuilt:
		return fmt.Sprintf("If the %s is still to be built", w.One)
	case topology.ReleasedUnused:
		return "If nothing uses these ranges any more"
	case topology.OwnAddresses:
		return "If your organization holds these addresses"
	case topology.Mistake:
		return "If this is a mistake"
	case topology.OwnerElsewhere:
		return "If another workspace uses this name"
	case topology.ClaimsOutdated:
		return "If these claims are out of date"
	case topology.RouteIsSummary:
		return "If the route is an aggregate that a hub announces"
	case topology.RouteInUse:
		return "If all of the destination is in use"
	case topology.MovesWithNetwork:
		return "To allocate other ranges with the move"
	case topology.NamesExchanged:
		return "If both were renamed, use new names"
	case topology.MeetsRequirement:
		return fmt.Sprintf("If the %s has %s", w.One, o.Subject)
	case topology.AcceptedForGood:
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

// edit words one change of the configuration for a sentence, which has the whole place that is renamed to.
func (p Writer) edit(e topology.Edit) string {
	e = p.placeEdit(e)
	do, renames := e.Do.(topology.Renaming)
	if !renames {
		return changeText(e)
	}
	text := fmt.Sprintf("rename %s to %s", e.At, e.At.Sibling(do.To))
	if slices.Contains([]string{"vpcs", "sites", "hubs", "clusters", "blocks"}, e.At[0].Attr) && len(e.At) == 2 {
		text += ", also where others refer to it"
	}
	return text
}
