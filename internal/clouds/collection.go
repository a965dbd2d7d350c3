package clouds

import (
	"cmp"
	"maps"
	"slices"
	"strings"

	"github.com/cidrplan/terraform-provider-cidrplan/internal/topology"
)

// entry is an object under the key that the configuration gives it.
type entry struct {
	Object
	key string
	at  topology.Path
}

// collection is the objects of one argument.
type collection struct {
	// entries are in the order of their keys. An object that is given twice is one: see distinct.
	entries []entry
	// afterApply says that further objects may come: the argument, or one of its objects, is known only after apply as a whole.
	afterApply bool
	// keyOf are the keys of the entries by the IDs that are known, those of objects that were left out because they are given twice
	// among them.
	keyOf map[string]string
	// otherKeys are the keys of the entries by the other keys under which the same object is given.
	otherKeys map[string]string
}

// newCollection makes a collection of objects in the order of their keys, of which those that do not count are left out.
func newCollection(all []entry, afterApply bool) collection {
	c := collection{afterApply: afterApply, keyOf: map[string]string{}, otherKeys: map[string]string{}}
	for _, e := range all {
		c.afterApply = c.afterApply || e.Counts.AfterApply
		if e.Counts.Value {
			c.entries = append(c.entries, e)
		}
	}
	c.entries = c.distinct()
	return c
}

// distinct are the entries without those that have an ID of another one. A resource is kept rather than what a data source read,
// and a key that a person chose rather than an ID. An ID that is known only after apply is that of a new object, which no data source
// has read.
func (c collection) distinct() []entry {
	preferred := slices.SortedStableFunc(slices.Values(c.entries), func(a, b entry) int { return cmp.Compare(a.rank(), b.rank()) })
	for _, e := range preferred {
		for _, id := range e.known() {
			if _, taken := c.keyOf[id]; !taken {
				c.keyOf[id] = c.keyOrNew(e)
			}
		}
	}
	same := map[string][]entry{}
	for _, e := range preferred {
		if key := c.keyOrNew(e); key != e.key {
			same[key], c.otherKeys[e.key] = append(same[key], e), key
		}
	}
	var out []entry
	for _, e := range c.entries {
		if c.otherKeys[e.key] == "" {
			out = append(out, e.with(same[e.key]))
		}
	}
	return out
}

// with is an object with what other data sources, but not it, say of the same object: one data source of a cloud has ranges that another
// one lacks. A resource is complete.
func (e entry) with(same []entry) entry {
	for _, other := range same {
		if !e.isRead() || !other.isRead() {
			continue
		}
		e.CIDRs, e.IPv6CIDRs = union(e.CIDRs, other.CIDRs), union(e.IPv6CIDRs, other.IPv6CIDRs)
		e.Pods, e.PodsIPv6 = union(e.Pods, other.Pods), union(e.PodsIPv6, other.PodsIPv6)
		e.Services, e.ServicesIPv6 = union(e.Services, other.Services), union(e.ServicesIPv6, other.ServicesIPv6)
		e.OtherRanges = unionOf(e.OtherRanges, other.OtherRanges)
		e.NodeCIDRMask = textOr(e.NodeCIDRMask, other.NodeCIDRMask)
		e.NodeIPv6CIDRMask = textOr(e.NodeIPv6CIDRMask, other.NodeIPv6CIDRMask)
		e.Region = textOr(e.Region, other.Region)
		e.VPC, e.Hub = refsOr(e.VPC, other.VPC), refsOr(e.Hub, other.Hub)
		e.RouteTable = refsOr(e.RouteTable, other.RouteTable)
	}
	return e
}

// textOr is a text, or another one where it is "".
func textOr(text, other Known[string]) Known[string] {
	if empty(text) {
		return other
	}
	return text
}

// refsOr are IDs, or others where there are none.
func refsOr(refs, others Refs) Refs {
	if len(refs) == 0 {
		return others
	}
	return refs
}

// isRead says whether a data source read the object.
func (e entry) isRead() bool { return strings.HasPrefix(e.Type.Name, dataSource) }

// keyOrNew is the key under which an object is already kept, its own key if it is not.
func (c collection) keyOrNew(e entry) string {
	for _, id := range e.known() {
		if key, kept := c.keyOf[id]; kept {
			return key
		}
	}
	return e.key
}

// rank orders entries of one object: the first one is kept.
func (e entry) rank() int {
	rank := 0
	if e.isRead() {
		rank += 2
	}
	if slices.Contains(e.known(), e.key) {
		rank++
	}
	return rank
}

// known are the IDs that are known.
func (e entry) known() []string { return e.IDs.known() }

func (r Refs) known() []string {
	var out []string
	for _, id := range r {
		if !id.AfterApply {
			out = append(out, id.Value)
		}
	}
	return out
}

// afterApply says whether one of the IDs is known only after apply.
func (r Refs) afterApply() bool {
	return slices.ContainsFunc(r, func(id Known[string]) bool { return id.AfterApply })
}

// names are the keys of the entries, in order.
func (c collection) names() []string {
	var out []string
	for _, e := range c.entries {
		out = append(out, e.key)
	}
	return out
}

// byKey are the entries by their keys.
func (c collection) byKey() map[string]entry {
	out := make(map[string]entry, len(c.entries))
	for _, e := range c.entries {
		out[e.key] = e
	}
	return out
}

// sortedKeys are the keys of a map in order.
func sortedKeys[T any](m map[string]T) []string { return slices.Sorted(maps.Keys(m)) }
