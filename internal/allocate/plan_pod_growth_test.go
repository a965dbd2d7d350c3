package allocate

import (
	"net/netip"
	"reflect"
	"slices"
	"testing"

	"github.com/cidrplan/terraform-provider-cidrplan/internal/profile"
	"github.com/cidrplan/terraform-provider-cidrplan/internal/topology"
)

func podSubnets(names ...string) func(*topology.Cluster) {
	return func(cl *topology.Cluster) { cl.PodSubnets = names }
}

// Pods keep the subnets they are in, and can get others.
func TestPodSubnetsGrow(t *testing.T) {
	terway := func(edits ...func(*topology.Cluster)) func(*Request) {
		return in("ali", "a", "ack-terway", profile.Need{MaxNodes: 50}, append([]func(*topology.Cluster){podSubnets("pods")}, edits...)...)
	}
	subnet := func(name, text string) func(*Request) {
		return vpc("ali", func(v *topology.VPC) {
			v.Subnets = map[string]netip.Prefix{"nodes": prefix("192.168.0.0/20"), "pods": prefix("192.168.64.0/19"), name: prefix(text)}
		})
	}
	kept := shipped(t, "ack-terway")
	changed := func(wanted any) []problem {
		return []problem{
			{
				At: `clusters["a"].pod_subnets`,
				Problem: Changed{
					Cluster:  "a",
					Argument: "pod_subnets",
					Held:     HeldSubnet{"pods", prefix("192.168.64.0/19")},
					Wanted:   wanted,
					Outcome:  kept.Change.SubnetRemoved,
				},
			},
		}
	}
	ignored := func(added string) problem {
		return problem{"clusters", SubnetsIgnored{Clusters: []AddedSubnets{{Cluster: "a", Profile: kept, Added: []string{added}}}}, true}
	}
	pods, more := prefix("192.168.64.0/19"), prefix("192.168.96.0/19")
	tests := map[string]struct {
		edits   []func(*Request)
		want    []problem
		holds   []Subnet
		unknown bool
	}{
		"the same again": {[]func(*Request){terway()}, nil, []Subnet{{"pods", pods}}, false},
		"one more": {
			[]func(*Request){terway(podSubnets("more", "pods"))},
			[]problem{ignored("more")},
			[]Subnet{{"pods", pods}, {"more", more}},
			false,
		},
		"another one instead": {
			[]func(*Request){terway(podSubnets("more"))},
			append([]problem{ignored("more")}, changed([]string{"more"})...),
			[]Subnet{{"more", more}},
			false,
		},
		"another range of that name": {
			[]func(*Request){terway(), subnet("pods", "192.168.128.0/19")},
			changed(HeldSubnet{"pods", prefix("192.168.128.0/19")}),
			[]Subnet{{"pods", prefix("192.168.128.0/19")}},
			false,
		},
		"names not known yet": {
			[]func(*Request){terway(func(cl *topology.Cluster) { cl.PodSubnets, cl.Unknown = nil, topology.Unknown{"pod_subnets"} })},
			nil,
			nil,
			true,
		},
		"a range not known yet": {
			[]func(*Request){
				terway(podSubnets("pods", "new")),
				subnet("new", ""),
				vpc("ali", func(v *topology.VPC) { v.Unknown = topology.Unknown{"subnets"} }),
			},
			[]problem{ignored("new")},
			[]Subnet{{"pods", pods}, {Name: "new"}},
			false,
		},
		"a profile not known yet": {
			[]func(*Request){
				terway(func(cl *topology.Cluster) { cl.Profile, cl.Unknown = "", topology.Unknown{"profile", "pod_subnets"} }),
			},
			nil,
			nil,
			true,
		},
		"the other order": {
			[]func(*Request){terway(podSubnets("more", "pods"))},
			[]problem{ignored("more")},
			[]Subnet{{"pods", pods}, {"more", more}},
			false,
		},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			r := all(terway())
			was := planned(t, r)
			result := Plan(edited(after(r, was), test.edits...), profile.Default())
			wantFaults(t, result.Faults, test.want...)
			got := result.Allocations["a"]
			if !reflect.DeepEqual(got.PodSubnets, test.holds) || got.SubnetsUnknown != test.unknown {
				t.Errorf("holds %v, unknown %t; want %v, unknown %t", got.PodSubnets, got.SubnetsUnknown, test.holds, test.unknown)
			}
			if want := was.Allocations["a"].Ranges; !reflect.DeepEqual(got.Ranges, want) {
				t.Errorf("ranges: got %+v, want %+v", got.Ranges, want)
			}
		})
	}
}

// Pod ranges are appended to where the platform can, by the configuration.
func TestPinnedPodRangesAreAppended(t *testing.T) {
	cce := func(need profile.Need, texts ...string) func(*Request) {
		return in("hua", "a", "cce-vpc-router", need, func(cl *topology.Cluster) {
			cl.PodCIDRs, cl.ServiceCIDR = prefixes(texts...), prefix("172.20.0.0/22")
		})
	}
	r := all(cce(profile.Need{}, "10.1.0.0/19", "10.3.0.0/24"))
	was := planned(t, r)
	tests := map[string]struct {
		edit  func(*Request)
		pods  string
		nodes int64
		want  any
	}{
		"one more": {
			cce(profile.Need{}, "10.1.0.0/19", "10.3.0.0/24", "10.5.0.0/24"),
			"10.1.0.0/19,10.3.0.0/24,10.5.0.0/24",
			68,
			nil,
		},
		"one more for its nodes": {
			cce(profile.Need{MaxNodes: 68}, "10.1.0.0/19", "10.3.0.0/24", "10.5.0.0/24"),
			"10.1.0.0/19,10.3.0.0/24,10.5.0.0/24",
			68,
			nil,
		},
		"too little for the nodes": {
			cce(profile.Need{MaxNodes: 69}, "10.1.0.0/19", "10.3.0.0/24", "10.5.0.0/24"),
			"10.1.0.0/19,10.3.0.0/24,10.5.0.0/24",
			68,
			Outgrown{},
		},
		"one less": {cce(profile.Need{}, "10.1.0.0/19"), "10.1.0.0/19,10.3.0.0/24", 66, NotAppended{}},
		"one more in front": {
			cce(profile.Need{}, "10.5.0.0/24", "10.1.0.0/19", "10.3.0.0/24"),
			"10.1.0.0/19,10.3.0.0/24",
			66,
			NotAppended{},
		},
		"the other order": {cce(profile.Need{}, "10.3.0.0/24", "10.1.0.0/19"), "10.1.0.0/19,10.3.0.0/24", 66, NotAppended{}},
		"no pin any more": {cce(profile.Need{MaxNodes: 5}), "10.1.0.0/19,10.3.0.0/24", 66, nil},
		"the same again":  {cce(profile.Need{}, "10.1.0.0/19", "10.3.0.0/24"), "10.1.0.0/19,10.3.0.0/24", 66, nil},
		"one more that is in a site": {
			func(r *Request) { cce(profile.Need{}, "10.1.0.0/19", "10.3.0.0/24", "192.168.8.0/24")(r) },
			"10.1.0.0/19,10.3.0.0/24,192.168.8.0/24",
			68,
			nil,
		},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			result := Plan(edited(after(r, was), test.edit), profile.Default())
			got := result.Allocations["a"]
			if got.Values["container_network_cidr"] != test.pods || got.Usable.Nodes != test.nodes ||
				got.Service != prefix("172.20.0.0/22") ||
				got.NodeMask != 25 {
				t.Errorf("got %+v, want Pods %s for %d nodes", got, test.pods, test.nodes)
			}
			var faults []any
			for _, f := range result.Faults {
				faults = append(faults, f.Problem)
			}
			faults = slices.DeleteFunc(faults, func(f any) bool { _, appended := f.(Appended); return appended })
			switch {
			case test.want == nil && len(faults) > 0,
				test.want != nil && (len(faults) != 1 || reflect.TypeOf(faults[0]) != reflect.TypeOf(test.want)):
				t.Errorf("faults %+v, want one of %T", faults, test.want)
			}
		})
	}
	result := Plan(edited(after(r, was), cce(profile.Need{}, "10.1.0.0/19", "10.3.0.0/24", "192.168.8.0/24")), profile.Default())
	wantFindings(t, result, "error pod_overlaps_vpc a 192.168.8.0/24 hua 192.168.0.0/16")
}

// Advice is for a choice that is still open: nothing is said of it once the range is held, and none
// of the size of ranges that are appended.
func TestAdviceComesBeforeTheRangeIsHeld(t *testing.T) {
	cce := func(texts ...string) func(*Request) {
		return in("hua", "a", "cce-vpc-router", profile.Need{}, func(cl *topology.Cluster) {
			cl.PodCIDRs, cl.ServiceCIDR = prefixes(texts...), prefix("172.20.0.0/22")
		})
	}
	r := all(cce("10.1.0.0/24", "10.3.0.0/24"))
	first := planned(t, r)
	wantFindings(t, first, "warn pod_prefix_out_of_range a 10.1.0.0/24")
	wantFindings(t, planned(t, after(r, first)))
	wantFindings(t, planned(t, edited(after(r, first), cce("10.1.0.0/24", "10.3.0.0/24", "10.5.0.0/24"))))
	wantFindings(
		t, planned(t, edited(after(r, first), cce("10.1.0.0/24", "10.3.0.0/24", "9.5.0.0/24"))),
		"warn pod_out_of_allowed_range a 9.5.0.0/24",
	)
}
