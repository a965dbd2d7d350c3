package conflict

import "github.com/cidrplan/terraform-provider-cidrplan/internal/topology"

// ofVPC are the options of findings on single VPCs, beside those that a finding has of its own.
func (g Group) ofVPC() []topology.Option {
	first := g.Findings[0]
	if first.Number.Unit != "" {
		return nil
	}
	if len(first.Separations) > 0 {
		return g.ofAll(Apart, func(f Finding) []topology.Edit { return f.Separations })
	}
	options := g.ofAll(Allowed, func(f Finding) []topology.Edit { return []topology.Edit{topology.Set(f.A.At, topology.AllowedByRule)} })
	if first.A.Kind != Route {
		return options
	}
	options = append(options, g.ofAll(Aggregate, func(f Finding) []topology.Edit {
		return []topology.Edit{topology.Set(f.A.ofRoute("summary"), true)}
	})...)
	return append(options, g.ofAll(Gone, func(f Finding) []topology.Edit {
		return []topology.Edit{topology.Remove(f.A.At[:len(f.A.At)-1])}
	})...)
}
