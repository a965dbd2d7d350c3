package allocate

import (
	"fmt"
	"net/netip"
	"slices"
	"strings"

	"github.com/cidrplan/terraform-provider-cidrplan/internal/cidr"
	"github.com/cidrplan/terraform-provider-cidrplan/internal/conflict"
)

// views are the view of each want. Those of networks that are joined to others alike are one where it makes no difference in
// which of the networks a range is used.
func (p *planner) views() []*view {
	v := p.viewer()
	var distinct []*view
	ofTemplate, joint := make([]*view, len(v.templates)), map[string]*view{}
	for i, t := range v.templates {
		likes, shares := v.likeOf(t), false
		if likes != nil {
			shares = v.shares(likes, t)
		}
		if shares && joint[likes.text] != nil {
			ofTemplate[i] = joint[likes.text]
			continue
		}
		ofTemplate[i] = &view{index: len(distinct), template: t}
		distinct = append(distinct, ofTemplate[i])
		if shares {
			ofTemplate[i].taken = v.takenFar(likes)
			joint[likes.text] = ofTemplate[i]
		} else {
			ofTemplate[i].taken = v.takenBy(t)
		}
	}
	for _, one := range distinct {
		for _, other := range distinct {
			one.avoids = append(one.avoids, v.anyAvoids(one.template, other.template))
		}
	}
	for _, one := range distinct {
		one.avoidedBy = avoidedBy(one, distinct)
	}
	views := make([]*view, len(p.wants))
	for i, of := range v.of {
		views[i] = ofTemplate[of]
	}
	return views
}

// template is what a want is compared by.
type template struct {
	// claim is nobody's own where that does not matter.
	claim conflict.Claim
	// faces are the claim, or where the cluster has mirrors its claim and theirs.
	faces []conflict.Claim
	// like is the number of claims that the claim is like; unlike where it is somebody's own.
	like int
}

// template returns what a want is compared by.
func (p *planner) template(w want) template {
	t := template{claim: w.claim, faces: p.faces(w.claim), like: unlike}
	if !w.inside.IsValid() && len(t.faces) == 1 && p.ownAsOthers(w.claim) {
		t.claim.Owner = ""
		t.faces = []conflict.Claim{t.claim}
	}
	return t
}

// avoidedBy says in order which views must keep clear of one.
func avoidedBy(v *view, by []*view) string {
	text := make([]byte, len(by))
	for i, other := range by {
		if other.avoids[v.index] {
			text[i] = 1
		}
	}
	return string(text)
}

func viewKey(c conflict.Claim) string {
	return fmt.Sprintf("%s\n%s\n%s\n%d\n%s", c.Owner, c.Network, c.Profile.Name, c.Kind, strings.Join(c.Meshes, "\n"))
}

// viewer compares wants with what is in use.
type viewer struct {
	*stances
	// templates are the different ones of the wants; of says which one each want has.
	templates []template
	of        []int
	// used are the claims that have addresses which any want can get, sorted by their ranges, like their numbers, and places
	// those in each place.
	used   []*conflict.Claim
	like   []int
	places map[string][]int
	likes  map[string]*likeTemplates
}

// likeTemplates are templates of wants that are alike but for their networks, which are joined to others alike.
type likeTemplates struct {
	text, standing string
	// two are of two of the networks, or one where there is no other.
	two []conflict.Claim
	// like is the number of two.
	like int
	// far says which of the used claims those in other networks must keep clear of; nil where that is not known yet.
	far []bool
	// apart says whether it matters if one is in the network of another, nil where that is not known yet.
	apart *bool
}

func (p *planner) viewer() *viewer {
	v := &viewer{stances: p.stances(), places: map[string][]int{}, likes: map[string]*likeTemplates{}}
	within := slices.Clone(p.supernets)
	known := map[string]int{}
	for _, w := range p.wants {
		within = append(within, w.inside)
		t := p.template(w)
		key := viewKey(t.claim)
		at, seen := known[key]
		if !seen {
			at = len(v.templates)
			known[key] = at
			for _, c := range t.faces {
				v.learn(c)
			}
			if t.claim.Owner == "" {
				t.like = v.number(t.claim)
			}
			v.templates = append(v.templates, t)
		}
		v.of = append(v.of, at)
	}
	v.use(cidr.NewSet(within...))
	return v
}

// fewTemplates is the number of templates up to which it takes longer to find out which claims are alike than to compare all.
const fewTemplates = 8

// use notes the claims that have addresses of a room.
func (v *viewer) use(room cidr.Set) {
	for i := range v.claims {
		if c := &v.claims[i]; room.Overlaps(c.Range) {
			v.used = append(v.used, c)
		}
	}
	slices.SortStableFunc(v.used, func(a, b *conflict.Claim) int { return cidr.Compare(a.Range, b.Range) })
	for i, c := range v.used {
		like := unlike
		if len(v.templates) > fewTemplates {
			like = v.number(*c)
		}
		v.like = append(v.like, like)
		v.places[c.ComparedIn()] = append(v.places[c.ComparedIn()], i)
	}
}

func (v *viewer) learn(c conflict.Claim) {
	text := v.world.ComparisonKey(c)
	likes := v.likes[text]
	if likes == nil {
		likes = &likeTemplates{text: text, standing: v.world.Reach.ConnectionSignature(c.Network), like: v.number(c)}
		v.likes[text] = likes
	}
	if len(likes.two) == 0 || len(likes.two) == 1 && likes.two[0].Network != c.Network {
		c.Owner = ""
		likes.two = append(likes.two, c)
	}
}

// likeOf are those that a template is like, nil where it is like no other one.
func (v *viewer) likeOf(t template) *likeTemplates {
	if t.claim.Owner != "" || len(t.faces) != 1 {
		return nil
	}
	if likes := v.likes[v.world.ComparisonKey(t.claim)]; len(likes.two) == 2 {
		return likes
	}
	return nil
}

// shares says whether a template keeps clear of the same as the others that it is like.
func (v *viewer) shares(likes *likeTemplates, t template) bool {
	if likes.apart == nil {
		apart := v.nearMatters(likes)
		likes.apart = &apart
	}
	if *likes.apart {
		return false
	}
	if likes.far == nil {
		likes.far = make([]bool, len(v.used))
		for i, c := range v.used {
			from := likes.two[0]
			if c.ComparedIn() == from.Network {
				from = likes.two[1]
			}
			likes.far[i] = v.avoid(from, likes.like, c, v.like[i])
		}
	}
	return !slices.ContainsFunc(v.places[t.claim.Network], func(i int) bool {
		return v.avoid(t.claim, t.like, v.used[i], v.like[i]) != likes.far[i]
	})
}

// nearMatters says whether a want stands to another one in its own network as it does not to one in a network that is like it.
func (v *viewer) nearMatters(likes *likeTemplates) bool {
	one := likes.two[0]
	for _, others := range v.likes {
		if others.standing != likes.standing {
			continue
		}
		near, far := another(others.two[0]), another(others.two[0])
		near.Network, far.Network = one.Network, likes.two[1].Network
		if v.avoid(one, likes.like, &near, others.like) != v.avoid(one, likes.like, &far, others.like) ||
			v.avoid(near, others.like, &one, likes.like) != v.avoid(far, others.like, &one, likes.like) {
			return true
		}
	}
	return false
}

// takenFar are the ranges in use that templates which are like each other must keep clear of.
func (v *viewer) takenFar(likes *likeTemplates) []netip.Prefix {
	var taken []netip.Prefix
	for i, avoided := range likes.far {
		if avoided {
			taken = append(taken, v.used[i].Range)
		}
	}
	return taken
}

// takenBy are the ranges in use that a template must keep clear of.
func (v *viewer) takenBy(t template) []netip.Prefix {
	var taken []netip.Prefix
	for i, c := range v.used {
		if t.like != unlike && v.avoid(t.claim, t.like, c, v.like[i]) || t.like == unlike && v.facesAvoid(t.faces, *c) {
			taken = append(taken, c.Range)
		}
	}
	return taken
}

// anyAvoids is that of the planner for templates.
func (v *viewer) anyAvoids(t, other template) bool {
	if t.like == unlike || other.like == unlike {
		return v.planner.anyAvoids(t.faces, other.faces)
	}
	of := another(other.claim)
	return v.avoid(t.claim, t.like, &of, other.like)
}
