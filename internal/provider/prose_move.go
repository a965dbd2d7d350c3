package provider

import (
	"fmt"
	"strings"

	"github.com/cidrplan/terraform-provider-cidrplan/internal/allocate"
	"github.com/cidrplan/terraform-provider-cidrplan/internal/profile"
	"github.com/cidrplan/terraform-provider-cidrplan/internal/topology"
)

// otherNetwork reports a cluster that holds ranges and is declared in another VPC or site.
func (p prose) otherNetwork(e allocate.OtherNetwork) (summary, detail string) {
	if e.Confirmed {
		return "Cluster Moves With Its Ranges", fmt.Sprintf(
			"Cluster %q holds its ranges in %q and is now declared in %q. It keeps the ranges that it is pinned to (%s), because renumber has a new token for it.\n\n"+
				"If a cluster in %q still has these ranges, remove it before the one in %q is created: two clusters with the same ranges must not reach each other.", e.Cluster, e.Was, e.Now, holding(e.Held), e.Was, e.Now)
	}
	lines := []string{
		fmt.Sprintf("Cluster %q holds its ranges (%s) in %q, and the configuration now declares it in %q.", e.Cluster, holding(e.Held), e.Was, e.Now), "",
		"A cluster cannot move to another network: the cloud destroys it and builds a new one. During the migration both would have the same ranges, " +
			"and a network that reaches both, such as one on the same hub, would reach only one of them.", "",
		"To resolve, do one of the following:",
	}
	for _, option := range p.moveOptions(e) {
		lines = append(lines, "  - "+option)
	}
	return "Cluster Moves to Another Network", strings.Join(lines, "\n")
}

// moveOptions are the options of who declares a cluster in another network, each of which resolves the error.
func (p prose) moveOptions(e allocate.OtherNetwork) []string {
	token := fmt.Sprintf("renumber = { %q = \"<a new token>\" }", e.Cluster)
	back, there := fmt.Sprintf("Set vpc = %q again.", e.Was), "Keep"
	if e.Gone {
		back, there = fmt.Sprintf("Declare %q again, and set vpc = %q.", e.Was, e.Was), fmt.Sprintf("Declare %q again, keep", e.Was)
	}
	second := fmt.Sprintf("%s %q in %q, and declare the cluster in %q under another name. It gets ranges of its own; remove %q after the migration.", there, e.Cluster, e.Was, e.Now, e.Cluster)
	if e.Renamed {
		second = fmt.Sprintf("Remove the old name from previous_names, so that %q is a new cluster with ranges of its own. Declare the old cluster in %q as before, until the migration is done.", e.Cluster, e.Was)
	}
	renumber := "Give the cluster other ranges together with the move: " + token + "."
	stays := fmt.Sprintf("If the cluster has always been in %q and only the declaration was wrong, pin it to what it holds and confirm that with a token: %s, %s.", e.Now, pinsOf(e.Held), token)
	switch {
	case e.Pinned:
		renumber = "Give the cluster other ranges together with the move: remove or change its pins, and set " + token + "."
		stays = fmt.Sprintf("If the cluster has always been in %q and only the declaration was wrong, confirm that it keeps its ranges: %s.", e.Now, token)
	case e.PinnedPart:
		renumber = "Give the cluster other ranges together with the move: remove or change its pins, and set " + token + "."
	}
	var options []string
	if e.Renamable {
		kind, attr := "VPC", "vpcs"
		if e.Site {
			kind, attr = "site", "sites"
		}
		options = append(options, fmt.Sprintf("If %q is the same %s under a new name, say so: previous_names = [%q] in %s.", e.Now, kind, e.Was, p.shownIn(topology.Path{}.Attr(attr).Key(e.Now))))
	}
	return append(options, back, second, renumber, stays)
}

// pinsOf writes the arguments that pin a cluster to ranges. A Service range inside the Pod range is pinned with it.
func pinsOf(held profile.Ranges) string {
	var pins []string
	if len(held.Pods) > 0 {
		var quoted []string
		for _, pods := range held.Pods {
			quoted = append(quoted, fmt.Sprintf("%q", pods))
		}
		pins = append(pins, "pod_cidrs = ["+strings.Join(quoted, ", ")+"]")
	}
	if held.Service.IsValid() && !(len(held.Pods) > 0 && held.Pods[0].Contains(held.Service.Addr())) {
		pins = append(pins, fmt.Sprintf("service_cidr = %q", held.Service))
	}
	if held.PodIPv6.IsValid() {
		pins = append(pins, fmt.Sprintf("pod_ipv6_cidr = %q", held.PodIPv6))
	}
	if held.ServiceIPv6.IsValid() {
		pins = append(pins, fmt.Sprintf("service_ipv6_cidr = %q", held.ServiceIPv6))
	}
	return strings.Join(pins, ", ")
}
