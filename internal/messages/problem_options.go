package messages

import (
	"fmt"

	"github.com/cidrplan/terraform-provider-cidrplan/internal/allocate"
	"github.com/cidrplan/terraform-provider-cidrplan/internal/cidr"
	"github.com/cidrplan/terraform-provider-cidrplan/internal/conflict"
	"github.com/cidrplan/terraform-provider-cidrplan/internal/profile"
	"github.com/cidrplan/terraform-provider-cidrplan/internal/topology"
)

// optionsOf are the options of a fault: those that the core gives, or else those that follow from the problem.
func (p Writer) optionsOf(f topology.Fault) []topology.Option { //nolint:gocyclo // a table of messages: one case for each type
	if len(f.Options) > 0 {
		return f.Options
	}
	at := f.At
	list := at[:max(len(at)-1, 0)]
	set := func(value any) []topology.Option {
		return []topology.Option{topology.OptionOf(topology.Set(at, value))}
	}
	remove := []topology.Option{topology.OptionOf(topology.Remove(at))}
	switch e := f.Problem.(type) {
	case *cidr.ParseFault:
		if e.Suggestion.IsValid() {
			return set(e.Suggestion)
		}
	case topology.KeyDiffers:
		return append(set(e.Key), topology.OptionOf(topology.Rename(list, e.Name)))
	case topology.Undeclared:
		return p.undeclaredOptions(at, e)
	case topology.NotOneOf:
		if near := topology.DidYouMean(e.Value, e.Allowed); near != "" {
			return set(near)
		}
		return set(topology.OneOf(e.Allowed))
	case topology.OutOfRange:
		if e.Max != 0 && e.Value > e.Max {
			return set(described(fmt.Sprintf("a number from %d to %d", e.Min, e.Max)))
		}
		return set(topology.AtLeast(e.Min))
	case topology.Negative:
		return set(topology.AtLeast(0))
	case topology.Repeated, topology.FirstListed, topology.SelfPeer:
		return remove
	case topology.RangesOverlap:
		return remove
	case topology.OutsideVPC:
		return []topology.Option{
			topology.OptionOf(topology.Set(at, described("a range inside of "+Join(e.Blocks)))),
			topology.OptionOf(topology.Add(at[:2].Attr("cidr_blocks"), e.Subnet)),
		}
	case topology.WrongFamily:
		if len(at) > 3 && at[len(at)-2].Attr == "cidr_blocks" && at[0].Attr == "vpcs" {
			return []topology.Option{
				topology.OptionOf(topology.RemoveFrom(list, e.Range), topology.Add(at[:2].Attr("ipv6_cidr_blocks"), e.Range)),
			}
		}
		return append(remove, set(described("an "+e.Want+" range"))...)
	case topology.VRFLink:
		return vrfLinkOptions(at, e)
	case topology.WrongPlatform:
		return set(topology.OneOf(e.Fitting))
	case topology.LikelySummary:
		return []topology.Option{
			topology.OptionWhen(topology.RouteIsSummary, topology.Set(at, true)),
			topology.OptionWhen(topology.RouteInUse, topology.Set(at, false)),
		}
	case topology.Refused:
		return p.refusedOptions(f, e)
	case topology.NoPodSubnets:
		return set(described("the names of the Pod subnets among the subnets of the VPC"))
	case topology.UnsetByTerraform:
		return p.unsetOptions(e)
	case topology.Placeholder:
		return set(e.Instead)
	case topology.GivenTwice:
		return append(remove, topology.OptionOf(topology.Remove(topology.Path{}.Attr(e.Argument))))
	}
	return p.planOptions(f)
}

// planOptions are those of problems of the planner.
func (p Writer) planOptions(f topology.Fault) []topology.Option {
	at := f.At
	switch e := f.Problem.(type) {
	case allocate.NeedNotServed:
		return sizeOptions(at, e.SizeError, e.Profile.AdvisedNodes())
	case allocate.BlockSizeNotServed:
		return sizeOptions(at, e.SizeError, e.Max)
	case allocate.DoubledNodeBlock:
		return doubledOptions(e)
	case allocate.AssumedRanges:
		return assumedOptions(e)
	case allocate.PublicSupernet:
		return supernetOptions(at, e)
	case allocate.UnusableSupernet:
		return unusableOptions(at, e)
	case allocate.Appended:
		return appendedOptions(e)
	case allocate.ExtendedPods:
		return extendedOptions(e)
	case conflict.UntilWithoutToday:
		return untilOptions(e)
	case allocate.UnusedAcceptance, conflict.NoKey:
		return []topology.Option{topology.OptionOf(topology.Remove(at))}
	}
	return nil
}

func (p Writer) undeclaredOptions(at topology.Path, e topology.Undeclared) []topology.Option {
	near, last := topology.DidYouMean(e.Name, e.Known), at[len(at)-1]
	key, argument := last.Key != "", e.Kind == topology.ArgumentName // such as a key of renumber
	if key || argument {
		options := []topology.Option{topology.OptionOf(topology.Remove(at))}
		if near != "" {
			options = append(options, topology.OptionOf(topology.Rename(at, near)))
		}
		return options
	}
	if len(e.Called) > 0 {
		return []topology.Option{topology.OptionOf(topology.Set(at, topology.OneOf(e.Called)))}
	}
	if near != "" {
		return []topology.Option{topology.OptionOf(topology.Set(at, near))}
	}
	remove := topology.OptionOf(topology.Remove(at))
	if len(e.Known) == 0 {
		return []topology.Option{remove}
	}
	known := topology.OptionOf(topology.Set(at, topology.OneOf(sorted(e.Known))))
	if at[0].Attr == "prevent_release" {
		return []topology.Option{known, remove}
	}
	return []topology.Option{known}
}

func vrfLinkOptions(at topology.Path, e topology.VRFLink) []topology.Option {
	own := topology.Set(at[:2].Attr("vrf"), e.VRF)
	if e.VRF == "" {
		own = topology.Remove(at[:2].Attr("vrf"))
	}
	return []topology.Option{topology.OptionOf(own), topology.OptionOf(topology.Remove(at))}
}

// refusedOptions remove a value that the platform does not accept.
func (p Writer) refusedOptions(f topology.Fault, e topology.Refused) []topology.Option {
	other := topology.OptionOf(topology.Set(f.At, topology.AllowedByRule))
	if e.Rule.Text == "" || LastAttr(f.At) == "ip_families" || e.Code == "pod_cidr_with_pod_subnets" {
		return []topology.Option{topology.OptionOf(topology.Remove(f.At))}
	}
	return []topology.Option{other}
}

// sizeOptions are values that a profile or platform can serve, numbers of nodes up to those that it advises.
func sizeOptions(at topology.Path, e *profile.SizeError, advised int64) []topology.Option {
	switch {
	case e.Argument == "max_nodes" && e.Value > e.Max && e.Max >= e.Min:
		return []topology.Option{topology.OptionOf(topology.Set(at, topology.AtMost(min(e.Max, advised))))}
	case e.Max < e.Min:
		return []topology.Option{topology.OptionOf(topology.Remove(at))}
	case e.Value > e.Max:
		return []topology.Option{topology.OptionOf(topology.Set(at, topology.AtMost(e.Max)))}
	}
	return []topology.Option{topology.OptionOf(topology.Set(at, topology.AtLeast(e.Min)))}
}

var clustersPath = topology.Path{}.Attr("clusters")

// untilOptions give the provider the date, or make the acceptances last.
func untilOptions(e conflict.UntilWithoutToday) []topology.Option {
	var edits []topology.Edit
	for _, at := range e.At[:min(len(e.At), maxListed)] {
		edits = append(edits, topology.Remove(at))
	}
	today := topology.Set(topology.Path{}.Attr("today"), described("plantimestamp() in the block provider \"cidrplan\""))
	return []topology.Option{topology.OptionOf(today), topology.OptionWhen(topology.AcceptedForGood, edits...)}
}

// unsetOptions give each cluster the IPv6 Service range that the platform chooses by itself, or IPv4 alone.
func (p Writer) unsetOptions(e topology.UnsetByTerraform) []topology.Option {
	var edits []topology.Edit
	for _, c := range e.Clusters[:min(len(e.Clusters), maxListed)] {
		at := clustersPath.Key(c.Cluster)
		if takes := c.Profile.IPv6.Unset.Takes; takes.IsValid() {
			edits = append(edits, topology.Set(at.Attr("service_ipv6_cidr"), takes))
			continue
		}
		edits = append(edits, topology.Set(at.Attr("ip_families"), []string{"ipv4"}))
		if c.Pinned.IsValid() {
			edits = append(edits, topology.Remove(at.Attr("service_ipv6_cidr")))
		}
	}
	return []topology.Option{topology.OptionOf(edits...)}
}
