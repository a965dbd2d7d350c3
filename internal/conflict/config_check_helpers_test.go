package conflict_test

import (
	"fmt"
	"maps"
	"slices"
	"strings"
	"testing"

	"github.com/cidrplan/terraform-provider-cidrplan/internal/conflict"
	"github.com/cidrplan/terraform-provider-cidrplan/internal/profile"
	"github.com/cidrplan/terraform-provider-cidrplan/internal/topology"
)

// registers registers in turn and writes what each brings, as the tables do.
type registers struct {
	check *conflict.ConfigCheck
	out   []string
}

func (r *registers) register(kind, name string, now, before conflict.Registration) {
	for _, f := range r.check.Register(topology.Origin{Kind: kind, Name: name}, now, before, conflict.Settings{}) {
		line := fmt.Sprintf("%v %s: %s %v of %s and %s %v of %s, reported by %s at %v", f.Unwired.Level, f.Code,
			f.A.Owner, f.A.Range, f.Unwired.A, f.B.Owner, f.B.Range, f.Unwired.B, name, f.Unwired.At)
		if f.Unwired.Allocated {
			line += ", allocated"
		}
		if f.PreExisting {
			line += ", pre-existing"
		}
		if f.Unwired.Before.Level > profile.Allow {
			line += ", again"
		}
		r.out = append(r.out, line)
	}
}

// vpcFacts registers a VPC with blocks, on the hub cen.
func vpcFacts(name string, blocks ...string) conflict.Registration {
	return conflict.Registration{
		Facts: topology.Facts{
			VPCs: map[string]topology.VPC{name: {Platform: "alicloud", CIDRBlocks: prefixes(blocks...), Hubs: []string{"cen"}}},
		},
	}
}

func clusterFacts(name, vpc, pods string) conflict.Registration {
	cl := topology.Cluster{VPC: vpc, Profile: "ack-flannel"}
	if pods != "" {
		cl.PodCIDRs = prefixes(pods)
	}
	return conflict.Registration{Facts: topology.Facts{Clusters: map[string]topology.Cluster{name: cl}}}
}

// together is what an allocator has.
func together(all ...conflict.Registration) conflict.Registration {
	sum := conflict.Registration{
		Facts: topology.Facts{
			Hubs:     map[string]topology.Hub{"cen": {}},
			VPCs:     map[string]topology.VPC{},
			Clusters: map[string]topology.Cluster{},
		},
	}
	for _, g := range all {
		maps.Copy(sum.Facts.VPCs, g.Facts.VPCs)
		maps.Copy(sum.Facts.Clusters, g.Facts.Clusters)
		sum.Claims = append(sum.Claims, g.Claims...)
	}
	return sum
}

// holds is what the planner says of a cluster's claim: a Pod range, or a word for what is reserved.
func holds(cluster, vpc, pods, word string) conflict.Registration {
	c := clusterClaim(cluster, topology.Cluster{VPC: vpc}, shipped("ack-flannel"), conflict.Pod, prefix(pods))
	if word != "" {
		c = conflict.Claim{
			Owner: cluster,
			Kind: map[string]conflict.Kind{
				"reserved": conflict.Reserved, "kept": conflict.GrowthReserve,
				"released": conflict.Released, "undeclared": conflict.Existing,
			}[word],
			Range: prefix(pods),
			At:    c.At,
		}
	}
	return conflict.Registration{Claims: []conflict.Claim{c}}
}

var (
	nothing = conflict.Registration{}
	inA     = vpcFacts("a", "172.16.0.0/24")
	inB     = vpcFacts("b", "172.16.1.0/24")
	podsA   = clusterFacts("pa", "a", "10.0.0.0/16")
	podsB   = clusterFacts("pb", "b", "10.0.0.0/20")
	shopA   = together(inA, clusterFacts("shop", "a", ""), holds("shop", "a", "10.0.0.0/16", ""))
	dataB   = together(inB, clusterFacts("data", "b", ""), holds("data", "b", "10.0.0.0/20", ""))
)

// wantReported compares what registrations bring.
func wantReported(t *testing.T, steps func(r *registers), want []string) {
	t.Helper()
	r := &registers{check: conflict.NewConfigCheck(profile.Default())}
	steps(r)
	if !slices.Equal(r.out, want) {
		t.Errorf("reported\n%s\nwant\n%s", strings.Join(r.out, "\n"), strings.Join(want, "\n"))
	}
}
