package allocate

import (
	"fmt"
	"net/netip"
	"slices"
	"strings"

	"github.com/cidrplan/terraform-provider-cidrplan/internal/profile"
	"github.com/cidrplan/terraform-provider-cidrplan/internal/topology"
)

// held returns what a cluster holds already, by prior state or else by existing, and the
// complete allocation where the state has it.
func (p *planner) held(name string) (ranges profile.Ranges, complete *Allocation) {
	if p.request.Prior != nil {
		if a, ok := p.request.Prior.Allocations[name]; ok {
			return a.Ranges, &a
		}
	}
	e := p.request.Existing[name]
	if e.Unknown.Has("pod_cidrs") {
		e.PodCIDRs = nil // those that are known are not all
	}
	return profile.Ranges{Pods: e.PodCIDRs, Service: e.ServiceCIDR, NodeMask: e.NodeMask}, nil
}

// keeps checks that what is asked for now can be served by what the cluster holds, without a
// change to any of its outputs.
func (p *planner) keeps(name string, cl topology.Cluster, prof *profile.Profile, held profile.Ranges) {
	at := topology.Path{}.Attr("clusters").Key(name)
	changed := func(argument, was, wanted string) {
		p.fault(at.Attr(argument), Changed{Cluster: name, Argument: argument, Held: was, Wanted: wanted})
	}
	if was := p.priorProfile(name); was != "" && cl.Profile != was && !cl.Unknown.Has("profile") {
		changed("profile", was, cl.Profile)
		return
	}
	if len(cl.PodCIDRs) > 0 && len(held.Pods) > 0 && !slices.Equal(cl.PodCIDRs, held.Pods) && !cl.Unknown.Has("pod_cidrs") {
		changed("pod_cidrs", list(held.Pods), list(cl.PodCIDRs))
	}
	if cl.ServiceCIDR.IsValid() && held.Service.IsValid() && cl.ServiceCIDR != held.Service {
		changed("service_cidr", held.Service.String(), cl.ServiceCIDR.String())
	}
	if cl.Need.NodeMask != 0 && held.NodeMask != 0 && cl.Need.NodeMask != held.NodeMask {
		changed("node_cidr_mask", fmt.Sprint(held.NodeMask), fmt.Sprint(cl.Need.NodeMask))
		return
	}
	p.serves(at, name, cl, prof, held)
}

// serves checks needs and sizes against what is held.
func (p *planner) serves(at topology.Path, name string, cl topology.Cluster, prof *profile.Profile, held profile.Ranges) {
	outgrown := func(argument string, wanted, largest int64) {
		p.fault(at.Attr(argument), Outgrown{Cluster: name, Wanted: wanted, Largest: largest, Held: held, Profile: prof})
	}
	usable := prof.Usable(held)
	if held.NodeMask != 0 {
		if largest := prof.PodsOfBlock(held.NodeMask); cl.Need.PodsPerNode > largest {
			outgrown("pods_per_node", cl.Need.PodsPerNode, largest)
		}
	}
	if held.NodeMask != 0 && len(held.Pods) > 0 && cl.Need.MaxNodes > usable.Nodes {
		outgrown("max_nodes", cl.Need.MaxNodes, usable.Nodes)
	}
	if largest := first(held.Pods); largest.IsValid() && cl.Need.PodLength != 0 && cl.Need.PodLength < largest.Bits() {
		outgrown("pod_prefix_length", int64(cl.Need.PodLength), int64(largest.Bits()))
	}
	if held.Service.IsValid() {
		if cl.Need.MaxServices > usable.Services {
			outgrown("max_services", cl.Need.MaxServices, usable.Services)
		}
		if cl.Need.ServiceLength != 0 && cl.Need.ServiceLength < held.Service.Bits() {
			outgrown("service_prefix_length", int64(cl.Need.ServiceLength), int64(held.Service.Bits()))
		}
	}
}

// priorProfile is the profile with which a cluster got its ranges, "" where that is not known.
func (p *planner) priorProfile(name string) string {
	if p.request.Prior == nil {
		return ""
	}
	if _, ok := p.request.Prior.Allocations[name]; !ok {
		return ""
	}
	return p.request.Prior.Facts.Clusters[name].Profile
}

// contradicted checks existing against prior state: a cluster cannot hold two things.
func (p *planner) contradicted() {
	if p.request.Prior == nil {
		return
	}
	for name, e := range p.request.Existing {
		a, ok := p.request.Prior.Allocations[name]
		at := topology.Path{}.Attr("existing").Key(name)
		if !ok {
			continue
		}
		if len(e.PodCIDRs) > 0 && !slices.Equal(e.PodCIDRs, a.Pods) && !e.Unknown.Has("pod_cidrs") {
			p.fault(at.Attr("pod_cidrs"), Contradicted{Cluster: name, Held: list(a.Pods), Given: list(e.PodCIDRs)})
		}
		if e.ServiceCIDR.IsValid() && e.ServiceCIDR != a.Service {
			p.fault(at.Attr("service_cidr"), Contradicted{Cluster: name, Held: a.Service.String(), Given: e.ServiceCIDR.String()})
		}
		if e.NodeMask != 0 && e.NodeMask != a.NodeMask {
			p.fault(at.Attr("node_cidr_mask"), Contradicted{Cluster: name, Held: fmt.Sprint(a.NodeMask), Given: fmt.Sprint(e.NodeMask)})
		}
	}
}

func list(prefixes []netip.Prefix) string {
	var texts []string
	for _, p := range prefixes {
		texts = append(texts, p.String())
	}
	return strings.Join(texts, ", ")
}

func first[T any](list []T) (zero T) {
	if len(list) == 0 {
		return zero
	}
	return list[0]
}
