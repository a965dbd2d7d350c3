package allocate

import (
	"fmt"
	"reflect"
	"slices"
	"testing"

	"github.com/cidrplan/terraform-provider-cidrplan/internal/conflict"
	"github.com/cidrplan/terraform-provider-cidrplan/internal/profile"
	"github.com/cidrplan/terraform-provider-cidrplan/internal/topology"
)

// ofSizes adds a cluster of the fictitious platform whose ranges have sizes, in a VPC without a platform.
func ofSizes(kind string, need profile.Need, edits ...func(*topology.Cluster)) func(*Request) {
	return turns(onlyOwn, cluster("shop", "fictitious-"+kind, need, edits...))
}

// assumedIn lists the ranges that faults say are assumed.
func assumedIn(faults []topology.Fault) (all []string) {
	for _, f := range faults {
		if e, is := f.Problem.(AssumedRanges); is && f.Warn && f.At.String() == `clusters["shop"]` {
			all = append(all, fmt.Sprintf("%v %v", e.Kind, e.Ranges))
		}
	}
	return all
}

// A cluster that exists has the ranges that its platform uses by itself where existing gives none.
func TestClustersThatExistHaveTheDefaultRangesOfTheirPlatform(t *testing.T) {
	const (
		pods, services = "pod [10.244.0.0/16]", "service [10.96.0.0/16]"
		both           = "10.244.0.0/16 10.96.0.0/16 /24 invalid Prefix invalid Prefix"
	)
	tests := map[string]struct {
		edit    func(*Request)
		want    string
		assumed []string
	}{
		"nothing is given": {turns(ofSizes("constant", profile.Need{}), existing("shop", Existing{})), both, []string{pods, services}},
		"whatever it asks for": {
			turns(ofSizes("constant", profile.Need{MaxNodes: 3, MaxServices: 20}), existing("shop", Existing{})), both,
			[]string{pods, services},
		},
		"nothing is given of both families": {
			turns(ofSizes("constant", profile.Need{}, dual), existing("shop", Existing{})),
			"10.244.0.0/16 10.96.0.0/16 /24 fd12:3456:789a::/64 fd12:3456:789a:1::/108",
			[]string{"pod [10.244.0.0/16 fd12:3456:789a::/64]", "service [10.96.0.0/16 fd12:3456:789a:1::/108]"},
		},
		"the Service range alone is given": {
			turns(ofSizes("constant", profile.Need{}), existing("shop", Existing{ServiceCIDR: prefix("10.97.0.0/16")})),
			"10.244.0.0/16 10.97.0.0/16 /24 invalid Prefix invalid Prefix", []string{pods},
		},
		"the Pod range alone is given, and the node block is constant": {
			turns(ofSizes("constant", profile.Need{}), existing("shop", Existing{PodCIDRs: prefixes("10.64.0.0/16")})),
			"10.64.0.0/16 10.96.0.0/16 /24 invalid Prefix invalid Prefix", []string{services},
		},
		"the Pod range is pinned": {
			turns(ofSizes("constant", profile.Need{}, pins("", "10.64.0.0/16")), existing("shop", Existing{})),
			"10.64.0.0/16 10.96.0.0/16 /24 invalid Prefix invalid Prefix", []string{services},
		},
		"all is pinned": {
			turns(ofSizes("constant", profile.Need{}, pins("10.97.0.0/16", "10.64.0.0/16")), existing("shop", Existing{})),
			"10.64.0.0/16 10.97.0.0/16 /24 invalid Prefix invalid Prefix", nil,
		},
		"the name in the cloud": {
			turns(ofSizes("constant", profile.Need{}, func(cl *topology.Cluster) { cl.CloudName = "c-1" }), existing("c-1", Existing{})),
			both, []string{pods, services},
		},
		"a new cluster gets ranges": {
			ofSizes(
				"constant",
				profile.Need{MaxNodes: 4, MaxServices: 200},
			), "10.0.0.0/22 172.20.0.0/24 /24 invalid Prefix invalid Prefix", nil,
		},
		"a range that the platform manages is no surprise": {
			ofSizes("doubled", profile.Need{PodsPerNode: 110}, pins("", "10.4.0.0/14")),
			"10.4.0.0/14 34.118.224.0/20 /24 invalid Prefix invalid Prefix", nil,
		},
		"Pods in subnets, and the Service range is given": {
			turns(ofSizes("choosing", profile.Need{}), existing("shop", Existing{ServiceCIDR: prefix("172.20.0.0/16")})),
			" 172.20.0.0/16 /0 invalid Prefix invalid Prefix", nil,
		},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			r, catalog := request(test.edit), sizesCatalog(t)
			first := Plan(r, catalog)
			a := first.Allocations["shop"]
			got := fmt.Sprintf("%s %v /%d %v %v", list(a.Pods), a.Service, a.NodeMask, a.PodIPv6, a.ServiceIPv6)
			if first.Failed() || got != test.want || !slices.Equal(assumedIn(first.Faults), test.assumed) {
				t.Errorf(
					"got %s, assuming %q, want %s, assuming %q\n%s",
					got,
					assumedIn(first.Faults),
					test.want,
					test.assumed,
					allReports(first),
				)
			}
			second := Plan(after(r, first), catalog)
			if !reflect.DeepEqual(first.Allocations, second.Allocations) || len(second.Faults)+len(second.Findings) > 0 {
				t.Errorf("once it is held: got %+v\n%s", second.Allocations, allReports(second))
			}
		})
	}
}

func TestRangesOfClustersThatExistWhichNobodyKnows(t *testing.T) {
	chosen := topology.Missing{Reason: ServiceRangeChosen{
		Profile: "fictitious-choosing", Ranges: prefixes("10.100.0.0/16", "172.20.0.0/16"),
	}}
	nothing := topology.Missing{Reason: PodsOrServicesNeeded{}}
	for name, test := range map[string]struct {
		edit func(*Request)
		want []problem
	}{
		"the platform chose one of several": {
			turns(ofSizes("choosing", profile.Need{}), existing("shop", Existing{})),
			[]problem{{At: `existing["shop"].service_cidr`, Problem: chosen}},
		},
		"the platform chose, and the cluster is pinned": {
			turns(ofSizes("choosing", profile.Need{}, pins("172.20.0.0/16")), existing("shop", Existing{})), nil,
		},
		"the platform has no defaults": {
			turns(ofSizes("listed", profile.Need{MaxNodes: 3}), existing("shop", Existing{})),
			[]problem{{At: `existing["shop"].pod_cidrs`, Problem: nothing}},
		},
		"the cluster is not declared": {
			turns(onlyOwn, existing("shop", Existing{})), []problem{{At: `existing["shop"].pod_cidrs`, Problem: nothing}},
		},
	} {
		t.Run(name, func(t *testing.T) { wantFaults(t, Plan(request(test.edit), sizesCatalog(t)).Faults, test.want...) })
	}
	t.Run("the state knows it", func(t *testing.T) {
		r, catalog := request(ofSizes("choosing", profile.Need{MaxServices: 200})), sizesCatalog(t)
		wantFaults(t, Plan(edited(after(r, Plan(r, catalog)), existing("shop", Existing{})), catalog).Faults)
	})
}

// What a platform may have chosen is in use; whether it is, is not certain.
func TestAuditsKnowTheRangesOfWhichAPlatformChoosesOne(t *testing.T) {
	exists := turns(ofSizes("choosing", profile.Need{}), existing("shop", Existing{}))
	peered := func(text string) func(*Request) {
		return func(r *Request) {
			r.Facts.VPCs["other"] = topology.VPC{CIDRBlocks: prefixes(text), Peers: []string{"own"}}
		}
	}
	for name, test := range map[string]struct {
		edit func(*Request)
		want []string
	}{
		"nothing is near": {exists, nil},
		"a peer has the first": {
			turns(exists, peered("10.100.4.0/24")), []string{"warn service_overlaps_peer shop 10.100.0.0/16 other 10.100.4.0/24"},
		},
		"a peer has the second": {
			turns(exists, peered("172.20.0.0/16")), []string{"warn service_overlaps_peer shop 172.20.0.0/16 other 172.20.0.0/16"},
		},
		"a peer has neither": {turns(exists, peered("172.21.0.0/16")), nil},
		"its own VPC has one": {
			turns(exists, vpc("own", func(v *topology.VPC) { v.CIDRBlocks = prefixes("172.20.0.0/16") })),
			[]string{"warn service_overlaps_vpc shop 172.20.0.0/16 own 172.20.0.0/16"},
		},
		"the range is given": {
			turns(exists, peered("172.20.0.0/16"), existing("shop", Existing{ServiceCIDR: prefix("10.100.0.0/16")})), nil,
		},
		"the cluster is not built": {turns(ofSizes("choosing", profile.Need{}), peered("172.20.0.0/16")), nil},
	} {
		t.Run(name, func(t *testing.T) {
			result := Audit(request(test.edit), topology.WhatIf{}, sizesCatalog(t))
			wantFindings(t, Result{Findings: result.Findings}, test.want...)
			for _, f := range result.Findings {
				if f.A.Source != conflict.Possible || f.Rule.Level != profile.Warn {
					t.Errorf("got %+v", f)
				}
			}
		})
	}
}

// A default that is in the way is an error like any other range of the cluster, and is corrected at the cluster.
func TestDefaultRangesConflict(t *testing.T) {
	r := request(
		ofSizes("constant", profile.Need{}), existing("shop", Existing{}),
		vpc("own", func(v *topology.VPC) { v.CIDRBlocks = prefixes("10.244.8.0/24") }),
	)
	result := Plan(r, sizesCatalog(t))
	wantFindings(t, result, "error pod_overlaps_vpc shop 10.244.0.0/16 own 10.244.8.0/24")
	if f := result.Findings[0]; f.A.Source != conflict.Assumed || f.A.At.String() != `clusters["shop"]` {
		t.Errorf("got %+v", f.A)
	}
}

func TestManagedServiceRangesAreNoArgument(t *testing.T) {
	r := request(ofSizes("doubled", profile.Need{PodsPerNode: 110}, pins("", "10.4.0.0/14")))
	if got := Plan(r, sizesCatalog(t)).Allocations["shop"].Values; got["services"] != "" || got["pods"] != "10.4.0.0/14" {
		t.Errorf("got %v", got)
	}
	r = request(ofSizes("doubled", profile.Need{PodsPerNode: 110}, pins("172.16.0.0/20", "10.4.0.0/14")))
	if got := Plan(r, sizesCatalog(t)).Allocations["shop"].Values; got["services"] != "172.16.0.0/20" {
		t.Errorf("got %v", got)
	}
}
