package allocate

import (
	"fmt"
	"maps"
	"math/rand/v2"
	"net/netip"
	"slices"
	"strings"
	"testing"
	"testing/fstest"

	"github.com/cidrplan/terraform-provider-cidrplan/internal/oracle"
	"github.com/cidrplan/terraform-provider-cidrplan/internal/profile"
	"github.com/cidrplan/terraform-provider-cidrplan/internal/topology"
)

// growingToys is the catalog of toys whose Pods and Services grow in a way.
func growingToys(t testing.TB, pods profile.Grows) *profile.Catalog {
	t.Helper()
	grows := fmt.Sprintf(
		"growth: {pods: %s, text: toys grow, sources: [handbook], services: {how: append, text: toys grow, sources: [handbook]}}", pods,
	)
	catalog, err := profile.Load(fstest.MapFS{
		"sources.yaml": {Data: []byte("handbook:\n  title: The Handbook of Toyland\n")},
		"toyland.yaml": {Data: []byte(strings.ReplaceAll(toyland, "growth: {pods: none}", grows))},
	})
	if err != nil {
		t.Fatal(err)
	}
	return catalog
}

// more lets some clusters of a request ask for more than they hold, where the configuration does not give their ranges. Some clusters use
// other ranges that networks route than before.
func (d tiny) more(r Request, held map[string]Allocation) Request {
	r.Facts.Clusters = maps.Clone(r.Facts.Clusters)
	for _, name := range slices.Sorted(maps.Keys(held)) {
		cl, usable := r.Facts.Clusters[name], held[name].Usable
		if cl.SameAs != "" {
			continue
		}
		if len(cl.PodCIDRs) == 0 && d.chance(50) {
			cl.Need.PodLength, cl.Need.MaxNodes = 0, usable.Nodes+1+int64(d.IntN(6))
		}
		if d.chance(40) {
			cl.Need.ServiceLength, cl.Need.MaxServices = 0, usable.Services+1+int64(d.IntN(6))
		}
		if _, uses := cl.OtherRanges["seen"]; uses && d.chance(60) {
			cl.OtherRanges = maps.Clone(cl.OtherRanges)
			if delete(cl.OtherRanges, "seen"); d.chance(50) {
				cl.OtherRanges["seen"] = []netip.Prefix{d.piece()}
			}
		}
		r.Facts.Clusters[name] = cl
	}
	return r
}

// grownAgrees holds the plan of clusters that ask for more than they hold to the oracle: it places all exactly when that can be done, keeps
// what they hold, and chooses ranges of the lengths that are needed. It says what is wrong.
func grownAgrees(u oracle.Universe, r Request, catalog *profile.Catalog) (placed bool, wrong string) {
	result := Plan(r, catalog)
	missing := 0
	for _, f := range result.Faults {
		lacking := without(f.Problem)
		if n, lacks := f.Problem.(NoRoom); len(lacking) == 0 && !f.Warn || lacks && n.CutShort {
			return false, fmt.Sprintf("not just a want of room: %v", f)
		}
		missing += len(lacking)
	}
	all, placed, wrong := placedByOracle(u, r, catalog, result, missing)
	if wrong != "" {
		return placed, wrong
	}
	if !placed {
		return false, ""
	}
	if found := collisions(r, catalog, result.Allocations); len(found) > 0 {
		return placed, strings.Join(found, "\n")
	}
	chosen := map[string][]int{}
	for name, was := range r.Prior.Allocations {
		now := result.Allocations[name]
		if !sameOrMore(was.Ranges, now.Ranges) {
			return placed, fmt.Sprintf("%s held %+v and has %+v", name, was.Ranges, now.Ranges)
		}
		if r.Facts.Clusters[name].SameAs != "" {
			continue
		}
		chosen[name+" pod"] = newLengths(now.Pods, was.Pods)
		chosen[name+" service"] = newLengths(now.Services(), was.Services())
	}
	for _, w := range all {
		key := w.Cluster + " " + w.Kind
		if got := chosen[key]; len(got) != 1 || got[0] != w.Length {
			return placed, fmt.Sprintf("%s gets ranges of the lengths %v, want one /%d", key, got, w.Length)
		}
		delete(chosen, key)
	}
	for key, got := range chosen {
		if len(got) > 0 {
			return placed, fmt.Sprintf("%s gets ranges of the lengths %v, and needs none", key, got)
		}
	}
	return placed, ""
}

// newLengths are the prefix lengths of the ranges that were not there before.
func newLengths(now, was []netip.Prefix) []int {
	var lengths []int
	for _, r := range now {
		if !slices.Contains(was, r) {
			lengths = append(lengths, r.Bits())
		}
	}
	return lengths
}

// Promises 6 and 8. In thousands of tiny universes, clusters that hold ranges ask for more: each gets a further range, or a larger one,
// exactly when the oracle finds a place for all of them.
func TestClustersGrowExactlyWhenThatIsPossible(t *testing.T) {
	t.Parallel()
	for _, pods := range []profile.Grows{profile.Append, profile.Superset} {
		for _, block := range []string{"10.0.0.0/27", "10.0.0.16/28"} {
			t.Run(fmt.Sprint(pods, " in ", block), func(t *testing.T) {
				t.Parallel()
				catalog := growingToys(t, pods)
				u := oracle.NewUniverse(prefix(block), 32)
				count := map[bool]int{}
				for seed := range seeds(2000) {
					d := tiny{rand.New(rand.NewPCG(seed, 2)), u}
					r := d.request()
					first := Plan(r, catalog)
					if faulty(first) {
						continue
					}
					r = d.more(after(r, first), first.Allocations)
					placed, wrong := grownAgrees(u, r, catalog)
					if wrong != "" {
						t.Fatalf("seed %d: %s\nbefore %s\nin %+v", seed, wrong, cast(r, first.Allocations), r)
					}
					count[placed]++
				}
				if least := int(seeds(2000)) / 20; count[true] < least || count[false] < least {
					t.Errorf("%d universes have a placement and %d have none: too few of one to show anything", count[true], count[false])
				}
			})
		}
	}
}

// needsMore are the prefix length of a range for what is missing beside some ranges, and whether anything is missing.
func needsMore(wanted int64, has []netip.Prefix) (length int, more bool) {
	for _, r := range has {
		wanted -= int64(1) << (32 - r.Bits())
	}
	for length = 32; int64(1)<<(32-length) < wanted; {
		length--
	}
	return length, wanted > 0
}

// lacksPods is the prefix length of a Pod range that a cluster lacks, one around the range that it has where its profile extends ranges.
func lacksPods(cl topology.Cluster, p *profile.Profile, has []netip.Prefix) (length int, lacks bool) {
	if len(has) == 0 {
		return cl.Need.PodLength, true
	}
	length, lacks = needsMore(cl.Need.MaxNodes, has)
	if p.Extends() {
		length, _ = needsMore(cl.Need.MaxNodes, nil)
	}
	return length, lacks
}

// lacksServices is the prefix length of a Service range that a cluster lacks.
func lacksServices(cl topology.Cluster, has []netip.Prefix) (length int, lacks bool) {
	if len(has) == 0 {
		return cl.Need.ServiceLength, true
	}
	return needsMore(cl.Need.MaxServices, has)
}

// largerAround is the range of a prefix length around the Pod range that a cluster has, where its profile extends ranges.
func largerAround(has []netip.Prefix, kind string, length int, p *profile.Profile) netip.Prefix {
	if kind != "pod" || len(has) == 0 || !p.Extends() {
		return netip.Prefix{}
	}
	return netip.PrefixFrom(has[0].Addr(), length).Masked()
}
