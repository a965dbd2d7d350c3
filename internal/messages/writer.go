package messages

import (
	"fmt"
	"maps"
	"slices"
	"strings"

	"github.com/cidrplan/terraform-provider-cidrplan/internal/allocate"
	"github.com/cidrplan/terraform-provider-cidrplan/internal/conflict"
	"github.com/cidrplan/terraform-provider-cidrplan/internal/profile"
	"github.com/cidrplan/terraform-provider-cidrplan/internal/topology"
)

// Writer turns the typed errors of the core into messages. It is the only place that does.
type Writer struct {
	Catalog *profile.Catalog
	// OfBlocks says that those who get ranges are blocks and no clusters.
	OfBlocks bool
	// Declared are the arguments that are given in declare.
	Declared map[string]bool
	// Reported says whether another resource reports a finding; nil if none does.
	Reported func(conflict.Finding) bool
	// schema is that of the ledger, "" for the default one.
	schema string
}

// Message is a diagnostic without the types of Terraform.
type Message struct {
	At              topology.Path
	Warn            bool
	Summary, Detail string
	// Rule is the name of the rule that the value breaks, "" where it breaks none that has a name.
	Rule string
}

// String is a message as Terraform shows it, before it folds lines.
func (m Message) String() string {
	kind := "Error"
	if m.Warn {
		kind = "Warning"
	}
	return fmt.Sprintf("%s: %s\n  at %s\n\n%s\n", kind, m.Summary, m.At, m.Detail)
}

// Planned returns the messages on a result of the planner for the planner of a name: its faults, its findings, and what is
// known only after apply.
func (p Writer) Planned(name string, result allocate.Result) []Message {
	messages, mark := p.Faults(p.Mark(name), result.Faults), p.Mark(name)
	result = p.placeResult(result)
	for _, more := range [][]Message{p.Report(result.Findings), p.deferred(result), unchecked(result.Unchecked)} {
		messages = append(messages, DistinctSummaries(mark, more)...)
	}
	return messages
}

// unchecked reports names that cannot be looked up before the apply, all of them at once.
func unchecked(all []topology.Unchecked) []Message {
	if len(all) == 0 {
		return nil
	}
	var maps []string
	for _, in := range all {
		var names []string
		for _, n := range in.Names {
			names = append(names, fmt.Sprintf("%s = %s", n.At, Shown(n.Name)))
		}
		maps = append(maps, fmt.Sprintf("  - %s: %s", in.Map, Listed(names, 10)))
	}
	more := ""
	if rest := len(all) - 10; rest > 0 {
		more = fmt.Sprintf("\n  - and %d more", rest)
	}
	return []Message{{
		At: all[0].Map, Warn: true, Summary: "Names Known Only After Apply: " + all[0].Map.String(),
		Detail: "The names in these maps are known only after apply, so references to them are not checked in this plan:\n" +
			strings.Join(maps[:min(10, len(maps))], "\n") + more +
			"\n\nA name that does not exist fails the apply, after other networks were already created.\n\n" +
			WhyUnknown(unknownMaps(all)) + " A map such as { nodes = alicloud_vswitch.nodes.cidr_block } has keys that are known.",
	}}
}

// deferred reports the facts that are known only after apply.
func (p Writer) deferred(result allocate.Result) []Message {
	if len(result.Unknown) == 0 {
		return nil
	}
	detail := "These facts are known only after apply: " + Listed(
		paths(result.Unknown),
		10,
	) + ".\n\nWhat " + p.Terms().Many + " hold does not change. cidrplan checks these facts during apply, before it stores anything."
	if len(result.Deferred) > 0 {
		detail += " " + Capital(p.Terms().Many) + " without ranges are allocated during apply: " + Listed(result.Deferred, 10) + "."
	}
	if growing := mayGrow(result); len(growing) > 0 {
		detail += " If they need more than they hold, these " + p.Terms().Many + " are allocated further or larger ranges during apply: " +
			Listed(growing, 10) + "."
	}
	detail += "\n\n" + WhyUnknown(result.Unknown)
	return []Message{{At: result.Unknown[0], Warn: true, Summary: "Facts Known Only After Apply", Detail: detail}}
}

// mayGrow are the clusters whose need is not known, so that the apply may give them further ranges.
func mayGrow(result allocate.Result) []string {
	var names []string
	for _, name := range slices.Sorted(maps.Keys(result.Allocations)) {
		if result.Allocations[name].GrowthUnknown() {
			names = append(names, name)
		}
	}
	return names
}

// Listed joins at most limit items and counts the rest.
func Listed(items []string, limit int) string {
	var lines []string
	for _, item := range items[:min(limit, len(items))] {
		lines = append(lines, Line(item))
	}
	list := strings.Join(lines, ", ")
	if len(items) > limit {
		list = fmt.Sprintf("%s and %d more", list, len(items)-limit)
	}
	return list
}

// points lists at most maxNames items, one a line, and counts the rest.
func points(items []string) string {
	var out strings.Builder
	for _, item := range items[:min(maxNames, len(items))] {
		out.WriteString("\n  - " + Line(item))
	}
	if len(items) > maxNames {
		fmt.Fprintf(&out, "\n  - and %d more", len(items)-maxNames)
	}
	return out.String()
}

// FaultMessages returns one message for each fault, in the order of their places.
func (p Writer) FaultMessages(faults []topology.Fault) []Message {
	faults = p.PlaceFaults(withoutFollowers(faults))
	topology.SortFaults(faults)
	var messages []Message
	for _, f := range faults {
		f.Options = p.optionsOf(f)
		f.At = p.Place(f.At)
		summary, detail := p.problem(f)
		messages = append(messages, Message{At: f.At, Warn: f.Warn, Summary: summary, Detail: detail, Rule: ruleOf(f.Problem)})
	}
	return messages
}

// ruleOf is the name of the rule that a problem is about, "" where there is none.
func ruleOf(problem any) string {
	refused, _ := problem.(topology.Refused)
	return refused.Code
}

// withoutFollowers leaves out names that are undeclared only because the one that declares them has another key.
func withoutFollowers(faults []topology.Fault) []topology.Fault {
	misnamed := map[string]bool{}
	for _, f := range faults {
		if differs, ok := f.Problem.(topology.KeyDiffers); ok {
			misnamed[differs.Name] = true
		}
	}
	return slices.DeleteFunc(faults, func(f topology.Fault) bool {
		undeclared, ok := f.Problem.(topology.Undeclared)
		return ok && misnamed[undeclared.Name]
	})
}

// Faults words what is wrong with what has a mark.
func (p Writer) Faults(mark string, faults []topology.Fault) []Message {
	return DistinctSummaries(mark, p.FaultMessages(faults))
}

// Refuses says whether there is an error among messages.
func Refuses(messages []Message) bool {
	return slices.ContainsFunc(messages, func(m Message) bool { return !m.Warn })
}
