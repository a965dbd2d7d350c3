package messages

import (
	"fmt"

	"github.com/cidrplan/terraform-provider-cidrplan/internal/topology"
)

// Messages on plans that would lose the allocations of a state, or that are made without one.

// maxNames is the number of clusters, blocks or keys that such a message lists.
const maxNames = 20

var nameArgument = topology.Path{}.Attr("name")

// Replaced refuses -replace of a resource that holds ranges.
func (p Writer) Replaced() Message {
	w := p.Terms()
	return Message{
		At: nameArgument, Summary: w.replaced,
		Detail: fmt.Sprintf(
			"This %s holds ranges of %s, and a replacement would lose them.\n\n"+
				"Effect: every %s could be allocated another range%s. All arguments can be changed in place.",
			w.Planner, w.Many, w.One, w.Rebuilt,
		) + resolving("Plan without -replace.", fmt.Sprintf("Remove replace_triggered_by from the lifecycle of this %s.", w.Planner)),
	}
}

// NamesUnknown refuses a plan in which it is unknown which clusters or blocks there are. held are those that hold ranges.
func (p Writer) NamesUnknown(held []string) Message {
	w := p.Terms()
	at := p.Place(topology.Path{}.Attr(w.Many))
	return Message{
		At: at, Summary: w.namesUnknown,
		Detail: "The names of the " + w.Many + " are known only after apply, so the plan cannot show the ranges of these " + w.Many + ": " +
			Listed(held, maxNames) + ".\n\nEffect: every resource that uses these ranges would be rebuilt.\n\n" +
			WhyUnknown([]topology.Path{at}),
	}
}

// CreatedAgain refuses a plan that creates a resource of a name that the state has, without destroying it.
func (p Writer) CreatedAgain(name string) Message {
	w := p.Terms()
	return Message{
		At: nameArgument, Summary: w.replaced,
		Detail: fmt.Sprintf(
			"The state contains %s %s named %q that holds ranges, and this plan creates it again: it is marked as tainted, it was "+
				"renamed or moved into a module, or a removed block forgets it.\n\n"+
				"Effect: the new one does not know the ranges of the old one, and every %s could be allocated another range%s.",
			w.Article, w.Planner, name, w.One, w.Rebuilt,
		) + resolving(
			"If it is tainted, remove the mark, also before you destroy it: terraform untaint ADDRESS",
			"If it was renamed or moved, add a moved block: "+movedBlock,
			"If a removed block forgets it, apply that first, without the new one.",
			w.another(name),
		),
	}
}

// MissingMoved refuses a plan that destroys a resource of a name and creates another one of the same name.
func (p Writer) MissingMoved(name string) Message {
	w := p.Terms()
	return Message{
		At: nameArgument, Summary: "Missing moved Block",
		Detail: fmt.Sprintf(
			"This plan destroys %s %s named %q and creates another one of the same name: it was renamed or moved into a module.\n\n"+
				"Effect: the new one does not know the ranges of the old one, and every %s could be allocated other ranges.",
			w.Article, w.Planner, name, w.One,
		) + resolving("Add a moved block: "+movedBlock, w.another(name)),
	}
}

// movedBlock shows how to write a moved block.
const movedBlock = "moved { from = OLD_ADDRESS, to = NEW_ADDRESS }, each on a line of its own."

// another is the option for a second resource that has the name of the first one.
func (w Terms) another(name string) string {
	return fmt.Sprintf("If the new one is another %s, set its name = %q.", w.Planner, name+"-2")
}

// DestructionPrevented refuses to destroy a resource with held or released ranges, one of which prevent_release protects.
func (p Writer) DestructionPrevented(ranges []string, protected string) Message {
	w := p.Terms()
	return Message{
		At: topology.Path{}.Attr("prevent_release"), Summary: "Ranges Must Not Be Released",
		Detail: w.destroys(ranges) + "; prevent_release protects them." + resolving(
			w.movedInstead(),
			fmt.Sprintf(
				"To destroy it, declare it again, remove %s from prevent_release, and apply. Then remove "+
					"the %s.", Literal(protected), w.Planner,
			),
		),
	}
}

// Destroyed warns of the held and released ranges that the state loses with a resource of a name. held is for how many hours a ledger
// holds them, 0 without a ledger.
func (p Writer) Destroyed(name string, ranges []string, held int) Message {
	w := p.Terms()
	after := Capital(w.Article) + " " + w.Planner + " that is created later does not know these ranges and can allocate them again."
	if held > 0 {
		after = fmt.Sprintf("The ledger holds these ranges for %d hours. %s %s of the same owner and name that is created until then "+
			"receives them again; afterwards, others can.", held, Capital(w.Article), w.Planner)
	}
	return Message{
		Warn: true, Summary: Marked(w.destroyed, p.Mark(name)),
		Detail: w.destroys(ranges) + ". " + after + resolving(w.movedInstead()),
	}
}

// destroys begins a sentence on the ranges of a resource that is destroyed.
func (w Terms) destroys(ranges []string) string {
	return fmt.Sprintf(
		"This plan destroys %s %s that holds the ranges of these %s: %s", w.Article, w.Planner, w.Many, Listed(ranges, maxNames),
	)
}

// movedInstead is the option for a resource that has another address now.
func (w Terms) movedInstead() string {
	return fmt.Sprintf("If the %s was renamed or moved into a module, add a moved block.", w.Planner)
}

// NoPriorAllocations warns that a resource of a name does not know which clusters or blocks exist, such as the one named example.
// The place is the name, because Terraform prints all lines of an argument that a warning is on.
func (p Writer) NoPriorAllocations(name, example string) Message {
	w := p.Terms()
	return Message{
		At: nameArgument, Warn: true, Summary: Marked(w.noPriorAllocations, p.Mark(name)),
		Detail: fmt.Sprintf(
			"This %s has no prior allocations in the state, so every %s without pinned ranges and without an entry in existing is "+
				"allocated new ranges. This is correct for %s that do not exist yet. If this %s existed before (its state was lost, or "+
				"it was removed from the state with a removed block or terraform state rm), these %s would be allocated %s.",
			w.Planner, w.One, w.Many, w.Planner, w.Many, w.Anew,
		) + resolving(
			`If it existed before and you have its lock, import the lock: terraform import ADDRESS "$(cat cidrplan.lock.json)"`,
			`If it existed before, set existing to its lock: existing = jsondecode(file("cidrplan.lock.json"))`,
			fmt.Sprintf("For other %s that exist, set their ranges in existing, such as existing = { %q = "+
				"%s }.", w.Many, example, w.existing),
		),
	}
}

// resolving is the paragraph with options that are texts.
func resolving(options ...string) string { return Resolving(options) }
