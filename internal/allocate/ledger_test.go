package allocate

import (
	"fmt"
	"slices"
	"testing"

	"github.com/cidrplan/terraform-provider-cidrplan/internal/profile"
	"github.com/cidrplan/terraform-provider-cidrplan/internal/topology"
)

// The keys of the demands of shop.
const (
	shopPods     = "pod|shop|IPv4|/19|10.0.0.0/16|||0"
	shopServices = "service|shop|IPv4|/22|172.20.0.0/16||"
)

// Which ranges new clusters get beside a ledger.
func TestRangesBesideALedger(t *testing.T) {
	shopAndWeb := map[string]string{"shop": "10.0.0.0/19 172.20.0.0/22", "web": "10.0.32.0/22 172.20.4.0/24"}
	tests := map[string]struct {
		request Request
		want    map[string]string
	}{
		"a held range that is free": {
			request(shop(), holdingInLedger(shopPods, "10.0.64.0/19")), map[string]string{"shop": "10.0.64.0/19 172.20.0.0/22"},
		},
		"a held range outside of the supernets": {
			request(shop(), holdingInLedger(shopPods, "10.1.0.0/19")), map[string]string{"shop": "10.0.0.0/19 172.20.0.0/22"},
		},
		"a held range of another size": {
			request(shop(), holdingInLedger(shopPods, "10.0.64.0/20")), map[string]string{"shop": "10.0.0.0/19 172.20.0.0/22"},
		},
		"a held range that a network uses": {
			request(shop(), reserved("x", "10.0.64.0/24"), holdingInLedger(shopPods, "10.0.64.0/19")),
			map[string]string{"shop": "10.0.96.0/19 172.20.0.0/22"},
		},
		"a held range that the ledger permits to another planner as well, whose ranges may repeat": {
			request(shop(), takenInLedger("", "10.0.64.0/24"), holdingInLedger(shopPods, "10.0.64.0/19")),
			map[string]string{"shop": "10.0.64.0/19 172.20.0.0/22"},
		},
		"a held range that others reserve and release since, in a ledger": {
			request(
				shop(), web(), holdingInLedger(shopPods, "10.0.64.0/19"),
				reservedInLedger("reserved", "10.0.0.0/17"), reservedInLedger("released", "10.0.64.0/20"),
				reservedInLedger("kept", "10.0.80.0/20"), reservedInLedger("existing", "10.0.64.0/18"),
			),
			map[string]string{"shop": "10.0.64.0/19 172.20.0.0/22", "web": "10.0.128.0/22 172.20.4.0/24"},
		},
		"a held range that the configuration says others reserve": {
			request(shop(), holdingInLedger(shopPods, "10.0.64.0/19"), func(r *Request) {
				theirs := topology.Foreign{Owner: "x", Kind: topology.ForeignReserved, CIDR: prefix("10.0.64.0/24")}
				r.Facts.Foreign = map[string]topology.Foreign{"x": theirs}
			}),
			map[string]string{"shop": "10.0.96.0/19 172.20.0.0/22"},
		},
		"a held range that Pods of others use since, in a ledger": {
			request(shop(), holdingInLedger(shopPods, "10.0.64.0/19"), reservedInLedger("pod", "10.0.64.0/24")),
			map[string]string{"shop": "10.0.64.0/19 172.20.0.0/22"},
		},
		"a held range that may repeat, and that Pods of others use in a connected network": {
			request(
				shop(), holdingInLedger(shopPods, "10.0.64.0/19"), reservedInLedger("pod", "10.0.64.0/24"),
				func(r *Request) { r.SharedPods = true },
			),
			map[string]string{"shop": "10.0.96.0/19 172.20.0.0/22"},
		},
		"held ranges of which one contains the other": {
			request(shop(), web(), holdingInLedger(shopPods, "10.0.64.0/19", "pod|web|IPv4|/22|10.0.0.0/16|||0", "10.0.68.0/22")),
			map[string]string{"shop": "10.0.64.0/19 172.20.0.0/22", "web": "10.0.96.0/22 172.20.4.0/24"},
		},
		"a range that is held for a demand of another plan": {
			request(shop(), holdingInLedger("pod|next|IPv4|/19|10.0.0.0/16|||0", "10.0.0.0/24")),
			map[string]string{"shop": "10.0.32.0/19 172.20.0.0/22"},
		},
		"a range that was held for an earlier size of the cluster": {
			request(web(), holdingInLedger("pod|web|IPv4|/23|10.0.0.0/16|||0", "10.0.0.0/23")),
			map[string]string{"web": "10.0.4.0/22 172.20.0.0/24"},
		},
		"a held range with which another cluster has no room": {
			request(supernets("10.0.0.0/18"), reserved("x", "10.0.48.0/20"), pods("a", 20), pods("b", 19),
				holdingInLedger("pod|a|IPv4|/20|10.0.0.0/18|||0", "10.0.0.0/20")),
			map[string]string{"a": "10.0.32.0/20 172.20.0.0/28", "b": "10.0.0.0/19 172.20.0.16/28"},
		},
		"a held growth reserve": {
			request(shop(), withReserve, holdingInLedger("kept|shop|IPv4|/18|10.0.0.0/16|||0", "10.0.128.0/18")),
			map[string]string{"shop": "10.0.128.0/19 172.20.0.0/22, reserves 10.0.128.0/18"},
		},
		"a held range of a mirrored cluster": {
			request(blue(), shop(), dr("dr", "blue", "shop"), holdingInLedger(shopPods, "10.0.64.0/19")),
			map[string]string{"shop": "10.0.64.0/19 172.20.0.0/22", "dr": "10.0.64.0/19 172.20.0.0/22"},
		},
		"a held range of a mirrored cluster that is taken in the VRF of the mirror": {
			request(
				blue(), shop(), dr("dr", "blue", "shop"), holdingInLedger(shopPods, "10.0.64.0/19"), takenInLedger("blue", "10.0.64.0/24"),
			),
			map[string]string{"shop": "10.0.96.0/19 172.20.0.0/22", "dr": "10.0.96.0/19 172.20.0.0/22"},
		},
		"ranges that others have": {
			request(shop(), takenInLedger("", "10.0.0.0/24", "10.0.40.0/21", "172.20.0.0/22")),
			map[string]string{"shop": "10.0.64.0/19 172.20.4.0/22"},
		},
		"ranges that others have in another VRF": {
			request(shop(), takenInLedger("blue", "10.0.0.0/24")), map[string]string{"shop": "10.0.0.0/19 172.20.0.0/22"},
		},
		"holds of others that have expired, beside free ranges": {
			request(shop(), web(), expiredInLedger("10.0.128.0/17")), shopAndWeb,
		},
		"holds of others that have expired, in all that is left": {
			request(supernets("10.0.0.0/18"), shop(), pods("large", 19), expiredInLedger("10.0.0.0/19")),
			map[string]string{"large": "10.0.32.0/19 172.20.4.0/28", "shop": "10.0.0.0/19 172.20.0.0/22"},
		},
		"an expired hold of the demand itself": {
			request(shop(), holdingInLedger(shopPods, "10.0.64.0/19"), expireHeld), map[string]string{"shop": "10.0.64.0/19 172.20.0.0/22"},
		},
		"an expired hold of another demand, in all that is left": {
			request(supernets("10.0.0.0/19"), shop(), holdingInLedger("pod|next|IPv4|/19|10.0.0.0/19|||0", "10.0.0.0/19"), expireHeld),
			map[string]string{"shop": "10.0.0.0/19 172.20.0.0/22"},
		},
		"an expired hold of the demand itself, inside one of another demand": {
			request(
				supernets("10.0.0.0/18"), shop(), pods("large", 19),
				expireHeldAll(
					"pod|shop|IPv4|/19|10.0.0.0/18|||0", "10.0.32.0/19", shopServices, "172.20.64.0/22",
					"pod|next|IPv4|/18|10.0.0.0/18|||0", "10.0.0.0/18",
				),
			),
			map[string]string{"large": "10.0.0.0/19 172.20.68.0/28", "shop": "10.0.32.0/19 172.20.64.0/22"},
		},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			got := planned(t, test.request)
			texts := map[string]string{}
			for name, a := range got.Allocations {
				texts[name] = rangesText(a.Ranges)
			}
			if !equalMaps(texts, test.want) {
				t.Errorf("got %v, want %v", texts, test.want)
			}
		})
	}
}

// Ranges that messages suggest are free in the ledger as well.
func TestSuggestedRangesBesideALedger(t *testing.T) {
	r := request(shop(pins("172.20.0.0/22", "10.0.0.0/19")), reserved("x", "10.0.0.0/24"))
	nearest := func(r Request) string { return list(Plan(r, profile.Default()).Findings[0].FreeRanges) }
	if got, want := nearest(r), "10.0.32.0/19, 10.0.64.0/19, 10.0.96.0/19"; got != want {
		t.Errorf("without a ledger: %s, want %s", got, want)
	}
	r = edited(r, takenInLedger("", "10.0.64.0/24"), holdingInLedger("pod|next", "10.0.32.0/24"))
	if got, want := nearest(r), "10.0.96.0/19, 10.0.128.0/19, 10.0.160.0/19"; got != want {
		t.Errorf("beside what others have: %s, want %s", got, want)
	}
}

func equalMaps(a, b map[string]string) bool {
	for key, value := range a {
		if b[key] != value {
			return false
		}
	}
	return len(a) == len(b)
}

// What the ledger says others have is counted where there is no room.
func TestNoRoomCountsWhatTheLedgerSays(t *testing.T) {
	r := request(supernets("10.0.0.0/18"), shop(), takenInLedger("", "10.0.0.0/24", "10.0.33.0/24", "10.0.32.0/24", "10.1.0.0/16"))
	result := Plan(r, profile.Default())
	for _, f := range result.Faults {
		if e, ok := f.Problem.(NoRoom); ok {
			if want := prefixes("10.0.32.0/23", "10.0.0.0/24"); !slices.Equal(e.Elsewhere, want) || e.ElsewhereCount != 2 {
				t.Errorf("others have %v, %d ranges, want %v", e.Elsewhere, e.ElsewhereCount, want)
			}
			if len(e.Free) == 0 || e.Free[0].Bits != 20 {
				t.Errorf("free are %v", e.Free)
			}
			return
		}
	}
	t.Errorf("there is room:\n%s", allReports(result))
}

// A supernet that an option proposes is used neither here nor by others.
func TestProposedSupernetsBesideALedger(t *testing.T) {
	lacks := request(supernets("10.0.0.0/24"), services("172.20.0.0/16"), shop())
	proposed := func(r Request) string {
		for _, f := range WithRoomOptions(r, Plan(r, profile.Default()), profile.Default()).Faults {
			for _, o := range f.Options {
				if add, is := o.Edits[0].Do.(topology.Adding); is {
					return fmt.Sprint(add.Value)
				}
			}
		}
		return "none"
	}
	if got := proposed(lacks); got != "10.0.64.0/18" {
		t.Errorf("without a ledger: %s", got)
	}
	if got := proposed(edited(lacks, takenInLedger("", "10.0.64.0/24", "10.0.128.0/17"))); got != "10.1.0.0/18" {
		t.Errorf("beside what others have: %s", got)
	}
}

// Where everything released may be used again, a plan finds the range again that it chose before, also when other ranges became free.
func TestAHeldRangeThatWasReleased(t *testing.T) {
	everything := func(r *Request) { r.Reclaim = []string{everyone} }
	without := func(r *Request) { delete(r.Facts.Clusters, "shop") }
	released := edited(applied(t, request(supernets("10.0.0.0/18"), shop()), without), everything)
	crowded := edited(released, pods("next", 19), takenInLedger("", "10.0.32.0/19"))
	first := planned(t, crowded)
	if got := list(first.Allocations["next"].Pods); got != "10.0.0.0/19" || len(first.Released) != 0 {
		t.Fatalf("got %s, released are %v", got, first.Released)
	}
	again := planned(t, edited(crowded, heldAs(first), takenInLedger("")))
	if got := list(again.Allocations["next"].Pods); got != "10.0.0.0/19" || len(again.Released) != 0 {
		t.Errorf("after another range became free: %s, released are %v", got, again.Released)
	}
	elsewhere := edited(crowded, takenInLedger(""), holdingInLedger(first.Chosen[0].Demand, "10.1.0.0/19"))
	if got := planned(t, elsewhere); list(got.Allocations["next"].Pods) != "10.0.32.0/19" || len(got.Released) != 1 {
		t.Errorf("with a held range that cannot be used: %s, released are %v", list(got.Allocations["next"].Pods), got.Released)
	}
}

// heldAs lets the ledger hold what a plan chose.
func heldAs(was Result) func(*Request) {
	return func(r *Request) {
		r.Ledger.Held = map[string]Held{}
		for _, c := range was.Chosen {
			if !c.Follows {
				r.Ledger.Held[c.Demand] = Held{Range: c.Range, VRFs: []string{c.VRF}}
			}
		}
	}
}

// What a demand is called: the same for the same need, and another name where the need changes.
func TestKeysOfDemands(t *testing.T) {
	again := func(r *Request) { r.Renumber = map[string]string{"shop": "2026|1"} }
	tests := map[string]struct {
		request Request
		want    []string
	}{
		"Pods and Services": {request(shop()), []string{shopPods, shopServices}},
		"a growth reserve":  {request(shop(), withReserve), []string{"kept|shop|IPv4|/18|10.0.0.0/16|||0", shopServices}},
		"a block":           {blocks(ofLength("a", 24)), []string{"block|a|IPv4|/24|10.0.0.0/16||"}},
		"a mirrored cluster, by its own VRF": {
			request(blue(), shop(), dr("dr", "blue", "shop")), []string{shopPods, shopServices},
		},
		"a cluster that moves": {
			edited(applied(t, request(shop())), again),
			[]string{"pod|shop|IPv4|/19|10.0.0.0/16||2026%7C1|0", "service|shop|IPv4|/22|172.20.0.0/16||2026%7C1"},
		},
		"many supernets": {
			request(web(), supernets("10.0.0.0/24", "10.1.0.0/22", "10.2.0.0/24", "10.3.0.0/24", "10.4.0.0/24", "10.5.0.0/24")),
			[]string{"pod|web|IPv4|/22|10.0.0.0/24+10.1.0.0/22+10.2.0.0/24+10.3.0.0/24+2 more|||0", "service|web|IPv4|/24|172.20.0.0/16||"},
		},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			var got []string
			for _, c := range planned(t, test.request).Chosen {
				if got = append(got, c.Demand); IsDemandOf(c.Demand, c.Owner, c.Kind) == c.Follows {
					t.Errorf("%+v: the key names the demand of %s: %t", c, c.Owner, !c.Follows)
				}
			}
			slices.Sort(got)
			if got = slices.Compact(got); !slices.Equal(got, test.want) {
				t.Errorf("got %q, want %q", got, test.want)
			}
		})
	}
}

// A chosen range comes with its owner, and the kind under which it leaves for other workspaces.
func TestChosenRangesAreOutgoingClaims(t *testing.T) {
	for name, r := range map[string]Request{
		"clusters": request(blue(), shop(), withReserve, web(), dr("dr", "blue", "shop")),
		"blocks":   blocks(ofLength("a", 24), ofLength("b", 25)),
	} {
		t.Run(name, func(t *testing.T) {
			result := planned(t, r)
			claims := r.OutgoingClaims(result.Allocations, result.Released, profile.Default())
			for _, c := range result.Chosen {
				key := topology.Foreign{Owner: c.Owner, Kind: c.Kind, CIDR: c.Range}.Key()
				if claim, ok := claims[key]; !ok || claim.VRF != c.VRF {
					t.Errorf("%+v is not among the claims, or in another VRF: %+v", c, claim)
				}
			}
			if len(result.Chosen) == 0 {
				t.Error("nothing is chosen")
			}
		})
	}
}
