package provider

import (
	"bytes"
	"fmt"
	"maps"
	"slices"

	"github.com/hashicorp/terraform-plugin-go/tftypes"

	"github.com/cidrplan/terraform-provider-cidrplan/internal/allocate"
	"github.com/cidrplan/terraform-provider-cidrplan/internal/messages"
	"github.com/cidrplan/terraform-provider-cidrplan/internal/profile"
	"github.com/cidrplan/terraform-provider-cidrplan/internal/server"
	"github.com/cidrplan/terraform-provider-cidrplan/internal/topology"
	"github.com/cidrplan/terraform-provider-cidrplan/internal/values"
)

// refuseReplacement refuses -replace: the new object would not have the allocations of the old one.
func (a *plannerResource) refuseReplacement(c server.Change) []messages.Message {
	w := a.writer.Terms()
	if !c.Creates() || !bytes.Equal(c.Private[heldKey], heldMark) {
		return nil
	}
	return []messages.Message{{
		At: topology.Path{}.Attr("name"), Summary: w.Replaced,
		Detail: fmt.Sprintf(
			"This %s holds ranges of %s, and a replacement would lose them.\n\nEffect: every %s could be allocated another range%s. All arguments can be changed in place.",
			w.Planner, w.Many, w.One, w.Rebuilt,
		) +
			messages.Resolving(
				[]string{"Plan without -replace.", fmt.Sprintf("Remove replace_triggered_by from the lifecycle of this %s.", w.Planner)},
			),
	}}
}

// refuseUnknownKeys refuses a plan in which it is unknown which clusters there are: their ranges would be unknown as well, and
// everything that uses them would be rebuilt.
func (a *plannerResource) refuseUnknownKeys(p messages.Writer, request allocate.Request) []messages.Message {
	if request.Prior == nil || !holds(request.Prior.Allocations) || !request.Facts.Unknown.Has("clusters") {
		return nil
	}
	w := p.Terms()
	argument := topology.Path{}.Attr(w.Many)
	return []messages.Message{{
		At: p.Place(argument), Summary: w.Late,
		Detail: "Which " + w.Many + " there are is known only after apply, so the plan cannot show what these hold: " +
			messages.Listed(
				slices.Sorted(maps.Keys(request.Prior.Allocations)),
				20,
			) + ".\n\nEffect: every resource that uses these ranges would be rebuilt.\n\n" +
			messages.WhyUnknown([]topology.Path{p.Place(argument)}),
	}}
}

// refuseAnew refuses a plan that creates a resource that the state has already: at another address, or marked as tainted.
// Terraform plans a tainted object without its prior state and private state, so that only Read shows that it exists.
func (a *plannerResource) refuseAnew(c server.Change, name string) []messages.Message {
	session := a.run.Load()
	switch {
	case !c.Creates() || plannedBefore(c):
		return nil
	case session.comes(a.named(name)):
		return a.missingMoved(name)
	case session.isHeld(a.named(name)):
		return a.tainted(name)
	}
	return nil
}

// tainted is the message for a plan that creates what the state has.
func (a *plannerResource) tainted(name string) []messages.Message {
	w := a.writer.Terms()
	return []messages.Message{{
		At: topology.Path{}.Attr("name"), Summary: w.Replaced,
		Detail: fmt.Sprintf(
			"The state contains %s %s named %q that holds ranges, and this plan creates it again: it is marked as tainted, or it was renamed or moved into a module.\n\nEffect: the new one does not know the ranges of the old one, and every %s could be allocated another range%s.",
			w.Article, w.Planner, name, w.One, w.Rebuilt,
		) +
			messages.Resolving(
				[]string{
					"If it is tainted, remove the mark: terraform untaint ADDRESS",
					"If it was renamed or moved, add a moved block: moved { from = OLD_ADDRESS, to = NEW_ADDRESS }, each on a line of its own.",
					fmt.Sprintf("If the new one is another %s, set its name = %q.", w.Planner, name+"-2"),
				},
			),
	}}
}

// missingMoved is the message for a plan that would leave the allocations at an old address.
func (a *plannerResource) missingMoved(name string) []messages.Message {
	w := a.writer.Terms()
	return []messages.Message{{
		At: topology.Path{}.Attr("name"), Summary: "Missing moved Block",
		Detail: fmt.Sprintf(
			"This plan destroys %s %s named %q and creates another one of the same name: it was renamed or moved into a module.\n\nEffect: the new one does not know the ranges of the old one, and every %s could be allocated other ranges.",
			w.Article, w.Planner, name, w.One,
		) +
			messages.Resolving(
				[]string{
					"Add a moved block: moved { from = OLD_ADDRESS, to = NEW_ADDRESS }, each on a line of its own.",
					fmt.Sprintf("If the new one is another %s, set its name = %q.", w.Planner, name+"-2"),
				},
			),
	}}
}

// holdsOrReleased says whether a state has allocations or released ranges.
func holdsOrReleased(prior *allocate.Prior) bool {
	return prior != nil && (holds(prior.Allocations) || len(prior.Released) > 0)
}

// warnOfDestruction reports which ranges a plan that destroys a planner removes from the state. prevent_destroy does not: it is
// removed together with the block.
func (a *plannerResource) warnOfDestruction(state map[string]tftypes.Value, prior *allocate.Prior) []messages.Message {
	if !holdsOrReleased(prior) {
		return nil
	}
	names, w := slices.Sorted(maps.Keys(prior.Allocations)), a.writer.Terms()
	for _, key := range slices.Sorted(maps.Keys(prior.Released)) {
		names = append(names, key+" (released)")
	}
	if a.run.Load().leaves(a.named(prior.Name)) {
		return a.missingMoved(prior.Name)
	}
	guards, _ := values.Elements(state["prevent_release"])
	for _, guard := range guards {
		if name := values.TextOf(guard); name == "*" || slices.Contains(names, name) {
			return []messages.Message{{
				At: topology.Path{}.Attr("prevent_release"), Summary: "Ranges Must Not Be Released",
				Detail: "This plan destroys " + w.Article + " " + w.Planner + " that holds the ranges of these " + w.Many + ": " + messages.Listed(
					names,
					20,
				) + "; prevent_release protects them." +
					messages.Resolving(
						[]string{
							"If the " + w.Planner + " was renamed or moved into a module, add a moved block.",
							"To destroy it, declare it again, remove " + messages.Literal(
								name,
							) + " from prevent_release, and apply. Then remove the " + w.Planner + ".",
						},
					),
			}}
		}
	}
	return []messages.Message{{
		Warn: true, Summary: messages.Marked(w.Forgets, a.writer.Mark(prior.Name)),
		Detail: "This plan destroys " + w.Article + " " + w.Planner + " that holds the ranges of these " + w.Many + ": " + messages.Listed(
			names,
			20,
		) + ". " +
			messages.Capital(
				w.Article,
			) + " " + w.Planner + " that is created later does not know these ranges and can allocate them again." +
			messages.Resolving(
				[]string{"If the " + w.Planner + " was renamed or moved into a module, add a moved block."},
			),
	}}
}

// warnOfNoPriorAllocations warns that a resource without prior allocations does not know which clusters exist: Terraform makes
// no call for an object that is removed from its state, so a lost resource looks like a new one. The place is the name: Terraform prints all lines
// of an argument that a warning is on, and clusters may have thousands.
func (a *plannerResource) warnOfNoPriorAllocations(p messages.Writer, request allocate.Request) []messages.Message {
	if request.Prior != nil && holds(request.Prior.Allocations) {
		return nil
	}
	w := p.Terms()
	for _, name := range slices.Sorted(maps.Keys(request.Facts.Clusters)) {
		cl := request.Facts.Clusters[name]
		e := request.ExistingOf(name)
		prof, known := a.writer.Catalog.Profile(cl.Profile)
		pods := len(cl.PodCIDRs) > 0 || len(e.PodCIDRs) > 0 || known && prof.Pods.From == profile.Subnets
		services := cl.ServiceCIDR.IsValid() || e.ServiceCIDR.IsValid() ||
			pods && known &&
				(prof.Pods.From == profile.Shared || prof.Services.Default.CIDR.IsValid() && cl.Need.MaxServices == 0 && cl.Need.ServiceLength == 0)
		if cl.Block != nil {
			pods, services = cl.Block.CIDR.IsValid() || len(e.PodCIDRs) > 0, true
		}
		if !pods || !services {
			return []messages.Message{{
				At: topology.Path{}.Attr("name"), Warn: true, Summary: messages.Marked(w.Starts, p.Mark(request.Name)),
				Detail: "This " + w.Planner + " has no prior allocations in the state, so every " + w.One + " without pinned ranges and without an entry in existing is allocated new ranges. " +
					"This is correct for " + w.Many + " that do not exist yet. If this " + w.Planner + " existed before (its state was lost, or it was removed from the state with a removed block or terraform state rm), " +
					"these " + w.Many + " would be allocated " + w.Anew + "." +
					messages.Resolving(
						[]string{
							"If it existed before and you have its lock, import the lock: terraform import ADDRESS \"$(cat cidrplan.lock.json)\"",
							"If it existed before, set existing to its lock: existing = jsondecode(file(\"cidrplan.lock.json\"))",
							"For other " + w.Many + " that exist, set their ranges in existing, such as " + a.existingOf(name) + ".",
						},
					),
			}}
		}
	}
	return nil
}

// existingOf shows how to write the ranges of a cluster or block in existing.
func (a *plannerResource) existingOf(name string) string {
	if a.writer.Blocks {
		return fmt.Sprintf("existing = { %q = { cidr = \"10.0.0.0/24\" } }", name)
	}
	return fmt.Sprintf("existing = { %q = { pod_cidrs = [\"10.64.0.0/19\"], service_cidr = \"172.20.0.0/20\" } }", name)
}
