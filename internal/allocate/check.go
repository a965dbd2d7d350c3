package allocate

import (
	"maps"
	"net/netip"
	"slices"
	"sync"

	"github.com/cidrplan/terraform-provider-cidrplan/internal/cidr"
	"github.com/cidrplan/terraform-provider-cidrplan/internal/conflict"
	"github.com/cidrplan/terraform-provider-cidrplan/internal/profile"
	"github.com/cidrplan/terraform-provider-cidrplan/internal/rules"
	"github.com/cidrplan/terraform-provider-cidrplan/internal/topology"
)

// Check checks that a request is complete and consistent, before anything is planned. Faults are sorted by their paths.
func Check(r Request, catalog *profile.Catalog) []topology.Fault {
	r = r.withOtherExisting()
	c := checker{faults: topology.Check(r.Facts, catalog), classE: r.AllowClassE || r.Unknown.Has(profile.AllowClassE)}
	root := topology.Path{}
	if r.Name == "" && !r.Unknown.Has("name") {
		c.add(root.Attr("name"), topology.Missing{})
	}
	topology.CheckName(r.Name, func(p topology.BadName) { c.add(root.Attr("name"), p) })
	if blocks, so := topology.BlocksOf(r.Name); so && !r.OfBlocks {
		c.add(
			root.Attr("name"),
			topology.NotAccepted{Value: r.Name, Reason: NameOfBlocks{blocks}},
			topology.OptionOf(topology.Set(root.Attr("name"), blocks)),
		)
	}
	if len(r.Supernets) == 0 && !r.Unknown.Has("supernets") {
		c.add(root.Attr("supernets"), topology.Missing{})
	}
	c.supernets(root.Attr("supernets"), r.Supernets)
	c.supernets(root.Attr("service_supernets"), r.ServiceSupernets)
	for name, pool := range r.Pools {
		c.pool(root.Attr("pools").Key(name), name, pool)
	}
	for name, cl := range r.Facts.Clusters {
		if _, ok := r.Pools[cl.Pool]; !ok && cl.Pool != "" && !r.Unknown.Has("pools") {
			c.add(root.Attr("clusters").Key(name).Attr("pool"),
				topology.Undeclared{Kind: topology.PoolName, Name: cl.Pool, Known: slices.Sorted(maps.Keys(r.Pools))})
		}
	}
	if !r.OfBlocks {
		c.needs(r, catalog)
	}
	c.namesBefore(r)
	c.leniency(r, catalog, rules.Allocator)
	c.faults = topology.GatherUnset(c.faults, r.existsWithIPv6)
	declared := r.existingOwners()
	for name, existing := range r.Existing {
		at := root.Attr("existing").Key(name)
		if r.OfBlocks {
			c.existingBlock(at, name, existing)
			continue
		}
		c.existing(at, name, existing)
		c.existingGives(at, existing, r.existingSource(declared[name], catalog))
		c.existingOthers(at, existing, catalog)
	}
	for name, cl := range r.Facts.Clusters {
		if r.OfBlocks {
			break // a block is checked against what existing gives when it is collected
		}
		if key := r.existingKey(name); key != "" && !r.priorHas(name, r.Existing[key]) {
			c.existingFits(root.Attr("existing").Key(key), root.Attr("clusters").Key(name), cl, r.Existing[key], catalog)
			c.existingChosen(root.Attr("existing").Key(key), cl, r.Existing[key], r.choicesOf(name, catalog))
		}
	}
	topology.SortFaults(c.faults)
	return c.faults
}

// leniency checks rule_levels and accepted_conflicts. A rule that this kind of planner never checks is refused.
func (c *checker) leniency(r Request, catalog *profile.Catalog, finder rules.Finder) {
	root := topology.Path{}
	codes := sync.OnceValue(func() []string { return rules.FoundBy(finder, catalog) })
	for rule, level := range r.Settings.Levels {
		at := root.Attr("rule_levels").Key(rule)
		if !slices.Contains(codes(), rule) {
			c.add(at, topology.Undeclared{Kind: topology.RuleName, Name: rule, Known: codes()})
		}
		if level != "" && !slices.Contains(conflict.Levels, level) {
			c.add(at, topology.NotOneOf{Value: level, Allowed: conflict.Levels})
		}
	}
	c.faults = append(c.faults, conflict.CheckAccepted(root, r.Settings.Accepted)...)
	for name, hub := range r.Facts.Hubs {
		c.faults = append(c.faults, conflict.CheckAccepted(root.Attr("hubs").Key(name), hub.Accepted)...)
	}
	for name, site := range r.Facts.Sites {
		c.faults = append(c.faults, conflict.CheckAccepted(root.Attr("sites").Key(name), site.Accepted)...)
	}
	for name, vpc := range r.Facts.VPCs {
		c.faults = append(c.faults, conflict.CheckAccepted(root.Attr("vpcs").Key(name), vpc.Accepted)...)
	}
}

// namesBefore checks the arguments on what clusters and blocks held before: renumber, prevent_release and previous_names.
func (c *checker) namesBefore(r Request) {
	root := topology.Path{}
	known := r.Facts.Owners()
	for name, token := range r.Renumber {
		at := root.Attr("renumber").Key(name)
		if !r.Facts.HasOwner(name) && !r.Facts.OwnersUnknown() {
			c.add(at, topology.Undeclared{Kind: r.nameKind(), Name: name, Known: known})
		}
		if token == "" && !r.Unknown.Has("renumber") {
			c.add(
				at, topology.Empty{Reason: TokenEmpty{}},
				topology.OptionOf(topology.Set(at, r.freshToken(name))), topology.OptionOf(topology.Remove(at)),
			)
		}
		c.faults = append(
			c.faults,
			topology.CheckPlaceholder(at, token, topology.FreshToken)...)
	}
	if r.Unknown.Has("renumber") && r.Prior != nil && len(r.Prior.Allocations) > 0 {
		c.add(
			root.Attr("renumber"),
			topology.NotAccepted{Value: topology.KnownAfterApply{}, Reason: TokensUnknown{OfBlocks: r.OfBlocks}},
			topology.OptionOf(
				topology.Set(
					root.Attr("renumber"),
					topology.LiteralTokens,
				),
			),
		)
	}
	for i, name := range r.PreventRelease {
		if !r.knows(name) && !r.Facts.OwnersUnknown() {
			c.faults = append(
				c.faults,
				topology.Fault{
					At:      root.Attr("prevent_release").At(i),
					Problem: topology.Undeclared{Kind: r.nameKind(), Name: name, Known: known},
					Warn:    true,
				},
			)
		}
	}
	owners := map[string]string{}
	for _, name := range known {
		owner, _ := r.Facts.Owner(name)
		for i, old := range owner.PreviousNames {
			at := r.all().Key(name).Attr("previous_names").At(i)
			switch {
			case old == "":
			case r.Facts.HasOwner(old):
				c.add(
					at,
					topology.NotAccepted{Value: old, Reason: NameHoldsRanges{r.nameKind()}},
					r.declaredBefore(name, old)...)
			case owners[old] != "" && owners[old] != name:
				c.add(
					at,
					topology.NotAccepted{Value: old, Reason: topology.PreviousNameShared{Kind: r.nameKind(), Owner: owners[old]}},
					topology.OptionOf(
						topology.RemoveFrom(r.all().Key(name).Attr("previous_names"), old),
					),
					topology.OptionOf(topology.RemoveFrom(r.all().Key(owners[old]).Attr("previous_names"), old)),
				)
			}
			owners[old] = name
		}
	}
}

// knows says whether a cluster or block with this name is declared, had this name before, or holds ranges.
func (r Request) knows(name string) bool {
	if name == everyone || name == "" || r.Facts.HasOwner(name) {
		return true
	}
	held := false
	if r.Prior != nil {
		_, held = r.Prior.Allocations[name]
	}
	return held || slices.ContainsFunc(r.Facts.Owners(), func(owner string) bool {
		return slices.Contains(r.Facts.OwnerNames(owner), name)
	})
}

// needs checks the sizes that clusters request. Clusters that have a fault already are left out, since one cause is reported once.
func (c *checker) needs(r Request, catalog *profile.Catalog) {
	faulty := map[string]bool{}
	for _, f := range c.faults {
		if !f.Warn && len(f.At) > 1 && f.At[0].Attr == "clusters" {
			faulty[f.At[1].Key] = true
		}
	}
	for name, cl := range r.Facts.Clusters {
		if r.existingKey(name) == "" && !faulty[name] {
			c.faults = append(c.faults, CheckNeed(topology.Path{}.Attr("clusters").Key(name), name, cl, catalog)...)
		}
	}
}

type checker struct {
	faults []topology.Fault
	classE bool // 240.0.0.0/4 is allocated from, or it is not known yet whether it is
}

func (c *checker) add(at topology.Path, problem any, options ...topology.Option) {
	c.faults = append(c.faults, topology.Fault{At: at, Problem: problem, Options: options})
}

func (c *checker) pool(at topology.Path, name string, pool Pool) {
	topology.CheckKey(name, func(problem any) { c.add(at, problem) })
	if len(pool.Supernets) == 0 && !pool.Unknown.Has("supernets") {
		c.add(at.Attr("supernets"), topology.Missing{})
	}
	c.supernets(at.Attr("supernets"), pool.Supernets)
	c.supernets(at.Attr("service_supernets"), pool.ServiceSupernets)
}

// supernets checks that supernets are disjoint, and warns of those that hold public or special-purpose addresses.
func (c *checker) supernets(at topology.Path, list []netip.Prefix) {
	for i, p := range list {
		c.public(at.At(i), p)
		for _, earlier := range list[:i] {
			if earlier.Overlaps(p) {
				c.add(at.At(i), topology.RangesOverlap{A: p, B: earlier})
				break
			}
		}
	}
}

func (c *checker) ofV4(at topology.Path, list []netip.Prefix) {
	for i, p := range list {
		if p.IsValid() && cidr.FamilyOf(p) != cidr.V4 {
			c.add(at.At(i), topology.WrongFamily{Range: p, Want: cidr.V4.String()})
		}
	}
}
