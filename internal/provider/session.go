package provider

import (
	"sync"

	"github.com/cidrplan/terraform-provider-cidrplan/internal/conflict"
	"github.com/cidrplan/terraform-provider-cidrplan/internal/profile"
)

// session is what the resources of one run share; Configure makes it. No value depends on it.
type session struct {
	mu sync.Mutex
	// leaving and coming are the names of the allocators that a plan destroys and creates.
	leaving, coming map[string]bool
	// net has the facts of all that is planned; strict makes errors of what only it sees.
	net    *conflict.Net
	strict bool
}

func newSession(catalog *profile.Catalog) *session {
	return &session{leaving: map[string]bool{}, coming: map[string]bool{}, net: conflict.NewNet(catalog)}
}

// leaves notes that an allocator is destroyed and says whether one of its name is created.
func (s *session) leaves(name string) bool { return s.note(name, true) }

// comes notes that an allocator is created and says whether one of its name is destroyed.
func (s *session) comes(name string) bool { return s.note(name, false) }

// note is for leaves and comes. Without a session, as in validate, nothing is known.
func (s *session) note(name string, leaves bool) bool {
	if s == nil || name == "" {
		return false
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	own, other := s.coming, s.leaving
	if leaves {
		own, other = s.leaving, s.coming
	}
	own[name] = true
	return other[name]
}
