package usage

import (
	"net/netip"
	"os"
	"testing"

	"github.com/cidrplan/terraform-provider-cidrplan/internal/allocate"
	"github.com/cidrplan/terraform-provider-cidrplan/internal/profile"
	"github.com/cidrplan/terraform-provider-cidrplan/internal/topology"
)

// What clusters use beside Pods and Services is not free for further clusters like them. A further Pod range is inside the range that
// must contain it.
func TestFreeAddressesBesideOtherRanges(t *testing.T) {
	catalog, err := profile.Load(os.DirFS("../profile/testdata/fictitious_other"))
	if err != nil {
		t.Fatal(err)
	}
	of := func(name, use string, ranges ...string) func(*topology.Cluster) {
		return func(cl *topology.Cluster) {
			cl.Profile = name
			if len(ranges) > 0 {
				cl.OtherRanges = map[string][]netip.Prefix{use: prefixes(ranges...)}
			}
		}
	}
	for name, test := range map[string]struct {
		supernet string
		edits    []func(*allocate.Request)
		want     string
		more     string
	}{
		"a default": {
			"100.64.0.0/14", []func(*allocate.Request){cluster("shop", "prod", 16, of("other-default", ""))},
			"100.64.0.0/16 unusable (other shop/join) in \n100.65.0.0/16 allocated (pod shop) in \n100.66.0.0/15 free () in prod", "2",
		},
		"a default and another range": {
			"100.64.0.0/14", []func(*allocate.Request){
				cluster("shop", "prod", 16, of("other-default", "")), cluster("data", "prod", 16, of("other-default", "join",
					"100.65.0.0/16")),
			},
			"100.64.0.0/16 allocated (pod data, other shop/join) in \n100.65.0.0/16 allocated (pod shop, other data/join) in \n" +
				"100.66.0.0/15 free () in prod", "2",
		},
		"the range that must contain Pods": {
			"100.64.0.0/14", []func(*allocate.Request){cluster("shop", "prod", 16, of("other-container", "cluster_network",
				"100.64.0.0/15"))},
			"100.64.0.0/16 allocated (pod shop, other shop/cluster_network) in \n" +
				"100.65.0.0/16 free (other shop/cluster_network) in prod\n100.66.0.0/15 unusable () in ", "1",
		},
		"a unique range": {
			"100.64.0.0/15", []func(*allocate.Request){cluster("shop", "prod", 16, of("other-unique", "control_plane", "100.65.0.0/28"))},
			"100.64.0.0/16 allocated (pod shop) in \n100.65.0.0/28 unusable (other shop/control_plane) in \n" +
				"100.65.0.16/28 free () in prod\n100.65.0.32/27 free () in prod\n100.65.0.64/26 free () in prod\n" +
				"100.65.0.128/25 free () in prod\n100.65.1.0/24 free () in prod\n100.65.2.0/23 free () in prod\n" +
				"100.65.4.0/22 free () in prod\n100.65.8.0/21 free () in prod\n100.65.16.0/20 free () in prod\n" +
				"100.65.32.0/19 free () in prod\n100.65.64.0/18 free () in prod\n100.65.128.0/17 free () in prod", "0",
		},
	} {
		t.Run(name, func(t *testing.T) {
			r := request(append([]func(*allocate.Request){supernets(test.supernet)}, test.edits...)...)
			result := allocate.Plan(r, catalog)
			if result.Failed() {
				t.Fatalf("%+v %+v", result.Faults, result.Findings)
			}
			r.Prior = &allocate.Prior{Name: r.Name, Facts: r.Facts, Supernets: r.AllSupernets(), Allocations: result.Allocations}
			s, faults := New(r, catalog)
			if s == nil {
				t.Fatal(faults)
			}
			if got := texts(s.Spans(prefix(test.supernet))); got != test.want {
				t.Errorf("got\n%s\nwant\n%s", got, test.want)
			}
			if more, ok := s.inUse.MoreLike("shop"); !ok || more.Number.String() != test.more {
				t.Errorf("%v more clusters, want %s", more.Number, test.more)
			}
		})
	}
}
