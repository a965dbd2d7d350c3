package allocate

import (
	"cmp"
	"fmt"
	"net/netip"

	"github.com/cidrplan/terraform-provider-cidrplan/internal/cidr"
	"github.com/cidrplan/terraform-provider-cidrplan/internal/conflict"
	"github.com/cidrplan/terraform-provider-cidrplan/internal/profile"
)

// want is one range still to be chosen.
type want struct {
	name   string
	length int
	family cidr.Family
	// inner is the prefix length of the Pod range where the want is the block that is kept for it, 0
	// elsewhere; inside is the block that a further range is to come from if it has room.
	inner  int
	inside netip.Prefix
	// claim is the one that the chosen range will make.
	claim conflict.Claim
	class *class
}

// want notes that a cluster wants a range of a length, and says whether it does.
func (p *planner) want(name string, prof *profile.Profile, kind conflict.Kind, length int, family cidr.Family) bool {
	if length == 0 {
		return false
	}
	p.wants = append(p.wants, want{name: name, length: length, family: family, claim: p.claimant(name, prof).demandClaim(kind)})
	return true
}

// class is all wants of one length that see the same free space and stand alike to all others,
// so that it does not matter which of them gets which range.
type class struct {
	index     int
	length    int
	family    cidr.Family
	supernets []netip.Prefix
	// free is what the wants see before any of them has a range. Classes share it, so that nobody changes it.
	free *freeSpace
	view *view
}

// avoids says whether the wants must keep clear of those of another class, or of each other where it is the own one.
func (c *class) avoids(other *class) bool {
	return c.family == other.family && c.view.avoids[other.view.index]
}

// view is how wants of one kind, in one network, under one profile and in the same meshes stand
// to the claims of others.
type view struct {
	index int
	template
	// taken are the ranges in use, sorted, that the wants must keep clear of.
	taken []netip.Prefix
	// avoids says by index which views the wants must keep clear of; avoidedBy is the same for views that the same others
	// must keep clear of.
	avoids    []bool
	avoidedBy string
}

// classify finds the class of every want.
func (p *planner) classify() {
	views := p.views()
	c := classifier{planner: p, rooms: map[roomOf]*room{}, frees: map[freeOf]*freeSpace{}, texts: map[string]int{}}
	known, alike := map[classOf]*class{}, map[classKey]*class{}
	for i, w := range p.wants {
		of := classOf{views[i], w.length, w.family, w.inner, p.pool(w.claim), w.inside}
		if known[of] == nil {
			found := c.classOf(w, views[i])
			key := c.key(found)
			if alike[key] == nil {
				found.index = len(p.classes)
				alike[key], p.classes = found, append(p.classes, found)
			}
			known[of] = alike[key]
		}
		p.wants[i].class = known[of]
	}
}

// classOf is the same for wants that have one class for certain.
type classOf struct {
	view   *view
	length int
	family cidr.Family
	inner  int
	pool   string
	inside netip.Prefix
}

// classKey is the same for classes that are one.
type classKey struct {
	length            int
	family            cidr.Family
	supernets, avoids string
	free              int
}

// classifier makes classes. It computes what several of them have alike once.
type classifier struct {
	*planner
	rooms map[roomOf]*room
	frees map[freeOf]*freeSpace
	// texts numbers sets of addresses by their blocks.
	texts map[string]int
}

// roomOf names what a room follows from, freeOf what free space does.
type (
	roomOf struct {
		profile string
		kind    conflict.Kind
		length  int
		family  cidr.Family
		pool    string
	}
	freeOf struct {
		room int
		view *view
	}
)

// room is what the platform takes of supernets; rooms of one number have the same addresses.
type room struct {
	number    int
	addresses cidr.Set
}

// freeSpace is free for some classes; spaces of one number have the same addresses.
type freeSpace struct {
	number int
	space  *cidr.Space
}

func (c *classifier) classOf(w want, v *view) *class {
	found := &class{length: w.length, family: w.family, supernets: c.supernetsOf(w.claim, w.family), view: v, free: c.freeFor(w, v)}
	if w.inside.IsValid() {
		kept := cidr.NewSpace(c.kept(w))
		kept.RemoveAll(v.taken)
		if _, ok := kept.FitWithin(w.inside, w.length); ok {
			found.supernets, found.free = []netip.Prefix{w.inside}, &freeSpace{c.number(kept.Blocks()), kept}
		}
	}
	return found
}

func (c *classifier) key(of *class) classKey {
	avoids := make([]byte, len(of.view.avoids))
	for i, avoided := range of.view.avoids {
		if avoided {
			avoids[i] = 1
		}
	}
	return classKey{of.length, of.family, fmt.Sprint(of.supernets), string(avoids), of.free.number}
}

// freeFor is what the platform takes of the supernets of a want and nobody uses.
func (c *classifier) freeFor(w want, v *view) *freeSpace {
	from := c.roomFor(w)
	of := freeOf{from.number, v}
	if c.frees[of] == nil {
		space := cidr.NewSpace(from.addresses)
		space.RemoveAll(v.taken)
		c.frees[of] = &freeSpace{c.number(space.Blocks()), space}
	}
	return c.frees[of]
}

func (c *classifier) roomFor(w want) *room {
	of := roomOf{w.claim.Profile.Name, w.claim.Kind, cmp.Or(w.inner, w.length), w.family, c.pool(w.claim)}
	if c.rooms[of] == nil {
		addresses := c.room(w.claim, of.length, w.family)
		c.rooms[of] = &room{c.number(addresses.Prefixes()), addresses}
	}
	return c.rooms[of]
}

// number is the same for the same blocks.
func (c *classifier) number(blocks []netip.Prefix) int {
	var text []byte
	for _, block := range blocks {
		text = append(block.Addr().AppendTo(text), byte(block.Bits()), '\n')
	}
	number, known := c.texts[string(text)]
	if !known {
		number = len(c.texts)
		c.texts[string(text)] = number
	}
	return number
}

// kept is what the platform takes of the block that a cluster keeps for itself.
func (p *planner) kept(w want) cidr.Set {
	return conflict.AllowedRanges(w.claim.Profile, w.claim.Kind, w.length, w.family, []netip.Prefix{w.inside})
}

// ownAsOthers says whether the Pods and Services of one cluster stand to each other as those of
// two such clusters do, so that it does not matter whose they are.
func (p *planner) ownAsOthers(c conflict.Claim) bool {
	if c.Kind == conflict.Block {
		return true // it has no other range
	}
	own, other := c, c
	own.Kind = conflict.Pod + conflict.Service - c.Kind
	other.Owner = ""
	return p.avoids(c, own) == p.avoids(other, own)
}

// another makes a template that is nobody's own into one of yet another cluster.
func another(template conflict.Claim) conflict.Claim {
	if template.Owner == "" {
		template.Owner = "\n" // no name
	}
	return template
}
