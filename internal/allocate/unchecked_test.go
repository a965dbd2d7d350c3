package allocate

import (
	"net/netip"
	"slices"
	"testing"

	"github.com/cidrplan/terraform-provider-cidrplan/internal/profile"
	"github.com/cidrplan/terraform-provider-cidrplan/internal/topology"
)

// A name that refers to a map which is known only after apply is reported in the plan, and only then.
func TestNamesThatCannotBeCheckedAreReported(t *testing.T) {
	inSubnets := cluster(
		"shop", "ack-flannel", lengths(24, 24, 26), func(cl *topology.Cluster) { cl.NodeSubnets, cl.Pool = []string{"prod-nodes"}, "far" },
	)
	for name, test := range map[string]struct {
		edits []func(*Request)
		want  []string
	}{
		"subnets": {[]func(*Request){
			vpc("ali", func(v *topology.VPC) { v.Unknown = topology.Unknown{"subnets"} }),
			func(r *Request) { r.Pools["far"] = Pool{Supernets: prefixes("10.1.0.0/16")} },
		}, []string{`vpcs["ali"].subnets: clusters["shop"].node_subnets[0]`}},
		"pools": {[]func(*Request){
			vpc("ali", func(v *topology.VPC) {
				v.Subnets = map[string]netip.Prefix{"prod-nodes": v.CIDRBlocks[0]}
			}), func(r *Request) { r.Pools, r.Unknown = nil, topology.Unknown{"pools"} },
		}, []string{`pools: clusters["shop"].pool`}},
		"clusters": {[]func(*Request){
			func(r *Request) {
				r.Facts.Clusters, r.Facts.Unknown = nil, topology.Unknown{"clusters"}
				r.Renumber, r.PreventRelease = map[string]string{"old": "1"}, []string{"*", "kept"}
			},
		}, []string{`clusters: prevent_release[1]`, `clusters: renumber["old"]`}},
		"none": {[]func(*Request){
			vpc("ali", func(v *topology.VPC) {
				v.Subnets = map[string]netip.Prefix{"prod-nodes": v.CIDRBlocks[0]}
			}), func(r *Request) { r.Pools["far"] = Pool{Supernets: prefixes("10.1.0.0/16")} },
		}, nil},
	} {
		t.Run(name, func(t *testing.T) {
			var got []string
			for _, u := range planned(t, request(append([]func(*Request){inSubnets}, test.edits...)...)).Unchecked {
				for _, n := range u.Names {
					got = append(got, u.Map.String()+": "+n.At.String())
				}
			}
			slices.Sort(got)
			if !slices.Equal(got, test.want) {
				t.Errorf("got %q, want %q", got, test.want)
			}
		})
	}
	r := request(
		inSubnets, vpc("ali", func(v *topology.VPC) { v.Unknown = topology.Unknown{"subnets"} }),
		func(r *Request) { r.Unknown = topology.Unknown{"pools"} },
	)
	if faults := Check(r, profile.Default()); len(faults) != 0 {
		t.Errorf("validation reports %v", faults)
	}
}
