package provider

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

// shown cuts a value that somebody may have pasted whole.
func shown(s string) string { return plain.Quote(s, 60) }

// problem tells what is wrong with a declaration: the value, the fault, the cure.
func (p prose) problem(f topology.Fault) (summary, detail string) {
	switch e := f.Problem.(type) {
	case *cidr.ParseError:
		return "Not a Canonical CIDR", sentence(e.Error())
	case topology.Missing:
		return "Missing Value", sentence(f.At.String()+" is needed and not set") + because(e.Why)
	case topology.Empty:
		return "Missing Value", sentence(capital(e.Why))
	case topology.BadName:
		return "Bad Name", badName(e)
	case topology.BadText:
		return "Bad Key", badText(e)
	case topology.KeyDiffers:
		return "Key Differs From Name", fmt.Sprintf("The key is %s and the name inside is %s. Everything is referred to by its name; make the two the same, or leave the name out.", shown(e.Key), shown(e.Name))
	case topology.Undeclared:
		return "Undeclared Name", p.undeclared(e)
	case topology.NotOneOf:
		return "Value Not Allowed", notAmong(e.Value, e.Allowed)
	case topology.OutOfRange:
		return "Number Out of Range", fmt.Sprintf("%s = %d is out of range; %s.", f.At, e.Value, bounds(e.Min, e.Max))
	case topology.NotWhole:
		return "Number Out of Range", fmt.Sprintf("%s = %s is not a whole number that can be counted.", f.At, line(e.Value))
	case topology.Twice:
		return "Listed Twice", fmt.Sprintf("%s stands in the list already. Remove one.", shown(e.Value))
	case topology.TakenName:
		return "Name Taken", fmt.Sprintf("A VPC and a site are both named %s, so that a reference to it is unclear. Rename one.", shown(e.Name))
	case topology.SelfPeer:
		return "Network Joined to Itself", fmt.Sprintf("%s names itself among its peers. Remove it from the list.", shown(e.Name))
	case topology.RangesOverlap:
		return "Ranges Overlap", fmt.Sprintf("%s overlaps %s of the same list. Ranges here must be disjoint; remove or narrow one.", rangeOf(e.A, e.AName), rangeOf(e.B, e.BName))
	case topology.OutsideVPC:
		return "Subnet Outside VPC", fmt.Sprintf("Subnet %s lies in none of the blocks of the VPC: %s. Correct the subnet, or add the block to cidr_blocks.", e.Subnet, join(e.Blocks))
	case topology.WrongFamily:
		return "Wrong Address Family", wrongFamily(f.At, e)
	case topology.VRFLink:
		return "Link Between VRFs", fmt.Sprintf("The network is in %s and %s %q in %s. Ranges of different VRFs may overlap, so the two cannot be joined; give both the same vrf, or remove the link.", vrf(e.OwnVRF), e.Kind, e.Name, vrf(e.VRF))
	case topology.WrongPlatform:
		return "Profile Does Not Fit Platform", p.wrongPlatform(e)
	case topology.TooMany:
		return "Too Many " + title(e.What), fmt.Sprintf("%d %s are given; %s %s at most %d.", e.Count, e.What, e.Why, accepts(f), e.Max) + p.ruled(e.Rule)
	case topology.Refused:
		return p.refused(f, e)
	case topology.NoPodSubnets:
		return p.noPodSubnets(f, e)
	case topology.UnsetByTerraform:
		return p.unset(e)
	case topology.NotTaken:
		return "Argument Not Taken", fmt.Sprintf("%s = %s has no place here: %s. %s.", f.At, line(e.Value), line(e.Why), capital(line(e.Cure)))
	case topology.LikelySummary:
		return "Is This a Summary?", fmt.Sprintf("The route covers all of %s, so no cluster of this VPC can have a range in it. "+
			"If it is an aggregate that a hub announces, set summary = true and declare what lies behind it as hubs, peers and sites; if all of it is really in use, set summary = false.", e.Destination)
	case topology.AtOdds:
		return "Arguments at Odds", fmt.Sprintf("%s = %s contradicts %s, which gives %s. Remove one of the two, or make them agree.", f.At, line(e.Value), line(e.Other), line(e.Gives))
	case givenTwice:
		return "Argument Given Twice", givenTwiceText(e)
	case unusedAttributes:
		return "Attributes Without Effect", unusedText(e)
	}
	return p.planProblem(f)
}

// planProblem tells why the planner cannot serve a request.
func (p prose) planProblem(f topology.Fault) (summary, detail string) {
	switch e := f.Problem.(type) {
	case allocate.Unsized:
		detail = fmt.Sprintf("%s = %d of cluster %q cannot be served, because %s; with %s, %s.", e.Argument, e.Value, e.Cluster, strings.Replace(e.Because, "of the platform's limits", "of the limits of "+e.Profile.Title, 1), e.Profile.Title, bounds(e.Min, e.Max))
		if e.Rule.Text != "" {
			detail += adviceOnly(e) + fmt.Sprintf("\n\nRule: %s.\nSource: %s", e.Rule.Text, p.catalog.Cite(e.Rule))
		}
		return "Need Cannot Be Served", detail
	case allocate.Doubled:
		return "Node Block Doubled", doubled(e)
	case allocate.Changed:
		if e.SameAs != "" {
			return "Held Value Would Change", notTheSame(e)
		}
		return "Held Value Would Change", fmt.Sprintf("%s holds %s = %s, and the configuration now asks for %s. %s%s\n\n"+
			"Ways out, least harm first: set %s back to %s; %s; or %s: renumber = { %q = \"<a token>\" }.",
			p.called(e.Cluster), e.Argument, line(e.Held), line(e.Wanted), p.words().changes, p.outcome(e.Outcome), e.Argument, line(e.Held), p.words().second, p.words().move, e.Cluster)
	case allocate.OtherNetwork:
		return p.otherNetwork(e)
	case allocate.Outgrown:
		return "Need Outgrows Held Range", p.outgrown(f.At, e)
	case allocate.NoNodes:
		return "No Room for a Node", noNodes(e)
	case allocate.NothingToReclaim:
		if e.Acted {
			return "Nothing to Reclaim", fmt.Sprintf("%s stood in reclaim before, and a name acts once; what rests under it was released since. To free that as well, take the name out, apply, and give it again.", shown(e.Name))
		}
		return "Nothing to Reclaim", fmt.Sprintf("Nothing of %s rests.%s Resting are: %s. Remove the name from reclaim.", shown(e.Name), didYouMean(e.Name, e.Released), nonEmptyList(e.Released))
	case allocate.Guarded:
		return "Ranges Must Not Be Released", p.guarded(e)
	case allocate.GaveUp:
		return "Ranges Released", p.gaveUp(e)
	case allocate.Moved:
		return p.words().renumbered, p.movedTo(e)
	case allocate.Appended:
		return "Pod Ranges Appended to " + clustersNamed(e.Clusters, func(c allocate.AppendedPods) string { return c.Cluster }), p.appended(e)
	case allocate.SubnetsIgnored:
		return "Terraform Adds No Pod Subnets to " + clustersNamed(e.Clusters, func(c allocate.AddedSubnets) string { return c.Cluster }), p.subnetsIgnored(e)
	case allocate.GrowthWaits:
		return "Growth Waits for Unknown Facts", fmt.Sprintf("Cluster %q needs a further Pod range, and these facts are known only after apply: %s. A range that is chosen now could collide with them, and one that is chosen during apply could not be shown here.\n\n"+
			"%s\nOr apply without the growth first, and let the cluster grow in the next plan.", e.Cluster, listed(paths(e.Unknown), 10), whyUnknown(e.Unknown))
	case allocate.Restored:
		return p.words().restored, fmt.Sprintf("The memory of this %s was restored, and it does not know %s %q. A %s that exists would get %s.\n\n"+
			"If it exists, give what it holds in existing. If it is new, take it out, apply once, and add it again.", p.words().planner, p.words().one, e.Cluster, p.words().one, p.words().anew)
	case allocate.SharedName:
		return "Another Owner of the Name " + fmt.Sprintf("%q", e.Name), p.sharedName(e)
	case allocate.Assumed:
		return "Default Service Range Assumed", p.assumed(e)
	case allocate.NotAppended:
		return "Pod Ranges Can Only Be Added To", fmt.Sprintf("Cluster %q holds pod_cidrs = %s, and the configuration now asks for %s. %s takes further ranges at the end of the list and changes none that it has, nor their order.\n\n"+
			"Put what the cluster holds first, and further ranges behind it.", e.Cluster, join(e.Held), join(e.Wanted), e.Profile.Title)
	case allocate.NothingAccepted:
		return "Nothing to Accept", fmt.Sprintf("There is no conflict with the key %q any more. Remove the entry.", e.Key)
	case conflict.UntilWithoutToday:
		return "Accepted Conflicts Never End", untilWithoutToday(e)
	case topology.Placeholder:
		return "Value Is a Placeholder", placeholder(e)
	case allocate.LeftSupernets:
		return "Clusters Outside Supernets", leftSupernets(e)
	case conflict.NoKey:
		return "Not a Key of a Conflict", fmt.Sprintf("%s is not a key of a conflict. Messages name theirs among the ways out, such as pod_overlaps_route|10.64.0.0/20|prod:vpn+shop; copy it as it stands.", shown(e.Key))
	case allocate.Contradicted:
		return "Existing Contradicts State", fmt.Sprintf("existing says that %s %q holds %s; the state of this %s holds %s. A %s cannot hold both. Remove the entry from existing, or set it to what the state holds.", p.words().one, e.Cluster, line(e.Given), p.words().planner, line(e.Held), p.words().one)
	case allocate.UnsizedBlock:
		return "Need Cannot Be Served", p.unsizedBlock(e)
	case allocate.NoSubnetData:
		return "Usable Addresses Unknown", fmt.Sprintf("Block %q asks for usable addresses, and nothing is known of the addresses of a subnet that %s keeps. Give prefix_length instead.", e.Block, e.Platform.Title)
	case allocate.OutsideSupernets:
		return "Block Outside Supernets", outsideSupernets(e)
	case allocate.PublicSupernet:
		return "Supernet Is Not Private: " + e.Range.String(), publicSupernet(f.At, e)
	case allocate.NoRoom:
		return "No Free Range", p.noRoom(e)
	case error:
		return "Invalid Value", sentence(e.Error())
	}
	return "Invalid Value", f.String()
}

// publicSupernet says what a supernet holds that its user may not hold, and what is allocated from it.
func publicSupernet(at topology.Path, e allocate.PublicSupernet) string {
	const registry = "\n\nSource: IANA special-purpose address registries (RFC 6890)."
	switch {
	case e.Use != "":
		return fmt.Sprintf("%s = %s lies in addresses that are %s. Networks may drop or treat them in a way of their own. Give private addresses instead.", at, e.Range, e.Use) + registry
	case e.Private != nil:
		return fmt.Sprintf("%s = %s holds public addresses beside private ones. Only its private parts are allocated from: %s. Give these as supernets instead; public addresses that your organization holds need a supernet of their own.", at, e.Range, join(e.Private)) + registry
	}
	return fmt.Sprintf("%s = %s holds public addresses. Clusters that use them cannot reach their owners on the internet. Keep it only if your organization holds these addresses, or give private addresses instead.", at, e.Range) + registry
}

// ruled cites a rule, where there is one.
func (p prose) ruled(r profile.Rule) string {
	if r.Text == "" {
		return ""
	}
	lines := append([]string{"", "", "Rule: " + sentence(capital(r.Text)), "Source: " + p.catalog.Cite(r)}, ofPlatform(r)...)
	return strings.Join(lines, "\n")
}

// refused tells of a value that breaks a rule of the platform.
func (p prose) refused(f topology.Fault, e topology.Refused) (summary, detail string) {
	value := capital(e.What) + " " + line(e.Value)
	if e.Rule.Text == "" {
		return "Value Without a Source", value + " is not accepted here: no published source says that this mode has it. Leave it out."
	}
	summary, verdict := "Value Refused by Platform", "refused by the platform"
	if f.Warn {
		summary, verdict = "Value Advised Against", "advised against"
	}
	return summary, fmt.Sprintf("%s is %s. Change it to what the rule allows, or leave it out.\n\n%s", value, verdict, strings.Join(p.rule(e.Code, e.Rule), "\n"))
}

func noNodes(e allocate.NoNodes) string {
	if e.Mask6 != 0 {
		return fmt.Sprintf("Pod range %s of cluster %q serves no node: each node takes a block of /%d, and kube-controller-manager does not start with a node mask shorter than the range. "+
			"Give a larger range, or a longer node_ipv6_cidr_mask.", e.Range, e.Cluster, e.Mask6)
	}
	out := fmt.Sprintf("Pod range %s of cluster %q serves no node: on %s each node takes %d addresses", e.Range, e.Cluster, e.Profile.Title, e.Node)
	if e.Service.IsValid() {
		out += fmt.Sprintf(", and Services take %s", e.Service)
	}
	return out + ". Give a larger range, or ask for fewer Pods per node or Services."
}

func (p prose) outgrown(at topology.Path, e allocate.Outgrown) string {
	if p.blocks {
		return p.outgrownBlock(lastAttr(at), e)
	}
	argument := lastAttr(at)
	ways := fmt.Sprintf("ask for at most %d", e.Largest)
	if argument == "max_nodes" || argument == "max_services" {
		ways += "; build a second cluster for the rest"
	}
	held := holding(e.Held)
	if e.Held.NodeMask != 0 {
		held += fmt.Sprintf(", node blocks of /%d", e.Held.NodeMask)
	}
	return fmt.Sprintf("Cluster %q now asks for %s = %d; what it holds (%s) serves at most %d. %s cannot widen a range of a cluster that exists.\n\n"+
		"Ways out, least harm first: %s; build a larger one under another name and move over; or let this one move, which rebuilds it: renumber = { %q = \"<a token>\" }.",
		e.Cluster, argument, e.Wanted, held, e.Largest, e.Profile.Title, ways, e.Cluster)
}

func (p prose) wrongPlatform(e topology.WrongPlatform) string {
	where := fmt.Sprintf("VPC %q on %s", e.VPC, line(e.Platform))
	if e.Platform == "" {
		where = fmt.Sprintf("site %q", e.VPC)
	}
	var fitting []string
	for _, name := range e.Fitting {
		fitting = append(fitting, p.catalog.Describe(name))
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

func lastAttr(at topology.Path) string {
	if len(at) == 0 {
		return ""
	}
	return at[len(at)-1].Attr
}

// title writes each word with a capital.
func title(s string) string {
	words := strings.Fields(s)
	for i, word := range words {
		words[i] = capital(word)
	}
	return strings.Join(words, " ")
}

// sentence gives a text its full stop.
func sentence(s string) string {
	if strings.HasSuffix(s, "?") || strings.HasSuffix(s, ".") {
		return s
	}
	return s + "."
}

func because(why string) string {
	if why == "" {
		return ""
	}
	return " " + sentence(capital(why))
}
