package allocate

import (
	"fmt"
	"slices"
	"testing"

	"github.com/cidrplan/terraform-provider-cidrplan/internal/conflict"
	"github.com/cidrplan/terraform-provider-cidrplan/internal/profile"
	"github.com/cidrplan/terraform-provider-cidrplan/internal/topology"
)

func TestReclaimNamesReleasedRanges(t *testing.T) {
	r := applied(t, request(shop(), web()), withoutClusters("shop"), withoutClusters("web"))
	tests := map[string]struct {
		list     []string
		released map[string]string
		idle     []NothingToReclaim
	}{
		"nobody": {nil, map[string]string{"shop": releasedShop, "web": releasedWeb}, nil},
		"one":    {[]string{"web"}, map[string]string{"shop": releasedShop}, nil},
		"both":   {[]string{"web", "shop"}, map[string]string{}, nil},
		"one twice": {
			[]string{"web", "web"},
			map[string]string{"shop": releasedShop},
			[]NothingToReclaim{{"web", []string{"shop"}, false}},
		},
		"a stranger": {
			[]string{"wed"},
			map[string]string{"shop": releasedShop, "web": releasedWeb},
			[]NothingToReclaim{{"wed", []string{"shop", "web"}, false}},
		},
		"a name to come":       {[]string{""}, map[string]string{"shop": releasedShop, "web": releasedWeb}, nil},
		"everyone, in no need": {[]string{everyone}, map[string]string{"shop": releasedShop, "web": releasedWeb}, nil},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			result := planned(t, edited(r, reclaim(test.list...)))
			wantReleased(t, result, test.released)
			var want []problem
			for _, idle := range test.idle {
				want = append(want, problem{fmt.Sprintf("reclaim[%d]", len(test.list)-1), idle, true})
			}
			wantFaults(t, result.Faults, want...)
		})
	}
	t.Run("a name that was left in acts no more", func(t *testing.T) {
		left := edited(r, reclaim("web"))
		was := planned(t, left)
		again := planned(t, after(left, was))
		wantFaults(t, again.Faults)
		wantReleased(t, again, map[string]string{"shop": releasedShop})
	})
	t.Run("a key names one of several", func(t *testing.T) {
		twice := applied(t, r, nodes("web", 17), withoutClusters("web"))
		wantReleased(t, planned(t, edited(twice, reclaim("web~2"))), map[string]string{"shop": releasedShop, "web": releasedWeb})
		wantReleased(t, planned(t, edited(twice, reclaim("web"))), map[string]string{"shop": releasedShop})
	})
	t.Run("reclaimed ranges are allocated", func(t *testing.T) {
		wantRanges(t, planned(t, edited(r, reclaim("shop"), nodes("new", 100))), map[string]string{"new": "10.0.0.0/19 172.20.5.0/24 /26"})
	})
	t.Run("reclaim comes before release", func(t *testing.T) {
		result := planned(t, edited(applied(t, request(shop(), web())), withoutClusters("web"), reclaim("web")))
		wantReleased(t, result, map[string]string{"web": releasedWeb})
		wantFaults(t, pick[NothingToReclaim](result), problem{"reclaim[0]", NothingToReclaim{Name: "web"}, true})
	})
	t.Run("a name that comes back and is reclaimed begins anew", func(t *testing.T) {
		wantRanges(
			t, planned(t, edited(r, reclaim("web"), web(), nodes("a", 16))),
			map[string]string{"a": "10.0.32.0/22 172.20.4.0/24 /26", "web": "10.0.36.0/22 172.20.5.0/24 /26"},
		)
	})
}

// full is an allocator of four /19, a to d, that were released one after the other unless they are
// named.
func full(t *testing.T, holding ...string) Request {
	r := request(supernets("10.0.0.0/17"))
	all := []string{"a", "b", "c", "d"}
	for _, name := range all {
		nodes(name, 128)(&r)
	}
	r = applied(t, r)
	for _, name := range []string{"c", "a", "d", "b"} {
		if !slices.Contains(holding, name) {
			r = applied(t, r, withoutClusters(name))
		}
	}
	return r
}

// With reclaim = ["*"], the oldest released ranges are used again, and no more than needed.
func TestTheOldestIsUsedAgainFirst(t *testing.T) {
	const aHas, bHas, cHas, dHas = "10.0.0.0/19", "10.0.32.0/19", "10.0.64.0/19", "10.0.96.0/19"
	tests := map[string]struct {
		r        Request
		edits    []func(*Request)
		pods     map[string]string
		released []string
	}{
		"one": {
			full(t),
			[]func(*Request){nodes("new", 128)},
			map[string]string{"new": cHas},
			[]string{"a", "b", "d"},
		},
		"two": {
			full(t),
			[]func(*Request){nodes("new", 128), nodes("two", 128)},
			map[string]string{"new": aHas, "two": cHas},
			[]string{"b", "d"},
		},
		"all": {
			full(t),
			[]func(*Request){nodes("1", 128), nodes("2", 128), nodes("3", 128), nodes("4", 128)},
			map[string]string{"1": aHas, "2": bHas, "3": cHas, "4": dHas},
			nil,
		},
		"as many as make a larger one": {
			full(t),
			[]func(*Request){nodes("new", 256)},
			map[string]string{"new": "10.0.64.0/18"},
			[]string{"b"},
		},
		"a smaller one": {
			full(t),
			[]func(*Request){nodes("new", 16)},
			map[string]string{"new": "10.0.64.0/22"},
			[]string{"a", "b", "d"},
		},
		"none where there is other room": {
			full(t),
			[]func(*Request){nodes("new", 128), supernets("10.0.0.0/17", "10.9.0.0/16")},
			map[string]string{"new": "10.9.0.0/19"},
			[]string{"a", "b", "c", "d"},
		},
		"none that is released only now": {
			full(t, "b"),
			[]func(*Request){withoutClusters("b"), nodes("1", 128), nodes("2", 128), nodes("3", 128)},
			map[string]string{"1": aHas, "2": cHas, "3": dHas},
			[]string{"b"},
		},
		"none whose cluster comes back": {
			full(t),
			[]func(*Request){nodes("c", 128), nodes("new", 128)},
			map[string]string{"c": cHas, "new": aHas},
			[]string{"b", "d"},
		},
		"for who comes back with a larger need": {
			full(t),
			[]func(*Request){nodes("c", 256)},
			map[string]string{"c": "10.0.64.0/18"},
			[]string{"b"},
		},
		"for who is renumbered": {
			full(t, "b"),
			[]func(*Request){renumber("b", "1")},
			map[string]string{"b": cHas},
			[]string{"a", "b", "d"},
		},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			r := edited(test.r, append(test.edits, reclaim(everyone))...)
			result := planned(t, r)
			got := map[string]string{}
			for name, a := range result.Allocations {
				got[name] = list(a.Pods)
			}
			if fmt.Sprint(got) != fmt.Sprint(test.pods) || !slices.Equal(names(result.Released), test.released) {
				t.Errorf("got %v, released %v; want %v, released %v", got, names(result.Released), test.pods, test.released)
			}
			again := planned(t, after(r, result))
			if fmt.Sprint(again.Allocations, again.Released) != fmt.Sprint(result.Allocations, result.Released) {
				t.Errorf("planned again: %v, released %v", again.Allocations, names(again.Released))
			}
		})
	}
}

// If only released ranges would fit, the error lists them with their former owners.
func TestNoRoomListsReleasedRanges(t *testing.T) {
	tests := map[string]struct {
		edits []func(*Request)
		want  []string // nil where there is room
	}{
		"without a word on it": {
			[]func(*Request){nodes("new", 128)},
			[]string{"b 10.0.32.0/19 false", "a 10.0.0.0/19 true", "c 10.0.64.0/19 true", "d 10.0.96.0/19 true"},
		},
		"the wrong name": {
			[]func(*Request){nodes("new", 256), reclaim("d")},
			[]string{"b 10.0.32.0/19 false", "a 10.0.0.0/19 true", "c 10.0.64.0/19 true"},
		},
		"all of it is too little": {
			[]func(*Request){nodes("new", 512), reclaim(everyone)},
			[]string{"b 10.0.32.0/19 false", "a 10.0.0.0/19 true", "c 10.0.64.0/19 true", "d 10.0.96.0/19 true"},
		},
		"only what is released by now": {
			[]func(*Request){withoutClusters("b"), nodes("new", 512), reclaim(everyone)},
			[]string{"a 10.0.0.0/19 true", "b 10.0.32.0/19 true", "c 10.0.64.0/19 true", "d 10.0.96.0/19 true"},
		},
		"with the right name": {[]func(*Request){nodes("new", 128), reclaim("d")}, nil},
		"with everyone's":     {[]func(*Request){nodes("new", 128), reclaim(everyone)}, nil},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			result := Plan(edited(full(t, "b"), test.edits...), profile.Default())
			var got []string
			for _, f := range pick[NoRoom](result) {
				for _, c := range f.Problem.(NoRoom).Holders {
					got = append(got, fmt.Sprint(c.Owner, " ", c.Range, " ", c.Kind == conflict.Released))
				}
			}
			if !slices.Equal(got, test.want) || result.Failed() != (test.want != nil) {
				t.Errorf("holders %q, want %q\n%s", got, test.want, allReports(result))
			}
		})
	}
}

// A released range is free only for its former owner: its claim has the owner, what that is, and the key.
func TestReleasedClaims(t *testing.T) {
	of := func(r Request, owner string) []conflict.Claim {
		return releasedClaims(applied(t, r, withoutClusters(owner)).Prior.Released, r.ownerKind())
	}
	claim := func(owner string, kind conflict.OwnerKind, text string) conflict.Claim {
		return conflict.Claim{
			Owner: owner, OwnerKind: kind, Kind: conflict.Released, Source: conflict.Allocated, Range: prefix(text),
			At: topology.Path{}.Attr("released").Key(owner),
		}
	}
	cluster, block := conflict.ClusterOwner, conflict.BlockOwner
	for _, test := range []struct{ got, want []conflict.Claim }{
		{of(request(shop()), "shop"), []conflict.Claim{claim("shop", cluster, "10.0.0.0/19"), claim("shop", cluster, "172.20.0.0/22")}},
		{of(blocks(ofLength("a", 24)), "a"), []conflict.Claim{claim("a", block, "10.0.0.0/24")}},
	} {
		if fmt.Sprint(test.got) != fmt.Sprint(test.want) {
			t.Errorf("got %+v, want %+v", test.got, test.want)
		}
	}
}
