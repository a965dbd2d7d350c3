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
	var distinct, views []*view
	known, joint := map[string]*view{}, map[string]*view{}
	for _, w := range p.wants {
		template, faces := p.template(w)
		key := viewKey(template)
		if known[key] == nil {
			likes, shares := v.likeOf(template, faces), false
			if likes != nil {
				shares = v.shares(likes, template)
			}
			switch {
			case shares && joint[likes.text] != nil:
				known[key] = joint[likes.text]
			case shares:
				known[key] = &view{index: len(distinct), template: template, faces: faces, taken: v.takenFar(likes)}
				joint[likes.text] = known[key]
				distinct = append(distinct, known[key])
			default:
				known[key] = &view{index: len(distinct), template: template, faces: faces, taken: v.takenOf(v.used, faces)}
				distinct = append(distinct, known[key])
			}
		}
		views = append(views, known[key])
	}
	for _, v := range distinct {
		for _, other := range distinct {
			v.avoids = append(v.avoids, p.anyAvoids(v.faces, other.faces))
		}
	}
	return views
}

// template is the claim that a want is compared by, and the claims that its range makes: nobody's own where that does not matter.
func (p *planner) template(w want) (template conflict.Claim, faces []conflict.Claim) {
	template, faces = w.claim, p.faces(w.claim)
	if !w.inside.IsValid() && len(faces) == 1 && p.ownAsOthers(w.claim) {
		template.Owner = ""
		faces = []conflict.Claim{template}
	}
	return template, faces
}

func viewKey(c conflict.Claim) string {
	return fmt.Sprintf("%s\n%s\n%s\n%d\n%s", c.Owner, c.Network, c.Profile.Name, c.Kind, strings.Join(c.Meshes, "\n"))
}

// viewer compares wants with what is in use.
type viewer struct {
	*planner
	// used are the claims that have addresses which any want can get, in the places places.
	used   []conflict.Claim
	places map[string][]int
	likes  map[string]*likeTemplates
}

// likeTemplates are templates of wants that are alike but for their networks, which are joined to others alike.
type likeTemplates struct {
	text, standing string
	// two are of two of the networks, or one where there is no other.
	two []conflict.Claim
	// far says which of the used claims those in other networks must keep clear of; nil where that is not known yet.
	far []bool
	// apart says whether it matters if one is in the network of another, nil where that is not known yet.
	apart *bool
}

func (p *planner) viewer() *viewer {
	v := &viewer{planner: p, places: map[string][]int{}, likes: map[string]*likeTemplates{}}
	within := slices.Clone(p.supernets)
	seen := map[string]bool{}
	for _, w := range p.wants {
		within = append(within, w.inside)
		template, faces := p.template(w)
		if key := viewKey(template); !seen[key] {
			seen[key] = true
			for _, c := range faces {
				v.learn(c)
			}
		}
	}
	room := cidr.NewSet(within...)
	for _, c := range p.claims {
		if room.Overlaps(c.Range) {
			v.places[c.Place()] = append(v.places[c.Place()], len(v.used))
			v.used = append(v.used, c)
		}
	}
	return v
}

func (v *viewer) learn(c conflict.Claim) {
	text := v.world.Alike(c)
	likes := v.likes[text]
	if likes == nil {
		likes = &likeTemplates{text: text, standing: v.world.Reach.Standing(c.Network)}
		v.likes[text] = likes
	}
	if len(likes.two) == 0 || len(likes.two) == 1 && likes.two[0].Network != c.Network {
		c.Owner = ""
		likes.two = append(likes.two, c)
	}
}

// likeOf are those that a template is like, nil where it is like no other one.
func (v *viewer) likeOf(template conflict.Claim, faces []conflict.Claim) *likeTemplates {
	if likes := v.likes[v.world.Alike(template)]; template.Owner == "" && len(faces) == 1 && len(likes.two) == 2 {
		return likes
	}
	return nil
}

// shares says whether a template keeps clear of the same as the others that it is like.
func (v *viewer) shares(likes *likeTemplates, template conflict.Claim) bool {
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
			if c.Place() == from.Network {
				from = likes.two[1]
			}
			likes.far[i] = v.avoids(from, c)
		}
	}
	return !slices.ContainsFunc(v.places[template.Network], func(i int) bool { return v.avoids(template, v.used[i]) != likes.far[i] })
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
		if v.avoids(one, near) != v.avoids(one, far) || v.avoids(near, one) != v.avoids(far, one) {
			return true
		}
	}
	return false
}

// takenFar is what is in use that templates which are like each other must keep clear of.
func (v *viewer) takenFar(likes *likeTemplates) cidr.Set {
	var taken []netip.Prefix
	for i, avoided := range likes.far {
		if avoided {
			taken = append(taken, v.used[i].Range)
		}
	}
	return cidr.NewSet(taken...)
}
