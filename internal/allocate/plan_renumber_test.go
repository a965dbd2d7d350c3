package allocate

import (
	"reflect"
	"testing"

	"github.com/cidrplan/terraform-provider-cidrplan/internal/profile"
	"github.com/cidrplan/terraform-provider-cidrplan/internal/topology"
)

func TestATokenMovesOnce(t *testing.T) {
	none := func(*Request) {}
	const before, moved, movedTwice = "10.0.0.0/19 172.20.0.0/22 /26", "10.0.32.0/19 172.20.4.0/22 /26", "10.0.64.0/19 172.20.8.0/22 /26"
	tests := map[string]struct {
		turns []func(*Request)
		want  string
	}{
		"no token":                   {[]func(*Request){none}, before},
		"a token":                    {[]func(*Request){renumber("shop", "1")}, moved},
		"the same token again":       {[]func(*Request){renumber("shop", "1"), none}, moved},
		"with another edit":          {[]func(*Request){renumber("shop", "1"), web()}, moved},
		"taken away":                 {[]func(*Request){renumber("shop", "1"), func(r *Request) { r.Renumber = nil }}, moved},
		"another token":              {[]func(*Request){renumber("shop", "1"), renumber("shop", "2")}, movedTwice},
		"a token of another cluster": {[]func(*Request){func(r *Request) { web()(r); renumber("web", "1")(r) }}, before},
		"the cluster renamed with it": {[]func(*Request){renumber("shop", "1"), func(r *Request) {
			withoutClusters("shop")(r)
			nodes("new", 100, previously("shop"))(r)
			r.Renumber = map[string]string{"new": "1"}
		}}, moved},
		"the cluster renamed and moved": {[]func(*Request){func(r *Request) {
			withoutClusters("shop")(r)
			nodes("new", 100, previously("shop"))(r)
			r.Renumber = map[string]string{"new": "1"}
		}}, "10.0.32.0/19 172.20.4.0/24 /26"},
		"a cluster that comes back with it": {
			[]func(*Request){withoutClusters("shop"), func(r *Request) { shop()(r); renumber("shop", "1")(r) }},
			before,
		},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			r := applied(t, request(shop()), test.turns...)
			for _, name := range []string{"shop", "new"} {
				if a, ok := r.Prior.Allocations[name]; ok {
					wantRanges(t, Result{Allocations: map[string]Allocation{name: a}}, map[string]string{name: test.want})
				}
			}
		})
	}
}

func TestAMoveIsReported(t *testing.T) {
	r := applied(t, request(shop()))
	was := r.Prior.Allocations["shop"]
	result := planned(t, edited(r, renumber("shop", "1")))
	now, flannel := result.Allocations["shop"], shipped(t, "ack-flannel").Change
	wantFaults(t, result.Faults, problem{`renumber["shop"]`, Moved{
		Cluster: "shop", Was: was.Ranges, Now: now.Ranges, Output: "ack",
		Arguments: []Argument{
			{"pod_cidr", "10.0.0.0/19", "10.0.32.0/19", flannel.Pods},
			{"service_cidr", "172.20.0.0/22", "172.20.4.0/22", flannel.Services},
		},
		Resources: flannel.Resources,
	}, true})
	wantReleased(t, result, map[string]string{"shop": releasedShop})
	if again := planned(t, after(edited(r, renumber("shop", "1")), result)); len(again.Faults) > 0 ||
		!reflect.DeepEqual(again.Allocations, result.Allocations) {
		t.Errorf("then:\n%s", allReports(again))
	}
	t.Run("without room it fails, and nobody gets the old range", func(t *testing.T) {
		result := Plan(edited(r, renumber("shop", "1"), supernets("10.0.0.0/19"), reclaim(everyone)), profile.Default())
		if !result.lacksRoom() {
			t.Error(allReports(result))
		}
	})
	t.Run("the new range is known later where facts are", func(t *testing.T) {
		result := planned(
			t,
			edited(r, renumber("shop", "1"), vpc("own", func(v *topology.VPC) { v.Unknown = topology.Unknown{"cidr_blocks"} })),
		)
		wantFaults(t, result.Faults, problem{`renumber["shop"]`, Moved{
			Cluster: "shop", Was: was.Ranges, Output: "ack", Resources: flannel.Resources,
			Arguments: []Argument{
				{"node_cidr_mask", "26", "", flannel.Nodes},
				{"pod_cidr", "10.0.0.0/19", "", flannel.Pods},
				{"service_cidr", "172.20.0.0/22", "", flannel.Services},
			},
		}, true})
		if !reflect.DeepEqual(result.Deferred, []string{"shop"}) || !result.ReleasedUnknown {
			t.Errorf("deferred %v, released unknown %t", result.Deferred, result.ReleasedUnknown)
		}
	})
}

func TestFaultsOfRenumber(t *testing.T) {
	unknown := func(r *Request) { r.Renumber, r.Unknown = map[string]string{"shop": ""}, topology.Unknown{"renumber"} }
	known := []string{"shop"}
	r := applied(t, request(shop()))
	tests := map[string]struct {
		r    Request
		want []problem
	}{
		"a cluster that is not declared": {
			edited(r, renumber("shob", "1")),
			[]problem{{At: `renumber["shob"]`, Problem: topology.Undeclared{Kind: topology.ClusterName, Name: "shob", Known: known}}},
		},
		"an empty token": {
			edited(r, renumber("shop", "")),
			[]problem{
				{
					At:      `renumber["shop"]`,
					Problem: topology.Empty{Reason: TokenEmpty{}},
				},
			},
		},
		"a token that is not known": {
			edited(r, unknown),
			[]problem{
				{
					At:      "renumber",
					Problem: topology.NotAccepted{Value: topology.KnownAfterApply{}, Reason: TokensUnknown{}},
				},
			},
		},
		"one not known, and nothing is held": {request(shop(), unknown), nil},
		"clusters are not known": {
			edited(r, renumber("shob", "1"), func(r *Request) { r.Facts.Unknown = topology.Unknown{"clusters"} }),
			nil,
		},
		"what existing says it held": {
			edited(r, renumber("shop", "1"), existing("shop", Existing{ServiceCIDR: prefix("172.20.0.0/22")})),
			nil,
		},
		"what existing says it holds otherwise": {
			edited(r, renumber("shop", "1"), existing("shop", Existing{ServiceCIDR: prefix("172.20.8.0/22")})),
			[]problem{
				{
					At: `existing["shop"]`,
					Problem: topology.NotAccepted{
						Value:  "shop",
						Reason: ExistingRenumbered{topology.ClusterName},
					},
				},
			},
		},
		"what existing gives, not renumbered": {edited(r, existing("shop", Existing{ServiceCIDR: prefix("172.20.0.0/22")})), nil},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			var errors []topology.Fault
			for _, f := range Plan(test.r, profile.Default()).Faults {
				if !f.Warn {
					errors = append(errors, f)
				}
			}
			wantFaults(t, errors, test.want...)
		})
	}
}

// A held range is not released: a token cannot release a range that the configuration pins, be Services a
// part of it or not. A part that it does not pin can.
func TestAPinnedRangeIsNotRenumbered(t *testing.T) {
	pinned := func(kind string, edits ...func(*Request)) Request {
		first := cluster("a", kind, lengths(20, 24, 26), func(c *topology.Cluster) {
			c.PodCIDRs = prefixes("10.0.16.0/20")
			if kind == "tke-global-router" {
				c.VPC = "ten"
			}
		})
		r := request(first, func(r *Request) {
			r.Facts.VPCs["ten"] = topology.VPC{Platform: "tencentcloud", CIDRBlocks: prefixes("192.168.3.0/24")}
		})
		return edited(r, edits...)
	}
	change := func(edit func(*topology.Cluster)) func(*Request) {
		return func(r *Request) {
			c := r.Facts.Clusters["a"]
			edit(&c)
			r.Facts.Clusters["a"] = c
		}
	}
	mirror := func(r *Request) {
		r.Facts.VPCs["other"] = topology.VPC{Platform: "tencentcloud", VRF: "other", CIDRBlocks: prefixes("192.168.3.0/24")}
		r.Facts.Clusters["b"] = topology.Cluster{VPC: "other", Profile: "tke-global-router", SameAs: "a"}
	}
	for name, test := range map[string]struct {
		r     Request
		edits []func(*Request)
		moves bool
	}{
		"a block": {r: blocks(block("a", topology.Block{CIDR: prefix("10.0.5.0/24")}))},
		"all ranges of a cluster": {
			r: pinned("ack-flannel", change(func(c *topology.Cluster) { c.ServiceCIDR = prefix("172.20.8.0/24") })),
		},
		"Pods with Services in them":               {r: pinned("tke-global-router")},
		"Pods with Services in them, and a mirror": {r: pinned("tke-global-router", mirror), edits: []func(*Request){renumber("b", "1")}},
		"Pods beside Services":                     {r: pinned("ack-flannel"), moves: true},
		"Pods with more Services in them": {
			r: pinned("tke-global-router"), edits: []func(*Request){change(func(c *topology.Cluster) { c.Need.ServiceLength = 23 })},
			moves: true,
		},
	} {
		t.Run(name, func(t *testing.T) {
			got := Plan(edited(applied(t, test.r), append(test.edits, renumber("a", "1"))...), profile.Default())
			reported := 0
			for _, f := range got.Faults {
				if p, is := f.Problem.(topology.NotAccepted); is {
					if _, pinned := p.Reason.(PinnedToHeld); pinned {
						reported++
					}
				}
			}
			if (reported == 1) == test.moves || got.Failed() == test.moves {
				t.Errorf("reported %d times, of %v, and %v is released", reported, got.Faults, got.Released)
			}
		})
	}
}
