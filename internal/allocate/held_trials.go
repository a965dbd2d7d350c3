package allocate

import (
	"fmt"
	"net/netip"
	"slices"

	"github.com/cidrplan/terraform-provider-cidrplan/internal/cidr"
	"github.com/cidrplan/terraform-provider-cidrplan/internal/profile"
	"github.com/cidrplan/terraform-provider-cidrplan/internal/topology"
)

// What is wrong with a cluster by itself has options that follow from its arguments alone. Where prior state holds ranges of the cluster,
// some of them would change what it holds. So a plan tries them out, each with the checks against prior state.

// heldTrials tries out options of faults of clusters that prior state holds.
type heldTrials struct {
	request Request
	catalog *profile.Catalog
	// left is how many trials may still be made. The other options stay as they are.
	left int
}

// optionsBesideHeld are faults of a prepared request with options that resolve them beside what clusters hold by prior state.
func optionsBesideHeld(r Request, faults []topology.Fault, catalog *profile.Catalog) []topology.Fault {
	if r.Prior == nil || !faultList(faults).failed() {
		return faults
	}
	t := heldTrials{request: r, catalog: catalog, left: maxHeldTrials}
	tried := slices.Clone(faults)
	for i, f := range faults {
		if f.Warn || len(f.At) < 3 || f.At[0].Attr != "clusters" {
			continue
		}
		switch f.Problem.(type) {
		case Changed, NotAppended:
			tried[i].Options = t.working(f.Options)
		default:
			if DependsOnPrior(f) {
				tried[i].Options = t.options(f, otherErrors(f, faults))
			}
		}
	}
	return tried
}

// working are options without those after which something is wrong with the clusters that they are about; all where none works.
func (t *heldTrials) working(options []topology.Option) []topology.Option {
	kept := slices.DeleteFunc(slices.Clone(options), func(o topology.Option) bool {
		_, names, ok := t.request.following(o.Edits)
		return ok && slices.ContainsFunc(names, func(name string) bool { return !t.resolves(name, o.Edits) })
	})
	if len(kept) == 0 {
		return options
	}
	return kept
}

// maxHeldTrials is how many checks of a cluster a plan makes to try out options of faults.
const maxHeldTrials = 256

// otherErrors are the other errors of the cluster that a fault is about.
func otherErrors(f topology.Fault, faults []topology.Fault) []topology.Fault {
	return slices.DeleteFunc(slices.Clone(faults), func(other topology.Fault) bool {
		return other.Warn || len(other.At) < 3 || !slices.Equal(other.At[:2], f.At[:2]) || fmt.Sprint(other.At) == fmt.Sprint(f.At)
	})
}

// givenOptions are those of a fault, and of a fault of one element of a list that has none, to remove the element.
func givenOptions(f topology.Fault) []topology.Option {
	if len(f.Options) == 0 && f.At[len(f.At)-1].Index > 0 {
		return []topology.Option{topology.OptionOf(topology.Remove(f.At))}
	}
	return f.Options
}

// completions are edits that may resolve some faults: the first options of all of them, the second ones, and so on.
func completions(faults []topology.Fault) [][]topology.Edit {
	all := [][]topology.Edit{nil}
	for k := 0; ; k++ {
		var edits []topology.Edit
		more := false
		for _, f := range faults {
			if options := givenOptions(f); len(options) > 0 {
				more = more || k < len(options)
				edits = append(edits, options[min(k, len(options)-1)].Edits...)
			}
		}
		if !more {
			return all
		}
		all = append(all, edits)
	}
}

// options are those of a fault that resolve it, as they are or together with keeping what the cluster holds, when other faults of the
// cluster are resolved as well. Where none does, something else is wrong with the cluster, and the options stay.
func (t *heldTrials) options(f topology.Fault, others []topology.Fault) []topology.Option {
	name := f.At[1].Key
	held, holds := t.request.heldByPrior(name)
	if !holds || f.Problem == nil {
		return f.Options
	}
	given := givenOptions(f)
	keep := t.request.keeping(name, held, t.catalog)
	candidates := slices.Clone(given)
	if len(keep) > 0 {
		candidates = append(candidates, topology.OptionOf(keep...))
		for _, o := range given {
			o.Add(keep...)
			candidates = append(candidates, o)
		}
	}
	if list := f.At[2].Attr; clusterRanges(&topology.Cluster{}, list) != nil {
		candidates = append(candidates, topology.OptionOf(topology.Remove(f.At[:3])))
	}
	resolving := t.resolving(name, candidates, completions(others))
	if len(resolving) == 0 {
		return f.Options
	}
	if len(keep) > 0 {
		return resolving
	}
	return append(t.untried(given), resolving...)
}

// untried are the options with values that only the user knows, so that they cannot be tried out.
func (t *heldTrials) untried(options []topology.Option) []topology.Option {
	return slices.DeleteFunc(slices.Clone(options), func(o topology.Option) bool {
		_, _, ok := t.request.following(o.Edits)
		return ok
	})
}

// resolving are the options after which nothing is wrong with a cluster. One with the edits of an earlier one and more is left out.
func (t *heldTrials) resolving(name string, candidates []topology.Option, with [][]topology.Edit) []topology.Option {
	var kept []topology.Option
	for _, o := range candidates {
		needless := slices.ContainsFunc(kept, func(other topology.Option) bool { return includes(o.Edits, other.Edits) })
		resolves := func(more []topology.Edit) bool {
			both := o
			both.Add(more...)
			return t.resolves(name, both.Edits)
		}
		if !needless && slices.ContainsFunc(with, resolves) {
			kept = append(kept, o)
		}
	}
	return kept
}

// includes says whether edits have all of some other ones.
func includes(edits, others []topology.Edit) bool {
	return !slices.ContainsFunc(others, func(other topology.Edit) bool {
		return !slices.ContainsFunc(edits, func(e topology.Edit) bool { return fmt.Sprint(e) == fmt.Sprint(other) })
	})
}

// resolves says whether nothing is wrong with a cluster after some edits.
func (t *heldTrials) resolves(name string, edits []topology.Edit) bool {
	edited, _, ok := t.request.following(edits)
	if !ok || t.left <= 0 {
		return false
	}
	t.left--
	return edited.alone(name).serves(name, t.catalog)
}

// alone is the request with one cluster and those that have the same ranges.
func (r Request) alone(name string) Request {
	original := r.Facts.Clusters[name].SameAs
	clusters := map[string]topology.Cluster{}
	for other, cl := range r.Facts.Clusters {
		if other == name || other == original || cl.SameAs == name {
			clusters[other] = cl
		}
	}
	r.Facts.Clusters = clusters
	return r
}

// serves says whether nothing is wrong with a cluster by itself and beside prior state.
func (r Request) serves(name string, catalog *profile.Catalog) bool {
	in := newInputs(r, r.allowing(catalog))
	wrong := func(f topology.Fault) bool {
		return !f.Warn && len(f.At) > 1 && f.At[0].Attr == "clusters" && f.At[1].Key == name
	}
	if slices.ContainsFunc(Check(r, in.catalog), wrong) {
		return false
	}
	s, _ := readPrior(in, nil)
	return !slices.ContainsFunc(collectDemands(s, len(unknownPaths(r)) > 0).faults, wrong)
}

// heldByPrior is what a cluster holds by prior state, by the name that it has now or had before.
func (r Request) heldByPrior(name string) (held Allocation, holds bool) {
	for _, name := range r.Facts.OwnerNames(name) {
		if held, holds = r.Prior.Allocations[name]; holds {
			return held, true
		}
	}
	return Allocation{}, false
}

// keeping are the edits with which the arguments of a cluster give what it holds: lists begin with the held ranges, and pins are them.
func (r Request) keeping(name string, held Allocation, catalog *profile.Catalog) []topology.Edit {
	cl, at := r.Facts.Clusters[name], topology.Path{}.Attr("clusters").Key(name)
	prof, known := catalog.Profile(cl.Profile)
	if !known {
		return nil
	}
	var edits []topology.Edit
	if pods := behind(held.Pods, cl.PodCIDRs, cidr.V4, netip.Prefix.Overlaps); keepsPods(cl, held.Pods, prof) {
		if !prof.AcceptsFurtherPods(cl.AppendRanges) {
			pods = held.Pods
		}
		if !slices.Equal(pods, cl.PodCIDRs) {
			edits = append(edits, topology.Set(at.Attr("pod_cidrs"), pods))
		}
	}
	for _, list := range held.Further.Lists() {
		pinned := *further(&cl.Further, list)
		first := held.FirstOf(list)
		all := behind(*list.Ranges, pinned, list.Family, func(a, b netip.Prefix) bool { return a == b || a == first })
		if len(pinned) > 0 && prof.Appends(list.Kind, cl.AppendRanges) && !slices.Equal(all, pinned) && len(all) > 0 {
			edits = append(edits, topology.Set(at.Attr(list.Attr), all))
		}
	}
	for i, was := range []netip.Prefix{held.Service, held.PodIPv6, held.ServiceIPv6} {
		if pin := cl.Pins()[i]; pin.Range.IsValid() && was.IsValid() && pin.Range != was {
			edits = append(edits, topology.Set(at.Attr(pin.Attr), was))
		}
	}
	if was, known := r.Prior.Facts.Clusters[name]; known && was.Dual() != cl.Dual() {
		edits = append(edits, topology.Set(at.Attr("ip_families"), families(was.Dual())))
	}
	return edits
}

// keepsPods says whether a cluster lists Pod ranges in place of those that it holds, and its platform does not extend the held one to them.
func keepsPods(cl topology.Cluster, held []netip.Prefix, prof *profile.Profile) bool {
	extends := prof.Extends() && len(cl.PodCIDRs) == 1 && len(held) == 1 && cidr.Contains(cl.PodCIDRs[0], held[0])
	return len(cl.PodCIDRs) > 0 && len(held) > 0 && !extends
}

// behind are held ranges with those of a list behind them that are of the family and no repetition of any of them.
func behind(held, listed []netip.Prefix, family cidr.Family, repeats func(a, b netip.Prefix) bool) []netip.Prefix {
	all := slices.Clone(held)
	for _, r := range listed {
		repeated := slices.ContainsFunc(all, func(other netip.Prefix) bool { return repeats(r, other) })
		if r.IsValid() && cidr.FamilyOf(r) == family && !repeated {
			all = append(all, r)
		}
	}
	return all
}
