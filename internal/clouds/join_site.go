package clouds

// siteFacts are the networks that connections lead to, the addresses of hubs themselves, and the destinations of routes of hubs that lead
// to no VPC. blocks are those of the VPCs.
func (j *joiner) siteFacts(blocks blockIndex) Known[map[string]Site] {
	isAfterApply := j.of[Connections].afterApply || j.of[HubRoutes].afterApply || j.hubs.afterApply && j.platform.hubsHaveRanges()
	sites, routed := siteSet{of: map[string]Site{}, byRoute: map[string]bool{}}, j.routedRanges()
	for _, e := range j.of[Connections].entries {
		ranges := notEverywhere(union(e.CIDRs, e.IPv6CIDRs))
		site := Site{CIDRBlocks: routed.without(e, ranges), Hubs: known([]string{}), Peers: known([]string{})}
		j.connect(&site, e, routed.has(e.key))
		switch {
		case site.CIDRBlocks.AfterApply: // it may turn out to have none
			isAfterApply = true
		case len(site.CIDRBlocks.Value) > 0:
			sites.of[e.key] = site
		}
	}
	for _, e := range j.hubs.entries {
		own := Site{CIDRBlocks: union(e.CIDRs, e.IPv6CIDRs), Hubs: known([]string{e.key}), Peers: known([]string{})}
		isAfterApply = isAfterApply || own.CIDRBlocks.AfterApply
		if len(own.CIDRBlocks.Value) > 0 {
			sites.of[freeKey(sites.of, e.key+"/own")] = own
		}
	}
	for _, e := range j.of[HubRoutes].entries {
		isAfterApply = !j.addHubRoutes(sites, e, blocks) || isAfterApply
	}
	distinct, isDecided := sites.distinct()
	return whole(distinct, isAfterApply || !isDecided)
}

// isEverywhere says whether a range is all addresses of its family: where everything else is sent, which occupies no addresses.
func isEverywhere(r string) bool { return r == "0.0.0.0/0" || r == "::/0" }

// notEverywhere are ranges without those of all addresses.
func notEverywhere(ranges Known[[]string]) Known[[]string] {
	var out []string
	for _, r := range ranges.Value {
		if !isEverywhere(r) {
			out = append(out, r)
		}
	}
	return Known[[]string]{Value: out, AfterApply: ranges.AfterApply}
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

// connect sets the VPC or the hub that a connection ends at: what it names itself, otherwise what its gateway or its own connection names.
// A label that is known only after apply leaves both open: without it, the IDs count. A connection that others are routes of needs no
// ranges.
func (j *joiner) connect(site *Site, e entry, hasRoutes bool) {
	e = j.ended(e)
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
	case len(site.CIDRBlocks.Value) == 0 && hasRoutes:
	case len(site.CIDRBlocks.Value) == 0:
		j.unplaced[e.at.String()] = Unplaced{Type: e.Type.Name, Missing: NoRange}
	case !namesVPC && !namesHub:
		j.unplaced[e.at.String()] = Unplaced{Type: e.Type.Name, Missing: string(VPCs)}
	}
}

func empty(text Known[string]) bool { return !text.AfterApply && text.Value == "" }
