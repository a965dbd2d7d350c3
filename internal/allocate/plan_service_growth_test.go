package allocate

import (
	"net/netip"
	"reflect"
	"slices"
	"strings"
	"testing"

	"github.com/cidrplan/terraform-provider-cidrplan/internal/conflict"
	"github.com/cidrplan/terraform-provider-cidrplan/internal/profile"
	"github.com/cidrplan/terraform-provider-cidrplan/internal/topology"
)

// serving is a self-managed cluster of 8 nodes with a number of Services.
func serving(n int64, edits ...func(*topology.Cluster)) func(*Request) {
	return cluster("a", "kubernetes-overlay", profile.Need{MaxNodes: 8, PodsPerNode: 200, MaxServices: n}, edits...)
}

// furtherPins gives the further Service ranges of a cluster.
func furtherPins(texts ...string) func(*topology.Cluster) {
	return func(cl *topology.Cluster) { cl.Further.Services = prefixes(texts...) }
}

// A cluster gets further Service ranges where its Kubernetes can use them, which the configuration says. The first one stays.
func TestServicesGrowWhereTheConfigurationSaysSo(t *testing.T) {
	r := applied(t, request(serving(200))) // a /24
	allowed := appending("services")
	tests := map[string]struct {
		edit    func(*Request)
		further string
		want    any
	}{
		"as many":                  {serving(254, allowed), "", nil},
		"without saying so":        {serving(255), "", Outgrown{}},
		"for other ranges":         {serving(255, appending("pods")), "", Outgrown{}},
		"one more":                 {serving(255, allowed), "172.20.1.0/28", nil},
		"as many again":            {serving(508, allowed), "172.20.1.0/24", nil},
		"more than a range holds":  {serving(1<<21, allowed), "", NeedNotServed{}},
		"pins that serve it":       {serving(508, allowed, furtherPins("172.20.9.0/24")), "172.20.9.0/24", nil},
		"pins that do not":         {serving(509, allowed, furtherPins("172.20.9.0/24")), "", Outgrown{}},
		"pins without saying so":   {serving(200, furtherPins("172.20.9.0/24")), "", topology.NotAccepted{}},
		"pins that are repeated":   {serving(200, allowed, furtherPins("172.20.9.0/24", "172.20.9.0/24")), "", topology.Repeated{}},
		"the first range as a pin": {serving(200, allowed, furtherPins("172.20.9.0/24", "172.20.0.0/24")), "", topology.FirstListed{}},
		"pins of the other family": {serving(200, allowed, furtherPins("fd00::/112")), "", topology.WrongFamily{}},
		"whether it can is unknown": {
			serving(255, func(cl *topology.Cluster) { cl.Unknown = topology.Unknown{"append_ranges"} }), "", nil,
		},
		"no room": {func(r *Request) { serving(255, allowed)(r); r.ServiceSupernets = prefixes("172.20.0.0/24") }, "", NoRoom{}},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			result := Plan(edited(r, test.edit), profile.Default())
			errors := slices.DeleteFunc(slices.Clone(result.Faults), func(f topology.Fault) bool { return f.Warn })
			if test.want == nil && len(errors) > 0 ||
				test.want != nil && (len(errors) != 1 || reflect.TypeOf(errors[0].Problem) != reflect.TypeOf(test.want)) {
				t.Fatalf("faults %v, want one of %T", errors, test.want)
			}
			if test.want != nil {
				if appended := pick[Appended](result); len(appended) > 0 && strings.Contains(errors[0].At.String(), "further") {
					t.Errorf("ranges of a list that is refused are appended: %v", appended)
				}
				return
			}
			a, was := result.Allocations["a"], r.Prior.Allocations["a"]
			if a.Service != was.Service || list(a.Further.Services) != test.further {
				t.Errorf("got %v and %v, want %v and %s", a.Service, a.Further.Services, was.Service, test.further)
			}
			if !reflect.DeepEqual(a.Values, was.Values) || !slices.Equal(a.Pods, was.Pods) {
				t.Errorf("got %+v, want %+v", a, was)
			}
			if services := test.edit; services != nil && a.Usable.Services < min(was.Usable.Services, 254) {
				t.Errorf("usable Services: %d", a.Usable.Services)
			}
		})
	}
}

// Each further range is reported when it is appended, and the plan after that has nothing to say. The lists only grow.
func TestServicesGrowAgainAndAgain(t *testing.T) {
	r := applied(t, request(serving(200)))
	for _, wanted := range []int64{254 + 100, 254 + 126 + 1000, 20000} {
		was := r.Prior.Allocations["a"]
		r = edited(r, serving(wanted, appending("services")))
		result := planned(t, r)
		got := result.Allocations["a"]
		if !appends(got.Further.Services, was.Further.Services) || len(got.Further.Services) != len(was.Further.Services)+1 ||
			got.Usable.Services < wanted {
			t.Fatalf("%d: got %+v after %+v", wanted, got, was)
		}
		wantFaults(t, result.Faults, problem{"clusters", Appended{Clusters: []AppendedRanges{{
			Cluster: "a", Profile: shipped(t, "kubernetes-overlay"), List: "further_service_cidrs", Kind: "services",
			Held: was.Services(), Added: got.Further.Services[len(was.Further.Services):], Serves: was.Usable.Services, Wanted: wanted,
		}}}, true})
		r = after(r, result)
		if again := planned(t, r); len(again.Faults) > 0 || !reflect.DeepEqual(again.Allocations, result.Allocations) {
			t.Fatalf("%d, again:\n%s", wanted, allReports(again))
		}
	}
	// neither a smaller need nor the argument's removal takes anything back
	if got := planned(t, edited(r, serving(10))); !reflect.DeepEqual(got.Allocations, r.Prior.Allocations) || len(got.Faults) > 0 {
		t.Errorf("got %+v", got.Allocations)
	}
}

// A further Service range obeys the rules of the first one, and chosen ranges keep apart from all others, even where the ranges of other
// clusters may be the same.
func TestFurtherServiceRangesObeyTheRulesOfTheFirst(t *testing.T) {
	shared := func(r *Request) { r.SharedPods, r.SharedServices = true, true }
	r := applied(t, request(shared, serving(200)))
	allowed := appending("services")
	got := planned(t, edited(r, serving(508, allowed)))
	if a := got.Allocations["a"]; list(a.Further.Services) != "172.20.1.0/24" {
		t.Errorf("beside the own first range: got %v", a.Further.Services)
	}
	for name, test := range map[string]struct {
		pinned string
		code   string
	}{
		"in the own Pod range":        {"10.0.1.0/28", "pod_overlaps_service"},
		"in the network of the hosts": {"192.168.2.0/28", "service_overlaps_vpc"},
		"around the first one":        {"172.20.0.0/16", ""},
		"in the first one":            {"172.20.0.16/28", ""},
	} {
		result := Plan(edited(r, serving(200, allowed, furtherPins(test.pinned))), profile.Default())
		codes := []string{}
		for _, f := range result.Findings {
			codes = append(codes, f.Code)
			if at := f.A.At.String(); f.A.Kind == conflict.Service && at != `clusters["a"].further_service_cidrs[0]` {
				t.Errorf("%s: the finding is at %s", name, at)
			}
		}
		if want := test.code; want == "" && len(codes) > 0 || want != "" && !slices.Equal(codes, []string{want}) {
			t.Errorf("%s: got %q, want %q", name, codes, want)
		}
	}
}

// A Service range around the first one adds the addresses that the first one does not have (case D11 of the published cases).
func TestServiceRangesInsideOfOthersCountOnce(t *testing.T) {
	allowed := appending("services")
	r := request(services("10.96.0.0/12"), serving(254, allowed, pins("10.96.0.0/28"), furtherPins("10.96.0.0/24")))
	if got := planned(t, r).Allocations["a"].Usable.Services; got != 254 {
		t.Errorf("got %d Services, want 254", got)
	}
}

// With both families, a further range of each is appended where the first does not serve the need, IPv6 Pod ranges included.
func TestBothFamiliesGrow(t *testing.T) {
	dual := func(nodes, services int64) func(*Request) {
		return cluster(
			"a", "kubernetes-overlay", profile.Need{MaxNodes: nodes, PodsPerNode: 200, MaxServices: services},
			appending("pods", "services"),
			func(cl *topology.Cluster) { cl.IPFamilies = topology.Families },
		)
	}
	ipv6 := func(r *Request) {
		r.Supernets = append(r.Supernets, prefix("fd00::/40"))
		r.ServiceSupernets = append(prefixes("172.16.0.0/12"), prefix("fd01::/104"))
	}
	r := applied(t, request(ipv6, dual(8, 200)), dual(16, 70000), dual(20, 70000))
	a := r.Prior.Allocations["a"]
	if len(a.Pods) != 3 || len(a.Further.PodsIPv6) != 2 || len(a.Further.Services) != 1 || len(a.Further.ServicesIPv6) != 1 {
		t.Errorf("got %+v", a.Ranges)
	}
	if a.Usable.Nodes < 20 || a.Usable.Services < 70000 {
		t.Errorf("usable %+v", a.Usable)
	}
	all := a.InUse()
	for i, one := range all {
		if slices.ContainsFunc(all[:i], one.Overlaps) {
			t.Errorf("%v overlaps another range of %v", one, all)
		}
	}
	if again := planned(t, r); len(again.Faults) > 0 || !reflect.DeepEqual(again.Allocations, r.Prior.Allocations) {
		t.Error(allReports(again))
	}
}

// Growth of Services that depends on facts that are known only after apply is an error in the plan, as that of Pods is.
func TestServiceGrowthIsPostponedWithUnknownFacts(t *testing.T) {
	r := applied(t, request(serving(200)))
	unknown := vpc("own", func(v *topology.VPC) { v.Unknown = topology.Unknown{"cidr_blocks"} })
	result := Plan(edited(r, unknown, serving(300, appending("services"))), profile.Default())
	found := pick[GrowthPostponed](result)
	if len(found) != 1 || found[0].At.String() != `clusters["a"].max_services` {
		t.Fatal(allReports(result))
	}
	want := topology.Set(topology.Path{}.Attr("clusters").Key("a").Attr("max_services"), topology.AtMost(254))
	if got := found[0].Options[0].Edits; !reflect.DeepEqual(got, []topology.Edit{want}) {
		t.Errorf("options: %+v", got)
	}
}

// What was appended is released, taken back, given by existing and mirrored together with the first range.
func TestFurtherServiceRangesStayWithTheFirst(t *testing.T) {
	grownTo := []func(*topology.Cluster){appending("services")}
	r := applied(t, request(serving(200)), serving(300, grownTo...))
	held := r.Prior.Allocations["a"]
	gone := planned(t, edited(r, withoutClusters("a")))
	if got := gone.Released["a"].Further; !got.Equal(held.Further) {
		t.Errorf("released %v, want %v", got, held.Further)
	}
	reserved := func(r netip.Prefix) bool {
		return slices.ContainsFunc(gone.Claims, func(c conflict.Claim) bool { return c.Kind == conflict.Released && c.Range == r })
	}
	for _, further := range held.Further.All() {
		if !reserved(further) {
			t.Errorf("%v is not reserved", further)
		}
	}
	back := planned(t, edited(after(edited(r, withoutClusters("a")), gone), serving(300, grownTo...)))
	if got := back.Allocations["a"].Ranges; !reflect.DeepEqual(got, held.Ranges) {
		t.Errorf("taken back %+v, want %+v", got, held.Ranges)
	}
	e := Existing{PodCIDRs: held.Pods, ServiceCIDR: held.Service, NodeMask: 24, Further: held.Further}
	adopted := planned(t, request(existing("a", e), serving(300, grownTo...)))
	if got := adopted.Allocations["a"].Ranges; !reflect.DeepEqual(got, held.Ranges) {
		t.Errorf("adopted %+v, want %+v", got, held.Ranges)
	}
	same := func(cl *topology.Cluster) { cl.SameAs = "a" }
	mirrored := planned(t, edited(r, blue(), in("blue", "m", "kubernetes-overlay", profile.Need{}, same)))
	if got := mirrored.Allocations["m"].Ranges; !reflect.DeepEqual(got, held.Ranges) {
		t.Errorf("mirror %+v, want %+v", got, held.Ranges)
	}
}

// The first range is chosen beside the further ones that the configuration gives, also where ranges of clusters may overlap.
func TestFirstRangesKeepApartFromFurtherPins(t *testing.T) {
	ipv6 := func(r *Request) {
		r.Supernets, r.ServiceSupernets = append(r.Supernets, prefix("fd00::/56")), append(r.ServiceSupernets, prefix("fc00::/96"))
	}
	pinned := func(cl *topology.Cluster) {
		cl.Profile, cl.IPFamilies = "kubernetes-routed", topology.Families
		cl.Further.Services, cl.Further.ServicesIPv6 = prefixes("172.20.0.0/24"), prefixes("fc00::/112")
		cl.Further.PodsIPv6 = prefixes("fd00::/60")
	}
	for _, shared := range []bool{false, true} {
		r := request(ipv6, serving(200, appending("pods", "services"), pinned))
		r.SharedPods, r.SharedServices = shared, shared
		a := planned(t, r).Allocations["a"]
		for _, of := range [][]netip.Prefix{a.Services(), a.PodsIPv6(), a.ServicesIPv6()} {
			if len(of) != 2 || of[0].Overlaps(of[1]) {
				t.Errorf("shared %t: %v", shared, of)
			}
		}
	}
}
