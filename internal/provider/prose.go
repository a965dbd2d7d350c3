package provider

import (
	"fmt"
	"slices"
	"strings"

	"github.com/cidrplan/terraform-provider-cidrplan/internal/allocate"
	"github.com/cidrplan/terraform-provider-cidrplan/internal/profile"
	"github.com/cidrplan/terraform-provider-cidrplan/internal/topology"
)

// prose turns the typed errors of the core into messages. It is the only place that does.
type prose struct {
	catalog *profile.Catalog
	// blocks says that those who get ranges are blocks and no clusters.
	blocks bool
	// declared are the arguments that are given in declare.
	declared map[string]bool
}

// message is a diagnostic before it has a door to leave by.
type message struct {
	at              topology.Path
	warn            bool
	summary, detail string
	// rule is the name of the rule that the value breaks, "" where it breaks none that has a name.
	rule string
}

// String is a message as Terraform shows it, before it folds lines.
func (m message) String() string {
	kind := "Error"
	if m.warn {
		kind = "Warning"
	}
	return fmt.Sprintf("%s: %s\n  at %s\n\n%s\n", kind, m.summary, m.at, m.detail)
}

// answer asks the planner and words what it finds. Faults of reading stop the planning, since
// what could not be read would be missing from it.
func (p prose) answer(request allocate.Request, unread []topology.Fault) ([]message, allocate.Result) {
	mark := p.mark(request.Name)
	if len(unread) > 0 {
		return apart(mark, p.faultMessages(append(unread, allocate.Check(request, p.catalog)...))), allocate.Result{}
	}
	result := p.located(allocate.Plan(request, p.catalog))
	messages := apart(mark, p.faultMessages(allocate.WithRoomOptions(request, result, p.catalog)))
	messages = append(messages, apart(mark, p.report(result.Findings))...)
	messages = append(messages, apart(mark, p.deferred(result))...)
	return p.placed(append(messages, apart(mark, unchecked(result.Unchecked))...)), result
}

// unchecked reports names that cannot be looked up before the apply, all of them at once.
func unchecked(all []topology.Unchecked) []message {
	if len(all) == 0 {
		return nil
	}
	var maps []string
	for _, in := range all {
		var names []string
		for _, n := range in.Names {
			names = append(names, fmt.Sprintf("%s = %s", n.At, shown(n.Name)))
		}
		maps = append(maps, fmt.Sprintf("  - %s: %s", in.Map, listed(names, 10)))
	}
	more := ""
	if rest := len(all) - 10; rest > 0 {
		more = fmt.Sprintf("\n  - and %d more", rest)
	}
	return []message{{
		at: all[0].Map, warn: true, summary: "Names Not Known Until Apply: " + all[0].Map.String(),
		detail: "It is known only after apply which names these have, so names that refer to them are not checked in this plan:\n" +
			strings.Join(maps[:min(10, len(maps))], "\n") + more +
			"\n\nA name that is not among them fails the apply, after the networks before it exist.\n\n" +
			whyUnknown(unknownMaps(all)) + " A map such as { nodes = alicloud_vswitch.nodes.cidr_block } has keys that are known.",
	}}
}

// deferred tells what could not be looked at yet.
func (p prose) deferred(result allocate.Result) []message {
	if len(result.Unknown) == 0 {
		return nil
	}
	detail := "These facts are known only after apply: " + listed(
		paths(result.Unknown),
		10,
	) + ".\n\nWhat " + p.words().many + " hold stays as it is. The check against these facts is made during apply, before anything is stored."
	if len(result.Deferred) > 0 {
		detail += " " + capital(p.words().many) + " without ranges get theirs then: " + listed(result.Deferred, 10) + "."
	}
	detail += "\n\n" + whyUnknown(result.Unknown)
	return []message{{at: result.Unknown[0], warn: true, summary: "Facts Not Known Until Apply", detail: detail}}
}

// listed joins at most limit items and counts the rest.
func listed(items []string, limit int) string {
	var lines []string
	for _, item := range items[:min(limit, len(items))] {
		lines = append(lines, line(item))
	}
	list := strings.Join(lines, ", ")
	if len(items) > limit {
		list = fmt.Sprintf("%s and %d more", list, len(items)-limit)
	}
	return list
}

func (p prose) faultMessages(faults []topology.Fault) []message {
	faults = p.locatedFaults(withoutFollowers(faults))
	topology.SortFaults(faults)
	var messages []message
	for _, f := range faults {
		f.Options = p.optionsOf(f)
		f.At = p.place(f.At)
		summary, detail := p.problem(f)
		messages = append(messages, message{at: f.At, warn: f.Warn, summary: summary, detail: detail, rule: ruleOf(f.Problem)})
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

// faults words what is wrong with what has a mark.
func (p prose) faults(mark string, faults []topology.Fault) []message {
	return apart(mark, p.faultMessages(faults))
}

// refuses says whether there is an error among messages.
func refuses(messages []message) bool {
	return slices.ContainsFunc(messages, func(m message) bool { return !m.warn })
}
