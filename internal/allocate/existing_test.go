package allocate

import (
	"reflect"
	"slices"
	"testing"

	"github.com/cidrplan/terraform-provider-cidrplan/internal/conflict"
	"github.com/cidrplan/terraform-provider-cidrplan/internal/profile"
	"github.com/cidrplan/terraform-provider-cidrplan/internal/topology"
)

func TestExistingAgainstState(t *testing.T) {
	tests := map[string]struct {
		existing Existing
		want     []problem
	}{
		"the same": {
			existing: Existing{PodCIDRs: prefixes("10.0.0.0/19"), ServiceCIDR: prefix("172.20.0.0/22"), NodeMask: 26},
		},
		"a part of it":                 {existing: Existing{ServiceCIDR: prefix("172.20.0.0/22")}},
		"Pods that are not known yet":  {existing: Existing{PodCIDRs: prefixes("10.0.0.0/19", ""), Unknown: topology.Unknown{"pod_cidrs"}}},
		"nothing that is known so far": {existing: Existing{Unknown: topology.Unknown{topology.Everything}}},
		"other Pods": {
			Existing{PodCIDRs: prefixes("10.0.32.0/19")},
			[]problem{{
				At: `existing["shop"].pod_cidrs`, Problem: ContradictsState{"shop", prefixes("10.0.0.0/19"), prefixes("10.0.32.0/19")},
			}},
		},
		"more Pods": {
			Existing{PodCIDRs: prefixes("10.0.0.0/19", "10.0.32.0/19")},
			[]problem{{
				At: `existing["shop"].pod_cidrs`,
				Problem: ContradictsState{
					Cluster: "shop", Held: prefixes("10.0.0.0/19"), Given: prefixes("10.0.0.0/19", "10.0.32.0/19"),
				},
			}},
		},
		"other Services": {
			Existing{ServiceCIDR: prefix("172.20.4.0/22")},
			[]problem{
				{
					At:      `existing["shop"].service_cidr`,
					Problem: ContradictsState{Cluster: "shop", Held: prefix("172.20.0.0/22"), Given: prefix("172.20.4.0/22")},
				},
			},
		},
		"another mask": {
			Existing{ServiceCIDR: prefix("172.20.0.0/22"), NodeMask: 25},
			[]problem{{At: `existing["shop"].node_cidr_mask`, Problem: ContradictsState{Cluster: "shop", Held: 26, Given: 25}}},
		},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			r := request(shop())
			was := planned(t, r)
			result := Plan(edited(after(r, was), existing("shop", test.existing)), profile.Default())
			wantFaults(t, result.Faults, test.want...)
			if result.Failed() != (len(test.want) > 0) {
				t.Errorf("failed: %t", result.Failed())
			}
			if got, want := result.Allocations["shop"], was.Allocations["shop"]; !reflect.DeepEqual(got, want) {
				t.Errorf("got %+v, want %+v", got, want)
			}
		})
	}
}

// What existing gives is held as state is: kept as it is, filled up, and checked against needs.
func TestExistingIsHeld(t *testing.T) {
	outgrown := func(argument string, wanted, largest int64, held profile.Ranges) []problem {
		p, _ := profile.Default().Profile("ack-flannel")
		return []problem{
			{
				At:      `clusters["shop"].` + argument,
				Problem: Outgrown{Cluster: "shop", Wanted: wanted, Largest: largest, Held: held, Profile: p},
			},
		}
	}
	tests := map[string]struct {
		existing Existing
		edit     func(*topology.Cluster)
		ranges   string
		want     []problem
	}{
		"all of it, outside the supernets": {
			existing: Existing{PodCIDRs: prefixes("10.77.0.0/16"), ServiceCIDR: prefix("172.31.0.0/20"), NodeMask: 25},
			ranges:   "10.77.0.0/16 172.31.0.0/20 /25",
		},
		"without a mask, which follows from the need": {
			existing: Existing{PodCIDRs: prefixes("10.77.0.0/16"), ServiceCIDR: prefix("172.31.0.0/20")},
			ranges:   "10.77.0.0/16 172.31.0.0/20 /26",
		},
		"only Pods": {
			existing: Existing{PodCIDRs: prefixes("10.77.0.0/16"), NodeMask: 24},
			ranges:   "10.77.0.0/16 172.19.0.0/20 /24",
			want: []problem{{At: `clusters["shop"]`, Warn: true, Problem: AssumedRanges{
				Cluster: "shop", Profile: shipped(t, "ack-flannel"), Kind: conflict.Service, Ranges: prefixes("172.19.0.0/20"),
				Existing: topology.Path{}.Attr("existing").Key("shop"),
			}}},
		},
		"only Services": {
			existing: Existing{ServiceCIDR: prefix("172.31.0.0/20")},
			ranges:   "10.0.0.0/19 172.31.0.0/20 /26",
		},
		"only Services and a mask, to which the Pods are sized": {
			existing: Existing{ServiceCIDR: prefix("172.31.0.0/20"), NodeMask: 24},
			ranges:   "10.0.0.0/17 172.31.0.0/20 /24",
		},
		"pins that say the same": {
			existing: Existing{PodCIDRs: prefixes("10.77.0.0/16"), ServiceCIDR: prefix("172.31.0.0/20")},
			edit:     pins("172.31.0.0/20", "10.77.0.0/16"),
			ranges:   "10.77.0.0/16 172.31.0.0/20 /26",
		},
		"pins that say otherwise": {
			existing: Existing{PodCIDRs: prefixes("10.77.0.0/16"), ServiceCIDR: prefix("172.31.0.0/20")},
			edit:     pins("172.31.0.0/20", "10.78.0.0/16"),
			ranges:   "10.77.0.0/16 172.31.0.0/20 /26",
			want: []problem{{At: `clusters["shop"].pod_cidrs`, Problem: Changed{
				Cluster: "shop", Argument: "pod_cidrs", Held: prefixes("10.77.0.0/16"), Wanted: prefixes("10.78.0.0/16"),
			}}},
		},
		"several ranges, pinned with another one behind": {
			existing: Existing{PodCIDRs: prefixes("10.77.0.0/19", "10.77.64.0/19"), ServiceCIDR: prefix("172.31.0.0/20"), NodeMask: 25},
			edit: func(cl *topology.Cluster) {
				*cl = topology.Cluster{VPC: "hua", Profile: "cce-vpc-router", PodCIDRs: prefixes("10.77.0.0/19", "10.77.96.0/19")}
			},
			ranges: "10.77.0.0/19, 10.77.64.0/19 172.31.0.0/20 /25",
			want: []problem{{At: `clusters["shop"].pod_cidrs`, Problem: NotAppended{
				Cluster: "shop", Profile: shipped(t, "cce-vpc-router"), Held: prefixes("10.77.0.0/19", "10.77.64.0/19"),
				Wanted: prefixes("10.77.0.0/19", "10.77.96.0/19"),
			}}},
		},
		"blocks too small for the Pods of a node": {
			existing: Existing{PodCIDRs: prefixes("10.77.0.0/16"), ServiceCIDR: prefix("172.31.0.0/20"), NodeMask: 27},
			ranges:   "10.77.0.0/16 172.31.0.0/20 /27",
			want: outgrown(
				"pods_per_node", 64, 32, profile.Ranges{Pods: prefixes("10.77.0.0/16"), Service: prefix("172.31.0.0/20"), NodeMask: 27},
			),
		},
		"Pods too few for the nodes": {
			existing: Existing{PodCIDRs: prefixes("10.77.0.0/20"), ServiceCIDR: prefix("172.31.0.0/20"), NodeMask: 26},
			ranges:   "10.77.0.0/20 172.31.0.0/20 /26",
			want: outgrown(
				"max_nodes", 100, 64, profile.Ranges{Pods: prefixes("10.77.0.0/20"), Service: prefix("172.31.0.0/20"), NodeMask: 26},
			),
		},
		"Pods too few for the nodes, without a mask": {
			existing: Existing{PodCIDRs: prefixes("10.77.0.0/20"), ServiceCIDR: prefix("172.31.0.0/20")},
			ranges:   "10.77.0.0/20 172.31.0.0/20 /26",
			want: outgrown(
				"max_nodes", 100, 64, profile.Ranges{Pods: prefixes("10.77.0.0/20"), Service: prefix("172.31.0.0/20"), NodeMask: 26},
			),
		},
		"Pods smaller than the block that follows from the need": {
			existing: Existing{PodCIDRs: prefixes("10.77.0.0/27"), ServiceCIDR: prefix("172.31.0.0/20")},
			edit:     func(cl *topology.Cluster) { cl.Need.MaxNodes, cl.Need.PodLength = 0, 27 },
			ranges:   "10.77.0.0/27 172.31.0.0/20 /26",
			want: []problem{{At: `existing["shop"].pod_cidrs[0]`, Problem: NoNodes{
				Cluster: "shop", Profile: shipped(t, "ack-flannel"), Range: prefix("10.77.0.0/27"), Node: 64,
			}}},
		},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			r := request(shop(), existing("shop", test.existing))
			if test.edit != nil {
				r = edited(r, shop(test.edit))
			}
			result := Plan(r, profile.Default())
			wantFaults(t, result.Faults, test.want...)
			wantRanges(t, result, map[string]string{"shop": test.ranges})
		})
	}
}

// What a cloud reports of clusters that were built as planned is no news: what the plan was stays as it was.
func TestOwnRangesThatComeBackAsFacts(t *testing.T) {
	live := func(name string, a Allocation) func(*Request) {
		return existing(name, Existing{PodCIDRs: a.Pods, ServiceCIDR: a.Service, NodeMask: a.NodeMask})
	}
	inCloud := func(r *Request) {
		cl := r.Facts.Clusters["shop"]
		cl.CloudName = "shop-prod"
		r.Facts.Clusters["shop"] = cl
	}
	remove := func(r *Request) { delete(r.Facts.Clusters, "shop") }
	renumber := func(r *Request) { r.Renumber = map[string]string{"shop": "now"} }
	reclaim := func(r *Request) { r.Reclaim = []string{"shop"} }
	first := request(shop())
	was := planned(t, first)
	held := was.Allocations["shop"]
	for name, test := range map[string]struct {
		// before is an edit that is applied before the clusters come back.
		before []func(*Request)
		edits  []func(*Request)
		// held says whether the cluster keeps its first range.
		held bool
		// findings are how many conflicts there are with what came back.
		findings int
	}{
		"of the cluster":                       {edits: []func(*Request){live("shop", held)}, held: true},
		"its Pod range only":                   {edits: []func(*Request){existing("shop", Existing{PodCIDRs: held.Pods})}, held: true},
		"under its name in the cloud":          {edits: []func(*Request){live("shop-prod", held), inCloud}, held: true},
		"under a name that nobody gave":        {edits: []func(*Request){live("shop-prod", held)}, held: true, findings: 2},
		"of a cluster that is removed":         {edits: []func(*Request){live("shop", held), remove}},
		"of a cluster that was removed":        {before: []func(*Request){remove}, edits: []func(*Request){live("shop", held)}},
		"of a cluster that is renumbered":      {edits: []func(*Request){live("shop", held), renumber}},
		"of a cluster before it is built anew": {before: []func(*Request){renumber}, edits: []func(*Request){live("shop", held)}},
		"of a removed cluster that is reclaimed": {
			before: []func(*Request){remove}, edits: []func(*Request){
				live("shop", held),
				reclaim,
				cluster("next", "ack-flannel", profile.Need{MaxNodes: 100, PodsPerNode: 64}),
			},
		},
	} {
		t.Run(name, func(t *testing.T) {
			r := edited(after(first, was), test.before...)
			if len(test.before) > 0 {
				r = after(r, Plan(r, profile.Default()))
			}
			result := Plan(edited(r, test.edits...), profile.Default())
			if result.Failed() != (test.findings > 0) {
				t.Fatalf("failed: %t, %+v", result.Failed(), result.Faults)
			}
			if got := len(result.Findings); got != test.findings {
				t.Errorf("got %d findings, want %d: %+v", got, test.findings, result.Findings)
			}
			for owner, a := range result.Allocations {
				if first := slices.Equal(a.Pods, held.Pods); first != test.held {
					t.Errorf("%s has %v, the first range was %v", owner, a.Pods, held.Pods)
				}
			}
		})
	}
}

// What a cloud does not report of own ranges is in the prior state. Without one, nobody has it.
func TestOwnRangesThatComeBackWithoutTheirMask(t *testing.T) {
	first := request(cluster("shop", "ack-flannel", profile.Need{MaxNodes: 100}))
	was := planned(t, first)
	held := was.Allocations["shop"]
	comesBack := existing("shop", Existing{PodCIDRs: held.Pods, ServiceCIDR: held.Service})
	if result := Plan(edited(after(first, was), comesBack), profile.Default()); len(result.Faults) > 0 ||
		!slices.Equal(result.Allocations["shop"].Pods, held.Pods) {
		t.Errorf("with prior state: %+v", result.Faults)
	}
	for name, r := range map[string]Request{
		"without prior state": edited(first, comesBack),
		"with another range":  edited(after(first, was), existing("shop", Existing{PodCIDRs: prefixes("10.66.0.0/16")})),
	} {
		faults := Plan(r, profile.Default()).Faults
		if !slices.ContainsFunc(faults, DependsOnPrior) {
			t.Errorf("%s, the mask is not asked for: %+v", name, faults)
		}
	}
}

// A cluster that came back under another name can be named: the option resolves the conflict.
func TestTheNameOfAClusterInTheCloudIsOffered(t *testing.T) {
	first := request(shop())
	was := planned(t, first)
	held := was.Allocations["shop"]
	r := edited(after(first, was), existing("shop-prod", Existing{PodCIDRs: held.Pods, ServiceCIDR: held.Service}))
	named := 0
	for _, f := range Plan(r, profile.Default()).Findings {
		for _, o := range f.ExtraOptions {
			if o.Kind == conflict.Named && o.Edits[0].At.String() == `clusters["shop"].cloud_name` {
				named++
			}
		}
	}
	if named != 2 {
		t.Errorf("offered %d times, want it for Pods and for Services", named)
	}
	other := edited(after(first, was), existing("shop-prod", Existing{PodCIDRs: held.Pods, ServiceCIDR: prefix("172.20.8.0/22")}))
	for _, f := range Plan(other, profile.Default()).Findings {
		for _, o := range f.ExtraOptions {
			if o.Kind == conflict.Named {
				t.Errorf("offered for a cluster with other ranges: %+v", o)
			}
		}
	}
}

// A cluster that came back with other ranges than it holds was built otherwise.
func TestOtherRangesUnderAnOwnName(t *testing.T) {
	first := request(shop())
	was := planned(t, first)
	other := existing("shop", Existing{PodCIDRs: prefixes("10.9.0.0/19")})
	result := Plan(edited(after(first, was), other), profile.Default())
	wantFaults(t, result.Faults, problem{
		At:      `existing["shop"].pod_cidrs`,
		Problem: ContradictsState{Cluster: "shop", Held: prefixes("10.0.0.0/19"), Given: prefixes("10.9.0.0/19")},
	})
}
