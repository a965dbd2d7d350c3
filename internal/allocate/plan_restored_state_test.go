package allocate

import (
	"net/netip"
	"reflect"
	"testing"

	"github.com/cidrplan/terraform-provider-cidrplan/internal/profile"
	"github.com/cidrplan/terraform-provider-cidrplan/internal/topology"
)

// dualFrom are supernets of both families.
func dualFrom(r *Request) {
	r.Supernets, r.ServiceSupernets = prefixes("10.0.0.0/16", "fd00::/40"), prefixes("172.20.0.0/16", "fc00::/96")
}

// restoredFrom is a request whose prior state has only held and released ranges.
func restoredFrom(r Request, edits ...func(*Request)) Request {
	r.Prior = &Prior{Allocations: r.Prior.Allocations, Released: r.Prior.Released, Imported: true}
	return edited(r, edits...)
}

func TestRestoredStateKnowsItsClusters(t *testing.T) {
	r := applied(
		t, request(dualFrom, shop(), web(), cluster("six", "kubernetes-overlay", profile.Need{MaxNodes: 3}, dual)), withoutClusters("web"),
	)
	inSubnets := func(need profile.Need) func(*Request) {
		return func(r *Request) {
			vpc("ali", func(v *topology.VPC) { v.Subnets = prefixMap("pods", "192.168.0.0/25") })(r)
			cluster("sub", "ack-terway", need, podSubnets("pods"), inVPC("ali"))(r)
		}
	}
	forgotten := func(name string) []problem {
		return []problem{{At: `clusters["` + name + `"]`, Problem: UnknownToImport{Cluster: name}}}
	}
	changed := func(name, argument string, was, wanted any) []problem {
		return []problem{
			{At: `clusters["` + name + `"].` + argument, Problem: Changed{Cluster: name, Argument: argument, Held: was, Wanted: wanted}},
		}
	}
	known := applied(t, r, nodes("new", 16))
	tests := map[string]struct {
		r    Request
		want []problem
	}{
		"all of them are in it":                 {restoredFrom(r), nil},
		"one is not":                            {restoredFrom(r, nodes("new", 16)), forgotten("new")},
		"one is not, and state is not restored": {edited(r, nodes("new", 16)), nil},
		"one is not, but existing says what it has": {
			restoredFrom(r, nodes("new", 16), existing("new", Existing{PodCIDRs: prefixes("10.0.64.0/22"), NodeMask: 26})),
			nil,
		},
		"one is not, but its released ranges are": {restoredFrom(r, web()), nil},
		"released ranges of one are reclaimed":    {restoredFrom(r, web(), reclaim("web")), forgotten("web")},
		"one is there by its old name": {
			restoredFrom(r, withoutClusters("shop"), nodes("new", 100, previously("shop"))), nil,
		},
		"one is there by a name that was not given": {restoredFrom(r, withoutClusters("shop"), nodes("new", 100)), forgotten("new")},
		"a token that acted before state was lost":  {restoredFrom(r, renumber("shop", "1")), nil},
		"families that it does not have": {
			restoredFrom(r, cluster("six", "kubernetes-overlay", profile.Need{MaxNodes: 3})),
			changed("six", "ip_families", []string{"ipv4", "ipv6"}, []string{"ipv4"}),
		},
		"a Pod range for a cluster with Pods in subnets": {
			restoredFrom(
				applied(t, request(inSubnets(profile.Need{MaxNodes: 3}))),
				cluster("sub", "ack-flannel", profile.Need{MaxNodes: 3}, inVPC("ali")),
			),
			changed("sub", "profile", ProfileOfSubnets{}, "ack-flannel"),
		},
		"one with Pods in subnets": {
			restoredFrom(applied(t, request(inSubnets(profile.Need{MaxNodes: 3})))), nil,
		},
		"after the first plan it is state like any other": {edited(applied(t, restoredFrom(known)), nodes("newer", 16)), nil},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			result := Plan(test.r, profile.Default())
			var errors []topology.Fault
			for _, f := range result.Faults {
				if !f.Warn {
					errors = append(errors, f)
				}
			}
			wantFaults(t, errors, test.want...)
			for name := range test.r.Facts.Clusters {
				if was, held := test.r.Prior.Allocations[name]; held && !result.Failed() &&
					!reflect.DeepEqual(result.Allocations[name], was) {
					t.Errorf("%s held %+v and has %+v", name, was, result.Allocations[name])
				}
			}
		})
	}
}

func TestARestoredClusterIsRenamed(t *testing.T) {
	r := applied(t, request(dualFrom, cluster("six", "kubernetes-overlay", profile.Need{MaxNodes: 3}, dual)))
	result := planned(
		t,
		restoredFrom(r, withoutClusters("six"), cluster("new", "kubernetes-overlay", profile.Need{MaxNodes: 3}, dual, previously("six"))),
	)
	if got, want := result.Allocations["new"], r.Prior.Allocations["six"]; !reflect.DeepEqual(got, want) {
		t.Errorf("got %+v, want %+v", got, want)
	}
}

// Ranges that a cluster of both families released are not for a cluster of one family.
func TestFamiliesOfWhatComesBack(t *testing.T) {
	six := func(edits ...func(*topology.Cluster)) func(*Request) {
		return cluster("six", "kubernetes-overlay", profile.Need{MaxNodes: 3}, edits...)
	}
	released := func(edits ...func(*topology.Cluster)) Request {
		return applied(t, request(dualFrom, six(edits...)), withoutClusters("six"))
	}
	tests := map[string]struct {
		r        Request
		edit     func(*Request)
		back     bool
		released int
	}{
		"both, and both again":      {released(dual), six(dual), true, 0},
		"one, and one again":        {released(), six(), true, 0},
		"one, and both now":         {released(), six(dual), true, 0},
		"both, and only one by now": {released(dual), six(), false, 1},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			next := edited(test.r, test.edit)
			result := planned(t, next)
			got, was := result.Allocations["six"], test.r.Prior.Released["six"]
			if back := list(got.Pods) == list(was.Pods); back != test.back || len(result.Released) != test.released ||
				got.Dual() != next.Facts.Clusters["six"].Dual() {
				t.Errorf("got %+v, released %v; had released %+v", got, names(result.Released), was)
			}
		})
	}
}

func prefixMap(name, text string) map[string]netip.Prefix {
	return map[string]netip.Prefix{name: prefix(text)}
}

// A new block beside restored state may be one that the restored state lacks, unless its pin gives its range.
func TestRestoredStateKnowsItsBlocks(t *testing.T) {
	r := applied(t, blocks(ofLength("a", 24)))
	if got := Plan(restoredFrom(r, ofLength("b", 24)), profile.Default()); !got.Failed() {
		t.Errorf("b may be forgotten, and gets %v", got.Allocations["b"].Block)
	}
	wantBlocks(
		t, planned(t, restoredFrom(r, block("b", topology.Block{CIDR: prefix("10.0.9.0/24")}))),
		map[string]string{"a": "10.0.0.0/24", "b": "10.0.9.0/24"},
	)
}

// A restored cluster that is to have another profile keeps the arguments that it holds, without those of the profile.
func TestRestoredArgumentsAreOfOneOutput(t *testing.T) {
	r := applied(t, request(shop()))
	held := r.Prior.Allocations["shop"]
	result := planned(t, restoredFrom(r, cluster("shop", "kubernetes-routed", profile.Need{})))
	if got := result.Allocations["shop"]; got.Output != held.Output || !reflect.DeepEqual(got.Values, held.Values) {
		t.Errorf("got %s %v, want %s %v", got.Output, got.Values, held.Output, held.Values)
	}
}
