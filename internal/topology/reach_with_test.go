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
		if got, want := got.Joined(a), want.Joined(a); !slices.Equal(got, want) {
			t.Fatalf("%s is joined to %v, want %v", a, got, want)
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
