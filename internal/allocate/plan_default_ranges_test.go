package allocate

import (
	"reflect"
	"slices"
	"testing"

	"github.com/cidrplan/terraform-provider-cidrplan/internal/profile"
	"github.com/cidrplan/terraform-provider-cidrplan/internal/topology"
)

// A cluster that says which Pods it has and nothing of Services has the range that its platform
// uses by default, and others avoid it.
func TestDefaultServiceRangesCountAsUsed(t *testing.T) {
	pinned := func(kind, vpc string, need profile.Need, edits ...func(*topology.Cluster)) func(*Request) {
		edits = append(edits, func(cl *topology.Cluster) { cl.PodCIDRs = prefixes("10.8.0.0/16") })
		return in(vpc, "a", kind, need, edits...)
	}
	tests := map[string]struct {
		edit    func(*Request)
		service string
		assumed bool
	}{
		"ACK":        {pinned("ack-flannel", "ali", profile.Need{}), "172.19.0.0/20", true},
		"CCE":        {pinned("cce-overlay", "hua", profile.Need{}), "10.247.0.0/16", true},
		"Kubernetes": {pinned("kubernetes-overlay", "own", profile.Need{}), "10.96.0.0/12", true},
		"what exists": {func(r *Request) {
			in("ali", "a", "ack-flannel", profile.Need{MaxNodes: 5})(r)
			r.Existing["a"] = Existing{PodCIDRs: prefixes("10.8.0.0/16"), NodeMask: 24}
		}, "172.19.0.0/20", true},
		"what exists, whatever it asks for": {func(r *Request) {
			in("ali", "a", "ack-flannel", profile.Need{MaxNodes: 5, MaxServices: 200})(r)
			r.Existing["a"] = Existing{PodCIDRs: prefixes("10.8.0.0/16"), NodeMask: 24}
		}, "172.19.0.0/20", true},
		"a number of Services is a wish": {pinned("ack-flannel", "ali", profile.Need{MaxServices: 1000}), "172.20.0.0/22", false},
		"a length is a wish":             {pinned("ack-flannel", "ali", profile.Need{ServiceLength: 24}), "172.20.0.0/24", false},
		"a pin is a pin": {
			pinned("ack-flannel", "ali", profile.Need{}, func(cl *topology.Cluster) { cl.ServiceCIDR = prefix("172.21.0.0/20") }),
			"172.21.0.0/20",
			false,
		},
		"a cluster without pins is new":      {in("ali", "a", "ack-flannel", profile.Need{MaxNodes: 5}), "172.20.0.0/22", false},
		"a mode whose Services are its Pods": {pinned("tke-global-router", "ten", profile.Need{}), "10.8.252.0/22", false},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			result := planned(t, all(test.edit))
			if got := result.Allocations["a"].Service; got != prefix(test.service) {
				t.Errorf("Services: got %v, want %s", got, test.service)
			}
			var assumed []topology.Fault
			for _, f := range result.Faults {
				if e, ok := f.Problem.(AssumedRanges); ok {
					assumed = append(assumed, f)
					if !f.Warn || !slices.Equal(e.Ranges, prefixes(test.service)) || f.At.String() != `clusters["a"]` {
						t.Errorf("reported %v", f)
					}
				}
			}
			if (len(assumed) == 1) != test.assumed {
				t.Errorf("reported %v, want it: %t", assumed, test.assumed)
			}
		})
	}
	// others avoid it, and nothing is reported once it is held
	r := all(
		pinned("ack-flannel", "ali", profile.Need{}), services("172.19.0.0/19"), in("ali", "b", "ack-flannel", profile.Need{MaxNodes: 5}),
	)
	first := planned(t, r)
	if got := first.Allocations["b"].Service; got != prefix("172.19.16.0/22") {
		t.Errorf("beside the default: got %v", got)
	}
	second := planned(t, after(r, first))
	wantFaults(t, second.Faults)
	if !reflect.DeepEqual(first.Allocations, second.Allocations) {
		t.Errorf("got %+v, want %+v", second.Allocations, first.Allocations)
	}
}

// Each fault in existing is reported at its path.
func TestExistingFitsItsProfile(t *testing.T) {
	tests := map[string]struct {
		vpc, kind string
		need      profile.Need
		existing  Existing
		at        string
		want      any
	}{
		"a Pod range of Terway": {
			"ali",
			"ack-terway",
			profile.Need{},
			Existing{PodCIDRs: prefixes("10.1.0.0/19"), ServiceCIDR: prefix("172.21.0.0/22")},
			"pod_cidrs",
			topology.Refused{},
		},
		"no Pod range of Terway": {
			"ali",
			"ack-terway",
			profile.Need{},
			Existing{ServiceCIDR: prefix("172.21.0.0/22")},
			"",
			nil,
		},
		"a node mask of the overlay": {
			"hua",
			"cce-overlay",
			profile.Need{MaxNodes: 5},
			Existing{PodCIDRs: prefixes("10.1.0.0/19"), ServiceCIDR: prefix("172.21.0.0/22"), NodeMask: 25},
			"node_cidr_mask",
			topology.NotAccepted{},
		},
		"no node mask of the overlay": {
			"hua",
			"cce-overlay",
			profile.Need{MaxNodes: 5},
			Existing{PodCIDRs: prefixes("10.1.0.0/19"), ServiceCIDR: prefix("172.21.0.0/22")},
			"",
			nil,
		},
		"no Services of TKE": {
			"ten",
			"tke-global-router",
			profile.Need{MaxNodes: 5},
			Existing{PodCIDRs: prefixes("10.1.0.0/19"), NodeMask: 26},
			"service_cidr",
			topology.Missing{},
		},
		"no Services of TKE, but their need": {
			"ten",
			"tke-global-router",
			profile.Need{MaxNodes: 5, MaxServices: 256},
			Existing{PodCIDRs: prefixes("10.1.0.0/19"), NodeMask: 26},
			"",
			nil,
		},
		"Services at the end": {
			"ten",
			"tke-global-router",
			profile.Need{MaxNodes: 5},
			Existing{PodCIDRs: prefixes("10.1.0.0/19"), NodeMask: 26, ServiceCIDR: prefix("10.1.28.0/22")},
			"",
			nil,
		},
		"Services elsewhere": {
			"ten",
			"tke-global-router",
			profile.Need{MaxNodes: 5},
			Existing{PodCIDRs: prefixes("10.1.0.0/19"), NodeMask: 26, ServiceCIDR: prefix("10.1.0.0/22")},
			"service_cidr",
			topology.Contradicting{},
		},
		"an IPv4 range as IPv6": {
			"own",
			"kubernetes-routed",
			profile.Need{MaxNodes: 5},
			Existing{
				PodCIDRs:    prefixes("10.1.0.0/19"),
				NodeMask:    25,
				ServiceCIDR: prefix("172.21.0.0/22"),
				PodIPv6CIDR: prefix("10.2.0.0/16"),
			},
			"pod_ipv6_cidr",
			topology.WrongFamily{},
		},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			r := all(in(test.vpc, "a", test.kind, test.need, func(cl *topology.Cluster) {
				if podsInSubnets(*cl) {
					cl.PodSubnets = []string{"pods"}
				}
			}), existing("a", test.existing))
			var serious []topology.Fault
			for _, f := range Plan(r, profile.Default()).Faults {
				if !f.Warn {
					serious = append(serious, f)
				}
			}
			switch {
			case test.want == nil && len(serious) > 0:
				t.Errorf("faults %v", serious)
			case test.want != nil && (len(serious) != 1 || reflect.TypeOf(serious[0].Problem) != reflect.TypeOf(test.want) ||
				serious[0].At.String() != `existing["a"].`+test.at):
				t.Errorf("faults %v, want %T at %s", serious, test.want, test.at)
			}
		})
	}
}
