package provider

import (
	"slices"

	"github.com/hashicorp/terraform-plugin-go/tftypes"

	"github.com/cidrplan/terraform-provider-cidrplan/internal/messages"
	"github.com/cidrplan/terraform-provider-cidrplan/internal/server"
	"github.com/cidrplan/terraform-provider-cidrplan/internal/topology"
)

// resourceName is how a configuration names a resource: its type and its name. A provider never learns the address.
type resourceName struct{ typeName, name string }

// plannedKey marks in private state that the resource was planned with prior state. Terraform plans a replacement twice:
// first with prior state, then without it but with the private state of the first call. The mark distinguishes this second
// call from a call for another resource. A tainted resource is planned once, with neither.
const plannedKey = "planned"

var plannedMark = []byte(`true`)

// markPlanned is what is kept beside an object that is planned with prior state.
func markPlanned(c server.Change) server.Private {
	if c.Creates() {
		return c.Private
	}
	return c.Private.With(plannedKey, plannedMark)
}

// plannedBefore says whether a plan without prior state is the second one of a replacement.
func plannedBefore(c server.Change) bool { return c.Creates() && c.Private[plannedKey] != nil }

// refuseDuplicate returns an error where another resource of the same type and name was planned in this run. Resources of one
// name that agree in all attributes of sameThing describe one thing and are accepted; without such attributes every second
// resource is refused. A name that is not known yet is not compared.
func (s *session) refuseDuplicate(c server.Change, r resourceName, sameThing []string) []messages.Message {
	if plannedBefore(c) {
		return nil
	}
	first, second := s.firstOf(r, c.Config)
	if !second {
		return nil
	}
	differences := differencesOf(first, c.Config)
	if len(sameThing) > 0 && !slices.ContainsFunc(differences, func(d difference) bool { return d.contradicts(sameThing) }) {
		return nil
	}
	summary, detail := messages.DuplicateResource(r.typeName, r.name, written(differences), first.IsFullyKnown() && c.Config.IsFullyKnown())
	return []messages.Message{{At: topology.Path{}.Attr("name"), Summary: summary, Detail: detail}}
}

// firstOf returns the configuration of the first resource of a type and name that was planned in this run. second is
// false for the first one itself, which it notes, for resources without a name, and without a session.
func (s *session) firstOf(r resourceName, config tftypes.Value) (first tftypes.Value, second bool) {
	if s == nil || r.name == "" {
		return tftypes.Value{}, false
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	if first, second = s.named[r]; !second {
		s.named[r] = config
	}
	return first, second
}
