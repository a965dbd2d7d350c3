package allocate

import (
	"fmt"
	"net/netip"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"

	"github.com/cidrplan/terraform-provider-cidrplan/internal/profile"
	"github.com/cidrplan/terraform-provider-cidrplan/internal/topology"
)

// Clusters whose supernet is removed are reported once, all of a plan in one warning.
func TestClustersOutsideOfSupernetsAreReported(t *testing.T) {
	both := func(pods, serviceRange string) func(*Request) {
		return func(r *Request) { supernets(pods)(r); services(serviceRange)(r) }
	}
	shopPods := profile.Ranges{Pods: prefixes("10.0.0.0/19")}
	shopServices := profile.Ranges{Service: netip.MustParsePrefix("172.20.0.0/22")}
	for name, test := range map[string]struct {
		edit    func(*Request)
		removed string
		kept    []ClusterOutside
	}{
		"nothing changes":              {func(*Request) {}, "", nil},
		"narrower around what is held": {both("10.0.0.0/18", "172.20.0.0/20"), "", nil},
		"wider":                        {both("10.0.0.0/7", "172.16.0.0/12"), "", nil},
		"another supernet for Pods":    {both("10.64.0.0/16", "172.20.0.0/16"), "10.0.0.0/16", []ClusterOutside{{"shop", shopPods}}},
		"another one for Services":     {both("10.0.0.0/8", "172.24.0.0/16"), "172.20.0.0/16", []ClusterOutside{{"shop", shopServices}}},
		"both, of several clusters": {
			func(r *Request) { web()(r); both("10.64.0.0/16", "172.24.0.0/16")(r) }, "10.0.0.0/16,172.20.0.0/16",
			[]ClusterOutside{{"shop", profile.Ranges{Pods: shopPods.Pods, Service: shopServices.Service}}},
		},
		"a cut through what is held": {both("10.0.0.0/20", "172.20.0.0/16"), "10.0.0.0/16", []ClusterOutside{{"shop", shopPods}}},
		"a pool with the supernet": {func(r *Request) {
			both("10.64.0.0/16", "172.20.0.0/16")(r)
			r.Pools = map[string]Pool{"old": {Supernets: prefixes("10.0.0.0/8")}}
		}, "", nil},
		"supernets that are not known": {func(r *Request) { r.Supernets = nil; r.Unknown = topology.Unknown{"supernets"} }, "", nil},
		"the cluster goes": {
			func(r *Request) { withoutClusters("shop")(r); both("10.64.0.0/16", "172.24.0.0/16")(r) }, "", nil,
		},
	} {
		t.Run(name, func(t *testing.T) {
			r := edited(applied(t, request(shop())), test.edit)
			result := Plan(r, profile.Default())
			var got []NoLongerInSupernets
			for _, f := range result.Faults {
				if problem, ok := f.Problem.(NoLongerInSupernets); ok && f.Warn && f.At.String() == "supernets" {
					got = append(got, problem)
				}
			}
			var want []NoLongerInSupernets
			if test.kept != nil {
				want = []NoLongerInSupernets{{prefixes(strings.Split(test.removed, ",")...), test.kept}}
			}
			same := cmp.Comparer(func(a, b netip.Prefix) bool { return a == b })
			if diff := cmp.Diff(want, got, same, cmpopts.EquateEmpty()); diff != "" {
				t.Errorf("(-want +got)\n%s", diff)
			}
			for _, f := range Plan(after(r, result), profile.Default()).Faults {
				if _, again := f.Problem.(NoLongerInSupernets); again {
					t.Errorf("it is reported again in the next plan: %v", f)
				}
			}
		})
	}
}

func TestOptionsForClustersOutsideOfSupernets(t *testing.T) {
	outside := func(count int) NoLongerInSupernets {
		e := NoLongerInSupernets{Removed: prefixes("10.0.0.0/16")}
		for i := range count {
			e.Clusters = append(e.Clusters, ClusterOutside{Cluster: fmt.Sprintf("c%02d", i)})
		}
		return e
	}
	holding := func(count int) *situation {
		s := situationOf(request(), shopHolds)
		for _, c := range outside(count).Clusters {
			cluster(c.Cluster, "ack-flannel", profile.Need{MaxNodes: 3})(&s.request)
			s.request.Prior.Allocations[c.Cluster] = Allocation{Ranges: shopHolds}
		}
		return s
	}
	const keep = `add supernets 10.0.0.0/16`
	all := make([]string, maxMoved)
	for i := range all {
		all[i] = fmt.Sprintf(`set renumber["c%02d"] 1`, i)
	}
	for name, test := range map[string]struct {
		situation *situation
		clusters  int
		want      []string
	}{
		"one cluster":                       {holding(1), 1, []string{keep, all[0]}},
		"as many as one option moves":       {holding(maxMoved), maxMoved, []string{keep, strings.Join(all, "; ")}},
		"more than one option moves":        {holding(maxMoved + 1), maxMoved + 1, []string{keep}},
		"a cluster that cannot be numbered": {situationOf(request()), 1, []string{keep}},
	} {
		t.Run(name, func(t *testing.T) { wantOptions(t, test.situation.leftOptions(outside(test.clusters)), test.want) })
	}
}
