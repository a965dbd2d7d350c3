package conflict

// Comply gives the argument a value that the rule of the platform allows.
type Comply struct{}

func (Comply) change() {}

// ofVPC are the options of findings on single VPCs, beside those that a finding has of its own.
func (g Group) ofVPC() []Option {
	first := g.Findings[0]
	if first.Number.Name != "" {
		return nil
	}
	if len(first.Separations) > 0 {
		return g.ofAll(Apart, func(f Finding) []Edit { return f.Separations })
	}
	options := g.ofAll(Allowed, func(f Finding) []Edit { return []Edit{{At: f.A.At, Do: Comply{}}} })
	if first.A.Kind != Route {
		return options
	}
	options = append(options, g.ofAll(Aggregate, func(f Finding) []Edit {
		return []Edit{{At: f.A.ofRoute("summary"), Do: Set{[]any{true}}}}
	})...)
	return append(options, g.ofAll(Gone, func(f Finding) []Edit {
		return []Edit{{At: f.A.At[:len(f.A.At)-1], Do: Remove{}}}
	})...)
}
