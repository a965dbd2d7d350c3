package allocate

import (
	"net/netip"

	"github.com/cidrplan/terraform-provider-cidrplan/internal/cidr"
	"github.com/cidrplan/terraform-provider-cidrplan/internal/conflict"
	"github.com/cidrplan/terraform-provider-cidrplan/internal/profile"
)

// The problems of a topology.Fault that the planner adds to those of package topology.
type (
	// Unsized says that a need cannot be served by the profile.
	Unsized struct {
		Cluster string
		Profile *profile.Profile
		*profile.SizeError
	}
	// Doubled says that lost addresses made each node block twice as large. It only warns.
	Doubled struct {
		Cluster     string
		Profile     *profile.Profile
		PodsPerNode int64
		// Lost is the number of addresses lost in each block of Mask, Fitting the largest
		// pods_per_node that a block half as large would hold.
		Lost, Fitting int64
		Mask          int
	}
	// Changed says that an output of a cluster that holds ranges would change.
	Changed struct{ Cluster, Argument, Held, Wanted string }
	// Outgrown says that a need no longer fits what the cluster holds.
	Outgrown struct {
		Cluster string
		Wanted  int64
		// Largest is the largest need that what is held serves.
		Largest int64
		Held    profile.Ranges
		Profile *profile.Profile
	}
	// NoRoom says that no free range does for a cluster.
	NoRoom struct {
		Cluster string
		Kind    conflict.Kind
		Length  int
		// From are the supernets that were searched, Pool their name if they have one.
		From []netip.Prefix
		Pool string
		// Room is what the platform takes of From at this length, before anything is taken.
		Room []netip.Prefix
		// Free counts the free blocks by prefix length.
		Free []cidr.SizeCount
		// Holders are who holds the rest.
		Holders []conflict.Claim
		// GaveUp says that a search was cut short, so that a placement may yet exist.
		GaveUp bool
	}
	// Contradicted says that existing gives a cluster other ranges than the state holds.
	Contradicted struct{ Cluster, Held, Given string }
)
