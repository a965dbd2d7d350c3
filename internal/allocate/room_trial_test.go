package allocate

import (
	"reflect"
	"testing"

	"github.com/cidrplan/terraform-provider-cidrplan/internal/profile"
	"github.com/cidrplan/terraform-provider-cidrplan/internal/topology"
)

// A plan that is tried out has errors of its own for what was wrong before. They are recognized by what they hold, so options
// for missing ranges are found beside them.
func TestRoomOptionsAreFoundBesideOtherErrors(t *testing.T) {
	sized := func(name string, nodes int64) func(*Request) {
		return cluster(name, "kubernetes-routed", profile.Need{MaxNodes: nodes, PodsPerNode: 64, MaxServices: 200})
	}
	for name, fault := range map[string]func(*Request){
		"a range that is too small": sized("old", 1000), "a size that is not possible": sized("huge", 1<<20),
	} {
		r := request(sized("old", 100))
		lacks := edited(after(r, planned(t, r)), fault, cluster("web", "ack-flannel", lengths(16, 24, 26)))
		result := Plan(lacks, profile.Default())
		found := 0
		for _, f := range WithRoomOptions(lacks, result, profile.Default()).Faults {
			if _, lacksRoom := f.Problem.(NoRoom); lacksRoom {
				found++
				want := []topology.Option{
					topology.OptionOf(
						topology.Set(topology.Path{}.Attr("clusters").Key("web").Attr("pod_prefix_length"), topology.AtLeast(17)),
					),
					topology.OptionOf(topology.Add(topology.Path{}.Attr("supernets"), prefix("10.2.0.0/15"))),
				}
				if !reflect.DeepEqual(f.Options, want) {
					t.Errorf("%s: got the options %+v, want %+v", name, f.Options, want)
				}
			}
		}
		if found != 1 || len(result.Faults) < 2 {
			t.Errorf("%s: want a missing range and another error, got %v", name, result.Faults)
		}
	}
}

func TestOptionsAreTriedOutForFewMissingRanges(t *testing.T) {
	for name, test := range map[string]struct {
		lacking NoRoom
		want    bool
	}{
		"one missing range":           {NoRoom{}, true},
		"as many as are tried out":    {NoRoom{Others: make([]MissingRange, maxTrials-1)}, true},
		"one more":                    {NoRoom{Others: make([]MissingRange, maxTrials)}, false},
		"a search that was cut short": {NoRoom{CutShort: true}, false},
	} {
		if got := (trial{catalog: profile.Default(), lacking: test.lacking}).works(request()); got != test.want {
			t.Errorf("%s: got %t, want %t", name, got, test.want)
		}
	}
}
