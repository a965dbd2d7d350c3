package provider

import (
	"fmt"
	"maps"
	"slices"
	"testing"

	"github.com/cidrplan/terraform-provider-cidrplan/internal/allocate"
	"github.com/cidrplan/terraform-provider-cidrplan/internal/conflict"
	"github.com/cidrplan/terraform-provider-cidrplan/internal/messages"
	"github.com/cidrplan/terraform-provider-cidrplan/internal/profile"
	"github.com/cidrplan/terraform-provider-cidrplan/internal/topology"
	"github.com/cidrplan/terraform-provider-cidrplan/internal/values"
)

// world is a configuration: resources by kind and name, in the order of their plan.
type world struct {
	order  []topology.Origin
	config map[topology.Origin]given
}

// afterPlan is what a plan of a world gives: what the planners say, what the configuration-wide check finds, and results to
// apply.
type afterPlan struct {
	findings []conflict.Finding
	outside  []conflict.Finding
	messages []messages.Message
	requests map[topology.Origin]allocate.Request
	results  map[topology.Origin]allocate.Result
}

// worldOf is a world of one planner.
func worldOf(by topology.Origin, config given) world {
	return world{[]topology.Origin{by}, map[topology.Origin]given{by: config}}
}

// with is the world with another configuration of a resource, which is planned last if it is new.
func (w world) with(by topology.Origin, config given) world {
	all := maps.Clone(w.config)
	if _, known := all[by]; !known {
		w.order = append(slices.Clone(w.order), by)
	}
	all[by] = config
	return world{w.order, all}
}

// plan plans all resources on what was applied before, nil for nothing.
func (w world) plan(t *testing.T, applied *afterPlan) afterPlan {
	t.Helper()
	catalog := profile.Default()
	s := newSession(catalog)
	out := afterPlan{requests: map[topology.Origin]allocate.Request{}, results: map[topology.Origin]allocate.Result{}}
	for _, by := range w.inOrder() {
		p := messages.Writer{Catalog: catalog, OfBlocks: by.Kind == conflict.Blocks}
		config, isDeclaration := w.resolved(w.config[by], out), by.Kind != conflict.Allocator && by.Kind != conflict.Blocks
		if isDeclaration {
			out.declare(t, s, p, by, config, applied)
			continue
		}
		r, unread := w.request(by, config)
		if applied != nil {
			if was, known := applied.requests[by]; known {
				result := applied.results[by]
				r.Prior = &allocate.Prior{
					Name:        was.Name,
					Facts:       was.Facts,
					Allocations: result.Allocations,
					Released:    result.Released,
					Supernets:   was.AllSupernets(),
					Existing:    was.Existing,
					Renumber:    was.Renumber,
					Reclaim:     was.Reclaim,
				}
			}
		}
		found, result := planAndReport(p, r, unread)
		out.messages, out.findings = append(out.messages, found...), append(out.findings, result.Findings...)
		out.requests[by], out.results[by] = r, result
		s.accept(r.Settings.Accepted)
		origin, now, before := givenBy(r, result)
		out.register(s, p, origin, now, before)
	}
	return out
}

func (p *afterPlan) register(s *session, words messages.Writer, by topology.Origin, now, before conflict.Registration) {
	s.accept(acceptedOf(now.Facts)...)
	for _, f := range s.configCheck.Register(by, now, before, s.accepting()) {
		p.outside = append(p.outside, f)
		if m, reported := s.unwired(words, f); reported {
			p.messages = append(p.messages, m)
		}
	}
}

// declare plans a declaration.
func (p *afterPlan) declare(t *testing.T, s *session, words messages.Writer, by topology.Origin, config given, applied *afterPlan) {
	t.Helper()
	d := declarationOf(by.Kind)
	whole := having(config, "name", by.Name)
	facts := func(g given) conflict.Registration {
		n := (&values.Reader{}).Root(mutatedObject(nil, d.fields, g, never), nil)
		return conflict.Registration{Facts: d.facts(n, n.Text("name"))}
	}
	p.requests[by] = allocate.Request{Name: by.Name, Facts: facts(whole).Facts}
	before := conflict.Registration{}
	if applied != nil {
		if was, known := applied.requests[by]; known {
			before = conflict.Registration{Facts: was.Facts}
		}
	}
	p.register(s, words, by, conflict.Registration{Facts: p.requests[by].Facts}, before)
}

// declarationOf is the resource type of declarations of a kind.
func declarationOf(kind string) *declaration {
	return resourcesOf(messages.Writer{Catalog: profile.Default()}, new(run))["cidrplan_"+kind].(*declaration)
}

func (w world) request(by topology.Origin, config given) (allocate.Request, []topology.Fault) {
	catalog := profile.Default()
	if by.Kind == conflict.Blocks {
		whole := having(having(config, "name", by.Name), "supernets", []string{"10.0.0.0/12"})
		maps.Copy(whole, config)
		return readBlocksRequest(writtenAs(blocksArguments(catalog).With(blocksResourceArguments), whole))
	}
	whole := given{"name": by.Name, "supernets": []string{"10.64.0.0/12"}, "service_supernets": []string{"172.20.0.0/14"}}
	maps.Copy(whole, config)
	return readRequest(writtenAs(allocatorArguments(catalog).With(allocatorResourceArguments), whole))
}

// inOrder are the resources in an order in which each comes after those whose results it has.
func (w world) inOrder() []topology.Origin {
	var order []topology.Origin
	var add func(by topology.Origin)
	add = func(by topology.Origin) {
		if slices.Contains(order, by) {
			return
		}
		for _, of := range resultsIn(w.config[by]) {
			add(of)
		}
		order = append(order, by)
	}
	for _, by := range w.order {
		add(by)
	}
	return order
}

// withClaims is a map with the claims of a planner, as merge() makes it.
type withClaims struct {
	with given
	of   topology.Origin
}

// resultsIn are the resources whose results a value has.
func resultsIn(value any) []topology.Origin {
	switch v := value.(type) {
	case topology.Result:
		return []topology.Origin{v.Of}
	case withClaims:
		return []topology.Origin{v.of}
	case given:
		var all []topology.Origin
		for _, key := range slices.Sorted(maps.Keys(v)) {
			all = append(all, resultsIn(v[key])...)
		}
		return all
	}
	return nil
}

// resolved is a configuration with the results of resources that are planned.
func (w world) resolved(config given, so afterPlan) given {
	out := given{}
	for key, value := range config {
		switch v := value.(type) {
		case topology.Result:
			out[key] = w.resultOf(v, so)
		case withClaims:
			all := maps.Clone(v.with)
			if all == nil {
				all = given{}
			}
			maps.Copy(all, claimsOf(v.of, so))
			out[key] = all
		case given:
			out[key] = w.resolved(v, so)
		default:
			out[key] = value
		}
	}
	return out
}

// claimsOf are the claims of a planner.
func claimsOf(of topology.Origin, so afterPlan) given {
	claims := given{}
	for _, c := range so.results[of].Claims {
		if kind := kindOfClaim(c); kind != "" && !c.Foreign() {
			claim := given{"owner": c.Owner, "kind": kind, "cidr": c.Range.String(), "allocator": so.requests[of].Holder()}
			if c.Network != "" {
				claim["network"] = c.Network
			}
			if c.Profile != nil && c.OfCluster() {
				claim["profile"] = c.Profile.Name
			}
			claims[fmt.Sprintf("%s/%s/%s", c.Owner, kind, c.Range)] = claim
		}
	}
	return claims
}

// resultOf is what a resource has: itself, or ranges of an allocation.
func (w world) resultOf(r topology.Result, so afterPlan) any {
	if len(r.At) == 0 {
		return w.config[r.Of]
	}
	a := so.results[r.Of].Allocations[r.At[1].Key]
	if r.At[len(r.At)-1].Attr == "service_cidr" {
		return a.Service.String()
	}
	var pods []string
	for _, p := range a.Pods {
		pods = append(pods, p.String())
	}
	return pods
}

// kindOfClaim is how claims name what they are for, "" for facts.
func kindOfClaim(c conflict.Claim) string {
	return map[conflict.Kind]string{
		conflict.Pod: "pod", conflict.Service: "service", conflict.Block: "block", conflict.Reserved: "reserved",
		conflict.GrowthReserve: "kept", conflict.Released: "released", conflict.Existing: "existing",
	}[c.Kind]
}
