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
		return "Bad Name", badName(e)
	case topology.BadText:
		return "Bad Key", badText(e)
	case topology.KeyDiffers:
		return "Key Differs From Name", fmt.Sprintf("The key is %s and the name inside is %s. References use the name, so the two must be the same.", Shown(e.Key), Shown(e.Name))
	case topology.Undeclared:
		return "Undeclared Name", p.undeclared(e)
	case topology.NotOneOf:
		return "Value Not Allowed", NotAmong(e.Value, e.Allowed)
	case topology.OutOfRange:
		return "Number Out of Range", fmt.Sprintf("%s = %d is out of range; %s.", f.At, e.Value, bounds(e.Min, e.Max))
	case topology.NotWhole:
		return "Number Out of Range", fmt.Sprintf("%s = %s is not a whole number that can be counted.", f.At, Line(e.Value))
	case topology.Repeated:
		return "Listed Twice", fmt.Sprintf("%s is in the list already.", Shown(e.Value))
	case topology.NameInUse:
		return "Name Taken", fmt.Sprintf("A VPC and a site are both named %s, so a reference to it is ambiguous. Rename one of them.", Shown(e.Name))
	case topology.SelfPeer:
		return "Network Joined to Itself", fmt.Sprintf("%s names itself among its peers.", Shown(e.Name))
	case topology.RangesOverlap:
		return "Ranges Overlap", fmt.Sprintf("%s overlaps %s of the same list. Ranges here must be disjoint.", rangeOf(e.A, e.AName), rangeOf(e.B, e.BName))
	case topology.OutsideVPC:
		return "Subnet Outside VPC", fmt.Sprintf("Subnet %s lies in none of the blocks of the VPC: %s.", e.Subnet, Join(e.Blocks))
	case topology.WrongFamily:
		return "Wrong Address Family", wrongFamily(f.At, e)
	case topology.VRFLink:
		return "Link Between VRFs", fmt.Sprintf("The network is in %s and %s %q in %s. Ranges of different VRFs may overlap, so the two cannot be joined.", vrf(e.OwnVRF), e.Kind, e.Name, vrf(e.VRF))
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
		return "Is This a Summary?", fmt.Sprintf("The route covers all of %s, so no cluster of this VPC can have a range in it. "+
			"For an aggregate that a hub announces, set summary and declare the networks behind it as hubs, peers and sites.", e.Destination)
	case topology.Contradicting:
		return "Arguments at Odds", fmt.Sprintf("%s = %s contradicts %s, which gives %s.", f.At, Line(e.Value), Line(e.Other), Line(e.Gives))
	case topology.GivenTwice:
		return "Argument Given Twice", givenTwiceText(e)
	case topology.UnusedAttributes:
		return "Attributes Without Effect", unusedText(e)
	}
	return p.planProblem(f)
}

// planProblem tells why the planner cannot serve a request.
func (p Writer) planProblem(f topology.Fault) (summary, detail string) {
	switch e := f.Problem.(type) {
	case allocate.NeedNotServed:
		return "Need Cannot Be Served", needNotServed(e) + adviceOnly(e)
	case allocate.DoubledNodeBlock:
		return "Node Block Doubled", doubled(e)
	case allocate.Changed:
		if e.SameAs != "" {
			return "Held Value Would Change", notTheSame(e)
		}
		return "Held Value Would Change", fmt.Sprintf("%s holds %s = %s, and the configuration now asks for %s.\n\nEffect: %s",
			p.called(e.Cluster), e.Argument, Line(e.Held), Line(e.Wanted), p.Terms().changes)
	case allocate.OtherNetwork:
		return p.otherNetwork(e)
	case allocate.Outgrown:
		return "Need Outgrows Held Range", p.outgrown(f.At, e)
	case allocate.NoNodes:
		return "No Room for a Node", noNodes(e)
	case allocate.NothingToReclaim:
		if e.Acted {
			return "Nothing to Reclaim", fmt.Sprintf("%s was in reclaim before, and each name acts once. Its ranges that were released since then stay reserved.", Shown(e.Name))
		}
		return "Nothing to Reclaim", fmt.Sprintf("%s has no released ranges.%s Released ranges exist of: %s.", Shown(e.Name), DidYouMean(e.Name, e.Released), nonEmptyList(e.Released))
	case allocate.ReleasePrevented:
		return "Ranges Must Not Be Released", p.guarded(e)
	case allocate.NoLongerDeclared:
		return "Ranges Released", p.gaveUp(e)
	case allocate.Moved:
		return p.Terms().renumbered, p.movedTo(e)
	case allocate.Appended:
		return "Pod Ranges Appended to " + clustersNamed(e.Clusters, func(c allocate.AppendedPods) string { return c.Cluster }), p.appended(e)
	case allocate.SubnetsIgnored:
		return "Terraform Adds No Pod Subnets to " + clustersNamed(e.Clusters, func(c allocate.AddedSubnets) string { return c.Cluster }), p.subnetsIgnored(e)
	case allocate.GrowthPostponed:
		return "Growth Waits for Unknown Facts", fmt.Sprintf("Cluster %q needs a further Pod range, and these facts are known only after apply: %s. A range that is chosen now could collide with them, and one that is chosen during apply could not be shown here. The cluster can grow in the plan after these facts are known.", e.Cluster, Listed(paths(e.Unknown), 10))
	case allocate.UnknownToImport:
		return p.Terms().restored, fmt.Sprintf("The lock that was imported into this %s has no %s %q. If the %s exists, it would get %s.", p.Terms().Planner, p.Terms().One, e.Cluster, p.Terms().One, p.Terms().Anew)
	case allocate.SharedName:
		return "Another Owner of the Name " + fmt.Sprintf("%q", e.Name), p.sharedName(e)
	case allocate.AssumedServiceRange:
		return "Default Service Range Assumed", p.assumed(e)
	case allocate.NotAppended:
		return "Pod Ranges Can Only Be Added To", fmt.Sprintf("Cluster %q holds pod_cidrs = %s, and the configuration now asks for %s. %s accepts further ranges at the end of the list, and changes neither those that it has nor their order.", e.Cluster, Join(e.Held), Join(e.Wanted), e.Profile.Title)
	case allocate.UnusedAcceptance:
		return "Nothing to Accept", fmt.Sprintf("There is no conflict with the key %q any more.", e.Key)
	case conflict.UntilWithoutToday:
		return "Accepted Conflicts Never End", untilWithoutToday(e)
	case topology.Placeholder:
		return "Value Is a Placeholder", placeholder(e)
	case allocate.NoLongerInSupernets:
		return "Clusters Outside Supernets", leftSupernets(e)
	case conflict.NoKey:
		return "Not a Key of a Conflict", fmt.Sprintf("%s is not a key of a conflict. The message of a conflict prints its key among the options, such as pod_overlaps_route|10.64.0.0/20|prod:vpn+shop. Copy it from there as a whole.", Shown(e.Key))
	case allocate.ContradictsState:
		return "Existing Contradicts State", fmt.Sprintf("existing says that %s %q holds %s; the state of this %s holds %s. The state decides.", p.Terms().One, e.Cluster, Line(e.Given), p.Terms().Planner, Line(e.Held))
	case allocate.BlockSizeNotServed:
		return "Need Cannot Be Served", p.unsizedBlock(e)
	case allocate.NoSubnetData:
		return "Usable Addresses Unknown", fmt.Sprintf("Block %q asks for usable addresses, and it is not known how many addresses of a subnet %s keeps for itself.", e.Block, e.Platform.Title)
	case allocate.OutsideSupernets:
		return "Block Outside Supernets", outsideSupernets(e)
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

// refused tells of a value that breaks a rule of the platform.
func (p Writer) refused(f topology.Fault, e topology.Refused) (summary, detail string) {
	value := Capital(e.What) + " " + Line(e.Value)
	if e.Rule.Text == "" {
		return "Value Without a Source", value + " is not accepted here: no published source says that this mode has it."
	}
	summary, verdict := "Value Refused by Platform", "refused by the platform"
	if f.Warn {
		summary, verdict = "Value Advised Against", "advised against"
	}
	return summary, fmt.Sprintf("%s is %s.", value, verdict)
}

func noNodes(e allocate.NoNodes) string {
	if e.Mask6 != 0 {
		return fmt.Sprintf(
			"Pod range %s of cluster %q serves no node: each node takes a block of /%d, and kube-controller-manager does not start with a node mask shorter than the range.",
			e.Range, e.Cluster, e.Mask6,
		)
	}
	out := fmt.Sprintf(
		"Pod range %s of cluster %q serves no node: on %s each node takes %d addresses",
		e.Range, e.Cluster, e.Profile.Title, e.Node,
	)
	if e.Service.IsValid() {
		out += fmt.Sprintf(", and Services take %s", e.Service)
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
		"Cluster %q now asks for %s = %d. It holds %s, which serves at most %d. %s cannot enlarge a range of a cluster that exists.",
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
	return fmt.Sprintf("Profile %q does not fit %s. Profiles that do: %s.", e.Profile, where, strings.Join(fitting, ", "))
}

func wrongFamily(at topology.Path, e topology.WrongFamily) string {
	other := ""
	if len(at) > 1 && at[len(at)-1].Index > 0 && at[len(at)-2].Attr == "cidr_blocks" {
		other = " IPv6 blocks of a VPC go into ipv6_cidr_blocks."
	}
	return fmt.Sprintf("%s is not an %s range; %s takes %s.%s", e.Range, e.Want, at, e.Want, other)
}

func bounds(low, high int64) string {
	switch {
	case high == 0:
		return fmt.Sprintf("at least %d will do", low)
	case high < low:
		return "no value will do"
	case low == high:
		return fmt.Sprintf("only %d will do", low)
	}
	return fmt.Sprintf("%d to %d will do", low, high)
}

// sizes says which values a profile or platform serves. A Max of 0 is none, other than for bounds.
func sizes(e *profile.SizeError) string {
	if e.Max < e.Min {
		return "no value will do"
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
