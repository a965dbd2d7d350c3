package messages

import (
	"cmp"
	"fmt"
	"strings"

	"github.com/cidrplan/terraform-provider-cidrplan/internal/allocate"
	"github.com/cidrplan/terraform-provider-cidrplan/internal/profile"
	"github.com/cidrplan/terraform-provider-cidrplan/internal/topology"
)

// holding names the ranges of a cluster.
func holding(held profile.Ranges) string {
	var parts []string
	if len(held.Pods) > 0 {
		parts = append(parts, "Pods "+Join(held.Pods))
	}
	if len(held.Services()) > 0 {
		parts = append(parts, "Services "+Join(held.Services()))
	}
	if len(held.PodsIPv6()) > 0 {
		parts = append(parts, "IPv6 Pods "+Join(held.PodsIPv6()))
	}
	if len(held.ServicesIPv6()) > 0 {
		parts = append(parts, "IPv6 Services "+Join(held.ServicesIPv6()))
	}
	return strings.Join(parts, ", ")
}

func (p Writer) releasePrevented(e allocate.ReleasePrevented) string {
	why := "is no longer declared"
	if e.Renumbered {
		why = "is to be renumbered"
	}
	return fmt.Sprintf(
		"%s %s, which would release its ranges: %s. prevent_release protects these ranges.",
		p.called(e.Cluster), why, p.Holding(e.Held),
	)
}

func (p Writer) movedTo(e allocate.Moved) string {
	now := p.Holding(e.Now)
	if now == "" {
		now = "(known after apply)"
	}
	out := fmt.Sprintf(
		"%s is allocated other ranges, because renumber has a new token for it.\n\n  before: %s\n  now:    %s\n\nThe previous ranges are "+
			"released.",
		p.called(e.Cluster), p.Holding(e.Was), now,
	)
	if p.OfBlocks {
		return out + " Everything in the block has to move as well. Resources that cannot be moved have to be rebuilt."
	}
	return out + p.rebuilding(e)
}

// mostShared bounds how many claims a message on a shared name lists.
const mostShared = 10

func (p Writer) sharedName(e allocate.SharedName) string {
	w := p.Terms()
	var claims []string
	for _, c := range e.Claims {
		claims = append(claims, fmt.Sprintf("%s (%s of %q)", c.CIDR, cmp.Or(c.Kind, topology.ForeignBlock), c.Owner))
	}
	return fmt.Sprintf(
		"foreign_claims contains ranges of %s %s named %q that this one does not hold: %s. New allocations avoid these ranges. If this "+
			"%s existed before and its state was lost, import its lock, or set existing to the ranges of its %s, before you apply.",
		w.Article, w.Planner, e.Name, Listed(claims, mostShared), w.Planner, w.Many,
	)
}

func paths(list []topology.Path) []string {
	var out []string
	for _, at := range list {
		out = append(out, at.String())
	}
	return out
}

func nonEmptyList(list []string) string {
	if len(list) == 0 {
		return "none"
	}
	return Listed(sorted(list), 20)
}
