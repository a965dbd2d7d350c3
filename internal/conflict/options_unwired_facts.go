package conflict

import (
	"slices"

	"github.com/cidrplan/terraform-provider-cidrplan/internal/topology"
)

// addOptions adds to a finding what its options need of prior state and of the networks.
func (n *ConfigCheck) addOptions(f *Finding, p pair) {
	one, other := p.first, p.second
	if f.A.ID() != one.claim.ID() || f.A.Network != one.claim.Network {
		one, other = other, one
	}
	f.Held, f.OtherHeld = n.before.facts[one.key] != nil, n.before.facts[other.key] != nil
	a, b := n.now.homeOf(one), n.now.homeOf(other)
	for _, home := range []struct {
		*network
		from *topology.Origin
	}{{a, &f.Unwired.AHome}, {b, &f.Unwired.BHome}} {
		if home.network != nil {
			*home.from = home.network.from
		}
	}
	if a != nil && b != nil && a != b && one.source == nil && other.source == nil {
		f.Separations, f.OtherSeparations = n.detached(a, b), n.detached(b, a)
	}
}

// placed are options with paths as the configurations of their resources have them.
func (n *ConfigCheck) placed(options []topology.Option) []topology.Option {
	for i := range options {
		edits := slices.Clone(options[i].Edits)
		for k, e := range edits {
			if place := n.places[e.In.Origin]; place != nil && !e.In.OtherWorkspace {
				edits[k].At = place(e.At)
			}
		}
		options[i].Edits = edits
	}
	return options
}

// homeOf is the network of a fact, nil where it is not known.
func (s *snapshot) homeOf(f *fact) *network {
	if f.home != nil {
		return f.home
	}
	return s.networkNamed(f.claim.Network)
}

// detached are the edits after which a network reaches neither another one nor any that reaches that one.
func (n *ConfigCheck) detached(w, from *network) []topology.Edit {
	var edits []topology.Edit
	hubs, peers := n.now.currentWorld().Reach.Leading(w.id, from.id)
	for _, hub := range hubs {
		edits = append(edits, w.without("hubs", hub))
	}
	for _, id := range peers {
		peer := n.now.networkNamed(nameOf(id))
		if slices.Contains(w.peers, nameOf(id)) {
			edits = append(edits, w.without("peers", nameOf(id)))
		}
		if peer != nil && slices.Contains(peer.peers, w.name) {
			edits = append(edits, peer.without("peers", w.name))
		}
	}
	return edits
}

// without takes a name out of a list of the network, where that is declared.
func (w *network) without(attr, name string) topology.Edit {
	return topology.RemoveFrom(w.at[:len(w.at)-1].Attr(attr), name).Within(topology.Resource{Origin: w.from})
}
