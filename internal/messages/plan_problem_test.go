package messages

import (
	"errors"
	"testing"

	"github.com/cidrplan/terraform-provider-cidrplan/internal/allocate"
	"github.com/cidrplan/terraform-provider-cidrplan/internal/profile"
	"github.com/cidrplan/terraform-provider-cidrplan/internal/topology"
)

func TestWhatMessagesOfThePlannerSay(t *testing.T) {
	changed := func(mirrored string) allocate.Changed {
		return allocate.Changed{Cluster: "shop", Argument: "node_cidr_mask", Held: 26, Wanted: 25, SameAs: mirrored}
	}
	for name, test := range map[string]struct {
		problem any
		parts   []string
	}{
		"an argument that changes": {changed(""), []string{
			`Cluster "shop" holds node_cidr_mask = 26, and the configuration now requests 25.`,
			"the cloud would have to rebuild the cluster.",
		}},
		"a mirror that differs": {changed("first"), []string{`holds node_cidr_mask = 26, and with same_as = "first" it would have 25.`}},
		"nothing to reclaim": {allocate.NothingToReclaim{Name: "shp", Released: []string{"web", "shop"}}, []string{
			`"shp" has no released ranges. Did you mean "shop"? Names with released ranges: shop, web.`,
		}},
		"a name that was reclaimed": {allocate.NothingToReclaim{Name: "shop", Acted: true}, []string{
			`"shop" was already in reclaim, and each name is applied only once.`,
		}},
		"another error": {errors.New("it fails"), []string{"Invalid Value", "it fails."}},
		"no fault":      {7, []string{"Invalid Value"}},
	} {
		summary, detail := Writer{Catalog: profile.Default()}.planProblem(topology.Fault{Problem: test.problem})
		wantParts(t, name, summary+"\n"+detail, test.parts...)
	}
}
