package allocate

import (
	"fmt"
	"maps"
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

// Promise 4. Whatever is edited, a cluster that holds ranges keeps every output, or the plan fails.
func TestSticky(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		d := draw{t}
		r := d.mirrored()
		result := planOrDrawAgain(t, r)
		for step := range d.number(1, 4, "edits") {
			was := result.Allocations
			r = d.edit(after(r, result), fmt.Sprint("edit ", step, " "))
			result = Plan(r, profile.Default())
			if result.Failed() {
				return
			}
			for name := range r.Facts.Clusters {
				old, held := was[name]
				if now := result.Allocations[name]; held && !stays(old, now) {
					t.Fatalf("%s held %+v and has %+v", name, old, now)
				}
			}
			if found := collisions(chosenNow(r, result), profile.Default(), result.Allocations); len(found) > 0 {
				t.Fatal(strings.Join(found, "\n"))
			}
		}
	})
}

// grew says whether an allocation has further ranges behind those it had, or a larger Pod range where the platform does that, and is
// else the same but for what follows from them.
func grew(old, now Allocation) bool {
	larger := len(old.Pods) == 1 && len(now.Pods) == 1 && cidr.Contains(now.Pods[0], old.Pods[0]) && extends(now.Output)
	if !larger && !slices.Equal(now.Pods, old.Pods) && !appends(now.Pods, old.Pods) || !now.Further.StartsWith(old.Further) {
		return false
	}
	was, is := maps.Clone(old.Values), maps.Clone(now.Values)
	for name, a := range profile.Default().Outputs()[now.Output].Attributes {
		if a.Value == "pod_cidrs_comma" && now.Values[name] != strings.ReplaceAll(list(now.Pods), ", ", ",") {
			return false
		}
		if a.Grows() || a.OfOtherRange() || larger && strings.HasPrefix(a.Value, "pod_cidr") {
			delete(was, name)
			delete(is, name)
		}
	}
	old.Values, now.Values = was, is
	now.Pods, now.Further, now.Usable = old.Pods, old.Further, old.Usable
	return reflect.DeepEqual(old, now)
}

// extends says whether a platform with an output makes Pod ranges of clusters larger.
func extends(output string) bool {
	return slices.ContainsFunc(profile.Default().Names(), func(name string) bool {
		p, _ := profile.Default().Profile(name)
		return p.Output == output && p.Extends()
	})
}

// Promises 3 and 11. Planning again on top of one's own answer changes nothing and finds nothing
// that stops it, even where the answer was taken in spite of conflicts.
func TestPlanningAgain(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		r := draw{t}.mirrored()
		first := planOrDrawAgain(t, r)
		second := Plan(after(r, first), profile.Default())
		if second.Failed() {
			t.Fatalf("fails when planned again:\n%s", allReports(second))
		}
		if !reflect.DeepEqual(first.Allocations, second.Allocations) {
			t.Fatalf("planned %+v, then %+v", first.Allocations, second.Allocations)
		}
		// advice on single ranges that are held by now is not repeated
		repeated := slices.DeleteFunc(slices.Clone(first.Findings), func(f conflict.Finding) bool {
			f.PreExisting = true
			return f.OutdatedAdvice()
		})
		if len(second.Findings) < len(repeated) {
			t.Fatalf("conflicts are forgotten: first\n%s\nthen\n%s", allReports(first), allReports(second))
		}
	})
}

// Promise 11. A cluster that can be placed beside an allocator full of old conflicts is placed.
func TestOldConflictsBesideNewClusters(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		d := draw{t}
		r := d.mirrored()
		first := planOrDrawAgain(t, r)
		more := edited(after(r, first))
		cl := d.cluster(more, "more")
		cl.PodCIDRs, cl.ServiceCIDR, cl.PodIPv6CIDR, cl.ServiceIPv6CIDR = nil, netip.Prefix{}, netip.Prefix{}, netip.Prefix{}
		cl.Further, cl.PodSubnets, cl.Need = profile.Further{}, nil, profile.Need{MaxNodes: 2, PodsPerNode: 8}
		if podsInSubnets(cl) {
			cl.Unknown = topology.Unknown{"pod_subnets"}
		}
		more.Facts.Clusters["more"] = cl
		result := Plan(more, profile.Default())
		for _, f := range result.Findings {
			ofItsNetwork := f.A.Kind == conflict.Other && f.A.Owner == "more" // a range that its platform uses, which nobody chooses
			if f.Level() == profile.Error && !ofItsNetwork {
				t.Fatalf("an old conflict blocks a new cluster:\n%s", allReports(result))
			}
		}
		if _, placed := result.Allocations["more"]; !placed && !blamed(result, "more") {
			t.Fatalf("no allocation and no fault:\n%s", allReports(result))
		}
	})
}
