package allocate

import (
	"maps"
	"net/netip"
	"slices"
	"testing"

	"pgregory.net/rapid"

	"github.com/cidrplan/terraform-provider-cidrplan/internal/profile"
)

// Two planners of one name that read each other's claims and their own never use one address twice, whatever
// happens to them, and neither moves anything.
func TestTwoOwnersOfOneNameStayApart(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		type workspace struct {
			request Request
			result  Result
		}
		both := []*workspace{{request: request()}, {request: request()}}
		for range rapid.IntRange(2, 12).Draw(t, "steps") {
			i := rapid.IntRange(0, 1).Draw(t, "workspace")
			w, other := both[i], both[1-i]
			all := maps.Clone(outgoingOf(w.request, w.result))
			for key, c := range outgoingOf(other.request, other.result) {
				all["other "+key] = c
			}
			name := rapid.SampledFrom([]string{"a", "b", "c"}).Draw(t, "cluster")
			edit := rapid.SampledFrom([]func(*Request){
				cluster(name, "ack-flannel", lengths(20, 24, 26)), cluster(name, "cce-vpc-router", lengths(21, 24, 26)),
				withoutClusters(name),
				reclaim(name), reclaim(),
			}).Draw(t, "edit")
			next := edited(w.request, edit, givenClaims(all))
			if w.result.Allocations != nil {
				next = edited(after(w.request, w.result), edit, givenClaims(all))
			}
			result := Plan(next, profile.Default())
			if result.Failed() {
				continue // such as another profile for what is held
			}
			for cluster, a := range result.Allocations {
				if was, held := w.result.Allocations[cluster]; held && !slices.Equal(was.Pods, a.Pods) {
					t.Fatalf("%s moved from %v to %v", cluster, was.Pods, a.Pods)
				}
				for theirs, b := range other.result.Allocations {
					if slices.ContainsFunc(a.InUse(), func(p netip.Prefix) bool { return slices.ContainsFunc(b.InUse(), p.Overlaps) }) {
						t.Fatalf("%s has %v and %s of the other workspace %v", cluster, a.InUse(), theirs, b.InUse())
					}
				}
			}
			next.Prior = nil
			w.request, w.result = next, result
		}
	})
}
