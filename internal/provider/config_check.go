package provider

import (
	"maps"

	"github.com/cidrplan/terraform-provider-cidrplan/internal/allocate"
	"github.com/cidrplan/terraform-provider-cidrplan/internal/conflict"
	"github.com/cidrplan/terraform-provider-cidrplan/internal/messages"
	"github.com/cidrplan/terraform-provider-cidrplan/internal/profile"
	"github.com/cidrplan/terraform-provider-cidrplan/internal/topology"
)

// register adds what a resource declares, or a planner holds, to the configuration-wide check. It returns the new conflicts of
// which no planner receives both parties. Without a session, as in validate, it does nothing.
func (s *session) register(p messages.Writer, by topology.Origin, now, before conflict.Registration) []messages.Message {
	if s == nil {
		return nil
	}
	s.accept(acceptedOf(now.Facts)...)
	now.Place = p.Place
	var found []messages.Message
	for _, g := range conflict.UnwiredGroups(s.configCheck.Register(by, now, before, s.accepting())) {
		found = append(found, s.unwiredGroup(p, g)...)
	}
	return found
}

// maxSingles is the number of findings of one cause up to which each is a message of its own.
const maxSingles = 3

// unwiredGroup returns the messages of findings of one cause: one for each of a few, and one for many.
func (s *session) unwiredGroup(p messages.Writer, g conflict.Group) []messages.Message {
	if len(g.Findings) > maxSingles {
		if m, reported := s.leveled(p.UnwiredGroup(g), g.Findings[0]); reported {
			return []messages.Message{m}
		}
		return nil
	}
	var found []messages.Message
	for _, f := range g.Findings {
		if m, reported := s.unwired(p, f); reported {
			found = append(found, m)
		}
	}
	return found
}

func (s *session) unwired(p messages.Writer, f conflict.Finding) (m messages.Message, reported bool) {
	return s.leveled(p.Unwired(f), f)
}

// leveled sets the level of a finding of the configuration-wide check: an error of a declaration would hide the report of the
// allocator that receives it, so declarations warn; and whether a pair is an error must not depend on which of
// the two is planned first.
func (s *session) leveled(m messages.Message, f conflict.Finding) (leveled messages.Message, reported bool) {
	fails := func(t conflict.Severity) bool {
		return t.Level == profile.Error && (s.strict || t.Allocated && !f.BetweenNetworks())
	}
	if f.Unwired.Before.Level > profile.Allow && fails(f.Unwired.Before) == fails(f.Unwired.Severity) {
		return messages.Message{}, false
	}
	m.Warn = s.adopting || !fails(f.Unwired.Severity)
	return m, true
}

// accept notes conflicts that are accepted. Without a session it does nothing.
func (s *session) accept(lists ...map[string]topology.Acceptance) {
	if s == nil {
		return
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	for _, accepted := range lists {
		maps.Copy(s.accepted, accepted)
	}
}

// acceptedOf are the conflicts that facts accept.
func acceptedOf(f topology.Facts) []map[string]topology.Acceptance {
	var lists []map[string]topology.Acceptance
	for _, hub := range f.Hubs {
		lists = append(lists, hub.Accepted)
	}
	for _, site := range f.Sites {
		lists = append(lists, site.Accepted)
	}
	for _, vpc := range f.VPCs {
		lists = append(lists, vpc.Accepted)
	}
	return lists
}

// accepting are the conflicts that are accepted by any resource that was planned so far.
func (s *session) accepting() conflict.Settings {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.lenient(conflict.Settings{Accepted: maps.Clone(s.accepted)})
}

// registerPlanner is register for a planner. Its facts count for other resources even where nothing could be planned.
func (s *session) registerPlanner(p messages.Writer, request allocate.Request, result allocate.Result) []messages.Message {
	s.accept(request.Settings.Accepted)
	s.plans(request.Holder())
	by, now, before := givenBy(request, result)
	return s.register(p, by, now, before)
}

// givenBy is what a planner receives and holds now, and what it received and held in the prior state.
func givenBy(request allocate.Request, result allocate.Result) (by topology.Origin, now, before conflict.Registration) {
	by = topology.Origin{Kind: conflict.Allocator, Name: request.Name}
	if request.OfBlocks {
		by.Kind = conflict.Blocks
	}
	now = conflict.Registration{
		Facts: request.Facts, Claims: result.Claims, Adopted: adoptedBy(request),
		Supernets: request.AllSupernets(), SupernetsUnknown: request.SupernetsUnknown(),
	}
	if prior := request.Prior; prior != nil {
		before = conflict.Registration{Facts: prior.Facts, Claims: result.Before, Supernets: prior.Supernets}
		if prior.Imported { // what was there before is not known, and a recovery is not stopped by it
			before = now
		}
	}
	return by, now, before
}

// adoptedBy are the clusters of which existing gives the ranges.
func adoptedBy(request allocate.Request) map[string]bool {
	adopted := map[string]bool{}
	for _, name := range request.Facts.Owners() {
		if e := request.ExistingOf(name); e.CIDR.IsValid() || len(e.PodCIDRs) > 0 || e.ServiceCIDR.IsValid() || e.PodIPv6CIDR.IsValid() ||
			e.ServiceIPv6CIDR.IsValid() || len(e.Further.All()) > 0 {
			adopted[name] = true
		}
	}
	return adopted
}
