package provider

import (
	"github.com/hashicorp/terraform-plugin-framework/diag"

	"github.com/cidrplan/terraform-provider-cidrplan/internal/allocate"
	"github.com/cidrplan/terraform-provider-cidrplan/internal/conflict"
	"github.com/cidrplan/terraform-provider-cidrplan/internal/profile"
)

// register tells the session what a resource declares, or an allocator has, and returns what that
// brings: conflicts of which no allocator has both parties. Without a session, as in validate,
// nothing is known.
func (s *session) register(p prose, by conflict.Origin, now, before conflict.Given) diag.Diagnostics {
	if s == nil {
		return nil
	}
	var messages []message
	for _, f := range s.net.Register(by, now, before) {
		if m, told := s.outside(p, f); told {
			messages = append(messages, m)
		}
	}
	return diagnostics(messages)
}

// outside is where findings of the net get their level: declarations must not hide the report of an
// allocator that takes them, so they warn; and whether a pair is an error must not depend on which of
// the two is planned first.
func (s *session) outside(p prose, f conflict.Finding) (m message, told bool) {
	fails := func(t conflict.Telling) bool { return t.Level == profile.Error && (s.strict || t.Allocated) }
	if f.Outside.Before.Level > profile.Allow && fails(f.Outside.Before) == fails(f.Outside.Telling) {
		return message{}, false
	}
	m = p.outside(f)
	m.warn = !fails(f.Outside.Telling)
	return m, true
}

// registerAllocator is register for an allocator. Where nothing could be planned, what it was given
// still counts for others.
func (s *session) registerAllocator(p prose, request allocate.Request, result allocate.Result) diag.Diagnostics {
	now, before := conflict.Given{Facts: request.Facts, Claims: result.Claims}, conflict.Given{}
	if prior := request.Prior; prior != nil {
		before = conflict.Given{Facts: prior.Facts, Claims: result.Before}
		if prior.Imported { // what was there before is not known, and a recovery is not stopped by it
			before = now
		}
	}
	return s.register(p, conflict.Origin{Kind: conflict.Allocator, Name: request.Name}, now, before)
}
