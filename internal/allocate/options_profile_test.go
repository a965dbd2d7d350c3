package allocate

import (
	"fmt"
	"maps"
	"testing"

	"github.com/cidrplan/terraform-provider-cidrplan/internal/conflict"
	"github.com/cidrplan/terraform-provider-cidrplan/internal/profile"
	"github.com/cidrplan/terraform-provider-cidrplan/internal/topology"
)

// withPodSubnet gives a VPC a subnet for Pods.
func withPodSubnet(name string) func(*Request) {
	return vpc(name, func(v *topology.VPC) {
		v.CIDRBlocks, v.Subnets = prefixes("192.168.0.0/16"), prefixMap("pods", "192.168.16.0/20")
	})
}

func routeQuota(quota int64) func(*topology.VPC) {
	return func(v *topology.VPC) { v.RouteQuota = quota }
}

func TestOtherProfilesThatSupportASize(t *testing.T) {
	large := profile.Need{MaxNodes: 10, PodsPerNode: 64}
	routes := func(edits ...func(*Request)) Request {
		return request(append([]func(*Request){vpc("ali", routeQuota(5)), cluster("shop", "ack-flannel", large)}, edits...)...)
	}
	turbo := func(nodes int64) Request {
		need := profile.Need{MaxNodes: nodes, PodsPerNode: 110}
		return request(withPodSubnet("hua"), cluster("shop", "cce-turbo", need, inVPC("hua"), podSubnets("pods")))
	}
	const edge, serverless = `set clusters["shop"].profile ack-edge-flannel`, `set clusters["shop"].profile ack-serverless`
	const autopilot, overlay = `set clusters["shop"].profile cce-autopilot`, `set clusters["shop"].profile cce-overlay`
	for name, test := range map[string]struct {
		request Request
		// want are the options of each rule that has some.
		want map[string][]string
	}{
		"more routes than the quota": {routes(), map[string][]string{"route_quota_exceeded": {edge, serverless}}},
		"the state holds ranges": {
			after(routes(), Plan(routes(), profile.Default())), map[string][]string{},
		},
		"existing gives ranges": {routes(existing("shop", Existing{PodCIDRs: shopHolds.Pods, NodeMask: 26})), map[string][]string{}},
		"the conflict is accepted": {
			routes(func(r *Request) {
				r.Settings.Accepted = map[string]topology.Acceptance{"route_quota_exceeded|routes=10|ali": {Reason: "raised"}}
			}),
			map[string][]string{},
		},
		"something is not known until apply": {
			routes(func(r *Request) { r.Unknown = topology.Unknown{"service_supernets"} }), map[string][]string{},
		},
		"more Pods than the platform accepts, in subnets": {turbo(1000), map[string][]string{"pods_over_cap": {autopilot}}},
		"more nodes and Pods than the platform accepts": {
			turbo(5000),
			map[string][]string{
				"nodes_over_cap": {autopilot}, "pods_over_cap": {autopilot, overlay + `; remove clusters["shop"].pod_subnets`},
			},
		},
	} {
		t.Run(name, func(t *testing.T) {
			got := map[string][]string{}
			result := Plan(test.request, profile.Default())
			for _, f := range result.Findings {
				for _, o := range optionsOfKind(f, conflict.OtherProfile) {
					got[f.Code] = append(got[f.Code], editTexts(o.Edits))
				}
			}
			if !maps.EqualFunc(got, test.want, func(a, b []string) bool { return fmt.Sprint(a) == fmt.Sprint(b) }) {
				t.Errorf("got %q, want %q\n%s", got, test.want, allReports(result))
			}
		})
	}
}

// Each of seven VPCs lacks routes, and two profiles would do. Twelve plans are tried, so nothing is offered for the last one.
func TestFewOtherProfilesAreTried(t *testing.T) {
	r := request()
	for i := range 7 {
		name := fmt.Sprint("vpc", i)
		r.Facts.VPCs[name] = topology.VPC{
			Platform: "alicloud", CIDRBlocks: prefixes(fmt.Sprintf("192.168.%d.0/24", 10+i)), RouteQuota: 5,
		}
		cluster(fmt.Sprint("shop", i), "ack-flannel", profile.Need{MaxNodes: 10, PodsPerNode: 64}, inVPC(name))(&r)
	}
	got := map[string]int{}
	for _, f := range planned(t, r).Findings {
		got[f.A.Owner] = len(optionsOfKind(f, conflict.OtherProfile))
	}
	want := map[string]int{"shop0": 2, "shop1": 2, "shop2": 2, "shop3": 2, "shop4": 2, "shop5": 2, "shop6": 0}
	if !maps.Equal(got, want) {
		t.Errorf("options: got %v, want %v", got, want)
	}
}

func TestFaultsThatStopAPlanNewly(t *testing.T) {
	a, b := topology.Path{}.Attr("a"), topology.Path{}.Attr("b")
	fault := func(at topology.Path, warn bool) topology.Fault { return topology.Fault{At: at, Warn: warn} }
	for name, test := range map[string]struct {
		faults, known []topology.Fault
		want          bool
	}{
		"none":                        {nil, nil, false},
		"a warning":                   {[]topology.Fault{fault(a, true)}, nil, false},
		"an error":                    {[]topology.Fault{fault(a, false)}, nil, true},
		"an error that is known":      {[]topology.Fault{fault(a, false)}, []topology.Fault{fault(b, true), fault(a, false)}, false},
		"an error at another place":   {[]topology.Fault{fault(a, false)}, []topology.Fault{fault(b, false)}, true},
		"an error that was a warning": {[]topology.Fault{fault(a, false)}, []topology.Fault{fault(a, true)}, true},
	} {
		if got := failsMore(test.faults, test.known); got != test.want {
			t.Errorf("%s: got %t, want %t", name, got, test.want)
		}
	}
}
