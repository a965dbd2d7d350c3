package allocate

import (
	"fmt"
	"runtime"
	"testing"

	"github.com/cidrplan/terraform-provider-cidrplan/internal/conflict"
	"github.com/cidrplan/terraform-provider-cidrplan/internal/profile"
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
