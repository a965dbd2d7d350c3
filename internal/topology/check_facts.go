package topology

import (
	"cmp"
	"maps"
	"slices"

	"github.com/cidrplan/terraform-provider-cidrplan/internal/profile"
)

// Check checks everything that was declared, each entity alone and all references between them.
// Faults come in the order of their places.
func Check(f Facts, catalog *profile.Catalog) []Fault {
	c := &factChecker{facts: f, catalog: catalog, mirrors: f.Mirrors()}
	copies := f.WithMirrors().Clusters
	hubs, sites, vpcs, clusters, blocks := Path{}.Attr("hubs"), Path{}.Attr("sites"), Path{}.Attr("vpcs"), Path{}.Attr("clusters"),
		Path{}.Attr("blocks")
	for key, hub := range f.Hubs {
		hub.Name = cmp.Or(hub.Name, key)
		c.entity(hubs.Key(key), key, hub.Name, hub.Unknown, func(at Path) []Fault { return CheckHub(at, hub, catalog) })
	}
	for key, site := range f.Sites {
		at := sites.Key(key)
		site.Name = cmp.Or(site.Name, key)
		c.entity(at, key, site.Name, site.Unknown, func(at Path) []Fault { return CheckSite(at, site) })
		c.links(at, vrfOf(site.VRF, site.Unknown), site.Hubs, site.Peers)
	}
	for key, vpc := range f.VPCs {
		at := vpcs.Key(key)
		vpc.Name = cmp.Or(vpc.Name, key)
		c.entity(at, key, vpc.Name, vpc.Unknown, func(at Path) []Fault { return CheckVPC(at, vpc, catalog) })
		c.links(at, vrfOf(vpc.VRF, vpc.Unknown), vpc.Hubs, vpc.Peers)
		if _, taken := f.Sites[key]; taken {
			c.add(at, NameInUse{Name: key})
		}
	}
	for key, cluster := range f.Clusters {
		at := clusters.Key(key)
		cluster.Name = cmp.Or(cluster.Name, key)
		c.entity(at, key, cluster.Name, cluster.Unknown, func(at Path) []Fault { return CheckCluster(at, cluster, catalog) })
		c.place(at, cluster)
		c.mirror(at, key, cluster)
		if p, known := catalog.Profile(cluster.Profile); known && cluster.SameAs != "" {
			same := copies[key]
			same.Name = cluster.Name
			c.unset(at, same, p)
		}
	}
	for key, block := range f.Blocks {
		at := blocks.Key(key)
		c.mapKey(at, key)
		c.entity(at, key, key, block.Unknown, func(at Path) []Fault { return CheckBlock(at, block, catalog) })
	}
	for key, reserved := range f.Reserved {
		at := Path{}.Attr("reserved").Key(key)
		c.mapKey(at, key)
		if !reserved.CIDR.IsValid() && !reserved.Unknown.Has("cidr") {
			c.add(at.Attr("cidr"), Missing{})
		}
	}
	c.previous()
	c.vrf(Path{}, f.VRF)
	for key, claim := range f.Foreign {
		if at := (Path{}).Attr("foreign_claims").Key(key); !claim.Unknown.Has(Everything) {
			c.faults = append(c.faults, CheckForeign(at, claim)...)
		}
	}
	SortFaults(c.faults)
	return c.faults
}

type factChecker struct {
	checker
	facts   Facts
	catalog *profile.Catalog
	mirrors map[string][]string
}

// entity checks one element of a map; one that gives no name has the name of its key.
func (c *factChecker) entity(at Path, key, name string, unknown Unknown, check func(Path) []Fault) {
	if unknown.Has(Everything) {
		return
	}
	c.key(at, key, name)
	c.faults = append(c.faults, check(at)...)
}

// links checks what a network is connected to.
func (c *factChecker) links(at Path, own vrf, hubs, peers []string) {
	for i, name := range hubs {
		hub, ok := c.facts.Hubs[name]
		if name == "" || c.facts.Unknown.Has("hubs") {
			continue
		}
		if !ok {
			c.add(at.Attr("hubs").At(i), Undeclared{Kind: HubName, Name: name, Known: slices.Sorted(maps.Keys(c.facts.Hubs))})
		} else if own.differs(vrfOf(hub.VRF, hub.Unknown)) {
			c.add(at.Attr("hubs").At(i), VRFLink{Kind: HubName, Name: name, VRF: hub.VRF, OwnVRF: own.name})
		}
	}
	for i, name := range peers {
		if name == "" || c.networksUnknown() {
			continue
		}
		peer, ok := c.network(name)
		if !ok {
			c.add(at.Attr("peers").At(i), Undeclared{Kind: NetworkName, Name: name, Known: c.networks()})
		} else if own.differs(peer) {
			c.add(at.Attr("peers").At(i), VRFLink{Kind: PeerName, Name: name, VRF: peer.name, OwnVRF: own.name})
		}
	}
}

// place checks that a cluster is in a network that accepts its profile.
func (c *factChecker) place(at Path, cl Cluster) {
	if cl.VPC == "" || c.networksUnknown() {
		return
	}
	if _, ok := c.network(cl.VPC); !ok {
		c.add(at.Attr("vpc"), Undeclared{Kind: NetworkName, Name: cl.VPC, Known: c.networks()})
		return
	}
	p, ok := c.catalog.Profile(cl.Profile)
	vpc, isVPC := c.facts.VPCs[cl.VPC]
	c.subnetsOf(at, "node_subnets", cl.NodeSubnets, vpc)
	c.subnetsOf(at, "pod_subnets", cl.PodSubnets, vpc)
	if !ok || isVPC && vpc.Unknown.Has("platform") {
		return
	}
	platform := ""
	if isVPC {
		platform = PlatformOf(vpc)
	}
	if !p.Fits(platform) {
		fitting := c.catalog.Fitting(platform)
		c.add(
			at.Attr("profile"), WrongPlatform{Profile: p.Name, VPC: cl.VPC, Platform: platform, Fitting: fitting},
			OptionOf(Set(at.Attr("profile"), c.likeProfile(p, fitting))),
		)
	}
}

// subnetsOf checks that the network of a cluster has the subnets that an argument of the cluster names.
func (c *factChecker) subnetsOf(cluster Path, attr string, names []string, v VPC) {
	if v.subnetNamesUnknown() {
		return
	}
	for i, name := range names {
		if _, ok := v.Subnets[name]; !ok && name != "" {
			c.add(cluster.Attr(attr).At(i), Undeclared{Kind: SubnetName, Name: name, Known: slices.Sorted(maps.Keys(v.Subnets))})
		}
	}
}

// PlatformOf is the platform of a VPC; one that names none is generic.
func PlatformOf(v VPC) string {
	if v.Platform == "" {
		return profile.Generic
	}
	return v.Platform
}

func (c *factChecker) networksUnknown() bool {
	return c.facts.Unknown.Has("vpcs") || c.facts.Unknown.Has("sites")
}

func (c *factChecker) networks() []string {
	names := slices.Concat(slices.Collect(maps.Keys(c.facts.VPCs)), slices.Collect(maps.Keys(c.facts.Sites)))
	slices.Sort(names)
	return slices.Compact(names)
}

// vrf is the VRF of a hub or network, which may be one that is not known yet.
type vrf struct {
	name    string
	unknown bool
}

func vrfOf(name string, unknown Unknown) vrf { return vrf{name, unknown.Has("vrf")} }

// differs says whether two VRFs are known to be two.
func (v vrf) differs(o vrf) bool { return v.name != o.name && !v.unknown && !o.unknown }

// network returns the VRF of a VPC or site.
func (c *factChecker) network(name string) (vrf, bool) {
	if v, ok := c.facts.VPCs[name]; ok {
		return vrfOf(v.VRF, v.Unknown), true
	}
	s, ok := c.facts.Sites[name]
	return vrfOf(s.VRF, s.Unknown), ok
}
