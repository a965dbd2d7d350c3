package topology

import "net/netip"

// The reasons of NotAccepted, and what Missing and Empty say about the value. They are data; package messages words them.
type (
	// SizeGiven says that another argument gives the size of the block already.
	SizeGiven struct{ Argument, Value string }
	// NoProtectionLevel says that hubs of this kind have no protection level.
	NoProtectionLevel struct{}
	// IPv4First says that a cluster has IPv4, and may have IPv6 as its second family.
	IPv4First struct{}
	// NoDNSAddress says that clusters of a profile cannot give the address of cluster DNS.
	NoDNSAddress struct{ Profile string }
	// NotAnAddress says that a value is no IP address.
	NotAnAddress struct{}
	// SurgeWithoutNodes says that the nodes of an upgrade are given without the number of nodes beside which they are counted.
	SurgeWithoutNodes struct{}
	// NoPodRangeChosen says that no Pod range is allocated for the cluster.
	NoPodRangeChosen struct{}
	// PodsHaveRange says that Pods of a profile have a range of their own and use no subnets.
	PodsHaveRange struct{ Profile string }
	// ServicesInPodRange says that the Service range of a profile is the last part of the Pod range.
	ServicesInPodRange struct{ Profile string }
	// IPv6NotRequested says that ip_families does not name IPv6.
	IPv6NotRequested struct{}
	// IPv6OfPlatform says that clusters of a profile have no such IPv6 range of their own: the addresses are those of
	// the VPC, or the platform chooses them.
	IPv6OfPlatform struct{ Profile string }
	// NoOtherRanges says that clusters of a profile use no ranges beside Pods and Services.
	NoOtherRanges struct{ Profile string }
	// DefaultInUse says that a cluster uses these ranges where none is given. Title says what for.
	DefaultInUse struct {
		Title  string
		Ranges []netip.Prefix
	}
	// NameDeclared says that a previous name is the name of something that is declared.
	NameDeclared struct{ Kind NameKind }
	// PreviousNameShared says that Owner lists the same previous name. Kind is ClusterName or BlockName, 0 for other owners.
	PreviousNameShared struct {
		Kind  NameKind
		Owner string
	}
	// CurrentName says that a previous name is the current name.
	CurrentName struct{}
	// MirrorHasRangesOf says that a mirror cluster has the ranges and sizes of another cluster.
	MirrorHasRangesOf struct{ Cluster string }
	// MirrorOfItself says that same_as names the cluster itself.
	MirrorOfItself struct{}
	// MirrorOfMirror says that the cluster that same_as names is a mirror of Cluster.
	MirrorOfMirror struct{ Cluster string }
	// MirrorInMesh says that a mirror is in one flat mesh with a cluster that has the same ranges.
	MirrorInMesh struct{ Cluster, Mesh string }
	// MirrorInVRF says that a mirror is in one VRF with a cluster that has the same ranges. VRF is "" for the unnamed one.
	MirrorInVRF struct{ Cluster, VRF string }
	// NameNeeded says that a key is empty; it is the name.
	NameNeeded struct{}
	// ElementEmpty says that an element of a list or map is empty.
	ElementEmpty struct{}
	// ElementNull says that an element of a list or map is null.
	ElementNull struct{}
	// ValueEmpty says that a text is empty.
	ValueEmpty struct{}
	// NameOfImport says that an import gives no name.
	NameOfImport struct{}
	// InDeclareOrOutside says that an argument can be set by itself or in declare.
	InDeclareOrOutside struct{}
	// OnlyObjects says that declare accepts no such argument.
	OnlyObjects struct{}
)
