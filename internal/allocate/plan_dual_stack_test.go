package allocate

import (
	"fmt"
	"net/netip"
	"reflect"
	"testing"

	"github.com/cidrplan/terraform-provider-cidrplan/internal/cidr"
	"github.com/cidrplan/terraform-provider-cidrplan/internal/profile"
	"github.com/cidrplan/terraform-provider-cidrplan/internal/topology"
)

func dual(cl *topology.Cluster) { cl.IPFamilies = []string{"ipv4", "ipv6"} }

func TestDualClustersKeepBothFamilies(t *testing.T) {
	kubernetes := func(edits ...func(*topology.Cluster)) func(*Request) {
		return in("own", "a", "kubernetes-routed", profile.Need{MaxNodes: 60}, append([]func(*topology.Cluster){dual}, edits...)...)
	}
	r := all(services("172.20.0.0/16", "fd00::/40"), kubernetes())
	was := planned(t, r)
	held := was.Allocations["a"]
	changed := func(argument string, was, wanted any) []problem {
		return []problem{{At: `clusters["a"].` + argument, Problem: Changed{Cluster: "a", Argument: argument, Held: was, Wanted: wanted}}}
	}
	tests := map[string]struct {
		edit func(*topology.Cluster)
		want []problem
	}{
		"the same again": {func(*topology.Cluster) {}, nil},
		"what it holds, pinned": {
			func(cl *topology.Cluster) { cl.PodIPv6CIDR, cl.ServiceIPv6CIDR = held.PodIPv6, held.ServiceIPv6 },
			nil,
		},
		"other Pods, pinned": {
			func(cl *topology.Cluster) { cl.PodIPv6CIDR = prefix("fd00:9::/58") },
			changed("pod_ipv6_cidr", prefix("fd00::/58"), prefix("fd00:9::/58")),
		},
		"other Services, pinned": {
			func(cl *topology.Cluster) { cl.ServiceIPv6CIDR = prefix("fd00:9::/112") },
			changed("service_ipv6_cidr", prefix("fd00:0:0:40::/112"), prefix("fd00:9::/112")),
		},
		"one family only": {
			func(cl *topology.Cluster) { cl.IPFamilies = nil },
			changed("ip_families", []string{"ipv4", "ipv6"}, []string{"ipv4"}),
		},
		"families not known yet":  {func(cl *topology.Cluster) { cl.IPFamilies, cl.Unknown = nil, topology.Unknown{"ip_families"} }, nil},
		"more nodes that fit":     {func(cl *topology.Cluster) { cl.Need.MaxNodes = 64 }, nil},
		"an IPv4 wish beside it":  {func(cl *topology.Cluster) { cl.Need.MaxServices = 1000 }, nil},
		"a wish for fewer of all": {func(cl *topology.Cluster) { cl.Need = profile.Need{MaxNodes: 1, MaxServices: 1} }, nil},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			result := Plan(edited(after(r, was), kubernetes(test.edit)), profile.Default())
			wantFaults(t, result.Faults, test.want...)
			if got := result.Allocations["a"]; !reflect.DeepEqual(got, held) {
				t.Errorf("got %+v, want %+v", got, held)
			}
		})
	}
}

// IPv6 ranges are as disjoint as IPv4 ones, and where there are none the failure says so.
func TestIPv6RangesOfTwoClusters(t *testing.T) {
	two := []func(*Request){
		in(
			"own", "a", "kubernetes-routed", profile.Need{MaxNodes: 60}, dual,
		), in("own", "b", "kubernetes-routed", profile.Need{MaxNodes: 60}, dual),
	}
	result := planned(t, all(append(two, services("172.20.0.0/16", "fd00::/40"))...))
	var seen []netip.Prefix
	for _, name := range []string{"a", "b"} {
		for _, p := range []netip.Prefix{result.Allocations[name].PodIPv6, result.Allocations[name].ServiceIPv6} {
			for _, other := range seen {
				if p.Overlaps(other) {
					t.Errorf("%v is on %v", p, other)
				}
			}
			seen = append(seen, p)
		}
	}
	result = Plan(all(append(two, supernets("10.0.0.0/12"))...), profile.Default())
	short := map[string]int{}
	for _, f := range result.Faults {
		n, ok := f.Problem.(NoRoom)
		if !ok || n.Family != cidr.V6 || len(n.From) != 0 {
			t.Fatalf("fault %v", f)
		}
		for _, one := range append(n.Others, n.MissingRange) {
			short[fmt.Sprint(one.Cluster, one.Kind)]++
		}
	}
	if want := map[string]int{"apod": 1, "aservice": 1, "bpod": 1, "bservice": 1}; !reflect.DeepEqual(short, want) {
		t.Errorf("no room for %v, want %v", short, want)
	}
}
