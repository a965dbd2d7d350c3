package usage

import (
	"slices"
	"strings"
	"testing"

	"github.com/cidrplan/terraform-provider-cidrplan/internal/allocate"
	"github.com/cidrplan/terraform-provider-cidrplan/internal/profile"
	"github.com/cidrplan/terraform-provider-cidrplan/internal/topology"
)

func reserve(name, r string) func(*allocate.Request) {
	return func(q *allocate.Request) { q.Facts.Reserved[name] = topology.Reserved{CIDR: prefix(r)} }
}

func existing(name string, pods ...string) func(*allocate.Request) {
	return func(r *allocate.Request) {
		r.Existing[name] = allocate.Existing{PodCIDRs: prefixes(pods...), NodeMask: 26}
	}
}

func supernets(texts ...string) func(*allocate.Request) {
	return func(r *allocate.Request) { r.Supernets = prefixes(texts...) }
}

// Each address of a supernet has one use, and all claims to it are named.
func TestSpansOfASupernet(t *testing.T) {
	inHub := func(blocks ...string) topology.VPC {
		return topology.VPC{CIDRBlocks: prefixes(blocks...), Hubs: []string{"tr"}}
	}
	hub := func(r *allocate.Request) { r.Facts.Hubs["tr"] = topology.Hub{} }
	for name, test := range map[string]struct {
		request  allocate.Request
		released map[string]allocate.Released
		want     string
	}{
		"nothing is in use": {
			request: request(),
			want:    "10.0.0.0/20 free () in prod",
		},
		"a cluster": {
			request: request(cluster("shop", "prod", 21)),
			want:    "10.0.0.0/21 allocated (pod shop) in \n10.0.8.0/21 free () in prod",
		},
		"a growth reserve around a Pod range": {
			request: request(cluster("shop", "prod", 22, func(c *topology.Cluster) { c.ReserveLength = 21 })),
			want: "10.0.0.0/22 allocated (pod shop, reserved shop) in \n10.0.4.0/22 growth (reserved shop) in \n" +
				"10.0.8.0/21 free () in prod",
		},
		"released and reserved": {
			request: request(reserve("later", "10.0.8.0/22")),
			released: map[string]allocate.Released{"old": {Cluster: "old", Allocation: allocate.Allocation{Ranges: profile.Ranges{
				Pods: prefixes("10.0.0.0/21"),
			}}}},
			want: "10.0.0.0/21 released (reserved old) in \n10.0.8.0/22 reserved (reserved later) in \n10.0.12.0/22 free () in prod",
		},
		"facts that overlap are all named": {
			request: request(
				hub, vpc("prod", inHub("10.0.0.0/22")), existing("old", "10.0.0.0/21"),
				vpc("dev", topology.VPC{CIDRBlocks: prefixes("10.0.0.0/23"), Routes: map[string]topology.Route{
					"idc": {Destination: prefix("10.0.0.0/24"), NextHop: "vpn"},
				}, Hubs: []string{"tr"}}),
			),
			want: "10.0.0.0/24 unusable (vpc dev, vpc prod, route dev/idc, reserved old) in \n" +
				"10.0.1.0/24 unusable (vpc dev, vpc prod, reserved old) in \n" +
				"10.0.2.0/23 unusable (vpc prod, reserved old) in \n10.0.4.0/22 unusable (reserved old) in \n" +
				"10.0.8.0/21 free () in dev,prod",
		},
		"a network that is not connected makes addresses unusable for its own clusters": {
			request: request(
				vpc("lab", topology.VPC{CIDRBlocks: prefixes("10.0.0.0/21")}),
				cluster("shop", "prod", 22, func(c *topology.Cluster) { c.PodCIDRs = prefixes("10.0.12.0/22") }),
				cluster("test", "lab", 23, func(c *topology.Cluster) { c.PodCIDRs = prefixes("10.0.8.0/23") }),
			),
			want: "10.0.0.0/21 unusable (vpc lab) in prod\n10.0.8.0/23 allocated (pod test) in \n10.0.10.0/23 free () in lab,prod\n" +
				"10.0.12.0/22 allocated (pod shop) in ",
		},
		"a network that no cluster is in and that is not connected makes nothing unusable": {
			request: request(
				vpc("lab", topology.VPC{CIDRBlocks: prefixes("10.0.0.0/21")}),
				cluster("shop", "prod", 21, func(c *topology.Cluster) { c.PodCIDRs = prefixes("10.0.8.0/21") }),
			),
			want: "10.0.0.0/21 free (vpc lab) in prod\n10.0.8.0/21 allocated (pod shop) in ",
		},
		"addresses that no platform accepts": {
			request: request(supernets("127.0.0.0/7")),
			want:    "126.0.0.0/8 free () in prod\n127.0.0.0/8 unusable () in ",
		},
	} {
		t.Run(name, func(t *testing.T) {
			r := held(t, test.request)
			r.Prior.Released = test.released
			spans := surveyed(t, r).Spans(r.Supernets[0])
			if got := texts(spans); got != test.want {
				t.Errorf("got\n%s\nwant\n%s", got, test.want)
			}
			wantNetworks(t, spans)
		})
	}
}

// wantNetworks wants each network in one of the two lists of each span: those where the addresses are free, and the others.
func wantNetworks(t *testing.T, spans []Span) {
	t.Helper()
	all := slices.Sorted(slices.Values(slices.Concat(spans[0].FreeIn, spans[0].NotIn)))
	for _, s := range spans {
		if got := slices.Sorted(slices.Values(slices.Concat(s.FreeIn, s.NotIn))); !slices.Equal(got, all) || len(got) == 0 {
			t.Errorf("%v is free in %q and not in %q", s.Range, s.FreeIn, s.NotIn)
		}
		if !slices.IsSorted(s.NotIn) || s.Use == Free && len(s.NotIn) > 0 || s.Use != Free && len(s.NotIn) == 0 {
			t.Errorf("%v (%s) is not free in %q", s.Range, useNames[s.Use], s.NotIn)
		}
	}
}

// Nothing can be demanded from addresses outside of the supernets: they are free where nobody has a claim to them.
func TestSpansOutsideOfTheSupernets(t *testing.T) {
	r := held(t, request(vpc("lab", topology.VPC{CIDRBlocks: prefixes("10.9.0.0/25")})))
	got := texts(surveyed(t, r).Spans(prefix("10.9.0.0/24")))
	if want := "10.9.0.0/25 unusable (vpc lab) in \n10.9.0.128/25 free () in "; got != want {
		t.Errorf("got\n%s\nwant\n%s", got, want)
	}
}

// What is known only after apply can change what is in use.
func TestSurveyIsUnknownWithAFact(t *testing.T) {
	for name, unknown := range map[string]bool{"known": false, "unknown": true} {
		r := request()
		site := topology.Site{CIDRBlocks: prefixes("10.9.0.0/24")}
		if unknown {
			site.Unknown = topology.Unknown{"cidr_blocks"}
		}
		r.Facts.Sites["idc"] = site
		if got := surveyed(t, held(t, r)).Unknown(); got != unknown {
			t.Errorf("%s: %t", name, got)
		}
	}
}

// Service ranges come from supernets of their own, in which a network that no rule keeps Services out of makes nothing unusable.
func TestSpansOfASupernetForServices(t *testing.T) {
	r := held(t, request(cluster("shop", "prod", 22)))
	got := surveyed(t, r).Spans(prefix("172.20.0.0/20"))
	if want := "172.20.0.0/24 allocated (service shop) in "; !strings.HasPrefix(texts(got), want) {
		t.Errorf("got\n%s\nwant first\n%s", texts(got), want)
	}
}
