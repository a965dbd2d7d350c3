package messages

import (
	"fmt"

	"github.com/cidrplan/terraform-provider-cidrplan/internal/allocate"
	"github.com/cidrplan/terraform-provider-cidrplan/internal/conflict"
	"github.com/cidrplan/terraform-provider-cidrplan/internal/profile"
	"github.com/cidrplan/terraform-provider-cidrplan/internal/topology"
)

// notAcceptedReason says why an argument is not accepted: the end of a sentence.
func notAcceptedReason(reason any) string {
	switch r := reason.(type) {
	case topology.SizeGiven:
		return fmt.Sprintf("%s = %s already gives the size", r.Argument, r.Value)
	case topology.NoProtectionLevel:
		return "hubs of this kind have no protection level"
	case topology.IPv4First:
		return "a cluster always has IPv4, and IPv6 can only be its second address family"
	case topology.NoDNSAddress:
		return fmt.Sprintf("cidrplan knows no argument of %s for the address of cluster DNS", r.Profile)
	case topology.NotAnAddress:
		return "it is not an IP address such as 10.0.0.10"
	case topology.SurgeWithoutNodes:
		return "it is counted beside max_nodes, which is not set"
	case topology.NoPodRangeChosen:
		return "cidrplan allocates no Pod range for this cluster"
	case topology.PodsHaveRange:
		return fmt.Sprintf("with %s, Pods use a range of their own and no subnets of the VPC", r.Profile)
	case topology.ServicesInPodRange:
		return fmt.Sprintf("with %s, the Service range is the last part of the Pod range", r.Profile)
	case topology.IPv6NotRequested:
		return `ip_families does not contain "ipv6"`
	case topology.IPv6OfPlatform:
		return fmt.Sprintf("with %s, the cluster has no such range of its own; its IPv6 addresses come from the VPC, or the platform "+
			"chooses them", r.Profile)
	case topology.NoOtherRanges:
		return fmt.Sprintf("clusters with %s use no ranges beside Pods and Services", r.Profile)
	case topology.NameDeclared:
		return fmt.Sprintf("a %s of that name is declared", nameKinds[r.Kind])
	case topology.PreviousNameShared:
		if r.Kind != 0 {
			return fmt.Sprintf("%s %q also lists it in previous_names", nameKinds[r.Kind], r.Owner)
		}
		return fmt.Sprintf("%q also lists it in previous_names", r.Owner)
	case topology.NotInAppendRanges:
		return fmt.Sprintf("append_ranges does not name %s", r.Ranges)
	case topology.CannotAppend:
		return cannotAppend(r)
	case topology.CurrentName:
		return "it is the current name"
	}
	return mirrorReason(reason)
}

// mirrorReason says why a cluster cannot have the ranges of another one.
func mirrorReason(reason any) string {
	switch r := reason.(type) {
	case topology.MirrorHasRangesOf:
		return fmt.Sprintf("with same_as, the cluster has the ranges and sizes of cluster %q", r.Cluster)
	case topology.MirrorOfItself:
		return "the cluster names itself"
	case topology.MirrorOfMirror:
		return fmt.Sprintf("that cluster is itself a mirror cluster of %q", r.Cluster)
	case topology.MirrorInMesh:
		return fmt.Sprintf(
			"the cluster and cluster %q are members of mesh %q, and the ranges of all members of a flat mesh must be disjoint",
			r.Cluster, r.Mesh,
		)
	case topology.MirrorInVRF:
		return fmt.Sprintf(
			"the cluster and cluster %q are both in %s, and two clusters that reach each other, or may be connected later, cannot have "+
				"the same ranges",
			r.Cluster, vrf(r.VRF),
		)
	}
	return planReason(reason)
}

// planReason says why the planner does not accept an argument.
func planReason(reason any) string {
	switch r := reason.(type) {
	case allocate.NameOfBlocks:
		return fmt.Sprintf("claims refer to cidrplan_blocks %q in this form", r.Name)
	case allocate.TokensUnknown:
		return fmt.Sprintf("the plan cannot show which %s get other ranges", Writer{OfBlocks: r.OfBlocks}.Terms().Many)
	case allocate.NameHoldsRanges:
		return fmt.Sprintf("a %s of that name is declared and keeps its own ranges", nameKinds[r.Kind])
	case allocate.NoFixedNodeBlock:
		return fmt.Sprintf("with %s, node blocks do not have one fixed size", r.Profile)
	case allocate.NoIPv6NodeBlock:
		return fmt.Sprintf("with %s, nodes have no IPv6 block from a range of the cluster", r.Profile)
	case allocate.ExistingRenumbered:
		return fmt.Sprintf("the %s is renumbered, and existing would give it its old ranges again", nameKinds[r.Kind])
	case allocate.PinnedToHeld:
		return fmt.Sprintf("the configuration pins the %s to the ranges that it holds, so they would not change", nameKinds[r.Kind])
	case allocate.MirrorKeepsRanges:
		return fmt.Sprintf("mirror cluster %q (same_as) has the same ranges and would keep them", r.Cluster)
	case allocate.OthersReleased:
		return "only Pod and Service ranges are released"
	case topology.OnlyObjects:
		return "declare accepts only arguments that contain objects"
	}
	return ""
}

// missingReason is a sentence that says why a value is required, without its full stop; "" where nothing needs to be said.
func missingReason(reason any) string {
	switch r := reason.(type) {
	case conflict.ReasonNeeded:
		return "The reason says why the conflict is accepted"
	case allocate.NodeBlockSizeNeeded:
		return "The cluster has node blocks of a fixed size that cannot be changed later, so cidrplan does not guess it"
	case allocate.ServiceRangeSizeNeeded:
		return "The Service range is a part of the Pod range and cannot be changed later, so cidrplan does not guess its size"
	case allocate.DefaultNodeBlockTooLarge:
		return fmt.Sprintf(
			"pod_ipv6_cidr = %s has no room for node blocks of the default size /%d, so the cluster uses another size",
			r.PodRange, r.NodeMask,
		)
	case allocate.PodsOrServicesNeeded:
		return "Set pod_cidrs, service_cidr or both"
	case allocate.RangesOfExistingNeeded:
		return fmt.Sprintf(
			"Cluster %q exists, and nothing says which Pod and Service ranges it has, so cidrplan would allocate other ones", r.Cluster,
		)
	case allocate.ServiceRangeChosen:
		return fmt.Sprintf(
			"Without a Service range, the platform of profile %s chooses one of %s, so cidrplan does not know which of them the cluster "+
				"has", r.Profile, Listed(rangeTexts(r.Ranges), maxListed),
		)
	case allocate.PodRangeSizeNeeded:
		return "The Pod range cannot be changed during the life of the cluster, so cidrplan does not guess its size"
	case topology.NameOfImport:
		return "Import by name"
	case topology.InDeclareOrOutside:
		return "Set it as an argument or in declare"
	}
	return ""
}

// emptyReason says which value is empty: a sentence without its full stop.
func emptyReason(reason any) string {
	switch r := reason.(type) {
	case topology.NameNeeded:
		return "The key is empty. It is the name"
	case allocate.TokenEmpty:
		return "The token is empty. A token is a text that this argument has not contained before"
	case allocate.BlockWithoutSize:
		return fmt.Sprintf("Block %q has no size. Set prefix_length, addresses or cidr", r.Block)
	case topology.ElementEmpty:
		return "The element is empty"
	case topology.ElementNull:
		return "The element is null"
	case topology.DefaultInUse:
		return fmt.Sprintf(
			"The list is empty, and without the argument the cluster uses the default %s %s. List other ranges, or omit the argument",
			r.Title, Join(r.Ranges),
		)
	case topology.ValueEmpty:
		return "The value is empty. Omit an argument that has no value, or set it to null"
	}
	return ""
}

// limitOf names who sets the bound of a list.
func limitOf(l topology.Limit) string {
	switch {
	case l.Profile != "":
		return l.Profile
	case l.Argument != "":
		return l.Argument
	}
	return "the platform"
}

// cannotAppend says that a platform cannot append ranges, or that no source says that it can.
func cannotAppend(r topology.CannotAppend) string {
	kind := map[string]string{profile.PodRanges: "Pod", profile.ServiceRanges: "Service"}[r.Ranges]
	if r.Text == "" {
		return fmt.Sprintf("with %s, no published source says that %s ranges can be added to a cluster", r.Profile, kind)
	}
	return fmt.Sprintf("with %s, cidrplan cannot append %s ranges to a cluster", r.Profile, kind)
}
