package profile

import "slices"

func (c *Catalog) checkNetworks(n Networks, wrong complaint) {
	c.checkRule("networks.peer", n.Peer, wrong)
	for kind, why := range n.Unpublished {
		if why == "" || !slices.Contains(n.Gaps(), kind) {
			wrong("networks.unpublished: there is data on %q, or it needs a reason", kind)
		}
	}
	for kind, hub := range n.Hubs {
		here := wrong.of("hub " + kind)
		if hub.Title == "" {
			here("a hub needs a title")
		}
		c.checkJoins(hub.Joins, here)
		for level, joins := range hub.ProtectionLevels {
			c.checkJoins(joins, here.of(level))
		}
	}
	v := n.VPC
	for _, of := range []Blocked{{v.Limits, v.Forbidden}, v.Primary, v.Secondary} {
		c.checkLimits(of.Limits, wrong.of("vpc"))
		c.checkForbidden(of.Forbidden, wrong.of("vpc"))
	}
	for _, b := range v.Beside {
		if (len(b.Within) > 0) == (len(b.Outside) > 0) || b.Any && len(b.Outside) > 0 || len(b.Forbidden) == 0 {
			wrong("vpc: beside needs either within or outside, and forbidden")
		}
		c.checkForbidden(b.Forbidden, wrong.of("vpc"))
	}
	c.checkCaps(v.MaxSecondary, wrong.of("vpc"))
	c.checkLimits(n.Subnets.Limits, wrong.of("subnets"))
	if r := n.Subnets.Reserved; r.Last < 0 || r.Last > r.Addresses {
		wrong("subnets.reserved: the last %d of %d addresses", r.Last, r.Addresses)
	}
	c.checkForbidden(n.Routes.Forbidden, wrong.of("routes"))
	for where, rule := range map[string]Rule{
		"vpc.secondary_peered": v.SecondaryPeered, "subnets.reserved": n.Subnets.Reserved.Rule,
		"routes.in_subnet": n.Routes.InSubnet, "routes.over_subnet": n.Routes.OverSubnet,
		"routes.in_secondary": n.Routes.InSecondary,
	} {
		if rule.Confidence != "" || rule.Text != "" || where == "subnets.reserved" && n.Subnets.Reserved.Addresses > 0 {
			c.checkRule(where, rule, wrong)
		}
	}
}

func (c *Catalog) checkJoins(j Joins, wrong complaint) {
	if !slices.Contains([]Compares{WholeBlocks, EachSubnet, Identical}, j.Compares) {
		wrong("compares %q, not blocks, subnets or identical", j.Compares)
	}
	c.checkRule("rule", j.Rule, wrong)
}
