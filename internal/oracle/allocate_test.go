package oracle

import (
	"net/netip"
	"slices"
	"testing"
)

func TestPlaceInASmallUniverse(t *testing.T) {
	u := NewUniverse(netip.MustParsePrefix("10.0.0.0/29"), 32)
	all := prefixes("10.0.0.0/29")
	always := func(int, int) bool { return true }
	tests := map[string]struct {
		items []Item
		apart func(i, j int) bool
		want  []netip.Prefix
		ok    bool
	}{
		"nothing":            {nil, always, nil, true},
		"one":                {[]Item{{30, all, nil}}, always, prefixes("10.0.0.0/30"), true},
		"two":                {[]Item{{30, all, nil}, {30, all, nil}}, always, prefixes("10.0.0.0/30", "10.0.0.4/30"), true},
		"three are too many": {[]Item{{30, all, nil}, {30, all, nil}, {30, all, nil}}, always, nil, false},
		"three that may meet": {
			[]Item{{30, all, nil}, {30, all, nil}, {30, all, nil}},
			func(int, int) bool { return false },
			prefixes("10.0.0.0/30", "10.0.0.0/30", "10.0.0.0/30"),
			true,
		},
		"three of which two may meet": {
			[]Item{{30, all, nil}, {30, all, nil}, {30, all, nil}},
			func(i, j int) bool { return i+j != 3 },
			prefixes("10.0.0.0/30", "10.0.0.4/30", "10.0.0.4/30"),
			true,
		},
		"one that makes way": {
			[]Item{{31, all, nil}, {31, prefixes("10.0.0.0/31"), nil}},
			always,
			prefixes("10.0.0.2/31", "10.0.0.0/31"),
			true,
		},
		"beside what is forbidden":      {[]Item{{31, all, prefixes("10.0.0.0/30", "10.0.0.5/32")}}, always, prefixes("10.0.0.6/31"), true},
		"nowhere that is allowed":       {[]Item{{31, prefixes("10.0.0.2/32", "10.0.0.4/32"), nil}}, always, nil, false},
		"in one of two that are":        {[]Item{{31, prefixes("10.0.0.2/32", "10.0.0.4/31"), nil}}, always, prefixes("10.0.0.4/31"), true},
		"not in what it is larger than": {[]Item{{30, prefixes("10.0.0.0/31", "10.0.0.2/31"), nil}}, always, nil, false},
		"forbidden from all sides":      {[]Item{{32, all, prefixes("10.0.0.0/8")}}, always, nil, false},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			got, ok := u.Place(test.items, test.apart)
			if ok != test.ok || ok && !slices.Equal(got, test.want) {
				t.Errorf("got %v %t, want %v %t", got, ok, test.want, test.ok)
			}
		})
	}
}

// The networks of the table below:
//
//	a ---hub1--- b ---hub2--- c     d (alone)     e (VRF red, on hub1 by mistake)
//	             b ---peer--- f
var networks = Networks{
	"a": {Hubs: []string{"hub1"}}, "b": {Hubs: []string{"hub1", "hub2"}}, "c": {Hubs: []string{"hub2"}},
	"d": {}, "e": {VRF: "red", Hubs: []string{"hub1"}}, "f": {Peers: []string{"b"}},
}

var (
	minds = Rules{"minds", map[string]int{
		"pod_vpc": 2, "service_vpc": 1, "service_pod": 2, "pod_route": 2, "service_route": 1, "pod_site": 1, "service_site": 0,
		"pod_peer_vpc": 2, "service_peer_vpc": 1, "pod_pod_same_vpc": 2, "pod_service_same_vpc": 1, "service_service_same_vpc": 0,
		"pod_pod_other_mode_same_vpc": 1, "pod_pod_peer": 2, "pod_service_peer": 1, "service_service_peer": 0,
	}}
	hidden = Rules{
		"hidden",
		map[string]int{"pod_vpc": 2, "service_vpc": 2, "service_pod": 2, "pod_route": 1, "pod_peer_vpc": 1, "service_service_same_vpc": 1},
	}
)

// wary is sure of its own Pods, and of those of others where these are sure of theirs.
var wary = Rules{
	"wary",
	map[string]int{"pod_pod_peer": 2, "pod_pod_same_vpc": 2, "pod_pod_unrouted_peer": 1, "pod_pod_unrouted_same_vpc": 1},
}

func TestApartInASmallDrawing(t *testing.T) {
	pods := func(network string, r Rules) Party {
		return Party{Kind: "pod", Network: network, Cluster: "1", Rules: r}
	}
	services := func(network string, r Rules) Party {
		return Party{Kind: "service", Network: network, Cluster: "1", Rules: r}
	}
	second := func(p Party) Party { p.Cluster = "2"; return p }
	meshed := func(p Party) Party { p.Meshes = []string{"m"}; return p }
	vpc := func(network string) Party { return Party{Kind: "vpc", Network: network} }
	site := func(network string) Party { return Party{Kind: "site", Network: network} }
	route := func(network, nextHop string) Party {
		return Party{Kind: "route", Network: network, NextHop: nextHop}
	}
	inside := func(p Party) Party { p.Hidden = true; return p }
	outside := func(p Party) Party { p.Advertised = true; return p }
	reserved := Party{Kind: "reserved"}
	tests := map[string]struct {
		a, b Party
		want int
	}{
		"Pods and their VPC":                             {pods("a", minds), vpc("a"), 2},
		"Services and their VPC":                         {services("a", minds), vpc("a"), 1},
		"Pods and the site that they are in":             {pods("a", minds), site("a"), 2},
		"Pods and a connected VPC":                       {pods("a", minds), vpc("b"), 2},
		"Pods and the hidden block of their VPC":         {pods("a", minds), inside(vpc("a")), 2},
		"Pods and what their VPC advertises":             {pods("a", minds), outside(vpc("a")), 0},
		"Pods and the hidden block of a connected VPC":   {pods("a", minds), inside(vpc("b")), 0},
		"Pods and what a connected VPC advertises":       {pods("a", minds), outside(vpc("b")), 2},
		"Pods and a hidden site behind a third":          {pods("a", minds), inside(site("c")), 0},
		"Pods and what one behind a third advertises":    {pods("a", minds), outside(site("c")), 1},
		"Services and a connected VPC":                   {services("a", minds), vpc("b"), 1},
		"Pods and a connected site":                      {pods("a", minds), site("b"), 1},
		"Services and a connected site":                  {services("a", minds), site("b"), 0},
		"Pods and a peer":                                {pods("f", minds), vpc("b"), 2},
		"Pods and a peer that does not say so":           {pods("b", minds), vpc("f"), 2},
		"Pods and a VPC that a third reaches":            {pods("a", minds), vpc("c"), 2},
		"Pods and a peer's neighbour":                    {pods("f", minds), vpc("c"), 2},
		"hidden Pods and a VPC that a third reaches":     {pods("a", hidden), vpc("c"), 0},
		"Services and a VPC that a third reaches":        {services("a", minds), vpc("c"), 0},
		"Pods and a VPC that is alone":                   {pods("a", minds), vpc("d"), 0},
		"Pods and a VPC of another VRF":                  {pods("a", minds), vpc("e"), 0},
		"Pods and what is reserved":                      {pods("a", minds), reserved, 2},
		"Services of another VRF and what is reserved":   {services("e", hidden), reserved, 2},
		"Pods and a route of their VPC":                  {pods("a", minds), route("a", "vpn"), 2},
		"Pods and a route of their VPC to members":       {pods("a", minds), route("a", "transit"), 2},
		"Services and a route of their VPC":              {services("a", minds), route("a", "vpn"), 1},
		"Pods and a route of a connected VPC":            {pods("a", minds), route("b", "vpn"), 2},
		"Pods and a route of a connected VPC to members": {pods("a", minds), route("b", "transit"), 0},
		"Pods and a peering route of a hub's member":     {pods("a", minds), route("b", "peering"), 2},
		"Pods and a peering route of their peer":         {pods("f", minds), route("b", "peering"), 0},
		"Pods and a transit route of their peer":         {pods("f", minds), route("b", "transit"), 2},
		"hidden Pods and a route of a connected VPC":     {pods("a", hidden), route("b", "vpn"), 0},
		"Services and a route of a connected VPC":        {services("a", minds), route("b", "vpn"), 0},
		"Pods and a route behind a third":                {pods("a", minds), route("c", "vpn"), 0},
		"two Pod ranges of one cluster":                  {pods("a", hidden), pods("a", hidden), 2},
		"Pods and Services of one cluster":               {pods("a", hidden), services("a", hidden), 2},
		"Pods and Pods of the VPC":                       {pods("a", minds), second(pods("a", minds)), 2},
		"Pods and Pods of another mode":                  {pods("a", minds), second(pods("a", hidden)), 1},
		"hidden Pods and hidden Pods":                    {pods("a", hidden), second(pods("a", hidden)), 0},
		"Pods and Services of the VPC":                   {pods("a", minds), second(services("a", minds)), 1},
		"Services and Pods of the VPC":                   {services("a", minds), second(pods("a", hidden)), 1},
		"Services and Services of the VPC":               {services("a", minds), second(services("a", minds)), 0},
		"Services where one of two minds":                {services("a", minds), second(services("a", hidden)), 1},
		"Pods and Pods of a connected VPC":               {pods("a", minds), second(pods("b", minds)), 2},
		"Pods and hidden Pods of a connected VPC":        {pods("a", minds), second(pods("b", hidden)), 2},
		"Pods and Services of a connected VPC":           {pods("a", minds), second(services("b", minds)), 1},
		"Pods and Pods behind a third":                   {pods("a", minds), second(pods("c", minds)), 2},
		"Pods and hidden Pods behind a third":            {pods("a", minds), second(pods("c", hidden)), 0},
		"Pods and Services behind a third":               {pods("a", minds), second(services("c", minds)), 0},
		"Pods and Pods of a VPC that is alone":           {pods("a", minds), second(pods("d", minds)), 0},
		"Pods that are sure to be routed":                {pods("a", wary), second(pods("b", minds)), 2},
		"Pods beside some that may not be routed":        {pods("a", wary), second(pods("b", hidden)), 1},
		"two of them in one VPC":                         {pods("a", wary), second(pods("a", wary)), 2},
		"members of a mesh":                              {meshed(services("a", hidden)), meshed(second(services("b", hidden))), 2},
		"members of a mesh that are not connected":       {meshed(services("a", hidden)), meshed(second(pods("d", hidden))), 2},
		"members of a mesh in two VRFs":                  {meshed(pods("a", minds)), meshed(second(pods("e", minds))), 2},
		"one in a mesh and one not":                      {meshed(services("a", minds)), second(services("a", minds)), 0},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			if got := networks.Apart(test.a, test.b); got != test.want {
				t.Errorf("got %d, want %d", got, test.want)
			}
			if got := networks.Apart(test.b, test.a); got != test.want {
				t.Errorf("the other way round: got %d, want %d", got, test.want)
			}
		})
	}
}
