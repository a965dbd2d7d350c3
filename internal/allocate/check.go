package allocate

import (
	"maps"
	"net/netip"
	"slices"

	"github.com/cidrplan/terraform-provider-cidrplan/internal/cidr"
	"github.com/cidrplan/terraform-provider-cidrplan/internal/profile"
	"github.com/cidrplan/terraform-provider-cidrplan/internal/topology"
)

// Check checks that a request is sound, before anything is planned. Faults come in the order of
// their places.
func Check(r Request, catalog *profile.Catalog) []topology.Fault {
	c := checker{faults: topology.Check(r.Facts, catalog)}
	root := topology.Path{}
	if r.Name == "" && !r.Unknown.Has("name") {
		c.add(root.Attr("name"), topology.Missing{})
	}
	topology.CheckName(r.Name, func(p topology.BadName) { c.add(root.Attr("name"), p) })
	if len(r.Supernets) == 0 && !r.Unknown.Has("supernets") {
		c.add(root.Attr("supernets"), topology.Missing{})
	}
	c.supernets(root.Attr("supernets"), r.Supernets)
	c.supernets(root.Attr("service_supernets"), r.ServiceSupernets)
	for name, pool := range r.Pools {
		c.pool(root.Attr("pools").Key(name), name, pool)
	}
	for name, cl := range r.Facts.Clusters {
		if _, ok := r.Pools[cl.Pool]; !ok && cl.Pool != "" && !r.Unknown.Has("pools") {
			c.add(root.Attr("clusters").Key(name).Attr("pool"),
				topology.Undeclared{What: "pool", Name: cl.Pool, Known: slices.Sorted(maps.Keys(r.Pools))})
		}
	}
	c.needs(r, catalog)
	for name, existing := range r.Existing {
		c.existing(root.Attr("existing").Key(name), name, existing)
		if cl, declared := r.Facts.Clusters[name]; declared {
			c.mask(root.Attr("existing").Key(name), cl, existing, catalog)
		}
	}
	topology.SortFaults(c.faults)
	return c.faults
}

// needs checks what the clusters ask for, except those with a fault already: what follows from
// that would only be told twice.
func (c *checker) needs(r Request, catalog *profile.Catalog) {
	faulty := map[string]bool{}
	for _, f := range c.faults {
		if len(f.At) > 1 && f.At[0].Attr == "clusters" {
			faulty[f.At[1].Key] = true
		}
	}
	for name, cl := range r.Facts.Clusters {
		if _, held := r.Existing[name]; !held && !faulty[name] {
			c.faults = append(c.faults, CheckNeed(topology.Path{}.Attr("clusters").Key(name), name, cl, catalog)...)
		}
	}
}

// mask asks for the node mask of a cluster that exists: a guess would be held for its life.
func (c *checker) mask(at topology.Path, cl topology.Cluster, e Existing, catalog *profile.Catalog) {
	if _, known := catalog.Profile(cl.Profile); !known || len(e.PodCIDRs) == 0 || e.NodeMask != 0 || e.Unknown.Has("node_cidr_mask") {
		return
	}
	if cl.Need.NodeMask == 0 && cl.Need.PodsPerNode == 0 && !unknownAny(cl, "node_cidr_mask", "pods_per_node") {
		c.add(at.Attr("node_cidr_mask"), topology.Missing{Why: "the cluster has node blocks of some size, and a guess would be held for its life"})
	}
}

type checker struct{ faults []topology.Fault }

func (c *checker) add(at topology.Path, problem any) {
	c.faults = append(c.faults, topology.Fault{At: at, Problem: problem})
}

func (c *checker) pool(at topology.Path, name string, pool Pool) {
	topology.CheckKey(name, func(problem any) { c.add(at, problem) })
	if len(pool.Supernets) == 0 && !pool.Unknown.Has("supernets") {
		c.add(at.Attr("supernets"), topology.Missing{})
	}
	c.supernets(at.Attr("supernets"), pool.Supernets)
	c.supernets(at.Attr("service_supernets"), pool.ServiceSupernets)
}

// supernets checks that supernets are IPv4 and disjoint.
func (c *checker) supernets(at topology.Path, list []netip.Prefix) {
	c.ofV4(at, list)
	for i, p := range list {
		for _, earlier := range list[:i] {
			if earlier.Overlaps(p) {
				c.add(at.At(i), topology.RangesOverlap{A: p, B: earlier})
				break
			}
		}
	}
}

func (c *checker) ofV4(at topology.Path, list []netip.Prefix) {
	for i, p := range list {
		if p.IsValid() && cidr.FamilyOf(p) != cidr.V4 {
			c.add(at.At(i), topology.WrongFamily{Range: p, Want: cidr.V4.String()})
		}
	}
}

func (c *checker) existing(at topology.Path, name string, e Existing) {
	topology.CheckKey(name, func(problem any) { c.add(at, problem) })
	if len(e.PodCIDRs) == 0 && !e.ServiceCIDR.IsValid() && !e.Unknown.Has("pod_cidrs") && !e.Unknown.Has("service_cidr") {
		c.add(at.Attr("pod_cidrs"), topology.Missing{Why: "give pod_cidrs, service_cidr or both"})
	}
	c.ofV4(at.Attr("pod_cidrs"), e.PodCIDRs)
	if e.ServiceCIDR.IsValid() && cidr.FamilyOf(e.ServiceCIDR) != cidr.V4 {
		c.add(at.Attr("service_cidr"), topology.WrongFamily{Range: e.ServiceCIDR, Want: cidr.V4.String()})
	}
	if e.NodeMask < 0 || e.NodeMask > 32 {
		c.add(at.Attr("node_cidr_mask"), topology.OutOfRange{Value: int64(e.NodeMask), Min: 1, Max: 32})
	}
}
