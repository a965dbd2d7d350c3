package allocate

import (
	"fmt"
	"maps"
	"reflect"
	"slices"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"github.com/cidrplan/terraform-provider-cidrplan/internal/profile"
)

// Whatever happens, a mirror has the ranges, masks and numbers of its first or the plan fails, and what
// is chosen for the two breaks a rule in neither network.
func TestMirrorsAreAlwaysTheSame(t *testing.T) {
	t.Parallel()
	catalog := profile.Default()
	pairs, moved := 0, 0
	rapid.Check(t, func(t *rapid.T) {
		d := draw{t}
		r := d.mirrored()
		for step := range d.number(1, 4, "edits") {
			result := Plan(r, catalog)
			if !result.Failed() {
				pairs += checkMirrors(t, r, result)
				if found := collisions(chosenNow(r, result), catalog, result.Allocations); len(found) > 0 {
					t.Fatal(strings.Join(found, "\n"))
				}
				r = after(r, result)
			}
			label := fmt.Sprint("edit ", step)
			r = d.edit(r, label)
			if d.chance(40, label+" renumbers") {
				r.Renumber = map[string]string{}
				for name, cl := range r.Facts.Clusters {
					r.Renumber[name] = label
					if cl.SameAs != "" {
						moved++
					}
				}
			}
		}
	})
	if pairs < atLeast(40) || moved < atLeast(10) {
		t.Errorf("%d pairs of mirrors were looked at and %d renumbered: too few to show anything", pairs, moved)
	}
}

// chosenNow is a request whose prior state holds what the plan did not choose: neither what is renumbered,
// but what came back.
func chosenNow(r Request, result Result) Request {
	if r.Prior == nil {
		return r
	}
	prior := *r.Prior
	prior.Allocations = maps.Clone(prior.Allocations)
	for name, token := range r.Renumber {
		if token != r.Prior.Renumber[name] {
			delete(prior.Allocations, name)
		}
	}
	for _, released := range prior.Released {
		if a, back := result.Allocations[released.Cluster]; back && slices.Equal(a.Pods, released.Pods) {
			prior.Allocations[released.Cluster] = a
		}
	}
	r.Prior = &prior
	return r
}

// checkMirrors compares each mirror with its first and counts them.
func checkMirrors(t *rapid.T, r Request, result Result) (pairs int) {
	t.Helper()
	for name, cl := range r.Facts.Clusters {
		if cl.SameAs == "" {
			continue
		}
		pairs++
		mirror, first := result.Allocations[name], result.Allocations[cl.SameAs]
		mirror.PodSubnets, first.PodSubnets = nil, nil // the Pods of each are in those of its own VPC
		mirror.SubnetsUnknown, first.SubnetsUnknown = false, false
		if !reflect.DeepEqual(mirror, first) {
			t.Fatalf("%s has\n%+v, and %s\n%+v", name, mirror, cl.SameAs, first)
		}
	}
	return pairs
}
