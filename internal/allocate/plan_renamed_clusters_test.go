package allocate

import (
	"reflect"
	"testing"

	"github.com/cidrplan/terraform-provider-cidrplan/internal/profile"
	"github.com/cidrplan/terraform-provider-cidrplan/internal/topology"
)

func TestPreviousNamesCarryAnAllocationOver(t *testing.T) {
	r := applied(t, request(shop(), web()))
	released := applied(t, r, withoutClusters("web"))
	const webHas, fresh = "10.0.32.0/22 172.20.4.0/24 /26", "10.0.36.0/22 172.20.5.0/24 /26"
	www := func(old ...string) func(*Request) { return nodes("www", 16, previously(old...)) }
	tests := map[string]struct {
		r        Request
		edits    []func(*Request)
		want     map[string]string
		released map[string]string
	}{
		"with the old name": {
			r,
			[]func(*Request){withoutClusters("web"), www("web")},
			map[string]string{"shop": shopHas, "www": webHas},
			map[string]string{},
		},
		"without it": {
			r,
			[]func(*Request){withoutClusters("web"), www()},
			map[string]string{"shop": shopHas, "www": fresh},
			map[string]string{"web": releasedWeb},
		},
		"with another name": {
			r,
			[]func(*Request){withoutClusters("web"), www("wed")},
			map[string]string{"shop": shopHas, "www": fresh},
			map[string]string{"web": releasedWeb},
		},
		"with several, of which one held": {
			r,
			[]func(*Request){withoutClusters("web"), www("w3", "web", "w4")},
			map[string]string{"shop": shopHas, "www": webHas},
			map[string]string{},
		},
		"with several that held: the first counts": {
			r,
			[]func(*Request){withoutClusters("web", "shop"), www("web", "shop")},
			map[string]string{"www": webHas},
			map[string]string{"shop": releasedShop},
		},
		"twice": {
			applied(t, r, func(r *Request) { withoutClusters("web")(r); www("web")(r) }),
			[]func(*Request){withoutClusters("www"), nodes("w4", 16, previously("www", "web"))},
			map[string]string{"shop": shopHas, "w4": webHas},
			map[string]string{},
		},
		"the old name stays in the list": {
			applied(t, r, func(r *Request) { withoutClusters("web")(r); www("web")(r) }),
			nil,
			map[string]string{"shop": shopHas, "www": webHas},
			map[string]string{},
		},
		"to a name that holds something": {
			r,
			[]func(*Request){withoutClusters("web"), shop(previously("web"))},
			map[string]string{"shop": shopHas},
			map[string]string{"web": releasedWeb},
		},
		"of one that was released before": {
			released,
			[]func(*Request){www("web")},
			map[string]string{"shop": shopHas, "www": webHas},
			map[string]string{},
		},
		"of one that was released, and its own": {
			applied(t, released, www(), withoutClusters("www")),
			[]func(*Request){www("web")},
			map[string]string{"shop": shopHas, "www": fresh},
			map[string]string{"web": releasedWeb},
		},
		"and a new cluster that could be it": {
			r,
			[]func(*Request){withoutClusters("web"), www("web"), nodes("new", 16)},
			map[string]string{"shop": shopHas, "www": webHas, "new": fresh},
			map[string]string{},
		},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			result := planned(t, edited(test.r, test.edits...))
			wantRanges(t, result, test.want)
			wantReleased(t, result, test.released)
		})
	}
	t.Run("what existing gives under the old name", func(t *testing.T) {
		has := existing("web", Existing{PodCIDRs: prefixes("10.7.0.0/22"), ServiceCIDR: prefix("172.20.9.0/24"), NodeMask: 26})
		www := nodes("www", 16, previously("w3", "web"))
		restored := map[string]string{"www": "10.7.0.0/22 172.20.9.0/24 /26"}
		result := planned(t, request(has, www))
		wantRanges(t, result, restored)
		wantFaults(t, result.Faults)
		wantRanges(t, planned(t, edited(applied(t, request(has, www)), func(r *Request) { delete(r.Existing, "web") })), restored)
		t.Run("is its own where the old name is declared", func(t *testing.T) {
			result := Plan(request(has, www, web()), profile.Default())
			wantFaults(
				t,
				result.Faults,
				problem{
					At:      `clusters["www"].previous_names[1]`,
					Problem: topology.NotAccepted{Value: "web", Reason: NameHoldsRanges{topology.ClusterName}},
				},
			)
		})
		t.Run("stays occupied beside an entry of the new name", func(t *testing.T) {
			own := existing("www", Existing{PodCIDRs: prefixes("10.8.0.0/22"), ServiceCIDR: prefix("172.20.10.0/24"), NodeMask: 26})
			result := Plan(
				request(has, own, www, cluster("new", "ack-flannel", profile.Need{}, pins("172.20.11.0/24", "10.7.0.0/24"))),
				profile.Default(),
			)
			wantFindings(t, result, "error pod_overlaps_existing new 10.7.0.0/24 web 10.7.0.0/22")
			wantRanges(t, result, map[string]string{"www": "10.8.0.0/22 172.20.10.0/24 /26", "new": "10.7.0.0/24 172.20.11.0/24 /26"})
		})
	})
	t.Run("all outputs are carried over, and the prior state is not touched", func(t *testing.T) {
		was := r.Prior.Allocations["shop"]
		was.Values = map[string]string{"pod_cidr": "as it was"}
		prior := *r.Prior
		prior.Allocations = map[string]Allocation{"shop": was, "web": r.Prior.Allocations["web"]}
		r := r
		r.Prior = &prior
		result := planned(t, edited(r, withoutClusters("shop"), nodes("new", 100, previously("shop"))))
		if !reflect.DeepEqual(result.Allocations["new"], was) || len(prior.Allocations) != 2 || len(prior.Facts.Clusters) != 2 {
			t.Errorf("got %+v; the prior state has %v", result.Allocations["new"], prior.Allocations)
		}
		wantFaults(t, result.Faults)
	})
	t.Run("what is asked for is checked against what was held", func(t *testing.T) {
		result := Plan(edited(r, withoutClusters("web"), nodes("www", 17, previously("web"))), profile.Default())
		if len(pick[Outgrown](result)) != 1 {
			t.Error(allReports(result))
		}
	})
	t.Run("a profile is checked against the one before", func(t *testing.T) {
		result := Plan(
			edited(
				r, withoutClusters("web"),
				nodes("www", 16, previously("web"), func(cl *topology.Cluster) { cl.Profile = "ack-edge-flannel" }),
			),
			profile.Default(),
		)
		wantFaults(
			t,
			result.Faults,
			problem{
				At:      `clusters["www"].profile`,
				Problem: Changed{Cluster: "www", Argument: "profile", Held: "ack-flannel", Wanted: "ack-edge-flannel"},
			},
		)
	})
}

func TestFaultsOfPreviousNames(t *testing.T) {
	declared := func(old string) topology.NotAccepted {
		return topology.NotAccepted{Value: old, Reason: NameHoldsRanges{topology.ClusterName}}
	}
	tests := map[string]struct {
		edits []func(*Request)
		want  []problem
	}{
		"a name that is declared": {
			[]func(*Request){web(previously("shop"))},
			[]problem{{At: `clusters["web"].previous_names[0]`, Problem: declared("shop")}},
		},
		"its own name": {
			[]func(*Request){web(previously("w3", "web"))},
			[]problem{{At: `clusters["web"].previous_names[1]`, Problem: declared("web")}},
		},
		"a name of two clusters": {
			[]func(*Request){web(previously("old")), shop(previously("old"))},
			[]problem{
				{
					At: `clusters["web"].previous_names[0]`,
					Problem: topology.NotAccepted{
						Value:  "old",
						Reason: topology.PreviousNameShared{Kind: topology.ClusterName, Owner: "shop"},
					},
				},
			},
		},
		"names of their own":      {[]func(*Request){web(previously("old")), shop(previously("older"))}, nil},
		"a name that is nobody's": {[]func(*Request){web(previously("nobody"))}, nil},
		"a name that is not known yet": {[]func(*Request){web(func(cl *topology.Cluster) {
			cl.PreviousNames, cl.Unknown = []string{""}, topology.Unknown{"previous_names"}
		}), shop(func(cl *topology.Cluster) {
			cl.PreviousNames, cl.Unknown = []string{""}, topology.Unknown{"previous_names"}
		})}, nil},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			wantFaults(t, Plan(request(append([]func(*Request){shop(), web()}, test.edits...)...), profile.Default()).Faults, test.want...)
		})
	}
}
