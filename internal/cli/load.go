package cli

import (
	"cmp"
	"fmt"
	"maps"
	"net/netip"
	"slices"

	"github.com/cidrplan/terraform-provider-cidrplan/internal/allocate"
	"github.com/cidrplan/terraform-provider-cidrplan/internal/clouds"
	"github.com/cidrplan/terraform-provider-cidrplan/internal/messages"
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
	gathered := statefile.Gather(c.clouds, contents)
	facts, faults := c.clouds.Join(gathered.Given)
	in := &inventory{files: names, origin: gathered.Origin, planners: statefile.Planners(gathered.Own)}
	var skipped []skipped
	in.facts, skipped = topologyOf(facts)
	in.addClusters(c.writer.Catalog, facts, gathered)
	in.addClaims()
	in.addUnchecked(facts, slices.Concat(gathered.Faults, faults), skipped)
	c.progress("")
	return in, nil
}

// addClusters adds the clusters. One without a known network or profile takes part in no rule, and is listed as unchecked.
func (in *inventory) addClusters(catalog *profile.Catalog, facts clouds.Facts, gathered statefile.Gathered) {
	r := &reader{}
	in.existing, in.facts.Clusters = map[string]allocate.Existing{}, map[string]topology.Cluster{}
	for _, name := range slices.Sorted(maps.Keys(facts.Existing.Value)) {
		at := gathered.Cluster[name]
		e := r.existing(name, facts.Existing.Value[name])
		prof, known := catalog.Profile(at.Profile)
		if known && prof.Pods.From == profile.Subnets {
			e.PodCIDRs = nil // some clouds return the block of the VPC
		}
		in.existing[name] = e
		in.clusters = append(in.clusters, clusterFound{name, at.VPC, at.Profile})
		switch {
		case at.VPC == "":
			in.skip(clouds.Clusters, name, "Its VPC is not in the files.")
		case !known:
			in.skip(clouds.Clusters, name, "Its network mode is not known to cidrplan.")
		default:
			in.facts.Clusters[name] = topology.Cluster{Name: name, VPC: at.VPC, Profile: at.Profile, IPFamilies: familiesOf(e)}
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
	of := map[netip.Prefix]string{}
	for name, e := range in.existing {
		for _, p := range e.PodCIDRs {
			of[p] = name
		}
	}
	for _, p := range in.planners {
		maps.Copy(in.facts.Foreign, p.Claims(func(r statefile.Ranges) bool {
			if len(r.Pods) == 0 || slices.ContainsFunc(r.Pods, func(p netip.Prefix) bool { return of[p] == "" }) {
				return false
			}
			in.managed[of[r.Pods[0]]] = p.Object
			_, checked := in.facts.Clusters[of[r.Pods[0]]]
			return checked
		}))
	}
}

// addUnchecked lists what takes no part in the checks.
func (in *inventory) addUnchecked(facts clouds.Facts, faults []topology.Fault, skipped []skipped) {
	for _, place := range slices.Sorted(maps.Keys(facts.Unplaced.Value)) {
		u := facts.Unplaced.Value[place]
		in.skipAt(place, unplacedReason(u.Missing, u.Reference))
	}
	for _, f := range faults {
		reason := messages.CloudFault(f)
		if e, is := f.Problem.(clouds.Contradiction); is && e.Other == "" {
			reason = unplacedReason(string(e.Owner), e.Reference) // names and ranges resemble, and the ID says otherwise
		}
		in.skipAt(objectPath(f.At).String(), reason)
	}
	for _, s := range skipped {
		in.unchecked = append(in.unchecked, unchecked{Address: s.argument + "." + s.name, Reason: "It has a range that cannot be read."})
	}
	for _, all := range []struct {
		name string
		late bool
	}{{"hubs", facts.Hubs.AfterApply}, {"sites", facts.Sites.AfterApply}, {"vpcs", facts.VPCs.AfterApply}, {"clusters", facts.Existing.AfterApply}} {
		if all.late {
			in.unchecked = append(in.unchecked, unchecked{Address: all.name, Reason: "A data source of them is read during apply."})
		}
	}
	slices.SortFunc(in.unchecked, func(a, b unchecked) int {
		return cmp.Or(cmp.Compare(a.File, b.File), cmp.Compare(a.Address, b.Address))
	})
	in.unchecked = slices.Compact(in.unchecked)
}

// objectPath is the path of the object that a place is in: platform, argument and key.
func objectPath(at topology.Path) topology.Path { return at[:min(3, len(at))] }

func unplacedReason(missing, reference string) string {
	switch {
	case missing == clouds.NoRange:
		return "It has no range of its own, for example because it learns routes by BGP."
	case reference == "":
		return fmt.Sprintf("It names none of the %s in the files.", missing)
	}
	return fmt.Sprintf("It refers to %s, which is not in the files.", messages.Line(reference))
}

func (in *inventory) skip(argument clouds.Argument, name, reason string) {
	if o, is := in.of(argument, name); is {
		in.unchecked = append(in.unchecked, unchecked{o.Address(), o.File, reason})
		return
	}
	in.unchecked = append(in.unchecked, unchecked{Address: name, Reason: reason})
}

func (in *inventory) skipAt(place, reason string) {
	u := unchecked{Address: place, Reason: reason}
	if o, is := in.origin[place]; is {
		u.Address, u.File = o.Address(), o.File
	}
	in.unchecked = append(in.unchecked, u)
}

// of is the object of a name among those of an argument, on any platform.
func (in *inventory) of(argument clouds.Argument, name string) (statefile.Object, bool) {
	for _, platform := range clouds.Default().Platforms() {
		at := topology.Path{}.Attr(platform).Attr(string(argument)).Key(name)
		if o, is := in.origin[at.String()]; is {
			return o, true
		}
	}
	return statefile.Object{}, false
}

// request is what an audit is asked.
func (in *inventory) request() allocate.Request {
	existing := map[string]allocate.Existing{}
	for name := range in.facts.Clusters {
		existing[name] = in.existing[name]
	}
	return allocate.Request{Facts: in.facts, Existing: existing}
}
