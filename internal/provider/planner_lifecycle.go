package provider

import (
	"bytes"
	"maps"
	"slices"

	"github.com/hashicorp/terraform-plugin-go/tftypes"

	"github.com/cidrplan/terraform-provider-cidrplan/internal/allocate"
	"github.com/cidrplan/terraform-provider-cidrplan/internal/cidr"
	"github.com/cidrplan/terraform-provider-cidrplan/internal/messages"
	"github.com/cidrplan/terraform-provider-cidrplan/internal/profile"
	"github.com/cidrplan/terraform-provider-cidrplan/internal/server"
	"github.com/cidrplan/terraform-provider-cidrplan/internal/values"
)

// refuseReplacement refuses -replace: the new object would not have the allocations of the old one.
func (a *plannerResource) refuseReplacement(c server.Change) []messages.Message {
	if !c.Creates() || !bytes.Equal(c.Private[heldKey], heldMark) {
		return nil
	}
	return []messages.Message{a.writer.Replaced()}
}

// refuseUnknownKeys refuses a plan in which it is unknown which clusters there are: their ranges would be unknown as well, and
// everything that uses them would be rebuilt.
func (a *plannerResource) refuseUnknownKeys(p messages.Writer, request allocate.Request) []messages.Message {
	if request.Prior == nil || !holds(request.Prior.Allocations) || !request.Facts.OwnersUnknown() {
		return nil
	}
	return []messages.Message{p.NamesUnknown(slices.Sorted(maps.Keys(request.Prior.Allocations)))}
}

// refuseAnew refuses a plan that creates a resource that the state has already: at another address, or marked as tainted.
// Terraform plans a tainted object without its prior state and private state, so that only Read shows that it exists.
func (a *plannerResource) refuseAnew(c server.Change, name string) []messages.Message {
	session := a.run.Load()
	switch {
	case !c.Creates() || plannedBefore(c):
		return nil
	case session.comes(a.named(name)):
		return []messages.Message{a.writer.MissingMoved(name)}
	case session.isHeld(a.named(name)):
		return []messages.Message{a.writer.CreatedAgain(name)}
	}
	return nil
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
	if a.run.Load().leaves(a.named(prior.Name)) {
		return []messages.Message{a.writer.MissingMoved(prior.Name)}
	}
	names := slices.Sorted(maps.Keys(prior.Allocations))
	for _, key := range slices.Sorted(maps.Keys(prior.Released)) {
		names = append(names, key+" (released)")
	}
	protected, _ := values.Elements(state["prevent_release"])
	for _, element := range protected {
		if name := values.TextOf(element); name == "*" || slices.Contains(names, name) {
			return []messages.Message{a.writer.DestructionPrevented(names, name)}
		}
	}
	held := 0
	if _, has := serialNumber(state); has {
		held = int(grace.Hours())
	}
	return []messages.Message{a.writer.Destroyed(prior.Name, names, held)}
}

// warnOfNoPriorAllocations warns that a resource without prior allocations does not know which clusters exist: Terraform makes
// no call for an object that is removed from its state, so a lost resource looks like a new one.
func (a *plannerResource) warnOfNoPriorAllocations(p messages.Writer, request allocate.Request) []messages.Message {
	if request.Prior != nil && holds(request.Prior.Allocations) {
		return nil
	}
	for _, name := range request.Facts.Owners() {
		if !a.isPinned(request, name) {
			return []messages.Message{p.NoPriorAllocations(request.Name, name)}
		}
	}
	return nil
}

// isPinned says whether the configuration gives all ranges of a cluster or block, or they follow from its platform.
func (a *plannerResource) isPinned(request allocate.Request, name string) bool {
	e := request.ExistingOf(name)
	if b, is := request.Facts.Blocks[name]; is {
		return b.CIDR.IsValid() || e.CIDR.IsValid()
	}
	c := request.Facts.Clusters[name]
	of, known := a.writer.Catalog.Profile(c.Profile)
	pods := len(c.PodCIDRs) > 0 || len(e.PodCIDRs) > 0 || known && of.Pods.From == profile.Subnets
	services := c.ServiceCIDR.IsValid() || e.ServiceCIDR.IsValid() || pods && known && servicesFollow(of, c.Need)
	return pods && services
}

// servicesFollow says whether the Service range of a cluster with Pod ranges follows from its profile.
func servicesFollow(of *profile.Profile, need profile.Need) bool {
	return of.Pods.From == profile.Shared ||
		len(of.Services.Default.Of(cidr.V4)) > 0 && need.MaxServices == 0 && need.ServiceLength == 0
}
