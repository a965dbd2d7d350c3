package allocate

import (
	"maps"
	"slices"
	"testing"

	"pgregory.net/rapid"

	"github.com/cidrplan/terraform-provider-cidrplan/internal/conflict"
	"github.com/cidrplan/terraform-provider-cidrplan/internal/profile"
)

// A trial of another profile that looks at one cluster alone says the same as a plan of all clusters with that profile.
func TestTrialOfOneClusterAgreesWithAPlanOfAll(t *testing.T) {
	t.Parallel()
	works, fails, unsure := 0, 0, 0
	rapid.Check(t, func(t *rapid.T) {
		d := draw{t}
		r := d.ofManyVPCs()
		if d.chance(50, "prior") {
			r = d.edit(after(r, Plan(r, profile.Default())), "edit")
		}
		if d.chance(50, "quotas") {
			for name, v := range r.Facts.VPCs {
				v.RouteQuota = int64(d.number(1, 40, name+" quota"))
				r.Facts.VPCs[name] = v
			}
		}
		p := runStages(newInputs(r, profile.Default()), nil)
		if p.situation == nil || len(p.result.Unknown) > 0 {
			return
		}
		name := one(d, "cluster", append(names(r.Facts.Clusters), "")...)
		cl, declared := r.Facts.Clusters[name]
		if _, held := p.before[name]; held || !declared || !p.changesAlone(name) {
			return
		}
		edited := r
		edited.Facts.Clusters = maps.Clone(r.Facts.Clusters)
		cl.Profile = one(d, "profile", p.catalog.Fitting(r.Facts.VPCs[cl.VPC].Platform)...) // most others certainly fail
		if d.chance(20, "any profile") {
			cl.Profile = one(d, "any", p.catalog.Names()...)
		}
		edited.Facts.Clusters[name] = cl
		known := map[string]bool{}
		for _, f := range p.result.Findings {
			known[f.Key().String()] = true
		}
		worse := func(f conflict.Finding) bool { return !known[f.Key().String()] }
		got, certain := p.triedAlone(edited, name, worse)
		if !certain {
			unsure++
			return
		}
		trial := runStages(newInputs(edited, p.catalog), nil)
		want := !failsMore(trial.result.Faults, p.result.Faults)
		for _, f := range trial.result.Findings {
			want = want && !worse(f)
		}
		if got != want {
			t.Fatalf(
				"%s with %s: got %t, want %t\nbefore\n%s\nwith it\n%s", name, cl.Profile, got, want, allReports(p.result),
				allReports(trial.result),
			)
		}
		if got {
			works++
		} else {
			fails++
		}
	})
	if works == 0 || fails == 0 || unsure == 0 {
		t.Errorf("%d profiles work, %d do not, and of %d it is not certain", works, fails, unsure)
	}
}

// Ranges of many clusters that certainly fit are placed by counting addresses, those that only just fit are not.
func TestRoomForAllIsCertainOnlyWithRoomToSpare(t *testing.T) {
	tests := map[string]struct {
		supernet, services string
		// length is that of the Pod ranges, other that of the Service range that the first cluster would have.
		length, other int
		certain       bool
	}{
		"four of a quarter each":                     {"10.0.0.0/22", "172.20.0.0/16", 24, 28, true},
		"one more than there are":                    {"10.0.0.0/23", "172.20.0.0/16", 24, 28, false},
		"larger than all supernets":                  {"10.0.0.0/24", "172.20.0.0/16", 22, 28, false},
		"Services of a quarter each":                 {"10.0.0.0/22", "172.20.0.0/26", 24, 28, true},
		"one larger Service range beside the others": {"10.0.0.0/22", "172.20.0.0/26", 24, 26, false},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			r := request(supernets(test.supernet), services(test.services))
			for _, name := range []string{"a", "b", "c", "d"} {
				pods(name, test.length)(&r)
			}
			p := runStages(newInputs(r, profile.Default()), nil)
			changed := edited(r, cluster("a", "kubernetes-overlay", lengths(test.length, test.other, 28)))
			var ofA []demand
			for _, d := range runStages(newInputs(changed, profile.Default()), nil).collected.demands {
				if d.owner == "a" {
					ofA = append(ofA, d)
				}
			}
			if got := p.hasRoomBeside(p.situation, "a", ofA); got != test.certain {
				t.Errorf("got %t, want %t", got, test.certain)
			}
		})
	}
}

func TestNeighborsAreTheClustersOfOneNetwork(t *testing.T) {
	got := neighbors(request(pods("a", 24), pods("b", 24, inVPC("ali")), pods("c", 24)).Facts.Clusters, "own")
	if names := slices.Sorted(maps.Keys(got)); !slices.Equal(names, []string{"a", "c"}) {
		t.Errorf("got %q", names)
	}
}
