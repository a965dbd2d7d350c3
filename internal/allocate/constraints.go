package allocate

import (
	"fmt"
	"net/netip"
	"slices"
	"strings"

	"github.com/cidrplan/terraform-provider-cidrplan/internal/cidr"
	"github.com/cidrplan/terraform-provider-cidrplan/internal/conflict"
)

// constraints are what demands of one kind, in one network, with one profile and in the same meshes must be disjoint from.
type constraints struct {
	index int
	template
	// taken are the ranges in use, sorted, that the demands must be disjoint from.
	taken []netip.Prefix
}

// constraintsOf returns the constraints of each demand beside the claims that are in use, and which constraints there are. Those
// of networks that are joined to others in the same way are one where it makes no difference in which of the networks a range is
// used.
func constraintsOf(s *separation, inUse []conflict.Claim, demands []demand) (of, distinct []*constraints, finder *constraintFinder) {
	f := newConstraintFinder(s, inUse, demands)
	ofTemplate, shared := make([]*constraints, len(f.templates)), map[string]*constraints{}
	for i, t := range f.templates {
		similar, shares := f.similarTo(t), false
		if similar != nil {
			shares = f.shares(similar, t)
		}
		if shares && shared[similar.text] != nil {
			ofTemplate[i] = shared[similar.text]
			continue
		}
		ofTemplate[i] = &constraints{index: len(distinct), template: t}
		distinct = append(distinct, ofTemplate[i])
		if shares {
			ofTemplate[i].taken = f.takenElsewhere(similar)
			shared[similar.text] = ofTemplate[i]
		} else {
			ofTemplate[i].taken = f.takenFrom(t)
		}
	}
	of = make([]*constraints, len(demands))
	for i, template := range f.of {
		of[i] = ofTemplate[template]
	}
	return of, distinct, f
}

// disjointTable says by the indexes of constraints which demands must be disjoint.
func (f *constraintFinder) disjointTable(distinct []*constraints) [][]bool {
	var table [][]bool
	for _, one := range distinct {
		var row []bool
		for _, other := range distinct {
			row = append(row, f.templateAvoids(one.template, other.template))
		}
		table = append(table, row)
	}
	return table
}

// template is what demands are compared by.
type template struct {
	// claim has no owner where it does not matter whose it is.
	claim conflict.Claim
	// claims are the claim, or where the cluster has mirrors its claim and theirs.
	claims []conflict.Claim
	// number is that of the claim among comparisons; unnumbered where it has an owner.
	number int
	// extends says that the range takes the place of the Pod range that the cluster has.
	extends bool
}

// templateOf returns what a demand is compared by.
func (s *separation) templateOf(d demand) template {
	t := template{claim: d.claim(), claims: d.claims, number: unnumbered, extends: d.extends.IsValid()}
	// It must be disjoint from the ranges of this owner alone.
	own := d.extends.IsValid() || (d.before > 0 || d.beside) && !s.unique(t.claim.Kind, t.claim.Kind)
	if !d.reserve.IsValid() && len(t.claims) == 1 && s.sameForOwner(t.claim) && !own {
		t.claim.Owner = ""
		t.claims = []conflict.Claim{t.claim}
	}
	return t
}

func templateKey(c conflict.Claim) string {
	return fmt.Sprintf("%s\n%s\n%s\n%d\n%s", c.Owner, c.Network, c.LimitsKey(), c.Kind, strings.Join(c.Meshes, "\n"))
}

// constraintFinder compares demands with what is in use.
type constraintFinder struct {
	*comparisons
	// templates are the different ones of the demands; of says which one each demand has.
	templates []template
	of        []int
	// used are the claims that have addresses which any demand can get, sorted by their ranges, usedNumber their numbers, and places
	// those in each place.
	used       []*conflict.Claim
	usedNumber []int
	places     map[string][]int
	similar    map[string]*similarTemplates
}

// similarTemplates are templates of demands that differ in their networks alone, and these are joined to others in the same way.
type similarTemplates struct {
	text, connections string
	// two are of two of the networks, or one where there is no other.
	two []conflict.Claim
	// number is that of two.
	number int
	// elsewhere says which of the used claims those in other networks must be disjoint from; nil where that is not known yet.
	elsewhere []bool
	// nearDiffers says whether it matters if one is in the network of another, nil where that is not known yet.
	nearDiffers *bool
}

func newConstraintFinder(s *separation, inUse []conflict.Claim, demands []demand) *constraintFinder {
	f := &constraintFinder{comparisons: newComparisons(s), places: map[string][]int{}, similar: map[string]*similarTemplates{}}
	within := slices.Clone(s.supernets)
	known := map[string]int{}
	for _, d := range demands {
		within = append(within, d.reserve)
		t := s.templateOf(d)
		key := templateKey(t.claim)
		at, seen := known[key]
		if !seen {
			at = len(f.templates)
			known[key] = at
			for _, c := range t.claims {
				f.noteSimilar(c)
			}
			if t.claim.Owner == "" {
				t.number = f.number(t.claim)
			}
			f.templates = append(f.templates, t)
		}
		f.of = append(f.of, at)
	}
	f.use(inUse, cidr.NewSet(within...))
	return f
}

// fewTemplates is the number of templates up to which it takes longer to find out which claims are equal than to compare all.
const fewTemplates = 8

// use notes the claims that have addresses of a room.
func (f *constraintFinder) use(inUse []conflict.Claim, room cidr.Set) {
	for i := range inUse {
		if c := &inUse[i]; room.Overlaps(c.Range) {
			f.used = append(f.used, c)
		}
	}
	slices.SortStableFunc(f.used, func(a, b *conflict.Claim) int { return cidr.Compare(a.Range, b.Range) })
	for i, c := range f.used {
		number := unnumbered
		if len(f.templates) > fewTemplates {
			number = f.number(*c)
		}
		f.usedNumber = append(f.usedNumber, number)
		f.places[c.ComparedIn()] = append(f.places[c.ComparedIn()], i)
	}
}

func (f *constraintFinder) noteSimilar(c conflict.Claim) {
	text := f.world.ComparisonKey(c)
	similar := f.similar[text]
	if similar == nil {
		similar = &similarTemplates{text: text, connections: f.world.Reach.ConnectionSignature(c.Network), number: f.number(c)}
		f.similar[text] = similar
	}
	if len(similar.two) == 0 || len(similar.two) == 1 && similar.two[0].Network != c.Network {
		c.Owner = ""
		similar.two = append(similar.two, c)
	}
}

// similarTo are the templates that a template is similar to, nil where there is no other one.
func (f *constraintFinder) similarTo(t template) *similarTemplates {
	if t.claim.Owner != "" || len(t.claims) != 1 {
		return nil
	}
	if similar := f.similar[f.world.ComparisonKey(t.claim)]; len(similar.two) == 2 {
		return similar
	}
	return nil
}

// shares says whether a template must be disjoint from the same claims as the others that it is similar to.
func (f *constraintFinder) shares(similar *similarTemplates, t template) bool {
	if similar.nearDiffers == nil {
		differs := f.nearDiffers(similar)
		similar.nearDiffers = &differs
	}
	if *similar.nearDiffers {
		return false
	}
	if similar.elsewhere == nil {
		similar.elsewhere = make([]bool, len(f.used))
		for i, c := range f.used {
			from := similar.two[0]
			if c.ComparedIn() == from.Network {
				from = similar.two[1]
			}
			similar.elsewhere[i] = f.avoidsNumbered(from, similar.number, c, f.usedNumber[i])
		}
	}
	return !slices.ContainsFunc(f.places[t.claim.Network], func(i int) bool {
		return f.avoidsNumbered(t.claim, t.number, f.used[i], f.usedNumber[i]) != similar.elsewhere[i]
	})
}

// nearDiffers says whether a demand relates to another one in its own network otherwise than to one in a similar network.
func (f *constraintFinder) nearDiffers(similar *similarTemplates) bool {
	one := similar.two[0]
	for _, others := range f.similar {
		if others.connections != similar.connections {
			continue
		}
		near, far := ofAnotherOwner(others.two[0]), ofAnotherOwner(others.two[0])
		near.Network, far.Network = one.Network, similar.two[1].Network
		if f.avoidsNumbered(one, similar.number, &near, others.number) != f.avoidsNumbered(one, similar.number, &far, others.number) ||
			f.avoidsNumbered(near, others.number, &one, similar.number) != f.avoidsNumbered(far, others.number, &one, similar.number) {
			return true
		}
	}
	return false
}

// takenElsewhere are the ranges in use that similar templates must be disjoint from.
func (f *constraintFinder) takenElsewhere(similar *similarTemplates) []netip.Prefix {
	var taken []netip.Prefix
	for i, avoided := range similar.elsewhere {
		if avoided {
			taken = append(taken, f.used[i].Range)
		}
	}
	return taken
}

// takenFrom are the ranges in use that a template must be disjoint from.
func (f *constraintFinder) takenFrom(t template) []netip.Prefix {
	var taken []netip.Prefix
	for i, c := range f.used {
		if t.extends && isPodRangeOf(*c, t.claims) {
			continue
		}
		if t.number != unnumbered && f.avoidsNumbered(t.claim, t.number, c, f.usedNumber[i]) ||
			t.number == unnumbered && f.anyAvoids(t.claims, *c) {
			taken = append(taken, c.Range)
		}
	}
	return taken
}

// templateAvoids says whether a demand of a template must be disjoint from one of another template.
func (f *constraintFinder) templateAvoids(t, other template) bool {
	if t.number == unnumbered || other.number == unnumbered {
		return f.anyAvoidsAny(t.claims, other.claims)
	}
	of := ofAnotherOwner(other.claim)
	return f.avoidsNumbered(t.claim, t.number, &of, other.number)
}
