package allocate

import (
	"cmp"
	"fmt"
	"net/netip"

	"github.com/cidrplan/terraform-provider-cidrplan/internal/cidr"
	"github.com/cidrplan/terraform-provider-cidrplan/internal/conflict"
	"github.com/cidrplan/terraform-provider-cidrplan/internal/profile"
	"github.com/cidrplan/terraform-provider-cidrplan/internal/topology"
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
func (p *planner) want(name string, cl topology.Cluster, prof *profile.Profile, kind conflict.Kind, length int, family cidr.Family) bool {
	if length == 0 {
		return false
	}
	claim := conflict.ClusterClaim(name, cl, prof, kind, netip.Prefix{})
	claim.Twins = p.alike(name)
	p.wants = append(p.wants, want{name: name, length: length, family: family, claim: claim})
	return true
}

// class is all wants of one length that see the same free space and stand alike to all others,
// so that it does not matter which of them gets which range.
type class struct {
	index     int
	length    int
	family    cidr.Family
	supernets []netip.Prefix
	free      *cidr.Space
	// avoids says by index which classes the wants must keep clear of, the own one for each
	// other.
	avoids []bool
	view   *view
}

// view is how wants of one kind, in one network, under one profile and in the same meshes stand
// to the claims of others.
type view struct {
	index int
	// template is a claim of a cluster that does not exist, so that it is nobody's own; or of
	// the one cluster whose view it is.
	template conflict.Claim
	// faces are the template, or where the cluster has twins its claim and theirs.
	faces []conflict.Claim
	// taken is in use by claims that the wants must keep clear of.
	taken cidr.Set
	// avoids is as in class, by index of views.
	avoids []bool
}

// classify finds the class of every want.
func (p *planner) classify() {
	views := p.views()
	known, alike := map[string]*class{}, map[string]*class{}
	for i, w := range p.wants {
		name := fmt.Sprintf("%d\n%d\n%d\n%d\n%s\n%v", views[i].index, w.length, w.family, w.inner, p.pool(w.claim), w.inside)
		if known[name] == nil {
			c := &class{index: len(p.classes), length: w.length, family: w.family, supernets: p.supernetsOf(w.claim, w.family), view: views[i]}
			c.free = cidr.NewSpace(p.room(w.claim, cmp.Or(w.inner, w.length), w.family).Minus(c.view.taken))
			if kept := p.kept(w).Minus(c.view.taken); w.inside.IsValid() {
				if _, ok := cidr.NewSpace(kept).FitWithin(w.inside, w.length); ok {
					c.supernets, c.free = []netip.Prefix{w.inside}, cidr.NewSpace(kept)
				}
			}
			key := c.key()
			if alike[key] == nil {
				alike[key], p.classes = c, append(p.classes, c)
			}
			known[name] = alike[key]
		}
		p.wants[i].class = known[name]
	}
	for _, c := range p.classes {
		for _, other := range p.classes {
			c.avoids = append(c.avoids, c.family == other.family && c.view.avoids[other.view.index])
		}
	}
}

// key is the same for classes that are one.
func (c *class) key() string {
	key := fmt.Appendln(nil, c.length, c.family, c.supernets)
	for _, block := range c.free.Blocks() {
		key = append(block.AppendTo(key), '\n')
	}
	for _, avoids := range c.view.avoids {
		key = fmt.Appendf(key, "%t", avoids)
	}
	return string(key)
}

// kept is what the platform takes of the block that a cluster keeps for itself.
func (p *planner) kept(w want) cidr.Set {
	return conflict.Room(w.claim.Profile, w.claim.Kind, w.length, w.family, []netip.Prefix{w.inside})
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
