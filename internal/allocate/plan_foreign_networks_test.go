package allocate

import (
	"slices"
	"testing"

	"pgregory.net/rapid"

	"github.com/cidrplan/terraform-provider-cidrplan/internal/conflict"
	"github.com/cidrplan/terraform-provider-cidrplan/internal/profile"
	"github.com/cidrplan/terraform-provider-cidrplan/internal/topology"
)

// A claim of a cluster of another workspace that names neither a network nor what joins one is for its
// whole VRF: no range is chosen on it, whatever need not be unique, and each one that is pinned or held on it is found.
func TestClaimsWithoutANetworkAreForTheirVRF(t *testing.T) {
	t.Parallel()
	catalog := profile.Default()
	rapid.Check(t, func(t *rapid.T) {
		d := draw{t}
		r := d.request()
		claim := topology.Foreign{
			Owner: "far", Allocator: "team-b", CIDR: d.prefix(10, 20, "range"),
			Kind: one(d, "kind", topology.ForeignPod, topology.ForeignService), VRF: one(d, "vrf", "", "red"),
		}
		r.Facts.Foreign = map[string]topology.Foreign{"x": claim}
		result := Plan(r, catalog)
		networks := networksOf(r.Facts)
		for _, held := range allocatedHoldings(r, catalog, result.Allocations) {
			if networks[held.Party.Network].VRF != claim.VRF || !held.Range.Overlaps(claim.CIDR) {
				continue
			}
			ofBoth := func(f conflict.Finding) bool {
				return f.B != nil &&
					slices.ContainsFunc(
						[]conflict.Claim{f.A, *f.B},
						func(c conflict.Claim) bool { return c.Range == held.Range && c.Owner == held.Name },
					) &&
					slices.ContainsFunc([]conflict.Claim{f.A, *f.B}, func(c conflict.Claim) bool { return c.Foreign() })
			}
			switch {
			case held.Chosen:
				t.Fatalf("%v was chosen on %v of a cluster elsewhere", held, claim.CIDR)
			case !slices.ContainsFunc(result.Findings, ofBoth):
				t.Fatalf("%v is on %v of a cluster elsewhere, and nothing is found", held, claim.CIDR)
			}
		}
	})
}

// A supernet that another workspace delegated can be withdrawn while clusters hold parts of it: that is as it was and warns, while a
// pin that is new in it is refused.
func TestADelegatedSupernetGoes(t *testing.T) {
	delegated := func(r *Request) {
		r.Facts.Foreign = map[string]topology.Foreign{
			"net": {Owner: "pods", Allocator: topology.OfBlocks("net"), Kind: topology.ForeignBlock, CIDR: prefix("10.0.0.0/17")},
		}
	}
	first := request(supernets("10.0.0.0/17"), delegated, cluster("shop", "ack-flannel", lengths(20, 22, 26)))
	was := planned(t, first)
	if len(was.Findings) > 0 {
		t.Fatalf("within what was delegated: %v", was.Findings)
	}
	left := edited(after(first, was), supernets("10.128.0.0/17"))
	levels := func(result Result) (all []string) {
		for _, f := range result.Findings {
			if f.Code == "pod_overlaps_foreign_block" {
				all = append(all, f.A.Owner+" "+f.Level().String())
			}
		}
		return all
	}
	if got := levels(planned(t, left)); !slices.Equal(got, []string{"shop warn"}) {
		t.Errorf("held: %v", got)
	}
	pinned := Plan(
		edited(left, cluster("web", "ack-flannel", profile.Need{MaxNodes: 1}, pins("172.20.200.0/22", "10.0.64.0/20"))),
		profile.Default(),
	)
	if got := levels(pinned); !pinned.Failed() || !slices.Contains(got, "web error") || !slices.Contains(got, "shop warn") {
		t.Errorf("a new pin: %v", got)
	}
}

// A supernet that another workspace has as well is reported at the argument that has it.
func TestSupernetsOfTwoWorkspacesAreReportedWhereTheyAre(t *testing.T) {
	r := request(cluster("shop", "ack-flannel", lengths(20, 22, 26)), func(r *Request) {
		r.Pools = map[string]Pool{"big": {Supernets: prefixes("10.128.0.0/16"), ServiceSupernets: prefixes("172.24.0.0/16")}}
		r.Facts.Foreign = map[string]topology.Foreign{}
		for _, supernet := range []string{"10.0.0.0/16", "172.20.0.0/16", "10.128.0.0/16", "172.24.0.0/16"} {
			r.Facts.Foreign[supernet] = topology.Foreign{
				Owner:     "far",
				Allocator: "far",
				Kind:      topology.ForeignSupernet,
				CIDR:      prefix(supernet),
			}
		}
	})
	var places []string
	for _, f := range planned(t, r).Findings {
		places = append(places, f.A.At.String()+" "+f.A.Range.String())
	}
	slices.Sort(places)
	want := []string{
		`pools["big"].service_supernets 172.24.0.0/16`,
		`pools["big"].supernets 10.128.0.0/16`,
		"service_supernets 172.20.0.0/16",
		"supernets 10.0.0.0/16",
	}
	if !slices.Equal(places, want) {
		t.Errorf("got %q", places)
	}
}
