package cli

import (
	"cmp"
	"maps"
	"net/netip"
	"slices"

	"github.com/cidrplan/terraform-provider-cidrplan/internal/allocate"
	"github.com/cidrplan/terraform-provider-cidrplan/internal/clouds"
	"github.com/cidrplan/terraform-provider-cidrplan/internal/profile"
	"github.com/cidrplan/terraform-provider-cidrplan/internal/statefile"
	"github.com/cidrplan/terraform-provider-cidrplan/internal/topology"
)

// inventory is everything that was found in the files.
type inventory struct {
	files []string
	facts topology.Facts
	// existing are the ranges of clusters by name. Those with a VPC and a profile are also clusters of facts.
	existing map[string]allocate.Existing
	planners []statefile.Planner
	origin   map[string]statefile.Object
	// declaredBy are the resources of this provider that declare what no object of a cloud is, by argument and name as in of.
	declaredBy map[string]statefile.Object
	// managed are the planners that hold the ranges of clusters, by the cluster.
	managed map[string]statefile.Object
	// unchecked are objects that take no part, each with the reason.
	unchecked []unchecked
	clusters  []clusterFound
}

// unchecked is an object that takes no part in the checks.
type unchecked struct {
	Address string `json:"address"`
	File    string `json:"file"`
	Reason  string `json:"reason"`
	// cluster says that it is a cluster, whose ranges are compared where nothing but ranges counts.
	cluster bool
}

// clusterFound is a cluster of the files; vpc and profile are "" where they are not known.
type clusterFound struct{ name, vpc, profile string }

// load reads the files and joins what they have.
func (c *command) load(names []string) (*inventory, error) {
	contents, err := c.readFiles(names)
	if err != nil {
		return nil, err
	}
	c.progress("Joining the objects")
	joined := statefile.Join(c.clouds, contents)
	in := &inventory{files: names, origin: joined.Origin, planners: statefile.Planners(joined.Own)}
	for _, file := range contents {
		if file.Lock != nil {
			in.planners = append(in.planners, *file.Lock)
		}
	}
	in.facts = topologyOf(joined.Facts)
	in.addClusters(c.writer.Catalog, joined)
	in.addDeclared(c.writer.Catalog, statefile.Declarations(joined.Own, in.planners))
	in.addClaims()
	in.addUnchecked(joined)
	c.progress("")
	return in, nil
}

// addClusters adds the clusters. One without a known network or profile takes part in no rule, and is listed as unchecked.
func (in *inventory) addClusters(catalog *profile.Catalog, joined statefile.Joined) {
	in.existing, in.facts.Clusters = map[string]allocate.Existing{}, map[string]topology.Cluster{}
	for _, name := range slices.Sorted(maps.Keys(joined.Facts.Existing.Value)) {
		at := joined.Cluster[name]
		e := existingOf(joined.Facts.Existing.Value[name])
		prof, known := catalog.Profile(at.Profile)
		if known && prof.Pods.From == profile.Subnets {
			e.PodCIDRs = nil // some clouds return the block of the VPC
		}
		in.existing[name] = e
		in.clusters = append(in.clusters, clusterFound{name, at.VPC, at.Profile})
		switch {
		case at.VPC == "":
			in.skipCluster(name, "Its VPC is not in the files.")
		case !known:
			in.skipCluster(name, "Its network mode is not known to cidrplan.")
		default:
			cl := topology.Cluster{Name: name, VPC: at.VPC, Profile: at.Profile, IPFamilies: familiesOf(e)}
			if prof.Pods.From == profile.Subnets {
				cl.PodSubnets = at.PodSubnets
			}
			cl.OtherRanges, e.OtherRanges = e.OtherRanges, nil
			in.facts.Clusters[name], in.existing[name] = cl, e
		}
	}
}

func familiesOf(e allocate.Existing) []string {
	if e.PodIPv6CIDR.IsValid() || e.ServiceIPv6CIDR.IsValid() {
		return topology.Families
	}
	return nil
}

// addClaims adds what planners hold, but for ranges of a cluster that was found itself.
func (in *inventory) addClaims() {
	in.facts.Foreign, in.managed = map[string]topology.Foreign{}, map[string]statefile.Object{}
	for _, p := range in.planners {
		for key, claim := range p.Foreign { // of a workspace whose state is not among the files
			if !slices.ContainsFunc(in.planners, func(other statefile.Planner) bool { return other.Holder() == claim.Allocator }) {
				in.facts.Foreign[key] = claim
			}
		}
		maps.Copy(in.facts.Foreign, p.Claims(func(r statefile.Ranges, managed bool) bool {
			name := in.holding(r)
			if name == "" {
				return false
			}
			if managed {
				in.managed[name] = p.Object
			}
			_, checked := in.facts.Clusters[name]
			in.addOthers(name, r.Others)
			return checked
		}))
	}
}

// addOthers gives a cluster ranges beside Pods and Services that a planner or a declaration has for it.
func (in *inventory) addOthers(name string, others map[string][]netip.Prefix) {
	if cl, checked := in.facts.Clusters[name]; checked {
		cl.OtherRanges = statefile.WithOthers(cl.OtherRanges, others)
		in.facts.Clusters[name] = cl
	}
}

// holding is the cluster that has the ranges of an allocation: all Pod ranges, or for Pods in subnets the Service range in the
// same VPC or under the same name. It is "" where no cluster has them.
func (in *inventory) holding(r statefile.Ranges) string {
	for _, cl := range in.clusters {
		e := in.existing[cl.name]
		missing := func(p netip.Prefix) bool { return !slices.Contains(e.PodCIDRs, p) }
		switch {
		case len(r.Pods) > 0 && !slices.ContainsFunc(r.Pods, missing):
			return cl.name
		case len(r.Pods) == 0 && r.Service.IsValid() && r.Service == e.ServiceCIDR && (cl.name == r.Owner || cl.vpc == r.VPC):
			return cl.name
		}
	}
	return ""
}

// addUnchecked lists what takes no part in the checks.
func (in *inventory) addUnchecked(joined statefile.Joined) {
	for _, l := range joined.Left {
		in.unchecked = append(in.unchecked, unchecked{Address: l.Address, File: l.File, Reason: l.Reason})
	}
	slices.SortFunc(in.unchecked, func(a, b unchecked) int {
		return cmp.Or(cmp.Compare(a.File, b.File), cmp.Compare(a.Address, b.Address))
	})
	in.unchecked = slices.Compact(in.unchecked)
}

// skipCluster lists a cluster as unchecked.
func (in *inventory) skipCluster(name, reason string) {
	u := unchecked{Address: name, Reason: reason, cluster: true}
	if o, is := in.of(clouds.Clusters, name); is {
		u.Address, u.File = o.Address(), o.File
	}
	in.unchecked = append(in.unchecked, u)
}

// of is the object of a name among those of an argument, on any platform, or the resource of this provider that declares it.
func (in *inventory) of(argument clouds.Argument, name string) (statefile.Object, bool) {
	for _, platform := range clouds.Default().Platforms() {
		at := topology.Path{}.Attr(platform).Attr(string(argument)).Key(name)
		if o, is := in.origin[at.String()]; is {
			return o, true
		}
	}
	o, is := in.declaredBy[topology.Path{}.Attr(string(argument)).Key(name).String()]
	return o, is
}

// request is what an audit is asked.
func (in *inventory) request() allocate.Request {
	existing := map[string]allocate.Existing{}
	for name := range in.facts.Clusters {
		existing[name] = in.existing[name]
	}
	return allocate.Request{Facts: in.facts, Existing: existing}
}
