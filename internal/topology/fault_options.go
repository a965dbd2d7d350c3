package topology

import (
	"fmt"
	"slices"

	"github.com/cidrplan/terraform-provider-cidrplan/internal/profile"
)

// Options of faults that the check of a declaration finds.

// tailOption gives the size of a Service range that is in the Pod range instead of the range.
func tailOption(at Path, cl Cluster) Option {
	edits := []Edit{Remove(at.Attr("service_cidr"))}
	if cl.Need.MaxServices == 0 && cl.Need.ServiceLength == 0 {
		edits = append(edits, Set(at.Attr("service_prefix_length"), cl.ServiceCIDR.Bits()))
	}
	return OptionOf(edits...)
}

// withIPv6 are the options where an argument of IPv6 is set on a cluster without IPv6. Not every profile accepts the
// argument with IPv6, either.
func withIPv6(at, cluster Path, takes bool) []Option {
	options := []Option{OptionOf(Remove(at))}
	if takes {
		options = append(options, OptionOf(Set(cluster.Attr("ip_families"), Families)))
	}
	return options
}

// ownRanges gives a mirror cluster ranges of its own.
func ownRanges(at Path) Option {
	return OptionOf(Remove(at.Attr("same_as")), Set(at.Attr("max_nodes"), MostNodes))
}

// declaredBefore are the options where a previous name of what is at a place is declared: it is that of another one, or
// what is declared under it got a new name as well, and then takes one that nothing had.
func (c *factChecker) declaredBefore(at Path, name, old string) []Option {
	mutual := slices.Contains(c.previousNamesOf(at[0].Attr, old), name)
	other := c.placeOf(at[0].Attr, old)
	edits := []Edit{c.renamed(other)}
	if mutual {
		return []Option{OptionWhen(NamesExchanged, append(edits, c.renamed(at))...)}
	}
	return []Option{OptionOf(RemoveFrom(at.Attr("previous_names"), old)), OptionWhen(NamesExchanged, edits...)}
}

// placeOf is the place of what is declared under a name: a network, which may be a VPC or a site, or a hub.
func (c *factChecker) placeOf(argument, name string) Path {
	if argument == "hubs" {
		return Path{}.Attr(argument).Key(name)
	}
	at, _ := c.facts.PlaceOf(name)
	return at
}

// renamed gives what is at a place a name that nothing has.
func (c *factChecker) renamed(at Path) Edit {
	return Rename(at, Fresh(at[1].Key, func(fresh string) bool { return c.facts.Declares(fresh) || c.facts.hasHub(fresh) }))
}

// previousNamesOf are those of the network or hub of a name.
func (c *factChecker) previousNamesOf(argument, name string) []string {
	if argument == "hubs" {
		return c.facts.Hubs[name].PreviousNames
	}
	return slices.Concat(c.facts.VPCs[name].PreviousNames, c.facts.Sites[name].PreviousNames)
}

// Fresh is a name that begins with another one and that is not taken.
func Fresh(name string, taken func(string) bool) string {
	for n := 2; ; n++ {
		if fresh := fmt.Sprintf("%s-%d", name, n); !taken(fresh) {
			return fresh
		}
	}
}

// likeProfile are the profiles among some that have Pods and Services from where a profile has them, so that the other arguments
// of a cluster fit them as well; all where there is none.
func (c *factChecker) likeProfile(p *profile.Profile, among []string) OneOf {
	var names OneOf
	for _, name := range among {
		if other, known := c.catalog.Profile(name); known && other.Pods.From == p.Pods.From {
			names = append(names, name)
		}
	}
	if len(names) == 0 {
		return among
	}
	return names
}
