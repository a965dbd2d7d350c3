package provider

import (
	"sync"

	"github.com/hashicorp/terraform-plugin-go/tftypes"

	"github.com/cidrplan/terraform-provider-cidrplan/internal/conflict"
	"github.com/cidrplan/terraform-provider-cidrplan/internal/profile"
	"github.com/cidrplan/terraform-provider-cidrplan/internal/topology"
)

// session is what the resources of one run share; Configure makes it. No value depends on it.
type session struct {
	mu sync.Mutex
	// leaving and coming are the planners that a plan destroys and creates. held are those of the state that hold ranges, shared those
	// that have a ledger_serial.
	leaving, coming, held, shared map[resourceName]bool
	// tokens are those by which the ledger knows the states of planners.
	tokens map[resourceName]string
	// named are the configurations of the resources that were planned, each the first of its type and name.
	named map[resourceName]tftypes.Value
	// planners are those that were planned, by the name that their claims give.
	planners map[string]bool
	// configCheck has the facts of all that is planned. strict makes an error of each conflict that only it finds.
	configCheck *conflict.ConfigCheck
	strict      bool
	// reported are the keys of warnings that declarations report of single VPCs.
	reported map[string]bool
	// accepted are the conflicts that any resource planned so far accepts, today the day that their ends
	// are compared with, "" for none or for one that todayUnknown says is known after apply. adopting makes
	// every conflict a warning.
	accepted     map[string]topology.Acceptance
	today        string
	todayUnknown bool
	adopting     bool
	// ledger is the one that this workspace shares with others, nil without one.
	ledger *sharedLedger
}

// sharedLedger is the ledger of the run. Without a session there is none.
func (s *session) sharedLedger() *sharedLedger {
	if s == nil {
		return nil
	}
	return s.ledger
}

func newSession(catalog *profile.Catalog) *session {
	return &session{
		leaving: map[resourceName]bool{}, coming: map[resourceName]bool{}, held: map[resourceName]bool{},
		shared: map[resourceName]bool{},
		tokens: map[resourceName]string{},
		named:  map[resourceName]tftypes.Value{}, planners: map[string]bool{},
		reported: map[string]bool{}, configCheck: conflict.NewConfigCheck(catalog), accepted: map[string]topology.Acceptance{},
	}
}

// leaves notes that a planner is destroyed and says whether one of its type and name is
// created.
func (s *session) leaves(r resourceName) bool { return s.note(r, true) }

// comes notes that one is created and says whether one of its type and name is destroyed.
func (s *session) comes(r resourceName) bool { return s.note(r, false) }

// note is for leaves and comes. Without a session, as in validate, nothing is known.
func (s *session) note(r resourceName, leaves bool) bool {
	if s == nil || r.name == "" {
		return false
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	own, other := s.coming, s.leaving
	if leaves {
		own, other = s.leaving, s.coming
	}
	own[r] = true
	return other[r]
}

// sees notes a planner of the state: whether it holds ranges, and whether it has a ledger_serial.
func (s *session) sees(r resourceName, holds, shared bool) {
	if s == nil {
		return
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	s.held[r], s.shared[r] = s.held[r] || holds, s.shared[r] || shared
}

// isShared says whether the state has a planner of a type and name with a ledger_serial.
func (s *session) isShared(r resourceName) bool {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.shared[r]
}

// knows notes the token by which the ledger knows the state of a planner.
func (s *session) knows(r resourceName, token string) {
	if s == nil {
		return
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	s.tokens[r] = token
}

// tokenOf is the token by which the ledger knows the state of a planner, "" without one and without a refresh.
func (s *session) tokenOf(r resourceName) string {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.tokens[r]
}

// isHeld says whether the state has a resource of a type and name that holds ranges. Without a session, nothing is known.
func (s *session) isHeld(r resourceName) bool {
	if s == nil {
		return false
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.held[r]
}

// lenient is a leniency with what the provider's own arguments add.
func (s *session) lenient(l conflict.Settings) conflict.Settings {
	if s != nil {
		l.Today, l.TodayUnknown, l.WarnOnly = s.today, s.todayUnknown, s.adopting
	}
	return l
}

// plans notes a planner by the name that its claims give.
func (s *session) plans(holder string) {
	if s == nil {
		return
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	s.planners[holder] = true
}

// mark marks the claims that a planner of this configuration holds, as those of its own owner in a ledger are. Claims are given by
// reference, so that their planner was planned before; in an apply it may not be, and then counts as one of another workspace. Only
// messages differ by it.
func (s *session) mark(foreign map[string]topology.Foreign) {
	if s == nil {
		return
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	for key, c := range foreign {
		c.Here = s.planners[c.Allocator] || c.Here
		foreign[key] = c
	}
}
