package allocate

import (
	"maps"
	"net/netip"
	"slices"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"github.com/cidrplan/terraform-provider-cidrplan/internal/topology"
)

// planeKey is the key of the claim to the control plane of cluster a.
const planeKey = "a/other/100.64.0.0/28"

// withPlane is a cluster with a control plane in the network.
func withPlane(name string, ranges ...string) func(*Request) {
	return cluster(name, "other-unique", lengths(16, 20, 24), using("control_plane", ranges...))
}

// otherClaims are the keys of claims to ranges beside Pods and Services.
func otherClaims(claims map[string]topology.Foreign) []string {
	return slices.DeleteFunc(slices.Sorted(maps.Keys(claims)), func(key string) bool { return !strings.Contains(key, "/other/") })
}

// Ranges that networks route leave for other workspaces, of clusters that hold nothing yet and of mirrors too. Ranges that only nodes use,
// and defaults, do not.
func TestRoutedOtherRangesLeave(t *testing.T) {
	mirror := func(r *Request) {
		r.Facts.VPCs["blue"] = topology.VPC{CIDRBlocks: prefixes("192.168.9.0/24"), VRF: "blue"}
		r.Facts.Clusters["dr"] = topology.Cluster{
			Profile: "other-unique", VPC: "blue", SameAs: "a",
			OtherRanges: map[string][]netip.Prefix{"control_plane": prefixes("10.8.0.0/28")},
		}
	}
	for name, test := range map[string]struct {
		edits []func(*Request)
		want  []string
	}{
		"of the network": {[]func(*Request){withPlane("a", "100.64.0.0/28")}, []string{planeKey}},
		"several uses": {
			[]func(*Request){cluster("a", "other-unique", lengths(16, 20, 24), using("control_plane", "100.64.0.0/28"),
				using("remote_nodes", "10.9.0.0/24", "10.9.1.0/24"))},
			[]string{planeKey, "a/other/10.9.0.0/24", "a/other/10.9.1.0/24"},
		},
		"of a mirror":    {[]func(*Request){withPlane("a", "100.64.0.0/28"), mirror}, []string{planeKey, "dr/other/10.8.0.0/28"}},
		"none is given":  {[]func(*Request){withPlane("a")}, nil},
		"a default":      {[]func(*Request){cluster("a", "other-default", lengths(16, 20, 24))}, nil},
		"what nodes use": {[]func(*Request){cluster("a", "other-default", lengths(16, 20, 24), using("join", "10.9.0.0/16"))}, nil},
		"what contains Pods": {
			[]func(*Request){cluster("a", "other-container", lengths(16, 20, 24), using("cluster_network", "100.64.0.0/11"))}, nil,
		},
	} {
		t.Run(name, func(t *testing.T) {
			r := besides(test.edits...)
			got := r.OutgoingClaims(Plan(r, otherCatalog(t)).Allocations, nil, otherCatalog(t))
			slices.Sort(test.want)
			if keys := otherClaims(got); !slices.Equal(keys, test.want) {
				t.Fatalf("got %q, want %q", keys, test.want)
			}
			if none := r.OutgoingClaims(nil, nil, otherCatalog(t)); !slices.Equal(otherClaims(none), test.want) {
				t.Errorf("with nothing held: %q", otherClaims(none))
			}
			if c, has := got[planeKey]; has && strings.Join([]string{c.Use, c.Network, c.Profile, c.Allocator}, " ") !=
				"control_plane own other-unique k8s" {
				t.Errorf("the claim is %+v", c)
			}
		})
	}
}

// As long as it is not known which routed ranges a cluster uses, it is not known which claims there are.
func TestClaimsWaitForRoutedOtherRanges(t *testing.T) {
	unknown := func(cl *topology.Cluster) { cl.Unknown = topology.Unknown{"other_ranges"} }
	for name, test := range map[string]struct {
		kind string
		want bool
	}{
		"routed": {"other-unique", true}, "of nodes": {"other-default", false}, "of a profile that is not known": {"gone", false},
	} {
		r := besides(cluster("a", test.kind, lengths(16, 20, 24), unknown))
		if got := r.OutgoingClaimsUnknown(Result{}, otherCatalog(t)); got != test.want {
			t.Errorf("%s: unknown %t", name, got)
		}
	}
}

// What a cluster of another workspace uses is avoided as its Pods are, and compared with what is given here.
func TestOtherRangesOfAnotherWorkspace(t *testing.T) {
	theirs := func(edits ...func(*topology.Foreign)) func(*Request) {
		c := topology.Foreign{
			Owner: "theirs", Kind: topology.ForeignOther, Use: "control_plane", CIDR: prefix("100.64.0.0/28"), Network: "own",
			Allocator: "team", Profile: "other-unique",
		}
		for _, edit := range edits {
			edit(&c)
		}
		return func(r *Request) { r.Facts.Foreign = map[string]topology.Foreign{"x": c} }
	}
	in := func(network string) func(*topology.Foreign) { return func(c *topology.Foreign) { c.Network = network } }
	of := func(profile, use string) func(*topology.Foreign) {
		return func(c *topology.Foreign) { c.Profile, c.Use = profile, use }
	}
	blue := func(c *topology.Foreign) { c.VRF = "blue" }
	podsOn := func(code string) []string { return []string{"error " + code + " a 100.64.0.0/16 theirs 100.64.0.0/28"} }
	planeOn := func(code string) []string { return []string{"error " + code + " a 100.64.0.0/28 theirs 100.64.0.0/28"} }
	const avoids, ignores = "100.65.0.0/16 100.64.16.0/20 /24", "100.64.0.0/16 100.65.0.0/20 /24"
	pinned := cluster("a", "other-default", lengths(0, 0, 24), pins("172.20.0.0/20", "100.64.0.0/16"), using("join", "10.9.0.0/16"))
	joined := cluster("a", "other-default", lengths(0, 0, 24), pins("172.20.0.0/20", "10.1.0.0/16"))
	plane := withPlane("a", "100.64.0.0/28")
	remote := cluster("a", "other-unique", lengths(16, 20, 24), using("remote_nodes", "100.64.0.0/28"))
	fresh := cluster("a", "other-default", lengths(16, 20, 24), using("join", "10.9.0.0/16"))
	tests := map[string]struct {
		edits []func(*Request)
		want  string
		found []string
	}{
		"in the network":                {[]func(*Request){fresh, theirs()}, avoids, nil},
		"in a connected network":        {[]func(*Request){fresh, theirs(in("far"))}, avoids, nil},
		"in a network apart":            {[]func(*Request){fresh, theirs(in("apart"))}, avoids, nil},
		"in another VRF":                {[]func(*Request){fresh, theirs(blue)}, ignores, nil},
		"nobody says where":             {[]func(*Request){fresh, theirs(in(""))}, avoids, nil},
		"of a use that is not known":    {[]func(*Request){fresh, theirs(of("other-unique", "later"))}, avoids, nil},
		"of a profile of a later date":  {[]func(*Request){fresh, theirs(of("later", "plane"))}, avoids, nil},
		"of a use that nodes have":      {[]func(*Request){fresh, theirs(of("other-default", "join"))}, avoids, nil},
		"Pods on it":                    {[]func(*Request){pinned, theirs()}, "", podsOn("pod_overlaps_cluster_other")},
		"Pods on it, connected":         {[]func(*Request){pinned, theirs(in("far"))}, "", podsOn("pod_overlaps_peer_other")},
		"Pods on it, apart":             {[]func(*Request){pinned, theirs(in("apart"))}, "", nil},
		"Pods on it, in another VRF":    {[]func(*Request){pinned, theirs(blue)}, "", nil},
		"Pods on it, nobody says where": {[]func(*Request){pinned, theirs(in(""))}, "", podsOn("pod_overlaps_foreign_block")},
		"Pods on one of a use that is not known": {
			[]func(*Request){pinned, theirs(of("other-unique", "later"))}, "",
			podsOn("pod_overlaps_cluster_other"),
		},
		"the same control plane": {
			[]func(*Request){plane, theirs()}, "",
			planeOn("other_overlaps_cluster_other"),
		},
		"the same control plane, nobody says where": {
			[]func(*Request){plane, theirs(in(""))}, "",
			planeOn("other_overlaps_foreign_block"),
		},
		"the same remote nodes": {
			[]func(*Request){remote, theirs(of("other-unique", "remote_nodes"))}, "", nil,
		},
		"the same remote nodes, nobody says where": {
			[]func(*Request){remote, theirs(of("other-unique", "remote_nodes"), in(""))}, "", nil,
		},
		"a join subnet on it":                    {[]func(*Request){joined, theirs()}, "", podsOn("other_overlaps_cluster_other")},
		"a join subnet on it, nobody says where": {[]func(*Request){joined, theirs(in(""))}, "", nil},
		"a control plane on their block": {
			[]func(*Request){plane, theirs(isA(topology.ForeignBlock))}, "", planeOn("other_overlaps_foreign_block"),
		},
		"a control plane on their released range": {
			[]func(*Request){plane, theirs(isA(topology.ForeignReleased))}, "", planeOn("other_overlaps_released"),
		},
		"a join subnet on their block": {[]func(*Request){joined, theirs(isA(topology.ForeignBlock))}, "", nil},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			got := Plan(besides(test.edits...), otherCatalog(t))
			wantFindings(t, got, test.found...)
			if test.want != "" {
				wantRanges(t, got, map[string]string{"a": test.want})
			}
		})
	}
}

// isA changes the kind of a claim.
func isA(kind string) func(*topology.Foreign) {
	return func(c *topology.Foreign) { c.Kind, c.Use = kind, "" }
}

// What is kept free is kept free of ranges that networks route, and not of those that only nodes use.
func TestOtherRangesOnRangesThatAreKeptFree(t *testing.T) {
	const kept = "100.64.0.0/24"
	for name, test := range map[string]struct {
		edit func(*Request)
		want string
	}{
		"reserved": {reserved("x", kept), "warn other_overlaps_reserved a 100.64.0.0/28 x 100.64.0.0/24"},
		"reserved by another workspace": {
			givenClaims(map[string]topology.Foreign{
				"x": {Owner: "x", Kind: topology.ForeignReserved, CIDR: prefix(kept), Allocator: "net"},
			}),
			"warn other_overlaps_foreign_block a 100.64.0.0/28 x 100.64.0.0/24",
		},
		"of an undeclared cluster": {
			existing("gone", Existing{PodCIDRs: prefixes(kept)}), "error other_overlaps_existing a 100.64.0.0/28 gone 100.64.0.0/24",
		},
		"released": {
			existing("gone#1", Existing{Cluster: "gone", PodCIDRs: prefixes(kept)}),
			"error other_overlaps_released a 100.64.0.0/28 gone 100.64.0.0/24",
		},
	} {
		t.Run(name, func(t *testing.T) {
			wantFindings(t, Plan(besides(withPlane("a", "100.64.0.0/28"), test.edit), otherCatalog(t)), test.want)
			local := cluster("a", "other-default", lengths(0, 0, 24), pins("172.20.0.0/20", "10.1.0.0/16"))
			wantFindings(t, Plan(besides(local, test.edit), otherCatalog(t)))
		})
	}
}

// A file of claims that all workspaces share has the own ones too: those of a cluster that was renamed, and of ranges of before an edit.
// Two workspaces of one configuration both have the range, so without a state it is another one's.
func TestOwnOtherRangesComeBack(t *testing.T) {
	first := besides(withPlane("a", "100.64.0.0/28"))
	was := plannedWithOther(t, first)
	own := first.OutgoingClaims(was.Allocations, was.Released, otherCatalog(t))
	renamed := cluster("b", "other-unique", lengths(16, 20, 24), using("control_plane", "100.64.0.0/28"), func(cl *topology.Cluster) {
		cl.PreviousNames = []string{"a"}
	})
	for name, test := range map[string]struct {
		request Request
		want    bool
	}{
		"nothing changes":               {after(first, was), false},
		"another range":                 {edited(after(first, was), withPlane("a", "100.64.0.16/28")), false},
		"the cluster has another name":  {edited(after(first, was), withoutClusters("a"), renamed), false},
		"another cluster has the range": {edited(after(first, was), withPlane("a"), withPlane("c", "100.64.0.0/28")), false},
		"nothing is held":               {first, true},
	} {
		t.Run(name, func(t *testing.T) {
			got := Plan(edited(test.request, givenClaims(own)), otherCatalog(t))
			if shared := slices.Contains(sharedNames(got), "other a 100.64.0.0/28"); shared != test.want {
				t.Errorf("of another owner: %t\n%s", shared, allReports(got))
			}
		})
	}
}

// Whatever two workspaces are given, what the second one allocates beside the claims of the first one is where one planner with all
// clusters could have allocated it, as the oracle says.
func TestTwoWorkspacesAllocateBesideOtherRanges(t *testing.T) {
	catalog := otherCatalog(t)
	beside := 0
	rapid.Check(t, func(t *rapid.T) {
		planes := rapid.SliceOfN(rapid.IntRange(0, 63), 1, 4).Draw(t, "planes")
		network := rapid.SampledFrom([]string{"own", "far", "apart"}).Draw(t, "network")
		first := besides()
		for i, at := range planes {
			r := netip.PrefixFrom(netip.AddrFrom4([4]byte{100, 64, byte(at), byte(at%4) * 64}), 28).String()
			withPlane(string(rune('a'+i)), r)(&first)
			cl := first.Facts.Clusters[string(rune('a'+i))]
			cl.VPC = network
			first.Facts.Clusters[string(rune('a'+i))] = cl
		}
		claims := first.OutgoingClaims(nil, nil, catalog)
		second := besides(
			called("team-b"), supernets("100.64.0.0/18"), services(), givenClaims(claims),
			cluster("z", "other-default", lengths(rapid.IntRange(20, 24).Draw(t, "pods"), 24, 26), using("join", "10.9.0.0/16")),
		)
		got := Plan(second, catalog)
		if got.Failed() {
			return // the planes are everywhere
		}
		all := second
		all.Facts.Foreign, all.Facts.Clusters = nil, maps.Clone(second.Facts.Clusters)
		maps.Copy(all.Facts.Clusters, first.Facts.Clusters)
		if found := collisions(all, catalog, got.Allocations); len(found) > 0 {
			t.Fatal(found)
		}
		beside++
	})
	if beside == 0 {
		t.Error("nothing was allocated")
	}
}
