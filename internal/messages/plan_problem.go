package messages

import (
	"fmt"

	"github.com/cidrplan/terraform-provider-cidrplan/internal/allocate"
	"github.com/cidrplan/terraform-provider-cidrplan/internal/conflict"
	"github.com/cidrplan/terraform-provider-cidrplan/internal/topology"
)

// planProblem says why the planner cannot serve a request.
func (p Writer) planProblem(f topology.Fault) (summary, detail string) { //nolint:gocyclo // a table of messages: one case for each type
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
			p.called(e.Cluster), e.Argument, Line(given(e.Held)), Line(given(e.Wanted)), p.Terms().changes)
	case allocate.OtherNetwork:
		return p.otherNetwork(e)
	case allocate.Outgrown:
		return "Held Range Is Too Small", p.outgrown(f.At, e)
	case allocate.NoNodes:
		return "Pod Range Too Small for a Node", noNodes(e)
	case allocate.NothingToReclaim:
		if e.Acted {
			return "Nothing to Reclaim", fmt.Sprintf("%s was already in reclaim, and each name is applied only once. Ranges that were "+
				"released since then stay reserved.", Shown(e.Name))
		}
		return "Nothing to Reclaim", fmt.Sprintf("%s has no released ranges.%s Names with released "+
			"ranges: %s.", Shown(e.Name), DidYouMean(e.Name, e.Released), nonEmptyList(e.Released))
	case allocate.ReleasePrevented:
		return "Ranges Must Not Be Released", p.releasePrevented(e)
	case allocate.NoLongerDeclared:
		return "Ranges Released", p.noLongerDeclared(e)
	case allocate.Moved:
		return p.Terms().renumbered, p.movedTo(e)
	case allocate.Appended:
		return "Ranges Appended to " + appendedTo(e), p.appended(e)
	case allocate.ExtendedPods:
		return "Larger Pod Range for " + clustersNamed(e.Clusters, extendedTo), p.extended(e)
	case allocate.SubnetsIgnored:
		return "Terraform Does Not Add Pod Subnets to " + clustersNamed(e.Clusters, addedTo), p.subnetsIgnored(e)
	case allocate.GrowthPostponed:
		return "Growth Depends on Facts Known Only After Apply", fmt.Sprintf("Cluster %q needs a further %s range, but these facts are "+
			"known only after apply: %s. A range chosen now could conflict with them, and a range chosen during apply could not be shown "+
			"in this plan. Plan again after these facts are known.", e.Cluster, neededBy(f.At), Listed(paths(e.Unknown), 10))
	case allocate.UnknownToImport:
		return p.Terms().notInLock, fmt.Sprintf("The lock that was imported into this %s does not contain %s %q. If the %s exists, "+
			"cidrplan allocates %s.", p.Terms().Planner, p.Terms().One, e.Cluster, p.Terms().One, p.Terms().Anew)
	case allocate.SharedName:
		return "Another Owner of the Name " + fmt.Sprintf("%q", e.Name), p.sharedName(e)
	case allocate.DNSAddress:
		return dnsAddress(e)
	case allocate.AssumedRanges:
		if e.Kind == conflict.Pod {
			return "Default Pod Range Assumed", p.assumed(e)
		}
		return "Default Service Range Assumed", p.assumed(e)
	case allocate.NotSuperset:
		return "Pod Range Does Not Contain the Held One", notSuperset(e)
	case allocate.BaseChanged:
		return "Larger Pod Range Begins at Another Address", fmt.Sprintf("Pod range %s of cluster %q becomes %s, which begins at another "+
			"address.", e.Was, e.Cluster, e.Now)
	case allocate.NotExtended:
		return "Larger Pod Range Is Not Free", notExtended(e)
	case allocate.NotAppended:
		return "Ranges Can Only Be Appended", fmt.Sprintf("Cluster %q holds %s = %s, and the configuration now requests %s. "+
			"%s accepts further ranges only at the end of the list. Existing ranges and their order cannot "+
			"change.", e.Cluster, LastAttr(f.At), Join(e.Held), Join(e.Wanted), Capital(e.Profile.Title))
	case allocate.UnusedAcceptance:
		return "Accepted Conflict Does Not Exist", fmt.Sprintf("No conflict has the key %q any more.", e.Key)
	case conflict.UntilWithoutToday:
		return "End Dates of Accepted Conflicts Have No Effect", untilWithoutToday(e)
	case topology.Placeholder:
		return "Value Is a Placeholder", placeholder(e)
	case allocate.NoLongerInSupernets:
		return "Clusters Are Outside the Supernets", leftSupernets(e)
	case conflict.NoKey:
		return "Invalid Conflict Key", fmt.Sprintf("%s is not a valid key of a conflict. The message of each conflict shows its key "+
			"under To resolve, such as pod_overlaps_route|10.64.0.0/20|prod:vpn+shop. Copy the whole key.", Shown(e.Key))
	case allocate.ContradictsState:
		return "Existing Contradicts State", fmt.Sprintf("According to existing, %s %q holds %s. According to the state of this %s, it "+
			"holds %s. cidrplan uses the state.", p.Terms().One, e.Cluster, Line(given(e.Given)), p.Terms().Planner, Line(given(e.Held)))
	case allocate.BlockSizeNotServed:
		return "Size Not Possible", p.unsizedBlock(e)
	case allocate.NoSubnetData:
		return "Usable Addresses Unknown", fmt.Sprintf("Block %q requests usable addresses, but cidrplan does not know how many "+
			"addresses of each subnet %s reserves.", e.Block, e.Platform.Title)
	case allocate.GivenOnFormer:
		return "Addresses Are in Use Until This Plan Is Applied: " + e.Given.Range.String(), givenOnFormer(e)
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

func addedTo(c allocate.AddedSubnets) string { return c.Cluster }
