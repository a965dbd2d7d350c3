package allocate

import (
	"slices"

	"github.com/cidrplan/terraform-provider-cidrplan/internal/conflict"
	"github.com/cidrplan/terraform-provider-cidrplan/internal/topology"
)

// apart are the edits that separate the networks of the parties, on the side of each: none where one of the two is not
// declared here, or a link that is not declared here would stay. They do not help clusters of one mesh.
func (o *optionFinder) apart(f conflict.Finding) (one, other []topology.Edit) {
	if f.Mesh != "" {
		return nil, nil
	}
	return o.detached(f.A.Network, f.B.Network), o.detached(f.B.Network, f.A.Network)
}

// detached are the edits after which a network reaches neither another one nor any that reaches that one: none for one and the same
// network.
func (o *optionFinder) detached(network, from string) []topology.Edit {
	facts := o.request.Facts
	at, declared := facts.PlaceOf(network)
	if !declared || !o.world.Reach.ConnectionsKnown(network, from) {
		return nil
	}
	var edits []topology.Edit
	hubs, peers := o.world.Reach.Leading(network, from)
	for _, hub := range hubs {
		edits = append(edits, topology.RemoveFrom(at.Attr("hubs"), hub))
	}
	for _, peer := range peers {
		if slices.Contains(facts.PeersOf(network), peer) {
			edits = append(edits, topology.RemoveFrom(at.Attr("peers"), peer))
		}
		if !slices.Contains(facts.PeersOf(peer), network) {
			continue
		}
		peerAt, here := facts.PlaceOf(peer)
		if !here {
			return nil
		}
		edits = append(edits, topology.RemoveFrom(peerAt.Attr("peers"), network))
	}
	return edits
}
