package provider

import (
	"slices"

	"github.com/hashicorp/terraform-plugin-go/tftypes"

	"github.com/cidrplan/terraform-provider-cidrplan/internal/messages"
	"github.com/cidrplan/terraform-provider-cidrplan/internal/server"
	"github.com/cidrplan/terraform-provider-cidrplan/internal/topology"
	"github.com/cidrplan/terraform-provider-cidrplan/internal/values"
)

// resourceName is how a configuration names a resource: its type and its name. A provider never learns the address.
type resourceName struct{ typeName, name string }

// plannedKey marks in private state that the resource was planned with prior state. Terraform plans a replacement twice:
// first with prior state, then without it but with the private state of the first call. The mark tells this second call
// from a call for another resource. A tainted resource is planned once, with neither.
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

// refuseSecond returns an error where another resource of the same type and name was planned in this run. Resources of one
// name that agree in all attributes of sameThing describe one thing and are accepted; without such attributes every second
// resource is refused. A name that is not known yet is not compared.
func (s *session) refuseSecond(c server.Change, r resourceName, sameThing []string) []messages.Message {
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
	summary, detail := messages.SecondOfOneName(r.typeName, r.name, inText(differences), first.IsFullyKnown() && c.Config.IsFullyKnown())
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

// difference is one argument that two configurations give different values.
type difference struct {
	// root is the name of the argument, at its place, such as clusters["shop"].max_nodes.
	root, at string
	a, b     tftypes.Value
}

// contradicts says whether both configurations set one of the arguments, and to different values. A value that is not
// known yet contradicts none.
func (d difference) contradicts(arguments []string) bool {
	given := func(v tftypes.Value) bool { return v.IsFullyKnown() && !v.IsNull() }
	return slices.Contains(arguments, d.root) && given(d.a) && given(d.b)
}

// differencesOf lists the arguments of two resources of one type that differ, in the order of their places.
func differencesOf(a, b tftypes.Value) []difference {
	var all []difference
	inA, inB := values.AttributesOf(a), values.AttributesOf(b)
	for _, root := range unionOfKeys(inA, inB) {
		for _, d := range differencesAt(root, inA[root], inB[root]) {
			d.root = root
			all = append(all, d)
		}
	}
	return all
}

// differencesAt goes into objects and maps; lists and sets are compared as a whole.
func differencesAt(at string, a, b tftypes.Value) []difference {
	if a.Equal(b) {
		return nil
	}
	inA, inB := values.AttributesOf(a), values.AttributesOf(b)
	if inA == nil || inB == nil {
		return []difference{{at: at, a: a, b: b}}
	}
	var all []difference
	for _, key := range unionOfKeys(inA, inB) {
		all = append(all, differencesAt(placeIn(a, at, key), elementOr(inA, inB, key), elementOr(inB, inA, key))...)
	}
	return all
}
