package clouds

import (
	"maps"
	"slices"
	"strconv"

	"github.com/cidrplan/terraform-provider-cidrplan/internal/topology"
)

// joiner joins the objects of one platform.
type joiner struct {
	platform *Platform
	of       map[Argument]collection

	vpcs, hubs, siteGateways, connections owners

	faults   []topology.Fault
	unplaced map[string]Unplaced
	// prefixLists are the ranges of prefix lists by the IDs that are known.
	prefixLists map[string]Known[[]string]
	// attachedVPC are the VPCs of attachments by ID.
	attachedVPC map[string]string
	// undecided says that an object may turn out to belong to nothing, or to something.
	undecided bool
}

// Given are the objects of one platform by argument.
type Given map[Argument]Objects

// Objects are those of one argument by key.
type Objects struct {
	Of map[string]Object
	At topology.Path
	// AfterApply says that not even all keys are known before apply.
	AfterApply bool
}

// Join joins the objects of each platform to facts. Faults are at the places of the objects.
func (c *Catalog) Join(given map[string]Given) (Facts, []topology.Fault) {
	facts := newFacts()
	var faults []topology.Fault
	platformOf := map[Argument]map[string]string{}
	for _, name := range sortedKeys(given) {
		j := newJoiner(c.Platform(name), given[name])
		part := j.join()
		faults = append(faults, j.faults...)
		faults = append(faults, namedTwice(platformOf, name, j)...)
		facts.add(part)
	}
	topology.SortFaults(faults)
	return facts, faults
}

// namedTwice are faults of names that another platform has already.
func namedTwice(platformOf map[Argument]map[string]string, platform string, j *joiner) []topology.Fault {
	var faults []topology.Fault
	for _, argument := range []Argument{VPCs, Gateways, Clusters, Connections, HubRoutes} {
		if platformOf[argument] == nil {
			platformOf[argument] = map[string]string{}
		}
		for _, e := range j.of[argument].entries {
			if other, taken := platformOf[argument][e.key]; taken {
				faults = append(faults, topology.Fault{At: e.at, Problem: NameTwice{argument, e.key, [2]string{other, platform}}})
			}
			platformOf[argument][e.key] = platform
		}
	}
	return faults
}

func newJoiner(platform *Platform, given Given) *joiner {
	j := &joiner{
		platform: platform, of: map[Argument]collection{}, unplaced: map[string]Unplaced{}, attachedVPC: map[string]string{},
		prefixLists: map[string]Known[[]string]{},
	}
	for _, argument := range Arguments {
		objects := given[argument]
		var all []entry
		for _, key := range sortedKeys(objects.Of) {
			all = append(all, entry{objects.Of[key], key, objects.At.Key(key)})
		}
		j.of[argument] = newCollection(all, objects.AfterApply)
		j.undecided = j.undecided || j.of[argument].afterApply
	}
	j.vpcs = newOwners(VPCs, LabelVPC, j.of[VPCs])
	j.hubs = newOwners(Gateways, LabelHub, j.of[Gateways])
	j.siteGateways = newOwners(SiteGateways, "", j.of[SiteGateways])
	for _, key := range sortedKeys(given[PrefixLists].Of) { // entries can be objects of their own, with the ID of their list
		list := given[PrefixLists].Of[key]
		for _, id := range list.IDs.known() {
			j.prefixLists[id] = union(j.prefixLists[id], union(list.CIDRs, list.IPv6CIDRs))
		}
	}
	j.connections = newOwners(Connections, "", j.of[Connections])
	return j
}

func (j *joiner) join() Facts {
	vpcs := j.vpcFacts()
	sites := j.siteFacts(newBlockIndex(vpcs))
	facts := Facts{
		Hubs: j.hubFacts(), Sites: sites, VPCs: vpcs, Existing: j.clusterFacts(), BlockExisting: blocksOf(vpcs),
		Unplaced: known(j.unplaced),
	}
	if j.undecided {
		facts.Unplaced = afterApply[map[string]Unplaced]()
	}
	return facts
}

// belongs notes what became of an object that must belong to an owner: faults, and that it belongs to none.
func (j *joiner) belongs(e entry, o owners, found owner, fault *topology.Fault) (name string, undecided bool) {
	switch {
	case fault != nil:
		j.faults = append(j.faults, *fault)
		return "", false
	case found.undecided:
		j.undecided = true
	case found.name == "":
		j.unplaced[e.at.String()] = Unplaced{Type: e.Type.Name, Missing: string(o.argument), Reference: found.reference}
	}
	return found.name, found.undecided
}

// vpcOf is the VPC that an object belongs to.
func (j *joiner) vpcOf(e entry, within *candidates, refs Refs) (name string, undecided bool) {
	found, fault := j.vpcs.find(e, clues{label: e.Labels.VPC, key: e.key, within: within, refs: refs})
	return j.belongs(e, j.vpcs, found, fault)
}

// hubOf is the hub that an object belongs to.
func (j *joiner) hubOf(e entry) (name string, undecided bool) {
	found, fault := j.hubs.find(e, hubClues(e))
	return j.belongs(e, j.hubs, found, fault)
}

// hubClues are what says to which hub an object belongs.
func hubClues(e entry) clues { return clues{label: e.Labels.Hub, only: true, refs: e.Hub} }

func (j *joiner) hubFacts() Known[map[string]Hub] {
	out := map[string]Hub{}
	for _, e := range j.hubs.entries {
		out[e.key] = Hub{Kind: e.Type.HubKind, ProtectionLevel: e.ProtectionLevel}
	}
	return whole(out, j.hubs.afterApply)
}

// clusterFacts are the ranges of the clusters. A cluster without any is in no argument of an allocator.
func (j *joiner) clusterFacts() Known[map[string]Cluster] {
	out := map[string]Cluster{}
	isAfterApply := j.of[Clusters].afterApply
	for _, e := range j.of[Clusters].entries {
		ranges, undecided := []Known[[]string]{e.Pods, e.Services, e.PodsIPv6, e.ServicesIPv6}, false
		has := slices.ContainsFunc(ranges, func(r Known[[]string]) bool {
			undecided = undecided || r.AfterApply
			return len(r.Value) > 0
		})
		switch {
		case !has && undecided:
			isAfterApply, j.undecided = true, true
			continue
		case !has:
			j.unplaced[e.at.String()] = Unplaced{Type: e.Type.Name, Missing: NoRange}
			continue
		}
		out[e.key] = Cluster{
			PodCIDRs: e.Pods, ServiceCIDR: first(e.Services), PodIPv6CIDR: first(e.PodsIPv6), ServiceIPv6CIDR: first(e.ServicesIPv6),
			NodeCIDRMask: j.number(e, e.NodeCIDRMask), NodeIPv6CIDRMask: j.number(e, e.NodeIPv6CIDRMask),
			OtherRanges: e.OtherRanges,
		}
	}
	return whole(out, isAfterApply)
}

// number is a prefix length, 0 for "".
func (j *joiner) number(e entry, text Known[string]) Known[int64] {
	if text.AfterApply || text.Value == "" || text.Value == "0" { // 0 stands for null in old states and in elements of data sources
		return Known[int64]{AfterApply: text.AfterApply}
	}
	n, err := strconv.ParseInt(text.Value, 10, 64)
	if err != nil || n < 1 || n > 128 {
		j.faults = append(j.faults, topology.Fault{At: e.at, Problem: NotALength{e.Type.Name, text.Value}})
	}
	return known(n)
}

// first is the first of a list, "" of none.
func first(list Known[[]string]) Known[string] {
	switch {
	case list.AfterApply:
		return afterApply[string]()
	case len(list.Value) == 0:
		return Known[string]{}
	}
	return known(list.Value[0])
}

// whole is a map, or one of which not even the keys are known.
func whole[T any](m map[string]T, isAfterApply bool) Known[map[string]T] {
	if isAfterApply {
		return afterApply[map[string]T]()
	}
	return known(m)
}

func newFacts() Facts {
	return Facts{
		Hubs: known(map[string]Hub{}), Sites: known(map[string]Site{}), VPCs: known(map[string]VPC{}),
		Existing:      known(map[string]Cluster{}),
		BlockExisting: known(map[string]Known[string]{}), Unplaced: known(map[string]Unplaced{}),
	}
}

// add adds the facts of a platform.
func (f *Facts) add(part Facts) {
	add(&f.Hubs, part.Hubs)
	add(&f.Sites, part.Sites)
	add(&f.VPCs, part.VPCs)
	add(&f.Existing, part.Existing)
	add(&f.BlockExisting, part.BlockExisting)
	add(&f.Unplaced, part.Unplaced)
}

func add[T any](into *Known[map[string]T], part Known[map[string]T]) {
	if into.AfterApply = into.AfterApply || part.AfterApply; into.AfterApply {
		into.Value = nil
		return
	}
	for key, v := range part.Value {
		into.Value[key] = v
	}
}

// blocksOf are the CIDR blocks of VPCs: the first one under the name of the VPC, others under name/block.
func blocksOf(vpcs Known[map[string]VPC]) Known[map[string]Known[string]] {
	if vpcs.AfterApply {
		return afterApply[map[string]Known[string]]()
	}
	out := map[string]Known[string]{}
	for _, name := range sortedKeys(vpcs.Value) {
		blocks := vpcs.Value[name].CIDRBlocks
		if blocks.AfterApply {
			return afterApply[map[string]Known[string]]()
		}
		for i, block := range blocks.Value {
			key := name
			if i > 0 {
				key += "/" + block
			}
			out[key] = known(block)
		}
	}
	return known(out)
}

// unionOf are lists by name with what others add.
func unionOf(lists, more Known[map[string][]string]) Known[map[string][]string] {
	if lists.AfterApply || more.AfterApply {
		return afterApply[map[string][]string]()
	}
	out := maps.Clone(lists.Value)
	for _, name := range sortedKeys(more.Value) {
		if out == nil {
			out = map[string][]string{}
		}
		out[name] = union(known(out[name]), known(more.Value[name])).Value
	}
	return known(out)
}

// union is a list with what another one adds.
func union(list, more Known[[]string]) Known[[]string] {
	if list.AfterApply || more.AfterApply {
		return afterApply[[]string]()
	}
	out := slices.Clone(list.Value)
	for _, v := range more.Value {
		if !slices.Contains(out, v) {
			out = append(out, v)
		}
	}
	return known(out)
}
