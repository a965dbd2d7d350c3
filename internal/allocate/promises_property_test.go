package allocate

import (
	"fmt"
	"net/netip"
	"reflect"
	"slices"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"github.com/cidrplan/terraform-provider-cidrplan/internal/cidr"
	"github.com/cidrplan/terraform-provider-cidrplan/internal/conflict"
	"github.com/cidrplan/terraform-provider-cidrplan/internal/profile"
	"github.com/cidrplan/terraform-provider-cidrplan/internal/topology"
)

// Promise 1. No allocated range breaks a rule, at error or warning level, as the oracle reads
// them; nor one that the checker would find.
func TestDisjoint(t *testing.T) {
	t.Parallel()
	catalog := profile.Default()
	rapid.Check(t, func(t *rapid.T) {
		r := draw{t}.mirrored()
		result := Plan(r, catalog)
		if found := collisions(r, catalog, result.Allocations); len(found) > 0 {
			t.Fatal(strings.Join(found, "\n"))
		}
		checkAgain(t, r, result)
		for name, a := range result.Allocations {
			checkTaken(t, r, name, a)
		}
	})
}

// checkAgain pins all allocated ranges and checks again: it finds what it found before.
func checkAgain(t *rapid.T, r Request, result Result) {
	t.Helper()
	pinned := edited(r)
	for name, a := range result.Allocations {
		cl := pinned.Facts.Clusters[name]
		if cl.SameAs != "" {
			continue // it follows
		}
		cl.PodCIDRs, cl.ServiceCIDR = a.Pods, a.Service
		cl.Need = profile.Need{}
		pinned.Facts.Clusters[name] = cl
	}
	keys := func(findings []conflict.Finding) map[string]bool {
		set := map[string]bool{}
		for _, f := range findings {
			if f.B != nil {
				parties := []string{fmt.Sprint(f.A.ID()), fmt.Sprint(f.B.ID())}
				slices.Sort(parties) // who is pinned is named last
				set[fmt.Sprintln(f.Code, parties)] = true
			}
		}
		return set
	}
	was, now := keys(result.Findings), keys(Plan(pinned, profile.Default()).Findings)
	for key := range now {
		if !was[key] && len(result.Allocations) == len(r.Facts.Clusters) {
			t.Fatalf("the checker finds %s in allocated ranges", key)
		}
	}
}

// checkTaken says where a chosen range lies: in a supernet of its own, and where its platform
// takes it. Advice on sizes may be passed over only for a length that was asked for.
func checkTaken(t *rapid.T, r Request, name string, a Allocation) {
	t.Helper()
	cl := r.Facts.Clusters[name]
	if cl.SameAs != "" {
		return // reported for the cluster that it mirrors
	}
	p, _ := profile.Default().Profile(cl.Profile)
	was := given(r, profile.Default(), name)
	check := func(kind string, got netip.Prefix, limits []profile.Limit, asked int) {
		if !slices.ContainsFunc(from(r, cl, kind), func(s netip.Prefix) bool { return cidr.Contains(s, got) }) {
			t.Fatalf("%s of %s, %v, are outside %v", kind, name, got, from(r, cl, kind))
		}
		for _, l := range limits {
			if fit := l.FitOf(got); fit != profile.Fits && !(fit == profile.WrongLength && l.Level == profile.Warn && asked != 0) {
				t.Fatalf("%s of %s, %v: %s", kind, name, got, l.Text)
			}
		}
		for _, f := range p.ForbiddenFor(got) {
			if f.Broken() { // a note keeps no range away
				t.Fatalf("%s of %s, %v: %s", kind, name, got, f.Text)
			}
		}
	}
	if len(was.Pods) == 0 {
		if p.Pods.From != profile.Subnets {
			check("pod", a.Pods[0], p.Pods.Limits, cl.Need.PodLength)
		}
	}
	if !was.Service.IsValid() && p.Pods.From != profile.Shared {
		check("service", a.Service, p.Services.Limits, cl.Need.ServiceLength)
	}
	if a.PodIPv6.IsValid() && !was.PodIPv6.IsValid() {
		check("pod", a.PodIPv6, p.Pods.Limits, 0)
	}
	if a.ServiceIPv6.IsValid() && !was.ServiceIPv6.IsValid() {
		check("service", a.ServiceIPv6, p.Services.Limits, 0)
	}
}

// Promise 2, in the core. When all facts are known, every cluster has an allocation that is
// complete and serves its need, or a message says why not.
func TestKnown(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		r := draw{t}.mirrored()
		result := Plan(r, profile.Default())
		if len(result.Unknown) > 0 || len(result.Deferred) > 0 {
			t.Fatalf("unknown %v, deferred %v in a request that is known", result.Unknown, result.Deferred)
		}
		for name, cl := range r.Facts.Clusters {
			a, ok := result.Allocations[name]
			blamed := blamed(result, name) || cl.SameAs != "" && blamed(result, cl.SameAs)
			if !ok && !blamed {
				t.Fatalf("%s has no allocation and no fault\n%s", name, allReports(result))
			}
			if !ok || blamed {
				continue
			}
			if first := r.Facts.Clusters[cl.SameAs]; cl.SameAs != "" {
				cl.Need, cl.IPFamilies = first.Need, first.IPFamilies
			}
			p, _ := profile.Default().Profile(cl.Profile)
			checkWhole(t, name, cl, a, p)
		}
	})
}

// checkWhole says what a complete allocation has, by where its profile has Pods from.
func checkWhole(t *rapid.T, name string, cl topology.Cluster, a Allocation, p *profile.Profile) {
	t.Helper()
	inSubnets := p.Pods.From == profile.Subnets
	if (len(a.Pods) == 0) != inSubnets || !a.Service.IsValid() || (a.NodeMask != 0) != (p.Nodes.Blocks == profile.Fixed) ||
		a.Output != p.Output {
		t.Fatalf("%s: %+v is not complete", name, a)
	}
	if p.Pods.From == profile.Shared && cidr.Last(a.Pods[0]) != cidr.Last(a.Service) {
		t.Fatalf("%s: Services %v are not the last part of %v", name, a.Service, a.Pods)
	}
	if cl.Dual() != (a.PodIPv6.IsValid() || a.ServiceIPv6.IsValid() || p.IPv6.Pods != "own" && p.IPv6.Services != "own" && cl.Dual()) {
		t.Fatalf("%s: families %v and %+v", name, cl.IPFamilies, a)
	}
	if servicesOf(a, p) < max(1, cl.Need.MaxServices) || !inSubnets && a.Usable.Nodes < max(1, cl.Need.MaxNodes) {
		t.Fatalf("%s: %+v does not serve %+v", name, a, cl.Need)
	}
	if a.NodeMask != 0 && p.PodsOfBlock(a.NodeMask) < cl.Need.PodsPerNode ||
		!inSubnets && p.Nodes.Blocks == profile.Dynamic && a.Usable.PodsPerNode < cl.Need.PodsPerNode {
		t.Fatalf("%s: %+v does not serve %+v", name, a, cl.Need)
	}
}

// servicesOf is how many Services the Service ranges of an allocation have addresses for.
func servicesOf(a Allocation, p *profile.Profile) int64 {
	services := p.ServicesOf(a.Service.Bits())
	for _, further := range a.Further.Services {
		services += p.ServicesOf(further.Bits())
	}
	return services
}

// blamed says whether a fault that fails the plan is at a cluster or at its entry in existing.
func blamed(r Result, name string) bool {
	return slices.ContainsFunc(r.Faults, func(f topology.Fault) bool {
		e, noRoom := f.Problem.(NoRoom)
		among := noRoom && slices.ContainsFunc(e.Others, func(one MissingRange) bool { return one.Cluster == name })
		return among || !f.Warn && len(f.At) > 1 && f.At[1].Key == name
	})
}

// Promise 3. The same request gives the same answer, down to the order of all messages.
func TestSameAtApply(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		d := draw{t}
		r := d.mirrored()
		if d.chance(50, "prior") {
			r = d.edit(after(r, Plan(r, profile.Default())), "edit")
		}
		first, second := Plan(r, profile.Default()), Plan(rebuilt(r), profile.Default())
		if !reflect.DeepEqual(first, second) {
			t.Fatalf("one answer:\n%+v\nanother:\n%+v", first, second)
		}
	})
}

// rebuilt copies a request so that nothing of it is shared and no map has the layout it had.
func rebuilt(r Request) Request {
	r.Supernets, r.ServiceSupernets = slices.Clone(r.Supernets), slices.Clone(r.ServiceSupernets)
	r.Pools, r.Existing = again(r.Pools), again(r.Existing)
	r.Facts, r.Renumber = rebuiltFacts(r.Facts), again(r.Renumber)
	if r.Prior != nil {
		prior := *r.Prior
		prior.Facts, prior.Allocations, prior.Existing = rebuiltFacts(prior.Facts), again(prior.Allocations), again(prior.Existing)
		prior.Released, prior.Renumber = again(prior.Released), again(prior.Renumber)
		r.Prior = &prior
	}
	return r
}

func rebuiltFacts(f topology.Facts) topology.Facts {
	f.Hubs, f.Sites, f.VPCs = again(f.Hubs), again(f.Sites), again(f.VPCs)
	f.Clusters, f.Blocks, f.Reserved, f.Foreign = again(f.Clusters), again(f.Blocks), again(f.Reserved), again(f.Foreign)
	for name, v := range f.VPCs {
		v.Routes, v.Hubs, v.Peers = again(v.Routes), slices.Clone(v.Hubs), slices.Clone(v.Peers)
		f.VPCs[name] = v
	}
	return f
}

// again builds a map anew, the last name first.
func again[V any](m map[string]V) map[string]V {
	if m == nil {
		return nil
	}
	built := map[string]V{}
	for _, name := range slices.Backward(names(m)) {
		built[name] = m[name]
	}
	return built
}

// Promise 9. The order of hubs, peers, meshes, blocks of networks, undeclared ranges and routes
// never matters.
func TestOrderFree(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		d := draw{t}
		r := d.mirrored()
		shuffled := rebuilt(r)
		for _, name := range names(shuffled.Facts.VPCs) {
			v := shuffled.Facts.VPCs[name]
			// the first block is the primary one
			v.Hubs, v.Peers = shuffle(d, v.Hubs), shuffle(d, v.Peers)
			v.CIDRBlocks = append(slices.Clone(v.CIDRBlocks[:1]), shuffle(d, v.CIDRBlocks[1:])...)
			shuffled.Facts.VPCs[name] = v
		}
		for _, name := range names(shuffled.Facts.Sites) {
			s := shuffled.Facts.Sites[name]
			s.Hubs, s.Peers, s.CIDRBlocks = shuffle(d, s.Hubs), shuffle(d, s.Peers), shuffle(d, s.CIDRBlocks)
			shuffled.Facts.Sites[name] = s
		}
		for _, name := range names(shuffled.Facts.Clusters) {
			cl := shuffled.Facts.Clusters[name]
			cl.Meshes = shuffle(d, cl.Meshes)
			shuffled.Facts.Clusters[name] = cl
		}
		first, second := Plan(r, profile.Default()), Plan(shuffled, profile.Default())
		if !reflect.DeepEqual(first.Allocations, second.Allocations) || allReports(first) != allReports(second) {
			t.Fatalf(
				"one answer:\n%+v\n%s\nanother:\n%+v\n%s", first.Allocations, allReports(first), second.Allocations, allReports(second),
			)
		}
	})
}

func shuffle[T any](d draw, list []T) []T {
	if len(list) < 2 {
		return list
	}
	return rapid.Permutation(list).Draw(d.T, "order")
}
