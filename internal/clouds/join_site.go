package clouds

// siteFacts are the networks that connections lead to, and the destinations of routes of hubs that lead to no VPC. blocks are those of
// the VPCs.
func (j *joiner) siteFacts(blocks blockIndex) Known[map[string]Site] {
	out := map[string]Site{}
	isAfterApply := j.of[Connections].afterApply || j.of[HubRoutes].afterApply
	for _, e := range j.of[Connections].entries {
		site := Site{CIDRBlocks: union(e.CIDRs, e.IPv6CIDRs), Hubs: known([]string{}), Peers: known([]string{})}
		j.connect(&site, e)
		switch {
		case site.CIDRBlocks.AfterApply: // it may turn out to have none
			isAfterApply = true
		case len(site.CIDRBlocks.Value) > 0:
			out[e.key] = site
		}
	}
	for _, e := range j.of[HubRoutes].entries {
		isAfterApply = !j.addHubRoutes(out, e, blocks) || isAfterApply
	}
	return whole(out, isAfterApply)
}

// list is a list of one text, empty for "".
func list(text Known[string]) Known[[]string] {
	switch {
	case text.AfterApply:
		return afterApply[[]string]()
	case text.Value == "":
		return known([]string{})
	}
	return known([]string{text.Value})
}

// connect sets the VPC or the hub that a connection ends at: what it names itself, otherwise what its gateway names. A label that is
// known only after apply leaves both open: without it, the IDs count.
func (j *joiner) connect(site *Site, e entry) {
	if len(e.VPC) == 0 && len(e.Hub) == 0 && len(e.SiteGateway) > 0 {
		e = j.withGateway(e)
	}
	if e.Labels.VPC.AfterApply || e.Labels.Hub.AfterApply {
		site.Peers, site.Hubs = afterApply[[]string](), afterApply[[]string]()
		j.undecided = true
		return
	}
	if !empty(e.Labels.VPC) || !empty(e.Labels.Hub) { // what is labelled needs no ID, which may be known only after apply
		if empty(e.Labels.VPC) {
			e.VPC = nil
		}
		if empty(e.Labels.Hub) {
			e.Hub = nil
		}
	}
	namesVPC := !empty(e.Labels.VPC) || len(e.VPC) > 0 || j.vpcs.ofKey(e.key) != "" || j.vpcs.afterApply
	namesHub := !empty(e.Labels.Hub) || len(e.Hub) > 0
	if namesVPC {
		vpc, undecided := j.vpcOf(e, nil, e.VPC)
		site.Peers = orAfterApply(list(known(vpc)), undecided)
	}
	if namesHub {
		found, fault := j.hubs.find(e, clues{label: e.Labels.Hub, refs: e.Hub}) // an ID that is not known yet may turn out to be none
		hub, undecided := j.belongs(e, j.hubs, found, fault)
		site.Hubs = orAfterApply(list(known(hub)), undecided)
	}
	switch {
	case site.CIDRBlocks.AfterApply:
		j.undecided = true
	case len(site.CIDRBlocks.Value) == 0:
		j.unplaced[e.at.String()] = Unplaced{Type: e.Type.Name, Missing: NoRange}
	case !namesVPC && !namesHub:
		j.unplaced[e.at.String()] = Unplaced{Type: e.Type.Name, Missing: string(VPCs)}
	}
}

// withGateway is a connection with the VPC and the hub that its gateway names, in ways in which it names none itself. A labelled one needs
// no gateway.
func (j *joiner) withGateway(e entry) entry {
	found, fault := j.siteGateways.find(e, clues{refs: e.SiteGateway})
	gateway, is := j.siteGateways.entryOf[found.name]
	labelled := !empty(e.Labels.VPC) || !empty(e.Labels.Hub)
	switch {
	case !is && labelled && fault == nil:
		return e
	case !is:
		if _, undecided := j.belongs(e, j.siteGateways, found, fault); undecided {
			e.VPC, e.Hub = Refs{afterApply[string]()}, Refs{afterApply[string]()}
		}
		return e
	}
	e.VPC, e.Hub = gateway.VPC, gateway.Hub
	if !labelled && j.vpcs.ofKey(e.key) == "" && !j.vpcs.afterApply { // otherwise a VPC of its key may follow
		e.key, e.Labels = gateway.key, gateway.Labels
	}
	return e
}

func empty(text Known[string]) bool { return !text.AfterApply && text.Value == "" }
