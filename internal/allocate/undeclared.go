package allocate

import (
	"fmt"
	"maps"
	"slices"

	"github.com/cidrplan/terraform-provider-cidrplan/internal/profile"
	"github.com/cidrplan/terraform-provider-cidrplan/internal/topology"
)

// NoLongerDeclared lists the clusters or blocks that are no longer declared, whose ranges are released. It only warns.
type NoLongerDeclared struct {
	// By is the name of the allocator or cidrplan_blocks.
	By string
	// Former are those that are no longer declared.
	Former []FormerCluster
	// New are declared clusters that never held ranges here, sorted. Likely are those among Former and New that may be
	// the same under another name.
	New    []string
	Likely []LikelyRename
}

// FormerCluster is a cluster that is no longer declared, with what it held.
type FormerCluster struct {
	Cluster string
	Held    profile.Ranges
}

// LikelyRename is clusters that are no longer declared and clusters that are new, each of which may be any of the others: all are
// in one VPC with one profile, and with SameSizes also ask for the same.
type LikelyRename struct {
	Former, New []string
	SameSizes   bool
}

// releaseFaults reports the clusters and blocks that release what they held: those that must not as errors of their own, the
// others that are no longer declared in one warning.
func (s *situation) releaseFaults(undeclared, guarded []FormerCluster) faultList {
	var faults faultList
	if len(undeclared)+len(guarded) == 0 {
		return nil
	}
	added := s.neverHeld()
	for _, g := range guarded {
		declared := s.request.Facts.HasOwner(g.Cluster)
		problem := ReleasePrevented{Cluster: g.Cluster, Held: g.Held, Renumbered: declared}
		if likely := s.likely([]FormerCluster{g}, added); !declared && len(likely) > 0 {
			problem.MayBe = likely[0].New
		}
		faults.fault(topology.Path{}.Attr("prevent_release"), problem, s.guardedOptions(problem)...)
	}
	if len(undeclared) > 0 {
		problem := NoLongerDeclared{By: s.request.Name, Former: undeclared, New: added, Likely: s.likely(undeclared, added)}
		faults.warn(s.request.all(), problem, s.renamedOptions(problem.Likely)...)
	}
	return faults
}

// likely groups those that are no longer declared and those that are new by what they have in common.
func (s *situation) likely(undeclared []FormerCluster, added []string) []LikelyRename {
	var names []string
	for _, g := range undeclared {
		names = append(names, g.Cluster)
	}
	was, now := traitsOf(names, s.request.Prior.Facts), traitsOf(added, s.request.Facts)
	return append(
		matched(was, now, func(t traits) string { return t.sizes },
			true), matched(was, now, func(t traits) string { return t.place }, false)...)
}

// neverHeld are the declared clusters that hold nothing and never did.
func (s *situation) neverHeld() []string {
	var names []string
	for _, name := range s.request.Facts.Owners() {
		_, held := s.before[name]
		_, _, released := s.lastReleased(name)
		if !held && !released && !s.request.ExistingOf(name).Ranges().Held() && !s.isMirror(name) {
			names = append(names, name)
		}
	}
	return names
}

// matched groups clusters that are no longer declared and new ones by what they have in common, and takes those that it grouped
// out of both. "" is common to none.
func matched(was, now map[string]traits, common func(traits) string, sameSizes bool) []LikelyRename {
	var all []LikelyRename
	groups := map[string]*LikelyRename{}
	group := func(owners map[string]traits, list func(*LikelyRename) *[]string) {
		for _, name := range slices.Sorted(maps.Keys(owners)) {
			if key := common(owners[name]); key != "" {
				if groups[key] == nil {
					groups[key] = &LikelyRename{SameSizes: sameSizes}
				}
				to := list(groups[key])
				*to = append(*to, name)
			}
		}
	}
	group(was, func(l *LikelyRename) *[]string { return &l.Former })
	group(now, func(l *LikelyRename) *[]string { return &l.New })
	for _, l := range groups {
		if len(l.Former) == 0 || len(l.New) == 0 {
			continue
		}
		all = append(all, *l)
		for _, name := range l.Former {
			delete(was, name)
		}
		for _, name := range l.New {
			delete(now, name)
		}
	}
	slices.SortFunc(all, func(a, b LikelyRename) int { return slices.Compare(a.Former, b.Former) })
	return all
}

// traits are what a cluster or block may have in common with another one under another name.
type traits struct {
	// place is the VPC and profile of a cluster, "" where these are not known and for a block. sizes is the same with all sizes and
	// pins; for a block these are all.
	place, sizes string
}

func traitsOf(names []string, f topology.Facts) map[string]traits {
	out := map[string]traits{}
	for _, name := range names {
		out[name] = clusterTraits(f.Clusters[name])
		if b, is := f.Blocks[name]; is {
			out[name] = blockTraits(b)
		}
	}
	return out
}

func clusterTraits(cl topology.Cluster) traits {
	if cl.Profile == "" || cl.Unknown.HasAny("vpc", "profile") {
		return traits{}
	}
	place := fmt.Sprintf("%q %q", cl.VPC, cl.Profile)
	sizes := fmt.Sprintf("%s %+v %v %v %d %t", place, cl.Need, cl.PodCIDRs, cl.Pins(), cl.ReserveLength, cl.Dual())
	return traits{place, sizes}
}

func blockTraits(b topology.Block) traits {
	if b.Unknown.Has(topology.Everything) {
		return traits{}
	}
	return traits{sizes: fmt.Sprint(b.PrefixLength, b.Addresses, b.CIDR, b.Platform, b.Family)}
}

// guardedOptions are those of a cluster or block that must not release what it holds.
func (s *situation) guardedOptions(e ReleasePrevented) []topology.Option {
	unguard := topology.OptionOf(s.unguard([]string{e.Cluster})...)
	if len(unguard.Edits) == 0 { // a previous name of one that is no longer declared guards it
		unguard = topology.OptionOf(topology.Remove(topology.Path{}.Attr("prevent_release")))
	}
	if e.Renumbered {
		return []topology.Option{s.notRenumbered(e.Cluster), unguard}
	}
	options := []topology.Option{topology.OptionOf(topology.Restore(s.request.all().Key(e.Cluster)))}
	for _, name := range e.MayBe[:min(len(e.MayBe), maxRenames)] {
		options = append(options, s.renamedOption(name, e.Cluster))
	}
	return append(options, unguard)
}

// maxRenames is the number of new clusters that a message names as the one that is no longer declared.
const maxRenames = 3

// renamedOption is the option that a new cluster or block is one that is no longer declared, under another name.
func (s *situation) renamedOption(name, old string) topology.Option {
	owner, _ := s.request.Facts.Owner(name)
	names := append(slices.Clone(owner.PreviousNames), old)
	return topology.OptionWhen(topology.NewName, topology.Set(s.request.all().Key(name).Attr("previous_names"), names))
}

// renamedOptions are the new names of those that are no longer declared, where there is one for each.
func (s *situation) renamedOptions(all []LikelyRename) []topology.Option {
	var options []topology.Option
	for _, l := range all {
		if len(l.Former) == 1 && len(l.New) == 1 {
			options = append(options, s.renamedOption(l.New[0], l.Former[0]))
		}
	}
	return options
}
