package allocate

import (
	"testing"

	"github.com/cidrplan/terraform-provider-cidrplan/internal/profile"
	"github.com/cidrplan/terraform-provider-cidrplan/internal/topology"
)

func TestReleasedRangesOfAClusterStayReserved(t *testing.T) {
	both := applied(t, request(shop(), web()))
	webGone := applied(t, both, withoutClusters("web"))
	tests := map[string]struct {
		r           Request
		edit        func(*Request)
		holds       map[string]string
		released    map[string]string
		conflicting string
	}{
		"all ranges of an undeclared cluster are released": {
			both, withoutClusters("web"), map[string]string{"shop": shopHas}, map[string]string{"web": releasedWeb}, "",
		},
		"those of all undeclared clusters are": {
			both, withoutClusters("shop", "web"), map[string]string{}, map[string]string{"shop": releasedShop, "web": releasedWeb}, "",
		},
		"it stays reserved in the next plan, too": {
			webGone, func(*Request) {}, map[string]string{"shop": shopHas}, map[string]string{"web": releasedWeb}, "",
		},
		"nobody gets it": {
			webGone, nodes("new", 16), map[string]string{"shop": shopHas, "new": "10.0.36.0/22 172.20.5.0/24 /26"},
			map[string]string{"web": releasedWeb}, "",
		},
		"nobody is pinned to it": {
			webGone, cluster("new", "ack-flannel", profile.Need{}, pins("172.20.9.0/24", "10.0.32.0/24")),
			map[string]string{"shop": shopHas, "new": "10.0.32.0/24 172.20.9.0/24 /26"},
			map[string]string{"web": releasedWeb}, "error pod_overlaps_released new 10.0.32.0/24 web 10.0.32.0/22",
		},
		"beside it one can be pinned": {
			webGone, cluster("new", "ack-flannel", profile.Need{}, pins("172.20.9.0/24", "10.0.36.0/24")),
			map[string]string{"shop": shopHas, "new": "10.0.36.0/24 172.20.9.0/24 /26"}, map[string]string{"web": releasedWeb}, "",
		},
		"the same name gets it back": {
			webGone, web(), map[string]string{"shop": shopHas, "web": "10.0.32.0/22 172.20.4.0/24 /26"}, map[string]string{}, "",
		},
		"with a smaller need, too": {
			webGone, web(func(cl *topology.Cluster) { cl.Need.MaxNodes = 2 }),
			map[string]string{"shop": shopHas, "web": "10.0.32.0/22 172.20.4.0/24 /26"}, map[string]string{}, "",
		},
		"and pinned to it": {
			webGone, web(pins("172.20.4.0/24", "10.0.32.0/22")),
			map[string]string{"shop": shopHas, "web": "10.0.32.0/22 172.20.4.0/24 /26"}, map[string]string{}, "",
		},
		"and where existing says the same": {
			webGone, func(r *Request) {
				web()(r)
				existing("web", Existing{PodCIDRs: prefixes("10.0.32.0/22"), ServiceCIDR: prefix("172.20.4.0/24"), NodeMask: 26})(r)
			}, map[string]string{"shop": shopHas, "web": "10.0.32.0/22 172.20.4.0/24 /26"}, map[string]string{}, "",
		},
		"not where existing names another owner": {
			webGone, func(r *Request) {
				web()(r)
				existing("web", Existing{PodCIDRs: prefixes("10.0.32.0/22"), ServiceCIDR: prefix("172.20.9.0/24"), NodeMask: 26})(r)
			}, map[string]string{"shop": shopHas, "web": "10.0.32.0/22 172.20.9.0/24 /26"}, map[string]string{"web": releasedWeb}, "",
		},
		"what existing gives another is not kept from it silently": {
			webGone, func(r *Request) {
				nodes("new", 16)(r)
				existing("new", Existing{PodCIDRs: prefixes("10.0.32.0/22"), ServiceCIDR: prefix("172.20.9.0/24"), NodeMask: 26})(r)
			}, map[string]string{"shop": shopHas, "new": "10.0.32.0/22 172.20.9.0/24 /26"}, map[string]string{"web": releasedWeb},
			"error pod_overlaps_released new 10.0.32.0/22 web 10.0.32.0/22",
		},
		"not with a need that it does not serve": {
			webGone, web(func(cl *topology.Cluster) { cl.Need.MaxNodes = 17 }),
			map[string]string{"shop": shopHas, "web": "10.0.40.0/21 172.20.5.0/24 /26"}, map[string]string{"web": releasedWeb}, "",
		},
		"not with another profile": {
			webGone,
			cluster(
				"web", "ack-edge-flannel", profile.Need{MaxNodes: 4, PodsPerNode: 64, MaxServices: 200},
				func(cl *topology.Cluster) { cl.VPC = "ali" },
			),
			map[string]string{"shop": shopHas, "web": "10.0.36.0/24 172.20.5.0/24 /26"}, map[string]string{"web": releasedWeb}, "",
		},
		"not pinned elsewhere": {
			webGone, web(pins("172.20.9.0/24", "10.0.64.0/22")),
			map[string]string{"shop": shopHas, "web": "10.0.64.0/22 172.20.9.0/24 /26"}, map[string]string{"web": releasedWeb}, "",
		},
		"what existing says goes before": {
			webGone, func(r *Request) {
				web()(r)
				existing("web", Existing{PodCIDRs: prefixes("10.0.64.0/22"), ServiceCIDR: prefix("172.20.9.0/24"), NodeMask: 26})(r)
			},
			map[string]string{"shop": shopHas, "web": "10.0.64.0/22 172.20.9.0/24 /26"}, map[string]string{"web": releasedWeb}, "",
		},
		"a second time it stays reserved beside the first": {
			applied(t, webGone, web(func(cl *topology.Cluster) { cl.Need.MaxNodes = 17 })), withoutClusters("web"),
			map[string]string{"shop": shopHas},
			map[string]string{"web": releasedWeb, "web~2": "web 10.0.40.0/21 172.20.5.0/24"}, "",
		},
		"the last one comes back": {
			applied(t, webGone, web(func(cl *topology.Cluster) { cl.Need.MaxNodes = 17 }), withoutClusters("web")), web(),
			map[string]string{"shop": shopHas, "web": "10.0.40.0/21 172.20.5.0/24 /26"}, map[string]string{"web": releasedWeb}, "",
		},
		"existing gives released ranges": {
			applied(
				t,
				request(shop()),
			), existing("web~9", Existing{Cluster: "web", PodCIDRs: prefixes("10.0.32.0/22")}), map[string]string{"shop": shopHas},
			map[string]string{"web~9": "web 10.0.32.0/22 invalid Prefix"}, "",
		},
		"what existing gave before may be left out now": {
			applied(
				t, applied(t, request(shop()), existing("web~9", Existing{Cluster: "web", PodCIDRs: prefixes("10.0.32.0/22")})),
				reclaim("web~9"),
			), reclaim(), map[string]string{"shop": shopHas}, map[string]string{}, "",
		},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			result := Plan(edited(test.r, test.edit), profile.Default())
			wantRanges(t, result, test.holds)
			wantReleased(t, result, test.released)
			if test.conflicting != "" {
				wantFindings(t, result, test.conflicting)
			} else if result.Failed() {
				t.Error(allReports(result))
			}
		})
	}
}

func TestGuardedClustersGiveUpNothing(t *testing.T) {
	both := applied(t, request(shop(), web()))
	guarded := func(renumbered bool) []problem {
		return []problem{{At: "prevent_release", Problem: ReleasePrevented{Cluster: "shop", Held: shopHolds, Renumbered: renumbered}}}
	}
	maybe := func(all []problem, names ...string) []problem {
		g := all[0].Problem.(ReleasePrevented)
		g.MayBe = names
		all[0].Problem = g
		return all
	}
	tests := map[string]struct {
		edits []func(*Request)
		want  []problem
	}{
		"one that is not declared": {[]func(*Request){preventing("shop"), withoutClusters("shop")}, guarded(false)},
		"one that is renumbered":   {[]func(*Request){preventing("shop"), renumber("shop", "1")}, guarded(true)},
		"all of them":              {[]func(*Request){preventing(everyone), withoutClusters("shop")}, guarded(false)},
		"one that lost its old name": {
			[]func(*Request){preventing("shop"), withoutClusters("shop"), nodes("new", 100)},
			maybe(guarded(false), "new"),
		},
		"one that is renamed releases none": {
			[]func(*Request){preventing("shop"), withoutClusters("shop"), nodes("new", 100, previously("shop"))},
			nil,
		},
		"one that is resized releases none": {
			[]func(*Request){preventing("shop"), shop(func(cl *topology.Cluster) { cl.Need.MaxNodes = 1 })},
			nil,
		},
		"another may":       {[]func(*Request){preventing("shop"), withoutClusters("web")}, nil},
		"nobody is guarded": {[]func(*Request){withoutClusters("shop")}, nil},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			result := Plan(edited(both, test.edits...), profile.Default())
			var errors []topology.Fault
			for _, f := range result.Faults {
				if !f.Warn {
					errors = append(errors, f)
				}
			}
			wantFaults(t, errors, test.want...)
		})
	}
}

func TestKeysOfWhatOneClusterReleases(t *testing.T) {
	for name, test := range map[string]struct {
		taken []string
		want  string
	}{
		"the first release has the name":            {nil, "web"},
		"the second one has a number":               {[]string{"web"}, "web~2"},
		"the third one has the next number":         {[]string{"web", "web~2"}, "web~3"},
		"a number that was reclaimed is used again": {[]string{"web", "web~3"}, "web~2"},
		"other names are no obstacle":               {[]string{"shop", "web~2"}, "web"},
	} {
		t.Run(name, func(t *testing.T) {
			taken := map[string]Released{}
			for _, key := range test.taken {
				taken[key] = Released{}
			}
			if got := releaseKey("web", taken); got != test.want {
				t.Errorf("got %s, want %s", got, test.want)
			}
		})
	}
}
