package topology

import (
	"fmt"
	"slices"
	"testing"

	"pgregory.net/rapid"
)

// Networks that are added one by one reach what they reach when all are read at once, and a reach with fewer of them stays as
// it was.
func TestReachWithOneMoreNetwork(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		f := Facts{VPCs: map[string]VPC{}}
		names := func(label, prefix string, of int) (list []string) {
			for range rapid.IntRange(0, 2).Draw(t, label) {
				list = append(list, fmt.Sprint(prefix, rapid.IntRange(0, of).Draw(t, label+" name")))
			}
			return list
		}
		for i := range rapid.IntRange(0, 6).Draw(t, "first") {
			name := fmt.Sprint("v", rapid.IntRange(0, 30).Draw(t, "name"))
			f.VPCs[name] = VPC{Hubs: names("hubs", "h", 5), Peers: names("peers", "v", 30), VRF: []string{"", "red"}[i%2]}
		}
		reach := NewReach(f)
		wantSameReach(t, reach, f)
		type snapshot struct {
			reach *Reach
			facts Facts
		}
		all := []snapshot{{reach, f}}
		// more than 64 networks, so that rows grow
		for i := range rapid.SampledFrom([]int{1, 3, 70}).Draw(t, "more") {
			was := all[len(all)-1]
			if rapid.IntRange(0, 9).Draw(t, "other") == 9 {
				was = all[rapid.IntRange(0, len(all)-1).Draw(t, "of")]
			}
			name := fmt.Sprintf("%c%d", 'w'-rune(i%3)*5, 100+i)
			v := VPC{Hubs: names("hubs", "h", 5), VRF: []string{"", "red"}[i%2]}
			more := Facts{VPCs: map[string]VPC{name: v}}
			for known, v := range was.facts.VPCs {
				more.VPCs[known] = v
			}
			all = append(all, snapshot{was.reach.With(name, v.Hubs, v.VRF), more})
		}
		for _, i := range []int{0, len(all) / 2, len(all) - 1} {
			wantSameReach(t, all[i].reach, all[i].facts)
		}
	})
}

func wantSameReach(t *rapid.T, got *Reach, f Facts) {
	t.Helper()
	want := NewReach(f)
	names := append(slices.Clone(want.names), "unknown", "w100") // w100 is the first that is added: the reach before it does not know it
	for _, a := range names {
		if got, want := got.Connected(a), want.Connected(a); !slices.Equal(got, want) {
			t.Fatalf("%s is connected to %v, want %v", a, got, want)
		}
		if got, want := got.Bridged(a), want.Bridged(a); !slices.Equal(got, want) {
			t.Fatalf("%s bridges %v, want %v", a, got, want)
		}
		for _, b := range names {
			link, through := got.Between(a, b)
			if wantLink, wantThrough := want.Between(a, b); link != wantLink || through != wantThrough {
				t.Fatalf("between %s and %s: got %v through %q, want %v through %q", a, b, link, through, wantLink, wantThrough)
			}
			hubs, peers := got.DirectConnections(a, b)
			if wantHubs, wantPeers := want.DirectConnections(a, b); !slices.Equal(hubs, wantHubs) || peers != wantPeers {
				t.Fatalf("ways between %s and %s: got %v %v, want %v %v", a, b, hubs, peers, wantHubs, wantPeers)
			}
			ofHubs, ofPeers := got.Leading(a, b)
			if wantHubs, wantPeers := want.Leading(a, b); !slices.Equal(ofHubs, wantHubs) || !slices.Equal(ofPeers, wantPeers) {
				t.Fatalf("from %s to %s lead %v %v, want %v %v", a, b, ofHubs, ofPeers, wantHubs, wantPeers)
			}
			if got.SameVRF(a, b) != want.SameVRF(a, b) {
				t.Fatalf("%s and %s are in one VRF: got %v", a, b, got.SameVRF(a, b))
			}
		}
	}
}

// A network that was added later is not there for the reach before it, neither as a third one nor beside the last one.
func TestTheReachBeforeDoesNotKnowALaterNetwork(t *testing.T) {
	for _, networks := range []int{2, 64, 65} {
		f := Facts{VPCs: map[string]VPC{}}
		for i := range networks {
			f.VPCs[fmt.Sprintf("n%02d", i)] = VPC{Hubs: []string{fmt.Sprint("own", i)}}
		}
		f.VPCs["n00"], f.VPCs["n01"] = VPC{Hubs: []string{"a", "c"}}, VPC{Hubs: []string{"b", "c"}}
		before := NewReach(f)
		before.With("z", []string{"a"}, "").With("zz", []string{"a", "b"}, "")
		if got := before.Connected("n00"); !slices.Equal(got, []string{"n01"}) {
			t.Errorf("%d networks: n00 is connected to %q", networks, got)
		}
		if got := before.Bridged("n00"); len(got) > 0 {
			t.Errorf("%d networks: n00 bridges %q", networks, got)
		}
		if hubs, _ := before.Leading("n00", "n01"); !slices.Equal(hubs, []string{"c"}) {
			t.Errorf("%d networks: hubs %q lead from n00 to n01", networks, hubs)
		}
		f.VPCs["n00"] = VPC{Hubs: []string{"a"}}
		before = NewReach(f)
		before.With("z", []string{"a", "b"}, "")
		if link, third := before.Between("n00", "n01"); link != Apart {
			t.Errorf("%d networks: got %v through %q", networks, link, third)
		}
		if hubs, _ := before.Leading("n00", "n01"); len(hubs) > 0 {
			t.Errorf("%d networks: hubs %q lead from n00 to n01", networks, hubs)
		}
	}
}

func TestTheFirstByNameOfTwoThirdNetworks(t *testing.T) {
	reach := NewReach(Facts{VPCs: map[string]VPC{"n": {Hubs: []string{"x"}}, "o": {Hubs: []string{"y"}}}})
	both := []string{"x", "y"}
	for want, added := range map[string][]string{"p": {"p"}, "q": {"q", "r"}, "a": {"z", "b", "a", "c"}, "d": {"s", "d", "e"}} {
		more := reach
		for _, name := range added {
			more = more.With(name, both, "")
		}
		if link, third := more.Between("n", "o"); link != ThroughThird || third != want {
			t.Errorf("after %q: got %v through %s, want %s", added, link, third, want)
		}
	}
	if more := NewReach(Facts{}).With("a", both, "").With("b", both, ""); len(more.Connected("a")) != 1 {
		t.Errorf("a is connected to %q", more.Connected("a"))
	}
}

// Two networks that are added to one reach do not know each other.
func TestTwoReachesMadeOfOne(t *testing.T) {
	reach := NewReach(Facts{VPCs: map[string]VPC{"n": {Hubs: []string{"x"}, Peers: []string{"o"}}, "o": {Hubs: []string{"y"}}}})
	first, second := reach.With("a", []string{"x"}, ""), reach.With("b", []string{"y"}, "")
	for _, test := range []struct {
		reach *Reach
		a, b  string
		want  Link
	}{
		{first, "n", "a", Direct}, {first, "o", "a", ThroughThird}, {first, "n", "b", Apart}, {first, "a", "b", Apart},
		{second, "o", "b", Direct}, {second, "n", "b", ThroughThird}, {second, "o", "a", Apart}, {second, "a", "b", Apart},
		{first, "n", "o", Direct}, {second, "n", "o", Direct}, {reach, "n", "a", Apart}, {reach, "o", "b", Apart},
	} {
		if got, _ := test.reach.Between(test.a, test.b); got != test.want {
			t.Errorf("%s and %s: got %v, want %v", test.a, test.b, got, test.want)
		}
	}
	if got := first.Connected("n"); !slices.Equal(got, []string{"a", "o"}) {
		t.Errorf("n is connected to %q", got)
	}
}
