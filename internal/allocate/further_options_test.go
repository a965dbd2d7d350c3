package allocate

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"github.com/cidrplan/terraform-provider-cidrplan/internal/profile"
	"github.com/cidrplan/terraform-provider-cidrplan/internal/topology"
)

// furtherTexts writes options that ask for a further range: the list that gets one of a length, or the argument that allows it.
func furtherTexts(options []topology.Option) string {
	var all []string
	for _, o := range options {
		for _, e := range o.Edits {
			switch do := e.Do.(type) {
			case topology.Adding:
				if r, is := do.Value.(topology.RangeOf); is {
					all = append(all, fmt.Sprintf("%s %s /%d", e.At[len(e.At)-1].Attr, r.Family, r.Length))
				}
			case topology.Setting:
				if e.At[len(e.At)-1].Attr == "append_ranges" {
					all = append(all, fmt.Sprint("append_ranges ", do.Value))
				}
			}
		}
	}
	return strings.Join(all, ", ")
}

// A list that the configuration gives gets a range for what is missing, as long as the cluster can have one more.
func TestOptionsThatAppendARange(t *testing.T) {
	at := topology.Path{}.Attr("clusters").Key("a")
	overlay, router := shipped(t, "kubernetes-overlay"), shipped(t, "cce-vpc-router") // up to 20 Pod ranges
	few := *overlay
	few.Growth.Services.MaxRanges, few.Growth.MaxRanges = 3, 3
	given := func(pods int, services, pods6 []string, allowed ...string) topology.Cluster {
		cl := topology.Cluster{AppendRanges: allowed}
		for i := range pods {
			cl.PodCIDRs = append(cl.PodCIDRs, prefix(fmt.Sprintf("10.%d.0.0/21", i)))
		}
		cl.Further = profile.Further{Services: prefixes(services...), PodsIPv6: prefixes(pods6...), ServicesIPv6: prefixes(pods6...)}
		return cl
	}
	pods := func(cl topology.Cluster, p *profile.Profile, nodes int64) []topology.Option {
		return morePods(at, cl, p, nodes, p.NodeOf(24))
	}
	for name, test := range map[string]struct {
		options []topology.Option
		want    string
	}{
		"Pods without saying that they can": {pods(given(1, nil, nil), overlay, 4), "append_ranges [pods]"},
		"Pods of a list":                    {pods(given(1, nil, nil, "pods"), overlay, 4), "pod_cidrs IPv4 /22"},
		"chosen Pods need no list":          {pods(given(0, nil, nil, "pods"), overlay, 4), ""},
		"more nodes than a range has":       {pods(given(1, nil, nil, "pods"), overlay, 1<<40), ""},
		"the last Pod range of a platform":  {pods(given(19, nil, nil), router, 4), "pod_cidrs IPv4 /22"},
		"as many as a platform has":         {pods(given(20, nil, nil), router, 4), ""},
		"a platform that appends none":      {pods(given(1, nil, nil), shipped(t, "ack-flannel"), 4), ""},
		"Services of a list": {
			moreServices(at, given(1, []string{"10.9.0.0/24"}, nil, "services"), overlay, furtherServices, 40),
			"further_service_cidrs IPv4 /26",
		},
		"Services that are chosen": {moreServices(at, given(1, nil, nil, "services"), overlay, furtherServices, 40), ""},
		"the last Service range": {
			moreServices(at, given(1, []string{"10.9.0.0/24"}, nil, "services"), &few, furtherServices, 40),
			"further_service_cidrs IPv4 /26",
		},
		"as many Service ranges as it has": {
			moreServices(at, given(1, []string{"10.9.0.0/24", "10.9.1.0/24"}, nil, "services"), &few, furtherServices, 40), "",
		},
		"IPv6 Services": {
			moreServices(at, given(1, nil, []string{"fd09::/112"}, "services"), overlay, furtherServices6, 40),
			"further_service_ipv6_cidrs IPv6 /112",
		},
		"IPv6 Pods": {morePods6(at, given(1, nil, []string{"fd09::/64"}, "pods"), overlay, 16, 64), "further_pod_ipv6_cidrs IPv6 /60"},
		"IPv6 Pods for no node": {
			morePods6(at, given(1, nil, []string{"fd09::/64"}, "pods"), overlay, 0, 64), "further_pod_ipv6_cidrs IPv6 /64",
		},
		"IPv6 Pods of node blocks of no length": {morePods6(at, given(1, nil, []string{"fd09::/64"}, "pods"), overlay, 16, 0), ""},
	} {
		if got := furtherTexts(test.options); got != test.want {
			t.Errorf("%s: got %q, want %q", name, got, test.want)
		}
	}
}

// The range that an option adds is for what is missing beside the ranges that are given: a plan with it is not refused.
func TestAppendedRangesAreForWhatIsMissing(t *testing.T) {
	allowed := appending("pods", "services")
	need := func(nodes, surge, services int64, edits ...func(*topology.Cluster)) func(*Request) {
		n := profile.Need{MaxNodes: nodes, SurgeNodes: surge, PodsPerNode: 200, MaxServices: services, NodeMask: 24}
		return cluster("a", "kubernetes-overlay", n, append([]func(*topology.Cluster){allowed}, edits...)...)
	}
	lists := func(cl *topology.Cluster) {
		cl.PodCIDRs, cl.ServiceCIDR = prefixes("10.0.0.0/21"), prefix("172.20.0.0/24")
		cl.Further.Services = prefixes("172.20.9.0/28")
	}
	both := func(cl *topology.Cluster) {
		lists(cl)
		cl.IPFamilies, cl.PodIPv6CIDR, cl.ServiceIPv6CIDR = topology.Families, prefix("fd00::/61"), prefix("fd01::/120")
		cl.Further.PodsIPv6, cl.Further.ServicesIPv6 = prefixes("fd00:1::/64"), prefixes("fd01:1::/124")
		cl.Need.NodeIPv6Mask = 64
	}
	held := applied(t, request(need(8, 0, 254, lists)))
	heldBoth := applied(t, request(need(8, 0, 254, both)))
	for name, test := range map[string]struct {
		request Request
		want    []string
	}{
		"nodes of a new cluster":     {request(need(12, 0, 254, lists)), []string{"pod_cidrs IPv4 /22 at most 8"}},
		"Services of a new cluster":  {request(need(8, 0, 300, lists)), []string{"further_service_cidrs IPv4 /26 at most 268"}},
		"nodes of a held cluster":    {edited(held, need(12, 0, 254, lists)), []string{"pod_cidrs IPv4 /22 at most 8"}},
		"nodes beside an upgrade":    {edited(held, need(10, 2, 254, lists)), []string{"pod_cidrs IPv4 /22 at most 6"}},
		"Services of a held cluster": {edited(held, need(8, 0, 300, lists)), []string{"further_service_cidrs IPv4 /26 at most 268"}},
		"nodes of both families": {request(need(13, 0, 254, both)), []string{
			"pod_cidrs IPv4 /21 at most 8", "further_pod_ipv6_cidrs IPv6 /62 at most 9",
		}},
		"nodes of both families that are held": {edited(heldBoth, need(13, 0, 254, both)), []string{
			"pod_cidrs IPv4 /21 at most 8", "further_pod_ipv6_cidrs IPv6 /62 at most 9",
		}},
	} {
		t.Run(name, func(t *testing.T) {
			var got []string
			for _, f := range Plan(test.request, profile.Default()).Faults {
				text := furtherTexts(f.Options)
				switch e := f.Problem.(type) {
				case topology.Contradicting:
					text += fmt.Sprintf(" at most %d", e.Gives)
				case Outgrown:
					text += fmt.Sprintf(" at most %d", e.Largest)
				}
				if !f.Warn {
					got = append(got, text)
				}
			}
			slices.Sort(got)
			slices.Sort(test.want)
			if !slices.Equal(got, test.want) {
				t.Errorf("got %q, want %q", got, test.want)
			}
		})
	}
}

// Where several ranges serve a need together, each is named with what it serves, and one inside of another with nothing.
func TestWhatANeedContradicts(t *testing.T) {
	p := shipped(t, "kubernetes-overlay")
	one, three := prefixes("172.20.0.0/24"), prefixes("172.20.0.0/24", "172.20.0.0/28", "172.21.0.0/25")
	if got, is := contradicted("service_cidr", one, p.ServicesIn).(topology.ArgumentValue); !is || got.Argument != "service_cidr" {
		t.Errorf("one range: got %v", got)
	}
	got, is := contradicted("service_cidr", three, p.ServicesIn).(topology.CountedRanges)
	if !is || !slices.Equal(got.Served, []int64{254, 0, 126}) || !slices.Equal(got.Ranges, three) {
		t.Errorf("three ranges: got %v", got)
	}
}
