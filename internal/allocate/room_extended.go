package allocate

import (
	"maps"
	"net/netip"
	"slices"

	"github.com/cidrplan/terraform-provider-cidrplan/internal/cidr"
	"github.com/cidrplan/terraform-provider-cidrplan/internal/conflict"
	"github.com/cidrplan/terraform-provider-cidrplan/internal/profile"
	"github.com/cidrplan/terraform-provider-cidrplan/internal/topology"
)

// larger are the options with which a cluster gets the larger Pod range that it needs and cannot have as it is. tried is false for faults
// that are about something else.
func (t trial) larger(f topology.Fault) (options []topology.Option, tried bool) {
	if e, is := f.Problem.(NotExtended); is {
		return t.extending(e), true
	}
	if !slices.Contains([]string{"max_nodes", "pod_prefix_length"}, f.At[len(f.At)-1].Attr) || len(f.At) < 3 || f.Warn {
		return nil, false
	}
	return t.pinnedLarger(f.At[1].Key)
}

// extending are the options of a larger Pod range that is not free: to free the parts that others keep, and to give the range by hand where
// no supernet contains it.
func (t trial) extending(e NotExtended) []topology.Option {
	t.lacking = NoRoom{MissingRange: MissingRange{Cluster: e.Cluster, Kind: conflict.Pod, Length: e.Larger.Bits()}, Family: cidr.V4}
	var option topology.Option
	for _, c := range e.Holders {
		edit, edited, ok := t.request.freeing(c)
		if !ok {
			return nil
		}
		option.Kind, t.request = topology.ReleasedUnused, edited
		option.Add(edit)
	}
	if e.Outside {
		for _, pin := range t.pinning(e.Cluster, e.Larger) {
			option.Add(pin.Edits...)
			option.Rebuilds = pin.Rebuilds
			return []topology.Option{option}
		}
		return nil
	}
	if len(option.Edits) == 0 || !t.works(t.request) {
		return nil
	}
	return []topology.Option{option}
}

// pinnedLarger are the options of a cluster whose configuration gives the Pod range that it holds, and that would get a larger one without
// that.
func (t trial) pinnedLarger(name string) (options []topology.Option, tried bool) {
	cl, known := t.request.Facts.Clusters[name]
	prof, is := t.catalog.Profile(cl.Profile)
	if !known || !is || !prof.Extends() || len(cl.PodCIDRs) != 1 || t.request.Prior == nil {
		return nil, false
	}
	if held := t.request.Prior.Allocations[name].Pods; !slices.Equal(held, cl.PodCIDRs) {
		return nil, false
	}
	t.lacking = NoRoom{MissingRange: MissingRange{Cluster: name, Kind: conflict.Pod}, Family: cidr.V4}
	chosen := planMakingRoom(t.request.pinned(name), t.catalog).result.Allocations[name].Pods
	if len(chosen) != 1 || chosen[0] == cl.PodCIDRs[0] {
		return nil, true
	}
	return t.pinning(name, chosen[0]), true
}

// pinning is the option to give a cluster a Pod range.
func (t trial) pinning(name string, pods netip.Prefix) []topology.Option {
	if !t.works(t.request.pinned(name, pods)) {
		return nil
	}
	cl := t.request.Facts.Clusters[name]
	prof, _ := t.catalog.Profile(cl.Profile)
	at := topology.Path{}.Attr("clusters").Key(name).Attr("pod_cidrs")
	return []topology.Option{{
		Edits: []topology.Edit{topology.Set(at, []netip.Prefix{pods})}, Rebuilds: prof.Change.Pods.Does == profile.Replaces,
	}}
}

// pinned is the request with a cluster that is given these Pod ranges.
func (r Request) pinned(name string, pods ...netip.Prefix) Request {
	cl := r.Facts.Clusters[name]
	cl.PodCIDRs = pods
	r.Facts.Clusters = maps.Clone(r.Facts.Clusters)
	r.Facts.Clusters[name] = cl
	return r
}
