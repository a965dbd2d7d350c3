package allocate

import (
	"reflect"
	"slices"
	"testing"

	"github.com/cidrplan/terraform-provider-cidrplan/internal/cidr"
	"github.com/cidrplan/terraform-provider-cidrplan/internal/conflict"
	"github.com/cidrplan/terraform-provider-cidrplan/internal/profile"
	"github.com/cidrplan/terraform-provider-cidrplan/internal/topology"
)

// lackingOf is a trial of a request in which cluster or block a lacks a range.
func lackingOf(r Request, family cidr.Family, kind conflict.Kind) trial {
	lacking := NoRoom{MissingRange: MissingRange{Cluster: "a", Kind: kind}, Family: family}
	return trial{request: r, catalog: profile.Default(), lacking: lacking}
}

func TestArgumentThatAsksForAMissingRange(t *testing.T) {
	overlay := func(need profile.Need, edits ...func(*topology.Cluster)) Request {
		return request(cluster("a", "kubernetes-overlay", need, edits...))
	}
	byNodes := profile.Need{MaxNodes: 100, NodeMask: 26, MaxServices: 100}
	for name, test := range map[string]struct {
		request        Request
		family         cidr.Family
		kind           conflict.Kind
		length         int
		argument       string
		most, shortest int64
	}{
		"a block by its prefix length": {blocks(ofLength("a", 20)), cidr.V4, conflict.Pod, 22, "prefix_length", 0, 22},
		"a block by its addresses": {
			blocks(block("a", topology.Block{Addresses: 1000})), cidr.V4, conflict.Pod, 24, "addresses", 256, 0,
		},
		"an IPv6 block by its addresses": {
			blocks(block("a", topology.Block{Addresses: 1000, Family: "IPv6"})), cidr.V6, conflict.Pod, 120, "addresses", 256, 0,
		},
		"a cluster of an unknown profile": {request(cluster("a", "none", byNodes)), cidr.V4, conflict.Pod, 24, "", 0, 0},
		"an IPv6 range of a cluster":      {overlay(byNodes), cidr.V6, conflict.Pod, 56, "", 0, 0},
		"Services by the prefix length":   {overlay(lengths(20, 20, 26)), cidr.V4, conflict.Service, 24, "service_prefix_length", 0, 24},
		"Services by their number":        {overlay(byNodes), cidr.V4, conflict.Service, 26, "max_services", 62, 0},
		"the growth reserve": {
			overlay(lengths(22, 24, 26), func(cl *topology.Cluster) { cl.ReserveLength = 18 }), cidr.V4, conflict.GrowthReserve, 21,
			"reserve_prefix_length", 0, 21,
		},
		"Pods by the prefix length": {overlay(lengths(20, 24, 26)), cidr.V4, conflict.Pod, 22, "pod_prefix_length", 0, 22},
		"Pods by nodes":             {overlay(byNodes), cidr.V4, conflict.Pod, 24, "max_nodes", 4, 0},
	} {
		argument, most, shortest := lackingOf(test.request, test.family, test.kind).need("a", test.length)
		if argument != test.argument || most != test.most || shortest != test.shortest {
			t.Errorf("%s: got %q, at most %d, at least %d; want %q, %d, %d",
				name, argument, most, shortest, test.argument, test.most, test.shortest)
		}
	}
}

func TestNodesOfAFurtherPodRange(t *testing.T) {
	need := profile.Need{NodeMask: 27}
	heldBy := func(name string) *Prior {
		held := Allocation{Ranges: profile.Ranges{Pods: prefixes("10.0.0.0/24"), NodeMask: 26}}
		return &Prior{Allocations: map[string]Allocation{name: held}}
	}
	of := func(prior *Prior) Request {
		r := request(cluster("a", "kubernetes-overlay", need))
		r.Prior = prior
		return r
	}
	for name, test := range map[string]struct {
		request Request
		want    int64
	}{
		"without a prior state":                     {of(nil), 4},
		"beside the nodes that it holds":            {of(heldBy("a")), 6},
		"where the prior state has only other ones": {of(heldBy("b")), 4},
	} {
		prof := shipped(t, "kubernetes-overlay")
		got := lackingOf(test.request, cidr.V4, conflict.Pod).nodes("a", test.request.Facts.Clusters["a"], prof, 25)
		if got != test.want {
			t.Errorf("%s: got %d nodes, want %d", name, got, test.want)
		}
	}
}

func TestRequestThatAsksForAnotherSize(t *testing.T) {
	ofBlocks, ofClusters := blocks(ofLength("lb", 24)), request()
	ofClusters.Facts.Clusters = map[string]topology.Cluster{"shop": {}}
	need := func(n profile.Need) any { return topology.Cluster{Need: n} }
	for name, test := range map[string]struct {
		owner, argument string
		want            any
	}{
		"the addresses of a block":        {"lb", "addresses", topology.Block{PrefixLength: 24, Addresses: 20}},
		"the length of a block":           {"lb", "prefix_length", topology.Block{PrefixLength: 20}},
		"the nodes of a cluster":          {"shop", "max_nodes", need(profile.Need{MaxNodes: 20})},
		"the Services of a cluster":       {"shop", "max_services", need(profile.Need{MaxServices: 20})},
		"the Pod length of a cluster":     {"shop", "pod_prefix_length", need(profile.Need{PodLength: 20})},
		"the Service length of it":        {"shop", "service_prefix_length", need(profile.Need{ServiceLength: 20})},
		"the growth reserve of a cluster": {"shop", "reserve_prefix_length", topology.Cluster{ReserveLength: 20}},
	} {
		var got any = ofClusters.asking(test.owner, test.argument, 20).Facts.Clusters[test.owner]
		if test.owner == "lb" {
			got = ofBlocks.asking(test.owner, test.argument, 20).Facts.Blocks[test.owner]
		}
		if !reflect.DeepEqual(got, test.want) {
			t.Errorf("%s: got %+v, want %+v", name, got, test.want)
		}
	}
	if ofBlocks.Facts.Blocks["lb"].PrefixLength != 24 || ofClusters.Facts.Clusters["shop"].Need.MaxNodes != 0 {
		t.Error("the request before was changed")
	}
}

// The first option for a missing range asks for what the largest free range serves, if it serves anything.
func TestOptionToAskForLess(t *testing.T) {
	at := topology.Path{}.Attr("clusters").Key("a")
	nodes := profile.Need{MaxNodes: 8, NodeMask: 26, ServiceLength: 24}
	for name, test := range map[string]struct {
		request Request
		want    []topology.Option
	}{
		"a longer prefix": {
			request(supernets("10.0.0.0/24"), cluster("a", "kubernetes-overlay", lengths(22, 24, 26))),
			[]topology.Option{topology.OptionOf(topology.Set(at.Attr("pod_prefix_length"), topology.AtLeast(24)))},
		},
		"fewer nodes": {
			request(supernets("10.0.0.0/24"), cluster("a", "kubernetes-overlay", nodes)),
			[]topology.Option{topology.OptionOf(topology.Set(at.Attr("max_nodes"), topology.AtMost(4)))},
		},
		"one node": {
			request(supernets("10.0.0.0/26"), cluster("a", "kubernetes-overlay", nodes)),
			[]topology.Option{topology.OptionOf(topology.Set(at.Attr("max_nodes"), topology.AtMost(1)))},
		},
		"room for no node": {request(supernets("10.0.0.0/27"), cluster("a", "kubernetes-overlay", nodes)), nil},
	} {
		result := Plan(test.request, profile.Default())
		lacking, lacks := result.Faults[0].Problem.(NoRoom)
		if !lacks {
			t.Fatalf("%s: want a missing range, got %s", name, allReports(result))
		}
		got := trial{request: test.request, catalog: profile.Default(), lacking: lacking, before: result}.less()
		if !reflect.DeepEqual(got, test.want) {
			t.Errorf("%s: got %+v, want %+v", name, got, test.want)
		}
	}
}

func TestListOfSupernetsThatAMissingRangeComesFrom(t *testing.T) {
	withPools := request(services(), func(r *Request) {
		r.Pools["near"] = Pool{ServiceSupernets: prefixes("172.21.0.0/16")}
		r.Pools["far"] = Pool{}
	})
	for name, test := range map[string]struct {
		request Request
		pool    string
		kind    conflict.Kind
		want    string
	}{
		"Pods":                                 {request(), "", conflict.Pod, "supernets"},
		"Services":                             {request(), "", conflict.Service, "service_supernets"},
		"Services without supernets of theirs": {withPools, "", conflict.Service, "supernets"},
		"Pods of a pool":                       {withPools, "near", conflict.Pod, `pools["near"].supernets`},
		"Services of a pool":                   {withPools, "near", conflict.Service, `pools["near"].service_supernets`},
		"Services of a pool without supernets of theirs": {withPools, "far", conflict.Service, `pools["far"].supernets`},
	} {
		missing := lackingOf(test.request, cidr.V4, test.kind)
		missing.lacking.Pool = test.pool
		if got := missing.supernetsAt(test.kind).String(); got != test.want {
			t.Errorf("%s: got %s, want %s", name, got, test.want)
		}
	}
}

func TestLengthOfARangeThatHoldsAllMissingOnes(t *testing.T) {
	for name, test := range map[string]struct {
		family  cidr.Family
		lengths []int
		want    int
	}{
		"one IPv4 range":                     {cidr.V4, []int{24}, 24},
		"IPv4 ranges":                        {cidr.V4, []int{24, 25, 25, 26}, 22},
		"one IPv6 range":                     {cidr.V6, []int{56}, 56},
		"IPv6 ranges":                        {cidr.V6, []int{64, 56, 60}, 54},
		"IPv6 ranges of more than all there": {cidr.V6, []int{1, 1, 1}, 1},
	} {
		var missing []MissingRange
		for _, length := range test.lengths {
			missing = append(missing, MissingRange{Length: length})
		}
		if got := lackingOf(request(), test.family, conflict.Pod).total(missing); got != test.want {
			t.Errorf("%s: got /%d, want /%d", name, got, test.want)
		}
	}
}

// Options for more room: reclaim released ranges, and remove reserved ranges and entries of existing whose owner is not declared.
func TestWhatMakesRoom(t *testing.T) {
	r := request(reserved("later", "10.0.0.0/20"), existing("old", Existing{PodCIDRs: prefixes("10.0.16.0/20")}), reclaim("gone~2"))
	claim := func(kind conflict.Kind, owner string, at topology.Path) conflict.Claim {
		return conflict.Claim{Kind: kind, Owner: owner, At: at}
	}
	ofReserved := claim(conflict.Reserved, "later", topology.Path{}.Attr("reserved").Key("later").Attr("cidr"))
	foreign := ofReserved
	foreign.Source = conflict.OtherWorkspace
	for name, test := range map[string]struct {
		claim              conflict.Claim
		want               any
		reclaim            []string
		reserved, existing int
	}{
		"released ranges": {
			claim(conflict.Released, "gone", topology.Path{}.Attr("released").Key("gone")),
			topology.Add(topology.Path{}.Attr("reclaim"), "gone"), []string{"gone~2", "gone"}, 1, 1,
		},
		"released ranges that are reclaimed already": {
			claim(conflict.Released, "gone~2", topology.Path{}.Attr("released").Key("gone~2")), nil, []string{"gone~2"}, 1, 1,
		},
		"ranges of an undeclared cluster": {
			claim(conflict.Existing, "old", topology.Path{}.Attr("existing").Key("old")),
			topology.Remove(topology.Path{}.Attr("existing").Key("old")), []string{"gone~2"}, 1, 0,
		},
		"a reserved range": {
			ofReserved, topology.Remove(topology.Path{}.Attr("reserved").Key("later")), []string{"gone~2"}, 0, 1,
		},
		"a reserved range of another workspace": {foreign, nil, []string{"gone~2"}, 1, 1},
		"the range of a cluster": {
			claim(conflict.Pod, "shop", topology.Path{}.Attr("clusters").Key("shop")), nil, []string{"gone~2"}, 1, 1,
		},
	} {
		t.Run(name, func(t *testing.T) {
			edit, freed, ok := r.freeing(test.claim)
			if ok != (test.want != nil) || ok && !reflect.DeepEqual(edit, test.want) {
				t.Errorf("got the edit %+v, %t, want %+v", edit, ok, test.want)
			}
			if !slices.Equal(freed.Reclaim,
				test.reclaim) || len(freed.Facts.Reserved) != test.reserved || len(freed.Existing) != test.existing {
				t.Errorf("the request reclaims %q, reserves %v and has %v", freed.Reclaim, freed.Facts.Reserved, freed.Existing)
			}
			if len(r.Facts.Reserved) != 1 || len(r.Existing) != 1 || len(r.Reclaim) != 1 {
				t.Error("the request before was changed")
			}
		})
	}
}
