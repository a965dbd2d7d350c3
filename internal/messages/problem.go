package messages

import (
	"fmt"
	"net/netip"
	"strings"

	"github.com/cidrplan/terraform-provider-cidrplan/internal/allocate"
	"github.com/cidrplan/terraform-provider-cidrplan/internal/cidr"
	"github.com/cidrplan/terraform-provider-cidrplan/internal/conflict"
	"github.com/cidrplan/terraform-provider-cidrplan/internal/plain"
	"github.com/cidrplan/terraform-provider-cidrplan/internal/profile"
	"github.com/cidrplan/terraform-provider-cidrplan/internal/topology"
)

// Shown cuts a value that somebody may have pasted whole.
func Shown(s string) string { return plain.Quote(s, 60) }

// problem says what is wrong with a declaration, how to resolve it, and by which rule it is wrong.
func (p Writer) problem(f topology.Fault) (summary, detail string) {
	summary, detail = p.Wrong(f)
	return summary, detail + p.resolve(p.optionsOf(f)) + p.grounds(f)
}

// Wrong says what is wrong with a declaration.
func (p Writer) Wrong(f topology.Fault) (summary, detail string) {
	switch e := f.Problem.(type) {
	case *cidr.ParseError:
		return "Not a Canonical CIDR", Sentence(e.Error())
	case topology.Missing:
		return "Missing Value", Sentence(f.At.String()+" is required and not set") + because(missingReason(e.Reason))
	case topology.Empty:
		return "Missing Value", Sentence(emptyReason(e.Reason))
	case topology.BadName:
		return "Invalid Name", badName(e)
	case topology.BadText:
		return "Invalid Key", badText(e)
	case topology.KeyDiffers:
		return "Key Differs From Name", fmt.Sprintf("The key is %s and the name inside is %s. References use the name, so the two must be the same.", Shown(e.Key), Shown(e.Name))
	case topology.Undeclared:
		return "Undeclared Name", p.undeclared(e)
	case topology.NotOneOf:
		return "Value Not Allowed", NotAmong(e.Value, e.Allowed)
	case topology.OutOfRange:
		return "Number Out of Range", fmt.Sprintf("%s = %d is out of range; %s.", f.At, e.Value, bounds(e.Min, e.Max))
	case topology.NotWhole:
		return "Number Out of Range", fmt.Sprintf("%s = %s is not a whole number.", f.At, Line(e.Value))
	case topology.WrongType:
		return "Invalid Value", fmt.Sprintf("%s is %s; expected %s.", PathOrArgument(f.At), e.Is, e.Want)
	case NotADay, NotADate:
		return "Invalid Value", Sentence(dateText(e))
	case topology.Repeated:
		return "Listed Twice", fmt.Sprintf("%s is already in the list.", Shown(e.Value))
	case topology.NameInUse:
		return "Name Already in Use", fmt.Sprintf("A VPC and a site are both named %s, so a reference to it is ambiguous. Rename one of them.", Shown(e.Name))
	case topology.SelfPeer:
		return "Network Lists Itself as a Peer", fmt.Sprintf("%s lists itself in its own peers.", Shown(e.Name))
	case topology.RangesOverlap:
		return "Ranges Overlap", fmt.Sprintf("%s overlaps %s in the same list. Ranges in this list must not overlap.", rangeOf(e.A, e.AName), rangeOf(e.B, e.BName))
	case topology.OutsideVPC:
		return "Subnet Outside VPC", fmt.Sprintf("Subnet %s is not in any block of the VPC. Blocks of the VPC: %s.", e.Subnet, Join(e.Blocks))
	case topology.WrongFamily:
		return "Wrong Address Family", wrongFamily(f.At, e)
	case topology.VRFLink:
		return "Link Between VRFs", fmt.Sprintf("The network is in %s, and %s %q is in %s. Ranges in different VRFs can overlap, so a network cannot be connected to another VRF.", vrf(e.OwnVRF), e.Kind, e.Name, vrf(e.VRF))
	case topology.WrongPlatform:
		return "Profile Does Not Fit Platform", p.wrongPlatform(e)
	case topology.TooMany:
		return "Too Many " + title(e.What), fmt.Sprintf("%d %s are given; %s %s at most %d.", e.Count, e.What, limitOf(e.Limit), accepts(f), e.Max)
	case topology.Refused:
		return p.refused(f, e)
	case topology.NoPodSubnets:
		return p.noPodSubnets(f, e)
	case topology.UnsetByTerraform:
		return p.unset(e)
	case topology.NotAccepted:
		return "Argument Not Accepted", fmt.Sprintf("%s = %s cannot be set here: %s.", f.At, Line(e.Value), Line(notAcceptedReason(e.Reason)))
	case topology.LikelySummary:
		return "Route May Be an Aggregate", fmt.Sprintf("The route to %s covers the whole range, so no cluster of this VPC can use addresses in it. "+
			"If the route is an aggregate that a hub announces, set summary = true and declare the networks behind it as hubs, peers and sites.", e.Destination)
	case topology.Contradicting:
		return "Arguments Contradict Each Other", fmt.Sprintf("%s = %s contradicts %s, which results in %s.", f.At, Line(e.Value), Line(e.Other), Line(e.Gives))
	case topology.GivenTwice:
		return "Argument Given Twice", givenTwiceText(e)
	case topology.UnusedAttributes:
		return "Attributes Without Effect", unusedText(e)
	}
	return p.planProblem(f)
}

// planProblem says why the planner cannot serve a request.
func (p Writer) planProblem(f topology.Fault) (summary, detail string) {
	switch e := f.Problem.(type) {
	case allocate.NeedNotServed:
		return "Size Not Possible", needNotServed(e) + adviceOnly(e)
	case allocate.DoubledNodeBlock:
		return "Node Block Doubled", doubled(e)
	case allocate.Changed:
		if e.SameAs != "" {
			return "Held Value Would Change", notTheSame(e)
		}
		return "Held Value Would Change", fmt.Sprintf("%s holds %s = %s, and the configuration now requests %s.\n\nEffect: %s",
			p.called(e.Cluster), e.Argument, Line(e.Held), Line(e.Wanted), p.Terms().changes)
	case allocate.OtherNetwork:
		return p.otherNetwork(e)
	case allocate.Outgrown:
		return "Held Range Is Too Small", p.outgrown(f.At, e)
	case allocate.NoNodes:
		return "Pod Range Too Small for a Node", noNodes(e)
	case allocate.NothingToReclaim:
		if e.Acted {
			return "Nothing to Reclaim", fmt.Sprintf("%s was already in reclaim, and each name is applied only once. Ranges that were released since then stay reserved.", Shown(e.Name))
		}
		return "Nothing to Reclaim", fmt.Sprintf("%s has no released ranges.%s Names with released ranges: %s.", Shown(e.Name), DidYouMean(e.Name, e.Released), nonEmptyList(e.Released))
	case allocate.ReleasePrevented:
		return "Ranges Must Not Be Released", p.releasePrevented(e)
	case allocate.NoLongerDeclared:
		return "Ranges Released", p.noLongerDeclared(e)
	case allocate.Moved:
		return p.Terms().renumbered, p.movedTo(e)
	case allocate.Appended:
		return "Pod Ranges Appended to " + clustersNamed(e.Clusters, func(c allocate.AppendedPods) string { return c.Cluster }), p.appended(e)
	case allocate.SubnetsIgnored:
		return "Terraform Does Not Add Pod Subnets to " + clustersNamed(e.Clusters, func(c allocate.AddedSubnets) string { return c.Cluster }), p.subnetsIgnored(e)
	case allocate.GrowthPostponed:
		return "Growth Depends on Facts Known Only After Apply", fmt.Sprintf("Cluster %q needs a further Pod range, but these facts are known only after apply: %s. A range chosen now could conflict with them, and a range chosen during apply could not be shown in this plan. Plan again after these facts are known.", e.Cluster, Listed(paths(e.Unknown), 10))
	case allocate.UnknownToImport:
		return p.Terms().notInLock, fmt.Sprintf("The lock that was imported into this %s does not contain %s %q. If the %s exists, cidrplan allocates %s.", p.Terms().Planner, p.Terms().One, e.Cluster, p.Terms().One, p.Terms().Anew)
	case allocate.SharedName:
		return "Another Owner of the Name " + fmt.Sprintf("%q", e.Name), p.sharedName(e)
	case allocate.AssumedServiceRange:
		return "Default Service Range Assumed", p.assumed(e)
	case allocate.NotAppended:
		return "Pod Ranges Can Only Be Appended", fmt.Sprintf("Cluster %q holds pod_cidrs = %s, and the configuration now requests %s. %s accepts further ranges only at the end of the list. Existing ranges and their order cannot change.", e.Cluster, Join(e.Held), Join(e.Wanted), e.Profile.Title)
	case allocate.UnusedAcceptance:
		return "Accepted Conflict Does Not Exist", fmt.Sprintf("No conflict has the key %q any more.", e.Key)
	case conflict.UntilWithoutToday:
		return "End Dates of Accepted Conflicts Have No Effect", untilWithoutToday(e)
	case topology.Placeholder:
		return "Value Is a Placeholder", placeholder(e)
	case allocate.NoLongerInSupernets:
		return "Clusters Are Outside the Supernets", leftSupernets(e)
	case conflict.NoKey:
		return "Invalid Conflict Key", fmt.Sprintf("%s is not a valid key of a conflict. The message of each conflict shows its key under To resolve, such as pod_overlaps_route|10.64.0.0/20|prod:vpn+shop. Copy the whole key.", Shown(e.Key))
	case allocate.ContradictsState:
		return "Existing Contradicts State", fmt.Sprintf("According to existing, %s %q holds %s. According to the state of this %s, it holds %s. cidrplan uses the state.", p.Terms().One, e.Cluster, Line(e.Given), p.Terms().Planner, Line(e.Held))
	case allocate.BlockSizeNotServed:
		return "Size Not Possible", p.unsizedBlock(e)
	case allocate.NoSubnetData:
		return "Usable Addresses Unknown", fmt.Sprintf("Block %q requests usable addresses, but cidrplan does not know how many addresses of each subnet %s reserves.", e.Block, e.Platform.Title)
	case allocate.OutsideSupernets:
		return "Block Is Outside the Supernets", outsideSupernets(e)
	case allocate.PublicSupernet:
		return "Supernet Is Not Private: " + e.Range.String(), publicSupernet(f.At, e)
	case allocate.UnusableSupernet:
		return "Supernet Cannot Be Used: " + e.Range.String(), unusableSupernet(f.At, e)
	case allocate.NoRoom:
		return "No Free Range", p.noRoom(e)
	case error:
		return "Invalid Value", Sentence(e.Error())
	}
	return "Invalid Value", f.String()
}

// ruled cites a rule, where there is one.
func (p Writer) ruled(r profile.Rule) string {
	if r.Text == "" {
		return ""
	}
	lines := append([]string{"", "", "Rule: " + Sentence(Capital(r.Text)), "Source: " + p.Catalog.Cite(r)}, ofPlatform(r)...)
	return strings.Join(lines, "\n")
}

// refused reports a value that breaks a rule of the platform.
func (p Writer) refused(f topology.Fault, e topology.Refused) (summary, detail string) {
	value := Capital(e.What) + " " + Line(e.Value)
	if e.Rule.Text == "" {
		return "Value Not Documented for the Platform", value + " is not accepted. No published source of the platform documents it for this mode."
	}
	summary, verdict := "Value Not Accepted by the Platform", "not accepted by the platform"
	if f.Warn {
		summary, verdict = "Value Not Recommended", "not recommended"
	}
	return summary, fmt.Sprintf("%s is %s.", value, verdict)
}

func noNodes(e allocate.NoNodes) string {
	if e.Mask6 != 0 {
		return fmt.Sprintf(
			"Pod range %s of cluster %q is too small for a node: each node uses a block of /%d, and kube-controller-manager does not start if the node mask is shorter than the prefix of the range.",
			e.Range, e.Cluster, e.Mask6,
		)
	}
	out := fmt.Sprintf(
		"Pod range %s of cluster %q is too small for a node: on %s each node uses %d addresses",
		e.Range, e.Cluster, e.Profile.Title, e.Node,
	)
	if e.Service.IsValid() {
		out += fmt.Sprintf(", and Services use %s", e.Service)
	}
	return out + "."
}

func (p Writer) outgrown(at topology.Path, e allocate.Outgrown) string {
	if p.Blocks {
		return p.outgrownBlock(LastAttr(at), e)
	}
	held := holding(e.Held)
	if e.Held.NodeMask != 0 {
		held += fmt.Sprintf(", node blocks of /%d", e.Held.NodeMask)
	}
	return fmt.Sprintf(
		"Cluster %q now requests %s = %d. It holds %s, which is enough for at most %d. %s cannot enlarge a range of an existing cluster.",
		e.Cluster, LastAttr(at), e.Wanted, held, e.Largest, e.Profile.Title,
	)
}

func (p Writer) wrongPlatform(e topology.WrongPlatform) string {
	where := fmt.Sprintf("VPC %q on %s", e.VPC, Line(e.Platform))
	if e.Platform == "" {
		where = fmt.Sprintf("site %q", e.VPC)
	}
	var fitting []string
	for _, name := range e.Fitting {
		fitting = append(fitting, p.Catalog.Describe(name))
	}
	return fmt.Sprintf("Profile %q is not available for %s. Available profiles: %s.", e.Profile, where, strings.Join(fitting, ", "))
}

func wrongFamily(at topology.Path, e topology.WrongFamily) string {
	other := ""
	if len(at) > 1 && at[len(at)-1].Index > 0 && at[len(at)-2].Attr == "cidr_blocks" {
		other = " Declare IPv6 blocks of a VPC in ipv6_cidr_blocks."
	}
	return fmt.Sprintf("%s is not an %s range, and %s accepts only %s.%s", e.Range, e.Want, at, e.Want, other)
}

func bounds(low, high int64) string {
	switch {
	case high == 0:
		return fmt.Sprintf("the minimum is %d", low)
	case high < low:
		return "no value is valid"
	case low == high:
		return fmt.Sprintf("the only valid value is %d", low)
	}
	return fmt.Sprintf("valid values are %d to %d", low, high)
}

// sizes says which values a profile or platform serves. A Max of 0 is none, other than for bounds.
func sizes(e *profile.SizeError) string {
	if e.Max < e.Min {
		return "no value is valid"
	}
	return bounds(e.Min, e.Max)
}

func rangeOf(r netip.Prefix, name string) string {
	if name == "" {
		return r.String()
	}
	return fmt.Sprintf("%s (%q)", r, name)
}

func vrf(name string) string {
	if name == "" {
		return "the unnamed VRF"
	}
	return fmt.Sprintf("VRF %q", name)
}

// LastAttr returns the attribute at the end of a path, "" if the path ends in a key or an index.
func LastAttr(at topology.Path) string {
	if len(at) == 0 {
		return ""
	}
	return at[len(at)-1].Attr
}

// title writes each word with a capital.
func title(s string) string {
	words := strings.Fields(s)
	for i, word := range words {
		words[i] = Capital(word)
	}
	return strings.Join(words, " ")
}

// Sentence gives a text its full stop.
func Sentence(s string) string {
	if strings.HasSuffix(s, "?") || strings.HasSuffix(s, ".") {
		return s
	}
	return s + "."
}

func because(why string) string {
	if why == "" {
		return ""
	}
	return " " + Sentence(Capital(why))
}
