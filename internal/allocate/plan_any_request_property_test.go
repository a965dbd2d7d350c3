package allocate

import (
	"math"
	"net/netip"
	"slices"
	"testing"

	"pgregory.net/rapid"

	"github.com/cidrplan/terraform-provider-cidrplan/internal/profile"
	"github.com/cidrplan/terraform-provider-cidrplan/internal/topology"
)

// Whatever is in a request, Plan answers. Requests here are not sound: lists with elements that
// could not be read, empty names, numbers out of all bounds, unknown parts.
func TestPlanAnswersToAnything(t *testing.T) {
	t.Parallel()
	odd := []int64{-1, 0, 1, 3, 1 << 16, 1 << 31, 1 << 32, 1<<63 - 1, -1 << 63}
	rapid.Check(t, func(t *rapid.T) {
		d := draw{t}
		r := d.mirrored()
		if d.chance(30, "prior") {
			r = after(r, Plan(r, profile.Default()))
		}
		r = rebuilt(r)
		spoil := func(list []netip.Prefix, label string) []netip.Prefix {
			if d.chance(20, label+" spoilt") {
				return append(
					slices.Clone(list),
					one(d, label, netip.Prefix{}, prefix("::/0"), prefix("0.0.0.0/0"), prefix("255.255.255.255/32")),
				)
			}
			return list
		}
		unknown := func(label string, attributes ...string) topology.Unknown {
			if d.chance(10, label) {
				return topology.Unknown{one(d, label, append(attributes, topology.Everything)...)}
			}
			return nil
		}
		r.Supernets, r.ServiceSupernets = spoil(r.Supernets, "supernets"), spoil(r.ServiceSupernets, "services")
		r.Unknown = unknown("request", "supernets", "existing", "pools", "unique_pod_cidrs")
		for _, name := range names(r.Facts.VPCs) {
			v := r.Facts.VPCs[name]
			v.CIDRBlocks, v.Unknown = spoil(v.CIDRBlocks, name), unknown(name, "cidr_blocks", "hubs", "platform")
			v.Hubs = append(v.Hubs, d.some(name+" odd", "", "nowhere")...)
			r.Facts.VPCs[name] = v
		}
		for _, name := range names(r.Facts.Sites) {
			s := r.Facts.Sites[name]
			s.CIDRBlocks = spoil(s.CIDRBlocks, name)
			r.Facts.Sites[name] = s
		}
		for _, name := range names(r.Facts.Clusters) {
			cl := r.Facts.Clusters[name]
			cl.PodCIDRs, cl.Unknown = spoil(cl.PodCIDRs, name), unknown(name, "pod_cidrs", "profile", "max_nodes", "vpc", "pods_per_node")
			for _, field := range []*int64{&cl.Need.MaxNodes, &cl.Need.PodsPerNode, &cl.Need.MaxServices} {
				if d.chance(10, name+" odd number") {
					*field = one(d, name+" number", odd...)
				}
			}
			for _, field := range []*int{&cl.Need.PodLength, &cl.Need.ServiceLength, &cl.Need.NodeMask} {
				if d.chance(10, name+" odd length") {
					*field = one(d, name+" length", -1, 1, 31, 32, 33, math.MaxInt)
				}
			}
			if d.chance(5, name+" odd") {
				cl.VPC = one(d, name, "", "v0", "nowhere")
				cl.Profile = one(d, name, "", "nothing", "ack-flannel")
				cl.Pool = one(d, name, "", "p", "nowhere")
			}
			r.Facts.Clusters[name] = cl
		}
		if d.chance(5, "nameless") {
			r.Facts.Clusters[""], r.Facts.VPCs[""] = topology.Cluster{}, topology.VPC{}
			r.Facts.Hubs[""], r.Existing[""] = topology.Hub{}, Existing{}
		}
		for _, name := range names(r.Existing) {
			e := r.Existing[name]
			e.PodCIDRs, e.Unknown = spoil(e.PodCIDRs, "existing"), unknown("existing", "pod_cidrs", "node_cidr_mask")
			r.Existing[name] = e
		}
		result := Plan(r, profile.Default())
		if result.Failed() {
			return
		}
		for name := range r.Facts.Clusters {
			_, allocated := result.Allocations[name]
			if deferred := slices.Contains(result.Deferred, name); allocated == deferred {
				t.Fatalf(
					"%s is allocated %t and deferred %t, and nobody says why: %+v\n%s",
					name, allocated, deferred, r.Facts.Clusters[name], allReports(result),
				)
			}
		}
	})
}
