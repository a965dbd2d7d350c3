package messages

import (
	"fmt"
	"strings"

	"github.com/cidrplan/terraform-provider-cidrplan/internal/cidr"
	"github.com/cidrplan/terraform-provider-cidrplan/internal/manifests"
)

// AnAllocation is what the function manifests accepts.
const AnAllocation = "Expected an element of allocations, such as cidrplan_allocator.k8s.allocations[\"shop\"]"

// ArgumentIsAllocations says that an argument is a map of allocations. key is one of its keys.
func ArgumentIsAllocations(key string) string {
	return "the argument is a map of allocations. Expected one of them, such as cidrplan_allocator.k8s.allocations[" + Shown(key) + "]"
}

// SecondOptions says that a function has one object of options.
const SecondOptions = "one object with options is enough"

// OfOptions says whether a problem is one of the options, and not of the allocation.
func OfOptions(p manifests.Problem) bool {
	switch p.(type) {
	case manifests.OptionUnused, manifests.OptionOverlap, manifests.OptionLacks, manifests.OptionFamily, manifests.JoinTooSmall:
		return true
	}
	refused, is := p.(manifests.RangeRefused)
	return is && refused.Option != ""
}

// ManifestProblem says why a format cannot have an allocation or an option. It is the end of a sentence.
func ManifestProblem(p manifests.Problem) string {
	switch p := p.(type) {
	case manifests.NoRange:
		return noRange(p)
	case manifests.SeveralPodRanges:
		return fmt.Sprintf(
			"the format %s has one Pod range of each address family, and the allocation has %s. Formats with several Pod ranges: %s",
			p.Format, Join(p.Ranges), strings.Join(p.Other, ", "),
		)
	case manifests.NoNodeMask:
		return fmt.Sprintf(
			"the format %s requires the prefix length of the %s Pod block of each node, and the allocation has none. "+
				"Formats without it: %s",
			p.Format, p.Family, strings.Join(p.Other, ", "),
		)
	case manifests.NodeMaskRefused:
		return fmt.Sprintf(
			"the format %s accepts node masks %s for the Pod range %s, and the allocation has the node mask /%d",
			p.Format, lengthsBetween(p.Shortest, p.Longest), p.Pods, p.Mask,
		)
	case manifests.RangeRefused:
		return rangeRefused(p)
	case manifests.OwnOverlap:
		return fmt.Sprintf(
			"the ranges %s and %s of the allocation overlap. A cluster cannot use an address for two Pods, or for a Pod and a Service",
			p.A, p.B,
		)
	case manifests.NoDNSAddress:
		return fmt.Sprintf(
			"the format %s requires the tenth address of the Service range for cluster DNS, and %s has only %s addresses",
			p.Format, p.Services, cidr.Count(p.Services),
		)
	case manifests.InternalOverlap:
		return internalOverlap(p)
	case manifests.FamilyRefused:
		return fmt.Sprintf(
			"the format %s has no %s ranges, and the allocation has %s. Plan the cluster without ip_families, or use another format",
			p.Format, cidr.FamilyOf(p.Range), p.Range,
		)
	case manifests.NoNativeRange:
		return fmt.Sprintf(
			"with routed = true, Cilium has one native routing range of each address family, and no pod_aggregate contains the "+
				"Pod ranges %s. Plan the cluster with reserve_prefix_length, or omit routed",
			Join(p.Ranges),
		)
	case manifests.UnpairedPodRanges:
		return fmt.Sprintf(
			"the format %s has a Subnet for each pair of an IPv4 and an IPv6 Pod range, and the allocation has %s and %s. Pods in a "+
				"Subnet without a partner would have an address of one family only. Append a Pod range to the shorter list of the cluster",
			p.Format, Join(p.IPv4), Join(p.IPv6),
		)
	case manifests.OptionUnused:
		return fmt.Sprintf("%s has no effect on the format %s. Formats that use it: %s", p.Option, p.Format, strings.Join(p.Other, ", "))
	case manifests.OptionOverlap:
		return fmt.Sprintf("%s contains %s, which overlaps %s. These ranges must not overlap", p.Option, p.Range, p.Other)
	case manifests.OptionLacks:
		return fmt.Sprintf(
			"%s is %s and does not contain the Pod range %s, which the tool requires. Give a range that contains it, or omit the option",
			p.Option, p.Range, p.Pods,
		)
	case manifests.JoinTooSmall:
		return fmt.Sprintf(
			"join_cidrs contains %s, and the cluster has up to %s nodes, each of which requires an address. The format %s accepts "+
				"join ranges of /%d or larger",
			p.Range, p.Nodes, p.Format, p.Longest,
		)
	case manifests.OptionFamily:
		return optionFamily(p)
	}
	panic(fmt.Sprintf("no message for %T", p)) // a test has all types
}

func noRange(p manifests.NoRange) string {
	kind := kindOfRange(p.Kind)
	if p.Family != 0 {
		return fmt.Sprintf("the format %s requires an %s %s range, and the allocation has none", p.Format, p.Family, kind)
	}
	text := fmt.Sprintf("the format %s requires a %s range, and the allocation has none", p.Format, kind)
	if p.Kind == manifests.Pods {
		text += ". Pods that use subnets of the VPC have no range of their own"
	}
	return text
}

func internalOverlap(p manifests.InternalOverlap) string {
	text := fmt.Sprintf("%s overlaps %s, which is %s by default", p.Range, p.Internal, p.Use)
	if p.Option == "" {
		return text + ". Plan the cluster with another range: reserve " + p.Internal.String() + " in the allocator"
	}
	return text + ". Set a free range in the third argument, such as { " + p.Option + " = [cidrplan_blocks.joins.cidrs[\"shop\"]] }"
}

func optionFamily(p manifests.OptionFamily) string {
	if p.Max == 0 {
		kind := "join"
		if p.Option == manifests.ServicesOption {
			kind = "Service"
		}
		return fmt.Sprintf(
			"%s contains an %s range, and the cluster or the format %s has no %s %s range. Remove it",
			p.Option, p.Family, p.Format, p.Family, kind,
		)
	}
	return fmt.Sprintf("%s contains %d %s ranges, and the format %s has one", p.Option, p.Count, p.Family, p.Format)
}

func rangeRefused(p manifests.RangeRefused) string {
	holder := "the allocation has"
	if p.Option != "" {
		holder = p.Option + " contains"
	}
	return fmt.Sprintf(
		"the format %s accepts %s ranges %s, and %s %s",
		p.Format, kindOfRange(p.Kind), lengthsBetween(p.Shortest, p.Longest), holder, p.Range,
	)
}

func kindOfRange(k manifests.Kind) string {
	return map[manifests.Kind]string{manifests.Pods: "Pod", manifests.Services: "Service"}[k]
}

// lengthsBetween are prefix lengths such as /18 to /34.
func lengthsBetween(shortest, longest int) string {
	if shortest == longest {
		return fmt.Sprintf("of /%d only", shortest)
	}
	return fmt.Sprintf("from /%d to /%d", shortest, longest)
}
