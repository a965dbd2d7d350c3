package drift

import (
	"cmp"
	"net/netip"
	"slices"

	"github.com/cidrplan/terraform-provider-cidrplan/internal/conflict"
	"github.com/cidrplan/terraform-provider-cidrplan/internal/profile"
	"github.com/cidrplan/terraform-provider-cidrplan/internal/topology"
)

// Code names what differs.
type Code string

// Codes.
const (
	// NetworkUndeclared is a network of the cloud that nobody declared, NetworkGone a declared one that the cloud does not have.
	NetworkUndeclared Code = "network_undeclared"
	NetworkGone       Code = "network_gone"
	// BlockUndeclared and BlockGone are CIDR blocks of a network that both have, SubnetUndeclared and SubnetGone subnets of it.
	BlockUndeclared  Code = "block_undeclared"
	BlockGone        Code = "block_gone"
	SubnetUndeclared Code = "subnet_undeclared"
	SubnetGone       Code = "subnet_gone"
	// RouteUndeclared is a route to addresses of no network that is declared, RouteGone a declared route that the cloud does not have.
	RouteUndeclared Code = "route_undeclared"
	RouteGone       Code = "route_gone"
	// RequiredRouteMissing is a route that Pods of a cluster need.
	RequiredRouteMissing Code = "required_route_missing"
	// ClusterRangeDiffers is a cluster with other ranges than those that are allocated to it.
	ClusterRangeDiffers Code = "cluster_range_differs"
	// ClusterUndeclared is a cluster of the cloud that has no allocation, ClusterGone an allocation without a cluster.
	ClusterUndeclared Code = "cluster_undeclared"
	ClusterGone       Code = "cluster_gone"
	// OtherRangeUndeclared is a range that a cluster of the cloud uses beside Pods and Services and that its declaration does not have,
	// OtherRangeGone one that the declaration has and that the cluster does not use.
	OtherRangeUndeclared Code = "other_range_undeclared"
	OtherRangeGone       Code = "other_range_gone"
	// ReleasedClusterExists is a cluster whose ranges are released and still in use, ReleasedClusterGone one whose ranges can be reclaimed.
	ReleasedClusterExists Code = "released_cluster_exists"
	ReleasedClusterGone   Code = "released_cluster_gone"
	// ObjectUnplaced is an object of the cloud that belongs to nothing that was given.
	ObjectUnplaced Code = "object_unplaced"
)

// levels are how serious differences are. What is expected in the course of a change is a note.
var levels = map[Code]profile.Level{
	NetworkUndeclared: profile.Warn, NetworkGone: profile.Warn, BlockUndeclared: profile.Warn, BlockGone: profile.Warn,
	SubnetUndeclared: profile.Warn, SubnetGone: profile.Warn, RouteUndeclared: profile.Warn, RouteGone: profile.Warn,
	RequiredRouteMissing: profile.Warn, ClusterRangeDiffers: profile.Error, ClusterUndeclared: profile.Warn, ClusterGone: profile.Allow,
	OtherRangeUndeclared: profile.Warn, OtherRangeGone: profile.Warn,
	ReleasedClusterExists: profile.Warn, ReleasedClusterGone: profile.Allow, ObjectUnplaced: profile.Allow,
}

// Codes are all codes in order.
func Codes() []string {
	var out []string
	for code := range levels {
		out = append(out, string(code))
	}
	slices.Sort(out)
	return out
}

// Level is how serious differences of a code are; profile.Allow is a note.
func (c Code) Level() profile.Level { return levels[c] }

// Difference is one thing in which a cloud differs from what is declared or allocated.
type Difference struct {
	Code Code
	// Name is the network or cluster. Part is the name of a subnet or route, of a required route that of the cluster, and of
	// another range of a cluster that of its use.
	Name, Part string
	// Range is the range that is there or missing; the first one of a network or cluster.
	Range netip.Prefix
	// Declared and Observed are all ranges of a network or cluster.
	Declared, Observed []netip.Prefix
	// At is the place of what is declared, or of what was observed where nothing is.
	At topology.Path
	// Note says why an object is unplaced.
	Note string
}

// Key is the key under which the difference is accepted.
func (d Difference) Key() conflict.Key {
	return conflict.Key{Code: string(d.Code), Shared: d.Range, Parties: []string{conflict.Party{Owner: d.Name, Part: d.Part}.String()}}
}

// sorted puts differences into an order that depends on nothing else: the serious ones first.
func sorted(all []Difference) []Difference {
	slices.SortFunc(all, func(a, b Difference) int {
		return cmp.Or(
			cmp.Compare(b.Code.Level(), a.Code.Level()), cmp.Compare(a.Code, b.Code),
			cmp.Compare(a.Name, b.Name), cmp.Compare(a.Part, b.Part), a.Range.Compare(b.Range),
		)
	})
	return all
}
