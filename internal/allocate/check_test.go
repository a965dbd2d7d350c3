package allocate

import (
	"slices"
	"strings"
	"testing"

	"github.com/cidrplan/terraform-provider-cidrplan/internal/profile"
	"github.com/cidrplan/terraform-provider-cidrplan/internal/topology"
)

func TestCheckOfRequests(t *testing.T) {
	type edit = func(*Request)
	fault := func(at string, p any) []problem { return []problem{{At: at, Problem: p}} }
	pool := func(name string, p Pool) edit { return func(r *Request) { r.Pools[name] = p } }
	tests := map[string]struct {
		edits []edit
		want  []problem
	}{
		"a sound request": {},
		"a long name":     {edits: []edit{func(r *Request) { r.Name = strings.Repeat("n", 128) }}},
		"a name too long": {
			[]edit{func(r *Request) { r.Name = strings.Repeat("n", 129) }},
			fault("name", topology.BadName{Name: strings.Repeat("n", 129)}),
		},
		"a name with a space": {
			[]edit{func(r *Request) { r.Name = "k 8s" }},
			fault("name", topology.BadName{Name: "k 8s", Bad: " ", Position: 2}),
		},
		"the name of blocks among claims": {
			[]edit{func(r *Request) { r.Name = "blocks/vpcs" }},
			fault("name", topology.NotAccepted{Value: "blocks/vpcs", Reason: NameOfBlocks{"vpcs"}}),
		},
		"no name":                  {[]edit{func(r *Request) { r.Name = "" }}, fault("name", topology.Missing{})},
		"a name to come":           {edits: []edit{func(r *Request) { r.Name, r.Unknown = "", topology.Unknown{"name"} }}},
		"no supernets":             {[]edit{supernets()}, fault("supernets", topology.Missing{})},
		"supernets to come":        {edits: []edit{supernets(), func(r *Request) { r.Unknown = topology.Unknown{"supernets"} }}},
		"no service supernets":     {edits: []edit{services()}},
		"an IPv6 supernet":         {edits: []edit{supernets("10.0.0.0/16", "fd00::/48")}},
		"an IPv6 service supernet": {edits: []edit{services("172.20.0.0/16", "fd00::/48")}},
		"supernets side by side":   {edits: []edit{supernets("10.0.0.0/16", "10.1.0.0/16")}},
		"supernets that overlap, reported once": {
			[]edit{supernets("10.0.0.0/16", "10.0.0.0/16", "10.0.1.0/24")},
			append(
				fault("supernets[1]", topology.RangesOverlap{A: prefix("10.0.0.0/16"), B: prefix("10.0.0.0/16")}),
				fault("supernets[2]", topology.RangesOverlap{A: prefix("10.0.1.0/24"), B: prefix("10.0.0.0/16")})...),
		},
		"service supernets that overlap": {
			[]edit{services("172.20.1.0/24", "172.20.0.0/16")},
			fault("service_supernets[1]", topology.RangesOverlap{A: prefix("172.20.0.0/16"), B: prefix("172.20.1.0/24")}),
		},
		"service supernets inside supernets": {edits: []edit{services("10.0.1.0/24")}},
		"a supernet that could not be read":  {edits: []edit{supernets("", "10.0.0.0/16", "")}},
		"a pool":                             {edits: []edit{pool("far", Pool{Supernets: prefixes("10.0.0.0/16")})}},
		"a pool with a bad name": {
			[]edit{pool("far!", Pool{Supernets: prefixes("10.0.0.0/16")})},
			fault(`pools["far!"]`, topology.BadName{Name: "far!", Bad: "!", Position: 4}),
		},
		"a pool of nothing": {
			[]edit{pool("far", Pool{ServiceSupernets: prefixes("10.0.0.0/16")})},
			fault(`pools["far"].supernets`, topology.Missing{}),
		},
		"a pool to come": {edits: []edit{pool("far", Pool{Unknown: topology.Unknown{topology.Everything}})}},
		"an IPv6 pool":   {edits: []edit{pool("far", Pool{Supernets: prefixes("fd00::/48")})}},
		"a pool that overlaps itself": {
			[]edit{pool("far", Pool{Supernets: prefixes("10.0.0.0/16"), ServiceSupernets: prefixes("10.1.0.0/16", "10.1.2.0/24")})},
			fault(`pools["far"].service_supernets[1]`, topology.RangesOverlap{A: prefix("10.1.2.0/24"), B: prefix("10.1.0.0/16")}),
		},
		"a cluster in a pool": {
			edits: []edit{pool("far", Pool{Supernets: prefixes("10.0.0.0/16")}), shop(func(cl *topology.Cluster) { cl.Pool = "far" })},
		},
		"a cluster in no pool that there is": {
			[]edit{
				pool("far", Pool{Supernets: prefixes("10.0.0.0/16")}),
				pool("away", Pool{Supernets: prefixes("10.0.0.0/16")}),
				shop(func(cl *topology.Cluster) { cl.Pool = "fra" }),
			},
			fault(`clusters["shop"].pool`, topology.Undeclared{Kind: topology.PoolName, Name: "fra", Known: []string{"away", "far"}}),
		},
		"pools to come": {
			edits: []edit{shop(func(cl *topology.Cluster) { cl.Pool = "far" }), func(r *Request) { r.Unknown = topology.Unknown{"pools"} }},
		},
		"existing of a declared cluster":    {edits: []edit{shop(), existing("shop", Existing{ServiceCIDR: prefix("172.20.0.0/22")})}},
		"existing of an undeclared cluster": {edits: []edit{existing("gone", Existing{PodCIDRs: prefixes("10.0.0.0/24")})}},
		"existing with a bad name": {
			[]edit{existing("gone away", Existing{PodCIDRs: prefixes("10.0.0.0/24")})},
			fault(`existing["gone away"]`, topology.BadName{Name: "gone away", Bad: " ", Position: 5}),
		},
		"existing of nothing": {
			[]edit{existing("gone", Existing{NodeMask: 26})},
			fault(`existing["gone"].pod_cidrs`, topology.Missing{Reason: PodsOrServicesNeeded{}}),
		},
		"existing to come": {edits: []edit{existing("gone", Existing{Unknown: topology.Unknown{"service_cidr"}})}},
		"existing Pods of IPv6": {
			[]edit{existing("gone", Existing{PodCIDRs: prefixes("10.0.0.0/24", "fd00::/48")})},
			fault(`existing["gone"].pod_cidrs[1]`, topology.WrongFamily{Range: prefix("fd00::/48"), Want: "IPv4"}),
		},
		"existing Services of IPv6": {
			[]edit{existing("gone", Existing{ServiceCIDR: prefix("fd00::/48")})},
			fault(`existing["gone"].service_cidr`, topology.WrongFamily{Range: prefix("fd00::/48"), Want: "IPv4"}),
		},
		"existing with a mask of /32": {edits: []edit{existing("gone", Existing{PodCIDRs: prefixes("10.0.0.0/24"), NodeMask: 32})}},
		"existing with a mask of /33": {
			[]edit{existing("gone", Existing{PodCIDRs: prefixes("10.0.0.0/24"), NodeMask: 33})},
			fault(`existing["gone"].node_cidr_mask`, topology.OutOfRange{Value: 33, Min: 1, Max: 32}),
		},
		"existing with a negative mask": {
			[]edit{existing("gone", Existing{PodCIDRs: prefixes("10.0.0.0/24"), NodeMask: -1})},
			fault(`existing["gone"].node_cidr_mask`, topology.OutOfRange{Value: -1, Min: 1, Max: 32}),
		},
		"existing with an IPv6 mask of /128": {
			edits: []edit{existing("gone", Existing{PodCIDRs: prefixes("10.0.0.0/24"), NodeIPv6Mask: 128})},
		},
		"existing with an IPv6 mask of /129": {
			[]edit{existing("gone", Existing{PodCIDRs: prefixes("10.0.0.0/24"), NodeIPv6Mask: 129})},
			fault(`existing["gone"].node_ipv6_cidr_mask`, topology.OutOfRange{Value: 129, Min: 1, Max: 128}),
		},
		"existing with a negative IPv6 mask": {
			[]edit{existing("gone", Existing{PodCIDRs: prefixes("10.0.0.0/24"), NodeIPv6Mask: -1})},
			fault(`existing["gone"].node_ipv6_cidr_mask`, topology.OutOfRange{Value: -1, Min: 1, Max: 128}),
		},
		"tokens to come, where nothing is held": {
			edits: []edit{func(r *Request) { r.Unknown, r.Prior = topology.Unknown{"renumber"}, &Prior{} }},
		},
		"faults of facts, in order of places": {
			[]edit{supernets(), shop(func(cl *topology.Cluster) { cl.VPC = "" })},
			append(fault(`clusters["shop"].vpc`, topology.Missing{}), fault("supernets", topology.Missing{})...),
		},
		"warnings of facts, which do not stop": {[]edit{shop(), vpc("own", func(v *topology.VPC) {
			v.Routes = map[string]topology.Route{"all": {Destination: prefix("10.0.0.0/8")}}
		})}, []problem{
			{At: `vpcs["own"].routes["all"].summary`, Problem: topology.LikelySummary{Destination: prefix("10.0.0.0/8")}, Warn: true},
		}},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			r := request(test.edits...)
			wantFaults(t, Check(r, profile.Default()), test.want...)
			result := Plan(r, profile.Default())
			if failed := len(test.want) > 0 && !test.want[0].Warn; result.Failed() != failed {
				t.Errorf("the plan fails: %t, want %t\n%s", result.Failed(), failed, allReports(result))
			} else if failed {
				wantFaults(t, result.Faults, test.want...)
				wantRanges(t, result, map[string]string{})
			}
		})
	}
}

// What follows from a cluster that is refused anyway would only be reported twice.
func TestNeedsOfClustersThatAreNotRefusedAreChecked(t *testing.T) {
	tooSmall := func(edits ...func(*topology.Cluster)) func(*Request) {
		return cluster("own", "kubernetes-routed", lengths(26, 24, 24), edits...)
	}
	for name, test := range map[string]struct {
		request Request
		want    []string
	}{
		"a need that is not served": {request(tooSmall()), []string{`clusters["own"].pod_prefix_length`}},
		"of a cluster that is refused": {
			request(tooSmall(func(cl *topology.Cluster) { cl.VPC = "" })), []string{`clusters["own"].vpc`},
		},
		"beside a VPC of its name that is refused": {
			request(tooSmall(), vpc("own", func(v *topology.VPC) { v.Platform = "none" })),
			[]string{`clusters["own"].pod_prefix_length`, `vpcs["own"].platform`},
		},
	} {
		var places []string
		for _, f := range Check(test.request, profile.Default()) {
			places = append(places, f.At.String())
		}
		if !slices.Equal(places, test.want) {
			t.Errorf("%s: faults at %q, want %q", name, places, test.want)
		}
	}
}

// A fault of a cluster keeps its needs from being checked. A warning does not, nor a fault of all clusters.
func TestNeedsAreCheckedBesideOtherFaults(t *testing.T) {
	r := request(cluster("own", "kubernetes-routed", lengths(26, 24, 24)))
	at := topology.Path{}.Attr("clusters")
	for name, test := range map[string]struct {
		before  topology.Fault
		checked bool
	}{
		"a fault of the cluster":   {topology.Fault{At: at.Key("own").Attr("vpc")}, false},
		"a warning of the cluster": {topology.Fault{At: at.Key("own").Attr("vpc"), Warn: true}, true},
		"a fault of another one":   {topology.Fault{At: at.Key("other")}, true},
		"a fault of all clusters":  {topology.Fault{At: at}, true},
	} {
		c := checker{faults: []topology.Fault{test.before}}
		if c.needs(r, profile.Default()); len(c.faults) > 1 != test.checked {
			t.Errorf("%s: faults %v", name, c.faults)
		}
	}
}
