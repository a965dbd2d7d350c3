package allocate

import (
	"testing"

	"github.com/cidrplan/terraform-provider-cidrplan/internal/profile"
	"github.com/cidrplan/terraform-provider-cidrplan/internal/topology"
)

func TestExistingThatMayBeOfACluster(t *testing.T) {
	ranges := topology.Unknown{"pod_cidrs"}
	for name, test := range map[string]struct {
		edit func(*Request)
		want bool
	}{
		"no entry":                        {func(*Request) {}, false},
		"unknown entries":                 {func(r *Request) { r.Unknown = topology.Unknown{"existing"} }, true},
		"its own, unknown":                {existing("shop", Existing{Unknown: ranges}), true},
		"another one, unknown":            {existing("old", Existing{Unknown: ranges}), false},
		"what it released, unknown":       {existing("old", Existing{Cluster: "shop", Unknown: ranges}), true},
		"what it released, known":         {existing("old", Existing{Cluster: "shop"}), false},
		"what its previous name released": {existing("old", Existing{Cluster: "store", Unknown: ranges}), true},
		"what another one released":       {existing("old", Existing{Cluster: "web", Unknown: ranges}), false},
		"what an unknown one released":    {existing("old", Existing{Unknown: topology.Unknown{"cluster"}}), true},
		"what it released before the last plan": {
			turns(existing("old", Existing{Cluster: "shop", Unknown: ranges}), func(r *Request) { r.Prior = &Prior{Existing: r.Existing} }),
			false,
		},
	} {
		r := request(shop(func(cl *topology.Cluster) { cl.PreviousNames = []string{"store"} }), test.edit)
		if got := newInputs(r, profile.Default()).existingUnknown("shop"); got != test.want {
			t.Errorf("%s: got %t, want %t", name, got, test.want)
		}
	}
}
