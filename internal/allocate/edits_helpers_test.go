package allocate

import (
	"github.com/cidrplan/terraform-provider-cidrplan/internal/topology"
)

// pods is a cluster that takes any range, with Services of its own out of the way.
func pods(name string, length int, edits ...func(*topology.Cluster)) func(*Request) {
	return cluster(name, "kubernetes-overlay", lengths(length, 28, 28), edits...)
}

func inVPC(name string) func(*topology.Cluster) {
	return func(cl *topology.Cluster) { cl.VPC = name }
}

func route(name string, r topology.Route) func(*topology.VPC) {
	return func(v *topology.VPC) { v.Routes = map[string]topology.Route{name: r} }
}

func hub(members ...string) func(*Request) {
	return func(r *Request) {
		r.Facts.Hubs["hub"] = topology.Hub{}
		for _, name := range members {
			if v, ok := r.Facts.VPCs[name]; ok {
				v.Hubs = append(v.Hubs, "hub")
				r.Facts.VPCs[name] = v
			} else {
				s := r.Facts.Sites[name]
				s.Hubs = append(s.Hubs, "hub")
				r.Facts.Sites[name] = s
			}
		}
	}
}

func site(name string, blocks ...string) func(*Request) {
	return func(r *Request) { r.Facts.Sites[name] = topology.Site{CIDRBlocks: prefixes(blocks...)} }
}
