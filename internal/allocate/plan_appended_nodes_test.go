package allocate

import (
	"reflect"
	"testing"

	"github.com/cidrplan/terraform-provider-cidrplan/internal/profile"
	"github.com/cidrplan/terraform-provider-cidrplan/internal/topology"
)

// pinnedPods6Behind gives a cluster IPv6 Pod ranges behind the first one.
func pinnedPods6Behind(texts ...string) func(*topology.Cluster) {
	return func(cl *topology.Cluster) { cl.Further.PodsIPv6 = prefixes(texts...) }
}

// A Pod range that is appended to those that a cluster holds serves a node, also where nothing gives the size of the node blocks.
func TestAppendedPodRangesServeANode(t *testing.T) {
	overlay := func(nodes int64, edits ...func(*topology.Cluster)) func(*Request) {
		edits = append([]func(*topology.Cluster){appending("pods"), dual, pods6("fd00:100::/60")}, edits...)
		return cluster("a", "kubernetes-overlay", profile.Need{MaxNodes: nodes, MaxServices: 200}, edits...)
	}
	r := applied(t, request(services("172.20.0.0/14", "fd00::/40"), overlay(8)))
	held := r.Prior.Allocations["a"].Pods[0].String()
	wants := func(at topology.Path, family string, length int) []topology.Option {
		return []topology.Option{
			topology.OptionOf(topology.Set(at, topology.RangeOf{Family: family, Length: length})),
			topology.OptionOf(topology.Remove(at)), topology.OptionOf(topology.Remove(at[:3])),
		}
	}
	pods := topology.Path{}.Attr("clusters").Key("a").Attr("pod_cidrs").At(1)
	pods6 := topology.Path{}.Attr("clusters").Key("a").Attr("further_pod_ipv6_cidrs").At(0)
	for name, test := range map[string]struct {
		edit func(*Request)
		want []topology.Option
	}{
		"IPv4 for a node":          {overlay(8, pins("", held, "10.66.0.0/25")), nil},
		"IPv4 for none":            {overlay(8, pins("", held, "10.66.0.0/26")), wants(pods, "IPv4", 25)},
		"IPv6 for a node":          {overlay(8, pinnedPods6Behind("fd00:101::/64")), nil},
		"IPv6 for none":            {overlay(8, pinnedPods6Behind("fd00:101::/80")), wants(pods6, "IPv6", 64)},
		"IPv6 for none of further": {overlay(8, pinnedPods6Behind("fd00:101::/64", "fd00:102::/80")), wants(pods6[:3].At(1), "IPv6", 64)},
	} {
		t.Run(name, func(t *testing.T) {
			var got []topology.Option
			for _, f := range Plan(edited(r, test.edit), profile.Default()).Faults {
				if !f.Warn {
					if _, is := f.Problem.(NoNodes); !is {
						t.Errorf("fault %+v", f)
					}
					got = append(got, f.Options...)
				}
			}
			if !reflect.DeepEqual(got, test.want) {
				t.Errorf("got options %+v, want %+v", got, test.want)
			}
		})
	}
}

// A further IPv6 Pod range of a cluster that holds none yet is as large as the first one leaves nodes over, whatever gives the node mask.
func TestFurtherPodRangesOfNewClustersServeANode(t *testing.T) {
	at := topology.Path{}.Attr("clusters").Key("a").Attr("further_pod_ipv6_cidrs").At(0)
	for name, test := range map[string]struct {
		nodes  int64
		edit   func(*topology.Cluster)
		length int
		goes   bool
	}{
		"the first one serves all": {8, pods6("fd00:100::/61"), 64, true},
		"the first one lacks two":  {10, pods6("fd00:100::/61"), 63, false},
		"the first one lacks two of a mask": {
			10, func(cl *topology.Cluster) { pods6("fd00:100::/61")(cl); mask6(64)(cl) }, 63, false,
		},
		"the first one is chosen for all of them": {4, func(*topology.Cluster) {}, 64, true},
	} {
		t.Run(name, func(t *testing.T) {
			r := request(
				services("172.20.0.0/14", "fd00::/40"), supernets("10.0.0.0/16", "fd00:200::/40"),
				cluster("a", "kubernetes-overlay", profile.Need{MaxNodes: test.nodes, MaxServices: 200}, appending("pods"), dual,
					pinnedPods6Behind("fd00:101::/80"), test.edit),
			)
			want := []topology.Option{topology.OptionOf(topology.Set(at, topology.RangeOf{Family: "IPv6", Length: test.length}))}
			if test.goes {
				want = append(want, topology.OptionOf(topology.Remove(at)))
			}
			faults := Plan(r, profile.Default()).Faults
			if len(faults) != 1 || !reflect.DeepEqual(faults[0].Options, want) {
				t.Errorf("got %+v, want options %+v", faults, want)
			}
		})
	}
}

// A range that state holds stays as it is, also where it serves no node.
func TestHeldRangesThatServeNoNodeStay(t *testing.T) {
	r := applied(t, request(
		services("172.20.0.0/14", "fd00::/40"),
		cluster("a", "kubernetes-overlay", profile.Need{MaxNodes: 8, MaxServices: 200}, appending("pods"), dual, pods6("fd00:100::/60"),
			pinnedPods6Behind("fd00:101::/64")),
	))
	held := r.Prior.Allocations["a"]
	held.Pods, held.Further.PodsIPv6 = append(held.Pods, prefix("10.66.0.0/26")), prefixes("fd00:101::/80")
	r.Prior.Allocations["a"] = held
	pinned := cluster("a", "kubernetes-overlay", profile.Need{MaxNodes: 8, MaxServices: 200}, appending("pods"), dual,
		pods6("fd00:100::/60"), pinnedPods6Behind("fd00:101::/80"), pins("", held.Pods[0].String(), "10.66.0.0/26"))
	if got := Plan(edited(r, pinned), profile.Default()); got.Failed() || !reflect.DeepEqual(got.Allocations["a"].Further, held.Further) {
		t.Errorf("got %+v\n%s", got.Allocations["a"], allReports(got))
	}
}
