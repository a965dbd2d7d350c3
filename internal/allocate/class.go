package allocate

import (
	"fmt"
	"net/netip"
	"strings"

	"github.com/cidrplan/terraform-provider-cidrplan/internal/cidr"
	"github.com/cidrplan/terraform-provider-cidrplan/internal/conflict"
	"github.com/cidrplan/terraform-provider-cidrplan/internal/profile"
	"github.com/cidrplan/terraform-provider-cidrplan/internal/topology"
)

// want is one range still to be chosen.
type want struct {
	name   string
	length int
	// claim is the one that the chosen range will make.
	claim conflict.Claim
	class *class
}

// class is what all wants have in common that see the same free space: those of one kind and
// length, in one network, under one profile, from one pool and in the same meshes.
type class struct {
	// template is a claim of a cluster that does not exist, so that it is nobody's own.
	template  conflict.Claim
	length    int
	pool      string
	supernets []netip.Prefix
	// room is what the platform takes of the supernets; space is what of it is free.
	room  cidr.Set
	space *cidr.Space
}

func (p *planner) want(name string, cl topology.Cluster, prof *profile.Profile, kind conflict.Kind, length int) {
	p.wants = append(p.wants, want{name: name, length: length, claim: conflict.ClusterClaim(name, cl, prof, kind, netip.Prefix{})})
}

// supernets are what a cluster may get ranges of a kind from.
func (p *planner) supernets(pool string, kind conflict.Kind) []netip.Prefix {
	pods, services := p.request.Supernets, p.request.ServiceSupernets
	if pool != "" {
		pods, services = p.request.Pools[pool].Supernets, p.request.Pools[pool].ServiceSupernets
	}
	if kind == conflict.Service && len(services) > 0 {
		return services
	}
	return pods
}

// classOf finds the class of a claim to a range of some length, and makes it when it is new.
func (p *planner) classOf(c conflict.Claim, length int) *class {
	pool := p.request.Facts.Clusters[c.Owner].Pool
	key := fmt.Sprintf("%s\n%s\n%d\n%d\n%s\n%s", c.Network, c.Profile.Name, c.Kind, length, pool, strings.Join(c.Meshes, "\n"))
	if known, ok := p.classes[key]; ok {
		return known
	}
	made := p.newClass(c, length, pool, func(conflict.Claim) bool { return true })
	p.classes[key] = made
	p.order = append(p.order, made)
	return made
}

// newClass makes a class whose space is free of the claims that count.
func (p *planner) newClass(c conflict.Claim, length int, pool string, counts func(conflict.Claim) bool) *class {
	made := &class{template: c, length: length, pool: pool, supernets: p.supernets(pool, c.Kind)}
	made.template.Owner, made.template.Range = "", netip.Prefix{}
	made.room = conflict.Room(c.Profile, c.Kind, length, made.supernets)
	var taken []netip.Prefix
	for _, other := range p.claims {
		if counts(other) && made.room.Overlaps(other.Range) && p.avoids(made.template, other) {
			taken = append(taken, other.Range)
		}
	}
	made.space = cidr.NewSpace(made.room.Minus(cidr.NewSet(taken...)))
	return made
}

// avoids says whether a range that is handed out must keep clear of another claim: because a
// rule says so, at whatever level, or because ranges of clusters are to be unique.
func (p *planner) avoids(chosen, other conflict.Claim) bool {
	if _, broken := p.world.Between(chosen, other); broken {
		return true
	}
	if !other.OfCluster() || chosen.Owner == other.Owner || !p.world.Reach.SameVRF(chosen.Network, other.Network) {
		return false
	}
	return p.unique(chosen.Kind, other.Kind)
}

// unique says whether two ranges of clusters are to be disjoint even where they do not meet.
func (p *planner) unique(a, b conflict.Kind) bool {
	pods, services := !p.request.SharedPods, !p.request.SharedServices
	switch {
	case a == conflict.Pod && b == conflict.Pod:
		return pods
	case a == conflict.Service && b == conflict.Service:
		return services
	default:
		return pods || services
	}
}

// free is the space of a want: that of its class less what its own cluster has.
func (p *planner) free(w want, space *cidr.Space, claims []conflict.Claim) *cidr.Space {
	own := space
	for _, c := range claims {
		if c.Owner != w.name || !c.OfCluster() {
			continue
		}
		if _, broken := p.world.Between(w.claim, c); broken {
			if own == space {
				own = space.Clone()
			}
			own.Remove(c.Range)
		}
	}
	return own
}

// fit chooses for a want: earlier supernets first, then the smallest free block that holds the
// range, then the lowest address.
func fit(space *cidr.Space, supernets []netip.Prefix, length int) (netip.Prefix, bool) {
	for _, supernet := range supernets {
		if chosen, ok := space.FitWithin(supernet, length); ok {
			return chosen, true
		}
	}
	return netip.Prefix{}, false
}

// nearest is the free range nearest to the one of a claim that has to move, the zero Prefix
// where none is free.
func (p *planner) nearest(c conflict.Claim) netip.Prefix {
	if c.Profile == nil {
		return netip.Prefix{}
	}
	pool := p.request.Facts.Clusters[c.Owner].Pool
	others := func(other conflict.Claim) bool { return other.ID() != c.ID() }
	free := p.newClass(c, c.Range.Bits(), pool, others)
	w := want{name: c.Owner, claim: c}
	near, _ := p.free(w, free.space, p.claims).Nearest(c.Range, c.Range.Bits())
	return near
}
