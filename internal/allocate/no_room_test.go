package allocate

import (
	"fmt"
	"net/netip"
	"reflect"
	"runtime"
	"slices"
	"testing"

	"github.com/cidrplan/terraform-provider-cidrplan/internal/cidr"
	"github.com/cidrplan/terraform-provider-cidrplan/internal/conflict"
	"github.com/cidrplan/terraform-provider-cidrplan/internal/profile"
	"github.com/cidrplan/terraform-provider-cidrplan/internal/topology"
)

// overfull are clusters of which eight find room for their Pods, and Services have a pool of their own.
func overfull(clusters int) Request {
	r := request(supernets("10.0.0.0/21"), services("10.128.0.0/24"))
	for i := range clusters {
		cluster(fmt.Sprintf("c%05d", i), "kubernetes-overlay", lengths(24, 26, 28))(&r)
	}
	return r
}

// Ranges that are missing for one cause are one fault, with the largest holders and the number of all.
func TestOneCauseIsOneFault(t *testing.T) {
	result := Plan(overfull(300), profile.Default())
	lacked := map[conflict.Kind]int{}
	for _, f := range result.Faults {
		n, ok := f.Problem.(NoRoom)
		if !ok {
			t.Fatalf("got %v", f)
		}
		lacked[n.Kind] = 1 + len(n.Others)
		for _, one := range n.Others {
			if one.Kind != n.Kind {
				t.Errorf("%v of %q is among those that lack a %v range from other supernets", one.Kind, one.Cluster, n.Kind)
			}
		}
		if len(n.Holders) > maxHolders || n.Kind == conflict.Pod && n.HolderCount != 8 {
			t.Errorf("%d of %d holders", len(n.Holders), n.HolderCount)
		}
	}
	if len(result.Faults) != 2 || lacked[conflict.Pod] != 292 || lacked[conflict.Service] != 296 {
		t.Errorf("%d faults, lacking are %v", len(result.Faults), lacked)
	}
}

// What a plan without room allocates grows with the number of clusters, not with its square, though half of them hold
// the ranges that the others lack.
func TestMemoryOfAPlanWithoutRoomIsLinear(t *testing.T) {
	bytes := func(clusters, room int) uint64 {
		r := edited(overfull(clusters), supernets(fmt.Sprintf("10.0.0.0/%d", room)))
		var before, after runtime.MemStats
		runtime.ReadMemStats(&before)
		Plan(r, profile.Default())
		runtime.ReadMemStats(&after)
		return after.TotalAlloc - before.TotalAlloc
	}
	few, many := bytes(512, 16), bytes(2048, 14)
	if many > 6*few {
		t.Errorf("four times as many clusters take %d bytes instead of %d", many, few)
	}
}

func BenchmarkPlanWithoutRoom(b *testing.B) {
	for _, clusters := range []int{100, 1000, 10_000, 20_000} {
		b.Run(fmt.Sprint(clusters), func(b *testing.B) {
			r := overfull(clusters)
			b.ReportAllocs()
			for b.Loop() {
				Plan(r, profile.Default())
			}
		})
	}
}

func TestNoRoomReportsWhatIsMissing(t *testing.T) {
	holder := func(c conflict.Claim) string { return c.Kind.String() + " " + claimed(c.Owner, c.Range) }
	type failure struct {
		At, Cluster, Pool string
		Kind              conflict.Kind
		Length            int
		From, Room        []netip.Prefix
		Free              []cidr.SizeCount
		Holders           []string
		Others            []MissingRange
	}
	tests := map[string]struct {
		edits []func(*Request)
		want  []failure
	}{
		"who holds the rest, the largest first": {
			[]func(*Request){
				supernets("10.0.0.0/22"), reserved("x", "10.0.1.0/24"), pods("a", 23), pods("b", 23),
				vpc("own", route("vpn", topology.Route{Destination: prefix("10.0.0.0/26"), NextHop: "vpn"})),
			},
			[]failure{{
				At: `clusters["b"]`, Cluster: "b", Kind: conflict.Pod, Length: 23, From: prefixes("10.0.0.0/22"),
				Room:    prefixes("10.0.0.0/22"),
				Free:    []cidr.SizeCount{{Bits: 25, N: 1}, {Bits: 26, N: 1}},
				Holders: []string{"pod a 10.0.2.0/23", "reserved x 10.0.1.0/24", "route own 10.0.0.0/26"},
			}},
		},
		"a supernet too small from the start": {
			[]func(*Request){supernets("10.0.0.0/25"), pods("a", 24)},
			[]failure{{
				At: `clusters["a"]`, Cluster: "a", Kind: conflict.Pod, Length: 24, From: prefixes("10.0.0.0/25"),
				Room: prefixes("10.0.0.0/25"),
				Free: []cidr.SizeCount{{Bits: 25, N: 1}},
			}},
		},
		"supernets that the platform does not take": {
			[]func(*Request){supernets("100.64.0.0/16", "9.0.0.0/16"), cluster("a", "ack-flannel", lengths(24, 24, 26))},
			[]failure{{At: `clusters["a"]`, Cluster: "a", Kind: conflict.Pod, Length: 24, From: prefixes("100.64.0.0/16", "9.0.0.0/16")}},
		},
		"supernets that the platform takes in part": {
			[]func(*Request){supernets("100.64.0.0/16", "10.0.0.0/25"), cluster("a", "ack-flannel", lengths(24, 24, 26))},
			[]failure{{
				At: `clusters["a"]`, Cluster: "a", Kind: conflict.Pod, Length: 24, From: prefixes("100.64.0.0/16", "10.0.0.0/25"),
				Room: prefixes("10.0.0.0/25"),
				Free: []cidr.SizeCount{{Bits: 25, N: 1}},
			}},
		},
		"a pool by name": {
			[]func(*Request){
				func(r *Request) {
					r.Pools["far"] = Pool{Supernets: prefixes("10.5.0.0/16"), ServiceSupernets: prefixes("10.6.0.0/25")}
				},
				cluster("a", "ack-flannel", lengths(24, 24, 26), func(cl *topology.Cluster) { cl.Pool = "far" }),
			},
			[]failure{{
				At: `clusters["a"]`, Cluster: "a", Pool: "far", Kind: conflict.Service, Length: 24, From: prefixes("10.6.0.0/25"),
				Room: prefixes("10.6.0.0/25"),
				Free: []cidr.SizeCount{{Bits: 25, N: 1}},
			}},
		},
		"its own Pods among those who hold the rest": {
			[]func(*Request){supernets("10.0.0.0/24"), services(), cluster("a", "kubernetes-overlay", lengths(24, 28, 28))},
			[]failure{{
				At: `clusters["a"]`, Cluster: "a", Kind: conflict.Service, Length: 28, From: prefixes("10.0.0.0/24"),
				Room:    prefixes("10.0.0.0/24"),
				Holders: []string{"pod a 10.0.0.0/24"},
			}},
		},
		"its own Pods even where all may be shared": {
			[]func(*Request){
				supernets("10.0.0.0/24"),
				services(),
				cluster("a", "kubernetes-overlay", lengths(24, 28, 28)),
				func(r *Request) { r.SharedPods, r.SharedServices = true, true },
			},
			[]failure{{
				At: `clusters["a"]`, Cluster: "a", Kind: conflict.Service, Length: 28, From: prefixes("10.0.0.0/24"),
				Room:    prefixes("10.0.0.0/24"),
				Holders: []string{"pod a 10.0.0.0/24"},
			}},
		},
		"as many Services as there are addresses": {
			[]func(*Request){services("0.0.0.0/0"), cluster("a", "cce-vpc-router", profile.Need{MaxNodes: 2, MaxServices: 1 << 31})},
			[]failure{{
				At: `clusters["a"]`, Cluster: "a", Kind: conflict.Service, Length: 1, From: prefixes("0.0.0.0/0"),
				Room: prefixes("10.0.0.0/8", "172.16.0.0/16", "172.18.0.0/15", "172.20.0.0/14", "172.24.0.0/13", "192.168.0.0/16"),
				Free: []cidr.SizeCount{
					{Bits: 9, N: 1},
					{Bits: 10, N: 1},
					{Bits: 11, N: 1},
					{Bits: 12, N: 1},
					{Bits: 13, N: 2},
					{Bits: 14, N: 2},
					{Bits: 15, N: 2},
					{Bits: 16, N: 2},
					{Bits: 17, N: 2},
					{Bits: 18, N: 2},
					{Bits: 19, N: 2},
					{Bits: 20, N: 1},
					{Bits: 21, N: 1},
					{Bits: 22, N: 1},
					{Bits: 23, N: 1},
					{Bits: 24, N: 1},
				},
				Holders: []string{"pod a 10.0.0.0/19", "vpc hua 192.168.1.0/24"},
			}},
		},
		"both ranges of a cluster, the larger first": {
			[]func(*Request){supernets("10.0.0.0/26"), services(), cluster("a", "kubernetes-overlay", lengths(25, 24, 28))},
			[]failure{
				{
					At: `clusters["a"]`, Cluster: "a", Kind: conflict.Service, Length: 24, From: prefixes("10.0.0.0/26"),
					Room: prefixes("10.0.0.0/26"), Free: []cidr.SizeCount{{Bits: 26, N: 1}},
					Others: []MissingRange{{"a", conflict.Pod, 25}},
				},
			},
		},
		"every cluster that gets nothing, and not the one that does": {
			[]func(*Request){supernets("10.0.0.0/24"), pods("b", 24), pods("c", 25), pods("a", 24)},
			[]failure{
				{
					At: `clusters["b"]`, Cluster: "b", Kind: conflict.Pod, Length: 24, From: prefixes("10.0.0.0/24"),
					Room: prefixes("10.0.0.0/24"), Holders: []string{"pod a 10.0.0.0/24"},
					Others: []MissingRange{{"c", conflict.Pod, 25}},
				},
			},
		},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			result := Plan(request(test.edits...), profile.Default())
			var got []failure
			for _, f := range result.Faults {
				if _, public := f.Problem.(PublicSupernet); public {
					continue
				}
				n, ok := f.Problem.(NoRoom)
				if !ok || f.Warn {
					t.Fatalf("got %v, want NoRoom", f)
				}
				if n.CutShort {
					t.Errorf("%s: the search stopped early", n.Cluster)
				}
				failed := failure{
					At:      f.At.String(),
					Cluster: n.Cluster,
					Pool:    n.Pool,
					Kind:    n.Kind,
					Length:  n.Length,
					From:    n.From,
					Room:    n.Room,
					Free:    n.Free,
					Others:  n.Others,
				}
				for _, c := range n.Holders {
					failed.Holders = append(failed.Holders, holder(c))
				}
				got = append(got, failed)
			}
			for i := range got {
				if len(got[i].Room) == 0 {
					got[i].Room = nil
				}
				if len(got[i].Free) == 0 {
					got[i].Free = nil
				}
			}
			if !reflect.DeepEqual(got, test.want) {
				t.Errorf("\n got %+v\nwant %+v", got, test.want)
			}
		})
	}
}

func TestRulesThatExcludeAllSupernets(t *testing.T) {
	toys := made(t)
	low, known := toys.Profile("toy-low")
	if !known {
		t.Fatal("no profile toy-low")
	}
	const limit, king = "low toys live low", "the king of Toyland"
	for name, test := range map[string]struct {
		kind       conflict.Kind
		length     int
		family     cidr.Family
		from, room []netip.Prefix
		prof       *profile.Profile
		want       []string
	}{
		"supernets outside of a window": {conflict.Pod, 28, cidr.V4, prefixes("10.0.1.0/24", "10.1.0.0/16"), nil, low, []string{limit}},
		"a range shorter than a window": {conflict.Pod, 26, cidr.V4, prefixes("10.0.0.0/24"), nil, low, []string{limit}},
		"a supernet around a window":    {conflict.Pod, 28, cidr.V4, prefixes("10.1.0.0/16", "10.0.0.0/24"), nil, low, nil},
		"the window has some room":      {conflict.Pod, 28, cidr.V4, prefixes("10.0.1.0/24"), prefixes("10.0.0.0/27"), low, nil},
		"there are no supernets":        {conflict.Pod, 28, cidr.V4, nil, nil, low, nil},
		"a block":                       {conflict.Block, 28, cidr.V4, prefixes("10.0.1.0/24"), nil, nil, nil},
		"a block on a forbidden supernet": {
			conflict.Block, 28, cidr.V4, prefixes("127.0.1.0/24"), nil, nil, []string{"127.0.0.0/8 is loopback"},
		},
		"Services, which have no limit": {conflict.Service, 28, cidr.V4, prefixes("10.0.1.0/24"), nil, low, nil},
		"a forbidden supernet":          {conflict.Pod, 32, cidr.V4, prefixes("10.0.0.0/32"), nil, low, []string{king}},
		"a supernet that is forbidden in part": {
			conflict.Pod, 32, cidr.V4, prefixes("10.0.0.0/30"), nil, low, nil,
		},
		"a forbidden supernet of the other family": {
			conflict.Service, 64, cidr.V6, prefixes("10.0.0.0/32"), nil, low, []string{"all lengths will do"},
		},
	} {
		claim := conflict.Claim{Kind: test.kind, ClusterRange: conflict.ClusterRange{Profile: test.prof}}
		n := noRoom{
			demand: demand{claims: []conflict.Claim{claim}, length: test.length, family: test.family}, from: test.from, room: test.room,
		}
		var got []string
		for _, rule := range n.excluding() {
			got = append(got, rule.Text)
		}
		if !slices.Equal(got, test.want) {
			t.Errorf("%s: got %q, want %q", name, got, test.want)
		}
	}
}
