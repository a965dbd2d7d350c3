package clouds

import (
	"sync"

	"github.com/cidrplan/terraform-provider-cidrplan/internal/topology"
)

// addHubRoutes adds the destinations of the routes of a hub that lead to no VPC. It is false where it is not known yet which these are.
func (j *joiner) addHubRoutes(sites siteSet, e entry, blocks blockIndex) (complete bool) {
	routes, complete := j.occupying(e)
	leads := j.leadsToVPC(e)
	hub := sync.OnceValue(func() Known[[]string] {
		name, undecided := j.hubOf(e)
		return orAfterApply(list(known(name)), undecided)
	})
	for _, r := range routes {
		toVPC := leads
		if !leads.AfterApply && !leads.Value {
			toVPC = j.isInVPC(e, r, blocks)
		}
		switch {
		case isEverywhere(r.Destination.Value), toVPC.Value, r.Summary.Value:
			continue
		case toVPC.AfterApply, r.Summary.AfterApply:
			complete = false
			continue
		}
		key := freeKey(sites.of, r.key)
		sites.of[key], sites.byRoute[key] = Site{CIDRBlocks: list(r.Destination), Hubs: hub(), Peers: known([]string{})}, true
	}
	if !complete { // only a route that makes a site needs a hub that is given
		found, _ := j.hubs.find(e, hubClues(e))
		j.undecided = j.undecided || found.name == ""
	}
	return complete
}

// leadsToVPC says whether the routes of an object lead to a VPC, because of a label or the attachment that they name. False leaves that
// to their destinations: see isInVPC.
func (j *joiner) leadsToVPC(e entry) Known[bool] {
	found, fault := j.vpcs.find(e, clues{label: e.Labels.VPC})
	switch {
	case fault != nil:
		j.faults = append(j.faults, *fault)
		return known(true)
	case e.Labels.VPC.AfterApply, found.undecided && !empty(e.Labels.VPC):
		return afterApply[bool]()
	case !empty(e.Labels.VPC):
		j.checkAttachment(e, found.name)
		return known(true)
	}
	for _, id := range e.Attachment.known() {
		if _, is := j.of[Attachments].keyOf[id]; is {
			return known(true)
		}
	}
	if e.Attachment.afterApply() || len(e.Attachment) > 0 && j.of[Attachments].afterApply {
		return afterApply[bool]()
	}
	return known(false)
}

// checkAttachment adds the fault that a labelled route leads over an attachment of something else than the VPC.
func (j *joiner) checkAttachment(e entry, vpc string) {
	for _, id := range e.Attachment.known() {
		attached, is := j.attachedVPC[id]
		if j.isOfSite(id) || is && attached != "" && attached != vpc {
			j.faults = append(j.faults, topology.Fault{At: e.at, Problem: Contradiction{
				Type: e.Type.Name, Owner: VPCs, Name: vpc, By: ByLabel, Reference: id, Other: attached,
			}})
		}
	}
}

// isInVPC says whether a route over an attachment leads to addresses of a VPC, so that it leads to that VPC, perhaps over another hub.
// One over an attachment of a connection does not.
func (j *joiner) isInVPC(e entry, r keyedRoute, blocks blockIndex) Known[bool] {
	for _, id := range e.Attachment.known() {
		if j.isOfSite(id) {
			return known(false)
		}
	}
	if !r.NextHop.AfterApply && r.NextHop.Value != "transit" && (r.NextHop.Value != "" || len(e.Type.Attachment) == 0) {
		return known(false)
	}
	within := blocks.around(list(r.Destination))
	switch inside := len(within.names) > 0; {
	case !inside && !within.undecided:
		return known(false)
	case !inside, r.NextHop.AfterApply, len(e.Attachment) > 0 && j.siteGateways.afterApply:
		return afterApply[bool]()
	}
	return known(true)
}

// isOfSite says whether an attachment of a hub is that of a connection or of a gateway of one.
func (j *joiner) isOfSite(attachment string) bool {
	_, isGateway := j.siteGateways.keyOf[attachment]
	_, isConnection := j.connections.keyOf[attachment]
	return isGateway || isConnection
}
