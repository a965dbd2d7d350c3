package allocate

import (
	"net/netip"

	"github.com/cidrplan/terraform-provider-cidrplan/internal/cidr"
	"github.com/cidrplan/terraform-provider-cidrplan/internal/conflict"
	"github.com/cidrplan/terraform-provider-cidrplan/internal/profile"
	"github.com/cidrplan/terraform-provider-cidrplan/internal/topology"
)

// The problems of a topology.Fault that the planner adds to those of package topology.
type (
	// PublicSupernet says that a supernet holds addresses that are public, or set aside for a use of their own.
	PublicSupernet struct {
		Range netip.Prefix
		// Private are the parts that are allocated from, where it holds private addresses as well.
		Private []netip.Prefix
		// Use is what the data of the registries says that the addresses are, "" where they are public.
		Use string
	}
	// UnusableSupernet says that no network can use any address of a supernet, and why. It only warns.
	UnusableSupernet struct {
		Range netip.Prefix
		// Rules are those of the ranges that no network can use and that the supernet is in.
		Rules []profile.Rule
		// ClassE says that allow_class_e allows the supernet.
		ClassE bool
	}
	// NeedNotServed says that a need cannot be served by the profile.
	NeedNotServed struct {
		Cluster string
		Profile *profile.Profile
		*profile.SizeError
	}
	// BlockSizeNotServed says that a platform has no subnet with so many addresses.
	BlockSizeNotServed struct {
		Block    string
		Platform profile.Platform
		*profile.SizeError
	}
	// OutsideSupernets says that a block is in none of the supernets. It only warns.
	OutsideSupernets struct {
		Block string
		Range netip.Prefix
		From  []netip.Prefix
		// Others are further blocks of which the same is said.
		Others []OutsideSupernets
	}
	// DoubledNodeBlock says that lost addresses made each node block twice as large. It only warns.
	DoubledNodeBlock struct {
		Cluster     string
		Profile     *profile.Profile
		PodsPerNode int64
		// Lost is the number of addresses lost in each block of Mask, Fitting the largest
		// pods_per_node that a block half as large would hold.
		Lost, Fitting int64
		Mask          int
		// Others are further clusters of which the same is said.
		Others []DoubledNodeBlock
	}
	// NoNodes says that a Pod range that is given has no room for the addresses of a single node.
	NoNodes struct {
		Cluster string
		Profile *profile.Profile
		Range   netip.Prefix
		// Service is the part of Range that Services take, invalid where they take none.
		Service netip.Prefix
		// Node counts the addresses that a node takes; of an IPv6 range Mask6 is the prefix length of its block.
		Node  int64
		Mask6 int
	}
	// AssumedRanges says that a cluster is taken to have the ranges, of Pods or Services, that its platform uses by itself. Several
	// Service ranges are those of which the platform chooses one. It only warns.
	AssumedRanges struct {
		Cluster string
		Profile *profile.Profile
		Kind    conflict.Kind
		Ranges  []netip.Prefix
		// Existing is the entry of existing that says that the cluster exists, nil where there is none.
		Existing topology.Path
		// Others are further clusters of which the same is said.
		Others []AssumedRanges
	}
	// NotAppended says that a list of ranges would be changed other than by further ones at the end.
	NotAppended struct {
		Cluster      string
		Profile      *profile.Profile
		Held, Wanted []netip.Prefix
	}
	// NothingToReclaim says that a name is not among what was released, or that it acted before and
	// frees nothing that was released since. It only warns.
	NothingToReclaim struct {
		Name     string
		Released []string
		Acted    bool
	}
	// ReleasePrevented says that a cluster would release ranges that it must not.
	ReleasePrevented struct {
		Cluster    string
		Held       profile.Ranges
		Renumbered bool
		// MayBe are new clusters in the same place with the same profile: the cluster may be one of them.
		MayBe []string
	}
	// Moved says that a cluster gets other ranges because the configuration asks for it. It only
	// warns. Arguments are those of the cloud resource that change, with their values before and now; where
	// the new ranges are not known yet, all that hold ranges. Resources are the types of that resource.
	Moved struct {
		Cluster   string
		Was, Now  profile.Ranges
		Output    string
		Arguments []Argument
		Resources []string
	}
	// Appended says which clusters that exist get further ranges, by name. It only warns.
	Appended struct{ Clusters []AppendedRanges }
	// SubnetsIgnored says which clusters that exist get further Pod subnets that the provider of their cloud
	// does not pass on, by name. It only warns.
	SubnetsIgnored struct{ Clusters []AddedSubnets }
	// GrowthPostponed says that a further range cannot be chosen yet.
	GrowthPostponed struct {
		Cluster string
		Unknown []topology.Path
	}
	// UnknownToImport says that a cluster is not in the state that was imported, so that it may be new or
	// forgotten.
	UnknownToImport struct{ Cluster string }
	// Changed says that an output of a cluster that holds ranges would change. SameAs names the cluster
	// that it would take after, "" where its own needs ask for the change.
	// Outcome says what the change does to the resource of the cluster, where that is known.
	Changed struct {
		Cluster, Argument string
		// Held is the value that goes with what is held, Wanted the one that is asked for. Each is a string, int, netip.Prefix, list
		// of strings or prefixes, or one of the types of held values.
		Held, Wanted any
		SameAs       string
		Outcome      profile.Outcome
	}
	// Outgrown says that a need no longer fits what the cluster holds.
	Outgrown struct {
		Cluster string
		Wanted  int64
		// Largest is the largest need that what is held serves.
		Largest int64
		Held    profile.Ranges
		Profile *profile.Profile
	}
	// NoSubnetData says that a block asks for usable addresses on a platform of which nobody knows how many
	// addresses of a subnet it keeps.
	NoSubnetData struct {
		Block    string
		Platform profile.Platform
	}
	// NoRoom says that no free range does for a cluster, nor for Others where the same is in their way.
	NoRoom struct {
		MissingRange
		Others []MissingRange
		Family cidr.Family
		// From are the supernets that were searched, Pool their name if they have one.
		From []netip.Prefix
		Pool string
		// Room is what the platform takes of From at this length, before anything is taken.
		Room []netip.Prefix
		// Excluding are the rules of the platform that leave nothing of From for such a range; empty where Room is not.
		Excluding []profile.Rule
		// Free counts the free blocks by prefix length.
		Free []cidr.SizeCount
		// Holders are the largest of those that hold all else, released ranges among them; HolderCount is the
		// number of all of them.
		Holders     []conflict.Claim
		HolderCount int
		// Elsewhere are the largest of the ranges that a ledger says others hold; ElsewhereCount is the number of all of them.
		Elsewhere      []netip.Prefix
		ElsewhereCount int
		// CutShort says that a search was cut short, so that a placement may yet exist.
		CutShort bool
	}
	// UnusedAcceptance says that there is no conflict of a key that is accepted. It only warns.
	UnusedAcceptance struct{ Key string }
	// SharedName says that claims of others bear the planner's own name and are none that it holds. It only warns.
	SharedName struct {
		Name string
		// Claims come in the order of their keys.
		Claims []topology.Foreign
	}
	// ContradictsState says that existing gives a cluster other ranges than the state holds.
	ContradictsState struct {
		Cluster string
		// Held and Given are values like those of Changed.
		Held, Given any
	}
)

// MissingRange is one range that a cluster needs and does not get.
type MissingRange struct {
	Cluster string
	Kind    conflict.Kind
	Length  int
}

// Argument is one of a cloud resource whose value changes, and what becomes of the cluster.
type Argument struct {
	Name, Was, Now string
	Outcome        profile.Outcome
}

// AppendedRanges are ranges of one kind and family that one cluster holds and those that are added behind them.
type AppendedRanges struct {
	Cluster string
	Profile *profile.Profile
	// List is the attribute that names further ranges, and Kind profile.PodRanges or profile.ServiceRanges.
	List, Kind  string
	Held, Added []netip.Prefix
	// Serves is the number of nodes or Services that Held serves, beside Surge nodes of an upgrade. Wanted is the max_nodes or max_services
	// that is asked for. Pinned says that List names the ranges.
	Serves, Surge, Wanted int64
	Pinned                bool
	// SameAs is the cluster whose ranges the cluster has, "" where it has its own.
	SameAs string
	// Reserve is the growth reserve of the cluster and Outside those of Added that are not in it, both empty where there is no reserve.
	Reserve netip.Prefix
	Outside []netip.Prefix
}

// AddedSubnets are the Pod subnets that are added to a cluster.
type AddedSubnets struct {
	Cluster string
	Profile *profile.Profile
	Added   []string
}
