package provider

import (
	"fmt"
	"strings"

	"github.com/cidrplan/terraform-provider-cidrplan/internal/conflict"
)

// waysOut lists what can be done, the least harm first.
func waysOut(f conflict.Finding) string {
	var ways []string
	switch {
	case f.A.OfCluster() && f.A.Part != "":
		ways = append(ways, fmt.Sprintf("give the Pods of cluster %q a subnet of their own that the rule below allows", f.A.Owner))
		if f.B != nil {
			return "Ways out: " + ways[0] + "."
		}
	case f.A.SameAs != "" && f.A.Pinned:
		ways = append(ways, twinsWay(f.A))
	case f.A.Assumed:
		ways = append(ways, fmt.Sprintf("set service_cidr of cluster %q to the range that it really has", f.A.Owner))
	case f.A.OfCluster() && f.A.Pinned && f.Instead.IsValid():
		ways = append(ways, fmt.Sprintf("give cluster %q another range, such as %s, the nearest free one of this size", f.A.Owner, f.Instead))
	case f.B == nil: // the rule says which ranges would do
	case f.A.OfCluster() && f.A.Pinned:
		ways = append(ways, fmt.Sprintf("give cluster %q another range; none of this size is free in the supernets", f.A.Owner))
	case f.A.OfCluster() && f.A.At[0].Attr == "existing":
		ways = append(ways, fmt.Sprintf("correct %s if cluster %q does not hold this range", f.A.At, f.A.Owner))
	case f.A.OfCluster():
		ways = append(ways, fmt.Sprintf("undo the change that brought the conflict: cluster %q holds its range already, and it is never moved silently", f.A.Owner))
	}
	if f.B != nil {
		ways = append(ways, othersWays(f)...)
	}
	if f.A.OfCluster() && !f.A.Pinned && !f.A.Assumed && f.A.Part == "" && f.A.At[0].Attr == "clusters" {
		ways = append(ways, fmt.Sprintf("build a second cluster under another name and move over; or let this one move, which rebuilds it: renumber = { %s }", tokens(f.A)))
	}
	if f.B == nil && len(ways) == 0 {
		ways = append(ways, "choose a range that the rule below allows")
	}
	return "Ways out: " + strings.Join(ways, "; or ") + "."
}

func othersWays(f conflict.Finding) []string {
	var ways []string
	switch f.B.Kind {
	case conflict.Route:
		ways = append(ways, fmt.Sprintf("set summary = true on route %q if it is an aggregate that occupies nothing", f.B.Part))
		if f.B.Network != f.A.Network {
			ways = append(ways, fmt.Sprintf("set its next_hop to peering or transit if it is the way to network %q", f.A.Network))
		}
	case conflict.Reserved:
		if f.B.Kept {
			return ways
		}
		if f.B.Released {
			return append(ways, fmt.Sprintf("add %q to reclaim if nothing uses the range any more", f.B.Owner))
		}
		if f.B.Undeclared {
			return append(ways, fmt.Sprintf("remove %s if the cluster is gone or does not hold this range", f.B.At))
		}
		ways = append(ways, fmt.Sprintf("narrow or remove %q", f.B.Owner))
	case conflict.Subnet, conflict.VPC, conflict.Site:
		whose := fmt.Sprintf("%q", f.B.Owner)
		if !f.A.OfCluster() {
			whose = fmt.Sprintf("%q or %q", f.A.Owner, f.B.Owner)
		}
		what := "blocks"
		if f.B.Kind == conflict.Subnet {
			what = "subnets"
		}
		if f.B.Advertised {
			what = "advertised_cidrs"
		}
		ways = append(ways, fmt.Sprintf("correct the %s of %s if they are wider than what is in use", what, whose))
	case conflict.Pod, conflict.Service:
		switch {
		case f.B.SameAs != "" && f.B.Pinned && f.B.Owner != f.A.Owner:
			ways = append(ways, twinsWay(*f.B))
		case f.B.Assumed:
			ways = append(ways, fmt.Sprintf("set service_cidr of cluster %q to the range that it really has", f.B.Owner))
		case f.B.Pinned && f.B.Owner != f.A.Owner:
			ways = append(ways, fmt.Sprintf("give cluster %q another range", f.B.Owner))
		}
	}
	switch {
	case f.Mesh != "":
		ways = append(ways, fmt.Sprintf("take one of the clusters out of mesh %q", f.Mesh))
	case f.Third != "" || f.Hub != "":
		ways = append(ways, "detach one of the two networks")
	}
	return ways
}
