package allocate

import (
	"net/netip"
	"reflect"
	"slices"
	"testing"

	"github.com/cidrplan/terraform-provider-cidrplan/internal/profile"
	"github.com/cidrplan/terraform-provider-cidrplan/internal/topology"
)

// onAzure adds a VPC of Azure.
func onAzure(r *Request) {
	r.Facts.VPCs["azure"] = topology.VPC{Platform: "azure", CIDRBlocks: prefixes("192.168.8.0/24")}
}

// extending is a cluster whose platform extends its Pod range: each node takes a /24.
func extending(name string, n int64, edits ...func(*topology.Cluster)) func(*Request) {
	return in("azure", name, "aks-overlay", profile.Need{MaxNodes: n, PodsPerNode: 100, MaxServices: 200}, edits...)
}

// The Pod range of a cluster becomes part of a larger one where the platform can do nothing else, if that is free.
func TestPodRangesAreExtended(t *testing.T) {
	r := applied(t, request(onAzure, extending("a", 8)))
	was := r.Prior.Allocations["a"]
	if list(was.Pods) != "10.0.0.0/21" {
		t.Fatalf("holds %v", was.Pods)
	}
	length := func(n int) func(*topology.Cluster) { return func(cl *topology.Cluster) { cl.Need.PodLength = n } }
	taken := reserved("later", "10.0.12.0/24")
	unknownBlocks := func(v *topology.VPC) { v.Unknown = topology.Unknown{"cidr_blocks"} }
	tests := map[string]struct {
		edit func(*Request)
		pods string
		want any
	}{
		"as many":                        {extending("a", 8), "10.0.0.0/21", nil},
		"one more":                       {extending("a", 9), "10.0.0.0/20", nil},
		"by its length":                  {extending("a", 8, length(19)), "10.0.0.0/19", nil},
		"pinned to a larger one":         {extending("a", 9, pins("", "10.0.0.0/19")), "10.0.0.0/19", nil},
		"pinned to another one":          {extending("a", 9, pins("", "10.0.16.0/20")), "", NotSuperset{}},
		"pinned to a smaller one":        {extending("a", 1, pins("", "10.0.0.0/22")), "", NotSuperset{}},
		"pinned to a second one":         {extending("a", 9, pins("", "10.0.0.0/21", "10.0.16.0/21")), "", topology.TooMany{}},
		"what is around is taken":        {turns(extending("a", 9), taken), "", NotExtended{}},
		"pinned over what is taken":      {turns(extending("a", 9, pins("", "10.0.0.0/20")), taken), "10.0.0.0/20", nil},
		"beyond the supernets":           {extending("a", 257), "", NotExtended{}},
		"beyond what the platform has":   {extending("a", 1<<30), "", NeedNotServed{}},
		"facts are not known yet":        {turns(extending("a", 9), vpc("azure", unknownBlocks)), "", GrowthPostponed{}},
		"further ones cannot be allowed": {extending("a", 9, appending("pods")), "", topology.NotAccepted{}},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			result := Plan(edited(r, test.edit), profile.Default())
			errors := slices.DeleteFunc(slices.Clone(result.Faults), func(f topology.Fault) bool { return f.Warn })
			if test.want == nil && len(errors) > 0 ||
				test.want != nil && (len(errors) != 1 || reflect.TypeOf(errors[0].Problem) != reflect.TypeOf(test.want)) {
				t.Fatalf("faults %v, want one of %T", errors, test.want)
			}
			a := result.Allocations["a"]
			if test.want != nil {
				return
			}
			if list(a.Pods) != test.pods || a.Service != was.Service || a.Values["pod_cidr"] != test.pods {
				t.Errorf("got %+v, want Pods %s", a, test.pods)
			}
			if warned := len(pick[ExtendedPods](result)) == 1; warned != (test.pods != "10.0.0.0/21") {
				t.Errorf("reported: %t", warned)
			}
		})
	}
}

// Two clusters that grow at the same time keep apart, and what others need stays out of the larger ranges.
func TestExtendedPodRangesKeepApart(t *testing.T) {
	apart := func(r *Request) { r.Supernets = prefixes("10.0.0.0/16") }
	r := applied(
		t,
		request(onAzure, apart, extending("a", 8), reserved("gap", "10.0.8.0/21")),
		turns(extending("b", 8), extending("c", 30)),
	)
	delete(r.Facts.Reserved, "gap")
	grows := edited(r, extending("a", 16), extending("b", 16), extending("new", 64), extending("other", 8))
	result := planned(t, grows)
	var all []netip.Prefix
	for name, a := range result.Allocations {
		for _, pods := range a.Pods {
			if slices.ContainsFunc(all, pods.Overlaps) {
				t.Errorf("%s: %v overlaps another range of %v", name, pods, all)
			}
			all = append(all, pods)
		}
	}
	for _, name := range []string{"a", "b"} {
		if was, now := r.Prior.Allocations[name].Pods[0], result.Allocations[name].Pods[0]; now.Bits() != 20 || !now.Contains(was.Addr()) {
			t.Errorf("%s: %v after %v", name, now, was)
		}
	}
	done := after(grows, result)
	if again := planned(t, done); len(again.Faults) > 0 || !reflect.DeepEqual(again.Allocations, result.Allocations) {
		t.Error(allReports(again))
	}
}

// The larger range is not free where another cluster has exactly that range, or shares the range that is held.
func TestExtendedPodRangesKeepApartFromEqualRanges(t *testing.T) {
	r := applied(t, request(onAzure, extending("a", 8)))
	for name, pods := range map[string]string{"the larger range": "10.0.0.0/20", "the held range": "10.0.0.0/21"} {
		result := Plan(edited(r, extending("a", 9), extending("b", 8, pins("172.20.9.0/24", pods))), profile.Default())
		if found := pick[NotExtended](result); len(found) != 1 || len(found[0].Problem.(NotExtended).Holders) != 1 {
			t.Errorf("%s: got %v\n%s", name, result.Allocations["a"].Pods, allReports(result))
		}
	}
}

// Facts of the cloud show the range of before until the platform has extended it, which only warns.
func TestExistingRangesThatAreNotExtendedYet(t *testing.T) {
	r := applied(t, request(onAzure, extending("a", 8)), extending("a", 9))
	for name, test := range map[string]struct {
		pods         string
		found, fails bool
	}{
		"the held range": {"10.0.0.0/20", false, false},
		"the one before": {"10.0.0.0/21", true, false},
		"a larger one":   {"10.0.0.0/19", true, true},
		"one elsewhere":  {"10.0.16.0/21", true, true},
	} {
		got := Plan(edited(r, existing("a", Existing{PodCIDRs: prefixes(test.pods)})), profile.Default())
		found := len(pick[ContradictsState](got)) == 1
		if found != test.found || got.Failed() != test.fails || list(got.Allocations["a"].Pods) != "10.0.0.0/20" {
			t.Errorf("%s: %v\n%s", name, got.Allocations["a"].Pods, allReports(got))
		}
	}
}

// A growth reserve keeps room for the larger range.
func TestGrowthReservesKeepRoomForLargerRanges(t *testing.T) {
	reserve := func(cl *topology.Cluster) { cl.ReserveLength = 18 }
	r := applied(t, request(onAzure, extending("a", 8, reserve)), extending("b", 8))
	result := planned(t, edited(r, extending("a", 60, reserve)))
	if a := result.Allocations["a"]; list(a.Pods) != a.Aggregate.String() {
		t.Errorf("got %v in %v", a.Pods, a.Aggregate)
	}
}

// OpenShift keeps the network address: a larger range that begins elsewhere is not chosen, and pinned it is reported.
func TestLargerRangesThatBeginElsewhere(t *testing.T) {
	openshift := func(n int64, edits ...func(*topology.Cluster)) func(*Request) {
		return in("own", "a", "openshift-ovn", profile.Need{MaxNodes: n, MaxServices: 200}, edits...)
	}
	held := Existing{PodCIDRs: prefixes("10.0.8.0/22"), ServiceCIDR: prefix("172.20.0.0/16"), NodeMask: 23}
	r := applied(t, request(existing("a", held), openshift(2)))
	if got := planned(t, edited(r, openshift(4))); list(got.Allocations["a"].Pods) != "10.0.8.0/21" {
		t.Errorf("got %v", got.Allocations["a"].Pods)
	}
	if got := Plan(edited(r, openshift(8)), profile.Default()); len(pick[Outgrown](got)) != 1 {
		t.Error(allReports(got))
	}
	got := Plan(edited(r, openshift(8, pins("", "10.0.0.0/20"))), profile.Default())
	if found := pick[BaseChanged](got); got.Failed() || len(found) != 1 || !found[0].Warn ||
		list(got.Allocations["a"].Pods) != "10.0.0.0/20" {
		t.Error(allReports(got))
	}
}

// A cluster with both families cannot be extended.
func TestClustersWithBothFamiliesAreNotExtended(t *testing.T) {
	both := func(cl *topology.Cluster) { cl.IPFamilies = topology.Families }
	ipv6 := func(r *Request) {
		r.Supernets = append(r.Supernets, prefix("fd00::/40"))
		r.ServiceSupernets = append(r.ServiceSupernets, prefix("fd01::/100"))
		v := r.Facts.VPCs["azure"]
		v.IPv6CIDRBlocks = prefixes("fd02::/56")
		r.Facts.VPCs["azure"] = v
	}
	r := applied(t, request(onAzure, ipv6, extending("a", 8, both)))
	pinned := func(cl *topology.Cluster) { both(cl); pins("", "10.0.0.0/19")(cl) }
	for name, edit := range map[string]func(*topology.Cluster){"a need": both, "a pin": pinned} {
		if got := Plan(edited(r, extending("a", 9, edit)), profile.Default()); !got.Failed() {
			t.Errorf("%s: got %v", name, got.Allocations["a"].Pods)
		}
	}
}

// Mirror clusters get the larger range with their original.
func TestMirrorsFollowExtendedPodRanges(t *testing.T) {
	far := func(r *Request) {
		r.Facts.VPCs["far"] = topology.VPC{Platform: "azure", CIDRBlocks: prefixes("192.168.8.0/24"), VRF: "far"}
	}
	same := func(cl *topology.Cluster) { cl.SameAs = "a" }
	r := applied(t, request(onAzure, far, extending("a", 8), in("far", "m", "aks-overlay", profile.Need{}, same)))
	pinned := planned(t, edited(r, extending("a", 9, pins("", "10.0.0.0/20"))))
	if m := pinned.Allocations["m"]; list(m.Pods) != "10.0.0.0/20" {
		t.Errorf("mirror of a pinned one: %v", m.Pods)
	}
	got := planned(t, edited(r, extending("a", 9)))
	if a, m := got.Allocations["a"], got.Allocations["m"]; list(m.Pods) != "10.0.0.0/20" || !reflect.DeepEqual(a.Ranges, m.Ranges) {
		t.Errorf("original %v, mirror %v", a.Pods, m.Pods)
	}
}

// An upgrade adds nodes, for which the Pod range is extended too; a range may also be asked for by its length.
func TestWhatAsksForLargerPodRanges(t *testing.T) {
	r := applied(t, request(onAzure, extending("a", 8)))
	surge := func(cl *topology.Cluster) { cl.Need.SurgeNodes = 4 }
	longer := func(cl *topology.Cluster) { cl.Need.MaxNodes, cl.Need.PodLength = 0, 20 }
	for name, test := range map[string]struct {
		edit   func(*topology.Cluster)
		warned ExtendedRange
		at     string
		option any
	}{
		"an upgrade": {surge, ExtendedRange{Serves: 4, Surge: 4, Wanted: 8}, `clusters["a"].max_nodes`, topology.AtMost(4)},
		"its length": {longer, ExtendedRange{Serves: 8, Length: 20}, `clusters["a"].pod_prefix_length`, topology.AtLeast(21)},
	} {
		t.Run(name, func(t *testing.T) {
			got := planned(t, edited(r, extending("a", 8, test.edit)))
			if found := pick[ExtendedPods](got); len(found) != 1 {
				t.Fatalf("not reported, got %v", got.Allocations["a"].Pods)
			} else {
				one := found[0].Problem.(ExtendedPods).Clusters[0]
				test.warned.Cluster, test.warned.Profile = "a", one.Profile
				test.warned.Was, test.warned.Now = prefix("10.0.0.0/21"), prefix("10.0.0.0/20")
				if one != test.warned {
					t.Errorf("got  %+v\nwant %+v", one, test.warned)
				}
			}
			later := vpc("azure", func(v *topology.VPC) { v.Unknown = topology.Unknown{"cidr_blocks"} })
			for cause, edit := range map[string]func(*Request){"taken": reserved("later", "10.0.12.0/24"), "unknown": later} {
				refused := Plan(edited(r, extending("a", 8, test.edit), edit), profile.Default())
				errors := slices.DeleteFunc(refused.Faults, func(f topology.Fault) bool { return f.Warn })
				if len(errors) != 1 || errors[0].At.String() != test.at ||
					errors[0].Options[0].Edits[0].Do != (topology.Setting{Value: test.option}) {
					t.Errorf("%s: %v", cause, errors)
				}
			}
		})
	}
}

// Who has a part of the larger range is named once: with its claim if that is known, and by its range if only the ledger has it.
func TestHoldersOfLargerRangesInALedger(t *testing.T) {
	r := edited(applied(t, request(onAzure, extending("a", 8))), extending("a", 9), takenInLedger("", "10.0.8.0/24", "10.0.12.0/24"))
	named := func(r *Request) {
		r.Facts.Foreign = map[string]topology.Foreign{"other": {
			Owner: "b", Kind: topology.ForeignPod, CIDR: prefix("10.0.12.0/24"), Allocator: topology.InLedger("bank", "k8s"),
		}}
	}
	for name, test := range map[string]struct {
		edit      func(*Request)
		holders   int
		elsewhere string
	}{
		"by its range": {func(*Request) {}, 0, "10.0.8.0/24, 10.0.12.0/24"}, "with its claim": {named, 1, "10.0.8.0/24"},
	} {
		t.Run(name, func(t *testing.T) {
			found := pick[NotExtended](Plan(edited(r, test.edit), profile.Default()))
			if len(found) != 1 {
				t.Fatalf("%d messages of a larger range", len(found))
			}
			if e := found[0].Problem.(NotExtended); len(e.Holders) != test.holders || list(e.Elsewhere) != test.elsewhere {
				t.Errorf("holders %v, elsewhere %v", e.Holders, e.Elsewhere)
			}
		})
	}
}
