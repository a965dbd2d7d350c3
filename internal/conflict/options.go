package conflict

import (
	"cmp"
	"net/netip"
	"reflect"
	"slices"

	"github.com/cidrplan/terraform-provider-cidrplan/internal/rules"
	"github.com/cidrplan/terraform-provider-cidrplan/internal/topology"
)

// maxEdits is the number of edits up to which an option is offered.
const maxEdits = 64

// Options are the choices that resolve a group, in the order of the table of rules: those that move nothing of a cluster that exists come
// first, accepting it follows, and moving is last.
func (g Group) Options() []topology.Option {
	options := slices.Concat(g.delegations(), g.otherRanges(), g.otherUses(), g.offers(), g.otherParty(), g.separations())
	if !slices.ContainsFunc(g.Findings, Finding.keptOut) {
		options = append(options, g.acceptance())
	}
	options = append(options, g.moves()...)
	options = distinctOptions(slices.DeleteFunc(options, func(o topology.Option) bool { return len(o.Edits) > maxEdits }))
	options = inOrder(options, rules.OptionsOf(g.Findings[0].Code))
	for i, o := range options { // a range that a ledger held for a plan is not in use yet
		options[i].Rebuilds = o.Rebuilds && !(g.Findings[0].HeldFirst && o.Kind == Moved)
	}
	return options
}

// inOrder puts options into the order of a list of kinds, and marks those that rebuild something. What the list does not have
// comes last.
func inOrder(options []topology.Option, kinds []string) []topology.Option {
	for i, o := range options {
		options[i].Rebuilds = rebuilds(o)
	}
	place := func(o topology.Option) int {
		if i := slices.Index(kinds, string(o.Kind)); i >= 0 {
			return i
		}
		return len(kinds)
	}
	slices.SortStableFunc(options, func(a, b topology.Option) int { return cmp.Compare(place(a), place(b)) })
	return options
}

// rebuilds says whether an option gives a cluster or block that exists other ranges.
func rebuilds(o topology.Option) bool {
	moves := o.Kind == OtherRange || o.Kind == OtherRanges
	return slices.ContainsFunc(o.Edits, func(e topology.Edit) bool {
		return e.At[0].Attr == "renumber" || moves && e.At[0].Attr == "existing"
	})
}

// distinctOptions are options without those that make the same edits as an earlier one, as where only one side of two peers
// declares the peering.
func distinctOptions(options []topology.Option) []topology.Option {
	var distinct []topology.Option
	for _, o := range options {
		if !slices.ContainsFunc(distinct, func(known topology.Option) bool { return reflect.DeepEqual(known.Edits, o.Edits) }) {
			distinct = append(distinct, o)
		}
	}
	return distinct
}

// offers are the options that findings of the group bring. Of several findings those count that undo what brought each.
func (g Group) offers() []topology.Option {
	if len(g.Findings) == 1 {
		return g.Findings[0].ExtraOptions
	}
	undone := topology.Option{Kind: Undone}
	for _, f := range g.Findings {
		i := slices.IndexFunc(f.ExtraOptions, func(o topology.Option) bool { return o.Kind == Undone })
		if i < 0 {
			return nil
		}
		undone.Add(f.ExtraOptions[i].Edits...)
	}
	if g.Sampled() { // not all pairs are known
		return nil
	}
	return []topology.Option{undone}
}

// option is an option with edits, none where there are no edits.
func option(why topology.OptionKind, edits ...topology.Edit) []topology.Option {
	o := topology.Option{Kind: why}
	o.Add(edits...)
	if len(o.Edits) == 0 {
		return nil
	}
	return []topology.Option{o}
}

// moving are the parties that would have to move so that no finding of the group is left: the first ones of all findings,
// and of a sample all but one.
func (g Group) moving() []Claim {
	if g.Sampled() {
		members := g.Members()
		return members[:len(members)-1]
	}
	var list []Claim
	seen := map[ID]bool{}
	for _, f := range g.Findings {
		if !seen[f.A.ID()] {
			seen[f.A.ID()] = true
			list = append(list, f.A)
		}
	}
	return list
}

// moves is the option that moves all clusters or blocks that would have to move to ranges that the planner chooses. There is
// none where a finding would stay, since its party is pinned, given in existing or not held here.
func (g Group) moves() []topology.Option {
	if elsewhere, known := g.Findings[0].OtherWorkspaceMoves(); g.Findings[0].B == nil || known && elsewhere {
		return nil
	}
	if slices.ContainsFunc(g.moving(), func(c Claim) bool { return !g.movable(c) }) {
		return nil
	}
	return option(Moved, g.tokens(g.moving()...)...)
}

// movable says whether a token of renumber gives the owner of the range another one, and there is room for it.
func (g Group) movable(c Claim) bool {
	return c.Movable() && !slices.ContainsFunc(g.Findings, func(f Finding) bool { return f.NoRoom[c.Owner] })
}

// Movable says whether the planner chose the range, so that it chooses another one for a new token of renumber.
func (c Claim) Movable() bool {
	return c.OfClusterOrBlock() && c.Source == Allocated && c.Part == ""
}

// tokens are the edits that move the owners of claims with all that have the very same ranges, where these are held.
func (g Group) tokens(claims ...Claim) []topology.Edit {
	var edits, more []topology.Edit
	for _, c := range claims {
		for _, name := range append([]string{c.Owner}, c.Mirrors...) {
			edits = append(edits, topology.Set(topology.Path{}.Attr("renumber").Key(name), g.token(name)))
			for _, f := range g.Findings {
				more = append(more, f.MovedWith[name]...)
			}
		}
		edits = append(edits, g.unadopted(c)...)
	}
	return append(edits, more...)
}

// Moving are the edits that give those of the parties that would have to move other ranges which their planner chooses.
func (g Group) Moving() []topology.Edit {
	return g.tokens(slices.DeleteFunc(slices.Clone(g.moving()), func(c Claim) bool { return !c.Movable() })...)
}

// unadopted are the edits that remove what existing says of the owner of a claim and of all that have the very same ranges.
func (g Group) unadopted(c Claim) []topology.Edit {
	var edits []topology.Edit
	for _, name := range append([]string{c.Owner}, c.Mirrors...) {
		for _, f := range g.Findings {
			if at, given := f.Adopted[name]; given {
				edits = append(edits, topology.Remove(at))
				break
			}
		}
	}
	return edits
}

// token is the token of renumber that moves a cluster or block which some finding of the group is about.
func (g Group) token(name string) string {
	for _, f := range g.Findings {
		if token := f.Tokens[name]; token != "" {
			return token
		}
	}
	return "1"
}

// OtherWorkspaceMoves says whether the other workspace is to move, in a finding between what is held here and what that workspace
// holds. Both sides see the same two claims, so of ranges that both hold, the one moves whose allocator, and then whose
// owner, comes later by name; a range that is only planned here moves before one that is held. known is false where
// the rule has no say: one of the two is no allocation, no allocator is named, or the other side is known by a ledger, which names
// owners as well.
func (f Finding) OtherWorkspaceMoves() (elsewhere, known bool) {
	if f.B == nil || f.A.Foreign() || f.B.Source != OtherWorkspace || !f.A.OfClusterOrBlock() || !f.B.OfClusterOrBlock() ||
		f.Holder == "" ||
		f.B.Holder == "" || f.B.resource().LedgerOwner != "" {
		return false, false
	}
	if !f.Held {
		return false, false
	}
	return cmp.Or(cmp.Compare(f.B.Holder, f.Holder), cmp.Compare(f.B.Owner, f.A.Owner)) > 0, true
}

// acceptance is the option that changes nothing. Keys of more parties than anybody reads are left to an audit.
func (g Group) acceptance() topology.Option {
	const most = 64
	keys, parties := g.Keys(), 0
	for _, key := range keys {
		parties += len(key.Parties)
	}
	code := g.Findings[0].Code
	if parties > most {
		return topology.Option{Kind: Lowered, Edits: []topology.Edit{topology.Set(topology.Path{}.Attr("rule_levels").Key(code), "warn")}}
	}
	o := topology.Option{Kind: Accepted}
	if keys[0].Number.Unit != "" {
		o.Kind = AcceptedMore
	}
	for _, key := range keys {
		o.Add(topology.Set(topology.Path{}.Attr("accepted_conflicts").Key(key.String()), topology.Entry{Attr: "reason", Value: "<why>"}))
	}
	return o
}

// firstOf are free ranges as the value of an edit, the best one first.
func firstOf(free []netip.Prefix) any {
	texts := topology.Texts(free)
	if len(texts) == 1 {
		return texts[0]
	}
	return topology.FirstOf(texts)
}
