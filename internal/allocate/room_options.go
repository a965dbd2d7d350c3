package allocate

import (
	"maps"
	"net/netip"
	"slices"

	"github.com/cidrplan/terraform-provider-cidrplan/internal/cidr"
	"github.com/cidrplan/terraform-provider-cidrplan/internal/conflict"
	"github.com/cidrplan/terraform-provider-cidrplan/internal/profile"
	"github.com/cidrplan/terraform-provider-cidrplan/internal/topology"
)

// WithRoomOptions is the result of a plan of a request with further options. Faults of missing ranges have what makes room for them. Each
// option is tried out: a plan with it has no range missing there, and nothing else that is wrong. Options of other faults and of findings
// that need a free range also have what makes room for it.
func WithRoomOptions(r Request, result Result, catalog *profile.Catalog) Result {
	r, _ = r.prepared()
	needing := optionTrials{request: r, catalog: catalog, left: maxTrials}
	result.Findings = needing.findings(result.Findings)
	extended, faults := 0, slices.Clone(result.Faults)
	for i, f := range faults {
		t := trial{request: r, catalog: catalog, before: result}
		if e, lacks := f.Problem.(NoRoom); lacks {
			t.lacking = e
			faults[i].Options = slices.Concat(t.less(), t.container(), t.supernets(), t.released(), t.afterFormer())
			continue
		}
		f.Options = needing.withRoom(f.Options)
		if extended < maxTrials {
			if options, tried := t.larger(f); tried {
				f.Options = slices.Concat(options, f.Options)
				extended++
			}
		}
		faults[i].Options = f.Options
	}
	result.Faults = faults
	return result
}

// less is the option to ask for what the largest free range serves, where one range is missing.
func (t trial) less() []topology.Option {
	if len(t.lacking.Others) > 0 || len(t.lacking.Free) == 0 {
		return nil
	}
	free := t.lacking.Free[0].Bits
	for _, size := range t.lacking.Free {
		free = min(free, size.Bits)
	}
	name := t.lacking.Cluster
	argument, most, shortest := t.need(name, free)
	value := any(topology.AtMost(most))
	switch {
	case shortest > 0:
		value = topology.AtLeast(shortest)
	case most < 1:
		return nil
	}
	if !t.works(t.request.asking(name, argument, max(most, shortest))) {
		return nil
	}
	return []topology.Option{topology.OptionOf(topology.Set(t.request.all().Key(name).Attr(argument), value))}
}

// need is the argument that asks for the missing range, and the number that a range of a prefix length serves: a prefix
// length at least, or a count at most.
func (t trial) need(name string, length int) (argument string, most, shortest int64) {
	if b, is := t.request.Facts.Blocks[name]; is {
		if b.Addresses == 0 {
			return "prefix_length", 0, int64(length)
		}
		at := netip.PrefixFrom(netip.IPv4Unspecified(), length)
		if t.lacking.Family == cidr.V6 {
			at = netip.PrefixFrom(netip.IPv6Unspecified(), length)
		}
		return "addresses", t.catalog.Platform(platformOf(b)).Networks.Subnets.Usable(at), 0
	}
	cl := t.request.Facts.Clusters[name]
	prof, known := t.catalog.Profile(cl.Profile)
	if !known || t.lacking.Family == cidr.V6 {
		return "", 0, 0
	}
	switch service := t.lacking.Kind == conflict.Service; {
	case service && cl.Need.ServiceLength != 0:
		return "service_prefix_length", 0, int64(length)
	case service:
		return "max_services", prof.ServicesOf(length), 0
	case cl.ReserveLength != 0:
		return "reserve_prefix_length", 0, int64(length)
	case cl.Need.PodLength != 0:
		return "pod_prefix_length", 0, int64(length)
	}
	return "max_nodes", t.nodes(name, cl, prof, length), 0
}

// nodes is how many nodes a cluster has with a Pod range of a prefix length beside those that it holds.
func (t trial) nodes(name string, cl topology.Cluster, prof *profile.Profile, length int) int64 {
	node, _ := prof.NodeSize(cl.Need) // a cluster without a size lacks no range
	service, _ := prof.ServiceSize(cl.Need)
	if prior := t.request.Prior; prior != nil {
		if held, holds := prior.Allocations[name]; holds {
			node = prof.NodeOf(held.NodeMask)
			return prof.Usable(held.Ranges, node).Nodes + prof.NodesOf(length, node, 0) - cl.Need.SurgeNodes
		}
	}
	return prof.NodesOf(length, node, service) - cl.Need.SurgeNodes
}

// asking is the request with a cluster or block that asks for another size.
func (r Request) asking(name, argument string, value int64) Request {
	edited, _, _ := r.following([]topology.Edit{topology.Set(r.all().Key(name).Attr(argument), value)})
	return edited
}

// supernets is the option to add a supernet that holds twice what is missing, so that the next one has room as well: a
// private range that nothing uses, or where none is known to do, one that holds what is missing.
func (t trial) supernets() []topology.Option {
	lists := map[string][]MissingRange{}
	var places []topology.Path
	for _, one := range append([]MissingRange{t.lacking.MissingRange}, t.lacking.Others...) {
		at := t.supernetsAt(one.Kind)
		if lists[at.String()] == nil {
			places = append(places, at)
		}
		lists[at.String()] = append(lists[at.String()], one)
	}
	if t.lacking.Family == cidr.V4 && len(places) == 1 {
		length := max(t.total(lists[places[0].String()])-1, 8)
		for _, free := range append(t.inContainer(length), t.private(length)...) {
			if t.works(t.request.withSupernet(places[0], free)) {
				return []topology.Option{topology.OptionOf(topology.Add(places[0], free))}
			}
		}
	}
	if _, _, contained := t.containing(); contained {
		return nil // not any range would do
	}
	var edits []topology.Edit
	for _, at := range places {
		edits = append(edits, topology.Add(at, topology.RangeOf{Family: t.lacking.Family.String(), Length: t.total(lists[at.String()])}))
	}
	return []topology.Option{topology.OptionOf(edits...)}
}

// supernetsAt is the list of supernets that ranges of a kind would come from.
func (t trial) supernetsAt(kind conflict.Kind) topology.Path {
	at, service := topology.Path{}, t.request.ServiceSupernets
	if pool := t.lacking.Pool; pool != "" {
		at, service = at.Attr("pools").Key(pool), t.request.Pools[pool].ServiceSupernets
	}
	if kind == conflict.Service && len(service) > 0 {
		return at.Attr("service_supernets")
	}
	return at.Attr("supernets")
}

// withSupernet is the request with a further supernet in one of its lists.
func (r Request) withSupernet(at topology.Path, supernet netip.Prefix) Request {
	pool := Pool{Supernets: r.Supernets, ServiceSupernets: r.ServiceSupernets}
	if len(at) > 1 {
		pool = r.Pools[at[1].Key]
	}
	if at[len(at)-1].Attr == "service_supernets" {
		pool.ServiceSupernets = append(slices.Clone(pool.ServiceSupernets), supernet)
	} else {
		pool.Supernets = append(slices.Clone(pool.Supernets), supernet)
	}
	if len(at) == 1 {
		r.Supernets, r.ServiceSupernets = pool.Supernets, pool.ServiceSupernets
		return r
	}
	r.Pools = maps.Clone(r.Pools)
	r.Pools[at[1].Key] = pool
	return r
}

// total is the prefix length of a range that holds some missing ranges.
func (t trial) total(missing []MissingRange) int {
	length, count := missing[0].Length, uint64(len(missing))
	var addresses uint64
	for _, one := range missing {
		length = min(length, one.Length)
		if t.lacking.Family == cidr.V4 {
			addresses += 1 << (32 - one.Length)
		}
	}
	if t.lacking.Family == cidr.V4 {
		return cidr.LongestFor(addresses, cidr.V4)
	}
	return max(length-cidr.Bits(count), 1)
}

// private are private ranges of a prefix length that nothing uses, one of each block.
func (t trial) private(length int) []netip.Prefix { return t.freeIn(cidr.PrivateIPv4(), nil, length) }

// freeIn are parts of blocks of a prefix length that nothing uses here or in the ledger, one of each block. The ranges that may be used are
// no obstacle.
func (t trial) freeIn(blocks, mayBeUsed []netip.Prefix, length int) []netip.Prefix {
	space := cidr.NewSpace(cidr.NewSet(blocks...))
	for _, c := range t.before.Claims {
		if !slices.Contains(mayBeUsed, c.Range) {
			space.Remove(c.Range)
		}
	}
	for _, supernet := range t.request.AllSupernets() {
		space.Remove(supernet)
	}
	for _, taken := range t.request.Ledger.takenBeside(nil) {
		space.RemoveAll(taken)
	}
	var ranges []netip.Prefix
	for _, block := range blocks {
		if free, ok := space.FitWithin(block, length); ok {
			ranges = append(ranges, free)
		}
	}
	return ranges
}

// released is the option to use again the ranges of the first owner that make room, of those that hold the most: released
// ranges, entries of existing whose owner is not declared, and reserved ranges.
func (t trial) released() []topology.Option {
	tried := map[string]bool{}
	for _, c := range t.lacking.Holders {
		edit, edited, ok := t.request.freeing(c)
		if !ok || tried[edit.At.String()+c.Owner] {
			continue
		}
		tried[edit.At.String()+c.Owner] = true
		if t.works(edited) {
			return []topology.Option{topology.OptionWhen(topology.ReleasedUnused, edit)}
		}
	}
	return nil
}

// freeing is the edit that frees what one holds, and the request with it.
func (r Request) freeing(c conflict.Claim) (topology.Edit, Request, bool) {
	switch {
	case c.Foreign():
	case c.Kind == conflict.Released && !slices.Contains(r.Reclaim, c.Owner):
		r.Reclaim = append(slices.Clone(r.Reclaim), c.Owner)
		return topology.Add(topology.Path{}.Attr("reclaim"), c.Owner), r, true
	case c.Kind == conflict.Existing:
		r.Existing = maps.Clone(r.Existing)
		delete(r.Existing, c.At[1].Key)
		return topology.Remove(c.At), r, true
	case c.Kind == conflict.Reserved:
		r.Facts.Reserved = maps.Clone(r.Facts.Reserved)
		delete(r.Facts.Reserved, c.At[1].Key)
		return topology.Remove(c.At[:2]), r, true
	}
	return topology.Edit{}, r, false
}
