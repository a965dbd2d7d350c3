package allocate

import (
	"os"
	"testing"

	"github.com/cidrplan/terraform-provider-cidrplan/internal/profile"
	"github.com/cidrplan/terraform-provider-cidrplan/internal/topology"
)

// sizesCatalog is the fictitious platform whose data sizes ranges in every way.
func sizesCatalog(t testing.TB) *profile.Catalog {
	t.Helper()
	catalog, err := profile.Load(os.DirFS("../profile/testdata/fictitious_sizes"))
	if err != nil {
		t.Fatal(err)
	}
	return catalog
}

// doubled adds a cluster whose cloud resource has an argument for the number of Pods on a node.
func doubled(name string, need profile.Need, edits ...func(*topology.Cluster)) func(*Request) {
	return cluster(name, "fictitious-doubled", need, edits...)
}

func TestTheArgumentForPodsOnANodeStaysAsItIs(t *testing.T) {
	catalog := sizesCatalog(t)
	mirrored := func(cl *topology.Cluster) { cl.SameAs = "shop" }
	unknown := func(cl *topology.Cluster) { cl.Unknown = topology.Unknown{"pods_per_node"} }
	holds24 := existing("shop", Existing{PodCIDRs: prefixes("10.0.0.0/20"), ServiceCIDR: prefix("172.20.0.0/22"), NodeMask: 24})
	changed := func(wanted int64) []problem {
		return []problem{{
			At:      `clusters["shop"].pods_per_node`,
			Problem: Changed{Cluster: "shop", Argument: "pods_per_node", Held: int64(100), Wanted: wanted},
		}}
	}
	otherVRF := func(r *Request) {
		r.Facts.VPCs["own"] = topology.VPC{CIDRBlocks: prefixes("192.168.2.0/24"), VRF: "a"}
		r.Facts.VPCs["far"] = topology.VPC{CIDRBlocks: prefixes("192.168.2.0/24"), VRF: "b"}
	}
	tests := map[string]struct {
		start  func(*Request)
		edit   func(*Request)
		want   map[string]string
		faults []problem
	}{
		"as asked for": {doubled("shop", profile.Need{MaxNodes: 8, PodsPerNode: 100}), nil, map[string]string{"shop": "100"}, nil},
		"by default":   {doubled("shop", profile.Need{MaxNodes: 8}), nil, map[string]string{"shop": "110"}, nil},
		"by a given block": {
			doubled("shop", profile.Need{MaxNodes: 8, NodeMask: 26}), nil, map[string]string{"shop": "32"}, nil,
		},
		"by the block of a cluster that exists": {
			turns(doubled("shop", profile.Need{MaxNodes: 8}), holds24), nil, map[string]string{"shop": "110"}, nil,
		},
		"not known yet, of a cluster that exists": {
			turns(doubled("shop", profile.Need{MaxNodes: 8}, unknown), holds24), nil, map[string]string{"shop": "none"}, nil,
		},
		"not known yet, of a mirror that exists": {
			turns(otherVRF, doubled("shop", profile.Need{MaxNodes: 8}, unknown), doubled("dr", profile.Need{}, mirrored, inVPC("far")),
				existing("dr", Existing{PodCIDRs: prefixes("10.0.0.0/20"), ServiceCIDR: prefix("172.20.0.0/22")})),
			nil, map[string]string{"shop": "none", "dr": "none"}, nil,
		},
		"that of the original": {
			turns(otherVRF, doubled("shop", profile.Need{MaxNodes: 8, PodsPerNode: 100}),
				doubled("dr", profile.Need{}, mirrored, inVPC("far"))),
			nil, map[string]string{"shop": "100", "dr": "100"}, nil,
		},
		"it stays when nothing is asked any more": {
			doubled("shop", profile.Need{MaxNodes: 8, PodsPerNode: 100}), doubled("shop", profile.Need{MaxNodes: 8}),
			map[string]string{"shop": "100"}, nil,
		},
		"it stays when the cluster grows": {
			doubled("shop", profile.Need{MaxNodes: 8, PodsPerNode: 100}), doubled("shop", profile.Need{MaxNodes: 16}),
			map[string]string{"shop": "100"}, nil,
		},
		"another number is refused, though the block has room for it": {
			doubled("shop", profile.Need{MaxNodes: 8, PodsPerNode: 100}), doubled("shop", profile.Need{MaxNodes: 8, PodsPerNode: 110}),
			map[string]string{"shop": "100"}, changed(110),
		},
		"a smaller one, too": {
			doubled("shop", profile.Need{MaxNodes: 8, PodsPerNode: 100}), doubled("shop", profile.Need{MaxNodes: 8, PodsPerNode: 99}),
			map[string]string{"shop": "100"}, changed(99),
		},
		"a token moves the cluster with it": {
			doubled("shop", profile.Need{MaxNodes: 8, PodsPerNode: 100}),
			turns(
				doubled("shop", profile.Need{MaxNodes: 8, PodsPerNode: 110}),
				func(r *Request) { r.Renumber = map[string]string{"shop": "1"} },
			),
			map[string]string{"shop": "110"}, nil,
		},
		"a restored state has it from the configuration": {
			doubled("shop", profile.Need{MaxNodes: 8, PodsPerNode: 100}),
			func(r *Request) {
				restored := r.Prior.Allocations["shop"]
				p, _ := catalog.Profile("fictitious-doubled")
				r.Prior = &Prior{
					Allocations: map[string]Allocation{"shop": Restore(p, catalog, restored.Ranges)}, Imported: true,
					Profiles: map[string]string{"shop": "fictitious-doubled"},
				}
			},
			map[string]string{"shop": "100"}, nil,
		},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			r := request(onlyOwn, test.start)
			result := Plan(r, catalog)
			if test.edit != nil {
				result = Plan(edited(after(r, result), test.edit), catalog)
			}
			for name, want := range test.want {
				a := result.Allocations[name]
				got, has := a.Values["max_pods"]
				if !a.Held() {
					got = "none"
				}
				if got != want || has != a.Held() {
					t.Errorf("%s: got %q of %+v, want %q\n%s", name, got, a, want, allReports(result))
				}
			}
			var serious []topology.Fault
			for _, f := range result.Faults {
				if !f.Warn {
					serious = append(serious, f)
				}
			}
			wantFaults(t, serious, test.faults...)
		})
	}
}
