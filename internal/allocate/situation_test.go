package allocate

import (
	"testing"

	"github.com/cidrplan/terraform-provider-cidrplan/internal/profile"
)

func TestLastReleased(t *testing.T) {
	of := func(cluster string, order int64) Released { return Released{Cluster: cluster, Order: order} }
	for name, test := range map[string]struct {
		released map[string]Released
		want     string
	}{
		"nothing":                     {nil, ""},
		"the later one":               {map[string]Released{"a": of("shop", 1), "b": of("shop", 3), "c": of("shop", 2)}, "b"},
		"of one time, the later key":  {map[string]Released{"a": of("shop", 1), "b": of("shop", 1)}, "b"},
		"not that of another cluster": {map[string]Released{"a": of("shop", 1), "b": of("web", 2)}, "a"},
	} {
		for range 20 { // maps have no order
			s := situation{inputs: *newInputs(request(shopOf), profile.Default()), released: test.released}
			if key, _, ok := s.lastReleased("shop"); key != test.want || ok != (test.want != "") {
				t.Errorf("%s: got %q, want %q", name, key, test.want)
			}
		}
	}
}
