package allocate

import (
	"maps"
	"net/netip"

	"github.com/cidrplan/terraform-provider-cidrplan/internal/cidr"
	"github.com/cidrplan/terraform-provider-cidrplan/internal/conflict"
	"github.com/cidrplan/terraform-provider-cidrplan/internal/topology"
)

// containing are the ranges of which one must contain the Pod range that a cluster lacks, and their use; ok is false where none must.
func (t trial) containing() (ranges []netip.Prefix, use conflict.OtherUse, ok bool) {
	cl := t.request.Facts.Clusters[t.lacking.Cluster]
	prof, known := t.catalog.Profile(cl.Profile)
	if !known || t.lacking.Kind != conflict.Pod {
		return nil, use, false
	}
	return conflict.ClusterClaimant(t.lacking.Cluster, cl, prof).Claim(conflict.Pod, netip.Prefix{}).Containing(t.lacking.Family)
}

// container is the option to give a cluster a supernet as the range that must contain its Pods.
func (t trial) container() []topology.Option {
	within, use, ok := t.containing()
	if !ok || len(t.lacking.Others) > 0 {
		return nil
	}
	for _, supernet := range t.lacking.From {
		if cidr.AnyContains(within, supernet) || !t.works(t.request.using(t.lacking.Cluster, use.Name, supernet)) {
			continue
		}
		at := topology.Path{}.Attr("clusters").Key(t.lacking.Cluster).Attr("other_ranges").Key(use.Name)
		return []topology.Option{topology.OptionOf(topology.Set(at, []string{supernet.String()}))}
	}
	return nil
}

// using is the request with a cluster that uses one range for a purpose beside Pods and Services.
func (r Request) using(name, use string, with netip.Prefix) Request {
	cl := r.Facts.Clusters[name]
	cl.OtherRanges = maps.Clone(cl.OtherRanges)
	if cl.OtherRanges == nil {
		cl.OtherRanges = map[string][]netip.Prefix{}
	}
	cl.OtherRanges[use] = []netip.Prefix{with}
	r.Facts.Clusters = maps.Clone(r.Facts.Clusters)
	r.Facts.Clusters[name] = cl
	return r
}

// inContainer are free parts, of a prefix length, of the ranges of which one must contain the Pod range that a cluster lacks.
func (t trial) inContainer(length int) []netip.Prefix {
	within, _, _ := t.containing()
	return t.freeIn(within, within, length)
}
