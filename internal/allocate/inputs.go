package allocate

import (
	"cmp"
	"net/netip"
	"slices"

	"github.com/cidrplan/terraform-provider-cidrplan/internal/conflict"
	"github.com/cidrplan/terraform-provider-cidrplan/internal/profile"
	"github.com/cidrplan/terraform-provider-cidrplan/internal/topology"
)

// inputs are what every stage of a plan reads and none changes.
type inputs struct {
	// given is the request as it was given. request is the same with the sizes of mirror clusters filled in, and with current names in
	// the claims of other workspaces.
	given, request Request
	catalog        *profile.Catalog
	world          conflict.World
	// supernets are all that ranges are allocated from.
	supernets []netip.Prefix
	// mirrors are those of each cluster that has some.
	mirrors map[string][]string
}

func newInputs(r Request, catalog *profile.Catalog) *inputs {
	in := &inputs{given: r}
	r.Facts = r.Facts.WithMirrors().WithForeignRenamed()
	in.request, in.catalog, in.world = r, catalog, conflict.NewWorld(r.Facts, catalog)
	in.supernets, in.mirrors = r.AllSupernets(), r.Facts.Mirrors()
	return in
}

// separation is what decides which claims a new range must be disjoint from.
func (in *inputs) separation() *separation {
	return &separation{
		world: in.world, facts: in.request.Facts, supernets: in.supernets,
		sharedPods: in.request.SharedPods, sharedServices: in.request.SharedServices,
	}
}

// isMirror says whether a name is one of a cluster that has the ranges of another one that is declared.
func (in *inputs) isMirror(name string) bool {
	original := in.request.Facts.Clusters[name].SameAs
	_, declared := in.request.Facts.Clusters[original]
	return original != "" && declared
}

// withSameRanges are the other clusters that have the same ranges as one: the cluster that it mirrors, and the mirrors.
func (in *inputs) withSameRanges(name string) []string {
	original := cmp.Or(in.request.Facts.Clusters[name].SameAs, name)
	if len(in.mirrors[original]) == 0 {
		return nil
	}
	return slices.DeleteFunc(append([]string{original}, in.mirrors[original]...), func(other string) bool { return other == name })
}

// clusterClaimant is a declared cluster whose ranges become claims.
func (in *inputs) clusterClaimant(name string, prof *profile.Profile) conflict.Claimant {
	c := conflict.ClusterClaimant(name, in.request.Facts.Clusters[name], prof)
	c.Mirrors = in.withSameRanges(name)
	return c
}

// claimsWithMirrors are the claims that one range makes: that of a cluster, and those of all clusters that are to have the
// same range.
func (in *inputs) claimsWithMirrors(c conflict.Claim) []conflict.Claim {
	claims := []conflict.Claim{c}
	for _, name := range in.withSameRanges(c.Owner) {
		claims = append(claims, mirrorClaim(c, in.clusterClaimant(name, c.Profile)))
	}
	return claims
}

// existingAt is the place where the configuration says what a cluster or block holds.
func (in *inputs) existingAt(name string) topology.Path {
	return topology.Path{}.Attr("existing").Key(in.request.existingKey(name))
}

// existingUnknown says whether it may yet turn out that a cluster without state holds something, or held
// something before and takes it back.
func (in *inputs) existingUnknown(name string) bool {
	r := in.request
	if r.Unknown.Has("existing") || len(r.ExistingOf(name).Unknown) > 0 {
		return true
	}
	for key, e := range r.Existing {
		if len(e.Unknown) == 0 || r.Prior != nil && r.Prior.knew(key) {
			continue
		}
		owner := e.Unknown.Has("cluster") || e.Unknown.Has("block") // which is the same of blocks
		if owner || e.Cluster != "" && slices.Contains(r.Facts.OwnerNames(name), e.Cluster) {
			return true
		}
	}
	return false
}

// faultList collects what is wrong with a request.
type faultList []topology.Fault

func (l *faultList) fault(at topology.Path, problem any, options ...topology.Option) {
	*l = append(*l, topology.Fault{At: at, Problem: problem, Options: options})
}

func (l *faultList) warn(at topology.Path, problem any, options ...topology.Option) {
	*l = append(*l, topology.Fault{At: at, Problem: problem, Warn: true, Options: options})
}

// failed says whether some of the faults are more than warnings.
func (l faultList) failed() bool {
	return slices.ContainsFunc(l, func(f topology.Fault) bool { return !f.Warn })
}
