package messages

import (
	"cmp"
	"fmt"
	"net/netip"
	"strings"

	"github.com/cidrplan/terraform-provider-cidrplan/internal/allocate"
	"github.com/cidrplan/terraform-provider-cidrplan/internal/topology"
)

// contradicted names what a value contradicts.
func contradicted(other any) string {
	switch o := other.(type) {
	case topology.ArgumentValue:
		if text, is := o.Value.(string); is {
			return fmt.Sprintf("%s = %q", o.Argument, text)
		}
		return fmt.Sprintf("%s = %s", o.Argument, given(o.Value))
	case topology.ProfileOfCluster:
		return "the profile of the cluster"
	case topology.SameAsOfCluster:
		return fmt.Sprintf("same_as = %q of the cluster", o.SameAs)
	case topology.PodRangeLength:
		return fmt.Sprintf("the Pod range of /%d", o.Length)
	case topology.NodeAddresses:
		return fmt.Sprintf("pod_cidrs = %s with %d addresses for each node", Join(o.PodCIDRs), o.Addresses)
	case topology.CountedRanges:
		return countedRanges(o)
	case topology.NodeBlocks:
		return fmt.Sprintf("pod_ipv6_cidr = %s with a block of /%d for each node", o.PodIPv6CIDR, o.Mask)
	}
	panic(fmt.Sprintf("no text for %T", other))
}

// countedRanges are several ranges with what each serves.
func countedRanges(c topology.CountedRanges) string {
	var texts []string
	for i, r := range c.Ranges {
		text := fmt.Sprintf("%s (%d)", r, c.Served[i])
		if c.Served[i] == 0 {
			text = fmt.Sprintf("%s (inside of another one)", r)
		}
		texts = append(texts, text)
	}
	return "the ranges " + strings.Join(texts, " and ")
}

// given is a value as a sentence has it.
func given(value any) string {
	switch v := value.(type) {
	case netip.Prefix:
		if !v.IsValid() {
			return "none"
		}
	case []netip.Prefix:
		return Join(v)
	case []string:
		return cmp.Or(strings.Join(v, ", "), "none")
	case topology.AtMost:
		return fmt.Sprintf("at most %d", v)
	case topology.KnownAfterApply:
		return "(known after apply)"
	case topology.LastPartOfPods:
		return "a Service range that is its last part"
	case allocate.HeldSubnet:
		return fmt.Sprintf("%s (%s)", v.Name, v.CIDR)
	case allocate.ProfileOfSubnets:
		return "one whose Pods are in subnets"
	case allocate.NotChosen:
		return "a range that is still to be chosen"
	case allocate.AnotherRange:
		return "another one"
	}
	return fmt.Sprint(value)
}

// rangesOverlap says which two ranges of one declaration share addresses.
func rangesOverlap(e topology.RangesOverlap) string {
	if e.First != "" {
		return fmt.Sprintf("%s overlaps %s, which is %s of the cluster. Pod ranges of a cluster must not overlap.", e.A, e.B, e.First)
	}
	return fmt.Sprintf(
		"%s overlaps %s in the same list. Ranges in this list must not overlap.", rangeOf(e.A, e.AName), rangeOf(e.B, e.BName),
	)
}
