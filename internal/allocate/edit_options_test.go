package allocate

import (
	"testing"

	"github.com/cidrplan/terraform-provider-cidrplan/internal/profile"
	"github.com/cidrplan/terraform-provider-cidrplan/internal/topology"
)

func TestSecondClusterIsOfferedWhereBothCanBe(t *testing.T) {
	for name, test := range map[string]struct {
		edit func(*topology.Cluster)
		want bool
	}{
		"a cluster":                          {func(*topology.Cluster) {}, true},
		"a cluster with its key as its name": {func(cl *topology.Cluster) { cl.Name = "shop" }, true},
		"a cluster with another name":        {func(cl *topology.Cluster) { cl.Name = "store" }, false},
		"a mirror":                           {func(cl *topology.Cluster) { cl.SameAs = "web" }, false},
		"a cluster whose Pods use subnets":   {func(cl *topology.Cluster) { cl.PodSubnets = []string{"a"} }, false},
	} {
		s := &situation{inputs: *newInputs(request(shop(test.edit)), profile.Default())}
		if got := len(s.second("shop", nil, nil)) == 1; got != test.want {
			t.Errorf("%s: got %t, want %t", name, got, test.want)
		}
	}
}
