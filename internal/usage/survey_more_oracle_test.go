package usage

import (
	"fmt"
	"maps"
	"slices"
	"testing"

	"pgregory.net/rapid"

	"github.com/cidrplan/terraform-provider-cidrplan/internal/allocate"
	"github.com/cidrplan/terraform-provider-cidrplan/internal/profile"
)

// A plan with as many further clusters as MoreLike says allocates all of them, and one with one more does not.
func TestMoreLikeAgreesWithPlans(t *testing.T) {
	u, asked := universes["IPv4"], 0
	rapid.Check(t, func(rt *rapid.T) {
		r := u.request(rt)
		if len(r.Facts.Clusters) == 0 {
			return
		}
		name := rapid.SampledFrom(slices.Sorted(maps.Keys(r.Facts.Clusters))).Draw(rt, "name")
		more, ok := surveyed(t, r).inUse.MoreLike(name)
		if !ok {
			rt.Fatalf("%s needs nothing", name)
		}
		asked++
		number := int(more.Number.Int64())
		if number > 0 && !allocatesAll(r, name, number) {
			rt.Fatalf("a plan does not allocate %d further clusters like %s", number, name)
		}
		if !more.AtLeast && allocatesAll(r, name, number+1) {
			rt.Fatalf("a plan allocates more than %d further clusters like %s", number, name)
		}
	})
	if asked == 0 {
		t.Error("no request has a cluster")
	}
}

// allocatesAll says whether a plan allocates so many further clusters with the needs of one.
func allocatesAll(r allocate.Request, name string, number int) bool {
	clusters := maps.Clone(r.Facts.Clusters)
	for i := range number {
		cl := clusters[name]
		cl.PodCIDRs = nil
		clusters[fmt.Sprint("further", i)] = cl
	}
	r.Facts.Clusters = clusters
	result := allocate.Plan(r, profile.Default())
	for i := range number {
		if _, has := result.Allocations[fmt.Sprint("further", i)]; !has {
			return false
		}
	}
	return true
}
