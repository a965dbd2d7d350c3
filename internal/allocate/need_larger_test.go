package allocate

import (
	"reflect"
	"testing"

	"github.com/cidrplan/terraform-provider-cidrplan/internal/profile"
	"github.com/cidrplan/terraform-provider-cidrplan/internal/topology"
)

// A range that serves no node becomes as large as the other ranges leave nodes over, or goes where they leave none.
func TestLargerPodRangesServeWhatTheOthersDoNot(t *testing.T) {
	at := topology.Path{}.Attr("clusters").Key("a").Attr("pod_cidrs")
	for name, test := range map[string]struct {
		ranges []string
		nodes  int64
		index  int
		length int
		goes   bool
	}{
		"the only range":         {[]string{"10.0.0.0/25"}, 8, 0, 21, false},
		"the others serve all":   {[]string{"10.0.0.0/18", "10.1.0.0/25"}, 64, 1, 24, true},
		"the others lack one":    {[]string{"10.0.0.0/18", "10.1.0.0/25"}, 65, 1, 24, false},
		"the others lack three":  {[]string{"10.0.0.0/18", "10.1.0.0/25"}, 67, 1, 22, false},
		"no number of nodes":     {[]string{"10.0.0.0/18", "10.1.0.0/25"}, 0, 1, 24, true},
		"the first one of two":   {[]string{"10.1.0.0/25", "10.0.0.0/18"}, 60, 0, 24, false},
		"between two that serve": {[]string{"10.0.0.0/24", "10.1.0.0/25", "10.2.0.0/24"}, 4, 1, 23, false},
	} {
		t.Run(name, func(t *testing.T) {
			p := podRanges{ranges: prefixes(test.ranges...), node: profile.NodeSize{Addresses: 256}}
			at := at.At(test.index)
			want := []topology.Option{topology.OptionOf(topology.Set(at, topology.RangeOf{Family: "IPv4", Length: test.length}))}
			if test.goes {
				want = append(want, topology.OptionOf(topology.Remove(at)))
			}
			var c checker
			p.holdNodes(c.add, topology.Path{}.Attr("clusters").Key("a"), "a", shipped(t, "cce-vpc-router"), test.nodes)
			if len(c.faults) != 1 || !reflect.DeepEqual(c.faults[0].Options, want) {
				t.Errorf("got %+v, want %+v", c.faults, want)
			}
		})
	}
}
